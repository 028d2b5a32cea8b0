"""Finds who says something in a sentence: the subject of each verb of saying, told by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from index.language.pack import Language
from index.language.parts.speech import Speech, Subjects
from qa.text.names import Name, names
from qa.text.words import ENGLISH

_APPOSED = re.compile(r",\s[^.;:“”\"]*\w[^.;:“”\"]*,")
_AT_THE_HEAD = 30
"""Characters at a sentence's beginning within which its subject is looked for. Round, not fitted."""


@dataclass(frozen=True, eq=False)
class _Patterns:
    """The compiled patterns of a language's verbs of saying, and of what stands between them and a subject."""

    subjects: Subjects
    verb: re.Pattern[str]
    verb_beside_quotes: re.Pattern[str]
    not_said: re.Pattern[str]
    between: re.Pattern[str]
    after_preposition: re.Pattern[str]
    of_one: re.Pattern[str]
    nouns: re.Pattern[str]
    nouns_before: re.Pattern[str]
    nouns_after: re.Pattern[str]
    longest_nouns: re.Pattern[str]
    no_nouns: re.Pattern[str]
    pronoun_before: re.Pattern[str]
    pronoun_after: re.Pattern[str]
    to_a_name: re.Pattern[str]


@cache
def _patterns(speech: Speech) -> _Patterns:
    """Compiles the patterns of a language's verbs of saying."""
    of = speech.subjects
    return _Patterns(
        of,
        re.compile(rf"\b(?:{speech.reporting})\b|\b(?P<to>(?i:{speech.to}))\b"),
        re.compile(rf"\b(?:{speech.reporting}|{speech.beside_quotes})\b|\b(?P<to>(?i:{speech.to}))\b"),
        re.compile(rf"\b(?:{of.not_said})$", re.IGNORECASE),
        re.compile(rf"(?:\s+(?:{of.between})\b)+$"),
        re.compile(rf"\b(?:{of.prepositions})\s+(?:{of.article}\s+)?$", re.IGNORECASE),
        re.compile(rf" (?:{of.of_one}) (?:{of.article} )?"),
        re.compile(of.nouns),
        re.compile(rf"(?:^\W*|[,;:–—]\s+|\b(?:{of.before_nouns})\s+)({of.nouns})$", re.IGNORECASE),
        re.compile(rf"\s+({of.nouns})(?=[\s,.;]|$)"),
        re.compile(rf"[^,.;]*?(?=[,.;]|\s(?:{of.after_nouns})\b|$)"),
        re.compile(rf"\b(?:{of.no_nouns})\b"),
        re.compile(rf"\b(?:{of.pronouns})$", re.IGNORECASE),
        re.compile(rf"\s+(?:{of.pronouns})\b"),
        re.compile(of.before_name),
    )


@dataclass(frozen=True)
class Attribution:
    """A speaker as a text names them, ``text[start:end]``: by a name, a pronoun, or a noun."""

    start: int
    end: int
    text: str
    kind: Literal["name", "pronoun", "noun"]
    is_certain: bool = True
    """False for one word with a capital at the beginning of a sentence, which may be no name."""


def attributions(text: str, spoken: Language = ENGLISH, beside_quotes: bool = False) -> Iterator[Attribution]:
    """Yields the speakers in a sentence, in the order of its verbs of saying.

    ``beside_quotes``: the sentence quotes, or its quotations were blanked out, so that further verbs count. There are
    no speakers in a language whose file has no verbs of saying.

    >>> [c.text for c in attributions("The dam held, the water board said.")]
    ['the water board']
    >>> [c.text for c in attributions("Oda Marsh, who runs a shop in Port Selby, said she sold more.")]
    ['Oda Marsh']
    >>> [c.text for c in attributions("                , said fire chief Ilse Brandt.", beside_quotes=True)]
    ['Ilse Brandt']
    >>> [c.text for c in attributions("He was said to be ill, and nobody can say why.")]
    []
    """
    if spoken.speech is None:
        return
    known = _patterns(spoken.speech)
    named = names(text, spoken)
    for verb in (known.verb_beside_quotes if beside_quotes else known.verb).finditer(text):
        if verb["to"]:
            found = _after(text, verb.end(), named, known)
        else:
            found = _before(text, verb.start(), named, known) or _inverted(text, verb, named, known)
        if found is not None:
            yield found


def _before(text: str, end: int, every: Sequence[Name], known: _Patterns) -> Attribution | None:
    """Returns the subject before a verb that begins at ``end``; None where the words there are no subject."""
    whole = text[:end].rstrip()
    before = known.between.sub("", whole).rstrip()
    if not before or known.not_said.search(whole) or known.not_said.search(before):
        return None
    if pronoun := known.pronoun_before.search(before):
        return Attribution(pronoun.start(), pronoun.end(), pronoun.group(), "pronoun")
    named = [name for name in every if name.end <= len(before)]
    if named and named[-1].end == len(before):
        return _headed(text, named, known)
    relative = known.subjects.relative
    if before.endswith((",", f",{relative}")):
        before = before.removesuffix(relative)
        return next((_named(name) for name in named if _is_apposed(name, before, known)), None)
    if (nouns := known.nouns_before.search(before)) and not known.no_nouns.search(nouns[1]):
        return Attribution(nouns.start(1), nouns.end(1), nouns[1], "noun")
    if whole.endswith(known.subjects.joined):  # "Dunne, who voted against it, demanded a referendum and said"
        at_the_head = (name for name in named if name.start <= _AT_THE_HEAD)
        return next((_named(name) for name in at_the_head if _is_subject(text, name, known)), None)
    return None


def _headed(text: str, named: Sequence[Name], known: _Patterns) -> Attribution | None:
    """The subject that ends with the last of these names: "Priya Ramanand of Coburn Bank" is Priya Ramanand.

    "University of Aldmoor" is one name; None for "the mayor of Aldmoor", who is not named.
    """
    last = named[-1]
    if _is_subject(text, last, known):
        return _named(last)
    for first in reversed(named[:-1]):
        if known.of_one.fullmatch(text, first.end, last.start) and _is_subject(text, first, known):
            whole = text[first.start : last.end]
            return Attribution(first.start, last.end, whole, "name") if len(first.keys) == 1 else _named(first)
    return None


def _is_apposed(name: Name, before: str, known: _Patterns) -> bool:
    """Returns whether only a comma, or a remark between commas, stands between a name and the end of ``before``."""
    gap = before[name.end :]
    return _is_subject(before, name, known) and (_APPOSED.fullmatch(gap) is not None or gap == ",")


def _is_subject(text: str, name: Name, known: _Patterns) -> bool:
    return not known.after_preposition.search(text[: name.start])


def _inverted(text: str, verb: re.Match[str], named: Sequence[Name], known: _Patterns) -> Attribution | None:
    """Returns the subject after a verb whose statement stands before it: "It holds, said Ana Ruiz"."""
    before = text[: verb.start()].rstrip()
    if before and not before.endswith((",", "?", "!", "–", "—")):
        return None
    return _after(text, verb.end(), named, known)


def _after(text: str, start: int, named: Sequence[Name], known: _Patterns) -> Attribution | None:
    if pronoun := known.pronoun_after.match(text, start):
        return Attribution(pronoun.start(), pronoun.end(), pronoun.group(), "pronoun")
    name = next((name for name in named if name.start > start), None)
    if name is not None and known.to_a_name.fullmatch(text, start, name.start):
        return _named(name)
    if (nouns := known.nouns_after.match(text, start)) and not known.no_nouns.search(nouns[1]):
        longest = known.longest_nouns.match(text, nouns.start(1))
        words_of = longest.group() if longest else nouns[1]
        if known.nouns.fullmatch(words_of):
            return Attribution(nouns.start(1), nouns.start(1) + len(words_of), words_of, "noun")
    return None


def _named(name: Name) -> Attribution:
    return Attribution(name.start, name.end, name.text, "name", name.certain)

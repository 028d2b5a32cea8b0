"""Finds who says something in an English sentence: the subject of each verb of saying, by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.language.english_speech import SPEECH
from qa.text.names import Name, names

_SUBJECTS = SPEECH.subjects
_VERB = re.compile(rf"\b(?:{SPEECH.reporting})\b|\b(?P<to>{SPEECH.to})\b")
_VERB_BESIDE_QUOTES = re.compile(rf"\b(?:{SPEECH.reporting}|{SPEECH.beside_quotes})\b|\b(?P<to>{SPEECH.to})\b")
_NOT_SAID = re.compile(rf"\b(?:{_SUBJECTS.not_said})$", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:\s+(?:{_SUBJECTS.between})\b)+$")
_AFTER_PREPOSITION = re.compile(rf"\b(?:{_SUBJECTS.prepositions})\s+(?:{_SUBJECTS.article}\s+)?$", re.IGNORECASE)
_OF_ONE = re.compile(rf" (?:{_SUBJECTS.of_one}) (?:{_SUBJECTS.article} )?")
_NOUNS = re.compile(_SUBJECTS.nouns)
_NOUNS_BEFORE = re.compile(rf"(?:^\W*|[,;:–—]\s+|\b(?:{_SUBJECTS.before_nouns})\s+)({_SUBJECTS.nouns})$", re.IGNORECASE)
_NOUNS_AFTER = re.compile(rf"\s+({_SUBJECTS.nouns})(?=[\s,.;]|$)")
_LONGEST_NOUNS = re.compile(rf"[^,.;]*?(?=[,.;]|\s(?:{_SUBJECTS.after_nouns})\b|$)")
_NO_NOUNS = re.compile(rf"\b(?:{_SUBJECTS.no_nouns})\b")
_PRONOUN_BEFORE = re.compile(rf"\b(?:{_SUBJECTS.pronouns})$", re.IGNORECASE)
_PRONOUN_AFTER = re.compile(rf"\s+(?:{_SUBJECTS.pronouns})\b")
_TO_A_NAME = re.compile(_SUBJECTS.before_name)
_APPOSED = re.compile(r",\s[^.;:“”\"]*\w[^.;:“”\"]*,")
_AT_THE_HEAD = 30
"""Characters within which the subject of a sentence stands."""


@dataclass(frozen=True)
class Clause:
    """Who says something in a text, ``text[start:end]``: a name, a pronoun, or what somebody is called."""

    start: int
    end: int
    text: str
    kind: Literal["name", "pronoun", "noun"]
    is_certain: bool = True
    """False for one word with a capital at the beginning of a sentence, which may be no name."""


def clauses(text: str, beside_quotes: bool = False) -> Iterator[Clause]:
    """Yields who says something in a sentence, in the order of its verbs of saying.

    ``beside_quotes``: the sentence quotes, or its quotations were taken out, so that more verbs say something.

    >>> [c.text for c in clauses("The dam held, the water board said.")]
    ['the water board']
    >>> [c.text for c in clauses("Oda Marsh, who runs a shop in Port Selby, said she sold more.")]
    ['Oda Marsh']
    >>> [c.text for c in clauses("                , said fire chief Ilse Brandt.", beside_quotes=True)]
    ['Ilse Brandt']
    >>> [c.text for c in clauses("He was said to be ill, and nobody can say why.")]
    []
    """
    for verb in (_VERB_BESIDE_QUOTES if beside_quotes else _VERB).finditer(text):
        found = _after(text, verb.end()) if verb["to"] else _before(text, verb.start()) or _inverted(text, verb)
        if found is not None:
            yield found


def _before(text: str, end: int) -> Clause | None:
    """Returns the subject before a verb, which begins at ``end``; None where the words there are no subject."""
    whole = text[:end].rstrip()
    before = _BETWEEN.sub("", whole).rstrip()
    if not before or _NOT_SAID.search(whole) or _NOT_SAID.search(before):
        return None
    if pronoun := _PRONOUN_BEFORE.search(before):
        return Clause(pronoun.start(), pronoun.end(), pronoun.group(), "pronoun")
    named = [name for name in names(text) if name.end <= len(before)]
    if named and named[-1].end == len(before):
        return _headed(text, named)
    if before.endswith((",", f",{_SUBJECTS.relative}")):
        before = before.removesuffix(_SUBJECTS.relative)
        return next((_clause(name) for name in named if _is_apposed(name, before)), None)
    if (nouns := _NOUNS_BEFORE.search(before)) and not _NO_NOUNS.search(nouns[1]):
        return Clause(nouns.start(1), nouns.end(1), nouns[1], "noun")
    if whole.endswith(_SUBJECTS.joined):  # "Dunne, who voted against it, demanded a referendum and said"
        return next((_clause(name) for name in named if name.start <= _AT_THE_HEAD and _is_subject(text, name)), None)
    return None


def _headed(text: str, named: Sequence[Name]) -> Clause | None:
    """The subject whose last words are the last of these names: "Priya Ramanand of Coburn Bank" is Priya Ramanand.

    "University of Aldmoor" is one name; "the mayor of Aldmoor" is none of these.
    """
    last = named[-1]
    if _is_subject(text, last):
        return _clause(last)
    for first in reversed(named[:-1]):
        if _OF_ONE.fullmatch(text, first.end, last.start) and _is_subject(text, first):
            whole = text[first.start : last.end]
            return Clause(first.start, last.end, whole, "name") if len(first.keys) == 1 else _clause(first)
    return None


def _is_apposed(name: Name, before: str) -> bool:
    """Returns whether only a comma, or a remark between commas, stands between a name and the end of ``before``."""
    gap = before[name.end :]
    return _is_subject(before, name) and (_APPOSED.fullmatch(gap) is not None or gap == ",")


def _is_subject(text: str, name: Name) -> bool:
    return not _AFTER_PREPOSITION.search(text[: name.start])


def _inverted(text: str, verb: re.Match[str]) -> Clause | None:
    """Returns the subject after a verb, if what is said stands before it: "It holds, said Ana Ruiz"."""
    before = text[: verb.start()].rstrip()
    if before and not before.endswith((",", "?", "!", "–", "—")):
        return None
    return _after(text, verb.end())


def _after(text: str, start: int) -> Clause | None:
    if pronoun := _PRONOUN_AFTER.match(text, start):
        return Clause(pronoun.start(), pronoun.end(), pronoun.group(), "pronoun")
    name = next((name for name in names(text) if name.start > start), None)
    if name is not None and _TO_A_NAME.fullmatch(text, start, name.start):
        return _clause(name)
    if (nouns := _NOUNS_AFTER.match(text, start)) and not _NO_NOUNS.search(nouns[1]):
        longest = _LONGEST_NOUNS.match(text, nouns.start(1))
        words_of = longest.group() if longest else nouns[1]
        if _NOUNS.fullmatch(words_of):
            return Clause(nouns.start(1), nouns.start(1) + len(words_of), words_of, "noun")
    return None


def _clause(name: Name) -> Clause:
    return Clause(name.start, name.end, name.text, "name", name.certain)

"""Completes a follow-up to a question that can be searched by itself; by rules, without a call of the language
model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from index.language.detection import detected, rules_for
from index.language.pack import Language
from index.language.parts.asking import Asking
from index.library import Library
from qa.question.comparing import comparable, pattern, spoken_pattern
from qa.question.continuing import is_told_with, texts_on
from qa.question.requests import Request, requested_in
from qa.question.subject import subject
from qa.records import Turn
from qa.text.names import names
from qa.text.quotations.marks import OPENED
from qa.text.words import content, words

_LONGEST_THING = 6
"""Most words of an answer that may replace a pronoun, and of a time or place that may replace another. Chosen by
eye."""
_FEW_WORDS = 2
"""A question with no more telling words than this cannot be searched by itself. Chosen by eye."""
_MOST_POINTING = 4
"""Up to so many telling words, a question's "they" surely refers to the question before; with more, it may mean people
in general, and "it" the thing that the question itself names. Chosen by eye."""


def standalone(question: str, history: Sequence[Turn], library: Library | None = None) -> str:
    """The question completed from earlier turns (``history``); one that can be asked alone is unchanged.

    A person's name replaces "he" and "she", a short answer or what was counted replaces "it" and "they"; "and in May?"
    and "the most expensive one?" replace their like in the question before. Where none of these applies, the question
    before is added after a dash. Each needs the words for it in the language's file.

    Whether a question that may be either ("When did the bridge close?") is a follow-up the articles of the ``library``
    decide; without one, it is. A request for a summary, timeline or comparison is complete unless its topic points
    back.

    >>> standalone("How old is he?", [Turn("Who wrote it?", "José Luis Montes.")])
    'How old is José Luis Montes?'
    >>> standalone("Why were they sent?", [Turn("How many federal police did Mexico send?", "500.")])
    'Why were the federal police sent?'
    >>> standalone("And in May?", [Turn("What was the jobless rate in April?", "4.9 percent.")])
    'What was the jobless rate in May?'
    >>> standalone("Und im Mai?", [Turn("Wie hoch war die Arbeitslosenquote im April?", "4,9 Prozent.")])
    'Wie hoch war die Arbeitslosenquote im Mai?'
    >>> standalone("Summarise it.", [Turn("When did the bridge close?", "On Monday.")])
    'Summarise “When did the bridge close?”.'
    """
    if not history:
        return question
    # "Und im Mai?" is too short to tell its language by.
    spoken = rules_for(question if detected(question) else history[-1].question)
    return _FollowUp(spoken, spoken.asking).resolved(question, history, library) if spoken.asking else question


def in_context(part: str, before: Sequence[Turn], library: Library | None = None) -> str:
    """A part of a question completed from the parts ``before`` it: a part without a name is about the same thing.

    >>> in_context("how many do the records show?", [Turn("How many complaints did Wexmoor admit to?", "A few.")])
    'how many do the records show? — How many complaints did Wexmoor admit to?'
    """
    alone = standalone(part, before[-1:], library)
    if alone != part or not before or any(name.certain for name in names(part, rules_for(part))):
        return alone
    return f"{part} — {before[0].question}"


class _FollowUp:
    """Completes follow-ups in one language, by the words in its file."""

    def __init__(self, spoken: Language, asking: Asking) -> None:
        self._spoken = spoken
        self._asking = asking
        self._known = asking.references

    def resolved(self, question: str, history: Sequence[Turn], library: Library | None) -> str:
        """The question completed from earlier turns, as ``standalone`` returns it."""
        about = self._begun_by(history)
        if request := requested_in(question, self._spoken):
            return self._requested(question, request, about, history)
        if like := self._like_before(question, about):
            return like
        unsaid = self.unsaid(question)
        told = Turn(about.question, history[-1].answer)
        if unsaid == "hardly" and not (library and library.speaks(self._spoken.code)):
            unsaid = "nothing"
        if unsaid in ("hardly", "maybe") and library and not is_told_with(question, told, library, self._spoken):
            unsaid = "nothing"
        if unsaid == "nothing":
            return question
        if named := self._named(question, history, library):
            return named
        before = requested_in(about.question, rules_for(about.question))
        if before and not any(before.topics):  # "Summarise this article" has no words to search by
            return question
        lead = self._lead(question)
        return f"{question[lead.end() :] if lead else question} — {about.question}"

    def _requested(self, question: str, request: Request, about: Turn, history: Sequence[Turn]) -> str:
        """A request for a longer answer, with the turn ``about`` put in place of topics that point back."""
        pointing = [
            (start, end, bare)
            for (start, end), topic in zip(request.places, request.topics, strict=True)
            if (bare := self._is_bare(topic)) or self._points_back(question[start:end])
        ]
        spoken_of = self._pronouns(question, self._asking.person)
        if pointing and spoken_of and (named := self._named(question, history)):
            return named
        before = requested_in(about.question, self._spoken)
        meant = before.topics[0] if before and before.topics[0] else f"“{about.question}”"
        for start, end, bare in reversed(pointing):
            lead = "" if bare else f"{question[start:end]} — "
            gap = " " if question[start - 1 : start].isalnum() else ""  # of "resúmelo"
            question = f"{question[:start]}{gap}{lead}{meant}{question[end:]}"
        return question

    def _is_bare(self, topic: str) -> bool:
        """Whether a topic has no telling words: "it". An empty one is not bare: it means the articles themselves."""
        return bool(topic) and all(word.key in self._spoken.stop_words for word in words(topic, self._spoken))

    def _points_back(self, topic: str) -> bool:
        """Whether a topic refers to what was said before: "it", "its causes"."""
        if self._known.nouns:
            pronouns = [*self._pronouns(topic, self._asking.person), *self._things(topic)]
            return any(not self._is_told(topic, pronoun) for pronoun in pronouns)
        return any(not self._is_owned(topic, each) for each in _own(self._asking.pointing).finditer(topic))

    def _begun_by(self, history: Sequence[Turn]) -> Turn:
        """The latest turn whose question names its topic, as "Why?" and "Since when?" do not."""
        return next((turn for turn in reversed(history) if self.unsaid(turn.question) != "surely"), history[0])

    def unsaid(self, question: str) -> Literal["nothing", "hardly", "maybe", "surely"]:
        """How surely a question leaves something unsaid: it refers to what was said before, or has too few words.

        "hardly": only possessives may refer back, and their owner seems to be in the question itself ("Hat die Firma
        ihren Sitz verlegt?"), so that the articles have to show that both belong together.

        >>> from index.language.registry import language
        >>> follow_up = _FollowUp(language("en"), language("en").asking)
        >>> questions = ("Who sank the boat that left Alba?", "Did the mayor keep her post?", "And why?")
        >>> [follow_up.unsaid(question) for question in questions]
        ['nothing', 'maybe', 'surely']
        """
        leads, named = bool(self._lead(question)), self._is_named(question)
        telling = len(content(question, self._spoken))
        if not self._known.nouns:
            pointing = list(_own(self._asking.pointing).finditer(question))
            owned = [each for each in pointing if self._is_owned(question, each)]
            points = len(owned) < len(pointing)
            points = points or (not named and (leads or bool(_own(self._asking.person).search(question))))
            if not points and (named or telling > _FEW_WORDS):
                return "hardly" if owned else "nothing"
            surely = telling < _FEW_WORDS or (points and not named and telling <= _FEW_WORDS + 1)
            return "surely" if surely else "maybe"
        if pronouns := [*self._pronouns(question, self._asking.person), *self._things(question)]:
            points = any(not self._is_told(question, pronoun) for pronoun in pronouns)
            if not points and telling > _MOST_POINTING:
                return "nothing"
            return "surely" if telling <= (_MOST_POINTING if points else _FEW_WORDS) else "maybe"
        if named or not (leads or telling <= _FEW_WORDS):
            return "nothing"
        bare = telling < _FEW_WORDS and not self._speaks_of(question)
        return "surely" if bare or (leads and telling <= _FEW_WORDS) else "maybe"

    def _lead(self, question: str, form: str = "") -> re.Match[str] | None:
        """The beginning of a follow-up ("and", or what ``form`` matches); None where the question has none."""
        return pattern(rf"[\s¿]*(?:{form or self._asking.lead})\b[\s,]*").match(comparable(question))

    def _pronouns(self, question: str, form: str) -> list[re.Match[str]]:
        """The pronouns that ``form`` matches and that refer to something; none within quotations."""
        left_out = [match.span() for match in OPENED.finditer(question)]
        found = _own(form).finditer(question)
        return [match for match in found if not any(a <= match.start() < b for a, b in left_out)]

    def _things(self, question: str) -> list[re.Match[str]]:
        """The pronouns for one thing or several, without those that join a clause ("the bridge that fell")."""
        if spoken_pattern(self._known.empty).search(question):
            return []
        left_out = [
            start
            for match in spoken_pattern(self._known.clause).finditer(question)
            for name, start in ((name, match.start(name)) for name in match.groupdict() if name != "before")
            if (match["before"] or "boat").lower() not in self._spoken.stop_words
        ]
        return [match for match in self._pronouns(question, self._known.thing) if match.start() not in left_out]

    def _is_told(self, question: str, pronoun: re.Match[str]) -> bool:
        """Whether the question itself may name whom its pronoun means: "Did the mayor say she would go?"."""
        before = question[: pronoun.start()]
        whose = pattern(rf"\s(?:{self._asking.prepositions})\s").search(comparable(before), before.rstrip().rfind(" "))
        if whose and self._ends_with_noun(before[: whose.start()]):  # "the man before her" is not her
            return False
        may_be = pronoun.group().lower() not in self._known.showing
        return may_be and (self._speaks_of(before) or self._is_named(before))

    def _is_owned(self, question: str, possessive: re.Match[str]) -> bool:
        """Whether the question itself may name the owner of its possessive: "Wann gab die Firma ihren Sitz auf?"."""
        start = possessive.start()
        for owner in self._asking.owners:
            if not pattern(owner.possessive).match(question, start):
                continue
            places = [match.end() for match in pattern(rf"\b(?:{owner.where})\s").finditer(question, 0, start)]
            nouns = [match.start() for match in pattern(owner.noun).finditer(question, 0, start)]
            named = [name.start for name in names(question, self._spoken) if name.certain and name.end <= start]
            if any(begin not in places for begin in (*nouns, *named)):
                return True
        return False

    def _ends_with_noun(self, text: str) -> bool:
        return any(
            m.end("noun") == len(text) for form in self._known.nouns for m in spoken_pattern(form).finditer(text)
        )

    def _speaks_of(self, text: str) -> bool:
        """Whether the text names a thing or people by a noun."""
        return any(
            match["noun"].lower() not in self._spoken.stop_words
            for form in self._known.nouns
            for match in spoken_pattern(form).finditer(text)
        )

    def _like_before(self, question: str, last: Turn) -> str | None:
        """The question before with one part replaced: "And in May?", "And the most expensive one?"; None for others."""
        lead = self._lead(question, self._asking.about) or self._lead(question)
        if lead is None:
            return None
        rest, before = question[lead.end() :].strip(" ¿?.!"), last.question
        one = spoken_pattern(self._known.rank).fullmatch(rest)
        ranked = spoken_pattern(self._known.ranked).search(before) if one else None
        if one and ranked:
            return f"{before[: ranked.start()]}{self._known.definite} {one['rank']}{before[ranked.end() :]}"
        part = pattern(rf"(?P<word>{self._asking.prepositions})\s\S.*").fullmatch(comparable(rest))
        if part is None or len(words(rest, self._spoken)) > _LONGEST_THING:
            return None
        found = list(pattern(rf"\b{part['word']}\s{self._asking.tail}").finditer(comparable(before)))
        if found:
            return before[: found[-1].start()] + rest + before[found[-1].end() :]
        return f"{before.rstrip(' ?')} {rest}?"

    def _named(self, question: str, history: Sequence[Turn], library: Library | None = None) -> str | None:
        """The question with its first pronoun replaced by a name or a thing; None where neither is found."""
        if persons := self._pronouns(question, self._asking.person):
            is_told = self._is_named(question) or self._is_told(question, persons[0])
            name = "" if is_told else self._person(history)
            return self._put(question, persons[0], name) if name else None
        first = next(iter(self._things(question)), None)
        if first is None or self._is_told(question, first):
            return None
        shows = first.group().lower() in self._known.showing
        if shows and spoken_pattern(self._known.of_noun).match(question, first.end()):
            return None
        thing = self._thing(history[-1]) or (library and self._subject(question, first, history[-1], library))
        return self._put(question, first, thing) if thing else None

    def _subject(self, question: str, pronoun: re.Match[str], last: Turn, library: Library) -> str:
        """The subject of the question before, where the pronoun can mean nothing else; "" where it is unknown."""
        if pronoun.group().lower() in self._known.showing or self._is_named(question):
            return ""
        thing = subject(last.question, texts_on(last, library, self._spoken), self._spoken)
        several = spoken_pattern(self._known.several).fullmatch(pronoun.group()) is not None
        plural = spoken_pattern(self._known.plural).fullmatch(thing.split()[-1]) is not None if thing else False
        return thing if several is plural else ""

    def _is_named(self, question: str) -> bool:
        return any(name.certain for name in names(question, self._spoken))

    def _put(self, question: str, pronoun: re.Match[str], thing: str) -> str:
        of = self._known.owning if pronoun.groupdict().get("of") else ""
        return f"{question[: pronoun.start()]}{thing}{of}{question[pronoun.end() :]}"

    def _person(self, history: Sequence[Turn]) -> str:
        """The person last mentioned: an answer to "who", else the longest name in the latest turn with one; "" for
        none.
        """
        whom = self._known.asks_whom
        for turn in reversed(history):
            asks_whom = bool(whom) and spoken_pattern(whom).match(turn.question) is not None
            for text in (turn.answer, turn.question) if asks_whom or not whom else (turn.question, turn.answer):
                found = [
                    spoken_pattern(self._known.owner).sub("", name.text)
                    for name in names(text, self._spoken)
                    if name.certain or asks_whom
                ]
                found = [name for name in found if name.lower() not in self._known.no_names]
                if found:
                    return found[0] if asks_whom and text is turn.answer else max(found, key=len)
        return ""

    def _thing(self, last: Turn) -> str:
        """What "it" or "they" stands for: what was counted, or a short answer that is no number.

        "" where unknown, and where the answer is a sentence, as one is that ends with a word of the question.
        """
        known = self._known
        if counted := spoken_pattern(known.counted).search(last.question):
            return f"{known.definite} {counted['noun']}"
        answer = last.answer.strip(" .!")
        few = words(answer, self._spoken)
        if not few or len(few) > _LONGEST_THING or any(word.text[0].isdigit() for word in few):
            return ""
        if spoken_pattern(known.sentence).search(answer) or few[-1].stem in {
            w.stem for w in words(last.question, self._spoken)
        }:
            return ""
        return "" if few[0].key in known.no_things else re.sub(rf"^(?:{known.articles})\b", known.definite, answer)


@cache
def _own(forms: str) -> re.Pattern[str]:
    """A pattern for one of the words by itself, not at the end of a compound, as "il" in French "est-il"."""
    return re.compile(rf"(?<![\w-])(?:{forms})\b", re.IGNORECASE)

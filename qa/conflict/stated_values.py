"""Finds the values that articles state for what a question asks, with the sentences that state them.

A sentence takes part if it counts or measures the same kind of thing as is asked for, of the same names, things and
events; an article takes part with its best sentence and those that agree with it, for several values in one article are
mostly values of several things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.language.english_counts import COUNTS
from index.library import Library
from index.records import Article, Hit, Sentence
from qa.question.kind import PEOPLE, ValueAsked, canonical, value_asked
from qa.text.dates import dates
from qa.text.orders import is_order
from qa.text.values import Value, ages, counts, days, noun_start, without_wholes
from qa.text.words import STOP_WORDS, Word, stem, stems, words

SPOKEN = 0.6
"""Share of the topic's words that a sentence itself must hold where no noun tells what its number counts.
Chosen by eye."""
NEIGHBOURS = 6
"""Words on either side of a value that tell what it is a value of. Chosen by eye."""
SAME_NOUN, OTHER_PEOPLE, NO_NOUN = 1.0, 0.7, 0.4
"""What it is worth that a number counts the very noun that is asked for, other words for people, or names none.
Chosen by eye."""
_SUBJECT = 10
"""Words before a number without a noun within which the topic must be named: "the caravan ... has grown to 4,000"."""
_NOUN = 4
"""Words after a number within which its noun stands."""
_FAR = 16
"""Words between a number and the nearest word of the topic at most, where the number has another noun or none."""

_GENERAL = frozenset(map(stem, COUNTS.people))
_ASIDE = re.compile(
    rf"\b(?:{COUNTS.aside})(?:\s+(?!(?:{COUNTS.not_aside})\b)\w+){{0,2}}\s+$",
    re.IGNORECASE,
)
_WITHOUT_NOUN = re.compile(rf"\b(?:{COUNTS.without_noun})(?:\s+(?:{COUNTS.only}))*\s+$", re.IGNORECASE)
_STOPS = re.compile(r"[,;:.!?()“”\"—–]")


@dataclass(frozen=True)
class StatedValue:
    """A value that a sentence of an article states for what is asked."""

    article: Article
    sentence: Sentence
    value: Value
    sure: bool
    """Whether the sentence speaks of everything that the question speaks of."""
    rank: float
    """Higher is nearer to the question."""

    @property
    def figure(self) -> float:
        """The number by which values of one side are told apart."""
        return self.value.stated

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """Stems of the words near the value, without stop words and numbers."""
        every = words(self.sentence.text)
        at = next((i for i, w in enumerate(every) if w.end > self.value.start), 0)
        near = every[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        return frozenset(w.stem for w in near if w.key not in STOP_WORDS and not w.stem[0].isdigit())

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the sentence names."""
        return frozenset(d.year for d in dates(self.sentence.text) if d.year is not None)

    def agrees(self, other: StatedValue) -> bool:
        """Returns whether both may be true: their values agree, measure different things, or are of different years."""
        if self.value.measure != other.value.measure or self.value.agrees(other.value):
            return True
        dated = self.value.measure in ("date", "day")
        return not dated and bool(self.years and other.years) and not self.years & other.years


def stated_values(question: str, hits: Sequence[Hit], library: Library) -> list[StatedValue]:
    """Returns the values that the found passages state: of each article the best, and those that agree with it."""
    wanted = value_asked(question)
    if wanted is None or not wanted.topic:
        return []
    scope = _Scope(wanted, library.rarity)
    found: dict[str, list[StatedValue]] = {}
    for article_id, passages in by_article(hits).items():
        source = library.article(article_id)
        if scope.covers_names(source):
            found[article_id] = [s for hit in passages for s in scope.stated_values(hit, source)]
    sure = [s for every in found.values() for s in every if s.sure]
    kept: list[StatedValue] = []
    for article_id, every in found.items():
        others = frozenset().union(*(s.neighbours for s in sure if s.article.id != article_id))
        telling = others - scope.topic
        borne_out = [s for s in every if s.sure or s.neighbours & telling]
        if borne_out:
            best = max(borne_out, key=lambda s: (s.sure, s.rank))
            first = {best.sentence: best}
            for s in sorted(every, key=lambda s: s.rank, reverse=True):
                if s.value.measure == best.value.measure and s.value.agrees(best.value):
                    first.setdefault(s.sentence, s)
            kept += first.values()
    return kept


def by_article(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    """Groups hits by the id of their article."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.passage.article_id, []).append(hit)
    return found


@dataclass(frozen=True)
class _Scope:
    """A question for a value, held against sentences that may answer it."""

    wanted: ValueAsked
    rarity: Callable[[str], float]

    @cached_property
    def topic(self) -> frozenset[str]:
        return frozenset(map(canonical, self.weight)) | {self.wanted.noun}

    @cached_property
    def weight(self) -> dict[str, float]:
        return {w.stem: self.rarity(w.text) for w in self.wanted.topic}

    def covers_names(self, source: Article) -> bool:
        """Returns whether the article has every name of the question, those of several words in one piece."""
        text = _folded(source) if self._name_runs else ""
        return all(run in text for run in self._name_runs)

    @cached_property
    def _name_runs(self) -> tuple[str, ...]:
        runs: list[list[Word]] = []
        for word in self.wanted.topic:
            if word.stem in self.wanted.names:
                if runs and word.start - runs[-1][-1].end <= 1:
                    runs[-1].append(word)
                else:
                    runs.append([word])
        return tuple(" " + " ".join(w.key for w in run) + " " for run in runs)

    def stated_values(self, hit: Hit, source: Article) -> Iterator[StatedValue]:
        around = _stems(f"{source.title}\n{hit.passage.text}")
        things = {canonical(s) for s in self.wanted.things}
        happened = {canonical(s) for s in self.wanted.happened}
        figures = self.wanted.figures
        whole = sum(self.weight.values())
        if not figures <= stems(f"{source.title}\n{hit.passage.text}"):
            return
        for found in hit.sentences:
            text = found.sentence.text
            own = _stems(text)
            spoken = sum(w for s, w in self.weight.items() if canonical(s) in own) / whole
            for value in self._values(text):
                fits = self._fits(text, value)
                distance = self._distance(text, value)
                sure = things <= around and happened <= own
                if self.wanted.kind == "count":
                    takes_part = fits == SAME_NOUN or (fits and sure and spoken and distance <= _FAR)
                else:
                    takes_part = fits and sure and spoken >= SPOKEN and len(self.weight) > 1
                if takes_part and not _of_another_year(figures, text, value) and not is_order(text):
                    rank = spoken + fits + 0.3 * found.cosine - 0.01 * min(distance, _FAR)
                    yield StatedValue(source, found.sentence, value, sure, rank)

    def _values(self, sentence: str) -> tuple[Value, ...]:
        match self.wanted.kind:
            case "age":
                return ages(sentence)
            case "date":
                return days(sentence)
            case "share":
                return tuple(v for v in counts(sentence) if v.measure == "percent")
            case "amount":
                return tuple(v for v in counts(sentence) if v.measure)
            case "count":
                return tuple(without_wholes(sentence, counts(sentence)))

    def _fits(self, sentence: str, value: Value) -> float:
        """Returns how well the noun of a value fits: SAME_NOUN, OTHER_PEOPLE, NO_NOUN, or 0 for another noun."""
        before = sentence[: value.start]
        if is_aside(before):
            return 0.0
        if self.wanted.kind != "count":
            return SAME_NOUN
        if value.unit:
            return SAME_NOUN * (value.unit == self.wanted.noun)
        run = noun_words(sentence, noun_start(sentence, value))
        found = {w.stem for w in run}
        if any(w.key in COUNTS.more for w in run):
            return 0.0
        if self.wanted.noun in found:
            return SAME_NOUN
        if (self.wanted.noun in _GENERAL and found & PEOPLE) or (self.wanted.noun in PEOPLE and found & _GENERAL):
            return OTHER_PEOPLE
        if run:  # "900 evacuated"
            return NO_NOUN * (canonical(run[0].stem) in {canonical(s) for s in self.wanted.happened})
        subject = words(_STOPS.split(before)[-1])[-_SUBJECT:]
        led = any(canonical(w.stem) in self.topic for w in subject)
        return NO_NOUN * (led and bool(_WITHOUT_NOUN.search(before)))

    def _distance(self, sentence: str, value: Value) -> int:
        """Returns the number of words between a value and the nearest word of the topic."""
        every = words(sentence)
        here = next((i for i, w in enumerate(every) if w.start >= value.start), len(every))
        topic = {canonical(s) for s in self.weight}
        return min((abs(i - here) for i, w in enumerate(every) if canonical(w.stem) in topic), default=len(every))


def is_aside(before: str) -> bool:
    """Returns whether the text before a value says that it is denied, outdated, or only a part of the whole."""
    return bool(_ASIDE.search(before))


def _stems(text: str) -> set[str]:
    return {canonical(s) for s in stems(text)}


def _folded(source: Article) -> str:
    return " " + " ".join(w.key for w in words(f"{source.title}\n{source.text}")) + " "


def noun_words(sentence: str, place: int) -> list[Word]:
    """Returns the words after a number among which its noun stands: up to punctuation or a stop word."""
    run: list[Word] = []
    reached = 0
    after = sentence[place:]
    for word in words(after):
        ended = _STOPS.search(after, reached, word.start) or (word.key in STOP_WORDS and word.key not in COUNTS.more)
        if ended or len(run) == _NOUN:
            break
        reached = word.end
        run.append(word)
    return run


def _of_another_year(figures: frozenset[str], sentence: str, value: Value) -> bool:
    """Returns whether the question names a year and the sentence gives the value for another year."""
    wanted = {int(f) for f in figures if f.isdigit() and len(f) == 4}
    named = [d for d in dates(sentence) if d.year is not None and not value.start <= d.start < value.end]
    if not wanted or not named:
        return False
    return min(named, key=lambda d: min(abs(d.end - value.start), abs(d.start - value.end))).year not in wanted

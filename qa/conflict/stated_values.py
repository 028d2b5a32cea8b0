"""Finds the values that articles state for what a question asks, with the sentences that state them.

A sentence counts if it gives a value of the kind that is asked for, of the same names, things and events. Of each
article the best sentence counts, and those that agree with it: different values in one article are mostly of different
things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.counts import Counts
from index.library import Library
from index.records import Article, Hit, Sentence
from qa.question.kind import ValueAsked, ValueKind, canonical, people, value_asked
from qa.text.dates.reading import dates
from qa.text.names import names
from qa.text.numbers.intervals import Value, ages, counts, days, noun_start, without_wholes
from qa.text.orders.finding import is_order
from qa.text.words import ENGLISH, Word, stem, stems, words

SPOKEN = 0.6
"""Share of the topic's words that a sentence must hold itself where its number has no noun. Chosen by eye."""
SAME_NOUN, OTHER_PEOPLE, NO_NOUN = 1.0, 0.7, 0.4
"""How well a number fits, from 0 to 1: where it counts the very noun asked for, people by another word, or has no noun.
Chosen by eye."""
_SUBJECT = 10
"""Words before a number without a noun within which the topic must be named: "the caravan ... has grown to 4,000".
Chosen by eye."""
_NOUN = 4
"""Words after a number among which its noun is looked for. Chosen by eye."""
_COSINE, _A_WORD_OFF = 0.3, 0.01
"""What a sentence's cosine with the question, and each word between a value and the topic, count in a value's rank.
Chosen by eye."""
_FAR = 16
"""Most words between a number without the noun asked for and the nearest word of the topic. Chosen by eye."""

_BESIDE = 2
"""Words after a length among which the one stands that says which it is: "metres deep", "metros de profundidad". Chosen
by eye."""

_STOPS = re.compile(r"[,;:.!?()“”„«»\"—–]")


@dataclass(frozen=True)
class _Patterns:
    """The compiled patterns of words before a value in a language, and the stems of its general nouns for people."""

    aside: re.Pattern[str]
    without_noun: re.Pattern[str]
    people: frozenset[str]


@cache
def _patterns(spoken: Language, known: Counts) -> _Patterns:
    return _Patterns(
        re.compile(rf"\b(?:{known.aside})(?:\s+(?!(?:{known.not_aside})\b)\w+){{0,2}}\s+$", re.IGNORECASE),
        re.compile(rf"\b(?:{known.without_noun})(?:\s+(?:{known.only}))*\s+$", re.IGNORECASE),
        frozenset(stem(word, spoken) for word in known.people),
    )


@dataclass(frozen=True)
class StatedValue:
    """A value that a sentence of an article states for what is asked."""

    article: Article
    sentence: Sentence
    value: Value
    sure: bool
    """Whether the sentence has all words of the question's topic."""
    rank: float
    """Higher is nearer to the question."""
    spoken: Language = ENGLISH
    """The language of the sentence."""

    @property
    def figure(self) -> float:
        """The number in the value, by which statements of one side differ."""
        return self.value.stated

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the sentence names."""
        return frozenset(d.year for d in dates(self.sentence.text, self.spoken) if d.year is not None)

    def agrees(self, other: StatedValue) -> bool:
        """Returns whether both may be true: their values agree, measure different things, or are of different years."""
        if self.value.measure != other.value.measure or self.value.agrees(other.value):
            return True
        dated = self.value.measure in ("date", "day")
        return not dated and bool(self.years and other.years) and not self.years & other.years


def stated_values(question: str, hits: Sequence[Hit], library: Library) -> list[StatedValue]:
    """Returns values that passages state: of each article the best sure one, and those that agree with that one.

    Only passages in the question's language are read; there are none where its file lacks the words beside numbers.
    """
    wanted = value_asked(question, rules_for(question))
    if wanted is None or not wanted.topic or wanted.spoken.counts is None:
        return []
    scope = _Scope(wanted, wanted.spoken.counts, library.rarity, dimension_in(question, wanted.spoken))
    found: dict[str, list[StatedValue]] = {}
    for article_id, passages in by_article(hits).items():
        source = library.article(article_id)
        if scope.covers_names(source):
            found[article_id] = [s for hit in passages for s in scope.stated_values(hit, source)]
    kept: list[StatedValue] = []
    for every in found.values():
        sure = [s for s in every if s.sure]
        if sure:
            best = max(sure, key=lambda s: s.rank)
            first = {best.sentence: best}
            for s in sorted(every, key=lambda s: s.rank, reverse=True):
                if s.value.measure == best.value.measure and s.value.agrees(best.value):
                    first.setdefault(s.sentence, s)
            kept += first.values()
    return kept


def dimension_in(text: str, spoken: Language) -> str | None:
    """Returns the dimension that the first word for one in a text tells, as its language lists it: "deep depth"."""
    dimensions = spoken.counts.dimensions if spoken.counts else ()
    return next((each for word in words(text, spoken) for each in dimensions if word.key in each.split()), None)


def is_of_another_dimension(sentence: str, value: Value, asked: str | None, spoken: Language) -> bool:
    """Returns whether the words after a length say that it is of another dimension than the one asked for.

    >>> text = "The hole is nine metres across."
    >>> (value,) = values_of_kind(text, "amount", ENGLISH)
    >>> asked = (dimension_in(f"How {how} is the hole?", ENGLISH) for how in ("deep", "wide"))
    >>> [is_of_another_dimension(text, value, each, ENGLISH) for each in asked]
    [True, False]
    """
    after = " ".join(word.text for word in words(sentence[value.end :], spoken)[:_BESIDE])
    return asked is not None and dimension_in(after, spoken) not in (None, asked)


def by_article(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    """Groups hits by the id of their article."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.passage.article_id, []).append(hit)
    return found


@dataclass(frozen=True)
class _Scope:
    """A question for a value, against which sentences are compared."""

    wanted: ValueAsked
    known: Counts
    rarity: Callable[[str], float]
    dimension: str | None
    """Of the length asked for; None where another value is."""

    @property
    def spoken(self) -> Language:
        return self.wanted.spoken

    @cached_property
    def topic(self) -> frozenset[str]:
        return self._canonical(self.weight) | {self.wanted.noun}

    @cached_property
    def weight(self) -> dict[str, float]:
        return {w.stem: self.rarity(w.text) for w in self.wanted.topic}

    def covers_names(self, source: Article) -> bool:
        """Returns whether the article has every name of the question, those of several words in one piece."""
        text = _folded(source, self.spoken) if self._name_runs else ""
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
        around = f"{source.title}\n{hit.passage.text}"
        if rules_for(hit.passage.text) is not self.spoken or not self.wanted.figures <= stems(around, self.spoken):
            return
        around_stems = self._canonical(stems(around, self.spoken))
        things, happened = self._canonical(self.wanted.things), self._canonical(self.wanted.happened)
        whole = sum(self.weight.values())
        for found in hit.sentences:
            text = found.sentence.text
            own = self._canonical(stems(text, self.spoken))
            spoken_of = sum(w for s, w in self.weight.items() if canonical(s, self.spoken) in own) / whole
            for value in values_of_kind(text, self.wanted.kind, self.spoken):
                fits = self._fits(text, value)
                distance = self._distance(text, value)
                sure = things <= around_stems and happened <= own
                if self.wanted.kind == "count":
                    takes_part = fits == SAME_NOUN or (fits and sure and spoken_of and distance <= _FAR)
                else:
                    takes_part = fits and sure and spoken_of >= SPOKEN and len(self.weight) > 1
                if takes_part and not self._of_another(text, value) and not is_order(text):
                    rank = spoken_of + fits + _COSINE * found.cosine - _A_WORD_OFF * min(distance, _FAR)
                    yield StatedValue(source, found.sentence, value, sure, rank, self.spoken)

    def _canonical(self, every: Iterable[str]) -> frozenset[str]:
        return frozenset(canonical(each, self.spoken) for each in every)

    def _fits(self, sentence: str, value: Value) -> float:
        """Returns how well the noun of a value fits: SAME_NOUN, OTHER_PEOPLE, NO_NOUN, or 0 for another noun."""
        before = sentence[: value.start]
        if is_aside(before, self.spoken):
            return 0.0
        noun = self.wanted.noun
        if self.wanted.kind != "count":
            return SAME_NOUN * (not is_of_another_dimension(sentence, value, self.dimension, self.spoken))
        if value.unit:
            return SAME_NOUN * (value.unit == noun)
        run = noun_words(sentence, noun_start(sentence, value, self.spoken), self.spoken)
        found = {w.stem for w in run}
        if any(w.key in self.known.more for w in run):
            return 0.0
        if noun in found:
            return SAME_NOUN
        patterns, of_people = _patterns(self.spoken, self.known), people(self.spoken)
        if (noun in patterns.people and found & of_people) or (noun in of_people and found & patterns.people):
            return OTHER_PEOPLE
        if run:  # "900 evacuated"
            return NO_NOUN * (canonical(run[0].stem, self.spoken) in self._canonical(self.wanted.happened))
        subject = words(_STOPS.split(before)[-1], self.spoken)[-_SUBJECT:]
        led = any(canonical(w.stem, self.spoken) in self.topic for w in subject)
        return NO_NOUN * (led and bool(patterns.without_noun.search(before)))

    def _distance(self, sentence: str, value: Value) -> int:
        """Returns the number of words between a value and the nearest word of the topic."""
        every = words(sentence, self.spoken)
        here = next((i for i, w in enumerate(every) if w.start >= value.start), len(every))
        topic = self._canonical(self.weight)
        near = (abs(i - here) for i, w in enumerate(every) if canonical(w.stem, self.spoken) in topic)
        return min(near, default=len(every))

    def _of_another(self, sentence: str, value: Value) -> bool:
        """Returns whether the sentence gives the value for another year or name than the question asks about."""
        return self._of_another_year(sentence, value) or is_anothers(sentence, value, self.wanted.names, self.spoken)

    def _of_another_year(self, sentence: str, value: Value) -> bool:
        """Returns whether the question names a year and the sentence gives the value for another year."""
        wanted = {int(f) for f in self.wanted.figures if f.isdigit() and len(f) == 4}
        dated = (d for d in dates(sentence, self.spoken) if not value.start <= d.start < value.end)
        named = [d for d in dated if d.year is not None]
        if not wanted or not named:
            return False
        nearest = min(named, key=lambda d: min(abs(d.end - value.start), abs(d.start - value.end)))
        return nearest.year not in wanted


def is_anothers(sentence: str, value: Value, names_asked: Set[str], spoken: Language) -> bool:
    """Returns whether another name stands before a value in its clause, and the names asked about only after it.

    Lists are like that: "The Reform League won 26 seats, the Greens 9". ``names_asked`` are stems of the question's
    names.

    >>> text = "The Reform League won 26 seats, the Greens 9."
    >>> value, *_ = values_of_kind(text, "count", ENGLISH)
    >>> is_anothers(text, value, {"green"}, ENGLISH), is_anothers(text, value, {"reform", "leagu"}, ENGLISH)
    (True, False)
    """
    before = [w for w in words(sentence, spoken) if w.end <= value.start]
    after = [w for w in words(sentence, spoken) if w.start >= value.end]
    if any(w.stem in names_asked for w in before) or not any(w.stem in names_asked for w in after):
        return False
    earlier = [name for name in names(sentence, spoken) if name.end <= value.start]
    return bool(earlier) and earlier[-1].certain and not _STOPS.search(sentence, earlier[-1].end, value.start)


def values_of_kind(sentence: str, kind: ValueKind, spoken: Language) -> list[Value]:
    """Returns the values of a sentence that are of this kind."""
    match kind:
        case "age":
            return list(ages(sentence, spoken))
        case "date":
            return list(days(sentence, spoken))
        case "share":
            return [v for v in counts(sentence, spoken) if v.measure == "percent"]
        case "amount":
            return [v for v in counts(sentence, spoken) if v.measure]
        case "count":
            return without_wholes(sentence, counts(sentence, spoken), spoken)


def is_aside(before: str, spoken: Language) -> bool:
    """Returns whether the text before a value says that it is denied, outdated, or only a part of the whole.

    True also for a language whose file lacks the words for that.
    """
    return spoken.counts is None or bool(_patterns(spoken, spoken.counts).aside.search(before))


def _folded(source: Article, spoken: Language) -> str:
    return " " + " ".join(w.key for w in words(f"{source.title}\n{source.text}", spoken)) + " "


def noun_words(sentence: str, place: int, spoken: Language) -> list[Word]:
    """Returns the words after a number among which its noun stands: up to punctuation or a stop word."""
    run: list[Word] = []
    reached = 0
    after = sentence[place:]
    more = spoken.counts.more if spoken.counts else frozenset()
    for word in words(after, spoken):
        ended = _STOPS.search(after, reached, word.start) or (word.key in spoken.stop_words and word.key not in more)
        if ended or len(run) == _NOUN:
            break
        reached = word.end
        run.append(word)
    return run

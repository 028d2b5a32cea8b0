"""Reads from articles what became of what a question asks about (see qa/question/happening.py), and compares reports.

A sentence counts if one of its clauses says of the very same agent and thing, as a plain fact, that what is asked about
happened, that it did not, or that its contrary did. Plans, statements of others, conditions, questions and quotations
do not count, nor does a clause that is understood only in part: silence is better than a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise, takewhile
from typing import Protocol

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.outcomes import Outcomes
from index.records import Article, Hit, Sentence, SentenceHit
from qa.question.happening import Grammar, Happening, NamedTimes, named_times
from qa.question.kind import canonical_stems, people
from qa.text.dates.meant_days import published_on
from qa.text.dates.reading import dates
from qa.text.names import name_keys, names
from qa.text.negation import negations
from qa.text.numbers.reading import numbers
from qa.text.orders.finding import is_order
from qa.text.quotations.marks import CLOSED
from qa.text.words import Word, stem

SAME_NEWS = 7
"""Most days between two articles whose outcomes are compared: a much later one tells what happened since.
Chosen by eye."""
LEAD = 600
"""Characters at an article's beginning in which it says where and whom it is about. Chosen by eye."""
SAME_DAY = 1
"""The same where one of them reports a delay: delays end. Chosen by eye."""


@dataclass(frozen=True)
class OutcomePatterns:
    """The compiled patterns of a language by which sentences are split into clauses, and told from plain reports."""

    clause: re.Pattern[str]
    dependent: re.Pattern[str]
    doubt: re.Pattern[str]
    """Words by which a sentence does not plainly report what has just happened."""
    saying: re.Pattern[str]


@cache
def patterns_of(spoken: Language) -> OutcomePatterns | None:
    """The patterns of a language; None where its file lacks the words for them."""
    outcomes, clauses, denials = spoken.outcomes or spoken.ordered_outcomes, spoken.clauses, spoken.denials
    saying = spoken.speech.anything if spoken.speech else spoken.saying
    if outcomes is None or clauses is None or denials is None or saying is None:
        return None
    return OutcomePatterns(
        re.compile(rf"[,;:()—–]|\b(?:{denials.clause_ends}|{clauses.dependent})\b", re.IGNORECASE),
        re.compile(clauses.dependent, re.IGNORECASE),
        re.compile(rf"\b(?:{outcomes.doubt})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{saying})\b", re.IGNORECASE),
    )


@dataclass(frozen=True)
class ReportedOutcome:
    """A clause of an article that tells the outcome of what a question asks about."""

    article: Article
    sentence: Sentence
    clause: str
    holds: bool
    """Whether what is asked about happened; where contraries are asked about, whether the first of them did."""
    delayed: bool
    rank: float
    """Higher is nearer to the question."""
    spoken: Language
    """The language of the sentence."""

    @property
    def figure(self) -> float:
        """Always 0: unlike values, the outcomes of one side have no figure in which they could differ."""
        return 0.0

    def contradicts(self, other: ReportedOutcome) -> bool:
        """Returns whether only one of two outcomes can be true: they differ, and are of the same time and names."""
        if self.holds == other.holds or not self._times.meets(other._times):
            return False
        if bool(self._times.years) != bool(other._times.years):
            return False  # it may be another year than the other's
        mine, others = (name_keys(each.clause, each.spoken) for each in (self, other))
        if mine and others and not mine & others:
            return False
        delayed = self.delayed or other.delayed
        day, another = published_on(self.article), published_on(other.article)
        if day is None or another is None:
            return not delayed
        return abs((day - another).days) <= (SAME_DAY if delayed else SAME_NEWS)

    @cached_property
    def _times(self) -> NamedTimes:
        """The times that the sentence names; the year of publication where it names no year."""
        named = named_times(self.sentence.text, self.spoken)
        year = (self.article.published or "")[:4]
        return named if named.years or not year.isdigit() else replace(named, years=frozenset((int(year),)))


def reported_outcomes(asked: Happening, article: Article, hits: Sequence[Hit]) -> tuple[ReportedOutcome, ...]:
    """Returns one outcome for each clause of the passages that tells whether what is asked about happened.

    ``hits`` are passages of ``article``; only those in the language of the question are read. None are returned where
    the article reports both that it happened and that it did not, or where the language has no words for outcomes.
    """
    patterns = patterns_of(asked.grammar.spoken)
    if patterns is None:
        return ()
    reading = _Reading(asked, patterns)
    found = [o for hit in hits for o in reading.outcomes(article, hit)]
    return tuple(found) if len({o.holds for o in found}) == 1 else ()


class Asked(Protocol):
    """The words of a question about an outcome that a clause must have, too; all are stems."""

    @property
    def known(self) -> frozenset[str]:
        """All telling words of the question."""
        ...

    @property
    def names(self) -> frozenset[str]:
        """Those of the words that are parts of names."""
        ...

    @property
    def times(self) -> NamedTimes:
        """The times that the question names."""
        ...


def told_clauses(
    asked: Asked, article: Article, hit: Hit, spoken: Language, patterns: OutcomePatterns
) -> Iterator[tuple[SentenceHit, str]]:
    """Yields the clauses of a hit that state a fact about what is asked about, each with its sentence.

    The sentence must have all that the question names; names may also stand in its passage or its article's beginning.
    """
    if rules_for(hit.passage.text) is not spoken:
        return

    around = canonical_stems(f"{article.title}\n{article.text[:LEAD]}\n{hit.passage.text}", spoken)
    for at in hit.sentences:
        text = at.sentence.text
        if text.rstrip('”"’ ').endswith("?") or patterns.doubt.search(text) or is_order(text):
            continue
        if not asked.known - asked.names <= canonical_stems(text, spoken) or not asked.names <= around:
            continue
        if asked.times.meets(named_times(text, spoken)):
            yield from ((at, clause) for clause in _clauses(text, patterns))


@dataclass(frozen=True)
class _Reading:
    """Reads sentences for the outcome that one question asks about."""

    asked: Happening
    patterns: OutcomePatterns

    @property
    def _grammar(self) -> Grammar:
        return self.asked.grammar

    @property
    def _known(self) -> Outcomes:
        return self.asked.grammar.known

    @property
    def _spoken(self) -> Language:
        return self.asked.grammar.spoken

    def outcomes(self, article: Article, hit: Hit) -> Iterator[ReportedOutcome]:
        for at, clause in told_clauses(self.asked, article, hit, self._spoken, self.patterns):
            read = self._read(clause)
            if read is not None:
                told, (holds, delayed) = clause.strip().rstrip("."), read
                yield ReportedOutcome(article, at.sentence, told, holds, delayed, at.cosine, self._spoken)

    def _read(self, clause: str) -> tuple[bool, bool] | None:
        """Returns whether a clause says that the outcome happened, and whether it tells of a delay; None if neither."""
        canonical, every = self._grammar.canonical, self._grammar.words(clause)
        foreign = (
            {canonical(w.stem) for n in names(clause, self._spoken) for w in self._grammar.words(n.text)}
            - self.asked.known
            - {canonical(stem(word, self._spoken)) for word in self._known.plain}
        )
        if foreign and not self.asked.names <= {canonical(w.stem) for w in every}:
            return None
        for i in range(len(every)):
            end, key = self._verb_at(every, i)
            if key and self._fits(every, i, end):
                denied = self._denied(clause, every, i)
                if denied is None or self._restricted(clause, every[end:], denied):
                    return None
                return (
                    self.asked.family.told(key, denied, self.asked.verb) if self.asked.family else (not denied, False)
                )
        return None

    def _denied(self, clause: str, every: Sequence[Word], i: int) -> bool | None:
        """Returns whether the clause denies its verb; None where a negation denies something else, or only a part."""
        found = negations(clause, self._spoken)
        if not found:
            return False
        if len(found) > 1 or found[0].end > every[i].start:
            return None
        known = self._known
        between = [w for w in every[:i] if w.start >= found[0].end]
        nouns = {self.asked.agent, self.asked.thing} | self._stems(known.general)
        if found[0].text.lower() == known.no and between and self._grammar.canonical(between[0].stem) in nouns:
            between = between[1:]
        deniable = (self._grammar.between - known.undenied) | known.deciding | known.questions.future
        return True if all(w.key in deniable for w in between) else None

    def _stems(self, listed: frozenset[str]) -> frozenset[str]:
        return frozenset(stem(word, self._spoken) for word in listed)

    def _restricted(self, clause: str, after: Sequence[Word], denied: bool) -> bool:
        """Returns whether what follows the verb restricts it: "did not close to walkers", "lost in one county"."""
        dated = [(d.start, d.end) for d in dates(clause, self._spoken)]
        new = [
            w
            for w in after
            if w.key not in self._spoken.stop_words | self._grammar.calendar | self._known.plain
            and self._grammar.canonical(w.stem) not in self.asked.known
            and not any(start <= w.start < end for start, end in dated)
        ]
        placed = {b for a, b in pairwise(after) if a.key in self._known.placing}
        return bool(new) if denied else any(w in placed and w.capital for w in new)

    def _verb_at(self, every: Sequence[Word], i: int) -> tuple[int, str]:
        """Returns the index of the word after the verb at ``i``, and the verb as the question has it.

        The verb is "" where the word is no verb that is looked for.
        """
        if every[i].key.endswith(self._known.no_verbs):
            return i, ""
        wanted = self.asked.family.all if self.asked.family else frozenset((self.asked.verb,))
        verb = self._grammar.canonical(every[i].stem)
        after = every[i + 1].key if i + 1 < len(every) else ""
        if f"{verb}+{after}" in wanted:
            return i + 2, f"{verb}+{after}"
        return (i + 1, verb) if verb in wanted and after not in self._known.particles else (i, "")

    def _fits(self, every: Sequence[Word], i: int, end: int) -> bool:
        """Returns whether the question's agent and thing are subject and object of the verb."""
        first = self._before(every, i)
        if first is None:
            return False
        asked, known = self.asked, self._known
        between = {w.key for w in every[first + 1 : i]}
        if (asked.present and not between & known.present) or asked.planned != bool(between & known.future):
            return False
        subject, thing = self._subject(every, first), self._object(every, end)
        passive = bool(between & (known.being | known.staying))
        killing = every[i].key in known.killing and not passive
        if asked.anybody:
            return (thing if killing else subject) in people(self._spoken) | self._stems(known.nobody)
        if passive:
            by = next((j for j in range(end, len(every)) if every[j].key == known.by), None)
            agent = asked.agent if by is None else self._object(every, by + 1)
            return subject == asked.thing and (not asked.agent or agent == asked.agent)
        if asked.agent:
            return subject == asked.agent and thing == asked.thing
        of_one = asked.family is not None and asked.family.of_one
        if subject == asked.thing and not killing:
            return (of_one or asked.family is None) and (thing is None or thing in asked.known)
        return thing == asked.thing and (killing or not of_one)

    def _before(self, every: Sequence[Word], i: int) -> int | None:
        """Returns the index of the last word of the subject; None where words before the verb make it no plain fact."""
        known, at = self._known, i - 1
        while at >= 0 and self._is_linked(every, at):
            at -= 1
        is_subject = at >= 0 and (every[at].key == known.no_one or every[at].key not in self._spoken.stop_words)
        return at if is_subject else None

    def _is_linked(self, every: Sequence[Word], at: int) -> bool:
        """Returns whether a word may stand between the subject and the verb: "has", "voted to", "on Monday"."""
        known, key = self._known, every[at].key
        deciding = known.deciding if self.asked.family is not None and self.asked.family.decision else frozenset()
        if key == known.infinitive:  # "were to approve", "plans to approve"
            verb = every[at - 1].key if at else ""
            before = every[at - 2].key if verb == known.not_before_infinitive and at > 1 else verb
            return verb in known.denying or before in deciding
        if key == known.before_days and every[at + 1].key in self._grammar.calendar:
            return True
        allowed = self._grammar.between | (known.future if self.asked.planned else frozenset())
        return key in allowed | known.denying | deciding or key.endswith(known.adverbs)

    def _subject(self, every: Sequence[Word], last: int) -> str | None:
        """Returns the head (stem) of the noun phrase that ends at ``last``; None where it is part of another phrase."""
        known, canonical, calendar = self._known, self._grammar.canonical, self._grammar.calendar
        at = last
        while at > 0 and every[at - 1].key not in self._grammar.no_noun | calendar | {known.no}:
            at -= 1
        if not self._same_thing(every[at:last]):
            return None
        before = at - 1
        while before >= 0 and every[before].key in known.determiners:
            before -= 1
        if before >= 0 and every[before].key in known.tying and every[last].key not in calendar:
            inner = {canonical(w.stem) for w in every[at : last + 1]}
            return self._subject(every, before - 1) if before and inner <= self.asked.known else None
        if before >= 0 and every[before].key in self._grammar.before_things | known.joining:
            return None
        return canonical(every[last].stem)

    def _object(self, every: Sequence[Word], first: int) -> str | None:
        """Returns the head (stem) of the noun phrase that begins at ``first``.

        "?" where the phrase is of another thing than the question's; None where no noun phrase begins.
        """
        known, at = self._known, first
        while at < len(every) and every[at].key in known.determiners | known.plain:
            at += 1
        if at + 1 < len(every) and every[at].key in known.plans and every[at + 1].key == known.plans_for:
            return self._object(every, at + 2)
        run = list(takewhile(self._may_be_of_noun, every[at:]))
        if not run:
            return None
        rest = every[at + len(run) :]
        limited = bool(rest) and rest[0].key in known.limiting and not run[-1].capital
        if not self._same_thing(run[:-1]) or (limited and self._object(rest, 1) not in self.asked.known):
            return "?"  # another thing: "the bridge of Lomond"
        return self._grammar.canonical(run[-1].stem)

    def _may_be_of_noun(self, word: Word) -> bool:
        """Returns whether a word may stand in a noun phrase after its beginning."""
        out = word.key in self._grammar.no_noun | self._grammar.calendar
        return not (out or word.key.endswith(self._known.adverbs) or word.key[0].isdigit())

    def _same_thing(self, before: Sequence[Word]) -> bool:
        """Returns whether the words before a noun leave it the thing that the question is about."""
        return all(
            self._grammar.canonical(w.stem) in self.asked.known
            or w.key in self._known.plain
            or (w.capital and not self.asked.names)
            or (self.asked.several and bool(numbers(w.text, self._spoken)))
            for w in before
        )


def _clauses(sentence: str, patterns: OutcomePatterns) -> Iterator[str]:
    """Yields the clauses that state a fact: outside quotations, no subordinate clauses, none after a verb of saying."""
    if any(sentence.count(a) != sentence.count(b) for a, b in ("“”", "«»")) or sentence.count('"') % 2:
        return
    plain = CLOSED.sub(lambda m: ";" * len(m.group()), sentence)
    reached, led = 0, ""
    for match in (*patterns.clause.finditer(plain), None):
        end = match.start() if match else len(plain)
        clause = plain[reached:end]
        if not patterns.dependent.fullmatch(led) and not patterns.saying.search(plain[:end]):
            yield clause
        if match:
            reached, led = match.end(), match.group()

"""Reads what outcome a question asks about: "Did the council approve the bridge?", "What happened to the pilot?"

There is no parser: of several words that could be the question's verb each is tried. For languages that are read by
the order of words see qa/question/sought.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cache, cached_property
from itertools import pairwise

from index.language.detection import rules_for
from index.language.pack import Language, plain
from index.language.parts.outcomes import Contrary, OutcomeQuestions, Outcomes
from qa.question.comparing import spoken_pattern
from qa.question.kind import before_things, canonical
from qa.text.dates.reading import dates
from qa.text.words import ENGLISH, Word, stem, words


@dataclass(frozen=True)
class Family:
    """The stems of verbs and adjectives for one outcome (``yes``) and its contrary (``no``): a ``Contrary`` by
    stems.
    """

    yes: frozenset[str]
    no: frozenset[str]
    delayed: frozenset[str]
    of_one: bool
    decision: bool
    passing: bool

    @cached_property
    def all(self) -> frozenset[str]:
        """The stems of the outcome, of its contrary, and of its delay."""
        return self.yes | self.no | self.delayed

    def told(self, key: str, denied: bool, asked: str) -> tuple[bool, bool] | None:
        """Whether a verb says that the outcome happened, and whether it reports a delay; None if it says neither.

        ``key`` is a stem of ``all``, ``denied`` whether the clause denies it. A denial says something for sure only of
        the question's own verb, ``asked``.
        """
        if key in self.delayed:
            return None if denied else (False, True)
        own = self.no if asked in self.no else self.yes
        if denied and key not in own:
            return None  # "did not reject" is not yet "approved"
        return (key in self.yes) != denied, False


@cache
def families(contraries: tuple[tuple[str, Contrary], ...], spoken: Language) -> Mapping[str, Family]:
    """The contraries of a language by name, with stems for words; a plus sign joins a verb's stem to its particle."""

    def stems_of(listed: str) -> frozenset[str]:
        parted = (word.split("+") for word in plain(listed).split())
        return frozenset("+".join((canonical(stem(verb, spoken), spoken), *rest)) for verb, *rest in parted)

    return {
        name: Family(stems_of(c.yes), stems_of(c.no), stems_of(c.delayed), c.of_one, c.decision, c.passing)
        for name, c in contraries
    }


@dataclass(frozen=True, eq=False)
class Grammar:
    """A language's words for outcomes, with what rules derive from them."""

    spoken: Language
    known: Outcomes

    @cached_property
    def families(self) -> Mapping[str, Family]:
        """The language's pairs of contraries by name."""
        return families(tuple(self.known.contraries.items()), self.spoken)

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Words for days and times of day."""
        weekdays = self.spoken.calendar.weekdays if self.spoken.calendar else ()
        return frozenset().union(*weekdays) | self.known.days

    @cached_property
    def between(self) -> frozenset[str]:
        """Words that may stand between a subject and its verb, besides adverbs and verbs of deciding."""
        return self.known.being | self.calendar | self.known.between

    @cached_property
    def before_things(self) -> frozenset[str]:
        """Words that begin a noun phrase or stand before one."""
        return before_things(self.spoken)

    @cached_property
    def no_noun(self) -> frozenset[str]:
        """Words that never stand in a noun phrase, except at its beginning."""
        return self.spoken.stop_words | self.before_things

    def canonical(self, stemmed: str) -> str:
        """The stem by which words of the same meaning are compared."""
        return canonical(stemmed, self.spoken)

    def words(self, text: str) -> tuple[Word, ...]:
        """The words of a text, as the language joins and folds them."""
        return words(text, self.spoken)


@cache
def grammar_of(spoken: Language) -> Grammar | None:
    """The grammar of a language; None where its file has no words for outcomes."""
    return Grammar(spoken, spoken.outcomes) if spoken.outcomes else None


@dataclass(frozen=True)
class NamedTimes:
    """The times that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    weekdays: frozenset[int]

    def meets(self, other: NamedTimes) -> bool:
        """Whether both may mean one time: they share one of each kind (year, month, day, weekday) that both name."""
        return all(not a or not b or a & b for a, b in zip(astuple(self), astuple(other), strict=True))


def named_times(text: str, spoken: Language = ENGLISH) -> NamedTimes:
    """The times that a text in a language names.

    >>> named_times("On Monday, 4 May 2020").years
    frozenset({2020})
    """
    found = dates(text, spoken)
    return NamedTimes(
        *(
            frozenset(v for d in found if (v := getattr(d, part)) is not None)
            for part in ("year", "month", "day", "weekday")
        )
    )


@dataclass(frozen=True)
class Happening:
    """An outcome that a question asks about: who did it (``agent``), to what (``thing``), and by which verbs it is
    told.

    All words are stems; ``agent`` and ``thing`` are "" where they are not named.
    """

    agent: str
    thing: str
    known: frozenset[str]
    """All telling words of the question."""
    names: frozenset[str]
    family: Family | None
    verb: str
    """The question's own verb; "" where it has none, as in "What happened to …?"."""
    anybody: bool
    """Whether the question has "anyone" for whoever did or suffered it."""
    several: bool
    """Whether the number does not matter: "any passengers"."""
    present: bool
    """Whether it asks how things are now, rather than what happened."""
    planned: bool
    """Whether it asks for what will happen."""
    times: NamedTimes
    grammar: Grammar
    """The grammar of the question's language."""


def happenings(question: str) -> tuple[Happening, ...]:
    """The outcomes that a question may ask about, the likeliest first; none where it asks about none.

    There are none either in a language whose file has no words for it.

    >>> [(h.agent, h.verb, h.thing) for h in happenings("Did the council approve the bridge?")][0]
    ('council', 'approv', 'bridg')
    """
    grammar = grammar_of(rules_for(question))
    return _Asking(question, grammar, grammar.known.questions).happenings() if grammar else ()


@dataclass(frozen=True)
class _Asking:
    """A question, read as one for an outcome."""

    question: str
    grammar: Grammar
    forms: OutcomeQuestions

    def happenings(self) -> tuple[Happening, ...]:
        families, forms = self.grammar.families, self.forms
        if match := spoken_pattern(forms.decision).match(self.question):
            agent, thing = self._head_of(match["agent"]), self._head_of(match["thing"])
            every = self.grammar.words(match["agent"] + " " + match["thing"])
            found = (self._happening(every, agent, thing, families[name]) for name in forms.decisions)
            return tuple(found) if agent and thing else ()
        if match := spoken_pattern(forms.fate).match(self.question):
            every = self.grammar.words(match["thing"])
            thing = self._head(every)
            return tuple(self._happening(every, "", thing, families[name]) for name in forms.fates if thing)
        match = spoken_pattern(forms.yes_no).match(self.question)
        if match is None or spoken_pattern(rf"\b(?:{forms.no_answer})\b").search(match["rest"]):
            return ()
        every, aux = self.grammar.words(match["rest"]), match["verb"].lower()
        verbs = [
            i
            for i, (before, word) in enumerate(pairwise(every), start=1)
            if word.key not in self.grammar.spoken.stop_words
            and not word.capital
            and not word.key[0].isdigit()
            and before.key not in self.grammar.before_things
        ]
        told = [h for i in verbs if (h := self._happening_at(every, i, aux)) is not None]
        return tuple(sorted(told, key=lambda h: h.family is None))

    def _happening_at(self, every: Sequence[Word], i: int, aux: str) -> Happening | None:
        """What the question asks about if word ``i`` is its verb; None where it then asks about nothing."""
        grammar, known = self.grammar, self.grammar.known
        verb = grammar.canonical(every[i].stem)
        after = every[i + 1].key if i + 1 < len(every) else ""
        joined = f"{verb}+{after}"
        family = self._family_of(joined) or self._family_of(verb)
        if family and family.passing and aux not in self.forms.present:
            family = None
        if (family and joined in family.all) or after in known.particles:
            verb, rest = joined, every[i + 2 :]
        else:
            rest = every[i + 1 :]
        subject = [w for w in every[:i] if w.key not in grammar.between]
        anybody = any(w.key in self.forms.anybody for w in subject)
        first = self._head([w for w in subject if w.key not in self.forms.anybody])
        if not first and not anybody:
            return None
        passive = aux in known.being or any(w.key in known.being for w in every[:i])
        by = next((j for j, w in enumerate(rest) if w.key == known.by), None)
        second = "" if rest and rest[0].key in grammar.before_things - known.determiners else self._head(rest)
        of_one = family is not None and family.of_one
        if anybody:
            agent, thing = "", ""
        elif passive:
            agent, thing = self._head(rest[by + 1 :]) if by is not None and not of_one else "", first
        elif second and not of_one:
            agent, thing = first, second
        else:
            agent, thing = "", first
        told = self._happening([w for w in every if w is not every[i]], agent, thing, family, verb)
        return replace(
            told,
            anybody=anybody,
            several=anybody or any(w.key == known.any_number for w in subject),
            present=aux in self.forms.present,
            planned=aux in self.forms.future,
        )

    def _family_of(self, verb: str) -> Family | None:
        return next((each for each in self.grammar.families.values() if verb in each.all), None)

    def _happening(
        self, every: Sequence[Word], agent: str, thing: str, family: Family | None, verb: str = ""
    ) -> Happening:
        grammar = self.grammar
        no_telling = grammar.spoken.stop_words | self.forms.anybody | grammar.calendar | grammar.between
        telling = [w for w in every if w.key not in no_telling]
        known = frozenset(grammar.canonical(w.stem) for w in telling)
        named = frozenset(grammar.canonical(w.stem) for w in telling if w.capital)
        times = named_times(self.question, grammar.spoken)
        return Happening(agent, thing, known, named, family, verb, False, False, False, False, times, grammar)

    def _head_of(self, phrase: str) -> str:
        return self._head(self.grammar.words(phrase))

    def _head(self, phrase: Sequence[Word]) -> str:
        """The stem of the first noun phrase's last word: "council" of "the city council of Lund"; "" where there is
        none.
        """
        run: list[Word] = []
        for word in phrase:
            if word.key in self.grammar.no_noun and run:
                break
            if word.key not in self.grammar.no_noun and word.key not in self.grammar.calendar:
                run.append(word)
        return self.grammar.canonical(run[-1].stem) if run else ""

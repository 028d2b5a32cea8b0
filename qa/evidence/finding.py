"""Has the reader find which sentences of the found sections answer, and the probability that any does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from index.records import Hit
from qa.confidence.regression import Regression, fitted, log_odds
from qa.evidence.aged import tells_age
from qa.evidence.latest import latest_first, newer
from qa.evidence.sections import Section, sections
from qa.evidence.selecting import Candidate, Nearness, Place, states_nothing
from qa.evidence.timed import names_a_time, told_at
from qa.question.several import asks_for_several
from qa.reader.protocol import Reader, Text
from qa.records import Evidence
from qa.text.names import Name, names
from qa.text.orders.finding import is_order
from qa.text.words import ENGLISH, content

SECTIONS, MOST_SECTIONS = 3, 8
"""Sections that are read for a question: one never read before takes a third of a second on two cores, one that the
reader knows a thirtieth; so many are read in any case, and so many where it knows them."""

MODEL = Path(__file__).with_name("finding_model.json")
MODEL_ABROAD = Path(__file__).with_name("finding_model_abroad.json")
"""Of questions and sections that are both in German, Spanish or French: the reader, who was trained on English, tells
other things apart there, and is surer of what is wrong. Fitted by ``tests/bench/fit_abroad.py``."""
SENTENCE_MODEL = Path(__file__).with_name("sentence_model.json")

_CLOSE, CLOSE_OF_SEVERAL = 1.5, 3.0
"""Log odds by which a sentence may be less probable than the best one and still be told with it. Chosen by eye."""
MOST_CHOSEN = 5
"""Sentences that an answer is made of, shown to the model right before the question. Chosen by eye."""
MOST_LIKELY = 8
"""Sentences shown to the model alone where what it wrote from the best section is in doubt: of 12 such answers to
questions of a development set 7 were right then. Chosen by eye."""

_SURE, _SURELY_HELD = 3.0, 0.9
"""Log odds of a sentence that answers by a rule, and the least probability of an answer there is one. By eye."""
_NONE = -9.0
"""Log odds of an answer where no sentence states anything. Round, not fitted."""
_NEAREST = 1e-3
"""A probability nearer to 0 or 1 is taken as this near: log odds are at most 7 either way. Round, not fitted."""
_UNKNOWN_COSINE = 0.2
"""The cosine given to a sentence that the search did not bring up: below those of all that it did. Chosen by eye."""


@dataclass(frozen=True)
class Finding:
    """What was found for a question: the sections read, their sentences, and the probability of an answer."""

    question: str
    sections: tuple[Section, ...]
    """The sections that were read, the one with the most probable sentence first."""
    candidates: tuple[Candidate, ...]
    """Every sentence of them, the most probable first; its score is the log odds of its belonging to the answer."""
    held: float
    """The probability that the sections answer the question."""
    is_denied: bool = False
    """Whether a section rather denies what the question takes for granted."""

    @property
    def best(self) -> Section:
        """The section with the most probable sentence."""
        return self.sections[0]

    @cached_property
    def likeliest(self) -> list[Candidate]:
        """The MOST_LIKELY most probable sentences, best first, and any others that are ``chosen``."""
        first = list(self.candidates[:MOST_LIKELY])
        return first + [candidate for candidate in self.chosen if candidate not in first]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The best section as a whole, then the others' passages with any of the likeliest sentences; numbered from
        1.
        """
        shown = {candidate.place for candidate in self.likeliest}
        found = []
        for section in self.sections:
            for passage in section.passages:
                of = tuple(s for s in section.sentences if passage.start <= s.start < passage.end)
                kept = of if section is self.best else tuple(s for s in of if Place(section.article_id, s) in shown)
                found += [(passage, kept)] if kept else []
        return tuple(Evidence(number, passage, kept) for number, (passage, kept) in enumerate(found, start=1))

    def excerpt(self, most: int) -> str:
        """The ``most`` likeliest sentences under their headlines, those of the best section last."""
        return _under_headlines(self.sections[::-1], {candidate.place for candidate in self.likeliest[:most]})

    @property
    def proof(self) -> str:
        """The chosen sentences, each with the sentence before it, under their headlines, as the model is shown them."""
        chosen = {candidate.place for candidate in self.chosen}
        before = {
            Place(section.article_id, sentence)
            for section in self.sections
            for sentence, after in pairwise(section.sentences)
            if Place(section.article_id, after) in chosen
        }
        return _under_headlines(self.sections, chosen | before)

    @cached_property
    def chosen(self) -> list[Candidate]:
        """The sentences that the answer is to be made of, best first: those nearly as probable as the best one.

        A question that asks for several things gets more; and for each name in it the likeliest sentence with that
        name.
        """
        if not self.candidates:
            return []
        best = self.candidates[0].score
        spoken = rules_for(self.question)
        several = asks_for_several(self.question)
        close, most = (CLOSE_OF_SEVERAL, MOST_CHOSEN + 3) if several else (_CLOSE, MOST_CHOSEN)
        chosen = [c for c in self.candidates if c.score >= max(best - close, min(best, -1.0))][:most]
        asked = [set(words_of(name.text, spoken)) for name in _sure_names(self.question, spoken)]
        if len(asked) > 1:
            for wanted in asked:
                having = (c for c in self.candidates if wanted & set(words_of(c.place.sentence.text, spoken)))
                likeliest = next(having, None)
                if likeliest and likeliest not in chosen and likeliest.score >= best - CLOSE_OF_SEVERAL:
                    chosen.append(likeliest)
        return chosen


def _under_headlines(sections: Sequence[Section], wanted: Set[Place]) -> str:
    """The wanted sentences of each section under its headline, as the model is shown them."""
    text = ""
    for section in sections:
        told = [s.text for s in section.sentences if Place(section.article_id, s) in wanted]
        text += section.shown(" ".join(told)) if told else ""
    return text


def finding(
    question: str, hits: Sequence[Hit], every: Sequence[Hit], nearness: Nearness, reader: Reader, library: Library
) -> Finding:
    """Reads the sections of the best hits for the question; ``every`` has all hits, for the cosines of their sentences.

    Raises InputError: an article is gone meanwhile.
    """
    found, texts, told = read_sections(question, hits, every, nearness, reader, library)
    by_time = set()
    if names_a_time(question):
        for name in dict.fromkeys(section.article_id for section in found):
            by_time |= {(name, sentence.start) for sentence in told_at(library.article(name), question)}
    sure = [
        (each.place.article_id, each.place.sentence.start) in by_time or tells_age(each.place.sentence.text, question)
        for each in told
    ]
    late = latest_first(question, found)
    scores = weighed([each.signs for each in told], fitted(SENTENCE_MODEL))
    scores = [score + late(each.place) for score, each in zip(scores, told, strict=True)]
    scores = [max(score, _SURE) if is_sure else score for score, is_sure in zip(scores, sure, strict=True)]
    model = MODEL_ABROAD if found and speaks_of_abroad(question, found[0].text) else MODEL
    held = fitted(model).probability(signs_of_finding(texts, [each.signs for each in told], scores))
    held = max(held, _SURELY_HELD) if any(sure) else held
    best_first = sorted(range(len(told)), key=lambda i: -scores[i])
    candidates = tuple(Candidate(told[i].place, scores[i]) for i in best_first)
    return Finding(question, by_likeliest(found, candidates), candidates, held)


def by_likeliest(sections: Sequence[Section], candidates: Sequence[Candidate]) -> tuple[Section, ...]:
    """The sections in the order of their likeliest sentence; ``candidates`` are the likeliest first."""
    rank: dict[int, int] = {}
    for number, place in enumerate(candidate.place for candidate in candidates):
        for at, section in enumerate(sections):
            if section.article_id == place.article_id and place.sentence in section.sentences:
                rank.setdefault(at, number)
    order = sorted(range(len(sections)), key=lambda at: rank.get(at, len(candidates)))
    return tuple(sections[at] for at in order)


def speaks_of_abroad(question: str, text: str) -> bool:
    """Whether question and text are in one language, of those whose rules are known, that is not English.

    >>> speaks_of_abroad("Wer gewann?", "Der Verein hat gewonnen."), speaks_of_abroad("Who won?", "The club won.")
    (True, False)
    """
    spoken = rules_for(question)
    return spoken is not ENGLISH and rules_for(text) is spoken


@dataclass(frozen=True)
class Told:
    """A sentence that was read, and its signs: the values from which its log odds are computed."""

    place: Place
    signs: Mapping[str, float]


def read_sections(
    question: str, hits: Sequence[Hit], every: Sequence[Hit], nearness: Nearness, reader: Reader, library: Library
) -> tuple[list[Section], list[float], list[Told]]:
    """The sections read, the log odds that each answers, and their sentences that state something and give no orders.

    Raises InputError: an article is gone meanwhile.
    """
    likely = sections(hits, library, MOST_SECTIONS)
    found = [s for rank, s in enumerate(likely) if rank < SECTIONS or reader.knows(text_of(s))]
    near = near_of(every)
    readings = reader.read(question, [text_of(section) for section in found])
    how_new = newer([section.published for section in found])
    told = []
    for number, (section, reading) in enumerate(zip(found, readings, strict=True)):
        for at in stating(section):
            place = Place(section.article_id, section.sentences[at])
            cosine, score = near(place)
            signs = {
                "sentence": reading.sentences[at],
                "section": reading.first,
                "text": reading.answers,
                "cosine": cosine,
                "passage": score,
                "words": nearness.share(place.sentence.text),
                "newer": how_new[number],
            }
            told.append(Told(place, signs))
    return found, [reading.answers for reading in readings], told


def stating(section: Section) -> list[int]:
    """Indices of a section's sentences that state something and are no orders; a repeated headline is left out."""
    spoken = rules_for(section.text)
    return [
        at
        for at, sentence in enumerate(section.sentences)
        if not (is_order(sentence.text) or states_nothing(sentence.text, spoken) or sentence.text == section.title)
    ]


def near_of(every: Sequence[Hit]) -> Callable[[Place], tuple[float, float]]:
    """A function that returns, for a place, its sentence's cosine with the question and its passage's score.

    Places are matched by where they begin: in a section, fragments are joined to the sentence before them.
    """
    near = {(hit.passage.article_id, s.sentence.start): (s.cosine, hit.score) for hit in every for s in hit.sentences}
    return lambda place: near.get((place.article_id, place.sentence.start), (_UNKNOWN_COSINE, 0.0))


def weighed(signs: Sequence[Mapping[str, float]], weigh: Regression) -> list[float]:
    """For each sentence, given its signs, the log odds that it belongs to the answer."""
    return [log_odds(weigh.probability(each), _NEAREST) for each in signs]


def signs_of_finding(
    texts: Sequence[float], signs: Sequence[Mapping[str, float]], scores: Sequence[float]
) -> dict[str, float]:
    """The signs from which the probability is computed that the sections answer the question."""
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    if best is None:
        return {"text": max(texts), "best_text": _NONE, "best": _NONE, "cosine": 0.0, "words": 0.0}
    return {
        "text": max(texts),
        "best_text": signs[best]["text"],
        "best": scores[best],
        "cosine": max(each["cosine"] for each in signs),
        "words": signs[best]["words"],
    }


def text_of(section: Section) -> Text:
    """The text that the reader is given of a section."""
    return Text(section.title, tuple(sentence.text for sentence in section.sentences))


def names_what_is_nowhere(question: str, library: Library) -> bool:
    """Whether the question has a name of which no word stands in any passage: then no article answers it.

    Articles in other languages than the question may name it otherwise, any may spell out what it abbreviates, and an
    outlet need not name itself.
    """
    spoken = rules_for(question)
    if not library.speaks(spoken.code):
        return False
    sure = [words_of(name.text, spoken) for name in _sure_names(question, spoken) if not _is_abbreviated(name.text)]
    nowhere = [name for name in sure if not library.holds(name)]
    outlets = {word for outlet in library.outlets() for word in words_of(outlet, spoken)} if nowhere else set()
    return any(outlets.isdisjoint(name) for name in nowhere)


def _is_abbreviated(name: str) -> bool:
    """Whether a name is in capital letters alone.

    >>> [_is_abbreviated(name) for name in ("UN", "U.N.", "CO2", "Aldmoor")]
    [True, True, True, False]
    """
    return _ABBREVIATED.fullmatch(name) is not None


_ABBREVIATED = re.compile(r"[A-Z]{1,5}\d?|(?:[A-Z]\.){2,5}")


def _sure_names(question: str, spoken: Language) -> list[Name]:
    """The certain names in the question; where nouns have capital letters, none of a single word."""
    capital = spoken.names is not None and spoken.names.nouns_are_capital
    return [name for name in names(question, spoken) if name.certain and not (capital and len(name.keys) == 1)]


def words_of(text: str, spoken: Language = ENGLISH) -> list[str]:
    """The words of a name without stop words, as they are looked up in the keyword index.

    >>> words_of("University of Aldmoor")
    ['university', 'aldmoor']
    """
    return [word.key for word in content(text, spoken)]

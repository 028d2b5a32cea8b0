"""Finds what corrections say about an answer: about its figures, and about who or what they say it was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.language.detection import rules_for
from index.language.pack import Corrections, Language
from index.library import Library
from index.records import Sentence
from index.text.sentences import article_sentences
from qa.corrections.correction import corrections
from qa.corrections.links import corrections_to
from qa.corrections.meant import meant
from qa.evidence.selecting import Place
from qa.question.comparing import spoken_pattern
from qa.records import Answer
from qa.text.negation import negations
from qa.text.numbers.reading import undated_numbers
from qa.text.numbers.record import Number
from qa.text.words import content, stems

_WORDS_BETWEEN = r"(?:\s+\S+){0,3}\s*$"
"""What may stand between "not" and the figure that it takes back: "not, as we said, 40". Chosen by eye."""

_IN_NAME = re.compile(r"[^\W_] [^\W\d_]$")
"""What ends with the first letter of a number that a word stands right before; capital, it is part of a name."""


@dataclass(frozen=True)
class Correcting:
    """What corrections say about an answer."""

    told: tuple[Place, ...] = ()
    """The corrections' sentences that belong beside the answer."""
    wrong: tuple[str, ...] = ()
    """The answer's sentences that are corrected."""


def correcting(answer: Answer, library: Library) -> Correcting:
    """What corrections of the cited articles, and corrections in them, say about the answer.

    If one takes a sentence of it back, all of the correction's sentences are included, else only those with a figure of
    the answer. Places that the answer cites already are left out, unless they replace a wrong sentence.
    """
    cited = {(citation.article_id, citation.start) for citation in answer.citations}
    told: dict[Place, None] = {}
    wrong: dict[str, None] = {}
    for article_id, said in dict.fromkeys(
        each
        for name in _articles(answer)
        for each in (*corrections_said(name, library), *_corrections_made(name, library))
    ):
        false = [sentence.text for sentence in answer.sentences if takes_back(said, sentence.text)]
        wrong.update(dict.fromkeys(false))
        telling = said if false else [each for each in said if _shares_figure(answer.text, each.text)]
        places = [Place(article_id, sentence) for sentence in telling]
        told.update(dict.fromkeys(p for p in places if false or (p.article_id, p.sentence.start) not in cited))
    return Correcting(tuple(told), tuple(wrong))


def _articles(answer: Answer) -> list[str]:
    """Ids of the articles that the answer's sentences cite."""
    numbers_cited = {number for sentence in answer.sentences for number in sentence.citations}
    return list(dict.fromkeys(c.article_id for c in answer.citations if c.number in numbers_cited))


def corrections_said(article_id: str, library: Library) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    """Yields, for each correction of an article, the id of the article that it stands in, and its sentences."""
    for other, correction in corrections_to(library.article(article_id), library):
        if whole := correction.within(other):
            yield other.id, tuple(article_sentences(other, whole.start, whole.end))


def _corrections_made(article_id: str, library: Library) -> Iterator[tuple[str, tuple[Sentence, ...]]]:
    """Yields, for each correction in an article of what it or another in the library says, the article's id, and the
    correction's sentences, which have what is wrong too.
    """
    article = library.article(article_id)
    for correction in corrections(article):
        of_another = correction.headlines or correction.names_report
        if of_another and meant(correction, article, library) is None:
            continue
        if whole := correction.within(article):
            yield article_id, tuple(article_sentences(article, whole.start, whole.end))


def _shares_figure(one: str, other: str) -> bool:
    """Whether two texts have a figure in common."""
    return any(figure.agrees(given) for given in _figures(one) for figure in _figures(other))


def takes_back(correction: Sequence[Sentence], told: str) -> bool:
    """Whether a correction takes back the text ``told``: a figure of it, or what it says of who or what it was."""
    return _takes_back_figure(correction, told) or any(_takes_back_words(each.text, told) for each in correction)


def _takes_back_figure(correction: Sequence[Sentence], told: str) -> bool:
    """Whether a correction takes back a figure of the text ``told``, which does not have the right figure."""
    figures = list(_figures(told))
    wrong = list(_taken_back(correction))
    right = [f for each in correction for f in _figures(each.text) if not _has(f, wrong)]
    return any(_has(figure, wrong) for figure in figures) and not any(_has(figure, right) for figure in figures)


def _takes_back_words(correction: str, told: str) -> bool:
    """Whether a sentence of a correction denies what the text ``told`` has, and says what that does not have.

    >>> correction = "It was not the driver of the van who went to hospital but his passenger."
    >>> _takes_back_words(correction, "The driver of the van ended up in hospital.")
    True
    >>> _takes_back_words(correction, "The passenger of the van, not the driver, went to hospital.")
    False
    >>> _takes_back_words("Anna Hill, not Anna Hall, won.", "Anna Hill beat Anna Hall and won.")
    False
    """
    spoken = rules_for(correction)
    if negations(told, spoken):
        return False
    said = stems(told, spoken)
    for denial in negations(correction, spoken):
        rest = f"{correction[: denial.start]} {correction[denial.end :]}"
        others = {word.stem for word in content(rest, spoken)} - set(denial.denied)
        wrong = set(denial.surely_denied) - stems(correction[: denial.start], spoken)
        if wrong and wrong <= said and not others <= said:
            return True
    return False


def put_right(correction: Sequence[Sentence]) -> Sentence | None:
    """The sentence of a correction with the right figure; None where it takes back no figure, or gives no right one.

    It is the first after the wrong figure that has others alone, else the last that has another beside it.
    """
    wrong = list(_taken_back(correction))
    figures = [list(_figures(each.text)) for each in correction]
    has_wrong = [any(_has(figure, wrong) for figure in of) for of in figures]
    if not any(has_wrong):
        return None
    after = range(has_wrong.index(True), len(correction))
    alone = (at for at in after if figures[at] and not has_wrong[at])
    beside = (at for at in reversed(after) if any(not _has(figure, wrong) for figure in figures[at]))
    at = next(alone, next(beside, None))
    return None if at is None else correction[at]


def _taken_back(correction: Sequence[Sentence]) -> Iterator[Number]:
    """Yields the figures that a correction says were wrong.

    They stand after "not" and its like or, where none does, first in what is said of the report, and another of their
    unit after it: "The report said 40. It was 60."
    """
    text = " ".join(each.text for each in correction)
    spoken = rules_for(text)
    if spoken.corrections is None:
        return
    negated = _negated(text, spoken, spoken.corrections)
    yield from negated
    for at, sentence in enumerate(correction if not negated else ()):
        first, *others = [*_reported(sentence.text, spoken, spoken.corrections), None]
        after = [*others, *(figure for later in correction[at + 1 :] for figure in _figures(later.text))]
        if first and any(f and f.unit == first.unit and not f.agrees(first) for f in after):
            yield first


def _has(figure: Number, others: Iterable[Number]) -> bool:
    return any(figure.agrees(other) for other in others)


def _negated(text: str, spoken: Language, known: Corrections) -> list[Number]:
    """The figures after a word like "not" in a correction: 4.2 million of "2.4 million, not 4.2 million"."""
    taken_back = spoken_pattern(rf"\b(?:{known.taken_back}){_WORDS_BETWEEN}")
    found = []
    reached = 0
    for figure in _figures(text):
        if taken_back.search(text, reached, figure.start):
            found.append(figure)
        reached = figure.end
    return found


def _reported(sentence: str, spoken: Language, known: Corrections) -> list[Number]:
    """The figures of a sentence after its words for the report: 40 of "A report said that 40 came"."""
    report = spoken_pattern(rf"\b(?:{known.earlier}|{known.ours})\b").search(sentence)
    return [figure for figure in _figures(sentence) if report and figure.start >= report.end()]


def _figures(text: str) -> Iterator[Number]:
    """Yields the numbers of a text that are no ordinals and no part of a date or name.

    >>> [figure.value for figure in _figures("The Maren Two carried 241 people. Two were hurt.")]
    [241.0, 2.0]
    """
    every = (number for number in undated_numbers(text, rules_for(text)) if not number.ordinal)
    return (
        number for number in every if not (text[number.start].isupper() and _IN_NAME.search(text, 0, number.start + 1))
    )

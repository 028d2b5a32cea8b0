"""What corrections say of the figures that an answer tells."""

from __future__ import annotations

from collections.abc import Iterator

from index.language.detection import rules_for
from index.library import Library
from index.text.sentences import sentences
from qa.corrections import corrections_to
from qa.evidence.selecting import Place
from qa.records import Answer
from qa.text.dates import dates
from qa.text.numbers import Number, numbers


def correcting(answer: Answer, library: Library) -> list[Place]:
    """The sentences of corrections to the cited articles that have a figure of the answer, which may be the wrong one.

    Those that the answer cites already are left out.
    """
    told = list(_figures(answer.text))
    if not told:
        return []
    cited = {(citation.article_id, citation.start) for citation in answer.citations}
    found = list(dict.fromkeys(each for name in _articles(answer) for each in _corrections(name, library)))
    return [
        place
        for place in found
        if (place.article_id, place.sentence.start) not in cited
        and any(figure.agrees(other) for figure in told for other in _figures(place.sentence.text))
    ]


def _articles(answer: Answer) -> list[str]:
    """The articles that the answer's sentences cite."""
    numbers_cited = {number for sentence in answer.sentences for number in sentence.citations}
    return list(dict.fromkeys(c.article_id for c in answer.citations if c.number in numbers_cited))


def _corrections(article_id: str, library: Library) -> Iterator[Place]:
    """The sentences that correct an article."""
    for other, correction in corrections_to(library.article(article_id), library):
        start = other.text.find(correction.text)
        if start >= 0:
            for sentence in sentences(other.text, start, start + len(correction.text), other.language):
                yield Place(other.id, sentence)


def _figures(text: str) -> Iterator[Number]:
    """The numbers of a text that are no part of a date."""
    spoken = rules_for(text)
    days = [(found.start, found.end) for found in dates(text, spoken)]
    for number in numbers(text, spoken):
        if not number.ordinal and not any(start < number.end and number.start < end for start, end in days):
            yield number

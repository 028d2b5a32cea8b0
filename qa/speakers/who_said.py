from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.errors import InputError
from index.language.detection import detected, rules_for
from index.language.registry import packs
from index.library import Library
from index.records import Article, Sentence
from qa.evidence.proof import stemmed
from qa.lookup.quotes import find_quote
from qa.question.comparing import begins
from qa.records import Answer, AnswerOutcome, AnswerSentence, Citation, Turn
from qa.speakers.statements import Saying, speakers_of
from qa.text.quotations.marks import MARKS, OPENED
from qa.text.words import words

_LEAST_SHARED = 0.6
"""Share of an answer's telling words that a sentence must hold to count as its source, where no citation was kept.
Chosen by eye."""

_FEWEST_WORDS = 3
"""Words that a quotation needs to be looked up. Chosen by eye."""

_Place = tuple[Article, int, int]
"""An article, with start and end of one of its sentences in its text."""
_Finds = Callable[[Article, int, int], Iterator[tuple[str, Saying]]]
"""Yields each speaker's name, and what they say, in or beside the place given as article, start and end."""


def attributed(answer: Answer, history: Sequence[Turn], library: Library) -> Answer | None:
    """The answer to "Who said so?": names whoever says what the answer before says, each with their words as citation.

    A question that quotes words and asks whose they are is answered where the articles have exactly these words, of a
    single speaker. None where the question asks for something else, or no article tells who says it. Where the cited
    sentence has no speaker but follows right after one that has, that speaker is given as what may be the answer.
    """
    if said := _said_as_quoted(answer.question, library):
        return _naming(replace(answer, outcome="answered"), said, library)
    if not (history and asks_who_says(answer.question, history)):
        return None
    places = list(_cited(history[-1], library)) or list(_likely(history[-1], library))
    ways: tuple[tuple[AnswerOutcome, _Finds], ...] = (("answered", _said_in), ("maybe", _said_before))
    for outcome, find in ways:
        said = list(dict.fromkeys(each for place in places for each in find(*place)))
        if said:
            return _naming(replace(answer, outcome=outcome), said, library)
    return None


def asks_who_says(question: str, history: Sequence[Turn]) -> bool:
    """Whether a question asks only who says what the answer before it says.

    >>> before = [Turn("When did the bridge close?", "On Monday.")]
    >>> asks_who_says("And who says that?", before), asks_who_says("Who says that it is old?", before)
    (True, False)
    """
    asking = rules_for(question if detected(question) else history[-1].question).asking
    return asking is not None and begins(question, rf"(?:{asking.who_says})\W*\Z", asking)


def quotation_asked(question: str) -> str | None:
    """The words that a question quotes in order to ask who said them; None where it asks something else.

    >>> quotation_asked("Who said “Nobody asked us”?"), quotation_asked("Who owns the “Maren Two”?")
    ('Nobody asked us', None)
    """
    quoted = max(OPENED.finditer(question), key=lambda found: len(found.group()), default=None)
    if quoted is None or len(words(quoted.group(), rules_for(question))) < _FEWEST_WORDS:
        return None
    rest = f"{question[: quoted.start()]} {question[quoted.end() :]}"
    known = (spoken.asking for spoken in packs().values() if spoken.asking)  # the quotation may be in another language
    return quoted.group().strip(MARKS) if any(begins(rest, each.who_said, each) for each in known) else None


def _said_as_quoted(question: str, library: Library) -> list[tuple[str, Saying]]:
    """The one speaker of the words that a question quotes, with each statement that holds them; else empty."""
    quoted = quotation_asked(question)
    found = find_quote(quoted, library) if quoted else None
    if found is None or found.verdict != "exact":
        return []
    said = [
        each for match in found.matches for each in _said_in(library.article(match.article_id), match.start, match.end)
    ]
    return list(dict.fromkeys(said)) if len({name for name, _ in said}) == 1 else []


def _cited(turn: Turn, library: Library) -> Iterator[_Place]:
    """Yields the sentences that an answer cites, as far as their articles are unchanged since."""
    for citation in turn.cited:
        try:
            article = library.article(citation.article_id)
        except InputError:  # removed since
            continue
        if article.sha256 == citation.sha256:
            yield article, citation.start, citation.end


def _likely(turn: Turn, library: Library) -> Iterator[_Place]:
    """Yields the sentence that an answer was most likely written from, if any is likely."""
    spoken = rules_for(turn.question)
    said = stemmed(turn.answer, spoken)
    for hit in library.search(f"{turn.question} {turn.answer}", 1):
        nearest = max(
            hit.sentences, key=lambda each: (len(said & stemmed(each.sentence.text, spoken)), each.cosine)
        ).sentence
        if len(said & stemmed(nearest.text, spoken)) >= _LEAST_SHARED * len(said):
            yield library.article(hit.passage.article_id), nearest.start, nearest.end


def _said_in(article: Article, start: int, end: int) -> Iterator[tuple[str, Saying]]:
    """Yields who says the sentence, with the part that they say."""
    for speaker in speakers_of(article):
        for saying in speaker.sayings:
            if saying.start < end and start < saying.end:
                yield speaker.name, saying


def _said_before(article: Article, start: int, end: int) -> Iterator[tuple[str, Saying]]:
    """Yields who says what stands right before the sentence, in the same paragraph."""
    for speaker in speakers_of(article):
        for saying in speaker.sayings:
            between = article.text[saying.end : start]
            if saying.end <= start and not between.strip() and "\n" not in between:
                yield speaker.name, saying


def _naming(answer: Answer, said: Sequence[tuple[str, Saying]], library: Library) -> Answer:
    """The answer with a sentence for each speaker, their name, which cites what they say."""
    text, written = "", []
    citations: list[Citation] = []
    for name in dict.fromkeys(name for name, _ in said):
        numbers = []
        for saying in (saying for who, saying in said if who == name):
            sentence = Sentence(saying.start, saying.end, saying.text)
            reprints = len(library.reprints(saying.article.id))
            citations.append(Citation.of(len(citations) + 1, saying.article, sentence, reprints))
            numbers.append(len(citations))
        start = len(text) + bool(text)
        named = f"{name[0].upper()}{name[1:]}."
        text += f" {named}" if text else named
        written.append(AnswerSentence(named, start, len(text), "supported", tuple(numbers)))
    return replace(
        answer,
        standalone=answer.question,
        stage="done",
        text=text,
        sentences=tuple(written),
        citations=tuple(citations),
        confidence=1.0,
    )

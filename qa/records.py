"""The records of an answer: its evidence, its text and sentences, its citations."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from index.records import Article, Filter, Hit, Passage, Sentence
from qa.listed import after

Support = Literal["supported", "partly", "quoted", "unsupported"]
"""``quoted``: a sentence of the articles stands in place of an answer: it is true to them, but may not answer."""

AnswerOutcome = Literal["answered", "maybe", "not found"]
"""``maybe``: what was found may answer the question; none of it is marked as supported."""

Stage = Literal["waiting", "searching", "reading", "writing", "done"]


@dataclass(frozen=True)
class Turn:
    """An earlier question of the same conversation and the answer it got."""

    question: str
    answer: str
    cited: tuple[Citation, ...] = ()
    """The citations of the answer's sentences, as far as they are known."""

    @classmethod
    def of(cls, answer: Answer) -> Turn:
        """The turn of a finished answer."""
        borne = {number for sentence in answer.sentences for number in sentence.citations}
        return cls(answer.question, answer.text, tuple(each for each in answer.citations if each.number in borne))


@dataclass(frozen=True)
class Evidence:
    """A passage that an answer is written from, numbered from 1, and its sentences that may prove the answer."""

    number: int
    passage: Passage
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Citation:
    """An exact span of an article: ``article.text[start:end] == quote``, always.

    ``sha256`` is the hash of the article's text when it was cited.
    """

    number: int
    article_id: str
    title: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    quote: str
    sha256: str
    reprints: int = 0
    """Other articles of the library that print the same story."""
    pages: tuple[int, ...] = ()
    """The first and the last page that the quotation stands on; empty where the article has no pages."""

    @classmethod
    def of(cls, number: int, article: Article, sentence: Sentence, reprints: int = 0) -> Citation:
        """Makes the citation, numbered ``number``, of a sentence of an article."""
        return cls(
            number=number,
            article_id=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            start=sentence.start,
            end=sentence.end,
            quote=article.text[sentence.start : sentence.end],
            sha256=article.sha256,
            reprints=reprints,
            pages=article.pages_of(sentence.start, sentence.end),
        )

    def to_json(self) -> dict[str, Any]:
        """The citation as the command line prints it."""
        data = asdict(self)
        data["article"] = data.pop("article_id")
        return {name: data[name] for name in ("number", "article", *list(data)[1:-1])}


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of the answer, ``answer.text[start:end]``, with its verdict and the numbers of its citations."""

    text: str
    start: int
    end: int
    support: Support
    citations: tuple[int, ...]


@dataclass(frozen=True)
class ConflictValue:
    """One of several values that sources give for the same thing."""

    value: str
    citations: tuple[int, ...]
    sources: int = 1
    """Stories that state it: articles that print the same story count once."""
    reprints: int = 0
    """Further articles that print one of these stories."""


@dataclass(frozen=True)
class Conflict:
    """A disagreement of sources: on what (``about``), and each value with its citations."""

    about: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True)
class Tokens:
    """Language-model tokens read (prompt) and written (completion) for one answer."""

    prompt: int = 0
    completion: int = 0
    fresh: int = 0
    """Those of the prompt that were read for this answer; passages read before were not read again."""


@dataclass(frozen=True)
class Timings:
    """Milliseconds from the question's arrival to each event; None until it happens."""

    retrieve: float | None = None
    first_evidence: float | None = None
    first_token: float | None = None
    total: float | None = None


@dataclass(frozen=True)
class Answer:
    """An answer at one moment while it grows; it can be shown at every moment."""

    question: str
    standalone: str
    """The question as it is searched: a follow-up completed from earlier turns, else the question itself."""
    only: Filter | None = None
    """The filter that the question was restricted to; None where all articles were searched."""
    stage: Stage = "searching"
    place: int = 0
    """Questions ahead in the queue while ``stage`` is ``waiting``."""
    outcome: AnswerOutcome = "not found"
    text: str = ""
    confidence: float = 0.0
    """The probability that the articles answer the question."""
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflict: Conflict | None = None
    evidence: tuple[Evidence, ...] = ()
    also_searched: tuple[Hit, ...] = ()
    """The nearest passages, where the articles do not hold the answer."""
    while_adding: bool = False
    """Whether articles were still being added, so that the answer may change."""
    model: str = ""
    llm_calls: int = 0
    warm: bool | None = None
    """Whether the passages shown to the model had been read before; None until it is asked."""
    tokens: Tokens = field(default_factory=Tokens)
    timings: Timings = field(default_factory=Timings)

    @property
    def answered(self) -> bool:
        """Whether the articles answer the question; False where they only may."""
        return self.outcome == "answered"

    @property
    def beside(self) -> tuple[Citation, ...]:
        """Citations that no sentence and no conflicting value refers to: further places that may hold the answer."""
        borne = {number for sentence in self.sentences for number in sentence.citations}
        borne |= {number for value in (self.conflict.values if self.conflict else ()) for number in value.citations}
        return tuple(citation for citation in self.citations if self.sentences and citation.number not in borne)

    def followed_by(self, sentence: str, support: Support, marks: tuple[int, ...]) -> Answer:
        """The answer with a further sentence, its verdict and the numbers of its citations (``marks``)."""
        text = after(self.text, sentence)
        added = AnswerSentence(sentence, len(text) - len(sentence), len(text), support, marks)
        return replace(self, text=text, sentences=(*self.sentences, added))

    def citation(self, number: int) -> Citation:
        """The citation with this number; numbers count from 1.

        Raises KeyError: no such number in this answer.
        """
        for citation in self.citations:
            if citation.number == number:
                return citation
        raise KeyError(number)

    def to_json(self) -> dict[str, Any]:
        """The answer as ``byline ask --json`` prints it."""
        return {
            "question": self.question,
            "standalone": self.standalone,
            "answered": self.answered,
            "outcome": self.outcome,
            "text": self.text,
            "confidence": round(self.confidence, 4),
            "sentences": [asdict(sentence) for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "conflict": asdict(self.conflict) if self.conflict else None,
            "also_searched": [
                {
                    "article": hit.passage.article_id,
                    "start": hit.passage.start,
                    "end": hit.passage.end,
                    "score": round(hit.score, 4),
                }
                for hit in self.also_searched
            ],
            "model": self.model,
            "llm_calls": self.llm_calls,
            "warm": self.warm,
            "tokens": asdict(self.tokens),
            "timings_ms": {
                name: None if value is None else round(value) for name, value in asdict(self.timings).items()
            },
        }

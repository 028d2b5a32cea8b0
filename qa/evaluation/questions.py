"""Questions with known answers, of which an evaluation is made, and the errors in a set of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from qa.question.checked import LONGEST_QUESTION
from qa.records import Turn

QuestionKind = Literal["fact", "multi", "agree", "conflict", "negative", "follow-up", "unanswerable"]
QUESTION_KINDS: tuple[str, ...] = get_args(QuestionKind)


class QuestionError(Exception):
    """A question that cannot be asked; the text says what is wrong with it and how to mend it."""


@dataclass(frozen=True)
class Span:
    """A stretch of an article's text, ``article.text[start:end]``."""

    article_id: str
    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one.

        >>> Span("a", 10, 50).covers(Span("a", 20, 50)), Span("a", 10, 50).covers(Span("a", 20, 51))
        (True, False)
        """
        return self.article_id == other.article_id and self.start <= other.start and other.end <= self.end

    def to_json(self) -> dict[str, Any]:
        return {"article": self.article_id, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Question:
    """A question and what makes its answer right."""

    id: str
    text: str
    kind: str = "fact"
    answers: tuple[str, ...] = ()
    """Any one of these makes the answer right."""
    all_of: tuple[str, ...] = ()
    """All of these must appear."""
    articles: tuple[str, ...] = ()
    """Ids of the articles where the answer stands."""
    evidence: tuple[Span, ...] = ()
    """Spans that citations must cover, every one."""
    history: tuple[Turn, ...] = ()
    draft: bool = False
    """Proposed by the program and not yet confirmed by a person: never counted."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Fields this program does not know, kept for whoever wrote them."""

    @property
    def must_be_refused(self) -> bool:
        """Whether only a refusal is right: always for ``unanswerable``; for ``negative``, where no answer is given.

        A negative question with ``answers`` ("Was anyone hurt?" - "nobody") is asked for its answer like any other.
        """
        return self.kind == "unanswerable" or (self.kind == "negative" and not (self.answers or self.all_of))

    def to_json(self) -> dict[str, Any]:
        """The question as a line of a question set, without its empty fields."""
        fields = {
            "id": self.id,
            "question": self.text,
            "answers": list(self.answers),
            "all_of": list(self.all_of),
            "articles": list(self.articles),
            "kind": self.kind,
            "evidence": [span.to_json() for span in self.evidence],
            "history": [{"question": turn.question, "answer": turn.answer} for turn in self.history],
            "draft": self.draft,
        }
        return {name: value for name, value in fields.items() if value} | dict(self.extra)

    @classmethod
    def from_json(cls, data: object) -> Question:
        """The question of one line of a question set.

        Raises QuestionError: it is not what the format asks for.
        """
        if not isinstance(data, dict):
            raise QuestionError("this is not a question; write a JSON object in braces")
        rest = dict(data)
        question_id = rest.pop("id", None)
        if isinstance(question_id, int) and not isinstance(question_id, bool):
            question_id = str(question_id)
        if not isinstance(question_id, str) or not question_id.strip():
            raise QuestionError('the question has no "id"; give it one of its own')
        text = rest.pop("question", None)
        if not isinstance(text, str) or not text.strip():
            raise QuestionError('there is no "question"; write the question as a string')
        if len(text) > LONGEST_QUESTION:
            raise QuestionError(
                f"the question has {len(text):,} characters, more than the {LONGEST_QUESTION:,} that can be read; "
                "shorten it"
            )
        kind = rest.pop("kind", "fact")
        if kind not in QUESTION_KINDS:
            raise QuestionError(f'the kind "{kind}" is unknown; use one of {", ".join(QUESTION_KINDS)}')
        question = cls(
            id=question_id.strip(),
            text=text.strip(),
            kind=kind,
            answers=_strings(rest, "answers"),
            all_of=_strings(rest, "all_of"),
            articles=_strings(rest, "articles"),
            evidence=tuple(_span(item) for item in _items(rest, "evidence")),
            history=tuple(_turn(item) for item in _items(rest, "history")),
            draft=rest.pop("draft", False) is True,
            extra=rest,
        )
        if not (
            question.must_be_refused or question.answers or question.all_of or question.evidence or question.articles
        ):
            raise QuestionError(
                'nothing says what is right; give "answers", "all_of", "evidence" or "articles", '
                'or the kind "unanswerable"'
            )
        return question


@dataclass(frozen=True)
class SetProblem:
    """An error at one place of a question set, as one sentence."""

    path: Path
    place: str
    """Where in the file: ``line 7``."""
    message: str

    def __str__(self) -> str:
        return f"{self.path}, {self.place}: {self.message}."


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a file that can be asked, and the problems of those that cannot."""

    questions: tuple[Question, ...]
    problems: tuple[SetProblem, ...] = ()
    drafts: int = 0
    """Questions left out because no person has confirmed them yet."""


def _items(rest: dict[str, Any], name: str) -> list[Any]:
    items = rest.pop(name, None)
    if items is None:
        return []
    if not isinstance(items, list):
        raise QuestionError(f'"{name}" is not a list; write it in square brackets')
    return items


def _strings(rest: dict[str, Any], name: str) -> tuple[str, ...]:
    items = _items(rest, name)
    if not all(isinstance(item, str) and item.strip() for item in items):
        raise QuestionError(f'"{name}" holds something that is not text; write every entry as a string')
    return tuple(items)


def _span(item: object) -> Span:
    match item:
        case {"article": str(article_id), "start": int(start), "end": int(end)} if 0 <= start < end:
            return Span(article_id, start, end)
    raise QuestionError(
        'an "evidence" span is malformed; write {"article": "ID", "start": 0, "end": 1} with start before end'
    )


def _turn(item: object) -> Turn:
    match item:
        case {"question": str(question), "answer": str(answer)}:
            return Turn(question, answer)
    raise QuestionError('a "history" turn is malformed; write {"question": "...", "answer": "..."}')

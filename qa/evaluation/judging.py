"""Judges the reply to one question: whether it is right, and if not, why."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qa.evaluation.questions import Question, Span


@dataclass(frozen=True)
class Reply:
    """The parts of an answer that are judged and measured; times are in milliseconds."""

    text: str
    answered: bool
    citations: tuple[Span, ...] = ()
    confidence: float = 0.0
    support: tuple[str, ...] = ()
    """The verdict of each sentence."""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_evidence_ms: float | None = None
    first_token_ms: float | None = None
    total_ms: float | None = None

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> Reply:
        """The reply in an answer as ``byline ask --json`` prints it.

        Raises KeyError: a field is missing.
        """
        tokens, timings = answer["tokens"], answer["timings_ms"]
        return cls(
            text=answer["text"],
            answered=answer["answered"],
            citations=tuple(Span(c["article"], c["start"], c["end"]) for c in answer["citations"]),
            confidence=answer["confidence"],
            support=tuple(sentence["support"] for sentence in answer["sentences"]),
            prompt_tokens=tokens["prompt"],
            completion_tokens=tokens["completion"],
            first_evidence_ms=timings["first_evidence"],
            first_token_ms=timings["first_token"],
            total_ms=timings["total"],
        )


@dataclass(frozen=True)
class Record:
    """A question with the reply to it."""

    question: Question
    answer: Mapping[str, Any]
    """The answer in the form that ``byline ask --json`` prints."""
    hits: tuple[Span, ...] = ()
    """The passages found for the question, best first."""

    @cached_property
    def reply(self) -> Reply:
        return Reply.from_json(self.answer)

    @cached_property
    def fault(self) -> str:
        """Why the reply is wrong, as a sentence; empty where it is right."""
        return fault(self.question, self.reply)

    @property
    def correct(self) -> bool:
        return not self.fault

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.question.id,
            "kind": self.question.kind,
            "correct": self.correct,
            "why": self.fault,
            "answer": dict(self.answer),
            "hits": [hit.to_json() for hit in self.hits],
        }


def normalized(text: str) -> str:
    """The text in lower case, without punctuation and the words a, an, the, with single spaces.

    The rule of SQuAD's evaluation script (Rajpurkar et al., 2016), with the punctuation of all scripts
    as MLQA's has it (Lewis et al., "MLQA: Evaluating Cross-lingual Extractive Question Answering", 2020).

    >>> normalized("The “Devil”, a cargo train of 4,000 t.")
    'devil cargo train of 4000 t'
    """
    bare = "".join(char for char in text.lower() if not _is_punctuation(char))
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", bare).split())


def _is_punctuation(char: str) -> bool:
    return char in string.punctuation or unicodedata.category(char).startswith("P")


def contains(text: str, answer: str) -> bool:
    """Whether the normalized answer stands in the normalized text, as whole words.

    >>> contains("He is 19 years old.", "19"), contains("Since 1934.", "19"), contains("Some text.", "The")
    (True, False, False)
    """
    wanted = normalized(answer)
    return bool(wanted) and f" {wanted} " in f" {normalized(text)} "


def exact_match(text: str, answer: str) -> bool:
    """Whether both are the same after normalizing: SQuAD's EM.

    >>> exact_match("The Devil.", "devil")
    True
    """
    return normalized(text) == normalized(answer)


def token_f1(text: str, answer: str) -> float:
    """Harmonic mean of the precision and recall of the answer's normalized words: SQuAD's F1, 0 to 1.

    >>> token_f1("the cargo train", "a long cargo train")  # precision 2/2, recall 2/3
    0.8
    """
    given, wanted = normalized(text).split(), normalized(answer).split()
    common = sum((Counter(given) & Counter(wanted)).values())
    return 2 * common / (len(given) + len(wanted)) if common else 0.0


def holds_answer(question: Question, text: str) -> bool:
    """Whether one of ``answers`` and all of ``all_of`` stand in the text, as far as the question gives them."""
    any_of = not question.answers or any(contains(text, answer) for answer in question.answers)
    return any_of and all(contains(text, answer) for answer in question.all_of)


def is_relevant(question: Question, span: Span) -> bool:
    """Returns whether a span proves the answer: it covers evidence or, where none is given, is in a named article."""
    if question.evidence:
        return any(span.covers(evidence) for evidence in question.evidence)
    return span.article_id in question.articles


def fault(question: Question, reply: Reply) -> str:
    """Why the reply is wrong, as a sentence for the reader; empty where it is right.

    Right is a refusal where one is due; else an answer that holds one of ``answers`` and all of ``all_of``
    and whose citations cover every span of ``evidence``. A question that gives only ``articles`` is right
    when one of them is cited.
    """
    if question.must_be_refused:
        return "It answered, although the articles do not hold the answer." if reply.answered else ""
    if not reply.answered:
        return "It refused, although the articles hold the answer."
    if not holds_answer(question, reply.text):
        missing = [answer for answer in question.all_of if not contains(reply.text, answer)]
        if missing:
            return f"The answer lacks {_quoted(missing)}."
        said = "says none of" if len(question.answers) > 1 else "does not say"
        return f"The answer {said} {_quoted(question.answers)}."
    for evidence in question.evidence:
        if not any(citation.covers(evidence) for citation in reply.citations):
            return f'No citation covers the evidence in "{evidence.article_id}" ({evidence.start} to {evidence.end}).'
    if not (question.answers or question.all_of or question.evidence) and not any(
        is_relevant(question, citation) for citation in reply.citations
    ):
        return f"No citation is of {_quoted(question.articles)}."
    return ""


def citation_precision(question: Question, reply: Reply) -> float | None:
    """Share of the citations that prove the answer, 0..1; None without citations or without known evidence."""
    if not (question.evidence or question.articles) or not reply.citations:
        return None
    return sum(is_relevant(question, citation) for citation in reply.citations) / len(reply.citations)


def citation_recall(question: Question, reply: Reply) -> float | None:
    """Share of the evidence spans, else of the named articles, that are cited, 0..1; None where neither is known."""
    if question.evidence:
        shown = [any(citation.covers(span) for citation in reply.citations) for span in question.evidence]
    elif question.articles:
        cited = {citation.article_id for citation in reply.citations}
        shown = [article_id in cited for article_id in question.articles]
    else:
        return None
    return sum(shown) / len(shown)


def _quoted(words: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)

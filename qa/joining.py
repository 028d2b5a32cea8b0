"""Joins the answers to the parts of a question to one answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from qa.listed import after
from qa.prompts import refusal, unanswered
from qa.records import Answer, AnswerOutcome, AnswerSentence, Citation, Conflict, Evidence, Tokens


def joined(answer: Answer, several: Sequence[Answer], complete: bool) -> Answer:
    """The answer to a question, joined from the answers ``several`` to its parts, the last of which may still grow.

    ``complete``: no further parts follow. Citations and evidence are numbered anew; what two parts cite or quote is
    there once. A part without an answer is told to be missing; if all are, the whole is not found. The confidence is
    the lowest of the parts with an answer.
    """
    last = several[-1]
    found = [part for part in several if part.outcome != "not found"]
    whole = complete and last.stage == "done"
    answer = replace(
        answer,
        stage=last.stage if whole or last.stage != "done" else "searching",
        place=last.place,
        model=last.model,
        confidence=min((part.confidence for part in found or several), default=0.0),
        evidence=_evidence(several),
        llm_calls=sum(part.llm_calls for part in several),
        warm=None if last.warm is None else all(part.warm is not False for part in several),
        tokens=Tokens(
            sum(part.tokens.prompt for part in several),
            sum(part.tokens.completion for part in several),
            sum(part.tokens.fresh for part in several),
        ),
        timings=replace(several[0].timings, total=last.timings.total),
    )
    if whole and not found:
        return replace(answer, text=refusal(answer.question), also_searched=several[0].also_searched)
    text, sentences, citations, conflict = "", list[AnswerSentence](), list[Citation](), None
    for part in several:
        if part.stage == "done" and part.outcome == "not found":
            text = after(text, unanswered(part.question))
            continue
        part = _without(part, {sentence.text for sentence in sentences})
        numbers = _numbered(part.citations, citations)
        text = after(text, part.text) if part.text else text
        sentences += [_moved(sentence, len(text) - len(part.text), numbers) for sentence in part.sentences]
        conflict = conflict or _renumbered(part.conflict, numbers)
    outcome: AnswerOutcome = "not found"
    if found:
        outcome = "answered" if any(part.answered for part in found) or not whole else "maybe"
    return replace(
        answer,
        text=text,
        outcome=outcome,
        sentences=tuple(sentences),
        citations=tuple(citations),
        conflict=conflict,
    )


def _without(part: Answer, told: Set[str]) -> Answer:
    """A part without the quotations that earlier parts have."""
    again = [s for s in part.sentences if s.support == "quoted" and s.text in told]
    if not again:
        return part
    text, kept = "", list[AnswerSentence]()
    ends = [*(sentence.start for sentence in part.sentences[1:]), len(part.text)]
    for sentence, end in zip(part.sentences, ends, strict=True):
        if sentence not in again:
            kept.append(replace(sentence, start=len(text), end=len(text) + len(sentence.text)))
            text += part.text[sentence.start : end]
    return replace(part, text=text.rstrip(), sentences=tuple(kept))


def _numbered(of: Sequence[Citation], known: list[Citation]) -> dict[int, int]:
    """For each citation of a part its number in the whole answer; new ones are added to ``known``."""
    numbers = {}
    for citation in of:
        number = next((each.number for each in known if _place(each) == _place(citation)), None)
        if number is None:
            number = len(known) + 1
            known.append(replace(citation, number=number))
        numbers[citation.number] = number
    return numbers


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.article_id, citation.start, citation.end


def _moved(sentence: AnswerSentence, by: int, numbers: Mapping[int, int]) -> AnswerSentence:
    marks = tuple(dict.fromkeys(numbers[number] for number in sentence.citations))
    return replace(sentence, start=sentence.start + by, end=sentence.end + by, citations=marks)


def _renumbered(conflict: Conflict | None, numbers: Mapping[int, int]) -> Conflict | None:
    if conflict is None:
        return None
    values = (replace(v, citations=tuple(numbers[number] for number in v.citations)) for v in conflict.values)
    return replace(conflict, values=tuple(values))


def _evidence(several: Sequence[Answer]) -> tuple[Evidence, ...]:
    """The evidence of all parts, each passage once with the sentences of every part."""
    passages: dict[tuple[str, int], Evidence] = {}
    for item in (item for part in several for item in part.evidence):
        place = item.passage.article_id, item.passage.start
        known = passages.get(place)
        if known is None:
            passages[place] = replace(item, number=len(passages) + 1)
        else:
            both = dict.fromkeys((*known.sentences, *item.sentences))
            passages[place] = replace(known, sentences=tuple(sorted(both, key=lambda sentence: sentence.start)))
    return tuple(passages.values())

"""Answers as OpenAI's chat completions: sentences bear their citations' numbers, and annotations say what these are.

A sentence that was shown cannot be taken back, and Byline checks an answer once it is whole. So a stream keeps the
connection alive while the answer is written, and then gives its sentences one by one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from index.errors import InputError
from index.library import Library
from qa.prompts import may_answer
from qa.records import Answer, Turn
from ui.serve.schemas import Message

MODEL_ID = "byline"


@dataclass(frozen=True)
class Part:
    """A piece of an answer's content with the annotations that belong to it."""

    text: str
    annotations: tuple[dict[str, Any], ...] = ()


def last_question(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, which is the last message of the user, and the turns before it.

    Raises InputError: the user says nothing.
    """
    places = [place for place, message in enumerate(messages) if message.role == "user"]
    if not places:
        raise InputError("The conversation holds no question; give a message of the user.")
    turns: list[Turn] = []
    for place, after in pairwise(places):
        answers = [message.text for message in messages[place:after] if message.role == "assistant"]
        if answers:
            turns.append(Turn(messages[place].text, answers[-1]))
    return messages[places[-1]].text, turns


def content_parts(answer: Answer, library: Library) -> Iterator[Part]:
    """The content of an answer in pieces: its sentences, each followed by the numbers of its citations."""
    lead = f"{may_answer(answer.question)} " if answer.outcome == "maybe" else ""
    if lead:
        yield Part(lead)
    if not answer.sentences:
        yield Part(answer.text)
        return
    start = len(lead)
    for sentence in answer.sentences:
        marks = "".join(f"[{number}]" for number in sentence.citations)
        text = f"{sentence.text} {marks}" if marks else sentence.text
        annotations = tuple(
            _annotation(answer, number, start, start + len(text), library) for number in sentence.citations
        )
        start += len(text) + 1
        yield Part(text + ("" if sentence is answer.sentences[-1] else " "), annotations)


def completion(answer: Answer, library: Library) -> dict[str, Any]:
    """The whole answer as one chat completion."""
    whole = list(content_parts(answer, library))
    message = {
        "role": "assistant",
        "content": "".join(part.text for part in whole),
        "annotations": [annotation for part in whole for annotation in part.annotations],
    }
    return {
        **_head("chat.completion"),
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {
            "prompt_tokens": answer.tokens.prompt,
            "completion_tokens": answer.tokens.completion,
            "total_tokens": answer.tokens.prompt + answer.tokens.completion,
        },
        "byline": answer.to_json(),
    }


class Events:
    """The server-sent events of one streamed answer."""

    def __init__(self) -> None:
        self._head = _head("chat.completion.chunk")

    def begun(self) -> str:
        """The first event, which names the role of the speaker."""
        return self._chunk({"role": "assistant", "content": ""})

    def alive(self, answer: Answer) -> str:
        """A comment, which clients pass over, that says how far the answer is."""
        return f": {answer.stage}\n\n"

    def written(self, answer: Answer, library: Library) -> Iterator[str]:
        """The events of a finished answer, a piece each, and the last event."""
        for part in content_parts(answer, library):
            yield self._chunk({"content": part.text, **({"annotations": part.annotations} if part.annotations else {})})
        yield self._chunk({}, "stop")
        yield "data: [DONE]\n\n"

    def failed(self, message: str) -> str:
        """The event that says what went wrong after the answer had begun."""
        return f"data: {json.dumps({'error': {'message': message, 'type': 'server_error', 'code': 503}})}\n\n"

    def _chunk(self, delta: dict[str, Any], finished: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finished}
        return f"data: {json.dumps({**self._head, 'choices': [choice]}, ensure_ascii=False)}\n\n"


def _head(kind: str) -> dict[str, Any]:
    return {"id": f"chatcmpl-{uuid4().hex}", "object": kind, "created": int(time.time()), "model": MODEL_ID}


def _annotation(answer: Answer, number: int, start: int, end: int, library: Library) -> dict[str, Any]:
    """A citation as OpenAI's API annotates what was found on the web, with what Byline knows besides."""
    citation = answer.citation(number)
    try:
        address = library.article(citation.article_id).url
    except InputError:  # removed meanwhile
        address = None
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": start,
            "end_index": end,
            "title": citation.title,
            "url": address or f"byline:{quote(citation.article_id)}#{citation.start}-{citation.end}",
        },
        "byline": citation.to_json(),
    }

"""A language model behind an OpenAI-compatible server: llama-server, Ollama, vLLM, LM Studio and alike.

What is sent is the prompt, so the passages chosen for a question and the question, and nothing else of the library.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from typing import Any

from index.errors import InputError
from qa.llm.addresses import ServerAddress
from qa.llm.protocol import Piece, Prompt, Reading
from qa.llm.remote import ANSWER_SECONDS, RefusedError, Remote
from qa.llm.thinking import without_thoughts

_LETTERS_A_TOKEN = 4
"""Letters of English text that make a token, as an estimate; servers are not asked to count."""

_WISHES: dict[str, Any] = {"logprobs": True, "chat_template_kwargs": {"enable_thinking": False}}
"""What not every server takes: to tell how probable each token was, and not to think before answering."""
_NOT_TAKEN = (400, 422, 500, 501)
"""Statuses by which servers refuse a request for what they do not know."""


class ServerModel:
    """A model that a server runs; greedy decoding."""

    def __init__(self, address: ServerAddress, key: str = "", seconds: float = ANSWER_SECONDS) -> None:
        """Finds the model; ``seconds`` are waited for the next part of an answer.

        Raises InputError: the server refuses the key, or it has several models or none and the address names none.
        Raises FailedError: it cannot be reached, or does not speak the API.
        """
        self._address = address
        self._remote = Remote(address, key, seconds)
        self._wishes = dict(_WISHES)
        self.name = address.model or self._only_model()

    def count(self, prompt: Prompt) -> int:
        """See LanguageModel; an estimate."""
        return math.ceil(len(prompt.system + prompt.passage + prompt.question) / _LETTERS_A_TOKEN)

    def answer(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Reading | Piece]:
        """See LanguageModel; the reading is told when the first token comes."""
        read = False
        for piece in without_thoughts(self._pieces(prompt, most_tokens, stop)):
            if not read:
                tokens = self.count(prompt)
                yield Reading(tokens, tokens, warm=False)
                read = True
            yield piece
        if not read:
            yield Reading(self.count(prompt), self.count(prompt), warm=False)

    def _pieces(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[Piece]:
        written = 0
        for event in self._events(prompt, most_tokens, stop):
            for choice in event["choices"]:
                delta = choice.get("delta")
                text = delta.get("content") if isinstance(delta, dict) else None
                if written == most_tokens or stop.is_set():
                    return
                if text and isinstance(text, str):
                    written += 1
                    yield Piece(text, _probability(choice))

    def _events(self, prompt: Prompt, most_tokens: int, stop: threading.Event) -> Iterator[dict[str, Any]]:
        body = {
            "model": self.name,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.passage + prompt.question},
            ],
            "max_tokens": most_tokens,
            "temperature": 0,
            "stream": True,
        }
        try:
            if self._wishes:
                try:
                    yield from self._remote.stream("/chat/completions", body | self._wishes, stop)
                    return
                except RefusedError as error:
                    if error.status not in _NOT_TAKEN:
                        raise
            yield from self._remote.stream("/chat/completions", body, stop)
            self._wishes = {}  # it was they that were refused
        except RefusedError as error:
            raise self._remote.refused(error, self.count(prompt)) from error

    def _only_model(self) -> str:
        base = self._address.base
        try:
            listed = self._remote.get("/models", threading.Event())
        except RefusedError as error:
            raise InputError(
                f"The server at {base} does not list its models ({error.words}); name one: {base}#NAME"
            ) from error
        models = listed.get("data") if isinstance(listed, dict) else None
        models = models if isinstance(models, list) else []
        names = [str(model["id"]) for model in models if isinstance(model, dict) and "id" in model]
        if len(names) != 1:
            have = f"{len(names)} models ({', '.join(names[:10])})" if names else "no model"
            raise InputError(f"The server at {base} has {have}; name one of its models: {base}#NAME")
        return names[0]


def _probability(choice: dict[str, Any]) -> float | None:
    """How probable the least probable token of an event was; None where the server does not say."""
    told = choice.get("logprobs")
    tokens = told.get("content") if isinstance(told, dict) else None
    each = [token.get("logprob") for token in tokens if isinstance(token, dict)] if isinstance(tokens, list) else []
    stated = [number for number in each if isinstance(number, int | float)]
    return min(1.0, math.exp(min(*stated, 0.0))) if stated else None

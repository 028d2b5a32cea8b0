"""Byline as a server for programs: what becomes of a question whose asker has gone away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from bridge import ARTICLES, QUESTION
from fakes import library_of

from qa.assistant import Assistant
from qa.llm.halt import Halt
from qa.records import Answer, Turn
from ui.serve.app import application
from ui.serve.readers import Keys


class Endless:
    """An assistant whose answer grows until it is stopped."""

    def __init__(self) -> None:
        self.asked, self.stopped = 0, 0

    def stream(self, question: str, history: list[Turn], stop: Halt) -> Iterator[Answer]:
        self.asked += 1
        try:
            while not stop.wait(0.01):
                yield Answer(question, standalone=question, model="endless")
        finally:
            self.stopped += 1


@pytest.mark.parametrize(
    ("path", "body"),
    [("/ask", {"question": QUESTION}), ("/v1/chat/completions", {"messages": [{"role": "user", "content": QUESTION}]})],
)
def test_whoever_goes_away_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, body: dict[str, Any]
) -> None:
    monkeypatch.setattr("ui.serve.app._LOOK_SECONDS", 0.01)
    endless = Endless()
    app = application(library_of(tmp_path, ARTICLES), cast(Assistant, endless), Keys(), "127.0.0.1")
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http"},
        **{"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers},
        **{"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)},
    }

    async def gone_while_answered() -> None:
        sent = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not sent.is_set():
                sent.set()
                return {"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}
            while not endless.asked:
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            pass

        await asyncio.wait_for(app(scope, receive, send), 100)
        while not endless.stopped:
            await asyncio.sleep(0.01)

    async def both() -> None:
        for _ in range(2):  # the second would wait for the first one's turn
            endless.asked = endless.stopped = 0
            await asyncio.wait_for(gone_while_answered(), 100)

    asyncio.run(both())
    assert (endless.asked, endless.stopped) == (1, 1)

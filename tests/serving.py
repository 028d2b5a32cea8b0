"""A small OpenAI-compatible server on this machine for tests: it writes words, or fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Fault:
    """An answer other than what was asked for."""

    status: int = 200
    body: str = ""
    kind: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Scene:
    """What the server does, and what it was sent."""

    writes: str = ""
    models: tuple[str, ...] = ("scribe",)
    probability: float | None = None
    """Told of each token, where logprobs are asked for."""
    faults: list[Fault] = field(default_factory=list)
    """Given one after the other before anything else."""
    cut_after: int | None = None
    """Tokens after which the connection ends without a word."""
    pause: float = 0.0
    """Seconds before each token."""
    strict: bool = False
    """Refuses what OpenAI's API of old does not know."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    scene: Scene

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if not self._fails():
            self._send(Fault(body=json.dumps({"data": [{"id": name} for name in self.scene.models]})))

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.scene.sent.append(asked)
        self.scene.keys.append(self.headers.get("Authorization"))
        if self._fails():
            return
        if self.scene.strict and {"logprobs", "chat_template_kwargs"} & set(asked):
            self._send(Fault(400, '{"error": {"message": "Unrecognized request argument: chat_template_kwargs"}}'))
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        with suppress(OSError):  # nobody listens any more
            self._write(asked)

    def _write(self, asked: dict[str, Any]) -> None:
        scene = self.scene
        for number, word in enumerate(scene.writes.split(" ")[: asked["max_tokens"]]):
            if scene.closing.wait(scene.pause):
                return
            if number == scene.cut_after:
                return
            choice: dict[str, Any] = {"index": 0, "delta": {"content": f"{word} "}, "finish_reason": None}
            if asked.get("logprobs") and scene.probability is not None:
                choice["logprobs"] = {"content": [{"token": word, "logprob": scene.probability}]}
            self._event({"choices": [choice]})
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, event: dict[str, Any]) -> None:
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def _fails(self) -> bool:
        if not self.scene.faults:
            return False
        self._send(self.scene.faults.pop(0))
        return True

    def _send(self, answer: Fault) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body.encode())


@contextmanager
def served(scene: Scene) -> Iterator[str]:
    """The address of the server's API while the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"scene": scene}))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        scene.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(10)

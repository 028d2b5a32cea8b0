"""A peer in a process of its own, seen from the driver that asks it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
BYLINE = {"byline": False, "byline_warm": True}
"""Byline's own processes, and whether its model has read the passages before it is asked."""
PEERS = (*BYLINE, "langchain", "llamaindex", "txtai", "haystack")


class PeerProcess:
    """Starts a peer, waits until it has read the articles and is warm, and asks it questions.

    ``ready`` is what it said of itself: its name, versions, settings, seconds to load and to read the articles.
    """

    def __init__(
        self, name: str, python: Path, *, articles: Path, embedder: Path, model: Path, threads: int, log: Path
    ) -> None:
        """Raises RuntimeError: it ended before it was ready."""
        self.name = name
        self._log = log.open("w", encoding="utf-8")
        options = {"articles": articles, "embedder": embedder, "model": model, "threads": threads}
        self._process = subprocess.Popen(
            [str(python), str(FOLDER / f"peer_{name}.py"), *(f"--{key}={value}" for key, value in options.items())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env=os.environ | {"LLAMA_CPP_LIB_PATH": str(llama_cpp_libraries())},
        )
        self.ready = self._line()

    def ask(self, question: str) -> dict[str, Any]:
        """The peer's answer, as peer.PeerAnswer, and its peak memory.

        Raises RuntimeError: it ended.
        """
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"question": question}) + "\n")
        self._process.stdin.flush()
        return self._line()

    def close(self) -> None:
        """Ends the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()
        self._log.close()

    def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with status {self._process.wait()}; its log: {self._log.name}")
        return dict(json.loads(line))


def llama_cpp_libraries() -> Path:
    """The build of llama.cpp that Byline runs with, for every peer: one that is slower elsewhere would be unfair."""
    spec = importlib.util.find_spec("llama_cpp")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "lib"

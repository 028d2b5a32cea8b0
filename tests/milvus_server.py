"""A Milvus server for tests: milvus-lite's, in a process of its own on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(port: int, data: Path) -> Iterator[str]:
    """A context in which a server keeps its data in a folder; yields its address. It is killed at the end."""
    command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen([*command, "--data-dir", str(data)], stdout=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + 300
            while not _answers(port):
                assert server.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
            yield f"milvus://127.0.0.1:{port}"
        finally:
            server.kill()


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0

"""The server of the page and a headless Chromium, each a process that ends with its context."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Error, Playwright
from results import ROOT

BROWSER_ARGUMENTS = (
    *("--no-sandbox", "--no-first-run", "--disable-gpu"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
"""Of a Chromium that does nothing by itself, and needs no graphics."""
PATIENCE = 300_000
"""Milliseconds that anything may take."""


class Server:
    """``byline chat`` in a process of its own, which has ended when the context does."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        """Returns when the page can be opened. Raises RuntimeError: the server ended before that, or took too long."""
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        self.began = time.time()
        with log.open("w", encoding="utf-8") as told:
            self.process = psutil.Popen([*command, "chat", "--no-browser", f"--port={port}"], stderr=told, cwd=ROOT)
        while "Byline is at" not in log.read_text(encoding="utf-8"):
            if self.process.poll() is not None or time.time() > self.began + PATIENCE / 1000:
                self.process.kill()
                raise RuntimeError(f"The server did not come up: {log.read_text(encoding='utf-8')}")
            time.sleep(0.005)
        self.reachable = time.time() - self.began

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.is_running():
            self.end()

    def end(self) -> float:
        """Ends it, as Ctrl+C does, and returns the seconds that this takes."""
        began = time.time()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE / 1000)
        except psutil.TimeoutExpired:
            self.process.kill()
            raise
        return time.time() - began


def byline(library: Path, model: str) -> list[str]:
    """The command line, up to the command."""
    return [sys.executable, "-m", "ui.cli", "--library", str(library), "--model", model]


class Chromium:
    """A headless Chromium, which is ended with the context."""

    def __init__(self, playwright: Playwright, folder: Path) -> None:
        """Ends the program where there is none."""
        path = shutil.which("chromium") or sys.exit("Chromium is not there; get it with: .ci/browser")
        port = free_port()
        options = ["--headless", f"--remote-debugging-port={port}", f"--user-data-dir={folder}", *BROWSER_ARGUMENTS]
        self._process = subprocess.Popen([path, *options], stderr=subprocess.DEVNULL)
        self._playwright, self._address = playwright, f"http://127.0.0.1:{port}"

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(PATIENCE / 1000)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def titles(self) -> list[str]:
        """Those of its tabs, which it tells without a debugger."""
        with urllib.request.urlopen(f"{self._address}/json", timeout=PATIENCE / 1000) as told:
            return [tab["title"] for tab in json.load(told)]

    @contextmanager
    def attached(self) -> Iterator[Browser]:
        """The browser, held by a debugger."""
        deadline = time.time() + PATIENCE / 1000
        while True:
            try:
                browser = self._playwright.chromium.connect_over_cdp(self._address)
                break
            except Error:
                if time.time() > deadline:
                    raise
                time.sleep(0.2)
        yield browser
        browser.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])

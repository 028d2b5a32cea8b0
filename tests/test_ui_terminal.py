"""The command line at a terminal: what is seen there while an answer grows, and when Ctrl+C ends it."""

from __future__ import annotations

import os
import pty
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fakes import library_of

TESTS = Path(__file__).parent
STORY = "Bridge closed\n\nThe bridge over the Wend is closed. The repairs cost two million crowns.\n"
BYLINE = """
import sys
sys.path.insert(0, {tests!r})
from fakes import Typist, WordEmbedder
from ui import cli
from ui.commands import chosen

class Slow(Typist):
    def write(self, most_tokens, stop):
        for word in super().write(most_tokens, stop):
            yield word
            stop.wait({pause})

chosen.open_embedder = WordEmbedder
chosen.open_llm = lambda library: Slow("The repairs cost two million crowns.")
cli.main()
"""
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def at_terminal(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Runs a command at a terminal of its own, with stand-ins for the models that write a word in ``pause`` seconds.

    Where ``key`` is given, it is pressed as soon as ``after`` is seen. Returns the exit status and what was shown.
    """
    library_of(tmp_path, {"bridge.txt": STORY}).close()
    script = tmp_path / "byline.py"

    def run(*arguments: str, pause: float = 0.0, after: str = "", key: str = "") -> tuple[int, str]:
        script.write_text(BYLINE.format(tests=str(TESTS), pause=pause))
        command = [sys.executable, str(script), "--library", str(tmp_path / "library"), *arguments]
        ours = {"BYLINE_MODELS": str(tmp_path), "TERM": "xterm", "COLUMNS": "60", "LINES": "24"}
        process, terminal = pty.fork()
        if process == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.execve(command[0], command, {**os.environ, **ours})
        shown = ""
        while True:
            try:
                read = os.read(terminal, 4096)
            except OSError:  # Linux says so that the other end is closed
                break
            shown += read.decode(errors="replace")
            if key and after in shown:
                os.write(terminal, key.encode())
                key = ""
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown

    return run


def test_an_answer_grows_at_a_terminal_and_stands_there_once_at_the_end(
    at_terminal: Callable[..., tuple[int, str]],
) -> None:
    status, shown = at_terminal("ask", "What do the repairs of the bridge cost?", pause=0.05)
    assert status == 0
    lines = [line.strip() for line in re.split(r"[\r\n]+", _CONTROL.sub("\n", shown))]
    grown = ["The", "The repairs", "The repairs cost", "The repairs cost two"]
    assert [line for line in lines if line in grown] == grown
    assert "“The repairs cost two million crowns.”" in shown


def test_ctrl_c_ends_an_answer_with_what_was_written(at_terminal: Callable[..., tuple[int, str]]) -> None:
    status, shown = at_terminal("ask", "What do the repairs of the bridge cost?", pause=600, after="The", key="\x03")
    assert status == 128 + signal.SIGINT
    assert "Traceback" not in shown
    lines = [line.strip() for line in re.split(r"[\r\n]+", _CONTROL.sub("", shown)) if line.strip()]
    assert lines[-2:] == ["The", "Interrupted."]

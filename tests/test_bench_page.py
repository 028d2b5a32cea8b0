"""The benchmark of the page, on a server with stand-ins for the models."""

from __future__ import annotations

import json
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import bench_page
import pytest
from results import read_tables

TESTS = Path(__file__).parent
WAYS = {"typed": 15, "pasted": 16}
"""Of 32 questions, less the one that waits for the models."""

BYLINE = """
import sys
sys.path.insert(0, {tests!r})
from fakes import Typist, WordEmbedder
from ui import cli
from ui.commands import chosen

class Slow(Typist):
    def write(self, most_tokens, stop):
        for piece in super().write(most_tokens, stop):
            stop.wait(0.05)
            yield piece

chosen.open_embedder = WordEmbedder
chosen.open_llm = lambda library: Slow("The harbour reopened on Monday.")
cli.main()
"""


@pytest.mark.browser
def test_starts_waits_and_memory_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not shutil.which("chromium"):
        pytest.skip("needs Chromium: apt-get install chromium")
    shared = tmp_path / "set"
    (shared / "articles").mkdir(parents=True)
    (shared / "articles" / "a.txt").write_text("Harbour\n\nThe harbour reopened on Monday.\n")
    questions = [
        {"id": str(n), "question": f"When did the harbour reopen, {n}?", "answers": ["Monday"], "articles": ["a"]}
        for n in range(32)
    ]
    (shared / "questions.jsonl").write_text("".join(json.dumps({**q, "kind": "fact"}) + "\n" for q in questions))
    script = tmp_path / "byline.py"
    script.write_text(BYLINE.format(tests=str(TESTS)))
    sections: list[tuple[str, str]] = []
    forgotten: list[Path] = []
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # its turn on the machine is not that of other programs
    monkeypatch.setattr(bench_page, "SHARED", shared)
    monkeypatch.setattr(bench_page, "SETTLE_SECONDS", 0)
    monkeypatch.setattr(
        bench_page, "byline", lambda library, model: [sys.executable, str(script), f"--library={library}"]
    )
    monkeypatch.setattr(bench_page, "forget", forgotten.extend)
    monkeypatch.setattr(bench_page, "write_section", lambda name, facts, body: sections.append((name, body)))
    monkeypatch.setattr(sys, "argv", ["bench_page.py", "--starts", "1", "--questions", "32"])
    with ThreadPoolExecutor() as pool:  # because Playwright's loop may run in this thread
        pool.submit(bench_page.main).result()

    ((name, body),) = sections
    starts, waits, memory = read_tables(body)
    assert name == "The page"
    assert Path(sys.prefix) in forgotten
    assert [row["start"] for row in starts] == ["cold", "warm"]
    for row in starts:
        moments = [float(row[key].removesuffix(" s")) for key in ("server reachable", "first paint", "page usable")]
        assert moments == sorted(moments)
        assert float(row["first evidence, asked at once"].removesuffix(" s")) < 60
    counts = {row["wait"]: int(row["questions"]) for row in waits}
    assert 0 < counts.pop("from Stop to the end") <= bench_page.STOPPED
    assert counts == {f"from Enter to the first evidence on screen, {way}": n for way, n in WAYS.items()}
    held = {row["memory"]: row["after 32"] for row in memory}
    assert int(held["page, nodes of its document"].replace(",", "")) > 500
    assert int(held["server, its process"].removesuffix(" MB")) > 50


def test_a_page_that_answers_no_more_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def __init__(self) -> None:
            self.told = iter(["0 asked", "1 asked"])

        def titles(self) -> list[str]:
            return [next(self.told, "1 asked"), "another tab"]

    monkeypatch.setattr(bench_page, "PATIENCE", 1)
    with (
        pytest.raises(RuntimeError, match=r"^No answer came for 0 s; the page tells: 1 asked another tab$"),
        bench_page.asked_all(["When?", "Where?"], Silent()),  # type: ignore[arg-type]
    ):
        pass


def test_files_are_forgotten_by_the_kernel_only(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"kept" * 1000)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    bench_page.forget([tmp_path])
    assert (tmp_path / "deep" / "file").read_bytes() == b"kept" * 1000

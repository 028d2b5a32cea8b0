"""The benchmarks' own arithmetic: what is compared with what, and what is written down of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import bench_peers
import compare_answers
import pytest
from peers import process
from results import circumstances, printed_section, read_sections, read_tables, write_section

BENCH = Path(__file__).parent / "bench"

PEER = """
import sys
sys.path.insert(0, {folder!r})
from peer import Generated, Meter, Cited, Settings, serve

class Fake:
    name, packages = {name!r}, ()
    settings = {{"cites": "nothing"}}
    def __init__(self, settings, meter): self.meter = meter
    def pace(self): return 1000, 100
    def ingest(self, folder): pass
    def ask(self, question):
        said, model, warm = {replies!r}.get(question, ("", True, None))
        if model:
            self.meter.read(10)
            self.meter.wrote()
        return Generated(said, [Cited("a", 0, 4)] if said else [], None, warm, 40, 0.01)

serve(Fake)
"""


def test_a_section_takes_the_place_of_the_one_before_and_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    write_section("One", "- date: today", "first", path)
    write_section("Two", "- date: today", "second", path)
    write_section("One", "- date: tomorrow", "third\n\n### Part\n\nmore", path)
    assert read_sections(path) == {
        "One": "- date: tomorrow\n\nthird\n\n### Part\n\nmore",
        "Two": "- date: today\n\nsecond",
    }


def test_what_a_program_prints_is_kept_unless_it_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "RESULTS.md"
    with printed_section("Sums", {"terms": 2}, path):
        sys.stdout.write("1 + 1 = 2\n")
    with pytest.raises(ZeroDivisionError), printed_section("Sums", {"terms": 2}, path):
        sys.stdout.write(f"1 / 0 = {1 // 0}\n")
    assert capsys.readouterr().out == "1 + 1 = 2\n"
    facts, _, body = read_sections(path)["Sums"].partition("\n\n")
    assert facts.splitlines()[-1] == "- terms: 2"
    assert body == "```\n1 + 1 = 2\n```"


def test_the_circumstances_name_the_command_that_repeats_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", [str(BENCH / "bench.py"), str(BENCH / "stories.jsonl"), "/elsewhere/t.jsonl"])
    facts = dict(line[2:].split(": ", 1) for line in circumstances({"seed": 0}).splitlines())
    assert facts["command"] == "`python tests/bench/bench.py tests/bench/stories.jsonl t.jsonl`"
    assert list(facts) == [
        "date", "commit", "machine", "Python", "load average at the start", "command", "seed"
    ]  # fmt: skip


REPLIES = {
    "byline": {
        "One?": ("red", True, False),
        "Two?": ("The articles do not say.", False, None),
        "Three?": ("green", True, True),
    },
    "langchain": {
        "One?": ("blue", True, None),
        "Two?": ("I don't know.", True, None),
        "Three?": ("green", True, None),
    },
}
"""What each stand-in answers to each question, whether it asked its model, and whether that was warm."""


def test_peers_are_compared_on_the_questions_that_all_put_to_their_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    monkeypatch.setattr(process, "FOLDER", scripts)
    for name, said in REPLIES.items():
        script = PEER.format(folder=str(BENCH / "peers"), name=name.title(), replies=said)
        (scripts / f"peer_{name}.py").write_text(script)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Colours\n\nred, blue and green.\n")
    questions = [
        {"id": "1", "question": "One?", "answers": ["red"], "articles": ["a"], "kind": "fact"},
        {"id": "2", "question": "Two?", "answers": [], "articles": [], "kind": "unanswerable"},
        {"id": "3", "question": "Three?", "answers": ["green"], "articles": ["a"], "kind": "fact"},
    ]
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(question) + "\n" for question in questions))
    (tmp_path / "model.gguf").write_text("")
    (tmp_path / "embedder").mkdir()
    options = {
        "articles": "articles", "questions": "questions.jsonl", "model": "model.gguf", "embedder": "embedder",
        "results": "RESULTS.md", "json": "out.json",
    }  # fmt: skip
    arguments = [part for name, place in options.items() for part in (f"--{name}", str(tmp_path / place))]
    monkeypatch.setattr(
        sys, "argv", ["bench_peers.py", *arguments, "--python", sys.executable, "--peers", "byline", "langchain"]
    )
    bench_peers.main()

    section = read_sections(tmp_path / "RESULTS.md")["Peers, model"]
    (byline, langchain), (bounded,), reached = read_tables(section)
    assert (byline["program"], langchain["program"]) == ("Byline", "Langchain")
    # Two of two answers hold what was expected, and one of two; neither answers what cannot be answered.
    assert byline["answer containment"].startswith("100%")
    assert langchain["answer containment"].startswith("50%")
    assert byline["false answers"].startswith("0%")
    assert langchain["false answers"].startswith("0%")
    # Of the three, the second never reached Byline's model and the third found it warm, which this one should not be.
    assert "of the 1 questions that every program put to its language model" in " ".join(section.split())
    # 40 tokens at 1,000 a second and one at 100.
    assert (bounded["program"], bounded["limit"], bounded["tokens read"]) == ("Byline", "0.05 s", "40")
    assert [row["goal"] for row in reached] == [
        "questions timed", "first token, cold: times sooner", "time over the limit, cold"
    ]  # fmt: skip
    assert (reached[0]["measured"], reached[0]["reached"]) == ("1", "missed")
    saved = json.loads((tmp_path / "out.json").read_text())
    assert [record["replies"]["byline"]["warm"] for record in saved["records"]] == [False, None, True]
    # What the process holds itself, not what the one that started it does.
    assert 10 < saved["records"][0]["replies"]["langchain"]["peak_memory_mb"] < 1000


def test_two_runs_are_compared_but_for_their_times_and_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(text: str, total: int) -> dict[str, object]:
        answer = {
            "text": text,
            "warm": total < 100,
            "tokens": {"prompt": 30, "fresh": total},
            "timings_ms": {"total": total},
        }
        measures = {"latency p50": {"value": total, "unit": "ms"}, "peak memory": {"value": total, "unit": "MB"}}
        return {"metrics": measures, "records": [{"id": "q1", "answer": answer}]}

    def compared(before: dict[str, object], after: dict[str, object]) -> tuple[int, str]:
        paths = [tmp_path / "before.json", tmp_path / "after.json"]
        for path, each in zip(paths, (before, after), strict=True):
            path.write_text(json.dumps(each))
        monkeypatch.setattr(sys, "argv", ["compare_answers.py", *map(str, paths)])
        return compare_answers.main(), capsys.readouterr().out

    assert compared(run("One.", 90), run("One.", 900)) == (0, "The same, but for times and memory.\n")
    assert compared(run("One.", 90), run("Two.", 90)) == (1, "records[q1].answer.text: 'One.' became 'Two.'\n")

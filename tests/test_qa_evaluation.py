"""Running an evaluation: nothing asked twice, nothing lost, and two runs compared."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import FailedError, InputError
from index.records import Hit, Passage
from qa.evaluation.comparison import compare, fell, read_earlier
from qa.evaluation.judging import Record
from qa.evaluation.measures import Metric
from qa.evaluation.questions import Question, Span
from qa.evaluation.running import (
    Evaluation,
    Journal,
    evaluate,
    evaluation,
    library_sha256,
    sample,
    write_json,
)
from qa.records import Answer, AnswerSentence, Citation, Tokens, Turn

QUESTIONS = tuple(Question(f"q{n}", f"What is {n}?", answers=(str(n),), articles=("numbers",)) for n in range(10))


class Echo:
    """Answers "What is N?" with N, citing the article "numbers", and remembers what it was asked."""

    def __init__(self, wrong: Sequence[str] = ()) -> None:
        self.asked: list[tuple[str, int]] = []
        self.wrong = wrong

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append((question, len(history)))
        text = "ninety" if question in self.wrong else question.removeprefix("What is ").removesuffix("?")
        citation = Citation(1, "numbers", "Numbers", None, None, 0, 5, "zero", "")
        return Answer(
            question,
            standalone=question + " (as searched)",
            outcome="answered",
            text=text,
            confidence=0.9,
            sentences=(AnswerSentence(text, 0, len(text), "supported", (1,)),),
            citations=(citation,),
            tokens=Tokens(300, 5),
        )


def search(question: str, k: int) -> list[Hit]:
    assert question.endswith("(as searched)")
    return [Hit(Passage("numbers", 0, 9, "zero, one"), 1.0, 1.0, 1.0, ())][:k]


def run(folder: Path, assistant: Echo, questions: Sequence[Question] = QUESTIONS, **settings: object) -> list[Record]:
    journal = Journal(folder, questions, settings)
    records = list(evaluate(questions, assistant, search, journal))
    journal.close()
    return records


def as_saved(record: Record) -> object:
    return json.loads(json.dumps(record.to_json()))


def test_every_question_is_asked_once_with_its_history(tmp_path: Path) -> None:
    echo = Echo()
    questions = (QUESTIONS[0], Question("f", "What is 7?", "follow-up", ("7",), history=(Turn("What is 6?", "6"),)))
    records = run(tmp_path, echo, questions)
    assert echo.asked == [("What is 0?", 0), ("What is 7?", 1)]
    assert [(record.question.id, record.correct, record.hits) for record in records] == [
        ("q0", True, (Span("numbers", 0, 9),)),
        ("f", True, (Span("numbers", 0, 9),)),
    ]


def test_an_interrupted_evaluation_goes_on_where_it_stopped(tmp_path: Path) -> None:
    journal = Journal(tmp_path, QUESTIONS, {})
    first = evaluate(QUESTIONS, Echo(), search, journal)
    before = [next(first) for _ in range(4)]
    echo = Echo()
    records = run(tmp_path, echo)
    assert [question for question, _ in echo.asked] == [f"What is {n}?" for n in range(4, 10)]
    assert [as_saved(record) for record in records[:4]] == [as_saved(record) for record in before]


def test_a_line_cut_short_by_the_interruption_is_asked_again(tmp_path: Path) -> None:
    run(tmp_path, Echo(), QUESTIONS[:3])
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-20])
    echo = Echo()
    records = run(tmp_path, echo, QUESTIONS[:3])
    assert echo.asked == [("What is 2?", 0)]
    assert len(records) == 3
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["q0", "q1", "q2"]


def test_a_process_killed_while_answering_loses_only_that_question(tmp_path: Path) -> None:
    program = (
        "import os, sys; sys.path.insert(0, 'tests')\n"
        "from pathlib import Path\n"
        "from test_qa_evaluation import *\n"
        "class Killed(Echo):\n"
        "    def answer(self, question, history=()):\n"
        "        if question == 'What is 5?': os.kill(os.getpid(), 9)\n"
        "        return super().answer(question, history)\n"
        "run(Path(sys.argv[1]), Killed())\n"
    )
    root = Path(__file__).parent.parent
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, check=False)
    assert killed.returncode == -9
    echo = Echo()
    run(tmp_path, echo)
    assert [question for question, _ in echo.asked] == [f"What is {n}?" for n in range(5, 10)]


def test_other_questions_or_settings_have_another_journal(tmp_path: Path) -> None:
    run(tmp_path, Echo(), model="small")
    for questions, model in ((QUESTIONS, "large"), (QUESTIONS[:9], "small")):
        echo = Echo()
        run(tmp_path, echo, questions, model=model)
        assert len(echo.asked) == len(questions)


def test_a_finished_evaluation_starts_afresh_once_its_journal_is_removed(tmp_path: Path) -> None:
    run(tmp_path, Echo())
    journal = Journal(tmp_path, QUESTIONS, {})
    assert len(journal) == len(QUESTIONS)
    journal.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FailedError, match=r"cannot be written: not a directory; free or choose a place\."):
        Journal(tmp_path / "file" / "journals", QUESTIONS, {})


def test_a_library_is_known_by_its_articles_in_any_order() -> None:
    assert library_sha256({"a": "one", "b": "two"}) == library_sha256({"b": "two", "a": "one"})
    assert library_sha256({"a": "one", "b": "two"}) != library_sha256({"a": "one", "b": "two."})


def test_the_same_seed_draws_the_same_sample_in_the_order_of_the_set() -> None:
    drawn = sample(QUESTIONS, 4, seed=1)
    assert drawn == sample(QUESTIONS, 4, seed=1)
    assert drawn == tuple(question for question in QUESTIONS if question in drawn)
    assert drawn != sample(QUESTIONS, 4, seed=2)
    assert sample(QUESTIONS, None, seed=1) == sample(QUESTIONS, 99, seed=1) == QUESTIONS


def measured(folder: Path, name: str, wrong: Sequence[str] = ()) -> Evaluation:
    records = run(folder / name, Echo(wrong))
    return evaluation(records, {"seed": 0}, {"llm": "echo"})


def test_the_json_is_as_documented(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_json(path, measured(tmp_path, "a", ["What is 3?"]))
    saved = json.loads(path.read_text(encoding="utf-8"))
    assert (saved["settings"], saved["models"]) == ({"seed": 0}, {"llm": "echo"})
    assert saved["metrics"]["accuracy"]["value"] == 9 / 10
    assert saved["metrics"]["R@1"] == {
        "value": 1.0,
        "interval": pytest.approx([10 / (10 + 1.96**2), 1.0], abs=1e-3),
        "n": 10,
        "unit": "share",
        "better": "higher",
    }
    assert saved["risk_coverage"] == [{"confidence": 0.9, "coverage": 10 / 10, "risk": 1 / 10}]
    assert saved["calibration"] == [{"confidence": pytest.approx(0.9), "accuracy": 9 / 10, "n": 10}]
    wrong = saved["records"][3]
    assert (wrong["id"], wrong["kind"], wrong["correct"]) == ("q3", "fact", False)
    assert wrong["why"] == 'The answer does not say "3".'
    assert wrong["answer"] == json.loads(json.dumps(Echo(["What is 3?"]).answer("What is 3?").to_json()))


def test_peak_memory_counts_what_was_held() -> None:
    code = """
from qa.evaluation.running import peak_memory_mb
before = peak_memory_mb()
block = b"x" * int(2 * before * 1e6)
assert len(block) / 1e6 < peak_memory_mb() < before + 1.2 * len(block) / 1e6
"""
    # In a process of its own, which holds little: the tests before may have held much.
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": ":".join(sys.path)}, check=True)


def test_a_comparison_names_what_was_lost_and_won(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    write_json(earlier, measured(tmp_path, "a", ["What is 3?"]))
    comparison = compare(measured(tmp_path, "b", ["What is 1?", "What is 2?"]), read_earlier(earlier))
    assert comparison.compared == 10
    assert [change.after.question.id for change in comparison.lost] == ["q1", "q2"]
    assert [change.after.question.id for change in comparison.won] == ["q3"]


def test_a_measure_that_falls_out_of_its_interval_is_named(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    write_json(earlier, measured(tmp_path, "a", ["What is 3?"]))
    wrong = [f"What is {n}?" for n in range(9)]
    falls = compare(measured(tmp_path, "b", wrong), read_earlier(earlier)).falls
    assert {fall.after.name for fall in falls} >= {"accuracy", "answer containment", "ECE"}
    assert compare(measured(tmp_path, "c", ["What is 4?"]), read_earlier(earlier)).falls == ()


def metric(value: float, low: float, high: float, better: str) -> Metric:
    return Metric("m", value, low, high, 10, "share", better)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "now", "expected"),
    [
        ("higher", 0.39, True),
        ("higher", 0.40, False),
        ("higher", 0.99, False),
        ("lower", 0.61, True),
        ("lower", 0.60, False),
        ("lower", 0.01, False),
        ("", 0.99, False),
    ],
)
def test_a_fall_is_beyond_the_interval_on_the_worse_side(better: str, now: float, expected: bool) -> None:
    assert fell(metric(0.5, 0.4, 0.6, better), metric(now, now, now, better)) is expected


def test_only_common_questions_are_compared(tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    write_json(earlier, evaluation(run(tmp_path / "a", Echo(), QUESTIONS[:6]), {}, {}))
    assert compare(measured(tmp_path, "b"), read_earlier(earlier)).compared == 6


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "The evaluation {path} cannot be read: no such file or directory; check its name."),
        ("{}", "{path} is not an evaluation of Byline; make one with: byline eval --json {path}"),
        ("no", "{path} is not an evaluation of Byline; make one with: byline eval --json {path}"),
        (
            '{"records": []}',
            "{path} has no question in common with this evaluation; name an evaluation of the same set.",
        ),
        (
            '{"records": [{"id": "q0", "answer": {}, "hits": []}]}',
            "{path} is not an evaluation of Byline; make one with: byline eval --json {path}",
        ),
    ],
)
def test_an_earlier_evaluation_that_is_none_is_refused(tmp_path: Path, content: str | None, sentence: str) -> None:
    path = tmp_path / "earlier.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError) as error:
        compare(measured(tmp_path, "a"), read_earlier(path))
    assert str(error.value) == sentence.format(path=path)

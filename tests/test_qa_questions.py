"""Question sets: every format, and every error in them with its place and no good line lost."""

import json
from pathlib import Path

import pytest

from index.errors import InputError
from index.records import Article
from qa.evaluation.drafts import draft_questions
from qa.evaluation.question_files import read_questions, write_questions
from qa.evaluation.questions import Question, QuestionSet, Span
from qa.records import Turn

ARTICLES = {"storm": "The storm closed 12 bridges. Nobody was hurt.", "2018/caravan": "The caravan left on Monday."}


def written(folder: Path, content: str | bytes, name: str = "set.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def lines(*questions: dict[str, object]) -> str:
    return "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)


def good(question_id: str) -> dict[str, object]:
    return {"id": question_id, "question": "How many bridges?", "answers": ["12"]}


def problems(questions: QuestionSet) -> list[str]:
    return [f"{problem.place}: {problem.message}." for problem in questions.problems]


def test_every_field_of_a_question_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        lines(
            {
                "id": "q1",
                "question": " How many bridges? ",
                "answers": ["12", "twelve"],
                "all_of": ["bridges"],
                "articles": ["storm"],
                "evidence": [{"article": "storm", "start": 17, "end": 19}],
                "history": [{"question": "What happened?", "answer": "A storm."}],
                "kind": "follow-up",
                "asked by": "Ada",
            }
        ),
    )
    assert read_questions(path, ARTICLES).questions == (
        Question(
            id="q1",
            text="How many bridges?",
            kind="follow-up",
            answers=("12", "twelve"),
            all_of=("bridges",),
            articles=("storm",),
            evidence=(Span("storm", 17, 19),),
            history=(Turn("What happened?", "A storm."),),
            extra={"asked by": "Ada"},
        ),
    )


def test_written_questions_are_read_back_unchanged(tmp_path: Path) -> None:
    questions = (
        Question("q1", "Wie spät?", answers=("12",), articles=("storm",), extra={"note": "ü"}),
        Question("q2", "Who?", kind="unanswerable"),
    )
    write_questions(tmp_path / "out.jsonl", questions)
    assert read_questions(tmp_path / "out.jsonl").questions == questions


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"question": "Q?", "answers": ["a"]}, 'the question has no "id"; give it one of its own.'),
        ({"id": "q", "answers": ["a"]}, 'there is no "question"; write the question as a string.'),
        (
            {"id": "q", "question": "Q" * 2001, "answers": ["a"]},
            "the question has 2,001 characters, more than the 2,000 that can be read; shorten it.",
        ),
        (
            {"id": "q", "question": "Q?", "answers": "a"},
            '"answers" is not a list; write it in square brackets.',
        ),
        (
            {"id": "q", "question": "Q?", "answers": [7]},
            '"answers" holds something that is not text; write every entry as a string.',
        ),
        (
            {"id": "q", "question": "Q?", "answers": ["a"], "kind": "riddle"},
            'the kind "riddle" is unknown; use one of fact, multi, agree, conflict, negative, follow-up, unanswerable.',
        ),
        (
            {"id": "q", "question": "Q?"},
            'nothing says what is right; give "answers", "all_of", "evidence" or "articles", '
            'or the kind "unanswerable".',
        ),
        (
            {"id": "q", "question": "Q?", "evidence": [{"article": "storm", "start": 9, "end": 9}]},
            'an "evidence" span is malformed; write {"article": "ID", "start": 0, "end": 1} with start before end.',
        ),
        (
            {"id": "q", "question": "Q?", "answers": ["a"], "history": ["What?"]},
            'a "history" turn is malformed; write {"question": "...", "answer": "..."}.',
        ),
        (
            {"id": "q", "question": "Q?", "articles": ["flood"]},
            'there is no article "flood" in the library; add it or correct the name.',
        ),
        (
            {"id": "q", "question": "Q?", "evidence": [{"article": "storm", "start": 40, "end": 60}]},
            'the evidence 40 to 60 lies outside "storm", which ends at 45.',
        ),
        ([1, 2], "this is not a question; write a JSON object in braces."),
    ],
)
def test_a_bad_line_is_named_and_the_good_ones_stay(tmp_path: Path, line: dict[str, object], sentence: str) -> None:
    path = written(tmp_path, lines(good("q1"), line, good("q3")))
    read = read_questions(path, ARTICLES)
    assert [question.id for question in read.questions] == ["q1", "q3"]
    assert [str(problem) for problem in read.problems] == [f"{path}, line 2: {sentence}"]


def test_bad_json_on_line_7_is_named_with_its_column(tmp_path: Path) -> None:
    path = written(tmp_path, lines(*(good(f"q{n}") for n in range(1, 7))) + '{"id": "q7", oops}\n' + lines(good("q8")))
    read = read_questions(path)
    assert len(read.questions) == 6 + 1
    assert problems(read) == [
        "line 7: this is not JSON (Expecting property name enclosed in double quotes at column 14); "
        "correct or remove it."
    ]


def test_an_id_used_twice_is_named_with_its_first_place(tmp_path: Path) -> None:
    read = read_questions(written(tmp_path, lines(good("q1"), good("q2"), good("q1"))))
    assert [question.id for question in read.questions] == ["q1", "q2"]
    assert problems(read) == ['line 3: the id "q1" was already used on line 1; give every question its own.']


def test_bytes_that_are_not_utf8_cost_only_their_line(tmp_path: Path) -> None:
    read = read_questions(
        written(tmp_path, lines(good("q1")).encode() + b'{"id": "\xff"}\n' + lines(good("q3")).encode())
    )
    assert len(read.questions) == 2
    assert problems(read) == ["line 2: byte 9 is not UTF-8; save the file in UTF-8."]


def test_windows_line_ends_and_a_byte_order_mark_are_no_error(tmp_path: Path) -> None:
    content = "\ufeff" + lines(good("q1"), good("q2")).replace("\n", "\r\n")
    read = read_questions(written(tmp_path, content))
    assert [question.id for question in read.questions] == ["q1", "q2"]
    assert read.problems == ()


def test_a_line_separator_inside_a_question_does_not_break_the_line(tmp_path: Path) -> None:
    question = good("q1") | {"question": "How many\u2028bridges?"}
    assert read_questions(written(tmp_path, lines(question))).questions[0].text == "How many\u2028bridges?"


def test_fifty_thousand_questions_with_one_bad_line_lose_only_that_line(tmp_path: Path) -> None:
    content = lines(*(good(f"q{n}") for n in range(50_000))).replace('"q7"', "7.5", 1)
    read = read_questions(written(tmp_path, content))
    assert len(read.questions) == 50_000 - 1
    assert problems(read) == ['line 8: the question has no "id"; give it one of its own.']


def test_drafts_are_counted_but_not_asked(tmp_path: Path) -> None:
    read = read_questions(written(tmp_path, lines(good("q1"), good("q2") | {"draft": True})))
    assert ([question.id for question in read.questions], read.drafts) == (["q1"], 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The question set {path} is empty; write one JSON object with a question per line."),
        (
            lines(good("q1") | {"draft": True}),
            "The question set {path} holds no question to ask. All of them are drafts; "
            "confirm one by removing its draft mark.",
        ),
        (
            "oops\n",
            "The question set {path} holds no question to ask. {path}, line 1: this is not JSON "
            "(Expecting value at column 1); correct or remove it.",
        ),
    ],
)
def test_a_set_without_a_question_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(InputError) as error:
        read_questions(path)
    assert str(error.value) == sentence.format(path=path)


def test_a_set_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_questions(tmp_path / "none.jsonl")
    assert str(error.value) == (
        f"The question set {tmp_path / 'none.jsonl'} cannot be read: no such file or directory; check its name."
    )


def test_an_unanswerable_question_may_name_an_article_that_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path, lines({"id": "q", "question": "Q?", "articles": ["flood"], "kind": "unanswerable"}))
    assert read_questions(path, ARTICLES).questions[0].must_be_refused


def test_a_negative_question_is_refused_only_where_it_gives_no_answer() -> None:
    assert Question("q", "Who was hurt?", kind="negative").must_be_refused
    assert not Question("q", "Was anyone hurt?", kind="negative", answers=("nobody",)).must_be_refused


def squad(*qas: dict[str, object], context: str = "The storm closed 12 bridges.") -> str:
    return json.dumps(
        {"version": "v2.0", "data": [{"title": "Storm", "paragraphs": [{"context": context, "qas": qas}]}]}
    )


def test_squad_answers_become_exact_spans_of_the_article_that_holds_the_paragraph(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        squad(
            {
                "id": "s1",
                "question": "How many bridges?",
                "answers": [{"text": "12", "answer_start": 17}, {"text": "12 bridges", "answer_start": 17}],
            },
            {"id": "s2", "question": "How many roads?", "answers": [], "is_impossible": True},
        ),
        "set.json",
    )
    read = read_questions(
        path, {"other": "Nothing.", "news/storm": "Storm\n\nThe storm closed 12 bridges. Then it left."}
    )
    assert read.questions == (
        Question(
            "s1",
            "How many bridges?",
            answers=("12", "12 bridges"),
            articles=("news/storm",),
            evidence=(Span("news/storm", 7 + 17, 7 + 19),),
        ),
        Question("s2", "How many roads?", kind="unanswerable"),
    )


def test_squad_errors_are_named_with_their_paragraph(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        squad(
            {"id": "s1", "question": "Q?", "answers": [{"text": "12", "answer_start": 17}]},
            {"id": "s2", "question": "Q?", "answers": [{"text": "12", "answer_start": 3}]},
            {"id": "s3", "question": "Q?", "answers": []},
        ),
        "set.json",
    )
    assert problems(read_questions(path)) == [
        'paragraph 1 ("Storm"): the answer "12" does not stand at 3 of its paragraph; correct "answer_start".',
        'paragraph 1 ("Storm"): the question "s3" has no answers; give one or mark it "is_impossible".',
    ]


def test_a_squad_paragraph_that_no_article_holds_is_named(tmp_path: Path) -> None:
    qas = {"id": "s1", "question": "Q?", "answers": [{"text": "The", "answer_start": 0}]}
    path = written(tmp_path, squad(qas), "set.json")
    with pytest.raises(InputError) as error:
        read_questions(path, {"other": "Nothing."})
    assert str(error.value) == (
        f'The question set {path} holds no question to ask. {path}, paragraph 1 ("Storm"): no article of the library '
        "holds it; its questions are left out, add the article."
    )


def test_json_that_is_not_squad_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, '{"questions": []}', "set.json")
    with pytest.raises(InputError) as error:
        read_questions(path)
    assert str(error.value) == f'{path} is not in SQuAD format: "data" with "title" and "paragraphs" is missing.'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_rows_become_questions_named_by_their_first_line(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["Question", "answer", "Article"],
        ['"How many\nbridges?"', "12", "storm"],
        ["Who was hurt?", "", ""],
        ["When?", "Monday", "flood"],
    ]
    content = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows) + "\r\n"
    read = read_questions(written(tmp_path, content, "set.csv"), ARTICLES)
    assert read.questions == (
        Question("line-2", "How many\nbridges?", answers=("12",), articles=("storm",)),
        Question("line-4", "Who was hurt?", kind="unanswerable"),
    )
    assert problems(read) == ['line 5: there is no article "flood" in the library; add it or correct the name.']


def test_csv_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "q,a\nHow many?,12\n", "set.csv")
    with pytest.raises(InputError) as error:
        read_questions(path)
    assert str(error.value) == f'The question set {path} has no column "question"; name its columns in the first line.'


STORY = Article(
    "story",
    "A headline that tells of 17 things and is no sentence",
    None,
    None,
    None,
    "A headline that tells of 17 things and is no sentence\n\n"
    "The council met in the old town hall on 17 October 2018 to vote. "
    "About 4,000 people had by then crossed the river into the next country.\n\n"
    "On the bridge stood José Martínez Ruiz, a baker from the coastal village. "
    "Too short to ask for 12. Nothing in this sentence is a name or a number or a day of the year. "
    "Between 7 and 7 there is no gap that anybody could be asked to fill.\n\n"
    "Share this",
)


def test_csv_that_cannot_be_read_on_keeps_the_rows_before_it(tmp_path: Path) -> None:
    content = f'question,answer\nHow many bridges?,12\n"never closed,{"x" * 20_000_000}\n'
    read = read_questions(written(tmp_path, content, "set.csv"))
    assert [question.text for question in read.questions] == ["How many bridges?"]
    (problem,) = problems(read)
    assert problem.startswith("line 3: from here on the file cannot be read as CSV (field larger than field limit")
    assert problem.endswith("; close every quotation mark and shorten what is too long.")
    with pytest.raises(InputError, match=r"set\.csv cannot be read as CSV \(field larger"):
        read_questions(written(tmp_path, "x" * 20_000_000, "set.csv"))


@pytest.mark.parametrize(
    ("value", "reason"), [("[" * 100_000, "it is nested too deep"), ("9" * 5000, "a number in it is too long")]
)
def test_json_that_is_beyond_reading_costs_only_its_line(tmp_path: Path, value: str, reason: str) -> None:
    read = read_questions(written(tmp_path, f"{lines(good('a'))}{value}\n{lines(good('b'))}"))
    assert [question.id for question in read.questions] == ["a", "b"]
    assert problems(read) == [f"line 2: this cannot be read as JSON ({reason}); correct or remove it."]
    with pytest.raises(InputError, match=f"set.json cannot be read as JSON .{reason}.; correct it"):
        read_questions(written(tmp_path, value, "set.json"))


def test_drafts_ask_for_a_date_a_number_or_a_name() -> None:
    drafts = draft_questions([STORY], 10)
    assert [draft.answers for draft in drafts] == [("17 October 2018",), ("4,000",), ("José Martínez Ruiz",)]
    assert drafts[1].text == (
        'Which number is missing: "About ____ people had by then crossed the river into the next country."'
    )
    for draft in drafts:
        (span,) = draft.evidence
        assert (STORY.text[span.start : span.end],) == draft.answers


def test_the_same_seed_drafts_the_same_questions() -> None:
    assert draft_questions([STORY], 2, seed=3) == draft_questions([STORY], 2, seed=3)
    assert len(draft_questions([STORY], 2, seed=3)) == 2


def test_drafts_are_written_as_drafts_and_not_asked_until_confirmed(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    write_questions(path, draft_questions([STORY], 10))
    confirmed = path.read_text(encoding="utf-8").replace(', "draft": true', "", 1)
    read = read_questions(written(tmp_path, confirmed))
    assert (len(read.questions), read.drafts) == (1, 2)

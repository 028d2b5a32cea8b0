"""Reading question sets: JSON Lines, SQuAD's JSON (1.1 and 2.0) and CSV; one bad line costs only itself."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from index.errors import InputError, cause_of
from index.reading.whole import bytes_of
from qa.evaluation.questions import Question, QuestionError, QuestionSet, SetProblem, Span
from qa.evaluation.saving import write_text

Texts = Mapping[str, str]
"""The library's articles: id to text."""

_NO_CSV = "cannot be read as CSV ({}); close every quotation mark and shorten what is too long"


@dataclass(frozen=True)
class _Entry:
    """A question of a file or the reason why it is none, and its place in the file."""

    place: str
    question: Question | None = None
    error: str = ""


def read_questions(path: Path, articles: Texts | None = None) -> QuestionSet:
    """The questions of a file: SQuAD's JSON where its name ends in .json, CSV in .csv, else JSON Lines.

    With ``articles``, questions that name one the library does not have, or a span outside its text, are left out
    with a sentence each. SQuAD names no articles, so it needs them to find where its paragraphs stand.

    Raises InputError: there is no such file, it cannot be read, or no question of it can be asked.
    """
    content = _content(path)
    if path.suffix.lower() == ".json":
        entries = _squad(path, content, articles)
    elif path.suffix.lower() == ".csv":
        entries = _csv(path, content)
    else:
        entries = _json_lines(content)
    return _checked(path, entries, articles)


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    """Writes a question set as JSON Lines, in place of what was there.

    Raises InputError: the file cannot be written.
    """
    lines = "".join(json.dumps(question.to_json(), ensure_ascii=False) + "\n" for question in questions)
    write_text(path, lines)


def _content(path: Path) -> bytes:
    try:
        content = bytes_of(path)
    except OSError as error:
        raise InputError(f"The question set {path} cannot be read: {cause_of(error)}; check its name.") from error
    if not content.strip():
        raise InputError(f"The question set {path} is empty; write one JSON object with a question per line.")
    return content.removeprefix(b"\xef\xbb\xbf")


def _checked(path: Path, entries: Iterable[_Entry], articles: Texts | None) -> QuestionSet:
    questions: list[Question] = []
    problems: list[SetProblem] = []
    places: dict[str, str] = {}
    drafts = 0
    for entry in entries:
        error = entry.error
        if entry.question is not None:
            error = _fault(entry.question, places, articles)
            if not error:
                places[entry.question.id] = entry.place
                drafts += entry.question.draft
                if not entry.question.draft:
                    questions.append(entry.question)
        if error:
            problems.append(SetProblem(path, entry.place, error))
    if not questions:
        reason = str(problems[0]) if problems else "All of them are drafts; confirm one by removing its draft mark."
        raise InputError(f"The question set {path} holds no question to ask. {reason}")
    return QuestionSet(tuple(questions), tuple(problems), drafts)


def _fault(question: Question, places: Mapping[str, str], articles: Texts | None) -> str:
    """Returns why a question cannot be asked, by the ids before it and the library's articles; empty where it can."""
    if question.id in places:
        return f'the id "{question.id}" was already used on {places[question.id]}; give every question its own'
    if articles is None or question.must_be_refused:
        return ""
    named = [*question.articles, *(span.article_id for span in question.evidence)]
    for article_id in named:
        if article_id not in articles:
            return f'there is no article "{article_id}" in the library; add it or correct the name'
    for span in question.evidence:
        length = len(articles[span.article_id])
        if span.end > length:
            return f'the evidence {span.start} to {span.end} lies outside "{span.article_id}", which ends at {length}'
    return ""


def _json_lines(content: bytes) -> Iterator[_Entry]:
    # Split on the line feed alone: str.splitlines would also cut inside a string at U+2028.
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            yield _Entry(place, Question.from_json(json.loads(line.decode("utf-8"))))
        except json.JSONDecodeError as error:
            yield _Entry(place, error=f"this is not JSON ({error.msg} at column {error.colno}); correct or remove it")
        except UnicodeDecodeError as error:
            yield _Entry(place, error=f"byte {error.start + 1} is not UTF-8; save the file in UTF-8")
        except (RecursionError, ValueError) as error:
            yield _Entry(place, error=f"this cannot be read as JSON ({_reason(error)}); correct or remove it")
        except QuestionError as error:
            yield _Entry(place, error=str(error))


def _reason(error: RecursionError | ValueError) -> str:
    """Returns why valid JSON cannot be read as a question set."""
    return "it is nested too deep" if isinstance(error, RecursionError) else "a number in it is too long"


def _csv(path: Path, content: bytes) -> Iterator[_Entry]:
    """Columns by name: question, answer, and where wanted article, id, kind; an empty answer asks for a refusal."""
    text = _decoded(path, content)
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise InputError(f"The question set {path} {_NO_CSV.format(error)}.") from error
    for name in ("question", "answer"):
        if name not in columns:
            raise InputError(f'The question set {path} has no column "{name}"; name its columns in the first line.')
    first = reader.line_num + 1
    try:
        for cells in reader:
            # A cell in quotation marks may run over several lines: a row is named by its first.
            place, first = f"line {first}", reader.line_num + 1
            if any(cell.strip() for cell in cells):
                yield _row(place, dict(zip(columns, map(str.strip, cells), strict=False)))
    except csv.Error as error:
        yield _Entry(f"line {first}", error=f"from here on the file {_NO_CSV.format(error)}")


def _row(place: str, row: Mapping[str, str]) -> _Entry:
    answer, article = row.get("answer"), row.get("article")
    data = {
        "id": row.get("id") or place.replace(" ", "-"),
        "question": row.get("question"),
        "answers": [answer] if answer else [],
        "articles": [article] if article else [],
        "kind": row.get("kind") or ("fact" if answer else "unanswerable"),
    }
    try:
        return _Entry(place, Question.from_json(data))
    except QuestionError as error:
        return _Entry(place, error=str(error))


def _squad(path: Path, content: bytes, articles: Texts | None) -> Iterator[_Entry]:
    """The format of Rajpurkar et al., "SQuAD: 100,000+ Questions", 2016, and "Know What You Don't Know", 2018.

    A paragraph stands in whichever article of the library holds it word for word.
    """
    try:
        topics = json.loads(_decoded(path, content))["data"]
        paragraphs = [(topic["title"], paragraph) for topic in topics for paragraph in topic["paragraphs"]]
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path}, line {error.lineno}: this is not JSON ({error.msg} at column {error.colno}); "
            "a question set of one JSON object per line is to be named .jsonl."
        ) from error
    except (RecursionError, ValueError) as error:
        raise InputError(f"{path} cannot be read as JSON ({_reason(error)}); correct it.") from error
    except (KeyError, TypeError) as error:
        raise InputError(f'{path} is not in SQuAD format: "data" with "title" and "paragraphs" is missing.') from error
    for number, (title, paragraph) in enumerate(paragraphs, start=1):
        place = f'paragraph {number} ("{title}")'
        match paragraph:
            case {"context": str(context), "qas": list(qas)}:
                yield from _paragraph(place, context, qas, articles)
            case _:
                yield _Entry(place, error='"context" or "qas" is missing; see the SQuAD format')


def _paragraph(place: str, context: str, qas: Sequence[Any], articles: Texts | None) -> Iterator[_Entry]:
    where = Span("", 0, 0)
    if articles is not None:
        found = _find(context, articles)
        if found is None:
            yield _Entry(
                place,
                error="no article of the library holds it; its questions are left out, add the article",
            )
            return
        where = found
    for qa in qas:
        try:
            yield _Entry(place, Question.from_json(_squad_question(qa, context, where)))
        except QuestionError as error:
            yield _Entry(place, error=str(error))


def _find(context: str, articles: Texts) -> Span | None:
    for article_id, text in articles.items():
        start = text.find(context)
        if start >= 0:
            return Span(article_id, start, start + len(context))
    return None


def _squad_question(qa: Any, context: str, where: Span) -> dict[str, Any]:
    if not isinstance(qa, dict):
        raise QuestionError('an entry of "qas" is not an object; see the SQuAD format')
    data = {"id": qa.get("id"), "question": qa.get("question")}
    if qa.get("is_impossible"):
        return data | {"kind": "unanswerable"}
    # Several annotators answered; the first one's span is the evidence, any one's words are right.
    match qa.get("answers"):
        case [{"text": str(text), "answer_start": int(start)}, *others]:
            words = [text, *(other["text"] for other in others if isinstance(other, dict) and "text" in other)]
        case _:
            raise QuestionError(f'the question "{qa.get("id")}" has no answers; give one or mark it "is_impossible"')
    if context[start : start + len(text)] != text:
        raise QuestionError(f'the answer "{text}" does not stand at {start} of its paragraph; correct "answer_start"')
    data["answers"] = list(dict.fromkeys(words))
    if where.article_id:
        data["articles"] = [where.article_id]
        data["evidence"] = [Span(where.article_id, where.start + start, where.start + start + len(text)).to_json()]
    return data


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}, line {line}: this is not UTF-8; save the file in UTF-8.") from error

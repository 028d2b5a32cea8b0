"""Questions that ask several things: what they are made of, and the answer joined of theirs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import Typist, library_of

from index.library import Library
from qa.assistant import Assistant
from qa.joining import joined
from qa.prompts import REFUSAL, UNANSWERED
from qa.question.parts import parts
from qa.records import Answer, Support

ARTICLES = {
    "mill.txt": "Mill closes\n\nThe mill of Aldmoor closed on Tuesday. Its owner Ana Ruiz blames the price of grain.",
    "river.txt": "Low water\n\nThe miller Per Holm says that the low river stopped the mill of Aldmoor.",
}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who was she? What did she do?", ("Who was she?", "What did she do?")),
        (
            "How long did the strike last and was anyone hurt?",
            ("How long did the strike last?", "was anyone hurt?"),
        ),
        (
            "What do the union, the owner and Ana Ruiz each want?",
            ("What does the union want?", "What does the owner want?", "What does Ana Ruiz want?"),
        ),
        (
            "Where did Ana Ruiz and Per Holm stand on it?",
            ("Where did Ana Ruiz stand on it?", "Where did Per Holm stand on it?"),
        ),
    ],
)
def test_a_question_is_parted_where_it_asks_several_things(question: str, expected: tuple[str, ...]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "When and where did the mill close?",
        "Which parties have seats, and how many each?",
        "Who owns the mill and the bakery?",
        "Did Ana Ruiz and Per Holm meet?",
        "Who led the inquiry and was criticised by the union?",
        "What did the U.S. and Mexico agree on?",
        "Is it true that the mill closed, and why?",
        "mill aldmoor closed",
    ],
)
def test_a_question_that_asks_one_thing_stays_whole(question: str) -> None:
    assert parts(question) == (question,)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, ARTICLES)


def test_each_part_is_answered_with_citations_numbered_through(library: Library) -> None:
    assistant = Assistant(
        library, lambda: Typist("The mill of Aldmoor closed on Tuesday."), "typist", reads_ahead=False
    )
    answer = assistant.answer("When was the mill of Aldmoor closed, and why was the mill of Aldmoor closed?")
    assistant.close()
    assert answer.answered
    assert answer.llm_calls == 2
    assert answer.text == "The mill of Aldmoor closed on Tuesday. The mill of Aldmoor closed on Tuesday."
    assert [answer.text[s.start : s.end] for s in answer.sentences] == [s.text for s in answer.sentences]
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len({(c.article_id, c.start) for c in answer.citations}) == len(answer.citations), "cited once"


def test_what_two_parts_quote_is_quoted_once() -> None:
    def told(*sentences: tuple[str, Support]) -> Answer:
        answer = Answer("When and how many?", "When and how many?", stage="done", outcome="answered")
        for text, support in sentences:
            answer = answer.followed_by(text, support, ())
        return answer

    first = told(("“It closes in March.”", "quoted"), ("It has a chimney.", "supported"))
    second = told(("“It closes in March.”", "quoted"), ("334 work there.", "supported"), ("“It is old.”", "quoted"))
    whole = joined(first, [first, second], complete=True)
    assert whole.text == "“It closes in March.” It has a chimney. 334 work there. “It is old.”"
    assert [whole.text[s.start : s.end] for s in whole.sentences] == [s.text for s in whole.sentences]


def test_what_follows_a_list_stands_on_a_line_of_its_own() -> None:
    empty = Answer("Which, and when?", "Which, and when?", stage="done", outcome="answered")
    members = empty.followed_by("- Holm", "supported", ()).followed_by("- Aldmoor", "supported", ())
    day = empty.followed_by("On Monday.", "supported", ())
    whole = joined(empty, [members, day, replace(empty, outcome="not found")], complete=True)
    assert whole.text == f"- Holm\n- Aldmoor\nOn Monday. {UNANSWERED.format(question=empty.question)}"
    assert [whole.text[s.start : s.end] for s in whole.sentences] == ["- Holm", "- Aldmoor", "On Monday."]
    again = joined(empty, [day, members], complete=True)
    assert again.text == "On Monday.\n- Holm\n- Aldmoor"


def test_a_part_that_is_not_found_is_told_to_be_missing(library: Library) -> None:
    assistant = Assistant(
        library, lambda: Typist("The mill of Aldmoor closed on Tuesday."), "typist", reads_ahead=False
    )
    answer = assistant.answer("When was the mill of Aldmoor closed? How many goals did Brazil score?")
    assert answer.answered
    assert answer.text.endswith(UNANSWERED.format(question="How many goals did Brazil score?"))
    neither = assistant.answer("Who won in Brazil? How many goals did Argentina score?")
    assistant.close()
    assert (neither.outcome, neither.text) == ("not found", REFUSAL)

from __future__ import annotations

import pytest

from qa.question.followups import standalone
from qa.records import Turn

MONTES = Turn("Who is José Luis Montes?", "José Luis Montes was deported on Wednesday.")
MAYOR = Turn("Who is the mayor?", "Petra Lindqvist is the mayor of Harrowmere.")
RATE = Turn("What was the unemployment rate in April?", "It was 4.9 percent.")


@pytest.mark.parametrize(
    ("question", "history", "searched"),
    [
        ("How old is he?", [MONTES], "How old is José Luis Montes?"),
        ("What is her age?", [MAYOR], "What is Petra Lindqvist’s age?"),
        ("What did they ask of him?", [MONTES, RATE], "What did they ask of José Luis Montes?"),
        ("And in May?", [RATE], "What was the unemployment rate in May?"),
        ("Why?", [RATE], "Why? — What was the unemployment rate in April?"),
        ("Is it rising?", [RATE], "Is it rising? — What was the unemployment rate in April?"),
    ],
)
def test_a_follow_up_takes_what_it_leaves_unsaid_from_before(question: str, history: list[Turn], searched: str) -> None:
    assert standalone(question, history) == searched


@pytest.mark.parametrize(
    ("question", "history"),
    [
        ("How old is he?", []),
        ("How old is Ana Ruiz?", [MONTES]),
        ("How many people were evacuated because of the flood?", [MONTES]),
    ],
)
def test_a_question_that_stands_alone_stays_as_it_is(question: str, history: list[Turn]) -> None:
    assert standalone(question, history) == question

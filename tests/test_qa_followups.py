from __future__ import annotations

import pytest
from fakes import library_of

from index.library import Library
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


NEWS = {
    "mayor": "Harrowmere has a mayor\n\nPetra Lindqvist is the mayor of Harrowmere. She kept the library open and "
    "lost a vote on the tram.",
    "bridge": "Bridge over the Wend\n\nThe bridge over the Wend closed on Monday after the flood. Repairs of the "
    "bridge will cost two million crowns. The council voted for a loan.",
    "ferry": "Ferry sinks off Skarn\n\nThe ferry sank off Skarn in the night. Forty people were evacuated, and "
    "three people died. The company said it had no warning.",
    "jobs": "Jobless rate falls\n\nThe unemployment rate in April was 4.9 percent. Farms hired more people.",
}
BRIDGE = Turn("What was closed on Monday?", "The bridge over the Wend closed on Monday after the flood.")
FERRY = Turn("Where did the ferry sink?", "The ferry sank off Skarn in the night.")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("news"), {f"{name}.txt": text for name, text in NEWS.items()})


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("How many people were evacuated?", MAYOR),
        ("When did the bridge close?", MAYOR),
        ("Did the council say how it voted?", MAYOR),
        ("Did the company say it had warning?", MAYOR),
        ("Who owns the ferry that sank off the coast?", MAYOR),
        ("Why did Petra Lindqvist lose her vote?", BRIDGE),
        ("Which farms hired people they needed?", BRIDGE),
        ("What became of those who were evacuated in the night?", BRIDGE),
        ("So how many people died on the ferry?", BRIDGE),
        ("What was the unemployment rate?", FERRY),
        ("Who is the mayor?", FERRY),
        ("Who voted for a loan?", FERRY),
        ("Who died on Monday?", MAYOR),
        ("How long does it take to repair a bridge?", MAYOR),
    ],
)
def test_a_question_that_stands_alone_is_searched_as_typed_after_an_unrelated_one(
    question: str, before: Turn, library: Library
) -> None:
    assert standalone(question, [before], library) == question


@pytest.mark.parametrize(
    ("question", "before", "searched"),
    [
        ("Why?", BRIDGE, f"Why? — {BRIDGE.question}"),
        ("How many died?", FERRY, f"How many died? — {FERRY.question}"),
        ("Was anybody evacuated?", FERRY, f"Was anybody evacuated? — {FERRY.question}"),
        ("What will the repairs cost?", BRIDGE, f"What will the repairs cost? — {BRIDGE.question}"),
        ("And who voted for the loan?", BRIDGE, f"who voted for the loan? — {BRIDGE.question}"),
        ("Did the company say it had warning?", FERRY, f"Did the company say it had warning? — {FERRY.question}"),
        ("Who built that bridge?", BRIDGE, f"Who built that bridge? — {BRIDGE.question}"),
        ("Was it old?", BRIDGE, f"Was it old? — {BRIDGE.question}"),
        ("What did she lose?", MAYOR, "What did Petra Lindqvist lose?"),
        ("And in May?", RATE, "What was the unemployment rate in May?"),
        ("Who took over from her?", MAYOR, "Who took over from Petra Lindqvist?"),
        ("Were they warned?", FERRY, f"Were they warned? — {FERRY.question}"),
    ],
)
def test_a_follow_up_goes_on_with_the_question_before_whatever_the_library_holds(
    question: str, before: Turn, searched: str, library: Library
) -> None:
    assert standalone(question, [before], library) == searched


@pytest.mark.parametrize(
    ("asked", "question", "searched"),
    [
        (["What was closed on Monday?", "Why?"], "Since when?", "Since when? — What was closed on Monday?"),
        (
            ["What was closed on Monday?", "Why?", "Is it old?"],
            "Who says so?",
            "Who says so? — What was closed on Monday?",
        ),
        (["What was closed on Monday?", "Who said so?"], "Why?", "Why? — What was closed on Monday?"),
        (["What was the rate in March?", "And in April?"], "And in May?", "What was the rate in May?"),
    ],
)
def test_a_row_of_follow_ups_is_about_what_its_first_question_is(
    asked: list[str], question: str, searched: str, library: Library
) -> None:
    assert standalone(question, [Turn(each, "It is said in the articles.") for each in asked], library) == searched

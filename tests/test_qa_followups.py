from __future__ import annotations

import pytest
from fakes import library_of

from index.library import Library
from qa.question.followups import in_context, standalone
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


def test_a_summary_of_an_open_article_has_no_words_for_the_question_after_it() -> None:
    summary = Turn("Summarise this article", "The organ is back. It cost 1.3 million euros.")
    assert standalone("Wie viele Menschen mussten ihre Häuser verlassen?", [summary]) == (
        "Wie viele Menschen mussten ihre Häuser verlassen?"
    )
    assert standalone("And the flood?", [summary]) == "And the flood?"
    flood = Turn("Summarise the flood in Aldmoor", "It rained.")
    assert standalone("And the dead?", [flood]) == "the dead? — Summarise the flood in Aldmoor"


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
        ("Why did the farm in the valley hire the people who built its bridge?", MAYOR),
        ("Did the goalkeeper from Aldmoor know that her team had lost?", MAYOR),
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


HERE = Turn("When did the bridge close?", "It closed on Monday.")


@pytest.mark.parametrize(
    ("question", "before", "searched"),
    [
        ("Was it old?", HERE, "Was the bridge old?"),
        ("What became of the man before her?", MAYOR, "What became of the man before Petra Lindqvist?"),
        ("What are its arches made of?", HERE, "What are the bridge’s arches made of?"),
        ("Were they warned?", HERE, f"Were they warned? — {HERE.question}"),
        ("Was it old?", Turn("When did the zeppelin land?", "On Monday."), "Was it old? — When did the zeppelin land?"),
        ("How much did it cost?", Turn("Who closed the bridge?", "It is said in the articles."), None),
    ],
)
def test_what_a_question_was_about_stands_for_it_where_the_articles_name_it_so(
    question: str, before: Turn, searched: str | None, library: Library
) -> None:
    assert standalone(question, [before], library) == (searched or f"{question} — {before.question}")


def test_the_second_of_two_questions_names_what_the_first_is_about(library: Library) -> None:
    assert in_context("how much will it cost?", [HERE], library) == "how much will the bridge cost?"


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the bridge",
        "Can you summarise the flood and its causes?",
        "A timeline of the ferry",
        "Compare the ferry with the bridge",
        "Summarise the articles",
        "Summarise everything",
        "Fasse die Flut zusammen",
        "Zusammenfassung der Flut",
        "Fasse alles zusammen",
        "Resume la inundación",
        "Una cronología de la inundación",
        "Résume l’inondation",
        "Un résumé de l’inondation",
    ],
)
def test_a_longer_answer_is_asked_for_alone_where_it_says_of_what(question: str, library: Library) -> None:
    assert standalone(question, [HERE], library) == question


@pytest.mark.parametrize(
    ("before", "question", "searched"),
    [
        (HERE, "Summarise it", f"Summarise “{HERE.question}”"),
        (HERE, "And a timeline?", f"“{HERE.question}” timeline?"),
        (HERE, "Compare that with the ferry", f"Compare “{HERE.question}” with the ferry"),
        (MONTES, "Summarise his life", "Summarise José Luis Montes’s life"),
        (Turn("Summarise the flood", "The bridge closed."), "A timeline of it", "A timeline of the flood"),
        (Turn("Wo war die Flut?", "In Harrowmere."), "Fasse das zusammen", "Fasse “Wo war die Flut?” zusammen"),
        (
            Turn("Wo war die Flut?", "In Harrowmere."),
            "Fasse ihre Folgen zusammen",
            "Fasse ihre Folgen — “Wo war die Flut?” zusammen",
        ),
        (Turn("¿Dónde fue la inundación?", "En Harrowmere."), "Resúmelo", "Resúme “¿Dónde fue la inundación?”"),
        (Turn("¿Dónde fue la inundación?", "En Harrowmere."), "Resume eso", "Resume “¿Dónde fue la inundación?”"),
        (Turn("Où était l’inondation ?", "À Harrowmere."), "Résume-le", "Résume “Où était l’inondation ?”"),
        (
            Turn("Où était l’inondation ?", "À Harrowmere."),
            "Résume ses causes",
            "Résume ses causes — “Où était l’inondation ?”",
        ),
    ],
)
def test_a_longer_answer_is_about_what_stands_before_where_its_topic_points_there(
    before: Turn, question: str, searched: str, library: Library
) -> None:
    assert standalone(question, [before], library) == searched

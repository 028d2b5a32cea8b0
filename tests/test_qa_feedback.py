"""What readers found unhelpful, as questions of a question set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.records import Hit, Passage
from index.store.readers.conversations import Conversations, Feedback
from index.store.sqlite.database import Database
from qa.evaluation.feedback import NOT_SAID, feedback_questions
from qa.evaluation.question_files import read_questions
from qa.evaluation.questions import Question
from qa.kept.history import answer_to_text
from qa.records import Answer, Citation, Turn


@pytest.fixture
def kept(tmp_path: Path) -> Conversations:
    return Conversations(Database(tmp_path / "library.sqlite"))


def answered(kept: Conversations, question: str, text: str, conversation: int | None = None) -> tuple[int, int]:
    cited = Citation(1, "harbour", "Harbour", None, None, 0, 9, "Reopened.", "ab")
    conversation, turn = kept.ask(conversation, question)
    answer = Answer(question, question, stage="done", outcome="answered", text=text, citations=(cited, cited))
    kept.save(turn, "done", answer_to_text(answer))
    return conversation, turn


def questions(kept: Conversations) -> list[Question]:
    return list(feedback_questions(kept))


def test_a_corrected_answer_is_what_the_question_expects_after_the_same_turns(kept: Conversations) -> None:
    conversation, first = answered(kept, "Who kept the lighthouse?", "Ana Ruiz.")
    kept.rate(first, Feedback(True))
    _, second = answered(kept, "How long?", "Ten years.", conversation)
    kept.rate(second, Feedback(False, "It is wrong", "thirty years"))
    answered(kept, "And then?", "She left.", conversation)
    (question,) = questions(kept)
    assert question == Question(
        id=f"feedback-{second}",
        text="How long?",
        answers=("thirty years",),
        history=(Turn("Who kept the lighthouse?", "Ana Ruiz."),),
        extra={"given": "Ten years.", "reason": "It is wrong"},
    )


def test_what_the_articles_do_not_say_must_be_refused(kept: Conversations) -> None:
    _, turn = answered(kept, "Who paid?", "The town.")
    kept.rate(turn, Feedback(False, NOT_SAID))
    (question,) = questions(kept)
    assert (question.kind, question.draft, question.must_be_refused) == ("unanswerable", False, True)


def test_one_without_a_correction_is_a_draft_with_the_articles_it_rested_on(kept: Conversations) -> None:
    _, turn = answered(kept, "Who paid?", "The town.")
    kept.rate(turn, Feedback(False))
    _, refused = kept.ask(None, "Why?")
    hits = tuple(Hit(Passage(name, 0, 9, "Reopened."), 0.5, 0.5, 1.0, ()) for name in ("pier", "pier", "bay"))
    kept.save(refused, "done", answer_to_text(Answer("Why?", "Why?", stage="done", text="No.", also_searched=hits)))
    kept.rate(refused, Feedback(False, "It should have answered"))
    first, second = questions(kept)
    assert (first.draft, first.articles, first.answers) == (True, ("harbour",), ())
    assert (second.draft, second.articles) == (True, ("pier", "bay"))


def test_the_lines_are_a_question_set(kept: Conversations, tmp_path: Path) -> None:
    for question, feedback in [
        ("one?", Feedback(False, "", "1")),
        ("two?", Feedback(False, NOT_SAID)),
        ("three?", Feedback(False)),
    ]:
        _, turn = answered(kept, question, "Something.")
        kept.rate(turn, feedback)
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(question.to_json()) + "\n" for question in questions(kept)))
    read = read_questions(path)
    assert [question.text for question in read.questions] == ["one?", "two?"]
    assert (read.drafts, read.problems) == (1, ())

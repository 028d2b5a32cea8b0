"""Makes questions for a question set of the answers that readers marked as unhelpful."""

from __future__ import annotations

from collections.abc import Iterator

from index.store.readers.conversations import Conversations, StoredTurn
from qa.evaluation.questions import Question
from qa.kept.history import answer_from_text
from qa.records import Turn

NOT_SAID = "The articles do not say it"
REASONS = ("It is wrong", "Something is missing", "The quotation does not show it", NOT_SAID, "It should have answered")
"""What a reader can say is wrong with an answer."""


def feedback_questions(conversations: Conversations) -> Iterator[Question]:
    """The questions whose answers were found unhelpful, oldest first, each with the answered turns before it.

    Where the reader gave the right answer, it becomes the question's; where they said that the articles do not say it,
    the question must be refused. Any other is a draft with the articles cited, or found, for a person to complete.
    """
    for turn in conversations.rated():
        if turn.feedback is None or turn.feedback.good or turn.answer is None:
            continue
        answer = answer_from_text(turn.answer)
        corrected, reason = turn.feedback.corrected, turn.feedback.reason
        is_settled = bool(corrected) or reason == NOT_SAID
        searched = [citation.article_id for citation in answer.citations]
        searched = searched or [hit.passage.article_id for hit in answer.also_searched]
        yield Question(
            id=f"feedback-{turn.id}",
            text=turn.question,
            kind="fact" if corrected or reason != NOT_SAID else "unanswerable",
            answers=(corrected,) if corrected else (),
            articles=() if is_settled else tuple(dict.fromkeys(searched)),
            history=tuple(_before(turn, conversations)),
            draft=not is_settled,
            extra={"given": answer.text, "reason": reason},
        )


def _before(turn: StoredTurn, conversations: Conversations) -> Iterator[Turn]:
    """Yields the turns of the same conversation that came before ``turn`` and were answered."""
    for earlier in conversations.turns(turn.conversation_id):
        if earlier.id < turn.id and earlier.answer is not None:
            answer = answer_from_text(earlier.answer)
            if answer.answered:
                yield Turn(earlier.question, answer.text)

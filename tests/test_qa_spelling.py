"""Words of a question that stand in no article, and what they are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

from qa.question.spelling import respelled

ARTICLES = {
    "bridge.txt": "A bridge for Hest\n\nThe bridge to Hest would cost 1.4 billion euros, minister Oskar Fennell said. "
    "The estimate of the ministry was published in a consultation paper.\n",
}


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        ("what would the brigde cost", "what would the bridge cost"),
        ("Who wrote the consultatoin paper?", "Who wrote the consultation paper?"),
        ("What did Oskar Fenell say?", "What did Oskar Fennell say?"),
        ("What did the minister say?", "What did the minister say?"),  # stands in the articles
        ("How long is the tunnel?", "How long is the tunnel?"),  # like no word of theirs
        ("Who is the bride?", "Who is the bride?"),  # a word, if not of theirs
        ("Who is Hess?", "Who is Hess?"),  # a short name may be another's
    ],
)
def test_a_word_of_no_article_is_read_as_one_much_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, searched: str
) -> None:
    library = library_of(tmp_path, ARTICLES)
    monkeypatch.setattr(library.embedder, "count_tokens", lambda text: 1 if text in ("tunnel", "costs", "bride") else 2)
    assert respelled(asked, library) == searched

"""The functions that programs may call on a library, the same over HTTP and over the Model Context Protocol."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.errors import EMPTY_LIBRARY, InputError
from index.library import Library
from index.records import Wanted
from qa.corrections.links import corrected
from qa.lookup.quotes import find_quote
from qa.question.checked import checked_question

if TYPE_CHECKING:
    from qa.assistant import Assistant

MOST_HITS, MOST_LISTED = 100, 1000
"""Passages that one search gives a program, and articles that one list does. Round, not fitted."""


class Functions:
    """The functions over one library; their docstrings are what programs are told of them."""

    def __init__(self, library: Library, assistant: Assistant) -> None:
        self._library = library
        self._assistant = assistant

    def ask(self, question: str) -> dict[str, Any]:
        """Answer a question from the articles, with the sentence of an article that proves each sentence of the answer.

        Args:
            question: What you want to know, at most 2,000 characters.

        Returns:
            The answer with its citations, as `byline ask --json` prints it; `answered` is false where the articles do
            not say.
        """
        return self._assistant.answer(question).to_json()

    def quote(self, text: str) -> dict[str, Any]:
        """Find where a quotation comes from: exact, altered (and how), or absent.

        Args:
            text: The quotation.

        Returns:
            The verdict and the places in the articles, as `byline quote --json` prints them.
        """
        self._check_filled()
        return find_quote(text, self._library).to_json()

    def search(self, question: str, k: int = 10) -> list[dict[str, Any]]:
        """Find the passages of the articles that fit a question best, without a language model.

        Args:
            question: What to look for.
            k: How many passages, 1 to 100.

        Returns:
            The passages, best first, each with its article and its place in the article's text.
        """
        if not 1 <= k <= MOST_HITS:
            raise InputError(f"{k} passages cannot be given; ask for 1 to {MOST_HITS}.")
        self._check_filled()
        return [
            {
                "article": hit.passage.article_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "pages": self._library.article(hit.passage.article_id).pages_of(hit.passage.start, hit.passage.end),
                "text": hit.passage.text,
                "score": round(hit.score, 4),
            }
            for hit in self._library.search(checked_question(question), k)
        ]

    def articles(self, words: str = "", limit: int = MOST_HITS, skip: int = 0) -> dict[str, Any]:
        """List articles, the newest first.

        Args:
            words: What all stands in the headline, outlet or id; empty for every article.
            limit: At most so many.
            skip: Pass over so many first.

        Returns:
            The articles without their texts, and how many fit.
        """
        page = self._library.listed(Wanted(tuple(words.split())), skip, limit)
        return {"articles": [asdict(listing) for listing in page.listings], "fitting": page.fitting}

    def article(self, id: str) -> dict[str, Any]:
        """Read an article of the library.

        Args:
            id: The article's id, as the other functions give it.

        Returns:
            Its headline, outlet, date, address, its text, into which all offsets count, and the ids of the articles
            that it corrects or that correct it.
        """
        found = self._library.article(id)
        return {**asdict(found), "sha256": found.sha256, **corrected(found, self._library).to_json()}

    def _check_filled(self) -> None:
        """Raises InputError: the library is empty, so that nothing found would say nothing of the articles."""
        if self._library.is_empty:
            raise InputError(EMPTY_LIBRARY)

"""What programs may call by name, through gradio_client or, with ``--mcp``, as tools of the Model Context Protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from typing import Any

from index.errors import BylineError, FailedError, InputError
from qa.quotes import find_quote
from ui.page.views import MOST_AT_ONCE, Desk
from ui.quick_gradio import gr

_MOST_HITS = 100


def add_functions(desk: Desk) -> None:
    """Names the functions; every other event of the page is private."""
    library, assistant = desk.library, desk.assistant

    def ask(question: str) -> dict[str, Any]:
        """Answer a question from the articles, with the sentence of an article that proves each sentence of the answer.

        Args:
            question: What you want to know, at most 2,000 characters.

        Returns:
            The answer with its citations, as `byline ask --json` prints it; `answered` is false where the articles do
            not say.
        """
        return assistant.answer(question).to_json()

    def quote(text: str) -> dict[str, Any]:
        """Find where a quotation comes from: exact, altered (and how), or absent.

        Args:
            text: The quotation.

        Returns:
            The verdict and the places in the articles, as `byline quote --json` prints them.
        """
        return find_quote(text, library).to_json()

    def search(question: str, k: int = 10) -> list[dict[str, Any]]:
        """Find the passages of the articles that fit a question best, without a language model.

        Args:
            question: What to look for.
            k: How many passages, 1 to 100.

        Returns:
            The passages, best first, each with its article and its place in the article's text.
        """
        if not 1 <= k <= _MOST_HITS:
            raise InputError(f"{k} passages cannot be given; ask for 1 to {_MOST_HITS}.")
        return [
            {
                "article": hit.passage.article_id,
                "start": hit.passage.start,
                "end": hit.passage.end,
                "text": hit.passage.text,
                "score": round(hit.score, 4),
            }
            for hit in library.search(question, k)
        ]

    def article(id: str) -> dict[str, Any]:
        """Read an article of the library.

        Args:
            id: The article's id, as the other functions give it.

        Returns:
            Its headline, outlet, date, address, and its text, into which all offsets count.
        """
        found = library.article(id)
        return {**asdict(found), "sha256": found.sha256}

    for function, most in ((ask, MOST_AT_ONCE), (quote, 4), (search, 4), (article, 4)):
        gr.api(_told(function), api_name=function.__name__, concurrency_limit=most)


def answer_in_json(page: gr.Blocks) -> None:
    """Lets the served page's MCP tools answer in JSON: Gradio writes what a function returns in Python's notation.

    Raises FailedError: Gradio could not make tools of the functions.
    """
    server = page.mcp_server_obj
    if server is None:
        raise FailedError(f"The functions cannot be offered as MCP tools ({page.mcp_error}); leave out --mcp.")

    def as_json(results: Sequence[Any], _: str) -> list[Any]:
        return [server.types.TextContent(type="text", text=json.dumps(r, ensure_ascii=False)) for r in results]

    server.postprocess_output_data = as_json


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with what it is told by an error handed on in words."""

    @wraps(function)
    def told(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except BylineError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return told

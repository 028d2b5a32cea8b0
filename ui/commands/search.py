"""The command that searches by words, without any model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from index.errors import InputError
from index.records import Article, Passage
from ui.commands.chosen import note_empty, open_library
from ui.commands.given import given
from ui.commands.output import note, print_json, say, terminal_safe
from ui.commands.restricting import ArticlesOption, Outlets, Since, Until, restriction


def search(
    words: Annotated[str, typer.Argument(help='Words; those in "quotation marks" are searched for as they stand.')],
    since: Since = None,
    until: Until = None,
    outlet: Outlets = None,
    article: ArticlesOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Show so many passages at the most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print the passages as JSON.")] = False,
) -> None:
    """Show the passages that hold some words, best first; no model is asked."""
    from qa.lookup.plain_search import passages_with, words_sought

    library = open_library()
    asked = given(words)
    terms = words_sought(asked)
    if not terms:
        raise InputError("No word was given to search for; give one with: byline search WORDS")
    found, articles = passages_with(asked, library, restriction(library, since, until, outlet, article))
    shown = [(passage, articles[passage.article_id]) for passage in found[:limit]]
    if as_json:
        print_json([_json(passage, of, terms) for passage, of in shown])
        return
    if library.is_empty:
        note_empty()
    elif not shown:
        note("No article holds these words.")
    for number, (passage, of) in enumerate(shown, 1):
        say(_hit_lines(number, passage, of, terms), styled=True)


def _hit_lines(number: int, passage: Passage, article: Article, terms: Sequence[str]) -> str:
    """A passage below its source, with its words marked as a terminal marks them."""
    from qa.text.forms import form_spans
    from ui.html.markup import below_headline, page_words, plain_date, source_line

    pages = page_words(article.pages_of(passage.start, passage.end))
    source = source_line(article.title, article.outlet, plain_date(article.published), pages)
    text, marked, reached = below_headline(passage.text, article.title), "", 0
    for start, end in form_spans(text, terms):
        marked += terminal_safe(text[reached:start]) + typer.style(terminal_safe(text[start:end]), bold=True)
        reached = end
    marked += terminal_safe(text[reached:])
    lines = "\n    ".join(line for line in marked.splitlines() if line.strip())
    return f"[{number}] {terminal_safe(source)} ({article.id} {passage.start}-{passage.end})\n    {lines}"


def _json(passage: Passage, article: Article, terms: Sequence[str]) -> dict[str, Any]:
    from qa.text.forms import form_spans

    words = [[passage.start + start, passage.start + end] for start, end in form_spans(passage.text, terms)]
    return {
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "page": article.page_at(words[0][0] if words else passage.start),
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "words": words,
    }

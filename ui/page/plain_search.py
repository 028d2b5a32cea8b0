"""The Search view: passages that hold some words, best first; no model is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.errors import BylineError
from index.library import Library
from index.records import Article, Passage
from index.search import query_words
from ui.html.markup import clean, error_html
from ui.html.passages import holds, passages_html
from ui.page.examples import articles_of
from ui.page.views import PRIVATE, Desk, View
from ui.quick_gradio import gr

_LOOKED_AT = 200
"""Passages looked at, among which those that hold more of the words go first."""
_LONGEST = 300
"""Characters of what is searched for."""
_HINT = "Every passage that holds your words, best first. Words in “quotation marks” are searched for as they stand."
_PHRASE = re.compile(r"[“\"„«]([^“”\"„«»]+)[”\"“»]")


def passages_with(asked: str, library: Library) -> tuple[list[Passage], dict[str, Article]]:
    """The passages that hold the words, those with more of them first, and their articles.

    Words in quotation marks must stand there as they were typed, whatever their case.
    """
    terms = query_words(asked[:_LONGEST])
    found = library.words(terms, _LOOKED_AT)
    articles = {article.id: article for article in articles_of(library, {p.article_id for p in found})}
    phrases = [_even(phrase) for phrase in _PHRASE.findall(asked[:_LONGEST])]
    kept = [
        passage
        for passage in found
        if passage.article_id in articles and all(phrase in _even(passage.text) for phrase in phrases)
    ]
    kept.sort(key=lambda passage: -_held(passage, articles[passage.article_id], terms))
    return kept, articles


def _held(passage: Passage, article: Article, terms: Sequence[str]) -> int:
    return holds(f"{article.title} {passage.text}", terms)


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _add(desk: Desk) -> None:
    words = gr.Textbox(
        "",
        elem_id="words",
        label="Search the articles",
        placeholder="Words that stand in an article",
        max_lines=1,
    )
    found = gr.HTML(elem_id="passages", apply_default_css=False)

    def show(asked: str | None) -> str:
        if not query_words(asked or ""):
            return clean(f'<p class="empty">{_HINT}</p>')
        try:
            passages, articles = passages_with(asked or "", desk.library)
            return passages_html(passages, query_words((asked or "")[:_LONGEST]), articles.__getitem__)
        except BylineError as error:
            return error_html(str(error))

    found.value = show("")
    gr.on([words.change, words.submit], show, words, found, trigger_mode="always_last", **PRIVATE)


SEARCH = View("search", "Search", _add)

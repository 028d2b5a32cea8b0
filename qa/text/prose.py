"""The sentences of an article's story: without headline, byline, site furniture, an interviewer's questions and orders
to a language model."""

from __future__ import annotations

from collections.abc import Iterator

from index.records import Article, Sentence
from index.text.furniture import furniture
from index.text.sentences import article_sentences
from qa.text.interviews import asked_lines
from qa.text.orders.finding import is_order
from qa.text.words import any_words

_FEWEST_WORDS = 3
"""Fewest words of a sentence of the story. Chosen by eye."""


def prose(article: Article) -> Iterator[Sentence]:
    """Yields the sentences of the story in order; lines that do not end like sentences are left out.

    >>> text = "Bridge closed\\nBy Ana Ruiz | The Courier | 12 March 2024\\n\\nThe bridge is closed. Follow us"
    >>> [sentence.text for sentence in prose(Article("a", "Bridge closed", None, None, None, text))]
    ['The bridge is closed.']
    """
    out = [*furniture(article.text, article.repeated), *asked_lines(article.text)]
    for sentence in article_sentences(article):
        is_out = any(start <= sentence.start and sentence.end <= end for start, end in out)
        is_whole = sentence.text.rstrip("”\"'’)*_ ").endswith((".", "!", "?"))
        if is_whole and not is_out and len(any_words(sentence.text)) >= _FEWEST_WORDS and not is_order(sentence.text):
            yield sentence

"""Articles to passages: the one door to langchain-text-splitters."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from functools import cache

from langchain_text_splitters import RecursiveCharacterTextSplitter, TextSplitter

from index.records import Article, Passage
from index.text.furniture import furniture
from index.text.passage_length import LONGEST_SENTENCE, PASSAGE_TOKENS
from index.text.sentences import sentences

# "Created a chunk of size 180, which is longer than the specified 120": so it is meant to be here.
logging.getLogger("langchain_text_splitters").setLevel(logging.ERROR)


class _SentenceEndSplitter(TextSplitter):
    """Fills passages with whole paragraphs; a paragraph too long for one is filled sentence by sentence."""

    def __init__(self, count_tokens: Callable[[str], int], language: str | None) -> None:
        super().__init__(
            chunk_size=PASSAGE_TOKENS,
            chunk_overlap=0,
            length_function=count_tokens,
            add_start_index=True,
        )
        self._language = language
        self._within_sentence = RecursiveCharacterTextSplitter(
            chunk_size=LONGEST_SENTENCE,
            chunk_overlap=0,
            length_function=count_tokens,
            # "end" keeps every character: pieces joined again are the sentence.
            keep_separator="end",
            strip_whitespace=False,
            separators=["; ", ": ", ", ", " ", ""],
        )

    def split_text(self, text: str) -> list[str]:
        passages: list[str] = []
        waiting: list[str] = []
        for paragraph in _paragraphs(text):
            if self._length_function(paragraph) <= PASSAGE_TOKENS:
                waiting.append(paragraph)
                continue
            passages += self._merge_splits(waiting, "")
            waiting = []
            passages += self._merge_splits(list(self._sentence_units(paragraph)), "")
        return passages + self._merge_splits(waiting, "")

    def _sentence_units(self, paragraph: str) -> Iterator[str]:
        found = sentences(paragraph, code=self._language)
        starts = [0, *(sentence.start for sentence in found[1:])]
        for start, end in zip(starts, [*starts[1:], len(paragraph)], strict=True):
            unit = paragraph[start:end]
            if self._length_function(unit) <= LONGEST_SENTENCE:
                yield unit
            else:
                yield from self._within_sentence.split_text(unit)


def _paragraphs(text: str) -> list[str]:
    r"""The lines of a text, a heading with the line below it; with their white space, so that joined they are the text.

    >>> _paragraphs("One.\n\n13:15\n\nTwo.")
    ['One.\n', '\n', '13:15\n\nTwo.']
    """
    # Not splitlines(): it also breaks at characters that end no sentence here, such as U+0085.
    lines = re.findall(r".*\n|.+", text)
    found: list[str] = []
    for line in lines:
        if found and _HEADING.fullmatch(found[-1]) and not _HEADING.fullmatch(line):
            found[-1] += line
        else:
            found.append(line)
    return found


_HEADING = re.compile(r"\s*\S(?:.{0,58}[^\s.!?:;,…。！？”\"»)])?\s*")
"""A line that ends no sentence and is no longer than headings are. Chosen by eye."""


def split(article: Article, count_tokens: Callable[[str], int]) -> list[Passage]:
    """Passages of an article in reading order, without its site furniture.

    Each ends where a sentence ends and holds at most PASSAGE_TOKENS tokens, or one sentence of at most
    LONGEST_SENTENCE. ``article.text[p.start:p.end] == p.text`` for every passage.
    """
    splitter = _SentenceEndSplitter(cache(count_tokens), article.language)  # each piece is counted two or three times
    passages = []
    for start, end in _clean_runs(article):
        for document in splitter.create_documents([article.text[start:end]]):
            first = start + document.metadata["start_index"]
            last = first + len(document.page_content)
            passages.append(Passage(article.id, first, last, article.text[first:last]))
    return passages


def _clean_runs(article: Article) -> Iterator[tuple[int, int]]:
    """The stretches of text between site furniture."""
    text, start = article.text, 0
    for first, last in [*furniture(text, article.repeated), (len(text), len(text))]:
        if text[start:first].strip():
            yield start, first
        start = last

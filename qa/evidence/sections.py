"""Sections: passages of one article that follow each other, as much as is read together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.library import Library
from index.records import Hit, Passage, Sentence
from index.text.sentences import sentences
from qa.prompts import passage_text

LONGEST = 1_300
"""Characters of a section of several passages, some 300 tokens: more would not fit the reader's window."""

_FRAGMENT = 2
"""Words of a fragment at the most. Chosen by eye."""


@dataclass(frozen=True)
class Section:
    """Passages of one article that follow each other, under its headline."""

    article_id: str
    title: str
    outlet: str | None
    published: str | None
    passages: tuple[Passage, ...]
    language: str | None = None
    """The code of its article's."""

    @cached_property
    def text(self) -> str:
        """The passages, each on a line of its own."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the passages, fragments with the sentence before; offsets are into the article's text."""
        return tuple(
            Sentence(passage.start + found.start, passage.start + found.end, found.text)
            for passage in self.passages
            for found in with_fragments(passage.text, sentences(passage.text, code=self.language))
        )

    def shown(self, text: str | None = None) -> str:
        """What the language model is shown of the section: its ``text``, or another text made of it, with its
        source.
        """
        return passage_text(self.title, self.text if text is None else text, self.outlet, self.published)


def with_fragments(text: str, found: Sequence[Sentence]) -> list[Sentence]:
    """The sentences of a text, with a fragment of a few words joined to the sentence before it on its line.

    Alone it would answer nothing: "22 euros." does not say what costs that.

    >>> text = "The Anchor, 3 Rope Lane. 14 euros. Rosa Lind runs it alone."
    >>> [each.text for each in with_fragments(text, sentences(text))]
    ['The Anchor, 3 Rope Lane. 14 euros.', 'Rosa Lind runs it alone.']
    """
    whole: list[Sentence] = []
    for each in found:
        before = whole[-1] if whole else None
        if before and len(each.text.split()) <= _FRAGMENT and "\n" not in text[before.end : each.start]:
            whole[-1] = Sentence(before.start, each.end, text[before.start : each.end])
        else:
            whole.append(each)
    return whole


def sections_of(article_id: str, library: Library) -> tuple[Section, ...]:
    """All sections of an article in reading order. They are always the same, so that what was read of them is reused.

    Raises InputError: no such article.
    """
    article = library.article(article_id)
    return tuple(
        Section(article.id, article.title, article.outlet, article.published, group, article.language)
        for group in _grouped(library.passages_of(article_id))
    )


def _grouped(passages: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Passages in groups of at most LONGEST characters, or one passage that alone has more.

    >>> parts = [Passage("a", start, start + 500, "x" * 500) for start in (0, 500, 1000)]
    >>> [len(group) for group in _grouped(parts)]
    [2, 1]
    """
    group: list[Passage] = []
    for passage in passages:
        if group and sum(len(other.text) for other in group) + len(passage.text) > LONGEST:
            yield tuple(group)
            group = []
        group.append(passage)
    if group:
        yield tuple(group)


def sections(hits: Sequence[Hit], library: Library, most: int) -> list[Section]:
    """The first ``most`` sections in which the hits stand, each once, best hit first."""
    found: dict[tuple[str, int], Section] = {}
    parted: dict[str, tuple[Section, ...]] = {}
    for hit in hits:
        name = hit.passage.article_id
        if name not in parted:
            parted[name] = sections_of(name, library)
        for section in parted[name]:
            if any(passage.start == hit.passage.start for passage in section.passages):
                found.setdefault((section.article_id, section.passages[0].start), section)
        if len(found) >= most:
            break
    return list(found.values())

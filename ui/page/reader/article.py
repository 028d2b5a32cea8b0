"""What the page's script asks for to open an article at a place that is cited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from index.errors import BylineError
from index.library import Library
from index.records import Article
from index.text.furniture import furniture
from qa.corrections.links import corrected
from qa.overview.timeline import timeline
from qa.speakers.statements import speakers_of
from ui.html.corrections import corrections_html
from ui.html.markup import place_address
from ui.html.reader import Mark, absent_html, article_html
from ui.html.speakers import digest_html
from ui.page.reader.original import original_link

_CHANGED = "This article has changed since it was cited, so the quotation may no longer stand where it is shown."


@dataclass(frozen=True)
class Opening:
    """An article that is opened, with the citations of the answer that it is opened from."""

    article: str
    """Its id."""
    marks: tuple[Mark, ...]
    """The spans of the citations, by their numbers; of those of other articles none is shown."""
    articles: tuple[str, ...]
    """The ids of the articles that these are spans of."""
    position: int
    """Of the citation that it is opened at, counted from 0."""
    kind: str
    """What the citations are called: Citation, Passage."""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Opening:
        """Reads what the script asks: ``article``, ``citations``, ``position`` and ``kind``.

        Each of the citations has ``number``, ``article``, ``start``, ``end`` and, as far as it is known, ``sha256``.
        """
        cited = asked["citations"]
        return cls(
            str(asked["article"]),
            tuple(Mark(int(c["number"]), int(c["start"]), int(c["end"]), str(c["sha256"])) for c in cited),
            tuple(str(c["article"]) for c in cited),
            int(asked["position"]),
            str(asked["kind"]),
        )

    @property
    def current(self) -> Mark | None:
        """The span at which the article is opened; None where it is opened at its beginning."""
        return self.marks[self.position] if self.marks else None

    @property
    def here(self) -> list[Mark]:
        """The spans of this article."""
        return [mark for mark, article in zip(self.marks, self.articles, strict=True) if article == self.article]

    @property
    def address(self) -> str:
        """The address that opens it at the same place again."""
        at = self.current
        return place_address(self.article, at.start, at.end, at.sha256) if at else place_address(self.article)


def article_opener(library: Library) -> Callable[[dict[str, Any]], dict[str, str]]:
    """The function by which the page's script opens an article."""

    def open_article(asked: dict[str, Any]) -> dict[str, str]:
        """The article with the cited spans highlighted, as ``html``, or a sentence that says why not.

        ``asked`` is what ``Opening.of`` reads; ``address`` opens the same place again.
        """
        opened = Opening.of(asked)
        try:
            article = library.article(opened.article)
            html = _html(library, article, opened)
        except BylineError as error:
            html = absent_html(str(error))
        return {"html": html, "address": opened.address}

    return open_article


def _html(library: Library, article: Article, opened: Opening) -> str:
    corrections = corrected(article, library)
    position, count, current = opened.position, len(opened.marks), opened.current
    return article_html(
        article,
        opened.here,
        current.number if current else None,
        furniture=furniture(article.text, article.repeated),
        place=f"{opened.kind} {position + 1} of {count}" if count else "",
        brief=f"{position + 1}/{count}",
        first=position == 0,
        last=position == count - 1,
        original=original_link(library, article, current.start if opened.here and current else None),
        corrections=corrections_html(corrections),
        digest=digest_html(article, speakers_of(article), timeline(article)),
        note="" if all(article.sha256.startswith(mark.sha256) for mark in opened.here) else _CHANGED,
    )

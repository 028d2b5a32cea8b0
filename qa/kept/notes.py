"""What a reader keeps in a notebook: an answer as it was given, or a passage, which is an answer without a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.records import Article, Sentence
from index.store.readers.notebooks import Note
from index.text.sentences import article_sentences
from qa.kept.history import answer_from_text
from qa.records import Answer, Citation


def passage(article: Article, start: int, end: int) -> Answer:
    """A passage of an article as it is kept: an answer without text, which only cites ``article.text[start:end]``."""
    cited = Citation.of(1, article, Sentence(start, end, article.text[start:end]))
    return Answer("", "", stage="done", outcome="answered", citations=(cited,))


def whole_sentences(article: Article, words: str) -> tuple[int, int] | None:
    """Start and end, in the article's text, of the whole sentences that hold these words; None where none do.

    Of several places it is the first. Differences of spaces and line ends are ignored: a page shows other ones.

    >>> article = Article("a", "Rain", None, None, None, "It rained.  It rained\\nhard. Then it stopped.")
    >>> article.text[slice(*whole_sentences(article, "rained hard."))]
    'It rained\\nhard.'
    """
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, article.text) if pattern else None
    if found is None:
        return None
    touched = [each for each in article_sentences(article) if each.start < found.end() and found.start() < each.end]
    starts = [found.start(), *(each.start for each in touched)]
    return min(starts), max(found.end(), *(each.end for each in touched))


def kept_in(notes: Iterable[Note]) -> list[tuple[Note, Answer | None]]:
    """Each note with the answer or passage kept in it; None where it only has the reader's words."""
    return [(note, None if note.kept is None else answer_from_text(note.kept)) for note in notes]


def sources(notes: Sequence[Note]) -> tuple[str, ...]:
    """Ids of the articles that the notes cite, each once, in the order of their first citation."""
    cited = (citation.article_id for _, kept in kept_in(notes) if kept for citation in kept.citations)
    return tuple(dict.fromkeys(cited))

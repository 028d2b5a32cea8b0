"""A text of one's own against the library: every sentence judged by what the articles say nearest to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from index.language.detection import detected
from index.library import Library
from index.text.sentences import sentences
from qa.records import Citation, Support
from qa.support.facts import Difference
from qa.support.judge import judge

_HITS = 5


@dataclass(frozen=True)
class Checked:
    """A sentence of the text, ``text[start:end]``, its verdict, what bears it out and what differs."""

    text: str
    start: int
    end: int
    support: Support
    score: float
    citations: tuple[Citation, ...]
    differences: tuple[Difference, ...]

    def to_json(self) -> dict[str, Any]:
        """The sentence as ``byline check --json`` prints it."""
        data = asdict(self)
        data["score"] = round(self.score, 4)
        data["citations"] = [citation.to_json() for citation in self.citations]
        return data


def check(text: str, library: Library) -> list[Checked]:
    """The verdict for every sentence of a text; the language model is not asked.

    Citations are numbered from 1 in each sentence, the best first; they show what was compared also where it differs.
    """
    return list(checking(text, library))


def checking(text: str, library: Library) -> Iterator[Checked]:
    """The same, one sentence after the other as they are judged."""
    for found in sentences(text, code=detected(text)):
        yield _checked(found.text, found.start, found.end, library)


def _checked(claim: str, start: int, end: int, library: Library) -> Checked:
    hits = library.search(claim, _HITS)
    found = [(hit.passage.article_id, near.sentence) for hit in hits for near in hit.sentences]
    articles = {hit.passage.article_id: library.article(hit.passage.article_id) for hit in hits}
    # The headlines say whom "he" and "the company" of the sentences mean; they are not cited themselves.
    headlines = [article.title for article in articles.values()]
    verdict = judge(claim, [*(sentence.text for _, sentence in found), *headlines], library.embedder)
    cited = [found[at] for at in verdict.best if at < len(found)]
    citations = tuple(
        Citation.of(number, articles[article_id], sentence) for number, (article_id, sentence) in enumerate(cited, 1)
    )
    return Checked(claim, start, end, verdict.support, verdict.score, citations, verdict.differences)

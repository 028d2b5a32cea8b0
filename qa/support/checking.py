"""Checks a person's own text against the library: each sentence is judged by the passages nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.language.detection import language_lines, language_of, rules_for
from index.library import Library
from index.text.sentences import sentences as sentences_of
from qa.evidence.finding import text_of
from qa.evidence.sections import Section, sections
from qa.reader.protocol import Reader
from qa.records import Citation, Support
from qa.support.doubt import ALONE, ALONE_ABROAD, stricter
from qa.support.facts.differences import Difference
from qa.support.judge import judge
from qa.support.speaking import other_speaker
from qa.text.quotations.compared import Quoted

_HITS = 5
"""Passages that a claim is compared with. Round, not fitted."""
_SECTIONS = 2
"""Sections in which the reader looks for a claim. Chosen by eye."""


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence of the text, ``text[start:end]``, with its verdict, the places compared, and what differs there."""

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


def check(text: str, library: Library, reader: Reader | None = None) -> list[CheckedSentence]:
    """Judges every sentence of a text; the language model that writes answers is not used.

    Citations are numbered from 1 in each sentence, the best first; they show what was compared, even where it differs.
    With a reader, the stricter of two verdicts counts, by words and by reader; but what only the reader doubts is
    partly supported.
    """
    return list(checking(text, library, reader))


def checking(text: str, library: Library, reader: Reader | None = None) -> Iterator[CheckedSentence]:
    """Judges the sentences of a text as ``check`` does, and yields each as soon as it is judged."""
    for start, end, code in language_lines(text):
        for found in sentences_of(text, start, end, code):
            yield _checked(found.text, found.start, found.end, library, reader)


def _checked(claim: str, start: int, end: int, library: Library, reader: Reader | None) -> CheckedSentence:
    hits = library.search(claim, _HITS)
    found = [(hit.passage.article_id, near.sentence) for hit in hits for near in hit.sentences]
    articles = {hit.passage.article_id: library.article(hit.passage.article_id) for hit in hits}
    # The headlines say whom "he" and "the company" of the sentences mean; they are not cited themselves.
    headlines = [article.title for article in articles.values()]
    verdict = judge(claim, [*(sentence.text for _, sentence in found), *headlines], library.embedder)
    support, score = verdict.support, verdict.score
    is_verbatim = any(Quoted.of(sentence.text).keys == Quoted.of(claim).keys for _, sentence in found)
    if reader is not None and support != "unsupported" and not is_verbatim:
        support, score = _doubted(claim, support, score, sections(hits, library, _SECTIONS), reader)
    cited = [found[at] for at in verdict.best if at < len(found)]
    differences = verdict.differences
    first = next(((articles[article_id], sentence) for article_id, sentence in cited), None)
    if first and (who := other_speaker(claim, *first, rules_for(claim))):
        support, score, differences = "unsupported", 0.0, (*differences, Difference(claim, who, "quote"))
    citations = tuple(
        Citation.of(number, articles[article_id], sentence) for number, (article_id, sentence) in enumerate(cited, 1)
    )
    return CheckedSentence(claim, start, end, support, score, citations, differences)


def _doubted(
    claim: str, support: Support, score: float, read: Sequence[Section], reader: Reader
) -> tuple[Support, float]:
    """The verdict by words (``support``, ``score``), made stricter where the reader doubts that a section states it."""
    told = [(reader.stated("", claim, text_of(section)), section.text) for section in read]
    odds, text = max(((each, text) for each, text in told if each is not None), default=(None, ""))
    is_english = all(language_of(part).code == "en" for part in (claim, text))
    return stricter(support, score, odds, ALONE if is_english else ALONE_ABROAD)

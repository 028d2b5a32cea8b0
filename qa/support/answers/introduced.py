"""Finds the sentences that introduce whom a proof speaks of: it may say "Montes" or "the judge" of a full name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from index.language.detection import rules_for
from qa.text.names import NameSource, names


def introducing(claim: str, question: str, proof: Sequence[str], article: Iterable[str]) -> Iterator[str]:
    """Yields, for each name of the claim that the proof lacks, the article's first sentence that has it.

    A name that the question lacks as well is passed over: that one the proof must have itself.

    >>> article = ["Ana Ruiz runs the mill.", "The mill has closed."]
    >>> list(introducing("Ana Ruiz closed the mill.", "What has Ana Ruiz done?", article[1:], article))
    ['Ana Ruiz runs the mill.']
    """
    spoken = rules_for(question)
    asked = NameSource.of(question, spoken)
    proved = [NameSource.of(text, spoken) for text in proof]
    sentences = [(text, NameSource.of(text, spoken)) for text in article]
    for name in names(claim, spoken):
        if asked.missing(name) or any(not source.missing(name) for source in proved):
            continue
        found = next((text for text, source in sentences if not source.missing(name)), None)
        if found is not None:
            yield found

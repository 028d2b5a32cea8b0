"""Finds claims about another person: the deputy mayor is not the mayor, and the mayor's brother is neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from index.language.pack import Language
from index.language.parts.outcomes import Deeds
from qa.support.facts.overlap import CLOSE, Overlap
from qa.text.words import any_words, content, stem


def another_office(overlap: Overlap) -> Iterator[tuple[str, str]]:
    """Yields pairs (claim's words, evidence's words) where the claim leaves out a word like "deputy" or "brother of".

    Only the sentence nearest to the claim counts, and only offices that it never has without such a word.

    >>> list(another_office(Overlap("The mayor resigned on Friday.", ("The deputy mayor resigned on Friday.",))))
    [('mayor', 'deputy mayor')]
    >>> list(another_office(Overlap("Deputy mayor Ana Ruiz resigned.", ("The deputy mayor, Ana Ruiz, resigned.",))))
    []
    """
    spoken = overlap.language
    if spoken.deeds is None or not overlap.evidence:
        return
    nearest = int(overlap.shares.argmax())
    if overlap.shares[nearest] < CLOSE:
        return
    sentence = overlap.evidence[nearest]
    told = _counted(sentence, spoken)
    known = _patterns(spoken.deeds)
    claimed = _counted(overlap.claim, spoken)
    for found in known.finditer(sentence):
        what = stem(found["what"].lower(), spoken)
        words_of = {word.stem for word in content(found["how"], spoken)}
        if told[what] == 1 and what in claimed and not words_of & claimed.keys():
            yield next(w.text for w in any_words(overlap.claim) if stem(w.key, spoken) == what), found.group()
            return


def _counted(text: str, spoken: Language) -> Counter[str]:
    """How often a text has each word, by its stem."""
    return Counter(stem(word.key, spoken) for word in any_words(text))


@cache
def _patterns(deeds: Deeds) -> re.Pattern[str]:
    articles = "|".join(sorted(deeds.articles))
    another = rf"(?:{deeds.of_another})(?:\s(?:{articles}))?"
    return re.compile(rf"\b(?P<how>{deeds.not_quite}|{another})[\s-](?P<what>[^\W\d][\w’-]*)", re.IGNORECASE)

"""Adds "according to …" to a claim that only one speaker makes: what one party claims is not told as a fact."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.pack import Language
from index.records import Article, Sentence
from qa.evidence.proof import stemmed
from qa.prompts import ACCORDING_TO
from qa.speakers.statements import Speaker, speakers_of
from qa.text.quotations.marks import OPENED
from qa.text.saying import attributions
from qa.text.words import ENGLISH


def voiced(claim: str, proof: Sequence[tuple[Article, Sentence]], spoken: Language = ENGLISH) -> str:
    """The claim, followed by "according to" its speaker where a single one says every sentence that proves it.

    ``proof``: sentences with their articles. The claim is unchanged where it tells itself who says something, quotes,
    or is about the speaker, and in a language (``spoken``) without known words of saying.

    >>> text = "The bridge closed on Monday. It will never open again, the mayor said."
    >>> article = Article("a", "Bridge", None, None, None, text)
    >>> closed, never = Sentence(0, 28, text[:28]), Sentence(29, 70, text[29:])
    >>> voiced("It will never open again.", [(article, never)]), voiced("It closed on Monday.", [(article, closed)])
    ('It will never open again, according to the mayor.', 'It closed on Monday.')
    """
    if (
        spoken.speech is None
        or not claim.endswith(".")
        or OPENED.search(claim)
        or any(attributions(claim, spoken, True))
    ):
        return claim
    every = [_speakers(article, sentence) for article, sentence in proof]
    speakers = {who.key: who for of in every for who in of}
    if not all(every) or len(speakers) != 1:
        return claim
    (who,) = speakers.values()
    is_cut = who.name.endswith(".")  # "U.S. officials", of whom the name is the first word alone
    if is_cut or stemmed(who.name, spoken) & stemmed(claim, spoken):
        return claim
    return ACCORDING_TO.format(claim=claim.removesuffix("."), who=who.name)


def _speakers(article: Article, sentence: Sentence) -> list[Speaker]:
    """The speakers whom the article has say the whole sentence."""

    def says(speaker: Speaker) -> bool:
        return any(saying.start <= sentence.start and sentence.end <= saying.end for saying in speaker.sayings)

    return [speaker for speaker in speakers_of(article) if says(speaker)]

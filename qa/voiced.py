"""What only somebody says is told as theirs: the claim of one party is no fact."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.pack import Language
from index.records import Article, Sentence
from qa.evidence.proof import stemmed
from qa.prompts import ACCORDING_TO
from qa.speakers import Speaker, speakers_of
from qa.text.quotation_marks import OPENED
from qa.text.saying import attributions
from qa.text.words import ENGLISH


def voiced(claim: str, proof: Sequence[tuple[Article, Sentence]], spoken: Language = ENGLISH) -> str:
    """The claim with whose it is, where one speaker says every sentence that proves it.

    It stays as it is where it tells itself who says something, quotes, or speaks of the speaker, and in a language
    (``spoken``) of which no words of saying are known.

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
    """Those who say a whole sentence."""

    def says(speaker: Speaker) -> bool:
        return any(saying.start <= sentence.start and sentence.end <= saying.end for saying in speaker.sayings)

    return [speaker for speaker in speakers_of(article) if says(speaker)]

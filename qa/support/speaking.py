"""Checks whether the article has the same person say a sentence as the claim does: "he said" may be somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.pack import Language
from index.records import Article, Sentence
from qa.speakers.statements import Saying, speakers_of
from qa.support.facts.overlap import CLOSE
from qa.text.names import Name, names
from qa.text.saying import Attribution, attributions
from qa.text.speech import saying
from qa.text.words import content, stems, words

_BEFORE = 300
"""Characters before a sentence in which whoever says it may be named: two or three sentences. Chosen by eye."""


def other_speaker(claim: str, article: Article, sentence: Sentence, spoken: Language) -> str | None:
    """The speaker whom the article has say the sentence, where the claim names another one; None otherwise.

    None too where the claim says something else, and where no rule tells the sentence's speaker.

    >>> text = "Mayor Ana Ruiz came late. Kit Holm of the ferries was there. “It stays closed,” Holm said. “It is old.”"
    >>> said = Sentence(text.index("“It is"), len(text), "“It is old.”")
    >>> from index.language.registry import language
    >>> other_speaker("Ana Ruiz said it is old.", Article("a", "", None, None, None, text), said, language("en"))
    'Kit Holm'
    """
    who = next((found for found in attributions(claim, spoken) if found.kind == "name"), None)
    if who is None:
        return None
    named = next((name for name in names(claim, spoken) if name.start <= who.start < name.end), None)
    if named is None or _is_in(named, sentence.text, spoken) or not _says_the_same(claim, who, sentence.text, spoken):
        return None
    for speaker in speakers_of(article):
        if speaker.is_named and any(_overlap(s, sentence) for s in speaker.sayings):
            return None if _is_in(named, speaker.name, spoken) else speaker.name
    return None


def source_is_elsewhere(claim: str, proof: Sequence[tuple[Article, Sentence]], spoken: Language) -> bool:
    """Whether the claim names a source that is named neither in its proof nor right before it.

    Whoever the article has say the proof counts as named there; so do its headline and its outlet.

    >>> text = "The baker speaks of 41 recipes. The publisher did not reply."
    >>> proof = [(Article("a", "", None, None, None, text), Sentence(0, 31, text[:31]))]
    >>> from index.language.registry import language
    >>> claims = (f"According to the {who}, it is 41 recipes." for who in ("baker", "publisher"))
    >>> [source_is_elsewhere(claim, proof, language("en")) for claim in claims]
    [False, True]
    """
    sources = [who for who in attributions(claim, spoken) if who.kind != "pronoun"]
    if not sources:
        return False
    near: set[str] = set()
    for article, sentence in proof:
        before = article.text[max(0, sentence.start - _BEFORE) : sentence.start]
        sayers = [each.name for each in speakers_of(article) if any(_overlap(s, sentence) for s in each.sayings)]
        near |= stems(" ".join([before, sentence.text, article.title, article.outlet or "", *sayers]), spoken)
    return any(not near & {word.stem for word in content(who.text, spoken)} for who in sources)


def _overlap(one: Saying, other: Sentence) -> bool:
    """Whether what somebody says and a sentence have a character in common."""
    return one.start < other.end and other.start < one.end


def _says_the_same(claim: str, who: Attribution, sentence: str, spoken: Language) -> bool:
    """Whether the sentence has most of the words that the claim has ``who`` say."""
    said = [w for w in content(claim, spoken) if w.end <= who.start or w.start >= who.end]
    told = [w.stem for w in said if not saying(spoken).fullmatch(w.text)]
    return bool(told) and sum(each in stems(sentence, spoken) for each in told) >= CLOSE * len(told)


def _is_in(name: Name, text: str, spoken: Language) -> bool:
    """Whether any word of the name stands in the text."""
    return any(word.stem in stems(text, spoken) for word in words(name.text, spoken))

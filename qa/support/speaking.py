"""Checks whether the article has the same person say a sentence as the claim does: "he said" may be somebody else."""

from __future__ import annotations

from index.language.pack import Language
from index.records import Article, Sentence
from qa.speakers import speakers_of
from qa.support.overlap import CLOSE
from qa.text.names import Name, names
from qa.text.saying import Attribution, attributions
from qa.text.speech import saying
from qa.text.words import content, stems, words


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
        if speaker.is_named and any(s.start < sentence.end and sentence.start < s.end for s in speaker.sayings):
            return None if _is_in(named, speaker.name, spoken) else speaker.name
    return None


def _says_the_same(claim: str, who: Attribution, sentence: str, spoken: Language) -> bool:
    """Whether the sentence has most of the words that the claim has ``who`` say."""
    said = [w for w in content(claim, spoken) if w.end <= who.start or w.start >= who.end]
    told = [w.stem for w in said if not saying(spoken).fullmatch(w.text)]
    return bool(told) and sum(each in stems(sentence, spoken) for each in told) >= CLOSE * len(told)


def _is_in(name: Name, text: str, spoken: Language) -> bool:
    """Whether any word of the name stands in the text."""
    return any(word.stem in stems(text, spoken) for word in words(name.text, spoken))

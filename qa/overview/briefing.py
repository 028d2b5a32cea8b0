"""What is new in a library: the main stories since a day with their sources, where they disagree, what was corrected.

No language model is asked: every sentence is one of the articles' own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from index.errors import InputError
from index.language.detection import rules_for
from index.language.pack import Language, plain
from index.library import Library
from index.records import Article, Filter, Hit, Listing, Sentence, SentenceHit
from index.text.sentences import article_sentences
from qa.conflict.disagreement import Side, disagreement
from qa.conflict.stated_values import StatedValue
from qa.corrections.correction import Correction
from qa.corrections.links import corrections_by
from qa.overview.stories import stories
from qa.question.comparing import spoken_pattern
from qa.records import Citation
from qa.text.numbers.intervals import counts
from qa.text.prose import prose
from qa.text.words import stems, words

MOST_STORIES = 12
"""Stories in one briefing. Round, not fitted."""
MOST_ARTICLES = 500
"""Articles looked at: the newest ones. Round, not fitted."""
_USUAL_DAYS = 7
"""Days before the newest dated article from which a briefing begins, where no day is given."""
_MOST_QUESTIONS = 40
"""Figures of one story that are compared with other articles. Round, not fitted."""
_WORDS_OF_A_QUESTION = 9
"""Words after a figure that a question about it is made of. Chosen by eye."""
_VOWELS = "aeiouh"
"""Letters before which a short word may be joined to the next word (French "d'")."""
_FEWEST_WORDS = 6
"""Words that a sentence needs to sum up a story. Chosen by eye."""


@dataclass(frozen=True)
class Story:
    """A story that is new: a citation of the sentence that sums it up, and its articles, newest first."""

    lead: Citation
    articles: tuple[Listing, ...]


@dataclass(frozen=True)
class GivenValue:
    """One of several values that articles give for the same thing, and the sentences that give it."""

    value: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Disagreement:
    """Different values that the articles of a story give for the same thing, which ``about`` names."""

    about: str
    values: tuple[GivenValue, ...]


@dataclass(frozen=True)
class Briefing:
    """What is new since the day ``since``: how many articles and stories, the main stories, and what goes with them.

    ``undated`` of the articles have no date of publication.
    """

    since: str
    only: Filter
    articles: int
    undated: int
    story_count: int
    stories: tuple[Story, ...]
    disagreements: tuple[Disagreement, ...]
    corrections: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        """The briefing as ``byline brief --json`` prints it."""
        return {
            "since": self.since,
            "outlets": list(self.only.outlets),
            "articles": self.articles,
            "undated": self.undated,
            "stories": [
                {
                    "lead": story.lead.to_json(),
                    "articles": [
                        {name: asdict(each)[name] for name in ("id", "title", "outlet", "published")}
                        for each in story.articles
                    ],
                }
                for story in self.stories
            ],
            "disagreements": [
                {
                    "about": each.about,
                    "values": [
                        {"value": told.value, "citations": [citation.to_json() for citation in told.citations]}
                        for told in each.values
                    ],
                }
                for each in self.disagreements
            ],
            "corrections": [citation.to_json() for citation in self.corrections],
        }


def briefing(library: Library, since: str | None = None, only: Filter | None = None) -> Briefing:
    """What is new since a day (ISO 8601), among the articles that the filter admits.

    An article counts by its date of publication or, without one, by the day it was added. By default ``since`` is a
    week ahead of the newest date of publication: the day a file was added says nothing of when it appeared. Raises
    InputError: ``since`` is no date.
    """
    only = only or Filter()
    admitted = [each for each in library.listings() if each.duplicate_of is None and _admits(only, each)]
    first = _checked(since) if since else _usual(admitted)
    new = [each for each in admitted if _day(each) >= first]
    by_id = {each.id: each for each in new}
    read = [library.article(each.id) for each in new[:MOST_ARTICLES]]
    said = {article.id: list(corrections_by(article, library)) for article in read}
    columns = [article for article in read if _is_column(said[article.id])]
    every = stories([article for article in read if article not in columns], library.rarity)
    told = [story for group in every if (story := _story(group, by_id, library))]
    differ = [found for group in every for found in _disagreements(group, library)]
    in_order = itertools.chain(*every, columns)
    corrections = [citation for article in in_order for citation in _corrections(article, said[article.id])]
    return Briefing(
        first,
        only,
        len(new),
        sum(not each.published for each in new),
        len(told),
        tuple(told[:MOST_STORIES]),
        tuple(differ),
        _numbered(corrections),
    )


def _admits(only: Filter, each: Listing) -> bool:
    day = (each.published or "")[:10]
    return (
        (only.since is None or day >= only.since)
        and (only.until is None or ("" < day <= only.until))
        and (not only.outlets or each.outlet in only.outlets)
        and (not only.articles or each.id in only.articles)
    )


def _day(each: Listing) -> str:
    return (each.published or each.added)[:10]


def _checked(since: str) -> str:
    try:
        return date.fromisoformat(since).isoformat()
    except ValueError as error:
        raise InputError(f'"{since}" is no day; give one like 2024-03-12.') from error


def _usual(listings: Sequence[Listing]) -> str:
    told = [each.published[:10] for each in listings if each.published] or [each.added[:10] for each in listings]
    days = [day for day in told if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
    newest = date.fromisoformat(max(days)) if days else date.today()
    return (newest - timedelta(days=_USUAL_DAYS)).isoformat()


def _story(group: Sequence[Article], listings: dict[str, Listing], library: Library) -> Story | None:
    """The story of these articles, summed up by the first sentence of that one which shares most with the others."""
    leads = [(article, lead) for article in group if (lead := _lead(article))]
    if not leads:
        return None
    others = [stems(f"{article.title} {article.text}", rules_for(article.text)) for article in group]
    article, lead = max(leads, key=lambda pair: _held_by(others, *pair))
    cited = Citation.of(1, article, lead, len(library.reprints(article.id)))
    return Story(cited, tuple(listings[each.id] for each in group))


def _held_by(others: Sequence[frozenset[str]], article: Article, lead: Sentence) -> int:
    """How many words of the sentence other articles of the story have, summed over these articles."""
    return sum(len(stems(lead.text, rules_for(article.text)) & other) for other in others)


def _lead(article: Article) -> Sentence | None:
    """The first sentence of an article that can sum it up; None where it has none."""
    spoken = rules_for(article.text)
    return next((sentence for sentence in prose(article) if _leads(sentence, spoken)), None)


def _leads(sentence: Sentence, spoken: Language) -> bool:
    every = words(sentence.text, spoken)
    tells = len(every) >= _FEWEST_WORDS and not sentence.text.endswith("?")
    return tells and every[0].key not in spoken.sentences.bylines


def _is_column(said: Sequence[tuple[Correction, Article]]) -> bool:
    """Whether an article is a column that corrects several others, so that it belongs to no single story."""
    return len({corrected.id for _, corrected in said}) > 1


def _corrections(article: Article, said: Sequence[tuple[Correction, Article]]) -> Iterator[Citation]:
    """Citations of an article's sentences, and its paragraphs, that correct earlier reports."""
    corrects = spoken_pattern(rf"\b(?:{rules_for(article.text).sentences.corrections})")
    told = [sentence for sentence in prose(article) if corrects.search(sentence.text)]
    for correction, _ in said:
        whole = correction.within(article)
        if whole and not any(whole.start <= sentence.start < whole.end for sentence in told):
            told.append(whole)
    for sentence in sorted(told, key=lambda sentence: sentence.start):
        yield Citation.of(1, article, sentence)


def _numbered(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, number=number) for number, citation in enumerate(citations, 1))


def _disagreements(group: Sequence[Article], library: Library) -> Iterator[Disagreement]:
    """Yields where articles of one story give different values for a thing that one of them counts."""
    if len(group) < 2:
        return
    hits = [hit for article in group for hit in _hits(article, library)]
    told: list[set[tuple[str, int]]] = []
    for question in _questions(group):
        sides = disagreement(question, hits, library)
        places = {(s.article.id, s.sentence.start) for side in sides for s in side.statements}
        if sides and all(map(_is_told, sides)) and not any(places & before for before in told):
            told.append(places)
            yield Disagreement(question, tuple(_given_value(side) for side in sides))


def _is_told(side: Side) -> bool:
    """Whether the side's sentence says, right after the number, what it counts: a headline may leave that out."""
    told = (s for s in side.statements if isinstance(s, StatedValue))
    return any(words(s.sentence.text[s.value.end :], s.spoken) for s in told)


def _given_value(side: Side) -> GivenValue:
    return GivenValue(side.value, tuple(Citation.of(1, s.article, s.sentence) for s in side.statements))


def _hits(article: Article, library: Library) -> Iterator[Hit]:
    """Yields the article's passages as hits, as if a search had found all of them equally well."""
    for passage in library.passages_of(article.id):
        found = [SentenceHit(s, 0.5) for s in article_sentences(article, passage.start, passage.end)]
        if found:
            yield Hit(passage, 1.0, 0.5, 0.0, tuple(found))


def _questions(group: Sequence[Article]) -> Iterator[str]:
    """Yields a question "How many …?" for each thing that an article counts, in the articles' order, each once.

    Each is in its article's language; there are none in a language without such a form.
    """
    seen: set[str] = set()
    for article in group:
        spoken = rules_for(article.text)
        for sentence in prose(article):
            for value in counts(sentence.text, spoken):
                question = _question(sentence.text[value.end :], spoken)
                if question and question not in seen and len(seen) < _MOST_QUESTIONS:
                    seen.add(question)
                    yield question


def _question(after: str, spoken: Language) -> str:
    """The question that a number answers, made of the words after it; empty where they are too few.

    >>> from index.language.registry import language
    >>> _question(" people left their homes, not about 1,200 as the service had first reported.", language("en"))
    'How many people left their homes?'
    """
    known = spoken.questions.values if spoken.questions else None
    clause = re.split(r"[,;:.!?()“”„«»\"—–]", after, maxsplit=1)[0].split()[:_WORDS_OF_A_QUESTION]
    if known is None or len(clause) < 2 or not clause[0][0].isalpha():
        return ""
    form = (plain(clause[0])[0] in _VOWELS and known.counting_vowel) or known.counting
    return form.format(counted=" ".join(clause))

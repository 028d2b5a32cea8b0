"""Questions to begin with: those that ship with the sample articles, else what a rule finds in the articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from index.errors import BylineError
from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.site import any_of
from index.language.registry import bylines, language
from index.library import Library
from index.reading.files import Source, find
from index.records import Article
from index.text.furniture import furniture
from qa.evaluation.question_files import read_questions
from qa.prompts import WHAT_SAID

SAMPLES = Path(__file__).parents[2] / "samples"
"""The sample articles, and ``questions.jsonl`` about them."""

MOST_READ = 50
"""Articles in which questions to begin with are looked for. Round, not fitted."""
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?: [A-ZÀ-ÖØ-Þ][\w’'-]+){1,3}"
_MENTION = re.compile(rf"(?<=[a-z,;] )({_NAME})")
"""The same inside a sentence, where the capital is not the sentence's own: "in San Pedro Sula"."""


def samples() -> list[Source]:
    """The files of the sample articles, without the set of questions about them."""
    return find([SAMPLES])


def examples(articles: Sequence[Article], count: int = 3) -> list[str]:
    """Questions about people who speak in the articles and names that many of them mention.

    >>> article = Article("a", "T", None, None, None, "They met in San Pedro Sula. “Soon,” said Ana Ruiz.")
    >>> examples([article])
    ['What did Ana Ruiz say?', 'What do the articles say about “San Pedro Sula”?']
    """
    if articles and {article.id for article in articles} <= {source.id for source in samples()}:
        return _about_samples(articles)[:count]
    return _questions(articles[:MOST_READ], "", count)


def may_add_samples(ids: Sequence[str]) -> bool:
    """Whether the page offers to add the samples: the library's ``ids`` are all of samples, and some are missing.

    >>> may_add_samples([]), may_add_samples(["tram-vote"]), may_add_samples(["my-article"])
    (True, True, False)
    """
    return set(ids) < {source.id for source in samples()}


def followups(articles: Sequence[Article], asked: Iterable[str], count: int = 3) -> list[str]:
    """Questions to go on with: about those who speak in the articles and the names they mention most.

    Names that occur in what was already ``asked`` are left out.

    >>> article = Article("a", "T", None, None, None, "They met in San Pedro Sula. “Soon,” said Ana Ruiz.")
    >>> followups([article], ["Who met in San Pedro Sula?"])
    ['What did Ana Ruiz say?']
    """
    return _questions(articles, "\n".join(asked), count)


def articles_left(library: Library, ids: Iterable[str]) -> list[Article]:
    """The articles of those given that are still in the library."""
    articles = []
    for article_id in ids:
        with suppress(BylineError):  # removed since, or damaged
            articles.append(library.article(article_id))
    return articles


def _questions(articles: Sequence[Article], known: str, count: int) -> list[str]:
    """Questions about names that occur neither in what is ``known`` nor in those of the outlets and reporters.

    They are asked in the language of most of the articles, and about what these mention in English alone: where every
    noun has a capital letter, it tells no name.
    """
    languages = Counter(rules_for(article.text).code for article in articles)
    spoken = language(max(languages, key=languages.__getitem__, default="en"))
    articles = [article for article in articles if rules_for(article.text) is spoken]
    if spoken.code not in WHAT_SAID:
        return []
    reporters = ["".join(match.groups("")) for article in articles for match in _reporter().finditer(article.text)]
    known = "\n".join([known, *(f"{article.outlet} {article.author}" for article in articles), *reporters])
    texts = [_story(article) for article in articles]
    speakers = [name for name in _most_common(_speaker(spoken), texts) if name not in known]
    questions = [WHAT_SAID[spoken.code].format(name=name) for name in speakers]
    if spoken.code != "en":
        return questions[:count]
    speakers, questions = speakers[: count - 1], questions[: count - 1]
    mentions = [name for name in _most_common(_MENTION, texts) if name not in known and name not in speakers]
    return (questions + [f"What do the articles say about “{name}”?" for name in mentions])[:count]


@cache
def _reporter() -> re.Pattern[str]:
    """Who wrote or reports a story, and so is nobody to ask about: "By Ana Ruiz", "CNN's Ana Ruiz"."""
    signed, nouns = any_of(each.signed for each in bylines()), any_of(each.reporters for each in bylines())
    return re.compile(
        rf"^\W*(?:{signed}) ({_NAME})|\b(?:{nouns}) ({_NAME})"
        rf"|\b(?:CNN|BBC|NBC|CBS|ABC|AP|AFP|NPR|Reuters)[’']s ({_NAME})",
        re.MULTILINE,
    )


@cache
def _speaker(spoken: Language) -> re.Pattern[str]:
    """Two to four capitalised words beside a verb of saying: "Ana Ruiz said", "said Ana Ruiz"."""
    said = spoken.speech.beside_names if spoken.speech else spoken.saying
    return re.compile(rf"({_NAME}) (?:{said})\b|\b(?:{said}) ({_NAME})")


def _story(article: Article) -> str:
    """The text without its site furniture."""
    text = article.text
    for start, end in reversed(furniture(text, article.repeated)):
        text = text[:start] + text[end:]
    return text


def _about_samples(articles: Sequence[Article]) -> list[str]:
    """The first fact asked of each of these samples."""
    known = {article.id for article in articles}
    by_article: dict[tuple[str, ...], str] = {}
    for question in read_questions(SAMPLES / "questions.jsonl").questions:
        if question.kind == "fact" and question.articles and known.issuperset(question.articles):
            by_article.setdefault(question.articles, question.text)
    return list(by_article.values())


def _most_common(pattern: re.Pattern[str], texts: Sequence[str]) -> list[str]:
    """The names found in most texts first; among equals those that one text repeats most."""
    texts_with, times = Counter[str](), Counter[str]()
    for text in texts:
        names = ["".join(match.groups("")) for match in pattern.finditer(text)]
        times.update(names)
        texts_with.update(set(names))
    return sorted(times, key=lambda name: (-texts_with[name], -times[name], name))

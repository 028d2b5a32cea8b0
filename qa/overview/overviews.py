"""Longer answers, a summary, a timeline or a comparison, put together from the articles' own sentences.

A small model writes a hundred words slowly and mixes up what it read of several articles; the sentences that tell most
stand there already, each its own proof. The trained reader picks them: it is asked what happened.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from index.language.detection import rules_for
from index.language.pack import Language
from index.library import Library
from index.records import Article, Filter, Passage, Sentence
from index.text.sentences import article_sentences
from qa.corrections.links import corrects
from qa.evidence.correcting import corrections_said, put_right, takes_back
from qa.evidence.finding import text_of
from qa.evidence.repeats import distinct
from qa.evidence.sections import sections
from qa.prompts import WHAT_HAPPENED
from qa.question.requests import Request
from qa.reader.protocol import Reader
from qa.records import Answer, AnswerSentence, Citation
from qa.text.dates.meant_days import Day, day_meant, is_ahead, published_on
from qa.text.dates.reading import dates, day_in_words
from qa.text.orders.finding import is_order, without_orders
from qa.text.words import any_words, content, stems, words

MOST_LINES = 8
"""Most sentences of one answer: as many as are read at a glance. Chosen by eye."""

LEAST_HELD = 0.5
"""Share of a topic's words that some passage under its headline must hold for the articles to be
about it; and of what that one holds, the share that any other must hold to be told of. Chosen by eye."""

_EVERY_ARTICLE = 0.5
"""Share of the highest score that an article's best sentence must reach for the article to be told of once before
another is told of twice. Chosen by eye."""

_SEARCHED, _KEPT = 60, 20
"""Passages searched for a topic, and those of them, each text once, whose sentences are weighed. Round, not fitted."""

_RELEVANCE = 0.85
"""What a sentence's nearness to the topic counts beside its newness: the lambda of maximal marginal relevance.
Chosen by eye."""

_LEADS = (3.0, 2.4, 1.8, 1.2, 0.6)
"""What being among the first readable sentences of an article adds to the log odds of its telling what happened: a news
story begins with its core (Nenkova, "Automatic Text Summarization of Newswire", 2005). Round; of the 38 points of ten
summaries of news 34 are told so, 32 with two thirds of it and 33 with twice as much."""

_NEAR_ARTICLE = 0.5
"""Share of the highest cosine to the topic that the nearest sentence of an article must reach. Chosen by eye."""

_READ = 12
"""Sections read for a topic: one never read before takes a third of a second on two cores. Round, not fitted."""

_FEWEST_WORDS, _MOST_WORDS = 4, 60
"""Fewest and most words of a sentence that can be told by itself. Chosen by eye."""


@cache
def _points_back(spoken: Language) -> re.Pattern[str]:
    return re.compile(rf"(?:{spoken.sentences.points_back})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A sentence of an article in an answer, under a label: its day in a timeline, its topic in a comparison."""

    label: str
    article: Article
    sentence: Sentence
    after: Sentence | None = None
    """The sentence before it, if it refers to that and may stand only right after it."""


def lines(request: Request, library: Library, reader: Reader, only: Filter | None = None) -> list[Line]:
    """The sentences of the requested answer in order; none where the articles are not about a topic of it."""
    every: list[Line] = []
    for topic in request.topics:
        found = _about(topic, library, reader, only) if any_words(topic) else _leads(library, only)
        found = list(_corrected(found, library))
        if request.kind == "comparison":
            found = [line for line in found if _share_of_topic(topic, [line.sentence.text]) >= LEAST_HELD]
        is_told_on = request.kind == "summary" and len(request.topics) == 1
        found = list(_after_what_they_follow(found)) if is_told_on else [line for line in found if not line.after]
        most = MOST_LINES // len(request.topics)
        if request.kind == "timeline":
            dated = [(day, line) for line in found if (day := _day(line))]
            every += [
                replace(line, label=day_in_words(*day, rules_for(line.article.text)))
                for day, line in sorted(dated[:most], key=lambda pair: pair[0])
            ]
        else:
            chosen = sorted(found[:most], key=_told_at) if topic else found[:most]
            every += [replace(line, label=topic if len(request.topics) > 1 else "") for line in chosen]
        if not every or (len(request.topics) > 1 and every[-1].label != topic):
            return []
    return every


def _after_what_they_follow(found: Sequence[Line]) -> Iterator[Line]:
    """Yields the lines, each that refers to the sentence before it right after that; without that, it is left out."""
    waiting: dict[tuple[str, Sentence], Line] = {}
    told: set[tuple[str, Sentence]] = set()
    for line in found:
        if line.after and (line.article.id, line.after) not in told:
            waiting[line.article.id, line.after] = line
            continue
        next_told: Line | None = line
        while next_told is not None:
            yield next_told
            told.add((next_told.article.id, next_told.sentence))
            next_told = waiting.pop((next_told.article.id, next_told.sentence), None)


def _corrected(found: Sequence[Line], library: Library) -> Iterator[Line]:
    """The lines, in the place of a figure that a correction takes back, and of what else that says, the right one."""
    articles = list(dict.fromkeys(line.article for line in found))
    corrected = [each for article in articles for each in corrects(article, library)]
    every = [
        _PutRight(article.id, said, Line("", library.article(other), right))
        for article in dict.fromkeys([*articles, *corrected])
        for other, said in corrections_said(article.id, library)
        if (right := put_right(said))
    ]
    told: set[Line] = set()
    for line in found:
        instead = next((each.right for each in every if each.concerns(line)), None)
        if instead is None:
            yield line
        elif instead not in told:
            told.add(instead)
            yield instead


@dataclass(frozen=True)
class _PutRight:
    """A correction to an article: all that it says, and of it the line with the right figure."""

    article_id: str
    said: tuple[Sentence, ...]
    right: Line

    def concerns(self, line: Line) -> bool:
        """Whether a line is part of the correction, or has a figure that the correction takes back."""
        if line.article.id == self.article_id:
            return takes_back(self.said, line.sentence.text)
        return line.article.id == self.right.article.id and line.sentence in self.said


def _told_at(line: Line) -> tuple[str, str, int]:
    """A sort key for lines: by the day of the article, then by their order in it."""
    return line.article.published or "", line.article.id, line.sentence.start


def overview(answer: Answer, request: Request, chosen: Sequence[Line], library: Library) -> Answer:
    """The answer that consists of these lines, each with its citation."""
    text, written, citations = "", [], []
    for number, line in enumerate(chosen, start=1):
        quote = " ".join(line.sentence.text.split())
        shown = f"{line.label}: {quote}" if line.label else quote
        text += ("\n" if line.label else " ") * bool(text)
        written.append(AnswerSentence(shown, len(text), len(text) + len(shown), "supported", (number,)))
        citations.append(Citation.of(number, line.article, line.sentence, len(library.reprints(line.article.id))))
        text += shown
    held = [_share_of_topic(topic, [line.sentence.text for line in chosen]) for topic in request.topics if topic]
    return replace(
        answer,
        stage="done",
        outcome="answered",
        text=text,
        sentences=tuple(written),
        citations=tuple(citations),
        confidence=min(held, default=1.0),
    )


def _about(topic: str, library: Library, reader: Reader, only: Filter | None) -> list[Line]:
    """The sentences that tell most about a topic, the most telling first, without repetitions."""
    hits = without_orders(distinct(library.search(topic, _SEARCHED, only), _KEPT))
    articles = {name: library.article(name) for name in dict.fromkeys(hit.passage.article_id for hit in hits)}
    held = [_share_of_topic(topic, [articles[hit.passage.article_id].title, hit.passage.text]) for hit in hits]
    if max(held, default=0.0) < LEAST_HELD:
        return []
    about = [hit for hit, share in zip(hits, held, strict=True) if share >= LEAST_HELD * max(held)]
    cosine = {hit.passage.article_id: 0.0 for hit in about}
    for hit in about:
        own = max(found.cosine for found in hit.sentences)
        cosine[hit.passage.article_id] = max(own, cosine[hit.passage.article_id])
    nearest = max(cosine.values())
    about = [hit for hit in about if cosine[hit.passage.article_id] >= _NEAR_ARTICLE * nearest]
    read = sections(about, library, _READ)
    readings = reader.read(WHAT_HAPPENED.format(topic=topic), [text_of(section) for section in read])
    usable = []
    for section, reading in zip(read, readings, strict=True):
        article, spoken = articles[section.article_id], rules_for(section.text)
        bonus = dict(zip(_lead_starts(article), _LEADS, strict=False))
        before: Sentence | None = None
        for found, odds in zip(section.sentences, reading.sentences, strict=True):
            if found.text == article.title or not _whole(found.text, spoken) or is_order(found.text):
                before = None
                continue
            alone = _stands_alone(found.text, spoken)
            if alone or before:
                line = Line("", article, found, None if alone else before)
                usable.append((_telling(odds + bonus.get(found.start, 0.0)), line))
            before = found
    return list(_some_of_each(_diverse(usable)))


def _telling(odds: float) -> float:
    """Log odds scaled to 0..1, so that they can be weighed against newness.

    >>> _telling(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-odds / 2))


def _lead_starts(article: Article) -> list[int]:
    """Where the first readable sentences of an article begin."""
    body = article.text.find("\n") + 1 if article.text.startswith(article.title) else 0
    spoken = rules_for(article.text)
    every = article_sentences(article, body)
    readable = (found.start for found in every if _readable(found.text, spoken))
    return list(itertools.islice(readable, len(_LEADS)))


def _some_of_each(found: Sequence[tuple[float, Line]]) -> Iterator[Line]:
    """Yields the lines in rounds: the next best line of each article, before any article's second one, and so on."""
    nearest = max((score for score, _ in found), default=0.0)
    counts: Counter[str] = Counter()
    turns = []
    for place, (score, line) in enumerate(found):
        late = not counts[line.article.id] and score < _EVERY_ARTICLE * nearest
        turns.append((counts[line.article.id] + late, place, line))
        counts[line.article.id] += 1
    yield from (line for _, _, line in sorted(turns, key=lambda turn: turn[:2]))


def _readable(text: str, spoken: Language) -> bool:
    """Whether a sentence is complete and can be understood alone."""
    return _whole(text, spoken) and _stands_alone(text, spoken)


def _stands_alone(text: str, spoken: Language) -> bool:
    """Whether a sentence refers to nothing that only the sentence before it names."""
    return words(text, spoken)[0].key not in spoken.sentences.joined and not _points_back(spoken).match(text)


def _whole(text: str, spoken: Language) -> bool:
    """Whether a sentence is complete and can be quoted; speech without its speaker cannot."""
    return (
        _FEWEST_WORDS <= len(words(text, spoken)) <= _MOST_WORDS
        and (text[0].isupper() or text[0].isdigit())
        and text.rstrip("”“»\"’') \u00a0\u202f").endswith((".", "!"))
        and _has_whole_quotations(text)
    )


def _has_whole_quotations(text: str) -> bool:
    """Whether each quotation that begins in a text ends there.

    >>> [_has_whole_quotations(text) for text in ("She said “no” twice.", "Er sagte „nein“.", "“No.")]
    [True, True, False]
    """
    left = text.count("“") - text.count("”")
    return left == text.count("„") and text.count("«") == text.count("»")


def _diverse(scored: Iterable[tuple[float, Line]]) -> list[tuple[float, Line]]:
    """Maximal marginal relevance: the nearest first, then whichever is near and says least of what was said.

    Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking", 1998; likeness is the share of words in
    common.
    """
    left = [(score, line, stems(line.sentence.text, rules_for(line.article.text))) for score, line in scored]
    said: list[frozenset[str]] = []
    chosen = []
    while left:
        best = max(left, key=lambda item: _RELEVANCE * item[0] - (1 - _RELEVANCE) * _likeness(item[2], said))
        left.remove(best)
        said.append(best[2])
        chosen.append(best[:2])
    return chosen


def _likeness(bag: frozenset[str], others: Sequence[frozenset[str]]) -> float:
    return max((len(bag & other) / max(1, min(len(bag), len(other))) for other in others), default=0.0)


def _leads(library: Library, only: Filter | None) -> list[Line]:
    """The first sentences of the newest articles that are admitted: of fewer articles more of each."""
    leads: dict[str, list[Line]] = {}
    for passage in library.passages() if only is None else _admitted(library, only):
        if passage.article_id not in leads and len(leads) == MOST_LINES:
            break
        if len(leads.get(passage.article_id, ())) >= MOST_LINES:
            continue
        article = library.article(passage.article_id)
        spoken = rules_for(passage.text)
        every = article_sentences(article, passage.start, passage.end)
        of = leads.setdefault(passage.article_id, [])
        of += [Line("", article, each) for each in every if _readable(each.text, spoken) and not is_order(each.text)]
    each = MOST_LINES // max(1, len(leads))
    return [line for of in leads.values() for line in of[:each]]


def _admitted(library: Library, only: Filter) -> list[Passage]:
    """Passages of the articles that a filter admits, in reading order, those of each article together."""
    found = [hit.passage for hit in library.search("", _SEARCHED, only)]
    return sorted(found, key=lambda passage: (passage.article_id, passage.start))


def _share_of_topic(topic: str, texts: Sequence[str]) -> float:
    """Share of the topic's words that the texts have; names count double, because another war is another topic."""
    spoken = rules_for(" ".join(texts))
    weight = {word.stem: 1 + word.capital for word in content(topic, spoken)}
    held = {stem for text in texts for stem in stems(text, spoken)}
    return sum(weight[stem] for stem in weight.keys() & held) / (sum(weight.values()) or 1)


def _day(line: Line) -> Day | None:
    """The day that a line's sentence tells, else that of its article's publication; None where neither is known."""
    spoken = rules_for(line.article.text)
    published, ahead = published_on(line.article), is_ahead(line.sentence.text, spoken)
    every = dates(line.sentence.text, spoken)
    named = [(found, day_meant(found, published, ahead)) for found in every if not found.decade]
    told = [(bool(found.day), bool(found.year), day) for found, day in named if day is not None]
    if told:  # "not in May but on 3 June 2024": the fullest date is what the sentence tells
        return max(told, key=lambda each: each[:2])[2]
    return (published.year, published.month, published.day) if published else None

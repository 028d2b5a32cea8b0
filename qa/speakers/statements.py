"""Who says what in an article: the people and organisations that it quotes or reports, with their statements.

A wrong speaker is worse than none: statements that no rule can attribute are left out. In a language whose file has no
words of saying there are no speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.language.detection import rules_for
from index.language.pack import Language
from index.language.parts.speech import Speech
from index.records import Article, Sentence
from index.text.furniture import furniture
from index.text.sentences import sentences
from qa.text.interviews import asked_lines
from qa.text.names import names
from qa.text.orders.finding import is_order
from qa.text.people import NamedPeople, key_of
from qa.text.quotations.marks import IN_A_LINE
from qa.text.saying import Attribution, attributions
from qa.text.speech import is_speech
from qa.text.words import any_words, fold

_INTERVIEW = re.compile(r"(?:Q|A)[:.]\s")
"""How lines of an interview begin, which name no speaker and are passed over."""


@dataclass(frozen=True)
class Saying:
    """A statement: whole sentences that an article has somebody say, ``article.text[start:end] == text``."""

    article: Article
    start: int
    end: int
    text: str
    is_quoted: bool
    """Whether it is quoted, in quotation marks; else it is reported."""


@dataclass(frozen=True)
class Speaker:
    """A speaker of an article, with all their statements in reading order."""

    name: str
    key: str
    """The name's telling words, folded: the same for ``José Montes`` and ``Jose Montes``."""
    is_named: bool
    """Whether ``name`` is a name; else it is what the article calls them ("the police"): others, in another article."""
    sayings: tuple[Saying, ...]


@lru_cache(maxsize=256)
def speakers_of(article: Article) -> tuple[Speaker, ...]:
    """The speakers of an article, in the order in which they first speak.

    >>> text = "Mayor Ana Ruiz came. “The bridge is closed,” Ruiz said. “It stays so.” The police said nobody was hurt."
    >>> for who in speakers_of(Article("a", "Bridge", None, None, None, text)):
    ...     print(who.name, [saying.text for saying in who.sayings])
    Ana Ruiz ['“The bridge is closed,” Ruiz said. “It stays so.”']
    the police ['The police said nobody was hurt.']
    """
    found: dict[str, tuple[str, bool, list[Saying]]] = {}
    spoken = rules_for(article.text)
    if spoken.speech is None or spoken.people is None:
        return ()
    for who, saying in _Reader(article, spoken, spoken.speech).sayings():
        found.setdefault(who.key, (who.name, who.is_named, []))[2].append(saying)
    return tuple(Speaker(name, key, is_named, tuple(said)) for key, (name, is_named, said) in found.items())


@dataclass(frozen=True)
class _Who:
    name: str
    key: str
    is_named: bool


@dataclass(frozen=True)
class _Paragraph:
    sentences: tuple[Sentence, ...]
    start: int
    end: int


class _Reader:
    """Reads one article from beginning to end, keeping track of the people named and of the last speaker."""

    def __init__(self, article: Article, spoken: Language, speech: Speech) -> None:
        self._article = article
        self._spoken = spoken
        self._speech = speech
        self._text = article.text
        head = len(article.title) if self._text.lstrip().startswith(article.title) else 0
        self._people = NamedPeople(self._text, spoken, head)

    def sayings(self) -> Iterator[tuple[_Who, Saying]]:
        before: _Who | None = None
        for paragraph in self._paragraphs():
            given = list(self._given(paragraph, before))
            yield from self._joined(given)
            speakers = {who for _, who, _ in given}
            before = next(iter(speakers)) if len(speakers) == 1 else None

    def _paragraphs(self) -> Iterator[_Paragraph]:
        out = [*furniture(self._text, self._article.repeated), *asked_lines(self._text)]
        for line in re.finditer(r"[^\n]*\S[^\n]*", self._text):
            if _INTERVIEW.match(line.group()) or any(
                first <= line.start() and line.end() <= last for first, last in out
            ):
                continue
            found = [s for s in sentences(self._text, line.start(), line.end()) if not is_order(s.text)]
            if found:
                yield _Paragraph(tuple(found), line.start(), line.end())

    def _given(self, paragraph: _Paragraph, before: _Who | None) -> Iterator[tuple[Sentence, _Who, bool]]:
        """Yields the paragraph's sentences that somebody says, with the speaker, and whether they are quoted."""
        spans = [
            m.span()
            for m in IN_A_LINE.finditer(self._text, paragraph.start, paragraph.end)
            if _is_said(m.group(), self._spoken)
        ]
        plain = _blanked(self._text, paragraph, spans)
        said_by = {s: self._said_by(s, plain, paragraph, has_quote=_touches(s, spans)) for s in paragraph.sentences}
        quoted: dict[Sentence, _Who] = {}
        last = before if spans and not plain[spans[0][1] - paragraph.start :].strip() and len(spans) == 1 else None
        for span in spans:
            over = [s for s in paragraph.sentences if s.start < span[1] and span[0] < s.end]
            alone = all(not re.search(r"\w", plain[s.start - paragraph.start : s.end - paragraph.start]) for s in over)
            who = next((w for s in reversed(over) if (w := said_by[s])), None) or (last if alone else None)
            if who is not None:
                quoted.update((s, who) for s in over)
                last = who
        for sentence in paragraph.sentences:
            if sentence in quoted:
                yield sentence, quoted[sentence], True
            elif who := said_by[sentence]:
                yield sentence, who, False

    def _joined(self, given: Sequence[tuple[Sentence, _Who, bool]]) -> Iterator[tuple[_Who, Saying]]:
        """Joins neighbouring sentences of one speaker to one statement."""
        run: list[tuple[Sentence, _Who, bool]] = []
        for item in given:
            if run and (item[1:] != run[-1][1:] or self._text[run[-1][0].end : item[0].start].strip()):
                yield self._saying(run)
                run = []
            run.append(item)
        if run:
            yield self._saying(run)

    def _saying(self, run: Sequence[tuple[Sentence, _Who, bool]]) -> tuple[_Who, Saying]:
        start, end = run[0][0].start, run[-1][0].end
        return run[0][1], Saying(self._article, start, end, self._text[start:end], run[0][2])

    def _said_by(self, sentence: Sentence, plain: str, paragraph: _Paragraph, has_quote: bool) -> _Who | None:
        """The speaker of a sentence, told by its verbs of saying outside quotation marks; None where they tell none."""
        outside = plain[sentence.start - paragraph.start : sentence.end - paragraph.start]
        for found in attributions(outside, self._spoken, beside_quotes=has_quote):
            if (who := self._who(found, sentence)) is not None:
                return who
        return None

    def _who(self, found: Attribution, sentence: Sentence) -> _Who | None:
        if found.kind == "pronoun":
            meant = self._people.meant(found.text.strip().lower(), sentence.start + found.start)
            return None if meant is None else _person(meant)
        words_of = " ".join(found.text.split())
        if found.kind == "name" and (named := names(words_of, self._spoken)):
            if not found.is_certain and (words_of.endswith("s") or fold(words_of) in self._speech.numbers):
                return _noun(words_of, self._speech)  # "Investigators said"
            whole = len(named) > 1  # "University of Aldmoor"
            return _person(words_of if whole else self._people.full(named[0]))
        return _noun(words_of, self._speech)


def _person(name: str) -> _Who:
    return _Who(name, key_of(name), True)


def _noun(called: str, speech: Speech) -> _Who | None:
    """The speaker whom a noun phrase calls something; None where it names a report or the like, or "some" people."""
    head = re.split(rf"\s(?:{speech.subjects.of_noun})\s", called)[0]
    every = any_words(re.sub(r"\s\w+ed$", "", head))
    if not every or every[-1].key in speech.written or every[-1].key in speech.numbers:
        return None
    return _Who(called[0].lower() + called[1:], fold(called), False)


def _blanked(text: str, paragraph: _Paragraph, spans: Sequence[tuple[int, int]]) -> str:
    plain = text[paragraph.start : paragraph.end]
    for start, end in spans:
        a, b = start - paragraph.start, end - paragraph.start
        plain = plain[:a] + " " * (b - a) + plain[b:]
    return plain


def _touches(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in spans)


def _is_said(quoted: str, spoken: Language) -> bool:
    """Whether words in quotation marks are speech: told by the words, or by a sentence's or clause's punctuation.

    >>> from index.language.registry import language
    >>> [_is_said(quoted, language("en")) for quoted in ("“It sulked,”", "“The bridge is closed”", "“The River Queen”")]
    [True, True, False]
    """
    ends = quoted.rstrip('”"“»').endswith((",", ".", "!", "?"))
    return (ends and bool(any_words(quoted))) or is_speech(quoted, spoken)

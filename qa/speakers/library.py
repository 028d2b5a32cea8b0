"""The speakers of a library: each article is searched once for who says what; the result is kept beside the library.

That goes a little at a time, newest articles first, so that speakers can be shown before all articles are searched.
"""

from __future__ import annotations

import hashlib
import inspect
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

from index.errors import BylineError
from index.language.registry import language
from index.library import Library
from index.records import Article
from index.store.articles.statements import SpeakerCounts, Statement, Statements
from index.text.furniture import furniture
from index.text.sentences import sentences
from qa.speakers.statements import Saying, speakers_of
from qa.text.interviews import asked_lines
from qa.text.names import names
from qa.text.people import NamedPeople
from qa.text.saying import attributions
from qa.text.speech import is_speech
from qa.text.words import fold

_AT_ONCE = 20
"""Articles that are searched and written together: a write to the disk for each would take longer than the search.
Round, not fitted."""
_FOUND_BY = (names, NamedPeople, attributions, asked_lines, is_speech, furniture, sentences)


@dataclass(frozen=True)
class Voice:
    """A speaker of a library, with how much they say."""

    name: str
    key: str
    """The name's telling words, folded."""
    keys: tuple[str, ...]
    """``key``, and the surname's key where no other speaker has that surname."""
    statements: int
    quoted: int
    """How many of the statements stand in quotation marks."""
    articles: int


class Voices:
    """The named speakers of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._statements: Statements | None = None
        self._rules = _rules()

    @property
    def are_known(self) -> bool:
        """Whether any of the library's languages has rules for who says what; True where its languages are unknown."""
        codes = self._library.languages()
        return not codes or any(language(code).speech for code in codes)

    def read(self, seconds: float) -> tuple[int, int]:
        """Searches articles that were not searched before, for about ``seconds``.

        Returns how many of the library's articles are searched by now, and how many it has.
        """
        with self._lock:
            until = monotonic() + seconds
            current = {name: mark + self._rules for name, mark in self._library.marks().items()}
            kept = self._kept().marks()
            self._kept().forget([name for name in kept if name not in current])
            unread = [name for name, mark in current.items() if kept.get(name) != mark]
            done = 0
            while done < len(unread) and (not done or monotonic() < until):
                some = unread[done : done + _AT_ONCE]
                self._kept().put({name: current[name] for name in some}, self._statements_of(some))
                done += len(some)
            return len(current) - len(unread) + done, len(current)

    def all(self) -> list[Voice]:
        """The speakers of the articles searched so far, that with most statements first.

        A statement in two articles counts twice. A speaker whom an article calls by a surname alone is taken for the
        speaker with that surname, if there is only one.
        """
        by_key = {count.key: [count] for count in self._kept().counts()}
        full: dict[str, list[str]] = {}
        for key in by_key:
            if " " in key:
                full.setdefault(key.rpartition(" ")[2], []).append(key)
        for surname, keys in full.items():
            if surname in by_key and len(keys) == 1:
                by_key[keys[0]] += by_key.pop(surname)
        return sorted(map(_voice, by_key.values()), key=lambda voice: (-voice.statements, fold(voice.name)))

    def sayings(self, voice: Voice, first: int, count: int) -> list[Saying]:
        """At most ``count`` statements of a speaker, the newest article first, from number ``first`` on (from 0)."""
        order = {name: place for place, name in enumerate(self._library.marks())}
        found = [each for each in self._kept().of(voice.keys) if each.article_id in order]
        found.sort(key=lambda each: (order[each.article_id], each.start))
        texts: dict[str, Article] = {}
        sayings = []
        for each in found[first : first + count]:
            with suppress(BylineError):  # removed since, or damaged
                article = texts.setdefault(each.article_id, self._library.article(each.article_id))
                words = article.text[each.start : each.end]
                sayings.append(Saying(article, each.start, each.end, words, each.is_quoted))
        return sayings

    def _kept(self) -> Statements:
        if self._statements is None:
            self._statements = Statements(self._library.folder)
        return self._statements

    def _statements_of(self, article_ids: Sequence[str]) -> list[Statement]:
        """The statements of the named speakers of these articles; a damaged article has none."""
        found = []
        for name in article_ids:
            with suppress(BylineError):
                for who in speakers_of(self._library.article(name)):
                    if who.is_named:
                        found += [Statement(name, who.key, who.name, s.start, s.end, s.is_quoted) for s in who.sayings]
        return found


def _voice(counts: Sequence[SpeakerCounts]) -> Voice:
    return Voice(
        max((count.name for count in counts), key=len),
        counts[0].key,
        tuple(count.key for count in counts),
        sum(count.statements for count in counts),
        sum(count.quoted for count in counts),
        sum(count.articles for count in counts),
    )


def _rules() -> bytes:
    """Eight bytes that change with the code of the rules for speakers: then all articles are searched anew."""
    files = [inspect.getsource(sys.modules[each.__module__]) for each in (speakers_of, *_FOUND_BY)]
    return hashlib.sha256("".join(files).encode()).digest()[:8]

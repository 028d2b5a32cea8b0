"""Finds the names in a text, and tells whether another text has a name: "José Luis Montes" has "Montes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from index.language.pack import Language, Names, plain
from index.text.sentences import sentences
from qa.text.numbers.by_pack import numbers_by
from qa.text.words import ENGLISH, Word, content, words


@dataclass(frozen=True)
class Name:
    """A name in a text, ``text[start:end]``; ``keys`` are its words, folded, without titles and particles."""

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    certain: bool = True
    """False for one capitalised word at the beginning of a sentence, which may be no name at all."""

    @property
    def initials(self) -> str:
        """The first letters of its words: "eu" of "European Union"; empty for one word."""
        return "".join(key[0] for key in self.keys) if len(self.keys) > 1 else ""


@cache
def _canonical(known: Names) -> dict[str, str]:
    """For each word for a place or its people the one by which they are compared."""
    return {word: plain(line).split()[0] for line in known.places for word in plain(line).split()}


def same(a: str, b: str, spoken: Language = ENGLISH) -> bool:
    """Whether two folded words of names mean the same: forms of one name, or a place and its people.

    >>> same("mexican", "mexico"), same("usa", "american"), same("montes", "montesinos")
    (True, True, False)
    """
    known = spoken.names
    if a == b or known is None:
        return a == b
    standing = _canonical(known)
    if standing.get(a, a) == standing.get(b, b):
        return True
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    rests = (a[common:], b[common:])
    if "" in rests:
        return common >= 4 and set(rests) <= {"", *known.people_endings}
    return common >= 4 and all(rest in known.place_endings for rest in rests)


_WITHIN = re.compile(r"(?:(?!\n\s*\n)[\s.&-])+|['’]s? ")
"""What stands between the words of one name; no name goes on in the next sentence or paragraph."""
_STOP = re.compile(r"\w\.\s+\w")
_SENTENCE_END = re.compile(r"[.!?:][\"'’”)]*\s+[\"'‘“(]*$|^[\W_]*$|\n\s*$|[“\"‘]$")


@lru_cache(maxsize=4096)
def names(text: str, spoken: Language = ENGLISH) -> tuple[Name, ...]:
    """The names of the text in order: runs of capitalised words, particles between them included.

    >>> [(n.text, n.keys) for n in names("The former President José Luis de la Montes left the U.S. on Monday.")]
    [('President José Luis de la Montes', ('jose', 'luis', 'montes')), ('U.S.', ('usa',))]

    Where nouns have capital letters, a word after an article or adjective, or with a noun's ending, is uncertain:

    >>> from index.language.registry import language
    >>> [(n.keys, n.certain) for n in names("Es kam die Zeitung zu Bürgermeister Hans Weber.", language("de"))]
    [(('zeitung',), False), (('hans', 'weber'), True)]

    A full stop within a name ends no sentence:

    >>> [n.text for n in names("Dr. Ana M. Ruiz met Ida Brandt. Anna Holm spoke.")]
    ['Dr. Ana M. Ruiz', 'Ida Brandt', 'Anna Holm']

    There are none in a language whose file has nothing about names.
    """
    known = spoken.names
    if known is None:
        return ()
    every = words(text, spoken)
    begun = frozenset(each.start for each in sentences(text)) if _STOP.search(text) else frozenset[int]()
    found = []
    i = 0
    while i < len(every):
        if not _begins(text, every, i, spoken, known):
            i += 1
            continue
        last = i
        j = i + 1
        while j < len(every) and _goes_on(text, every[j - 1].end, every[j].start, begun):
            if every[j].text[0].isupper() and every[j].key not in _calendar(spoken):
                last = j
            elif every[j].text not in known.particles or j - last > 2:
                break
            j += 1
        run = every[i : last + 1]
        if len(run) > 1 and run[0].key.endswith(known.noun_endings):
            run = run[1:]  # "die Regierung Weber"
        keys = _keys(run, known)
        if keys:
            certain = len(run) > 1 or not _initial(text, run[0]) or run[0].text.isupper()
            certain = certain and not (known.nouns_are_capital and len(run) == 1 and _is_noun(text, every, i, spoken))
            found.append(Name(run[0].start, run[-1].end, text[run[0].start : run[-1].end], keys, certain))
        i = last + 1
    return tuple(found)


def _goes_on(text: str, end: int, start: int, begun: frozenset[int]) -> bool:
    """Whether the word at ``start`` may continue a name that so far ends at ``end``; ``begun``: where sentences
    begin.
    """
    return bool(_WITHIN.fullmatch(text, end, start)) and not (start in begun and "." in text[end:start])


def _initial(text: str, word: Word) -> bool:
    return bool(_SENTENCE_END.search(text[: word.start]))


def _begins(text: str, every: Sequence[Word], i: int, spoken: Language, known: Names) -> bool:
    """Whether a name begins at word ``i``."""
    word = every[i]
    if not word.capital or word.key in _calendar(spoken) or word.text == "I":
        return False
    if (not known.numbers_may_be_names and _counts(word.key, spoken)) or (
        known.nouns_are_capital and word.key in known.no_names
    ):
        return False
    if not _initial(text, word):
        return word.text.lower() not in spoken.stop_words or (word.text.isupper() and len(word.text) > 1)
    if word.text.isupper() and len(word.key) > 1:
        return True
    return word.key not in spoken.stop_words and word.key not in known.no_names


@cache
def _calendar(spoken: Language) -> frozenset[str]:
    """The names of months and weekdays."""
    known = spoken.calendar
    return frozenset().union(*known.months, *known.weekdays) if known else frozenset()


def _counts(key: str, spoken: Language) -> bool:
    """Whether a folded word is a number or a unit."""
    known = spoken.numbers
    return known is not None and (key in known.units or key in known.scales or bool(numbers_by(key, spoken)))


def _is_noun(text: str, every: Sequence[Word], i: int, spoken: Language) -> bool:
    """Whether word ``i``, which begins a run, is rather a noun than a name, in a language with capitals for both."""
    word, known = every[i], spoken.names
    if known is None or (word.text.isupper() and len(word.text) > 1):
        return False
    if word.key.endswith(known.noun_endings):
        return True
    if i == 0 or not text[every[i - 1].end : word.start].isspace():
        return False
    before = every[i - 1]
    if before.key in known.determiners or before.text[0].isdigit() or _counts(before.key, spoken):
        return True
    return (
        not before.capital
        and before.key not in spoken.stop_words
        and re.fullmatch(known.adjective, before.key) is not None
    )


def _joined(run: Sequence[Word], known: Names) -> Iterator[str]:
    """Yields the folded words of a run; "United States" and "Central America" (which is not the USA) count as one."""
    i = 0
    while i < len(run):
        pair = (run[i].key, run[i + 1].key) if i + 1 < len(run) else ("", "")
        if pair in known.initials:
            yield known.initials[pair]
            i += 2
        elif any(pair[0] in before and pair[1].startswith(place) for place, before in known.parts.items()):
            yield "-".join(pair)
            i += 2
        else:
            if not (run[i].key in known.particles and run[i].text.islower()):
                yield run[i].key
            i += 1


def _keys(run: Sequence[Word], known: Names) -> tuple[str, ...]:
    keys = tuple(_joined(run, known))
    return tuple(key for i, key in enumerate(keys) if key not in known.titles or i == len(keys) - 1)


@lru_cache(maxsize=4096)
def name_keys(text: str, spoken: Language = ENGLISH) -> frozenset[str]:
    """The keys of all certain names in a text.

    >>> sorted(name_keys("Nobody told Ana Ruiz of Lund."))
    ['ana', 'lund', 'ruiz']
    """
    return frozenset(key for name in names(text, spoken) if name.certain for key in name.keys)


def unnamed(text: str, spoken: Language = ENGLISH) -> list[Word]:
    """The words of a text that are neither stop words nor part of a name.

    >>> [word.key for word in unnamed("Why was Ana Ruiz fired?")]
    ['fired']
    """
    named = {key for name in names(text, spoken) for key in name.keys}
    return [word for word in content(text, spoken) if word.key not in named]


def occurrences(text: str, key: str, spoken: Language = ENGLISH) -> int:
    """How often a name's word (``key``) stands in the text, in any form."""
    return sum(same(k, key, spoken) for k in _text_keys(text, spoken))


@lru_cache(maxsize=4096)
def _text_keys(text: str, spoken: Language) -> tuple[str, ...]:
    every = words(text, spoken)
    return tuple(_joined(every, spoken.names)) if spoken.names else tuple(word.key for word in every)


@dataclass(frozen=True)
class NameSource:
    """A text in which names are looked up: its folded words, its names, and the initials of these."""

    keys: frozenset[str]
    names: tuple[Name, ...]
    initials: frozenset[str]
    spoken: Language
    """The language of the text."""

    @staticmethod
    def of(text: str, spoken: Language = ENGLISH) -> NameSource:
        """Reads the words and names of a text."""
        found = names(text, spoken)
        keys = set(_text_keys(text, spoken))
        keys.update(key for name in found for key in name.keys)
        initials = {name.initials for name in found}
        return NameSource(frozenset(keys), found, frozenset(initials), spoken)

    def has(self, key: str) -> bool:
        """Returns whether the text has a name's word, in any form."""
        if key in self.keys or (len(key) > 1 and key in self.initials):
            return True
        return any(same(key, k, self.spoken) for k in self.keys)

    def mentions(self, name: Name) -> bool:
        """Returns whether the text has any word of a name, or its initials."""
        return self._abbreviates(name) or any(self.has(key) for key in name.keys)

    def _abbreviates(self, name: Name) -> bool:
        return name.initials in self.keys

    def missing(self, name: Name) -> tuple[str, ...]:
        """Returns the words of a name that the text lacks; none for "European Union" where it has "EU"."""
        if self._abbreviates(name):
            return ()
        return tuple(key for key in name.keys if not self.has(key))

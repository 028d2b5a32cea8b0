"""Names in a text, and whether a source bears out a name: "Montes" is borne out by "José Luis Montes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from qa.text.words import STOP_WORDS, Word, listed, words

_PARTICLES = frozenset(listed("de del la las los el der den von van di da do dos du des le al bin ibn y e"))
_TITLES = frozenset(
    listed(
        "mr mrs ms miss dr prof professor sir dame lord lady president senator sen rep gov governor general gen "
        "captain capt judge pope king queen prince princess minister secretary mayor chief reverend rev saint st "
        "jr sr"
    )
)
_CALENDAR = frozenset(
    listed(
        "january february march april may june july august september october november december jan feb mar apr jun "
        "jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday"
    )
)
_NO_NAMES = frozenset(
    listed(
        "no not never without none neither nobody nothing yesterday today tomorrow later earlier meanwhile now "
        "former formerly recently finally according officials experts police people"
    )
)
"""Words that are no names although a sentence begins with them."""

_SAME = (
    "usa america american americans",
    "uk britain british briton britons gb",
    "france french frenchman frenchmen",
    "spain spanish spaniard spaniards",
    "germany german germans",
    "netherlands dutch holland",
    "england english englishman",
    "wales welsh",
    "ireland irish",
    "scotland scottish scots",
    "denmark danish danes dane",
    "sweden swedish swedes swede",
    "finland finnish finns finn",
    "norway norwegian norwegians",
    "poland polish poles pole",
    "turkey turkish turks turk",
    "greece greek greeks",
    "switzerland swiss",
    "portugal portuguese",
    "china chinese",
    "philippines filipino filipinos philippine",
    "europe european europeans",
    "iraq iraqi iraqis",
    "peru peruvian peruvians",
    "congress congressional",
)
_CANONICAL = {word: group.split()[0] for group in _SAME for word in group.split()}
_LONG_FORMS = {
    ("united", "states"): "usa",
    ("united", "kingdom"): "uk",
    ("great", "britain"): "uk",
}
_ENDINGS = frozenset(listed("a o e n an ian ean ese ish i ic is ns ans ians s es ia y ie ist ists ism"))
"""What may follow the common beginning of a place and its people: Mexic-o, Mexic-an, Hondur-as, Hondur-an."""


@dataclass(frozen=True)
class Name:
    """A name of a text, ``text[start:end]``; ``keys`` are its telling words, folded, without titles and particles."""

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


def same(a: str, b: str) -> bool:
    """Whether two folded words of a name mean the same: ``mexican`` and ``mexico``, ``usa`` and ``american``."""
    if a == b or _CANONICAL.get(a, a) == _CANONICAL.get(b, b):
        return True
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
    rests = (a[common:], b[common:])
    if "" in rests:
        return common >= 4 and set(rests) <= {"", "s", "es", "n", "an", "ian", "ans", "ese", "i", "ns", "sm", "ism"}
    return common >= 4 and all(rest in _ENDINGS or rest in ("as", "ras") for rest in rests)


_SENTENCE_END = re.compile(r"[.!?:][\"'’”)]*\s+[\"'‘“(]*$|^[\W_]*$|\n\s*$|[“\"‘]$")


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """The names of the text in order: runs of capitalised words, particles between them included.

    >>> [(n.text, n.keys) for n in names("The former President José Luis de la Montes left the U.S. on Monday.")]
    [('President José Luis de la Montes', ('jose', 'luis', 'montes')), ('U.S.', ('usa',))]
    """
    every = words(text)
    found = []
    i = 0
    while i < len(every):
        if not _begins(text, every, i):
            i += 1
            continue
        last = i
        j = i + 1
        while j < len(every) and re.fullmatch(r"[\s.&-]+|['’]s? ", text[every[j - 1].end : every[j].start]):
            if every[j].text[0].isupper() and every[j].key not in _CALENDAR:
                last = j
            elif every[j].text not in _PARTICLES or j - last > 2:
                break
            j += 1
        run = every[i : last + 1]
        keys = _keys(run)
        if keys:
            certain = len(run) > 1 or not _initial(text, run[0]) or run[0].text.isupper()
            found.append(Name(run[0].start, run[-1].end, text[run[0].start : run[-1].end], keys, certain))
        i = last + 1
    return tuple(found)


def _initial(text: str, word: Word) -> bool:
    return bool(_SENTENCE_END.search(text[: word.start]))


def _begins(text: str, every: Sequence[Word], i: int) -> bool:
    """Whether a name begins at word ``i``."""
    word = every[i]
    if not word.capital or word.key in _CALENDAR or word.text == "I":
        return False
    if not _initial(text, word):
        return word.text.lower() not in STOP_WORDS or (word.text.isupper() and len(word.text) > 1)
    if word.text.isupper() and len(word.key) > 1:
        return True
    return word.key not in STOP_WORDS and word.key not in _NO_NAMES


_OTHER_AMERICAS = frozenset(("central", "latin", "north", "south", "african", "native", "asian"))


def _joined(run: Sequence[Word]) -> Iterator[str]:
    """The folded words; "United States" is one, and so is "Central America", which is not the USA."""
    i = 0
    while i < len(run):
        pair = (run[i].key, run[i + 1].key) if i + 1 < len(run) else ("", "")
        if pair in _LONG_FORMS:
            yield _LONG_FORMS[pair]
            i += 2
        elif pair[0] in _OTHER_AMERICAS and pair[1].startswith("america"):
            yield "-".join(pair)
            i += 2
        else:
            if not (run[i].key in _PARTICLES and run[i].text.islower()):
                yield run[i].key
            i += 1


def _keys(run: Sequence[Word]) -> tuple[str, ...]:
    keys = tuple(_joined(run))
    return tuple(key for i, key in enumerate(keys) if key not in _TITLES or i == len(keys) - 1)


def times(text: str, key: str) -> int:
    """How often a word of a name stands in the text, in any form."""
    return sum(same(k, key) for k in _text_keys(text))


@lru_cache(maxsize=4096)
def _text_keys(text: str) -> tuple[str, ...]:
    return tuple(_joined(words(text)))


@dataclass(frozen=True)
class NameSource:
    """What a source text says in names: its folded words, its names, and the names' initials."""

    keys: frozenset[str]
    names: tuple[Name, ...]
    initials: frozenset[str]

    @staticmethod
    def of(text: str) -> NameSource:
        """The names of one text."""
        found = names(text)
        keys = set(_text_keys(text))
        keys.update(key for name in found for key in name.keys)
        initials = {name.initials for name in found}
        return NameSource(frozenset(keys), found, frozenset(initials))

    def has(self, key: str) -> bool:
        """Whether the source has this word of a name, in any form."""
        return key in self.keys or (len(key) > 1 and key in self.initials) or any(same(key, k) for k in self.keys)

    def mentions(self, name: Name) -> bool:
        """Whether the source has any word of the name, or its initials."""
        return self._abbreviates(name) or any(self.has(key) for key in name.keys)

    def _abbreviates(self, name: Name) -> bool:
        return name.initials in self.keys

    def missing(self, name: Name) -> tuple[str, ...]:
        """The words of the name that the source lacks; none for "European Union" where the source says "EU"."""
        if self._abbreviates(name):
            return ()
        return tuple(key for key in name.keys if not self.has(key))

"""A language as data: its words and forms, which the rules that read texts are made from.

A rule takes the language as an argument. Where a language's file leaves a field out, the rules that need it judge
nothing. "As compared" means in lower case without accents, as ``plain`` makes it; where a field of type ``str`` holds a
pattern, that is alternatives of a regular expression.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from index.language.parts.asking import NEVER, Asking, Questions, Restricting
from index.language.parts.site import Bylines, Site
from index.language.parts.stops import FullStops

if TYPE_CHECKING:
    from index.language.parts.counts import Counts
    from index.language.parts.outcomes import Deeds, OrderedOutcomes, Outcomes
    from index.language.parts.speech import People, Speech


def plain(text: str) -> str:
    """The text in lower case without accents, in which form words are compared.

    >>> plain("Für José")
    'fur jose'
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.lower()


def listed(text: str) -> frozenset[str]:
    """The words of a list that is written as one string, each as ``plain`` makes it.

    >>> sorted(listed("für über"))
    ['fur', 'uber']
    """
    return frozenset(plain(text).split())


def spelled(text: str) -> frozenset[str]:
    """The words of a list in their own spelling."""
    return frozenset(text.split())


def numbered(text: str, first: int = 0, step: int = 1) -> dict[str, float]:
    """The words of a list with their values: ``first``, then ``step`` more each; "/" parts words of the same value.

    >>> numbered("null eins zwei/zwo")
    {'null': 0, 'eins': 1, 'zwei': 2, 'zwo': 2}
    """
    return {form: first + step * place for place, forms in enumerate(plain(text).split()) for form in forms.split("/")}


@dataclass(frozen=True, eq=False)
class Numbers:
    """How numbers are written. All words are in lower case, without accents."""

    decimal_comma: bool
    """Whether 1.200,5 is written for what English writes 1,200.5."""
    words: Mapping[str, float]
    """Words whose values add up: "vierzig", "dos"."""
    hundreds: Mapping[str, float]
    """Words that multiply the words directly before them: "hundert"."""
    scales: Mapping[str, float]
    """Words that multiply the whole number before them: "tausend", "Mio."."""
    ordinals: Mapping[str, float]
    """Beginnings of ordinals ("third") and their values."""
    units: Mapping[str, str]
    """Names of units, and the English stems by which units are compared: ``{"prozent": "percent"}``."""
    above: str
    """Pattern before a number that the true one exceeds: "more than"; so ``below`` ("up to") and ``about``."""
    below: str
    about: str
    joining: str = ""
    """What may stand between the words of one number besides spaces: "und", "y"."""
    and_a_half: str = NEVER
    """Pattern that adds a half to the number before it, a noun in between or not: "siete puntos y medio"."""
    ranges: tuple[tuple[str, str], ...] = ()
    """Patterns before and between two numbers that share the second's scale: "von 14 auf 3 Millionen". The first
    pair is of numbers of which one became the other."""
    below_zero: str = NEVER
    """Pattern after a number, or after its noun, that makes it negative: "grados bajo cero"."""
    compounds: bool = False
    """Whether the words of a number are written as one: "zweiundvierzig"."""
    short_scales: Mapping[str, float] = field(default_factory=dict)
    """Scales that stand only directly after digits: "4.2m"."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """Names of parts and how many make a whole: "quarter" and 4."""
    lengths: str = NEVER
    """Pattern after a length: "high" of "1.5m high"."""
    about_length: str = NEVER
    """Pattern near a length, by which a bare "m" means metres rather than millions."""
    counted: frozenset[str] = frozenset()
    """Nouns of what is counted in millions although they have no plural form to tell that."""
    before_seconds: str = NEVER
    """Pattern before "second" that makes it a length of time."""
    percent: str = NEVER
    """Pattern for "per cent" after a number."""
    unit_stems: frozenset[str] = frozenset()
    """Stems of nouns that are units under their own stem (those of ``units`` are under an English one)."""
    common_words: frozenset[str] = frozenset()
    """Frequent words, which tell a text from one in a language with the other decimal mark."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The names of months and weekdays, each with its short forms, in lower case without accents."""

    months: tuple[frozenset[str], ...]
    weekdays: tuple[frozenset[str], ...]
    between: str = ""
    """What may stand between the parts of a date: "de"."""
    other_words: frozenset[str] = frozenset()
    """Names of months that are other words as well ("march"); they are months only after ``before_months``."""
    before_months: str = NEVER
    """Pattern before a month."""
    relative: Mapping[str, int] = field(default_factory=dict)
    """Words for days relative to today, and the distance in days: ``{"yesterday": -1}``."""
    ahead: str = NEVER
    """Pattern of words that speak of the future."""
    after_other_numbers: str = NEVER
    """Pattern after a number from 1100 to 2099 that is no year."""
    beside: frozenset[str] = frozenset()
    """Words beside a date on a line of its own: "updated"."""


def calendar(months: str, weekdays: str, between: str = "", **words: Any) -> Calendar:
    """Makes a calendar of two lists, "/" between forms of one name; ``words`` are the record's other fields."""
    return Calendar(_each(months), _each(weekdays), between, **words)


def _each(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(forms.split("/")) for forms in plain(text).split())


@dataclass(frozen=True, eq=False)
class Denials:
    """Patterns of words that deny, and of words that only look like denials, in the language's own spelling."""

    cues: str
    spared: str
    """Phrases that deny nothing although they hold a denying word: "not only"."""
    clause_ends: str
    """Conjunctions that end the reach of a denial."""
    maybe: str = NEVER
    """Words that make a statement only possible or only claimed: "may"."""
    plainest: str = ""
    """Those of the cues that deny whatever stands beside them; empty means all of them."""
    prefixes: tuple[str, ...] = ("un", "in", "im", "il", "ir", "dis", "non")
    """Prefixes that make a word's contrary; by default those that English has from Latin and German."""
    unsettled: str = NEVER
    """After a denial, words that leave open whether what follows is true: "evidence that"."""
    left_open: str = NEVER
    """Further words, beside ``maybe``, of a sentence that states no fact."""
    disputed: str = NEVER
    """Stands before what somebody says is untrue: "rejected a claim by the union that"."""
    again: str = NEVER
    """Cues that do not deny again after another cue in the same clause: "no pagará ninguna multa"."""
    verb_last: bool = False
    """Whether the verb may stand last in its clause, so that a denial before it may deny all of the clause."""


@dataclass(frozen=True, eq=False)
class Clauses:
    """Patterns of words that begin a clause."""

    telling: str
    """Begin a clause that may state something of its own."""
    dependent: str = NEVER
    """Begin a clause that states nothing of its own, or nothing new; needed where outcomes are read from clauses."""


@dataclass(frozen=True, eq=False)
class Names:
    """What tells names from other words with a capital letter."""

    no_names: frozenset[str]
    """Words that often have a capital letter, as first words of sentences or in titles, and are no names."""
    titles: frozenset[str]
    particles: frozenset[str] = listed("de del la las los el der den von van di da do dos du des le al bin ibn y e")
    """Words in lower case between the words of a name."""
    nouns_are_capital: bool = False
    determiners: frozenset[str] = frozenset()
    """Words that nouns follow rather than names; for languages in which nouns have capital letters."""
    noun_endings: tuple[str, ...] = ()
    """Endings of nouns that are no names; for the same languages."""
    places: tuple[str, ...] = ()
    """Words for a place and its people that do not begin alike ("Greece Greek"); each entry is one place."""
    initials: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Two words of a name, and the one word that is used for both: ("united", "states") and "usa"."""
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For the beginning of a place's name the words before it that make it another place: "Latin America"."""
    place_endings: frozenset[str] = frozenset()
    """Endings after the common beginning of a place and its people: Mexic-o, Mexic-an, Hondur-as, Hondur-an."""
    people_endings: frozenset[str] = frozenset()
    """Endings that make a word for its people of the whole name of a place: Israel-i."""
    adjective: str = NEVER
    """Pattern of a whole word that is an adjective by its ending; for the same languages."""
    numbers_may_be_names: bool = False
    """Whether a number or unit with a capital letter may be a name: "the Group of Seven"."""


@dataclass(frozen=True, eq=False)
class Sentences:
    """Rules for where a sentence ends, besides those of all languages, and for which sentences need the one before.

    Words are in their own spelling.
    """

    before_a_name: frozenset[str] = frozenset()
    """Abbreviations that never end a sentence."""
    maybe_last: frozenset[str] = frozenset()
    """Abbreviations that end one before a word that usually begins one."""
    starters: frozenset[str] = frozenset()
    """Words that usually begin a sentence."""
    ordinals_have_stops: bool = False
    """Whether an ordinal is written as a number with a full stop."""
    joined: frozenset[str] = frozenset()
    """First words of sentences that cannot be understood without the one before; as compared."""
    points_back: str = NEVER
    """Pattern of such words wherever in a sentence they stand."""
    attribution: str = NEVER
    """Pattern of verbs after a quoted question or exclamation, which belong to the same sentence: "asked"."""
    corrections: str = NEVER
    """Pattern of words by which an article corrects what was reported before."""
    bylines: frozenset[str] = frozenset()
    """First words of a line that names who wrote what follows: "by"."""
    hyphenated: frozenset[str] = frozenset()
    """First parts of compounds that are written with their hyphen more often than without: "long" of "long-running"."""
    between_parts: frozenset[str] = frozenset()
    """Words after a hyphen that stands for a part left out: "und" of "Nord- und Südseite"."""


@dataclass(frozen=True, eq=False)
class Corrections:
    """How an article says that it corrects an earlier one: patterns, in whatever letter case."""

    headings: str
    """Begins a headline or paragraph of corrections: "Corrections and clarifications"."""
    itself: str
    """Says that the article itself was corrected, and no other: "an earlier version"."""
    earlier: str
    """Names an earlier report, below such a heading: "an article"."""
    ours: str
    """Names a report of the same outlet, anywhere: "our report"."""
    wrong: str
    """Says, in the same sentence, that it was wrong: "incorrectly"."""
    taken_back: str
    """Stands before the wrong statement: "not", "instead of"."""
    looked_up: tuple[str, ...]
    """Words and phrases of which every correction holds at least one; they are looked up to find corrections."""


@dataclass(frozen=True, eq=False)
class Endings:
    """The endings by which the forms of a word differ, as compared."""

    all: frozenset[str]
    """Endings after a word that has lost what ``parted`` matches."""
    of_short: frozenset[str]
    """Endings after a whole word of three or four letters."""
    parted: str
    """Pattern of what a word may lose at its end before another ending follows."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language; a part that is None is not known yet."""

    code: str
    """ISO 639-1."""
    name: str
    """In English."""
    stemmer: str | None = None
    """The name of its Snowball algorithm (https://snowballstem.org/algorithms/); None: words are not stemmed."""
    day_form: str = ""
    """How a date is written, with ``{day}``, ``{month}`` and ``{year}``; where it is empty, Babel writes dates."""
    endings: Endings | None = None
    """None: forms of a word are recognised by their stem alone."""
    stop_words: frozenset[str] = frozenset()
    """Words that state nothing by themselves, as compared; negations are not among them."""
    elisions: tuple[str, ...] = ()
    """Short words that are joined to the next word: "l'", "d'"."""
    saying: str | None = None
    """Pattern of verbs of saying."""
    contraries: tuple[str, ...] = ()
    """Groups of words that exclude each other, "/" between the sides of each."""
    superlative: str = NEVER
    """Pattern of superlatives: "largest"."""
    below_superlative: str = NEVER
    """Pattern before a superlative that weakens it, with the space after it: "second-", "one of the "."""
    contraries_alone: tuple[str, ...] = ()
    """Groups of common words, which count as contraries only where one stands alone in the other's place."""
    numbers: Numbers | None = None
    calendar: Calendar | None = None
    denials: Denials | None = None
    clauses: Clauses | None = None
    speech: Speech | None = None
    people: People | None = None
    outcomes: Outcomes | None = None
    ordered_outcomes: OrderedOutcomes | None = None
    deeds: Deeds | None = None
    counts: Counts | None = None
    names: Names | None = None
    questions: Questions | None = None
    asking: Asking | None = None
    restricting: Restricting | None = None
    corrections: Corrections | None = None
    sentences: Sentences = field(default_factory=Sentences)
    stops: FullStops = field(default_factory=FullStops)
    site: Site = field(default_factory=Site)
    bylines: Bylines = field(default_factory=Bylines)

    @property
    def abstains(self) -> tuple[str, ...]:
        """Names of the checks for which this language has no data: "numbers", "dates" and so on."""
        parts = {"numbers": self.numbers, "dates": self.calendar, "negations": self.denials, "names": self.names}
        return tuple(check for check, part in parts.items() if part is None)

    @cached_property
    def _snowball(self) -> Any:
        import snowballstemmer  # type: ignore[import-untyped]

        return snowballstemmer.stemmer(self.stemmer) if self.stemmer else None

    def stem(self, word: str) -> str:
        """The stem of a word in lower case; the word itself where no stemmer is known."""
        return _stemmed(self, word)


_STEMMING = threading.Lock()
"""A stemmer keeps the word that it works on: two threads in one at a time make wrong stems, which would be kept, or an
IndexError."""


@lru_cache(maxsize=65536)
def _stemmed(language: Language, word: str) -> str:
    with _STEMMING:
        return str(language._snowball.stemWord(word)) if language._snowball else word

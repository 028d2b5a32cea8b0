"""A language as data: its words and forms, from which the rules that read texts are made.

A rule takes its language as an argument. What a language's file leaves out, a rule does not judge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from index.language.asking import NEVER, Asking, Questions, Restricting

if TYPE_CHECKING:
    from index.language.counts import Counts
    from index.language.outcomes import Deeds, OrderedOutcomes, Outcomes
    from index.language.speech import People, Speech


def plain(text: str) -> str:
    """The text in lower case without accents, as words are compared.

    >>> plain("Für José")
    'fur jose'
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.lower()


def listed(text: str) -> frozenset[str]:
    """The words of a list written as one string, as they are compared.

    >>> sorted(listed("für über"))
    ['fur', 'uber']
    """
    return frozenset(plain(text).split())


def spelled(text: str) -> frozenset[str]:
    """The words of a list in their own spelling."""
    return frozenset(text.split())


def numbered(text: str, first: int = 0, step: int = 1) -> dict[str, float]:
    """The words of a list with their numbers, from the first on; forms of one number are joined by a stroke.

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
    """Words that multiply what stands before them: "hundert"."""
    scales: Mapping[str, float]
    """Words that multiply all that stands before them: "tausend", "Mio."."""
    ordinals: Mapping[str, float]
    """Beginnings of the words for "third" and the like."""
    units: Mapping[str, str]
    """Names of units, and the English stems under which they compare: ``{"prozent": "percent"}``."""
    above: str
    """What says that a number is exceeded, as alternatives of a regular expression; so the two below."""
    below: str
    about: str
    joining: str = ""
    """What stands between the words of one number besides spaces: "und", "y"."""
    and_a_half: str = NEVER
    """What adds a half to the number before it, or before the noun before it: "siete puntos y medio"."""
    ranges: tuple[tuple[str, str], ...] = ()
    """What stands before the first of two numbers of one scale, and between them: "von 14 auf 3 Millionen"; first those
    of which one becomes the other."""
    below_zero: str = NEVER
    """What makes a number behind which it stands, or behind whose noun, a negative one: "grados bajo cero"."""
    compounds: bool = False
    """Whether the words of a number are written as one: "zweiundvierzig"."""
    short_scales: Mapping[str, float] = field(default_factory=dict)
    """Scales after digits alone: "4.2m"."""
    parts: Mapping[str, int] = field(default_factory=dict)
    """Names of parts and how many make a whole: "quarter"."""
    lengths: str = NEVER
    """Words after a length: "1.5m high"."""
    about_length: str = NEVER
    """Words near a length, by which a bare "m" is metres rather than millions."""
    counted: frozenset[str] = frozenset()
    """What is counted in millions, and has no plural by which that is told."""
    before_seconds: str = NEVER
    """Words before "second" that make it a stretch of time."""
    percent: str = NEVER
    """Words for "per cent" behind a number."""
    unit_stems: frozenset[str] = frozenset()
    """Stems of nouns that are units under their own stem, as those of ``units`` are under another."""
    common_words: frozenset[str] = frozenset()
    """Words by which a text is told from one in a language that has the other decimal mark."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """The names of months and weekdays, each with its short forms, in lower case without accents."""

    months: tuple[frozenset[str], ...]
    weekdays: tuple[frozenset[str], ...]
    between: str = ""
    """What may stand between the parts of a date: "de"."""
    other_words: frozenset[str] = frozenset()
    """Names of months that are other words as well ("march"): months only beside what follows."""
    before_months: str = NEVER
    """Words before a month, as alternatives of a regular expression; so the last."""
    relative: Mapping[str, int] = field(default_factory=dict)
    """Words that name a day by its distance from today, in days: ``{"yesterday": -1}``."""
    ahead: str = NEVER
    """Words of what is still to come."""
    after_other_numbers: str = NEVER
    """Words behind a number from 1100 to 2099 that make it no year."""
    beside: frozenset[str] = frozenset()
    """Words beside a date that stands by itself: "updated"."""


def calendar(months: str, weekdays: str, between: str = "", **words: Any) -> Calendar:
    """A calendar of two lists, forms of one name joined by a stroke; ``words`` are the record's other fields."""
    return Calendar(_each(months), _each(weekdays), between, **words)


def _each(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(forms.split("/")) for forms in plain(text).split())


@dataclass(frozen=True, eq=False)
class Denials:
    """What denies, and what looks so: alternatives of regular expressions, in the language's own spelling."""

    cues: str
    spared: str
    """"not only" and its like, which deny nothing."""
    clause_ends: str
    """Conjunctions beyond which nothing is denied."""
    maybe: str = NEVER
    """Words without which what is only possible or said reads as a fact."""
    plainest: str = ""
    """Of the cues those that deny whatever stands beside them; where it is not said, all."""
    prefixes: tuple[str, ...] = ("un", "in", "im", "il", "ir", "dis", "non")
    """What makes of a word its contrary; where it is not said, the prefixes that English has from Latin and German."""
    unsettled: str = NEVER
    """After a denial, words by which what is said next is neither denied nor said: "evidence that"."""
    left_open: str = NEVER
    """Words of a sentence that states no fact, beside those of ``maybe``."""
    disputed: str = NEVER
    """What stands before what somebody says is untrue: "rejected a claim by the union that"."""
    again: str = NEVER
    """Those of the cues that deny no more behind another in their clause: "no pagará ninguna multa"."""
    verb_last: bool = False
    """Whether the verb may stand last, so that what is denied before it may be all that its clause says."""


@dataclass(frozen=True, eq=False)
class Clauses:
    """Words that begin a clause, as alternatives of regular expressions."""

    telling: str
    """Of one that may tell something of its own."""
    dependent: str = NEVER
    """Of one that states nothing of its own, or nothing new; where outcomes are told, it has to be said."""


@dataclass(frozen=True, eq=False)
class Names:
    """What tells names from other words with a capital letter."""

    no_names: frozenset[str]
    """Words that are no names although a sentence begins with them, or a title does."""
    titles: frozenset[str]
    particles: frozenset[str] = listed("de del la las los el der den von van di da do dos du des le al bin ibn y e")
    """Words in lower case between the words of a name."""
    nouns_are_capital: bool = False
    determiners: frozenset[str] = frozenset()
    """Where nouns have capital letters: words after which a noun follows rather than a name."""
    noun_endings: tuple[str, ...] = ()
    """Likewise: how a noun ends that is no name."""
    places: tuple[str, ...] = ()
    """A place and its people, whose names are too unlike to be told by their beginnings; each line is one."""
    initials: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Two words of a name and the one word that stands for them."""
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Beginnings of a place's name, and words before it that make it another place: "Latin America"."""
    place_endings: frozenset[str] = frozenset()
    """What may follow the common beginning of a place and its people: Mexic-o, Mexic-an, Hondur-as, Hondur-an."""
    people_endings: frozenset[str] = frozenset()
    """What may follow the whole name of a place in a word for its people: Israel-i."""
    numbers_may_be_names: bool = False
    """Whether a number or unit with a capital letter may be a name: "the Group of Seven"."""


@dataclass(frozen=True, eq=False)
class Sentences:
    """What tells where a sentence ends, beside what is known for all languages, and what it needs of the one before.

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
    """First words of sentences that cannot be read without the one before, as they are compared."""
    points_back: str = NEVER
    """The same, as alternatives of a regular expression; so the last."""
    attribution: str = NEVER
    """Verbs behind a question or exclamation in quotation marks, with which its sentence goes on."""
    corrections: str = NEVER
    """Words by which an article sets right what was told before."""
    bylines: frozenset[str] = frozenset()
    """First words of a line that names who wrote what follows: "by"."""


@dataclass(frozen=True, eq=False)
class Corrections:
    """How an article says that it sets right an earlier one: alternatives of regular expressions, in whatever case."""

    headings: str
    """What a headline or a paragraph of corrections begins with: "Corrections and clarifications"."""
    itself: str
    """What is corrected where it stands, and in no other article: "an earlier version"."""
    earlier: str
    """What names an earlier report below such a heading: "an article"."""
    ours: str
    """What names one of the own paper wherever it stands: "our report"."""
    wrong: str
    """What says in the same sentence that it was wrong: "incorrectly"."""
    taken_back: str
    """What stands before that which was wrong: "not", "instead of"."""
    looked_up: tuple[str, ...]
    """Words and phrases one of which stands in whatever sets right an earlier report."""


@dataclass(frozen=True, eq=False)
class Endings:
    """How the forms of a word end, in lower case without accents."""

    all: frozenset[str]
    """Of a word, after what is left of it without those of ``parted``."""
    of_short: frozenset[str]
    """Of a word of three or four letters, after the whole of it."""
    parted: str
    """What a word may lose at its end, as alternatives of a regular expression."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language; a part that is None is not known yet."""

    code: str
    """ISO 639-1."""
    name: str
    """In English."""
    stemmer: str | None = None
    """The name of its Snowball algorithm (https://snowballstem.org/algorithms/)."""
    day_form: str = ""
    """How a day is written, of ``{day}``, ``{month}`` and ``{year}``; empty where Babel is asked for it."""
    endings: Endings | None = None
    """Where they are not known, forms of a word are told by their stem."""
    stop_words: frozenset[str] = frozenset()
    """Words that carry no fact of their own, without accents; negations are not among them."""
    elisions: tuple[str, ...] = ()
    """Short words that are written together with the next: "l'", "d'"."""
    saying: str | None = None
    """Verbs of saying, as alternatives of a regular expression."""
    contraries: tuple[str, ...] = ()
    """Words that exclude each other: sides parted by a stroke."""
    superlative: str = NEVER
    """Words that say that nothing has more of something: "largest", as alternatives of a regular expression."""
    below_superlative: str = NEVER
    """What stands before one that makes it less: "second", "one of the", with the space behind it."""
    contraries_alone: tuple[str, ...] = ()
    """The same of words so common that they must stand alone in each other's place."""
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

    @property
    def abstains(self) -> tuple[str, ...]:
        """The checks that know nothing of this language."""
        parts = {"numbers": self.numbers, "dates": self.calendar, "negations": self.denials, "names": self.names}
        return tuple(check for check, part in parts.items() if part is None)

    @cached_property
    def _snowball(self) -> Any:
        import snowballstemmer  # type: ignore[import-untyped]

        return snowballstemmer.stemmer(self.stemmer) if self.stemmer else None

    def stem(self, word: str) -> str:
        """The stem of a word in lower case; the word itself where no stemmer is known."""
        return _stemmed(self, word)


@lru_cache(maxsize=65536)
def _stemmed(language: Language, word: str) -> str:
    return str(language._snowball.stemWord(word)) if language._snowball else word

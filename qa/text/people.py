"""Names of people in a text: without titles, in full, and the person whom a pronoun or surname means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.pack import Language
from index.language.parts.speech import People
from qa.text.names import Name, names
from qa.text.quotations.marks import IN_A_LINE
from qa.text.words import ENGLISH, any_words, fold

_AFTER = 20
"""Characters after a name, or after its sentence, that tell whether it is a person's. Chosen by eye."""
_BESIDE = 8
"""Characters on either side of a name in which a verb of saying, with its space, may stand. Chosen by eye."""


class NamedPeople:
    """The people named in a text; names in its first ``head`` characters, the headline, are passed over.

    Capitals in headlines look like names: "Late Ruiz goal". The language's file must have words for people and verbs of
    saying.
    """

    def __init__(self, text: str, spoken: Language = ENGLISH, head: int = 0) -> None:
        assert spoken.people is not None
        assert spoken.speech is not None
        self._text, self._known, self._speech = text, spoken.people, spoken.speech
        self._pronouns = frozenset[str]().union(*self._known.pronouns.values())
        found = [name for name in names(text, spoken) if name.start >= head]
        self._full = self._full_names([name for name in found if self._is_surely_one(name)])
        self._mentions = self._mentioned(
            [n for n in found if self._is_surely_one(n) or key_of(self._stripped(n)) in self._full]
        )

    def full(self, name: Name) -> str:
        """Returns the fullest form that the text has of a name.

        >>> text = "Mayor Ana Ruiz came. Later Ruiz left."
        >>> [NamedPeople(text).full(name) for name in names(text)[:2]]
        ['Ana Ruiz', 'Ana Ruiz']
        """
        plain = self._stripped(name)
        key = key_of(plain)
        full = self._full.get(key.split()[-1] if key else "", plain)
        return full if key_of(full).endswith(key) else plain

    def meant(self, pronoun: str, place: int) -> str | None:
        """Returns whom a pronoun at an offset means: the first person in the nearest earlier sentence that names one.

        None where no person was named before, or the text uses the other pronoun for that person.
        """
        earlier = [person for person in self._mentions if person.start < place]
        if not earlier:
            return None
        start = self._sentence(earlier[-1])[0]
        who = self.full(next(person for person in earlier if person.start >= start))
        return None if self._pronouns_of(who) & self._known.pronouns[pronoun] else who

    def _pronouns_of(self, who: str) -> set[str]:
        """Returns the pronouns for a person in the sentences that name nobody else."""
        found: set[str] = set()
        for person in self._mentions:
            start, end = self._sentence(person)
            alone = sum(start <= other.start < end for other in self._mentions) == 1
            if alone and self.full(person) == who:
                rest = IN_A_LINE.sub(" ", self._text[person.end : end])
                found |= {word.key for word in any_words(rest)} & self._pronouns
        return set() if all(found & others for others in self._known.pronouns.values()) else found

    def _sentence(self, name: Name) -> tuple[int, int]:
        """Returns roughly where the sentence around a name begins and ends."""
        marks = (". ", "\n", "? ", "! ", "” ")
        start = max(self._text.rfind(mark, 0, name.start) for mark in marks) + 1
        ends = [place for mark in marks if (place := self._text.find(mark, name.end)) >= 0]
        return start, min(ends, default=len(self._text))

    def _is_surely_one(self, name: Name) -> bool:
        """Whether it is surely a name, not just a word with a capital at the beginning of a sentence."""
        return name.certain or " " in self._stripped(name)

    def _stripped(self, name: Name) -> str:
        return stripped(name, self._known)

    def _full_names(self, every: Sequence[Name]) -> dict[str, str]:
        """Returns for each surname the full name that the article has; none for a surname that two people share."""
        texts = {key_of(plain): plain for plain in map(self._stripped, every)}
        by_surname: dict[str, list[str]] = {}
        for key, plain in texts.items():
            is_whole = " " in key and not any(other.endswith(f" {key}") for other in texts)
            if is_whole and not self._is_organised(key):
                by_surname.setdefault(key.split()[-1], []).append(plain)
        return {surname: full[0] for surname, full in by_surname.items() if len(full) == 1}

    def _is_organised(self, key: str) -> bool:
        return bool(self._known.organised & set(key.split()))

    def _mentioned(self, every: Sequence[Name]) -> list[Name]:
        """Returns the names that are of people: a title, an age, a clause or a verb of saying beside one tells.

        So does a pronoun with which the next sentence begins: "Maja Dahl disagrees. She …".
        """
        age = re.compile(rf", \d{{1,3}}\b{self._known.age}")
        who = re.compile(rf",? (?:{self._known.relative})\b")
        sure = set()
        for name in every:
            plain = self._stripped(name)
            after = self._text[name.end : name.end + _AFTER]
            titled = plain != re.sub(r"['’]s?$", "", name.text)
            apposed = self._text[: name.start].endswith(", ") and after.startswith((",", "."))
            if titled or age.match(after) or who.match(after) or apposed or self._speaks(name) or self._goes_on(name):
                sure.add(key_of(plain))
        return [
            name
            for name in every
            if (key := key_of(self._stripped(name)))
            and not self._is_organised(key)
            and (key in sure or any(other.endswith(f" {key}") for other in sure))
        ]

    def _goes_on(self, name: Name) -> bool:
        start, end = self._sentence(name)
        after = any_words(self._text[end : end + _AFTER])
        is_first = not self._text[start : name.start].strip()
        return is_first and " " in self._stripped(name) and bool(after) and after[0].key in self._pronouns

    def _speaks(self, name: Name) -> bool:
        text, once = self._text, self._speech.once
        beside = text[max(0, name.start - _BESIDE) : name.start] + "|" + text[name.end : name.end + _BESIDE]
        return re.search(rf"\b(?:{once}) \||\| (?:{once})\b", beside) is not None


def stripped(name: Name, known: People) -> str:
    """The name without titles and roles before it, and without a possessive.

    >>> stripped(names("Councillor Marek Dunne’s vote")[0], ENGLISH.people)
    'Marek Dunne'
    """
    parts = re.sub(r"['’]s?$", "", name.text).split()
    while len(parts) > 1 and fold(parts[0]).rstrip(".") in known.roles:
        parts = parts[1:]
    is_agent = re.fullmatch(rf"[A-Z][a-z]{{2,}}(?:{known.agents})", parts[0])
    is_first_name = fold(parts[0]) in known.first_names
    return " ".join(parts[1:] if len(parts) > 2 and is_agent and not is_first_name else parts)


def key_of(name: str) -> str:
    """The key of a name: its folded words, by which speakers are compared."""
    return " ".join(word.key for word in any_words(name))

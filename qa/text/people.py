"""Names of people in an article: without titles, in full, and the person that a pronoun or surname means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.english_speech import PEOPLE, SPEECH
from qa.text.names import Name, names
from qa.text.quotation_marks import IN_A_LINE
from qa.text.words import fold, words

_AGENT = re.compile(rf"[A-Z][a-z]{{2,}}(?:{PEOPLE.agents})")
_TWO_SENTENCES = re.compile(r"[a-zà-ÿ]{3,}\.\s")
_PRONOUNS = frozenset().union(*PEOPLE.pronouns.values())
_AGE = re.compile(rf", \d{{1,3}}\b{PEOPLE.age}")
_WHO = re.compile(rf",? (?:{PEOPLE.relative})\b")


class People:
    """The people of a text; names in its first ``head`` characters, a headline's, are passed over.

    A headline's capitals make names of what is none: "Late Ruiz goal".
    """

    def __init__(self, text: str, head: int = 0) -> None:
        self._text = text
        every = [n for n in names(text) if n.start >= head and (n.certain or " " in stripped(n))]
        every = [n for n in every if not _TWO_SENTENCES.search(n.text)]
        self._full = _full_names(every)
        self._mentions = _mentions(text, every)

    def full(self, name: Name) -> str:
        """Returns the fullest form that the text has of a name.

        >>> text = "Mayor Ana Ruiz came. Later Ruiz left."
        >>> [People(text).full(name) for name in names(text)[:2]]
        ['Ana Ruiz', 'Ana Ruiz']
        """
        plain = stripped(name)
        key = key_of(plain)
        full = self._full.get(key.split()[-1] if key else "", plain)
        return full if key_of(full).endswith(key) else plain

    def meant(self, pronoun: str, place: int) -> str | None:
        """Returns whom "he" or "she" means at an offset: the first person of the nearest earlier sentence with one.

        None where no person was named before, or the text uses the other pronoun for that person.
        """
        earlier = [person for person in self._mentions if person.start < place]
        if not earlier:
            return None
        start = self._sentence(earlier[-1])[0]
        who = self.full(next(person for person in earlier if person.start >= start))
        return None if self._pronouns(who) & PEOPLE.pronouns[pronoun] else who

    def _pronouns(self, who: str) -> set[str]:
        """Returns the pronouns for a person in the sentences that name nobody else."""
        found: set[str] = set()
        for person in self._mentions:
            start, end = self._sentence(person)
            alone = sum(start <= other.start < end for other in self._mentions) == 1
            if alone and self.full(person) == who:
                rest = IN_A_LINE.sub(" ", self._text[person.end : end])
                found |= {word.key for word in words(rest)} & _PRONOUNS
        return set() if all(found & others for others in PEOPLE.pronouns.values()) else found

    def _sentence(self, name: Name) -> tuple[int, int]:
        """Returns roughly where the sentence around a name begins and ends."""
        marks = (". ", "\n", "? ", "! ", "” ")
        start = max(self._text.rfind(mark, 0, name.start) for mark in marks) + 1
        ends = [place for mark in marks if (place := self._text.find(mark, name.end)) >= 0]
        return start, min(ends, default=len(self._text))


def stripped(name: Name) -> str:
    """The name without titles and roles before it, and without a possessive.

    >>> stripped(names("Councillor Marek Dunne’s vote")[0])
    'Marek Dunne'
    """
    parts = re.sub(r"['’]s?$", "", name.text).split()
    while len(parts) > 1 and fold(parts[0]).rstrip(".") in PEOPLE.roles:
        parts = parts[1:]
    is_agent = _AGENT.fullmatch(parts[0]) and fold(parts[0]) not in PEOPLE.first_names
    return " ".join(parts[1:] if len(parts) > 2 and is_agent else parts)


def key_of(name: str) -> str:
    return " ".join(word.key for word in words(name))


def _full_names(every: Sequence[Name]) -> dict[str, str]:
    """Returns for each surname the full name that the article has; none for a surname that two people share."""
    texts = {key_of(plain): plain for plain in map(stripped, every)}
    by_surname: dict[str, list[str]] = {}
    for key, plain in texts.items():
        is_whole = " " in key and not any(other.endswith(f" {key}") for other in texts)
        if is_whole and not _is_organised(key):
            by_surname.setdefault(key.split()[-1], []).append(plain)
    return {surname: full[0] for surname, full in by_surname.items() if len(full) == 1}


def _is_organised(key: str) -> bool:
    return bool(PEOPLE.organised & set(key.split()))


def _mentions(text: str, every: Sequence[Name]) -> list[Name]:
    """Returns the names that are of people: a title, an age, a clause or a verb of saying beside one tells."""
    sure = set()
    for name in every:
        plain = stripped(name)
        after = text[name.end : name.end + 20]
        titled = plain != re.sub(r"['’]s?$", "", name.text)
        apposed = text[: name.start].endswith(", ") and after.startswith((",", "."))
        if titled or _AGE.match(after) or _WHO.match(after) or apposed or _speaks(text, name):
            sure.add(key_of(plain))
    return [
        name
        for name in every
        if (key := key_of(stripped(name)))
        and not _is_organised(key)
        and (key in sure or any(other.endswith(f" {key}") for other in sure))
    ]


def _speaks(text: str, name: Name) -> bool:
    beside = text[max(0, name.start - 8) : name.start] + "|" + text[name.end : name.end + 8]
    return re.search(rf"\b(?:{SPEECH.once}) \||\| (?:{SPEECH.once})\b", beside) is not None

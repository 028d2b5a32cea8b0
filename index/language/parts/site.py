"""How the pages of news sites speak to their readers in a language, besides the story, as data.

A field of type ``str`` holds alternatives of a regular expression; where nothing else is said, whatever the letter
case. Nobody knows a page's language before it is read: the rules take the words of all languages together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.language.parts.asking import NEVER


def any_of(patterns: Iterable[str]) -> str:
    """The alternatives of several patterns, as one of them.

    >>> any_of(["by", NEVER, "von"]), any_of([NEVER]) == NEVER
    ('by|von', True)
    """
    return "|".join(pattern for pattern in patterns if pattern != NEVER) or NEVER


@dataclass(frozen=True, eq=False)
class Site:
    """Patterns of words that tell a line of a page's site from its story, and of words that only seem to."""

    list_labels: str = NEVER
    """Whole headings over lists of other articles: "latest news"."""
    labels: str = NEVER
    """Whole buttons, boxes and separators: "share this"."""
    page: str = NEVER
    """Stands before the number of a page, or of a picture of several."""
    out_of: str = NEVER
    """Stands between such a number and that of all: "of"."""
    links: str = NEVER
    """What stands before the colon of a line that links to another article: "read more"."""
    subjects: str = NEVER
    """What stands before the colon of a line that names a story's subjects: "filed under"."""
    rights: str = NEVER
    """Begins a line about rights to the text."""
    notices: str = NEVER
    """Begins a notice to the reader: about browsers, cookies, newsletters."""
    reported: str = NEVER
    """Tells that somebody else speaks of a notice, so that the line is the story's: "accused"."""
    addressed: str = NEVER
    """Speaks to the reader, or of the site: "you", "our"."""
    reasons_for_cookies: str = NEVER
    """What cookies of a page are for; those of a recipe are for nothing of it."""
    words: frozenset[str] = frozenset()
    """The words that notices are made of, besides names and numbers, in lower case."""
    about_page: str = NEVER
    """Speaks of the page, where a sentence stands on one after the other: "this article"."""
    credits: str = NEVER
    """Nouns before a colon and the maker of a picture, in their own spelling: "Photo"."""
    captions: str = NEVER
    """Nouns before a colon and what a picture shows, in their own spelling: "File photo"."""
    credited_to: str = NEVER
    """Stands between such a noun and the maker in place of the colon: "by"."""
    in_credits: str = NEVER
    """Words in lower case within the name of a maker: "of"."""
    made_by: str = NEVER
    """Begins a line that names the maker of a picture and nothing else, in its own spelling: "Photo courtesy of"."""
    in_captions: str = NEVER
    """What may stand between the noun of a caption and its colon: "credit"."""
    begins_caption: str = NEVER
    """Begins a caption without a colon, in its own spelling: "FILE -"."""
    from_left: str = NEVER
    """Begins a list of those who are seen, in its own spelling: "From left"."""
    shares: str = NEVER
    """Whole buttons of a bar for sharing, besides names of platforms: "e-mail"."""
    consent: str = NEVER
    """Words of a box that asks for consent."""


@dataclass(frozen=True, eq=False)
class Bylines:
    """How the lines above and below a story tell who wrote it, where and when."""

    fields: Mapping[str, str] = field(default_factory=dict)
    """For the name of each fact the words before a colon and its value: ``{"author": "author|by"}``."""
    published: str = NEVER
    """Stands before the date of publication."""
    updated: str = NEVER
    """Stands before the date of the last change."""
    published_beginnings: str = NEVER
    """Beginnings of such words, wherever a page writes them beside a date."""
    updated_beginnings: str = NEVER
    o_clock: str = NEVER
    """Stands after the hour: "Uhr"."""
    before_date: str = NEVER
    """Small words before a day or a time: "on"."""
    of_event: str = NEVER
    """Those that may also stand before the day of something else: "Concert on 9 June"."""
    in_outlets: str = NEVER
    """Those of them that are also the first word of a paper's name, as written there: "El"."""
    by: str = NEVER
    """Stands before the author."""
    no_author: str = NEVER
    """Begins what is no author's name after that: "the"."""
    places: str = NEVER
    """Stands between the author and a place: "in"."""
    in_names: str = NEVER
    """Words in lower case within the names of authors and outlets, in their own spelling."""
    roles: str = NEVER
    """What authors are at their paper: "correspondent"."""
    sections: str = NEVER
    """Whole names of sections of a paper: "sport"."""
    outlets: str = NEVER
    """Words in the names of papers, agencies and stations."""
    compounded_outlets: str = NEVER
    """Those that may be the end of a longer word: "zeitung"."""
    signed: str = NEVER
    """Begins a line with the author's name, as written there."""
    reporters: str = NEVER
    """Nouns directly before the name of who reports a story, as written there."""
    pages: str = NEVER
    """Stands before a page's number: "page"."""

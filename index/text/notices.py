"""Sentences that a site addresses to its readers: about browsers, cookies, newsletters, rights, the page itself.

Which sentence is one is judged by all of its words, never by how it begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from index.language.parts.site import any_of
from index.language.registry import sites

_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LONGEST_LABEL = 160
"""Characters: a longer line is no label. Chosen by eye."""


_CONSENT = re.compile(r"\bcookies\b|privacy policy", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST_OTHER_WORDS = 1 / 7
"""The largest share of other words in a notice; a sentence of a story that begins like one has more. Chosen by eye."""

_SPEECH = re.compile(r"[“\"„«»][^”\"“«»]*[”\"“«»]")


@dataclass(frozen=True)
class _Patterns:
    """Patterns of the words of notices, of all languages together (see ``Site``)."""

    notice: re.Pattern[str]
    reported: re.Pattern[str]
    addressed: re.Pattern[str]
    reason_for_cookies: re.Pattern[str]
    about_page: re.Pattern[str]
    words: frozenset[str]


@cache
def _patterns() -> _Patterns:
    def whole(alternatives: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)

    known = sites()
    return _Patterns(
        re.compile(any_of(site.notices for site in known), re.IGNORECASE),
        whole(any_of(site.reported for site in known)),
        whole(any_of(site.addressed for site in known)),
        whole(any_of(site.reasons_for_cookies for site in known)),
        whole("https?|www|" + any_of(site.about_page for site in known)),
        frozenset[str]().union(*(site.words for site in known)),
    )


def is_notice(line: str) -> bool:
    """Whether a line is a notice of the site's to its reader, and no sentence of a story about such notices."""
    known = _patterns()
    if not known.notice.match(line) or known.reported.search(line) or not is_worded_as_notice(line):
        return False
    return not _CONSENT.search(line) or bool(known.addressed.search(line) and known.reason_for_cookies.search(line))


def is_worded_as_notice(line: str) -> bool:
    """Whether nearly all words of a line are words of notices; words with a capital letter may be names."""
    words = _WORD.findall(line)
    of_notices = _patterns().words
    others = [word for word in words if word[0].islower() and word.replace("’", "'") not in of_notices]
    return len(others) <= _MOST_OTHER_WORDS * len(words)


def is_the_sites(line: str) -> bool:
    """Whether a line that repeats over pages is the site's: no sentence, or one to the reader or about the page."""
    if not _PROSE_END.search(line) and len(line) <= _LONGEST_LABEL:
        return True
    known = _patterns()
    without_speech = _SPEECH.sub("", line)
    if known.reported.search(without_speech):
        return False
    is_asked = line.endswith("?")  # as the questions that an interview asks of each guest
    return bool(known.about_page.search(without_speech) or (known.addressed.search(without_speech) and not is_asked))

"""What on a page is not the story: site furniture, marked so that it is kept out of passages.

Nothing is deleted, so offsets stay offsets into the text as read. Whole lines are marked, by all that a line says and
never by how it begins, or because it repeats over pages of its outlet: a paragraph of the story that is lost can never
be cited, a share bar that stays only takes up room. A sentence that repeats is the site's where it speaks to the reader
or of the page, or stands below the story; what stories tell again and again is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from index.language.parts.site import any_of
from index.language.registry import sites
from index.text.line_hashes import line_hash
from index.text.notices import is_notice, is_the_sites, is_worded_as_notice

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"(?<!\.)\.[\"'”’»)\]]*$")
_FEWEST_WORDS = 5
"""Words of a sentence that no button or heading of a page is. Chosen by eye."""
_LONGEST_LABEL, _LONGEST_CAPTION, _LONGEST_NOTICE = 160, 400, 400
"""Characters: of a longer line none is one. Chosen by eye."""
_LONGEST = max(_LONGEST_LABEL, _LONGEST_CAPTION, _LONGEST_NOTICE)
_REMEMBERED = 16_384
"""Short lines whose verdict is remembered: those of the 256 passages that are embedded together, many times over.
Round, not fitted."""
_MOST_BELOW = 2
"""Words of repeated lines below a story, at most, for each word of the story itself. Chosen by eye."""


_RIGHTS = r"©\s*\S|\(c\)\s*(?:\d{4}|copyright)|copyright\s*(?:©|\(c\)|\d{4})"
_AGENCY = (
    r"(?:AFP|AP|AP Photo|(?:The )?Associated Press|Reuters|REUTERS|EPA|EPA-EFE|EFE|dpa|DPA|ANSA|PA|PA Wire|PA Media|UPI"
    r"|Xinhua|TASS|Anadolu(?: Agency)?|NurPhoto|Bloomberg|Shutterstock|Alamy(?: Stock Photo)?|iStock(?:photo)?"
    r"|Getty(?: Images)?|picture[ -]alliance|imago(?: images)?|Keystone|Europa Press|Cuartoscuro|Zuma Press"
    r"|Sipa(?: USA)?|AAP|CP|The Canadian Press)"
)
_AGENCIES = rf"{_AGENCY}(?:\s*(?:/|-|–|—|\||via|and|,)\s*{_AGENCY})*"
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_PARTICLES = "de|del|van|von|da|la|di|el|al"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:{_PARTICLES})\s+)*{_CAPITALISED}){{1,3}}"
_GOES_ON = re.compile(r"\s*[a-zß-ÿ]")
"""Where a label is the first word of a sentence."""
_ONLY_LINKS = re.compile(r"(?:(?:https?://)?(?:pic\.twitter\.com|t\.co|twitter\.com|x\.com|bit\.ly)/\S+\s*)+")
_PLATFORMS = (
    r"facebook|twitter|x(?:\.com)?|whatsapp|linkedin|reddit|pinterest|telegram|messenger|instagram|youtube|tiktok|flipboard"
    r"|pocket|tumblr|bluesky|threads|mastodon|xing|sms|rss"
)


@dataclass(frozen=True)
class _Patterns:
    """Patterns of the words of furniture, of all languages together (see ``Site``)."""

    list_label: re.Pattern[str]
    label: re.Pattern[str]
    link: re.Pattern[str]
    """The line begins like this. A link's words are a headline: a sentence that begins so ("Related: two brothers who
    never met.") is the story's."""
    rights: re.Pattern[str]
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    made_by: re.Pattern[str]
    """A credit that names who made a picture, and nothing else: "Video by a customer showed …" is the story's."""
    from_left: re.Pattern[str]
    """A caption cut off where the page shortened it, so without the stop a paragraph has."""
    share_bar: re.Pattern[str]
    platform: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    known = sites()
    pages = (
        rf"(?:(?:{any_of(site.page for site in known)}) )?\d{{1,3}} ?(?:/|{any_of(site.out_of for site in known)})"
        r" ?\d{1,3}"
    )
    links, subjects = any_of(site.links for site in known), any_of(site.subjects for site in known)
    label = rf"(?:{any_of(site.credits for site in known)})s?(?: [Cc]redit)?"
    to = any_of(site.credited_to for site in known)
    captions, in_captions = any_of(site.captions for site in known), any_of(site.in_captions for site in known)
    credited = rf"(?:{_CAPITALISED}|{_PARTICLES}|{any_of(site.in_credits for site in known)})"
    platform = rf"(?:{_PLATFORMS}|{any_of(site.shares for site in known)})"
    return _Patterns(
        re.compile(any_of(site.list_labels for site in known), re.IGNORECASE),
        re.compile(any_of([*(site.labels for site in known), pages]), re.IGNORECASE),
        re.compile(rf"(?:{links}|{subjects})\s*:\s+\S", re.IGNORECASE),
        re.compile(any_of([_RIGHTS, *(site.rights for site in known)]), re.IGNORECASE),
        re.compile(
            rf"(?:{_NAME}\s*(?:/|\||\bvia\b)\s*{_AGENCIES}"  # Jane Doe / AFP - Getty Images
            rf"|(?:AP Photo|AP|REUTERS|Reuters|EPA|AFP)\s*/\s*{_NAME}"  # AP Photo/Jane Doe
            rf"|{label}(?:\s*[:©]|\s+(?:{to}))\s*{_CAPITALISED}[^.:]{{0,60}}"  # (Photo: Jane Doe)
            rf"|(?<=[.)”\"])\s*{_AGENCY})\s*(?:\.?\))*$"
        ),
        re.compile(rf"(?:{captions})(?: (?:{in_captions}))?\s*[:©]|{any_of(site.begins_caption for site in known)}"),
        re.compile(rf"(?:{any_of(site.made_by for site in known)}) {credited}(?:[\s,/|&–—]+{credited}){{0,13}}"),
        re.compile(rf"(?:{any_of(site.from_left for site in known)})(?:\s*[:,]|\s+{_CAPITALISED})"),
        re.compile(rf"{platform}(?:[\s|·•,/]+{platform})+", re.IGNORECASE),
        re.compile(platform, re.IGNORECASE),
    )


def furniture(text: str, repeated: Collection[int] = ()) -> list[tuple[int, int]]:
    """The lines of ``text`` that belong to the site and not to the story, as sorted spans without their line breaks.

    Marked are browser and cookie notices, headings and links to other articles, share bars, advertisement and
    newsletter boxes, reading times, copyright lines, and picture captions that are credited or labelled as such.
    ``repeated`` are the hashes of lines that repeat over pages of the outlet (see index/text/repetition.py).

    >>> [text[a:b] for text in ["Latest News\\nRain fell.\\nShare this"] for a, b in furniture(text)]
    ['Latest News', 'Share this']
    """
    lines = list(_LINE.finditer(text))
    words = [line[0].strip() for line in lines]
    marked = {number for number, line in enumerate(words) if len(line) <= _LONGEST and says_it_is_furniture(line)}
    marked |= _stacked_platforms(words)
    marked |= _repeated(words, marked, repeated)
    marked |= _closing_list(words, marked)
    return [lines[number].span() for number in sorted(marked)]


# A file is read, split and sketched by its furniture, and an outlet's pages share theirs: each line is judged once.
@lru_cache(maxsize=_REMEMBERED)
def says_it_is_furniture(line: str) -> bool:
    """Whether this line, without the space around it, says by itself that it is furniture."""
    known = _patterns()
    is_sentence = bool(_SENTENCE_END.search(line)) and len(line.split()) >= _FEWEST_WORDS
    if len(line) <= _LONGEST_LABEL and not is_sentence:
        label = line.rstrip(" :…›»>→.")
        if known.list_label.fullmatch(label) or known.share_bar.fullmatch(label):
            return True
        if all(known.label.fullmatch(part) for part in label.split(" | ")):
            return True
    if len(line) <= _LONGEST_NOTICE:
        if is_notice(line) or _ONLY_LINKS.fullmatch(line):
            return True
        if known.rights.match(line) and (not is_sentence or is_worded_as_notice(line)):
            return True
        if known.link.match(line) and not is_sentence:
            return True
    return len(line) <= _LONGEST_CAPTION and _is_caption(line)


def _repeated(lines: list[str], marked: set[int], repeated: Collection[int]) -> set[int]:
    """The numbers of the lines that are the site's because they repeat over its pages."""
    if not repeated:
        return set()
    again = {number for number, line in enumerate(lines) if number not in marked and line_hash(line) in repeated}
    below = set[int]()
    for number in range(len(lines) - 1, -1, -1):
        if number in again:
            below.add(number)
        elif number not in marked:
            break
    plainly = {number for number in again if is_the_sites(lines[number])}
    own = sum(len(line.split()) for number, line in enumerate(lines) if number not in marked | again)
    # Where less than that is the article's own, it may be an earlier one's story with a new beginning.
    if sum(len(lines[number].split()) for number in below - plainly) > _MOST_BELOW * own:
        return plainly
    return plainly | below


def _is_caption(line: str) -> bool:
    known = _patterns()
    labelled = known.caption.match(line.lstrip("("))
    if (
        (labelled and not _GOES_ON.match(line.lstrip("("), labelled.end()))
        or known.made_by.fullmatch(line)
        or known.credit.search(line)
    ):
        return True
    return bool(known.from_left.match(line)) and not _PROSE_END.search(line)


def _stacked_platforms(lines: list[str]) -> set[int]:
    """Share buttons that stand one on a line: two neighbours or more."""
    alone = {number for number, line in enumerate(lines) if _patterns().platform.fullmatch(line)}
    return {number for number in alone if number - 1 in alone or number + 1 in alone}


def _closing_list(lines: list[str], marked: Iterable[int]) -> set[int]:
    """The headlines under a heading such as "Latest News", where nothing but headlines follows to the end."""
    known = set(marked)
    listed: set[int] = set()
    for number in range(len(lines) - 1, -1, -1):
        if number in known:
            if _patterns().list_label.fullmatch(lines[number].rstrip(" :…")):
                return listed
        elif len(lines[number]) > _LONGEST_LABEL or _PROSE_END.search(lines[number]):
            return set()
        else:
            listed.add(number)
    return set()

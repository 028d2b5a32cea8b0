"""Reads what a quotation leaves out ("…") or puts in ("[words]"), and tells whether that changes its sense."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from index.text.sentences import sentences
from qa.text.quotations.compared import Quoted

_REPLACED = 6
"""Most words that an editor's words may replace: "she" may replace "the mayor of the lower town". Chosen by eye."""

_GAP = re.compile(
    r"[\[(]?\s*(?P<dots>…|\.{3,}|\.\s\.\s\.(?:\s\.)?)\s*[\])]?|\[(?!sic!?\])(?P<put>[^\[\]\n]{1,120})\]", re.IGNORECASE
)
_LETTERS = re.compile(r"\[(\w{1,3})\](?=\w)|(?<=\w)\[(\w{1,3})\]")

_TURNING = re.compile(
    r"""\b(?:not|no|never|none|nor|neither|cannot|can't|without|nobody|nothing|nowhere|hardly|barely|scarcely|rarely
        |seldom|unless|except|only|if|until|almost|nearly|would|may|might|could|false|falsely|den(?:y|ies|ied|ying)
        |refus(?:e|es|ed|ing)|fail(?:s|ed|ing)?|alleged(?:ly)?|reportedly|supposedly|rejected|doubt(?:s|ed|ful)?
        |nicht|keine?[mnrs]?|nie|niemals|ohne|weder|kaum|nur|falls|angeblich
        |ne|n|pas|jamais|sans|aucune?|ni|sauf
        |nunca|jamás|ningún|ninguna|sin|tampoco|salvo|non|mai|senza|não|sem|niet|geen|nooit|inte|aldrig|ikke|aldri
        |не|нет|ни|никогда|без|nie|bez|nigdy)\b
      | \w+n['’]t\b | [不没沒未无無非莫勿] | ない|ません|なかった|ず[、にと]""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words without which a sentence says something else: negations, conditions, restrictions, doubts."""


@dataclass(frozen=True)
class Gap:
    """A gap between two parts of a quotation: "…", or an editor's words in brackets."""

    given: str
    put_in: bool

    @property
    def most_words(self) -> int:
        """The most words of the article for which the gap may stand."""
        return _REPLACED if self.put_in else sys.maxsize


def parts_of(quotation: str) -> tuple[list[Quoted], list[Gap]]:
    """Splits a quotation into its own words and the gaps between them.

    >>> parts, gaps = parts_of("[T]he hall … stays [in Aldmoor], he said")
    >>> [part.keys for part in parts], [gap.given for gap in gaps]
    ([('the', 'hall'), ('stays',), ('he', 'said')], ['…', '[in Aldmoor]'])
    """
    text = _LETTERS.sub(lambda found: found[1] or found[2], quotation)
    parts: list[Quoted] = []
    gaps: list[Gap] = []
    reached, gap = 0, None
    for found in [*_GAP.finditer(text), None]:
        part = Quoted.of(text[reached : found.start() if found else len(text)])
        if part.keys:
            if parts:
                gaps.append(gap or Gap("…", False))
            parts.append(part)
        if found:
            # Of two gaps without words between, the one that may stand for more.
            left_out = found["put"] is None or (gap is not None and not gap.put_in and not part.keys)
            gap = Gap("…" if found["put"] is None else found.group(), not left_out)
            reached = found.end()
    return parts, gaps


def changes_sense(gap: Gap, text: str, before: int, after: int) -> bool:
    """Returns whether a gap makes the quotation say something else than the article.

    ``text[before:after]`` is what the gap leaves out of the article. It may not hold a negation or the like, nor
    join a part of one sentence with a part of another; whole sentences of one paragraph may be left out.
    """
    between = text[before:after]
    if gap.put_in and (re.search(r"\d", gap.given) or _TURNING.search(gap.given)):
        return Quoted.of(gap.given).keys != Quoted.of(between).keys
    if "\n" in between.strip("\n") or "\n" in between:
        return True
    start, end = text.rfind("\n", 0, before) + 1, text.find("\n", after)
    own = sentences(text, start, len(text) if end < 0 else end)
    first = next((s for s in own if s.start < before <= s.end), None)
    last = next((s for s in own if s.start <= after < s.end), None)
    if first is None or last is None or first == last:
        return _TURNING.search(between) is not None
    whole = not Quoted.of(text, before, first.end).keys and not Quoted.of(text, last.start, after).keys
    return not whole

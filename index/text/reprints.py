"""Which articles are one story: an agency's text under other headlines, with small edits or its end cut off.

Each article leaves a sketch: the smallest hashes of its runs of words. Texts that share runs share the small hashes
among them, so that comparing sketches compares the texts (bottom-k sketches; Broder, "On the resemblance and
containment of documents", 1997). Because the smallest stay the smallest in a part of a text, a story that was cut
short still shares about as much as was left of it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection

RUN = 5
"""Words in a run: fewer would make stories on one subject alike, more would make every small edit tell. Chosen by
eye."""
SKETCH = 64
"""Hashes kept of an article. Round, not fitted."""
SHARED = 16
"""Hashes that reprints have in common at least: a quarter of the longer text. Different stories share a quotation at
most, a hash or two. Chosen by eye."""

_WORD = re.compile(r"\w+")


def runs(text: str, length: int = RUN) -> set[int]:
    """The hashes (32 bits) of every run of ``length`` words of a text; letter case and punctuation do not matter.

    >>> runs("It rained, it rained.", 2) == runs("it RAINED it rained", 2)
    True
    """
    words = _WORD.findall(text.casefold())
    return {zlib.crc32(" ".join(words[i : i + length]).encode()) for i in range(len(words) - length + 1)}


def sketch(text: str, repeated: Collection[int] = ()) -> list[int]:
    """The SKETCH smallest hashes of the story's runs of words, sorted; fewer or none for a short text.

    Site furniture is left out: it would make an outlet's short stories alike. ``repeated`` as in ``furniture``.
    """
    from index.text.furniture import furniture

    story, reached = "", 0
    for start, end in furniture(text, repeated):
        story += text[reached:start]
        reached = end
    return sorted(runs(story + text[reached:]))[:SKETCH]

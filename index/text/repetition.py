"""Lines that belong to an outlet and not to a story, because they stand on pages of several of its stories.

A line on three versions of one story is not the site's: pages count as different stories only where the lines that each
has alone share few words. Which repeated lines are hidden, and where, index/text/furniture.py decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from index.text.line_hashes import line_hash
from index.text.reprints import runs

STORIES = 3
"""Different stories on whose pages a line stands at least. Chosen by eye."""
_ONE_STORY_FROM = 1 / 8
"""Share of the pairs of words in the shorter of two pages' own lines that the other has too; versions of one story have
more in common. Chosen by eye."""
_LOOKED_AT = 50
"""Pages that are compared for a line at most, so that one on thousands of pages takes no longer. Round, not fitted."""


def repeated_lines(pages: Mapping[str, Sequence[int]], text_of: Callable[[str], str]) -> set[int]:
    """The hashes of lines that stand on pages of at least STORIES different stories.

    ``pages`` maps article ids to the line hashes of an outlet's pages, whose texts all differ; ``text_of`` returns an
    article's text, and is called only for pages that share lines.

    >>> from index.text.line_hashes import line_hashes
    >>> tales = {"a": "Nine sheep broke out.", "b": "A crane fell at noon.", "c": "Bakers lit their ovens."}
    >>> texts = {name: f"{tale}\\nTell us more." for name, tale in tales.items()}
    >>> found = repeated_lines({name: line_hashes(text) for name, text in texts.items()}, texts.__getitem__)
    >>> found == {line_hash("Tell us more.")}
    True
    """
    import numpy as np

    # A dictionary of the lines of a hundred thousand pages took twice the memory: 165 MB, these arrays 83.
    lines, counts = np.unique(
        np.concatenate([np.empty(0, np.int64), *(np.asarray(each, np.int64) for each in pages.values())]),
        return_counts=True,
    )
    shared = set(lines[counts >= STORIES].tolist())
    standing: dict[int, list[str]] = {line: [] for line in shared}
    for page in sorted(pages):
        for line in pages[page]:
            if line in shared and len(standing[line]) < _LOOKED_AT:
                standing[line].append(page)
    own: dict[str, set[int]] = {}

    def own_part(page: str) -> set[int]:
        if page not in own:
            lines = text_of(page).split("\n")
            own[page] = runs("\n".join(line for line in lines if line_hash(line) not in shared), 2)
        return own[page]

    return {line for line, on in standing.items() if _are_several_stories(map(own_part, on))}


def _are_several_stories(parts: Iterable[set[int]]) -> bool:
    """Whether at least STORIES of the pages' own parts, given as runs of words, share hardly any."""
    different: list[set[int]] = []
    for part in parts:
        if part and all(len(part & other) < _ONE_STORY_FROM * min(len(part), len(other)) for other in different):
            different.append(part)
        if len(different) == STORIES:
            return True
    return False

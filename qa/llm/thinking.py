"""Leaves out the thoughts that a model writes before its answer; they are never shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from qa.llm.protocol import Piece

_OPEN, _CLOSE = "<think>", "</think>"


def without_thoughts(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without what stands between ``<think>`` and ``</think>``, wherever pieces end within these marks.

    >>> pieces = Piece("<thi", 0.9), Piece("nk>So?</think>", 0.9), Piece("Yes.", 0.9)
    >>> [piece.text for piece in without_thoughts(pieces)]
    ['Yes.']
    """
    thinks, held = False, ""
    probability: float | None = None
    for piece in pieces:
        held += piece.text
        probability = piece.probability
        shown = ""
        while True:
            mark = _CLOSE if thinks else _OPEN
            before, found, after = held.partition(mark)
            if not found:
                break
            shown += "" if thinks else before
            thinks, held = not thinks, after
        kept = _begun(held, mark)
        shown += "" if thinks else held[: len(held) - kept]
        held = held[len(held) - kept :]
        if shown or not piece.text:
            yield replace(piece, text=shown)
    if held and not thinks:
        yield Piece(held, probability)


def _begun(text: str, mark: str) -> int:
    """How many letters at the end of the text may be the beginning of the mark.

    >>> _begun("I <th", "<think>")
    3
    """
    return next((length for length in range(len(mark) - 1, 0, -1) if text.endswith(mark[:length])), 0)

"""How fast Byline is to be beside its peers and beside what the machine can do, and whether it was."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from limits import least_s
from peers.process import BYLINE

FEWEST_TIMED = 60
TIMES_SOONER = (
    ("byline_warm", "first_token_s", "first token, warm", 10.0),
    ("byline", "first_token_s", "first token, cold", 3.0),
    ("byline_warm", "total_s", "whole answer, warm", 4.0),
)
"""Of a process and what is timed of it: how many times sooner it is to be there than the fastest peer's."""
MOST_OF_LIMIT = 1.15
"""The time of an answer over that which its tokens take at the speeds measured right after it."""


def goals(answers: dict[str, list[dict[str, Any]]], timed: Sequence[int]) -> list[dict[str, str]]:
    """A row for each goal that this run can tell of; ``timed`` are the places of the questions that are compared."""
    compared = {name: [replies[number] for number in timed] for name, replies in answers.items()}
    peers = [replies for name, replies in compared.items() if name not in BYLINE]
    rows = [_row("questions timed", f"at least {FEWEST_TIMED}", f"{len(timed)}", len(timed) >= FEWEST_TIMED)]
    for name, what, told, wanted in TIMES_SOONER:
        if timed and peers and name in compared:
            fastest = min(statistics.median([reply[what] for reply in replies]) for replies in peers)
            sooner = fastest / statistics.median([reply[what] for reply in compared[name]])
            rows.append(_row(f"{told}: times sooner", f"at least {wanted:g}", f"{sooner:.1f}", sooner >= wanted))
    for name, is_warm in BYLINE.items():
        if timed and name in compared:
            ratio = statistics.median([reply["total_s"] / least_s(reply) for reply in compared[name]])
            told = f"time over the limit, {'warm' if is_warm else 'cold'}"
            rows.append(_row(told, f"at most {MOST_OF_LIMIT:g}", f"{ratio:.2f}", ratio <= MOST_OF_LIMIT))
    return rows


def _row(goal: str, wanted: str, measured: str, is_met: bool) -> dict[str, str]:
    return {"goal": goal, "wanted": wanted, "measured": measured, "reached": "met" if is_met else "missed"}

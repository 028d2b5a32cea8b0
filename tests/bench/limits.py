"""How near Byline comes to the limit that a machine sets: the tokens to be read and written, at full speed."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

from peers.process import BYLINE, PeerProcess


def limits(processes: Sequence[PeerProcess], answers: dict[str, list[dict[str, Any]]]) -> list[dict[str, str]]:
    """A row for each of Byline's processes; each answer is compared with the speeds measured right after it."""
    return [_limit(process, answers[process.name]) for process in processes if process.name in BYLINE]


def least_s(reply: dict[str, Any]) -> float:
    """The seconds that the tokens of an answer take at least: those to be read and those written."""
    return _reading_s(reply) + float(reply["completion_tokens"] / reply["pace"][1])


def _reading_s(reply: dict[str, Any]) -> float:
    return float(reply["fresh_tokens"] / reply["pace"][0])


def _limit(process: PeerProcess, replies: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Byline's time beside the limit, and the rest beside that, over each question: medians."""
    limits = [least_s(reply) for reply in replies]
    pairs = list(zip(replies, limits, strict=True))
    return {
        "program": str(process.ready["name"]),
        "reads": median([reply["pace"][0] for reply in replies], "{:.0f}/s"),
        "writes": median([reply["pace"][1] for reply in replies], "{:.0f}/s"),
        "tokens read": median([reply["fresh_tokens"] for reply in replies], "{:.0f}"),
        "tokens written": median([reply["completion_tokens"] for reply in replies], "{:.0f}"),
        "limit": median(limits, "{:.2f} s"),
        "in all": median([reply["total_s"] for reply in replies], "{:.2f} s"),
        "ratio": median([reply["total_s"] / least for reply, least in pairs], "{:.2f}"),
        "search": median([reply["search_s"] for reply in replies], "{:.3f} s"),
        "first token over its limit": median(
            [reply["first_token_s"] - reply["search_s"] - _reading_s(reply) for reply in replies], "{:.2f} s"
        ),
        "the rest": median([reply["total_s"] - reply["search_s"] - least for reply, least in pairs], "{:.2f} s"),
    }


def median(values: Sequence[float], shown: str) -> str:
    return shown.format(statistics.median(values)) if values else "–"

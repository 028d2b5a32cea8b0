"""What becomes of files while they are added: a bar, counts, and the files that need a look."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index.adding import AddResult
from ui.html.markup import count_of, progress_html, sanitised
from ui.ways_out import on_page

_STATUSES = ("skipped", "duplicate", "added", "updated", "moved", "removed", "unchanged")
"""In the order in which people want to know of them."""
_ROWS = 500
"""Rows shown of a long list; more would make the page slow. Round, not fitted."""


def so_far_html(outcomes: Sequence[AddResult], total: int) -> str:
    """How many of ``total`` files were added so far; only how many were, where there are more or ``total`` is 0."""
    done = len(outcomes)
    is_counted = bool(total) and done <= total
    told = f"{done:,} of {count_of(total, 'file')}" if is_counted else count_of(done, "article")
    passages = count_of(sum(outcome.passages for outcome in outcomes), "passage")
    return progress_html(f"{told}, {passages}", done, total if is_counted else 0, "Files added")


def added_html(outcomes: Sequence[AddResult], total: int = 0, *, cancelled: bool = False) -> str:
    """The results of adding; where it was ``cancelled``, also of how many files."""
    counts = [(status, sum(outcome.status == status for outcome in outcomes)) for status in _STATUSES]
    summary = ", ".join(f"{count:,} {status}" for status, count in counts if count)
    if cancelled:
        summary = f"Cancelled after {len(outcomes):,} of {count_of(total, 'file')}: {summary or 'nothing added'}"
    by_status = sorted(outcomes, key=lambda outcome: _STATUSES.index(outcome.status))
    rows = "".join(
        f'<li><span class="status {outcome.status}">{outcome.status}</span> '
        f'{_id_html(outcome)}<span class="reason">{escape(on_page(outcome.reason))}</span></li>'
        for outcome in by_status[:_ROWS]
    )
    more = f'<p class="more">and {len(outcomes) - _ROWS:,} more</p>' if len(outcomes) > _ROWS else ""
    return sanitised(f'<p class="summary" role="status">{summary}</p><ul class="outcomes">{rows}</ul>{more}')


def _id_html(outcome: AddResult) -> str:
    return f'<span class="id" dir="auto">{escape(outcome.shown_id)}</span> ' if outcome.shown_id else ""


def said_html(sentence: str) -> str:
    """A sentence where the results of adding would stand; empty where it is empty."""
    return sanitised(f'<p class="summary" role="status">{escape(sentence)}</p>') if sentence else ""

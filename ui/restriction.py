"""What a tab's questions are restricted to, shown beside the question box and removed there."""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Filter
from ui.markup import count_of, plain_date
from ui.quick_gradio import gr
from ui.views import PRIVATE, Desk

_NAMED = 3
"""Outlets named; of more, their number is."""


def restriction_words(only: Filter) -> str:
    """A restriction in words.

    >>> restriction_words(Filter(since="2018-10-01", outlets=("Herald", "Courier")))
    'Asking only: since 1 October 2018, Herald or Courier'
    >>> restriction_words(Filter(until="2018-10-31", articles=("a", "b")))
    'Asking only: until 31 October 2018, 2 articles'
    """
    parts = []
    if only.since and only.until:
        parts.append(f"{plain_date(only.since)} to {plain_date(only.until)}")
    elif only.since:
        parts.append(f"since {plain_date(only.since)}")
    elif only.until:
        parts.append(f"until {plain_date(only.until)}")
    if only.outlets:
        parts.append(_outlets(only.outlets))
    if only.articles:
        parts.append(count_of(len(only.articles), "article"))
    return "Asking only: " + ", ".join(parts)


def _outlets(names: Sequence[str]) -> str:
    return " or ".join(names) if len(names) <= _NAMED else count_of(len(names), "outlet")


def add_restriction(desk: Desk) -> None:
    """The button that says what questions are restricted to and, pressed, asks all articles again."""
    chip = gr.Button(elem_id="only", visible=False)

    def show(only: Filter | None) -> gr.Button:
        return gr.Button(f"{restriction_words(only)}  ✕" if only else "", visible=only is not None)

    desk.only.change(show, desk.only, chip, **PRIVATE)
    chip.click(lambda: None, None, desk.only, **PRIVATE)

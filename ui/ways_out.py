"""What to do about an error, as the surface it is seen on says it: an error's own sentence names the command line's way
out, of which whoever reads a page, or asks through a server, knows nothing; and it does not know which library is
open."""

from __future__ import annotations

import re
from shlex import quote
from typing import NamedTuple


class _Way(NamedTuple):
    """A way out as the sentence of an error ends with it, on the page, and for a program that asks."""

    command: re.Pattern[str]
    on_page: str
    for_programs: str


_WAYS = tuple(
    _Way(re.compile(command), on_page, for_programs)
    for command, on_page, for_programs in (
        (r"; add articles with: byline add PATH$", "; add articles under Library.", "; add articles to it first."),
        (
            r"; list them with: byline list$",
            "; those there are stand under Library.",
            "; searching tells the ids of those there are.",
        ),
        (
            r", or remove it with: byline remove .+$",
            ", or remove it under Library.",
            ", or remove it from the library.",
        ),
        (
            r"add its articles to a new one with: byline --library NEW_FOLDER add PATH$",
            "add its articles to a new one, made under Library.",
            "add its articles to a new one.",
        ),
        (
            r"choose a smaller (?:one with: )?--model\.?$",
            "choose a smaller one under Library.",
            "choose a smaller one.",
        ),
        (
            r"; tell which one holds the text with: --map text=FIELD$",
            "; give the one that holds the text such a name, and add the file again.",
            "; give the one that holds the text such a name.",
        ),
        (
            r"; tell by number which one holds the text with: --map text=\d+$",
            "; put a row with their names above it, such as title and text, and add the file again.",
            "; put a row with their names above it, such as title and text.",
        ),
        (r", and goes to: byline eval$", ", and goes under Evaluate.", ", and is for evaluating."),
    )
)


_OF_A_LIBRARY = re.compile(r"\bbyline (?=(?:add|list|remove|eval)\b)")
"""Commands in such sentences that are about the library that is open."""


def at_command_line(sentence: str, library: str | None) -> str:
    """The sentence with its commands for this library, as ``--library`` named it; None where nothing did.

    >>> at_command_line("The library is empty; add articles with: byline add PATH", "City desk")
    "The library is empty; add articles with: byline --library 'City desk' add PATH"
    >>> at_command_line("No language model has been fetched yet; get one with: byline models fetch", "City desk")
    'No language model has been fetched yet; get one with: byline models fetch'
    """
    return sentence if library is None else _OF_A_LIBRARY.sub(f"byline --library {quote(library)} ", sentence)


def on_page(sentence: str) -> str:
    """The sentence with the page's way out where the page has one.

    >>> on_page("The library is empty; add articles with: byline add PATH")
    'The library is empty; add articles under Library.'
    >>> on_page("No language model has been fetched yet; get one with: byline models fetch")
    'No language model has been fetched yet; get one with: byline models fetch'
    """
    for way in _WAYS:
        sentence = way.command.sub(way.on_page, sentence)
    return sentence


def for_programs(sentence: str) -> str:
    """The sentence with a way out that whoever asks over HTTP or the Model Context Protocol can go.

    >>> for_programs('There is no article "x" in the library; list them with: byline list')
    'There is no article "x" in the library; searching tells the ids of those there are.'
    """
    for way in _WAYS:
        sentence = way.command.sub(way.for_programs, sentence)
    return sentence

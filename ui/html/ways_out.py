"""What to do about an error, as the page says it: an error's own sentence names the command line's way out."""

from __future__ import annotations

import re

_COMMAND = re.compile(r"; [^;]*: byline (add|list)\b[^;]*$")
_ON_PAGE = {"add": "; add articles under Library.", "list": "; those there are stand under Library."}


def on_page(sentence: str) -> str:
    """The sentence with the page's way out where the page has one.

    >>> on_page("The library is empty; add articles with: byline add PATH")
    'The library is empty; add articles under Library.'
    >>> on_page("No language model has been fetched yet; get one with: byline models fetch")
    'No language model has been fetched yet; get one with: byline models fetch'
    """
    return _COMMAND.sub(lambda command: _ON_PAGE[command[1]], sentence)

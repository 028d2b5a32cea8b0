"""The fields at the top of a Markdown file, between lines of three hyphens: YAML, of which only texts are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from index.reading.letters import one_line

_BLOCK = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(r"(?P<key>\w[\w -]*):[ \t]*(?P<value>\S[^\n]*)")
_LONGEST = 50_000
_LONGEST_VALUE = 1000


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between ``---`` lines at the top, each as one line of text, and the text after them.

    >>> front_matter("---\\ntitle: >\\n  Rain\\n  falls\\ntags: [a, b] # two\\n---\\nIt rained.")
    ({'title': 'Rain falls', 'tags': 'a, b'}, 'It rained.')
    """
    found = _BLOCK.match(text)
    fields = _fields(found["fields"]) if found else {}
    return (fields, text[found.end() :]) if found and fields else ({}, text)


def _fields(block: str) -> dict[str, str]:
    """The fields of a block: by YAML, else, where that finds a fault, line by line."""
    if len(block) > _LONGEST:
        return {}
    try:
        # The base loader makes texts, lists and mappings of texts, never objects, dates or numbers.
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        loaded = {field["key"]: field["value"].strip() for field in _FIELD.finditer(block)}
    if not isinstance(loaded, dict):
        return {}
    values = {one_line(str(key)): one_line(", ".join(_words(value))) for key, value in loaded.items()}
    return {key: value for key, value in values.items() if value and len(value) <= _LONGEST_VALUE}


def _words(value: Any) -> Iterator[str]:
    """What a field says: its text, or those of its list; of a mapping its name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value[:20] if isinstance(each, str))
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield value["name"]

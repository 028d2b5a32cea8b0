"""The fields at the top of a Markdown file: YAML between lines of three hyphens, TOML between three plus signs.

Every value becomes a text.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from index.reading.letters.letters import one_line

_BLOCK = re.compile(
    r"\s*(?:---[ \t]*\n(?P<yaml>(?:[^\n]*\n)*?)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>(?:[^\n]*\n)*?)\+\+\+)[ \t]*(?:\n|$)"
)
_KEY = re.compile(r"[^\W\d]\w*(?:-\w+)*")
"""A field's name; "It rained" before a colon, between two rules, is the beginning of a sentence."""
_FIELD = re.compile(r"(?P<key>\w[\w -]*):[ \t]*(?P<value>\S[^\n]*)")
_LONGEST = 50_000
"""Characters of front matter. Round, not fitted."""
_LONGEST_VALUE = 1000
"""Characters of one of its values; a longer one is none of the facts. Round, not fitted."""


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between ``---`` lines at the top, each as one line of text, and the text after them.

    >>> front_matter("---\\ntitle: >\\n  Rain\\n  falls\\ntags: [a, b] # two\\n---\\nIt rained.")
    ({'title': 'Rain falls', 'tags': 'a, b'}, 'It rained.')
    """
    found = _BLOCK.match(text)
    fields = _fields(found["yaml"] or "", found["toml"] or "") if found else {}
    return (fields, text[found.end() :]) if found and fields else ({}, text)


def _fields(block: str, toml: str) -> dict[str, str]:
    """Returns the fields of a block, read as YAML or TOML, or line by line where that fails."""
    if len(block) + len(toml) > _LONGEST:
        return {}
    try:
        # The base loader makes texts, lists and mappings of texts, never objects, dates or numbers.
        loaded = tomllib.loads(toml, parse_float=str) if toml else yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError):
        loaded = {field["key"]: field["value"].strip() for field in _FIELD.finditer(block)}
    if not isinstance(loaded, dict) or not any(_KEY.fullmatch(str(key)) for key in loaded):
        return {}
    values = {one_line(str(key)): one_line(", ".join(_words(value))) for key, value in loaded.items()}
    return {key: value for key, value in values.items() if value and len(value) <= _LONGEST_VALUE}


def _words(value: Any) -> Iterator[str]:
    """Returns the value of a field as text: of a list its texts, of a mapping its name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value[:20] if isinstance(each, str))
    elif isinstance(value, datetime.date):  # TOML has days of its own
        yield value.isoformat()
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield value["name"]

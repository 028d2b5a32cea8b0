"""Writes answers as text to be kept, and reads them again: all that is shown, without the evidence."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass, replace
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from qa.records import Answer


def answer_to_text(answer: Answer) -> str:
    """The answer as JSON, field by field as in the record.

    >>> answer = Answer("Who won?", "Who won?", stage="done", text="Ana did.")
    >>> answer_from_text(answer_to_text(answer)) == answer
    True
    """
    return json.dumps(asdict(replace(answer, evidence=())), ensure_ascii=False)


def answer_from_text(text: str) -> Answer:
    """The answer that ``answer_to_text`` wrote.

    Fields that an answer no longer has are passed over, and those it did not have yet take their defaults, so that an
    older program's answers can still be shown. Raises ValueError, KeyError or TypeError: the text is no answer.
    """
    kept = json.loads(text)
    if "answered" in kept:  # by a program that knew no "maybe"
        kept["outcome"] = "answered" if kept["answered"] else "not found"
    answer: Answer = _restored(Answer, kept)
    return answer


def _restored(kind: Any, value: Any) -> Any:
    """Restores a value of type ``kind`` from what JSON made of it."""
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
        return None if value is None else _restored(kind, value)
    if get_origin(kind) is tuple:
        of = get_args(kind)[0]
        return tuple(_restored(of, item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {field.name for field in fields(kind)} & set(value)
        return kind(**{name: _restored(hints[name], value[name]) for name in known})
    return value

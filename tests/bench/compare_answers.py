"""Whether two runs gave the same answers: what ``byline eval --json`` or ``ask_sets.py --out`` wrote before and after.

    python tests/bench/compare_answers.py BEFORE AFTER

Times, memory, and how much was read before, are left out: a change that only moves code leaves all else as it was.
Prints what differs, a line each, and ends with status 1 where anything does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TIMES = frozenset({"timings_ms", "warm", "fresh"})
"""Fields of an answer that tell how quick it was, or what of it had been read before."""
OF_THE_MACHINE = frozenset({"ms", "MB"})
"""Units of the measures that tell how quick a run was, or what memory it took."""
_SHOWN = 100
"""Characters of a value that are printed."""


def differences(before: object, after: object, place: str = "") -> Iterator[str]:
    """Where two values read from JSON differ, times and memory apart.

    >>> list(differences({"text": "One.", "warm": True}, {"text": "Two.", "warm": False}))
    ["text: 'One.' became 'Two.'"]
    """
    if isinstance(before, dict) and isinstance(after, dict):
        if before.get("unit") == after.get("unit") in OF_THE_MACHINE:
            return
        for name in dict.fromkeys([*before, *after]):
            if name not in TIMES:
                yield from differences(before.get(name), after.get(name), f"{place}.{name}".lstrip("."))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{place}[{_name(one, number)}]")
    elif before != after:
        yield f"{place}: {_short(before)} became {_short(after)}"


def _name(value: object, number: int) -> str:
    """The id of a record, else its number in the list."""
    return str(value["id"]) if isinstance(value, dict) and "id" in value else str(number)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def read(path: Path) -> Any:
    """The JSON, or a list of what stands in each line."""
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".jsonl" else json.loads(text)


def main() -> int:
    before, after = map(Path, sys.argv[1:])
    found = list(differences(read(before), read(after)))
    print("\n".join(found) or "The same, but for times and memory.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

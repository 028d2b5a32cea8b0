"""Which format reads a file: every module of ``index/reading/formats`` has one."""

from __future__ import annotations

import pkgutil
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from index.reading import formats
from index.reading.format import Format


@cache
def by_suffix() -> dict[str, Format]:
    """Every format under each of its suffixes, those of lower rank first."""
    modules = [import_module(f"{formats.__name__}.{module.name}") for module in pkgutil.iter_modules(formats.__path__)]
    known: Sequence[Format] = sorted((module.FORMAT for module in modules), key=lambda each: (each.rank, each.suffixes))
    return {suffix: each for each in known for suffix in each.suffixes}


def suffixes() -> tuple[str, ...]:
    """The suffixes of all files that can be read."""
    return tuple(by_suffix())


def suffixes_in_words() -> str:
    """The suffixes of all files that can be read, as words of a sentence: ``.txt, .md and .html files``."""
    *first, last = suffixes()
    return f"{', '.join(first)} and {last} files"

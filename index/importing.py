"""Importing large packages."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """A context for importing large packages: the garbage collector rests in it, and never looks at what was made in
    it.

    Of the hundreds of thousands of objects that an import makes nearly none is garbage.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

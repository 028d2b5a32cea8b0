"""Importing large packages."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Until it ends, no garbage is looked for, and afterwards not among what was made meanwhile.

    Of the hundreds of thousands of objects that an import makes nearly none is garbage.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

"""Importing large packages."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """A context for importing large packages: garbage is not collected in it, and what it made never looked at again.

    Of the hundreds of thousands of objects that an import makes, hardly any is garbage.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

"""Importing large packages, and which of them are changed while they are imported."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version

CHANGED: Mapping[str, str] = {"gradio": "6.31", "sentence-transformers": "6.2"}
"""Packages that are changed while they are imported (see ui/quick_gradio.py and
index/embedding/quick_sentence_transformers.py), and the versions that this was tried with: of each every last number.
"""


def is_tried(package: str) -> bool:
    """Whether a package of CHANGED is installed in a version that was tried; any other is left as it is."""
    return f"{version(package)}.".startswith(f"{CHANGED[package]}.")


def left_alone() -> Iterator[str]:
    """Yields a sentence for each package that is not changed, as its version was not tried."""
    for package, tried in CHANGED.items():
        if not is_tried(package):
            yield (
                f"{package} {version(package)} is left as it is: it is made to load sooner only as {tried}; "
                f"install that with: pip install {package}=={tried}.*"
            )


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

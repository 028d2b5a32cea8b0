"""Gradio, imported in half its time: without rewriting its stub files.

At every import Gradio reads the source of each of its components, renders a stub for type checkers from it and
compares that with the one beside the source: two of four seconds, for nobody. It passes over a component whose class
comes from no file, so while it is imported here, none does.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager

# Gradio and huggingface_hub read these when they are imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"


@contextmanager
def _from_no_file() -> Iterator[None]:
    """Until it ends, ``inspect.getfile`` says of everything what it says of a class typed into a prompt."""
    getfile = inspect.getfile

    def unknown(object: object) -> str:
        raise OSError(f"{object!r} is taken to come from no file")

    inspect.getfile = unknown
    try:
        yield
    finally:
        inspect.getfile = getfile


with _from_no_file():
    import gradio as gr

__all__ = ["gr"]

"""The GPU that llama.cpp was built for, found without loading it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

GPU_KINDS = ("cuda", "metal", "vulkan")
EVERY_LAYER = 999
"""More than any model has."""


@cache
def gpu() -> str:
    """The kind of GPU: ``cuda``, ``metal`` or ``vulkan``; empty where llama.cpp computes on the processor alone."""
    found = find_spec("llama_cpp")
    libraries = Path(found.origin).parent / "lib" if found and found.origin else Path()
    return next((kind for kind in GPU_KINDS if any(libraries.glob(f"libggml-{kind}*"))), "")


def layers_on_gpu(wanted: int | None) -> int:
    """Layers of a model to be computed on the GPU: as many as are wanted; None for every one, where there is a GPU."""
    if wanted is not None:
        return wanted
    return EVERY_LAYER if gpu() else 0

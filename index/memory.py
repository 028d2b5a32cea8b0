"""How much memory this program can still have, asked before a model is loaded.

PyTorch and llama.cpp end the whole process where memory runs out, so that nothing could be told afterwards.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.errors import FailedError

_ADDRESSES = 1_000_000_000
"""Bytes of addresses that PyTorch and FAISS ask for beside the memory they use. Round, not fitted."""


def check_memory(what: str, needed: int) -> None:
    """Checks that ``needed`` bytes can be had for ``what``, which names the need in the error's sentence.

    Raises FailedError: they cannot.
    """
    for here, why in _limits():
        if here < needed:
            raise FailedError(
                f"{what} needs {needed / 1e9:.1f} GB of memory, and {max(here, 0) / 1e9:.1f} GB can be had ({why}); "
                "end other programs, allow this one more, or choose a smaller --model."
            )


def available() -> int:
    """Bytes of memory that can still be had."""
    return min((here for here, _ in _limits()), default=0)


def _limits() -> Iterator[tuple[int, str]]:
    """Yields, for each limit on memory, the bytes that can still be had and what sets the limit."""
    told = dict(line.split(":", 1) for line in _read("/proc/meminfo").splitlines())
    if "MemAvailable" in told:
        free = sum(1024 * int(told.get(name, "0").split()[0]) for name in ("MemAvailable", "SwapFree"))
        yield free, "so much is free on this machine"
    for folder in _groups():
        with suppress(ValueError):  # "max" is no limit
            most, used = int(_read(f"{folder}/memory.max")), int(_read(f"{folder}/memory.current"))
            cached = dict(line.split() for line in _read(f"{folder}/memory.stat").splitlines())
            reclaimed = sum(int(cached.get(name, 0)) for name in ("inactive_file", "active_file"))
            yield most - used + reclaimed, "the limit of this container or group"
    addresses, _ = resource.getrlimit(resource.RLIMIT_AS)
    if addresses != resource.RLIM_INFINITY:
        taken = int(_read("/proc/self/statm").split()[0]) * resource.getpagesize()
        yield addresses - taken - _ADDRESSES, "the limit of ulimit -v, less what libraries only reserve"


def _groups() -> set[str]:
    """The folders of the control groups, version 2, that this process is in."""
    group = _read("/proc/self/cgroup").strip().rpartition("0::")[2].strip("/")
    parts = [part for part in group.split("/") if part]
    return {"/".join(("/sys/fs/cgroup", *parts[:depth])) for depth in range(len(parts) + 1)}


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""

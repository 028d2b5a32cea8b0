"""A small cache of what was computed for the last few questions, which often come again soon."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 8
"""Values that are kept: one for each of the last few questions. Round, not fitted."""

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last few values by their keys. Safe to use from several threads: one of them computes each value."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, Made]] = OrderedDict()

    def get(self, key: Hashable, generation: int, make: Callable[[], Made]) -> Made:
        """The value kept for ``key`` if it was made at this generation of the library, else a new one by ``make()``."""
        with self._making:
            known = self._kept.get(key)
            if known is None or known[0] != generation:
                known = self._kept[key] = generation, make()
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return known[1]

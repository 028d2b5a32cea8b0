"""A small store of what was computed for the last few questions, which often come again soon after."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 8
"""Questions."""

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last few values made, by their keys. Safe to use from several threads: each value is made by one of them."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, Made]] = OrderedDict()

    def get(self, key: Hashable, generation: int, make: Callable[[], Made]) -> Made:
        """The value kept for the key if it was made from this generation of the library, else that of ``make()``."""
        with self._making:
            known = self._kept.get(key)
            if known is None or known[0] != generation:
                known = self._kept[key] = generation, make()
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return known[1]

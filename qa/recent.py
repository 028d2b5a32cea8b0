"""What was made for the last few questions: one is asked that was typed just now, or asked again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

KEPT = 8
"""Questions."""

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last few things made; safe to use from several threads: who wants what is being made waits for it."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, Made]] = OrderedDict()

    def get(self, key: Hashable, generation: int, make: Callable[[], Made]) -> Made:
        """What was made for the key from this generation of the library; else what ``make`` makes of it now."""
        with self._making:
            known = self._kept.get(key)
            if known is None or known[0] != generation:
                known = self._kept[key] = generation, make()
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return known[1]

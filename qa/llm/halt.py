"""An event that llama.cpp itself looks at while it computes."""

from __future__ import annotations

import ctypes
import threading


class Halt(threading.Event):
    """An event at which a language model stops within a computation, which may take seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.flag = ctypes.create_string_buffer(2)
        """A C string, empty until the event is set."""

    def set(self) -> None:
        super().set()  # first: whoever was stopped by the flag is to find it set
        self.flag[0] = b"!"

    def clear(self) -> None:
        self.flag[0] = b"\0"
        super().clear()

"""sentence-transformers, imported without the statistics that its trainers and evaluators use.

scikit-learn and SciPy, with the pandas that they bring, take a third of the time of the import and 100 MB; texts are
embedded without them. While it is imported here, modules without anything in them stand in for theirs; a version that
this was not tried with (see index/importing.py) is imported as it is.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from index.importing import is_tried, without_collecting

_WITHOUT = ("sklearn", "scipy")


class _Empty(ModuleType):
    """A module that gives None for whatever is imported from it."""

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class _Finder(MetaPathFinder, Loader):
    """Finds the empty modules, for the thread that made it alone."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._packages = packages
        self._thread = threading.get_ident()

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if fullname.split(".")[0] not in self._packages or threading.get_ident() != self._thread:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        pass


@contextmanager
def _without(packages: Sequence[str]) -> Iterator[None]:
    """Within this context ``packages`` are imported as empty modules, except those that were imported before it."""
    finder = _Finder([package for package in packages if package not in sys.modules])
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _Empty)]:
            del sys.modules[name]


with _without(_WITHOUT if is_tried("sentence-transformers") else ()), without_collecting():
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from sentence_transformers.base.modules import InputModule
    from sentence_transformers.sentence_transformer.modules import Pooling

__all__ = ["CrossEncoder", "InputModule", "Pooling", "SentenceTransformer"]

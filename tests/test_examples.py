"""The examples in docstrings, run: what a reader is shown is what happens."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = {
    ".".join(path.relative_to(root).with_suffix("").parts): path
    for root, folder in ((ROOT, "index"), (ROOT, "qa"), (ROOT, "ui"), (ROOT / "tests" / "bench", "."))
    for path in sorted((root / folder).rglob("*.py"))
    if "peers" not in path.parts and ">>> " in path.read_text(encoding="utf-8")
}


@pytest.mark.parametrize("module", EXAMPLES)
def test_an_example_shows_what_happens(module: str) -> None:
    results = doctest.testmod(importlib.import_module(module))
    assert results.attempted
    assert not results.failed, f"see above; run: python -m doctest {EXAMPLES[module].relative_to(ROOT)}"

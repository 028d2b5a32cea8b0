"""Packages that are changed while they are imported, and only in versions that this was tried with."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index.importing import CHANGED, is_tried, left_alone


def test_a_version_that_was_not_tried_is_used_as_it_is_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"gradio": "6.31.2", "sentence-transformers": "6.20.0"}
    monkeypatch.setattr("index.importing.version", versions.__getitem__)
    assert [is_tried(package) for package in CHANGED] == [True, False]
    assert list(left_alone()) == [
        "sentence-transformers 6.20.0 is left as it is: it is made to load sooner only as 6.2; "
        "install that with: pip install sentence-transformers==6.2.*"
    ]


def test_gradio_of_a_version_that_was_not_tried_is_left_alone() -> None:
    assert (keeps_values_by(".0"), keeps_values_by("9")) == ("ui.quick_gradio", "gradio.state_holder")


def keeps_values_by(version: str) -> str:
    """The module whose function keeps a tab's values, where Gradio's version is a tried one with this behind it."""
    code = f"""
import index.importing
index.importing.version = lambda package: index.importing.CHANGED[package] + {version!r}
from ui.quick_gradio import SessionState
print(SessionState.__setitem__.__module__)"""
    env = {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True
    ).stdout.strip()

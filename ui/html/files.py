"""Where the files lie that pages and exports bring along."""

from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"
"""Styles, scripts and markup."""

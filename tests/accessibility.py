"""What axe-core, a checker of accessibility, finds on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / ".venv" / "axe-core-4.14.1" / "axe.min.js"
SCREENS = pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1280), ("dark", 768), ("dark", 360)])


def serious_faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and calls serious or critical."""
    if not AXE.exists():
        pytest.skip("needs axe-core: .ci/browser")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{violation['id']} {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]

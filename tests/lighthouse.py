"""What tests of the chat and its history share: a question and its answer, and a history that is empty at first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Parrot
from playwright.sync_api import Page

KEEPER = "Who kept the lighthouse for thirty years?"
KEPT = "Ana Ruiz kept the lighthouse for thirty years."


@pytest.fixture
def forgotten(parrot: Parrot) -> Iterator[None]:
    """No conversation is left from one test to the next."""
    yield
    kept = parrot.library.conversations
    for conversation in kept.find():
        kept.delete(conversation.id)


def history(page: Page) -> None:
    page.get_by_role("tab", name="History").click()

"""Quotations and texts, checked on the page."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from browsing import Open
from playwright.sync_api import expect
from shelving import show

from index.library import Library
from qa.reader.protocol import Reader
from qa.support.checking import CheckedSentence, checking

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]


# ---- quotations and texts ----


def test_a_quotation_is_exact_altered_or_absent_and_opens_at_its_place(visit: Open):
    page = visit().page
    show(page, "Check")
    page.fill("#quotation textarea", "The storm had torn away FORTY metres of the northern pier")
    page.click("#look-up")
    expect(page.locator("#found .outcome")).to_contain_text("✓ Exact")
    page.fill("#quotation textarea", "“the storm had torn away fifty metres of the northern pier”")
    page.click("#look-up")
    expect(page.locator("#found .outcome")).to_contain_text("≈ Altered")
    assert page.locator("#found .differences td").all_inner_texts() == ["fifty", "forty"]
    page.click("#found a.source")
    expect(page.locator("#reader mark.current")).to_have_text(
        "The storm had torn away forty metres of the northern pier"
    )
    page.click("#reader .close")
    page.fill("#quotation textarea", "Nobody ever wrote these words about elephants in Paris")
    page.click("#look-up")
    expect(page.locator("#found .outcome")).to_contain_text("✗ Absent")
    page.fill("#quotation textarea", "…")
    page.click("#look-up")
    expect(page.locator("#found .error")).to_have_text("The quotation has no words; paste the words to look up.")


def test_in_the_quotation_enter_sends_and_shift_enter_begins_a_line(visit: Open):
    page = visit().page
    show(page, "Check")
    box = page.locator("#quotation textarea")
    assert box.evaluate("box => box.clientHeight > 2 * parseFloat(getComputedStyle(box).lineHeight)")
    box.focus()
    page.keyboard.type("The storm had torn away")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("forty metres of the northern pier")
    page.keyboard.press("Enter")
    expect(page.locator("#found .outcome")).to_contain_text("✓ Exact")
    expect(box).to_have_value("The storm had torn away\nforty metres of the northern pier")


def test_a_text_is_checked_sentence_by_sentence(visit: Open):
    page = visit().page
    show(page, "Check")
    page.click("#check-text")
    expect(page.locator("#verdicts .error")).to_have_text("There is no text to check; paste one.")
    page.fill("#draft textarea", "Repairs cost two million crowns. Repairs cost five million crowns.")
    page.click("#check-text")
    sentences = page.locator("#verdicts .sentences > li")
    expect(page.locator("#verdicts .outcome")).to_contain_text("2 sentences: 1 supported")
    expect(sentences.nth(0).locator(".verdict")).to_have_text("✓ supported")
    expect(sentences.nth(1).locator(".verdict")).not_to_have_text("✓ supported")
    assert sentences.nth(1).locator(".differences td").all_inner_texts()[0].startswith("five")
    sentences.nth(1).locator("a.source").first.click()
    expect(page.locator("#reader mark.current")).to_have_text("Repairs cost two million crowns.")


def test_checking_can_be_stopped_and_keeps_the_verdicts_there_are(visit: Open, monkeypatch: pytest.MonkeyPatch):
    def slowly(text: str, library: Library, reader: Reader) -> Iterator[CheckedSentence]:
        for item in checking(text, library, reader):
            time.sleep(0.1)
            yield item

    monkeypatch.setattr("ui.page.views.check.checking", slowly)
    page = visit().page
    show(page, "Check")
    page.fill("#draft textarea", "The storm had torn away ten metres of the northern pier. " * 100)
    page.click("#check-text")
    expect(page.locator("#verdicts .finding").first).to_be_visible()
    page.click("#check-stop")
    expect(page.locator("#verdicts .outcome")).to_contain_text("Stopped after")
    expect(page.locator("#verdicts .finding").first).to_be_visible()
    expect(page.locator("#check-stop")).to_be_hidden()

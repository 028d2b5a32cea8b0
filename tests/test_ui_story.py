"""The whole story in a real browser: add articles, ask, believe, check, find it again, at a phone's and a desk's size.

What a person sees on the way is left as screenshots beside pytest's temporary folders.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import REFUSAL, SURE, Parrot, Visit, in_window, sticking_out, wait_until
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from index.embedding.embedder import FloatArray
from index.library import Library
from index.store.readers.conversations import Feedback
from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

PIER = "The storm had torn away forty metres of the northern pier."
KEEPER = "Íñigo Muñoz Peña cuidó el faro de Peñíscola durante treinta años."
ARTICLES = {
    "harbour.md": "---\ntitle: Harbour of Port Alba reopens\noutlet: Alba Post\ndate: 2018-04-09\n---\n\n"
    "The harbour reopened on Monday after twelve days.\n\n"
    + "\n\n".join(f"Paragraph {n} tells of ships, cranes and weather in the bay." for n in range(1, 40))
    + f"\n\n{PIER}\n\nRepairs cost crowns, two million.\n",
    "repairs.md": "---\ntitle: Council counts the damage\noutlet: Herald\ndate: 2018-05-02\n---\n\n"
    "Repairs cost crowns, three million.\n",
    "faro.md": "---\ntitle: El último farero se jubila\noutlet: Diario de la Costa\ndate: 2019-01-03\n---\n\n"
    f"{KEEPER}\n\n«Nunca falté una noche», dijo Muñoz Peña.\n",
}
TIDES = 20
"""Files of a folder whose adding is cancelled."""


@dataclass(frozen=True)
class Screen:
    width: int
    height: int
    dark: bool
    is_phone: bool


SCREENS = {
    "desk, light": Screen(1280, 800, dark=False, is_phone=False),
    "desk, dark": Screen(1280, 800, dark=True, is_phone=False),
    "phone, light": Screen(390, 844, dark=False, is_phone=True),
    "phone, dark": Screen(360, 640, dark=True, is_phone=True),
}


class Reader:
    """A person at the page, who presses with a finger on a phone and with a mouse at a desk."""

    def __init__(self, context: BrowserContext, address: str, screen: Screen, shots: Path) -> None:
        self.visit = Visit(context.new_page(), address)
        self.page = self.visit.page
        self.screen = screen
        self._shots = shots

    def press(self, what: str | Locator) -> None:
        target = self.page.locator(what) if isinstance(what, str) else what
        if self.screen.is_phone:
            target.tap()
        else:
            target.click()

    def show(self, view: str) -> None:
        self.press(self.page.get_by_role("tab", name=view, exact=True))

    def looks(self, moment: str) -> None:
        """Takes a picture; nothing sticks out of the screen."""
        self.page.screenshot(path=self._shots / f"{moment}.png")
        assert sticking_out(self.page) == []


@pytest.fixture
def parrot(tmp_path: Path) -> Parrot:
    """Over an empty library."""
    return Parrot(Library(tmp_path / "library", WordEmbedder()))


@pytest.fixture
def reader(
    browser: Browser, parrot: Parrot, screen: Screen, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    shots = (
        tmp_path_factory.getbasetemp() / "screenshots" / f"story-{screen.width}-{'dark' if screen.dark else 'light'}"
    )
    with (
        running(parrot.library, parrot, "127.0.0.1", free_port()) as address,  # type: ignore[arg-type]
        browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme="dark" if screen.dark else "light",
            is_mobile=screen.is_phone,
            has_touch=screen.is_phone,
            permissions=["clipboard-read", "clipboard-write"],
        ) as context,
    ):
        person = Reader(context, address, screen, shots)
        yield person
        assert person.visit.outside == []
        assert person.visit.failures == []


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_the_whole_story(reader: Reader, parrot: Parrot, tmp_path: Path):
    adds_articles(reader, tmp_path)
    calls_off_adding_others_and_removes_them(reader, parrot, tmp_path)
    asks_some_articles_only(reader)
    asks_and_stops_and_asks_again(reader, parrot)
    checks_the_answer_in_its_article(reader)
    sees_that_sources_disagree(reader)
    says_what_the_answer_is_worth(reader, parrot)
    finds_the_conversation_again(reader, parrot, tmp_path)


def adds_articles(reader: Reader, folder: Path) -> None:
    page = reader.page
    expect(page.locator(".welcome")).to_contain_text("The library is empty")
    reader.looks("1-empty")
    for name, text in ARTICLES.items():
        (folder / "articles" / name).parent.mkdir(exist_ok=True)
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    reader.show("Library")
    page.set_input_files("#upload input[type=file]", folder / "articles" / "faro.md")
    expect(page.locator("#added .summary")).to_have_text("1 added")
    page.fill("#folder input", str(folder / "articles"))
    reader.press("#add")
    expect(page.locator("#added .summary")).to_have_text("2 added, 1 unchanged")
    expect(page.locator("#library tbody tr")).to_have_count(3)
    reader.looks("2-added")


def calls_off_adding_others_and_removes_them(reader: Reader, parrot: Parrot, folder: Path) -> None:
    page = reader.page
    (folder / "tides").mkdir()
    for n in range(TIDES):
        (folder / "tides" / f"tide{n:02}.txt").write_text(f"Tide table {n}\n\nThe tide stood at {n} metres.\n")
    embed, before, pressed = parrot.library.embedder.embed, len(parrot.library.listings()), threading.Event()

    def holding_on(texts: Sequence[str]) -> FloatArray:
        if len(parrot.library.listings()) > before:
            pressed.wait(60)
        time.sleep(0.3)  # longer than it takes until it is told how far the adding has come
        return embed(texts)

    parrot.library.embedder.embed = holding_on  # type: ignore[method-assign]
    page.fill("#folder input", str(folder / "tides"))
    reader.press("#add")
    told = re.compile(rf"[1-9]\d* of {TIDES} files, [1-9]\d* passages?")
    expect(page.locator("#added .summary")).to_contain_text(told)
    reader.looks("3-adding")
    reader.press("#cancel")
    page.wait_for_timeout(300)
    pressed.set()
    expect(page.locator("#added .summary")).to_contain_text("Cancelled after")
    parrot.library.embedder.embed = embed  # type: ignore[method-assign]

    page.fill(".shelf .words input", "tide table")
    expect(page.locator(".shelf .count")).to_have_text(re.compile(r"^[1-9]\d* of \d+ articles"))
    reader.press(page.get_by_role("button", name="Headline"))
    rows = page.locator("#library tbody td.headline a")
    expect(rows.first).to_have_text("Tide table 0")
    reader.press(page.get_by_role("button", name="Headline"))
    expect(rows.last).to_have_text("Tide table 0")
    reader.press(page.get_by_label("Choose all articles shown"))
    reader.press(".deed.remove")
    expect(page.locator("#sure-question")).to_contain_text("from the library?")
    reader.looks("4-removing")
    reader.press("dialog.sure .yes")
    expect(page.locator(".shelf .count")).to_have_text("No article fits these words, dates and outlets.")
    reader.press(".deed.reset")
    expect(page.locator("#library tbody tr")).to_have_count(3)


def asks_some_articles_only(reader: Reader) -> None:
    page = reader.page
    reader.press(page.get_by_label("Choose El último farero se jubila"))
    reader.press(page.get_by_role("button", name="Ask only these"))
    expect(page.locator("#only")).to_contain_text("Asking only: 1 article")
    reader.visit.ask_and_wait("¿Quién cuidó el faro de Peñíscola durante treinta años?")
    expect(page.locator(".quotation blockquote")).to_have_text(KEEPER)
    expect(page.locator(".answer")).to_contain_text("Íñigo Muñoz Peña cuidó")
    sources = page.locator("#chat a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert set(sources) == {"faro"}
    reader.looks("5-spanish")
    reader.press("#only")
    expect(page.locator("#only")).to_be_hidden()


def asks_and_stops_and_asks_again(reader: Reader, parrot: Parrot) -> None:
    page = reader.page
    parrot.pause.set()
    reader.visit.ask("How many metres of the northern pier had the storm torn away?")
    latest = page.locator(".turn").last
    expect(latest).to_contain_text("Found, writing…")
    expect(latest.locator(".quotation blockquote")).to_have_text(PIER)
    reader.looks("6-found")
    reader.press("#stop")
    expect(latest).to_contain_text("Stopped.")
    parrot.pause.clear()
    reader.press(latest.locator(".tool.again"))
    expect(page.locator(".turn")).to_have_count(3)
    expect(page.locator(".turn").last).to_have_attribute("data-stage", "done")
    expect(page.locator(".turn").last.locator(".verdict").first).to_have_text("✓ supported")
    reader.looks("7-answered")


def checks_the_answer_in_its_article(reader: Reader) -> None:
    page = reader.page
    latest = page.locator(".turn").last
    citation = latest.locator(".answer a.citation").first
    if not reader.screen.is_phone:
        citation.hover()
        for told in ("Harbour of Port Alba reopens", "Alba Post", "9 April 2018", PIER):
            expect(page.locator("#card")).to_contain_text(told)
    reader.press(citation)
    expect(page.locator("#reader mark.current")).to_have_text(PIER)
    page.wait_for_function("document.querySelector('mark.current').getBoundingClientRect().bottom < innerHeight")
    assert in_window(page, "#reader mark.current")
    for told in ("Harbour of Port Alba reopens", "Alba Post", "9 April 2018", "Paragraph 17 tells"):
        expect(page.locator("#reader .story")).to_contain_text(told)
    reader.looks("8-article")
    same_place = page.get_attribute("#reader .permalink", "href") or ""
    assert re.search(r"article=harbour&start=\d+&end=\d+", same_place)
    reader.press("#reader .close")
    expect(page.locator("#reader")).to_be_hidden()


def sees_that_sources_disagree(reader: Reader) -> None:
    page = reader.page
    reader.visit.ask_and_wait("Do they disagree what repairs cost in crowns?")
    table = page.locator(".turn").last.locator("table.conflict")
    for told in ("two", "three", "Alba Post", "Herald", "9 April 2018", "2 May 2018"):
        expect(table).to_contain_text(told)
    table.scroll_into_view_if_needed()
    reader.looks("9-conflict")
    reader.press(page.locator(".turn").last.locator(".answer a.citation").first)
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 2")
    first = page.locator("#reader h1").inner_text()
    reader.press("#reader [aria-label='Next citation']")
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")
    expect(page.locator("#reader h1")).not_to_have_text(first)
    reader.press("#reader [aria-label='Previous citation']")
    expect(page.locator("#reader h1")).to_have_text(first)
    reader.press("#reader .close")


def says_what_the_answer_is_worth(reader: Reader, parrot: Parrot) -> None:
    page = reader.page
    third = page.locator(".turn").nth(2)
    reader.press(third.locator(".tool.copy"))
    expect(third.locator(".tool.copy")).to_have_text("Copied")
    assert f"“{PIER}” — Harbour of Port Alba reopens" in page.evaluate("navigator.clipboard.readText()")
    reader.press(third.locator(".tool.bad"))
    expect(page.locator("#feedback")).to_be_visible()
    reader.looks("10-feedback")
    reader.press(page.get_by_label("It is wrong"))
    page.get_by_label("The right answer").fill("Fifty")
    reader.press(page.locator("#feedback").get_by_role("button", name="Keep"))
    expect(third.locator(".tool.bad")).to_have_attribute("aria-pressed", "true")
    last = page.locator(".turn").last
    reader.press(last.locator(".tool.good"))
    expect(last.locator(".tool.good")).to_have_attribute("aria-pressed", "true")
    rated = parrot.library.conversations.rated
    wait_until(page, lambda: len(rated()) == 2)
    assert {turn.question[:8]: turn.feedback for turn in rated()} == {
        "How many": Feedback(False, "It is wrong", "Fifty"),
        "Do they ": Feedback(True),
    }
    reader.press(last.locator(".tool.edit"))
    box = page.locator("#question textarea")
    expect(box).to_have_value("Do they disagree what repairs cost in crowns?")
    reader.visit.ask_and_wait("Please refuse to tell of repairs in crowns")
    expect(page.locator(".refusal")).to_have_text(REFUSAL)
    reader.looks("11-refused")


def finds_the_conversation_again(reader: Reader, parrot: Parrot, folder: Path) -> None:
    page = reader.page
    reader.press(page.get_by_role("button", name="New conversation"))
    expect(page.locator(".welcome .example").first).to_be_visible()
    reader.looks("12-welcome")
    reader.show("History")
    search, row = page.get_by_label("Search the conversations"), page.locator(".past")
    expect(row).to_have_count(1)
    search.fill("elephants")
    expect(row).to_have_count(0)
    search.fill("peñíscola")
    expect(row).to_contain_text("5 questions")
    reader.press(row.get_by_role("button", name="Rename"))
    page.get_by_label("New name").fill("Faro y puerto")
    page.keyboard.press("Enter")
    expect(row.locator("a.conversation")).to_have_text("Faro y puerto")
    reader.looks("13-history")
    for button, ending in (("Save HTML", "html"), ("Save Markdown", "md")):
        with page.expect_download() as download:
            reader.press(row.get_by_role("button", name=button))
        assert download.value.suggested_filename == f"faro-y-puerto.{ending}"
        download.value.save_as(folder / f"saved.{ending}")
        saved = (folder / f"saved.{ending}").read_text("utf-8")
        for told in (PIER, KEEPER, "El último farero se jubila", "Council counts the damage", "3 de enero de 2019"):
            assert told in saved
    reader.press(row.locator("a.conversation"))
    expect(page.locator(".turn")).to_have_count(5)
    expect(page.locator(".turn").nth(2).locator(".tool.bad")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".turn").nth(3).locator("table.conflict")).to_have_count(1)
    reader.press(page.locator(".turn").first.locator("a.citation").first)
    expect(page.locator("#reader mark.current")).to_have_text(KEEPER)
    reader.looks("14-reopened")
    reader.press("#reader .close")
    reader.show("History")
    reader.press(row.get_by_role("button", name="Delete"))
    expect(row.get_by_role("button", name="Delete for good?")).to_be_visible()
    page.wait_for_timeout(SURE)
    reader.press(row.get_by_role("button", name="Delete for good?"))
    expect(page.locator(".past")).to_have_count(0)
    assert parrot.library.conversations.find() == []

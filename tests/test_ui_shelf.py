"""The library's table on the page: searched, sorted, narrowed, and kept as it is elsewhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from browsing import Open, Parrot, Visit, sticking_out
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Browser, expect
from shelving import library_of, show, story

from index.library import Library
from index.reading.files import find
from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing", "shelving"]


# ---- the library ----


def test_the_table_searches_sorts_and_draws_what_is_in_sight(visit: Open, tides: tuple[str, Library]):
    page = visit(at=tides[0]).page
    show(page, "Library")
    expect(page.locator(".shelf .count")).to_have_text("240 articles")
    rows = page.locator("#library tbody tr")
    for drawn in (100, 200, 240):
        expect(rows).to_have_count(drawn)
        page.locator("#library").evaluate("view => view.scrollTo(0, view.scrollHeight)")

    page.fill(".shelf .words input", "table 23 wend")
    expect(page.locator(".shelf .count")).to_have_text("5 of 240 articles")
    page.get_by_role("button", name="Headline").click()
    shown = page.locator("#library tbody td.headline a")
    expect(shown).to_have_text([f"Tide table {n}" for n in ("023", "230", "233", "236", "239")])
    page.get_by_role("button", name="Headline").click()
    expect(shown.first).to_have_text("Tide table 239")
    expect(page.locator("th[data-column=title]")).to_have_attribute("aria-sort", "descending")
    page.fill(".shelf .words input", "")
    page.fill(".shelf .since input", "2018-12-01")
    expect(page.locator(".shelf .count")).to_have_text("20 of 240 articles")


def test_questions_are_restricted_to_what_the_table_shows_until_the_chip_is_pressed(
    visit: Open, tides: tuple[str, Library]
):
    tab = visit(at=tides[0])
    page = tab.page
    show(page, "Library")
    page.check("#library tr[data-id=tide007] input")
    page.check("#library tr[data-id=tide019] input")
    expect(page.locator(".shelf .count")).to_have_text("2 of 240 articles chosen")
    page.get_by_role("button", name="Ask only these").click()
    chip = page.locator("#only")
    expect(chip).to_contain_text("Asking only: 2 articles")
    expect(page.locator("#question textarea")).to_be_focused()
    tab.ask_and_wait("How many metres stood the tide that morning?")
    cited = page.locator("#chat a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert set(cited) == {"tide007", "tide019"}
    page.hover("#chat a.citation[data-article=tide007]")
    for told in ("Tide table 007", "Herald", "17 August 2018", "The tide stood at 7 metres"):
        expect(page.locator("#card")).to_contain_text(told)
    chip.click()
    expect(chip).to_be_hidden()


def test_outlets_and_dates_restrict_questions_and_are_told(visit: Open, tides: tuple[str, Library]):
    tab = visit(at=tides[0])
    page = tab.page
    show(page, "Library")
    page.fill(".shelf .since input", "2018-03-01")
    page.click(".outlets summary")
    page.locator(".choices").get_by_label("Herald").check()
    page.keyboard.press("Escape")
    expect(page.locator(".choices")).to_be_hidden()
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator("#only")).to_contain_text("Asking only: since 1 March 2018, Herald")
    tab.ask_and_wait("How many metres stood the tide on the morning of that day?")
    cited = page.locator("#chat a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert cited
    for article in map(tides[1].article, cited):
        assert article.outlet == "Herald"
        assert (article.published or "") >= "2018-03-01"


def test_a_finger_beside_the_box_chooses_the_article_too(visit: Open):
    page = visit(width=390).page
    show(page, "Library")
    cell = page.locator("#library td.pick").first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    cell.click(position={"x": 4, "y": box["height"] - 4})
    expect(page.locator("#library .count")).to_have_text("1 of 3 articles chosen")
    cell.locator("input").click()
    expect(page.locator("#library .count")).to_have_text("3 articles")


def test_the_headings_of_the_table_stand_in_one_line_on_a_phone(visit: Open):
    page = visit(width=390, height=844).page
    show(page, "Library")
    headings = page.locator("#library thead th")
    expect(headings.last).to_have_text("Passages")
    assert len(set(headings.evaluate_all("all => all.slice(1).map(each => each.getBoundingClientRect().top)"))) == 1
    box = headings.last.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert not sticking_out(page)


def test_articles_are_removed_only_after_asking(visit: Open, browser: Browser, tmp_path: Path):
    library = library_of(tmp_path, {f"tide{n}.md": story(n) for n in range(4)})
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        page.check("#library tr[data-id=tide2] input")
        page.click(".deed.remove")
        expect(page.locator("#sure-question")).to_have_text("Remove 1 article from the library?")
        page.keyboard.press("Escape")
        expect(page.locator("dialog.sure")).to_be_hidden()
        assert len(library.listings()) == 4
        page.click(".deed.remove")
        page.click("dialog.sure .yes")
        expect(page.locator("#library tbody tr")).to_have_count(3)
        assert {listing.id for listing in library.listings()} == {"tide0", "tide1", "tide3"}


def test_what_was_added_elsewhere_is_there_when_a_view_is_shown(visit: Open, browser: Browser, tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    for n in (2, 3):
        (tmp_path / f"tide{n}.md").write_text(story(n))
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page, other = visit(at=address).page, visit(at=address).page
        rows = page.locator("#library tbody tr")
        show(page, "Library")
        expect(rows).to_have_count(1)
        show(page, "Ask")
        expect(page.locator(".welcome h2")).to_have_text("Ask 1 article")
        show(other, "Library")
        other.fill("#folder input", str(tmp_path / "tide2.md"))
        other.click("#add")
        expect(other.locator("#added .summary")).to_have_text("1 added")
        show(page, "Library")
        expect(rows).to_have_count(2)
        show(page, "Ask")
        expect(page.locator(".welcome h2")).to_have_text("Ask 2 articles")
        in_a_terminal = Library(library.folder, WordEmbedder())
        assert [outcome.status for outcome in in_a_terminal.add(find([tmp_path / "tide3.md"]))] == ["added"]
        show(page, "Library")
        expect(rows).to_have_count(3)


def test_news_of_the_articles_leave_an_open_conversation_as_it_is(
    visit: Open, empty: tuple[str, Library], tmp_path: Path
):
    (tmp_path / "one.md").write_text(story(1))
    address, _ = empty
    tab = visit(at=address)
    page = tab.page
    tab.ask_and_wait("Where is the pier?")
    expect(page.locator(".welcome")).to_be_hidden()
    show(page, "Library")
    page.fill("#folder input", str(tmp_path / "one.md"))
    page.click("#add")
    expect(page.locator("#added .summary")).to_have_text("1 added")
    show(page, "Ask")
    expect(page.locator(".welcome h2")).to_have_text("Ask 1 article")
    expect(page.locator(".welcome")).to_be_hidden()
    expect(page.locator(".turn .asked")).to_have_text("Where is the pier?")
    page.click(".masthead .new")
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize(("zone", "hours"), [("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12)])
def test_the_day_on_which_an_article_was_added_is_that_of_the_readers_clock(
    browser: Browser, tides: tuple[str, Library], zone: str, hours: int
):
    with browser.new_context(timezone_id=zone) as context:
        page = Visit(context.new_page(), tides[0]).page
        show(page, "Library")
        row = page.locator("#library tbody tr").first
        (utc,) = (item.added for item in tides[1].listings() if item.id == row.get_attribute("data-id"))
        day = datetime.fromisoformat(utc).replace(tzinfo=UTC).astimezone(timezone(timedelta(hours=hours)))
        expect(row.locator(".added")).to_have_text(re.compile(rf"^{day.day} \w+ {day.year}$"))


@pytest.mark.parametrize("width", [390, 700, 860])
def test_the_table_shows_when_articles_were_added_also_where_it_is_narrow(
    visit: Open, tides: tuple[str, Library], width: int
):
    page = visit(at=tides[0], width=width).page
    show(page, "Library")
    added = page.locator("#library td.added").first
    added.scroll_into_view_if_needed()  # on a phone the first article begins below what is pressed above it
    expect(added).to_be_in_viewport()
    expect(page.get_by_role("button", name="Added")).to_be_visible()
    assert sticking_out(page) == []


def test_an_article_of_the_same_text_is_marked_as_a_duplicate(visit: Open, browser: Browser, tmp_path: Path):
    same = "\n\nThe tide stood high on the morning of that day, and nobody in the harbour had seen the like of it.\n"
    library = library_of(tmp_path, {"a.md": f"---\noutlet: First\n---{same}"})
    (tmp_path / "b.md").write_text(f"---\noutlet: Second\n---{same}")
    assert [outcome.status for outcome in library.add(find([tmp_path / "b.md"]))] == ["duplicate"]
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        expect(page.locator("#library tr[data-id=b]")).to_contain_text("b, same text as a")
        expect(page.locator("#library tr[data-id=b] td.passages")).to_have_text("duplicate")
        expect(page.locator("#library tr[data-id=a] td.passages")).to_have_text("1")
        page.fill(".shelf .words input", "duplicate")
        expect(page.locator("#library tbody tr")).to_have_count(1)
        expect(page.locator("#library tbody tr")).to_have_attribute("data-id", "b")

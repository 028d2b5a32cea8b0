"""The page in a real browser: ask, believe, check, as a person does it."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from browsing import ARTICLES, REFUSAL, Open, in_window, sticking_out
from playwright.sync_api import BrowserContext, expect

from index.library import Library
from index.reading.files import find

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

# ---- ask, believe, check ----


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)], ids=["desk", "phone"])
def test_from_a_question_to_the_highlighted_sentence(visit: Open, paused: threading.Event, width: int, height: int):
    tab = visit(width=width, height=height)
    page = tab.page
    tab.ask("How many metres of the northern pier had the storm torn away?")
    expect(page.locator(".turn")).to_contain_text("Found, writing…")
    quote = "The storm had torn away forty metres of the northern pier."
    expect(page.locator(".quotation blockquote")).to_have_text(quote)
    assert page.locator(".answer").count() == 0
    paused.clear()
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    expect(page.locator("#chat .answer .verdict").first).to_have_text("✓ supported")

    page.click("#chat .answer a.citation[data-number='1']")
    current = page.locator("#reader mark.evidence.current")
    expect(current).to_have_text(quote)
    page.wait_for_function("document.querySelector('mark.current').getBoundingClientRect().bottom < innerHeight")
    assert in_window(page, "#reader mark.evidence.current")
    expect(page.locator("#reader h1")).to_have_text("Harbour of Port Alba reopens")
    expect(page.locator("#reader p", has_text="Paragraph 17 tells")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_hovering_or_focusing_a_citation_shows_where_it_comes_from(visit: Open):
    tab = visit()
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    card = tab.page.locator("#card")
    expect(card).to_be_hidden()
    tab.page.hover("a.citation >> nth=0")
    expect(card).to_be_visible()
    expect(card).to_contain_text("Ana Ruiz kept the lighthouse for thirty years.")
    expect(card).to_contain_text("Lighthouse keeper retires")
    tab.page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    tab.page.focus("a.citation >> nth=0")
    expect(card).to_be_visible()


def test_the_keyboard_reaches_everything(visit: Open):
    tab = visit()
    page = tab.page
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type("Who kept the")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("lighthouse for thirty years?")
    expect(page.locator("#question textarea")).to_have_value("Who kept the\nlighthouse for thirty years?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    expect(page.locator("#question textarea")).to_have_value("")
    page.keyboard.press("Shift+Tab")
    for _ in range(20):
        if page.evaluate("document.activeElement.matches('a.citation[data-number=\"1\"]')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 2")
    expect(page.locator("#reader h1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")
    expect(page.locator("#reader mark.current")).to_have_attribute("data-number", "2")
    page.keyboard.press("k")
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 2")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('a.citation[data-number=\"1\"]')")


def test_the_buttons_walk_the_citations_also_into_another_article(visit: Open):
    tab = visit()
    page = tab.page
    tab.ask_and_wait("Were repairs and the lighthouse without a keeper worth crowns?")
    page.click("a.citation[data-number='1']")
    first = page.locator("#reader mark.current").inner_text()
    page.click("#reader [aria-label='Next citation']")
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")
    expect(page.locator("#reader [aria-label='Next citation']")).to_have_attribute("aria-disabled", "true")
    assert page.locator("#reader mark.current").inner_text() != first
    page.click("#reader .close")
    expect(page.locator("#reader")).to_be_hidden()


def test_a_refusal_shows_the_nearest_passages_and_they_open(visit: Open):
    tab = visit()
    tab.ask_and_wait("Please refuse to tell of repairs in crowns")
    expect(tab.page.locator(".refusal")).to_have_text(REFUSAL)
    tab.page.click("a.nearest >> nth=0")
    expect(tab.page.locator("#reader mark.current")).to_have_text("Repairs cost two million crowns.")
    expect(tab.page.locator("#reader .place")).to_have_text(re.compile(r"Passage 1 of \d"))


def test_a_link_opens_the_same_place_again(visit: Open):
    tab = visit()
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    tab.page.click("a.citation >> nth=0")
    quote = tab.page.locator("#reader mark.current").inner_text()
    link = tab.page.get_attribute("#reader .permalink", "href")
    again = visit(query=link or "")
    expect(again.page.locator("#reader mark.current")).to_have_text(quote)


def test_what_an_address_opened_closes_for_good(visit: Open):
    page = visit(query="?article=light%20house&start=1&end=5").page
    expect(page.locator("#reader .error")).to_contain_text('There is no article "light house"')
    page.click("#reader .close")
    expect(page.locator("#reader")).to_be_hidden()
    page.wait_for_timeout(300)
    expect(page.locator("#reader")).to_be_hidden()
    assert "article=" not in page.url


def test_closing_the_reader_leaves_the_view_that_is_shown(visit: Open):
    page = visit().page
    page.get_by_role("tab", name="Library").click()
    page.click("#library a:has-text('Lighthouse keeper retires')")
    expect(page.locator("#reader h1")).to_have_text("Lighthouse keeper retires")
    page.get_by_role("tab", name="Ask").click()
    page.click("#reader .close")
    expect(page.locator("#reader")).to_be_hidden()
    page.wait_for_timeout(300)
    expect(page.get_by_role("tab", name="Ask")).to_have_attribute("aria-selected", "true")
    assert "#library" not in page.url


def test_an_article_opened_while_the_answer_was_written_has_all_its_citations_in_the_end(
    visit: Open, paused: threading.Event
):
    tab = visit()
    page = tab.page
    tab.ask("Were repairs and the lighthouse without a keeper worth crowns?")
    expect(page.locator(".turn")).to_contain_text("Found, writing…")
    page.click("a.source")
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 1")
    paused.clear()
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 2")
    expect(page.locator(".turn a.opened")).to_have_count(2)  # in its sentence and under the quotation
    page.keyboard.press("j")
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")


def test_a_reloaded_page_finds_the_citation_that_was_open_among_those_of_its_answer(visit: Open):
    tab = visit()
    page = tab.page
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    tab.ask_and_wait("Were repairs and the lighthouse without a keeper worth crowns?")
    page.locator(".turn").last.locator("a.citation[data-number='2']").first.click()
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")
    page.reload()
    expect(page.locator("#reader .place")).to_have_text("Citation 2 of 2")
    expect(page.locator("#reader mark.current")).to_have_attribute("data-number", "2")
    page.keyboard.press("k")
    expect(page.locator("#reader .place")).to_have_text("Citation 1 of 2")
    page.click("#reader .close")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(".turn").last.locator("a.source[data-number='1']")).to_be_focused()


def test_on_a_phone_what_the_article_covers_is_out_of_reach(visit: Open):
    tab = visit(width=390, height=844)
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    tab.page.click("a.citation >> nth=0")
    expect(tab.page.locator("#reader mark.current")).to_be_visible()
    expect(tab.page.locator("#views")).to_have_attribute("inert", "")
    tab.page.click("#reader .close")
    expect(tab.page.locator("#views")).not_to_have_attribute("inert", "")
    expect(tab.page.locator("#card")).to_be_hidden()


def test_a_link_to_an_article_that_is_gone_says_so(visit: Open):
    tab = visit(query="?article=gone&start=1&end=5")
    expect(tab.page.locator("#reader .error")).to_contain_text('There is no article "gone" in the library')


def test_an_answer_is_copied_with_its_sources_and_its_question_edited_and_asked_again(
    visit: Open, profile: BrowserContext
):
    profile.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = visit()
    page = tab.page
    question = "How many metres of the northern pier had the storm torn away?"
    quote = "The storm had torn away forty metres of the northern pier."
    tab.ask_and_wait(question)
    page.click(".tool.copy")
    expect(page.locator(".tool.copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"**{question}**\n\n{quote} [1]\n\n[1] “{quote}” — Harbour of Port Alba reopens\n"
    page.click(".tool.edit")
    expect(page.locator("#question textarea")).to_have_value(question)
    page.click(".tool.again")
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").nth(1)).to_have_attribute("data-stage", "done")


def test_the_library_lists_articles_which_open_in_the_reader(visit: Open):
    tab = visit()
    tab.page.get_by_role("tab", name="Library").click()
    expect(tab.page.locator("#library tbody tr")).to_have_count(len(ARTICLES))
    tab.page.click("#library a:has-text('Lighthouse keeper retires')")
    expect(tab.page.locator("#reader h1")).to_have_text("Lighthouse keeper retires")
    expect(tab.page.locator("#reader mark")).to_have_count(0)


def test_an_empty_library_offers_the_samples_and_then_questions(visit: Open, empty: tuple[str, Library]):
    address, library = empty
    tab = visit(at=address)
    expect(tab.page.locator(".welcome")).to_contain_text("The library is empty")
    tab.page.click("#samples")
    expect(tab.page.locator(".example").first).to_be_visible(timeout=30_000)
    expect(tab.page.locator("#samples")).to_be_hidden()
    assert len(library.articles()) > 1
    question = tab.page.locator(".example").first.inner_text()
    tab.page.locator(".example").first.click()
    expect(tab.page.locator(".turn .asked")).to_have_text(question)


def test_added_files_and_folders_are_told_one_by_one(
    visit: Open, empty: tuple[str, Library], articles: Path, tmp_path: Path
):
    address, library = empty
    (tmp_path / "hollow.txt").write_text("")
    page = visit(at=address).page
    page.get_by_role("tab", name="Library").click()
    page.set_input_files("#upload input[type=file]", [articles / "harbour.txt", tmp_path / "hollow.txt"])
    expect(page.locator(".outcomes li")).to_have_count(2)
    expect(page.locator(".summary")).to_have_text("1 skipped, 1 added")
    expect(page.locator(".outcomes li").first).to_contain_text("empty")
    expect(page.locator("#library tbody tr")).to_have_count(1)

    page.fill("#folder input", str(articles))
    page.click("#add")
    expect(page.locator(".summary")).to_have_text("2 added, 1 unchanged")
    expect(page.locator("#library tbody tr")).to_have_count(3)
    assert {article.id for article in library.articles()} == {"harbour", "lighthouse", "hostile"}

    page.fill("#folder input", str(tmp_path / "nowhere"))
    page.press("#folder input", "Enter")
    expect(page.locator("#added .error")).to_contain_text("nowhere")


# ---- hostile material and strangers ----


def test_a_hostile_article_neither_runs_nor_loads_anything(visit: Open):
    tab = visit()
    page = tab.page
    tab.ask_and_wait("Where was the poison found?")
    expect(page.locator("#chat .answer")).to_contain_text("<script>window.hacked=1</script>")
    page.hover("a.citation >> nth=0")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_contain_text("<script>window.hacked=1</script>")
    expect(page.locator("#reader mark.current")).to_contain_text("{{7*7}} ${window.hacked=1}")
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#library")).to_contain_text("Poisoned <img src=x onerror=window.hacked=1> headline")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator(":is(#chat, #reader, #library, #card) :is(img, script, iframe)").count() == 0


# ---- languages ----


def test_text_runs_from_the_side_its_letters_do(visit: Open, empty: tuple[str, Library], tmp_path: Path):
    address, library = empty
    arabic = "---\ntitle: ميناء الوادي يعود\noutlet: صحيفة الساحل\n---\n\nافتتح الميناء رصيفا جديدا يوم الأحد.\n"
    german = "---\ntitle: Die Schleuse\noutlet: Küstenblatt\n---\n\nDie Schleuse öffnete überraschend früh.\n"
    for name, text in [("arabic.md", arabic), ("german.md", german)]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert [outcome.status for outcome in library.add(find([tmp_path / name]))] == ["added"]
    tab = visit(at=address)
    page = tab.page

    def direction(selector: str) -> set[str]:
        return set(page.locator(selector).evaluate_all("all => all.map(one => getComputedStyle(one).direction)"))

    def left(selector: str) -> float:
        return float(page.locator(selector).first.evaluate("one => one.getBoundingClientRect().left"))

    tab.ask_and_wait("متى افتتح الميناء رصيفا جديدا؟")
    assert direction(".asked, .answer, .quotation, .quotation blockquote, .source .outlet") == {"rtl"}
    assert direction(".verdict") == {"ltr"}
    assert left(".quotation .number") > left(".quotation blockquote")
    page.locator("a.citation").first.hover()
    assert direction("#card blockquote") == {"rtl"}
    page.locator("a.citation").first.click()
    expect(page.locator("#reader mark.current")).to_be_visible()
    assert direction("#reader h1, #reader .dateline, #reader .story > p") == {"rtl"}
    page.click("#reader .close")
    page.get_by_role("tab", name="History").click()
    expect(page.locator(".past")).to_have_count(1)
    assert direction(".past, .conversation") == {"rtl"}
    page.get_by_role("tab", name="Ask").click()
    tab.ask_and_wait("Wann öffnete Schleuse überraschend?")
    latest = ".turn[data-question^=Wann]"
    assert direction(f"{latest} :is(.asked, .answer, .quotation, blockquote, .verdict)") == {"ltr"}
    assert left(f"{latest} .quotation .number") < left(f"{latest} .quotation blockquote")


# ---- how it looks ----


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(360, 640, "light"), (390, 844, "dark"), (1280, 800, "light"), (1280, 800, "dark"), (2560, 1200, "light")],
)
def test_the_page_fits_its_window(
    visit: Open, tmp_path_factory: pytest.TempPathFactory, width: int, height: int, scheme: str
):
    tab = visit(width=width, height=height, scheme=scheme)
    page = tab.page
    shots = tmp_path_factory.getbasetemp() / "screenshots"

    def fits(name: str) -> None:
        page.screenshot(path=shots / f"{width}-{scheme}-{name}.png")
        assert sticking_out(page) == []
        assert page.evaluate("document.documentElement.scrollHeight") <= height

    fits("welcome")
    tab.ask_and_wait("How many metres of the northern pier had the storm torn away?")
    fits("answer")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_be_visible()
    fits("reader")
    page.click("#reader .close")
    tab.ask_and_wait("Please refuse to tell of repairs in crowns")
    fits("refusal")
    tab.ask_and_wait("Did repairs in crowns and the retiring lighthouse keeper disagree?")
    expect(page.locator("table.conflict")).to_be_visible()
    fits("conflict")
    for name in ("Library", "Check", "History", "Evaluate"):
        page.get_by_role("tab", name=name).click()
        fits(name.lower())

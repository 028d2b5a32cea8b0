"""Plain search: passages by their words, without a model."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Open
from fakes import WordEmbedder
from playwright.sync_api import expect

from index.library import Library
from index.reading.files import find
from index.records import Filter
from qa.lookup.plain_search import passages_with
from qa.text.forms import form_spans
from ui.html.passages import marked, passages_html

pytest_plugins = ["browsing"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "a.txt").write_text("Bridges closed\n\nTwo bridges were closed after the storm of Monday.\n")
    (tmp_path / "b.txt").write_text("Storm hits Aldmoor\n\nA storm hit the town. Monday was wet.\n")
    (tmp_path / "c.txt").write_text("Cup final\n\nAldmoor won <b>the cup</b>.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / f"{name}.txt" for name in "abc"])))
    return library


def test_passages_that_hold_more_of_the_words_come_first(library: Library) -> None:
    found, articles = passages_with("storm bridge", library)
    assert [passage.article_id for passage in found] == ["a", "b"]
    assert set(articles) == {"a", "b"}


def test_words_in_quotation_marks_must_stand_there_as_they_are(library: Library) -> None:
    found, _ = passages_with("“Storm  hit the”", library)
    assert [passage.article_id for passage in found] == ["b"]
    assert passages_with("“storm the hit”", library)[0] == []


def test_only_the_articles_that_a_filter_admits_are_searched(library: Library) -> None:
    found, _ = passages_with("storm monday", library, Filter(articles=("b",)))
    assert [passage.article_id for passage in found] == ["b"]
    assert passages_with("storm", library, Filter(outlets=("The Herald",)))[0] == []


def test_words_are_marked_in_any_form_and_hostile_text_stays_text(library: Library) -> None:
    found, articles = passages_with("winning cups aldmoor", library)
    html = passages_html(found, ["cups", "aldmoor"], articles.__getitem__)
    assert "<mark>Aldmoor</mark> won &lt;b&gt;the <mark>cup</mark>&lt;/b&gt;" in html
    assert '<span class="title" dir="auto"><mark>Cup</mark> final</span>' in html
    assert html.count("Cup</mark> final") == 1, "the headline stands once"
    assert "No article holds these words." in passages_html([], ["x"], articles.__getitem__)


def test_accents_and_capitals_make_no_difference() -> None:
    assert marked("Peñíscola", ["peniscola"]) == "<mark>Peñíscola</mark>"
    assert list(form_spans("The other day", ["the"])) == [(0, 3)]


@pytest.mark.browser
def test_words_typed_are_found_marked_and_opened_in_their_article(visit: Open) -> None:
    page = visit().page
    page.get_by_role("tab", name="Search").click()
    page.get_by_label("Search the articles").fill("repair crowns")
    passage = page.locator("#passages .quotation").first
    expect(passage.locator("mark")).to_have_text(["Repairs", "crowns"])
    passage.locator("a.source").click()
    expect(page.locator("#reader mark.current").last).to_contain_text("Repairs cost two million crowns.")
    page.get_by_label("Search the articles").fill("zeppelin")
    expect(page.locator("#passages")).to_have_text("No article holds these words.")


# ---- the reader ----

STORY = "?article=harbour&start=0&end=0"


@pytest.mark.browser
def test_words_are_found_in_the_open_article_one_after_the_other(visit: Open) -> None:
    page = visit(query=STORY).page
    expect(page.locator("#reader .story")).to_be_visible()
    page.keyboard.press("f")
    page.get_by_label("Find in the article").fill("HARBOUR")
    tally = page.locator(".finder .tally")
    expect(tally).to_have_text("1 of 2")
    page.keyboard.press("Enter")
    expect(tally).to_have_text("2 of 2")
    page.get_by_label("Find in the article").fill("northern pier")
    expect(tally).to_have_text("1 of 1")
    expect(page.get_by_text("The storm had torn away")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".finder")).to_have_count(0)
    expect(page.locator("#reader .story")).to_be_visible()


@pytest.mark.browser
def test_an_open_article_is_summarised_from_itself_alone(visit: Open) -> None:
    page = visit(query=STORY, width=390, height=844).page
    page.locator("#reader .summarise").click()
    expect(page.locator("#reader")).to_be_hidden()
    turn = page.locator(".turn")
    expect(turn.locator(".asked")).to_have_text("Summarise this article")
    expect(turn.locator(".searched .words")).to_have_text("Harbour of Port Alba reopens")
    expect(turn).to_have_attribute("data-stage", "done")
    expect(page.locator("#only")).to_have_count(0)


# ---- the sources beside the chat ----


@pytest.mark.browser
def test_only_the_sources_that_are_ticked_are_asked(visit: Open) -> None:
    tab = visit(width=1440, height=900)
    page = tab.page
    sources = page.locator("#sources")
    expect(sources.get_by_role("checkbox")).to_have_count(3)
    sources.get_by_label("Ask Lighthouse keeper retires").check()
    expect(page.locator("#only")).to_contain_text("Asking only: 1 article")
    tab.ask_and_wait("Who kept the lighthouse while the harbour was closed?")
    cited = page.locator("#chat a.source").evaluate_all("links => links.map(link => link.dataset.article)")
    assert set(cited) == {"lighthouse"}
    page.locator("#only").click()
    expect(sources.get_by_label("Ask Lighthouse keeper retires")).not_to_be_checked()
    sources.get_by_role("link", name="Lighthouse keeper retires").click()
    expect(page.locator("#reader h1")).to_have_text("Lighthouse keeper retires")
    expect(sources).to_be_hidden()


# ---- outlets and dates in a question ----


@pytest.mark.browser
def test_an_empty_library_tells_on_each_surface_how_it_is_filled(empty: tuple[str, Library], visit: Open) -> None:
    page = visit(at=empty[0]).page
    told = "The library is empty; add articles under Library."
    page.get_by_role("tab", name="Search").click()
    page.fill("#words input", "storm")
    expect(page.locator("#passages")).to_have_text(told)
    page.get_by_role("tab", name="Check").click()
    page.fill("#quotation textarea", "A storm hit the coast.")
    page.click("#look-up")
    expect(page.locator("#found")).to_have_text(told)
    page.fill("#draft textarea", "A storm hit the coast.")
    page.click("#check-text")
    expect(page.locator("#verdicts")).to_have_text(told)
    for view, place in (("Speakers", "#speakers .all"), ("Briefing", "#brief .told")):
        page.get_by_role("tab", name=view).click()
        expect(page.locator(place)).to_have_text(told)


@pytest.mark.browser
def test_the_outlet_that_a_question_names_restricts_it_until_it_is_taken_away(
    empty: tuple[str, Library], visit: Open, tmp_path: Path
) -> None:
    address, library = empty
    for place in ("Courier", "Herald"):
        text = f"---\noutlet: The {place}\n---\n# Storm\n\nA storm hit {place} Street.\n"
        (tmp_path / f"{place}.md").write_text(text)
    list(library.add(find([tmp_path / "Courier.md", tmp_path / "Herald.md"])))
    tab = visit(at=address)
    question = "What did the storm hit, according to the Courier?"
    tab.ask_and_wait(question)
    turns = tab.page.locator(".turn")
    expect(turns.locator(".searched")).to_have_text("Asked only: The Courier")
    turns.locator(".everywhere").click()
    expect(turns.nth(1).locator(".asked")).to_have_text(question)
    expect(turns.nth(1).locator(".narrow")).to_have_text("Ask only articles: The Courier")
    expect(turns.nth(1).locator(".searched")).to_have_count(0)
    turns.nth(1).locator(".narrow").click()
    expect(turns.nth(2).locator(".searched")).to_have_text("Asked only: The Courier")


# ---- help, light and dark ----


@pytest.mark.browser
def test_dark_is_chosen_and_kept(visit: Open) -> None:
    page = visit().page
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.keyboard.press("Escape")
    page.locator(".masthead .help").click()
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_contain_text("Find words in the open article")
    dialog.get_by_label("Dark").check()
    assert page.evaluate(paper) != light
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    assert page.evaluate(paper) != light
    page.locator(".masthead .help").click()
    dialog.get_by_label("As the machine").check()
    assert page.evaluate(paper) == light
    dialog.get_by_role("button", name="Close").click()
    page.locator("h1").first.click()
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()


@pytest.mark.browser
def test_fingers_find_citations_and_links_on_a_phone(visit: Open) -> None:
    tab = visit(width=390, height=844)
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    missed = tab.page.evaluate(
        """() => [...document.querySelectorAll("#chat :is(a, button), .masthead :is(.new, .help)")].filter((link) => {
            if (link.offsetParent === null) return false;
            const { left, top, width, height } = link.getClientRects()[0];
            const at = (x, y) => document.elementFromPoint(left + width / 2 + x, top + height / 2 + y);
            const isIn = top + height < innerHeight - 150 && left >= 0 && left + width < innerWidth;
            return isIn && [[0, -21], [0, 21], [-21, 0], [21, 0]].some(([x, y]) => !link.contains(at(x, y)));
        }).map((link) => link.outerHTML.slice(0, 80))"""
    )
    assert missed == []


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("Auf beiden Brücken ruht der Verkehr, weil eine davon gesperrt wurde.", "Brücke", ["Brücken"]),
        ("Los puentes se cerraron por la tormenta del lunes, dijo el alcalde.", "puente", ["puentes"]),
        ("Les ponts ont été fermés lundi à cause de la tempête, a dit le maire.", "fermé", ["fermés"]),
    ],
)
def test_forms_of_a_word_are_marked_by_the_language_of_the_text(text: str, term: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in form_spans(text, [term])] == found

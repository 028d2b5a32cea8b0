"""The library's table, quotations, evaluation and programs, on a served page in a real browser."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import pytest
from bench_page import BROWSER_ARGUMENTS, free_port
from browsing import ARTICLES, PAYLOADS, Open, Parrot, Visit, sticking_out, wait_until
from fakes import WordEmbedder
from gradio_client import Client
from gradio_client.exceptions import AppError
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect

from index.errors import InputError
from index.library import Library
from index.reading.files import find, find_all
from qa.history import answer_to_text
from qa.reader.protocol import Reader
from qa.support.checking import Checked, checking
from ui.page.build import running
from ui.page.library import adding
from ui.page.views import Exclusive

if TYPE_CHECKING:
    from mcp.types import CallToolResult

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing"]

AXE = Path(__file__).parent.parent / ".venv" / "axe-core-4.14.1" / "axe.min.js"
VIEWS = ("Ask", "Library", "Check", "History", "Evaluate")


def library_of(folder: Path, texts: dict[str, str]) -> Library:
    """A library of files with these names and contents."""
    (folder / "articles").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library", WordEmbedder())
    assert {outcome.status for outcome in library.add(find([folder / "articles"]))} == {"added"}
    return library


def story(number: int) -> str:
    outlet = ("Alba Post", "Herald", "Wend Courier")[number % 3]
    return (
        f"---\ntitle: Tide table {number:03}\ndate: 2018-{1 + number % 12:02}-17\noutlet: {outlet}\n---\n\n"
        f"The tide stood at {number} metres on the morning of that day.\n"
    )


@pytest.fixture(scope="module")
def tides(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Library]]:
    """A page over 240 articles of three outlets."""
    library = library_of(tmp_path_factory.mktemp("tides"), {f"tide{n:03}.md": story(n) for n in range(240)})
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address, library


def show(page: Page, view: str) -> None:
    page.get_by_role("tab", name=view, exact=True).click()


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


def test_cancelled_adding_keeps_what_was_added_and_says_so(tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    folder = tmp_path / "more"
    folder.mkdir()
    for n in range(10, 30):
        (folder / f"tide{n}.md").write_text(story(n))
    stop = threading.Event()
    reports = adding(library, lambda: find_all([folder]), Exclusive(), stop)
    assert "0 of 20 files" in next(reports)
    assert "1 of 20 files, 1 passage" in next(reports)
    stop.set()
    *_, last = reports
    assert "Cancelled after 1 of 20 files: 1 added" in last
    assert len(library.listings()) == 2


def test_who_adds_while_others_do_waits_and_is_told_so(tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    (tmp_path / "tide2.md").write_text(story(2))
    others, never, stop = Exclusive(), threading.Event(), threading.Event()
    with others.taken(never):
        called_off = adding(library, lambda: find_all([tmp_path / "tide2.md"]), others, stop)
        assert "Other articles are being added; these wait for them." in next(called_off)
        stop.set()
        assert list(called_off) == [""]
        waiting = adding(library, lambda: find_all([tmp_path / "tide2.md"]), others)
        assert "Other articles are being added; these wait for them." in next(waiting)
    *_, last = waiting
    assert "1 added" in last
    assert not others.is_taken
    assert len(library.listings()) == 2


def test_files_that_are_dropped_are_added(visit: Open, browser: Browser, tmp_path: Path):
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        expect(page.locator("#library tbody tr")).to_have_count(1)
        dropped = page.evaluate_handle(
            """texts => {
                const transfer = new DataTransfer();
                for (const [name, text] of Object.entries(texts)) transfer.items.add(new File([text], name));
                return transfer;
            }""",
            {f"tide{n}.md": story(n) for n in (2, 3)},
        )
        page.dispatch_event("#upload button", "drop", {"dataTransfer": dropped})
        expect(page.locator("#added .summary")).to_have_text("2 added")
        expect(page.locator("#library tbody tr")).to_have_count(3)


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


@pytest.fixture
def unhurried(tmp_path: Path) -> Library:
    """A library to which the 300 articles in the folder ``more`` are added for seconds."""
    library = library_of(tmp_path / "first", {"one.md": story(1)})
    (tmp_path / "more").mkdir()
    for n in range(100, 400):
        (tmp_path / "more" / f"tide{n}.md").write_text(story(n))
    embedder = library.embedder
    embed = embedder.embed
    embedder.embed = lambda texts: (time.sleep(0.02 * len(texts)), embed(texts))[1]  # type: ignore[method-assign,func-returns-value]
    return library


def test_cancel_ends_adding_on_the_page(visit: Open, unhurried: Library, tmp_path: Path):
    library = unhurried
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        page = visit(at=address).page
        show(page, "Library")
        page.fill("#folder input", str(tmp_path / "more"))
        page.click("#add")
        expect(page.locator("#added .summary")).to_contain_text(re.compile(r"[1-9]\d* passages?"))
        page.click("#cancel")
        expect(page.locator("#added .summary")).to_contain_text("Cancelled after")
        expect(page.locator("#cancel")).to_be_hidden()
    assert 1 < len(library.listings()) < 301


def test_who_leaves_the_page_while_it_adds_is_asked_first(browser: Browser, unhurried: Library, tmp_path: Path):
    asked: list[str] = []
    with (
        running(unhurried, Parrot(unhurried), "127.0.0.1", free_port()) as address,  # type: ignore[arg-type]
        browser.new_context() as context,
    ):
        page = Visit(context.new_page(), address).page
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        show(page, "Library")
        page.fill("#folder input", str(tmp_path / "more"))
        page.click("#add")
        expect(page.locator("#added progress")).to_be_visible()
        page.reload()
        assert asked == ["beforeunload"]


def test_all_samples_are_added_also_where_the_tab_is_closed_meanwhile(
    visit: Open, empty: tuple[str, Library], monkeypatch: pytest.MonkeyPatch
):
    address, library = empty
    embed = library.embedder.embed
    monkeypatch.setattr(library.embedder, "embed", lambda texts: (time.sleep(0.05 * len(texts)), embed(texts))[1])
    page = visit(at=address).page
    page.click("#samples")
    expect(page.locator("#notice .summary")).to_contain_text("1 of 12 files")
    page.close()
    wait_until(visit(at=address).page, lambda: len(library.listings()) == 12)
    assert len(library.listings()) == 12
    expect(visit(at=address).page.locator(".welcome h2")).to_have_text("Ask 12 articles")


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
    def slowly(text: str, library: Library, reader: Reader) -> Iterator[Checked]:
        for item in checking(text, library, reader):
            time.sleep(0.1)
            yield item

    monkeypatch.setattr("ui.page.check.checking", slowly)
    page = visit().page
    show(page, "Check")
    page.fill("#draft textarea", "The storm had torn away ten metres of the northern pier. " * 100)
    page.click("#check-text")
    expect(page.locator("#verdicts .finding").first).to_be_visible()
    page.click("#check-stop")
    expect(page.locator("#verdicts .outcome")).to_contain_text("Stopped after")
    expect(page.locator("#verdicts .finding").first).to_be_visible()
    expect(page.locator("#check-stop")).to_be_hidden()


# ---- evaluation ----


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    questions = [
        {
            "id": "pier",
            "question": "How many metres of the northern pier?",
            "answers": ["forty"],
            "articles": ["harbour"],
        },
        {"id": "keeper", "question": "Who kept the lighthouse for thirty years?", "answers": ["Nobody"]},
        {"id": "paris", "question": "Please refuse to tell of lighthouse", "kind": "unanswerable"},
        {"id": "broken"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in questions))
    return path


def choose(page: Page, question_set: Path, most: int) -> None:
    """Names a question set in the Evaluate view, and how many of its questions are to be asked."""
    show(page, "Evaluate")
    page.fill("#set-path input", str(question_set))
    page.fill("#limit input", str(most))


def test_a_question_set_is_run_and_a_failure_opened_in_the_chat(visit: Open, question_set: Path):
    page = visit().page
    show(page, "Evaluate")
    page.set_input_files("#question-set input[type=file]", question_set)
    expect(page.locator("#question-set")).to_contain_text("questions")
    page.click("#run")
    expect(page.locator("#run-progress .outcome")).to_have_text("2 of 3 questions answered right")
    expect(page.locator("#run-progress li")).to_contain_text("line 4")
    expect(page.locator("#results figure svg").first).to_be_visible()
    expect(page.locator("#results .case")).to_have_count(1)
    expect(page.locator("#results .case .why")).to_have_text('The answer does not say "Nobody".')
    with page.expect_download() as saved:
        page.click("#save-report")
    assert "2 of 3 questions answered right" in Path(saved.value.path()).read_text(encoding="utf-8")
    page.click("#results button.try")
    expect(page.locator("#chat .turn .asked")).to_have_text("Who kept the lighthouse for thirty years?")
    expect(page.locator("#chat .turn")).to_have_attribute("data-stage", "done")


def test_an_evaluation_is_stopped_and_goes_on_where_it_was(
    visit: Open, question_set: Path, parrot: Parrot, paused: threading.Event
):
    page = visit().page
    choose(page, question_set, 2)
    page.click("#run")
    expect(page.locator("#run-progress .summary")).to_contain_text("0 of 2 questions")
    page.click("#run-stop")
    expect(page.locator("#run-progress .summary")).to_contain_text("Stopped after 0 of 2 questions.")
    paused.clear()
    page.click("#run")
    expect(page.locator("#run-progress .outcome")).to_contain_text("of 2 questions answered right")


def test_a_second_evaluation_waits_for_the_first_and_says_so(
    visit: Open, question_set: Path, parrot: Parrot, paused: threading.Event
):
    first, second = visit().page, visit().page
    told = "Another evaluation is running; this one waits for it."
    for page in (first, second):
        choose(page, question_set, 1)
    first.click("#run")
    expect(first.locator("#run-progress .summary")).to_contain_text("0 of 1 question")
    second.click("#run")
    expect(second.locator("#run-progress .summary")).to_have_text(told)
    second.click("#run-stop")
    expect(second.locator("#run-progress .summary")).to_have_count(0)
    second.click("#run")
    expect(second.locator("#run-progress .summary")).to_have_text(told)
    paused.clear()
    for page in (first, second):
        expect(page.locator("#run-progress .outcome")).to_contain_text("of 1 question answered right")


def test_a_question_set_that_is_none_is_named(visit: Open):
    page = visit().page
    show(page, "Evaluate")
    page.click("#run")
    expect(page.locator("#run-progress .error")).to_have_text(
        "No question set was named; drop a file, or give its path."
    )


# ---- programs ----


def test_programs_call_four_functions_by_name_and_nothing_else(address: str):
    client = Client(address, verbose=False)
    told = client.view_api(return_format="dict")
    assert set(told["named_endpoints"]) == {"/ask", "/quote", "/search", "/article"}
    assert told["unnamed_endpoints"] == {}
    answer = client.predict("Who kept the lighthouse for thirty years?", api_name="/ask")
    assert answer["citations"][0]["quote"] == "Ana Ruiz kept the lighthouse for thirty years."
    assert client.predict("kept the lighthouse", api_name="/quote")["verdict"] == "exact"
    hits = client.predict("northern pier storm", 2, api_name="/search")
    assert [set(hit) for hit in hits] == [{"article", "start", "end", "text", "score"}] * 2
    assert client.predict("harbour", api_name="/article")["text"] == ARTICLES["harbour.txt"]
    with pytest.raises(AppError, match='There is no article "gone" in the library'):
        client.predict("gone", api_name="/article")
    client.close()


def test_fifty_programs_ask_at_once_and_each_is_answered(address: str):
    def ask(question: str) -> dict[str, Any]:
        event = httpx.post(f"{address}gradio_api/call/ask", json={"data": [question]}, timeout=60).json()["event_id"]
        told = httpx.get(f"{address}gradio_api/call/ask/{event}", timeout=60).text
        (answer,) = json.loads(told.split("event: complete\ndata: ")[1])
        return dict(answer)

    questions = [f"Who kept the lighthouse for thirty years until {year}?" for year in range(1950, 2000)]
    with ThreadPoolExecutor(len(questions)) as pool:
        answers = list(pool.map(ask, questions))
    assert [answer["question"] for answer in answers] == questions
    assert {answer["citations"][0]["quote"] for answer in answers} == {"Ana Ruiz kept the lighthouse for thirty years."}


def test_the_same_functions_are_tools_of_the_model_context_protocol(parrot: Parrot):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    calls = {
        "ask": {"question": "Who kept the lighthouse for thirty years?"},
        "quote": {"text": "kept the lighthouse"},
        "search": {"question": "northern pier storm", "k": 2},
        "article": {"id": "harbour"},
    }

    async def use(address: str) -> tuple[list[str], dict[str, Any], CallToolResult]:
        async with (
            streamablehttp_client(f"{address}gradio_api/mcp/") as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            answers = {}
            for name, arguments in calls.items():
                (content,) = (await session.call_tool(name, arguments)).content
                answers[name] = json.loads(content.text)
            return tools, answers, await session.call_tool("article", {"id": "gone"})

    with (
        running(parrot.library, parrot, "127.0.0.1", free_port(), mcp=True) as address,  # type: ignore[arg-type]
        ThreadPoolExecutor() as pool,  # because Playwright's loop runs in this thread
    ):
        tools, answers, gone = pool.submit(lambda: asyncio.run(use(address))).result()
    assert sorted(tools) == ["article", "ask", "quote", "search"]
    assert answers["ask"]["answered"] is True
    assert answers["ask"]["citations"][0]["quote"] == "Ana Ruiz kept the lighthouse for thirty years."
    assert answers["quote"]["verdict"] == "exact"
    assert [set(hit) for hit in answers["search"]] == [{"article", "start", "end", "text", "score"}] * 2
    assert answers["article"]["text"] == ARTICLES["harbour.txt"]
    assert answers["article"]["outlet"] is None
    assert gone.isError
    assert 'There is no article "gone" in the library' in gone.content[0].text


# ---- strangers ----


def test_other_machines_are_let_in_only_with_a_password(parrot: Parrot):
    with pytest.raises(InputError) as raised, running(parrot.library, parrot, "0.0.0.0", free_port()):  # type: ignore[arg-type]
        pass
    assert str(raised.value) == (
        "At 0.0.0.0 other machines could use the page; give it a password with --password-file or BYLINE_PASSWORD, "
        "or leave --host out."
    )
    with running(parrot.library, parrot, "127.0.0.1", free_port(), "geheim") as address:  # type: ignore[arg-type]
        for path in ("config", "gradio_api/info", "gradio_api/file=x", "gradio_api/queue/status"):
            assert httpx.get(address + path).status_code == 401, path
        asked = {"session_hash": "x", "component_id": 1, "fn_name": "list_articles", "data": None}
        assert httpx.post(f"{address}gradio_api/component_server", json=asked).status_code == 401
        assert httpx.post(f"{address}login", data={"username": "x", "password": "falsch"}).status_code == 400
        with httpx.Client() as known:
            assert known.post(f"{address}login", data={"username": "x", "password": "geheim"}).status_code == 200
            assert known.get(f"{address}config").status_code == 200


def test_the_page_behind_a_password_asks_for_it_and_then_answers(browser: Browser, parrot: Parrot):
    outside: list[str] = []
    with (
        running(parrot.library, parrot, "127.0.0.1", free_port(), "geheim") as address,  # type: ignore[arg-type]
        browser.new_context() as stranger,
    ):
        page = stranger.new_page()
        page.on("request", lambda request: outside.append(request.url))
        page.goto(address)
        expect(page.get_by_text("Any user name will do.")).to_be_visible()
        expect(page.locator("#question")).to_have_count(0)
        for password in ("falsch", "geheim"):
            page.get_by_label("username").fill("reader")
            page.get_by_label("password").fill(password)
            page.get_by_role("button", name="Login").click()
            if password == "falsch":
                expect(page.get_by_text("Incorrect Credentials")).to_be_visible()
        page.fill("#question textarea", "Who kept the lighthouse for thirty years?")
        page.press("#question textarea", "Enter")
        expect(page.locator(".turn")).to_have_attribute("data-stage", "done")
    assert [url for url in outside if not url.startswith((address, "data:", "blob:"))] == []


def test_another_site_can_neither_ask_nor_add_nor_use_the_tools(parrot: Parrot):
    doors = ("queue/join", "call/ask", "component_server", "upload", "mcp/")
    with running(parrot.library, parrot, "127.0.0.1", free_port(), mcp=True) as address:  # type: ignore[arg-type]
        own = address.rstrip("/")
        for door in doors:
            for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
                answer = httpx.post(f"{own}/gradio_api/{door}", headers={"Origin": origin}, content=b"{}")
                assert (answer.status_code, answer.text) == (403, "Byline answers its own page only."), (door, origin)
                asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
                allowed = httpx.options(f"{own}/gradio_api/{door}", headers=asked).headers
                assert allowed.get("Access-Control-Allow-Origin") != origin, (door, origin)
        for door in ("call/search", "component_server"):
            answer = httpx.post(f"{own}/gradio_api/{door}", headers={"Origin": own}, json={"data": ["x", 1]})
            assert answer.text != "Byline answers its own page only.", door


def test_more_than_one_request_may_hold_is_refused(address: str):
    port = int(address.rsplit(":", 1)[1].strip("/"))
    with socket.create_connection(("127.0.0.1", port)) as line:
        head = f"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {2**40}\r\n\r\n"
        line.sendall(head.encode())
        assert line.recv(64).split(b"\r\n")[0].startswith(b"HTTP/1.1 413")


def upload(size: int, piece: int = 2**16) -> Iterator[bytes]:
    """A file of this size as a browser sends it, without the size being told before."""
    yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    for _ in range(0, size, piece):
        yield b"a" * piece
    yield b"\r\n--x--\r\n"


def sent(address: str, content: Iterator[bytes]) -> httpx.Response:
    head = {"Content-Type": "multipart/form-data; boundary=x"}
    return httpx.post(f"{address}gradio_api/upload", content=content, headers=head, timeout=60)


def test_a_request_that_does_not_tell_its_size_is_cut_off_too(address: str, monkeypatch: pytest.MonkeyPatch):
    assert sent(address, upload(2**20)).status_code == 200
    monkeypatch.setattr("ui.serve.guard._LARGEST_REQUEST", 2**19)
    assert sent(address, upload(2**20)).status_code == 413


def test_a_file_of_more_than_twenty_megabytes_is_refused(address: str):
    assert sent(address, upload(20 * 10**6)).status_code == 200
    refused = sent(address, upload(22 * 2**20))
    assert (refused.status_code, refused.text) == (413, "File size exceeded maximum allowed size of 20971520 bytes.")


def test_too_many_files_at_once_and_one_too_large_are_told_in_a_sentence(
    visit: Open, empty: tuple[str, Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = visit(at=empty[0]).page
    show(page, "Library")
    monkeypatch.setattr("ui.page.library._MOST_FILES", 3)
    for n in range(4):
        (tmp_path / f"tide{n}.md").write_text(story(n))
    page.set_input_files("#upload input[type=file]", [tmp_path / f"tide{n}.md" for n in range(4)])
    told = "4 files are too many at once; add up to 3, or give their folder's path below."
    expect(page.locator("#added .error")).to_have_text(told)
    (tmp_path / "large.txt").write_text("a" * (22 * 2**20))
    page.set_input_files("#upload input[type=file]", [tmp_path / "large.txt"])
    expect(page.get_by_text("20")).to_be_visible()
    assert empty[1].listings() == []


@pytest.mark.parametrize(
    "path", ["library/library.sqlite", "library/passages.faiss", "library/../library/library.sqlite"]
)
def test_the_library_cannot_be_read_through_the_page(address: str, parrot: Parrot, path: str):
    base = parrot.library.folder.parent
    for spelled in (f"{base}/{path.replace('library', parrot.library.folder.name, 1)}", f"../../../..{base}/{path}"):
        for door in ("gradio_api/file=", "file=", "gradio_api/file/", "static/", "assets/"):
            answer = httpx.get(f"{address}{door}{spelled}")
            assert answer.status_code in (403, 404), (door, spelled)
            assert b"SQLite format" not in answer.content


@pytest.fixture
def poisoned(tmp_path: Path) -> Library:
    """A library of thirty hostile articles."""
    hostile = {
        f"hostile{n:02}.md": f"---\ntitle: {json.dumps(f'Poison {n} {payload}')}\noutlet: {json.dumps(payload)}\n"
        f"url: {json.dumps('https://example.org/' + payload)}\n---\n\nPoison number{n:02} says {payload} today.\n"
        for n, payload in enumerate(PAYLOADS)
    }
    return library_of(tmp_path, hostile)


def test_thirty_hostile_articles_neither_run_nor_load_anything(visit: Open, poisoned: Library):
    library = poisoned
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        tab = visit(at=address)
        page = tab.page
        page.evaluate("() => { window.hacked = () => { window.wasHacked = true } }")
        for n in range(0, len(PAYLOADS), 2):
            tab.ask_and_wait(f"Poison number{n:02} number{n + 1:02}")
        page.hover("a.citation >> nth=0")
        show(page, "Library")
        expect(page.locator("#library tbody tr")).to_have_count(len(PAYLOADS))
        page.click(".outlets summary")
        for n in range(len(PAYLOADS)):
            page.click(f"#library tr[data-id=hostile{n:02}] a")
            expect(page.locator("#reader .story")).to_have_attribute("data-article", f"hostile{n:02}")
            expect(page.locator("#reader .story")).to_contain_text(f"Poison number{n:02} says")
        show(page, "Check")
        for payload in PAYLOADS:
            page.fill("#quotation textarea", payload + " today Poison")
            page.click("#look-up")
            page.wait_for_function("document.querySelector('#found').textContent.trim() !== ''")
        page.fill("#draft textarea", "\n\n".join(f"Poison says {payload} today." for payload in PAYLOADS))
        page.click("#check-text")
        expect(page.locator("#verdicts .outcome")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("window.wasHacked") is None
        parts = ":is(#chat, #reader, #library, #card, #found, #verdicts)"
        forbidden = ":is(script, iframe, object, embed, video, base, meta, link, svg script, [onerror], [onload])"
        assert page.locator(f"{parts} .html-container {forbidden}").count() == 0
        links = page.locator(f"{parts} a").evaluate_all("links => links.map(link => link.protocol)")
        assert set(links) <= {"http:", "https:"}
    assert tab.outside == []


def test_hostile_articles_do_no_harm_in_the_history_nor_in_what_is_saved_of_it(
    visit: Open, poisoned: Library, tmp_path: Path
):
    parrot, kept = Parrot(poisoned), poisoned.conversations
    for payload in PAYLOADS:
        kept.ask(None, payload)
    talk = None
    for n, payload in enumerate(PAYLOADS):
        talk, turn = kept.ask(talk, f"What does Poison number{n:02} say of {payload}?")
        refused = "refuse " if n % 2 else ""
        kept.save(turn, "done", answer_to_text(parrot.answer(f"{refused}number{n:02} {payload}")))
    kept.rename(talk, f"All {' '.join(PAYLOADS)}")
    with running(poisoned, parrot, "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        tab = visit(at=address)
        page = tab.page
        page.evaluate("() => { window.hacked = () => { window.wasHacked = true } }")
        show(page, "History")
        expect(page.locator(".past")).to_have_count(len(PAYLOADS) + 1)
        names = page.locator("a.conversation").all_text_contents()
        assert all(any(" ".join(payload.split())[:20] in name for name in names) for payload in PAYLOADS)
        whole = page.locator(".past").first
        files = []
        for button in ("html", "md"):
            with page.expect_download() as download:
                whole.locator(f".tool.{button}").click()
            files.append(tmp_path / f"saved.{button}")
            download.value.save_as(files[-1])
        whole.locator(".rename").click()
        page.keyboard.press("Escape")
        page.fill("#history-search input", "onerror")
        expect(page.locator(".past")).not_to_have_count(len(PAYLOADS) + 1)
        page.locator("a.conversation").first.click()
        page.click(".tool.earlier")
        expect(page.locator(".turn")).to_have_count(len(PAYLOADS))
        page.wait_for_timeout(300)
        assert page.evaluate("window.wasHacked") is None
        assert (
            page.locator(":is(#chat, #history) .html-container :is(script, iframe, img, svg script, base)").count() == 0
        )

    saved, markdown = (file.read_text(encoding="utf-8") for file in files)
    for name, text in [("html", saved), ("markdown", MarkdownIt("commonmark", {"html": True}).render(markdown))]:
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
        requests: list[str] = []
        page = tab.page.context.new_page()
        page.add_init_script("window.hacked = () => { window.wasHacked = true }")
        page.on("request", lambda request, to=requests: to.append(request.url))
        page.on("dialog", lambda dialog, to=requests: to.append(f"dialog {dialog.message}"))
        page.goto(f"file://{tmp_path / name}.html")
        page.wait_for_timeout(300)
        assert requests == [f"file://{tmp_path / name}.html"]
        assert page.evaluate("window.wasHacked") is None
        assert page.locator("script, img, iframe, object, embed, video, svg, form, input, base, link").count() == 0
        links = page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert not [link for link in links if not link.startswith("#quotation-")]
        shown = " ".join(page.locator("body").inner_text().split())
        assert not [payload for payload in PAYLOADS if " ".join(payload.split()) not in shown]
        page.close()


@contextmanager
def watched_sockets() -> Iterator[set[str]]:
    """Whom this process and those it began talk to, looked at again and again, and where this one listens."""
    seen: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            own = psutil.Process()
            seen.update(connection.laddr.ip for connection in own.net_connections("inet"))
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.Error):
                    seen.update(line.raddr.ip for line in process.net_connections("inet") if line.raddr)

    watching = threading.Thread(target=watch)
    watching.start()
    yield seen
    over.set()
    watching.join()


def asked_by(page: str, net_log: Path) -> set[str]:
    """The addresses that a Chromium asked for because a page of this origin wanted it; its own services ask more."""
    events = json.loads(net_log.read_text(encoding="utf-8"))["events"]
    told = [event["params"] for event in events if "params" in event]
    return {params["url"] for params in told if params.get("initiator") == page and "url" in params}


def test_nothing_leaves_the_machine(
    browser: Browser, parrot: Parrot, question_set: Path, articles: Path, tmp_path: Path
):
    log = tmp_path / "net.json"
    with (
        watched_sockets() as addresses,
        running(parrot.library, parrot, "127.0.0.1", free_port()) as address,  # type: ignore[arg-type]
    ):
        # A browser of its own, because the log is whole only when it has ended.
        own = browser.browser_type.launch(
            executable_path=shutil.which("chromium"), args=[*BROWSER_ARGUMENTS, f"--log-net-log={log}"]
        )
        tab = Visit(own.new_page(), address)
        page = tab.page
        tab.ask_and_wait("Who kept the lighthouse for thirty years?")
        page.click("#chat a.citation >> nth=0")
        expect(page.locator("#reader .story")).to_be_visible()
        for view in VIEWS:
            show(page, view)
            if view == "Library":
                page.fill("#folder input", str(articles))
                page.click("#add")
                expect(page.locator("#added .summary")).to_contain_text("unchanged")
            elif view == "Check":
                page.fill("#quotation textarea", "I never missed a night")
                page.click("#look-up")
                expect(page.locator("#found .finding")).to_be_visible()
            elif view == "Evaluate":
                page.fill("#set-path input", str(question_set))
                page.click("#run")
                expect(page.locator("#run-progress .outcome")).to_be_visible()
        own.close()
    assert addresses == {"127.0.0.1"}
    assert tab.outside == []
    urls = asked_by(address.rstrip("/"), log)
    assert any("gradio_api/queue/join" in url for url in urls)
    assert [url for url in urls if not url.startswith((address, "data:", "blob:"))] == []


# ---- everybody ----


SCREENS = pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("dark", 360)])


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


@SCREENS
def test_axe_finds_nothing_serious_in_any_view(
    visit: Open, paused: threading.Event, question_set: Path, scheme: str, width: int
):
    tab: Visit = visit(scheme=scheme, width=width)
    page = tab.page
    faults: list[str] = []

    def look(what: str) -> None:
        faults.extend(f"{what}: {fault}" for fault in serious_faults(page))

    look("welcome")
    page.click(".masthead .help")
    look("help")
    page.keyboard.press("Escape")
    show(page, "Search")
    page.get_by_label("Search the articles").fill("storm crowns")
    expect(page.locator("#passages .quotation").first).to_be_visible()
    look("search")
    show(page, "Ask")
    tab.ask("How many metres of the northern pier had the storm torn away?")
    expect(page.locator(".turn")).to_contain_text("Found, writing…")
    look("busy")
    page.click("#stop")
    expect(page.locator(".turn .stopped")).to_have_text("Stopped.")
    look("stopped")
    paused.clear()
    tab.ask("x" * 2001)
    expect(page.locator("#notice .error")).to_be_visible()
    look("notice")
    tab.ask_and_wait("How many metres of the northern pier had the storm torn away?")
    tab.ask_and_wait("Please refuse to tell of repairs in crowns")
    tab.ask_and_wait("Did repairs in crowns and the lighthouse keeper disagree?")
    expect(page.locator("table.conflict")).to_be_visible()
    look("refusal and conflict")
    page.click(".tool.bad >> nth=0")
    expect(page.locator("#feedback")).to_be_visible()
    look("feedback")
    page.click("#feedback .later")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_be_visible()
    look("answer and reader")
    page.click("#reader .find")
    page.get_by_label("Find in the article").fill("storm")
    look("finding")
    page.click("#reader .close")
    show(page, "Library")
    page.check("#library tbody tr:first-child input")
    look("library")
    page.click("#library .deed.remove")
    look("removal")
    page.click("#library dialog .no")
    show(page, "Check")
    page.fill("#quotation textarea", "the storm had torn away fifty metres of the northern pier")
    page.click("#look-up")
    page.fill("#draft textarea", "Repairs cost five million crowns.")
    page.click("#check-text")
    expect(page.locator("#verdicts .outcome")).to_be_visible()
    look("check")
    show(page, "History")
    expect(page.locator(".past").first).to_be_visible()
    look("history")
    page.click(".past .rename >> nth=0")
    look("renaming")
    page.keyboard.press("Escape")
    page.click(".past .delete >> nth=0")
    look("deleting")
    choose(page, question_set, 3)
    page.click("#run")
    expect(page.locator("#results .case")).to_have_count(1)
    look("evaluation")
    assert sticking_out(page) == []
    assert not faults, "\n".join(faults)


@SCREENS
def test_axe_finds_nothing_serious_where_questions_are_restricted(
    visit: Open, tides: tuple[str, Library], scheme: str, width: int
):
    tab: Visit = visit(at=tides[0], scheme=scheme, width=width)
    page = tab.page
    show(page, "Library")
    page.fill(".shelf .since input", "2018-03-01")
    page.click(".outlets summary")
    page.locator(".choices").get_by_label("Herald").check()
    assert serious_faults(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ask only these").click()
    expect(page.locator("#only")).to_be_visible()
    tab.ask_and_wait("How many metres stood the tide on the morning of that day?")
    assert serious_faults(page) == []
    assert sticking_out(page) == []

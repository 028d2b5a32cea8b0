"""The page in a real browser: ask, believe, check, as a person does it."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from index.errors import FailedError, InputError
from index.library import Library
from index.reading import find
from index.records import Hit, Passage
from index.sentences import sentences
from qa.records import Answer, AnswerSentence, Citation, Turn
from ui.page import build, running, serve

pytestmark = pytest.mark.browser

ARTICLES = {
    "harbour.txt": "Harbour of Port Alba reopens\n\nThe harbour reopened on Monday after twelve days.\n\n"
    + "\n\n".join(f"Paragraph {n} tells of ships, cranes and weather in the bay." for n in range(1, 40))
    + "\n\nThe storm had torn away forty metres of the northern pier.\n\nRepairs cost two million crowns.\n",
    "lighthouse.txt": "Lighthouse keeper retires\n\nAna Ruiz kept the lighthouse for thirty years.\n\n"
    "“I never missed a night,” said Ana Ruiz.\n\nThe lighthouse will run without a keeper.\n",
    "hostile.txt": "Poisoned <img src=x onerror=window.hacked=1> headline\n\n"
    "The poison <script>window.hacked=1</script><img src='https://evil.example/p.png' onerror='window.hacked=1'>"
    " ![pixel](https://evil.example/q.png) was found {{7*7}} ${window.hacked=1}.\n",
}
_PATIENCE = 60_000
"""Milliseconds: long enough for a machine that is busy with other things."""

NO_MODEL = "No language model has been fetched yet; get one with: byline models fetch"
REFUSAL = "The parrot does not know."


class WordEmbedder:
    """Counts a text's words in 64 buckets."""

    name, sha256, window = "words", "0" * 64, 256

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def embed(self, texts: Sequence[str]) -> Any:
        vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % 64] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Parrot:
    """An assistant that repeats, word by word, the two sentences sharing most long words with the question.

    It answers one question at a time. While its ``pause`` is set it lingers over the evidence.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.pause = threading.Event()
        self.histories: list[Sequence[Turn]] = []
        self._turn = threading.Lock()
        self._asking = 0

    def warm(self) -> None:
        pass

    def stream(
        self, question: str, history: Sequence[Turn] = (), stop: threading.Event | None = None
    ) -> Iterator[Answer]:
        stop = stop or threading.Event()
        if not question.strip():
            raise InputError("The question is empty; ask something.")
        if len(question) > 2000:
            raise InputError(f"The question has {len(question):,} characters; ask with at most 2,000.")
        self.histories.append(history)
        answer = Answer(question, question, stage="waiting", place=self._asking)
        self._asking += 1
        try:
            while not self._turn.acquire(timeout=0.05):
                yield answer
                if stop.is_set():
                    return
            try:
                yield from self._answer(replace(answer, stage="searching", place=0), stop)
            finally:
                self._turn.release()
        finally:
            self._asking -= 1

    def _answer(self, answer: Answer, stop: threading.Event) -> Iterator[Answer]:
        yield answer
        found = self._nearest(answer.question)
        if not found or "refuse" in answer.question:
            hits = tuple(Hit(Passage(c.article_id, c.start, c.end, c.quote), 0.5, 0.5, 1.0, ()) for c in found)
            yield replace(answer, stage="done", text=REFUSAL, also_searched=hits)
            return
        answer = replace(answer, stage="reading", citations=tuple(found[:1]))
        yield answer
        if "model" in answer.question:
            raise FailedError(NO_MODEL)
        while self.pause.is_set():
            if stop.wait(0.02):
                return
        text, written = "", []
        for citation in found:
            start = len(text) + bool(text)
            for word in citation.quote.split(" "):
                text += f" {word}" if text else word
                yield replace(answer, stage="writing", text=text, sentences=tuple(written), citations=tuple(found))
                if stop.wait(0.01):
                    return
            written.append(AnswerSentence(text[start:], start, len(text), "supported", (citation.number,)))
        yield replace(answer, stage="done", answered=True, text=text, sentences=tuple(written), citations=tuple(found))

    def _nearest(self, question: str) -> list[Citation]:
        def words(text: str) -> set[str]:
            return set(re.findall(r"\w{5,}", text.lower()))

        scored = [
            (len(words(question) & words(sentence.text)), article, sentence)
            for article in self.library.articles()
            for sentence in sentences(article.text)
        ]
        best = sorted((item for item in scored if item[0]), key=lambda item: -item[0])[:2]
        return [
            Citation(n, a.id, a.title, a.outlet, a.published, s.start, s.end, s.text, a.sha256)
            for n, (_, a, s) in enumerate(best, 1)
        ]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def parrot(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Parrot:
    library = Library(tmp_path_factory.mktemp("library"), WordEmbedder())
    assert {outcome.status for outcome in library.add(find([articles]))} == {"added"}
    return Parrot(library)


@pytest.fixture(scope="module")
def address(parrot: Parrot) -> Iterator[str]:
    with running(parrot.library, parrot, "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    arguments = ["--no-sandbox", "--no-first-run", *quiet]
    expect.set_options(timeout=_PATIENCE)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=arguments) as browser,
    ):
        yield browser


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """One empty profile for all visits, so that the page's scripts are compiled once."""
    with browser.new_context() as context:
        yield context


class Visit:
    """A tab that keeps what it asked for outside the page and what went wrong in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.outside: list[str] = []
        self.failures: list[str] = []
        page.on("request", self._note)
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("dialog", lambda dialog: self.failures.append(f"dialog {dialog.message}"))
        page.goto(address)
        expect(page.locator("#question textarea")).to_be_visible()
        expect(page.locator(".welcome")).to_be_visible()

    def _note(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            self.outside.append(request.url)

    def ask(self, question: str) -> None:
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")

    def ask_and_wait(self, question: str) -> None:
        turns = self.page.locator(".turn")
        count = turns.count()
        self.ask(question)
        expect(turns.nth(count)).to_have_attribute("data-stage", "done")


Open = Callable[..., Visit]


@pytest.fixture
def visit(profile: BrowserContext, address: str) -> Iterator[Open]:
    """Opens the page in a tab; afterwards nothing has failed in it or left the machine."""
    visits: list[Visit] = []

    def open_page(
        query: str = "", width: int = 1280, height: int = 800, scheme: Literal["light", "dark"] = "light", at: str = ""
    ) -> Visit:
        page = profile.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        visits.append(Visit(page, (at or address) + query))
        return visits[-1]

    yield open_page
    for opened in visits:
        opened.page.close()
        assert opened.outside == []
        assert opened.failures == []


@pytest.fixture
def paused(parrot: Parrot) -> Iterator[threading.Event]:
    parrot.pause.set()
    yield parrot.pause
    parrot.pause.clear()


def in_window(page: Page, selector: str) -> bool:
    """Whether the element lies wholly inside the window, with nothing over its middle."""
    return bool(
        page.evaluate(
            """selector => {
                const element = document.querySelector(selector), box = element.getBoundingClientRect();
                const line = element.getClientRects()[0];
                const top = document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
                return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
                    && (element === top || element.contains(top));
            }""",
            selector,
        )
    )


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
    expect(page.locator("#reader [aria-label='Next citation']")).to_be_disabled()
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


# ---- waiting, stopping, failing ----


def test_a_question_in_another_tab_waits_and_is_told_its_place(visit: Open, paused: threading.Event):
    first, second = visit(), visit()
    first.ask("Who kept the lighthouse for thirty years?")
    expect(first.page.locator(".turn")).to_contain_text("Found, writing…")
    second.ask("What did repairs cost in crowns?")
    expect(second.page.locator(".turn")).to_contain_text("Waiting, 1 ahead of you")
    paused.clear()
    for tab in (first, second):
        expect(tab.page.locator(".turn")).to_have_attribute("data-stage", "done")
        expect(tab.page.locator(".turn")).to_have_count(1)
    expect(second.page.locator(".answer")).to_contain_text("two million crowns")


def test_a_second_question_in_the_same_tab_waits_and_then_knows_the_first(
    visit: Open, parrot: Parrot, paused: threading.Event
):
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    tab.ask("What did repairs cost in crowns?")
    expect(tab.page.locator(".turn").nth(1)).to_contain_text("Waiting, 1 ahead of you")
    paused.clear()
    expect(tab.page.locator(".turn").nth(1)).to_have_attribute("data-stage", "done")
    expect(tab.page.locator(".turn")).to_have_count(2)
    (earlier,) = parrot.histories[-1]
    assert earlier.question == "Who kept the lighthouse for thirty years?"
    assert "Ana Ruiz kept the lighthouse" in earlier.answer


@pytest.mark.parametrize("how", ["button", "escape"])
def test_stop_ends_an_answer_while_the_evidence_is_read(visit: Open, paused: threading.Event, how: str):
    tab = visit()
    tab.ask("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator(".turn")).to_contain_text("Found, writing…")
    expect(tab.page.locator("#send")).to_be_hidden()
    if how == "button":
        tab.page.click("#stop")
    else:
        tab.page.keyboard.press("Escape")
    expect(tab.page.locator(".turn")).to_contain_text("Stopped.")
    expect(tab.page.locator("#send")).to_be_visible()
    expect(tab.page.locator("#stop")).to_be_hidden()


def test_closing_a_tab_lets_the_next_question_go_on(visit: Open, paused: threading.Event):
    first, second = visit(), visit()
    first.ask("Who kept the lighthouse for thirty years?")
    expect(first.page.locator(".turn")).to_contain_text("Found, writing…")
    second.ask("What did repairs cost in crowns?")
    expect(second.page.locator(".turn")).to_contain_text("Waiting, 1 ahead of you")
    first.page.close()
    expect(second.page.locator(".turn")).to_contain_text("Found, writing…")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("", "The question is empty; ask something."),
        ("x" * 2001, "The question has 2,001 characters; ask with at most 2,000."),
    ],
)
def test_a_question_that_cannot_be_asked_is_answered_by_a_sentence_and_kept(visit: Open, question: str, sentence: str):
    tab = visit()
    tab.ask(question)
    expect(tab.page.locator("#notice .error")).to_have_text(sentence)
    expect(tab.page.locator("#question textarea")).to_have_value(question)
    expect(tab.page.locator(".turn")).to_have_count(0)
    tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    expect(tab.page.locator("#notice .error")).to_have_count(0)


def test_without_a_model_the_evidence_stands_and_the_command_is_named(visit: Open):
    tab = visit()
    tab.ask("Which model of lighthouse without a keeper?")
    expect(tab.page.locator(".turn .error")).to_have_text(NO_MODEL)
    expect(tab.page.locator(".quotation blockquote")).to_have_text("The lighthouse will run without a keeper.")
    expect(tab.page.locator("#send")).to_be_visible()


def test_nothing_moves_by_itself_while_an_answer_grows(visit: Open, paused: threading.Event):
    tab = visit(height=500)
    page = tab.page
    for _ in range(2):
        paused.clear()
        tab.ask_and_wait("Who kept the lighthouse for thirty years?")
    paused.set()
    tab.ask("What did repairs cost in crowns?")
    latest = page.locator(".growing .turn .asked")
    expect(latest).to_have_text("What did repairs cost in crowns?")
    expect(page.locator(".growing .turn")).to_contain_text("Found, writing…")
    page.wait_for_function("document.querySelector('.growing .asked').getBoundingClientRect().top < 150")
    before = latest.bounding_box()
    paused.clear()
    expect(page.locator(".growing .turn")).to_have_attribute("data-stage", "done")
    assert latest.bounding_box() == before


# ---- the library ----


def test_the_library_lists_articles_which_open_in_the_reader(visit: Open):
    tab = visit()
    tab.page.get_by_role("tab", name="Library").click()
    expect(tab.page.locator("#library tbody tr")).to_have_count(len(ARTICLES))
    tab.page.click("#library a:has-text('Lighthouse keeper retires')")
    expect(tab.page.locator("#reader h1")).to_have_text("Lighthouse keeper retires")
    expect(tab.page.locator("#reader mark")).to_have_count(0)


@pytest.fixture
def empty(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Library]]:
    library = Library(tmp_path / "library", WordEmbedder())
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address, library


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


def test_the_browser_is_told_to_load_nothing_from_elsewhere(address: str):
    policy = httpx.get(address).headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src-attr 'none'" in policy


def test_another_site_is_refused(address: str):
    assert httpx.get(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert httpx.get(address, headers={"Origin": "null"}).status_code == 403
    assert httpx.get(address, headers={"Host": "evil.example"}).status_code == 403
    assert httpx.get(address, headers={"Origin": address.rstrip("/")}).status_code == 200
    assert httpx.get(address).status_code == 200


def test_files_beside_the_page_cannot_be_read_through_it(address: str, parrot: Parrot):
    database = parrot.library.folder / "library.sqlite"
    assert database.exists()
    for path in (str(database), "/etc/passwd", f"../../{database}", str(Path(__file__).resolve()), "pyproject.toml"):
        answer = httpx.get(f"{address}gradio_api/file={path}")
        assert answer.status_code in (403, 404), path


def test_a_port_in_use_is_named_with_the_way_out(parrot: Parrot):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError) as raised:
            serve(parrot.library, parrot, port=port, open_browser=False)  # type: ignore[arg-type]
    assert str(raised.value) == f"Port {port} is in use; choose another with: byline chat --port {port + 1}"


def test_an_address_that_is_not_this_machine_is_named(parrot: Parrot):
    with pytest.raises(InputError, match=r"The page cannot be served at 192\.0\.2\.1:7860 \(.+\); choose another"):
        serve(parrot.library, parrot, host="192.0.2.1", open_browser=False)  # type: ignore[arg-type]


def test_the_page_asks_nothing_of_the_network_when_built(parrot: Parrot):
    page = build(parrot.library, parrot)  # type: ignore[arg-type]
    assert page.analytics_enabled is False


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
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        sideways = (
            "[...document.querySelectorAll('#chat, #library, #reader')].filter(e => e.scrollWidth > e.clientWidth)"
        )
        assert page.evaluate(f"{sideways}.map(e => e.id)") == []

    fits("welcome")
    tab.ask_and_wait("How many metres of the northern pier had the storm torn away?")
    fits("answer")
    page.click("a.citation >> nth=0")
    expect(page.locator("#reader mark.current")).to_be_visible()
    fits("reader")
    page.click("#reader .close")
    tab.ask_and_wait("Please refuse to tell of repairs in crowns")
    fits("refusal")
    page.get_by_role("tab", name="Library").click()
    fits("library")

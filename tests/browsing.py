"""What the tests of the page share: a served page over a parrot's library, and tabs of a real browser."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from fakes import WordEmbedder
from page_server import BROWSER_ARGUMENTS, free_port
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from index.errors import FailedError
from index.library import Library
from index.reading.files import find
from index.records import Filter, Hit, Passage
from index.text.sentences import sentences
from qa.llm.halt import Halt
from qa.reader.nearness import NearnessReader
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue, Support, Timings, Turn
from ui.page.build import running

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
PAYLOADS = (
    "<script>hacked()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=hacked()>",
    "<img src='https://evil.example/p.png'>",
    '"><img src=x onerror=hacked()>',
    "'><svg onload=hacked()>",
    "<svg><script>hacked()</script></svg>",
    "<svg><a xlink:href='javascript:hacked()'><text>x</text></a></svg>",
    "<iframe src='https://evil.example/'></iframe>",
    "<iframe srcdoc='<script>parent.hacked()</script>'></iframe>",
    "<a href='javascript:hacked()'>press</a>",
    "<a href='JaVaScRiPt&colon;hacked()' class=citation>press</a>",
    "[press](javascript:hacked())",
    "![pixel](https://evil.example/q.png)",
    "![x](x 'onerror=hacked()')",
    "<link rel=stylesheet href='https://evil.example/s.css'>",
    "<style>@import 'https://evil.example/s.css'; body { background: url(https://evil.example/b.png) }</style>",
    "<body onload=hacked()>",
    "<input autofocus onfocus=hacked()>",
    "<details open ontoggle=hacked()>",
    "<video><source onerror=hacked()></video>",
    "<object data='https://evil.example/o.swf'></object>",
    "<embed src='https://evil.example/e.swf'>",
    "<form action='https://evil.example/'><button>press</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    "<math><mtext><style><img src=x onerror=hacked()></style></mtext></math>",
    "{{constructor.constructor('hacked()')()}}",
    "${hacked()}",
    "<div style='background:url(https://evil.example/b.png)' onmouseover=hacked()>over</div>",
)
"""What a hostile article may hold: scripts, attributes, links and Markdown images."""
_PATIENCE = 60_000
"""Milliseconds: long enough for a machine that is busy with other things."""

SURE = 600
"""Milliseconds after which a second press of Delete deletes: what comes sooner is a double click."""

NO_MODEL = "No language model has been fetched yet; get one with: byline models fetch"
REFUSAL = "The parrot does not know."


class Parrot:
    """An assistant that repeats, word by word, the two sentences sharing most long words with the question.

    It answers one question at a time. While its ``pause`` is set it lingers over the evidence. It refuses a question
    with "refuse" in it unless it is asked anyway, searches one that begins with "And" with the one before it, lets the
    two sentences differ where there is "disagree" in it, and gives at once what is to be summarized.
    """

    model_name = "parrot"

    def __init__(self, library: Library) -> None:
        self.library = library
        self.pause = threading.Event()
        self.pace = 0.01
        """Seconds for a word."""
        self.histories: list[Sequence[Turn]] = []
        self.expected: list[str] = []
        """What was being typed."""
        self._turn = threading.Lock()
        self._asking = 0

    def reader(self) -> NearnessReader:
        return NearnessReader(WordEmbedder())

    def warm(self) -> None:
        pass

    def prepare(self, question: str, history: Sequence[Turn] = (), only: Filter | None = None) -> None:
        self.expected.append(question)

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        *_, last = self.stream(question, history)
        return last

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        stop: Halt | None = None,
        only: Filter | None = None,
        anyway: bool = False,
    ) -> Iterator[Answer]:
        stop = stop or Halt()
        self.histories.append(history)
        searched = f"{question} — {history[-1].question}" if history and question.startswith("And") else question
        answer = Answer(question, searched, only=only, stage="waiting", place=self._asking)
        self._asking += 1
        try:
            while not self._turn.acquire(timeout=0.05):
                yield answer
                if stop.is_set():
                    return
            try:
                steps = self._answer(replace(answer, stage="searching", place=0), stop, only, anyway)
                yield from list(steps)[-1:] if "Summarize" in question else steps
            finally:
                self._turn.release()
        finally:
            self._asking -= 1

    def _answer(self, answer: Answer, stop: Halt, only: Filter | None, anyway: bool) -> Iterator[Answer]:
        yield answer
        found = self._nearest(answer.standalone, only)
        if not found or ("refuse" in answer.question and not anyway):
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
                if stop.wait(self.pace):
                    return
            support: Support = "unsupported" if anyway else "supported"
            cited = () if anyway else (citation.number,)
            written.append(AnswerSentence(text[start:], start, len(text), support, cited))
        if "disagree" in answer.question:
            values = tuple(ConflictValue(c.quote.split()[-2], (c.number,)) for c in found)
            answer = replace(answer, conflict=Conflict("the hindmost words", values))
        took = Timings(first_token=700.0, total=1_300.0)
        answer = replace(answer, stage="done", outcome="answered", text=text, timings=took, llm_calls=1, model="parrot")
        yield replace(answer, sentences=tuple(written), citations=tuple(found))

    def _nearest(self, question: str, only: Filter | None) -> list[Citation]:
        def words(text: str) -> set[str]:
            return set(re.findall(r"\w{5,}", text.lower()))

        if only is None:
            admitted = [article.id for article in self.library.articles()]
        else:
            admitted = list(dict.fromkeys(hit.passage.article_id for hit in self.library.search(question, 1000, only)))
        scored = [
            (len(words(question) & words(sentence.text)), article, sentence)
            for article in map(self.library.article, admitted)
            for sentence in sentences(article.text)
        ]
        best = sorted((item for item in scored if item[0]), key=lambda item: -item[0])[:2]
        return [Citation.of(number, article, sentence) for number, (_, article, sentence) in enumerate(best, 1)]


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    expect.set_options(timeout=_PATIENCE)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=BROWSER_ARGUMENTS) as browser,
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
        expect(page.locator(":is(.welcome, .turn)").first).to_be_visible()

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


@pytest.fixture
def slow(parrot: Parrot, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer takes seconds, in which one can do something."""
    monkeypatch.setattr(parrot, "pace", 0.15)


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


def sticking_out(page: Page) -> list[str]:
    """What is wider than its place: the whole page, or the ids of the chat, views and reader."""
    size = page.viewport_size
    assert size is not None
    whole = ["page"] * (page.evaluate("document.documentElement.scrollWidth") > size["width"])
    parts = "[...document.querySelectorAll('#chat, .view, #reader')].filter(e => e.scrollWidth > e.clientWidth)"
    return [*whole, *page.evaluate(f"{parts}.map(e => e.id)")]


SHOWN = """() => {
    const isOurs = (element) => !element.closest("script, style, textarea, mark, blockquote, bdi, .unseen")
        && (element.closest("[dir]")?.dir !== "auto" || element.closest("time")) && element.checkVisibility();
    const shown = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (isOurs(texts.currentNode.parentElement)) shown.push(texts.currentNode.data);
    for (const name of ["placeholder", "title"]) {
        for (const element of document.querySelectorAll(`[${name}]:not(.results [title])`)) { // a measure's own name
            if (element.checkVisibility()) shown.push(element.getAttribute(name));
        }
    }
    for (const picture of document.querySelectorAll("svg[role=img]")) { // what is read of it, and of each of its dots
        if (!picture.checkVisibility()) continue;
        shown.push(picture.getAttribute("aria-label"));
        for (const told of picture.querySelectorAll("title")) shown.push(told.textContent);
    }
    return shown.map((text) => text.trim().replace(/\\s+/g, " ")).filter((text) => /\\p{L}{2}/u.test(text));
}"""
"""What is seen of the page's own words: not what stands where ``static/words.js`` leaves the articles alone."""
NAMES = re.compile(r"Byline|https://…|~/questions.jsonl|[\d.,:]+")
"""What is called the same in every language."""


def untranslated(page: Page, words: Mapping[str, str]) -> set[str]:
    """The page's own words that are seen and that the catalogue did not give."""
    date = r"\d{1,2}(?:\.|er)? (?:de )?\w+\.? (?:de )?\d{4}"
    quoted = r'(?:"[^"]*"(?:, "[^"]*")*|\w+)'
    forms = [re.escape(" ".join(each.split())).replace(r"\#", r"[\d.,]+(?:\s\d{3})*") for each in words.values()]
    said = [form.replace("@", date).replace(r"\*", quoted) for form in forms]
    known = re.compile(f"({'|'.join(said)}|{date}|{NAMES.pattern})")

    def is_known(text: str) -> bool:
        commas = [comma.span() for comma in re.finditer(", ", text)]  # a part may have some of its own
        return bool(known.fullmatch(text)) or any(
            known.fullmatch(text[:start]) and is_known(text[end:]) for start, end in commas
        )

    return {text for text in page.evaluate(SHOWN) if not is_known(text)}


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits for what no element of the page tells, as long as for one; the test says what should have been."""
    deadline = time.monotonic() + _PATIENCE / 1000
    while not holds() and time.monotonic() < deadline:
        page.wait_for_timeout(20)


@pytest.fixture
def empty(browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Library]]:
    library = Library(tmp_path / "library", WordEmbedder())
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address, library

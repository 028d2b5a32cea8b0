"""The file an article was read from: only of folders that were added, and never what leads out of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open
from documents import column, pdf
from fakes import WordEmbedder
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from index.library import Library
from index.reading.files import find
from index.records import Article
from ui.html.reader import article_html
from ui.page.reader.original import Originals, original_file, original_link

pytest_plugins = ["browsing"]

TEXT = "Bridge closed\n\nThe bridge is closed.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "bridge.txt").write_text(TEXT)
    (made / "page.html").write_text("<html><body><h1>Page</h1><p>The page is a page of its own.</p></body></html>")
    (tmp_path / "secret.txt").write_text("Secret\n\nNobody is to read this.\n")
    return made


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library", WordEmbedder())
    list(made.add(find([folder, tmp_path / "secret.txt"])))
    yield made
    made.close()


@pytest.fixture
def client(library: Library) -> TestClient:
    page = Route("/", lambda request: PlainTextResponse("the page"))
    return TestClient(Starlette(routes=[page], middleware=[Middleware(Originals, library=library)]))


def test_a_folders_file_is_shown_as_it_is(client: TestClient) -> None:
    answer = client.get("/original", params={"article": "bridge"})
    assert (answer.status_code, answer.text) == (200, TEXT)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("inline")


def test_a_web_page_is_saved_and_never_runs_as_one_of_ours(client: TestClient) -> None:
    answer = client.get("/original", params={"article": "page"})
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_everything_else_is_the_pages_own_business(client: TestClient) -> None:
    assert client.get("/").text == "the page"
    assert client.post("/original", params={"article": "bridge"}).status_code == 404


@pytest.mark.parametrize("asked", ["", "gone", "secret", "../secret", "/etc/passwd", "secret.txt", "bridge\0"])
def test_no_other_file_is_given(client: TestClient, asked: str) -> None:
    answer = client.get("/original", params={"article": asked})
    assert answer.status_code == 404
    assert (
        answer.text
        == "The file is no longer where it was when it was added; the article's text is kept in the library."
    )


def test_a_file_that_leads_out_of_its_folder_by_now_is_not_given(library: Library, folder: Path) -> None:
    assert original_file(library, "bridge") == (folder / "bridge.txt").resolve()
    (folder / "bridge.txt").unlink()
    assert original_file(library, "bridge") is None
    (folder / "bridge.txt").symlink_to(folder.parent / "secret.txt")
    assert original_file(library, "bridge") is None


def test_the_reader_links_to_it_and_to_a_pdfs_page(library: Library, folder: Path) -> None:
    article = library.article("bridge")
    assert original_link(library, article, 3) == "original?article=bridge"
    assert original_link(library, library.article("secret"), None) == ""
    shown = article_html(article, original="original?article=bridge")
    assert 'href="original?article=bridge" target="_blank"' in shown


def test_a_pdf_opens_at_its_page(monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    monkeypatch.setattr("ui.page.reader.original.original_file", lambda library, article_id: Path("/articles/a b.pdf"))
    article = Article("a b", "Rain", None, None, None, "Rain.\n\nSun.", pages=(0, 7))
    assert original_link(library, article, 8) == "original?article=a%20b#page=2"


@pytest.mark.browser
def test_a_citation_of_a_pdf_leads_to_the_page_that_it_stands_on(
    empty: tuple[str, Library], visit: Open, tmp_path: Path
) -> None:
    address, library = empty
    pages = [["The council met on Monday.", "It spoke of the harbour."], ["The ferry sank off Skarn at night."]]
    (tmp_path / "reports").mkdir()
    file = tmp_path / "reports" / "minutes.pdf"
    file.write_bytes(pdf([column(lines, 72, 700) for lines in pages]))
    assert [outcome.status for outcome in library.add(find([tmp_path / "reports"]))] == ["added"]
    tab = visit(at=address)
    for question, number in (("Where did the ferry sink at night?", 2), ("When did the council meet?", 1)):
        tab.ask_and_wait(question)
        tab.page.locator(".turn").last.locator("a.citation").first.click()
        expect(tab.page.locator("#reader mark.current").first).to_be_visible()
        expect(tab.page.locator("#reader .dateline .pages")).to_have_text(f"page {number}")
        expect(tab.page.locator(".turn").last.locator(".quotation .source .pages").first).to_have_text(f"page {number}")
        expect(tab.page.locator(".turn").last.locator("a.citation").first).to_have_attribute(
            "aria-label", re.compile(rf", page {number}$")
        )
        link = tab.page.locator("#reader").get_by_role("link", name="original file")
        expect(link).to_have_attribute("href", f"original?article=minutes#page={number}")
        answer = tab.page.request.get(f"{address}original?article=minutes")
        assert (answer.headers["content-type"], answer.body()) == ("application/pdf", file.read_bytes())
        tab.page.keyboard.press("Escape")
    tab.page.get_by_role("tab", name="Search").click()
    tab.page.fill("#words input", "ferry")
    expect(tab.page.locator("#passages .source .pages")).to_have_text("pages 1–2")
    tab.page.get_by_role("tab", name="Check").click()
    tab.page.fill("#quotation textarea", "sank off Skarn at night")
    tab.page.click("#look-up")
    expect(tab.page.locator("#found .source .pages")).to_have_text("page 2")

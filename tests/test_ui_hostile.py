"""Hostile articles do no harm, and nothing leaves the machine."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from browsing import PAYLOADS, Open, Parrot, Visit
from markdown_it import MarkdownIt
from page_server import BROWSER_ARGUMENTS, free_port
from playwright.sync_api import Browser, expect
from shelving import library_of, show

from index.library import Library
from qa.kept.history import answer_to_text
from ui.page.build import running

pytestmark = pytest.mark.browser
pytest_plugins = ["browsing", "shelving"]
VIEWS = ("Ask", "Library", "Check", "History", "Evaluate")


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

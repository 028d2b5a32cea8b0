"""The page: ask, see the evidence at once, watch the answer grow, open a citation in its article.

Gradio carries the events and the queue; what is seen is our own markup (``ui.render``, ``ui.reader``), and what follows
a click, a key or a hover is ``static/page.js``. Nothing is fetched from outside the machine.
"""

from __future__ import annotations

import os

# Gradio and huggingface_hub read these when they are imported.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

import errno
import socket
import threading
import time
import weakref
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware

from index.cleaning import furniture
from index.errors import BylineError, InputError
from index.library import Library, Outcome
from index.reading import SUFFIXES, find
from ui.conversation import Conversation
from ui.examples import SAMPLES, examples
from ui.guard import Guard
from ui.markup import error_html
from ui.reader import Mark, article_html
from ui.render import library_html, outcomes_html, welcome_html

if TYPE_CHECKING:
    from qa.assistant import Assistant

_STATIC = Path(__file__).parent / "static"
_SUFFIXES = list(SUFFIXES)
_MOST_FILES = 1000
_LARGEST_FILE = "20mb"
_KEEP_UPLOADS = 3600
"""Seconds until an uploaded file, by then in the library, is deleted from the temporary folder."""
_ASKING = 32
"""Questions taken in at once; all but one of them wait for the model and are shown their place."""
_REPORT_EVERY = 0.25
"""Seconds between two reports of how far adding has come."""

_MASTHEAD = """
<header class="masthead"><h1 class="name">Byline</h1><div class="tabs" role="tablist" aria-label="Views">
<button type="button" role="tab" aria-controls="ask" aria-selected="true">Ask</button>
<button type="button" role="tab" aria-controls="library" aria-selected="false" tabindex="-1">Library</button>
</div></header>"""
_CHANGED = "This article has changed since it was cited, so the quotation may no longer stand where it is shown."
_TOO_MANY = "{given:,} files are too many at once; add up to {most:,}, or give their folder's path below."
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "Liberation Mono", "monospace")

_Update = dict[Any, Any]
"""New values by component; the components left out stay as they are."""


def serve(
    library: Library,
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serves the page until interrupted (Ctrl+C); the models load while the page is already there.

    ``on_ready`` is told the page's address once it can be opened.
    Raises InputError: the page cannot be served at this host and port.
    """
    with running(library, assistant, host, port) as address:
        if on_ready is not None:
            on_ready(address)
        if open_browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


@contextmanager
def running(library: Library, assistant: Assistant, host: str, port: int) -> Iterator[str]:
    """The page's address, served while the context lasts. Raises InputError as ``serve`` does."""
    _check_address(host, port)
    page = build(library, assistant)
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        footer_links=[],
        max_file_size=_LARGEST_FILE,
        favicon_path=_STATIC / "favicon.svg",
        head=_head(),
        theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
        app_kwargs={"middleware": [Middleware(Guard, host=host)]},
    )
    threading.Thread(target=_warm, args=(assistant,), daemon=True).start()
    try:
        yield address
    finally:
        page.close(verbose=False)


def build(library: Library, assistant: Assistant) -> gr.Blocks:
    """The page as Gradio blocks, not yet served."""
    tabs: weakref.WeakValueDictionary[str, Conversation] = weakref.WeakValueDictionary()

    with gr.Blocks(
        title="Byline", analytics_enabled=False, fill_width=True, delete_cache=(_KEEP_UPLOADS, _KEEP_UPLOADS)
    ) as page:
        conversation = gr.State(Conversation(library, assistant))
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="views"):
                gr.HTML(_MASTHEAD, apply_default_css=False)
                with gr.Column(elem_id="ask", elem_classes="view"):
                    with gr.Column(elem_id="chat"):
                        settled = gr.HTML(elem_classes="settled", apply_default_css=False)
                        growing = gr.HTML(elem_classes="growing", apply_default_css=False)
                        samples = gr.Button("Add the sample articles", elem_id="samples", visible=False)
                    notice = gr.HTML(elem_id="notice", apply_default_css=False)
                    with gr.Row(elem_id="composer"):
                        question = gr.Textbox(
                            elem_id="question",
                            label="Question",
                            placeholder="Ask a question about the articles",
                            lines=1,
                            max_lines=6,
                            autofocus=True,
                            container=False,
                        )
                        send = gr.Button("Ask", elem_id="send", variant="primary")
                        stop = gr.Button("Stop", elem_id="stop")
                with gr.Column(elem_id="library", elem_classes="view"):
                    upload = gr.File(
                        elem_id="upload",
                        label=f"Add articles: {', '.join(_SUFFIXES)}",
                        file_count="multiple",
                        file_types=_SUFFIXES,
                        height=110,
                    )
                    with gr.Row(elem_id="folder-row"):
                        folder = gr.Textbox(
                            elem_id="folder",
                            label="Folder or file on the machine that runs Byline",
                            placeholder="/home/me/articles",
                            max_lines=1,
                        )
                        add = gr.Button("Add", elem_id="add")
                    added = gr.HTML(elem_id="added", apply_default_css=False)
                    table = gr.HTML(elem_id="articles", apply_default_css=False)
            gr.HTML(
                elem_id="reader",
                apply_default_css=False,
                js_on_load=(_STATIC / "page.js").read_text(encoding="utf-8"),
                server_functions=[_reader(library)],
            )

        def ask_question(text: str, talk: Conversation, request: gr.Request) -> Iterator[_Update]:
            """Grows the answer on the page; the text box is emptied once the question is taken."""
            tabs[str(request.session_hash)] = talk
            try:
                for step, _ in enumerate(talk.ask(text)):
                    before, now = talk.html()
                    taken = {question: "", notice: "", samples: gr.Button(visible=False)} if step == 0 else {}
                    yield {settled: before, growing: now, **taken}
            except InputError as error:
                yield {notice: error_html(str(error)), growing: talk.html()[1]}

        def show_library(talk: Conversation) -> _Update:
            """Brings what depends on the library's articles up to date."""
            articles = library.articles()
            shown: _Update = {table: library_html(articles), samples: gr.Button(visible=not articles)}
            if talk.is_empty:
                shown[settled] = welcome_html(len(articles), examples(articles))
            return shown

        def add_paths(paths: Sequence[Path], talk: Conversation) -> Iterator[_Update]:
            """Adds files and folders, showing what becomes of each file."""
            outcomes: list[Outcome] = []
            report, next_report = "", 0.0
            try:
                sources = find(paths)
                for outcome in library.add(sources):
                    outcomes.append(outcome)
                    if time.monotonic() >= next_report:
                        next_report = time.monotonic() + _REPORT_EVERY
                        yield {added: outcomes_html(outcomes, len(sources))}
            except BylineError as error:
                report = error_html(str(error))
            if outcomes:
                report += outcomes_html(outcomes, len(outcomes))
            yield {added: report, **show_library(talk)}

        def add_uploaded(files: list[str] | None, talk: Conversation) -> Iterator[_Update]:
            if files and len(files) <= _MOST_FILES:
                yield from add_paths([Path(file) for file in files], talk)
            elif files:
                yield {added: error_html(_TOO_MANY.format(given=len(files), most=_MOST_FILES))}
            yield {upload: None}

        def add_folder(path: str, talk: Conversation) -> Iterator[_Update]:
            if path.strip():
                yield from add_paths([Path(path.strip()).expanduser()], talk)

        def add_samples(talk: Conversation) -> Iterator[_Update]:
            yield from add_paths([SAMPLES], talk)

        def leave(request: gr.Request) -> None:
            """The tab was closed: nobody waits for its answers any more."""
            talk = tabs.get(str(request.session_hash))
            if talk is not None:
                talk.stop()

        library_views = [table, samples, settled]
        private: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(show_library, conversation, library_views, **private)
        page.unload(leave)
        gr.on(
            [question.submit, send.click],
            ask_question,
            [question, conversation],
            [settled, growing, question, notice, samples],
            concurrency_limit=_ASKING,
            trigger_mode="multiple",
            **private,
        )
        stop.click(Conversation.stop, conversation, queue=False, **private)
        adding: dict[str, Any] = {"concurrency_id": "adding", "concurrency_limit": 1, **private}
        upload.upload(add_uploaded, [upload, conversation], [added, upload, *library_views], **adding)
        add.click(add_folder, [folder, conversation], [added, *library_views], **adding)
        folder.submit(add_folder, [folder, conversation], [added, *library_views], **adding)
        samples.click(add_samples, conversation, [added, *library_views], **adding)
    return page


def _head() -> str:
    """The style in the page's head: there it holds from the first paint on, and Gradio does not rewrite it."""
    return f"<style>{(_STATIC / 'page.css').read_text(encoding='utf-8')}</style>"


def _reader(library: Library) -> Callable[[dict[str, Any]], dict[str, str]]:
    """The function by which the page's script opens an article."""

    def open_article(asked: dict[str, Any]) -> dict[str, str]:
        """The article with the cited spans highlighted, as ``{"html": ...}``, or ``{"error": sentence}``.

        ``asked`` holds the article's id as ``article``, the citations of the answer as ``citations`` (each with
        ``number``, ``article``, ``start``, ``end`` and ``sha256``), the ``position`` of the clicked one among them,
        counted from 0, and what they are called (``kind``: Citation, Passage).
        """
        try:
            article = library.article(str(asked["article"]))
        except BylineError as error:
            return {"error": error_html(str(error))}
        citations, position = asked["citations"], int(asked["position"])
        here = [citation for citation in citations if citation["article"] == article.id]
        current = citations[position] if citations else None
        return {
            "html": article_html(
                article,
                [Mark(int(c["number"]), int(c["start"]), int(c["end"])) for c in here],
                int(current["number"]) if current else None,
                furniture=furniture(article.text),
                place=f"{asked['kind']} {position + 1} of {len(citations)}" if citations else "",
                first=position == 0,
                last=position == len(citations) - 1,
                note=_CHANGED if any(c["sha256"] not in ("", article.sha256) for c in here) else "",
            )
        }

    return open_article


def _check_address(host: str, port: int) -> None:
    """Raises InputError: nothing can listen there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"Port {port} is in use; choose another with: byline chat --port {port + 1}") from error
        raise InputError(
            f"The page cannot be served at {host}:{port} ({error.strerror}); choose another with --host and --port"
        ) from error
    except OverflowError as error:
        raise InputError(f"{port} is no port; choose one from 1 to 65535 with --port") from error


def _warm(assistant: Assistant) -> None:
    """Loads the models; whoever asks is told what is missing, so that here nobody is."""
    with suppress(BylineError):
        assistant.warm()

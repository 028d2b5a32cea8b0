"""The page: ask, see the evidence at once, watch the answer grow, open a citation in its article.

Gradio carries the events and the queue; what is seen is our own markup (``ui.html.render``, ``ui.html.reader``), and
what follows a click, a key or a hover is ``static/page.js``. Nothing is fetched from outside the machine.
"""

from __future__ import annotations

# Before anything else that imports Gradio.
from ui.quick_gradio import gr, unserved, with_mcp

# isort: split
import errno
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from starlette.middleware import Middleware

from index.errors import InputError, cause_of
from index.library import Library
from qa.llm.addresses import is_this_machine
from ui.html.files import STATIC
from ui.html.report import results_style
from ui.html.wording import words_script
from ui.page.asking.ask import ASK
from ui.page.asking.conversation import Conversation
from ui.page.door import Door, opens_to
from ui.page.frame.browsers import Browsers
from ui.page.frame.loading import Loading
from ui.page.frame.view import MOST_THREADS, Desk, Exclusive
from ui.page.programs import add_functions, answer_in_json
from ui.page.read_ahead import reading_ahead
from ui.page.reader.article import article_opener
from ui.page.reader.original import Originals
from ui.page.shelf.library import LIBRARY
from ui.page.views.briefing import BRIEFING
from ui.page.views.check import CHECK
from ui.page.views.evaluate import EVALUATE
from ui.page.views.history import HISTORY
from ui.page.views.notes import NOTES, keeping
from ui.page.views.plain_search import SEARCH
from ui.page.views.speakers import SPEAKERS
from ui.serve.connections import timed
from ui.serve.guard import Guard

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from ui.page.frame.switch import Switch

_LARGEST_FILE = "20mb"
_KEEP_UPLOADS = 3600
"""Seconds until an uploaded file, by then in the library, is deleted from the temporary folder. Round, not fitted."""
_VIEWS = (ASK, SEARCH, LIBRARY, BRIEFING, SPEAKERS, NOTES, CHECK, HISTORY, EVALUATE)
"""In the order of their tabs."""
_STYLES = (
    "page.css",
    "shelf.css",
    "checks.css",
    "past.css",
    "evaluating.css",
    "sources.css",
    "libraries.css",
    "digest.css",
    "notes.css",
)

_THEME = """<script>
try {
  document.documentElement.dataset.theme = localStorage.getItem("byline-theme") ?? "";
} catch {}
</script>"""
"""Light or dark as it was chosen last, before the first paint; ``static/help.js`` keeps it."""
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "Liberation Mono", "monospace")


def serve_page(
    library: Library,
    assistant: Assistant,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = True,
    on_ready: Callable[[str], None] | None = None,
    password: str = "",
    mcp: bool = False,
    switch: Switch | None = None,
) -> None:
    """Serves the page until interrupted (Ctrl+C); the models load while the page is already there.

    With ``switch`` until another library is asked for, too.

    ``on_ready`` is told the page's address once it can be opened. With ``password`` the page asks for it; with ``mcp``
    its named functions are tools of the Model Context Protocol too.
    Raises InputError: the page cannot be served at this host and port, or would be open to other machines. Raises
    FailedError: its functions cannot be offered as tools.
    """
    with running(library, assistant, host, port, password, mcp, switch) as address:
        if on_ready is not None:
            on_ready(address)
        if open_browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            (switch or threading.Event()).wait()


@contextmanager
def running(
    library: Library,
    assistant: Assistant,
    host: str,
    port: int,
    password: str = "",
    mcp: bool = False,
    switch: Switch | None = None,
) -> Iterator[str]:
    """The page's address, served while the context lasts. Raises InputError and FailedError as ``serve_page`` does."""
    _check_openness(host, password, mcp)
    _check_address(host, port)
    if mcp:
        with_mcp()
    loading = Loading(assistant)
    page = build(library, assistant, loading, switch)
    middleware = [
        Middleware(Guard, host=host),
        Middleware(Browsers),
        *([Middleware(Door)] if password else []),
        Middleware(Originals, library=library),
    ]
    with timed():
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
            auth=opens_to(password) if password else None,
            auth_message="Any user name will do.",
            mcp_server=mcp,
            max_file_size=_LARGEST_FILE,
            max_threads=MOST_THREADS,
            favicon_path=STATIC / "favicon.svg",
            head=_head(),
            theme=gr.themes.Base(font=_SANS, font_mono=_MONO),
            app_kwargs={"middleware": middleware},
        )
    try:
        if mcp:
            answer_in_json(page)
        loading.begin()
        yield address
    finally:
        # An open tab listens for news until it is closed; it is not waited for, and its end is nothing to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        page.server.force_exit = True
        page.close(verbose=False)


def build(library: Library, assistant: Assistant, loading: Loading, switch: Switch | None = None) -> gr.Blocks:
    """The page as Gradio blocks, not yet served."""
    with (
        unserved(),
        gr.Blocks(
            title="Byline", analytics_enabled=False, fill_width=True, delete_cache=(_KEEP_UPLOADS, _KEEP_UPLOADS)
        ) as page,
    ):
        desk = Desk(
            page,
            library,
            assistant,
            gr.State(Conversation(library, assistant)),
            gr.State(),
            gr.State(),
            loading,
            Exclusive(),
            switch,
        )
        add_functions(desk)  # first: later events of the same names get others
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="views"):
                gr.HTML(
                    _masthead(),
                    apply_default_css=False,
                    js_on_load=_script("help.js"),
                    server_functions=[reading_ahead(library)],
                )
                for view in _VIEWS:
                    with gr.Column(elem_id=view.id, elem_classes="view"):
                        view.add(desk)
            gr.HTML(
                elem_id="reader",
                apply_default_css=False,
                js_on_load=_script("page.js", "find.js", "keep.js"),
                server_functions=[article_opener(library), keeping(library)[1]],
            )
    return page


def _masthead() -> str:
    """The program's name and a tab for every view; the first is shown until the page's script has run."""
    tabs = "".join(
        f'<button type="button" role="tab" aria-controls="{view.id}" '
        + ('aria-selected="true"' if view is _VIEWS[0] else 'aria-selected="false" tabindex="-1"')
        + f">{view.name}</button>"
        for view in _VIEWS
    )
    return (
        '<header class="masthead"><h1 class="name">Byline</h1>'
        f'<div class="tabs" role="tablist" aria-label="Views">{tabs}</div>'
        '<button type="button" class="new" aria-label="New conversation"><span class="long">New conversation</span>'
        '<span class="brief">New</span></button>'
        '<button type="button" class="help" aria-label="Help, keys and appearance" title="Help (?)">?</button>'
        "</header>"
    )


def _head() -> str:
    """The style in the page's head: there it holds from the first paint on, and Gradio does not rewrite it.

    Of the views only the one named by the body's ``data-view`` is shown, and the first while none is named.
    """
    unnamed = f"body:not([data-view]) .view:not(#{_VIEWS[0].id})"
    hidden = ", ".join([unnamed, *(f'body[data-view]:not([data-view="{view.id}"]) #{view.id}' for view in _VIEWS)])
    style = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in _STYLES) + results_style()
    scripts = f"<script>{words_script()}</script><script>{_script('replies.js', 'program.js')}</script>"
    return f"<style>{style}\n{hidden} {{ display: none !important; }}</style>{_THEME}{scripts}"


def _script(*names: str) -> str:
    """The joined text of files that make one script, so that they share their variables."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def _check_openness(host: str, password: str, mcp: bool) -> None:
    """Raises InputError: others could use the page without a password."""
    if not is_this_machine(host) and not password:
        raise InputError(
            f"At {host} other machines could use the page; give it a password with --password-file or BYLINE_PASSWORD, "
            "or leave --host out."
        )
    if password and mcp:
        raise InputError("Tools of the Model Context Protocol know no password; leave out --mcp or the password.")


def _check_address(host: str, port: int) -> None:
    """Raises InputError: nothing can listen there."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"Port {port} is in use; choose another with: byline chat --port {port + 1}") from error
        raise InputError(
            f"The page cannot be served at {host}:{port} ({cause_of(error)}); choose another with --host and --port"
        ) from error
    except OverflowError as error:
        raise InputError(f"{port} is no port; choose one from 1 to 65535 with --port") from error

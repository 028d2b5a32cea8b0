"""The Ask view: a text box, the questions asked in this tab and their growing answers."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from index.errors import BylineError
from index.library import Library
from index.records import Filter, Wanted
from index.store.readers.conversations import Feedback
from qa.evaluation.feedback import REASONS
from qa.question.restriction import recognised
from ui.html.export import turn_markdown
from ui.html.files import STATIC
from ui.html.markup import error_html, progress_html
from ui.html.render import welcome_html
from ui.page.asking.conversation import Conversation
from ui.page.asking.examples import MOST_READ, articles_left, examples, may_add_samples, samples
from ui.page.asking.growing import in_background, is_ending
from ui.page.asking.loading_line import add_loading
from ui.page.asking.restriction import add_restriction
from ui.page.asking.sources import add_sources
from ui.page.frame.browsers import adopt, owner_of
from ui.page.frame.view import MOST_AT_ONCE, PRIVATE, Desk, Update, View, stamp
from ui.page.shelf.bringing import ADDING
from ui.page.shelf.library import adding
from ui.page.views.notes import keeping
from ui.quick_gradio import gr

GRACE = 30.0
"""Seconds in which a closed tab's answer goes on: a page that is reloaded finds it again. Round, not fitted."""

_BEING_ADDED = "Articles are being added."
_LOOK_EVERY = 0.5
"""Seconds between two looks at whether articles are still being added. Round, not fitted."""

_TAKE = """(question, talk, only) => {
    const box = document.querySelector("#question textarea");
    const asked = box.dataset.asked ?? question;
    delete box.dataset.asked;
    return [asked, talk, only];
}"""
"""What stood in the text box when it was sent: ``static/asking.js`` has emptied it at once, so that what is typed while
the question is on its way is the next one."""

_DIGITS = 19
"""A conversation's number has fewer."""


class _Asking:
    """The view's parts on the page, and what happens when a reader does something with them."""

    def __init__(self, desk: Desk) -> None:
        """Puts the parts where the page is being built."""
        self._desk = desk
        self._library = desk.library
        self._tabs: weakref.WeakValueDictionary[str, Conversation] = weakref.WeakValueDictionary()
        with gr.Column(elem_id="chat"):
            self._settled = gr.HTML(
                elem_classes="settled",
                apply_default_css=False,
                js_on_load=(STATIC / "asking.js").read_text(encoding="utf-8"),
                server_functions=[_copying(self._library), keeping(self._library)[0]],
                reasons=REASONS,
            )
            # Taken over into what is settled a moment later: rendering twenty answers anew would hold up the evidence.
            self._recent = gr.HTML(elem_classes=["settled", "recent"], apply_default_css=False)
            self._growing = gr.HTML(elem_classes="growing", apply_default_css=False)
            # Shown by the style while no question is: news of it may come after news of a conversation.
            self._greeting = gr.HTML(elem_classes="greeting", apply_default_css=False)
            self._samples = gr.Button("Add the sample articles", elem_id="samples", visible=False)
        add_sources(desk)
        self._notice = gr.HTML(elem_id="notice", apply_default_css=False)
        add_restriction(desk)
        add_loading(desk)
        with gr.Row(elem_id="composer"):
            self._question = gr.Textbox(
                elem_id="question",
                label="Question",
                placeholder="Ask a question",
                lines=1,
                max_lines=6,
                autofocus=True,
                container=False,
            )
            self._send = gr.Button("Ask", elem_id="send", variant="primary")
            self._stop = gr.Button("Stop", elem_id="stop")

    def connect(self) -> None:
        """Connects the parts of the view with the functions that they call."""
        desk, settled, notice = self._desk, self._settled, self._notice
        greeted = [self._greeting, self._samples]
        shown = [settled, self._recent, self._growing, *greeted]
        following: dict[str, Any] = {"concurrency_limit": None, "trigger_mode": "multiple", **PRIVATE}
        loaded = desk.page.load(self._load, desk.talk, [*shown, notice], **PRIVATE)
        loaded.then(self._follow, desk.talk, shown, **following)
        loaded.then(self._await_articles, None, [notice, desk.articles], **following)
        desk.page.unload(self._leave)
        desk.articles.change(self._welcome, None, greeted, **PRIVATE)
        asking = {"concurrency_limit": MOST_AT_ONCE, "concurrency_id": "asking", "trigger_mode": "multiple", **PRIVATE}
        asked = [self._question, desk.talk, desk.only]
        taking = {"inputs": asked, "outputs": [*shown, self._question, notice], "js": _TAKE}
        gr.on([self._question.submit, self._send.click], self._ask, **taking, **asking)
        typed = {"queue": False, "trigger_mode": "always_last", **PRIVATE}
        settled.draft(self._prepare, [desk.talk, desk.only], None, **typed)
        settled.press(self._ask_pressed, [desk.talk, desk.only], [*shown, notice], **asking)
        opening = {"trigger_mode": "always_last", **PRIVATE}
        reopened = settled.reopen(self._reopen_asked, desk.talk, [*shown, notice], **opening)
        reopened.then(self._follow, desk.talk, shown, **following)
        settled.earlier(self._show_earlier, desk.talk, shown, **PRIVATE)
        settled.begin(self._begin, desk.talk, [*shown, notice], **PRIVATE)
        settled.welcome(self._welcome, None, greeted, **PRIVATE)
        settled.rate(_rate, desk.talk, notice, trigger_mode="multiple", **PRIVATE)
        self._stop.click(Conversation.stop, desk.talk, queue=False, **PRIVATE)
        self._samples.click(self._add_samples, None, [notice, desk.articles], **ADDING)

    def _grow(
        self,
        text: str,
        talk: Conversation,
        only: Filter | None,
        request: gr.Request,
        anyway: bool = False,
        everywhere: bool = False,
        refused: Update | None = None,
    ) -> Iterator[Update]:
        """Grows the answer on the page; ``refused`` is what else becomes of a question that cannot be asked.

        Unless it is asked ``everywhere``, the question itself may restrict it.
        """
        self._tabs[str(request.session_hash)] = talk
        talk.owner = owner_of(request)
        try:
            only = None if everywhere else only or recognised(text, self._library)
            for step, _ in enumerate(in_background(talk.ask(text, only, anyway))):
                if not talk.is_empty:  # else a new one was begun meanwhile
                    yield {**self._news(talk, at_once=step == 0), **({self._notice: ""} if step == 0 else {})}
            if talk.is_empty:  # what was made of the one before may have reached the page after the new one
                yield self._show(talk)
        except BylineError as error:
            yield {**self._show(talk), self._notice: error_html(str(error)), **(refused or {})}

    def _ask(self, text: str, talk: Conversation, only: Filter | None, request: gr.Request) -> Iterator[Update]:
        """Asks what was typed; where it cannot be asked it stands in the text box again."""
        yield from self._grow(text, talk, only, request, refused={self._question: text} if text.strip() else {})

    def _ask_pressed(
        self, talk: Conversation, only: Filter | None, request: gr.Request, event: gr.EventData
    ) -> Iterator[Update]:
        """Asks the question of a button, restricted as the button says; what is typed in the text box stays there."""
        articles = (str(event.article),) if event.article else ()
        named = Filter(event.since or None, event.until or None, tuple(event.outlets), articles)
        only = only if named == Filter() else named
        yield from self._grow(event.question, talk, only, request, anyway=event.anyway, everywhere=event.everywhere)

    def _prepare(self, talk: Conversation, only: Filter | None, event: gr.EventData) -> None:
        # Each article added makes an index anew.
        if self._desk.loading.over.is_set() and not self._desk.adding.is_taken:
            question = str(event.question)
            with suppress(BylineError):  # whoever asks it is told
                talk.prepare(question, only or recognised(question, self._library))

    def _news(self, talk: Conversation, at_once: bool = False) -> Update:
        before, between, now = talk.news(at_once)
        return {self._recent: between, self._growing: now} | ({} if before is None else {self._settled: before})

    def _show(self, talk: Conversation) -> Update:
        """The conversation as it stands, and what stands before the first question."""
        return {**self._news(talk), **(self._welcome() if talk.is_empty else {})}

    def _welcome(self) -> Update:
        newest = self._library.listed(Wanted(), count=MOST_READ)
        ids = [listing.id for listing in newest.listings]
        markup = welcome_html(newest.articles, examples(articles_left(self._library, ids)))
        offers_samples = may_add_samples(ids) and not self._desk.adding.is_taken
        return {self._greeting: markup, self._samples: gr.Button(visible=offers_samples)}

    def _load(self, talk: Conversation, request: gr.Request) -> Update:
        """What a tab shows at first: the conversation that its address names, if any."""
        adopt(self._library.conversations, request)
        self._tabs[str(request.session_hash)] = talk
        asked = request.query_params.get("conversation")
        return self._reopen(talk, asked, request) if asked else self._show(talk)

    def _reopen(self, talk: Conversation, asked: str, request: gr.Request) -> Update:
        talk.owner = owner_of(request)
        try:
            talk.open(int(asked) if asked.isdecimal() and len(asked) < _DIGITS else 0)
        except BylineError as error:
            return {**self._show(talk), self._notice: error_html(str(error))}
        return {**self._show(talk), self._notice: ""}

    def _reopen_asked(self, talk: Conversation, request: gr.Request, event: gr.EventData) -> Update:
        return self._reopen(talk, str(event.conversation), request)

    def _show_earlier(self, talk: Conversation) -> Update:
        talk.show_earlier()
        return self._show(talk)

    def _begin(self, talk: Conversation) -> Update:
        talk.begin()
        return {**self._show(talk), self._notice: ""}

    def _add_samples(self) -> Iterator[Update]:
        reports = [""]

        def steps() -> Iterator[None]:
            for report in adding(self._library, samples, self._desk.adding):
                reports.append(report)
                yield

        for _ in in_background(steps()):  # all of them, also where the tab is closed meanwhile
            yield {self._notice: reports[-1]}
        yield {
            self._notice: "" if self._library.listed(Wanted(), count=0).articles else reports[-1],
            self._desk.articles: stamp(),
        }

    def _await_articles(self) -> Iterator[Update]:
        """Says that articles are being added where they were when the page was opened, and shows them in the end."""
        yield {self._notice: gr.skip()}
        if not self._desk.adding.is_taken:
            return
        yield {self._notice: progress_html(_BEING_ADDED)}
        while self._desk.adding.is_taken and not is_ending():
            time.sleep(_LOOK_EVERY)
        yield {self._notice: "", self._desk.articles: stamp()}

    def _follow(self, talk: Conversation) -> Iterator[Update]:
        """Shows how answers grow that were asked before the page was reloaded."""
        yield {self._growing: gr.skip()}  # Gradio empties the outputs of what yields nothing
        for _ in talk.follow():
            yield self._news(talk)

    def _leave(self, request: gr.Request) -> None:
        """The tab was closed or reloaded: unless it is soon back, nobody waits for its answers any more."""
        talk = self._tabs.get(str(request.session_hash))
        if talk is not None:
            later = threading.Timer(GRACE, talk.leave)
            later.daemon = True
            later.start()


def _add(desk: Desk) -> None:
    _Asking(desk).connect()


def _rate(talk: Conversation, request: gr.Request, event: gr.EventData) -> str:
    """Keeps what the page's script says the reader thinks of an answer; says where it cannot be kept."""
    talk.owner = owner_of(request)
    feedback = None if event.good is None else Feedback(event.good, event.reason, event.corrected)
    try:
        talk.rate(int(event.turn), feedback)
    except BylineError as error:
        return error_html(str(error))
    return ""


def _copying(library: Library) -> Callable[[int, gr.Request], str]:
    """The function by which the page's script gets what is to be copied."""

    def copied(turn: int, request: gr.Request) -> str:
        """A question, its answer and every quotation with its source, as Markdown; empty where it is gone."""
        stored = library.conversations.turn(int(turn), owner_of(request))
        return "" if stored is None else turn_markdown(stored, library.article)

    return copied


ASK = View("ask", "Ask", _add)

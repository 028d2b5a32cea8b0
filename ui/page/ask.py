"""The Ask view: a text box, the questions asked in this tab and their growing answers."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from index.errors import BylineError
from index.library import Library
from index.records import Filter
from index.store.conversations import Feedback
from qa.evaluation.feedback import REASONS
from qa.question.restriction import recognised
from ui.html.export import turn_markdown
from ui.html.markup import error_html
from ui.html.render import welcome_html
from ui.page.bringing import ADDING
from ui.page.browsers import adopt, owner_of
from ui.page.conversation import Conversation
from ui.page.examples import MOST_READ, SAMPLES, articles_of, examples, may_add_samples
from ui.page.growing import in_background
from ui.page.library import adding
from ui.page.loading import add_loading
from ui.page.notes import keeping
from ui.page.restriction import add_restriction
from ui.page.sources import add_sources
from ui.page.views import MOST_AT_ONCE, PRIVATE, STATIC, Desk, Update, View, stamp
from ui.quick_gradio import gr

GRACE = 30.0
"""Seconds in which a closed tab's answer goes on: a page that is reloaded finds it again."""

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


def _add(desk: Desk) -> None:
    library = desk.library
    tabs: weakref.WeakValueDictionary[str, Conversation] = weakref.WeakValueDictionary()

    with gr.Column(elem_id="chat"):
        settled = gr.HTML(
            elem_classes="settled",
            apply_default_css=False,
            js_on_load=(STATIC / "asking.js").read_text(encoding="utf-8"),
            server_functions=[_copying(library), keeping(library)[0]],
            reasons=REASONS,
        )
        # Taken over into what is settled a moment later: rendering twenty answers anew would hold up the evidence.
        recent = gr.HTML(elem_classes=["settled", "recent"], apply_default_css=False)
        growing = gr.HTML(elem_classes="growing", apply_default_css=False)
        # Shown by the style while no question is: news of it may come after news of a conversation.
        greeting = gr.HTML(elem_classes="greeting", apply_default_css=False)
        samples = gr.Button("Add the sample articles", elem_id="samples", visible=False)
    add_sources(desk)
    notice = gr.HTML(elem_id="notice", apply_default_css=False)
    add_restriction(desk)
    add_loading(desk)
    with gr.Row(elem_id="composer"):
        question = gr.Textbox(
            elem_id="question",
            label="Question",
            placeholder="Ask a question",
            lines=1,
            max_lines=6,
            autofocus=True,
            container=False,
        )
        send = gr.Button("Ask", elem_id="send", variant="primary")
        stop = gr.Button("Stop", elem_id="stop")

    def grow(
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
        tabs[str(request.session_hash)] = talk
        talk.owner = owner_of(request)
        try:
            only = None if everywhere else only or recognised(text, library)
            for step, _ in enumerate(in_background(talk.ask(text, only, anyway))):
                if not talk.is_empty:  # else a new one was begun meanwhile
                    yield {**news(talk, at_once=step == 0), **({notice: ""} if step == 0 else {})}
            if talk.is_empty:  # what was made of the one before may have reached the page after the new one
                yield show(talk)
        except BylineError as error:
            yield {**show(talk), notice: error_html(str(error)), **(refused or {})}

    def ask(text: str, talk: Conversation, only: Filter | None, request: gr.Request) -> Iterator[Update]:
        """Asks what was typed; where it cannot be asked it stands in the text box again."""
        yield from grow(text, talk, only, request, refused={question: text} if text.strip() else {})

    def ask_pressed(
        talk: Conversation, only: Filter | None, request: gr.Request, event: gr.EventData
    ) -> Iterator[Update]:
        """Asks what a button offers, of what it restricts to; what is in the text box is another question."""
        articles = (str(event.article),) if event.article else ()
        named = Filter(event.since or None, event.until or None, tuple(event.outlets), articles)
        only = only if named == Filter() else named
        yield from grow(event.question, talk, only, request, anyway=event.anyway, everywhere=event.everywhere)

    def expect(talk: Conversation, only: Filter | None, event: gr.EventData) -> None:
        if desk.loading.over.is_set() and not desk.adding.is_taken:  # each article added makes an index anew
            question = str(event.question)
            with suppress(BylineError):  # whoever asks it is told
                talk.expect(question, only or recognised(question, library))

    def news(talk: Conversation, at_once: bool = False) -> Update:
        before, between, now = talk.news(at_once)
        return {recent: between, growing: now} | ({} if before is None else {settled: before})

    def show(talk: Conversation) -> Update:
        """The conversation as it stands, and what stands before the first question."""
        return {**news(talk), **(welcome() if talk.is_empty else {})}

    def welcome() -> Update:
        ids = [listing.id for listing in library.listings()]
        markup = welcome_html(len(ids), examples(articles_of(library, ids[:MOST_READ])))
        return {greeting: markup, samples: gr.Button(visible=may_add_samples(ids))}

    def load(talk: Conversation, request: gr.Request) -> Update:
        """What a tab shows at first: the conversation that its address names, if any."""
        adopt(library.conversations, request)
        tabs[str(request.session_hash)] = talk
        asked = request.query_params.get("conversation")
        return reopen(talk, asked, request) if asked else show(talk)

    def reopen(talk: Conversation, asked: str, request: gr.Request) -> Update:
        talk.owner = owner_of(request)
        try:
            talk.open(int(asked) if asked.isdecimal() and len(asked) < _DIGITS else 0)
        except BylineError as error:
            return {**show(talk), notice: error_html(str(error))}
        return {**show(talk), notice: ""}

    def reopen_asked(talk: Conversation, request: gr.Request, event: gr.EventData) -> Update:
        return reopen(talk, str(event.conversation), request)

    def show_earlier(talk: Conversation) -> Update:
        talk.show_earlier()
        return show(talk)

    def begin(talk: Conversation) -> Update:
        talk.begin()
        return {**show(talk), notice: ""}

    def add_samples() -> Iterator[Update]:
        report = ""
        for report in adding(library, [SAMPLES], desk.adding):
            yield {notice: report}
        yield {notice: "" if library.listings() else report, desk.articles: stamp()}

    def follow(talk: Conversation) -> Iterator[Update]:
        """Shows how answers grow that were asked before the page was reloaded."""
        yield {growing: gr.skip()}  # Gradio empties the outputs of what yields nothing
        for _ in talk.follow():
            yield news(talk)

    def leave(request: gr.Request) -> None:
        """The tab was closed or reloaded: unless it is soon back, nobody waits for its answers any more."""
        talk = tabs.get(str(request.session_hash))
        if talk is not None:
            later = threading.Timer(GRACE, talk.leave)
            later.daemon = True
            later.start()

    greeted = [greeting, samples]
    shown = [settled, recent, growing, *greeted]
    following: dict[str, Any] = {"concurrency_limit": None, "trigger_mode": "multiple", **PRIVATE}
    loaded = desk.page.load(load, desk.talk, [*shown, notice], **PRIVATE)
    loaded.then(follow, desk.talk, shown, **following)
    desk.page.unload(leave)
    desk.articles.change(welcome, None, greeted, **PRIVATE)
    asking = {"concurrency_limit": MOST_AT_ONCE, "concurrency_id": "asking", "trigger_mode": "multiple", **PRIVATE}
    taking = {"inputs": [question, desk.talk, desk.only], "outputs": [*shown, question, notice], "js": _TAKE}
    gr.on([question.submit, send.click], ask, **taking, **asking)
    settled.draft(expect, [desk.talk, desk.only], None, queue=False, trigger_mode="always_last", **PRIVATE)
    settled.press(ask_pressed, [desk.talk, desk.only], [*shown, notice], **asking)
    reopened = settled.reopen(reopen_asked, desk.talk, [*shown, notice], trigger_mode="always_last", **PRIVATE)
    reopened.then(follow, desk.talk, shown, **following)
    settled.earlier(show_earlier, desk.talk, shown, **PRIVATE)
    settled.begin(begin, desk.talk, [*shown, notice], **PRIVATE)
    settled.welcome(welcome, None, greeted, **PRIVATE)
    settled.rate(_rate, desk.talk, notice, trigger_mode="multiple", **PRIVATE)
    stop.click(Conversation.stop, desk.talk, queue=False, **PRIVATE)
    samples.click(add_samples, None, [notice, desk.articles], **ADDING)


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

"""The Ask view: a text box, the questions asked in this tab and their growing answers."""

from __future__ import annotations

import weakref
from collections.abc import Iterator

import gradio as gr

from index.errors import InputError
from ui.conversation import Conversation
from ui.examples import SAMPLES, examples
from ui.markup import error_html
from ui.render import welcome_html
from ui.shelf import ADDING, adding
from ui.views import PRIVATE, Desk, Update, View, stamp

_ASKING = 32
"""Questions taken in at once; all but one of them wait for the model and are shown their place."""


def _add(desk: Desk) -> None:
    library = desk.library
    tabs: weakref.WeakValueDictionary[str, Conversation] = weakref.WeakValueDictionary()

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

    def ask(text: str, talk: Conversation, request: gr.Request) -> Iterator[Update]:
        """Grows the answer on the page; the text box is emptied once the question is taken."""
        tabs[str(request.session_hash)] = talk
        try:
            for step, _ in enumerate(talk.ask(text)):
                before, now = talk.html()
                taken = {question: "", notice: "", samples: gr.Button(visible=False)} if step == 0 else {}
                yield {settled: before, growing: now, **taken}
        except InputError as error:
            yield {notice: error_html(str(error)), growing: talk.html()[1]}

    def welcome(talk: Conversation) -> Update:
        """What stands before the first question."""
        articles = library.articles()
        shown: Update = {samples: gr.Button(visible=not articles)}
        if talk.is_empty:
            shown[settled] = welcome_html(len(articles), examples(articles))
        return shown

    def add_samples() -> Iterator[Update]:
        report = ""
        for report in adding(library, [SAMPLES]):
            yield {notice: report}
        yield {notice: "" if library.articles() else report, desk.articles: stamp()}

    def leave(request: gr.Request) -> None:
        """The tab was closed: nobody waits for its answers any more."""
        talk = tabs.get(str(request.session_hash))
        if talk is not None:
            talk.stop()

    gr.on([desk.page.load, desk.articles.change], welcome, desk.talk, [samples, settled], **PRIVATE)
    desk.page.unload(leave)
    gr.on(
        [question.submit, send.click],
        ask,
        [question, desk.talk],
        [settled, growing, question, notice, samples],
        concurrency_limit=_ASKING,
        trigger_mode="multiple",
        **PRIVATE,
    )
    stop.click(Conversation.stop, desk.talk, queue=False, **PRIVATE)
    samples.click(add_samples, None, [notice, desk.articles], **ADDING)


ASK = View("ask", "Ask", _add)

"""The Evaluate view: ask a question set, see the plots, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BylineError, InputError
from index.home import expanded
from index.library import Library
from qa.evaluation.judging import Record
from qa.evaluation.running import Evaluation, Journal, Run, evaluate, evaluation, run_of
from qa.llm.halt import Halt
from qa.records import Answer, Turn
from ui.html.markup import count_of, error_html, progress_html, sanitised
from ui.html.report import report_html, results_html
from ui.page.frame.view import MOST_AT_ONCE, PRIVATE, Desk, Exclusive, Stops, Update, View
from ui.quick_gradio import gr

if TYPE_CHECKING:
    from qa.assistant import Assistant

_SUFFIXES = [".jsonl", ".json", ".csv"]
_PROBLEMS = 20
"""Problems of a question set that are shown; of more, their number is. Round, not fitted."""
_STOPPED = "Stopped after {asked:,} of {total:,} questions. The same set goes on from there."
_OTHERS_FIRST = "Another evaluation is running; this one waits for it."
_NOTHING_NAMED = "No question set was named; drop a file, or give its path."


class _Stopped(Exception):
    """The reader ended the evaluation while a question was being answered."""


class _Stoppable:
    """Answers like the assistant, in its queue behind other questions, until ``stop``."""

    def __init__(self, assistant: Assistant, stop: Halt) -> None:
        self._assistant = assistant
        self._stop = stop

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Returns the answer. Raises _Stopped: it was broken off, so that it cannot be judged."""
        *_, last = self._assistant.stream(question, history, self._stop)
        if self._stop.is_set():
            raise _Stopped
        return last


class _Evaluating:
    """The view's parts on the page, and what happens when a reader does something with them."""

    def __init__(self, desk: Desk) -> None:
        """Puts the parts where the page is being built."""
        self._desk = desk
        self._stops, self._others = Stops(), Exclusive()
        gr.HTML(
            '<h2 class="section">How good are the answers?</h2><p class="lead">A question set says what is right: one '
            'JSON object a line with "id", "question", "answers" and "articles", or SQuAD’s .json, or .csv. '
            "Its questions wait in the same queue as everybody’s.</p>",
            apply_default_css=False,
        )
        self._upload = gr.File(
            elem_id="question-set", label=f"Question set: {', '.join(_SUFFIXES)}", file_types=_SUFFIXES, height=96
        )
        with gr.Row(elem_id="run-row"):
            self._path = gr.Textbox(
                elem_id="set-path",
                label="Or its path on the machine that runs Byline",
                placeholder="~/questions.jsonl",
                max_lines=1,
            )
            self._limit = gr.Number(elem_id="limit", label="At most", value=100, minimum=1, precision=0)
            self._start = gr.Button("Run", elem_id="run", elem_classes="act")
            self._stop = gr.Button("Stop", elem_id="run-stop", elem_classes="act quiet")
        self._progress = gr.HTML(elem_id="run-progress", apply_default_css=False)
        self._report = gr.State()
        self._results = gr.HTML(elem_id="results", elem_classes="results", apply_default_css=False)
        self._save = gr.Button("Save the report", elem_id="save-report", elem_classes="act quiet", visible=False)
        self._saved = gr.Textbox(visible="hidden")

    def connect(self) -> None:
        """Connects the parts of the view with the functions that they call."""
        self._start.click(
            self._run,
            [self._upload, self._path, self._limit],
            [self._progress, self._results, self._report, self._save],
            concurrency_limit=MOST_AT_ONCE,
            **PRIVATE,
        )
        self._stop.click(self._stops.stop, queue=False, **PRIVATE)
        self._desk.page.unload(self._stops.stop)
        saving = self._save.click(lambda text: text, self._report, self._saved, **PRIVATE)
        saving.then(None, self._saved, None, js=_SAVE, **PRIVATE)

    def _run(self, file: str | None, path: str, most: float | None, request: gr.Request) -> Iterator[Update]:
        # Where the tab was closed it ends, too: whoever waits behind its question goes on.
        with self._stops.running(request) as halt:
            if self._others.is_taken:
                yield {self._progress: progress_html(_OTHERS_FIRST)}
            with self._others.taken(halt) as mine:
                if not mine:
                    yield {self._progress: ""}
                    return
                yield {
                    self._progress: progress_html("Reading the question set…"),
                    self._results: "",
                    self._save: gr.Button(visible=False),
                }
                try:
                    questions = Path(file) if file else _named(path)
                    yield from self._ask(questions, int(most) if most else None, halt)
                except BylineError as error:
                    yield {self._progress: error_html(str(error))}

    def _ask(self, path: Path, most: int | None, halt: Halt) -> Iterator[Update]:
        """Asks the set's questions, telling how far that has come; then shows what came of it."""
        library = self._desk.library
        texts = {article.id: article.text for article in library.articles()}
        asked = run_of(path, texts, most)
        problems = _problems_html(asked)
        records: list[Record] = []
        for finished in _evaluating(asked, self._desk.assistant, library, halt, records):
            if finished is None:
                yield {self._progress: _progress_html(records, len(asked.questions)) + problems}
                continue
            right = sum(record.correct for record in records)
            words = f"{right:,} of {count_of(len(records), 'question')} answered right"
            yield {
                self._progress: sanitised(f'<p class="outcome" role="status">{words}</p>') + problems,
                self._results: results_html(finished),
                self._report: report_html(finished),
                self._save: gr.Button(visible=True),
            }
            return
        words = _STOPPED.format(asked=len(records), total=len(asked.questions))
        yield {self._progress: sanitised(f'<p class="summary" role="status">{words}</p>') + problems}


_SAVE = """(page) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([page], { type: "text/html" }));
    link.download = "byline-evaluation.html";
    link.click();
    URL.revokeObjectURL(link.href);
}"""


def _named(path: str) -> Path:
    """Raises InputError: nothing is named."""
    if not path.strip():
        raise InputError(_NOTHING_NAMED)
    return expanded(path)


def _evaluating(
    run: Run, assistant: Assistant, library: Library, stop: Halt, records: list[Record]
) -> Iterator[Evaluation | None]:
    """Asks the questions, puts what came back into ``records`` and yields after each; at last the evaluation.

    Where ``stop`` is set it ends without one; the journal keeps what was asked.
    """
    models = {"llm": assistant.model_name, "embedder": library.embedder.name}
    journal = Journal(library.folder / "evaluations", run.questions, {**run.settings, **models})
    try:
        yield None
        for record in evaluate(run.questions, _Stoppable(assistant, stop), library.search, journal):
            records.append(record)
            yield None
            if stop.is_set():
                return
    except _Stopped:
        return
    finally:
        journal.close()
    yield evaluation(records, run.settings, models)
    journal.remove()


def _progress_html(records: Sequence[Record], total: int) -> str:
    right = sum(record.correct for record in records)
    words = f"{len(records):,} of {count_of(total, 'question')}, {right:,} right"
    return progress_html(words, len(records), total, "Questions asked")


def _problems_html(run: Run) -> str:
    """Why questions of the set are left out, as a list; empty where none is."""
    sentences = [f"{problem.place}: {problem.message}." for problem in run.problems[:_PROBLEMS]]
    if len(run.problems) > _PROBLEMS:
        sentences.append(f"and {len(run.problems) - _PROBLEMS:,} more")
    if run.drafts:
        sentences.append(f"Not asked: {count_of(run.drafts, 'draft')}; confirm one by removing its draft mark.")
    items = "".join(f'<li dir="auto">{escape(sentence)}</li>' for sentence in sentences)
    return sanitised(f'<ul class="outcomes">{items}</ul>') if items else ""


EVALUATE = View("evaluate", "Evaluate", lambda desk: _Evaluating(desk).connect())

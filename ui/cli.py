"""The command line: thin commands that check the input, call the library and print.

Heavy modules are imported where they are used, so that ``byline --help`` and ``byline list`` answer at once.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from platformdirs import user_data_path
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table

from index.errors import BylineError, InputError

if TYPE_CHECKING:
    from index.embedding import SentenceTransformerEmbedder
    from index.library import Library
    from qa.assistant import Assistant
    from qa.llm import LlamaCpp

DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
_EMBEDDER = "all-MiniLM-L6-v2"

app = typer.Typer(
    name="byline",
    help="Answers questions about a collection of articles, offline, and shows the sentence that proves each one.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
models_app = typer.Typer(help="The models: show, fetch or verify them.", invoke_without_command=True)
app.add_typer(models_app, name="models")

_out = Console(soft_wrap=True, highlight=False, markup=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


class _Choices:
    """What the options before the command chose."""

    library = Path()
    model = DEFAULT_MODEL


@app.callback()
def _choose(
    library: Annotated[
        Path | None,
        typer.Option(envvar="BYLINE_LIBRARY", help="Folder of the library.", show_default="your data folder"),
    ] = None,
    model: Annotated[
        str,
        typer.Option(envvar="BYLINE_MODEL", help="Language model: a name of models.txt or the path of a GGUF file."),
    ] = DEFAULT_MODEL,
) -> None:
    _Choices.library = library or user_data_path("byline", appauthor=False) / "library"
    _Choices.model = model


@app.command()
def add(paths: Annotated[list[Path], typer.Argument(help="Files and folders: .txt, .md, .html.")]) -> None:
    """Read files and folders into the library."""
    from index.reading import find

    sources = find(paths)
    library = _library()
    counts: Counter[str] = Counter()
    with _progress(MofNCompleteColumn()) as bars:
        task = bars.add_task("Adding", total=len(sources))
        for outcome in library.add(sources):
            counts[outcome.status] += 1
            reason = f": {outcome.reason}" if outcome.reason else ""
            _out.print(f"{outcome.status:9} {outcome.id}{reason}")
            bars.advance(task)
    _err.print(", ".join(f"{count:,} {status}" for status, count in counts.items()))
    if set(counts) == {"skipped"}:
        raise InputError("Nothing was added: no file given could be read; the reasons stand above.")


@app.command()
def remove(ids: Annotated[list[str], typer.Argument(help="Ids of articles, as byline list shows them.")]) -> None:
    """Remove articles from the library."""
    _library().remove(ids)
    for article_id in ids:
        _out.print(f"removed   {article_id}")


@app.command("list")
def list_articles() -> None:
    """List the articles of the library."""
    articles = _library().articles()
    if not articles:
        _err.print("The library is empty; add articles with: byline add PATH")
        return
    table = Table("date", Column("id", overflow="fold"), Column("outlet"), Column("title", ratio=1), box=None)
    for article in articles:
        table.add_row(article.published or "", article.id, article.outlet or "", article.title)
    Console(highlight=False, markup=False).print(table)


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    text: Annotated[bool, typer.Option("--text", help="Print the text alone, exactly as offsets count it.")] = False,
) -> None:
    """Show one article."""
    article = _library().article(article_id)
    if text:
        sys.stdout.write(article.text)
        return
    for name in ("id", "title", "outlet", "published", "url", "sha256"):
        _out.print(f"{name:9} {getattr(article, name) or '-'}")
    _out.print(f"\n{article.text}")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    history: Annotated[
        Path | None, typer.Option(help='Earlier turns of the conversation: a JSON list of {"question", "answer"}.')
    ] = None,
) -> None:
    """Answer a question from the articles, with citations."""
    from qa.records import Turn

    turns: list[Turn] = []
    if history is not None:
        try:
            turns = [Turn(turn["question"], turn["answer"]) for turn in json.loads(history.read_text(encoding="utf-8"))]
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise InputError(
                f'{history} holds no earlier turns ({error}); give a JSON list of {{"question", "answer"}}.'
            ) from error
    assistant = _assistant(_library())
    with _err.status("Searching…") as status:
        for answer in assistant.stream(question, turns):
            status.update("Waiting for another question…" if answer.stage == "waiting" else "Found, writing…")
    if as_json:
        sys.stdout.write(json.dumps(answer.to_json(), ensure_ascii=False, indent=1) + "\n")
        return
    _out.print(answer.text)
    for sentence in answer.sentences:
        marks = "".join(f"[{number}]" for number in sentence.citations)
        _out.print(f"  {sentence.support} {marks}")
    for citation in answer.citations:
        source = ", ".join(part for part in (citation.title, citation.outlet, citation.published) if part)
        _out.print(f"[{citation.number}] “{citation.quote}”\n    {source} ({citation.article_id})")
    for hit in answer.also_searched:
        _out.print(f"nearest: {hit.passage.article_id} {hit.passage.start}-{hit.passage.end}")


@app.command()
def quote(
    text: Annotated[str, typer.Argument(help="The quotation.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Find where a quotation comes from: exact, altered (and how), or absent."""
    from qa.quotes import find_quote

    library = _library()
    result = find_quote(text, library)
    if as_json:
        sys.stdout.write(json.dumps(result.to_json(), ensure_ascii=False, indent=1) + "\n")
        return
    _out.print(result.verdict)
    for match in result.matches:
        article = library.article(match.article_id)
        source = ", ".join(part for part in (article.title, article.outlet, article.published) if part)
        _out.print(f"“{match.quote}”\n    {source} ({article.id} {match.start}-{match.end})")
        for difference in match.differences:
            _out.print(f"    given “{difference.given}”, found “{difference.found}”")


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A text of your own; with --claims, the file to write the verdicts to.")],
    claims: Annotated[
        Path | None,
        typer.Option(help="Judge claims against the evidence given with each (JSON Lines); needs no library."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdicts as JSON.")] = False,
) -> None:
    """Check every sentence of a text against the articles: supported or not, by what, and what differs."""
    from qa.checking import check as check_text
    from qa.evaluation.saving import write_text
    from qa.support import judge_claims

    given = claims or path
    try:
        text = given.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{given} cannot be read ({error}); give a text file in UTF-8.") from error
    if claims is not None:
        lines = [json.dumps(verdict, ensure_ascii=False) for verdict in judge_claims(text.splitlines(), _embedder())]
        write_text(path, "\n".join(lines) + "\n")
        return
    checked = check_text(text, _library())
    if as_json:
        sys.stdout.write(json.dumps([item.to_json() for item in checked], ensure_ascii=False, indent=1) + "\n")
        return
    for item in checked:
        _out.print(f"{item.support:11} {item.text}")
        for difference in item.differences:
            _out.print(
                f"            given “{difference.given}”, the articles say “{difference.found or 'nothing of it'}”"
            )
        for citation in item.citations:
            _out.print(f"            [{citation.number}] “{citation.quote}” ({citation.article_id})")


@app.command()
def chat(
    articles: Annotated[list[Path] | None, typer.Argument(help="Files and folders to add first.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
) -> None:
    """Serve the page on this machine."""
    if articles:
        add(articles)
    from ui.page import serve

    library = _library()
    serve(
        library,
        _assistant(library),
        host,
        port,
        open_browser=not no_browser,
        on_ready=lambda address: _err.print(f"Byline is at {address} (Ctrl+C ends it)"),
    )


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="Question set: JSON Lines, SQuAD's .json, or .csv.", show_default=False)
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask a random sample of so many.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed draws the same sample.")] = 0,
    json_to: Annotated[Path | None, typer.Option("--json", help="Write measures and answers as JSON.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a report as one HTML file.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier --json: show what changed; exit status 1 if a measure fell.")
    ] = None,
    draft: Annotated[
        int | None, typer.Option(min=1, help="Propose so many questions from the library, as JSON Lines.")
    ] = None,
) -> None:
    """Ask the questions of a set and measure the answers; an interrupted run goes on where it stopped."""
    from qa.evaluation.comparison import compare, read_earlier
    from qa.evaluation.drafts import draft_questions
    from qa.evaluation.question_files import read_questions
    from qa.evaluation.running import Journal, evaluation, library_sha256, sample, write_json
    from qa.evaluation.running import evaluate as ask_all
    from qa.evaluation.saving import write_text
    from ui.report import interval, report_html, shown

    library = _library()
    if draft is not None:
        for proposal in draft_questions(library.articles(), draft, seed):
            sys.stdout.write(json.dumps(proposal.to_json(), ensure_ascii=False) + "\n")
        return
    if questions is None:
        raise InputError("No question set was named; give one with: byline eval QUESTIONS.jsonl")
    texts = {article.id: article.text for article in library.articles()}
    read = read_questions(questions, texts)
    for problem in read.problems:
        _err.print(str(problem))
    if read.drafts:
        _err.print(f"{read.drafts:,} drafts are not asked; confirm one by removing its draft mark.")
    earlier = None if baseline is None else read_earlier(baseline)
    asked = sample(read.questions, limit, seed)
    settings = {
        "questions": questions.name,
        "asked": len(asked),
        "left out": len(read.problems) + read.drafts,
        "seed": seed,
        "articles": len(texts),
        "library": library_sha256(texts),
    }
    models = {"llm": Path(_Choices.model).stem, "embedder": _EMBEDDER}
    journal = Journal(_Choices.library / "evaluations", asked, settings | models)
    if len(journal):
        _err.print(f"{len(journal):,} of {len(asked):,} questions were asked before the interruption.")
    try:
        with _progress(MofNCompleteColumn()) as bars:
            records = list(
                bars.track(
                    ask_all(asked, _assistant(library), library.search, journal), len(asked), description="Asking"
                )
            )
    except KeyboardInterrupt:
        _err.print("Interrupted; the same command goes on where it stopped.")
        raise
    result = evaluation(records, settings, models, seed)
    comparison = None if earlier is None else compare(result, earlier, seed)
    if json_to is not None:
        write_json(json_to, result)
    if report is not None:
        write_text(report, report_html(result, comparison))
    table = Table(
        "measure", Column("value", justify="right"), "95 % interval", Column("questions", justify="right"), box=None
    )
    for metric in result.measurement.metrics:
        table.add_row(metric.name, shown(metric), interval(metric), f"{metric.n:,}")
    Console(highlight=False, markup=False).print(table)
    journal.remove()
    if comparison is not None:
        _out.print(
            f"{len(comparison.won):,} newly right, {len(comparison.lost):,} newly wrong of {comparison.compared:,}"
        )
        for change in comparison.lost:
            _out.print(f"lost {change.after.question.id}: {change.after.fault}")
        for change in comparison.won:
            _out.print(f"won  {change.after.question.id}")
        for fall in comparison.falls:
            _out.print(
                f"{fall.after.name} fell to {shown(fall.after)}; it was {shown(fall.before)} ({interval(fall.before)})"
            )
        if comparison.falls:
            raise typer.Exit(1)


@models_app.callback()
def show_models(context: typer.Context) -> None:
    """Show every model that can be fetched, and whether it is on this machine."""
    if context.invoked_subcommand is not None:
        return
    from index.catalogue import catalogue
    from index.models import models_folder, path_of

    table = Table("role", Column("name", overflow="fold"), Column("size", justify="right"), "licence", "here", box=None)
    for model in catalogue():
        here = "yes" if path_of(model).exists() else "no"
        table.add_row(model.role, model.name, f"{model.bytes / 1e6:,.0f} MB", model.licence, here)
    Console(highlight=False, markup=False).print(table)
    _out.print(f"in {models_folder()}")


@models_app.command("fetch")
def fetch_models(
    names: Annotated[list[str] | None, typer.Argument(help="Names, or parts of names; all if none.")] = None,
) -> None:
    """Get models; one that is here and whole is left alone, an interrupted fetch continues."""
    from index.catalogue import catalogue, named
    from index.fetching import fetch

    wanted = [named(name) for name in names or []] or list(catalogue())
    with _progress(DownloadColumn()) as bars:
        for model in wanted:
            task = bars.add_task(model.name, total=model.bytes)

            def report(what: str, here: int, total: int, task: int = task) -> None:
                bars.update(task, description=what, completed=here)  # type: ignore[arg-type]

            fetch(model, report)
            bars.update(task, completed=model.bytes)


@models_app.command("verify")
def verify_models() -> None:
    """Hash every model; exit status 1 when one is missing or not what models.txt pins."""
    from index.catalogue import catalogue
    from index.models import verify

    results = [verify(model) for model in catalogue()]
    for result in results:
        _out.print(f"{result.state:8} {result.model.name}")
        if result.fetched:
            for mismatch in result.mismatches:
                _out.print(f"         {mismatch}")
    if any(result.state != "ok" for result in results):
        raise typer.Exit(1)


def _embedder() -> SentenceTransformerEmbedder:
    from index.embedding import SentenceTransformerEmbedder
    from index.models import find

    return SentenceTransformerEmbedder(_EMBEDDER, lambda: find(_EMBEDDER, "embedder"))


def _library() -> Library:
    from index.library import Library

    return Library(_Choices.library, _embedder())


def _assistant(library: Library) -> Assistant:
    from index.models import find
    from qa.assistant import Assistant
    from qa.worker import Worker

    choice = _Choices.model

    def load() -> LlamaCpp:
        from qa.llm import LlamaCpp

        return LlamaCpp(find(choice, "llm"))

    return Assistant(library, Worker(load), Path(choice).stem)


def _progress(column: MofNCompleteColumn | DownloadColumn) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), column, TimeRemainingColumn())
    return Progress(*columns, console=_err)


def main() -> None:
    """Runs the command line; an error written for the reader becomes one sentence and its exit status."""
    try:
        app()
    except BylineError as error:
        _err.print(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

"""What a reader waits for, and how well the right passage is found: Byline beside LangChain's retrieval chain.

``python tests/bench/bench.py [--limit N]`` asks both models, over the articles in ``../shared/xquad-dev`` and the news
stories in ``../shared/articles``, the same questions in turn. R@k is the share of answerable questions of the whole
set whose evidence a passage among the first k covers; for paragraphs, whose evidence lies in one of the first k
paragraphs that the passages come from. Times are medians, over the questions that every program put to its language
model, and that found Byline's model as the line says: cold, where it had not read the passages before, or warm.
The limit is what this machine sets for Byline: the tokens of the prompt that had to be read and those written, each at
the speed measured in the same process right after the answer; beside it stands where the rest of the time goes.
The tables it prints it also writes to RESULTS.md, from which the README's figures of the search are taken.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench_peers import Answers, comparable, started
from bench_peers import asked as ask_all
from limits import limits, median
from peers.process import PeerProcess
from results import circumstances, markdown_table, write_section
from rich.console import Console
from rich.progress import track

from index.library import Library
from index.reading.files import find
from index.records import Hit
from qa.assistant import Assistant
from qa.evaluation.question_files import read_questions
from qa.evaluation.questions import Question
from qa.evaluation.running import sample
from ui.commands.chosen import open_embedder

SHARED = Path(__file__).parents[3] / "shared"
SETS = {
    "xquad-dev": (SHARED / "xquad-dev" / "articles", SHARED / "xquad-dev" / "questions.jsonl"),
    "stories": (SHARED / "articles", Path(__file__).with_name("stories.jsonl")),
}
MODELS = ("0.5b", "1.5b")
PROGRAMS = ("byline", "byline_warm", "langchain")
SECTION = "Byline beside LangChain"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=60, help="questions of each set put to each model")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there; put the question sets beside this checkout.")
    facts = circumstances({"questions put to each model": f"{options.limit} of each set (seed {options.seed})"})
    found, answered, bounded = [], [], []
    for name, (articles, path) in SETS.items():
        texts = {file.stem: file.read_text(encoding="utf-8") for file in articles.glob("*.txt")}
        questions = list(read_questions(path, texts).questions)
        paragraphs = sum(text.strip().count("\n\n") for text in texts.values())  # the headline is none
        sizes = {"articles": str(len(texts)), "paragraphs": str(paragraphs)}
        found.append({"set": name, **sizes, **retrieval(articles, questions)})
        chosen = sample(questions, options.limit, options.seed)
        for model in MODELS:
            of = {"set": name, "model": model}
            processes, replies = answering(articles, model, chosen)
            answered += [of | waited(process, replies[process.name]) for process in processes]
            bounded += [of | row for row in limits(processes, replies)]
    tables = [
        markdown_table(list(rows[0]), [list(row.values()) for row in rows]) for rows in (found, answered, bounded)
    ]
    print(*tables, sep="\n\n")
    write_section(SECTION, facts, "\n\n".join(tables))


def answering(articles: Path, model: str, questions: Sequence[Question]) -> tuple[list[PeerProcess], Answers]:
    """The programs, ended, and of each its answers to the questions that can be compared."""
    processes = started(PROGRAMS, articles, model)
    try:
        answers = ask_all(processes, questions)
    finally:
        for process in processes:
            process.close()
    timed = comparable(answers)
    return processes, {name: [replies[number] for number in timed] for name, replies in answers.items()}


def waited(process: PeerProcess, replies: Sequence[dict[str, Any]]) -> dict[str, str]:
    """What a reader waits for with a program: medians."""
    return {
        "program": str(process.ready["name"]),
        "questions": str(len(replies)),
        "prompt tokens": median([reply["prompt_tokens"] for reply in replies], "{:.0f}"),
        "first token": median([reply["first_token_s"] for reply in replies], "{:.2f} s"),
        "in all": median([reply["total_s"] for reply in replies], "{:.2f} s"),
    }


def retrieval(articles: Path, questions: list[Question]) -> dict[str, str]:
    """R@1, R@5 over all answerable questions (by article where they name no spans), and the first evidence's time."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), open_embedder())
        list(library.add(find([articles])))
        assistant = Assistant(library, lambda: sys.exit("not asked"), "none")
        library.warm()
        answerable = [question for question in questions if not question.must_be_refused]
        ranks, paragraphs, times = [], [], []
        for question in track(answerable, "Searching", console=Console(stderr=True)):
            hits = library.search(question.text, 20)
            ranks.append([covers(hit, question) for hit in hits[:5]])
            found = dict.fromkeys(paragraph(library, hit.passage.article_id, hit.passage.end) for hit in hits)
            spans = {paragraph(library, span.article_id, span.end) for span in question.evidence}
            paragraphs.append([place in spans for place in list(found)[:5]])
            began = time.perf_counter()
            growing = assistant.stream(question.text)
            while next(growing).stage != "reading":
                pass
            times.append(time.perf_counter() - began)
            growing.close()  # type: ignore[attr-defined]
        assistant.close()
        library.close()
    with_spans = any(question.evidence for question in answerable)
    return {
        "questions": str(len(answerable)),
        "R@1": share(statistics.mean(rank[0] for rank in ranks)),
        "R@5": share(statistics.mean(any(rank) for rank in ranks)),
        "paragraph R@1": share(statistics.mean(rank[0] for rank in paragraphs)) if with_spans else "–",
        "paragraph R@5": share(statistics.mean(any(rank) for rank in paragraphs)) if with_spans else "–",
        "first evidence": f"{statistics.median(times):.2f} s",
        "p95": f"{statistics.quantiles(times, n=20)[-1]:.2f} s",
    }


def share(part: float) -> str:
    return f"{100 * part:.1f} %"


def paragraph(library: Library, article_id: str, end: int) -> tuple[str, int]:
    """The article and the number of the paragraph in it in which a span ends."""
    return article_id, library.article(article_id).text.count("\n\n", 0, end - 1)


def covers(hit: Hit, question: Question) -> bool:
    """Whether the passage holds a span that proves the answer, or is of the right article where no span is named."""
    passage = hit.passage
    if not question.evidence:
        return passage.article_id in question.articles
    return any(
        span.article_id == passage.article_id and passage.start <= span.start and span.end <= passage.end
        for span in question.evidence
    )


if __name__ == "__main__":
    main()

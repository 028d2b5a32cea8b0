"""What a reader waits for, and how well the right passage is found: Byline beside LangChain's retrieval chain.

``python tests/bench/bench.py [--limit N]`` asks both models, over the articles in ``../shared/xquad-dev`` and the news
stories in ``../shared/articles``, the same questions in turn. R@k is the share of answerable questions of the whole
set whose evidence a passage among the first k covers; for paragraphs, whose evidence lies in one of the first k
paragraphs that the passages come from. Times are medians in seconds, over the questions that every program put to its
language model.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from peers.process import PeerProcess
from rich.console import Console
from rich.progress import track
from rich.table import Table

from index.embedding import SentenceTransformerEmbedder
from index.library import Library
from index.models import find as find_model
from index.reading import find
from index.records import Hit
from qa.assistant import Assistant
from qa.evaluation.question_files import read_questions
from qa.evaluation.questions import Question
from qa.evaluation.running import sample

SHARED = Path(__file__).parents[3] / "shared"
SETS = {
    "xquad-dev": (SHARED / "xquad-dev" / "articles", SHARED / "xquad-dev" / "questions.jsonl"),
    "stories": (SHARED / "articles", Path(__file__).with_name("stories.jsonl")),
}
MODELS = ("0.5b", "1.5b")
PROGRAMS = ("byline", "langchain")
EMBEDDER = "all-MiniLM-L6-v2"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=60, help="questions of each set put to each model")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there; put the question sets beside this checkout.")
    table = Table(
        *(
            "set",
            "model",
            "program",
            "questions",
            "R@1",
            "R@5",
            "prompt tokens",
            "first evidence",
            "first token",
            "in all",
        ),
        box=None,
    )
    for name, (articles, path) in SETS.items():
        texts = {file.stem: file.read_text(encoding="utf-8") for file in articles.glob("*.txt")}
        questions = list(read_questions(path, texts).questions)
        found = retrieval(articles, questions)
        chosen = sample(questions, options.limit, options.seed)
        for model in MODELS:
            everything = asked(articles, model, chosen)
            # A refusal before the language model takes no time to speak of: it must not count as a quick first word.
            written = [i for i in range(len(chosen)) if all(each[i]["llm_calls"] for each in everything.values())]
            for program, every in everything.items():
                replies = [every[i] for i in written]
                mine = found if program == "byline" else {"R@1": "", "R@5": "", "first evidence": ""}
                table.add_row(
                    *(name, model, program, str(len(replies)), mine["R@1"], mine["R@5"]),
                    f"{statistics.median(reply['prompt_tokens'] for reply in replies):.0f}",
                    mine["first evidence"],
                    f"{statistics.median(reply['first_token_s'] for reply in replies):.2f}",
                    f"{statistics.median(reply['total_s'] for reply in replies):.2f}",
                )
    Console(width=150).print(table)


def retrieval(articles: Path, questions: list[Question]) -> dict[str, str]:
    """R@1, R@5 over all questions with evidence (by article where it names no spans), and the first evidence's time."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), SentenceTransformerEmbedder(EMBEDDER, lambda: find_model(EMBEDDER, "embedder")))
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
    if any(question.evidence for question in answerable):
        shares = statistics.mean(rank[0] for rank in paragraphs), statistics.mean(any(rank) for rank in paragraphs)
        print(f"paragraphs: R@1 {shares[0]:.3f}, R@5 {shares[1]:.3f} of {len(paragraphs)} questions")
    return {
        "R@1": f"{statistics.mean(rank[0] for rank in ranks):.3f}",
        "R@5": f"{statistics.mean(any(rank) for rank in ranks):.3f}",
        "first evidence": f"{statistics.median(times):.3f}",
    }


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


def asked(articles: Path, model: str, questions: list[Question]) -> dict[str, list[dict[str, Any]]]:
    """What each program replied; the one asked first changes from question to question."""
    logs = Path(tempfile.mkdtemp(prefix="bench-"))
    processes = [
        PeerProcess(
            program,
            Path(sys.executable if program == "byline" else ".venv-peers/bin/python"),
            articles=articles,
            embedder=find_model(EMBEDDER, "embedder"),
            model=find_model(model, "llm"),
            threads=os.cpu_count() or 1,
            log=logs / f"{program}.log",
        )
        for program in PROGRAMS
    ]
    replies: dict[str, list[dict[str, Any]]] = {program: [] for program in PROGRAMS}
    for number, question in enumerate(track(questions, f"Asking {model}", console=Console(stderr=True))):
        for process in processes[:: 1 if number % 2 else -1]:
            replies[process.name].append(process.ask(question.text))
    for process in processes:
        process.close()
    return replies


if __name__ == "__main__":
    main()

"""Fits the confidence of answers: ``python tests/bench/fit_confidence.py ARTICLES QUESTIONS.jsonl [--collect MODEL]``.

``--collect`` asks one language model every question, refusing none, and keeps what its answers say of themselves in
``TRAITS.jsonl``; this takes long and goes on where it was stopped. Without it, everything collected is fitted: on the
questions about every other article, with the report on the rest. Writes ``qa/confidence_model.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.library import Library
from index.models import find as find_model
from index.reading import find
from qa.answerability import THRESHOLD as GATE
from qa.answerability import answerable, signs
from qa.assistant import Assistant
from qa.confidence import MODEL, QUOTED_BELOW, THRESHOLD, Traits
from qa.evaluation.confidence import calibration, expected_calibration_error
from qa.evaluation.judging import holds_answer
from qa.evaluation.question_files import read_questions
from qa.evidence import Nearness
from qa.llm import LlamaCpp
from qa.records import Answer
from qa.regression import Regression
from qa.states import StateStore
from ui.commands.chosen import open_embedder, open_speeds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--collect", help="a language model to ask")
    parser.add_argument("--traits", type=Path, default=Path("traits.jsonl"), help="what was collected")
    options = parser.parse_args()
    if options.collect:
        collect(options.articles, options.questions, options.collect, options.traits)
    else:
        fit([json.loads(line) for line in options.traits.read_text(encoding="utf-8").splitlines()])


def collect(articles: Path, questions: Path, model: str, traits: Path) -> None:
    """Asks the model every question not yet in the file."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in articles.glob("*.txt")}
    order = sorted(texts)
    lines = traits.read_text(encoding="utf-8").splitlines() if traits.exists() else []
    known = {(line["model"], line["id"]) for line in map(json.loads, lines)}
    with tempfile.TemporaryDirectory() as folder, traits.open("a", encoding="utf-8") as kept:
        library = Library(Path(folder), open_embedder())
        list(library.add(find([articles])))
        file, threads = open_speeds().how(find_model(model, "llm"))
        states = StateStore(Path(folder) / "states")
        assistant = Assistant(library, lambda: LlamaCpp(file, states, threads), model, reads_ahead=False)
        for question in track(read_questions(questions, texts).questions, f"Asking {model}"):
            if (model, question.id) in known:
                continue
            hits = library.search(question.text)
            *_, answer = assistant.stream(question.text, anyway=True)
            article = (list(question.articles) or [hits[0].passage.article_id])[0]
            line = {
                "model": model,
                "id": question.id,
                "half": order.index(article) % 2,
                "answerable": not question.must_be_refused,
                "right": not question.must_be_refused and holds_answer(question, answer.text),
                "before": answerable(signs(hits, Nearness(question.text, library.rarity))),
                "quotation right": not question.must_be_refused and holds_answer(question, quotation(answer)),
                "text": answer.text,
                "traits": asdict(answer.traits) if answer.traits else None,
            }
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            kept.flush()
        assistant.close()
        library.close()


def quotation(answer: Answer) -> str:
    """The sentence that would stand in the answer's place."""
    cited = [number for sentence in answer.sentences for number in sentence.citations]
    return answer.citation(cited[0]).quote if cited else ""


def fit(lines: list[dict[str, Any]]) -> None:
    """Fits on one half, writes the coefficients and reports on both."""
    lines = [line for line in lines if line["traits"]]
    x = np.array([[line["traits"][name] for name in Traits.__dataclass_fields__] for line in lines])
    right, half = (np.array([line[name] for line in lines]) for name in ("right", "half"))
    fitted = LogisticRegression(C=3).fit(x[half == 0], right[half == 0])
    Regression(fitted.intercept_[0], dict(zip(Traits.__dataclass_fields__, fitted.coef_[0], strict=True))).write(MODEL)
    probability = fitted.predict_proba(x)[:, 1]
    with printed_section("The confidence's coefficients", {"answers": len(lines), "fitted on": int((half == 0).sum())}):
        print(MODEL.read_text(encoding="utf-8"))
        for llm in sorted({line["model"] for line in lines}):
            for part, number in (("fitted on", 0), ("held out", 1)):
                chosen = [i for i, line in enumerate(lines) if line["model"] == llm and line["half"] == number]
                report(f"{llm}, {part}", [lines[i] for i in chosen], probability[chosen])


def report(part: str, lines: list[dict[str, Any]], probability: np.ndarray) -> None:
    """Prints how well confidence tells the answers apart, what each threshold refuses, and what a confidence is worth.

    What the gate before the language model refuses counts as refused throughout.
    """
    names = ("right", "quotation right", "answerable", "before")
    right, quoted, can, before = (np.array([line[name] for line in lines]) for name in names)
    shown = np.where(probability < QUOTED_BELOW, quoted, right)
    print(
        f"{part}: {can.sum()} answerable ({right[can].mean():.3f} right), {(~can).sum()} near misses; "
        f"AUROC right {roc_auc_score(right, probability):.3f}, answerable {roc_auc_score(can, probability):.3f}"
    )
    for threshold in sorted({0.1, 0.2, 0.3, 0.4, 0.5, THRESHOLD}):
        refused = (before < GATE) | (probability < threshold)
        print(
            f"  threshold {threshold:.2f}: refused {refused[can].mean():.3f} answerable, "
            f"{refused[~can].mean():.3f} near misses; of the other answers {right[can & ~refused].mean():.3f} right, "
            f"{shown[can & ~refused].mean():.3f} with quotations for the doubtful"
        )
    given = (before >= GATE) & (probability >= THRESHOLD)
    rows = np.column_stack((probability[given], right[given]))
    print(f"  expected calibration error of the answers given: {expected_calibration_error(rows):.3f}")
    for level in calibration(rows):
        print(f"    confidence {level.confidence:.2f}: {level.accuracy:.2f} of {level.n} right")


if __name__ == "__main__":
    main()

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
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.embedding import SentenceTransformerEmbedder
from index.library import Library
from index.models import find as find_model
from index.reading import find
from qa.answerability import answerable, signs
from qa.assistant import Assistant
from qa.confidence import MODEL, THRESHOLD, Traits
from qa.evaluation.judging import holds_answer
from qa.evaluation.question_files import read_questions
from qa.llm import LlamaCpp
from qa.states import StateStore
from ui.commands.chosen import open_speeds

EMBEDDER = "all-MiniLM-L6-v2"


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
        library = Library(Path(folder), SentenceTransformerEmbedder(EMBEDDER, lambda: find_model(EMBEDDER, "embedder")))
        list(library.add(find([articles])))
        path = find_model(model, "llm")
        speed = open_speeds().get(path)
        file = path.with_name(speed.file) if speed else path
        assistant = Assistant(library, lambda: LlamaCpp(file, StateStore(Path(folder) / "states")), model, False)
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
                "before": answerable(signs(question.text, hits, library.rarity)),
                "text": answer.text,
                "traits": asdict(answer.traits) if answer.traits else None,
            }
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            kept.flush()
        assistant.close()
        library.close()


def fit(lines: list[dict[str, Any]]) -> None:
    """Fits on one half, writes the coefficients and reports on both."""
    lines = [line for line in lines if line["traits"]]
    names = list(Traits.__dataclass_fields__)
    x = np.array([[line["traits"][name] for name in names] for line in lines])
    right, can, half = (np.array([line[name] for line in lines]) for name in ("right", "answerable", "half"))
    fitted = LogisticRegression(C=3).fit(x[half == 0], right[half == 0])
    weights = {name: round(float(weight), 4) for name, weight in zip(names, fitted.coef_[0], strict=True)}
    model = {"intercept": round(float(fitted.intercept_[0]), 4), "weights": weights}
    MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(model))
    probability = fitted.predict_proba(x)[:, 1]
    for llm in sorted({line["model"] for line in lines}):
        asked = np.array([line["model"] == llm for line in lines])
        for part, chosen in (("fitted on", asked & (half == 0)), ("held out", asked & (half == 1))):
            yes, no = chosen & can, chosen & ~can
            print(
                f"{llm}, {part}: {yes.sum()} answerable ({right[yes].mean():.3f} right), {no.sum()} near misses; "
                f"AUROC right {roc_auc_score(right[chosen], probability[chosen]):.3f}, "
                f"answerable {roc_auc_score(can[chosen], probability[chosen]):.3f}"
            )
            for threshold in sorted({0.1, 0.2, 0.3, 0.4, 0.5, THRESHOLD}):
                kept = yes & (probability >= threshold)
                wrongly, rightly = np.mean(probability[yes] < threshold), np.mean(probability[no] < threshold)
                print(
                    f"  threshold {threshold:.2f}: refused {wrongly:.3f} answerable, {rightly:.3f} near misses; "
                    f"{right[kept].mean():.3f} of the other answers right"
                )


if __name__ == "__main__":
    main()

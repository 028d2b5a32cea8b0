"""Fits the gate that refuses questions: ``python tests/bench/fit_answerability.py ARTICLES QUESTIONS.jsonl``.

Fits on the questions about every other article, reports on the rest, and writes the coefficients, fitted on the
first part alone, to ``qa/confidence/answerability_model.json``. A question without an
article counts to that of its best hit.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

import numpy as np
from results import printed_section
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.library import Library
from index.reading.files import find
from qa.confidence.answerability import MODEL, THRESHOLD, Signs, signs
from qa.confidence.regression import Regression
from qa.evidence.selecting import Nearness
from ui.commands.chosen import open_embedder


def main(articles: Path, questions: Path) -> None:
    asked = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), open_embedder())
        list(library.add(find([articles])))
        order = sorted(article.id for article in library.articles())
        rows, labels, groups = [], [], []
        for question in asked:
            hits = library.search(question["question"])
            rows.append(astuple(signs(hits, Nearness(question["question"], library.rarity))))
            labels.append(question["kind"] != "unanswerable")
            groups.append(order.index((question.get("articles") or [hits[0].passage.article_id])[0]))
        library.close()
    x, y, fit = np.array(rows), np.array(labels), np.array(groups) % 2 == 0
    fitted = LogisticRegression(C=3, class_weight="balanced").fit(x[fit], y[fit])
    Regression(fitted.intercept_[0], dict(zip(Signs.__dataclass_fields__, fitted.coef_[0], strict=True))).write(MODEL)
    with printed_section("The gate's coefficients", {"questions": len(y), "fitted on": int(fit.sum())}):
        print(MODEL.read_text(encoding="utf-8"))
        report(fitted, x, y, fit)


def report(fitted: LogisticRegression, x: np.ndarray, y: np.ndarray, fit: np.ndarray) -> None:
    """Prints how well the gate tells the questions apart, and what each threshold would refuse."""
    probability = fitted.predict_proba(x)[:, 1]
    for part, chosen in (("fitted on", fit), ("held out", ~fit)):
        yes, no = probability[chosen & y], probability[chosen & ~y]
        auroc = roc_auc_score(y[chosen], probability[chosen])
        print(f"{part}: {len(yes)} answerable, {len(no)} near misses, AUROC {auroc:.3f}")
        for threshold in sorted({0.1, 0.2, THRESHOLD, 0.3, 0.4, 0.5, 0.6, 0.7}):
            wrongly, rightly = np.mean(yes < threshold), np.mean(no < threshold)
            print(f"  threshold {threshold:.2f}: refused {wrongly:.3f} answerable, {rightly:.3f} near misses")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Fits the judge's coefficients on labelled claims and reports how they do on claims they were not fitted on.

    python tests/bench/fit_support.py CLAIMS.jsonl EMBEDDER_FOLDER [--write]

CLAIMS.jsonl holds one object a line: ``id``, ``claim``, ``evidence`` (sentences) and ``label`` (supported,
partially_supported or not_supported). Rows of one id are one claim with several pieces of evidence; its score is the
highest of them, in fitting the thresholds and in every figure. Folds never part the rows of a claim.

Every reported figure is cross-validated: coefficients, calibration and thresholds come from the other folds,
repeated with ten shuffles. ``--write`` then fits on all claims and writes qa/support/support_model.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from remembered import RememberedEmbedder
from results import printed_section
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, brier_score_loss, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from index.embedding.embedder import SentenceTransformerEmbedder
from qa.support.facts.differences import differences
from qa.support.facts.overlap import Overlap, clauses
from qa.support.features import Likeness, features
from qa.support.judge import MODEL

STRENGTH = 0.01
"""Inverse regularisation of standardised features (scikit-learn's C): strong, for few claims and features alike."""
SHUFFLES = 10
FOLDS = 5
LABELS = ("not_supported", "partially_supported", "supported")


class Table:
    """Labelled rows as arrays."""

    def __init__(self, path: Path, embedder: RememberedEmbedder) -> None:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        texts = {row["claim"] for row in rows} | {s for row in rows for s in row["evidence"]}
        embedder.embed(sorted(texts | {clause for row in rows for clause in clauses(row["claim"])}))
        self.values = []
        self.differ = []
        self.cosine = []
        for row in rows:
            overlap = Overlap(row["claim"], tuple(row["evidence"]))
            found = differences(overlap)
            likeness = Likeness.of(overlap, embedder)
            self.values.append(features(overlap, found, likeness))
            self.differ.append(bool(found))
            self.cosine.append(float(likeness.sentences.max()))
        self.names = list(self.values[0])
        self.x = np.array([[value[name] for name in self.names] for value in self.values])
        self.overlap = np.array([value["covered"] for value in self.values])
        self.differ = np.array(self.differ)
        self.ids = np.array([row["id"] for row in rows])
        self.label = np.array([LABELS.index(row["label"]) for row in rows])


def highest(ids: np.ndarray, scores: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The highest score and the label of each claim."""
    unique, place = np.unique(ids, return_inverse=True)
    top = np.full(len(unique), -np.inf)
    np.maximum.at(top, place, scores)
    label = np.zeros(len(unique), dtype=int)
    label[place] = labels
    return top, label


def threshold(scores: np.ndarray, positive: np.ndarray) -> float:
    """The score that parts the two classes with the best balanced accuracy: the median of that of 100 resamples.

    On a few hundred claims the best score of the very sample mostly fits its noise.
    """
    rng = np.random.default_rng(0)
    candidates = np.linspace(0.02, 0.9, 177)
    best = []
    for _ in range(100):
        drawn = rng.integers(len(scores), size=len(scores))
        above = scores[drawn, None] >= candidates
        gain = above[positive[drawn]].mean(axis=0) - above[~positive[drawn]].mean(axis=0)
        best.append(candidates[gain.argmax()])
    return float(np.median(best))


class Fit:
    """Coefficients, calibration and thresholds from some rows of the table."""

    def __init__(self, table: Table, rows: np.ndarray) -> None:
        x, ids, label = table.x[rows], table.ids[rows], table.label[rows]
        self.coefficients, self.intercept = self._regress(x, label == 2)
        held_out = np.zeros(len(rows))  # calibrated on scores of claims that were not fitted
        for train, test in StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0).split(x, label, ids):
            weights, intercept = self._regress(x[train], label[train] == 2)
            held_out[test] = x[test] @ weights + intercept
        logits, labels = highest(ids, held_out, label)
        calibration = LogisticRegression(C=1e6).fit(logits[:, None], labels == 2)
        slope = float(calibration.coef_[0, 0])
        self.coefficients = self.coefficients * slope
        self.intercept = self.intercept * slope + float(calibration.intercept_[0])
        scores = 1 / (1 + np.exp(-(logits * slope + float(calibration.intercept_[0]))))
        free, _ = highest(ids, (~table.differ[rows]).astype(float), label)  # of different facts, in one row at least
        self.supported = threshold(scores * free, labels == 2)
        self.partly = min(threshold(scores, labels >= 1), self.supported)

    @staticmethod
    def _regress(x: np.ndarray, positive: np.ndarray) -> tuple[np.ndarray, float]:
        mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
        model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((x - mean) / scale, positive)
        weights = model.coef_[0] / scale
        return weights, float(model.intercept_[0] - weights @ mean)

    def score(self, x: np.ndarray, differ: np.ndarray) -> np.ndarray:
        """Scores as the judge gives them: a different fact keeps one below the threshold."""
        scores = 1 / (1 + np.exp(-(x @ self.coefficients + self.intercept)))
        return np.where(differ, self.supported * scores, scores)


def report(table: Table) -> None:
    """Prints the cross-validated figures, and those of cosine and overlap alone."""
    figures: dict[str, list[list[float]]] = {"judge": [], "cosine only": [], "overlap only": []}
    for seed in range(SHUFFLES):
        scores = {name: np.zeros(len(table.ids)) for name in figures}
        verdicts = {name: np.zeros(len(table.ids)) for name in figures}
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed + 1)
        for train, test in folds.split(table.x, table.label, table.ids):
            fit = Fit(table, train)
            scores["judge"][test] = fit.score(table.x[test], table.differ[test])
            verdicts["judge"][test] = scores["judge"][test] >= fit.supported
            for name, alone in (("cosine only", np.array(table.cosine)), ("overlap only", table.overlap)):
                top, label = highest(table.ids[train], alone[train], table.label[train])
                scores[name][test] = alone[test]
                verdicts[name][test] = alone[test] >= threshold(top, label == 2)
        for name, runs in figures.items():
            top, label = highest(table.ids, scores[name], table.label)
            said, _ = highest(table.ids, verdicts[name], table.label)
            brier = brier_score_loss(label == 2, top) if name == "judge" else float("nan")
            runs.append([roc_auc_score(label == 2, top), balanced_accuracy_score(label == 2, said), brier])
    claims = len(np.unique(table.ids))
    print(f"{claims} claims, {FOLDS}-fold cross-validation by claim, {SHUFFLES} shuffles (mean ± spread)")
    print(f"{'':14}{'AUROC':>14}{'balanced acc.':>16}{'Brier':>8}")
    for name, runs in figures.items():
        (auroc, balanced, brier), spread = np.mean(runs, axis=0), np.std(runs, axis=0)
        last = "" if np.isnan(brier) else f"{brier:8.3f}"
        print(f"{name:14}{auroc:8.3f} ±{spread[0]:.3f}{balanced:10.3f} ±{spread[1]:.3f}{last}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    parser.add_argument("embedder", type=Path)
    parser.add_argument(
        "--write", action="store_true", help="fit on all claims and write qa/support/support_model.json"
    )
    options = parser.parse_args()
    embedder = SentenceTransformerEmbedder(options.embedder.name, lambda: options.embedder)
    table = Table(options.claims, RememberedEmbedder(embedder))
    with printed_section("The judge's coefficients", {"claims": len(np.unique(table.ids)), "shuffles": SHUFFLES}):
        fit = fitted(table)
    if options.write:
        model = {
            "intercept": round(fit.intercept, 5),
            "weights": {n: round(float(w), 5) for n, w in zip(table.names, fit.coefficients, strict=True)},
            "supported": round(fit.supported, 4),
            "partly": round(fit.partly, 4),
        }
        MODEL.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")


def fitted(table: Table) -> Fit:
    """The fit on all claims, printed after the cross-validated figures."""
    report(table)
    fit = Fit(table, np.arange(len(table.ids)))
    for name, weight, scale in zip(table.names, fit.coefficients, table.x.std(axis=0), strict=True):
        print(f"  {name:20} {weight * scale:+.3f} per standard deviation")
    print(f"  supported from {fit.supported:.3f}, partly from {fit.partly:.3f}")
    return fit


if __name__ == "__main__":
    main()

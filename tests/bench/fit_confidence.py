"""Fits how probable it is that the articles answer a question, once an answer is written (qa/confidence/answer.py).

    python tests/bench/ask_sets.py FOLDER [--questions FILE] --always --model MODEL --out ANSWERS.jsonl
    python tests/bench/fit_confidence.py FOLDER=ANSWERS.jsonl... [--reported FOLDER=ANSWERS.jsonl...] [--write]

A third of each set, by story or article, is not fitted on, nor are the sets to be reported; of both it prints the AUROC
and what each threshold costs. Of public sets those articles are left out on which the finding was fitted (see
fit_finding.py); of sets of news it was fitted on all, so that only the sets reported tell how well this is told.
Answers of several models may be given. Fitted once with what the model had in mind, and once without, for models of
which that is not told.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from library_questions import is_fitted_on, is_public, part
from results import printed_section
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from qa.confidence.answer import MODEL, MODEL_IN_MIND, Traits
from qa.confidence.regression import Regression

NEWS = 2.0
"""What a set of news counts, beside others: most of what is asked is about news. Chosen by eye."""
NAMES = list(Traits.__dataclass_fields__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", nargs="+", help="the folder of a set, and its answers: FOLDER=ANSWERS.jsonl")
    parser.add_argument("--reported", nargs="*", default=[], help="the same of sets that are not fitted on")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    lines = [line for given in options.answers for line in lines_of(*map(Path, given.split("=")))]
    told_of = [line for given in options.reported for line in lines_of(*map(Path, given.split("=")))]
    lines += [{**line, "part": 1} for line in told_of]
    without = [name for name in NAMES if name != "in_mind"]
    with printed_section("The confidence's coefficients", {"answers": len(lines)}):
        for path, names in ((MODEL, without), (MODEL_IN_MIND, NAMES)):
            told = [line for line in lines if all(line["traits"].get(name) is not None for name in names)]
            print(f"{path.stem}: {len(told)} answers")
            found = fit(told, names)
            print(found)
            if options.write:
                found.write(path)


def fit(lines: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Regression:
    """The regression of the traits of these names; prints how well it tells what was not fitted on."""
    values = np.array([[line["traits"][name] for name in names] for line in lines])
    right = np.array([line["answerable"] for line in lines])
    sets = np.array([line["set"] for line in lines])
    apart = np.array([line["part"] for line in lines]) == 1
    # Of each set its answerable questions count as much as the others.
    news = np.array([NEWS if line["is_news"] else 1.0 for line in lines])
    weights = news / np.array([((sets == s) & (right == r)).sum() for s, r in zip(sets, right, strict=True)])
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit(values[~apart], right[~apart], sample_weight=weights[~apart] / weights[~apart].mean())
    probable = model.predict_proba(values)[:, 1]
    for name in (*dict.fromkeys(sets), "all"):
        some = apart & ((sets == name) | (name == "all"))
        print(f"{name}: {some.sum()} not fitted on, AUROC {roc_auc_score(right[some], probable[some]):.3f}")
        for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            refused = probable[some] < threshold
            print(
                f"  below {threshold:.2f}: {refused[right[some]].mean():.3f} of the answerable, "
                f"{refused[~right[some]].mean():.3f} of the others"
            )
    return Regression(float(model.intercept_[0]), dict(zip(names, model.coef_[0], strict=True)))


def lines_of(folder: Path, answers: Path) -> list[dict[str, Any]]:
    """The traits of the answers that were written, with what is known of their questions."""
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    files = [folder / "questions.jsonl", *folder.glob("unanswered.jsonl")]
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    questions = {question["id"]: question for question in lines}
    public = is_public(lines)
    found = []
    for line in answers.read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        question = questions[answer["id"]]
        if answer["traits"] and not (public and is_fitted_on(question, names)):
            found.append(
                {
                    "set": folder.name,
                    "part": part(question),
                    "is_news": not public,
                    "answerable": question["kind"] not in ("unanswerable", "falsepremise"),
                    "traits": answer["traits"],
                }
            )
    return found


if __name__ == "__main__":
    main()

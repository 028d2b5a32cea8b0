"""Fits how probable it is that the articles answer a question, once an answer is written (qa/confidence/answer.py).

    python tests/bench/fit_confidence.py --collect MODEL [--own 200] [--shared FOLDER...]   asks, and keeps the traits
    python tests/bench/fit_confidence.py                                                    fits what was collected

Asked are our own questions that the reader was not fitted on, and every other article's of sets given with
``--shared``. Fits on two thirds, reports on the rest: AUROC, and what each threshold costs.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from ask_sets import asked
from own_questions import pairs, write_articles
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_reader import is_fitted_on

import qa.assistant
from index.library import Library
from index.models.local import find as find_model
from index.reading.files import find
from qa.assistant import Assistant
from qa.confidence.answer import MODEL, Traits
from qa.confidence.regression import Regression
from qa.llm.speed import load
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from ui.commands.chosen import open_embedder, open_speeds

NAMES = list(Traits.__dataclass_fields__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collect", help="a language model to ask")
    parser.add_argument("--own", type=int, default=200)
    parser.add_argument("--each", type=int, default=80, help="questions of each further set")
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--traits", type=Path, default=Path("traits.jsonl"))
    options = parser.parse_args()
    if options.collect:
        collect(options)
    else:
        fit([json.loads(line) for line in options.traits.read_text(encoding="utf-8").splitlines()])


def collect(options: argparse.Namespace) -> None:
    """Asks every question, refusing none before the model has written, and keeps what its answers say of themselves."""
    qa.assistant.NOT_ASKED_BELOW = 0.0
    draw = random.Random(3)
    own = [pair for pair, _ in pairs() if not is_fitted_on(pair)]
    jobs: list[tuple[str, list[dict[str, Any]]]] = [
        (
            "own",
            [
                {"id": f"{p.id} {p.question}", "question": p.question, "kind": p.kind, "answerable": p.answerable}
                for p in draw.sample(own, min(options.own, len(own)))
            ],
        )
    ]
    for folder in options.shared:
        lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        every = [json.loads(line) for line in lines]
        half = set(sorted(path.stem for path in (folder / "articles").iterdir())[::2])
        some = [q for q in every if (q["articles"] or [q.get("near")])[0] in half or q["kind"] == "unanswerable"]
        wrong = [q for q in some if q["kind"] == "unanswerable"]
        right = [q for q in some if q["kind"] != "unanswerable"]
        drawn = draw.sample(right, min(options.each // 2, len(right))) + draw.sample(wrong, options.each // 2)
        jobs.append((str(folder), [{**q, "answerable": q["kind"] != "unanswerable"} for q in drawn]))
    for name, questions in jobs:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "articles"
            if name == "own":
                write_articles(folder)
            library = Library(Path(temporary) / "library", open_embedder())
            for _ in library.add(find([folder if name == "own" else Path(name) / "articles"])):
                pass
            model, states = find_model(options.collect, "llm"), StateStore(Path(temporary) / "states")
            assistant = Assistant(
                library,
                lambda model=model, states=states: load(model, open_speeds(), states),
                options.collect,
                reads_ahead=False,
                load_reader=lambda: open_reader(find_model(MADE_FROM, "llm")),
            )
            for question in track(questions, description=name):
                answer = asked(assistant, question)
                if answer.traits:
                    kept = {
                        "set": Path(name).name,
                        "model": options.collect,
                        "id": question["id"],
                        "kind": question["kind"],
                        "answerable": question["answerable"],
                        "traits": {trait: getattr(answer.traits, trait) for trait in NAMES},
                        "text": answer.text,
                    }
                    with options.traits.open("a", encoding="utf-8") as out:
                        out.write(json.dumps(kept, ensure_ascii=False) + "\n")
            assistant.close()


def fit(lines: list[dict[str, Any]]) -> None:
    """Fits, reports and writes the coefficients."""
    random.Random(0).shuffle(lines)
    values = np.array([[line["traits"][name] for name in NAMES] for line in lines])
    right = np.array([line["answerable"] for line in lines])
    sets = np.array([line["set"] for line in lines])
    # Each set counts as much as another, and of each its answerable questions as much as the others.
    weights = np.array([1 / ((sets == s) & (right == r)).sum() for s, r in zip(sets, right, strict=True)])
    kept = np.arange(len(lines)) % 3 != 0
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit(values[kept], right[kept], sample_weight=weights[kept] / weights[kept].mean())
    probable = model.predict_proba(values)[:, 1]
    for name in (*sorted(set(sets)), "all"):
        some = ~kept & ((sets == name) | (name == "all"))
        print(f"{name}: {some.sum()} not fitted on, AUROC {roc_auc_score(right[some], probable[some]):.3f}")
        for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            refused = probable[some] < threshold
            print(
                f"  below {threshold:.2f}: {refused[right[some]].mean():.3f} of the answerable, "
                f"{refused[~right[some]].mean():.3f} of the others"
            )
    found = Regression(float(model.intercept_[0]), dict(zip(NAMES, model.coef_[0], strict=True)))
    print(found)
    found.write(MODEL)


if __name__ == "__main__":
    main()

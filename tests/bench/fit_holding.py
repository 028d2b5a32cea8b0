"""Fits how probably the articles answer a question, by the second reading (qa/evidence/rereading.py).

    python tests/bench/fit_holding.py FOLDER[:N]... --replays FOLDER [--reported FOLDER[:N]...] [--model 1.5b...]
        [--in-mind FILE] [--write]

Every question of the sets, also those of ``unanswered.jsonl``, is searched and read as when it is asked; of a set so
many are drawn, or all. What the models say is kept in the folder ``--replays``, by set, as ``ask_sets.py --remembered``
keeps it. Of public sets every other article is fitted on. What is reported of each fold of stories is told by what was
fitted on the others, with what each threshold costs; ``--reported`` sets are never fitted on. Two seconds a
question on two cores for the 1.5B model.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ask_sets import library_of_set, remembering
from library_questions import FOLDS, about, fold_of, is_answerable, is_public, questions_by_file, searched_for
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

import qa.confidence.in_mind
from index.models.local import find_model
from qa.assistant import ANSWERED_FROM, MAYBE_FROM
from qa.confidence.regression import Regression
from qa.evidence.finding import finding
from qa.evidence.repeats import distinct
from qa.evidence.rereading import MODEL_HELD, read_likeliest, signs_of_holding
from qa.evidence.selecting import Nearness
from qa.llm.halt import Halt
from qa.text.orders.finding import without_orders

NEWS = 2.0
"""What a set of news counts, beside others: most of what is asked is about news. Chosen by eye."""


@dataclass(frozen=True)
class Read:
    """A question of a set, and what both readings made of it."""

    set: str
    model: str
    is_news: bool
    group: str
    answerable: bool
    apart: bool
    signs: dict[str, float]

    @property
    def fold(self) -> int:
        return fold_of(f"{self.set} {self.group}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--reported", nargs="*", default=[])
    parser.add_argument("--replays", type=Path, required=True)
    parser.add_argument("--model", nargs="*", default=["1.5b"])
    parser.add_argument("--in-mind", type=Path, help="coefficients by fit_in_mind.py, not fitted on these sets")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    if options.in_mind:
        qa.confidence.in_mind.COEFFICIENTS = options.in_mind
    fitted_on = {Path(given.partition(":")[0]).name for given in options.folders}
    every = [
        one
        for model in options.model
        for given in (*options.folders, *options.reported)
        for one in read(given, model, options.replays)
    ]
    with printed_section("Holding", {"models": ", ".join(options.model), "questions": len(every)}):
        fits = [one.set in fitted_on and not one.apart for one in every]
        held = fit(every, fits)
        print(held)
    if options.write:
        held.write(MODEL_HELD)


def read(given: str, name: str, replays: Path) -> Iterator[Read]:
    """The questions of a set, searched and read."""
    at, _, most = given.partition(":")
    folder = Path(at)
    questions = [question for of_file in questions_by_file(folder) for question in of_file]
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    public = is_public(questions)
    if most and int(most) < len(questions):
        questions = random.Random(1).sample(questions, int(most))
    library = library_of_set(folder, replays / folder.name)
    model, reader = remembering(find_model(name, "llm"), replays / folder.name, replays / f"{folder.name}.sqlite")
    for question in track(questions, description=folder.name):
        searched = searched_for(question, library)
        hits = library.search(searched, 100)
        best = without_orders(distinct(hits, 16))
        found = finding(searched, best, hits, Nearness(searched, library.rarity), reader, library)
        again = read_likeliest(model, found, searched, Halt())
        if again:
            surest = max(of.section.answers for of in again.values())
            first = found.best.article_id
            yield Read(
                folder.name,
                name,
                not public,
                first if public else about(question),
                is_answerable(question),
                public and first in names and names.index(first) % 2 == 1,
                signs_of_holding(surest),
            )
    model.close()


def fit(every: Sequence[Read], fitted_on: Sequence[bool]) -> Regression:
    """The weights of what tells that a question is answered; prints how well they tell it."""
    names = list(every[0].signs)
    values = np.array([[one.signs[name] for name in names] for one in every])
    right, fits = np.array([one.answerable for one in every]), np.array(fitted_on)
    kinds = [(one.set, one.answerable) for one in every]
    counts = Counter(kind for kind, fit in zip(kinds, fits, strict=True) if fit)
    # Of each set its answerable questions count as much as the others.
    weights = np.array(
        [(NEWS if one.is_news else 1) / max(1, counts[kind]) for one, kind in zip(every, kinds, strict=True)]
    )
    folds = np.array([one.fold for one in every])

    def fitted(some: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=1.0).fit(
            values[some], right[some], sample_weight=weights[some] / weights[some].mean()
        )

    probable = np.zeros(len(every))
    for fold in range(FOLDS):
        probable[folds == fold] = fitted(fits & (folds != fold)).predict_proba(values[folds == fold])[:, 1]
    whole = fitted(fits)
    probable[~fits] = whole.predict_proba(values[~fits])[:, 1]
    for kind in dict.fromkeys((one.model, one.set, fit) for one, fit in zip(every, fitted_on, strict=True)):
        some = np.array([(one.model, one.set, fit) == kind for one, fit in zip(every, fitted_on, strict=True)])
        if 0 < right[some].sum() < some.sum():
            model, name, is_fitted = kind
            print(
                f"{name}, {model}, {'by folds' if is_fitted else 'not fitted on'}: "
                f"{some.sum()}, AUROC {roc_auc_score(right[some], probable[some]):.3f}"
            )
            for threshold in (MAYBE_FROM, 0.15, 0.2, ANSWERED_FROM, 0.3, 0.35, 0.4, 0.5):
                below = probable[some] < threshold
                print(
                    f"  below {threshold:.2f}: {below[right[some]].mean():.3f} of the answerable, "
                    f"{below[~right[some]].mean():.3f} of the others"
                )
    return Regression(float(whole.intercept_[0]), dict(zip(names, whole.coef_[0], strict=True)))


if __name__ == "__main__":
    main()

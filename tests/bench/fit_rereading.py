"""Fits what the first and the second reading of a sentence weigh (qa/evidence/rereading.py), on sets of questions.

    python tests/bench/fit_rereading.py FOLDER[:N]... --kept FOLDER [--fitted NAME...] [--model 1.5b] [--write]

Of every question, or of so many drawn as ``ask_sets.py`` draws them, the likeliest sections are read again, as when it
is asked; of public sets, whose evidence is given by offsets, those that the reader was not fitted on. ``--kept`` has or
gets a library and what the models said for each set, as ``ask_sets.py`` keeps them. Fitted is on the sets named, of
desk on its half "a", of others on two thirds of their stories; reported is how often the likeliest sentence proves the
answer, of all else. How probably a question is answered is fitted on all questions of these sets and of ``--held``,
of which what is reported of that is no proof.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ask_sets import remembering
from fit_finding import is_fitted_on, part, proves
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.library import Library
from index.models.local import find as find_model
from index.reading.files import find
from qa.confidence.regression import Regression, log_odds
from qa.evidence.finding import Finding, finding
from qa.evidence.repeats import distinct
from qa.evidence.rereading import MODEL, MODEL_HELD, MOST, Again, of_section, signs_of, signs_of_holding
from qa.evidence.selecting import Candidate, Nearness, Place
from qa.llm.halt import Halt
from qa.question.followups import standalone
from qa.question.spelling import respelled
from qa.reader.second import prompt_of
from qa.records import Turn
from qa.text.orders import without_orders
from ui.commands.chosen import open_embedder


@dataclass(frozen=True)
class Reread:
    """A question, what was found for it, what a second reading made of it, and which sentences prove its answer."""

    set: str
    question: dict[str, Any]
    found: Finding
    again: dict[Place, Again]
    proves: frozenset[Place]

    @property
    def is_answerable(self) -> bool:
        return self.question["kind"] not in ("unanswerable", "falsepremise")

    def scores(self, weigh: Regression) -> list[float]:
        """The log odds of each sentence by both readings, where it was read twice."""

        def score(each: Candidate) -> float:
            of = self.again.get(each.place)
            return log_odds(weigh.probability(signs_of(each, of)), 1e-6) if of else each.score

        return [score(each) for each in self.found.candidates]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--fitted", nargs="*", default=["desk"])
    parser.add_argument("--held", nargs="*", default=["clapnq-dev"], help="sets that tell besides what is answered")
    parser.add_argument("--most", type=int, default=MOST, help="sections read again")
    parser.add_argument("--out", type=Path, help="where to keep what was read")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    every = [one for folder in options.folders for one in read(folder, options.model, options.kept, options.most)]
    if options.out:
        options.out.write_bytes(pickle.dumps(every))
    some = [one for one in every if one.set in options.fitted and part(one.question) == 0]
    with printed_section(f"Both readings, {options.model}", {"sections read again": options.most}):
        weigh = fit(some)
        print(weigh)
        for name in dict.fromkeys(one.set for one in every):
            report(name, [one for one in every if one.set == name and not any(one is other for other in some)], weigh)
        held = fit_held([one for one in every if one.set in (*options.fitted, *options.held)], weigh)
        print(held)
        for name in dict.fromkeys(one.set for one in every):
            report_held(name, [one for one in every if one.set == name], weigh, held)
    if options.write:
        weigh.write(MODEL)
        held.write(MODEL_HELD)


def read(given: str, name: str, kept: Path, most: int) -> Iterator[Reread]:
    """The questions of a set, read twice."""
    folder, limit = Path(given.partition(":")[0]), int(given.partition(":")[2] or 0)
    library = Library(kept / folder.name, open_embedder())
    for _ in library.add(find([folder / "articles"])):
        pass
    model, reader = remembering(find_model(name, "llm"), kept / folder.name, kept / f"{folder.name}.sqlite")
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    if 0 < limit < len(questions):
        questions = random.Random(1).sample(questions, limit)
    if any("start" in each for question in questions for each in question.get("evidence", [])):
        names = sorted(path.stem for path in (folder / "articles").iterdir())
        questions = [question for question in questions if not is_fitted_on(question, names)]
    for question in track(questions, description=folder.name):
        turns = [Turn(turn["question"], turn["answer"]) for turn in question.get("history", [])]
        asked = respelled(standalone(question["question"], turns, library), library)
        every = library.search(asked, 100)
        hits = without_orders(distinct(every, 16))
        found = finding(asked, hits, every, Nearness(asked, library.rarity), reader, library)
        again: dict[Place, Again] = {}
        for section in found.sections[:most]:
            again |= of_section(model, section, prompt_of(asked, section.shown()), Halt())
        proof = frozenset(each.place for each in found.candidates if proves(each.place, question))
        if not found.candidates:
            continue
        yield Reread(folder.name, question, found, again, proof)
    model.close()


def fit(of: Sequence[Reread]) -> Regression:
    """The weights of the two readings, of sentences that were read twice; each set counts the same."""
    rows = [
        (one.set, signs_of(each, again), each.place in one.proves)
        for one in of
        if one.proves
        for each in one.found.candidates
        if (again := one.again.get(each.place))
    ]
    sizes = Counter(name for name, _, _ in rows)
    values = [list(signs.values()) for _, signs, _ in rows]
    model = LogisticRegression(C=1.0)
    model.fit(values, [right for *_, right in rows], sample_weight=[len(rows) / sizes[name] for name, *_ in rows])
    return Regression(float(model.intercept_[0]), dict(zip(rows[0][1], map(float, model.coef_[0]), strict=True)))


def fit_held(of: Sequence[Reread], weigh: Regression) -> Regression:
    """The weights of what speaks for the question's being answered; of each set answerable
    and other questions count the same."""
    signs = [signs_of_holding(one.found.held, max(one.scores(weigh))) for one in of]
    kinds = [(one.set, one.is_answerable) for one in of]
    sizes = Counter(kinds)
    model = LogisticRegression(C=1.0)
    model.fit(
        [list(each.values()) for each in signs],
        [one.is_answerable for one in of],
        sample_weight=[len(of) / sizes[kind] for kind in kinds],
    )
    return Regression(float(model.intercept_[0]), dict(zip(signs[0], map(float, model.coef_[0]), strict=True)))


def report_held(name: str, of: Sequence[Reread], weigh: Regression, held: Regression) -> None:
    """Prints how well the questions are told that the articles answer, before and after."""
    answerable = [one.is_answerable for one in of]
    after = [held.probability(signs_of_holding(one.found.held, max(one.scores(weigh)))) for one in of]
    before, after = (roc_auc_score(answerable, each) for each in ([one.found.held for one in of], after))
    print(f"  {name}: told what is answered, AUROC {before:.3f} by the first reading, {after:.3f} by both")


def report(name: str, of: Sequence[Reread], weigh: Regression) -> None:
    """Prints how often the likeliest sentence, and one of the five likeliest, proves the answer, before and after."""
    ranked: dict[str, list[list[bool]]] = {"first reading": [], "both readings": []}
    for one in of:
        if one.proves:
            for way, scores in (
                ("first reading", [each.score for each in one.found.candidates]),
                ("both readings", one.scores(weigh)),
            ):
                best_first = np.argsort(scores, kind="stable")[::-1]
                ranked[way].append([one.found.candidates[i].place in one.proves for i in best_first])
    for way, each in ranked.items():
        top, five = (np.mean([any(proves[:most]) for proves in each]) for most in (1, 5))
        print(f"  {name}, {way}: likeliest proves {top:.3f}, one of five {five:.3f} ({len(each)} questions)")


if __name__ == "__main__":
    main()

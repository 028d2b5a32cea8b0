"""Fits how probable it is of a sentence that it holds what an answer says (qa/evidence/proof.py).

    python tests/bench/fit_proof.py ARTICLES QUESTIONS.jsonl --traits TRAITS.jsonl

The answers are those that ``fit_confidence.py --collect`` kept. Fits the two weights on the questions about every other
article, and on the rest, and reports of each pair, and of the one in use, how it does on the other half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from results import printed_section
from scipy.optimize import minimize

from index.library import Library
from index.reading.files import find
from qa.confidence.answer import THRESHOLD, Traits, held
from qa.evaluation.judging import Span
from qa.evaluation.question_files import read_questions
from qa.evidence.proof import ADDED, ENOUGH, SCORE, Proof, added_shares, enough
from qa.evidence.repeats import distinct
from qa.evidence.selecting import Nearness, Place
from ui.commands.chosen import open_embedder


@dataclass(frozen=True)
class Case:
    """The candidates of one answered question: their two values, and which of them cover the answer's place."""

    half: int
    places: list[Place]
    values: np.ndarray
    holds: np.ndarray

    def probabilities(self, weights: np.ndarray) -> np.ndarray:
        odds = np.exp(self.values @ weights - (self.values @ weights).max())
        return odds / odds.sum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--traits", type=Path, default=Path("traits.jsonl"), help="what was collected")
    options = parser.parse_args()
    lines = [json.loads(line) for line in options.traits.read_text(encoding="utf-8").splitlines()]
    given = [
        line for line in lines if line["answerable"] and line["traits"] and held(Traits(**line["traits"])) >= THRESHOLD
    ]
    found = cases(options.articles, options.questions, given)
    with printed_section("The weights of proof", {"answers": len(found)}):
        for half in (0, 1):
            rest = [case for case in found if case.half != half]
            weights = fitted([case for case in found if case.half == half])
            report(f"fitted on half {half}, on the other", weights, rest)
            report(f"in use, on half {1 - half}", np.array([SCORE, ADDED]), rest)


def cases(articles: Path, questions: Path, lines: list[dict[str, Any]]) -> list[Case]:
    """A case for every collected answer."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in articles.glob("*.txt")}
    asked = {question.id: question for question in read_questions(questions, texts).questions}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), open_embedder())
        list(library.add(find([articles])))
        for line in lines:
            question = asked[line["id"]]
            hits = distinct(library.search(question.text, 100), 10)
            candidates = Nearness(question.text, library.rarity).ranked(hits)
            places = [candidate.place for candidate in candidates]
            spans = [Span(place.article_id, place.sentence.start, place.sentence.end) for place in places]
            shares = added_shares(line["text"], question.text, places)
            found.append(
                Case(
                    line["half"],
                    places,
                    np.column_stack(([candidate.score for candidate in candidates], shares)),
                    np.array([any(span.covers(evidence) for evidence in question.evidence) for span in spans]),
                )
            )
        library.close()
    return found


def fitted(found: list[Case]) -> np.ndarray:
    """The weights under which the sentences that hold the answers are most likely."""
    usable = [case for case in found if case.holds.any()]

    def loss(weights: np.ndarray) -> float:
        return -sum(float(np.log(case.probabilities(weights)[case.holds].sum())) for case in usable)

    return np.asarray(minimize(loss, np.ones(2), method="Nelder-Mead").x)


def report(name: str, weights: np.ndarray, found: list[Case]) -> None:
    """Prints how often the best sentence holds the answer, and one of those cited."""
    first, covered, cited = [], [], []
    for case in found:
        probabilities = case.probabilities(weights)
        proofs = sorted(map(Proof, case.places, probabilities.tolist()), key=lambda proof: -proof.probability)
        places = enough(proofs)
        first.append(case.holds[probabilities.argmax()])
        covered.append(any(case.holds[case.places.index(place)] for place in places))
        cited.append(len(places))
    print(
        f"{name}: score {weights[0]:.2f}, added {weights[1]:.2f}; of {len(found)} answers the best sentence holds "
        f"{np.mean(first):.3f}, one of those cited (mass {ENOUGH}) {np.mean(covered):.3f}; {np.mean(cited):.2f} cited"
    )


if __name__ == "__main__":
    main()

"""Fits whether a sentence answers a question (qa/support/answering.py) from what a language model has in mind of them.

    python tests/bench/fit_answering.py [--model 1.5b] [--kept FILE] [--write]

Fitted on our own questions: on traps, with the sentence that lures and the one that would answer, and on others, with
the right answer or a wrong one to the same question, beside the answer to another question or the passage's nearest
other sentence. Of six parts, by story, each is reported on by a probe fitted on the others. Ten minutes on two cores;
``--kept`` keeps what the model had in mind.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from own_questions import Pair, pairs, passages
from probes import keep_probe
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.embedding.embedder import Embedder
from index.models.local import find_model
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from qa.support.answering import COEFFICIENTS, prompt_of
from ui.commands.chosen import open_embedder

STRENGTH = 0.001
"""Inverse strength of regularization; of seven a middle one, which told most of the two kinds without lures."""
TRAPS, OTHERS = 300, 230
"""Questions of each kind, drawn with a fixed seed: so many are asked in ten minutes."""
_FEWEST_WORDS = 6
"""Of a sentence that may seem to answer. Chosen by eye."""

Kind = Literal["answers the trap", "lure", "answer", "other answer", "near sentence"]


@dataclass(frozen=True)
class Said:
    """A question and a sentence, and whether that answers it."""

    group: str
    question: str
    sentence: str
    answers: bool
    kind: Kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--kept", type=Path, help="what the model had in mind before, or where to keep it")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    path = find_model(options.model, "llm")
    if options.kept and options.kept.exists():
        said, states = pickle.loads(options.kept.read_bytes())
    else:
        said = list(all_said(open_embedder()))
        states = np.stack(list(states_of(said, path)))
        if options.kept:
            options.kept.write_bytes(pickle.dumps((said, states)))
    with printed_section(f"Answering, {options.model}", {"inverse strength of regularization": STRENGTH}):
        model = fit(said, states)
    if options.write:
        keep_probe(COEFFICIENTS, path.stem, model)


def fit(said: Sequence[Said], states: NDArray[np.float32]) -> Pipeline:
    """The regression fitted on all; prints how well it tells the parts left out."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=2000, class_weight="balanced"))
    answers = np.array([one.answers for one in said])
    groups = [one.group for one in said]
    told = cross_val_predict(model, states, answers, groups=groups, cv=GroupKFold(6), method="decision_function")
    print(f"{len(said)} sentences, {answers.sum()} of which answer; AUROC {roc_auc_score(answers, told):.3f}")
    kinds: list[tuple[Kind, Kind]] = [
        ("answers the trap", "lure"),
        ("answer", "other answer"),
        ("answer", "near sentence"),
    ]
    for right, wrong in kinds:
        of = np.array([one.kind in (right, wrong) for one in said])
        print(f"  {right}, {wrong}: AUROC {roc_auc_score(answers[of], told[of]):.3f} ({of.sum()})")
    return model.fit(states, answers)


def all_said(embedder: Embedder) -> Iterator[Said]:
    """The sentences, those that answer and those that do not in equal number."""
    drawn = random.Random(7)
    lures = {
        (passage["id"], question["question"]): passage["sentences"][question["lure"] - 1]
        for passage in passages()
        for question in passage["questions"]
        if question.get("lure")
    }
    every = list(pairs())
    traps = [
        (pair, lures[pair.id, pair.question], contrast)
        for pair, contrast in every
        if not pair.answerable and contrast and any(contrast.proves) and (pair.id, pair.question) in lures
    ]
    others = [pair for pair, _ in every if pair.answerable and pair.answer]
    answers = defaultdict(list)
    for pair in others:
        answers[pair.id].append(pair)
    drawn.shuffle(traps)
    drawn.shuffle(others)
    for pair, lure, contrast in traps[:TRAPS]:
        proof = next(s for s, proves in zip(contrast.sentences, contrast.proves, strict=True) if proves)
        yield Said(pair.group, pair.question, proof, True, "answers the trap")
        yield Said(pair.group, pair.question, lure, False, "lure")
    for number, pair in enumerate(others[:OTHERS], start=1):
        beside = [other.answer for other in answers[pair.id] if other.question != pair.question]
        given = (pair.answer if number % 3 else pair.false) or pair.answer
        yield Said(pair.group, pair.question, str(given), True, "answer")
        if number % 2 and beside:
            yield Said(pair.group, pair.question, str(drawn.choice(beside)), False, "other answer")
        else:
            yield Said(pair.group, pair.question, nearest(pair, embedder), False, "near sentence")


def nearest(pair: Pair, embedder: Embedder) -> str:
    """The sentence of the passage nearest to the question of those that do not prove its answer."""
    rest = [s for s, proves in zip(pair.sentences, pair.proves, strict=True) if not proves]
    long = [sentence for sentence in rest if len(sentence.split()) >= _FEWEST_WORDS] or rest
    asked, *vectors = embedder.embed([pair.question, *long])
    return long[int((np.stack(vectors) @ asked).argmax())]


def states_of(said: Sequence[Said], path: Path) -> Iterator[NDArray[np.float32]]:
    """What the model has in mind of each."""
    with tempfile.TemporaryDirectory() as folder:
        model = LlamaCpp(path, StateStore(Path(folder), most_bytes=0))
        for one in track(said, description="Reading"):
            yield model.state(prompt_of(one.question, one.sentence), Halt())
        model.close()


if __name__ == "__main__":
    main()

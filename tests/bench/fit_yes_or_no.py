"""Fits whether a language model says yes or no (qa/question/yes_or_no.py) from what it has in mind before its answer.

    python tests/bench/fit_yes_or_no.py [--model 1.5b] [--kept FILE] [--write]

Asked are our own questions that yes or no answers, each after the likeliest sentences of its passage. Of six parts, by
story, each is reported on by a probe fitted on the others. Eight minutes on two cores; ``--kept`` keeps what the model
had in mind.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from own_questions import Pair, pairs
from probes import keep_probe
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.models.local import find_model
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Prompt
from qa.llm.states import StateStore
from qa.prompts import passage_text, question_text
from qa.question.yes_or_no import COEFFICIENTS, YES_OR_NO, asks_yes_or_no
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.protocol import Reader, Text

STRENGTH = 0.003
"""Inverse strength of regularization, of four the one that told most of the parts left out."""
SENTENCES, CLOSE = 4, 1.5
"""Sentences shown, each with the one before it: so many, and as much less probable than the likeliest, in log odds."""


@dataclass(frozen=True)
class Asked:
    """A question, whether yes answers it, and what the model had in mind of it."""

    id: str
    group: str
    yes: bool
    state: NDArray[np.float32]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--kept", type=Path, help="what the model had in mind before, or where to keep it")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    path = find_model(options.model, "llm")
    if options.kept and options.kept.exists():
        asked = pickle.loads(options.kept.read_bytes())
    else:
        asked = list(ask_all(path))
        if options.kept:
            options.kept.write_bytes(pickle.dumps(asked))
    with printed_section("Yes or no", {"inverse strength of regularization": STRENGTH}):
        model, states, yes = fit(asked, path.stem)
    if options.write:
        model.fit(states, yes)
        keep_probe(COEFFICIENTS, path.stem, model)


def fit(asked: Sequence[Asked], name: str) -> tuple[Pipeline, NDArray[np.float32], NDArray[np.bool_]]:
    """The regression, not yet fitted on all, with what it is fitted on; prints how well it tells the parts left out."""
    states = np.stack([one.state for one in asked])
    yes = np.array([one.yes for one in asked])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=1000, class_weight="balanced"))
    told = cross_val_predict(
        model, states, yes, groups=[one.group for one in asked], cv=GroupKFold(6), method="decision_function"
    )
    auroc, right = roc_auc_score(yes, told), balanced_accuracy_score(yes, told >= 0)
    print(f"{name}: {len(asked)} questions, {yes.sum()} of them yes; AUROC {auroc:.3f}, balanced accuracy {right:.3f}")
    return model, states, yes


def ask_all(path: Path) -> Iterator[Asked]:
    """What the model makes of each question; those of a passage follow each other."""
    questions = [
        (pair, pair.answer.lower().startswith("yes"))
        for pair, _ in pairs()
        if pair.answer and pair.answer.lower().startswith(("yes", "no")) and asks_yes_or_no(pair.question)
    ]
    with tempfile.TemporaryDirectory() as folder:
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(Path(folder), most_bytes=0))
        prompts = [prompt_of(pair, reader) for pair, _ in track(questions, description="Finding sentences")]
        model = LlamaCpp(path, StateStore(Path(folder), most_bytes=0))
        never = Halt()
        for (pair, yes), prompt in track(list(zip(questions, prompts, strict=True)), description="Asking"):
            yield Asked(pair.id, pair.group, yes, model.state(prompt, never))
        model.close()


def prompt_of(pair: Pair, reader: Reader) -> Prompt:
    """The prompt of a question after the likeliest sentences of its passage."""
    (reading,) = reader.read(pair.question, [Text(pair.headline, pair.sentences)])
    shown = likeliest(reading.sentences)
    passage = passage_text(pair.headline, " ".join(pair.sentences[i] for i in shown))
    return Prompt(YES_OR_NO, "", passage + question_text(pair.question))


def likeliest(odds: Sequence[float]) -> list[int]:
    """The numbers of the likeliest sentences and of those before them, in the order of the text.

    >>> likeliest([-3.0, -2.0, 1.0, -4.0, 0.5])
    [1, 2, 3, 4]
    """
    best = max(odds)
    first = sorted(range(len(odds)), key=lambda i: -odds[i])[:SENTENCES]
    chosen = {i for i in first if odds[i] >= max(best - CLOSE, min(best, -1.0))}
    return sorted(chosen | {i - 1 for i in chosen if i})


if __name__ == "__main__":
    main()

"""Fits which sentences answer by where the model that writes looks (qa/reader/second.py).

    python tests/bench/fit_second_reader.py [--model 1.5b] [--shared FOLDER...] [--kept FILE] [--limit N] [--write]

Read are our own answerable questions, each after its passage, and those of public sets. Reported is of one in five
stories, and of every other article of a set, what a probe tells that was fitted on the rest. Half an hour on two cores
for the 1.5B model; ``--kept`` keeps where it looked, and goes on from there.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from fit_in_mind import likeliest_section
from numpy.typing import NDArray
from own_questions import Pair, pairs, passages
from public_questions import shared
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from train_reader import keep_probe

from index.models.local import find as find_model
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from qa.prompts import passage_text
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.second import COEFFICIENTS, prompt_of, where_shown

STRENGTH = 0.003
"""Inverse strength of regularization, of three the one that told most of the questions kept apart."""


@dataclass(frozen=True)
class Looked:
    """A question and its text, where the model looked, and what the reader made of it."""

    set: str
    pair: Pair
    proves: tuple[bool, ...]
    """Of each sentence that was shown."""
    shares: NDArray[np.float16]
    reader: tuple[float, ...]
    """The reader's log odds of each sentence."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.set, self.pair.id, self.pair.question


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--kept", type=Path, help="where the model looked before, and where to keep it")
    parser.add_argument("--limit", type=int, help="questions read now at the most")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    path = find_model(options.model, "llm")
    every: list[Looked] = pickle.loads(options.kept.read_bytes()) if options.kept and options.kept.exists() else []
    known = {one.key for one in every}
    left = [item for item in to_read(options.shared) if (item[0], item[1].id, item[1].question) not in known]
    for number, one in enumerate(read_all(left[: options.limit], path), start=1):
        every.append(one)
        if options.kept and number % 200 == 0:
            options.kept.write_bytes(pickle.dumps(every))
    if options.kept:
        options.kept.write_bytes(pickle.dumps(every))
    with printed_section(f"The second reader, {options.model}", {"inverse strength of regularization": STRENGTH}):
        model = fit([one for one in every if one.pair.fitted])
        print(f"{path.stem}: {len(every)} questions")
        for name in dict.fromkeys(one.set for one in every):
            report(name, [one for one in every if one.set == name and not one.pair.fitted], model)
    if options.write:
        keep_probe(COEFFICIENTS, path.stem, model)


def to_read(folders: Sequence[Path]) -> Iterator[tuple[str, Pair]]:
    """The answerable questions with their sets, the stories in a random order that is always the same."""
    items = [("own", pair) for pair, _ in pairs() if pair.answerable]
    items += [(folder.name, pair) for folder in folders for pair in shared(folder) if pair.answerable]
    draw = random.Random(3)
    drawn = {group: draw.random() for group in sorted({f"{name} {pair.group}" for name, pair in items})}
    yield from sorted(items, key=lambda item: (drawn[f"{item[0]} {item[1].group}"], item[1].sentences))


def read_all(items: Sequence[tuple[str, Pair]], path: Path) -> Iterator[Looked]:
    """Where the model looks for each question, in the section that is most likely to answer it."""
    about = {passage["id"]: passage for passage in passages()}
    with tempfile.TemporaryDirectory() as folder:
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(Path(folder), most_bytes=0))
        model = LlamaCpp(path, StateStore(Path(folder), most_bytes=0))
        for name, pair in track(items, description="Reading"):
            text, proves, _ = likeliest_section(pair, reader)
            odds = reader.read(pair.question, [text])[0].sentences
            stated = about.get(pair.id, {})
            shown = passage_text(text.headline, " ".join(text.sentences), stated.get("outlet"), stated.get("date"))
            places = where_shown(shown, text.sentences)
            begins = [place for place in places if place is not None]
            found = model.look(prompt_of(pair.question, shown), begins, Halt()) if begins else None
            if proves and found is not None:
                proof = {sentence for sentence, is_proof in zip(pair.sentences, pair.proves, strict=True) if is_proof}
                told = zip(text.sentences, places, odds, strict=True)
                kept = [(sentence in proof, each) for sentence, place, each in told if place is not None]
                of = tuple(is_proof for is_proof, _ in kept), found.shares.astype(np.float16)
                yield Looked(name, pair, *of, tuple(each for _, each in kept))
        model.close()


def fit(of: Sequence[Looked]) -> Pipeline:
    """The regression of every sentence; a set counts as the root of its size: ours is much larger than the others."""
    sizes = {name: sum(len(one.proves) for one in of if one.set == name) for name in {one.set for one in of}}
    weights = np.array([sizes[one.set] ** -0.5 for one in of for _ in one.proves])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=400))
    shares = np.concatenate([one.shares for one in of]).astype(np.float32)
    return model.fit(
        shares, np.concatenate([one.proves for one in of]), logisticregression__sample_weight=weights / weights.mean()
    )


def report(name: str, of: Sequence[Looked], model: Pipeline) -> None:
    """Prints how well sentences are told of questions that were not fitted on, beside what the reader tells."""
    if not of:
        return
    told = {
        "second reader": [model.decision_function(one.shares.astype(np.float32)) for one in of],
        "first reader": [np.array(one.reader) for one in of],
    }
    told["both"] = [a + b for a, b in zip(told["second reader"], told["first reader"], strict=True)]
    proves = [np.array(one.proves) for one in of]
    for way, odds in told.items():
        auroc = roc_auc_score(np.concatenate(proves), np.concatenate(odds))
        first = np.mean([proof[int(each.argmax())] for proof, each in zip(proves, odds, strict=True)])
        print(f"  {name}, {len(of)} apart, {way}: AUROC {auroc:.3f}, likeliest proves {first:.3f}")


if __name__ == "__main__":
    main()

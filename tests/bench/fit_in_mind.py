"""Fits whether what a language model has read answers the question (qa/confidence/in_mind.py), by what it has in mind.

    python tests/bench/fit_in_mind.py [--model 1.5b] [--shared FOLDER...] [--kept FILE] [--write]

Asked are our own questions, each after its passage, some also after the contrast of it, and those of every other
article of a public set. Of five parts, by story, each is reported on by a probe fitted on the others, beside what the
reader makes of the same text where it was not fitted on it. An hour on two cores for the 1.5B model; ``--kept`` keeps
what it had in mind, and goes on from there.
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
from numpy.typing import NDArray
from own_questions import Pair, pairs, passages
from probes import keep_probe
from public_questions import shared
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.models.local import find_model as find_model
from qa.confidence.in_mind import COEFFICIENTS
from qa.evidence.sections import LONGEST
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.protocol import Prompt
from qa.llm.states import StateStore
from qa.prompts import SYSTEM, passage_text, question_text
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.protocol import Reader, Text

STRENGTH = 0.003
"""Inverse strength of regularization, of four the one that told most of the parts left out."""
CONTRASTS = 0.15
"""Share of the contrasts that are asked: each is a text to be read for one question."""


@dataclass(frozen=True)
class Asked:
    """A question, whether what the model read answers it, and what it and the reader made of that."""

    set: str
    id: str
    question: str
    contrast: bool
    group: str
    answers: bool
    fitted: bool
    """Whether the reader was fitted on it."""
    reader: float
    """The reader's log odds that the text answers."""
    state: NDArray[np.float16]

    @property
    def key(self) -> tuple[str, str, str, bool]:
        return self.set, self.id, self.question, self.contrast


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--kept", type=Path, help="what the model had in mind before, and where to keep it")
    parser.add_argument("--limit", type=int, help="questions asked now at the most")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    path = find_model(options.model, "llm")
    asked: list[Asked] = pickle.loads(options.kept.read_bytes()) if options.kept and options.kept.exists() else []
    known = {one.key for one in asked}
    left = [item for item in to_ask(options.shared) if (item[0], item[1].id, item[1].question, item[2]) not in known]
    if left := left[: options.limit]:
        asked += ask_all(left, path)
        if options.kept:
            options.kept.write_bytes(pickle.dumps(asked))
    with printed_section(f"In mind, {options.model}", {"inverse strength of regularization": STRENGTH}):
        model, states, answers = fit(asked, path.stem)
    if options.write:
        model.fit(states, answers)
        keep_probe(COEFFICIENTS, path.stem, model)


def fit(asked: Sequence[Asked], name: str) -> tuple[Pipeline, NDArray[np.float32], NDArray[np.bool_]]:
    """The regression, not yet fitted on all, with what it is fitted on; prints how well it tells the parts left out."""
    states = np.stack([one.state for one in asked]).astype(np.float32)
    answers = np.array([one.answers for one in asked])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=500))
    groups = [f"{one.set} {one.group}" for one in asked]
    told = cross_val_predict(model, states, answers, groups=groups, cv=GroupKFold(5), method="decision_function")
    reader = np.array([one.reader for one in asked])
    print(f"{name}: {len(asked)} questions, {answers.sum()} of them answered by what was read")
    for each in dict.fromkeys(one.set for one in asked):
        apart = np.array([one.set == each and (each != "own" or not one.fitted) for one in asked])
        if 0 < answers[apart].sum() < apart.sum():
            both = told[apart] / told[apart].std() + reader[apart] / reader[apart].std()
            ways = {"probe": told[apart], "reader": reader[apart], "both": both}
            aurocs = ", ".join(f"{way} {roc_auc_score(answers[apart], values):.3f}" for way, values in ways.items())
            print(f"  {each}, {apart.sum()} that the reader was not fitted on: AUROC {aurocs}")
    return model, states, answers


def to_ask(folders: Sequence[Path]) -> Iterator[tuple[str, Pair, bool]]:
    """Each question with its set, and whether its text is a contrast; the stories in a random order that is always the
    same, those of a text one after the other."""
    draw = random.Random(3)
    own = [("own", pair, False) for pair, _ in pairs()]
    own += [("own", contrast, True) for _, contrast in pairs() if contrast and draw.random() < CONTRASTS]
    public = [(folder.name, pair, False) for folder in folders for pair in shared(folder) if pair.fitted]
    items = [*own, *public]
    drawn = {group: draw.random() for group in sorted({pair.group for _, pair, _ in items})}
    yield from sorted(items, key=lambda item: (drawn[item[1].group], item[1].sentences))


def ask_all(items: Sequence[tuple[str, Pair, bool]], path: Path) -> Iterator[Asked]:
    """What the model and the reader make of each question."""
    about = {passage["id"]: passage for passage in passages()}
    with tempfile.TemporaryDirectory() as folder:
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(Path(folder), most_bytes=0))
        model = LlamaCpp(path, StateStore(Path(folder), most_bytes=0))
        for name, pair, contrast in track(items, description="Asking"):
            text, proves, answers = likeliest_section(pair, reader)
            stated = about.get(pair.id, {})
            passage = passage_text(text.headline, " ".join(text.sentences), stated.get("outlet"), stated.get("date"))
            state = model.state(Prompt(SYSTEM, passage, question_text(pair.question)), Halt()).astype(np.float16)
            yield Asked(name, pair.id, pair.question, contrast, pair.group, proves, pair.fitted, answers, state)
        model.close()


def likeliest_section(pair: Pair, reader: Reader) -> tuple[Text, bool, float]:
    """Of a text too long for one section that with the likeliest sentence; whether it answers, and the reader's log
    odds that it does."""
    parts: list[list[int]] = [[]]
    for number, sentence in enumerate(pair.sentences):
        if parts[-1] and sum(len(pair.sentences[i]) + 1 for i in parts[-1]) + len(sentence) > LONGEST:
            parts.append([])
        parts[-1].append(number)
    texts = [Text(pair.headline, tuple(pair.sentences[i] for i in part)) for part in parts]
    readings = reader.read(pair.question, texts)
    best = max(range(len(parts)), key=lambda i: max(readings[i].sentences))
    return texts[best], any(pair.proves[i] for i in parts[best]), readings[best].answers


if __name__ == "__main__":
    main()

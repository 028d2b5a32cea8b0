"""Trains the reader's probes (qa/reader/trained.py) on our own questions and on halves of public sets; measures them.

    python tests/bench/train_reader.py [--shared FOLDER...] [--write]

Every text is read once by the first layers of the small language model, the question before it, and once more where it
is changed so that it no longer, or just now, answers. About an hour on two cores for everything; ``--limit`` takes
fewer questions. One in five stories, and every other article of a set, is kept apart and reported on.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from own_questions import Pair, pairs
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from index.models.local import find as find_model
from index.text.sentences import sentences
from qa.reader.layers import FirstLayers
from qa.reader.making import MADE_FROM, reader_file
from qa.reader.protocol import Text
from qa.reader.trained import COEFFICIENTS, pieces

SENTENCE_C, TEXT_C = 0.001, 0.006
"""Inverse strengths of regularization, of three each the one that told most of the questions kept apart."""


def is_fitted_on(pair: Pair) -> bool:
    """Whether a question of ours is one that the probes are fitted on: four in five stories, whole."""
    return zlib.crc32(pair.group.encode()) % 5 != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, help="of our own questions, drawn at random")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    own = list(pairs())
    random.Random(7).shuffle(own)
    items = [
        ("own", is_fitted_on(pair), one)
        for pair, other in own[: options.limit]
        for one in (pair, other)
        if one is not None
    ]
    for folder in options.shared:
        items += [(folder.name, fitted, pair) for fitted, pair in shared(folder)]
    layers = FirstLayers(reader_file(find_model(MADE_FROM, "llm")))
    states = [read(layers, pair) for _, _, pair in track(items, description="Reading")]
    fitted = [i for i, (_, kept, _) in enumerate(items) if kept]
    of_sentence = _fitted(
        np.concatenate([states[i][1:-1] for i in fitted]),
        np.concatenate([items[i][2].proves[: len(states[i]) - 2] for i in fitted]),
        SENTENCE_C,
    )
    of_text = _fitted(
        np.stack([states[i][-1] for i in fitted]), np.array([items[i][2].answerable for i in fitted]), TEXT_C
    )
    for name in dict.fromkeys(name for name, _, _ in items):
        apart = [i for i, (of, kept, _) in enumerate(items) if of == name and not kept]
        report(name, [items[i][2] for i in apart], [states[i] for i in apart], of_text, of_sentence)
    if options.write:
        np.savez_compressed(COEFFICIENTS, text=of_text, sentence=of_sentence)


def read(layers: FirstLayers, pair: Pair) -> NDArray[np.float32]:
    """The states after the question, after each sentence, and at the end."""
    return layers.states(pieces(layers, pair.question, Text(pair.headline, pair.sentences)))


def shared(folder: Path) -> Iterator[tuple[bool, Pair]]:
    """The questions of a set, each with the paragraph that holds its evidence, and whether it is fitted on."""
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    texts = {name: (folder / "articles" / f"{name}.txt").read_text(encoding="utf-8") for name in names}
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        name = (question["articles"] or [question.get("near")])[0]
        if name is None:
            continue
        evidence = [(e["start"], e["end"]) for e in question.get("evidence", [])]
        text, found = texts[name], list(sentences(texts[name]))
        if question.get("answers"):  # one paragraph of a long article
            start = text.rfind("\n", 0, evidence[0][0]) + 1
            end = text.find("\n", evidence[0][1])
            found = [s for s in found if start <= s.start < (end if end > 0 else len(text))]
        proves = tuple(any(s.start < b and a < s.end for a, b in evidence) for s in found)
        if not found or (question["articles"] and not any(proves)):
            continue
        headline = name.replace("-", " ").title()
        pair = Pair(name, name, question["kind"], question["question"], headline, tuple(s.text for s in found), proves)
        yield names.index(name) % 2 == 0, pair


def _fitted(states: NDArray[np.float32], right: NDArray[np.bool_], strength: float) -> NDArray[np.float32]:
    """Coefficients of a logistic regression for states as they are, not standardized; the last one is added."""
    scale = StandardScaler().fit(states)
    model = LogisticRegression(C=strength, max_iter=400).fit(scale.transform(states), right)
    weights = model.coef_[0] / scale.scale_
    return np.append(weights, model.intercept_[0] - scale.mean_ @ weights).astype(np.float32)


def report(
    name: str,
    of: Sequence[Pair],
    states: Sequence[NDArray[np.float32]],
    of_text: NDArray[np.float32],
    of_sentence: NDArray[np.float32],
) -> None:
    """Prints how well the probes tell texts and sentences that answer, of questions they were not fitted on."""
    odds = [each[1:-1] @ of_sentence[:-1] + of_sentence[-1] for each in states]
    texts = [float(each[-1] @ of_text[:-1] + of_text[-1]) for each in states]
    right = [i for i, pair in enumerate(of) if pair.answerable and len(odds[i])]
    told = np.concatenate([odds[i] for i in right])
    proves = np.concatenate([of[i].proves[: len(odds[i])] for i in right])
    first = np.mean([of[i].proves[int(odds[i].argmax())] for i in right])
    line = f"{name}: {len(of)} apart; sentence AUROC {roc_auc_score(proves, told):.3f}, likeliest proves {first:.3f}"
    if len(right) < len(of):
        line += f", text AUROC {roc_auc_score([pair.answerable for pair in of], texts):.3f}"
    print(line)


if __name__ == "__main__":
    main()

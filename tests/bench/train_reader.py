"""Trains the reader's probes of texts and claims (qa/reader/trained.py) on our own questions and on halves of public
sets, and measures them; those of what answers in a library are fitted by ``fit_finding.py``.

    python tests/bench/train_reader.py [--shared FOLDER...] [--kept FILE] [--write]

Every text is read once by the first layers of the small language model, every question after it; once more where it is
changed so that it no longer, or just now, answers; and after it what was answered, and a statement that is wrong in one
thing. Half an hour on two cores; ``--limit`` takes fewer questions, ``--kept`` keeps what was read. One in five
stories, and every other article of a set, is kept apart and reported on.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from own_questions import Pair, pairs
from probes import coefficients, keep
from public_questions import shared
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from index.models.local import find_model
from qa.llm.states import StateStore
from qa.reader.layers import FirstLayers
from qa.reader.making import MADE_FROM, reader_file
from qa.reader.protocol import Text
from qa.reader.trained import COEFFICIENTS, STATE_AFTER, claimed, look

TEXT_C, CLAIM_C = 0.002, 0.002
"""Inverse strengths of regularization, of three each the one that told most of the questions kept apart."""


@dataclass(frozen=True)
class Read:
    """What the layers made of a question and its text, and of what was answered, right and wrong."""

    set: str
    pair: Pair
    text: NDArray[np.float16]
    true: NDArray[np.float16] | None
    false: NDArray[np.float16] | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--limit", type=int, help="of our own questions, drawn at random")
    parser.add_argument("--kept", type=Path, help="what was read before, or where to keep it")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    if options.kept and options.kept.exists():
        every = pickle.loads(options.kept.read_bytes())
    else:
        every = list(read_all(options.shared, options.limit))
        if options.kept:
            options.kept.write_bytes(pickle.dumps(every))
    fitted = [read for read in every if read.pair.fitted]
    apart = [read for read in every if not read.pair.fitted]
    probes = fit(fitted)
    for name in dict.fromkeys(read.set for read in apart):
        report(name, [read for read in apart if read.set == name], probes)
    if options.write:
        for name, probe in probes.items():
            keep(COEFFICIENTS, name, probe)


def read_all(folders: Sequence[Path], limit: int | None) -> Iterator[Read]:
    """Reads all, the questions of a text one after the other: the text is read once."""
    own = list(pairs())
    random.Random(7).shuffle(own)
    items = [("own", one) for both in own[:limit] for one in both if one is not None]
    items += [(folder.name, pair) for folder in folders for pair in shared(folder)]
    items.sort(key=lambda item: (item[0], item[1].headline, item[1].sentences))
    with tempfile.TemporaryDirectory() as folder:
        layers = FirstLayers(
            reader_file(find_model(MADE_FROM, "llm")), StateStore(Path(folder), most_bytes=0), STATE_AFTER
        )
        for name, pair in track(items, description="Reading"):
            text = Text(pair.headline, pair.sentences)
            found = look(layers, text, f"Question: {pair.question}")
            claims = [
                look(layers, text, claimed(pair.question, claim)).of_text.astype(np.float16) if claim else None
                for claim in (pair.answer, pair.false)
            ]
            yield Read(name, pair, found.of_text.astype(np.float16), *claims)


def fit(of: Sequence[Read]) -> dict[str, NDArray[np.float64]]:
    """The coefficients of the two probes, the intercept last."""
    claims = [(claim, right) for read in of for claim, right in ((read.true, 1), (read.false, 0)) if claim is not None]
    own = ["own"] * len(claims)
    return {
        "text": _fitted(
            np.stack([read.text for read in of]),
            np.array([read.pair.answerable for read in of]),
            [read.set for read in of],
            TEXT_C,
        ),
        "claim": _fitted(
            np.stack([claim for claim, _ in claims]), np.array([right == 1 for _, right in claims]), own, CLAIM_C
        ),
    }


def _fitted(
    values: NDArray[np.float16], right: NDArray[np.bool_], sets: Sequence[str], strength: float
) -> NDArray[np.float64]:
    """Coefficients of a logistic regression for values as they are, not standardized.

    A set counts as the root of its size: ours is many times as large as the others.
    """
    counts = Counter(sets)
    weights = np.array([counts[name] ** -0.5 for name in sets])
    scale = StandardScaler().fit(values.astype(np.float32))
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(scale.transform(values.astype(np.float32)), right, sample_weight=weights / weights.mean())
    return coefficients(scale, model)


def report(name: str, of: Sequence[Read], probes: dict[str, NDArray[np.float64]]) -> None:
    """Prints how well the probes tell texts and claims, of questions they were not fitted on."""

    def odds(probe: str) -> Callable[[NDArray[np.float16]], NDArray[np.float64]]:
        return lambda values: values.astype(np.float32) @ probes[probe][:-1] + probes[probe][-1]

    line = f"{name}: {len(of)} apart"
    if not all(read.pair.answerable for read in of):
        texts = [float(odds("text")(read.text)) for read in of]
        line += f"; text AUROC {roc_auc_score([read.pair.answerable for read in of], texts):.3f}"
    both = [(read.true, read.false) for read in of if read.true is not None and read.false is not None]
    if both:
        claims = [(float(odds("claim")(true)), float(odds("claim")(false))) for true, false in both]
        auroc = roc_auc_score([1, 0] * len(claims), np.array(claims).ravel())
        line += f"; claim AUROC {auroc:.3f}, of two {np.mean([true > false for true, false in claims]):.3f}"
    print(line)


if __name__ == "__main__":
    main()

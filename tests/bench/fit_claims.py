"""Fits whether a text states a claim (qa/reader/trained.py, the probe ``claim``) on our own claims and answers.

    python tests/bench/fit_claims.py [--kept FILE] [--write]

Every passage is read once by the first layers of the small language model, and every claim after it. Of five parts, by
story, each is reported on by a probe fitted on the others. Half an hour on two cores; ``--kept`` keeps what was read.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from own_claims import Claim, answers, claims
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from train_reader import coefficients

from index.models.local import find as find_model
from qa.llm.states import StateStore
from qa.reader.layers import FirstLayers
from qa.reader.making import MADE_FROM, reader_file
from qa.reader.protocol import Text
from qa.reader.trained import COEFFICIENTS, STATE_AFTER, claimed, look, of_text

STRENGTH = 0.001
"""Inverse strength of regularization, of four the one that told most of the claims left out."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, help="what was read before, or where to keep it")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    if options.kept and options.kept.exists():
        every, values = pickle.loads(options.kept.read_bytes())
    else:
        every = sorted([*answers(), *claims()], key=lambda claim: claim.id)
        values = np.stack(list(read(every)))
        if options.kept:
            options.kept.write_bytes(pickle.dumps((every, values)))
    with printed_section("Claims", {"inverse strength of regularization": STRENGTH}):
        model = fit(every, values)
    if options.write:
        scale, logistic = model
        others = dict(np.load(COEFFICIENTS))
        np.savez_compressed(COEFFICIENTS, **{**others, "claim": coefficients(scale, logistic).astype(np.float32)})


def read(every: Sequence[Claim]) -> Iterator[NDArray[np.float16]]:
    """What the layers make of each claim after its passage."""
    path = reader_file(find_model(MADE_FROM, "llm"))
    with tempfile.TemporaryDirectory() as folder:
        layers = FirstLayers(path, StateStore(Path(folder), most_bytes=0), STATE_AFTER)
        for one in track(every, description="Reading"):
            found = look(layers, Text(one.headline, one.sentences), claimed(one.question, one.claim))
            yield of_text(found).astype(np.float16)


def fit(every: Sequence[Claim], values: NDArray[np.float16]) -> Pipeline:
    """The regression fitted on all; prints how well it tells the parts left out, and what is wrong with claims."""
    x = values.astype(np.float32)
    stated = np.array([one.stated for one in every])
    answer = np.array([bool(one.question) for one in every])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=400))
    groups = [one.group for one in every]
    odds = cross_val_predict(model, x, stated, groups=groups, cv=GroupKFold(5), method="decision_function")
    for name, of in (("answers", answer), ("claims", ~answer)):
        print(f"{name}: {of.sum()}, {stated[of].sum()} of them stated; AUROC {roc_auc_score(stated[of], odds[of]):.3f}")
        for least in (-2.0, -1.0, 0.0, 1.0):
            kept, passed = (odds[of & stated] >= least).mean(), (odds[of & ~stated] >= least).mean()
            print(f"  log odds from {least:g}: {kept:.3f} of what is stated, {passed:.3f} of what is not")
    for kind, count in Counter(one.kind for one in every if not one.question).most_common():
        of = np.array([not one.question and one.kind == kind for one in every])
        print(f"  {kind}: {count}, from 0 {(odds[of] >= 0).mean():.3f}")
    return model.fit(x, stated)


if __name__ == "__main__":
    main()

"""How well words and reader tell whether a passage states a claim, on our own claims (``claims/``).

    python tests/bench/bench_claims.py [--words-alone] [--turned] [--remembered FILE]

Each claim is judged as ``byline check`` does, against the sentences of its passage alone. ``--turned`` takes the claims
that have their passage turned round as well, and judges both. A quarter of an hour on two cores with the reader.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from own_claims import Claim, claims
from remembered import Memory, RememberedReader
from rich.progress import track
from sklearn.metrics import roc_auc_score

from index.models.local import find_model
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.protocol import Text
from qa.support.doubt import ALONE, stricter
from qa.support.judge import judge
from ui.commands.chosen import open_embedder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words-alone", action="store_true", help="without the reader")
    parser.add_argument("--turned", action="store_true", help="of those with two passages, on both")
    parser.add_argument("--remembered", type=Path, help="a file for what the reader says")
    options = parser.parse_args()
    every = [one for one, other in claims() if other or not options.turned]
    if options.turned:
        every += [other for _, other in claims() if other]
    embedder = open_embedder()
    with tempfile.TemporaryDirectory() as folder:
        memory = Memory(options.remembered or Path(folder) / "said.sqlite")
        readings = StateStore(Path(folder) / "readings")
        reader = RememberedReader(lambda: open_reader(find_model(MADE_FROM, "llm"), readings), memory)
        found = []
        for one in track(sorted(every, key=lambda claim: (claim.id, claim.sentences)), description="Judging"):
            told = judge(one.claim, [*one.sentences, one.headline], embedder)
            support, score = told.support, told.score
            if not options.words_alone:
                odds = reader.stated("", one.claim, Text(one.headline, one.sentences))
                support, score = stricter(support, score, odds, ALONE)
            found.append((one, support, score))
    print_told(found)


def print_told(found: list[tuple[Claim, str, float]]) -> None:
    """Prints what is told of claims that are stated and that are not, and of each kind how many are supported."""
    print(f"{len(found)} claims; AUROC {roc_auc_score([c.stated for c, _, _ in found], [s for _, _, s in found]):.3f}")
    for stated in (True, False):
        told = Counter(support for claim, support, _ in found if claim.stated is stated)
        shares = ", ".join(f"{name} {count / told.total():.3f}" for name, count in told.most_common())
        print(f"  {'stated' if stated else 'not stated'}: {shares}")
    for kind, count in Counter(claim.kind for claim, _, _ in found).most_common():
        supported = sum(support == "supported" for claim, support, _ in found if claim.kind == kind)
        print(f"    {kind:14} {count:4}, supported {supported / count:.2f}")


if __name__ == "__main__":
    main()

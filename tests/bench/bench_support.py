"""How good the judge is: labelled claims, and true sentences with one fact changed.

    python tests/bench/bench_support.py EMBEDDER_FOLDER CLAIMS.jsonl ARTICLES_FOLDER...

1. Claims: cross-validated as fit_support.py does it, beside cosine alone and overlap alone.
2. Changed facts in the sentences of the folders' .txt articles: the odd articles are what the rules were worked out
   on, the even ones are not.
3. The same in the evidence of every fourth claim, read as articles: other texts, of many kinds.

What it prints it also writes to RESULTS.md.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import fit_support
import numpy as np
from altered import Case, cases
from remembered import RememberedEmbedder
from results import printed_section

from index.embedding.embedder import SentenceTransformerEmbedder
from index.text.sentences import sentences
from qa.support.facts.overlap import clauses
from qa.support.judge import judge

KINDS = ("number", "date", "name", "negation", "none")
CLOSE = 0.6
"""Cosine, or share of words in common, from which the naive judges call a claim supported: as good as any for them."""


def altered_facts(title: str, articles: Sequence[Sequence[str]], embedder: RememberedEmbedder) -> None:
    """Prints, for each kind of change, how many are caught, and how many unchanged sentences are doubted."""
    asked: Counter[str] = Counter()
    doubted: Counter[str] = Counter()
    cosine: Counter[str] = Counter()
    how: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    taken = []
    everything: list[Case] = list(cases(articles, seed=1))
    embedder.embed([text for case in everything for text in (case.claim, *clauses(case.claim), *case.evidence)])
    for case in everything:
        started = time.perf_counter()
        verdict = judge(case.claim, case.evidence, embedder)
        taken.append(1000 * (time.perf_counter() - started))
        vectors = embedder.embed([case.claim, *case.evidence])
        asked[case.change] += 1
        doubted[case.change] += verdict.support != "supported"
        cosine[case.change] += float((vectors[1:] @ vectors[0]).max()) < CLOSE
        how[f"{case.change}: {case.how}"] += 1
        missed[f"{case.change}: {case.how}"] += (verdict.support == "supported") != (case.change == "none")
    each = f"{np.median(taken):.1f} ms each"
    print(f"\n{title}: {len(articles)} articles, {len(everything)} claims, {each} (embedded before)")
    print(f"{'':22}{'claims':>8}{'judge':>9}{'cosine only':>13}")
    for kind in KINDS:
        if asked[kind]:
            label = "unchanged, doubted" if kind == "none" else f"{kind}, caught"
            print(f"{label:22}{asked[kind]:8}{doubted[kind] / asked[kind]:9.3f}{cosine[kind] / asked[kind]:13.3f}")
    for name, count in sorted(how.items()):
        if missed[name]:
            print(f"    wrong {missed[name]:3} of {count:4}  {name}")


def main() -> None:
    with printed_section("Support", {"embedder": Path(sys.argv[1]).name, "shuffles": fit_support.SHUFFLES}):
        measure()


def measure() -> None:
    embedder = RememberedEmbedder(SentenceTransformerEmbedder(Path(sys.argv[1]).name, lambda: Path(sys.argv[1])))
    claims = Path(sys.argv[2])
    fit_support.report(fit_support.Table(claims, embedder))
    files = sorted(file for folder in sys.argv[3:] for file in Path(folder).glob("*.txt"))
    articles = [[s.text for s in sentences(file.read_text(encoding="utf-8"))] for file in files]
    altered_facts("Worked out on", articles[::2], embedder)
    altered_facts("Held out", articles[1::2], embedder)
    rows = {}
    for line in claims.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows.setdefault(row["id"], [s for s in row["evidence"] if s.endswith((".", "!", "?", '"', "”"))])
    altered_facts("Evidence of claims", list(rows.values())[1::4], embedder)


if __name__ == "__main__":
    main()

"""Fits the weights by which a sentence is taken for an order to the model, and tells how it does on wording unseen.

    python tests/bench/fit_orders.py [--write]

Fitted on the orders and ordinary sentences of ``tests/data/*.txt`` and the sentences of ``tests/bench/questions``, all
of them our own; each order also with its word in other spellings, so that capitals alone make none. What ends in
``_unseen`` is measured only. ``--write`` writes qa/text/orders/order_model.json.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression

from qa.confidence.regression import Regression
from qa.text.orders.features import MODEL, signs
from qa.text.orders.plain_spelling import plain_spelling

DATA = Path(__file__).parent.parent / "data"
STRENGTH = 1.0
"""Inverse regularisation (scikit-learn's C)."""
_WORD = re.compile(r"\b[^\W\d_a-zà-ÿа-яё]{4,}(?:-\d+)?\b|苍鹭|アオサギ|بلشون|茶壶|急須|إبريق")
"""The word that an order wants said: in capitals, where there are any."""


def lines(name: str) -> list[str]:
    return (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def news() -> list[str]:
    """Sentences of invented articles, none of which is an order."""
    found: list[str] = []
    for file in sorted((Path(__file__).parent / "questions").glob("*.jsonl")):
        if "contrast" not in file.name:
            for row in file.read_text(encoding="utf-8").splitlines():
                found += json.loads(row)["sentences"]
    return found


def respelled(order: str, rng: random.Random) -> str:
    def other(word: re.Match[str]) -> str:
        small = word.group().lower()
        return rng.choice([word.group(), small, f"“{small}”", "zebrafish", "42", f"«{word.group()}»"])

    return _WORD.sub(other, order)


def table(sentences: Sequence[str]) -> list[dict[str, float]]:
    return [signs(sentence, plain_spelling(sentence)) for sentence in sentences]


def joined(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """Long sentences, in which what makes an order stands together by chance."""
    found = []
    for at in range(len(sentences) - 4):
        few = [sentence.rstrip(".。") for sentence in sentences[at : at + rng.choice([2, 3, 4])]]
        found.append(rng.choice([", ", "; ", " – "]).join(few) + ".")
    return found


def fit() -> Regression:
    rng = random.Random(1)
    orders = [*lines("orders_more"), *lines("orders")]
    others, plain = [*lines("ordinary_more"), *lines("ordinary")], news()
    chance = joined(others, rng) + joined(plain, rng)
    rows = table([*orders, *(respelled(order, rng) for order in orders), *others, *plain, *chance])
    names = list(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    y = np.array([1] * (2 * len(orders)) + [0] * (len(others) + len(plain) + len(chance)))
    weights = np.array([0.5] * (2 * len(orders)) + [3.0] * len(others) + [0.3] * (len(plain) + len(chance)))
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(x, y, sample_weight=weights)
    kept = {name: weight for name, weight in zip(names, model.coef_[0], strict=True) if abs(weight) >= 0.005}
    return Regression(float(model.intercept_[0]), kept)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    model = fit()
    shown = Table("sentences", "how many", "from .3", "from .4", "from .5", box=None)
    for name in ("orders", "orders_more", "orders_unseen", "ordinary", "ordinary_more", "ordinary_unseen"):
        found = np.array([model.probability(row) for row in table(lines(name))])
        shown.add_row(name, str(len(found)), *(f"{(found >= bound).mean():.3f}" for bound in (0.3, 0.4, 0.5)))
    Console(width=100).print(shown)
    if options.write:
        model.write(MODEL)


if __name__ == "__main__":
    main()

"""Weights that rank the sentences of a question (tests/bench/ranking.py)."""

from __future__ import annotations

import numpy as np
import pytest
from ranking import Ranked, calibrated, fit_ranking, likeliest_proves


def _asked(questions: int) -> list[Ranked]:
    """Of each question the right sentence has more of the first value than the others; some have more of it in all."""
    draw = np.random.default_rng(0)
    asked = []
    for _ in range(questions):
        values = draw.normal(size=(6, 3)).astype(np.float32)
        values[0, 0] += 3.0
        values[:, 0] += draw.normal(scale=20.0)
        asked.append(Ranked(values, np.arange(6) == 0))
    return asked


def test_what_tells_a_sentence_from_the_others_of_its_question_ranks_it_first() -> None:
    asked = _asked(200)
    ranked, of_all = fit_ranking(asked, 1e-3, 1.0), fit_ranking(asked, 1e-3, 0.0)
    assert likeliest_proves(asked, ranked) > 0.75
    assert likeliest_proves(asked, ranked, most=3) > likeliest_proves(asked, ranked)
    # A regression of all sentences hardly sees it: between questions the value spreads ten times as far.
    assert abs(of_all[0]) < 0.2 < ranked[0]


def test_a_question_that_counts_nothing_changes_nothing() -> None:
    asked = _asked(20)
    misleading = [Ranked(-each.values, each.right, weight=1e-9) for each in _asked(60)]
    assert fit_ranking([*asked, *misleading], 0.1, 1.0)[0] > 0


def test_calibrated_weights_tell_how_probably_a_sentence_is_right() -> None:
    asked = [Ranked(each.values - each.values.mean(0), each.right) for each in _asked(300)]
    coefficients = calibrated(asked, fit_ranking(asked, 1e-3, 1.0))
    odds = np.concatenate([each.values @ coefficients[:-1] + coefficients[-1] for each in asked])
    right = np.concatenate([each.right for each in asked])
    assert float((1 / (1 + np.exp(-odds))).mean()) == pytest.approx(float(right.mean()), abs=0.01)

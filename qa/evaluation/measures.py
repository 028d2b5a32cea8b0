"""The measures of an evaluation, named as the field names them, each with a 95 % interval."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from qa.evaluation.confidence import (
    CalibrationBin,
    RiskPoint,
    Rows,
    aurc,
    auroc,
    calibration,
    expected_calibration_error,
    risk_coverage,
)
from qa.evaluation.judging import Record, citation_precision, citation_recall, exact_match, holds_answer, token_f1
from qa.evaluation.ranking import ranking_scores

RESAMPLES = 1000
"""Draws of the bootstrap for an interval of 95 %. Round, not fitted."""
_Z = 1.959964
"""The standard normal's quantile for an interval of 95 %."""
BY_KIND = ("accuracy", "answer containment", "citation precision", "citation recall")

Better = Literal["higher", "lower", ""]
"""Which way is better; nothing for what depends on the machine rather than on the answers."""


@dataclass(frozen=True)
class Metric:
    """A measured value with its 95 % interval; the value is None where no question counts for it.

    The interval is None where too few questions count to tell one.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    """Questions it was measured on."""
    unit: str
    better: Better

    def to_json(self) -> dict[str, Any]:
        interval = None if self.low is None or self.high is None else [self.low, self.high]
        return {"value": self.value, "interval": interval, "n": self.n, "unit": self.unit, "better": self.better}


@dataclass(frozen=True)
class Measurement:
    """The metrics over a set of records."""

    metrics: tuple[Metric, ...]
    by_kind: dict[str, tuple[Metric, ...]]
    risk_coverage: tuple[RiskPoint, ...]
    calibration: tuple[CalibrationBin, ...]

    def metric(self, name: str) -> Metric:
        """The metric of this name.

        Raises KeyError: there is none.
        """
        for metric in self.metrics:
            if metric.name == name:
                return metric
        raise KeyError(name)


@dataclass(frozen=True)
class _Measure:
    """How a metric is computed: a row of numbers for each question that counts, and a statistic over the rows."""

    name: str
    better: Better
    rows: Callable[[Sequence[Record]], list[Any]]
    statistic: Callable[[Rows], float]
    unit: str = "share"


def measure(records: Sequence[Record], seed: int = 0) -> Measurement:
    """Measures the records; the same records and seed give the same intervals."""
    confidences = np.array(_confidence_and_right(records), dtype=float)
    kinds = sorted({record.question.kind for record in records})
    per_kind = [part for part in _MEASURES if part.name in BY_KIND]
    return Measurement(
        metrics=tuple(_metric(part, records, seed) for part in (*_ranking_measures(records), *_MEASURES)),
        by_kind={
            kind: tuple(_metric(part, [r for r in records if r.question.kind == kind], seed) for part in per_kind)
            for kind in kinds
        },
        risk_coverage=tuple(risk_coverage(confidences, len(records))) if len(confidences) else (),
        calibration=tuple(calibration(confidences)) if len(confidences) else (),
    )


def bootstrap_interval(statistic: Callable[[Rows], float], rows: Rows, seed: int) -> tuple[float, float] | None:
    """The 95 % percentile interval of the statistic over rows drawn again with replacement.

    Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979. None where no draw has a value.
    """
    random = np.random.default_rng(seed)
    draws = np.array([statistic(rows[random.integers(len(rows), size=len(rows))]) for _ in range(RESAMPLES)])
    draws = draws[~np.isnan(draws)]
    if not len(draws):
        return None
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def wilson_interval(share: float, n: int) -> tuple[float, float]:
    """The 95 % score interval of a share among ``n`` questions; no share of few questions is certain.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", 1927. For a mean of values from 0 to
    1, which vary less than yes and no do, it is rather too wide.

    >>> tuple(round(end, 3) for end in wilson_interval(1.0, 1))
    (0.207, 1.0)
    """
    wider = 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / wider
    half = _Z / wider * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _metric(part: _Measure, records: Sequence[Record], seed: int) -> Metric:
    rows = np.array(part.rows(records), dtype=float)
    value = part.statistic(rows) if len(rows) else float("nan")
    if np.isnan(value):
        return Metric(part.name, None, None, None, len(rows), part.unit, part.better)
    low, high = _interval(part, rows, value, seed) or (None, None)
    return Metric(part.name, value, low, high, len(rows), part.unit, part.better)


def _interval(part: _Measure, rows: Rows, value: float, seed: int) -> tuple[float, float] | None:
    """Wilson's interval for shares, else the bootstrap's; None where all questions have the same value."""
    is_share = part.statistic in (_mean, _ratio) and part.unit in ("share", "score")
    drawn = None if is_share and np.isin(rows, (0, 1)).all() else bootstrap_interval(part.statistic, rows, seed)
    if drawn and drawn[0] < drawn[1]:
        return drawn
    return wilson_interval(value, len(rows)) if is_share else None


def _ranking_measures(records: Sequence[Record]) -> list[_Measure]:
    def rows(scores: list[float]) -> Callable[[Sequence[Record]], list[float]]:
        return lambda _: scores

    return [
        _Measure(name, "higher", rows(scores), _mean, "share" if name.startswith("R@") else "score")
        for name, scores in ranking_scores(records).items()
    ]


def _each(value: Callable[[Record], Any]) -> Callable[[Sequence[Record]], list[Any]]:
    """Makes a function that returns one row for each record for which the value is not None."""
    return lambda records: [row for row in map(value, records) if row is not None]


def _mean(rows: Rows) -> float:
    return float(rows.mean())


def _ratio(rows: Rows) -> float:
    """Sum of the first column by the sum of the second."""
    part, whole = rows.sum(axis=0)
    return float(part / whole) if whole else float("nan")


def _percentile(percent: float) -> Callable[[Rows], float]:
    return lambda rows: float(np.percentile(rows, percent))


def _containment(record: Record) -> bool | None:
    question = record.question
    if question.must_be_refused or not (question.answers or question.all_of):
        return None
    return record.reply.answered and holds_answer(question, record.reply.text)


def _best(score: Callable[[str, str], float]) -> Callable[[Record], float | None]:
    """The best score over the expected answers, as SQuAD's script takes it; 0 for a refusal."""

    def best(record: Record) -> float | None:
        question, reply = record.question, record.reply
        if question.must_be_refused or not question.answers:
            return None
        return max(float(score(reply.text, answer)) for answer in question.answers) if reply.answered else 0.0

    return best


def _precision(record: Record) -> float | None:
    return None if record.question.must_be_refused else citation_precision(record.question, record.reply)


def _recall(record: Record) -> float | None:
    return None if record.question.must_be_refused else citation_recall(record.question, record.reply)


def _false_answer(record: Record) -> bool | None:
    return record.reply.answered if record.question.must_be_refused else None


def _false_refusal(record: Record) -> bool | None:
    return None if record.question.must_be_refused else not record.reply.answered


def _supported(record: Record) -> tuple[int, int] | None:
    reply = record.reply
    return (reply.support.count("supported"), len(reply.support)) if reply.answered else None


_confidence_and_right = _each(
    lambda record: (record.reply.confidence, record.correct) if record.reply.answered else None
)
_confidence_and_answerable = _each(lambda record: (record.reply.confidence, not record.question.must_be_refused))
_first_evidence = _each(lambda record: record.reply.first_evidence_ms)
_first_token = _each(lambda record: record.reply.first_token_ms)
_total = _each(lambda record: record.reply.total_ms)

_MEASURES = (
    _Measure("accuracy", "higher", _each(lambda record: record.correct), _mean),
    _Measure("answer containment", "higher", _each(_containment), _mean),
    _Measure("F1", "higher", _each(_best(token_f1)), _mean),
    _Measure("EM", "higher", _each(_best(exact_match)), _mean),
    _Measure("citation precision", "higher", _each(_precision), _mean),
    _Measure("citation recall", "higher", _each(_recall), _mean),
    _Measure("supported sentences", "higher", _each(_supported), _ratio),
    _Measure("false answers", "lower", _each(_false_answer), _mean),
    _Measure("false refusals", "lower", _each(_false_refusal), _mean),
    _Measure("AURC", "lower", _confidence_and_right, aurc, "score"),
    _Measure("AUROC right", "higher", _confidence_and_right, auroc, "score"),
    _Measure("AUROC answerable", "higher", _confidence_and_answerable, auroc, "score"),
    _Measure("ECE", "lower", _confidence_and_right, expected_calibration_error, "score"),
    _Measure("first evidence p50", "", _first_evidence, _percentile(50), "ms"),
    _Measure("first token p50", "", _first_token, _percentile(50), "ms"),
    _Measure("first token p95", "", _first_token, _percentile(95), "ms"),
    _Measure("latency p50", "", _total, _percentile(50), "ms"),
    _Measure("latency p95", "", _total, _percentile(95), "ms"),
    _Measure("prompt tokens", "", _each(lambda record: record.reply.prompt_tokens), _mean, "tokens"),
    _Measure("completion tokens", "", _each(lambda record: record.reply.completion_tokens), _mean, "tokens"),
)

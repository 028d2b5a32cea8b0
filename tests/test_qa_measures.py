"""The measures against hand arithmetic and against independent implementations.

SciPy and scikit-learn are imported where they are used: every worker imports this file, and one needs them.
"""

from __future__ import annotations

import math
import random
from typing import Any

import ir_measures
import numpy as np
import pytest
import pytrec_eval

from qa.evaluation.confidence import aurc, auroc, calibration, expected_calibration_error, risk_coverage
from qa.evaluation.judging import (
    Record,
    Reply,
    citation_precision,
    citation_recall,
    contains,
    exact_match,
    fault,
    normalized,
    token_f1,
)
from qa.evaluation.measures import RESAMPLES, Measurement, bootstrap_interval, measure, wilson_interval
from qa.evaluation.questions import Question, Span
from qa.evaluation.ranking import RANKING_MEASURES, judged_ranking, ranking_scores

FACT = Question(
    "q", "How many bridges?", answers=("12", "twelve"), articles=("storm",), evidence=(Span("storm", 17, 19),)
)
UNANSWERABLE = Question("q", "Who?", kind="unanswerable")


def answer(text: str = "12.", answered: bool = True, **fields: Any) -> dict[str, Any]:
    """An answer as ``byline ask --json`` prints it, reduced to what is judged."""
    return {
        "text": text,
        "answered": answered,
        "citations": [{"article": a, "start": s, "end": e} for a, s, e in fields.get("citations", [])],
        "confidence": fields.get("confidence", 0.5),
        "sentences": [{"support": verdict} for verdict in fields.get("support", ["supported"])],
        "tokens": {"prompt": fields.get("prompt", 300), "completion": 20},
        "timings_ms": {"first_evidence": 50, "first_token": 500, "total": fields.get("total", 1000)},
    }


# Normalizing, EM and F1: the arithmetic of SQuAD's evaluation script.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Devil's cargo-train, an “A” list!", "devils cargotrain list"),
        ("4,000 of them", "4000 of them"),
        ("Theatre and anthem", "theatre and anthem"),
        ("¿Qué? — ÉL", "qué él"),
    ],
)
def test_normalizing_drops_case_punctuation_and_articles(text: str, expected: str) -> None:
    assert normalized(text) == expected


def test_an_answer_is_contained_as_whole_words_only() -> None:
    assert contains("Some 4,000 people left.", "4000 People")
    assert not contains("In 1934 it began.", "19")


def test_exact_match_ignores_what_normalizing_drops() -> None:
    assert exact_match("The Denver Broncos.", "Denver Broncos")
    assert not exact_match("It was the Denver Broncos", "Denver Broncos")


@pytest.mark.parametrize(
    ("text", "expected", "precision", "recall"),
    [
        ("It was the Denver Broncos", "Denver Broncos", 2 / 4, 2 / 2),
        ("red red blue", "red green", 1 / 3, 1 / 2),
        ("red red blue", "red red red", 2 / 3, 2 / 3),
    ],
)
def test_f1_is_the_harmonic_mean_of_token_precision_and_recall(
    text: str, expected: str, precision: float, recall: float
) -> None:
    assert token_f1(text, expected) == pytest.approx(2 * precision * recall / (precision + recall))


def test_f1_without_a_common_word_is_zero() -> None:
    assert token_f1("red", "blue") == 0.0


# Right and wrong.


@pytest.mark.parametrize(
    ("question", "reply", "why"),
    [
        (FACT, Reply("Twelve bridges.", True, (Span("storm", 10, 30),)), ""),
        (FACT, Reply("Twelve.", False), "It refused, although the articles hold the answer."),
        (FACT, Reply("Nine.", True, (Span("storm", 10, 30),)), 'The answer says none of "12", "twelve".'),
        (FACT, Reply("12", True, (Span("storm", 18, 30),)), 'No citation covers the evidence in "storm" (17 to 19).'),
        (FACT, Reply("12", True, (Span("flood", 10, 30),)), 'No citation covers the evidence in "storm" (17 to 19).'),
        (UNANSWERABLE, Reply("The articles do not say.", False), ""),
        (UNANSWERABLE, Reply("Ada.", True), "It answered, although the articles do not hold the answer."),
        (Question("q", "Who?", kind="negative"), Reply("Nobody.", False), ""),
        (Question("q", "Anyone?", kind="negative", answers=("nobody",)), Reply("Nobody was.", True), ""),
        (Question("q", "How many?", kind="conflict", all_of=("4,000", "8,000")), Reply("4,000 or 8,000.", True), ""),
        (
            Question("q", "How many?", kind="conflict", all_of=("4,000", "8,000")),
            Reply("4,000.", True),
            'The answer lacks "8,000".',
        ),
        (Question("q", "Where?", articles=("a", "b")), Reply("There.", True, (Span("b", 0, 1),)), ""),
        (Question("q", "Where?", articles=("a", "b")), Reply("There.", True), 'No citation is of "a", "b".'),
    ],
)
def test_a_reply_is_right_or_the_reason_is_given(question: Question, reply: Reply, why: str) -> None:
    assert fault(question, reply) == why


def test_every_evidence_span_needs_a_citation() -> None:
    question = Question("q", "?", kind="multi", answers=("12",), evidence=(Span("a", 0, 5), Span("b", 0, 5)))
    assert fault(question, Reply("12", True, (Span("a", 0, 9),))) == 'No citation covers the evidence in "b" (0 to 5).'
    assert fault(question, Reply("12", True, (Span("a", 0, 9), Span("b", 0, 9)))) == ""


def test_citations_are_compared_with_evidence_and_without_it_with_articles() -> None:
    reply = Reply("12", True, (Span("a", 0, 9), Span("a", 20, 30), Span("c", 0, 9)))
    spans = Question("q", "?", articles=("a", "b"), evidence=(Span("a", 0, 5), Span("b", 0, 5)))
    articles = Question("q", "?", articles=("a", "b"))
    assert (citation_precision(spans, reply), citation_recall(spans, reply)) == (1 / 3, 1 / 2)
    assert (citation_precision(articles, reply), citation_recall(articles, reply)) == (2 / 3, 1 / 2)
    assert citation_precision(articles, Reply("12", True)) is None
    assert citation_recall(articles, Reply("12", True)) == 0 / 2


# Rankings.


def ranked(question: Question, *hits: Span) -> Record:
    return Record(question, answer(), hits)


def test_ranking_measures_by_hand() -> None:
    elsewhere, there = Span("flood", 0, 90), Span("storm", 0, 90)
    first = ranked(Question("first", "?", evidence=(Span("storm", 17, 19),)), there, elsewhere)
    third = ranked(Question("third", "?", evidence=(Span("storm", 17, 19),)), elsewhere, Span("storm", 0, 18), there)
    never = ranked(Question("never", "?", evidence=(Span("storm", 17, 19),)), elsewhere)
    unjudged = ranked(Question("unjudged", "?", answers=("12",)), there)
    refusable = ranked(Question("refusable", "?", kind="unanswerable", articles=("storm",)), there)
    assert ranking_scores([first, third, never, unjudged, refusable]) == {
        "R@1": [1.0, 0.0, 0.0],
        "R@5": [1.0, 1.0, 0.0],
        "RR": [1.0, 1 / 3, 0.0],
        "nDCG@10": [1.0, pytest.approx(1 / math.log2(3 + 1)), 0.0],
    }


def test_a_passage_that_covers_two_spans_counts_as_both() -> None:
    question = Question("q", "?", evidence=(Span("a", 0, 5), Span("a", 10, 15)))
    assert ranking_scores([ranked(question, Span("a", 0, 20))])["R@1"] == [1.0]
    assert ranking_scores([ranked(question, Span("a", 0, 9), Span("a", 10, 20))])["R@1"] == [1 / 2]


def test_without_evidence_articles_are_ranked_by_their_first_passage() -> None:
    question = Question("q", "?", articles=("a", "b"))
    scores = ranking_scores([ranked(question, Span("a", 0, 5), Span("a", 5, 9), Span("b", 0, 5))])
    assert (scores["R@1"], scores["nDCG@10"]) == ([1 / 2], [1.0])


def random_records(seed: int) -> list[Record]:
    draw = random.Random(seed)
    return [
        ranked(
            Question(
                f"q{n}", "?", evidence=tuple(Span(draw.choice("abcdef"), 0, 5) for _ in range(draw.randint(1, 3)))
            ),
            *(Span(draw.choice("abcdefghijkl"), 0, 9) for _ in range(10)),
        )
        for n in range(200)
    ]


def test_ranking_agrees_with_pytrec_eval_with_scikit_learn_and_with_ms_marcos_rr() -> None:
    records = random_records(1)
    scores = ranking_scores(records)
    judged = {record.question.id: judged_ranking(record.question, record.hits) for record in records}
    qrels = {name: relevant for name, (relevant, _) in judged.items()}
    runs = {name: run for name, (_, run) in judged.items()}

    names = {"R@1": "recall_1", "R@5": "recall_5", "RR": "recip_rank", "nDCG@10": "ndcg_cut_10"}
    trec = pytrec_eval.RelevanceEvaluator(qrels, {"recall.1,5", "recip_rank", "ndcg_cut.10"}).evaluate(runs)
    for name in RANKING_MEASURES:
        assert scores[name] == pytest.approx([trec[record.question.id][names[name]] for record in records])

    marco = ir_measures.msmarco.iter_calc([ir_measures.RR @ 10], qrels, runs)
    assert {metric.query_id: metric.value for metric in marco} == pytest.approx(
        {record.question.id: value for record, value in zip(records, scores["RR"], strict=True)}
    )

    for (relevant, run), value in zip(judged.values(), scores["nDCG@10"], strict=True):
        documents = list(run | relevant)
        # scikit-learn ranks every document; what was not found comes after what was.
        gains = [[relevant.get(name, 0) for name in documents]]
        places = [[run.get(name, -number) for number, name in enumerate(documents, start=1)]]
        assert value == pytest.approx(_ndcg_at_10(gains, places, found=len(run)))


def _ndcg_at_10(gains: list[list[int]], places: list[list[float]], found: int) -> float:
    """scikit-learn's DCG of the found documents over that of the ideal ranking."""
    from sklearn.metrics import ndcg_score

    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, sum(gains[0])) + 1))
    dcg = ndcg_score(gains, places, k=min(10, found)) * sum(
        1 / math.log2(rank + 1) for rank in range(1, min(10, found, sum(gains[0])) + 1)
    )
    return dcg / ideal


# Confidence. Rows are (confidence, right).

ROWS = np.array([[0.9, 1], [0.8, 0], [0.8, 1], [0.3, 0]], dtype=float)


def test_the_risk_coverage_curve_by_hand() -> None:
    points = [(point.confidence, point.coverage, point.risk) for point in risk_coverage(ROWS, questions=8)]
    assert points == [(0.9, 1 / 8, 0 / 1), (0.8, 3 / 8, 1 / 3), (0.3, 4 / 8, 2 / 4)]


def test_aurc_by_hand_with_equal_confidences_as_if_shuffled() -> None:
    # The two at 0.8 are wrong by half each: risks 0/1, 0.5/2, 1/3, 2/4.
    assert aurc(ROWS) == pytest.approx((0 / 1 + 0.5 / 2 + 1 / 3 + 2 / 4) / 4)


def test_auroc_by_hand_and_by_scikit_learn() -> None:
    from sklearn.metrics import roc_auc_score

    # Pairs (right, wrong): .9>.8, .9>.3, .8=.8, .8>.3.
    assert auroc(ROWS) == (1 + 1 + 0.5 + 1) / 4
    draw = np.random.default_rng(2)
    rows = np.column_stack([draw.random(300).round(2), draw.integers(2, size=300)]).astype(float)
    assert auroc(rows) == pytest.approx(roc_auc_score(rows[:, 1], rows[:, 0]))


def test_auroc_without_both_outcomes_has_no_value() -> None:
    assert math.isnan(auroc(ROWS[[0, 2]]))


def test_expected_calibration_error_by_hand() -> None:
    # Bins .3: 1 row, none right; .8: 2 rows, one right; .9: 1 row, right.
    assert expected_calibration_error(ROWS) == pytest.approx((1 * 0.3 + 2 * (0.8 - 1 / 2) + 1 * (1 - 0.9)) / 4)


def test_full_confidence_falls_into_the_last_bin() -> None:
    (last,) = calibration(np.array([[1.0, 1], [0.95, 0]]))
    assert (last.confidence, last.accuracy, last.n) == (pytest.approx((1.0 + 0.95) / 2), 1 / 2, 2)


# The whole.


def records_of(*answers: tuple[Question, dict[str, Any]]) -> list[Record]:
    return [Record(question, given) for question, given in answers]


def small() -> list[Record]:
    def fact(number: int) -> Question:
        return Question(f"f{number}", "?", answers=("12",), evidence=(Span("a", 0, 5),))

    def unanswerable(number: int) -> Question:
        return Question(f"u{number}", "?", kind="unanswerable")

    return records_of(
        (fact(1), answer("12", citations=[("a", 0, 9)], confidence=0.9, total=1000)),
        (
            fact(2),
            answer("12 of them", citations=[("a", 0, 9), ("b", 0, 9)], support=["supported", "partly"], total=2000),
        ),
        (fact(3), answer("Nine", citations=[("b", 0, 9)], confidence=0.2, support=["unsupported"], total=3000)),
        (fact(4), answer("The articles do not say.", False, support=["unsupported"], confidence=0.1, total=4000)),
        (unanswerable(1), answer("Not said.", False, confidence=0.1, total=5000)),
        (unanswerable(2), answer("Ada", confidence=0.4, total=6000)),
    )


@pytest.fixture(scope="module")
def measured() -> Measurement:
    return measure(small())


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("accuracy", 3 / 6, 6),
        ("answer containment", 2 / 4, 4),
        ("F1", (1 + 2 * (1 / 3) * 1 / (1 / 3 + 1) + 0 + 0) / 4, 4),
        ("EM", 1 / 4, 4),
        ("citation precision", (1 / 1 + 1 / 2 + 0 / 1) / 3, 3),
        ("citation recall", (1 + 1 + 0 + 0) / 4, 4),
        ("supported sentences", (1 + 1 + 0 + 1) / (1 + 2 + 1 + 1), 4),
        ("false answers", 1 / 2, 2),
        ("false refusals", 1 / 4, 4),
        ("AUROC right", 4 / 4, 4),
        ("AUROC answerable", (2 + 2 + 1 + 0.5) / (4 * 2), 6),
        ("latency p50", (3000 + 4000) / 2, 6),
        ("latency p95", 5000 + 0.75 * (6000 - 5000), 6),
        ("prompt tokens", 300, 6),
    ],
)
def test_every_measure_by_hand(measured: Measurement, name: str, value: float, n: int) -> None:
    metric = measured.metric(name)
    assert (metric.value, metric.n) == (pytest.approx(value), n)


def test_measures_by_kind_count_only_their_kind(measured: Measurement) -> None:
    assert {kind: metrics[0].value for kind, metrics in measured.by_kind.items()} == {
        "fact": 2 / 4,
        "unanswerable": 1 / 2,
    }


def test_a_measure_without_questions_has_no_value() -> None:
    metric = measure(small()[:4]).metric("false answers")
    assert (metric.value, metric.low, metric.n) == (None, None, 0)
    assert metric.to_json()["interval"] is None


def test_the_same_seed_gives_the_same_intervals() -> None:
    rows = np.random.default_rng(3).random(50)
    assert bootstrap_interval(np.mean, rows, seed=5) == bootstrap_interval(np.mean, rows, seed=5)
    assert bootstrap_interval(np.mean, rows, seed=5) != bootstrap_interval(np.mean, rows, seed=6)


def test_intervals_agree_with_scipys_bootstrap() -> None:
    from scipy.stats import bootstrap

    rows = np.random.default_rng(3).random(200)
    low, high = bootstrap_interval(np.mean, rows, seed=4) or (math.nan, math.nan)
    independent = bootstrap(
        (rows,), np.mean, method="percentile", n_resamples=RESAMPLES, rng=np.random.default_rng(9)
    ).confidence_interval
    spread = independent.high - independent.low
    assert low == pytest.approx(independent.low, abs=0.1 * spread)
    assert high == pytest.approx(independent.high, abs=0.1 * spread)


@pytest.mark.parametrize(("right", "n"), [(1, 1), (0, 1), (10, 10), (3, 7), (0, 40), (62, 96)])
def test_wilsons_interval_agrees_with_scipys(right: int, n: int) -> None:
    from scipy.stats import binomtest

    independent = binomtest(right, n).proportion_ci(method="wilson")
    assert wilson_interval(right / n, n) == pytest.approx((independent.low, independent.high), abs=1e-6)


def test_one_question_tells_little_of_a_share_and_nothing_of_a_time() -> None:
    measured = measure(small()[:1])
    for name in ("accuracy", "citation precision", "supported sentences"):
        metric = measured.metric(name)
        assert (metric.value, metric.low, metric.high) == (1.0, pytest.approx(0.2065, abs=1e-4), 1.0), name
    for name in ("latency p50", "AURC", "prompt tokens"):
        assert measured.metric(name).value is not None, name
        assert (measured.metric(name).low, measured.metric(name).high) == (None, None), name

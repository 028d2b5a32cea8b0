"""How well the passages found for a question are ranked, by ir_measures (Macdonald et al., with trec_eval beneath)."""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, nDCG

from qa.evaluation.judging import Record
from qa.evaluation.questions import Question, Span

DEPTH = 10
"""Passages of each ranking that are evaluated; RR is 0 where the first relevant one comes later. Round, not fitted."""

RANKING_MEASURES = {"R@1": R @ 1, "R@5": R @ 5, "RR": RR, "nDCG@10": nDCG @ 10}


def ranking_scores(records: Sequence[Record]) -> dict[str, list[float]]:
    """Returns for each measure its values for the questions whose evidence or articles are known, in their order."""
    qrels, run = {}, {}
    for record in records:
        if not record.question.must_be_refused and (record.question.evidence or record.question.articles):
            qrels[record.question.id], run[record.question.id] = judged_ranking(record.question, record.hits)
    names = {measure: name for name, measure in RANKING_MEASURES.items()}
    scores: dict[str, dict[str, float]] = {name: dict.fromkeys(qrels, 0.0) for name in RANKING_MEASURES}
    for metric in ir_measures.iter_calc(list(names), qrels, run) if qrels else ():
        scores[names[metric.measure]][metric.query_id] = metric.value
    return {name: list(by_question.values()) for name, by_question in scores.items()}


def judged_ranking(question: Question, hits: Sequence[Span]) -> tuple[dict[str, int], dict[str, float]]:
    """Returns the relevant documents of a question and the ranking of the hits, in trec_eval's terms (qrels and run).

    With evidence the documents are passages: the first that covers a span is relevant, and so is a span that
    none covers. Without, they are articles, each at the rank of its first passage.

    >>> question = Question("q", "?", evidence=(Span("a", 5, 9), Span("b", 0, 4)))
    >>> judged_ranking(question, [Span("c", 0, 20), Span("a", 0, 20)])
    ({'passage 2': 1, 'not found 1': 1}, {'passage 1': 1.0, 'passage 2': 0.5})
    """
    # Scores fall with the rank, because trec_eval orders by score, and equal scores by name.
    if not question.evidence:
        ranked = list(dict.fromkeys(hit.article_id for hit in hits))
        return dict.fromkeys(question.articles, 1), {name: 1 / rank for rank, name in enumerate(ranked, start=1)}
    relevant: dict[str, int] = {}
    run: dict[str, float] = {}
    missing = list(question.evidence)
    for rank, hit in enumerate(hits, start=1):
        name = f"passage {rank}"
        run[name] = 1 / rank
        if any(hit.covers(span) for span in missing):
            relevant[name] = 1
            missing = [span for span in missing if not hit.covers(span)]
    return relevant | {f"not found {number}": 1 for number, _ in enumerate(missing, start=1)}, run

"""Orders what a search found by a reranker, where the user named one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.embedding.cross_encoder import CrossEncoder
from index.errors import InputError
from index.records import Hit
from index.text.headlines import with_headline

RERANKED = 20
"""Best hits of a search that a reranker orders; those after them stay behind. Round, not fitted: each is some hundred
tokens to read while a person waits."""


def reranked(question: str, hits: Sequence[Hit], titles: Mapping[str, str], reranker: CrossEncoder) -> list[Hit]:
    """The hits with the first RERANKED of them in the order of their scores by the reranker, best first.

    ``titles`` are the headlines of their articles by id: a passage is read under its own. A hit's own score stays that
    of the search, on which what comes after was fitted.
    Raises InputError: the model has several labels, so that it orders nothing, or it cannot be loaded.
    """
    first = list(hits[:RERANKED])
    if not first:
        return list(hits)
    passages = [with_headline(titles.get(hit.passage.article_id, ""), hit.passage.text) for hit in first]
    scores = reranker.scores([(question, passage) for passage in passages])
    if scores.shape[1] != 1:
        raise InputError(
            f"The reranker {reranker.name} gives {scores.shape[1]} scores a pair ({', '.join(reranker.labels)}) where "
            "one is needed to order by; name another with --reranker"
        )
    order = sorted(range(len(first)), key=lambda at: -float(scores[at, 0]))
    return [*(first[at] for at in order), *hits[RERANKED:]]

"""A reader beside which a judge of entailment tells whether a text states a claim, where the user named one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from index.embedding.cross_encoder import CrossEncoder
from index.errors import InputError
from index.language.detection import rules_for
from index.text.headlines import with_headline
from qa.reader.protocol import Reader, Scores, Text
from qa.text.words import ENGLISH, stems

_MOST_PAIRS = 3
"""Pairs of neighbouring sentences that a claim is held against beside the whole text, those with most of its words:
what each costs is waited for. Chosen by eye."""
ENTAILMENT = "entailment"
"""The label of a judge's score that a text makes a claim true."""
_SHORTEST = 4
"""Words below which a claim is no statement that could follow from a text, as "22." and "On Tuesday.". By eye."""


class EntailingReader:
    """Leaves the reading to another reader, and is as doubtful of a claim as the more doubtful of it and the judge.

    A claim that answers no question is the judge's alone. Judges are taken to know English, so what is in another
    language, as a claim too short for a statement, is the reader's alone.
    """

    def __init__(self, reader: Reader, judge: CrossEncoder) -> None:
        self._reader, self._judge = reader, judge
        self.name = reader.name

    def read(self, question: str, texts: Sequence[Text]) -> list[Scores]:
        """See Reader."""
        return self._reader.read(question, texts)

    def keep(self, text: Text) -> bool:
        """See Reader."""
        return self._reader.keep(text)

    @property
    def has_room(self) -> bool:
        """See Reader."""
        return self._reader.has_room

    def knows(self, text: Text) -> bool:
        """See Reader."""
        return self._reader.knows(text)

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        """See Reader. Raises InputError: the judge cannot be loaded, or has no score for entailment."""
        is_judged = len(claim.split()) >= _SHORTEST and all(
            rules_for(part) is ENGLISH for part in (claim, " ".join(text.sentences))
        )
        if not is_judged:
            return self._reader.stated(question, claim, text)
        odds = entailed(claim, text, self._judge)
        of_reader = self._reader.stated(question, claim, text) if question else None
        return odds if of_reader is None else min(odds, of_reader)


def entailed(claim: str, text: Text, judge: CrossEncoder) -> float:
    """The log odds that a text makes a claim true: by the whole of it or by two neighbouring sentences, whichever does
    so more surely.

    Judges were trained on premises of a sentence or two, and a long one distracts them (Laban et al., "SummaC", 2022).
    Raises InputError: the judge cannot be loaded, or has no score for entailment.
    """
    if ENTAILMENT not in judge.labels:
        raise InputError(
            f"The judge {judge.name} tells {', '.join(judge.labels)}, not {ENTAILMENT}; name another with --judge"
        )
    wanted = stems(claim, ENGLISH)
    nearest = sorted(pairwise(text.sentences), key=lambda pair: -len(wanted & stems(" ".join(pair), ENGLISH)))[
        :_MOST_PAIRS
    ]
    parts = [text.sentences, *nearest] if len(text.sentences) > 2 else [text.sentences]
    premises = [with_headline(text.headline, " ".join(part)) for part in parts]
    at = judge.labels.index(ENTAILMENT)
    return max(_odds(row, at) for row in judge.scores([(premise, claim) for premise in premises]).tolist())


def _odds(scores: Sequence[float], at: int) -> float:
    """The log odds of one of several labels, given the scores of all.

    >>> round(_odds([0.0, 2.0, 0.0], 1), 2)  # e² / 2
    1.31
    """
    others = [score for number, score in enumerate(scores) if number != at]
    most = max(others)
    return scores[at] - most - math.log(sum(math.exp(score - most) for score in others))

"""The judge: a claim beside sentences of evidence."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from index.errors import InputError
from qa.support.judge import judge, judge_claims


class WordBag:
    """Embeds a text as the sum of one direction for the first five letters of each word: words in common are cosine."""

    name = "words"

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.full((len(texts), 384), 1e-6, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word[:5].encode()) % 384] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


NO_LIST = 'Line 1 of the claims has no list of sentences as "evidence"; give one.'

TRAIN = (
    "The group left San Pedro Sula early on Friday, and at least 8,000 people are expected to join it.",
    "Its path is that of a cargo train nicknamed ‘The Devil’, which runs along the coast to the Texas border.",
    "With it was José Luis Montes, a 19-year-old who had not reached the United States in two earlier tries.",
    "“We will not turn back,” said Maria López, a teacher from Honduras.",
)


@pytest.mark.parametrize(
    "claim",
    [
        "The train is nicknamed The Devil.",
        "The cargo train runs along the coast to the Texas border.",
        "José Luis Montes is 19 years old.",
        "Montes is a nineteen-year-old.",
        "Montes had not reached the U.S. in two earlier tries.",
        "At least eight thousand people are expected to join the group.",
        '"We will not turn back," López said.',
    ],
)
def test_a_sentence_that_rephrases_the_evidence_is_supported(claim: str) -> None:
    verdict = judge(claim, TRAIN, WordBag())
    assert (verdict.support, verdict.differences) == ("supported", ())


@pytest.mark.parametrize(
    ("claim", "given", "found", "kind"),
    [
        ("At least 9,000 people are expected to join the group.", "9,000", "8,000", "number"),
        ("The group left San Pedro Sula early on Monday.", "Monday", "Friday", "date"),
        ("José Luis Moreno is a 19-year-old.", "José Luis Moreno", "José Luis Montes", "name"),
        ("The train does not run along the coast to the Texas border.", "not run along", None, "negation"),
        ("“We will turn back,” said Maria López.", "We will turn back,", TRAIN[3], "quote"),
    ],
)
def test_a_changed_fact_is_never_supported(claim: str, given: str, found: str | None, kind: str) -> None:
    verdict = judge(claim, TRAIN, WordBag())
    assert verdict.support != "supported"
    assert (given, found, kind) in [(d.given, d.found, d.kind) for d in verdict.differences]


def test_the_best_sentence_comes_first() -> None:
    assert judge("The train is nicknamed The Devil.", TRAIN, WordBag()).best[0] == 1


def test_a_claim_from_elsewhere_is_unsupported() -> None:
    assert judge("The capital of France is Paris.", TRAIN, WordBag()).support == "unsupported"


@pytest.mark.parametrize(("claim", "evidence"), [("", TRAIN), ("…", TRAIN), ("It runs.", ()), ("It runs.", ("", " "))])
def test_without_words_or_evidence_a_claim_is_unsupported(claim: str, evidence: tuple[str, ...]) -> None:
    verdict = judge(claim, evidence, WordBag())
    assert (verdict.support, verdict.score, verdict.best) == ("unsupported", 0.0, ())


def test_evidence_that_repeats_a_sentence_changes_nothing() -> None:
    claim = "At least 8,000 people are expected to join it."
    once, twice = judge(claim, TRAIN[:1], WordBag()), judge(claim, (TRAIN[0], TRAIN[0]), WordBag())
    assert (once.support, once.best) == (twice.support, twice.best) == ("supported", (0,))


def test_claims_in_json_lines_come_back_judged_in_order() -> None:
    lines = [
        json.dumps({"id": "a", "claim": "The train is nicknamed The Devil.", "evidence": TRAIN}),
        "",
        json.dumps({"id": "b", "claim": "Paris is in France.", "evidence": [], "label": "ignored"}),
    ]
    judged = list(judge_claims(lines, WordBag()))
    assert [(j["id"], j["support"]) for j in judged] == [("a", "supported"), ("b", "unsupported")]
    assert judged[0]["score"] > 0.5 > judged[1]["score"] == 0.0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "Line 1 of the claims is not JSON (Expecting property name enclosed in double quotes: line 1 column 2 "
              "(char 1)); give one object a line."),
        ('{"id": 1}', 'Line 1 of the claims has no "id" or no "claim"; give both, and "evidence".'),
        ('{"id": 1, "claim": "x"}', NO_LIST),
        ('{"id": 1, "claim": "x", "evidence": "y"}', NO_LIST),
    ],
)  # fmt: skip
def test_a_line_that_is_no_claim_is_named(line: str, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        list(judge_claims([line], WordBag()))
    assert str(error.value) == sentence

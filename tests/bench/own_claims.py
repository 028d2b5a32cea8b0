"""Our own claims: ``claims/*.jsonl``, written in six hands on passages of ``questions/``; half of them are stated."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from own_questions import pairs, passages

FOLDER = Path(__file__).with_name("claims")


@dataclass(frozen=True)
class Claim:
    """A claim beside a passage, and whether the passage states it."""

    id: str
    """The passage's."""
    group: str
    """The first report of the same story: what is fitted on one must not be tested on another."""
    headline: str
    sentences: tuple[str, ...]
    question: str
    """What it answers; empty where it is read by itself."""
    claim: str
    stated: bool
    kind: str
    """How it says what the passage says, or what is wrong with it."""


def answers() -> Iterator[Claim]:
    """The right answer to each of our own questions, and the statement that is wrong in one thing."""
    for pair, _ in pairs():
        for claim, is_right in ((pair.answer, True), (pair.false, False)):
            if claim:
                kind = "right answer" if is_right else "wrong answer"
                yield Claim(pair.id, pair.group, pair.headline, pair.sentences, pair.question, claim, is_right, kind)


def claims() -> Iterator[Claim]:
    """The claims that answer no question."""
    by_id = {passage["id"]: passage for passage in passages()}
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            of = by_id[told["passage"]]
            sentences = tuple(of["sentences"])
            yield Claim(
                of["id"], of["group"], of["headline"], sentences, "", told["claim"], told["stated"], told["kind"]
            )

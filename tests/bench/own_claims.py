"""Our own claims: ``claims/*.jsonl``, written in six hands on passages of ``questions/``; half of them are stated.

Some claims have a passage turned round as well (``claims/*.turned.jsonl``), in which a sentence or two are replaced so
that what was stated is not, and the reverse: with both, no claim is told by its wording.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from own_questions import passages

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
    claim: str
    stated: bool
    kind: str
    """How it says what the passage says, or what is wrong with it."""


def claims() -> Iterator[tuple[Claim, Claim | None]]:
    """Every claim with its own passage, and with the passage turned round where there is one."""
    by_id = {passage["id"]: passage for passage in passages()}
    turned = {(line["passage"], line["claim"]): line["replace"] for line in _lines("*.turned.jsonl")}
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.name.endswith(".turned.jsonl"):
            continue
        for told in _lines(path.name):
            of = by_id[told["passage"]]
            sentences = tuple(of["sentences"])
            claim = Claim(of["id"], of["group"], of["headline"], sentences, told["claim"], told["stated"], told["kind"])
            yield claim, _turned(claim, turned.get((claim.id, claim.claim)))


def _turned(claim: Claim, replaced: dict[str, str] | None) -> Claim | None:
    if replaced is None:
        return None
    sentences = tuple(replaced.get(str(number), text) for number, text in enumerate(claim.sentences, start=1))
    return replace(claim, sentences=sentences, stated=not claim.stated)


def _lines(names: str) -> Iterator[dict[str, Any]]:
    for path in sorted(FOLDER.glob(names)):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)

"""Our own questions: ``questions/*.jsonl``, written in six hands on 420 passages, each question with a contrast.

A passage is a list of sentences; an answerable question marks those that prove its answer, another one names the trap
it lays. Questions of both kinds could be told apart by their wording alone, so that each is also asked of a contrast:
of the passage without its proof, or with a sentence put in that answers it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("questions")


@dataclass(frozen=True)
class Pair:
    """A question and a passage, the sentences that prove its answer, and whether they answer it."""

    id: str
    group: str
    """The first report of the same story: what is fitted on one must not be tested on another."""
    kind: str
    question: str
    headline: str
    sentences: tuple[str, ...]
    proves: tuple[bool, ...]
    fitted: bool
    """Whether the reader is fitted on it while what is told of it is measured."""
    answer: str | None = None
    false: str | None = None
    """The answer, and a statement that differs from it in one thing and is wrong; only with the text as it was
    written."""

    @property
    def answerable(self) -> bool:
        return any(self.proves)


def passages() -> list[dict[str, Any]]:
    """All passages, each with ``hand`` (the file) and ``group``."""
    found = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        if path.name.endswith(".contrast.jsonl"):
            continue
        of: dict[str, dict[str, Any]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            earlier = of.get(passage.get("follows") or "")
            of[passage["id"]] = {**passage, "hand": path.stem, "group": earlier["group"] if earlier else passage["id"]}
        found += list(of.values())
    return found


def pairs() -> Iterator[tuple[Pair, Pair | None]]:
    """Every question with its own passage, and the contrast."""
    answers = {}
    for path in FOLDER.glob("*.contrast.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            fix = json.loads(line)
            answers[fix["id"], fix["question"]] = fix
    for passage in passages():
        sentences = tuple(passage["sentences"])
        for question in passage["questions"]:
            proof = {number - 1 for number in question.get("proof", [])}
            pair = Pair(
                passage["id"],
                passage["group"],
                question.get("kind") or question["trap"],
                question["question"],
                passage["headline"],
                sentences,
                tuple(i in proof for i in range(len(sentences))),
                zlib.crc32(passage["group"].encode()) % 5 != 0,
                question.get("answer"),
                question.get("false"),
            )
            yield pair, _contrast(pair, answers.get((pair.id, pair.question)))


def _contrast(pair: Pair, fix: dict[str, Any] | None) -> Pair | None:
    if pair.answerable:
        rest = tuple(s for s, proves in zip(pair.sentences, pair.proves, strict=True) if not proves)
        return (
            replace(pair, sentences=rest, proves=(False,) * len(rest), answer=None, false=None)
            if len(rest) >= 3
            else None
        )
    if fix is None:
        return None
    before, after = pair.sentences[: fix["after"]], pair.sentences[fix["after"] :]
    proves = (*(False,) * len(before), True, *(False,) * len(after))
    return replace(pair, sentences=(*before, fix["fix"], *after), proves=proves)


def write_articles(folder: Path) -> None:
    """Writes every passage as an article of its own into a folder, three sentences a paragraph."""
    folder.mkdir(parents=True, exist_ok=True)
    for passage in passages():
        parts = [" ".join(passage["sentences"][i : i + 3]) for i in range(0, len(passage["sentences"]), 3)]
        stated = {"title": passage["headline"], "outlet": passage["outlet"], "date": passage["date"]}
        head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in stated.items())
        text = f"---\n{head}\n---\n\n" + "\n\n".join(parts) + "\n"
        (folder / f"{passage['id']}.md").write_text(text, encoding="utf-8")

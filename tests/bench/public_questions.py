"""Questions of a public set, each with the paragraph that holds its evidence, as pairs (see own_questions)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from own_questions import Pair

from index.text.sentences import sentences


def shared(folder: Path) -> Iterator[Pair]:
    """The pairs of a set; those of every other article are fitted on."""
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    texts = {name: (folder / "articles" / f"{name}.txt").read_text(encoding="utf-8") for name in names}
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        name = (question["articles"] or [question.get("near")])[0]
        if name is None:
            continue
        evidence = [(e["start"], e["end"]) for e in question.get("evidence", [])]
        text, found = texts[name], list(sentences(texts[name]))
        if question.get("answers"):  # one paragraph of a long article
            start = text.rfind("\n", 0, evidence[0][0]) + 1
            end = text.find("\n", evidence[0][1])
            found = [s for s in found if start <= s.start < (end if end > 0 else len(text))]
        proves = tuple(any(s.start < b and a < s.end for a, b in evidence) for s in found)
        if not found or (question["articles"] and not any(proves)):
            continue
        yield Pair(
            name,
            name,
            question["kind"],
            question["question"],
            name.replace("-", " ").title(),
            tuple(s.text for s in found),
            proves,
            names.index(name) % 2 == 0,
        )

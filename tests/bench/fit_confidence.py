"""Fits the confidence of answers: ``python tests/bench/fit_confidence.py ARTICLES QUESTIONS.jsonl [--collect MODEL]``.

``--collect`` asks one language model every question, refusing none, and keeps what its answers say of themselves in
``TRAITS.jsonl``; this takes long and goes on where it was stopped. Without it, everything collected is fitted, and
reported is what the questions about every other article tell of the rest and these of them. Writes
``qa/confidence/confidence_model.json`` and ``qa/confidence/held_model.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.library import Library
from index.models.local import find as find_model
from index.reading.files import find
from qa.assistant import Assistant
from qa.citing import quotable
from qa.confidence.answer import HELD_MODEL, MODEL, QUOTED_BELOW, THRESHOLD, Traits
from qa.confidence.answerability import THRESHOLD as GATE
from qa.confidence.answerability import answerable, signs
from qa.confidence.regression import Regression
from qa.evaluation.confidence import calibration, expected_calibration_error
from qa.evaluation.judging import holds_answer
from qa.evaluation.question_files import read_questions
from qa.evidence.proof import proofs
from qa.evidence.repeats import distinct
from qa.evidence.selecting import Nearness
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from ui.commands.chosen import open_embedder, open_speeds

OF_RIGHT = list(Traits.__dataclass_fields__)
OF_HELD = [name for name in OF_RIGHT if name != "expected"]
"""The traits of each regression; near misses, too, offer a thing of the type asked for."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--collect", help="a language model to ask")
    parser.add_argument("--traits", type=Path, default=Path("traits.jsonl"), help="what was collected")
    options = parser.parse_args()
    if options.collect:
        collect(options.articles, options.questions, options.collect, options.traits)
    else:
        fit([json.loads(line) for line in options.traits.read_text(encoding="utf-8").splitlines()])


def collect(articles: Path, questions: Path, model: str, traits: Path) -> None:
    """Asks the model every question not yet in the file."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in articles.glob("*.txt")}
    order = sorted(texts)
    lines = traits.read_text(encoding="utf-8").splitlines() if traits.exists() else []
    known = {(line["model"], line["id"]) for line in map(json.loads, lines)}
    with tempfile.TemporaryDirectory() as folder, traits.open("a", encoding="utf-8") as kept:
        library = Library(Path(folder), open_embedder())
        list(library.add(find([articles])))
        file, threads, _, _ = open_speeds().how(find_model(model, "llm"))
        states = StateStore(Path(folder) / "states")
        assistant = Assistant(library, lambda: LlamaCpp(file, states, threads), model, reads_ahead=False)
        for question in track(read_questions(questions, texts).questions, f"Asking {model}"):
            if (model, question.id) in known:
                continue
            hits = distinct(library.search(question.text, 100), 10)
            nearness = Nearness(question.text, library.rarity)
            *_, answer = assistant.stream(question.text, anyway=True)
            found = proofs(answer.text, question.text, nearness.ranked(hits))
            quoted = quotable(found)
            texts_quoted = " ".join(place.sentence.text for place in quoted)
            article = (list(question.articles) or [hits[0].passage.article_id])[0]
            line = {
                "model": model,
                "id": question.id,
                "half": order.index(article) % 2,
                "answerable": not question.must_be_refused,
                "right": not question.must_be_refused and holds_answer(question, answer.text),
                "before": answerable(signs(hits, nearness)),
                "quotation right": not question.must_be_refused and holds_answer(question, texts_quoted),
                "quotation": sum(proof.probability for proof in found if proof.place in quoted),
                "text": answer.text,
                "traits": asdict(answer.traits) if answer.traits else None,
            }
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            kept.flush()
        assistant.close()
        library.close()


def fit(lines: list[dict[str, Any]]) -> None:
    """Writes the coefficients fitted on all lines, and reports on each half by what the other half fitted."""
    lines = [line for line in lines if line["traits"]]
    half = np.array([line["half"] for line in lines])
    held, right = np.empty(len(lines)), np.empty(len(lines))
    for number in (0, 1):
        held[half != number] = foretold(lines, half == number, "answerable", OF_HELD)
        right[half != number] = foretold(lines, half == number, "right", OF_RIGHT)
    write(fitted(lines, "answerable", OF_HELD), OF_HELD, HELD_MODEL)
    write(fitted(lines, "right", OF_RIGHT), OF_RIGHT, MODEL)
    with printed_section(
        "The confidence's coefficients", {"answers": len(lines), "first half": int((half == 0).sum())}
    ):
        for path in (HELD_MODEL, MODEL):
            print(path.name, path.read_text(encoding="utf-8"))
        for llm in sorted({line["model"] for line in lines}):
            chosen = [i for i, line in enumerate(lines) if line["model"] == llm]
            report(
                f"{llm}, each half by what the other fitted", [lines[i] for i in chosen], held[chosen], right[chosen]
            )


def foretold(lines: list[dict[str, Any]], known: np.ndarray, target: str, names: list[str]) -> np.ndarray:
    """The probabilities of the other lines by what the known ones fitted."""
    regression = fitted([line for line, is_known in zip(lines, known, strict=True) if is_known], target, names)
    others = [line for line, is_known in zip(lines, known, strict=True) if not is_known]
    return np.asarray(regression.predict_proba(values(others, names))[:, 1])


def fitted(lines: list[dict[str, Any]], target: str, names: list[str]) -> LogisticRegression:
    """A regression of what is so of the lines, over the traits with these names."""
    return LogisticRegression(C=3).fit(values(lines, names), [line[target] for line in lines])


def values(lines: list[dict[str, Any]], names: list[str]) -> list[list[float]]:
    return [[line["traits"][name] for name in names] for line in lines]


def write(regression: LogisticRegression, names: list[str], path: Path) -> None:
    Regression(regression.intercept_[0], dict(zip(names, regression.coef_[0], strict=True))).write(path)


def report(part: str, lines: list[dict[str, Any]], held: np.ndarray, right: np.ndarray) -> None:
    """Prints how well answers are told apart, what each threshold refuses, and what a confidence is worth.

    What the gate before the language model refuses counts as refused throughout.
    """
    names = ("right", "quotation right", "answerable", "before", "quotation")
    is_right, quoted_right, can, before, quotation = (np.array([line[name] for line in lines]) for name in names)
    doubted = right < QUOTED_BELOW
    shown = np.where(doubted, quoted_right, is_right)
    print(
        f"{part}: {can.sum()} answerable ({is_right[can].mean():.3f} right), {(~can).sum()} near misses; "
        f"AUROC right {roc_auc_score(is_right, right):.3f}, answerable {roc_auc_score(can, held):.3f}"
    )
    for threshold in sorted({0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, THRESHOLD}):
        refused = (before < GATE) | (held < threshold)
        print(
            f"  threshold {threshold:.2f}: refused {refused[can].mean():.3f} answerable, "
            f"{refused[~can].mean():.3f} near misses; of the other answers {is_right[can & ~refused].mean():.3f} right,"
            f" {shown[can & ~refused].mean():.3f} with quotations for the doubtful"
        )
    given = (before >= GATE) & (held >= THRESHOLD)
    confidence = np.where(doubted, held * quotation, right)
    rows = np.column_stack((confidence[given], shown[given]))
    print(f"  {doubted[given].mean():.3f} of the answers given are quotations")
    print(f"  expected calibration error of the answers given: {expected_calibration_error(rows):.3f}")
    for level in calibration(rows):
        print(f"    confidence {level.confidence:.2f}: {level.accuracy:.2f} of {level.n} right")


if __name__ == "__main__":
    main()

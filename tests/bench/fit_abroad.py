"""Fits how probable it is that what was found answers a question in another language than English.

    python tests/bench/fit_abroad.py --collect SIGNS.jsonl FOLDER... [--embedder NAME]
    python tests/bench/fit_abroad.py --fit SIGNS.jsonl [--write]

Each FOLDER is a set in one language. Every question without an answer is searched and its sections are read, as when it
is asked, and of the others as many and a third; a file is gone on with where it was left. Fitted are questions about
every second article, the others are reported: AUROC, and how many of the questions without an answer are refused where
few of the others are. What is told by its sentences is weighed as in English (see fit_finding.py).
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from library_questions import library_of, part, proves
from rich.progress import track
from sklearn.metrics import roc_auc_score

from index.models.local import find_model
from qa.assistant import MAYBE_FROM
from qa.confidence.regression import Regression, fitted, log_odds
from qa.evidence.finding import MODEL, MODEL_ABROAD, SENTENCE_MODEL, read_sections, signs_of_finding, text_of, weighed
from qa.evidence.repeats import distinct
from qa.evidence.selecting import Nearness
from qa.llm.states import StateStore
from qa.question.followups import standalone
from qa.reader.making import MADE_FROM, open_reader
from qa.reading_ahead import every_section
from qa.records import Turn
from ui.commands.chosen import Chosen

REFUSED = 0.02
"""Share of the questions fitted on that the articles answer which may be refused: what is as probable as the least
probable of the others is given the probability from which an answer is shown. The goal is at most .1 of others, which
are in people's own words."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--collect", type=Path)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--embedder", default="multilingual-e5-small")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    Chosen.embedder = options.embedder
    if options.collect:
        known = {line["set"] + line["id"] for line in _lines(options.collect)}
        with options.collect.open("a", encoding="utf-8") as out, tempfile.TemporaryDirectory() as temporary:
            for folder in options.folders:
                asked = [question for question in drawn(folder) if folder.name + question["id"] not in known]
                for line in signs(folder.name, folder / "articles", asked, Path(temporary) / folder.name):
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    if options.fit:
        found = fit(_lines(options.fit))
        if options.write:
            found.write(MODEL_ABROAD)


def signs(name: str, articles: Path, questions: list[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """Asks nothing of a language model; the reader reads the library ahead, as it does in spare time."""
    library = library_of(articles, folder)
    reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(folder / "readings"))
    for section in track(list(every_section(library)), description=f"Reading {name}"):
        reader.keep(text_of(section))
    for question in track(questions, description=name):
        turns = [Turn(turn["question"], turn["answer"]) for turn in question.get("history", [])]
        searched = standalone(question["question"], turns)
        every = library.search(searched, 100)
        hits = distinct(every, 16)
        nearness = Nearness(searched, library.rarity)
        _, texts, scored = read_sections(searched, hits, every, nearness, reader, library)
        yield {
            "set": name,
            "id": question["id"],
            "kind": question["kind"],
            "question": searched,
            "answerable": question["kind"] not in ("unanswerable", "falsepremise"),
            "part": part(question),
            "texts": texts,
            "sentences": [
                {
                    "signs": each.signs,
                    "article": each.place.article_id,
                    "text": each.place.sentence.text,
                    "proves": proves(each.place, question),
                }
                for each in scored
            ],
        }


def _lines(path: Path) -> list[dict[str, Any]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def drawn(folder: Path) -> Iterator[dict[str, Any]]:
    """The questions asked of a set, those with and without an answer in turn."""
    rng = random.Random(5)
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [question for question in questions if question["kind"] == "unanswerable"]
    right = [question for question in questions if question["kind"] != "unanswerable"]
    rng.shuffle(wrong)
    rng.shuffle(right)
    for number, question in enumerate(wrong):
        yield question
        yield right[number]
        if number % 3 == 0:
            yield right[-1 - number]


def _article(line: dict[str, Any]) -> str:
    """What a question is about: the article that proves its answer, or else that most of what was read is from."""
    proves = [sentence["article"] for sentence in line["sentences"] if sentence["proves"]]
    read = proves or [sentence["article"] for sentence in line["sentences"]]
    return str(Counter(read).most_common(1)[0][0])


def fit(lines: list[dict[str, Any]]) -> Regression:
    """The regression of English with another intercept; prints how well it tells what was not fitted on.

    Weights fitted on such a set, whose questions have the words of its articles, refused what people ask in their own.
    """
    about = [_article(line) for line in lines]
    names = sorted(set(about))
    half = np.array([names.index(name) % 2 == 0 for name in about])
    found = [
        signs_of_finding(line["texts"], some, weighed(some, fitted(SENTENCE_MODEL)))
        for line in lines
        for some in [[sentence["signs"] for sentence in line["sentences"]]]
    ]
    right = np.array([line["answerable"] for line in lines])
    sets = np.array([line["set"] for line in lines])
    weigh = fitted(MODEL)
    odds = np.array([log_odds(weigh.probability(each), 1e-6) for each in found])
    least = log_odds(MAYBE_FROM, 0.01)  # what is shown is no less probable
    shift = least - np.quantile(odds[half & right], REFUSED)
    for name in (*dict.fromkeys(sets), "all"):
        for title, some in (("fitted on", half), ("not fitted on", ~half)):
            some = some & ((sets == name) | (name == "all"))
            _print(f"{name}, {title}", right[some], odds[some] + shift, least)
    return Regression(weigh.intercept + float(shift), weigh.weights)


def _print(title: str, right: Any, odds: Any, least: float) -> None:
    told = [
        f"{(~right).sum()} without an answer, {right.sum()} others",
        f"AUROC {roc_auc_score(right, odds):.3f}",
        f"refused {np.mean(odds[~right] < least):.3f}, wrongly {np.mean(odds[right] < least):.3f}",
    ]
    told += [f"{np.mean(odds[~right] < np.quantile(odds[right], share)):.3f} at {share}" for share in (0.05, 0.08, 0.1)]
    print(f"{title}: {'; '.join(told)}")


if __name__ == "__main__":
    main()

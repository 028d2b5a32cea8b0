"""Fits what a sentence and a question's evidence are weighed by before anything is written (qa/evidence/finding.py).

    python tests/bench/fit_finding.py --collect SIGNS.jsonl [--own 250] [--each 120] [--shared FOLDER...]
        [--embedder NAME]
    python tests/bench/fit_finding.py --fit SIGNS.jsonl [--write]

Every question is searched and its sections are read, as when it is asked. Asked are questions that the reader was not
fitted on. Two thirds of each set, by story or article, are fitted on, of desk its half "a"; of the rest is reported how
well sentences are told, how often the likeliest proves the answer, and how well questions are told that the articles do
not answer.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from own_questions import pairs, write_articles
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.library import Library
from index.models.local import find as find_model
from index.reading.files import find
from qa.confidence.regression import Regression
from qa.evidence.finding import MODEL, SENTENCE_MODEL, read_sections, signs_of_finding, text_of, weighed
from qa.evidence.repeats import distinct
from qa.evidence.selecting import Nearness, Place
from qa.llm.states import StateStore
from qa.question.followups import standalone
from qa.reader.making import MADE_FROM, open_reader
from qa.reading_ahead import every_section
from qa.records import Turn
from ui.commands.chosen import EMBEDDER, Chosen, open_embedder

_NEWS = 4
"""What the set of news counts beside each of the others."""
DESK = Path(__file__).with_name("desk")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collect", type=Path)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--own", type=int, default=250)
    parser.add_argument("--each", type=int, default=160, help="questions of each further set")
    parser.add_argument("--shared", type=Path, nargs="*", default=[])
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    Chosen.embedder = options.embedder
    if options.collect:
        with options.collect.open("w", encoding="utf-8") as out:
            for line in collected(options):
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    if options.fit:
        fit([json.loads(line) for line in options.fit.read_text(encoding="utf-8").splitlines()], options.write)


def collected(options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The signs of every sentence and section of each question drawn."""
    draw = random.Random(11)
    with tempfile.TemporaryDirectory() as temporary:
        own = Path(temporary) / "own"
        write_articles(own)
        mine = list(own_questions())
        jobs = [("own", own, draw.sample(mine, min(options.own, len(mine))))] if options.own else []
        for folder in (DESK, *options.shared):
            names = sorted(path.stem for path in (folder / "articles").iterdir())
            lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
            questions = [q for q in map(json.loads, lines) if "half" in q or not is_fitted_on(q, names)]
            right = [q for q in questions if q["kind"] != "unanswerable"]
            wrong = [q for q in questions if q["kind"] == "unanswerable"]
            most = options.each * 2 // 3
            drawn = draw.sample(right, min(most, len(right))) + draw.sample(wrong, min(options.each - most, len(wrong)))
            jobs.append((folder.name, folder / "articles", drawn))
        for name, articles, questions in jobs:
            yield from signs(name, articles, questions, Path(temporary) / f"library-{name}")


def is_fitted_on(question: dict[str, Any], names: list[str]) -> bool:
    """Whether the reader was fitted on the article that a question is about."""
    about = (question["articles"] or [question.get("near")])[0]
    return about is not None and names.index(about) % 2 == 0


def own_questions() -> Iterator[dict[str, Any]]:
    for pair, _ in pairs():
        if pair.fitted:
            continue
        proof = [text for text, proves in zip(pair.sentences, pair.proves, strict=True) if proves]
        yield {
            "id": f"{pair.id} {pair.question}",
            "kind": pair.kind if pair.answerable else "unanswerable",
            "question": pair.question,
            "articles": [pair.id] if pair.answerable else [],
            "story": pair.group,
            "evidence": [{"article": pair.id, "quote": text} for text in proof],
        }


def signs(name: str, articles: Path, questions: list[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """Asks nothing of a language model; the reader reads the library ahead, as it does in spare time."""
    library = Library(folder, open_embedder())
    for _ in library.add(find([articles])):
        pass
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


def part(question: dict[str, Any]) -> int:
    """0 is fitted on."""
    if "half" in question:
        return int(question["half"] == "b")
    about = question.get("story") or (question["articles"] or [question.get("near") or question["id"]])[0]
    return int(zlib.crc32(str(about).encode()) // 7 % 3 == 0)


def proves(place: Place, question: dict[str, Any]) -> bool:
    """Whether a sentence is evidence of the answer."""
    for evidence in question.get("evidence", []):
        if evidence["article"] != place.article_id:
            continue
        if "quote" in evidence:
            told, own = (" ".join(text.split()) for text in (evidence["quote"], place.sentence.text))
            if told in own or own in told:
                return True
        elif place.sentence.start < evidence["end"] and evidence["start"] < place.sentence.end:
            return True
    return False


def fit(lines: list[dict[str, Any]], write: bool) -> None:
    """Fits both, reports the other half, and writes what was fitted on the first."""
    names = ["sentence", "text", "cosine", "passage", "words", "newer"]
    answered = [line for line in lines if line["answerable"] and any(s["proves"] for s in line["sentences"])]
    rows = [(line, s) for line in answered for s in line["sentences"]]
    values = np.array([[s["signs"][name] for name in names] for _, s in rows])
    right = np.array([s["proves"] for _, s in rows])
    sets = np.array([line["set"] for line, _ in rows])
    parts = np.array([line["part"] for line, _ in rows])
    weights = np.array([(_NEWS if name == "desk" else 1) / (sets == name).sum() for name in sets])
    model = LogisticRegression(C=1.0, max_iter=3000)
    some = parts == 0
    model.fit(values[some], right[some], sample_weight=weights[some] / weights[some].mean())
    sentence = Regression(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))
    print(sentence)
    score = model.decision_function(values)
    for name in dict.fromkeys(sets):
        of = (sets == name) & (parts == 1)
        tops, reached, five = [], 0, []
        for line in answered:
            count = len(line["sentences"])
            if line["set"] == name and line["part"] == 1:
                order = np.argsort(-score[reached : reached + count])
                tops.append(right[reached : reached + count][order[0]])
                five.append(right[reached : reached + count][order[:5]].any())
            reached += count
        print(
            f"{name}: sentences AUROC {roc_auc_score(right[of], score[of]):.3f}, likeliest proves {np.mean(tops):.3f}, "
            f"one of five {np.mean(five):.3f} ({len(tops)} questions)"
        )
    found = [
        signs_of_finding(line["texts"], some, weighed(some, sentence))
        for line in lines
        for some in [[s["signs"] for s in line["sentences"]]]
    ]
    kinds = list(found[0])
    values = np.array([[each[kind] for kind in kinds] for each in found])
    right = np.array([line["answerable"] for line in lines])
    sets = np.array([line["set"] for line in lines])
    parts = np.array([line["part"] for line in lines])
    # Of each set the answerable questions count as much as the others; ours, whose traps lie nearer, less.
    weights = np.array(
        [(0.3 if s == "own" else 1) / ((sets == s) & (right == r)).sum() for s, r in zip(sets, right, strict=True)]
    )
    some = parts == 0
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit(values[some], right[some], sample_weight=weights[some] / weights[some].mean())
    held = Regression(float(model.intercept_[0]), dict(zip(kinds, map(float, model.coef_[0]), strict=True)))
    print(held)
    probable = model.predict_proba(values)[:, 1]
    for name in dict.fromkeys(sets):
        of = (sets == name) & (parts == 1)
        false, true = probable[of & ~right], probable[of & right]
        at = {share: float(np.mean(false < np.quantile(true, share))) for share in (0.05, 0.08, 0.15)}
        print(f"{name}: held AUROC {roc_auc_score(right[of], probable[of]):.3f}; refused at false refusals of {at}")
    if write:
        sentence.write(SENTENCE_MODEL)
        held.write(MODEL)


if __name__ == "__main__":
    main()

"""Asks Byline the questions of a set and prints how good the answers are.

    python tests/bench/ask_sets.py FOLDER [--questions FILE] [--model 1.5b] [--embedder NAME] [--limit N]
        [--reranker NAME] [--judge NAME] [--out ANSWERS.jsonl] [--kept FOLDER] [--remembered FILE]

FOLDER holds ``articles/`` and ``questions.jsonl`` and, where answers are scored by key words, ``score.py``, which is
then run. Questions with ``reference`` answers are scored by ROUGE-L (Lin, 2004: F of the longest common subsequence of
words, the best over the references) and by how many characters of the marked evidence are cited; those with
``answers`` by whether one of these stands in the answer or in a cited sentence; those with ``all_of`` by key words.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from keys import of_keys
from library_questions import library_of
from remembered import Memory, RememberedModel, RememberedReader
from rich.progress import track

from index.library import Library
from index.models.local import find_model
from qa.assistant import Assistant
from qa.evaluation.judging import normalized
from qa.evidence.finding import text_of
from qa.llm.llama import LlamaCpp
from qa.llm.speed import load_quickest
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.trained import TrainedReader
from qa.reading_ahead import every_section
from qa.records import Answer, Turn
from ui.commands.chosen import EMBEDDER, Chosen, choose_beside, open_speeds, with_judge


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", default="questions.jsonl", help="which file of the folder's is asked")
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--embedder", default=EMBEDDER)
    parser.add_argument("--reranker", help="a model that orders the passages found")
    parser.add_argument("--judge", help="a model that also judges whether the articles state a sentence")
    parser.add_argument("--kept", type=Path, help="a folder for the library and what was read of it, to ask again")
    parser.add_argument(
        "--remembered", type=Path, help="a file for what the models say: the same is not asked again, and not timed"
    )
    parser.add_argument("--limit", type=int, help="questions, drawn at random with a fixed seed")
    parser.add_argument("--out", type=Path, help="where the answers are kept")
    options = parser.parse_args()
    Chosen.embedder = options.embedder
    choose_beside(options.reranker, options.judge)
    asked_from = options.folder / options.questions
    questions = [json.loads(line) for line in asked_from.read_text(encoding="utf-8").splitlines()]
    if options.limit and options.limit < len(questions):
        questions = random.Random(1).sample(questions, options.limit)
    with tempfile.TemporaryDirectory() as temporary:
        kept = options.kept or Path(temporary)
        library = library_of_set(options.folder, kept)
        assistant = opened(library, options.model, kept, options.remembered)
        answers = [asked(assistant, question) for question in track(questions, description=options.folder.name)]
        assistant.close()
    out = options.out or Path(tempfile.gettempdir()) / f"{options.folder.name}-{options.model}.jsonl"
    out.write_text(
        "".join(
            json.dumps({"id": q["id"], **a.to_json()}, ensure_ascii=False) + "\n"
            for q, a in zip(questions, answers, strict=True)
        ),
        encoding="utf-8",
    )
    print(f"{options.folder.name}, {options.model}, {len(questions)} questions; answers in {out}")
    times = {} if options.remembered else of_times(answers)
    told = of_outcomes(questions, answers) | of_words(questions, answers) | of_keys(questions, answers)
    for name, value in {**told, **times}.items():
        print(f"  {name:44} {value}")
    if (options.folder / "score.py").exists():
        subprocess.run(
            [sys.executable, str(options.folder / "score.py"), str(asked_from), str(out)],
            check=True,
        )


def library_of_set(folder: Path, kept: Path) -> Library:
    """The articles of a set as a library in the folder ``kept``; with those beside it that some sets are about too."""
    beside = folder.parent / "articles"
    is_about_them = beside.is_dir() and (folder / "score.py").exists()
    return library_of(folder / "articles", kept, *([beside] if is_about_them else []))


def opened(library: Library, name: str, kept: Path, remembered: Path | None) -> Assistant:
    """Asks a library, every section of which the reader has read ahead or is taken to have."""
    load_model, load_reader = loading(find_model(name, "llm"), kept)
    if remembered:
        known, knows = remembering(find_model(name, "llm"), kept, remembered)
        return Assistant(library, lambda: known, name, reads_ahead=False, load_reader=lambda: with_judge(knows))
    reader = load_reader()
    assistant = Assistant(library, load_model, name, reads_ahead=False, load_reader=lambda: with_judge(reader))
    assistant.warm()
    for section in track(list(every_section(library)), description="Reading ahead"):
        reader.keep(text_of(section))
    return assistant


def loading(model: Path, kept: Path) -> tuple[Callable[[], LlamaCpp], Callable[[], TrainedReader]]:
    """What loads a language model and the reader, which keep in a folder what they made of texts."""

    def load_model() -> LlamaCpp:
        return load_quickest(model, open_speeds(), StateStore(kept / "states"))

    def load_reader() -> TrainedReader:
        return open_reader(find_model(MADE_FROM, "llm"), StateStore(kept / "readings"))

    return load_model, load_reader


def remembering(model: Path, kept: Path, remembered: Path) -> tuple[RememberedModel, RememberedReader]:
    """The same, loaded only for what they did not say before; ``remembered`` is the file of that."""
    memory, (load_model, load_reader) = Memory(remembered), loading(model, kept)
    return RememberedModel(model.stem, load_model, memory), RememberedReader(load_reader, memory)


def asked(assistant: Assistant, question: dict[str, Any]) -> Answer:
    history = [Turn(turn["question"], turn["answer"]) for turn in question.get("history", [])]
    return assistant.answer(question["question"], history)


def answerable(question: dict[str, Any]) -> bool:
    return question["kind"] != "unanswerable"


def of_outcomes(questions: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> dict[str, str]:
    """How many of the answerable and of the other questions met which outcome, and what the sentences were marked."""
    told: dict[str, str] = {}
    for name, wanted in (("answerable", True), ("unanswerable", False)):
        some = Counter(a.outcome for q, a in zip(questions, answers, strict=True) if answerable(q) == wanted)
        if some:
            told[name] = ", ".join(f"{outcome} {count / some.total():.3f}" for outcome, count in sorted(some.items()))
    marks = Counter(s.support for a in answers if a.answered for s in a.sentences)
    told["marks of sentences"] = ", ".join(f"{mark} {count}" for mark, count in marks.most_common())
    given = [a for a in answers if a.answered]
    only = sum(all(s.support == "quoted" for s in a.sentences) for a in given)
    told["answers that are only a quotation"] = f"{only / max(1, len(given)):.3f}"
    return told


def of_words(questions: Sequence[dict[str, Any]], answers: Sequence[Answer]) -> dict[str, str]:
    """ROUGE-L, evidence F1 and containment, of those questions that state what they are counted from."""
    rouge, evidence, contained, cited = [], [], [], []
    for question, answer in zip(questions, answers, strict=True):
        shown = answer.text if answer.outcome != "not found" else ""
        if question.get("reference"):
            references = question["reference"]
            references = [references] if isinstance(references, str) else references
            rouge.append(max(rouge_l(shown, reference) for reference in references))
            if all("start" in each for each in question["evidence"]):
                evidence.append(f1(_cited(answer), _marked(question["evidence"])))
        if question.get("answers"):
            wanted = [normalized(text) for text in question["answers"]]
            contained.append(any(text in normalized(shown) for text in wanted))
            cited.append(bool(_cited(answer) & _marked(question["evidence"])))
    told = {
        "ROUGE-L": rouge,
        "evidence F1 by characters": evidence,
        "containment": contained,
        "a citation covers the answer": cited,
        "either": [one or other for one, other in zip(contained, cited, strict=True)],
    }
    return {name: f"{statistics.fmean(values):.3f} ({len(values)})" for name, values in told.items() if values}


def of_times(answers: Sequence[Answer]) -> dict[str, str]:
    """Median seconds."""
    told = {}
    for name in ("first_evidence", "first_token", "total"):
        values = [v for a in answers if (v := getattr(a.timings, name)) is not None]
        told[f"{name} p50, s"] = f"{statistics.median(values) / 1000:.2f}" if values else "-"
    return told


def _cited(answer: Answer) -> set[tuple[str, int]]:
    return {(c.article_id, at) for c in answer.citations for at in range(c.start, c.end)}


def _marked(evidence: Sequence[dict[str, Any]]) -> set[tuple[str, int]]:
    return {(e["article"], at) for e in evidence for at in range(e["start"], e["end"])}


def f1(found: set[Any], wanted: set[Any]) -> float:
    """The harmonic mean of precision and recall.

    >>> f1({1, 2}, {2, 3})
    0.5
    """
    return 2 * len(found & wanted) / (len(found) + len(wanted)) if found or wanted else 0.0


def rouge_l(answer: str, reference: str) -> float:
    """F of the longest common subsequence of words, articles left out.

    >>> rouge_l("the bridge closed", "the old bridge closed")
    0.8
    """
    one, other = normalized(answer).split(), normalized(reference).split()
    best = [0] * (len(other) + 1)
    for word in one:
        before = best[:]
        for i, wanted in enumerate(other):
            best[i + 1] = before[i] + 1 if word == wanted else max(best[i], before[i + 1])
    return 2 * best[-1] / (len(one) + len(other)) if one or other else 0.0


if __name__ == "__main__":
    main()

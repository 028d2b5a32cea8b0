"""Questions asked of whole libraries: what a search brings up for each, and where the first reader looks in it.

A reader fitted on a question and its own passage alone does not learn what tells the sentence that answers from those
of other articles on the same subject; asked of a library, a question comes with them.
"""

from __future__ import annotations

import json
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from index.library import Library
from index.reading.files import find
from index.records import Hit
from qa.evidence.finding import MOST_SECTIONS, near_of, stating, text_of
from qa.evidence.latest import newer
from qa.evidence.repeats import distinct
from qa.evidence.sections import Section, sections
from qa.evidence.selecting import Nearness, Place
from qa.question.followups import standalone
from qa.question.spelling import respelled
from qa.reader.trained import TrainedReader
from qa.records import Turn
from qa.text.orders.finding import without_orders
from ui.commands.chosen import open_embedder, open_reranker

FOLDS = 5
"""Parts, by story, of what is fitted on: each is told of by what was fitted on the others."""

Question = dict[str, Any]
"""A line of a set's ``questions.jsonl``."""


@dataclass(frozen=True)
class ReadSection:
    """A section as the first reader read it for a question."""

    shown: str
    """As a language model is shown it."""
    sentences: tuple[str, ...]
    told: tuple[int, ...]
    """Which of the sentences state something; of these is all that follows."""
    shares: NDArray[np.float16]
    """Where it looked, shape (sentences, values)."""
    of_text: NDArray[np.float16]
    """What tells of the whole section, shape (values,)."""
    proves: NDArray[np.bool_]
    """Of each sentence whether it proves the answer."""
    signs: NDArray[np.float32]
    """Of each sentence its cosine to the question, its passage's score, its share of the question's words and how new
    its article is, shape (sentences, 4)."""


@dataclass(frozen=True)
class AskedOfLibrary:
    """A question and what was read for it."""

    set: str
    question: Question
    searched: str
    sections: tuple[ReadSection, ...]

    @property
    def is_answerable(self) -> bool:
        return is_answerable(self.question)

    @property
    def kind(self) -> str:
        """News, or the public set."""
        return self.set if self.question["public"] else "news"

    @property
    def story(self) -> str:
        """What is fitted on one must not be tested on another."""
        return f"{self.set} {about(self.question)}"

    @property
    def fold(self) -> int:
        """One of FOLDS, by story."""
        return fold_of(self.story)


def weights(every: Sequence[AskedOfLibrary]) -> dict[str, float]:
    """What a question of each set counts: the news together, and each public set, count as the root of their size."""
    kinds = Counter(one.kind for one in every)
    return {one.set: kinds[one.kind] ** -0.5 for one in every}


def fold_of(story: str) -> int:
    """The fold of a story, named with its set: one of FOLDS."""
    return zlib.crc32(story.encode()) // 7 % FOLDS


def is_answerable(question: Question) -> bool:
    """Whether the articles of its set answer a question as it is asked."""
    return question["kind"] not in ("unanswerable", "falsepremise")


def questions_by_file(folder: Path) -> list[list[Question]]:
    """The questions of a set, and those of its ``unanswered.jsonl`` where it has one."""
    files = [folder / "questions.jsonl", *folder.glob("unanswered.jsonl")]
    return [[json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in files]


def searched_for(question: Question, library: Library) -> str:
    """A question as it is searched: completed from its history, and spelled as the articles spell it."""
    turns = [Turn(turn["question"], turn["answer"]) for turn in question.get("history", [])]
    return respelled(standalone(question["question"], turns, library), library)


def sections_found(hits: Sequence[Hit], library: Library) -> list[Section]:
    """The sections that the hits of a search lead to, best first."""
    return sections(without_orders(distinct(hits, 16)), library, MOST_SECTIONS)


def part(question: Question) -> int:
    """0 is fitted on."""
    if "half" in question:
        return int(question["half"] == "b")
    return int(zlib.crc32(about(question).encode()) // 7 % 3 == 0)


def about(question: Question) -> str:
    """The story of a question, or the article that it is about."""
    return str(question.get("story") or (question.get("articles") or [question.get("near") or question["id"]])[0])


def proves(place: Place, question: Question) -> bool:
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


def is_fitted_on(question: Question, names: list[str]) -> bool:
    """Whether the article of a public set that a question is about is one of those fitted on: every other one."""
    about = (question["articles"] or [question.get("near")])[0]
    return about is not None and names.index(about) % 2 == 0


def is_public(questions: Sequence[Question]) -> bool:
    """Whether these are the questions of a public set, whose evidence is marked by offsets."""
    return any("start" in each for question in questions for each in question.get("evidence", []))


def set_questions(folder: Path, most: int) -> list[Question]:
    """The questions of a set, or of a public one so many drawn; ``apart`` is not to be fitted on."""
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    public = is_public(questions)
    if public and len(questions) > most:
        questions = random.Random(1).sample(questions, most)
    return [
        {**question, "public": public, "apart": public and not is_fitted_on(question, names)} for question in questions
    ]


def library_of(articles: Path, folder: Path, *further: Path) -> Library:
    """The articles of a folder, and of ``further`` ones, as a library in another folder."""
    library = Library(folder, open_embedder(), reranker=open_reranker())
    for _ in library.add(find([articles, *further])):
        pass
    return library


def asked(name: str, questions: list[Question], library: Library, reader: TrainedReader) -> Iterator[AskedOfLibrary]:
    """What is read for each question, as when it is asked and every section is read ahead."""
    for question in track(questions, description=name):
        searched = searched_for(question, library)
        yield AskedOfLibrary(name, question, searched, tuple(_read(searched, question, library, reader)))


def _read(searched: str, question: Question, library: Library, reader: TrainedReader) -> Iterator[ReadSection]:
    every = library.search(searched, 100)
    near = near_of(every)
    nearness = Nearness(searched, library.rarity)
    found = sections_found(every, library)
    for section, how_new in zip(found, newer([section.published for section in found]), strict=True):
        looked = reader.look_of(searched, text_of(section))
        told = [at for at in stating(section) if at < len(looked.shares)]
        places = [Place(section.article_id, section.sentences[at]) for at in told]
        signs = [(*near(place), nearness.share(place.sentence.text), how_new) for place in places]
        yield ReadSection(
            section.shown(),
            tuple(sentence.text for sentence in section.sentences),
            tuple(told),
            looked.shares[told].astype(np.float16),
            looked.of_text.astype(np.float16),
            np.array([proves(place, question) for place in places], dtype=bool),
            np.array(signs, dtype=np.float32).reshape(len(told), 4),
        )

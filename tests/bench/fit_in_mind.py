"""Fits whether a section answers, or denies what is asked, by what the model that reads it again has in mind
(qa/confidence/in_mind.py).

    python tests/bench/fit_in_mind.py FOLDER... [--reported FOLDER...] [--model 1.5b] [--kept FILE] [--limit N]
        [--write [FILE]]

Asked are questions of whole libraries, each after the section that a search finds first and the first one found that
holds its evidence, and one in five of our own questions, after its passage. Of public sets only every other article is
fitted on. What is reported of each fold of stories is told by a probe fitted on the others; ``--reported`` sets are
never fitted on. Forty minutes on two cores for the 1.5B model; ``--kept`` keeps what it had in mind, and goes on from
there.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from library_questions import (
    FOLDS,
    Question,
    about,
    fold_of,
    is_answerable,
    is_public,
    library_of,
    proves,
    questions_by_file,
    searched_for,
    sections_found,
)
from numpy.typing import NDArray
from own_questions import pairs, passages
from probes import keep, of_classes
from results import printed_section
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.models.local import find_model
from qa.confidence.in_mind import COEFFICIENTS
from qa.evidence.sections import Section
from qa.evidence.selecting import Place
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from qa.prompts import passage_text
from qa.reader.second import prompt_of

STRENGTH = 0.003
"""Inverse strength of regularization, of four a middle one: less told more of the folds, more of the sets apart."""
NEWS, PUBLIC = 60, 160
"""Answerable questions drawn of a set of news and of a public one; of those that nothing answers all are asked."""
_OWN = (0, 3, 6)
"""Remainders of the hash of one of our own questions by 15 with which it is asked."""
OWN = "own"

NEITHER, ANSWERS, DENIES = 0, 1, 2
"""What a section may be to a question; it denies one with a false premise whose evidence it has."""

States = dict[tuple[str, str], NDArray[np.float16]]
"""What a model had in mind, by question and section as shown."""


@dataclass(frozen=True)
class Asked:
    """A question after a section, and what that is to it."""

    set: str
    group: str
    """The story: what is fitted on one must not be tested on another."""
    question: str
    shown: str
    told: int
    """NEITHER, ANSWERS or DENIES."""
    first: bool
    """Whether the section is the one found first."""
    apart: bool
    """Whether it must not be fitted on: every other article of a public set."""

    @property
    def fold(self) -> int:
        return fold_of(f"{self.set} {self.group}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--reported", type=Path, nargs="*", default=[])
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--kept", type=Path, help="what the model had in mind before, and where to keep it")
    parser.add_argument("--limit", type=int, help="questions read now at the most")
    parser.add_argument(
        "--write", type=Path, nargs="?", const=COEFFICIENTS, help="keep the coefficients, in a file or here"
    )
    options = parser.parse_args()
    path = find_model(options.model, "llm")
    asked = [one for folder in [*options.folders, *options.reported] for one in of_library(folder)]
    asked += of_passages()
    states: States = pickle.loads(options.kept.read_bytes()) if options.kept and options.kept.exists() else {}
    left = [one for one in asked if (one.question, one.shown) not in states]
    for done, (one, state) in enumerate(read(left[: options.limit], path), start=1):
        states[one.question, one.shown] = state
        if options.kept and (done % 100 == 0 or done == len(left[: options.limit])):
            options.kept.write_bytes(pickle.dumps(states))
    known = [one for one in asked if (one.question, one.shown) in states]
    of = np.stack([states[one.question, one.shown] for one in known]).astype(np.float32)
    fitted_on = {folder.name for folder in options.folders} | {OWN}
    with printed_section(f"In mind, {options.model}", {"inverse strength of regularization": STRENGTH}):
        model = fit(known, of, np.array([one.set in fitted_on and not one.apart for one in known]))
    if options.write:
        keep(options.write, path.stem, of_classes(*model))


def fit(asked: Sequence[Asked], states: NDArray[np.float32], fitted_on: NDArray[np.bool_]) -> Pipeline:
    """The regression fitted on all that may be; prints how well it tells the folds left out and the rest."""
    told = np.array([one.told for one in asked])
    folds, sets = np.array([one.fold for one in asked]), np.array([one.set for one in asked])
    counts = Counter(zip(sets[fitted_on], told[fitted_on], strict=True))
    # What is answered, denied or neither in a set counts as the root of its number.
    weights = np.array([max(1, counts[each]) ** -0.5 for each in zip(sets, told, strict=True)])

    def fitted(some: NDArray[np.bool_]) -> Pipeline:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=1000))
        return model.fit(states[some], told[some], logisticregression__sample_weight=weights[some] / weights.mean())

    probable = np.zeros((len(asked), 3))
    for fold in range(FOLDS):
        probable[folds == fold] = fitted(fitted_on & (folds != fold)).predict_proba(states[folds == fold])
    whole = fitted(fitted_on)
    probable[~fitted_on] = whole.predict_proba(states[~fitted_on])
    first = np.array([one.first for one in asked])
    print(
        f"{len(asked)} questions after sections, {fitted_on.sum()} of them fitted on; "
        + ", ".join(f"{(told == number).sum()} {what}" for number, what in enumerate(("neither", "answered", "denied")))
    )
    for name in dict.fromkeys(sets):
        for what, some in (("by folds", fitted_on), ("not fitted on", ~fitted_on)):
            some = some & (sets == name)
            if not some.any():
                continue
            nothing = some & first & (told == NEITHER)
            answering = (probable[:, ANSWERS], some & (told == ANSWERS), nothing | some & (told == DENIES))
            denied = (probable[:, DENIES] / probable[:, ANSWERS], some & (told == DENIES), some & (told == ANSWERS))
            print(f"  {name}, {what}: answers {_auroc(*answering)}, denies, not answers {_auroc(*denied)}")
    return whole


def _auroc(values: NDArray[np.float64], yes: NDArray[np.bool_], no: NDArray[np.bool_]) -> str:
    if not (yes.any() and no.any()):
        return "-"
    return f"{roc_auc_score(yes[yes | no], values[yes | no]):.3f} ({yes.sum()}, {no.sum()})"


def of_passages() -> Iterator[Asked]:
    """Our own questions after their passages."""
    stated = {passage["id"]: passage for passage in passages()}
    for pair, _ in pairs():
        if zlib.crc32(f"{pair.id}{pair.question}".encode()) % 15 in _OWN:
            of = stated[pair.id]
            shown = passage_text(pair.headline, " ".join(pair.sentences), of.get("outlet"), of.get("date"))
            told = ANSWERS if pair.answerable else NEITHER
            yield Asked(OWN, pair.group, pair.question, shown, told, first=True, apart=False)


def of_library(folder: Path) -> Iterator[Asked]:
    """Questions of a set after what its library brings up."""
    every = questions_by_file(folder)
    names = sorted(path.stem for path in (folder / "articles").iterdir())
    public = is_public(every[0])
    with tempfile.TemporaryDirectory() as temporary:
        library = library_of(folder / "articles", Path(temporary))
        for question in (one for questions in every for one in _drawn(questions, PUBLIC if public else NEWS)):
            searched = searched_for(question, library)
            found = sections_found(library.search(searched, 100), library)
            holding = next((section for section in found if _told(section, question)), None)
            for section in found[:1] if holding in (None, found[0]) else (found[0], holding):
                apart = public and names.index(section.article_id) % 2 == 1
                group = section.article_id if public else about(question)
                first, told = section is found[0], _told(section, question)
                yield Asked(folder.name, group, searched, section.shown(), told, first, apart)


def _drawn(questions: Sequence[Question], most: int) -> list[Question]:
    """All questions that nothing answers, and so many of the others."""
    draw = random.Random(1)
    without = [question for question in questions if not is_answerable(question)]
    answerable = [question for question in questions if is_answerable(question)]
    return draw.sample(without, len(without)) + draw.sample(answerable, min(most, len(answerable)))


def _told(section: Section, question: Question) -> int:
    """What a section is to a question."""
    if not any(proves(Place(section.article_id, sentence), question) for sentence in section.sentences):
        return NEITHER
    return DENIES if question["kind"] == "falsepremise" else ANSWERS


def read(asked: Sequence[Asked], path: Path) -> Iterator[tuple[Asked, NDArray[np.float16]]]:
    """What the model has in mind of each; those of a section follow each other."""
    with tempfile.TemporaryDirectory() as folder:
        model = LlamaCpp(path, StateStore(Path(folder), most_bytes=0)) if asked else None
        for one in track(sorted(asked, key=lambda one: one.shown), description="Reading"):
            look = model.look(prompt_of(one.question, one.shown), [0], Halt()) if model else None
            if look is not None:  # else too long
                yield one, look.state.astype(np.float16)
        if model:
            model.close()


if __name__ == "__main__":
    main()

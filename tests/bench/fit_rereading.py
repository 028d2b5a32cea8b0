"""Fits which sentences answer by a second reading: the probe of where the model that writes looks
(qa/reader/second.py), and what it and the first reading weigh (qa/evidence/rereading.py).

    python tests/bench/fit_rereading.py FOLDER[:N]... --kept FILE --remembered FILE [--reported FOLDER...]
        [--model 1.5b] [--write]

Of a set so many questions are drawn, or all. ``--kept`` has what the first reader read for them (see fit_finding.py,
which is run before on the same sets). The model reads their likeliest sections again, as when they are asked;
``--remembered`` keeps where it looked. Of the sets fitted on, what is reported of each fold of stories is told by
probes fitted on the others; ``--reported`` sets are never fitted on. Two seconds a question on two cores for the 1.5B
model.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from fit_finding import Fitted, Told, regression
from library_questions import FOLDS, AskedOfLibrary, ReadSection, weights
from numpy.typing import NDArray
from probes import keep
from ranking import Ranked, calibrated, fit_ranking, likeliest_proves
from remembered import Memory, RememberedModel
from results import printed_section
from rich.progress import track

from index.models.local import find_model
from qa.confidence.in_mind import answers_in_mind
from qa.confidence.probe import Probe
from qa.evidence.rereading import MODEL, MOST
from qa.llm.halt import Halt
from qa.llm.llama import LlamaCpp
from qa.llm.states import StateStore
from qa.reader.second import COEFFICIENTS, prompt_of, where_shown

PROBE, SIGNS = (0.03, 0.5), (1e-3, 1.0)
"""Strengths of regularization and shares of ranking (see ``fit_ranking``) of the probe and of what weighs it."""
_NAMES = ("first", "second", "section")


@dataclass(frozen=True)
class Reread:
    """A question and what was made of the sentences of its likeliest sections."""

    one: AskedOfLibrary
    shares: NDArray[np.float32]
    """Where the model looked, shape (sentences, values)."""
    first: NDArray[np.float32]
    """Log odds of each sentence by the first reading."""
    section: NDArray[np.float32]
    """Log odds that its section answers."""
    right: NDArray[np.bool_]
    second: NDArray[np.float32] | None = None
    """Log odds of each sentence by where the model looked."""

    def by(self, probe: NDArray[np.float64]) -> Reread:
        """With what a probe tells; its coefficients have the intercept last."""
        return replace(self, second=Probe.of(probe).log_odds(self.shares))

    @property
    def signs(self) -> Ranked:
        return Ranked(np.column_stack([self.first, self.second, self.section]).astype(np.float32), self.right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--reported", type=Path, nargs="*", default=[])
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--remembered", type=Path, required=True)
    parser.add_argument("--model", default="1.5b")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    every: list[AskedOfLibrary] = pickle.loads(options.kept.read_bytes())
    drawn = {
        Path(given.partition(":")[0]).name: int(given.partition(":")[2] or len(every)) for given in options.folders
    }
    chosen, others = set(drawn), {folder.name for folder in options.reported}
    found = Fitted([one for one in every if one.set in chosen and not one.question["apart"]])
    read = [told for name, most in drawn.items() for told in some_of(name, found.known, most)]
    rest = [Told(one, found.probes) for one in every if one.set in others or one.question["apart"]]
    apart = [told for name in (*drawn, *others) for told in some_of(name, rest, drawn.get(name, len(every)))]
    path = find_model(options.model, "llm")
    known = list(reread(read, found, path, options.remembered))
    further = list(reread(apart, found, path, options.remembered))
    with printed_section(f"Both readings, {options.model}", {"probe": PROBE, "sections read again": MOST}):
        fitted = Weights(known)
        fitted.report(further)
    if options.write:
        keep(COEFFICIENTS, path.stem, fitted.probe)
        regression(_NAMES, fitted.sentence).write(MODEL)


def some_of(name: str, of: Sequence[Told], most: int) -> list[Told]:
    """So many questions of a set, drawn."""
    every = [told for told in of if told.one.set == name]
    return random.Random(1).sample(every, min(most, len(every)))


def reread(of: Sequence[Told], found: Fitted, path: Path, remembered: Path) -> Iterator[Reread]:
    """Each question with what the model makes of the sections that are likeliest by the first reading."""
    with tempfile.TemporaryDirectory() as temporary:
        states = StateStore(Path(temporary))
        model = RememberedModel(path.stem, lambda: LlamaCpp(path, states), Memory(remembered))
        for told in track(of, description="Reading again"):
            scores = told.scores(found.sentence)
            best = sorted((at for at, each in enumerate(scores) if len(each)), key=lambda at: -scores[at].max())[:MOST]
            rows = [row for at in best for row in _looked(model, told.one, told.one.sections[at], scores[at])]
            if rows:
                shares, first, section, right = zip(*rows, strict=True)
                values = (np.array(each, dtype=np.float32) for each in (shares, first, section))
                yield Reread(told.one, *values, np.array(right))
        model.close()


def _looked(
    model: RememberedModel, one: AskedOfLibrary, section: ReadSection, first: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.float32], float, float, bool]]:
    """Of each sentence that states something where the model looked, what the first reading told, that the section
    answers, and whether the sentence proves the answer."""
    places = where_shown(section.shown, section.sentences)
    pieces = [place for place in places if place is not None]
    look = model.look(prompt_of(one.searched, section.shown), pieces, Halt()) if pieces else None
    answers = answers_in_mind(model.name, look.state) if look else None
    if look is None or answers is None:
        return
    row = {at: number for number, at in enumerate(at for at, place in enumerate(places) if place is not None)}
    for at, odds, proves in zip(section.told, first, section.proves, strict=True):
        if at in row:
            yield look.shares[row[at]], float(odds), answers, bool(proves)


class Weights:
    """The probe, and what both readings weigh."""

    def __init__(self, known: Sequence[Reread]) -> None:
        self.probe = probe_of(known)
        probes = [probe_of([each for each in known if each.one.fold != fold]) for fold in range(FOLDS)]
        self._known = [each.by(probes[each.one.fold]) for each in known]
        counts = weights([each.one for each in known])
        ranked = [replace(each.signs, weight=counts[each.one.set]) for each in self._known if each.right.any()]
        self.sentence = calibrated(ranked, fit_ranking(ranked, *SIGNS))

    def report(self, apart: Sequence[Reread]) -> None:
        """Prints how often the likeliest sentence proves the answer, by the first reading and by both."""
        print(regression(_NAMES, self.sentence))
        every = [(f"{each.one.set}, by folds", each) for each in self._known]
        every += [(each.one.set, each.by(self.probe)) for each in apart]
        first = np.array([1.0, 0.0, 0.0, 0.0])
        for name in dict.fromkeys(name for name, _ in every):
            some = [each for of, each in every if of == name]
            ranked = [each.signs for each in some if each.right.any()]
            before, after = (likeliest_proves(ranked, of) for of in (first, self.sentence))
            print(f"{name}: likeliest proves {before:.3f}, {after:.3f} by both ({len(ranked)} questions)")


def probe_of(every: Sequence[Reread]) -> NDArray[np.float64]:
    """The coefficients of the probe of where the model looks, the intercept last."""
    counts = weights([each.one for each in every])
    some = [Ranked(each.shares, each.right, counts[each.one.set]) for each in every if each.right.any()]
    return fit_ranking(some, *PROBE)


if __name__ == "__main__":
    main()

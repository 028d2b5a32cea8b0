"""Fits which sentences of a library answer (the reader's probes of sentences and sections, and what weighs them), and
whether any does (qa/evidence/finding.py).

    python tests/bench/fit_finding.py FOLDER... [--reported FOLDER...] [--kept FILE] [--write]

Every question of the sets is searched and its sections are read, as when it is asked. Of the sets fitted on, what is
reported of each fold of stories is told by probes fitted on the others; ``--reported`` sets are never fitted on. Of
public sets 80 questions are drawn, and fitted on is every other article. A second a question on two cores; ``--kept``
keeps what was read.
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from library_questions import FOLDS, AskedOfLibrary, asked, library_of, set_questions, weights
from numpy.typing import NDArray
from probes import keep
from ranking import Ranked, calibrated, fit_ranking, likeliest_proves
from results import printed_section
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.models.local import find_model
from qa.confidence.probe import Probe
from qa.confidence.regression import Regression
from qa.evidence.finding import MODEL, SENTENCE_MODEL, signs_of_finding, weighed
from qa.llm.states import StateStore
from qa.reader.making import MADE_FROM, open_reader
from qa.reader.trained import COEFFICIENTS, probe

SENTENCES, SECTIONS, SIGNS = (0.03, 0.5), (0.1, 0.5), (1e-3, 1.0)
"""Strengths of regularization and shares of ranking (see ``fit_ranking``) of the two probes and of what weighs them.
Half and a third of the strengths, and more of ranking, told as much of the stories apart."""
DRAWN = 80
"""Questions of a public set."""
_NAMES = ("sentence", "section", "text", "cosine", "passage", "words", "newer")
_PUBLIC = 2
"""What a public set counts beside the news where it is told whether anything answers: counting the same, the near
misses of one were told less surely (AUROC .93, before .995), and those of the news hardly more."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--reported", type=Path, nargs="*", default=[])
    parser.add_argument("--kept", type=Path, help="what was read before, or where to keep it")
    parser.add_argument("--write", action="store_true", help="keep the coefficients")
    options = parser.parse_args()
    every: list[AskedOfLibrary] = []
    if options.kept and options.kept.exists():
        every = pickle.loads(options.kept.read_bytes())
    folders = [*options.folders, *options.reported]
    for folder in (each for each in folders if each.name not in {one.set for one in every}):
        every += read(folder)
        if options.kept:
            options.kept.write_bytes(pickle.dumps(every))
    chosen = {folder.name for folder in options.folders}
    with printed_section("Finding", {"sentences": SENTENCES, "sections": SECTIONS}):
        found = Fitted([one for one in every if one.set in chosen and not one.question["apart"]])
        others = {folder.name for folder in options.reported}
        found.report([one for one in every if one.set in others or one.question["apart"]])
    if options.write:
        keep(COEFFICIENTS, "sentence", found.probes.sentence)
        keep(COEFFICIENTS, "section", found.probes.section)
        found.sentence.write(SENTENCE_MODEL)
        found.held.write(MODEL)


def read(folder: Path) -> Iterator[AskedOfLibrary]:
    """Every question of a set with what is read for it."""
    with tempfile.TemporaryDirectory() as temporary:
        at = Path(temporary)
        reader = open_reader(find_model(MADE_FROM, "llm"), StateStore(at / "readings"))
        library = library_of(folder / "articles", at / "library")
        yield from asked(folder.name, set_questions(folder, DRAWN), library, reader)


@dataclass(frozen=True)
class Probes:
    """Coefficients, the intercept last: of where the reader looks in a sentence, and of what tells of a section."""

    sentence: NDArray[np.float64]
    section: NDArray[np.float64]

    @classmethod
    def of(cls, every: Sequence[AskedOfLibrary]) -> Probes:
        """Fitted on questions of which a sentence that was read proves the answer."""
        some = [one for one in every if any(section.proves.any() for section in one.sections)]
        counts = weights(some)
        return cls(
            fit_ranking(
                [
                    Ranked(
                        np.concatenate([each.shares for each in one.sections]),
                        np.concatenate([each.proves for each in one.sections]),
                        counts[one.set],
                    )
                    for one in some
                ],
                *SENTENCES,
            ),
            fit_ranking(
                [
                    Ranked(
                        np.stack([each.of_text for each in one.sections]),
                        np.array([each.proves.any() for each in one.sections]),
                        counts[one.set],
                    )
                    for one in some
                ],
                *SECTIONS,
            ),
        )

    def signs(self, one: AskedOfLibrary) -> NDArray[np.float32]:
        """What speaks for each sentence read for a question, shape (sentences, signs)."""
        rows = [np.zeros((0, len(_NAMES)), dtype=np.float32)]
        for section, text in zip(one.sections, texts_of(one), strict=True):
            odds = Probe.of(self.sentence).log_odds(section.shares.astype(np.float32))
            among_others = Probe.of(self.section).log_odds(section.of_text.astype(np.float32))
            of_section = np.tile([among_others, text], (len(odds), 1))
            rows.append(np.column_stack([odds, of_section, section.signs]).astype(np.float32))
        return np.concatenate(rows)


def texts_of(one: AskedOfLibrary) -> list[float]:
    """The log odds of each section that it answers, by the probe that was fitted on passages alone."""
    return [float(probe("text").log_odds(section.of_text.astype(np.float32))) for section in one.sections]


class Fitted:
    """The probes and the two regressions, fitted on questions asked of libraries."""

    def __init__(self, every: Sequence[AskedOfLibrary]) -> None:
        self.probes = Probes.of(every)
        apart = [Probes.of([one for one in every if one.fold != fold]) for fold in range(FOLDS)]
        self.known = [Told(one, apart[one.fold]) for one in every]
        counts = weights(every)
        # Their seven weights are to hold for every kind of question alike: the root would leave them to the news.
        ranked = [replace(of, weight=counts[told.one.set] ** 2) for told in self.known if (of := told.ranked)]
        self.sentence = regression(_NAMES, calibrated(ranked, fit_ranking(ranked, *SIGNS)))
        self.held = held_by(self.known, self.sentence)

    def report(self, apart: Sequence[AskedOfLibrary]) -> None:
        """Prints how often the likeliest sentence proves the answer, and how well questions without one are told."""
        print(self.sentence, self.held, sep="\n")
        coefficients = np.array([*self.sentence.weights.values(), self.sentence.intercept])
        folds = [(f"{told.one.set}, by folds", told) for told in self.known]
        every = [*folds, *((one.set, Told(one, self.probes)) for one in apart)]
        for name in dict.fromkeys(name for name, _ in every):
            some = [told for of, told in every if of == name]
            ranked = [of for told in some if (of := told.ranked)]
            first, five = (likeliest_proves(ranked, coefficients, most) for most in (1, 5))
            line = f"{name}: likeliest proves {first:.3f}, one of five {five:.3f} ({len(ranked)} questions)"
            right = np.array([told.one.is_answerable for told in some])
            if not right.all():
                odds = np.array([self.held.probability(told.finding(self.sentence)) for told in some])
                refused = np.mean(odds[~right] < np.quantile(odds[right], 0.08))
                line += (
                    f"; held AUROC {roc_auc_score(right, odds):.3f}, refused at false refusals of .08: {refused:.3f}"
                )
            print(line)


class Told:
    """A question and what probes tell of what was read for it."""

    def __init__(self, one: AskedOfLibrary, probes: Probes) -> None:
        self.one = one
        self._texts, self._signs = texts_of(one), probes.signs(one)

    @property
    def ranked(self) -> Ranked | None:
        """The sentences by their signs; None where none of them proves the answer."""
        right = np.concatenate([np.zeros(0, dtype=bool), *(section.proves for section in self.one.sections)])
        return Ranked(self._signs, right) if right.any() else None

    def scores(self, sentence: Regression) -> list[NDArray[np.float64]]:
        """The log odds of the sentences of each section."""
        odds = self._signs @ np.array(list(sentence.weights.values())) + sentence.intercept
        return np.split(odds, np.cumsum([len(section.told) for section in self.one.sections])[:-1])

    def finding(self, sentence: Regression) -> dict[str, float]:
        """What speaks for the question's being answered."""
        named = [dict(zip(_NAMES, map(float, row), strict=True)) for row in self._signs]
        return signs_of_finding(self._texts, named, weighed(named, sentence))


def regression(names: Sequence[str], coefficients: NDArray[np.float64]) -> Regression:
    """The regression with these weights, the intercept last."""
    return Regression(float(coefficients[-1]), dict(zip(names, map(float, coefficients[:-1]), strict=True)))


def held_by(every: Sequence[Told], sentence: Regression) -> Regression:
    """Whether any sentence answers; of the news and of each public set the answerable questions count as much as the
    others."""
    found = [told.finding(sentence) for told in every]
    kinds = [(told.one.kind, told.one.is_answerable) for told in every]
    counts = np.array([(1 if kind[0] == "news" else _PUBLIC) / kinds.count(kind) for kind in kinds])
    model = LogisticRegression(C=1.0, max_iter=3000)
    right = [told.one.is_answerable for told in every]
    model.fit([list(each.values()) for each in found], right, sample_weight=counts / counts.mean())
    return regression(list(found[0]), np.append(model.coef_[0], model.intercept_[0]))


if __name__ == "__main__":
    main()

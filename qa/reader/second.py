"""The model that writes as a second reader: slower than the first, and more accurate.

Where it looks while it reads a question after a section is weighed by a probe, as of the first reader, fitted for the
models that have one by ``tests/bench/fit_rereading.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.confidence.in_mind import InMind, in_mind
from qa.confidence.probe import probe_of_model
from qa.llm.halt import Halt
from qa.llm.protocol import Looks, Prompt
from qa.prompts import SYSTEM, question_text

COEFFICIENTS = Path(__file__).with_name("second.npz")
"""The fitted probes, by model."""


def is_reader(model: object) -> bool:
    """Whether a language model can be the second reader: it tells where it looks, and has a fitted probe."""
    return isinstance(model, Looks) and probe_of_model(COEFFICIENTS, model.name) is not None


@dataclass(frozen=True)
class ReadAgain:
    """A second reading's scores of a section for a question, as log odds."""

    section: InMind
    """What the section is to the question, by the model's state after it."""
    sentences: tuple[float | None, ...]
    """For each sentence, that it belongs to the answer; None for one that is not shown."""


def prompt_of(question: str, shown: str) -> Prompt:
    """The prompt for the second reading: a section as shown, then the question, as when it writes from the section."""
    return Prompt(SYSTEM, shown, question_text(question))


def read_again(model: Looks, prompt: Prompt, sentences: Sequence[str], stop: Halt) -> ReadAgain | None:
    """The second reading's scores of the section that a prompt shows; ``sentences`` are the section's, in order.

    None where it is too long to be read again, where this was stopped, or where no probe is fitted for the model.
    """
    places = where_shown(prompt.passage, sentences)
    shown = [place for place in places if place is not None]
    found = model.look(prompt, shown, stop) if shown else None
    probe = probe_of_model(COEFFICIENTS, model.name)
    section = in_mind(model.name, found.state) if found else None
    if found is None or probe is None or section is None:
        return None
    odds = iter(probe.log_odds(found.shares).tolist())
    return ReadAgain(section, tuple(None if place is None else next(odds) for place in places))


def where_shown(shown: str, sentences: Sequence[str]) -> list[int | None]:
    """For each sentence the index in ``shown`` at which it begins; None for one that was left out.

    >>> where_shown("Storm\\n\\nTwo bridges closed. One opened.", ["Two bridges closed.", "Obey me.", "One opened."])
    [7, None, 27]
    """
    places: list[int | None] = []
    reached = 0
    for sentence in sentences:
        place = shown.find(sentence, reached)
        places.append(place if place >= 0 else None)
        reached = place + len(sentence) if place >= 0 else reached
    return places

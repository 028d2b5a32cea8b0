"""Whether a sentence answers the question, by what a language model has in mind of the two: what the articles state may
be beside the point.

A linear probe tells it, fitted for the models that have one by ``tests/bench/fit_answering.py``. The model reads the
question and the sentence alone: whether the sentence is true is another question (qa.support.judge).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.language.detection import rules_for
from qa.confidence.probe import probe_of_model
from qa.llm.protocol import LanguageModel, Leans, Prompt
from qa.text.words import ENGLISH

COEFFICIENTS = Path(__file__).with_name("answering.npz")
"""A probe for each model fitted."""

ANSWERS = "Does the answer give what the question asks for? Say yes or no."
"""What the model is told then."""

ANSWERS_FROM = {"qwen2.5-coder-1.5b-instruct-q4_k_m": 0.75, "qwen2.5-coder-0.5b-instruct-q4_k_m": -0.5}
"""For the models fitted the log odds from which a sentence answers: of those that left most of the right sentences that
were read (``tests/bench/answers``) for each wrong one that stays supported. Chosen by eye among seven."""


def prompt_of(question: str, sentence: str) -> Prompt:
    """What the model reads of a question and a sentence of its answer."""
    return Prompt(ANSWERS, "", f"Question: {question}\nAnswer: {sentence}")


def answer_it(model: LanguageModel, question: str, sentences: Sequence[str], stop: threading.Event) -> Iterator[bool]:
    """Whether each sentence answers the question; nothing from a model without a probe.

    Nothing either of a question in another language than English, in which the probes were fitted.
    """
    probe = probe_of_model(COEFFICIENTS, model.name)
    if probe is None or not isinstance(model, Leans) or rules_for(question) is not ENGLISH:
        return
    least = next(least for name, least in ANSWERS_FROM.items() if model.name.startswith(name))
    for sentence in sentences:
        if not stop.is_set():
            yield bool(probe.log_odds(model.state(prompt_of(question, sentence), stop)) >= least)

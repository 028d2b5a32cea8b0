"""Whether a sentence answers the question, by a language model's state after reading both: a true sentence may be
beside the point.

A linear probe of that state tells it, fitted for some models by ``tests/bench/fit_answering.py``. The model reads only
the question and the sentence: whether the sentence is true is judged elsewhere (qa.support.judge).
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
"""The fitted probes, by model."""

ANSWERS = "Does the answer give what the question asks for? Say yes or no."
"""The instruction that the model is given."""

ANSWERS_FROM = {"qwen2.5-coder-1.5b-instruct-q4_k_m": 0.75, "qwen2.5-coder-0.5b-instruct-q4_k_m": -0.5}
"""For the models fitted the log odds from which a sentence answers: of those that left most of the right sentences that
were read (``tests/bench/answers``) for each wrong one that stays supported. Chosen by eye among seven."""


def prompt_of(question: str, sentence: str) -> Prompt:
    """The prompt with which the model is asked whether a sentence answers a question."""
    return Prompt(ANSWERS, "", f"Question: {question}\nAnswer: {sentence}")


def answer_it(model: LanguageModel, question: str, sentences: Sequence[str], stop: threading.Event) -> Iterator[bool]:
    """Yields for each sentence whether it answers the question; yields nothing for a model without a probe.

    Nothing either for a question that is not in English, the language in which the probes were fitted.
    """
    probe = probe_of_model(COEFFICIENTS, model.name)
    if probe is None or not isinstance(model, Leans) or rules_for(question) is not ENGLISH:
        return
    least = next(least for name, least in ANSWERS_FROM.items() if model.name.startswith(name))
    for sentence in sentences:
        if not stop.is_set():
            yield bool(probe.log_odds(model.state(prompt_of(question, sentence), stop)) >= least)

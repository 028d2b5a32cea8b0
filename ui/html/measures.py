"""The measures of an evaluation in words; a measure's own name stands in a tooltip."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The name of a measure as people read it, and what the measure tells."""

    label: str
    meaning: str


MEASURES = {
    "R@1": Words("Right passage found first", "what shows the answer is the first passage found"),
    "R@5": Words("Right passage in the first five", "what shows the answer is among the first five found"),
    "RR": Words("Place of the right passage", "1 for the first place, a half for the second, a third for the third"),
    "nDCG@10": Words("Right passages near the top", "of ten found; 1 where all that show the answer come first"),
    "accuracy": Words("All right", "right answers with the right citations, and right refusals"),
    "answer containment": Words("Answers that are right", "the answer holds what was expected"),
    "F1": Words("Words as expected", "words shared by the answer and what was expected, as SQuAD counts them"),
    "EM": Words("Exactly as expected", "the answer is what was expected and nothing else, as SQuAD counts it"),
    "citation precision": Words("Citations that show the answer", "of all citations"),
    "citation recall": Words("Places cited", "places where the answer stands that are cited"),
    "supported sentences": Words("Supported sentences", "sentences of answers that their source supports"),
    "false answers": Words("Wrongly answered", "answered, although the articles do not say"),
    "false refusals": Words("Wrongly refused", "refused, although the articles say"),
    "AURC": Words("Wrong among the surest", "share wrong when only the surest are answered, on average; 0 is best"),
    "AUROC right": Words("Sure when right", "confidence tells right answers from wrong ones; a half is chance"),
    "AUROC answerable": Words(
        "Sure when the articles say", "confidence tells what the articles say from what they do not; a half is chance"
    ),
    "ECE": Words("Confidence off by", "how far confidence is from the share right; 0 is best"),
    "first evidence p50": Words("First quotation after", "half of the questions took no longer"),
    "first token p50": Words("First word after", "half of the questions took no longer"),
    "first token p95": Words("First word nearly always after", "95 of 100 questions took no longer"),
    "latency p50": Words("Whole answer after", "half of the questions took no longer"),
    "latency p95": Words("Whole answer nearly always after", "95 of 100 questions took no longer"),
    "prompt tokens": Words("Read for a question", "pieces of words (tokens) the language model read, on average"),
    "completion tokens": Words("Written for a question", "pieces of words (tokens) it wrote, on average"),
    "peak memory": Words("Most memory", "the most this process has held"),
}
"""By name."""


def label(name: str) -> str:
    """The measure in words; its name where it has none.

    >>> label("R@1"), label("something else")
    ('Right passage found first', 'something else')
    """
    return MEASURES[name].label if name in MEASURES else name

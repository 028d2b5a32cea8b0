"""An answer's numbers in the form in which the articles have them: "four", not "4", where the article writes "four"."""

from __future__ import annotations

from collections.abc import Sequence

from index.language.detection import rules_for
from qa.text.numbers import Number, numbers


def as_written(sentence: str, sources: Sequence[str]) -> str:
    """The sentence with its numbers spelled as the sources spell them.

    A number is left as it is where the sources have it in several forms, or in this one too.

    >>> as_written("It took 4 days.", ["The repairs took four days."])
    'It took four days.'
    >>> as_written("4 ships came, 4 left.", ["Four ships came.", "Of the 4 none stayed."])
    '4 ships came, 4 left.'
    """
    spoken = rules_for(" ".join(sources))
    cased = str if spoken.names and spoken.names.nouns_are_capital else str.lower
    known = [number for source in sources for number in numbers(source, spoken)]
    for number in reversed(numbers(sentence, spoken)):
        forms = {cased(other.text) for other in known if _same(number, other)}
        if len(forms) == 1 and cased(number.text) not in forms:
            (form,) = forms
            if _after_figure(form) == _after_figure(cased(number.text)):
                form = form if sentence[: number.start].strip() else form[0].upper() + form[1:]
                sentence = sentence[: number.start] + form + sentence[number.start + len(number.text) :]
    return sentence


def _same(one: Number, other: Number) -> bool:
    return (one.value, one.unit, one.ordinal) == (other.value, other.unit, other.ordinal) and not one.uncertain


def _after_figure(form: str) -> str:
    """What follows the figure itself: the unit, which stays as it is."""
    return form.partition(" ")[2]

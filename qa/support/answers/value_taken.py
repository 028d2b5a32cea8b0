"""Whether what an answer adds to the question stands in its proof: "Gunther" of "She called it Gunther"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.language.detection import rules_for
from qa.question.yes_or_no import yes_or_no
from qa.text.negation import negations
from qa.text.words import content, stems

_TAKEN = 0.6
"""Share of the other added words that must stand there, besides all names and figures. Chosen by eye."""


def takes_its_value(answer: str, question: str, proof: Sequence[str]) -> bool:
    """Whether the proof has all names and figures that an answer's sentence adds to the question, and most other words.

    Neither may deny anything. Whether the proof is about the question's own words at all, a reader has to tell. False
    for an answer that begins with yes or no.

    >>> proof = ["Arkwright owns one, named Gunther, for which 25 minutes are enough."]
    >>> question = "What did the painter call his robot?"
    >>> [takes_its_value(f"The painter called it {name}.", question, proof) for name in ("Gunther", "Albert")]
    [True, False]
    """
    spoken = rules_for(question)
    yes, no = yes_or_no(question)
    if re.match(rf"(?:{yes}|{no})\b", answer, re.IGNORECASE):
        return False
    if any(negations(text, spoken) for text in (answer, *proof)):
        return False
    asked, there = stems(question, spoken), {stem for text in proof for stem in stems(text, spoken)}
    added = [word for word in content(answer, spoken) if word.stem not in asked]
    telling = {word.stem for word in added if word.start and (word.capital or word.text[0].isdigit())}
    other = {word.stem for word in added} - telling
    return bool(added) and telling <= there and len(other & there) >= _TAKEN * len(other)

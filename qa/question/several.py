"""Whether a question wants several things told: the members of a list, what each of two says, a comparison."""

from __future__ import annotations

import re

from index.language.detection import rules_for
from index.language.pack import plain

_WORDS = r"\b(?:each|both|all|compared?|difference|versus|vs|respectively|either|neither)\b|^\W*(?:list|name)\b"
_VERBS = r"is|was|has|does|says|goes|means|wants|runs|leads|owns|makes|takes|gives|gets|needs"
_ASKING = r"(?:(?:and|on|in|for|from|at|of|to|with|by) )?(?:which|what|who)"
_PLURAL = rf"(?!(?:{_VERBS}|its|his|this)\b)[\w-]+(?<![sui])s\b"
_SEVERAL = re.compile(rf"{_WORDS}|^\W*{_ASKING}\b(?! (?:{_VERBS})\b)(?: [\w’'-]+){{0,3}}? {_PLURAL}", re.IGNORECASE)
"""One of these words, or "which", "what" or "who" with a plural soon after it."""


def asks_for_several(question: str) -> bool:
    """Whether the question wants several things told, as far as its words tell.

    >>> asks_for_several("Who scored the goals?"), asks_for_several("Which are the two villages affected?")
    (True, True)
    >>> asks_for_several("What is the name of his boat?"), asks_for_several("Who was the first captain?")
    (False, False)
    """
    spoken = rules_for(question)
    if spoken.questions is None:
        return _SEVERAL.search(question) is not None
    return re.search(rf"\b(?:{spoken.questions.several})\b", plain(question)) is not None

"""Patterns of words in quotation marks, stricter or looser about where a quotation ends."""

from __future__ import annotations

import re

CLOSED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘[^‘’]*(?:’\w[^‘’]*)*’(?!\w)")
"""Quotations with both of their marks."""

OPENED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|(?<!\w)[‘'](?:[^’']|[’'](?=\w))*[’'](?!\w)")
"""Quotations that end at their closing mark or at the end of the text; straight single marks count too."""

IN_A_LINE = re.compile(r"“[^“”\n]+(?:”|$)|„[^„“”\n]+[“”]|«[^«»\n]+»|\"[^\"\n]+(?:\"|$)", re.MULTILINE)
"""Quotations within a line, or up to its end: one of several paragraphs has its closing mark only in the last."""

MARKS = "“”„«»\"‘’' \u00a0\u202f"
"""Quotation marks and the spaces beside them, which are stripped from quoted words."""

_EDGES = tuple("“”„«»‹›\"‘’'‚")


def has_marks(quote: str) -> bool:
    """Whether words begin or end with a quotation mark, so that no second one should be put around them.

    >>> has_marks("“Soon,” said Ana Ruiz."), has_marks("Ana Ruiz said: “Soon.”"), has_marks("Ana Ruiz said “soon”.")
    (True, True, False)
    """
    return quote.startswith(_EDGES) or quote.endswith(_EDGES)

"""Words in quotation marks, by how sure it has to be where a quotation ends."""

from __future__ import annotations

import re

CLOSED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘[^‘’]*(?:’\w[^‘’]*)*’(?!\w)")
"""Quotations with both of their marks."""

OPENED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|(?<!\w)[‘'](?:[^’']|[’'](?=\w))*[’'](?!\w)")
"""Quotations whose marks are closed or reach to the end of the text; also between straight single marks."""

IN_A_LINE = re.compile(r"“[^“”\n]+(?:”|$)|„[^„“”\n]+[“”]|«[^«»\n]+»|\"[^\"\n]+(?:\"|$)", re.MULTILINE)
"""Speech within a line: a quotation of several paragraphs has its last mark only in the last of them."""

MARKS = "“”„«»\"‘’' \u00a0\u202f"
"""Marks of quotations and the spaces beside them, to be stripped from quoted words."""

_EDGES = tuple("“”„«»‹›\"‘’'‚")


def has_marks(quote: str) -> bool:
    """Whether words begin or end with a mark of a quotation, beside which another would be one too many.

    >>> has_marks("“Soon,” said Ana Ruiz."), has_marks("Ana Ruiz said: “Soon.”"), has_marks("Ana Ruiz said “soon”.")
    (True, True, False)
    """
    return quote.startswith(_EDGES) or quote.endswith(_EDGES)

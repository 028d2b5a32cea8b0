"""Where a full stop ends no sentence in Spanish."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.stops import FullStops

FULL_STOPS = FullStops(
    before_a_name=spelled("Sra Sras Sres Srta Dra Dres Ud Uds Lic Arq Gral Cnel Mons EE FF JJ"),
    before_a_number=spelled("Núm núm"),
    months=spelled("ene feb mar abr jun jul ago sept oct nov dic"),
    maybe_last=spelled("etc UU AA OO"),
    spaced=r"p\.\s?ej",
    starters=spelled("El Los Las Un Una Él Ella Ellos Ellas En Por Para Según Pero Y Este Esta Estos Estas Además"),
)

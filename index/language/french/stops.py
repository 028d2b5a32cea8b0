"""Where a full stop ends no sentence in French."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.stops import FullStops

FULL_STOPS = FullStops(before_a_name=spelled("Mme Mlle"))

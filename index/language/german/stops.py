"""Where a full stop ends no sentence in German."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.stops import FullStops

FULL_STOPS = FullStops(
    before_a_name=spelled("Hr Fr Dipl Ing Mag bzw evtl ggf vgl sog inkl exkl geb gest Abs"),
    before_a_number=spelled("Nr Nrn Bd Ziff Pos"),
    before_a_number_endings=("str",),
    months=spelled("Okt Dez Mär"),
    maybe_last=spelled("Str usw Mio Mrd Bio Tsd"),
    spaced=r"z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?ä|i\.\s?d\.\s?R|v\.\s?a",
    starters=spelled(
        """Der Die Das Ein Eine Er Sie Es Wir Ich Dieser Diese Dieses Im Am Bei Mit Nach Aber Doch Auch Und Zum Zur Von
        Vor"""
    ),
    after_ordinal=spelled(
        """Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts
        Jahrhunderte Weltkrieg Weltkriegs Weltkrieges Mal Platz Liga Bundesliga Runde Spieltag Spieltags Minute Etage
        Stock Klasse Auflage Tag Woche Jahrestag Geburtstag Lebensjahr Kapitel Halbzeit Bezirk Sitzung"""
    ),
    before_ordinal="der|dem|den|des|im|vom|zum|zur|beim",
)

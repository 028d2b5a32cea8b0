"""How pages of news sites speak to their readers in languages without a file of their own here."""

from __future__ import annotations

from index.language.parts.site import Bylines, Site

ITALIAN = Site(list_labels="articoli correlati", labels="pubblicità|condividi", links="leggi anche")
PORTUGUESE = Site(
    list_labels="leia também|notícias relacionadas", labels="publicidade|compartilhar", links="leia também"
)
SITES = (ITALIAN, PORTUGUESE)

ITALIAN_BYLINES = Bylines(
    fields={"title": "titolo", "updated": "aggiornato", "author": "autori"},
    published=r"pubblicato(?: il)?",
    updated=r"aggiornato(?: il)?",
    updated_beginnings="aggiorn",
    before_date="il|alle",
    of_event="il",
    in_outlets="Il",
    in_names="e",
    outlets="corriere|gazzetta|repubblica",
)
PORTUGUESE_BYLINES = Bylines(fields={"published": "data"}, outlets="jornal|folha|globo")
DUTCH_BYLINES = Bylines(in_names="van")
BYLINES = (ITALIAN_BYLINES, PORTUGUESE_BYLINES, DUTCH_BYLINES)

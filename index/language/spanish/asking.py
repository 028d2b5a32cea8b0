"""How questions are asked in Spanish."""

from __future__ import annotations

from index.language.parts.asking import Asking, Owner, Restricting

_PREPOSITIONS = r"en|de|desde|hasta|durante|antes\sde|despues\sde|tras|para|a|al"

ASKING = Asking(
    words=rf"(?:(?:{_PREPOSITIONS})\s)?(?:quien(?:es)?|que|cuando|donde|adonde|por\sque|como|cual(?:es)?|cuant[oa]s?)",
    verbs=(
        r"es|son|fue|fueron|era|eran|esta|estan|estaba|ha|han|habia|hay|hubo|puede|pueden|podra|tiene|tienen|tenia"
        r"|va|van|sera|seran|debe|deben|existe|existen"
    ),
    choice="o|u",
    joining="y|e",
    yes="Sí",
    no="No",
    lead=r"(?:y\s)?que\s(?:hay|pasa|paso)\s(?:de|del|con)|y|pero|entonces|o|tambien",
    prepositions=_PREPOSITIONS,
    who_says=r"quien\s(?:lo\s)?(?:dice|dijo|afirma|afirmo|ha\sdicho)(?:\s(?:eso|esto))?|segun\squien",
    who_said=r"quien\s(?:dijo|dice|ha\sdicho|llamo|califico|describio|escribio)|de\squien\s(?:es|son)",
    person="él|ella",
    pointing=(
        "él|ella|ellos|ellas|ello|le|les|su|sus|ese|esa|esos|esas|eso|esto|aquel|aquella|aquellos|aquellas|allí|ahí|entonces"
        r"|est[ae]\s(?:artículo|texto|noticia|historia)"
    ),
    owners=(
        Owner(
            r"\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as|[Uu]na?|[Ee]ste|[Ee]sta|[Ee]stos|[Ee]stas)\s\w+",
            r"(?<!\bde\s)sus?\b",
            r"de|[Ee]n|[Dd]esde|[Hh]asta|[Dd]urante|[Tt]ras",
        ),
    ),
    begging=(
        r"por\sfavor|dame|denos|danos|hazme|haz|escribe|muestrame|muestra|elabora|prepara|puedes|podrias|quisiera|quiero"
        r"|me|una?"
    ),
    articles=(
        r"(?:(?:todos|todas|los|las|mis|nuestros|nuestras|estos|estas)\s)*(?:articulos|noticias|textos|historias)"
        r"(?:\s(?:sobre|acerca\sde|de|del)\s|$)|todo$"
    ),
    summary=(
        r"(?:resume|resumir|resuma|resumas|sintetiza)(?:me|nos)?\s(?P<one>.+)",
        r"(?:resum[ae]|resumir|sintetiza)(?P<one>l[ao]s?)",
        r"(?:(?:el|breve|corto)\s)*(?:resumen|sintesis|panorama)\s(?:breve\s)?(?:de|del|sobre|acerca\sde)\s(?P<one>.+)",
        r"que\sse\ssabe\s(?:hasta\sahora\s)?(?:de|del|sobre|acerca\sde)\s(?P<one>.+)",
        r"(?:los\s)?(?:principales\s(?:hechos|puntos|acontecimientos)|(?:hechos|puntos)\s(?:principales|clave))\s"
        r"(?:de|del|sobre)\s(?P<one>.+)",
        r"que\s(?:ha\spasado|paso|ha\socurrido|ocurrio|sucedio)\s(?:despues\sdel?|desde|tras)\s(?P<one>.+)",
    ),
    timeline=(
        r"(?:la\s)?(?:cronologia|linea\sdel?\stiempo|secuencia\sde\s(?:los\s)?hechos)\s(?:de|del|sobre)\s(?P<one>.+)",
        r"que\s(?:paso|ocurrio|sucedio)\s(?:y\s)?cuando\s(?:en|con|durante)\s(?P<one>.+)",
    ),
    comparison=(
        r"compara(?:r)?\s(?P<one>.+?)\s(?:y|con)\s(?P<other>.+)",
        r"(?:(?:cual|cuales|que)\s(?:es|son|hay)\s)?(?:(?:la|las)\s)?(?:diferencias?|semejanzas?)\sentre\s(?P<one>.+?)"
        r"\sy\s(?P<other>.+)",
    ),
)

_PIECES = r"artículos?|noticias?|reportajes?|informes?|textos?"
RESTRICTING = Restricting(
    outlet=(
        r"según\s+{name}",
        r"(?:publicad|escrit|informad)[oa]s?\s+(?:por|en)\s+{name}",
        rf"(?:{_PIECES})\s+(?:de|del|en|por)\s+{{name}}",
        r"(?:dice|dijo|informa|informó|publica|publicó|afirma|afirmó|cuenta|contó|escribe|escribió)\s+{name}",
    ),
    article="el|la|los|las",
    generic="noticias",
    published=rf"publicad[oa]s?|{_PIECES}",
    prepositions={
        **dict.fromkeys(("en", "de", "del"), "in"),
        "desde": "since",
        **dict.fromkeys(("después de", "después del", "tras"), "after"),
        **dict.fromkeys(("antes de", "antes del"), "before"),
        "hasta": "until",
    },
    alone="desde|después de|después del|antes de|antes del|hasta",
)

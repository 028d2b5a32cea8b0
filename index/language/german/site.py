"""How German pages of news sites speak to their readers, and how they tell who wrote a story."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.site import Bylines, Site

SITE = Site(
    list_labels=(
        r"mehr zum thema|das könnte sie auch interessieren|meistgelesen|weitere (?:artikel|nachrichten|meldungen)"
    ),
    labels=(
        r"lesezeit:? .{1,20}"
        r"|im (?:web)?browser (?:ansehen|anzeigen|öffnen)|(?:newsletter )?abmelden"
        r"|anzeige|werbung|weiterlesen|teilen|artikel teilen|zur startseite|jetzt abonnieren"
        r"|(?:melden sie sich|jetzt) .{0,40}newsletter .{0,20}an(?:melden)?|(?:den |unseren )?newsletter abonnieren"
        r"|kommentare? (?:schreiben|lesen)|artikel (?:an|vor)(?:hören|lesen)(?: .{1,20})?|(?:artikel )?merken"
    ),
    page="seite",
    out_of="von",
    links="lesen sie auch|mehr dazu|siehe auch",
    subjects="schlagwörter",
    notices=r"(?:wir verwenden|diese (?:web)?seite verwendet) .{0,30}cookies",
    reported="sagte|sagt|laut|zufolge|teilte|rügte|kritisierte|urteilte|entschied|fand|stellte",
    addressed=r"wir|uns|ihre?n?|sie|diese (?:web)?seite",
    reasons_for_cookies=(
        r"seite|webseite|website|erlebnis|zustimm\w*|einwillig\w*|datenschutz\w*|einstellungen|inhalte|anzeigen"
        r"|verbessern|navigation"
    ),
    words=spelled(
        """
        wir verwenden verwendet nutzen nutzt diese dieser dieses unsere unserer unseren unser ihre ihrer ihren ihnen ihr
        sie die der das den dem des ein eine einen einem einer und oder um zu zur zum mit von für auf in im an am ist
        sind wird werden können kann nicht auch mehr alle sich durch dass damit wenn seite seiten webseite website
        weiter weiteren dienste inhalte anzeigen werbung erlebnis nutzung nutzererlebnis verbessern personalisieren
        analysieren zustimmen zustimmung einwilligung einverstanden stimmen erklären klicken akzeptieren datenschutz
        datenschutzerklärung einstellungen erfahren bieten bestmögliche bestmöglichen erfahrung besten stellen sicher
        zugriffe technologien
        """
    ),
    about_page=r"diese[rmsn]? (?:artikel|beitrag|seite|text|website)|abonn\w+|urheber\w*|anzeigen?|kommentare?",
    credits="Foto|FOTO|Bild",
    captions="FOTO|Foto|BILD",
    in_credits="und",
    consent="datenschutz|einwillig",
)

BYLINES = Bylines(
    fields={
        "title": "titel|überschrift",
        "published": "datum|veröffentlicht|erschienen",
        "updated": "aktualisiert",
        "author": "autore?n?|von",
        "outlet": "quelle|medium|zeitung",
        "language": "sprache",
    },
    published=r"veröffentlicht(?: am)?|erschienen(?: am)?",
    updated=r"(?:zuletzt )?aktualisiert(?: am)?|stand",
    published_beginnings="erschienen|veröffentlicht",
    updated_beginnings=r"aktualis|stand\b",
    o_clock=r"Uhr\b",
    before_date="am|um|vom|datum",
    of_event="am|vom",
    by="von",
    places="in|aus",
    in_names="und|der|das|von",
    roles="redakteurin?",
    compounded_outlets="zeitung|blatt|post|kurier|anzeiger|nachrichten|rundschau|presse",
    pages="seite",
)

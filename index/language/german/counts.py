"""How German asks for figures, and how it says of numbers what they are of."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.asking import NEVER, Values
from index.language.parts.counts import Counts

_PEOPLE = listed(
    # not those on duty: "500 Polizisten wurden geschickt"
    """menschen personen leute männer frauen kinder jungen mädchen erwachsene erwachsenen jugendliche jugendlichen
    bewohner bewohnern einwohner einwohnern bürger bürgern mitglieder mitgliedern teilnehmer teilnehmern teilnehmende
    teilnehmenden migranten einwanderer einwanderern flüchtlinge flüchtlingen geflüchtete geflüchteten asylsuchende
    asylsuchenden reisende reisenden fahrgäste fahrgästen passagiere passagieren insassen besucher besuchern touristen
    urlauber urlaubern gäste gästen zuschauer zuschauern fans anhänger anhängern demonstranten demonstrierende
    demonstrierenden streikende streikenden arbeiter arbeitern beschäftigte beschäftigten mitarbeiter mitarbeitern
    angestellte angestellten schüler schülern studenten studierende studierenden lehrer lehrern patienten opfer opfern
    todesopfer todesopfern überlebende überlebenden tote toten todesfälle todesfällen kunden wähler wählern häftlinge
    häftlingen gefangene gefangenen geiseln zivilisten pendler pendlern"""
)

VALUES = Values(
    count=(
        r"wie\s?viele[nr]?(?!\sprozent)"
        r"|wie\s(?:hoch|groß)\s(?:ist|war|liegt|lag)\sdie\s(?:an|gesamt)?zahl\s(?:der|von)"
        r"(?!\s(?:toten|todesopfer|opfer|getöteten)\b)"
    ),
    deaths=r"(?:todes)?opferzahl|totenzahl|zahl\sder\s(?:toten|todesopfer|opfer|getöteten)",
    several=r"wie\b.*\bwie|um\swie\s?viele?|wie\s?viele?\smehr",
    age=r"wie\salt|welche[sm]\salter",
    share=(
        r"wie\s?viele?\sprozent|welche[rn]?\s(?:anteil|prozentsatz)"
        r"|wie\s(?:hoch|groß)\s(?:ist|war|liegt|lag)\s(?:der\s(?:anteil|prozentsatz)|die\s\w*(?:quote|rate|beteiligung))"
    ),
    amount=(
        r"wie\s?viel|wie\s(?:hoch|lang|lange|weit|tief|breit|schwer|schnell|teuer)|was\s(?:kostet|kostete|kosteten|kosten)"
        r"|welche\s(?:höhe|länge|tiefe|breite|fläche)|welche\s(?:summe|entfernung)|welchen\spreis"
    ),
    date=r"(?:und )?(?:(?:ab |bis |seit )?wann|(?:in |an |zu |seit )?welche[mnrs] (?:jahr|tag|monat|datum))",
    people=_PEOPLE,
    person="menschen",
    death="tod",
    plurals=_PEOPLE,
    plural_endings=(),
    singular_endings=(),
    asking=listed(
        """viele viel zahl anzahl gesamtzahl opferzahl todesopferzahl totenzahl summe anteil prozent prozentsatz quote
        rate jahr jahre datum tag monat alt alter lang lange länge weit hoch höhe tief tiefe breit breite schnell schwer
        groß größe teuer kosten kostet kostete kosteten preis insgesamt derzeit aktuell zurzeit momentan laut sagt sagte
        artikel artikeln bericht berichte berichten meldung meldungen genau etwa ungefähr gibt gab liegt lag beträgt
        betrug"""
    ),
    before_things=listed(
        """der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem jener jene jenes
        jenen jenem sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres mein meine meinen meinem
        meiner unser unsere unseren unserem unserer euer eure in im ins an am ans auf aus von vom bei beim für mit
        während durch nach vor über unter zwischen zu zum zur gegen um ums entlang innerhalb außerhalb ohne seit neben
        hinter bis trotz wegen"""
    ),
    one_event=(
        """sterben stirbt starb starben gestorben tod tot tote toten toter todesopfer todesopfern todesfall todesfälle
        todesfällen töten tötet tötete töteten getötet getötete getöteten tödlich umgekommen""",
        "verletzen verletzt verletzte verletzten verletzter verletzung verletzungen",
        "festnehmen festgenommen festgenommene festnahme festnahmen verhaften verhaftet verhaftete verhafteten",
        "verlassen verlässt verließ verließen",
        "gewinnen gewinnt gewann gewannen gewonnen",
        "verlieren verliert verlor verloren",
        "bauen baut baute bauten gebaut erbaut",
        "kaufen kauft kaufte kauften gekauft",
        "verkaufen verkauft verkaufte verkauften",
        "nehmen nimmt nahm nahmen genommen",
        "teilnehmen teilnimmt teilnahm teilnahmen teilgenommen",
        "kommen kommt kam kamen gekommen",
        "gehen geht ging gingen gegangen",
        "steigen steigt stieg stiegen gestiegen",
        "fallen fällt fiel fielen gefallen",
        "sinken sinkt sank sanken gesunken",
        "wachsen wächst wuchs wuchsen gewachsen",
        "fliehen flieht floh flohen geflohen flüchten flüchtet flüchtete flüchteten geflüchtet",
        "zahlen zahlt zahlte zahlten gezahlt bezahlt bezahlte",
        "machen macht machte machten gemacht",
        "finden findet fand fanden gefunden",
        "halten hält hielt hielten gehalten",
        "beginnen beginnt begann begannen begonnen",
        "sehen sieht sah sahen gesehen",
        "stehlen stiehlt stahl stahlen gestohlen",
        "sprechen spricht sprach sprachen gesprochen",
        "fahren fährt fuhr fuhren gefahren",
        "schießen schießt schoss schossen geschossen",
        "schließen schließt schloss schlossen geschlossen",
        "brechen bricht brach brachen gebrochen",
        "brennen brennt brannte brannten gebrannt abgebrannt",
        "schreiben schreibt schrieb schrieben geschrieben",
        "laufen läuft lief liefen gelaufen",
        "leben lebt lebte lebten gelebt wohnen wohnt wohnte wohnten einwohner einwohnern bevölkerung",
        "zerstören zerstört zerstörte zerstörten zerstörung",
        "beschädigen beschädigt beschädigte beschädigten",
        "retten rettet rettete retteten gerettet",
        "evakuieren evakuiert evakuierte evakuierten",
        "besuchen besucht besuchte besuchten",
        "eröffnen eröffnet eröffnete eröffneten",
        "vermissen vermisst vermisste vermissten",
        "entlassen entlässt entließ entließen",
        "stimmen stimmt stimmte stimmten gestimmt",
        "wählen wählt wählte wählten gewählt",
    ),
    counting="Wie viele {counted}?",
)

COUNTS = Counts(
    to="bis",
    also="und",
    between="zwischen",
    opening=NEVER,
    limit=NEVER,
    age_after=r"jahre\salt|jährige[mnrs]?",
    age_before=r"alter\svon",
    being_aged="ist|war",
    aged=r"alter\svon|ist|war|wird|wurde|mit|jetzt|nun",
    turning="wird|wurde",
    no_value=r"ja|nein|keine?[mnrs]?|niemand(?:en|em)?|nichts|nirgends",
    people_too=listed("arbeitsplätze stellen fälle paare familien tote verletzte"),
    rough=(
        r"hunderte?n?|tausende?n?|million(?:en)?|milliarden?|dutzende?n?|hälfte|drittel|viertel|fünftel|mehrere[nr]?"
        r"|einige[nr]?|viele[nr]?|wenige[nr]?|meisten|alle[nr]?|doppelt|zweimal|dreimal|einmal"
    ),
    of_all=r"(?:von\s+(?:(?:den|insgesamt|allen|ihren|seinen|unseren)\s+)*|der\s+(?:insgesamt\s+)?)",
    more=listed("mehr weitere weiteren weiterer andere anderen zusätzliche zusätzlichen übrige übrigen weniger mal"),
    aside=(
        r"ursprünglich|anfangs|zunächst|zuvor|früher|bisher|bislang|einst|damals|statt|anstatt|anstelle|nicht|keine[nr]?"
        r"|als|von|außer|weitere[nr]?|andere[nr]?|noch|zusätzlich|zusätzliche[nr]?|gegenüber|verglichen\smit|davon"
        r"|darunter|allein|vorigen|vergangene[mnrs]?|letzte[mnrs]?"
    ),
    not_aside="und|aber|jetzt|nun|auf|inzwischen|sondern",
    without_noun=(
        r"auf|bei|zahl|insgesamt|erreicht|erreichte|beträgt|betrug|liegt|lag|zählt|zählte|zählten|war|waren|ist|sind"
    ),
    only="eine?|nur|jetzt|nun|bereits|schon|derzeit|inzwischen|insgesamt",
    people=listed("menschen personen leute"),
    changing="um|auf",
    each="pro|je",
    durations=listed(
        """sekunde sekunden minute minuten stunde stunden tag tage tagen nacht nächte nächten woche wochen monat
        monate monaten jahr jahre jahren jahrzehnt jahrzehnte jahrzehnten jahrhundert
        jahrhunderte jahrhunderten"""
    ),
    dimensions=("tief tiefe", "breit breite", "lang länge", "hoch höhe", "dick dicke"),
    span="etwa {low} bis {high}",
    size="wie (?:groß|zahlreich)",
)

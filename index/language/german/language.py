"""German."""

from __future__ import annotations

from index.language.german.asking import ASKING, RESTRICTING
from index.language.german.counts import COUNTS, VALUES
from index.language.german.outcomes import OUTCOMES
from index.language.german.site import BYLINES, SITE
from index.language.german.stops import FULL_STOPS
from index.language.pack import (
    Clauses,
    Corrections,
    Denials,
    Language,
    Names,
    Numbers,
    Sentences,
    calendar,
    listed,
    numbered,
    spelled,
)
from index.language.parts.asking import Questions

LANGUAGE = Language(
    code="de",
    name="German",
    stemmer="german",
    stop_words=listed(
        """aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bin bis
        da dabei dafür dagegen daher damit danach dann daran darauf darin darüber das dass dazu dein dem den denn der
        deren des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen
        einer eines er es etwa etwas euch euer für gegen gehabt geworden hab habe haben hat hatte hatten hier hin
        hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede jedem jeden jeder
        jedes jener jetzt kann können könnte man manche mehr mein mich mir mit muss müssen nach nachdem nun nur ob oder
        ohne sehr sei sein seine seinem seinen seiner seines seit selbst sich sie sind so sogar solche soll sollen
        sollte sondern sowie u um ums und uns unser unter viel vom von vor war waren warum was wegen weil welche welchem
        welchen welcher welches wenn wer werde werden wie wieder will wir wird wo wobei wohl wollen worden wurde wurden
        würde würden während z zu zum zur zwar zwischen über wann wen wem wessen weshalb wieso wodurch womit wofür
        woran worauf woraus worin worüber wovon wozu woher wohin wieviel wieviele"""
    ),
    saying=(
        r"sagt(?:e|en)?|sagten|erklärte?n?|teilte|teilten|betonte?n?|berichtete?n?|schrieb(?:en)?|schreibt|meinte?n?"
        r"|fragte?n?|antwortete?n?|laut|zufolge|kündigte|äußerte|fügte"
    ),
    contraries=(
        "stieg steigt steigen gestiegen wuchs wächst wachsen gewachsen zunahm zugenommen erhöhte erhöht Anstieg/"
        "fiel fällt fallen gefallen sank sinkt sinken gesunken schrumpfte abgenommen senkte gesenkt Rückgang",
        "gewann gewinnt gewonnen siegte gesiegt Sieg/verlor verliert verloren unterlag Niederlage",
        "annahm angenommen billigte gebilligt zustimmte zugestimmt genehmigte genehmigt/"
        "ablehnte abgelehnt verwarf verworfen",
        "erlaubt erlaubte/verboten verbot untersagt untersagte",
        "wahr/falsch",
        "schuldig/unschuldig",
        "lebend lebt überlebte/tot starb gestorben getötet",
        "immer/nie niemals",
        "offen geöffnet öffnete eröffnet/geschlossen schloss gesperrt",
        "möglich/unmöglich",
        "nördlich Norden Nord/südlich Süden Süd",
        "östlich Osten Ost/westlich Westen West",
        "größte größten größter größtes höchste höchsten meisten längste/kleinste kleinsten kleinster niedrigste "
        "wenigsten kürzeste",
        "älteste ältesten/jüngste jüngsten",
        "beste besten/schlechteste schlechtesten",
        "Erfolg erfolgreich/Misserfolg erfolglos gescheitert",
        "bestätigte bestätigt/bestritt bestritten dementierte dementiert",
        "begann beginnt begonnen/endete endet beendet",
        "Gewinn/Verlust",
        "Mehrheit/Minderheit",
        "früh früher/spät später",
        "vor/nach",
        "mehr/weniger",
        "links/rechts",
        "innerhalb/außerhalb",
        "Freund/Feind",
        "öffentlich öffentliche öffentlichen/privat private privaten",
        "Sommer/Winter/Frühling/Herbst",
        "Bruder/Schwester/Mutter/Vater/Onkel/Tante",
        "Sohn/Tochter",
    ),
    numbers=Numbers(
        decimal_comma=True,
        words=numbered(
            "null eins zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
            "sechzehn siebzehn achtzehn neunzehn"
        )
        | numbered("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", first=20, step=10)
        | {"ein": 1, "eine": 1, "einer": 1, "einem": 1}
        | {"einhalb": 0.5, "eineinhalb": 1.5, "anderthalb": 1.5},
        hundreds={"hundert": 100, "dutzend": 12},
        scales={
            "tausend": 1e3,
            "tsd": 1e3,
            "million": 1e6,
            "millionen": 1e6,
            "mio": 1e6,
            "milliarde": 1e9,
            "milliarden": 1e9,
            "mrd": 1e9,
            "billion": 1e12,
            "billionen": 1e12,
        },
        ordinals={
            f"{stem}{ending}": value
            for stem, value in numbered(
                "erst zweit dritt viert fünft sechst siebt/siebent acht neunt zehnt elft zwölft", first=1
            ).items()
            for ending in ("e", "en", "er", "es", "em")
        },
        units={
            "prozent": "percent",
            "prozentpunkte": "point",
            "prozentpunkten": "point",
            "euro": "euro",
            "dollar": "dollar",
            "pfund": "pound",
            "yen": "yen",
            "rupien": "rupee",
            "sekunde": "second",
            "sekunden": "second",
            "minute": "minut",
            "minuten": "minut",
            "stunde": "hour",
            "stunden": "hour",
            "tag": "day",
            "tage": "day",
            "tagen": "day",
            "woche": "week",
            "wochen": "week",
            "monat": "month",
            "monate": "month",
            "monaten": "month",
            "jahr": "year",
            "jahre": "year",
            "jahren": "year",
            "jahrzehnt": "decad",
            "jahrzehnte": "decad",
            "jahrzehnten": "decad",
            "jahrhundert": "centuri",
            "jahrhunderte": "centuri",
            "jahrhunderten": "centuri",
            "meile": "mile",
            "meilen": "mile",
            "kilometer": "kilometr",
            "kilometern": "kilometr",
            "km": "kilometr",
            "meter": "meter",
            "metern": "meter",
            "m": "meter",
            "fuß": "foot",
            "fuss": "foot",
            "zoll": "inch",
            "hektar": "hectar",
            "acre": "acr",
            "tonne": "tonn",
            "tonnen": "tonn",
            "kilogramm": "kilogram",
            "kilo": "kilogram",
            "kg": "kilogram",
            "gramm": "gram",
            "grad": "degre",
            "uhr": "clock",
        },
        above=r"mehr\sals|über|mindestens|wenigstens|nicht\sweniger\sals|oberhalb\svon",
        below=r"weniger\sals|unter|höchstens|maximal|bis\szu|fast|beinahe|nahezu|knapp|nicht\smehr\sals",
        about=r"etwa|rund|ungefähr|circa|ca\.|zirka|schätzungsweise|annähernd|gegen",
        joining="und",
        parts={"drittel": 3, "viertel": 4, "funftel": 5, "zehntel": 10},
        ranges=(("von", "auf|bis|zu"), ("zwischen", "und")),
        below_zero=r"unter\s(?:null|dem\sgefrierpunkt)|minus",
        compounds=True,
    ),
    calendar=calendar(
        "januar/jänner/jan februar/feb märz/mär april/apr mai juni/jun juli/jul august/aug september/sept/sep "
        "oktober/okt november/nov dezember/dez",
        "montag/montags/montagabend/montagmorgen dienstag/dienstags/dienstagabend mittwoch/mittwochs/mittwochabend "
        "donnerstag/donnerstags/donnerstagabend freitag/freitags/freitagabend samstag/samstags/sonnabend/samstagabend "
        "sonntag/sonntags/sonntagabend",
        # Not "morgen", which is the morning as well.
        relative={"vorgestern": -2, "gestern": -1, "heute": 0, "übermorgen": 2},
        ahead=r"wird|werden|soll|sollen|will|wollen|plant|planen|geplant|voraussichtlich|kommende[nr]?|nächste[nr]?|ab",
        beside=listed("am um uhr den der stand aktualisiert veröffentlicht geändert"),
    ),
    denials=Denials(
        cues=(
            r"nicht|nie|niemals|niemand(?:en|em)?|nichts|nirgends|nirgendwo|keine?[mnrs]?|keinerlei|weder|ohne|kaum"
            r"|mitnichten|keineswegs|bestreitet|bestritt(?:en)?|verweigerte?n?|unfähig|statt|anstatt"
        ),
        spared=r"nicht\snur|nicht\szuletzt|nicht\s(?:mehr|weniger)\sals|ohne\sZweifel|nicht\serst|nichts\sals",
        clause_ends=r"aber|sondern|obwohl|weil|während|bis|doch|jedoch|und\sdann",
        maybe=(
            r"könnten?|dürften?|möglicherweise|vielleicht|angeblich(?:e[nrsm]?)?|mutmaßlich(?:e[nrsm]?)?|wohl"
            r"|soll(?:en)?|plan(?:t|te|en)|will|wollen"
        ),
        disputed=(
            r"(?:dementiert\w*|bestr(?:eitet|itten?|itt)|bezweifelt\w*|verneint\w*),?\s(?:[\w-]+\s){0,3}?dass"
            r"|(?:wies|weist|wiesen|weisen|dementiert\w*|bestr(?:eitet|itten?|itt)|bezweifelt\w*|widersprach|widerspricht)"
            r"\s(?:[\w-]+\s){0,5}?(?:behauptung|vorw[uü]rfe?|anschuldigung|bericht|gerücht|darstellung|aussage|vermutung)\w*"
            r"[^.;:]{0,60}?,\s(?:dass|wonach)"
        ),
        verb_last=True,
        unsettled=r"(?:beweise?|hinweise?|anzeichen|belege?|bestätigt|gesagt|bewiesen|sicher|klar)(?:\s+(?:darauf|dafür))?,?\s+dass",
    ),
    clauses=Clauses(
        telling="und|aber|sondern|oder|sowie|während|nachdem|bevor|weil|obwohl|wobei|darunter|einschließlich",
        dependent=(
            r"dass|ob|wenn|falls|weil|obwohl|während|nachdem|bevor|bis|seit|als|da|damit|sodass|wobei|wo|wie|deren|dessen"
            r"|welche[rsnm]?"
        ),
    ),
    counts=COUNTS,
    ordered_outcomes=OUTCOMES,
    names=Names(
        no_names=listed(
            """kein keine keinen keiner nicht nie niemand nichts ohne gestern heute morgen inzwischen jedoch dennoch
            zudem außerdem laut nach seit erst schon bereits zwei drei vier fünf viele einige mehrere insgesamt rund
            etwa mehr weniger jahr jahre jahren jahres prozent millionen milliarden menschen uhr tag tage ende anfang
            mitte teil zeit januar februar märz april mai juni juli august september oktober november dezember montag
            dienstag mittwoch donnerstag freitag samstag sonntag"""
        ),
        titles=listed(
            """herr herrn frau dr doktor prof professor professorin präsident präsidentin minister ministerin
            bürgermeister bürgermeisterin kanzler kanzlerin trainer trainerin sprecher sprecherin direktor direktorin
            könig königin papst general richter richterin kapitän"""
        ),
        particles=listed("von van de del la di da do du le al bin ibn"),
        nouns_are_capital=True,
        # With a "t" before its ending it may as well be a verb: "sagte Weber".
        adjective=r"[^\W\d_]+(?:[^\W\d_t]|st)(?:e|en|er|es|em)",
        determiners=listed(
            """der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein meine sein
            seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere dieser diese dieses diesen diesem jeder
            jede jedes jeden jedem alle allen aller viele vielen einige einigen mehrere mehreren beide beiden zum zur
            im am vom beim ins ans ums welche welcher welches mehr weniger"""
        ),
        noun_endings=(
            "ung",
            "ungen",
            "heit",
            "heiten",
            "keit",
            "keiten",
            "schaft",
            "schaften",
            "tion",
            "tionen",
            "tät",
            "täten",
            "nis",
            "nisse",
            "tum",
            "ismus",
            "ment",
            "mente",
            "ling",
            "linge",
            "enz",
            "anz",
            "ik",
            "ei",
            "chen",
        ),
        places=(
            "usa amerika amerikaner amerikanerin amerikanern amerikanisch amerikanische amerikanischen amerikanischer",
            "großbritannien britannien brite briten britisch britische britischen britischer",
            "frankreich franzose franzosen französin französisch französische französischen französischer",
            "deutschland deutsche deutschen deutscher deutsch",
            "england engländer engländern engländerin englisch englische englischen englischer",
            "polen pole polnisch polnische polnischen polnischer",
            "türkei türke türken türkin türkisch türkische türkischen türkischer",
            "griechenland grieche griechen griechin griechisch griechische griechischen griechischer",
            "niederlande niederlanden niederländer niederländisch niederländische niederländischen holland holländer",
            "irland ire iren irisch irische irischen irischer",
            "schottland schotte schotten schottisch schottische schottischen schottischer",
            "dänemark däne dänen dänisch dänische dänischen dänischer",
            "finnland finne finnen finnisch finnische finnischen finnischer",
            "russland russe russen russin russisch russische russischen russischer",
            "ungarn ungar ungarisch ungarische ungarischen ungarischer",
        ),
        initials={("vereinigte", "staaten"): "usa", ("vereinigten", "staaten"): "usa"},
        parts={"amerika": listed("mittel latein nord süd")},
        place_endings=listed(
            """a o e n an en er ern ien ier iern is ns s es ese esen isch ische ischen ischer isches aner anern anisch
            anische anischen anischer esisch esische esischen esischer nisch nische nischen nischer"""
        ),
        people_endings=listed("s es n en er ern erin in isch ische ischen ischer isches"),
    ),
    questions=Questions(
        several=r"jede[rsnm]?|beiden?|beider|aller?|allen|jeweils|weder|vergleich\w*|unterschiede?",
        latest=(
            r"zuletzt|neueste[nrs]?|jungste[nrs]?|aktuelle?[nrs]?|derzeit|momentan|inzwischen|mittlerweile|bisher"
            r"|(?<!ab )jetzt|am ende|schlie(?:ss|ß)lich|endgultige?[nrs]?"
        ),
        values=VALUES,
    ),
    asking=ASKING,
    restricting=RESTRICTING,
    corrections=Corrections(
        headings=(
            r"(?:Korrektur|Berichtigung|Richtigstellung|Klarstellung)(?:en)?"
            r"(?: und (?:Korrektur|Berichtigung|Richtigstellung|Klarstellung|Ergänzung)(?:en)?)?|Errat(?:um|a)"
        ),
        itself=(
            r"diese[mnrs]? (?:Artikel|Bericht|Text|Beitrag|Meldung)\w*"
            r"|(?:früheren|ersten|vorherigen|ursprünglichen) (?:Version|Fassung)(?! (?:unser|eine)[rs] )"
        ),
        earlier=(
            r"(?:unser\w*|eine?[mnrs]?) (?:[\w-]+ ){0,2}?\w*(?:Artikel|Bericht|Beitrag|Meldung|Reportage|Porträt"
            r"|Interview|Kommentar|Nachruf|Kritik)s?|(?:im|zum) (?:Artikel|Bericht|Beitrag) (?:vom|über)"
            r"|(?:haben|hatten|schrieben|berichteten|meldeten) wir|wir (?:haben|hatten|schrieben|berichteten|meldeten)"
        ),
        ours=(
            r"unser\w* (?:[\w-]+ ){0,2}?\w*(?:Artikel|Bericht|Beitrag|Meldung|Reportage|Porträt|Interview|Kommentar)s?"
            r"|(?:haben|hatten|schrieben|berichteten|meldeten) wir|wir (?:haben|hatten|schrieben|berichteten|meldeten)"
        ),
        wrong=(
            r"(?:fälschlich|irrtümlich)(?:erweise)?|versehentlich"
            r"|falsch (?:angegeben|berichtet|geschrieben|bezeichnet|wiedergegeben)"
        ),
        taken_back=r"(?:und )?nicht|kein\w*|statt|anstatt|anstelle(?: von)?",
        looked_up=(
            *("Korrektur", "Korrekturen", "Berichtigung", "Berichtigungen", "Richtigstellung", "Klarstellung"),
            *("Erratum", "Errata", "fälschlich", "fälschlicherweise"),
            *("irrtümlich", "irrtümlicherweise", "versehentlich", "falsch"),
        ),
    ),
    sentences=Sentences(
        ordinals_have_stops=True,
        attribution="sagte|fragte",
        joined=listed(
            """er sie es ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner beide solche solcher wir unser
            unsere du ich mein meine dann so aber und oder auch jedoch doch sondern denn zudem außerdem ferner
            stattdessen allerdings dennoch trotzdem dabei dafür dagegen dadurch damit danach daraufhin darauf daran
            darin darüber davon davor dazu daher deshalb deswegen darum hierzu hierbei deren dessen"""
        ),
        points_back=(
            r"(?:(?:unter|nach|vor|in|an|auf|für|mit|von|seit|bei|zu|aus|über|durch|gegen|wegen|trotz) )?"
            r"(?:diese[mnrs]?|jene[mnrs]?|dort|da|hier|damals)"
        ),
        corrections=(
            r"(?:korrigiert|berichtigt)(?:e|en)?\s(?:ihre|ihren|seine|seinen|die|den|das|eine|einen|frühere)"
            r"|(?:Korrektur|Berichtigung|Richtigstellung)(?=:| zu\b| und\b)"
            r"|in einer (?:früheren|ersten) (?:Version|Fassung)"
            r"|(?:zuerst|zunächst|früher|ursprünglich|fälschlich(?:erweise)?|irrtümlich(?:erweise)?)\s(?:berichtet|gemeldet"
            r"|geschrieben|angegeben|genannt)|wir bitten (?:um Entschuldigung|den Fehler)|wir bedauern den Fehler"
            r"|nach (?:unten|oben) korrigiert|(?:dieser|der) (?:Artikel|Bericht|Text|Beitrag) wurde (?:korrigiert"
            r"|berichtigt|aktualisiert|geändert)|(?:Bericht|Meldung|Angabe|Darstellung) zurückgezogen"
        ),
        bylines=listed("von"),
        between_parts=spelled("und oder bis sowie"),
        before_a_name=spelled(
            """Hrn Gem Mind Max Az Hbf Bhf Fr Frl Fa Dr Drs med phil jur rer nat em Prof Pfr rd Dipl Ing Mag bzw evtl
            ggf vgl sog inkl exkl geb gest Abs bes zzgl abzgl einschl eigtl gegr gen Hrsg hl insb jew lat
            mind max österr röm russ sen jun schweiz sogen St Str telef urspr verh ver versch Vors zw z d
            u o i s v Abb Kap Tab Abschn Anm Bsp Zif"""
        ),
        maybe_last=spelled("""usf usw etc Std Min Sek Jh Jhd Jhs Jahrh Tel Nachf Co Ges Univ allg"""),
        starters=spelled(
            """Den Dem Des Einen Einem Einer Ihr Ihre Sein Seine Man Alle Viele Einige Mehrere Beide Jeder Jede Kein
            Keine Wenn Als Da Weil Obwohl Während Nachdem Bevor Seit Bis Durch Für Ohne Um Auf Aus In
            Über Unter Zwischen Heute Gestern Dort Hier Dann Danach Damit Dabei Dazu Dennoch Jedoch
            Zudem Außerdem Allerdings Inzwischen Zunächst Schließlich Nun So Wie Was Wer Wo Wann Warum
            Nur Nicht"""
        ),
    ),
    stops=FULL_STOPS,
    site=SITE,
    bylines=BYLINES,
)

"""French."""

from __future__ import annotations

from index.language.french.asking import ASKING, RESTRICTING
from index.language.french.counts import COUNTS, VALUES
from index.language.french.outcomes import OUTCOMES
from index.language.french.site import BYLINES, SITE
from index.language.french.stops import FULL_STOPS
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
    code="fr",
    name="French",
    stemmer="french",
    stop_words=listed(
        """a à afin ai ainsi alors au aussi autre autres aux avait avaient avec avant c ça car ce cela celle celles
        celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des donc dont du elle elles en encore
        entre es est et étaient était été être eu eux fait furent fut il ils j je jusque l la le les leur leurs lors lui
        m ma mais me même mêmes mes moins moi mon n nos notre nous on ont ou où par parce pendant peu peut plus pour
        pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa se selon sera serait ses si son sont sous sur
        t ta te tes toi ton tous tout toute toutes très tu un une va vers vos votre vous y"""
    ),
    elisions=("l'", "d'", "j'", "qu'", "n'", "s'", "c'", "m'", "t'", "jusqu'", "lorsqu'", "puisqu'"),
    saying=(
        r"dit|dits?|disent|a\sdit|ont\sdit|affirm(?:e|é|ait)|déclar(?:e|é|ait)|expliqu(?:e|é|ait)|ajout(?:e|é|ait)"
        r"|précis(?:e|é)|annonc(?:e|é)|écrit|demand(?:e|é)|répond(?:u)?|selon|soulign(?:e|é)|indiqu(?:e|é)"
    ),
    contraries=(
        "augmenté augmente augmenter hausse monté monte grimpé grimpe crû/"
        "baissé baisse baisser chuté chute diminué diminue reculé recul",
        "gagné gagne gagner remporté victoire/perdu perd perdre défaite",
        "accepté accepte approuvé approuve adopté/refusé refuse rejeté rejette",
        "permis permet autorisé autorise légal/interdit interdite illégal",
        "vrai vraie/faux fausse",
        "coupable/innocent innocente",
        "vivant vivante survécu/mort morte décédé décédée tué tuée",
        "toujours/jamais",
        "ouvert ouverte ouvre/fermé fermée ferme",
        "possible/impossible",
        "nord septentrional/sud méridional",
        "est oriental/ouest occidental",
        "meilleur meilleure/pire",
        "maximum/minimum",
        "succès réussite/échec",
        "confirmé confirme/démenti dément nié nie",
        "commencé commence début/terminé termine fini fin",
        "bénéfice gain/perte",
        "majorité/minorité",
        "avant/après",
        "plus/moins",
        "premier première/dernier dernière",
        "gauche/droite",
        "ami amie/ennemi ennemie",
        "public publique/privé privée",
        "été/hiver/printemps/automne",
        "frère/soeur/mère/père/oncle/tante",
        "fils/fille",
    ),
    numbers=Numbers(
        decimal_comma=True,
        words=numbered(
            "zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
        )
        | numbered("vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante", 20, 10)
        | {"octante": 80, "huitante": 80, "nonante": 90, "quatre-vingt": 80, "quatre-vingts": 80},
        hundreds={"cent": 100, "cents": 100, "douzaine": 12, "douzaines": 12},
        scales={
            "mille": 1e3,
            "million": 1e6,
            "millions": 1e6,
            "milliard": 1e9,
            "milliards": 1e9,
            "md": 1e9,
            "mds": 1e9,
            "billion": 1e12,
            "billions": 1e12,
        },
        ordinals={"premier": 1, "première": 1, "premiere": 1, "second": 2, "seconde": 2}
        | {
            f"{stem}ieme{ending}": value
            for stem, value in numbered("deux trois quatr cinqu six sept huit neuv dix onz douz", first=2).items()
            for ending in ("", "s")
        },
        units={
            "pour cent": "percent",
            "euro": "euro",
            "euros": "euro",
            "dollar": "dollar",
            "dollars": "dollar",
            "livre": "pound",
            "livres": "pound",
            "yens": "yen",
            "roupies": "rupee",
            "seconde": "second",
            "secondes": "second",
            "minute": "minut",
            "minutes": "minut",
            "heure": "hour",
            "heures": "hour",
            "jour": "day",
            "jours": "day",
            "semaine": "week",
            "semaines": "week",
            "mois": "month",
            "an": "year",
            "ans": "year",
            "année": "year",
            "annee": "year",
            "annees": "year",
            "décennie": "decad",
            "decennie": "decad",
            "decennies": "decad",
            "siècle": "centuri",
            "siecle": "centuri",
            "siecles": "centuri",
            "mille": "mile",
            "kilomètre": "kilometr",
            "kilometre": "kilometr",
            "kilometres": "kilometr",
            "km": "kilometr",
            "mètre": "meter",
            "metre": "meter",
            "metres": "meter",
            "m": "meter",
            "pied": "foot",
            "pieds": "foot",
            "pouce": "inch",
            "pouces": "inch",
            "hectare": "hectar",
            "hectares": "hectar",
            "tonne": "tonn",
            "tonnes": "tonn",
            "kilogramme": "kilogram",
            "kilogrammes": "kilogram",
            "kg": "kilogram",
            "gramme": "gram",
            "grammes": "gram",
            "degré": "degre",
            "degre": "degre",
            "degres": "degre",
        },
        above=r"plus\sde|plus\sd['’]|au\smoins|au-dessus\sde|pas\smoins\sde|supérieure?s?\sà",
        below=r"moins\sde|moins\sd['’]|au\splus|jusqu['’]à|presque|près\sde|au-dessous\sde|inférieure?s?\sà",
        about=r"environ|quelque|autour\sde|à\speu\sprès|une\scentaine|approximativement",
        joining="et",
        parts={"tiers": 3, "quart": 4, "quarts": 4, "cinquieme": 5, "cinquiemes": 5},
        ranges=(("de", "a|à"), ("entre", "et")),
        and_a_half=r"et\sdemie?",
        below_zero=r"(?:sous|au-dessous\sde|en\sdessous\sde)\szero",
    ),
    calendar=calendar(
        "janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre/sept octobre/oct novembre/nov "
        "décembre/déc",
        "lundi/lundis mardi/mardis mercredi/mercredis jeudi/jeudis vendredi/vendredis samedi/samedis "
        "dimanche/dimanches",
        between="de",
        relative={
            "avant-hier": -2,
            "hier": -1,
            "aujourd'hui": 0,
            "aujourd’hui": 0,
            "après-demain": 2,
            "demain": 1,
        },
        ahead=r"sera|seront|aura|auront|va|vont|doit|doivent|prévoit|prévue?s?|prochaine?s?|à partir du?",
        beside=listed("le à h er heures publié publiée mis mise jour modifié"),
    ),
    denials=Denials(
        cues=(
            r"pas|jamais|rien|personne|aucune?|nulle?|ni|sans|guère|nullement|nie|nient|nié|refus(?:e|é|ent)|incapable"
            r"|au\slieu\sde|ne"
        ),
        spared=r"pas\sseulement|pas\s(?:plus|moins)\sde|sans\sdoute|ne\sserait-ce|rien\sque",
        clause_ends=r"mais|bien\sque|parce\sque|tandis\sque|jusqu['’]à\sce\sque|alors\sque",
        maybe=(
            r"pourraient?|peut-être|peuvent|peut|probablement|présumée?s?|prétendue?s?|prévoi(?:t|ent)|veu(?:t|lent)"
            r"|aurai(?:t|ent)|serai(?:t|ent)"
        ),
        disputed=(
            r"(?:rejet(?:é|te|tent)|démenti|dément(?:ent)?|réfut(?:é|e|ent)|contest(?:é|e|ent)|ni(?:é|e|ent)|dout(?:é|e|ent)"
            r"|écart(?:é|e|ent))\s(?:(?:[\w'’-]+\s){0,3}?(?:l['’])?"
            r"(?:affirmation|accusation|allégation|rumeur|information|idée|critique|soupçon|hypothèse)s?"
            r"[^.;:]{0,60}?\s)?(?:que|qu['’](?=\w)|selon\s(?:laquelle|lesquelles|lequel))"
        ),
        again=r"pas|jamais|rien|personne|aucune?|nulle?|ni|guère|nullement",
        unsettled=r"(?:preuves?|indices?|vrai),?\s+que",
    ),
    clauses=Clauses(
        telling="et|mais|qui|dont|où|quand|lorsque|tandis|après|avant|parce|car",
        dependent=(
            r"que|qu['’](?=\w)|qui|dont|où|quand|lorsqu\w*|si|s['’](?=ils?\b)|bien|parce|tandis|après|avant|comme|alors|depuis"
            r"|jusqu\w*|pour"
        ),
    ),
    counts=COUNTS,
    ordered_outcomes=OUTCOMES,
    names=Names(
        no_names=listed(
            """non jamais personne rien sans hier aujourd'hui demain selon depuis pendant après avant ainsi alors mais
            cependant toutefois enfin puis ensuite deux trois quatre cinq plusieurs certains tous toutes chaque cette
            ces janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi
            mercredi jeudi vendredi samedi dimanche"""
        ),
        titles=listed("m mm mme mmes mlle dr docteur pr professeur président présidente ministre roi reine maître me"),
        places=(
            "usa américain américaine américains américaines amérique",
            "angleterre anglais anglaise anglaises",
            "espagne espagnol espagnole espagnols espagnoles",
            "allemagne allemand allemande allemands allemandes",
            "pologne polonais polonaise polonaises",
            "turquie turc turque turcs turques",
            "grèce grec grecque grecs grecques",
            "suède suédois suédoise suédoises",
            "danemark danois danoise danoises",
            "suisse suisses helvétique helvétiques",
            "russie russe russes",
            "écosse écossais écossaise écossaises",
            "norvège norvégien norvégienne norvégiens",
            "hollande néerlandais néerlandaise néerlandaises hollandais hollandaise",
        ),
        initials={("etats", "unis"): "usa"},
        place_endings=listed(
            """a e o s es ie ien ienne iens iennes ain aine ains aines ais aise aises ois oise oises en enne ens ennes
            as que ques cain caine cains caines ine in ins ines"""
        ),
        people_endings=listed("s e es n ne ns nes en enne ens ennes ien ienne iens iennes ais aise ois oise"),
    ),
    questions=Questions(
        several=r"chaque|chacune?|tous|toutes|quels|quelles|respectivement|compar\w+|differences?",
        latest=(
            r"(?:le |la |les )?plus recente?s?|actuel(?:le)?s?|actuellement|maintenant|jusqu'a present|a la fin"
            r"|finalement|dernier(?:s|es?)? (?:chiffre|bilan|decompte)s?"
        ),
        values=VALUES,
    ),
    asking=ASKING,
    restricting=RESTRICTING,
    corrections=Corrections(
        headings=r"corrections?|rectificatifs?|rectifications?|errat(?:um|a)|précisions?|mise au point",
        itself=(
            r"cet(?:te)? (?:article|dépêche|enquête|reportage)|ce (?:texte|reportage)"
            r"|version (?:antérieure|précédente|initiale)(?! (?:de notre|d['’]une?) )"
        ),
        earlier=(
            r"(?:notre|nos|une?) (?:[\w’'-]+ ){0,2}?(?:article|reportage|enquête|entretien|dépêche|portrait|critique"
            r"|chronique|tribune|brève)s?|l['’]article (?:publié|paru|intitulé|du \d|de (?:lundi|mardi|mercredi|jeudi"
            r"|vendredi|samedi|dimanche))|nous (?:avons|avions) (?:\w+ ){0,2}?(?:écrit|indiqué|publié|annoncé|rapporté)"
            r"|nous (?:écrivions|indiquions|annoncions)"
        ),
        ours=(
            r"(?:notre|nos) (?:[\w’'-]+ ){0,2}?(?:article|reportage|enquête|entretien|dépêche|portrait|critique)s?"
            r"|nous (?:avons|avions) (?:\w+ ){0,2}?(?:écrit|indiqué|publié|annoncé|rapporté)"
            r"|nous (?:écrivions|indiquions|annoncions)"
        ),
        wrong=r"à tort|par erreur|erronément|de manière erronée|il fallait (?:lire|écrire)",
        taken_back=r"(?:et )?(?:non|pas)(?: pas)?|au lieu (?:de|des|du)|plutôt que",
        looked_up=(
            *("correction", "corrections", "rectificatif", "rectificatifs", "rectification", "erratum", "errata"),
            *("précision", "précisions", "mise au point", "à tort", "par erreur", "erronément", "manière erronée"),
            *("il fallait lire", "il fallait écrire"),
        ),
    ),
    sentences=Sentences(
        joined=listed(
            """il elle ils elles son sa ses leur leurs ce ceci cela ça celui celle ceux celles eux nous notre vous je tu
            mon ma alors ainsi mais et ou or donc aussi cependant toutefois pourtant puis ensuite tel telle
            tels telles"""
        ),
        points_back=(
            r"(?:(?:sous|après|avant|dans|en|à|sur|pour|avec|depuis|par|de|pendant|durant) )?(?:ce(?:t|tte|s)?|celui-ci"
            r"|celle-ci|ceux-ci|cela|ça|ceci|là)|c['’]\w+|(?:de|à|pour|avec) (?:lui|eux|elles?)"
            r"|en (?:revanche|outre|effet)|par (?:ailleurs|conséquent)|d['’]autre part|au contraire"
        ),
        corrections=(
            r"(?:corrig(?:e|é|ée|ea|ent)|rectifi(?:e|é|ée|ent))\s(?:son|sa|ses|la|le|les|une?)\b"
            r"|(?:correction|rectificatif|erratum)(?=\s?:| du\b| de\b| et\b)"
            r"|(?:cet |l['’])article a été (?:corrigé|modifié|mis à jour|rectifié)"
            r"|une version (?:antérieure|précédente)|(?:précédemment|initialement|par erreur|à tort) (?:annoncé|indiqué"
            r"|écrit|rapporté|publié)|nous (?:regrettons cette erreur|présentons nos excuses|nous excusons)"
            r"|révis(?:é|ée|és|ées) à la (?:baisse|hausse)|s['’]est rétracté"
        ),
        bylines=listed("par"),
        between_parts=spelled("et ou"),
        before_a_name=spelled(
            """M MM Mme Mmes Mlle Mlles Dr Drs Pr Me Mgr St Ste Cie cf ex av apr env p pp vol fig art al hab"""
        ),
        maybe_last=spelled("""etc J.-C éd chap arr boul av tél"""),
        starters=spelled(
            """Le La Les Un Une Des Du De Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je Tu Son Sa Ses Leur Leurs
            Au Aux En Dans Sur Sous Avec Sans Pour Par Après Avant Depuis Pendant Selon Mais Et Ou Donc
            Or Car Si Quand Comme Lorsque Puis Ensuite Enfin Ainsi Alors Aussi Cependant Toutefois Plus
            Moins Tous Toutes Chaque Certains Plusieurs Qui Que Quel Quelle Comment Pourquoi Où Combien
            C'est Aujourd'hui Hier Deux Trois"""
        ),
    ),
    stops=FULL_STOPS,
    site=SITE,
    bylines=BYLINES,
)

"""How questions are asked in German."""

from __future__ import annotations

from index.language.parts.asking import Asking, Owner, Restricting

_PREPOSITIONS = r"im|in|am|an|auf|bei|nach|vor|seit|bis|ab|von|wahrend|fur"
_WHERE = r"[Ii]n|[Aa]n|[Aa]uf|[Bb]ei|[Nn]ach|[Vv]or|[Ss]eit|[Aa]us|[Ww]ährend"
_NOUN = r"\s(?:[a-zäöüß]{3,}e[nrsm]?\s){0,2}[A-ZÄÖÜ]\w+"
_OF_A_NOUN = r"\s(?!eine)(?:[a-zäöüß]{3,}e[nrsm]?\s){0,2}[A-ZÄÖÜ]"
"""After a possessive; "ihr" may else be whom something is done to."""
_DATIVE = (
    r"(?:(?<=in\s)|(?<=an\s)|(?<=auf\s)|(?<=bei\s)|(?<=mit\s)|(?<=von\s)|(?<=aus\s)|(?<=zu\s)|(?<=nach\s)|(?<=vor\s))"
)
"""Before "seiner" and "ihrer", which after a noun say whose it is: "der Name seiner Tochter"."""

ASKING = Asking(
    words=rf"(?:(?:{_PREPOSITIONS})\s)?(?:wer|wen|wem|wessen|was|wann|wo|woher|wohin|warum|weshalb|wieso|wie|welche[rsmn]?|wie\s?viele?)",
    verbs=(
        r"ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|hatten|kann|konnen|konnte|konnten|darf|durfen"
        r"|muss|mussen|musste|will|wollen|wollte|soll|sollen|gibt|gab|stimmt"
    ),
    choice="oder",
    joining="und",
    yes="Ja",
    no="Nein",
    lead=r"(?:was|wie)\s(?:ist|war|steht\ses|sieht\ses)\s(?:mit|um|bei)|und|aber|also|dann|oder|auch",
    prepositions=_PREPOSITIONS,
    who_says=r"wer\s(?:sag(?:t|te)|behauptet(?:e)?|berichtet(?:e)?|hat)\s(?:das|dies|es)(?:\sgesagt|\sbehauptet)?|laut\swem",
    who_said=r"wer\s(?:sagt(?:e)?|hat|nannte|nennt|schrieb|meint(?:e)?|beschrieb)|von\swem|wessen\s(?:worte|satz)",
    person="er|ihn|ihm",
    pointing=(
        # With a capital letter "Sie" is who is asked, and at its end "sein" is a verb.
        r"er|ihn|ihm|(?-i:sie|ihr|ihnen|ihre[rmns]?)|(?<!gibt\s)(?<!gab\s)(?<!geht\s)(?<!ging\s)(?<!ist\s)(?<!war\s)es|seine[rmns]?"
        r"|sein(?!\W*$|[,;]|\s(?:soll|wird|kann|muss|darf|will|würde|könnte|dürfte))|deren|dessen|da(?:r)?(?:bei|für|mit|nach|von|zu|an|auf|aus|in|über|um|unter)|dort|damals"
        r"|jene[rmns]?|diese[rmns]?\s(?:artikel|bericht|text|beitrag)\w*"
    ),
    owners=(
        Owner(
            rf"\b(?:[Dd]er|[Dd]as|[Dd]em|[Dd]en|[Ee]in|[Ee]inem|[Ee]inen|[Dd]ieser|[Dd]ieses){_NOUN}",
            rf"seine?[mn]?\b(?={_OF_A_NOUN})|{_DATIVE}seiner\b",
            _WHERE,
        ),
        Owner(
            rf"\b(?:[Dd]ie|[Ee]ine|[Dd]iese|[Aa]lle|[Bb]eide|[Vv]iele){_NOUN}",
            rf"ihre?[mn]?\b(?={_OF_A_NOUN})|{_DATIVE}ihrer\b",
            _WHERE,
        ),
    ),
    begging=(
        r"bitte|gib|geben\ssie|zeige?|zeigen\ssie|schreibe?|erstelle|mache?|mir|uns|eine?[nr]?|kannst\sdu|konntest\sdu"
        r"|konnen\ssie|konnten\ssie|ich\s(?:mochte|hatte\sgerne?|brauche)"
    ),
    articles=(
        r"(?:(?:alle[rn]?|die|den|der|meine[rn]?|unsere[rn]?|diese[rn]?)\s)*(?:artikeln?|berichte?n?|meldungen|texte?n?"
        r"|nachrichten)(?:\s(?:uber|zur?|zum|von|vom)\s|$)|alles$"
    ),
    summary=(
        r"fass(?:e|en\ssie|t)?\s(?:(?:mir|uns|bitte|kurz)\s)*(?P<one>.+?)\s(?:(?:kurz|knapp|bitte)\s)*zusammen",
        r"(?P<one>.+?)\s(?:(?:kurz|knapp|bitte)\s)*zusammenfassen",
        r"(?:(?:die|kurzen?|knappen?)\s)*(?:zusammenfassung|ubersicht|uberblick)\s(?:uber|zur?|zum|von|vom|der|des)"
        r"\s(?P<one>.+)",
        r"was\sist\s(?:bisher\s|bislang\s)?(?:uber|zur?|zum|von|vom)\s(?P<one>.+)\sbekannt",
        r"was\s(?:weiß\sman|weiss\sman|wissen\swir)\s(?:bisher\s|bislang\s)?(?:uber|zur?|zum|von|vom)\s(?P<one>.+)",
        r"was\s(?:geschah|passierte)\s(?:seit|nach)\s(?P<one>.+)",
        r"was\sist\s(?:seit|nach)\s(?P<one>.+)\s(?:geschehen|passiert)",
        r"(?:die\s)?(?:wichtigsten|wesentlichen)\s(?:ereignisse|punkte|fakten)\s(?:zur?|zum|uber|von|vom|beim?|der|des)"
        r"\s(?P<one>.+)",
    ),
    timeline=(
        r"(?:die\s)?(?:chronologie|chronik|zeitleiste|zeitlicher?\sablauf)\s(?:uber|zur?|zum|von|vom|der|des)\s(?P<one>.+)",
        r"was\s(?:geschah|passierte)\swann\s(?:beim?|im|in|wahrend)\s(?P<one>.+)",
    ),
    comparison=(
        r"vergleich(?:e|en\ssie)?\s(?P<one>.+?)\s(?:und|mit)\s(?P<other>.+)",
        r"(?:(?:was|worin)\s(?:ist|sind|besteht|bestehen)\s)?(?:(?:der|die|den)\s)?(?:unterschiede?|gemeinsamkeiten)"
        r"\szwischen\s(?P<one>.+?)\sund\s(?P<other>.+)",
    ),
)

_PIECES = r"Artikeln?|Berichten?|Meldung(?:en)?|Beitr[aä]ge?n?|Texte?n?"
RESTRICTING = Restricting(
    outlet=(
        r"laut\s+{name}",
        r"nach\s+Angaben\s+(?:von|der|des)\s+{name}",
        rf"(?:{_PIECES})\s+(?:aus|von|in|im|vom)\s+{{name}}",
        r"(?:schreibt|schrieb|berichtete?|meldete?|behauptete?|sagte?)\s+{name}",
    ),
    article="der|die|das|dem|den|des",
    generic="zeitung",
    published=rf"veröffentlicht|erschienen|erschien|{_PIECES}",
    prepositions={
        **dict.fromkeys(("im", "in", "am", "aus", "von", "vom"), "in"),
        **dict.fromkeys(("seit", "ab"), "since"),
        "nach": "after",
        "vor": "before",
        **dict.fromkeys(("bis zum", "bis"), "until"),
    },
    alone="seit|ab|nach|vor|bis zum|bis",
)

"""Sentences that a site addresses to its readers: about browsers, cookies, newsletters, rights, the page itself.

Which sentence is one is judged by all of its words, never by how it begins.
"""

from __future__ import annotations

import re

_PROSE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_LONGEST_LABEL = 160
"""Characters: a longer line is no label. Chosen by eye."""


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NOTICE = any_of(
    r"(?:ie|internet explorer) ?\d* is (?:not|no longer) supported",
    r"(?:this|your) browser (?:is (?:not|no longer) supported|is out of date|does not support|doesn['’]t support)",
    r"you are using an? (?:outdated|unsupported|old) browser",
    r"we (?:no longer|don['’]t) support (?:your|this) browser",
    r"(?:please )?(?:enable|turn on|activate) javascript",
    r"javascript (?:is|must be|needs to be) (?:disabled|not enabled|required|enabled)",
    r"to view this (?:video|site|page|content|website) .{0,60}(?:javascript|browser)",
    r"for (?:an|the) (?:optimal|best)(?: viewing| possible)? experience,? .{0,60}(?:browser|javascript|app)",
    r"(?:we|this (?:web)?site|our (?:web)?site|the (?:web)?site) (?:and (?:our|its) partners )?(?:uses?|stores?"
    r"|employs?) (?:\w+ ){0,3}cookies",
    r"by (?:continuing|clicking|using|browsing|signing) .{0,80}(?:cookies|privacy policy|terms of (?:use|service))",
    r"(?:sign up|subscribe)(?: now| today| here)? (?:for|to) (?:our|the|your|this) .{0,80}(?:newsletters?|inbox"
    r"|e-?mails?|alerts|updates|channel)\b",
    r"(?:sign up|subscribe|register) to (?:receive|get|continue reading)\b",
    r"get (?:the|our|your) .{0,80}(?:in|to) your inbox|(?:want|like) more (?:news|stories)(?: like this)?\?",
    r"(?:wir verwenden|diese (?:web)?seite verwendet|utilizamos|este sitio (?:web )?utiliza|nous utilisons"
    r"|ce site utilise) .{0,30}cookies",
    r"click here (?:to|for)\b",
    r"(?:want|wish) to (?:change|stop) .{0,30}(?:these|our) e-?mails",
    r"you can (?:update|change|manage) your (?:e-?mail )?preferences or unsubscribe",
)

_REPORTED = re.compile(
    r"\b(?:said|says|told|found|finds|according to|ruled|rules|announced|reported|wrote|added|argued|warned|showed"
    r"|accused|fined|sued|complained|testified|still|sagte|sagt|laut|zufolge|teilte|dijo|según|afirmó|a déclaré"
    r"|selon|rügte|kritisierte|urteilte|entschied|fand|stellte|denunció|criticó|halló|jugé|trouvé|reproché)\b",
    re.IGNORECASE,
)
"""Somebody else tells of a notice: the story does, not the site."""
_ADDRESSED = re.compile(
    r"\b(?:you|your|we|our|us|this (?:web)?site|wir|uns|ihre?n?|sie|utilizamos|su|nuestr\w+|este sitio|nous|vos"
    r"|votre|ce site|diese (?:web)?seite)\b",
    re.IGNORECASE,
)
"""A notice about cookies speaks to the reader of the page."""

_CONSENT = re.compile(r"\bcookies\b|privacy policy", re.IGNORECASE)
_WHY_COOKIES = re.compile(
    r"\b(?:site|website|web|browser|browsing|experience|consent|accept|agree|policy|privacy|settings|preferences|analy[sz]\w*"
    r"|traffic|ads|advert\w*|personali[sz]\w*|partners|store|continu\w*|remember|device|seite|webseite|website|erlebnis"
    r"|zustimm\w*|einwillig\w*|datenschutz\w*|einstellungen|inhalte|anzeigen|verbessern|sitio|experiencia|consentimiento"
    r"|acept\w*|privacidad|mejorar|navega\w*|expérience|consentement|accept\w*|confidentialité|améliorer|navigation)\b",
    re.IGNORECASE,
)
"""What cookies of a page are for; those of a recipe are for nothing of it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OF_NOTICES = """
a an the this that these those it its all any some more most other another each no not and or but if as by for from in
into of off on onto to up with without within out so than then when where which while who whose how what why is are
was be been being am do does don't doesn't did have has having may might must can cannot could should will would we
our ours us you your yours they their them here there now today again only also just please thank thanks about above
below before after during every under over per via both either new free better best latest daily weekly monthly full
exclusive available enabled disabled required supported unsupported outdated old modern current recent longer even
optimal possible further limited personal personalised personalized relevant related special important top great
necessary third parties party date least own

internet explorer browser browsers javascript java script version versions upgrade update updates updated switch
change changes visit use uses used using user users experience site sites website websites webpage page pages web app
apps android iphone phone mobile device devices feature features function functions functionality properly correctly
work works working load loading display displayed view views viewing see watch videos video player content contents
article articles story stories material information service services enable enabling turn activate allow allows permit
need needs support supports

cookie cookies store stores stored employ employs collect collects process similar technologies technology track
tracking traffic analyse analyze analytics measure improve improving ensure provide provides providing deliver offer
offers personalise personalize remember preferences preference choice choices settings setting manage consent
consenting accept accepting agree agreeing agreement continue continuing click clicking browsing browse close closing
button link links banner purposes purpose privacy policy policies terms conditions data protection regulation partners
advertising advertisement advertisements ads ad targeted based interests interest performance audience security give
giving make makes get gets getting learn read reading know find found press tap select unless otherwise

sign signing log join register registration subscribe subscribing subscriber subscribers subscription newsletter
newsletters bulletin briefing digest inbox mail mails email emails e-mail alert alerts notification notifications
channel podcast podcasts receive receiving send sent delivered straight directly enter address account free morning
evening week day month morning's day's week's news headlines journalism reporting coverage editors team newsroom never
miss like love want stay informed follow followers share keep breaking local world every account unsubscribe time
reader readers member members already login password

copyright rights reserved published broadcast rewritten redistributed redistribution reproduced reproduction
republished copied distributed transmitted cached permission prior written consent express part whole form licensors
licensed license licence affiliates company group media ltd inc corp press permitted prohibited strictly additional
writing editing edited

wir verwenden verwendet nutzen nutzt diese dieser dieses unsere unserer unseren unser ihre ihrer ihren ihnen ihr sie
die der das den dem des ein eine einen einem einer und oder um zu zur zum mit von für auf in im an am ist sind wird
werden können kann nicht auch mehr alle sich durch dass damit wenn seite seiten webseite website weiter weiteren
dienste inhalte anzeigen werbung erlebnis nutzung nutzererlebnis verbessern personalisieren analysieren zustimmen
zustimmung einwilligung einverstanden stimmen erklären klicken akzeptieren datenschutz datenschutzerklärung
einstellungen erfahren bieten bestmögliche bestmöglichen erfahrung besten stellen sicher zugriffe technologien

utilizamos utiliza este esta estos sitio web el la los las un una unos unas y o de del en a al para por con que se su
sus nuestro nuestra nuestros nuestras más mejorar experiencia ofrecer ofrecerle navegación navegar navegando usuario
contenido contenidos publicidad anuncios servicios continuar continúa acepta aceptar aceptas aceptación uso política
privacidad propias terceros analizar personalizar información preferencias configuración si usted

nous utilisons utilise ce cette ces site le la les un une des du et ou de d' en à au aux pour par avec que qui votre
vos nos notre plus améliorer expérience offrir proposer navigation contenu contenus publicités services continuer
continuant acceptez accepter acceptation utilisation confidentialité politique mesurer audience personnaliser
informations préférences paramètres meilleure
"""
_WORDS_OF_NOTICES = frozenset(_OF_NOTICES.split())
"""Words that notices of sites are made of, in four languages, besides names and numbers."""
_MOST_OTHER_WORDS = 1 / 7
"""The largest share of other words in a notice; a sentence of a story that begins like one has more. Chosen by eye."""

_OF_THE_SITE = re.compile(
    r"\b(?:newsletters?|subscri\w+|unsubscribe|copyright\w*|all rights|cookies?|privacy|advert\w*|sponsor\w*|comments?"
    r"|(?:this|the above) (?:article|story|page|post|piece|text|(?:web)?site|video|podcast|material|content|report)"
    r"|external (?:links?|sites?|websites?)|(?:first|originally) (?:published|appeared)|e-?mail|https?|www|app"
    r"|diese[rmsn]? (?:artikel|beitrag|seite|text|website)|abonn\w+|urheber\w*|anzeigen?|kommentare?"
    r"|este (?:artículo|sitio|texto)|esta (?:página|noticia)|suscri\w+|cet article|cette page)\b",
    re.IGNORECASE,
)
"""A sentence that stands on page after page speaks of the page."""
_SPEECH = re.compile(r"[“\"„«»][^”\"“«»]*[”\"“«»]")


def is_notice(line: str) -> bool:
    """Whether a line is a notice of the site's to its reader, and no sentence of a story about such notices."""
    if not _NOTICE.match(line) or _REPORTED.search(line) or not is_worded_as_notice(line):
        return False
    return not _CONSENT.search(line) or bool(_ADDRESSED.search(line) and _WHY_COOKIES.search(line))


def is_worded_as_notice(line: str) -> bool:
    """Whether nearly all words of a line are words of notices; words with a capital letter may be names."""
    words = _WORD.findall(line)
    others = [word for word in words if word[0].islower() and word.replace("’", "'") not in _WORDS_OF_NOTICES]
    return len(others) <= _MOST_OTHER_WORDS * len(words)


def is_the_sites(line: str) -> bool:
    """Whether a line that repeats over pages is the site's: no sentence, or one to the reader or about the page."""
    if not _PROSE_END.search(line) and len(line) <= _LONGEST_LABEL:
        return True
    without_speech = _SPEECH.sub("", line)
    if _REPORTED.search(without_speech):
        return False
    is_asked = line.endswith("?")  # as the questions that an interview asks of each guest
    return bool(_OF_THE_SITE.search(without_speech) or (_ADDRESSED.search(without_speech) and not is_asked))

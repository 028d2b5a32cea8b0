"""English."""

from __future__ import annotations

from index.language.english.asking import ASKING, QUESTIONS, RESTRICTING
from index.language.english.counts import COUNTS
from index.language.english.outcomes import DEEDS, OUTCOMES
from index.language.english.site import BYLINES, SITE
from index.language.english.speech import PEOPLE, SPEECH, TITLES
from index.language.english.stops import FULL_STOPS
from index.language.pack import (
    Clauses,
    Corrections,
    Denials,
    Endings,
    Language,
    Names,
    Numbers,
    Sentences,
    calendar,
    listed,
    numbered,
    spelled,
)

NUMBERS = Numbers(
    decimal_comma=False,
    words=numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen"
    )
    | numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=20, step=10),
    hundreds={"hundred": 100, "dozen": 12},
    scales={"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
    ordinals=numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth",
        first=1,
    )
    | numbered(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth",
        first=20,
        step=10,
    ),
    units={
        "%": "percent",
        "percent": "percent",
        "per cent": "percent",
        "percentage": "percent",
        "km": "kilometr",
        "kilometer": "kilometr",
        "kg": "kilogram",
        "mph": "mile",
        "ft": "foot",
        "feet": "foot",
        "metre": "meter",
        "metres": "meter",
    },
    above=r"more\sthan|over|at\sleast|no\s(?:less|fewer)\sthan|above|exceed\w*|upwards?\sof|greater\sthan",
    below=(r"less\sthan|fewer\sthan|under|at\smost|no\smore\sthan|up\sto|below|nearly|almost|as\smany\sas"),
    about=r"about|around|some|roughly|approximately|approx\.?|circa|c\.|estimated|close\sto",
    joining="and",
    short_scales={"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12},
    lengths=(
        r"high|tall|long|wide|deep|thick|away|apart|below|above|across|radius|diameter|sprint|race|hurdles|freestyle"
        r"|relay|dash|butterfly|backstroke|breaststroke|waves?|walls?|drop|fall|swell|snow|ladder|pool|pit|hole|crane"
        r"|mast|boats?|yachts?|ships?|vessels?|trench|tunnel|cliffs?|statues?"
    ),
    about_length=(
        r"ran|run|runs|swam|swim|raced?|jump(?:ed)?|threw|climb(?:ed)?|dived?|dug|rivers?|water levels?|sea levels?"
        r"|tides?|waves?|snow|depths?|heights?|altitudes?|walls?|towers?|metres?|meters?|centimetres?|tall|wide|deep"
        r"|km|cm"
    ),
    counted=listed("people fine"),
    before_seconds="a|per|every|each|split",
    percent=r"per\scent|percent|percentage",
    unit_stems=listed(
        "percent dollar pound euro yen rupee peso second minut hour day week month year decad centuri mile "
        "kilometr meter foot inch acr hectar ton tonn kilogram gram degre"
    ),
    common_words=listed(
        "the of and to is was were for on that by with from it its as at be has had have are or but more than "
        "about people million billion percent"
    ),
    parts={"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10},
)

CALENDAR = calendar(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep "
    "october/oct november/nov december/dec",
    "monday tuesday wednesday thursday friday saturday sunday",
    between="of",
    other_words=listed("may march mar"),
    before_months="in|of|since|until|till|by|last|this|next|from|to|early|late|mid|during|after|before|through|and",
    relative={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1},
    ahead=(
        r"will|shall|is to|are to|due|next|until|from now|plans?|agreed to|expected|scheduled|starts|begins|resumes"
        r"|reopens"
    ),
    after_other_numbers="percent|per cent|people|miles|km|million|billion",
    beside=listed("on am pm updated published"),
)

_CLAIMS = (
    r"(?:claims?|allegations?|accusations?|suggestions?|assertions?|reports?|rumou?rs?|ideas?|notions?|arguments?|fears?"
    r"|charges?|criticisms?|complaints?|speculation|theor(?:y|ies)|statements?|contentions?|impressions?)"
    r"(?:\s(?:by|from|of|in|made)\b[^.;:]{1,60}?)?,?\sthat"
)
DENIALS = Denials(
    cues=(
        r"not|never|no|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t"
        r"|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)?\sto|refus(?:e|es|ed|ing)\sto|unable\sto"
        r"|declin(?:e|es|ed|ing)\sto|hardly|barely|lack(?:s|ed|ing)?|no\slonger|far\sfrom|rather\sthan"
        r"|instead\sof"
    ),
    spared=(
        r"not\sonly|not\sjust|not\smerely|not\sleast|no\s(?:more|less|fewer)\sthan|no\sdoubt|no\smatter"
        r"|whether\sor\snot|no\.\s?\d+|not\suntil|nothing\sbut"
    ),
    clause_ends=r"but|although|though|because|while|whereas|until|unless|and\sthen",
    maybe=(
        r"may|might|reportedly|allegedly|alleged|suspected(?:\sof)?|accused\sof|charged\swith"
        r"|(?:plan|hope|want|threaten|intend|expect|vow|promis|try|tri|attempt)(?:s|ed|es|e|ing)?\sto"
        r"|(?:likely|expected|about|ready|set)\sto|considering"
    ),
    plainest=r"not|never|no|neither|nor|cannot|without|\w+n['’]t",
    unsettled=(
        r"(?:evidence|proof|signs?|indications?|suggestions?|traces?|hints?|guarantees?|confirmation|sa(?:y|id)"
        r"|claim(?:ed)?|believed?|th(?:ink|ought)|prove[dn]?|show[ns]?|showed|f(?:ind|ound)|conclude[ds]?"
        r"|confirm(?:ed)?|suggest(?:ed)?|establish(?:ed)?|expect(?:ed)?|true|certain|sure|clear)"
        r"(?:\s+to (?:suggest|show|indicate|believe|prove))?,?\s+that"
    ),
    left_open=r"will|would|could|can|should|if|whether|suspect\w*|accus\w*|alleg\w*|to",
    disputed=(
        r"(?:(?:(?:reject|dismiss|disput|refut|rebut|contest|contradict|debunk|discount|downplay|quash|den[iy]|doubt)"
        r"(?:s|es|e|ed|ting|ted|ing)?|play(?:s|ed|ing)? down|rul(?:es?|ed|ing) out|brush(?:es|ed|ing)? (?:off|aside)"
        rf"|cast(?:s|ing)? doubt on)\s(?:[\w’'-]+\s){{0,4}}?{_CLAIMS}"
        r"|(?:doubt|disput|contest|reject)(?:e?s|ed) that"
        rf"|(?:call|brand|describ|dismiss)(?:e?s|ed)\s(?:[\w’'-]+\s){{0,4}}?{_CLAIMS}"
        r"(?=[^.;]*\b(?:untrue|false|wrong|baseless|nonsense|unfounded|groundless|invented|made up|lies?|fiction"
        r"|absurd)\b))"
    ),
)

CLAUSES = Clauses(
    telling=r"and|but|which|who|whose|where|when|while|after|before|because|although|including",
    dependent=(r"that|which|who|whom|whose|where|since|as|if|whether|before|after|when|once|until|unless"),
)

NAMES = Names(
    no_names=listed(
        """no not never without none neither nobody nothing yesterday today tomorrow later earlier meanwhile now
        former formerly recently finally according officials experts police people"""
    ),
    titles=listed(f"{TITLES} saint st jr sr"),
    places=(
        "usa america american americans",
        "uk britain british briton britons gb",
        "france french frenchman frenchmen",
        "spain spanish spaniard spaniards",
        "germany german germans",
        "netherlands dutch holland",
        "england english englishman",
        "wales welsh",
        "ireland irish",
        "scotland scottish scots",
        "denmark danish danes dane",
        "sweden swedish swedes swede",
        "finland finnish finns finn",
        "norway norwegian norwegians",
        "poland polish poles pole",
        "turkey turkish turks turk",
        "greece greek greeks",
        "switzerland swiss",
        "portugal portuguese",
        "china chinese",
        "philippines filipino filipinos philippine",
        "europe european europeans",
        "iraq iraqi iraqis",
        "peru peruvian peruvians",
        "congress congressional",
    ),
    initials={("united", "states"): "usa", ("united", "kingdom"): "uk", ("great", "britain"): "uk"},
    parts={"america": listed("central latin north south african native asian")},
    place_endings=listed("a o e n an ian ean ese ish i ic is ns ans ians s es ia y ie ist ists ism as ras"),
    people_endings=listed("s es n an ian ans ese i ns sm ism"),
    numbers_may_be_names=True,
)

SENTENCES = Sentences(
    joined=listed(
        """he she they it his her its their both such i we you our my your then thus so but and or also however
        meanwhile moreover instead"""
    ),
    points_back=r"(?:(?:under|after|before|in|at|on|for|with|from|by|since) )?(?:that|those|this|these|there)",
    attribution="said|says|asked|asks|wrote|writes|told|added|replied|shouted|wondered|tweeted|demanded|insisted",
    corrections=(
        r"correct(?:ed|s|ion|ions|ing) (?:its|their|the|an?|of|to|that|earlier|his|her)\b|corrections?(?=:| and)"
        r"|this (?:article|story|report) (?:has been|was) (?:corrected|amended|updated|changed)"
        r"|an earlier version|(?:first|previously|earlier|initially|wrongly|mistakenly|incorrectly) (?:reported|stated"
        r"|said|printed|given|named|identified)|misstated|misidentified|we regret|apologi[sz]es? for"
        r"|revised (?:down|up|to|its|from)|retract(?:ed|s|ion)"
        r"|withdr(?:ew|awn) (?:its|the) (?:claim|report|figure)"
    ),
    bylines=listed("by"),
    hyphenated=spelled(
        """all anti cross ex far half high ill long low mid multi non off old on part post pre pro self semi short so
        then top two three four five six seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety vice
        well year"""
    ),
    between_parts=spelled("and or to"),
)

LANGUAGE = Language(
    code="en",
    name="English",
    day_form="{day} {month} {year}",
    stemmer="english",
    endings=Endings(
        all=listed("s es ed e ing ings y ies ied ly er ers 's ’s") | {""},
        of_short=listed("s es ed ing"),
        parted="ing|ed|es|s|e|ly|y",
    ),
    stop_words=listed(
        """a about above after again all also although am an and any are around as at be became because become been
        before being below between both but by can could did do does doing done down during each either else even
        ever every for from further get got had has have having he her here hers herself him himself his how
        however i if in into is it its itself just like may me might more most much must my myself nor of off on
        once one only or other our ours out over own per rather s same shall she should since so some such t than
        that the their theirs them themselves then there these they this those though through thus to too under
        until up upon us very was we were what when where whether which while who whom whose why will with within
        would yet you your yours"""
    ),
    saying=(r"said|says|say|told|tells|added|adds|according to|wrote|writes|stated|explained|asked|replied"),
    superlative=r"most|least|(?!west\b|east\b|best-)[a-z]{2,}est",
    below_superlative=(
        r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:nd|rd|th))[\s-](?:most[\s-])?"
        r"|one\sof\s(?:the|its|his|her|their|\w+'s?)\s(?:[\w-]+\s){0,3}?"
        r"|among\s(?:the|its|his|her|their)\s(?:[\w-]+\s){0,2}?"
    ),
    contraries_alone=(
        "before/after",
        "for/against",
        "with/without",
        "all every everyone everybody both/some few several/none nobody neither",
        "many/few",
        "both/one/neither",
        "more/less fewer",
        "most/few",
        "under/over",
    ),
    contraries=(
        "rise rose risen increase grow grew grown climb gain raise up higher double triple/"
        "fall fell fallen decrease shrink shrank shrunk decline drop lower cut reduce reduction halve down",
        "win won victory/lose lost loss",
        "accept approve pass endorse welcome praise agree/"
        "reject refuse oppose criticise criticize condemn denounce disagree",
        "uphold upheld affirm/overturn quash strike struck annul",
        "allow permit legal let/ban prohibit forbid forbade forbidden illegal block prevent bar",
        "true/false untrue",
        "support favour favor/oppose",
        "guilty convict/innocent acquit",
        "alive survive recover/dead die kill",
        "above/below",
        "always/never",
        "open/close shut",
        "present/absent",
        "possible/impossible",
        "north northern/south southern",
        "east eastern/west western",
        "northeast northeastern/northwest northwestern/southeast southeastern/southwest southwestern",
        "largest biggest highest greatest longest tallest/smallest lowest least shortest",
        "oldest/youngest",
        "best/worst",
        "success successful succeed/failure unsuccessful fail",
        "admit confirm acknowledge/deny",
        "strengthen/weaken",
        "arrive come came/leave left depart",
        "begin began begun start/end finish stop",
        "hire appoint/fire sack dismiss",
        "accelerate/slow",
        "profit/loss",
        "majority/minority",
        "early/late",
        "next/last previous",
        "morning/afternoon/evening/night",
        "spring/summer/autumn/winter",
        "gold/silver/bronze",
        "brother/sister/mother/father/uncle/aunt/cousin/nephew/niece/grandfather/grandmother/stepfather/stepmother",
        "son/daughter/wife/husband/grandson/granddaughter",
        "man men boy male/woman women girl female",
        "left/right",
        "inside/outside",
        "friend ally/enemy",
        "democrat/republican",
        "rich wealthy/poor",
        "public/private",
        "urban/rural",
        "maximum/minimum",
        "add/remove cancel",
        "arrest detain/release free",
        "mild/severe",
        "longer/shorter",
        "larger bigger/smaller",
        "faster quicker/slower",
        "older/younger",
        "first/last",
        "ahead/behind",
        "full/empty",
        "marry married/divorce divorced",
        "join joined/leave left quit",
        "import/export",
        "dry/wet",
        "civilian/soldier military",
    ),
    numbers=NUMBERS,
    calendar=CALENDAR,
    names=NAMES,
    corrections=Corrections(
        headings=(
            r"corrections?(?: (?:and|&) clarifications?)?|clarifications?(?: (?:and|&) corrections?)?|errat(?:um|a)"
            r"|corrigend(?:um|a)|retractions?|for the record|(?:setting|putting) the record straight"
        ),
        itself=(
            r"this (?:article|story|report|post|page)"
            r"|(?:an|the) (?:earlier|previous|prior|original) version(?! of (?:our|an?) )"
        ),
        earlier=(
            r"(?:an?|our|this (?:newspaper|paper|website|site)['’]s) (?:[\w’'-]+ ){0,2}?(?:report|article|story|feature"
            r"|column|item|profile|review|obituary|interview|dispatch|analysis|editorial|graphic)s?"
            r"|the (?:report|article|story|feature) (?:on|of|published|headlined)|stories"
            r"|(?:we|(?:this|the) (?:newspaper|paper)) (?:\w+ly )?(?:reported|wrote|published|printed|said|stated)"
        ),
        ours=(
            r"(?:our|this (?:newspaper|paper|website|site)['’]s) (?:[\w’'-]+ ){0,2}?(?:report|article|story|feature"
            r"|column|profile|review|obituary|interview|dispatch|analysis|editorial)s?"
            r"|(?:we|this (?:newspaper|paper)) (?:\w+ly )?(?:reported|wrote|published|printed)"
        ),
        wrong=(
            r"(?:incorrect|wrong|mistaken|erroneous|inaccurate)ly|in error|by mistake|misstated|misidentified"
            r"|misspelled|misquoted|should have (?:said|read)"
        ),
        taken_back=r"(?:and |but )?not|instead of|rather than",
        looked_up=(
            *("correction", "clarification", "erratum", "errata", "corrigendum", "retraction", "incorrectly"),
            *("wrongly", "mistakenly", "erroneously", "inaccurately", "misstated", "misidentified", "misspelled"),
            *("misquoted", "in error", "by mistake"),
            *("should have said", "should have read", "for the record", "record straight"),
        ),
    ),
    sentences=SENTENCES,
    denials=DENIALS,
    clauses=CLAUSES,
    speech=SPEECH,
    people=PEOPLE,
    outcomes=OUTCOMES,
    deeds=DEEDS,
    counts=COUNTS,
    questions=QUESTIONS,
    asking=ASKING,
    restricting=RESTRICTING,
    stops=FULL_STOPS,
    site=SITE,
    bylines=BYLINES,
)

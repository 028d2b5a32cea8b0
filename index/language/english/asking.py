"""How questions are asked in English."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.asking import Asking, Questions, References, Restricting, Shared, Values

_OF_ANY_NUMBER = r"(?:did|do|can|could|will|would|may|might|should|must)\b(?!.*\sand\s)"
"""After "what", words that tell nothing of how many things are meant: "What did the repairs cost?"; but "What do the
mayor and the council say?"."""
_THIRD_PERSON = (
    r"is|was|has|does|says|goes|means|wants|runs|leads|owns|makes|takes|gives|gets|needs|happens|causes|determines"
)
_ONE_AT_ONCE = rf"(?:{_THIRD_PERSON}|[\w-]+s\s(?:the|an?|his|her|its|their)|reason|time|year|day|month|age)"
"""After "what", a verb or one thing rather than a plural: "What guides the eels?", "For what reason did prices rise?"
"""
_PLURAL = rf"(?!(?:{_THIRD_PERSON}|its|his|this)\b)[\w-]+(?<![sui])s"
_ASKS = r"who|whom|whose|what|what's|when|where|why|how|which"
_BEGINS = r"who|what|when|where|why|how|which|is|are|was|did|does|do"
_IN_SHORT = r"briefly|in\s(?:a\sfew|two|three|short)\s(?:sentences|words|lines)"
_HOW = rf"so\sfar|in\sorder|please|{_IN_SHORT}"
_FROM_TO = r",?\sfrom\s.+\s(?:to|until)\s.+"
_ONE = rf"(?P<one>.+?)(?:,?\s(?:{_HOW}))*"
_THIS = (
    r"(?:this|that|these|those)\b"
    r"(?!\s+(?:week|month|year|day|morning|evening|time|season|summer|winter|spring|autumn)\b)"
)
_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|shall|should|may|might|must)(?:n[’']t)?"
_BRIEF = "(?:short|brief|quick)"
_BECAME = r"what(?:\shas)?\s(?:happened|become|became|come)\s(?:of|in|with|to|at|during|after|since)"
_SUMMARY = r"summary|overview|outline|recap|run-?down|gist|main\spoints|(?:short|brief)\sversion"
_EVENTS = r"timeline|chronology|sequence\sof\sevents"

VALUES = Values(
    count=r"how many|(?:what|the) (?:total )?number of",
    deaths=r"death toll",
    several=r"how\b.*\bhow|(?:by|how many) (?:how )?(?:many )?more|by how",
    age=r"how old|what age",
    share=r"(?:what|which) (?:percent\w*|share|proportion)|what (?:is|was|are|were) the [\w\s-]{0,40}rate",
    amount=r"how (?:much|long|far|high|tall|deep|wide|heavy|fast)|what [\w\s-]{0,40}(?:cost|price)",
    date=r"(?:and )?(?:when|(?:in |on |by )?(?:what|which) (?:year|date|day|month))",
    people=listed(
        # not those on duty: "500 police were sent"
        """people persons individuals men women children boys girls adults teenagers residents inhabitants citizens
        members participants migrants immigrants refugees seekers travellers travelers passengers visitors tourists
        guests spectators fans supporters protesters demonstrators marchers strikers workers employees staff
        staffers students pupils teachers patients victims casualties survivors dead evacuees villagers townspeople
        islanders customers voters prisoners inmates hostages detainees civilians deaths fatalities commuters"""
    ),
    person="people",
    death="death",
    plurals=listed("people men women children police sheep fish cattle feet teeth mice geese troops dead"),
    plural_endings=("s",),
    singular_endings=("ss", "us", "is"),
    asking=listed(
        """many much number count total figure percentage percent share proportion rate year date day month long old
        far high tall deep wide fast heavy large big cost toll total overall altogether currently now say said
        article articles story stories report reports reported according exactly about approximately"""
    ),
    before_things=listed(
        """a an the this that these those his her its their our my your of in on at from for by with during after
        before near off into through across against between under over around along inside outside within without
        since"""
    ),
    one_event=(
        "die died dead death deaths dying kill kills killed killing perish perished fatal fatalities",
        "injure injured injuries injuring wound wounded hurt",
        "arrest arrested detain detained",
        "leave left",
        "win won",
        "lose lost",
        "build built",
        "buy bought",
        "sell sold",
        "send sent",
        "take took taken",
        "come came",
        "go went gone",
        "rise rose risen",
        "fall fell fallen",
        "grow grew grown",
        "flee fled",
        "spend spent",
        "pay paid",
        "make made",
        "find found",
        "hold held",
        "begin began begun start started",
        "see saw seen",
        "steal stole stolen",
        "strike struck",
        "speak spoke spoken",
        "drive drove driven",
        "give gave given",
        "shoot shot",
        "stand stood",
        "break broke broken",
        "write wrote written",
        "become became",
        "run ran",
        "live lives lived inhabitants residents population",
    ),
    counting="How many {counted}?",
)

QUESTIONS = Questions(
    several=(
        r"each|both|(?<!\bat )(?<!\bafter )(?<!\babove )(?<!\bof )all"
        r"|compared?|difference|versus|vs|respectively|either|neither"
    ),
    begins_several=(
        r"list|name"
        r"|(?:(?:and|on|in|for|from|at|of|to|with|by)\s)?(?:which|what|who)\b"
        rf"(?!\s(?:{_ONE_AT_ONCE}\b|{_OF_ANY_NUMBER}))(?:\s[\w’'-]+){{0,3}}?\s{_PLURAL}"
    ),
    latest=(
        r"(?:the )?(?:latest|newest|most recent)|current(?:ly)?|(?<!from )now|by now|so far|nowadays|these days"
        r"|at the moment|in the end|finally|eventually|(?:final|last) (?:figure|number|count|toll|result|report)"
    ),
    values=VALUES,
)

_PIECES = r"articles?|stor(?:y|ies)|reports?|coverage|pieces?"
RESTRICTING = Restricting(
    outlet=(
        r"according\s+to\s+{name}",
        r"(?:reported|published|written|printed)\s+(?:by|in)\s+{name}",
        rf"(?:{_PIECES})\s+(?:by|from|in|of)\s+{{name}}",
        r"(?:did|does|do)\s+{name}\s+(?:says?|reports?|writes?|claims?|states?)\b",
    ),
    article="the",
    generic="news",
    published=rf"published|{_PIECES}",
    prepositions={
        **dict.fromkeys(("in", "from", "of", "on"), "in"),
        "since": "since",
        "after": "after",
        "before": "before",
        **dict.fromkeys(("until", "by"), "until"),
    },
    alone="since|after|before|until",
)

ASKING = Asking(
    words=_ASKS,
    verbs=(
        r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)(?:n't)?\b(?!\snot\b)"
    ),
    choice="or",
    joining="and",
    yes="Yes",
    no="No",
    lead="and|but|so|then|or|also",
    who_says=(
        r"who(?:'s|\sis|\shas)?\s(?:sa(?:id|ys|ying)|told|claim(?:s|ed|ing)|report(?:s|ed|ing))\s(?:so|that|this|it)"
        r"|according\sto\swhom|says\swho"
    ),
    who_said=(
        r"who(?:'s|\sis|\shas|\swas)?(?:\sit\sthat)?\s(?:sa(?:id|ys|ying)|told|claim(?:s|ed)|call(?:s|ed)|wrote"
        r"|describ(?:es|ed)|answer(?:s|ed)|repli(?:es|ed)|talk(?:s|ed)|speaks|spoke|put\sit)|whose\s(?:words|quote|quotation|sentence)"
    ),
    about=r"(?:(?:and|but|so|then|or|also)\b[\s,]*)?(?:what|how)\sabout",
    prepositions="in|on|at|for|from|by|during|after|before|since|until",
    person=r"(?P<of>his|her(?=\s+\w))|he|she|him|her",
    pointing=rf"he|she|him|her|his|they|them|it|its|their|{_THIS}",
    begging=r"please|can\syou|could\syou|would\syou|i(?:'d|\swould)\slike|give|show|write|make|draw\sup|tell|me|us",
    articles=(
        r"(?:(?:all|both|the|these|this|those|my|our|news)\s+)*(?:articles?|stor(?:y|ies)|texts?|news|library)"
        r"(?:\s+(?:about|on|say\sabout|of)\s+|$)|(?:everything|all)$"
    ),
    summary=(
        rf"(?:(?:an?|the)\s+)?(?:{_BRIEF}\s+)?(?:{_SUMMARY})\s+(?:of|about|on)\s+{_ONE}",
        rf"(?:summari[sz]e|sum\sup|outline|recap)\s+{_ONE}",
        rf"(?:an?\s+)?(?:{_BRIEF}\s+)?(?:{_SUMMARY})(?:,?\s+please)?\s*[:,]\s*(?:{_BECAME}\s+)?{_ONE}",
        rf"(?:tell\sme|say|explain)\s(?:{_IN_SHORT}),?\s(?:about|{_BECAME})\s+(?P<one>.+?)(?:{_FROM_TO})?",
        rf"(?:the\s+)?(?:main|key|most\simportant)\s+(?:events|points|facts)\s+(?:of|about|in|on)\s+{_ONE}",
        rf"what\s(?:is|do\swe)\sknow(?:n)?\s(?:so\sfar\s)?(?:about|of)\s+{_ONE}",
        rf"what(?:\shas)?\shappened\s(?:after|since|following)\s+{_ONE}",
        rf"what(?:\shas)?\shappened\s(?:in|with|to|at|during)\s+(?P<one>.+?){_FROM_TO}",
        rf"(?:bring|get)\sme\sup\sto\sdate\s(?:on|about|with)\s+{_ONE}",
        rf"how\sdid\s+{_ONE}\s+(?:unfold|develop).*",
        rf"(?!(?:{_BEGINS}|{_BRIEF})\b){_ONE}\s+(?:{_SUMMARY}).*",
    ),
    timeline=(
        rf"(?:what\sis\s+)?(?:(?:an?|the)\s+)?(?:{_EVENTS})\s+(?:of|about|on|for|in)\s+{_ONE}",
        rf"(?!(?:{_BEGINS})\b){_ONE}\s+(?:{_EVENTS}).*",
        r"(?P<one>.+?)[:,]\swhat\shappened\s(?:and\s)?when.*",
        rf"what\shappened\swhen\s(?:in|with|during)\s+{_ONE}",
    ),
    comparison=(
        r"compare\s+(?P<one>.+?)\s+(?:and|with|to|against)\s+(?P<other>.+)",
        r"(?:what\s(?:is|are|were)\s)?(?:the\s)?(?:differences?|similarit(?:y|ies))\sbetween\s+(?P<one>.+?)\s+and\s+"
        r"(?P<other>.+)",
    ),
    tail=r"\s*[^,?]+",
    second=(
        rf"(?:{_ASKS})\b(?:\s\S+){{3,}}"
        r"|(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\s(?:he|she|it|they|there|any\w*)\s.+"
    ),
    shared=Shared(
        each="each",
        each_verbs="do|did|are|were|have",
        verbs="do|did",
        stands="say|think|believe|want|stand|claim|argue|propose|suggest|expect|blame|demand|plan|promise",
        named=r"(?:(?:the|a|an)\s)?(?:[\w'.-]+\s){0,3}?[\w'.-]+",
        singular={"do": "does", "are": "is", "were": "was", "have": "has"},
    ),
    references=References(
        thing=rf"(?P<of>its|their)|they|them|it|{_THIS}",
        empty=r"\b(?:is|was|does|did|will|has) it\b.{0,40}\b(?:that|to|who|rain|snow|take)\b",
        clause=(
            r"\b(?:the|a|an)\s+(?:[\w-]+\s+){1,2}(?P<that>that)\b|(?P<before>[\w-]+)\s+(?P<joining>that)\s+\S+\s+\w"
            r"|\b(?P<those>those|that)\s+(?:who|whose|that|which|of|in|on|at|with|without|from|under|over)\b"
        ),
        showing=listed("this that these those"),
        of_noun=rf"\s+(?!{_AUXILIARY}\b)\w{{3,}}",
        nouns=(
            r"\b(?:the|a|an|every|each|some|any|no|most|all)\s+(?P<noun>[\w-]+)",
            rf"\b(?:which|whose|how\s+(?:many|much))\s+(?!{_AUXILIARY}\b)(?P<noun>[\w-]+)\s+\w",
            rf"(?:^\W*|\b(?:when|where|why|how(?:\s+\w+)?)\s+){_AUXILIARY}\s+(?P<noun>[\w-]+)",
            rf"\b(?:who|whom|what)(?:\s+{_AUXILIARY}|[’']s)\s+(?P<noun>[\w-]+(?<!ed|en)(?<!ing))\b",
        ),
        subject=rf"\W*(?:(?:when|where|why|how(?:\s+\w+){{0,2}})\s+)?{_AUXILIARY}\s+(?P<subject>the\s.+)",
        several="they|them|their",
        plural=rf"{_PLURAL}|people|police|men|women|children",
        asks_whom=r"\W*(?:and\s+)?(?:who|whom|whose|which (?:\w+ )?(?:man|woman|person|player|minister))\b",
        counted=r"\bhow many (?P<noun>(?:[\w-]+ ){0,2}?(?:[\w-]+s|people|police|children|men|women))\b",
        rank=r"(?:which |what )?(?:is |was |were |are )?the (?P<rank>(?:most|least) \w+|\w+est)(?: ones?)?",
        ranked=r"\bthe (?:(?:most|least) \w+|\w+est)\b",
        owner=r"[’']s\b.*$|(?<=s)[’']$",
        owning="’s",
        definite="the",
        articles="A|An|The",
        sentence=rf"\b(?:{_AUXILIARY}|it|they|he|she|we|i|you|there)\b",
        no_things=listed("yes no because by in on at from to"),
        no_names=listed("yes no"),
    ),
)

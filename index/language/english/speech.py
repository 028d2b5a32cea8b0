"""How English says that somebody says something, and how it names people."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.speech import People, Speech, Subjects

TITLES = (
    "mr mrs ms miss dr prof professor sir dame lord lady president senator sen rep gov governor general gen captain "
    "capt judge pope king queen prince princess minister secretary mayor chief reverend rev"
)
"""Titles before a name."""

SPEECH = Speech(
    reporting=(
        r"said|says|say|warned|warns|argued|argues|claimed|claims|insisted|insists|explained|explains|announced"
        r"|acknowledged|admitted|stated|denied|alleged|alleges|told(?=[^,.;]{1,60}? that\b| reporters| journalists)"
        r"|contends|contended|(?:added|wrote|writes|noted|estimated|predicted|predicts|believes?|believed) (?=that\b)"
        r"|(?:claim|argue|insist|warn|contend|allege|predict) (?=that\b)"
    ),
    beside_quotes=(
        r"told|tells|added|adds|wrote|writes|replied|asked|asks|called|calls|recalled|recalls|joked|shouted|cried"
        r"|declared|described|describes|concluded|noted|notes|continued|demanded|tweeted|posted|put it"
    ),
    anything=(
        r"sa(?:y|ys|id|ying)|t(?:ell|ells|old)|ask\w*|add(?:s|ed)|think\w*|thought|insist\w*|argue\w*|announc\w*"
        r"|warn\w*|urg(?:e|es|ed)|want\w*|demand\w*|promis\w*|vow\w*|report\w*|wr(?:ote|ites?)|according to"
    ),
    beside_names="said|says|told|warned|announced|added",
    once=r"said|says",
    contending=(
        r"claim(?:s|ed)?|argu(?:es?|ed)|insist(?:s|ed)?(?! on\b)|alleg(?:es?|ed)|contend(?:s|ed)?|believ(?:es?|ed)"
        r"|predict(?:s|ed)?"
    ),
    to="according to",
    subjects=Subjects(
        between=(
            r"also|later|then|has|have|had|once|again|recently|repeatedly|publicly|however|and|but"
            r"|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
        ),
        not_said=(
            r"is|was|are|were|be|been|being|as|to|not|nor|never|did|do|does|would|will|could|can|may|might|must|should"
            r"|let|what|than|i|we|you|they|it|this|that|which|[a-z]+n['’]t"
        ),
        prepositions=(
            r"in|at|of|on|for|from|near|to|with|by|into|over|under|after|before|against|between|around|outside|inside"
            r"|through|across|behind|beside|beyond|along|towards?|about|like|than"
        ),
        article="the",
        of_one="of|from|at|for",
        nouns=(
            r"(?:the|an?|its|his|her|their|one|another)\s+(?:[a-z][\w’'-]*\s+){0,6}?[a-z][\w’'-]*"
            r"|(?:local |city |county |federal |fire )?(?:police|officials|authorities|residents|witnesses|doctors"
            r"|experts|scientists|researchers|organisers|organizers|prosecutors|investigators|lawyers|critics"
            r"|supporters|opponents|engineers|firefighters|campaigners)"
        ),
        of_noun="of|by|on|in|for|from|at|with|to|about",
        no_nouns="is|was|are|were|has|have|had|be|been|who|which|that|said|says|not|will|would",
        before_nouns="and|but|while|because|though|although",
        after_nouns="on|in|at|that|who|after|before|when|as|while|during",
        before_name=(
            r"\s+(?:(?:the|an?|its|his|her|their)\s+)?"
            r"(?:(?!(?:of|by|at|in|on|for|from|to)\b)[a-z][\w’'-]*,?\s+){0,5}"
        ),
        pronouns="he|she",
        joined=(" and", " but"),
        relative=" who",
    ),
    written=listed(
        """study report poll survey figures results data statistics article statement document documents letter law
        rules paper book story indictment complaint lawsuit ruling notice sign website email message"""
    ),
    for_others=listed(
        """spokesman spokeswoman spokesperson spokespeople official officials authority authorities source sources
        representative representatives statement lawyer lawyers solicitor agent boss head chief leader leaders director
        manager management owner owners people persons man woman men women person"""
    ),
    sides=listed(
        """union unions federation opposition candidate candidates rival rivals critic critics opponent opponents
        supporter supporters campaigner campaigners activist activists protester protesters resident residents
        neighbour neighbours neighbor neighbors lawyer lawyers defence defense prosecution prosecutor prosecutors
        plaintiff plaintiffs claimant claimants defendant defendants accused suspect suspects party parties lobby
        striker strikers"""
    ),
    numbers=listed(
        """one two three four five six seven eight nine ten some many few others both several most all more another
        other none any each"""
    ),
)

PEOPLE = People(
    roles=listed(TITLES)
    | listed(
        """representative justice prime foreign interior finance defence defense sheriff inspector sergeant lieutenant
        colonel officer bishop archbishop father sister councillor councilman councilwoman congressman congresswoman
        deputy vice acting former chancellor chairman chairwoman chair director coach manager spokesman spokeswoman
        spokesperson attorney economist analyst historian researcher farmer shopkeeper"""
    ),
    organised=listed(
        """council county university college school company corporation corp inc ltd ministry department party union
        bank police court agency office board committee commission government association federation institute hospital
        service museum church club group fund foundation trust railway airline airlines street river lake bridge valley
        port republic states kingdom nations city town village news times courier gazette herald post"""
    ),
    agents=r"er|or|ist|ent|ant|man|woman|person|ian",
    first_names=listed(
        """peter oliver victor walter alexander christopher roger hector igor trevor taylor tyler vincent clement brent
        grant spencer parker harper hunter carter jennifer heather amber ester esther dieter gunter werner rainer wolter
        hester ian brian adrian christian damian fabian julian sebastian vivian lillian marian dorian gillian norman
        herman german roman truman"""
    ),
    pronouns={"he": listed("she her"), "she": listed("he his him")},
    age=r"(?=[,.;]| years| and)",
    relative="who|whose",
)

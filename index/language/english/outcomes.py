"""How English says that something happened, that it did not, or that its contrary did."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.outcomes import Contrary, Deeds, OutcomeQuestions, Outcomes

_HEAD = r"^\W*(?:(?:and|but|so)\s+)?"

_BY = "by"

_DETERMINERS = "a an the this that these those his her its their"

DEEDS = Deeds(
    idle=listed(
        f"""{_DETERMINERS} our my is are was were be been being has have had having did do does will would also then
        later once again just"""
    ),
    articles=listed(f"{_DETERMINERS} our my"),
    joining=listed("and or with of as"),
    mutual=listed(
        """meet met marry wed face play fight fought draw drew drawn border resemble equal divorce date join rival near
        tie versus vs v say said tell told add added"""
    ),
    by=_BY,
    coming=listed("from"),
    going=listed("to into for until till"),
    before_value=r"the|an?|about|around|some|nearly|almost|over|more\s+than|at\s+least",
    apart="and|or|but|than",
    not_quite=r"deputy|vice|former|acting|assistant|interim|ex|designate|honorary|shadow|would-be|second-hand|fake|alleged|mock|model",
    of_another=r"(?:brother|sister|wife|husband|son|daughter|mother|father|widow|widower|partner|friend|neighbou?r|lawyer|spokes(?:man|woman|person)|predecessor|successor|adviser|secretary|deputy|assistant|driver)\sof",
    beside="the|an?",
)

OUTCOMES = Outcomes(
    # Not among them: what follows on each other in time, as release on arrest.
    contraries={
        "decided": Contrary(
            yes="approve accept adopt endorse ratify pass vote+for",
            no="reject refuse veto vote+against turn+down throw+out threw+out thrown+out",
            delayed="postpone delay shelve put+off",
            decision=True,
        ),
        "allowed": Contrary("allow permit legalise legalize", "ban prohibit forbid forbade forbidden"),
        "judged": Contrary("convict guilty", "acquit innocent"),
        "survived": Contrary("survive alive", "die dead kill", of_one=True),
        "won": Contrary("win", "lose", of_one=True),
        "rose": Contrary("rise increase grow", "fall decrease decline shrink shrank", of_one=True),
        "open": Contrary("open reopened", "closed shut", of_one=True, passing=True),
        "succeeded": Contrary("succeed", "fail", of_one=True),
    },
    questions=OutcomeQuestions(
        yes_no=rf"{_HEAD}(?P<verb>did|does|do|has|have|was|were|is|are|will)\s+(?P<rest>.+)",
        decision=(
            r"^\W*(?:what|how) (?:did|has|have) (?P<agent>.+?) (?:decided?|vote[ds]?|ruled?)"
            r" (?:about|on|over|regarding) (?P<thing>.+)"
        ),
        fate=r"^\W*what (?:happened to|became of) (?P<thing>.+)",
        no_answer=r"or|how|why|when|who|whom|which|that|if",
        present=listed("is are"),
        future=listed("will"),
        decisions=("decided", "allowed"),
        fates=("survived", "judged", "decided"),
        anybody=listed("anyone anybody someone somebody people"),
    ),
    being=listed("was were is are be been being got"),
    staying=listed("remain remains remained stay stays stayed wasn't weren't isn't aren't"),
    days=listed("yesterday today morning afternoon evening night week"),
    between=listed(
        """has have did does do also then finally now both all not never didn't wasn't weren't isn't aren't hasn't
        haven't doesn't don't remain remains remained stay stays stayed found"""
    ),
    undenied=listed("both all also then finally now"),
    particles=listed("off up out down away back over"),
    determiners=listed(_DETERMINERS),
    doubt=(
        r"until|yet|still|almost|nearly|allegedly|reportedly|apparently|supposedly|falsely|wrongly|den(?:y|ies|ied)"
        r"|claim\w*|alleg\w*|rumou?r\w*|fear\w*|believ\w*|expect\w*|accus\w*|charged|predict\w*|hop(?:e|es|ed|ing)"
        r"|threat\w*|earlier|previous(?:ly)?|originally|initially|at first|formerly|again|partly|partially|had|would"
        r"|fals\w+|untrue|lie|lied|last (?:year|month|week|season|time)"
    ),
    nobody=listed("nobody one none"),
    general=listed("one people person"),
    future=listed("will won't"),
    present=listed("is are has have remain remains stays isn't aren't hasn't haven't"),
    deciding=listed("voted decided to"),
    denying=listed("failed refused declined unable to"),
    placing=listed("in at among with within"),
    plain=listed("new planned proposed controversial local city town mr mrs ms dr mayor president minister"),
    plans=listed("plan plans proposal proposals project scheme"),
    tying=listed("of in on at"),
    limiting=listed("of for"),
    joining=listed("and or"),
    adverbs=("ly",),
    no_verbs=("ing", "al", "ion", "ment"),
    killing=listed("kill kills killed"),
    by=_BY,
    infinitive="to",
    not_before_infinitive="not",
    no="no",
    no_one="one",
    any_number="any",
    before_days="on",
    plans_for="for",
)

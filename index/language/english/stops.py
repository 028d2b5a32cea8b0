"""Where a full stop ends no sentence in English."""

from __future__ import annotations

from index.language.pack import spelled
from index.language.parts.stops import FullStops

_CALENDAR = """
January Jan February Feb March Mar April Apr May June Jun July Jul August Aug September Sept Sep October Oct November
Nov December Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday
"""

FULL_STOPS = FullStops(
    before_a_name=spelled(
        """Mr Mrs Ms Mx Messrs Dr Prof Gen Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Pfc Insp Supt Det Rep Reps Sen Sens Gov
        Pres Hon Rev Fr Mt Ft Atty Asst vs v cf approx viz ca Brig Msgr Mgr Cllr Cllrs Ald Cdr Cmdt Rt Ven Bp Abp Amb
        Sec Mmes Supts Sgts Drs Profs Gens Profa Sqn Ldr Flt Lieut"""
    ),
    before_a_number=spelled("No Nos no nos Num num N n Art art Vol vol Fig fig Sec sec Ch ch chap para p pp S Rs"),
    months=spelled("Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"),
    maybe_last=spelled(
        """Jr Sr Inc Corp Co Cos Ltd LLC Bros Dept Dist Univ Assn Est est St Ste Ave Blvd Rd Hwy Sq etc al Ala Ariz Ark
        Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Vt Va
        Wash Wis Wyo Ont Que Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Com Adm Int Intl Natl Assoc Bldg Div Mfg bn mn
        tn"""
    ),
    spaced=r"e\.\s?g|i\.\s?e",
    after_clock=spelled(_CALENDAR)
    | spelled(
        """Eastern Central Mountain Pacific Greenwich Local ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET
        CEST"""
    ),
    starters=spelled(
        """The A An This That These Those There Here He She It They We I You His Her Its Their Our My Your One Who What
        When Where Why How Which While If As At By For From In On To Of With Without Within Under Over Since Until After
        Before During Despite Although Though Because And But Or So Yet Nor Not No Yes Now Then Both Each Every Some
        Many Most More Several Others Another Hundreds Thousands Dozens Meanwhile However Also Only Even Mr. Mrs. Ms."""
    ),
)

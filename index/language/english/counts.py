"""How English says of numbers what they are of."""

from __future__ import annotations

from index.language.pack import listed
from index.language.parts.counts import Counts

COUNTS = Counts(
    to="to",
    also="and",
    between="between",
    opening="from",
    limit="as many as",
    age_after=r"years?[\s-]+old",
    age_before="aged?|age of",
    being_aged="is|was",
    aged=r"aged?|age of|turn(?:s|ed)?|is|was|now|at",
    turning="aged|turned|turns",
    no_value="yes|no|none|nobody|nothing",
    people_too=listed("jobs posts roles cases couples families dead injured wounded"),
    rough=(
        r"hundreds?|thousands?|millions?|billions?|dozens?|scores|half|third|quarter|fifth|several|few|many|most|all"
        r"|double|twice|once"
    ),
    of_all=r"of\s+(?:(?:the|its|their|all|our)\s+)*",
    more=listed("more extra additional other others further fewer less times"),
    aside=(
        r"originally|initially|at first|formerly|previously|earlier|first (?:reported|estimated|said|thought)|once"
        r"|started (?:out )?with|began with|up from|down from|compared (?:with|to)|instead of|rather than|not|than|from"
        r"|all but|another|further|additional|extra|except|last (?:year|month|week|time)(?:['’]s)?"
    ),
    not_aside="and|but|now|to",
    without_noun=(
        r"of|to|at|number(?:s|ed|ing)?|total(?:s|l?ed|l?ing)?|reach(?:es|ed|ing)?|was|were|is|are|be|stood|hit"
    ),
    only="an?|the|just|now|only|already",
    people=listed("people persons individuals"),
    changing="by|to",
    each="an?|per|each|every",
    durations=listed(
        """second seconds minute minutes hour hours day days night nights week weeks month months
        year years decade decades century centuries"""
    ),
    dimensions=("deep depth", "wide width across broad", "long length", "high tall height", "thick thickness"),
    span="about {low} to {high}",
    size="how (?:big|large|strong|numerous)",
)

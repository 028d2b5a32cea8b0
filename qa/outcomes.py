"""Whether something happened, as articles tell it: "Did the council approve the bridge?", "What happened to the pilot?"

A sentence takes part if one of its clauses says of the very same agent and thing, as a plain fact, that what is asked
for happened, that it did not, or that its contrary did. Plans, reports of what somebody said, conditions, questions
and quotations tell nothing, and neither does a clause of which only a part is understood: silence is better than a
false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from index.records import Article, Hit, Sentence
from qa.asked import BEFORE_THINGS, PEOPLE, alike
from qa.dates import dates
from qa.names import names
from qa.negation import negations
from qa.numbers import numbers
from qa.orders import is_order
from qa.overlap import stems
from qa.words import STOP_WORDS, Word, listed, stem, words

SAME_NEWS = 7
"""Days between two articles at most: what an article tells much later is what became of it since."""
_LEAD = 600
"""Characters in which an article says where and whom it is about."""
SAME_DAY = 1
"""The same where one tells of a delay, which ends."""


def _stems_of(text: str) -> frozenset[str]:
    """Stems of the verbs and adjectives of a list, verbs joined to what belongs to them by a plus sign."""
    return frozenset("+".join((alike(stem(verb)), *rest)) for verb, *rest in (w.split("+") for w in listed(text)))


@dataclass(frozen=True)
class _Family:
    """Verbs and adjectives for one outcome and those for its contrary."""

    yes: frozenset[str]
    no: frozenset[str]
    delayed: frozenset[str] = frozenset()
    """What says "not now", for some days."""
    of_one: bool = False
    """Whether they tell what became of their subject, whatever else stands beside them: "survived the crash"."""
    decision: bool = False
    """Whether they say what somebody decided: "voted to approve" is "approved"."""

    @cached_property
    def all(self) -> frozenset[str]:
        return self.yes | self.no | self.delayed


_DECIDED = _Family(
    _stems_of("approve accept adopt endorse ratify pass vote+for back+"),
    _stems_of("reject refuse veto vote+against turn+down throw+out threw+out thrown+out"),
    delayed=_stems_of("postpone delay shelve put+off"),
    decision=True,
)
_ALLOWED = _Family(_stems_of("allow permit legalise legalize"), _stems_of("ban prohibit forbid forbade forbidden"))
_JUDGED = _Family(_stems_of("convict guilty"), _stems_of("acquit innocent"))
_SURVIVED = _Family(_stems_of("survive alive"), _stems_of("die dead kill"), of_one=True)
_WON = _Family(_stems_of("win"), _stems_of("lose"), of_one=True)
_ROSE = _Family(
    _stems_of("rise increase grow climb"), _stems_of("fall decrease decline drop shrink shrank"), of_one=True
)
_OPEN = _Family(_stems_of("open reopened"), _stems_of("closed shut"), of_one=True)
_SUCCEEDED = _Family(_stems_of("succeed"), _stems_of("fail"), of_one=True)
_FAMILIES = (_DECIDED, _ALLOWED, _JUDGED, _SURVIVED, _WON, _ROSE, _OPEN, _SUCCEEDED)
"""Not among them: what follows on each other in time, as release on arrest."""

_BE = frozenset(listed("was were is are be been being got"))
_YES_NO = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?P<verb>did|does|do|has|have|was|were|is|are|will)\s+(?P<rest>.+)", re.I | re.DOTALL
)
_DECIDE = re.compile(
    r"^\W*(?:what|how) (?:did|has|have) (?P<agent>.+?) (?:decided?|vote[ds]?|ruled?)"
    r" (?:about|on|over|regarding) (?P<thing>.+)",
    re.IGNORECASE,
)
_BECAME = re.compile(r"^\W*what (?:happened to|became of) (?P<thing>.+)", re.IGNORECASE)
_NO_ANSWER = re.compile(r"\b(?:or|how|why|when|who|whom|which|that|if)\b", re.IGNORECASE)
"""In a question: it gives a choice, or asks for more than a yes or a no."""
_ANYBODY = frozenset(listed("anyone anybody someone somebody people"))
_NOBODY = frozenset(map(stem, listed("nobody one none")))
_PARTICLES = frozenset(listed("off up out down away back over"))

_CLAUSE = re.compile(
    r"[,;:()—–]|\b(?:but|although|though|because|while|whereas|until|unless|and then|that|which|who|whom|whose|where"
    r"|since|as|if|whether|before|after|when|once)\b",
    re.IGNORECASE,
)
_LED = frozenset(listed("that if whether unless until before after when once since as which who whom whose where"))
"""What a clause begins with that states nothing of its own, or nothing new."""
_DOUBT = re.compile(
    r"\b(?:until|yet|still|almost|nearly|allegedly|reportedly|apparently|supposedly|falsely|wrongly|den(?:y|ies|ied)"
    r"|claim\w*|alleg\w*|rumou?r\w*|fear\w*|believ\w*|expect\w*|accus\w*|charged|predict\w*|hop(?:e|es|ed|ing)|threat\w*"
    r"|earlier|previous(?:ly)?|originally|initially|at first|formerly|again|partly|partially|had|would"
    r"|fals\w+|untrue|lie|lied|last (?:year|month|week|season|time))\b",
    re.IGNORECASE,
)
"""What makes a sentence no plain report of the present news."""
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|ask\w*|add(?:s|ed)|think\w*|thought|insist\w*|argue\w*|announc\w*"
    r"|warn\w*|urg(?:e|es|ed)|want\w*|demand\w*|promis\w*|vow\w*|report\w*|wr(?:ote|ites?)|according to)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|(?<!\w)‘[^‘’]*(?:’\w[^‘’]*)*’(?!\w)")

_CALENDAR = frozenset(
    listed(
        "monday tuesday wednesday thursday friday saturday sunday yesterday today morning afternoon evening night week"
    )
)
_BETWEEN = (
    _BE
    | _CALENDAR
    | frozenset(
        listed(
            "has have did does do also then finally now both all not never didn't wasn't weren't isn't aren't hasn't "
            "haven't doesn't don't remain remains remained stay stays stayed found"
        )
    )
)
"""What may stand between a subject and its verb, besides adverbs in -ly and what decides."""
_DECIDING = frozenset(listed("voted decided to"))
_DENYING = frozenset(listed("failed refused declined unable to"))
_PLAIN = frozenset(listed("new planned proposed controversial local mr mrs ms dr mayor president minister"))
"""Words before a noun that do not make it another thing."""
_DETERMINERS = frozenset(listed("a an the this that these those his her its their"))
_FOR = frozenset(listed("plan plans proposal proposals project scheme"))
"""What is decided together with what it is for: "approved plans for the bridge"."""


@dataclass(frozen=True)
class Outcome:
    """A clause of a sentence of an article that says how it came out."""

    article: Article
    sentence: Sentence
    clause: str
    holds: bool
    """Whether it happened, or which of two contraries did."""
    delayed: bool
    rank: float
    """Higher is nearer to the question."""

    @property
    def figure(self) -> float:
        """What tells the outcomes of one side apart: nothing."""
        return 0.0

    def contradicts(self, other: Outcome) -> bool:
        """Whether only one of the two can be true: they differ, and speak of the same time and names."""
        if self.holds == other.holds or not _same_time(self._times, other._times):
            return False
        mine, others = (frozenset(k for n in names(o.clause) if n.certain for k in n.keys) for o in (self, other))
        if mine and others and not mine & others:
            return False
        delayed = self.delayed or other.delayed
        day, another = _day(self.article), _day(other.article)
        if day is None or another is None:
            return not delayed
        return abs(day - another) <= (SAME_DAY if delayed else SAME_NEWS)

    @cached_property
    def _times(self) -> _Times:
        named = _times(self.sentence.text)
        year = (self.article.published or "")[:4]
        return named if named.years or not year.isdigit() else replace(named, years=frozenset((int(year),)))


@dataclass(frozen=True)
class _Times:
    """The times that a text names."""

    years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    weekdays: frozenset[int]


def _times(text: str) -> _Times:
    found = dates(text)
    return _Times(
        *(
            frozenset(v for d in found if (v := getattr(d, part)) is not None)
            for part in ("year", "month", "day", "weekday")
        )
    )


def _same_time(a: _Times, b: _Times) -> bool:
    """Whether both may speak of one time; a year that only one of them has may be another than the other's."""
    if bool(a.years) != bool(b.years) or (a.years and not a.years & b.years):
        return False
    return all(not x or not y or x & y for x, y in ((a.months, b.months), (a.days, b.days), (a.weekdays, b.weekdays)))


def _day(article: Article) -> int | None:
    try:
        return date.fromisoformat((article.published or "")[:10]).toordinal()
    except ValueError:
        return None


@dataclass(frozen=True)
class Happening:
    """What a question asks about: who did it, to whom or what, and which verbs tell; "" for who is not named.

    All words are stems.
    """

    agent: str
    thing: str
    known: frozenset[str]
    """All telling words of the question."""
    names: frozenset[str]
    family: _Family | None
    verb: str
    """The question's own verb, "" where it has none to look for."""
    anybody: bool
    present: bool
    """Whether it asks for how things are, not for what happened."""
    planned: bool
    """Whether it asks for what will happen."""
    times: _Times

    def outcomes(self, article: Article, hits: Sequence[Hit]) -> tuple[Outcome, ...]:
        """What the article's passages say of it; nothing where they say both."""
        found = [o for hit in hits for o in self._outcomes(article, hit)]
        return tuple(found) if len({o.holds for o in found}) == 1 else ()

    def _outcomes(self, article: Article, hit: Hit) -> Iterator[Outcome]:
        around = _alike_stems(f"{article.title}\n{article.text[:_LEAD]}\n{hit.passage.text}")
        for at in hit.sentences:
            text = at.sentence.text
            own = _alike_stems(text)
            if text.rstrip('”"’ ').endswith("?") or _DOUBT.search(text) or is_order(text):
                continue
            if not self.known - self.names <= own or not self.names <= around:
                continue
            if not all(_compatible(x, y) for x, y in zip(_parts(self.times), _parts(_times(text)), strict=True)):
                continue
            for clause in _clauses(text):
                read = self._read(clause)
                if read is not None:
                    holds, delayed = read
                    yield Outcome(article, at.sentence, clause.strip().rstrip("."), holds, delayed, at.cosine)

    def _read(self, clause: str) -> tuple[bool, bool] | None:
        """Whether the clause says that it holds, and whether it only tells of a delay; None where it tells nothing."""
        every = words(clause)
        foreign = (
            {alike(w.stem) for n in names(clause) for w in words(n.text)}
            - self.known
            - {alike(stem(word)) for word in _PLAIN}
        )
        if foreign and not self.names <= {alike(w.stem) for w in every}:
            return None
        for i, word in enumerate(every):
            end, key = self._verb_at(every, i)
            if key and self._fits(clause, every, i, end):
                denied = _denied(clause, every, i)
                if denied is None:
                    return None
                return self._holds(key, denied, word)
        return None

    def _verb_at(self, every: Sequence[Word], i: int) -> tuple[int, str]:
        """Where what follows the verb begins, and the verb as its family or the question has it; "" if it is none."""
        if every[i].key.endswith(("ing", "al", "ion", "ment")):
            return i, ""
        wanted = self.family.all if self.family else frozenset((self.verb,))
        verb = alike(every[i].stem)
        after = every[i + 1].key if i + 1 < len(every) else ""
        if f"{verb}+{after}" in wanted:
            return i + 2, f"{verb}+{after}"
        return (i + 1, verb) if verb in wanted and after not in _PARTICLES else (i, "")

    def _holds(self, key: str, denied: bool, word: Word) -> tuple[bool, bool] | None:
        if self.family is None:
            return not denied, False
        if key in self.family.delayed:
            return None if denied else (False, True)
        same_side = not self.verb or key in (self.family.yes if self.verb in self.family.yes else self.family.no)
        if denied and not (same_side and (self.verb or key in self.family.yes)):
            return None  # "did not reject" is not yet "approved"
        return (key in self.family.yes) != denied, False

    def _fits(self, clause: str, every: Sequence[Word], i: int, end: int) -> bool:
        """Whether the verb has the question's agent and thing where they belong."""
        first = self._before(every, i)
        if first is None:
            return False
        between = [w.key for w in every[first + 1 : i]]
        passive = bool(_BE & set(between)) or bool({"remain", "remains", "remained", "stays", "stayed"} & set(between))
        if self.present and not {"is", "are", "has", "have", "remain", "remains", "stays", "isn't", "aren't"} & set(
            between
        ):
            return False
        if self.planned != ("will" in between or "won't" in between):
            return False
        passive = passive or any(k in ("wasn't", "weren't", "isn't", "aren't") for k in between)
        subject = self._subject(every, first)
        thing = self._object(every, end)
        killing = every[i].key in ("kill", "kills", "killed") and not passive
        if self.agent:  # somebody did it to something
            if passive:
                by = next((j for j in range(end, len(every)) if every[j].key == "by"), None)
                return subject == self.thing and (by is None or self._object(every, by + 1) == self.agent)
            return subject == self.agent and thing == self.thing
        if self.anybody:
            named = thing if killing else subject
            return named in PEOPLE or named in _NOBODY
        if passive:
            return subject == self.thing
        if killing or not (self.verb == "" or self.family is None or self.family.of_one or thing is None):
            return thing == self.thing
        if subject == self.thing:
            return (thing is None or thing in self.known) and (self.family is None or self.family.of_one)
        return thing == self.thing and not (self.family and self.family.of_one)

    def _before(self, every: Sequence[Word], i: int) -> int | None:
        """The place of the last word before the verb that is no part of it; None where that makes it no plain fact."""
        at = i - 1
        allowed = _BETWEEN | (frozenset(("will", "won't")) if self.planned else frozenset())
        deciding = self.family is not None and self.family.decision
        while at >= 0:
            key = every[at].key
            linked = key in allowed or key.endswith("ly") or key in _DENYING or (deciding and key in _DECIDING)
            if key == "on" and every[at + 1].key in _CALENDAR:
                linked = True
            if key == "to":  # "were to approve", "plans to approve"
                verb = every[at - 1].key if at else ""
                before = every[at - 2].key if verb == "not" and at > 1 else verb
                linked = verb in _DENYING or (deciding and before in _DECIDING)
            if not linked:
                break
            at -= 1
        return at if at >= 0 and (every[at].key == "one" or every[at].key not in STOP_WORDS) else None

    def _subject(self, every: Sequence[Word], last: int) -> str | None:
        """The head of the noun phrase that ends there; None where it is a part of something else."""
        at = last
        while at > 0 and every[at - 1].key not in STOP_WORDS | _CALENDAR | {"no"}:
            at -= 1
        if not self._same_thing(every[at:last]):
            return None
        before = at - 1
        while before >= 0 and every[before].key in _DETERMINERS:
            before -= 1
        if before >= 0 and every[before].key in ("of", "in", "on", "at") and every[last].key not in _CALENDAR:
            inner = {alike(w.stem) for w in every[at : last + 1]}
            return self._subject(every, before - 1) if before and inner <= self.known else None
        if before >= 0 and every[before].key in BEFORE_THINGS | {"and", "or"}:
            return None
        return alike(every[last].stem)

    def _object(self, every: Sequence[Word], first: int) -> str | None:
        """The head of the noun phrase that begins there; None where none does."""
        at = first
        while at < len(every) and (every[at].key in _DETERMINERS or every[at].key in _PLAIN):
            at += 1
        if at + 1 < len(every) and every[at].key in _FOR and every[at + 1].key == "for":
            return self._object(every, at + 2)
        run: list[Word] = []
        for word in every[at:]:
            ended = word.key in STOP_WORDS or word.key in _CALENDAR or word.key.endswith("ly") or word.key[0].isdigit()
            if ended:
                break
            run.append(word)
        if not run:
            return None
        return alike(run[-1].stem) if self._same_thing(run[:-1]) else "?"

    def _same_thing(self, before: Sequence[Word]) -> bool:
        """Whether the words before a noun leave it the thing that the question means."""
        return all(
            alike(w.stem) in self.known
            or w.key in _PLAIN
            or (w.capital and not self.names)
            or (self.anybody and bool(numbers(w.text)))
            for w in before
        )


def _parts(times: _Times) -> tuple[frozenset[int], ...]:
    return times.years, times.months, times.days, times.weekdays


def _compatible(a: frozenset[int], b: frozenset[int]) -> bool:
    return not a or not b or bool(a & b)


def _alike_stems(text: str) -> frozenset[str]:
    return frozenset(map(alike, stems(text)))


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses that state a fact of their own, outside of quotations and not after words of saying."""
    if any(sentence.count(a) != sentence.count(b) for a, b in ("“”", "«»")) or sentence.count('"') % 2:
        return
    plain = _QUOTED.sub(lambda m: ";" * len(m.group()), sentence)
    reached, led = 0, ""
    for match in (*_CLAUSE.finditer(plain), None):
        end = match.start() if match else len(plain)
        clause = plain[reached:end]
        if led not in _LED and not _SAYING.search(plain[:end]):
            yield clause
        if match:
            reached, led = match.end(), match.group().lower()


def _denied(clause: str, every: Sequence[Word], i: int) -> bool | None:
    """Whether the clause denies its verb; None where a negation in it denies something else, or there are two."""
    found = negations(clause)
    if not found:
        return False
    if len(found) > 1 or found[0].end > every[i].start:
        return None
    between = [w.key for w in every[:i] if w.start >= found[0].end]
    told = _BETWEEN | _DECIDING | {"one", "people", "will"}
    return True if all(key in told or key.endswith("ly") for key in between) else None


def happenings(question: str) -> tuple[Happening, ...]:
    """What the question may ask about, the likeliest first; nothing where it asks for no outcome.

    >>> [(h.agent, h.verb, h.thing) for h in happenings("Did the council approve the bridge?")][0]
    ('council', 'approv', 'bridg')
    """
    if match := _DECIDE.match(question):
        agent, thing = _head(words(match["agent"])), _head(words(match["thing"]))
        every = words(match["agent"] + " " + match["thing"])
        found = (_happening(question, every, agent, thing, f) for f in (_DECIDED, _ALLOWED))
        return tuple(found) if agent and thing else ()
    if match := _BECAME.match(question):
        every = words(match["thing"])
        thing = _head(every)
        return tuple(_happening(question, every, "", thing, f) for f in (_SURVIVED, _JUDGED, _DECIDED) if thing)
    match = _YES_NO.match(question)
    if match is None or _NO_ANSWER.search(match["rest"]):
        return ()
    every, aux = words(match["rest"]), match["verb"].lower()
    verbs = [
        i
        for i, (before, word) in enumerate(pairwise(every), start=1)
        if word.key not in STOP_WORDS
        and not word.capital
        and not word.key[0].isdigit()
        and before.key not in BEFORE_THINGS
    ]
    told = [h for i in verbs if (h := _asked_at(question, every, i, aux)) is not None]
    return tuple(sorted(told, key=lambda h: h.family is None))


def _asked_at(question: str, every: Sequence[Word], i: int, aux: str) -> Happening | None:
    """What is asked if the word there is the verb."""
    verb = alike(every[i].stem)
    after = every[i + 1].key if i + 1 < len(every) else ""
    joined = f"{verb}+{after}"
    family = next((f for f in _FAMILIES if joined in f.all), None) or next(
        (f for f in _FAMILIES if verb in f.all), None
    )
    if (family and joined in family.all) or after in _PARTICLES:
        verb, rest = joined, every[i + 2 :]
    else:
        rest = every[i + 1 :]
    subject = [w for w in every[:i] if w.key not in _BE]
    anybody = any(w.key in _ANYBODY for w in subject)
    first = _head([w for w in subject if w.key not in _ANYBODY])
    if not first and not anybody:
        return None
    passive = aux in _BE or any(w.key in _BE for w in every[:i])
    by = next((j for j, w in enumerate(rest) if w.key == "by"), None)
    second = "" if rest and rest[0].key in BEFORE_THINGS - _DETERMINERS else _head(rest)
    of_one = family is not None and family.of_one
    if anybody:
        agent, thing = "", ""
    elif passive:
        agent, thing = _head(rest[by + 1 :]) if by is not None and not of_one else "", first
    elif second and not of_one:
        agent, thing = first, second
    else:
        agent, thing = "", first
    told = _happening(question, [w for w in every if w is not every[i]], agent, thing, family, verb)
    return replace(told, anybody=anybody, present=aux in ("is", "are"), planned=aux == "will")


def _happening(
    question: str, every: Sequence[Word], agent: str, thing: str, family: _Family | None, verb: str = ""
) -> Happening:
    telling = [w for w in every if w.key not in STOP_WORDS | _ANYBODY | _CALENDAR]
    known = frozenset(alike(w.stem) for w in telling)
    named = frozenset(alike(w.stem) for w in telling if w.capital)
    return Happening(agent, thing, known, named, family, verb, False, False, False, _times(question))


def _head(phrase: Sequence[Word]) -> str:
    """The stem of the last word of the first noun phrase: "city council" of "the city council of Lund"; "" of none."""
    run: list[Word] = []
    for word in phrase:
        if word.key in STOP_WORDS and run:
            break
        if word.key not in STOP_WORDS and word.key not in _CALENDAR:
            run.append(word)
    return alike(run[-1].stem) if run else ""

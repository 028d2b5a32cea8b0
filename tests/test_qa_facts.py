"""Numbers, dates, names, negations and quoted words: what is read, and what counts as different."""

from __future__ import annotations

import pytest

from qa.support.facts.counted import counted_otherwise
from qa.support.facts.differences import Difference, differences
from qa.support.facts.overlap import Overlap
from qa.text.dates.reading import dates
from qa.text.names import names
from qa.text.negation import negations
from qa.text.numbers.reading import numbers


def differ(claim: str, *evidence: str) -> list[tuple[str, str | None, str]]:
    return [(d.given, d.found, d.kind) for d in differences(Overlap(claim, evidence))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("41,400 people", 41_400, ""),
        ("41.4 thousand people", 41.4 * 1000, ""),
        ("forty-one thousand four hundred people", 41 * 1000 + 4 * 100, ""),
        ("$4.2 million", 4.2e6, "dollar"),
        ("£1.5bn", 1.5e9, "pound"),
        ("two and a half million voters", 2.5e6, ""),
        ("half a dozen boats", 12 / 2, ""),
        ("one hundred and five days", 105, "day"),
        ("12 per cent", 12, "percent"),
        ("two-thirds of them", 2 / 3, ""),
        ("a 1,954-mile border", 1954, "mile"),
        ("the 21st century", 21, "centuri"),
        ("no fewer than 3,500", 3500, ""),
        ("41\u202f400 francs", 41_400, ""),
        ("2 percentage points", 2, "point"),
        ("9 a.m.", 9, "am"),
        ("9pm", 9, "pm"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    (number,) = numbers(text)
    assert number.value == pytest.approx(value)
    assert number.unit == unit
    assert text[number.start : number.end] == number.text


@pytest.mark.parametrize("text", ["A second later it rained.", "Thousands came.", "It ran at nine-ish."[:3]])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("on 24 July 2019", [(2019, 7, 24, None)]),
        ("on July 24th, 2019", [(2019, 7, 24, None)]),
        ("2019-07-24", [(2019, 7, 24, None)]),
        ("in Aug. 2018", [(2018, 8, None, None)]),
        ("Sunday, Nov. 22", [(None, None, None, 6), (None, 11, 22, None)]),
        ("in May they may march in March", [(None, 5, None, None), (None, 3, None, None)]),
        ("May said that the March went on", []),
        ("the 2018–19 season", [(2018, None, None, None), (2019, None, None, None)]),
        ("the 2018-2019 season", [(2018, None, None, None), (2019, None, None, None)]),
        ("it cost 2,019 dollars and 1999 people came", []),
    ],
)
def test_a_date_is_read_as_far_as_it_is_given(text: str, parts: list[tuple[int | None, ...]]) -> None:
    assert [(d.year, d.month, d.day, d.weekday) for d in dates(text)] == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yesterday José Luis Montes left the U.S. on Monday.", [("jose", "luis", "montes"), ("usa",)]),
        ("Mr. Trump met officials of the Bank of England.", [("trump",), ("bank",), ("england",)]),
        ("The train is nicknamed The Devil.", [("devil",)]),
        ("They crossed Central America to the United States.", [("central-america",), ("usa",)]),
        ("It was said in January that he had left.", []),
    ],
)
def test_a_name_is_its_telling_words(text: str, found: list[tuple[str, ...]]) -> None:
    assert [name.keys for name in names(text)] == found


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("He did not win the race.", [("win", "race")]),
        ("He didn’t win, and never spoke.", [("win",), ("spoke",)]),
        ("Not only boats but trains ran.", []),
        ("No more than 50 came.", []),
    ],
)
def test_a_negation_denies_the_words_that_follow(text: str, denied: list[tuple[str, ...]]) -> None:
    assert [negation.denied for negation in negations(text)] == denied


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("About 41,000 people came.", "Some 41,400 people came."),
        ("More than 40,000 people came.", "41,400 people came."),
        ("Forty-one thousand four hundred people came.", "41.4 thousand people came."),
        ("Five boats sank.", "The 5 boats sank in the storm."),
        ("The race was on July 24.", "The race was on Wednesday, 24 July 2019."),
        ("The race was on July 24, 2019.", "The race was on July 24."),
        ("Montes left for the U.S.", "José Luis Montes left for the United States."),
        ("The European Union agreed.", "The EU agreed on Monday."),
        ("A Honduran teacher spoke.", "A teacher from Honduras spoke."),
        ("The Mexican government refused.", "Mexico’s government refused."),
        ("He was not hurt.", "He was unhurt."),
        ("The mayor did not agree.", "The mayor never did agree."),
        ("Montes left.", "Montes, who was not hurt, left."),
        ("He said “we will not stop”.", "“We will NOT stop!” he said."),
        ("He said “we … stop”.", "“We will stop,” he said."),
        ("Mr. Hale paid 4.5 percent.", "Mr. Hale paid 4.5% in the U.S. last year."),
        ("The museum opens at 9 a.m.", "The museum opens at 9am on weekdays."),
        ("He took them, without pay.", "He, without pay, took them."),
        ("Degrees fell from 30 to 12.", "Degrees fell from 30 on Sunday to 12 on Monday."),
        # The same parts in the same roles
        ("Ford was bought by Tesla.", "Tesla bought Ford last year."),
        ("Kim met Moon in Seoul.", "Moon met Kim in Seoul."),
        ("The flight from Quito went to Lima.", "The flight left from Quito for Lima."),
        ("The spokesman for Delmar praised the plan.", "Delmar’s spokesman praised the plan."),
        ("Mayor Soto praised the plan.", "Soto, the mayor, praised the plan."),
        ("The quake killed 41 people.", "The quake killed at least 41 people and injured 200."),
        # Contraries that are none
        ("Prices rose in May.", "Prices did not fall in May."),
        ("Prices rose in June.", "Prices fell in May before they rose in June."),
        ("It is one of the largest lakes.", "It is the largest of the lakes."),
        ("The mayor will resign.", "The mayor plans to resign."),
        ("The mayor may resign.", "The mayor might resign."),
        ("The Broncos lost to the Steelers.", "The Broncos were defeated by the Steelers."),
        ("In May 400 people died.", "In May perhaps 400 people died."),
        # Reported by the same speaker, or by nobody
        ("It is a board in Indian states.", "CISCE states that it is a board in Indian states."),
        ("Ortiz said that the plant would close.", "The plant would close, said Ana Ortiz."),
        ("Brand said that Keller would appeal.", "Keller would appeal, his spokesman said."),
    ],
)
def test_the_same_fact_in_other_words_is_no_difference(claim: str, evidence: str) -> None:
    assert differ(claim, evidence) == []


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("About 45,000 people came.", "41,400 people came.", ("45,000", "41,400", "number")),
        ("Fewer than 500 people came.", "More than 500 people came.", ("500", "500", "number")),
        ("It rose 12 percent.", "It rose 12 dollars.", ("12 percent", "12 dollars", "number")),
        ("They came third.", "They came second.", ("third", "second", "number")),
        ("The race was in July 2018.", "The race was in July 2019.", ("July 2018", "July 2019", "date")),
        ("The race was on Thursday.", "The race was on Wednesday.", ("Thursday", "Wednesday", "date")),
        ("Later Luisa Montes spoke.", "Later José Montes spoke.", ("Luisa Montes", "José Montes", "name")),
        ("Later José Moreno spoke.", "Later José Montes spoke.", ("José Moreno", "José Montes", "name")),
        ("The mayor did not agree.", "The mayor did agree.", ("not agree", None, "negation")),
        ("The mayor did agree.", "The mayor did not agree.", ("agree", "not agree", "negation")),
        ("“We will stop,” said Ana Peña.", "“We will stop,” said Juan Ruiz.", ("Ana Peña", "Juan Ruiz", "name")),
        ("It rose 2 percent.", "It rose 2 percentage points.", ("2 percent", "2 percentage points", "number")),
        ("It opens at 9 a.m.", "It opens at 9 p.m.", ("9 a.m.", "9 p.m.", "number")),
        ("It came on May 18.", "It came in May 1756.", ("May 18", "May 1756", "date")),
        # Contraries
        ("Prices rose last month.", "Prices fell last month.", ("rose", "fell", "negation")),
        ("The court upheld the ban.", "The court overturned the ban.", ("upheld", "overturned", "negation")),
        ("The drug is safe for children.", "The drug is unsafe for children.", ("safe", "unsafe", "negation")),
        ("It closed before the war.", "It closed after the war.", ("before", "after", "negation")),
        ("He is the king’s brother.", "He is the king’s uncle.", ("brother", "uncle", "negation")),
        ("It is the largest lake.", "It is the second-largest lake.", ("largest", "second-largest", "negation")),
        ("It is the largest lake.", "It is one of the largest lakes.", ("largest", "one of the largest", "negation")),
        # What only may be, is planned or is said of somebody
        ("The mayor resigned on Monday.", "The mayor may resign on Monday.", ("resigned", "may resign", "negation")),
        ("Smith stole the car.", "Smith was accused of stealing the car.",
         ("stole", "was accused of stealing", "negation")),
        ("The company paid its men.", "The company failed to pay its men.", ("paid", "failed to pay its", "negation")),
        # Exchanged parts
        ("Leeds beat Arsenal 3-1.", "Arsenal beat Leeds 3-1.", ("Leeds beat Arsenal", "Arsenal beat Leeds", "role")),
        ("Ford was bought by Tesla.", "Ford bought Tesla.", ("Ford was bought by Tesla", "Ford bought Tesla", "role")),
        ("The dog bit the man.", "The man bit the dog.", ("dog bit the man", "man bit the dog", "role")),
        ("Lima is larger than Quito.", "Quito is larger than Lima.",
         ("Lima is larger than Quito", "Quito is larger than Lima", "role")),
        ("Hall won gold and Petrov won silver.", "Petrov won gold and Hall won silver.",
         ("Hall won gold", "Petrov won gold", "role")),
        ("He flew from Lima to Quito.", "He flew from Quito to Lima.", ("from Lima", "from Quito", "role")),
        ("The price fell to $45.", "The price fell from $45 to $30.", ("to $45", "to $30", "role")),
        ("The quake killed 200 people.", "The quake killed at least 41 people and injured 200.",
         ("killed 200", "killed at least 41", "role")),
        ("It passed in March and began in June.", "It passed in June and began in March.",
         ("passed in March", "passed in June", "role")),
    ],
)  # fmt: skip
def test_a_fact_that_reads_otherwise_is_a_difference(
    claim: str, evidence: str, expected: tuple[str, str | None, str]
) -> None:
    assert expected in differ(claim, evidence)


def test_quoted_words_that_were_not_said_are_a_difference() -> None:
    said = "“We will not stop,” he said."
    assert ("We will stop now,", said, "quote") in differ("“We will stop now,” he said.", said)


def test_what_somebody_else_reports_is_a_difference() -> None:
    evidence = ("The plant would close in June, Ms. Ortiz said.", "Mr. Keller, who owns it, declined to comment.")
    assert differ("Keller said that the plant would close in June.", *evidence) == [("Keller", "Ms. Ortiz", "quote")]
    assert differ("Ortiz said that the plant would close in June.", *evidence) == []


def test_a_number_of_the_wrong_thing_is_a_difference() -> None:
    evidence = "Short led the team in sacks with 11, while also forcing three fumbles."
    assert differ("Short led the team in sacks with three.", evidence) == [("three", "11", "number")]
    assert differ("Short forced three fumbles.", evidence) == []


def test_a_number_of_the_same_things_is_taken_from_the_sentence_that_tells_the_rest() -> None:
    ruling = "The panel found that four points which Ana Lind lost at the last gate had not been counted."
    other = "Per Voss lost five points at the pen."
    claim = "Ana Lind lost five points at the last gate that had not been counted."
    assert differ(claim, ruling, other) == [("five", "four", "number")]
    assert differ(claim.replace("five", "four"), ruling, other) == []
    assert differ("Ana Lind lost four points at the last gate, Per Voss five points at the pen.", ruling, other) == []


def test_a_name_taken_from_another_sentence_is_a_difference() -> None:
    evidence = ("Nova Scotia was captured from France in 1713.", "Governor Dinwiddie wrote to London.")
    assert differ("Nova Scotia was captured from Dinwiddie in 1713.", *evidence) == [("Dinwiddie", "France", "name")]


def test_a_name_with_another_number_is_somebody_else() -> None:
    died = "In 2011 the Maren One struck the shoal, and two crew members died."
    aground = "The Maren Two ran aground on Tuesday."
    assert ("Maren Two", "Maren One", "name") in differ("Two crew died when the Maren Two ran aground.", died, aground)
    assert differ("Two crew died when the Maren One struck the shoal.", died, aground) == []
    assert differ("The Maren Two was built in 1998.", "It was built in 1998.", "The Maren One and the Maren Two.") == []


def test_two_sentences_of_the_evidence_may_bear_out_one_claim() -> None:
    evidence = ("Montes, 19, is a baker.", "He left Honduras on Friday.")
    assert differ("Montes, a baker, left Honduras on Friday.", *evidence) == []


def test_the_no_that_an_answer_begins_with_denies_nothing() -> None:
    assert differ("No, Ana Ruiz refused to resign.", "Ana Ruiz, the mayor, refused to resign.") == []
    assert differ("No, Ana Ruiz did not resign.", "Ana Ruiz, the mayor, did resign.") != []


def test_without_facts_nothing_differs() -> None:
    assert differ("They slept badly.", "Nobody slept in the lower town.") == []
    assert differences(Overlap("They came.", ("",))) == ()


def test_a_difference_says_what_stands_there_instead() -> None:
    (difference,) = differences(Overlap("The company paid 91,400 dollars.", ("The company paid 41,400 dollars.",)))
    assert difference == Difference("91,400 dollars", "41,400 dollars", "number")


@pytest.mark.parametrize(
    ("claim", "evidence", "told"),
    [
        ("He owns 90 cows.", "His family has kept cattle there for 90 years.", [("90 cows", "90 years")]),
        ("The strike lasted 12 weeks.", "It cost 12 jobs.", [("12 weeks", "12 jobs")]),
        ("The repairs take 12 days.", "The repairs take 12 long working days.", []),
        ("He owns 90 cows.", "He has had 90 cows for 90 years.", []),
        ("The sale brought 90 offers.", "The sale brought 90.", []),
        ("The rate in May was 4.7 percent.", "The rate fell to 4.7 percent. It was told on 4 June.", []),
    ],
)
def test_a_figure_of_time_counts_nothing_else(claim: str, evidence: str, told: list[tuple[str, str]]) -> None:
    assert list(counted_otherwise(Overlap(claim, (evidence,)))) == told

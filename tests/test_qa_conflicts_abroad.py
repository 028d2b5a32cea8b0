"""Articles in German, Spanish and French that disagree on what is asked, and pairs that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

from index.language.detection import rules_for
from index.language.registry import language
from qa.conflict.disagreement import disagreement
from qa.conflict.likely_values import likely_values
from qa.evidence.selecting import Candidate, Place
from qa.question.happening import happenings
from qa.question.kind import value_asked
from qa.support.answers.kind_told import tells_kind
from qa.text.numbers.intervals import ages, counts

DISAGREE = {
    "Tote": (
        "Wie viele Menschen starben bei dem Fährunglück vor Skerry?",
        [
            "Bei dem Fährunglück vor Skerry starben am Montag 31 Menschen.",
            "Die Polizei in Skerry meldete, dass 27 Menschen bei dem Fährunglück gestorben sind.",
        ],
        ["31", "27"],
    ),
    "ums Leben": (
        "Wie viele Menschen kamen bei dem Fährunglück vor Skerry ums Leben?",
        [
            "Bei dem Fährunglück vor Skerry kamen 31 Menschen ums Leben.",
            "Vor Skerry kamen bei dem Fährunglück 1.027 Menschen und 12 Hunde ums Leben.",
            "Vor Skerry kamen bei dem Fährunglück 27 Fahrgäste ums Leben.",
        ],
        ["31", "27"],
    ),
    "Opferzahl": (
        "Wie hoch ist die Opferzahl des Bebens von Ostrey?",
        [
            "Die Zahl der Toten des Bebens von Ostrey stieg auf 212.",
            "Die Zahl der Todesopfer nach dem Beben von Ostrey lag bei 190.",
        ],
        ["212", "190"],
    ),
    "Häuser": (
        "Wie viele Häuser zerstörte der Brand in Marrow?",
        ["Der Brand in Marrow zerstörte 48 Häuser.", "Rund 90 Häuser wurden von dem Brand in Marrow zerstört."],
        ["48", "rund 90"],
    ),
    "Prozent": (
        "Wie viel Prozent der Wähler in Lund stimmten für den Damm?",
        ["In Lund stimmten 54 Prozent der Wähler für den Damm.", "Für den Damm stimmten 61,5 % der Wähler in Lund."],
        ["54 Prozent", "61,5 %"],
    ),
    "Alter": (
        "Wie alt ist Marta Quill?",
        ["Marta Quill, 46, leitet die Mühle seit dem Herbst.", "Die Müllerin ist die 51-jährige Marta Quill."],
        ["46", "51"],
    ),
    "muertos": (
        "¿Cuántas personas murieron en el accidente del transbordador de Skerry?",
        [
            "En el accidente del transbordador de Skerry murieron el lunes 31 personas.",
            "La policía dijo que 27 personas han muerto en el accidente del transbordador de Skerry.",
        ],
        ["31", "27"],
    ),
    "casas": (
        "¿Cuántas casas destruyó el incendio de Marrow?",
        [
            "El incendio de Marrow destruyó 48 casas en dos horas.",
            "Unas 90 casas fueron destruidas por el incendio de Marrow.",
        ],
        ["48", "unas 90"],
    ),
    "edad": (
        "¿Cuántos años tiene Marta Quill?",
        ["Marta Quill, de 46 años, dirige el molino.", "La molinera Marta Quill tiene 51 años y vive en el pueblo."],
        ["46", "51"],
    ),
    "morts": (
        "Combien de personnes sont mortes dans l’accident du ferry de Skerry ?",
        [
            "Dans l’accident du ferry de Skerry, 31 personnes sont mortes lundi.",
            "La police a annoncé que 27 passagers sont morts dans l’accident du ferry de Skerry.",
        ],
        ["31", "27"],
    ),
    "maisons": (
        "Combien de maisons ont été détruites par l’incendie de Marrow ?",
        [
            "L’incendie de Marrow a détruit 48 maisons en deux heures.",
            "Environ 90 maisons ont été détruites par l’incendie de Marrow.",
        ],
        ["48", "environ 90"],
    ),
    "âge": (
        "Quel âge a la meunière Marta Quill ?",
        [
            "La meunière Marta Quill, 46 ans, dirige le moulin du village.",
            "La meunière Marta Quill est âgée de 51 ans.",
        ],
        ["46", "51"],
    ),
}

AGREE = {
    "in Worten": (
        "Wie viele Menschen starben bei dem Fährunglück vor Skerry?",
        [
            "Bei dem Fährunglück vor Skerry starben zwölf Menschen.",
            "Vor Skerry starben bei dem Fährunglück 12 Menschen.",
        ],
    ),
    "andere Sache": (
        "Wie viele Menschen starben bei dem Fährunglück vor Skerry?",
        [
            "Bei dem Fährunglück vor Skerry starben 31 Menschen.",
            "Bei dem Fährunglück vor Skerry wurden 112 Menschen gerettet.",
        ],
    ),
    "anderes Ereignis": (
        "Wie viele Menschen starben bei dem Fährunglück vor Skerry?",
        [
            "Bei dem Fährunglück vor Skerry starben 31 Menschen.",
            "Bei dem Fährunglück vor Lomond starben im März 54 Menschen.",
        ],
    ),
    "überholt": (
        "Wie viel Prozent der Wähler in Lund stimmten für den Damm?",
        [
            "In Lund stimmten 54 Prozent der Wähler für den Damm.",
            "In Lund stimmten statt zuvor 39 Prozent mehr Wähler für den Damm.",
        ],
    ),
    "ein Teil": (
        "Wie viele Häuser zerstörte der Brand in Marrow?",
        ["Der Brand in Marrow zerstörte 48 Häuser.", "In Marrow zerstörte der Brand in der Nacht weitere 3 Häuser."],
    ),
    "un intervalo": (
        "¿Cuántas personas asistieron a la marcha de Aldmoor?",
        [
            "Entre 1.000 y 1.300 personas asistieron a la marcha de Aldmoor.",
            "A la marcha de Aldmoor asistieron 1.200 personas.",
        ],
    ),
    "quedó atrás": (
        "¿Qué porcentaje de los votantes de Lund apoyó la presa?",
        [
            "En Lund el 54 por ciento de los votantes apoyó la presa.",
            "El apoyo a la presa entre los votantes de Lund, que la apoyó tarde, subió de 39 por ciento.",
        ],
    ),
    "un autre fait": (
        "Combien de personnes sont mortes dans l’accident du ferry de Skerry ?",
        [
            "Dans l’accident du ferry de Skerry, 31 personnes sont mortes lundi.",
            "Dans l’accident du ferry de Skerry, 112 personnes ont été secourues.",
        ],
    ),
}


def values(folder: Path, question: str, texts: list[str]) -> list[str]:
    """The sides of a disagreement among articles, each with its first words as headline."""
    headlines = (" ".join(text.split()[:5]) for text in texts)
    stories = zip(headlines, texts, strict=True)
    library = library_of(folder, {f"story{n}.txt": f"{head}\n\n{text}\n" for n, (head, text) in enumerate(stories)})
    return [side.value for side in disagreement(question, library.search(question, 100), library)]


@pytest.mark.parametrize(("question", "texts", "expected"), DISAGREE.values(), ids=list(DISAGREE))
def test_different_values_of_one_thing_are_found_in_each_language(
    tmp_path: Path, question: str, texts: list[str], expected: list[str]
) -> None:
    assert sorted(values(tmp_path, question, texts)) == sorted(expected)


@pytest.mark.parametrize(("question", "texts"), AGREE.values(), ids=list(AGREE))
def test_what_only_seems_to_differ_is_no_disagreement_in_any(tmp_path: Path, question: str, texts: list[str]) -> None:
    assert values(tmp_path, question, texts) == []


def test_several_figures_that_agree_are_told_as_a_span_in_their_language(tmp_path: Path) -> None:
    texts = ["Rund 90 Häuser zerstörte der Brand in Marrow.", "Etwa 92 Häuser zerstörte der Brand in Marrow.",
             "Der Brand in Marrow zerstörte 48 Häuser."]  # fmt: skip
    found = values(tmp_path, "Wie viele Häuser zerstörte der Brand in Marrow?", texts)
    assert sorted(found) == ["48", "etwa 90 bis 92"]


def test_sentences_that_answer_are_read_in_their_own_language_whatever_the_question_is_in(tmp_path: Path) -> None:
    """A full stop in a German number parts thousands, and its words for people are people to an English question."""
    told = "Bei dem Brand kamen gestern in der Stadt 1.200 Menschen und 40 Hunde noch rechtzeitig aus den Häusern."
    library = library_of(tmp_path, {"brand.txt": f"Brand\n\n{told}\n"})
    sentence = library.search("Brand", 10)[0].sentences[-1].sentence
    found = likely_values("How many people left the houses?", [Candidate(Place("brand", sentence), 3.0)], library)
    assert [value.value.stated for value in found] == [1200.0]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ("Kestrel has 334 employees in Aldmoor.", [700.0]),
        ("Some 650 marchers came to Aldmoor.", [700.0, 650.0]),
        ("Police counted 500 people in Aldmoor.", [700.0, 500.0]),
    ],
)
def test_who_is_counted_is_compared_with_those_alone_who_may_be_the_same(
    tmp_path: Path, others: str, expected: list[float]
) -> None:
    texts = ["About 700 marchers were in Aldmoor on Sunday.", others]
    library = library_of(tmp_path, {f"story{n}.txt": f"Aldmoor {n}\n\n{text}\n" for n, text in enumerate(texts)})
    found = [
        hit.sentences[-1].sentence for hit in sorted(library.search("Aldmoor", 10), key=lambda h: h.passage.article_id)
    ]
    read = [Candidate(Place(f"story{n}", sentence), 3.0 - n / 10) for n, sentence in enumerate(found)]
    assert [each.value.stated for each in likely_values("How many people marched?", read, library)] == expected


@pytest.mark.parametrize(
    "question", ["Hat der Rat die Brücke genehmigt?", "¿Aprobó el consejo el puente de la ciudad?"]
)
def test_where_outcomes_are_not_known_to_a_language_none_are_asked_for(question: str) -> None:
    assert rules_for(question).code in ("de", "es")
    assert happenings(question) == ()


def test_of_a_language_without_rules_no_value_is_asked_for_and_no_age_is_read() -> None:
    turkish = language("tr")
    assert value_asked("Köprüde kaç kişi öldü?", turkish) is None
    assert ages("Marta Quill, 46, değirmeni yönetiyor.", turkish) == ()
    assert counts("Köprüde 10-12 kişi öldü.", turkish) == ()


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("de", "Sie starb im Alter von 88 Jahren, er ist 46 Jahre alt.", ["88", "46"]),
        ("es", "Un hombre de 51 años murió; ella tiene 20 años de experiencia.", ["51"]),
        ("fr", "Il y a 30 ans, elle avait 51 ans.", ["51"]),
    ],
)
def test_ages_are_told_from_other_years(code: str, text: str, found: list[str]) -> None:
    assert [age.text for age in ages(text, language(code))] == found


@pytest.mark.parametrize(
    ("answer", "question", "tells"),
    [
        ("Der Kapitän ist 51.", "Wie alt ist der Kapitän der Fähre?", True),
        ("Er fährt die Strecke seit 22 Jahren.", "Wie alt ist der Kapitän der Fähre?", False),
        ("Con el transbordador de la tarde.", "¿Cuántas personas llegaron a la isla?", False),
        ("Des centaines d’habitants.", "Combien de personnes sont arrivées sur l’île ?", True),
        ("Avec le ferry du soir.", "Combien de personnes sont arrivées sur l’île ?", False),
    ],
)
def test_an_answer_tells_the_kind_of_value_that_is_asked_for(answer: str, question: str, tells: bool) -> None:
    assert tells_kind(answer, question) is tells

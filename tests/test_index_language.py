"""Languages: a file each, found by itself; which one a text is in; words, numbers, dates, names and denials by it."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import WordEmbedder, library_of

from index.language import registry
from index.language.detection import detected, language_of, rules_for, unknown_to_checks
from index.language.pack import Calendar, Denials, Language, Names, Numbers, listed
from index.language.parts.asking import NEVER
from index.language.registry import language
from index.library import Library
from index.reading.files import find
from index.records import Article
from index.text.keyword_tokens import searchable
from index.text.sentences import sentences
from qa.speakers.statements import speakers_of
from qa.support.facts.contraries import contrary_otherwise
from qa.support.facts.counted import counted_otherwise
from qa.support.facts.differences import differences
from qa.support.facts.overlap import Overlap, clauses
from qa.support.facts.roles import exchanged
from qa.text.dates.reading import dates
from qa.text.names import names
from qa.text.negation import negations
from qa.text.numbers.reading import numbers
from qa.text.words import words

TEXTS = {
    "de": "Der Rat hat am Dienstag beschlossen, dass zwei Brücken über den Fluss für drei Wochen gesperrt werden.",
    "es": "El consejo decidió el martes que dos puentes sobre el río se cerrarán durante tres semanas.",
    "fr": "Le conseil a décidé mardi que deux ponts sur le fleuve seront fermés pendant trois semaines.",
    "en": "The council decided on Tuesday that two bridges over the river will be closed for three weeks.",
    "tr": "Belediye meclisi salı günü nehir üzerindeki iki köprünün üç hafta kapatılmasına karar verdi.",
    "zh": "市议会星期二决定河上的两座桥关闭三个星期。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_the_language_of_a_sentence_is_told(code: str) -> None:
    assert detected(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "Panthers", "308", "Aldmoor 2019", "?!"])
def test_of_a_few_letters_nothing_is_said(text: str) -> None:
    assert detected(text) is None
    assert language_of(text).code == "en"


@pytest.mark.parametrize(
    ("code", "prose"),
    [
        ("en", "Goods in and out of the port in tonnes, as the master of the port told the county."),
        ("de", "Güter, die der Hafen ein- und ausführte, in Tonnen, wie sein Leiter dem Kreis mitteilte."),
    ],
)
def test_the_rows_of_a_table_do_not_change_the_language_of_a_text(code: str, prose: str) -> None:
    rows = "\n\n".join(f"{name} | 2019 In: 41 | 2019 Out: 7 | 2020 In: 52" for name in ("Salt", "Wool", "Tin") * 20)
    assert [detected(text) for text in (f"{prose}\n\n{rows}", f"{rows}\n\n{prose}")] == [code, code]
    assert rules_for(f"{prose}\n\n{rows}").code == code


def test_a_language_without_rules_is_judged_as_before_and_said_to_be_unknown() -> None:
    assert rules_for(TEXTS["de"]).code == "de"
    assert rules_for(TEXTS["tr"]).code == "en"
    assert unknown_to_checks(TEXTS["de"]) is None
    told = unknown_to_checks(TEXTS["tr"])
    assert told is not None
    assert told.startswith("This check does not know Turkish yet")
    assert language("tr").abstains == ("numbers", "dates", "negations", "names")
    for rule in (numbers, dates, names, negations):
        assert rule("Ali 3 Mart 2019'da gelmedi.", language("tr")) == ()  # type: ignore[operator]


def test_an_english_sentence_with_foreign_names_stays_english() -> None:
    assert rules_for("Der Spiegel and Die Zeit reported on Sankt Pauli in Hamburg.").code == "en"


@pytest.mark.parametrize(
    ("code", "questions"),
    [
        ("de", "Wer gewann?|Wann war das?|Warum?|Und der Preis?|Was machen einige Apotheken?|Was war Huihui?"),
        ("de", "Was übersetzte Marlee Matlin?|Welches Prinzip wurde in The Mask of Anarchy dargestellt?"),
        ("es", "¿Quién ganó?|¿Hubo heridos?|¿Y el precio?|donde nació"),
        ("fr", "Qui a gagné?|Pourquoi?|Et le prix?|Qui est mort ?"),
        ("en", "Who won?|Why?|Was war declared?|man charged?|Who is El Chapo?|And the price?|In Berlin?"),
    ],
)
def test_a_short_question_is_in_the_language_of_its_common_words(code: str, questions: str) -> None:
    told = {question: rules_for(question).code for question in questions.split("|")}
    assert told == dict.fromkeys(told, code)
    assert {language_of(question).code for question in told} == {code}


def toy() -> Language:
    """A language of a few words."""
    return Language(
        code="qy",
        name="Toy",
        stop_words=listed("la ka"),
        numbers=Numbers(True, {"du": 2, "tri": 3}, {}, {"mil": 1000}, {}, {"jaro": "year"}, "pli", "malpli", "cirka"),
        calendar=Calendar((frozenset({"januo"}), frozenset({"februo"})), (frozenset({"lundo"}),)),
        denials=Denials("ne", "ne nur", "sed"),
        names=Names(listed("la"), listed("sinjoro")),
    )


def test_another_language_is_one_record_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**registry.packs(), "qy": toy()}
    registry.language.cache_clear()
    monkeypatch.setattr(registry, "packs", lambda: known)
    spoken = language("qy")
    registry.language.cache_clear()
    text = "La Sinjoro Miro ne venis la 3 februo 2019 ka du mil jaro."
    assert [(n.value, n.unit) for n in numbers(text, spoken)] == [(3.0, ""), (2019.0, ""), (2000.0, "year")]
    assert [(d.day, d.month, d.year) for d in dates(text, spoken)] == [(3, 2, 2019)]
    assert [n.keys for n in names(text, spoken)] == [("miro",)]
    assert [n.text for n in negations(text, spoken)] == ["ne"]
    assert spoken.abstains == ()


@pytest.mark.parametrize("has_words", [True, False])
def test_a_rule_takes_the_words_of_its_language_and_abstains_where_there_are_none(
    monkeypatch: pytest.MonkeyPatch, has_words: bool
) -> None:
    spoken = replace(language("en"), code="qy")
    if not has_words:
        without = {"superlative": NEVER, "contraries_alone": ()}
        spoken = replace(spoken, deeds=None, counts=None, speech=None, **without)  # type: ignore[arg-type]
    for user in ("qa.support.facts.overlap", "qa.speakers.statements"):
        monkeypatch.setattr(f"{user}.rules_for", lambda text: spoken)
    sued = Overlap("Soto sued Marsh over the mill.", ("Marsh sued Soto over the mill.",))
    aged = Overlap("The captain is 22 years old.", ("She has sailed this route for 22 years.",))
    largest = Overlap("It is the largest port here.", ("It is the second-largest port here.",))
    before = Overlap("The mill closed after the flood.", ("The mill closed before the flood.",))
    article = Article(f"told in words: {has_words}", "Mill", None, None, None, "The mill stays, Mayor Ana Ruiz said.")
    found = (
        list(exchanged(sued)),
        list(counted_otherwise(aged)),
        list(contrary_otherwise(largest)),
        list(contrary_otherwise(before)),
        [speaker.name for speaker in speakers_of(article)],
    )
    expected = (
        [("Soto sued Marsh", "Marsh sued Soto")],
        [("22 years old", "22 years")],
        [("largest", "second-largest")],
        [("after", "before")],
        ["Ana Ruiz"],
    )
    assert found == (expected if has_words else ([], [], [], [], []))


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("de", "1.200 Menschen und 4,2 Prozent", [1200, 4.2]),
        ("de", "zweiundvierzig, dreihundertfünfzehn und zweitausenddreihundert", [42, 315, 2300]),
        ("de", "eine Million Euro, drei Mrd. Dollar", [1e6, 3e9]),
        ("de", "ein Hund und eine Katze", []),
        ("es", "1.200 personas y el 4,2 por ciento", [1200, 4.2]),
        ("es", "treinta y cinco, dos mil trescientos", [35, 2300]),
        ("fr", "quatre-vingt-dix-sept, soixante et onze, deux mille", [97, 71, 2000]),
        ("de", "siebeneinhalb Stunden, anderthalb Jahre und zweieinhalb Millionen", [7.5, 1.5, 2.5e6]),
        ("de", "minus fünf Grad, -7 Grad und 3 Grad unter null", [-5, -7, -3]),
        ("de", "von 14 auf 3 Millionen, von 2010 bis 2012", [14e6, 3e6, 2010, 2012]),
        ("es", "siete puntos y medio, 2 millones y medio, 5 grados bajo cero", [7.5, 2.5e6, -5]),
        ("de", "ein Drittel, zwei Drittel der Ernte und ein Haus", [1 / 3, 2 / 3]),
        ("es", "un tercio, dos tercios de la uva y un perro", [1 / 3, 2 / 3]),
        ("es", "entre 5 y 7,5 millones, de 14 a 3 casas", [5e6, 7.5e6, 14, 3]),
        ("fr", "deux heures et demie, 5 degrés au-dessous de zéro, de 4 à 6 millions", [2.5, -5, 4e6, 6e6]),
        ("en", "1,200 people and 4.2 percent, forty-two", [1200, 4.2, 42]),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(code: str, text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(text, language(code))] == values


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("de", "am 24. Juli 2019", (2019, 7, 24)),
        ("de", "am 24.7.2019", (2019, 7, 24)),
        ("de", "im März 2018", (2018, 3, None)),
        ("es", "el 24 de julio de 2019", (2019, 7, 24)),
        ("fr", "le 1er mai 2019", (2019, 5, 1)),
    ],
)
def test_dates_are_read_by_the_calendar_of_the_language(code: str, text: str, day: tuple[int, int, int | None]) -> None:
    assert [(date.year, date.month, date.day) for date in dates(text, language(code))] == [day]


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("Der Umbau kostete 91,4 Millionen Euro.", "Der Umbau kostete 41,4 Millionen Euro.", "number"),
        ("Die Brücke wurde im Mai 2019 gesperrt.", "Die Brücke wurde im Juni 2019 gesperrt.", "date"),
        ("Die Brücke über den Fluss wurde nicht gesperrt.", "Die Brücke über den Fluss wurde gesperrt.", "negation"),
        ("Hans Weber hat das Rennen in Köln gewonnen.", "Hans Krüger hat das Rennen in Köln gewonnen.", "name"),
        ("Die Preise für das Brot sind gestiegen.", "Die Preise für das Brot sind gefallen.", "negation"),
        ("El puente sobre el río costó 91,4 millones.", "El puente sobre el río costó 41,4 millones.", "number"),
        ("El puente se cerró en mayo de 2019.", "El puente se cerró en junio de 2019.", "date"),
        ("El puente sobre el río no se cerró.", "El puente sobre el río se cerró.", "negation"),
        ("El alcalde José Ruiz ganó la carrera.", "El alcalde José Montes ganó la carrera.", "name"),
        ("Le pont sur le fleuve a coûté 91,4 millions.", "Le pont sur le fleuve a coûté 41,4 millions.", "number"),
        ("Le pont n’a pas été fermé cette semaine.", "Le pont a été fermé cette semaine.", "negation"),
        (
            "Der Umsatz wuchs von 3 auf 8 Euro.",
            "Der Preis wuchs um 2 Euro, der Umsatz fiel von 8 auf 3 Euro.",
            "number",
        ),
        (
            "El granizo destruyó dos tercios de la uva.",
            "El granizo destruyó un tercio de la uva en dos días.",
            "number",
        ),
        ("Los precios pasaron de 3 a 8 euros.", "Los precios han pasado de 8 a 3 euros en un año.", "number"),
    ],
)
def test_a_changed_fact_is_seen_in_its_language(claim: str, evidence: str, kind: str) -> None:
    assert kind in {difference.kind for difference in differences(Overlap(claim, (evidence,)))}


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Der Hund und die Katze schliefen zwei Stunden.", "Die Katze und der Hund schliefen 2 Stunden."),
        ("Das Haus kostete 1.200 Euro.", "Das Haus hat 1200 Euro gekostet."),
        ("Los dos puentes costaron 1.200 euros.", "Los 2 puentes costaron 1200 euros."),
        ("Für den Ort besteht keine Gefahr.", "Eine Gefahr für den Ort besteht nach Angaben der Stadt Ulm nicht."),
        ("Für das Haus gibt es keinen Käufer.", "Ein Käufer für das Haus hat sich bislang nicht gemeldet."),
        ("La empresa no pagará multa alguna.", "La empresa no pagará ninguna multa por el retraso."),
        ("L’entreprise ne paiera aucune amende.", "L’entreprise ne paiera pas d’amende."),
        ("Vera Ruiz, de 11 años, ganó el torneo.", "Vera Ruiz, una niña de once años, ganó el torneo."),
    ],
)
def test_the_same_said_otherwise_differs_in_nothing(claim: str, evidence: str) -> None:
    assert differences(Overlap(claim, (evidence,))) == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Das kostet z. B. 3 Mio. Euro.|Der 3. Mai war mild, vgl. Abb. 3 usw.|Er kam am 1. Januar.|Sie ging."),
        ("de", "Prof. Dr. Weber kam um ca. 8 Uhr.|Sie wurde 1998 geb. in Ulm."),
        ("es", "El Sr. Ruiz vive en EE. UU. desde 1990.|Véase la pág. 3.|¿Por qué?|No se sabe."),
        ("fr", "M. Petit est né av. J.-C. à Paris.|Voir p. ex. le chap. 3.|Il dort."),
    ],
)  # fmt: skip
def test_abbreviations_of_the_language_end_no_sentence(code: str, text: str) -> None:
    assert [sentence.text for sentence in sentences(text.replace("|", " "), code=code)] == text.split("|")


def test_chinese_and_arabic_marks_end_sentences() -> None:
    assert [s.text for s in sentences("学校修好了。他走了！", code="zh")] == ["学校修好了。", "他走了！"]
    assert [s.text for s in sentences("هل وصل القطار؟ نعم.", code="ar")] == ["هل وصل القطار؟", "نعم."]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (TEXTS["de"], "gesperrte Brücke"),
        (TEXTS["es"], "cierre puente semana"),
        ("Он купил новые книги в магазине вчера вечером.", "книга"),
        (TEXTS["zh"], "哪座桥关闭了"),
    ],
)
def test_another_form_of_a_word_finds_it_by_its_stem(text: str, asked: str, tmp_path: Path) -> None:
    library = library_of(tmp_path, {"found.txt": f"Nachricht\n\n{text}", "other.txt": "Owl\n\nAn owl was seen."})
    from index.search import query_words

    assert [passage.article_id for passage in library.words(query_words(asked), 5)] == ["found"]


def test_threads_that_stem_at_once_get_the_stems_that_one_gets() -> None:
    beginnings = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in "dlmnrst"]
    asked = [f"{beginning}{ending}" for beginning in beginnings for ending in ("ationally", "fulness", "izing", "edly")]
    english, again = language("en"), replace(language("en"))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(again.stem, asked))
    finally:
        sys.setswitchinterval(interval)
    assert found == [english.stem(word) for word in asked]


def test_the_language_is_kept_with_the_article(tmp_path: Path) -> None:
    library = library_of(tmp_path, {f"{code}.txt": f"Aldmoor\n\n{text}" for code, text in TEXTS.items()})
    assert library.languages() == {"de": 1, "en": 1, "es": 1, "fr": 1, "tr": 1, "zh": 1}
    assert library.article("de").language == "de"
    again = Library(tmp_path / "library", WordEmbedder())
    assert {outcome.status for outcome in again.add(find([tmp_path / "de.txt"]))} == {"unchanged"}


def test_languages_and_outlets_are_told_without_reading_the_articles_in_an_older_library_too(tmp_path: Path) -> None:
    library = library_of(tmp_path, {f"{code}.txt": f"Aldmoor\n\n{text}" for code, text in TEXTS.items()})
    library.close()
    with sqlite3.connect(tmp_path / "library" / "library.sqlite") as older:
        for index in ("articles_by_language", "articles_by_outlet"):
            older.execute(f"DROP INDEX {index}")
    older.close()
    again, asked = Library(tmp_path / "library", WordEmbedder()), list[str]()
    database = again._database
    database._connection.set_trace_callback(asked.append)
    assert (len(again.languages()), again.outlets()) == (len(TEXTS), [])
    database._connection.set_trace_callback(None)
    plans = [database.rows(f"EXPLAIN QUERY PLAN {query}")[0][-1] for query in asked]
    assert [plan.rpartition(" ")[2] for plan in plans] == ["articles_by_language", "articles_by_outlet"]


def test_an_english_article_of_an_older_library_is_not_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("index.language.detection.detected", lambda text: None)
        library_of(tmp_path, {f"{code}.txt": f"Aldmoor\n\n{TEXTS[code]}" for code in ("de", "en")}).close()
    again = Library(tmp_path / "library", WordEmbedder())
    assert [
        (outcome.id, outcome.status) for outcome in again.add(find([tmp_path / "de.txt", tmp_path / "en.txt"]))
    ] == [
        ("de", "updated"),
        ("en", "unchanged"),
    ]


def test_english_words_are_left_to_the_keyword_index() -> None:
    assert searchable("The bridges were closed.", "en") == "The bridges were closed."
    assert searchable("The bridges were closed.") == "The bridges were closed."


@pytest.mark.parametrize(
    ("code", "text", "parts"),
    [
        ("de", "Sie kam 2015 mit dreißig Jahren in den Rat der Stadt und wurde 2019 zur Bürgermeisterin gewählt.", 2),
        ("es", "Entró en el consejo municipal de Aldmoor en 2015 y fue elegida alcaldesa en 2019.", 2),
        ("fr", "Elle est entrée au conseil municipal en 2015 et a été élue maire de la ville en 2019.", 2),
        ("tr", "Meclise 2015 yılında otuz yaşında girdi ve 2019 yılında belediye başkanı seçildi.", 1),
    ],
)
def test_clauses_are_parted_by_the_conjunctions_of_the_language(code: str, text: str, parts: int) -> None:
    found = clauses(text, language(code))
    assert len(found) == parts
    assert " ".join(found) == text


def test_what_a_short_word_is_joined_to_is_a_word_of_its_own() -> None:
    (first, second) = (word for word in words("l’incendie d’Aldmoor", language("fr")))
    assert (first.text, first.start, first.end) == ("incendie", 2, 10)
    assert (second.text, second.capital) == ("Aldmoor", True)

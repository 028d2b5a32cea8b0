"""Rules that read German, Spanish and French by their own words: outlets, days, drafts, stories and the like."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

from index.language.registry import language
from index.records import Article, Hit, SentenceHit
from qa.citing import Citer
from qa.evaluation.drafts import draft_questions
from qa.evidence.selecting import Candidate, Place, states_nothing
from qa.lookup.quotes import _query
from qa.overview.stories import stories
from qa.question.restriction import named_outlets, published
from qa.records import Answer
from qa.text.names import NameSource, names, same
from qa.text.quotations.compared import Quoted

OUTLETS = ["Der Kurier", "El Faro", "Le Phare", "DPA"]


@pytest.mark.parametrize(
    ("question", "outlet"),
    [
        ("Wie viele Menschen kamen laut dem Kurier zur Brücke?", "Der Kurier"),
        ("Was schrieb der Kurier über die Brücke in Lund?", "Der Kurier"),
        ("Was steht in den Artikeln aus dem Kurier über die Fähre?", "Der Kurier"),
        ("Wie viele Menschen kamen laut dpa zu der Feier am See?", "DPA"),
        ("Wie viele Menschen kamen laut der Polizei zur Brücke?", None),
        ("Wer hat den Kurier im vergangenen Jahr gekauft?", None),
        ("¿Cuántas personas llegaron al puerto según El Faro?", "El Faro"),
        ("¿Qué dijo El Faro sobre el puente de la ciudad?", "El Faro"),
        ("¿Cuántas personas llegaron al puerto según la policía?", None),
        ("Combien de personnes sont venues au port selon Le Phare ?", "Le Phare"),
        ("Que disent les articles du Phare sur le pont de la ville ?", "Le Phare"),
        ("Qui a acheté Le Phare pendant la semaine dernière ?", None),
    ],
)
def test_an_outlet_is_named_as_each_language_does(question: str, outlet: str | None) -> None:
    assert named_outlets(question, OUTLETS) == ((outlet,) if outlet else ())


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Was stand in Artikeln aus dem Oktober 2018 über die Brücke?", ("2018-10-01", "2018-10-31")),
        ("Welche Berichte vor dem 3. Mai 2024 nennen den Bürgermeister?", (None, "2024-05-02")),
        ("Was wurde in Meldungen bis zum 3. Mai 2024 über ihn gesagt?", (None, "2024-05-03")),
        ("Wie groß war der Zug der Menschen im Oktober 2018?", (None, None)),
        ("¿Qué dicen los artículos publicados desde el 3 de mayo de 2024?", ("2024-05-03", None)),
        ("¿Qué dicen las noticias de octubre de 2018 sobre el puente?", ("2018-10-01", "2018-10-31")),
        ("¿Qué dicen los informes después del 3 de mayo de 2024?", ("2024-05-04", None)),
        ("¿Quién ganó la carrera de la ciudad en octubre de 2018?", (None, None)),
        ("Que disent les articles d’octobre 2018 sur le pont ?", ("2018-10-01", "2018-10-31")),
        ("Que disent les dépêches parues après le 3 mai 2024 ?", ("2024-05-04", None)),
        ("Que disent les reportages jusqu’au 3 mai 2024 sur le maire ?", (None, "2024-05-03")),
        ("Qui a gagné la course de la ville en octobre 2018 ?", (None, None)),
    ],
)
def test_days_of_publication_are_named_as_each_language_does(
    question: str, days: tuple[str | None, str | None]
) -> None:
    assert published(question) == days


DRAFTED = {
    "de": (
        "Die Fähre nach Ostrey lag seit dem 3. März 2024 wegen des Eises im Hafen der Stadt.\n"
        "Rund 1,2 Millionen Menschen haben die Brücke seit ihrer Eröffnung mit dem Rad befahren.\n"
        "Nach dem Sturm hat die Bürgermeisterin Ada Ryder die Schule am Hafen schließen lassen.",
        [
            ("Welches Datum fehlt: „Die Fähre nach Ostrey lag seit dem ____ wegen des Eises", "3. März 2024"),
            ("Welche Zahl fehlt: „Rund ____ Menschen haben die Brücke", "1,2 Millionen"),
            ("Welcher Name fehlt: „Nach dem Sturm hat die ____ die Schule", "Bürgermeisterin Ada Ryder"),
        ],
    ),
    "es": (
        "El transbordador a Ostrey quedó en el puerto desde el 3 de marzo de 2024 por el hielo.\n"
        "Unos 1,2 millones de personas han cruzado el puente en bicicleta desde que se abrió.\n"
        "Después de la tormenta la alcaldesa Ada Ryder mandó cerrar la escuela del puerto.",
        [
            ("¿Qué fecha falta aquí?: «El transbordador a Ostrey quedó en el puerto desde", "3 de marzo de 2024"),
            ("¿Qué número falta aquí?: «Unos ____ de personas", "1,2 millones"),
            ("¿Qué nombre falta aquí?: «Después de la tormenta la alcaldesa ____ mandó", "Ada Ryder"),
        ],
    ),
    "fr": (
        "Le bac pour Ostrey est resté au port depuis le 3 août 2024 à cause de la tempête.\n"
        "Quelque 1,2 million de personnes ont passé le pont à vélo depuis son ouverture.\n"
        "Après la tempête la maire Ada Ryder a fait fermer l’école du port pendant une semaine.",
        [
            ("Quelle date manque : « Le bac pour Ostrey est resté au port depuis le ____", "3 août 2024"),
            ("Quel nombre manque : « Quelque ____ de personnes", "1,2 million"),
            ("Quel nom manque : « Après la tempête la maire ____ a fait", "Ada Ryder"),
        ],
    ),
}


@pytest.mark.parametrize("code", DRAFTED)
def test_drafts_ask_in_the_language_of_the_article(code: str) -> None:
    text, expected = DRAFTED[code]
    drafts = draft_questions([Article("a", "Ostrey", None, None, None, text)], 10)
    assert [draft.answers for draft in drafts] == [(answer,) for _, answer in expected]
    for draft, (begins, _) in zip(drafts, expected, strict=True):
        assert draft.text.startswith(begins)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Aktualisiert am 3. März 2024 um 13:15 Uhr"),
        ("de", "Von Ada Ryder und Emil Varga"),
        ("es", "Actualizado el lunes 3 de marzo de 2024 a las 13:15 h"),
        ("es", "Por Ada Ryder y Emil Varga"),
        ("fr", "Publié le lundi 3 août 2024 à 13 h 15"),
        ("fr", "Par Ada Ryder et Emil Varga"),
    ],
)
def test_dates_and_bylines_that_stand_alone_state_nothing(code: str, text: str) -> None:
    assert states_nothing(text, language(code))
    assert not states_nothing("Ada Ryder wurde an diesem Montag gewählt, Par Vorschlag.", language(code))


GERMAN_STORIES = (
    "Der Brand in Lund hat am Montag zwei Mühlen zerstört. Die Müllerin Marta Quill wurde in Lund gerettet.",
    "Nach den Bränden in Lund sucht die Polizei nach Zeugen. Eine der zerstörten Mühlen gehörte Marta Quill.",
    "Der Verein aus Ostrey hat den Pokal gewonnen. Die Mannschaft feierte mit der Stadt bis in den Morgen.",
)


def test_articles_of_one_story_are_told_by_the_forms_of_their_language() -> None:
    articles = [Article(f"a{i}", "", None, "2024-03-12", None, text) for i, text in enumerate(GERMAN_STORIES)]
    grouped = [sorted(article.id for article in group) for group in stories(articles, lambda word: 1.0)]
    assert grouped == [["a0", "a1"], ["a2"]]


def test_a_quotation_is_looked_up_by_the_telling_words_of_its_language() -> None:
    class Source:
        def rarity(self, word: str) -> float:
            return 1.0

    assert "zwischen" not in _query(
        [Quoted.of("Die Brücke zwischen der Insel und dem Festland wird saniert")], Source()
    )  # type: ignore[arg-type]


CAPTAIN = (
    "Die Kapitänin Ada Ryder fährt seit 22 Jahren auf dieser Strecke. Ryder ist 51 Jahre alt und lebt in Ostrey.\n"
)


def test_an_age_is_quoted_where_a_german_question_asks_for_one(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"captain.txt": CAPTAIN})
    article = library.article("captain")
    hits: list[Hit] = library.search("Wie alt ist die Kapitänin Ada Ryder?", 5)
    found: list[SentenceHit] = [each for hit in hits for each in hit.sentences]
    candidates = [Candidate(Place(article.id, each.sentence), 0.0) for each in found]
    citer = Citer("Wie alt ist die Kapitänin Ada Ryder?", (), candidates, library)
    (quoted,) = citer.quoted(Answer("Wie alt ist die Kapitänin Ada Ryder?", "", text="Seit Jahren.")).sentences
    assert "51" in quoted.text


@pytest.mark.parametrize(
    ("code", "one", "other", "is_same"),
    [
        ("de", "mexikanischen", "mexiko", True),
        ("de", "kanadier", "kanada", True),
        ("de", "franzosen", "frankreich", True),
        ("de", "amerikaner", "usa", True),
        ("de", "webers", "weber", True),
        ("de", "weber", "webermann", False),
        ("de", "niger", "nigeria", False),
        ("es", "mexicanos", "mexico", True),
        ("es", "hondurena", "honduras", True),
        ("es", "frances", "francia", True),
        ("es", "canadiense", "canada", True),
        ("es", "montes", "montesinos", False),
        ("fr", "mexicaine", "mexique", True),
        ("fr", "canadiens", "canada", True),
        ("fr", "grecque", "grece", True),
        ("fr", "martin", "martinez", False),
    ],
)
def test_a_place_and_its_people_are_one_name_in_each_language(code: str, one: str, other: str, is_same: bool) -> None:
    assert same(one, other, language(code)) is is_same


def test_the_united_states_are_named_in_many_ways() -> None:
    for code, claim, text in (
        ("de", "Die Vereinigten Staaten lehnten ab.", "Die Amerikaner lehnten ab."),
        ("es", "Los Estados Unidos se negaron.", "El gobierno estadounidense se negó."),
        ("fr", "Les États-Unis ont refusé.", "Les Américains ont refusé."),
    ):
        spoken = language(code)
        named = [name for name in names(claim, spoken) if "usa" in name.keys]
        assert len(named) == 1
        assert NameSource.of(text, spoken).mentions(named[0])

"""What is asked besides facts, by a language's file: yes or no, several things, what was left unsaid, more."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import Typist, library_of

import qa.question.parts as parts_module
from index.language.pack import Language, Names, listed
from index.language.parts.asking import Asking, Questions
from qa.assistant import Assistant
from qa.question import followups, requests, several, yes_or_no
from qa.question.followups import in_context, standalone
from qa.question.parts import parts
from qa.question.requests import Request, requested
from qa.question.yes_or_no import asks_yes_or_no
from qa.records import Turn
from qa.support.answers.agreeing import agreeing


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Wurde die Brücke über die Wend gesperrt?", True),
        ("Aber hat der Stadtrat dem Plan zugestimmt?", True),
        ("Gibt es in der Stadt eine zweite Brücke?", True),
        ("Ist die Brücke offen oder geschlossen?", False),
        ("Wann wurde die Brücke gesperrt?", False),
        ("Warum ist die Brücke gesperrt?", False),
        ("¿Fue cerrado el puente de la ciudad?", True),
        ("¿Ha aprobado el consejo el plan de la ciudad?", True),
        ("¿Está abierto el puente o está cerrado?", False),
        ("¿Quién cerró el puente de la ciudad?", False),
        ("Est-ce que le pont de la ville est fermé ?", True),
        ("A-t-il accepté le plan de la ville ?", True),
        ("Est-ce le maire ou le préfet qui a fermé le pont ?", False),
        ("Qui a fermé le pont de la ville ?", False),
        ("Le pont de la ville", False),
    ],
)
def test_whether_yes_or_no_answers_is_told_in_the_language_of_the_question(question: str, asks: bool) -> None:
    assert asks_yes_or_no(question) == asks


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Wann schloss die alte Mühle, und wem gehörte sie bis dahin?",
            ("Wann schloss die alte Mühle?", "wem gehörte sie bis dahin?"),
        ),
        (
            "Wie lange dauerte der Streik und in welcher Stadt begann er?",
            ("Wie lange dauerte der Streik?", "in welcher Stadt begann er?"),
        ),
        ("Wer war sie? Was hat sie getan?", ("Wer war sie?", "Was hat sie getan?")),
        (
            "¿Cuándo cerró el viejo molino y quién era su dueño entonces?",
            ("¿Cuándo cerró el viejo molino?", "quién era su dueño entonces?"),
        ),
        ("¿Quién era ella? ¿Qué hizo después?", ("¿Quién era ella?", "¿Qué hizo después?")),
        (
            "Quand le vieux moulin a-t-il fermé et qui en était le propriétaire ?",
            ("Quand le vieux moulin a-t-il fermé?", "qui en était le propriétaire?"),
        ),
        ("Qui était-elle ? Qu’a-t-elle fait ensuite ?", ("Qui était-elle?", "Qu’a-t-elle fait ensuite?")),
    ],
)
def test_a_question_is_parted_in_its_language(question: str, expected: tuple[str, ...]) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Wann und wo wurde die Mühle geschlossen?",
        "Wem gehören die Mühle und die Bäckerei der Stadt?",
        "Welche Parteien haben Sitze, und wie viele?",
        "¿Cuándo y dónde se cerró el viejo molino?",
        "¿Quién es dueño del molino y de la panadería?",
        "Quand et où le vieux moulin a-t-il fermé ?",
        "Qui possède le moulin et la boulangerie de la ville ?",
    ],
)
def test_a_question_that_asks_one_thing_stays_whole_in_its_language(question: str) -> None:
    assert parts(question) == (question,)


RATE = {
    "de": Turn("Wie hoch war die Arbeitslosenquote im April?", "4,9 Prozent."),
    "es": Turn("¿Cuál era la tasa de paro en abril?", "El 4,9 por ciento."),
    "fr": Turn("Quel était le taux de chômage en avril ?", "4,9 pour cent."),
}
AUTHOR = {
    "de": Turn("Wer schrieb den Bericht über die Brücke?", "Es war José Luis Montes."),
    "es": Turn("¿Quién escribió el informe sobre el puente?", "Fue José Luis Montes."),
    "fr": Turn("Qui a écrit le rapport sur le pont ?", "C’était José Luis Montes."),
}


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        (RATE["de"], "Und wie war das im Mai dieses Jahres?", None),
        (RATE["de"], "Und im Mai?", "Wie hoch war die Arbeitslosenquote im Mai?"),
        (RATE["es"], "¿Y en mayo de este año?", "¿Cuál era la tasa de paro en mayo de este año?"),
        (RATE["fr"], "Et en mai dernier ?", "Quel était le taux de chômage en mai dernier ?"),
        (AUTHOR["de"], "Wie alt ist er heute?", "Wie alt ist José Luis Montes heute?"),
        (AUTHOR["es"], "¿Dónde vive él con su familia?", "¿Dónde vive José Luis Montes con su familia?"),
        (AUTHOR["fr"], "Où est-ce que lui et sa famille habitent ?", None),
    ],
)
def test_a_follow_up_takes_what_it_leaves_unsaid(before: Turn, question: str, expected: str | None) -> None:
    found = standalone(question, [before])
    if expected is None:
        assert found != question
    else:
        assert found == expected


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Brücken wurden in der Stadt Köln gesperrt?",
        "Wie viele Menschen gibt es in der Stadt Ostrey?",
        "¿Cuántos puentes se cerraron en la ciudad de Sevilla?",
        "Combien de ponts ont été fermés dans la ville de Lyon ?",
    ],
)
def test_a_question_that_can_be_asked_alone_stays_as_it_is(question: str) -> None:
    assert standalone(question, list(AUTHOR.values())[:1]) == question


BRIDGE = Turn("When did the bridge over the Wend close?", "It closed on Monday.")


@pytest.mark.parametrize(
    "question",
    [
        "Wann hat die Firma Nordholz ihren Sitz verlegt?",
        "Warum hat der neue Verein seine Mitglieder im Mai entlassen?",
        "Weshalb sprach der Minister gestern mit seiner Behörde?",
        "Wie viele Stimmen verlor Petra Lindqvist durch ihr Versprechen?",
        "Wie teuer soll die neue Mauer der Stadt Ostrey sein?",
        "Können Sie mir sagen, wann der Hafen von Ostrey öffnet?",
        "¿Cuándo perdió el club de la ciudad su estadio?",
        "¿Por qué cerraron los dueños sus fábricas en mayo?",
        "Quand le club de la ville a-t-il perdu son stade ?",
        "Pourquoi les ouvriers ont-ils quitté leurs usines en mai ?",
    ],
)
def test_a_possessive_whose_owner_stands_in_the_question_points_to_none_before(question: str, tmp_path: Path) -> None:
    library = library_of(tmp_path, {"bridge.txt": "Bridge closed\n\nThe bridge over the Wend closed on Monday."})
    assert standalone(question, [BRIDGE], library) == question


@pytest.mark.parametrize(
    "question",
    [
        "Wann wurde seine neue Wohnung im Norden durchsucht?",
        "Wann hat die Polizei in Ostrey seine Wohnung durchsucht?",
        "In welcher Stadt wohnt heute ihre Familie?",
        "Wie lautet der Name seines Vaters in Ostrey?",
        "Wie lautet der Name seiner Tochter in Ostrey?",
        "Wann hat die Polizei ihr das gestohlene Rad gebracht?",
        "Was sagte der Mann in Ostrey zu ihrer Reise?",
        "¿Cuál es el nombre completo de su padre?",
        "¿En qué ciudad de España vive hoy su familia?",
        "¿Dónde vive en la ciudad su familia numerosa?",
        "Quel est le nom complet de son père ?",
        "Dans quelle ville habite aujourd’hui sa famille ?",
        "Quand le maire a-t-il fermé leurs usines ?",
    ],
)
def test_a_possessive_of_what_stood_before_makes_a_follow_up(question: str, tmp_path: Path) -> None:
    library = library_of(tmp_path, {"bridge.txt": "Bridge closed\n\nThe bridge over the Wend closed on Monday."})
    assert standalone(question, [BRIDGE], library) != question


def test_an_owner_in_the_question_is_that_before_where_the_articles_tell_of_both(tmp_path: Path) -> None:
    news = {
        "muehle.txt": "Mühle schließt\n\nDie alte Mühle am Fluss schloss am Montag. Die Besitzer der Mühle haben ihre "
        "Schulden beim Staat nicht bezahlt.",
        "wahl.txt": "Wahl in Ostrey\n\nDie Partei hat bei der Wahl ihre Mehrheit im Rat verloren.",
    }
    library = library_of(tmp_path, news)
    mill = Turn("Wann schloss die alte Mühle am Fluss?", "Am Montag.")
    debts, majority = (
        "Warum haben die Besitzer ihre Schulden nicht bezahlt?",
        "Wo hat die Partei ihre Mehrheit verloren?",
    )
    assert standalone(debts, [mill], library) == f"{debts} — {mill.question}"
    assert standalone(majority, [mill], library) == majority


def test_a_later_part_is_about_what_the_first_is_about() -> None:
    first = Turn("Wann schloss die alte Mühle?", "Am Dienstag.")
    assert in_context("wem gehörte sie bis dahin?", [first]) == f"wem gehörte sie bis dahin? — {first.question}"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Fasse bitte die Flut in Aldmoor kurz zusammen.", Request("summary", ("die Flut in Aldmoor",))),
        (
            "Kannst du die Artikel über die Flut in Aldmoor zusammenfassen?",
            Request("summary", ("die Flut in Aldmoor",)),
        ),
        ("Was ist bisher über die Flut in Aldmoor bekannt?", Request("summary", ("die Flut in Aldmoor",))),
        ("Gib mir eine kurze Zusammenfassung der Artikel.", Request("summary", ("",))),
        ("Erstelle eine Chronologie der Flut in Aldmoor.", Request("timeline", ("Flut in Aldmoor",))),
        (
            "Vergleiche die Ernte in Holm mit der in Wexcombe.",
            Request("comparison", ("die Ernte in Holm", "der in Wexcombe")),
        ),
        ("Resume las noticias sobre la riada de Aldmoor.", Request("summary", ("la riada de Aldmoor",))),
        ("¿Qué se sabe hasta ahora de la riada de Aldmoor?", Request("summary", ("la riada de Aldmoor",))),
        ("Hazme una cronología de la riada de Aldmoor.", Request("timeline", ("la riada de Aldmoor",))),
        (
            "¿Cuáles son las diferencias entre la cosecha de Holm y la de Wexcombe?",
            Request("comparison", ("la cosecha de Holm", "la de Wexcombe")),
        ),
        ("Résumez les articles sur la crue à Aldmoor.", Request("summary", ("la crue à Aldmoor",))),
        ("Que sait-on de la crue à Aldmoor ?", Request("summary", ("crue à Aldmoor",))),
        ("Faites une chronologie de la crue à Aldmoor.", Request("timeline", ("crue à Aldmoor",))),
        (
            "Quelles sont les différences entre la récolte de Holm et celle de Wexcombe ?",
            Request("comparison", ("la récolte de Holm", "celle de Wexcombe")),
        ),
        ("Wer schrieb die Zusammenfassung der Ereignisse in Aldmoor?", None),
        ("¿Quién escribió el resumen de los hechos de Aldmoor?", None),
        ("Qui a écrit le résumé de la crue à Aldmoor ?", None),
        ("Was wissen wir bisher von der Flut in Aldmoor?", Request("summary", ("der Flut in Aldmoor",))),
        ("Was ist die Hauptstadt von Frankreich?", None),
        ("Was ist zum Bau der neuen Brücke nötig?", None),
        ("Was ist von den Plänen der Stadt geblieben?", None),
        ("¿Qué pasó con el puente de la ciudad?", None),
        ("Que s’est-il passé avec le pont de la ville ?", None),
    ],
)
def test_a_longer_answer_is_asked_for_in_the_language_of_the_question(question: str, expected: Request | None) -> None:
    assert requested(question) == expected


def test_a_yes_that_its_sentence_denies_becomes_a_no_in_its_language() -> None:
    assert agreeing("Sí, el puente no está abierto desde el lunes.", "¿Está abierto el puente de la ciudad?") == (
        "No, el puente no está abierto desde el lunes."
    )
    assert agreeing("Ja, die Brücke ist gesperrt.", "Ist die Brücke in der Stadt gesperrt?").startswith("Ja,")


def test_a_summary_in_german_is_made_of_the_articles_sentences(tmp_path: Path) -> None:
    flood = (
        "Flut in Aldmoor\n\nDie Flut in Aldmoor hat am Montag zwei Brücken zerstört. Der Stadtrat von Aldmoor schloss "
        "nach der Flut alle Schulen der Stadt."
    )
    library = library_of(tmp_path, {"flut.txt": flood, "wolf.txt": "Wölfe\n\nVier Wölfe wurden bei Ostrey gesehen."})
    assistant = Assistant(library, lambda: Typist("Nichts."), "typist", reads_ahead=False)
    answer = assistant.answer("Fasse die Artikel über die Flut in Aldmoor zusammen.")
    assistant.close()
    assert answer.answered
    assert "zwei Brücken zerstört" in answer.text
    assert {citation.article_id for citation in answer.citations} == {"flut"}


def test_a_timeline_in_spanish_has_its_days_in_spanish(tmp_path: Path) -> None:
    story = (
        "Riada en Aldmoor\n\nLa riada de Aldmoor destruyó dos puentes el 3 de mayo de 2024. La riada de Aldmoor dejó "
        "sin luz a todo el barrio el 2 de mayo de 2024."
    )
    library = library_of(
        tmp_path, {"riada.txt": story, "lobos.txt": "Lobos\n\nSe vieron cuatro lobos cerca de Ostrey."}
    )
    assistant = Assistant(library, lambda: Typist("Nada."), "typist", reads_ahead=False)
    answer = assistant.answer("Hazme una cronología de la riada de Aldmoor.")
    assistant.close()
    assert [line.partition(":")[0] for line in answer.text.split("\n")] == ["2 de mayo de 2024", "3 de mayo de 2024"]


def spoken_as(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes every question for one in this language."""
    for module in (followups, parts_module, requests, several, yes_or_no):
        monkeypatch.setattr(module, "rules_for", lambda question: language)
    monkeypatch.setattr(followups, "detected", lambda text: language.code)


TOLD = [Turn("Kie estas Miro Lund en Vilo?", "Miro Lund estas en Vilo.")]


def test_the_forms_of_a_language_are_data_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = Asking(
        words="kiu|kie",
        verbs="cu",
        choice="au",
        joining="kaj",
        yes="Jes",
        no="Ne",
        lead="sed",
        prepositions="en",
        person="li",
        pointing="li|gi",
        begging="bonvolu",
        articles=r"la\sartikoloj\spri\s",
        summary=(r"resumu\s(?P<one>.+)",),
        timeline=(),
        comparison=(),
    )
    named = Names(no_names=listed("kie kiu"), titles=frozenset())
    toy = Language("qy", "Toy", names=named, questions=Questions("ambau"), asking=asking)
    spoken_as(toy, monkeypatch)
    assert asks_yes_or_no("Sed ĉu li venis?")
    assert yes_or_no.yes_or_no("Ĉu li venis?") == ("Jes", "Ne")
    assert several.asks_for_several("Kie estas ambaŭ?")
    assert parts("Kie estas la ponto kaj kiu fermis ĝin hodiaŭ?") == ("Kie estas la ponto?", "kiu fermis ĝin hodiaŭ?")
    assert requested("Bonvolu, resumu la artikoloj pri la inundo") == Request("summary", ("la inundo",))
    assert standalone("Kie estas li nun?", TOLD) == "Kie estas Miro Lund nun?"
    assert standalone("Sed en Urbo?", TOLD) == "Kie estas Miro Lund en Urbo?"


def test_a_language_whose_questions_are_not_known_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    spoken_as(Language("qy", "Toy"), monkeypatch)
    asked = "Is he there and who are they all?"
    assert not asks_yes_or_no(asked)
    assert not several.asks_for_several(asked)
    assert parts(asked) == (asked,)
    assert requested("Summarize the flood") is None
    assert standalone(asked, TOLD) == asked

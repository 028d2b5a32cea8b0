"""Questions in other languages than English: what they ask for, what answers them, and in which language."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import Typist, library_of

from index.embedding import evened
from index.language.detection import language_of, paragraphs, rules_for, unknown_to_checks
from index.library import Library
from qa.assistant import Assistant
from qa.citing import align
from qa.evidence.finding import names_what_is_nowhere
from qa.evidence.sections import sections_of
from qa.evidence.selecting import Nearness, Place, states_nothing
from qa.prompts import MAYBE, REFUSAL, may_answer, question_text, refusal, told_differently
from qa.question.answer_type import answer_type, has_answer_type
from qa.question.spelling import respelled
from qa.support.wording import as_written

BRIDGE = "Die Brücke über die Wend ist gesperrt. Die Reparatur kostet am 3. Mai zwei Millionen Kronen."
WOLVES = "Vier Wölfe wurden bei Ostrey gesehen. Ein Bauer verlor neun Schafe an einem einzigen Tag im Winter."


@pytest.fixture
def german(tmp_path: Path) -> Library:
    return library_of(tmp_path, {"bridge.txt": f"Brücke gesperrt\n\n{BRIDGE}\n", "wolves.txt": f"Wölfe\n\n{WOLVES}\n"})


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Wie viele Brücken wurden in der Stadt gesperrt?", "number"),
        ("Seit wann ist die Brücke gesperrt?", "date"),
        ("In welchem Jahr wurde die Brücke gebaut?", "date"),
        ("Mit wem sprach der Bürgermeister?", "name"),
        ("Welche Stadt hat die meisten Brücken?", "name"),
        ("Was sagte der Bürgermeister über die Brücke?", "statement"),
        ("Warum ist die Brücke gesperrt?", None),
        ("¿Cuántos puentes se cerraron en la ciudad?", "number"),
        ("¿En qué año se construyó el puente?", "date"),
        ("¿A quién eligió el consejo de la ciudad?", "name"),
        ("¿Qué dijo el alcalde sobre el puente?", "statement"),
        ("¿Qué pasó cuando se cerró el puente de la ciudad?", None),
        ("Combien de ponts sont fermés dans la ville ?", "number"),
        ("Depuis quand le pont est-il fermé ?", "date"),
        ("Qui a fermé le pont de la ville ?", "name"),
        ("Pourquoi le pont est-il fermé dans la ville ?", None),
    ],
)
def test_a_question_tells_in_its_language_what_it_expects(question: str, kind: str | None) -> None:
    assert answer_type(question) == kind


def test_what_is_expected_is_seen_in_the_language_of_the_question() -> None:
    assert has_answer_type("Sie ist seit dem 3. Mai gesperrt.", "Seit wann ist die Brücke gesperrt?")
    assert not has_answer_type("Sie ist wegen der Flut gesperrt.", "Seit wann ist die Brücke gesperrt?")
    assert has_answer_type("Se cerraron 3 puentes.", "¿Cuántos puentes se cerraron en la ciudad?")
    assert has_answer_type("„Sie bleibt zu“, sagte er.", "Was sagte der Bürgermeister über die Brücke?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Wie viele Brücken wurden gesperrt?", "Ich habe in den Artikeln keine Antwort darauf gefunden."),
        ("¿Cuántos puentes se cerraron?", "No encontré respuesta a esto en los artículos."),
        ("Combien de ponts ont été fermés ?", "Je n’ai pas trouvé de réponse à cela dans les articles."),
        ("Kaç köprü kapatıldı ve ne zaman açılacak?", REFUSAL),
        ("Which bridges were closed?", REFUSAL),
    ],
)
def test_what_is_not_found_is_told_in_the_language_of_the_question(question: str, told: str) -> None:
    assert refusal(question) == told
    assert (may_answer(question) == MAYBE) == (told == REFUSAL)


def test_a_disagreement_is_told_in_the_language_of_the_question() -> None:
    assert told_differently("Wie viele starben bei der Flut?", "3; 4") == "Die Artikel unterscheiden sich: 3; 4."


def test_the_model_is_told_in_which_language_to_answer() -> None:
    assert question_text("Kaç köprü kapatıldı ve ne zaman açılacak?").endswith("\nAnswer in Turkish.")
    assert question_text("Wer sperrte die Brücke?").endswith("\nAnswer in German.")
    assert question_text("Who closed the bridge to Göteborg?") == "Question: Who closed the bridge to Göteborg?"


@pytest.mark.parametrize("question", ["Löwen?", "1908?", "Ostrey", "Is Sankt Pauli in the Hamburg of Der Spiegel?"])
def test_a_question_whose_language_is_unsure_is_taken_for_english(question: str) -> None:
    assert language_of(question).code == "en"
    assert refusal(question) == REFUSAL


def test_words_of_a_question_are_compared_by_their_stems_in_its_language() -> None:
    nearness = Nearness("Welche Brücken wurden gesperrt?", lambda word: 1.0)
    assert nearness.share("Die Brücke ist gesperrt.") == 1.0
    assert nearness.share("Ein Bauer verlor neun Schafe.") == 0.0


def test_sentences_of_a_section_end_as_they_do_in_the_search(german: Library) -> None:
    (section,) = sections_of("bridge", german)
    assert [sentence.text for sentence in section.sentences][-1].endswith("am 3. Mai zwei Millionen Kronen.")
    hits = german.search("Was kostet die Reparatur?", 5)
    known = {near.sentence for hit in hits if hit.passage.article_id == "bridge" for near in hit.sentences}
    assert set(section.sentences) <= known


def test_an_answer_in_german_is_cited_sentence_by_sentence(german: Library) -> None:
    typist = Typist("Die Reparatur kostet am 3. Mai zwei Millionen Kronen.")
    assistant = Assistant(german, lambda: typist, typist.name, reads_ahead=False)
    answer = assistant.answer("Was kostet die Reparatur der Brücke?")
    assistant.close()
    assert [sentence.support for sentence in answer.sentences] == ["supported"]
    assert answer.citations[0].quote == "Die Reparatur kostet am 3. Mai zwei Millionen Kronen."


def test_a_question_that_nothing_answers_is_refused_in_its_language(german: Library) -> None:
    typist = Typist("Paris.")
    assistant = Assistant(german, lambda: typist, typist.name, reads_ahead=False)
    answer = assistant.answer("Wie heißt die Hauptstadt von Frankreich?")
    assistant.close()
    assert (answer.outcome, answer.text) == ("not found", "Ich habe in den Artikeln keine Antwort darauf gefunden.")


def test_a_german_noun_that_stands_nowhere_is_no_unknown_name(german: Library) -> None:
    assert not names_what_is_nowhere("Wann erhält der Bauer eine Entschädigung?", german)
    assert names_what_is_nowhere("Wann kam Hans Weber nach Ostrey?", german)


def test_articles_in_another_language_may_name_a_thing_otherwise(german: Library) -> None:
    assert not names_what_is_nowhere("How many wolves were seen in Vienna?", german)
    assert respelled("How much does the reparation cost?", german) == "How much does the reparation cost?"


def test_a_number_keeps_the_form_of_its_language() -> None:
    assert as_written("Es kamen 1 Million Menschen.", ["Es kamen eine Million Menschen, 1.000 von der Küste."]) == (
        "Es kamen eine Million Menschen."
    )


def test_the_sentence_that_proves_is_told_by_stems_of_the_language() -> None:
    from index.records import Sentence

    places = [
        Place("a", Sentence(i, i + 1, text)) for i, text in enumerate(("Wölfe heulten.", "Brücken sind gesperrt."))
    ]
    assert align("Die Brücke wurde gesperrt.", "Was ist mit der Brücke?", places) == [1]


@pytest.mark.parametrize("text", ["学校在昨天下午修好了。", "وصل القطار.", "Die Brücke ist gesperrt."])
def test_a_statement_ends_with_the_marks_of_its_script(text: str) -> None:
    assert not states_nothing(text)


THREE = (
    "Die Fähre nach Ostrey fährt seit dem 3. Mai nicht mehr, weil der Hafen der Stadt vertieft und erweitert wird.\n\n"
    "El transbordador vuelve en septiembre, según el Sr. Ruiz, que dirige las obras del puerto desde hace dos años.\n\n"
    "Feribot seferleri eylül ayında yeniden başlayacak ve liman müdürü yolculardan daha sabırlı olmalarını istedi."
)


def test_each_paragraph_of_a_text_is_read_in_its_own_language() -> None:
    assert [code for _, _, code in paragraphs(THREE)] == ["de", "es", "tr"]
    assert unknown_to_checks(THREE) == (
        "This check does not know Turkish yet: only its digits, and words that stand there as they are, are compared."
    )


def test_an_article_in_three_languages_is_found_in_each(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"ferry.txt": f"Ostrey\n\n{THREE}\n", "owl.txt": "Owl\n\nAn owl was seen.\n"})
    for question in (
        "Seit wann fährt die Fähre nicht?",
        "¿Cuándo vuelve el transbordador?",
        "Feribot ne zaman başlayacak?",
    ):
        best = library.search(question, 1)[0]
        assert best.passage.article_id == "ferry"


def test_cosines_of_the_default_embedder_are_left_as_they_are() -> None:
    import numpy as np

    cosines = np.array([0.7, 0.9], dtype=np.float32)
    assert evened(cosines, "all-MiniLM-L6-v2") is cosines
    low, high = evened(cosines, "multilingual-e5-small").tolist()
    assert low < 0.1 < 0.4 < high


def test_rules_of_english_stay_for_english_questions() -> None:
    assert rules_for("What did Der Spiegel report on Wien in 2019?").code == "en"

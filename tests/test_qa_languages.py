"""Questions in other languages than English: what they ask for, what answers them, and in which language."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import Typist, library_of

from index.embedding.embedder import evened
from index.language.detection import language_lines, language_of, rules_for, unknown_to_checks
from index.library import Library
from qa.assistant import Assistant
from qa.evidence.aligning import align
from qa.evidence.finding import names_what_is_nowhere
from qa.evidence.sections import sections_of
from qa.evidence.selecting import Nearness, Place, states_nothing
from qa.prompts import MAYBE, REFUSAL, may_answer, question_text, refusal, told_differently
from qa.question.spelling import respelled
from qa.support.facts.differences import differences
from qa.support.facts.overlap import Overlap

BRIDGE = "Die Brücke über die Wend ist gesperrt. Die Reparatur kostet am 3. Mai zwei Millionen Kronen."
WOLVES = "Vier Wölfe wurden bei Ostrey gesehen. Ein Bauer verlor neun Schafe an einem einzigen Tag im Winter."


@pytest.fixture
def german(tmp_path: Path) -> Library:
    return library_of(tmp_path, {"bridge.txt": f"Brücke gesperrt\n\n{BRIDGE}\n", "wolves.txt": f"Wölfe\n\n{WOLVES}\n"})


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
    assert [code for _, _, code in language_lines(THREE)] == ["de", "es", "tr"]
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


def test_a_claim_is_compared_by_its_own_rules_beside_evidence_in_several_languages() -> None:
    english = "The storm closed two bridges in Aldmoor on Tuesday, and the repair will take until the end of the year."
    claim = "Der Verein hat 1.200 Unterschriften gesammelt."
    overlap = Overlap(claim, (english, english, "Der Verein sammelte bis Montag 1200 Unterschriften für das Bad."))
    assert overlap.language.code == "de"
    assert differences(overlap) == ()
    assert Overlap(claim, (english, english)).language.code == "en"
    assert Overlap("Aldmoor 1.200", ("Der Verein sammelte in Aldmoor 1200 Unterschriften.",)).language.code == "de"


def test_another_german_noun_is_no_other_name_where_a_sentence_says_it_in_other_words() -> None:
    told = "Der Wetterdienst hatte erst zwei Stunden vor dem Sturm gewarnt."
    assert differences(Overlap("Vor dem Unwetter wurde erst sehr kurzfristig gewarnt.", (told,))) == ()
    free = "Kinder unter sechs Jahren zahlen weiterhin nichts."
    assert differences(Overlap("Kleine Kinder müssen auch in Zukunft nichts zahlen.", (free,))) == ()


def test_another_german_name_is_one_wherever_it_stands() -> None:
    told = "Das Bild hing drei Jahrzehnte unerkannt in einer Arztpraxis in Antwerpen."
    (altered,) = differences(Overlap(told.replace("Antwerpen", "Rotterdam"), (told,)))
    assert (altered.given, altered.found, altered.kind) == ("Rotterdam", "Antwerpen", "name")
    (reworded,) = differences(Overlap("Unerkannt hing es lange Jahre bei einem Arzt in Rotterdam.", (told,)))
    assert (reworded.given, reworded.kind) == ("Rotterdam", "name")
    (alone,) = differences(Overlap(told.replace("drei Jahrzehnte", "drei Jahrzehnte lang bei Brouwer"), (told,)))
    assert (alone.given, alone.found) == ("Brouwer", None)


def test_a_denial_may_stand_behind_what_it_denies() -> None:
    assert differences(Overlap("Diesmal fuhren sie nicht.", ("Sie fuhren diesmal wegen des Sturms nicht.",))) == ()
    (other,) = differences(Overlap("Am Montag fuhren keine Busse.", ("Am Montag fuhren alle Busse nach Plan.",)))
    assert (other.given, other.kind) == ("keine Busse", "negation")


def test_a_share_beside_a_week_is_no_time_and_a_year_elsewhere_in_a_sentence_is_told_there() -> None:
    asked = "Les conducteurs demandent une hausse des salaires de 6,5 % et une semaine de 34 heures au lieu de 37."
    assert differences(Overlap("Les conducteurs demandent une hausse des salaires de 6,5 %.", (asked,))) == ()
    founded = "Créée en 1911, la maison Vermont vend ses tissus dans 35 pays."
    assert differences(Overlap("La maison Vermont a été créée en 1911.", (founded,))) == ()
    assert differences(Overlap("La maison Vermont a été créée en 1917.", (founded,)))[0].given == "1917"
    (cows,) = differences(Overlap("Il a 90 vaches.", ("Sa famille élève des vaches ici depuis 90 ans.",)))
    assert (cows.given, cows.found) == ("90 vaches", "90 ans")


def test_cosines_of_the_default_embedder_are_left_as_they_are() -> None:
    import numpy as np

    cosines = np.array([0.7, 0.9], dtype=np.float32)
    assert evened(cosines, "all-MiniLM-L6-v2") is cosines
    low, high = evened(cosines, "multilingual-e5-small").tolist()
    assert low < 0.1 < 0.4 < high


def test_rules_of_english_stay_for_english_questions() -> None:
    assert rules_for("What did Der Spiegel report on Wien in 2019?").code == "en"

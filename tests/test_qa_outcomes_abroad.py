"""Articles in German, Spanish and French that tell different outcomes of what is asked, and pairs that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest
from disagreeing import library_of, values

from index.language.registry import language, packs
from qa.question.happening import families
from qa.question.sought import sought

PART = {
    "abgelehnt": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        ["Der Rat von Lund hat die Brücke am Montag genehmigt.", "Der Rat von Lund lehnte die Brücke ab."],
    ),
    "vom Rat": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        [
            "Die Brücke wurde vom Rat von Lund mit knapper Mehrheit genehmigt, sagte die Bürgermeisterin.",
            "Der Rat von Lund hat die Brücke nicht genehmigt.",
        ],
    ),
    "nicht am Ende": (
        "Genehmigte der Rat von Lund die Brücke?",
        ["Der Rat von Lund genehmigte die Brücke.", "Der Rat von Lund genehmigte die Brücke am Montag nicht."],
    ),
    "freigesprochen": (
        "Wurde Emil Varga verurteilt?",
        ["Emil Varga wurde am Freitag verurteilt.", "Emil Varga wurde am Freitag freigesprochen."],
    ),
    "verloren": (
        "Hat Marta Quill das Rennen von Brack gewonnen?",
        ["Marta Quill gewann das Rennen von Brack.", "Marta Quill hat das Rennen von Brack verloren."],
    ),
    "Bergsteiger": (
        "Was ist mit dem Bergsteiger vom Tarn geschehen?",
        ["Der Bergsteiger vom Tarn überlebte.", "Der Bergsteiger wurde am Tarn tot gefunden."],
    ),
    "gestiegen": (
        "Ist die Arbeitslosigkeit in Lund gestiegen?",
        ["Die Arbeitslosigkeit in Lund nahm im Mai zu.", "Im Mai ist die Arbeitslosigkeit in Lund gesunken."],
    ),
    "besucht": (
        "Hat die Bürgermeisterin von Ostrey das Lager besucht?",
        [
            "Die Bürgermeisterin von Ostrey hat das Lager besucht.",
            "Die Bürgermeisterin von Ostrey hat das Lager nicht besucht.",
        ],
    ),
    "keine Fahrgäste": (
        "Wurden bei dem Unglück von Skerry Fahrgäste verletzt?",
        [
            "Bei dem Unglück von Skerry wurden keine Fahrgäste verletzt.",
            "Bei dem Unglück von Skerry wurden zwei Fahrgäste verletzt.",
        ],
    ),
    "gesperrt": (
        "Ist die Straße nach Pell offen?",
        ["Die Straße nach Pell ist offen.", "Die Straße nach Pell bleibt gesperrt."],
    ),
    "rechazó": (
        "¿Aprobó el consejo de Lund el puente?",
        ["El consejo de Lund aprobó el puente el lunes.", "El consejo de Lund rechazó el puente."],
    ),
    "por el consejo": (
        "¿Ha aprobado el consejo de Lund el puente?",
        [
            "El puente fue aprobado por el consejo de Lund, dijo la alcaldesa.",
            "El consejo de Lund no ha aprobado el puente.",
        ],
    ),
    "absuelto": (
        "¿Fue condenado Emil Varga?",
        ["Emil Varga fue condenado el viernes.", "Emil Varga fue absuelto el viernes."],
    ),
    "perdió": (
        "¿Ganó Marta Quill la carrera de Brack?",
        ["Marta Quill ganó la carrera de Brack.", "Marta Quill perdió la carrera de Brack."],
    ),
    "visitó": (
        "¿Visitó el alcalde de Ostrey el campamento?",
        ["El alcalde de Ostrey visitó el campamento.", "El alcalde de Ostrey no visitó el campamento."],
    ),
    "ningún pasajero": (
        "¿Murió algún pasajero en el accidente de Skerry?",
        [
            "Un pasajero murió en el accidente de Skerry.",
            "Ningún pasajero murió en el accidente de Skerry.",
        ],
    ),
    "cerrada": (
        "¿Está abierta la carretera de Pell?",
        ["La carretera de Pell está abierta.", "La carretera de Pell sigue cerrada."],
    ),
    "rejeté": (
        "Le conseil de Lund a-t-il approuvé le pont ?",
        ["Le conseil de Lund a approuvé le pont lundi.", "Le conseil de Lund a rejeté le pont."],
    ),
    "par le conseil": (
        "Est-ce que le conseil de Lund a approuvé le pont ?",
        [
            "Le pont a été approuvé par le conseil de Lund, a dit la maire.",
            "Le conseil de Lund n’a pas approuvé le pont.",
        ],
    ),
    "acquitté": (
        "Emil Varga a-t-il été condamné ?",
        ["Emil Varga a été condamné vendredi.", "Emil Varga a été acquitté vendredi."],
    ),
    "perdu": (
        "Marta Quill a-t-elle gagné la course de Brack ?",
        [
            "Marta Quill a gagné la course de Brack avec deux minutes d’avance.",
            "Marta Quill a perdu la course de Brack.",
        ],
    ),
    "visité": (
        "Le préfet d’Ostrey a-t-il visité le camp ?",
        ["Le préfet d’Ostrey a visité le camp.", "Le préfet d’Ostrey n’a jamais visité le camp."],
    ),
    "fermée": (
        "La route de Pell est-elle ouverte ?",
        ["La route de Pell est ouverte.", "La route de Pell reste fermée."],
    ),
}

AGREE = {
    "ein anderer Rat": (
        "Hat der Rat die Brücke genehmigt?",
        ["Der Rat von Lund hat die Brücke genehmigt.", "Der Rat von Marrow lehnte die Brücke ab."],
    ),
    "eine andere Brücke": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        ["Der Rat von Lund hat die Brücke genehmigt.", "Der Rat von Lund lehnte die Brücke nach Marrow ab."],
    ),
    "wer gegen wen": (
        "Hat Quill gegen Varga gewonnen?",
        ["Quill hat gegen Varga gewonnen.", "Varga hat gegen Quill verloren."],
    ),
    "nur gesagt": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        [
            "Der Rat von Lund hat die Brücke genehmigt.",
            "Die Bürgermeisterin sagte, der Rat von Lund lehnte die Brücke ab.",
        ],
    ),
    "dass": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        [
            "Der Rat von Lund hat die Brücke genehmigt.",
            "Viele bedauern, dass der Rat von Lund die Brücke nicht genehmigt hat.",
        ],
    ),
    "soll": (
        "Ist die Straße nach Pell offen?",
        ["Die Straße nach Pell ist offen.", "Die Straße nach Pell soll geschlossen bleiben."],
    ),
    "nur ein Teil": (
        "Hat der Rat von Lund die Brücke genehmigt?",
        [
            "Der Rat von Lund hat die Brücke genehmigt.",
            "Nicht der Rat von Lund hat die Brücke genehmigt, sondern der Kreis.",
        ],
    ),
    "fiel aus": (
        "Ist die Temperatur in Lund gestiegen?",
        ["Die Temperatur in Lund ist gestiegen.", "Die Temperatur in Lund fiel auf."],
    ),
    "im Jahr darauf": (
        "Hat Marta Quill das Rennen von Brack gewonnen?",
        ["Marta Quill gewann 2019 das Rennen von Brack.", "Marta Quill hat 2020 das Rennen von Brack verloren."],
    ),
    "otro consejo": (
        "¿Aprobó el consejo el puente?",
        ["El consejo de Lund aprobó el puente.", "El consejo de Marrow rechazó el puente."],
    ),
    "quién a quién": (
        "¿Ganó Quill contra Varga?",
        ["Quill ganó contra Varga.", "Varga perdió contra Quill."],
    ),
    "que lo rechazó": (
        "¿Aprobó el consejo de Lund el puente?",
        ["El consejo de Lund aprobó el puente.", "La alcaldesa cree que el consejo de Lund rechazó el puente."],
    ),
    "no solo": (
        "¿Visitó el alcalde de Ostrey el campamento?",
        ["El alcalde de Ostrey visitó el campamento.", "El alcalde de Ostrey no visitó el campamento de Pell."],
    ),
    "puede": (
        "¿Está abierta la carretera de Pell?",
        ["La carretera de Pell está abierta.", "La carretera de Pell puede estar cerrada."],
    ),
    "un autre conseil": (
        "Le conseil a-t-il approuvé le pont ?",
        ["Le conseil de Lund a approuvé le pont.", "Le conseil de Marrow a rejeté le pont."],
    ),
    "qui contre qui": (
        "Quill a-t-elle gagné contre Varga ?",
        ["Quill a gagné contre Varga.", "Varga a perdu contre Quill."],
    ),
    "si": (
        "Le conseil de Lund a-t-il approuvé le pont ?",
        ["Le conseil de Lund a approuvé le pont.", "Le port fermera si le conseil de Lund a rejeté le pont."],
    ),
    "aurait": (
        "Emil Varga a-t-il été condamné ?",
        ["Emil Varga a été condamné vendredi.", "Emil Varga aurait été acquitté vendredi."],
    ),
}


@pytest.mark.parametrize("case", PART)
def test_outcomes_that_contradict_each_other_are_both_told(case: str, tmp_path: Path) -> None:
    question, texts = PART[case]
    assert len(values(library_of(tmp_path, texts), question)) == 2


@pytest.mark.parametrize("case", AGREE)
def test_outcomes_that_only_seem_to_differ_are_no_disagreement(case: str, tmp_path: Path) -> None:
    question, texts = AGREE[case]
    assert not values(library_of(tmp_path, texts), question)


@pytest.mark.parametrize(
    "question",
    [
        "Wer hat die Brücke von Lund genehmigt?",
        "Hat der Rat die Brücke genehmigt oder abgelehnt?",
        "¿Por qué rechazó el consejo de Lund el puente?",
        "Pourquoi le conseil de Lund a-t-il rejeté le pont ?",
        "Köprü dün gece fırtına yüzünden kapatıldı mı?",
    ],
)
def test_what_asks_for_more_or_in_another_language_is_no_question_for_an_outcome(question: str) -> None:
    assert sought(question) == ()


def test_no_form_of_a_verb_tells_an_outcome_and_its_contrary() -> None:
    told = [spoken for spoken in packs().values() if spoken.ordered_outcomes]
    assert {spoken.code for spoken in told} == {"de", "es", "fr"}
    for spoken in told:
        known = spoken.ordered_outcomes
        assert known is not None
        for name, family in families(tuple(known.contraries.items()), language(spoken.code)).items():
            assert not family.yes & family.no, f"{spoken.code}: {name}"
            assert not family.all & spoken.stop_words, f"{spoken.code}: {name}"

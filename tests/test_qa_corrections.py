"""Which article corrects which: by the headline it names, by its day and story, and what looks alike and does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

from index.library import Library
from index.records import Article
from qa.corrections.correction import corrections
from qa.corrections.links import Corrected, all_corrected, corrected

COURIER = "The Wend Courier"


def written(title: str, day: str, *paragraphs: str, outlet: str = COURIER) -> str:
    return f'---\ntitle: "{title}"\noutlet: {outlet}\ndate: {day}\n---\n\n' + "\n\n".join(paragraphs) + "\n"


BRIDGE = written(
    "Aldmoor bridge to stay closed until summer",
    "2024-03-12",
    "The bridge at Aldmoor will stay closed until summer, the county engineer Ana Ruiz said on Tuesday.",
    "Its repair will cost 3 million crowns. A span of 140 metres has to be replaced.",
)
SCHOOL = written(
    "Aldmoor school opens a second hall",
    "2024-03-12",
    "The school at Aldmoor opened a second hall on Tuesday. Jon Sol, its headmaster, cut a ribbon of 20 metres.",
)
FERRY = written(
    "Ferry to Hest runs aground with 214 aboard",
    "2024-03-12",
    "A ferry to the island of Hest ran aground on Tuesday with 214 people aboard. The captain, Piet Okonjo, is 45.",
    outlet="Northern Wire",
)
OTHERS = {"bridge.md": BRIDGE, "school.md": SCHOOL, "ferry.md": FERRY}


def links(folder: Path, texts: dict[str, str]) -> dict[str, list[str]]:
    """What each article of a library corrects; that the corrected ones say the same is checked."""
    library = library_of(folder, texts)
    found = {article.id: corrected(article, library) for article in library.articles()}
    told = {(name, other.id) for name, each in found.items() for other in each.corrects}
    assert told == {(other.id, name) for name, each in found.items() for other in each.corrected_by}
    assert all_corrected(library) == {name: each for name, each in found.items() if each != Corrected()}
    return {name: [other.id for other in each.corrects] for name, each in found.items() if each.corrects}


def corrected_by_one(folder: Path, *paragraphs: str, title: str = "Corrections and clarifications") -> list[str]:
    """What an article of the Courier of 14 March 2024 corrects of the others."""
    return links(folder, {**OTHERS, "fix.md": written(title, "2024-03-14", *paragraphs)}).get("fix", [])


@pytest.mark.parametrize(
    "told",
    [
        "A report on 12 March (“Aldmoor bridge to stay closed until summer”) gave the wrong cost.",
        "**Aldmoor.** “Aldmoor bridge to stay closed until summer”, 12 March: Ana Ruiz is the county’s engineer.",
        "An article about repairs (Aldmoor bridge to stay closed until summer, 12 March, page 5) gave the wrong cost.",
        "An article headlined “Aldmoor bridge to stay closed” said the cost was 3 million. It is 2 million.",
        "Our report of 12 March on the bridge at Aldmoor gave the cost as 3 million crowns. It is 2 million crowns.",
        "In an article on Tuesday about the Aldmoor bridge we misstated the span as 140 metres; it is 104 metres.",
        "A report on the bridge at Aldmoor, which is to be repaired, gave its cost as 3 million crowns, not 2 million. "
        "The bridge was opened on 1 June 1954.",
        "An article last week said the Aldmoor bridge would cost 3 million crowns to repair. It will cost 2 million.",
        "An earlier version of our article “Aldmoor bridge to stay closed until summer” said the cost was 3 million.",
    ],
)
def test_an_article_of_corrections_is_linked_to_the_one_it_names(tmp_path: Path, told: str) -> None:
    assert corrected_by_one(tmp_path, told) == ["bridge"]


def test_a_column_of_corrections_is_linked_to_each_article_also_to_an_agency_s(tmp_path: Path) -> None:
    told = (
        "An agency report that we published on 12 March (“Ferry to Hest runs aground with 214 aboard”) was wrong.",
        "A report on 12 March (“Aldmoor school opens a second hall”) misspelled the headmaster’s name.",
        "In crossword 4,418 the clue should have read: “Dish that wakes the baker”.",
    )
    assert corrected_by_one(tmp_path, *told) == ["ferry", "school"]


def test_a_headline_may_name_the_one_that_it_corrects(tmp_path: Path) -> None:
    title = "Correction: Aldmoor bridge to stay closed until summer"
    assert corrected_by_one(tmp_path, "The repair will cost 2 million crowns.", title=title) == ["bridge"]


@pytest.mark.parametrize(
    "told",
    [
        "Correction: Our report of 12 March on the bridge at Aldmoor gave the cost as 3 million crowns, not 2 million.",
        "Correction\n\nA report on 12 March (“Aldmoor bridge to stay closed until summer”) gave the wrong cost.",
        "Our report “Aldmoor bridge to stay closed until summer” wrongly gave the cost as 3 million crowns.",
    ],
)
def test_a_paragraph_of_another_story_may_correct_one(tmp_path: Path, told: str) -> None:
    story = "Councillors in Dunmore voted for a new market hall on Thursday."
    assert corrected_by_one(tmp_path, story, told, title="Dunmore votes for a market hall") == ["bridge"]


@pytest.mark.parametrize(
    "told",
    [
        "An earlier version of this article, of 12 March, gave the cost of the bridge at Aldmoor as 3 million crowns.",
        "This article was amended: a report of 12 March on the bridge at Aldmoor gave its cost as 3 million crowns.",
        "A report on 12 March about the brewery at Aldmoor gave the age of its owner, Tomas Brandt, as 51. He is 54.",
        "A report on 9 March (“Aldmoor bridge to stay closed until summer”) gave the wrong cost.",
        "A report on 12 March (“Council to meet on Friday”) on Aldmoor bridge gave its cost as 3 million crowns.",
        "A report on 12 March about Ana Ruiz, a poet of Aldmoor, named the wrong publisher of her latest verses.",
        "A report on 12 March about summer at Aldmoor was wrong.",
        "A report on 12 March about a tunnel gave its cost as 3 million crowns and its span as 140 metres.",
        "The bridge at Aldmoor is 140 metres long, and its repair will cost 3 million crowns.",
    ],
)
def test_what_names_no_article_of_the_library_for_sure_is_linked_to_none(tmp_path: Path, told: str) -> None:
    assert corrected_by_one(tmp_path, told) == []


TOLD = "A report on 12 March on the bridge at Aldmoor gave its cost as 3 million crowns. It is 2 million crowns."


@pytest.mark.parametrize(
    ("title", "linked"),
    [
        ("Correction", ["bridge"]),
        ("Corrections, 14 March", ["bridge"]),
        ("CLARIFICATION: bridge story", ["bridge"]),
        ("For the record", ["bridge"]),
        ("Markets see a correction", []),
        ("Correction officers strike", []),
        ("Correction of house prices goes on", []),
        ("Council corrects its plan", []),
        ("“Correction”: a film about prisons", []),
    ],
)
def test_only_a_heading_of_corrections_makes_what_stands_below_one(
    tmp_path: Path, title: str, linked: list[str]
) -> None:
    assert corrected_by_one(tmp_path, TOLD, title=title) == linked


@pytest.mark.parametrize(
    ("told", "linked"),
    [
        ("Our report of 12 March on the bridge at Aldmoor wrongly gave its cost as 3 million crowns.", ["bridge"]),
        ("We wrongly reported that the bridge at Aldmoor will cost 3 million crowns to repair.", ["bridge"]),
        ("“Our report of 12 March on the bridge at Aldmoor wrongly gave its cost as 3 million crowns,” she said.", []),
        ("“Correction: our report of 12 March on the bridge at Aldmoor wrongly gave 3 million crowns,” she said.", []),
        ("She said “our report of 12 March on the bridge at Aldmoor wrongly gave its cost as 3 million crowns”.", []),
        ("Our report of 12 March on the bridge at Aldmoor and its cost of 3 million crowns was widely read.", []),
        ("The county’s report of 12 March on the bridge at Aldmoor wrongly gave its cost as 3 million crowns.", []),
        ("Our report of 12 March told of Aldmoor. The county wrongly gave the cost of the bridge as 3 million.", []),
    ],
)
def test_below_another_headline_only_what_was_wrong_in_the_own_paper_counts(
    tmp_path: Path, told: str, linked: list[str]
) -> None:
    assert corrected_by_one(tmp_path, told, title="That bridge at Aldmoor") == linked


def test_of_two_stories_that_may_be_meant_none_is_linked(tmp_path: Path) -> None:
    again = BRIDGE.replace("until summer", "for months").replace("has to be replaced", "is to be made anew")
    texts = {**OTHERS, "again.md": again, "fix.md": written("Correction", "2024-03-14", TOLD)}
    assert links(tmp_path, texts) == {}


def test_of_two_outlets_with_one_headline_the_own_is_meant(tmp_path: Path) -> None:
    told = "A report on 12 March (“Ferry to Hest runs aground with 214 aboard”) gave the wrong number."
    reprint = FERRY.replace("Northern Wire", COURIER).replace("The captain", "Its captain")
    texts = {"ferry.md": FERRY, "reprint.md": reprint, "fix.md": written("Correction", "2024-03-14", told)}
    assert links(tmp_path, texts) == {"fix": ["reprint"]}


def test_of_two_articles_with_one_headline_the_one_of_the_day_is_meant(tmp_path: Path) -> None:
    texts = {
        "old.md": written("The week in the valley", "2024-03-04", "The mill at Ostrey burned on Monday."),
        "new.md": written("The week in the valley", "2024-03-11", "Snow fell at Ostrey, and Ana Ruiz went skiing."),
        "fix.md": written("Clarification", "2024-03-14", "A column on 4 March (“The week in the valley”) was wrong."),
        "open.md": written("Clarification", "2024-03-15", "A column, “The week in the valley”, named a wrong mill."),
    }
    assert links(tmp_path, texts) == {"fix": ["old"]}


def test_an_article_is_not_corrected_by_an_earlier_one_nor_by_another_paper_that_names_no_day(tmp_path: Path) -> None:
    told = "A report, “Aldmoor bridge to stay closed until summer”, gave the wrong cost."
    texts = {
        **OTHERS,
        "before.md": written("Correction", "2024-03-10", told),
        "elsewhere.md": written("Correction", "2024-03-14", f"{told} Sorry.", outlet="Alba Gazette"),
    }
    assert links(tmp_path, texts) == {}


def test_a_story_that_carries_its_own_correction_is_linked_to_no_other(tmp_path: Path) -> None:
    note = "Correction: A report on 12 March on the 140 metres of the bridge at Aldmoor gave its cost as 3 million."
    own = BRIDGE.replace("3 million", "2 million").replace("until summer", "to lorries") + f"\n{note}\n"
    assert links(tmp_path, {"bridge.md": own, "school.md": SCHOOL}) == {}


ABROAD = {
    "de": (
        ("Brücke in Aldmoor bleibt bis Sommer gesperrt", "Die Brücke in Aldmoor bleibt bis Sommer gesperrt, sagte "
         "die Ingenieurin Ana Ruiz am Dienstag. Die Reparatur kostet 3 Millionen Kronen."),
        ("Turnhalle in Aldmoor eröffnet", "Die Schule in Aldmoor hat am Dienstag eine Turnhalle eröffnet."),
        ("Berichtigung", "In unserem Bericht vom 12. März („Brücke in Aldmoor bleibt bis Sommer gesperrt“) stand eine "
         "falsche Summe."),
        ("Markt in Dunmore", "Korrektur: In einem Artikel vom 12. März über die Brücke in Aldmoor haben wir die "
         "Kosten der Reparatur mit 3 Millionen Kronen angegeben. Es sind 2 Millionen Kronen."),
        ("Korrektur an den Börsen", "Ein Bericht vom 12. März über die Brücke in Aldmoor nannte 3 Millionen Kronen."),
    ),
    "es": (
        ("El puente de Aldmoor seguirá cerrado hasta el verano", "El puente de Aldmoor seguirá cerrado hasta el "
         "verano, dijo el martes la ingeniera Ana Ruiz. La reparación costará 3 millones de coronas."),
        ("La escuela de Aldmoor abre un gimnasio", "La escuela de Aldmoor abrió el martes un gimnasio nuevo."),
        ("Fe de errores", "En un artículo del 12 de marzo («El puente de Aldmoor seguirá cerrado hasta el verano») se "
         "dio una cifra que no era cierta."),
        ("El mercado de Dunmore", "Corrección: En la noticia publicada el 12 de marzo sobre el puente de Aldmoor "
         "dijimos que la reparación costará 3 millones de coronas. Costará 2 millones de coronas."),
        ("La corrección de las bolsas", "Un artículo del 12 de marzo sobre el puente de Aldmoor daba 3 millones."),
    ),
    "fr": (
        ("Le pont d’Aldmoor reste fermé jusqu’à l’été", "Le pont d’Aldmoor reste fermé jusqu’à l’été, a dit mardi "
         "l’ingénieure Ana Ruiz. La réparation coûtera 3 millions de couronnes."),
        ("L’école d’Aldmoor ouvre un gymnase", "L’école d’Aldmoor a ouvert mardi un nouveau gymnase."),
        ("Rectificatif", "Dans un article du 12 mars (« Le pont d’Aldmoor reste fermé jusqu’à l’été »), le montant "
         "indiqué était faux."),
        ("Le marché de Dunmore", "Rectificatif : dans notre article du 12 mars sur le pont d’Aldmoor, nous avons "
         "écrit à tort que la réparation coûtera 3 millions de couronnes. Elle coûtera 2 millions de couronnes."),
        ("Une correction sur les marchés", "Un article du 12 mars sur le pont d’Aldmoor parlait de 3 millions."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", ABROAD)
def test_articles_in_other_languages_are_linked_alike(tmp_path: Path, code: str) -> None:
    days = {"bridge": "2024-03-12", "school": "2024-03-12", "column": "2024-03-14", "note": "2024-03-15"}
    days["market"] = "2024-03-16"
    articles = zip(days.items(), ABROAD[code], strict=True)
    texts = {f"{name}.md": written(title, day, text) for (name, day), (title, text) in articles}
    assert links(tmp_path, texts) == {"column": ["bridge"], "note": ["bridge"]}


def test_the_same_text_under_two_names_is_corrected_alike(tmp_path: Path) -> None:
    told = "A report on 12 March (“Aldmoor bridge to stay closed until summer”) gave the wrong cost."
    library = library_of(tmp_path, OTHERS)
    for name, text in (("twin.md", BRIDGE), ("fix.md", written("Correction", "2024-03-14", told))):
        (tmp_path / name).write_text(text)
        add(library, tmp_path / name)
    for name in ("bridge", "twin"):
        assert [each.id for each in corrected(library.article(name), library).corrected_by] == ["fix"]


def add(library: Library, path: Path) -> None:
    from index.reading.files import find

    assert len(list(library.add(find([path])))) == 1


def test_a_sentence_that_was_wrong_goes_on_behind_an_ordinal(tmp_path: Path) -> None:
    (title, text), *_ = ABROAD["de"]
    told = "Wir haben am 12. März fälschlicherweise berichtet, die Brücke in Aldmoor koste 3 Millionen Kronen."
    texts = {"bridge.md": written(title, "2024-03-12", text), "fix.md": written("Rat tagt", "2024-03-14", told)}
    assert links(tmp_path, texts) == {"fix": ["bridge"]}


@pytest.mark.parametrize(
    "told",
    [
        "Of the fire on 9 March our report of 11 March wrongly said that it was on 8 March.",
        "Our report “The fire of 9 March”, which appeared on 11 March, wrongly said that it was on 8 March.",
        "On 11 March we wrongly reported that the fire at the mill was on 8 March.",
    ],
)
def test_the_day_of_a_report_is_the_date_that_stands_nearest_to_it(told: str) -> None:
    (found,) = corrections(Article("fix", "Fire: what we know", COURIER, "2024-03-14", None, told))
    assert str(found.day) == "2024-03-11"

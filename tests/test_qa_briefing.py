"""What is new: stories by what they tell, where they differ, what was set right."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from fakes import library_of

from index.errors import InputError
from index.language.registry import language
from index.library import Library
from index.records import Filter
from qa.overview.briefing import briefing
from ui.html.briefing import briefing_html

TEXTS = {
    "flood.txt": "River Alba floods Millside\nBy Ana Ruiz | The Courier | 12 March 2024\n\n"
    "About 1,200 people left their homes in Millside on Tuesday after the River Alba burst its banks.\n\n"
    "The dam at Ostrey held, the water board said.\n",
    "flood-later.txt": "Millside flood: figures revised\nBy Jon Sol | Alba Gazette | 14 March 2024\n\n"
    "In Millside, 900 people left their homes after the River Alba burst its banks, the county said.\n\n"
    "An earlier version of this article gave another number.\n",
    "cup.txt": "Rovers win the cup\nThe Courier | 13 March 2024\n\nKestrel Rovers beat Dunmore 3-2 and won the cup.\n",
    "old.txt": "Mayor resigns\nThe Courier | 2 January 2024\n\nMayor Tomas Okafor of Ostrey resigned on Tuesday.\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("news"), TEXTS)


def test_articles_of_one_story_are_told_once_with_the_story_of_most_sources_first(library: Library) -> None:
    found = briefing(library, "2024-03-10")
    assert [[each.id for each in story.articles] for story in found.stories] == [["flood-later", "flood"], ["cup"]]
    assert found.stories[1].lead.quote == "Kestrel Rovers beat Dunmore 3-2 and won the cup."
    assert (found.articles, found.story_count) == (3, 2)
    lead = found.stories[0].lead
    assert library.article(lead.article_id).text[lead.start : lead.end] == lead.quote


def test_the_figures_that_articles_of_a_story_differ_in_are_told_with_their_sentences(library: Library) -> None:
    (differ,) = briefing(library, "2024-03-10").disagreements
    assert {told.value: [c.article_id for c in told.citations] for told in differ.values} == {
        "900": ["flood-later"],
        "about 1,200": ["flood"],
    }


def test_what_sets_right_an_earlier_report_is_told(library: Library) -> None:
    (corrected,) = briefing(library, "2024-03-10").corrections
    assert corrected.quote == "An earlier version of this article gave another number."


def test_without_a_day_it_is_the_week_before_the_newest_article(library: Library) -> None:
    assert briefing(library).since == "2024-03-07"


def test_the_day_an_undated_article_was_added_makes_no_week(tmp_path: Path) -> None:
    undated = {"notes.txt": "Notes on the dam\n\nThe dam at Ostrey was built of local stone by 300 workers.\n"}
    for folder in ("both", "alone"):
        (tmp_path / folder).mkdir()
    found = briefing(library_of(tmp_path / "both", TEXTS | undated))
    assert (found.since, found.articles, found.undated) == ("2024-03-07", 4, 1)
    assert "4 articles, 1 of them undated, 2 stories" in re.sub("<[^>]*>", "", briefing_html(found))
    alone = library_of(tmp_path / "alone", undated)
    (listing,) = alone.listings()
    week_before = date.fromisoformat(listing.added[:10]) - timedelta(days=7)
    assert (briefing(alone).since, briefing(alone).articles) == (week_before.isoformat(), 1)


def test_a_filter_restricts_it(library: Library) -> None:
    found = briefing(library, "2024-01-01", Filter(outlets=("The Courier",)))
    assert {each.id for story in found.stories for each in story.articles} == {"flood", "cup", "old"}
    assert found.disagreements == ()
    assert briefing(library, "2024-03-15").stories == ()


def test_a_day_that_is_none_is_refused(library: Library) -> None:
    with pytest.raises(InputError) as raised:
        briefing(library, "yesterday")
    assert str(raised.value) == '"yesterday" is no day; give one like 2024-03-12.'


def test_as_json_it_has_everything_with_its_place(library: Library) -> None:
    told = briefing(library, "2024-03-10").to_json()
    assert told["stories"][1]["lead"]["article"] == "cup"
    assert [each["id"] for each in told["stories"][0]["articles"]] == ["flood-later", "flood"]
    assert told["disagreements"][0]["values"][0]["citations"][0]["quote"].startswith("In Millside, 900 people")
    assert told["corrections"][0]["number"] == 1


GERMAN = {
    "flut.txt": "Hochwasser in Millside an der Alba\nDer Kurier | 12. März 2024\n\n"
    "In Millside mussten am Dienstag rund 1.200 Menschen ihre Häuser verlassen, weil die Alba über die Ufer trat.\n\n"
    "Der Damm bei Ostrey hielt, sagte der Wasserverband.\n",
    "flut-neu.txt": "Hochwasser an der Alba: Zahlen korrigiert\nAlba-Zeitung | 14. März 2024\n\n"
    "In Millside mussten 900 Menschen ihre Häuser verlassen, nachdem die Alba über die Ufer getreten war.\n\n"
    "In einer früheren Version dieses Artikels stand eine andere Zahl.\n",
}


def test_articles_in_german_are_told_of_as_those_in_english(tmp_path: Path) -> None:
    found = briefing(library_of(tmp_path, GERMAN), "2024-03-10")
    assert [[each.id for each in story.articles] for story in found.stories] == [["flut-neu", "flut"]]
    (differ,) = found.disagreements
    assert differ.about.startswith("Wie viele Menschen ihre Häuser verlassen")
    assert {told.value: [c.article_id for c in told.citations] for told in differ.values} == {
        "900": ["flut-neu"],
        "rund 1.200": ["flut"],
    }
    (corrected,) = found.corrections
    assert corrected.quote == "In einer früheren Version dieses Artikels stand eine andere Zahl."


def test_two_stories_of_a_kind_are_not_one_for_a_word_that_begins_a_sentence(tmp_path: Path) -> None:
    told = "Bank shares lost two percent as investors feared losses, and traders sold bank shares at the"
    texts = {
        "orlo.txt": f"Orlo shares fall\nThe Courier | 12 March 2024\n\n{told} Orlo Bourse. The Irish waited.\n",
        "halden.txt": f"Halden shares fall\nThe Gazette | 13 March 2024\n\n{told} Halden Market. The Danes left.\n",
    }
    assert briefing(library_of(tmp_path, texts | {"cup.txt": TEXTS["cup.txt"]}), "2024-03-10").story_count == 3


def test_a_paragraph_that_corrects_another_article_is_told_whole_where_no_sentence_says_so(tmp_path: Path) -> None:
    told = "Im Artikel „Die Alba flutet Millside“ vom 12. März stand eine falsche Zahl. Richtig ist: Es waren 900."
    texts = {
        "flut.txt": "Die Alba flutet Millside\nAlba-Zeitung | 12. März 2024\n\nRund 1.200 Menschen flohen.\n",
        "falsch.txt": f"Berichtigung: Zahl der Opfer\nAlba-Zeitung | 14. März 2024\n\n{told}\n",
    }
    assert [each.quote for each in briefing(library_of(tmp_path, texts), "2024-03-10").corrections] == [told]


def test_a_column_that_corrects_several_articles_is_of_no_story(tmp_path: Path) -> None:
    column = (
        "Corrections and clarifications\nThe Courier | 15 March 2024\n\n"
        'A report that we published on 12 March ("River Alba floods Millside") said that about 1,200 people left their '
        "homes in Millside on Tuesday after the River Alba burst its banks. There were 1,050.\n\n"
        'A report on 13 March ("Rovers win the cup") said that Kestrel Rovers beat Dunmore 3-2. They won 3-1.\n'
    )
    found = briefing(library_of(tmp_path, TEXTS | {"corrections.txt": column}), "2024-03-10")
    assert [[each.id for each in story.articles] for story in found.stories] == [["flood-later", "flood"], ["cup"]]
    assert {each.article_id for each in found.corrections} == {"corrections", "flood-later"}


def test_a_german_date_at_the_end_of_a_sentence_does_not_end_it_before_the_month(tmp_path: Path) -> None:
    closes = "Nach 112 Jahren schließt die Bäckerei Sommer in der Altstadt am 30. Juni."
    text = f"Bäckerei schließt\nAlba-Zeitung | 12. März 2024\n\n{closes} Es fand sich kein Nachfolger.\n"
    (story,) = briefing(library_of(tmp_path, {"baeckerei.txt": text}), "2024-03-10").stories
    assert story.lead.quote == closes


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "El diario rectificó la cifra de muertos que había publicado el lunes."),
        ("es", "Una versión anterior de este artículo daba otro número."),
        ("fr", "Cet article a été corrigé : le nombre de morts était faux."),
        ("fr", "Une version précédente donnait un autre chiffre."),
        ("de", "Der Verband korrigierte die Zahl der Opfer am Montag."),
    ],
)
def test_corrections_are_known_by_the_words_of_their_language(code: str, text: str) -> None:
    assert re.search(language(code).sentences.corrections, text, re.IGNORECASE)

"""Outlets and dates in a question: what restricts it, what is only offered, and that nothing is ever left out by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from index.records import Filter
from qa.question.restriction import named_outlets, offered, published, recognised

OUTLETS = ["NBC News", "The Courier", "The Northern Union", "Union"]
ARTICLES = {
    "a": ("NBC News", "2018-10-19", "Caravan grows", "The caravan has 4,000 people, officials said on Friday."),
    "b": ("The Courier", "2018-11-02", "Bridge closed", "The bridge over the Wend is closed until May."),
    "c": ("The Courier", "2019-01-05", "Ferry late", "The ferry was late, NBC reported, because of the ice."),
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, (outlet, day, title, text) in ARTICLES.items():
        (tmp_path / f"{name}.md").write_text(f"---\noutlet: {outlet}\ndate: {day}\n---\n# {title}\n\n{text}\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / f"{name}.md" for name in ARTICLES])))
    return library


@pytest.mark.parametrize(
    ("question", "outlet"),
    [
        ("How many came, according to NBC?", "NBC News"),
        ("according to nbc news how many came", "NBC News"),
        ("What did the Courier report about the bridge?", "The Courier"),
        ("What do the articles from The Courier say?", "The Courier"),
        ("Was the bridge closed, as reported by the Northern Union?", "The Northern Union"),
        ("How many came, according to the NBC’s chairman?", None),
        ("How many came, according to the union?", None),
        ("What do NBC and the Courier each say, according to NBC?", None),
        ("Who bought NBC News?", None),
        ("How many came, according to officials?", None),
    ],
)
def test_an_outlet_is_meant_where_its_own_articles_are_asked_for(question: str, outlet: str | None) -> None:
    assert named_outlets(question, OUTLETS) == ((outlet,) if outlet else ())


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What did articles from October 2018 say?", ("2018-10-01", "2018-10-31")),
        ("Which stories published since 3 May 2024 name him?", ("2024-05-03", None)),
        ("What do reports before 2019 say?", (None, "2018-12-31")),
        ("What do reports after February 2020 say?", ("2020-03-01", None)),
        ("What do articles of 31 June 2018 say?", (None, None)),
        ("How big was the caravan in October 2018?", (None, None)),
        ("What do articles from 2018 and 2019 say?", (None, None)),
        ("What do articles from October say?", (None, None)),
    ],
)
def test_days_of_publication_are_meant_where_articles_are_spoken_of(
    question: str, days: tuple[str | None, str | None]
) -> None:
    assert published(question) == days


def test_an_outlet_restricts_unless_the_answer_may_stand_elsewhere(library: Library) -> None:
    courier = Filter(outlets=("The Courier",))
    assert recognised("Is the bridge closed, according to the Courier?", library) == courier
    assert recognised("Why was the ferry late, according to NBC?", library) is None
    assert offered("Why was the ferry late, according to NBC?", library) == Filter(outlets=("NBC News",))


def test_an_article_of_no_known_outlet_may_be_anybodys(library: Library, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text("Bridge\n\nThe bridge is closed for ever.\n")
    list(library.add(find([tmp_path / "d.txt"])))
    assert recognised("Is the bridge closed, according to the Courier?", library) is None


def test_a_date_of_what_happened_is_only_offered(library: Library) -> None:
    october = Filter(since="2018-10-01", until="2018-10-31")
    assert recognised("How big was the caravan in October 2018?", library) is None
    assert offered("How big was the caravan in October 2018?", library) == october
    assert recognised("How big was the caravan in articles from October 2018?", library) == october


def test_what_leaves_nothing_or_everything_is_neither_done_nor_offered(library: Library) -> None:
    assert recognised("What do articles from 2003 say?", library) is None
    assert offered("What happened in 2003?", library) is None
    assert offered("What happened since 2003?", library) is None

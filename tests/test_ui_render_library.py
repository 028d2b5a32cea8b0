"""Rendering of what was added, and of questions to begin with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import WordEmbedder
from rendered import ANSWER, ARTICLE, Elements, render

from index.adding import AddResult
from index.library import Library
from index.reading.files import find
from ui.commands.adding import _better_embedder, _line
from ui.html.being_added import added_html, so_far_html
from ui.html.render import welcome_html
from ui.page.asking.examples import SAMPLES, examples, followups, may_add_samples
from ui.page.shelf.reading_anew import advice_html

# ---- lists ----


def test_outcomes_are_counted_and_those_that_failed_come_first():
    outcomes = [AddResult("a", "added"), AddResult("b", "skipped", "the file is empty"), AddResult("c", "added")]
    page = Elements(added_html(outcomes)).text
    assert page.startswith("1 skipped, 2 added")
    assert page.index("the file is empty") < page.index("added a")


def test_an_address_that_failed_is_named_once():
    told = "https://a.example/x.html answers 404 Not Found; check the address, or try again later."
    outcomes = [AddResult(name, "skipped", told) for name in ("https://a.example/x.html", "a.example/x")]
    assert Elements(added_html(outcomes)).text == f"2 skippedskipped {told}skipped {told}"
    assert [_line(outcome) for outcome in outcomes] == [f"skipped   {told}"] * 2
    assert _line(AddResult("a", "skipped", "/news/a.txt is empty")) == "skipped   a: /news/a.txt is empty"
    assert _line(AddResult("a", "added")) == "added     a"


def test_outcomes_tell_how_far_adding_has_come():
    outcomes = [AddResult("a", "added", passages=1_200), AddResult("b", "unchanged")]
    page = Elements(so_far_html(outcomes, 8))
    assert page.text == "2 of 8 files, 1,200 passages"
    assert ("progress", {"max": "8", "value": "2", "aria-label": "Files added"}) in page.elements
    assert Elements(so_far_html(outcomes, 2)).text == "2 of 2 files, 1,200 passages"


def test_where_nobody_knows_how_many_files_there_are_what_came_is_counted():
    outcomes = [AddResult("letters/1", "added", passages=1), AddResult("letters/2", "added", passages=1)]
    for total in (0, 1):  # one file may hold many articles
        page = Elements(so_far_html(outcomes, total))
        assert page.text == "2 articles, 2 passages"
        assert "progress" not in [tag for tag, _ in page.elements]


def test_cancelled_outcomes_say_where_adding_ended():
    page = Elements(added_html([AddResult("a", "added")], 8, cancelled=True)).text
    assert page.startswith("Cancelled after 1 of 8 files: 1 added")


def test_an_empty_library_is_told_and_a_full_one_offers_questions():
    assert "The library is empty" in Elements(welcome_html(0, [])).text
    page = Elements(welcome_html(2, ["What did Ana Ruiz say?"]))
    assert "Ask 2 articles" in page.text
    assert "What did Ana Ruiz say?" in page.text


def test_example_questions_ask_what_people_said_and_about_names():
    article = replace(ARTICLE, text="They met in Port Alba. “Soon,” said Ana Ruiz. The mayor of Port Alba left.")
    assert examples([article]) == ["What did Ana Ruiz say?", "What do the articles say about “Port Alba”?"]
    assert examples([]) == []
    reported = replace(article, text=f"By Ana Ruiz\n\n{article.text}")
    assert examples([reported]) == ["What do the articles say about “Port Alba”?"]


def test_questions_about_german_articles_are_in_german_and_only_about_who_speaks() -> None:
    text = (
        "Von Jana Brückner\n\nDie Alte Brücke ist seit drei Jahren gesperrt. „Bald“, sagte Bürgermeisterin Ida Öz. "
        "Jana Brückner schrieb, die Alte Brücke sei zu."
    )
    german = replace(ARTICLE, text=text, author="Jana Brückner")
    assert examples([german]) == ["Was sagte Bürgermeisterin Ida Öz?"]
    spanish = replace(ARTICLE, text="El puente está cerrado desde hace tres años. «Pronto», dijo Ana Ruiz.")
    assert examples([german, spanish, german]) == ["Was sagte Bürgermeisterin Ida Öz?"]
    assert examples([spanish]) == ["¿Qué dijo Ana Ruiz?"]


@pytest.mark.parametrize("is_here", [True, False])
def test_another_embedder_is_recommended_where_articles_are_in_other_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_here: bool
) -> None:
    monkeypatch.setenv("BYLINE_MODELS", str(tmp_path / "models"))
    if is_here:
        (tmp_path / "models" / "multilingual-e5-small").mkdir(parents=True)
    for name, text in {"harbour": "The harbour of the town is closed.", "hafen": "Der Hafen der Stadt ist zu."}.items():
        (tmp_path / f"{name}.txt").write_text(f"{text}\n\n{text}\n")
    for embedder, advised in (("all-MiniLM-L6-v2", True), ("multilingual-e5-small", False)):
        library = Library(tmp_path / embedder, WordEmbedder(embedder))
        assert advice_html(library) == ""
        list(library.add(find([tmp_path / "harbour.txt"])))
        assert advice_html(library) == ""
        list(library.add(find([tmp_path / "hafen.txt"])))
        told = Elements(advice_html(library)).text
        assert ("not in English: 1." in told) is advised
        assert ("press “Read the articles anew for other languages”" in told) is advised
        in_terminal = _better_embedder(library) or ""
        assert ("byline add --embedder multilingual-e5-small" in in_terminal) is advised
        for said in (told, in_terminal):
            assert ("byline models fetch multilingual-e5-small" in said) is (advised and not is_here)


def test_the_samples_are_offered_until_all_are_there_and_beside_nothing_else():
    ids = [source.id for source in find([SAMPLES])]
    assert may_add_samples(ids[:-2])
    assert not may_add_samples(ids)
    assert not may_add_samples([*ids[:-2], "mine"])


def test_questions_to_go_on_with_leave_out_what_was_asked_and_site_furniture():
    text = "Share this with Twitter Email\n\nThey met in Port Alba. “Soon,” said Ana Ruiz. The mayor of Port Alba left."
    article = replace(ARTICLE, text=text)
    assert followups([article], ["What did Ana Ruiz say?"]) == ["What do the articles say about “Port Alba”?"]
    assert followups([], ["What?"]) == []
    page = Elements(render(ANSWER, followups=["Who <paid>?"]))
    assert len(page.of_class("example")) == 1
    assert "Who <paid>?" in page.text

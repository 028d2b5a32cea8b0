"""Rendering of answers: what the markup says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape

import pytest
from rendered import ANSWER, ARTICLE, FIRST, SECOND, TEXT, Elements, citation, render

from index.errors import InputError
from index.records import Article, Filter, Hit, Passage
from index.store.readers.conversations import Feedback
from qa.records import Answer, AnswerOutcome, Conflict, ConflictValue, Timings
from ui.html.disagreement import conflict_lines
from ui.html.markup import date_html, error_html, source_html
from ui.html.reader import absent_html
from ui.html.render import answer_html

# ---- answers ----


def test_a_citation_stands_in_its_sentence_and_carries_its_place():
    (found,) = Elements(render(ANSWER)).of_class("citation")
    assert found["data-number"] == "1"
    assert found["data-article"] == "2024/harbour"
    assert found["data-start"] == str(FIRST.start)
    assert found["data-end"] == str(FIRST.end)
    assert found["data-sha256"] == ARTICLE.sha256
    text = ARTICLE.sha256[:12]
    assert found["href"] == f"?article=2024%2Fharbour&start={FIRST.start}&end={FIRST.end}&text={text}"
    assert re.search(r'<span class="sentence">It reopened on Monday\.<a [^>]*>1</a></span>', render(ANSWER))


def test_what_no_sentence_bears_is_seen_also_once_the_answer_is_done():
    page = Elements(render(ANSWER))
    lists = [attrs["aria-label"] for tag, attrs in page.elements if tag == "ol"]
    assert lists == ["Quotations", "See also"]
    assert [attrs["data-number"] for attrs in page.of_class("source")] == ["1", "2"]
    growing = render(replace(ANSWER, stage="reading", text="", sentences=(), citations=(FIRST,)))
    assert "See also" not in growing
    assert "See also" not in render(replace(ANSWER, citations=(FIRST,)))


def test_a_citation_has_a_name_and_a_description_for_a_screen_reader():
    page = Elements(render(ANSWER))
    (found,) = page.of_class("citation")
    assert found["aria-label"] == "Citation 1: Harbour reopens, The Alba Post, 5 March 2024"
    assert found["aria-describedby"] in [attrs.get("id") for tag, attrs in page.elements if tag == "blockquote"]


def test_every_sentence_has_its_verdict_in_a_word_a_sign_and_a_class():
    page = render(ANSWER)
    verdicts = re.findall(
        r'<span class="verdict (\w+)" dir="ltr"><span class="sign" aria-hidden="true">(.)</span> ([^<]+)</span>', page
    )
    assert verdicts == [("supported", "✓", "supported"), ("unsupported", "✗", "unsupported")]
    partly = replace(ANSWER, sentences=(replace(ANSWER.sentences[0], support="partly"),))
    assert (
        '<span class="verdict partly" dir="ltr"><span class="sign" aria-hidden="true">≈</span> partly supported</span>'
        in render(partly)
    )


def test_the_text_of_an_answer_is_whole_also_while_its_last_sentence_grows():
    growing = replace(ANSWER, stage="writing", sentences=ANSWER.sentences[:1])
    assert "It was shut for two weeks.</p>" in render(growing)
    assert 'aria-busy="true"' in render(growing)
    assert 'aria-busy="false"' in render(ANSWER)


def test_evidence_is_shown_before_the_first_word_of_the_answer():
    reading = replace(ANSWER, stage="reading", text="", sentences=(), citations=(FIRST,), outcome="not found")
    page = Elements(render(reading))
    assert "Found, writing…" in page.text
    assert FIRST.quote in page.text
    assert [link["data-number"] for link in page.of_class("source")] == ["1"]


@pytest.mark.parametrize(
    ("stage", "place", "words"),
    [
        ("waiting", 2, "Waiting, 2 ahead of you"),
        ("waiting", 0, "Waiting…"),
        ("searching", 0, "Searching the articles…"),
        ("reading", 0, "Reading…"),
    ],
)
def test_the_stage_is_told_in_words(stage, place, words):
    assert words in Elements(render(Answer("Q?", "Q?", stage=stage, place=place))).text


def test_evidence_stays_while_the_question_waits_for_the_model():
    waiting = replace(ANSWER, stage="waiting", place=1, text="", sentences=(), citations=(FIRST,), outcome="not found")
    page = Elements(render(waiting))
    assert "Waiting, 1 ahead of you" in page.text
    assert FIRST.quote in page.text


def test_a_refusal_names_the_nearest_passages_which_open_in_the_reader():
    passage = Passage(ARTICLE.id, FIRST.start, SECOND.end, TEXT[FIRST.start : SECOND.end])
    refused = Answer("Q?", "Q?", stage="done", text="Not in there.", also_searched=(Hit(passage, 0.5, 0.5, 1.0, ()),))
    page = Elements(render(refused))
    assert "Not in there." in page.text
    assert "Nearest passages" in page.text
    (link,) = page.of_class("nearest")
    assert (link["data-article"], link["data-start"], link["data-end"]) == (
        ARTICLE.id,
        str(FIRST.start),
        str(SECOND.end),
    )
    assert page.of_class("citation") == []
    assert page.of_class("verdict") == []


@pytest.mark.parametrize(("outcome", "told"), [("not found", 1), ("maybe", 1), ("answered", 0)])
def test_what_was_not_surely_found_tells_that_articles_were_still_being_added(outcome: AnswerOutcome, told: int):
    asked = Answer("Who?", "Who?", stage="done", text="Ana.", outcome=outcome)
    assert len(Elements(render(replace(asked, while_adding=True))).of_class("while-adding")) == told
    assert Elements(render(asked)).of_class("while-adding") == []


def test_a_nearest_passage_whose_article_is_gone_is_left_out():
    def gone(article_id: str) -> Article:
        raise InputError(f"no {article_id}")

    passage = Passage("gone", 0, 3, "abc")
    refused = Answer("Q?", "Q?", stage="done", text="Not in there.", also_searched=(Hit(passage, 0.5, 0.5, 1.0, ()),))
    assert "Nearest" not in answer_html(refused, 1, gone)


def test_an_error_keeps_the_evidence_and_adds_its_sentence():
    reading = replace(ANSWER, stage="reading", text="", sentences=(), citations=(FIRST,), outcome="not found")
    page = Elements(render(reading, error="No model; fetch one with: byline models fetch"))
    assert page.text.count("No model; fetch one with: byline models fetch") == 1
    assert FIRST.quote in page.text
    assert "writing" not in page.text
    assert page.of_class("busy") == []


def test_a_stopped_answer_says_so_and_keeps_what_was_written():
    page = Elements(render(replace(ANSWER, stage="writing"), note="Stopped."))
    assert "Stopped." in page.text
    assert "It reopened on Monday." in page.text
    assert page.of_class("busy") == []


def test_a_conflict_is_a_table_of_values_sources_and_dates():
    conflict = Conflict("days closed", (ConflictValue("12", (2,)), ConflictValue("two weeks", (1,))))
    page = Elements(render(replace(ANSWER, conflict=conflict)))
    assert "The articles disagreeValueSourceDate12" in page.text
    assert "two weeks" in page.text
    assert [link["data-number"] for link in page.of_class("citation")] == ["1", "2", "1"]


def test_each_source_of_a_value_stands_beside_its_own_date():
    third = replace(FIRST, number=3, outlet="Bay Herald", published="2024-03-07")
    conflict = Conflict("days closed", (ConflictValue("12", (1, 3)), ConflictValue("two weeks", (2,))))
    page = render(replace(ANSWER, conflict=conflict, citations=(*ANSWER.citations, third)))
    assert 'rowspan="2"' in page
    rows = [Elements(row).text for row in page.split("<tbody>")[1].split("</tr>")]
    assert rows[:2] == ["12The Alba Post 15 March 2024", "Bay Herald 37 March 2024"]


def test_a_value_says_how_many_sources_agree_and_who_printed_it_again():
    values = (ConflictValue("12", (2,), sources=2, reprints=1), ConflictValue("two weeks", (1,)))
    page = Elements(render(replace(ANSWER, conflict=Conflict("days closed", values))))
    assert page.text.count("2 sources agreeprinted again in 1 article") == 1
    assert [told["dir"] for told in page.of_class("agree")] == ["ltr", "ltr"], "the page's words, and no article's"


def test_what_disagrees_is_printed_in_a_line_a_value():
    undated = replace(ANSWER.citations[1], published=None)
    values = (ConflictValue("12", (1,), sources=2), ConflictValue("two weeks", (2,)))
    answer = replace(ANSWER, conflict=Conflict("days closed", values), citations=(ANSWER.citations[0], undated))
    assert list(conflict_lines(answer)) == [
        "The articles disagree:",
        "  12: The Alba Post, 5 March 2024; 2 sources agree [1]",
        "  two weeks: The Alba Post, undated [2]",
    ]
    assert list(conflict_lines(ANSWER)) == []


def test_a_long_question_is_cut_in_its_heading():
    page = render(Answer("word " * 400, "", stage="searching"))
    assert len(Elements(page).text) < 400
    assert "word…" in page


def test_the_question_as_searched_is_shown_where_it_differs_and_can_be_changed():
    followup = replace(ANSWER, question="And when?", standalone="When did <it> reopen?")
    page = Elements(render(followup))
    assert "Searched as: When did <it> reopen?" in page.text
    assert [button["data-words"] for button in page.of_class("reword")] == ["When did <it> reopen?"]
    together = replace(ANSWER, question="And when?", standalone="when? — Who <paid>?")
    assert "Searched together with: Who <paid>? Change" in Elements(render(together)).text
    assert "Searched" not in render(ANSWER)


def test_what_only_may_answer_says_so_and_bears_no_mark_of_support():
    page = Elements(render(replace(ANSWER, outcome="maybe")))
    assert "This may answer it:It reopened on Monday.1 It was shut" in page.text
    assert page.of_class("verdict") == []
    assert [attrs["data-number"] for attrs in page.of_class("citation")] == ["1"]
    assert page.of_class("anyway") == []


def test_a_sentence_that_is_only_quoted_is_marked_so():
    quoted = replace(ANSWER, sentences=(replace(ANSWER.sentences[0], support="quoted"),))
    assert '<span class="verdict quoted" dir="ltr"><span class="sign" aria-hidden="true">“</span> quoted</span>' in (
        render(quoted)
    )


def test_a_quoted_headline_is_not_said_twice():
    headline = citation(1, "Harbour reopens")
    quoted = replace(ANSWER, sentences=(ANSWER.sentences[0],), citations=(headline,))
    assert Elements(render(quoted)).text.count("Harbour reopens") == 1
    assert "Headline · The Alba Post · 5 March 2024" in Elements(render(quoted)).text


def test_an_error_names_the_way_out_that_the_page_has():
    assert "The library is empty; add articles under Library." in error_html(
        "The library is empty; add articles with: byline add PATH"
    )
    assert "There is no article “x” in the library; those there are stand under Library." in absent_html(
        "There is no article “x” in the library; list them with: byline list"
    )


def test_what_a_reader_said_of_an_answer_is_shown_pressed():
    page = Elements(render(ANSWER, feedback=Feedback(False)))
    pressed = {attrs["class"]: attrs["aria-pressed"] for _, attrs in page.elements if "aria-pressed" in attrs}
    assert pressed == {"tool good": "false", "tool bad": "true"}


def test_only_a_refusal_offers_to_answer_anyway():
    refused = Answer("Who?", "Who?", stage="done", text="The articles do not say.")
    assert len(Elements(render(refused)).of_class("anyway")) == 1
    assert Elements(render(refused)).of_class("keep") == [], "there is nothing to keep of it"
    assert len(Elements(render(ANSWER)).of_class("keep")) == 1
    assert Elements(render(ANSWER)).of_class("anyway") == []


def test_a_restricted_question_can_be_asked_of_all_articles_and_another_of_those_it_names():
    herald = Filter(since="2018-10-01", until="2018-10-31", outlets=('"Herald" & Sons',))
    restricted = Elements(render(replace(ANSWER, only=herald), offered=herald))
    assert (len(restricted.of_class("everywhere")), restricted.of_class("narrow")) == (1, [])
    (narrow,) = Elements(render(ANSWER, offered=herald)).of_class("narrow")
    assert json.loads(narrow["data-only"]) == {
        "since": "2018-10-01",
        "until": "2018-10-31",
        "outlets": ['"Herald" & Sons'],
    }
    assert 'Ask only articles: October 2018, "Herald" &amp; Sons' in render(ANSWER, offered=herald)
    one = Filter(articles=("a",))
    assert Elements(render(replace(ANSWER, only=one))).of_class("everywhere") == []
    refused = Answer("Who?", "Who?", only=one, stage="done", text="The articles do not say.")
    assert len(Elements(render(refused)).of_class("everywhere")) == 1, "another article may say it"


def test_dates_are_written_out_and_others_left_as_they_are():
    assert date_html("2024-03-05T10:00:00Z") == '<time datetime="2024-03-05T10:00:00Z">5 March 2024</time>'
    assert date_html("last spring") == '<time datetime="last spring">last spring</time>'
    assert date_html(None) == ""


def test_right_to_left_text_is_left_to_the_browser_to_lay_out():
    title = "الميناء يعاد فتحه"
    assert f'<span class="title" dir="auto">{escape(title)}</span>' in source_html(title, None, None)


@pytest.mark.parametrize(
    ("timings", "warm", "told"),
    [
        (
            Timings(first_token=412.0, total=1260.0),
            True,
            "1.3 s, the first word after 0.4 s",
        ),
        (
            Timings(first_token=950.0, total=2040.0),
            False,
            "2.0 s, the first word after 0.9 s",
        ),
        (Timings(total=48.0), None, "0.0 s"),
    ],
)
def test_an_answer_says_how_long_it_took_and_whether_its_passage_was_known(
    timings: Timings, warm: bool | None, told: str
) -> None:
    answer = Answer("Who?", "Who?", stage="done", timings=timings, warm=warm)
    assert f'<p class="took">Took {told}</p>' in render(answer)
    assert "took" not in render(replace(answer, stage="writing"))
    wrote = render(replace(answer, llm_calls=1, model="some-model"))
    assert f'Took {told}<span dir="auto"> · some-model</span></p>' in wrote, "its own words by themselves, to be said"


def test_a_question_mark_set_apart_stays_in_the_line_of_its_word() -> None:
    html = answer_html(Answer("Qui a gagné ?", "Qui a gagné ?"), 1, lambda _: ARTICLE)
    assert ">Qui a gagné&nbsp;?</h2>" in html
    assert 'data-question="Qui a gagné ?"' in html


def test_what_a_button_asks_is_the_pages_own_and_a_typed_question_is_not() -> None:
    asked = Answer("Summarise this article", "Summarise this article")
    assert '<h2 class="asked" dir="ltr">Summarise this article</h2>' in render(asked)
    assert '<h2 class="asked" dir="auto">Summarise it</h2>' in render(replace(asked, question="Summarise it"))


def test_an_answer_from_some_articles_only_says_which():
    restricted = replace(ANSWER, only=Filter(since="2018-10-01", outlets=("Herald", "<b>Courier</b>")))
    assert "Asked only: since 1 October 2018, Herald / <b>Courier</b>" in Elements(render(restricted)).text
    assert "Asked only" not in render(ANSWER)

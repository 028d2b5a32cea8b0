"""Rendering: what the markup says, and that nothing hostile survives in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser

import pytest

from index.adding import AddResult
from index.errors import InputError
from index.reading.files import find
from index.records import Article, Filter, Hit, Passage
from index.store.conversations import Feedback
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue, Timings
from ui.html.disagreement import conflict_lines
from ui.html.markup import date_html, error_html, place_link, source_html
from ui.html.outcomes import outcomes_html, so_far_html
from ui.html.reader import Mark, absent_html, article_html, paragraphs
from ui.html.render import answer_html, welcome_html
from ui.page.examples import SAMPLES, examples, followups, may_add_samples

TEXT = """Harbour reopens

The harbour of Port Alba reopened on Monday. It had been closed for 12 days.

Share this story"""
ARTICLE = Article("2024/harbour", "Harbour reopens", "The Alba Post", "2024-03-05", "https://example.org/harbour", TEXT)

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>click</a>",
    "[click](javascript:alert(1))",
    "![image](https://evil.example/pixel.png)",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><input name=q autofocus onfocus=alert(1)></form>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<div style='background:url(https://evil.example/x.png)'>",
    "</mark></p></article><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)} `",
    "<!--><img src=x onerror=alert(1)>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '" onmouseover=alert(1) x="',
    "<mark class='evidence current' data-number='1'>forged</mark>",
]


class Elements(HTMLParser):
    """Every element of some markup, as a browser would open them, and the text between."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if name in (attrs.get("class") or "").split()]


def citation(number: int, quote: str, article: Article = ARTICLE) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number,
        article.id,
        article.title,
        article.outlet,
        article.published,
        start,
        start + len(quote),
        quote,
        article.sha256,
    )


FIRST = citation(1, "The harbour of Port Alba reopened on Monday.")
SECOND = citation(2, "It had been closed for 12 days.")
ANSWER = Answer(
    question="When did the harbour reopen?",
    standalone="When did the harbour reopen?",
    stage="done",
    outcome="answered",
    text="It reopened on Monday. It was shut for two weeks.",
    sentences=(
        AnswerSentence("It reopened on Monday.", 0, 22, "supported", (1,)),
        AnswerSentence("It was shut for two weeks.", 23, 49, "unsupported", ()),
    ),
    citations=(FIRST, SECOND),
)


def render(answer: Answer, **rest: object) -> str:
    return answer_html(answer, 1, lambda _: ARTICLE, **rest)  # type: ignore[arg-type]


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
    assert len(page.of_class("agree")) == 2


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


# ---- the reader ----


def test_the_reader_shows_headline_outlet_date_and_paragraphs():
    page = article_html(ARTICLE)
    assert '<header dir="auto"><h1 class="headline" tabindex="-1">Harbour reopens</h1>' in page
    assert '<span class="outlet" dir="auto">The Alba Post</span>' in page
    assert '<time datetime="2024-03-05">5 March 2024</time>' in page
    assert Elements(page).text.count("Harbour reopens") == 1, "the headline is not repeated as a paragraph"
    assert page.count("<p dir=") == 2


def test_every_citation_is_highlighted_and_the_current_one_marked():
    marks = [Mark(c.number, c.start, c.end) for c in (FIRST, SECOND)]
    page = article_html(ARTICLE, marks, 2)
    assert f'<mark class="evidence" data-number="1">{FIRST.quote}</mark>' in page
    assert f'<mark class="evidence current" data-number="2">{SECOND.quote}</mark>' in page


def test_the_current_citation_stays_one_element_where_others_overlap_it():
    inner = Mark(1, FIRST.start + 4, FIRST.start + 11)
    across = Mark(2, FIRST.end - 7, SECOND.end)
    page = article_html(ARTICLE, [inner, across, Mark(3, FIRST.start, FIRST.end)], 3)
    assert f'<mark class="evidence current" data-number="3">{FIRST.quote}</mark>' in page
    assert f'<mark class="evidence" data-number="2"> {SECOND.quote}</mark>' in page


def test_a_citation_in_the_headline_is_highlighted_there():
    page = article_html(ARTICLE, [Mark(1, 0, 7)], 1)
    assert '<h1 class="headline" tabindex="-1"><mark class="evidence current" data-number="1">Harbour</mark>' in page


def test_a_citation_over_two_paragraphs_is_highlighted_in_both():
    end = TEXT.index("The harbour") + len("The harbour")
    page = article_html(ARTICLE, [Mark(1, 8, end)], 1)
    assert re.findall(r"<mark[^>]*>([^<]*)</mark>", page) == ["reopens", "The harbour"]


def test_site_furniture_is_set_small_and_kept():
    start = TEXT.index("Share")
    page = article_html(ARTICLE, furniture=[(start, len(TEXT))])
    assert '<p dir="auto" class="furniture"><span class="furniture">Share this story</span></p>' in page


def test_the_reader_tells_its_place_and_disables_the_step_beyond_the_last():
    page = article_html(ARTICLE, [Mark(2, 0, 7)], 2, place="Citation 2 of 2", first=False, last=True)
    assert "Citation 2 of 2" in page
    assert ["aria-disabled" in attrs for attrs in Elements(page).of_class("step")] == [False, True]


def test_a_mark_beyond_the_text_does_no_harm():
    page = article_html(ARTICLE, [Mark(1, -5, 7), Mark(2, len(TEXT) - 5, len(TEXT) + 99)], 2)
    assert '<mark class="evidence current" data-number="2">story</mark>' in page


def test_paragraphs_are_the_lines_that_are_not_blank():
    assert paragraphs("First.\n\n\n  Second.\nThird.") == [(0, 6), (9, 18), (19, 25)]
    assert paragraphs("") == []


# ---- lists ----


def test_outcomes_are_counted_and_those_that_failed_come_first():
    outcomes = [AddResult("a", "added"), AddResult("b", "skipped", "the file is empty"), AddResult("c", "added")]
    page = Elements(outcomes_html(outcomes)).text
    assert page.startswith("1 skipped, 2 added")
    assert page.index("the file is empty") < page.index("added a")


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
    page = Elements(outcomes_html([AddResult("a", "added")], 8, cancelled=True)).text
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
    assert Elements(render(replace(ANSWER, only=Filter(articles=("a",))))).of_class("everywhere") == []


def test_dates_are_written_out_and_others_left_as_they_are():
    assert date_html("2024-03-05T10:00:00Z") == '<time datetime="2024-03-05T10:00:00Z">5 March 2024</time>'
    assert date_html("last spring") == '<time datetime="last spring">last spring</time>'
    assert date_html(None) == ""


# ---- hostile material ----


def assert_harmless(html: str) -> None:
    """No element that runs or loads anything, no attribute that does, no link but to this page or a web page."""
    for tag, attrs in Elements(html).elements:
        assert tag in {
            *(
                "a",
                "article",
                "blockquote",
                "button",
                "caption",
                "details",
                "summary",
                "div",
                "h1",
                "h2",
                "h3",
                "header",
                "li",
                "mark",
            ),
            *("nav", "ol", "p", "section", "span", "table", "tbody", "td", "th", "thead", "time", "tr", "ul"),
        }
        assert not [name for name in attrs if name.startswith("on") or name in ("style", "src", "srcset", "formaction")]
        assert re.match(r"(\?article=|https://example\.org/)", attrs.get("href") or "?article=")


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_article_is_shown_as_text_in_the_reader(payload):
    text = f"{payload}\n\nBefore {payload} after."
    hostile = Article(payload, payload, payload, payload, payload, text)
    page = article_html(hostile, [Mark(1, 0, len(payload))], 1, furniture=[(len(payload), len(text))], note=payload)
    assert_harmless(page)
    shown = Elements(page)
    assert f"Before {payload} after." in shown.text
    assert len(shown.of_class("current")) == 1


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_answer_is_shown_as_text_in_the_chat(payload):
    hostile = Article(payload, payload, payload, payload, payload, payload)
    cited = Citation(1, payload, payload, payload, payload, 0, len(payload), payload, hostile.sha256)
    answer = Answer(
        question=payload,
        standalone=payload,
        stage="done",
        outcome="answered",
        text=payload,
        sentences=(AnswerSentence(payload, 0, len(payload), "supported", (1,)),),
        citations=(cited,),
        conflict=Conflict(payload, (ConflictValue(payload, (1,)),)),
    )
    page = answer_html(answer, 1, lambda _: hostile, error=payload)
    assert_harmless(page)
    # question, sentence, quotation, conflict and error show it; so do title, outlet and date of the source
    assert Elements(page).text.count(payload) >= 5


def test_the_reader_names_the_page_of_a_citation() -> None:
    paged = replace(ARTICLE, pages=(0, 20))
    assert "page 2" in article_html(paged, [Mark(1, 25, 30)], 1)
    assert "pages 1–2" in article_html(paged, [Mark(1, 15, 30)], 1)
    assert not Elements(article_html(paged)).of_class("pages")


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_article_is_shown_as_text_in_lists(payload):
    hostile = Article(payload, payload, payload, payload, payload, payload)
    passage = Passage(payload, 0, len(payload), payload)
    refused = Answer("Q?", "Q?", stage="done", text=payload, also_searched=(Hit(passage, 0.5, 0.5, 1.0, ()),))
    for page in (
        outcomes_html([AddResult(payload, "skipped", payload)]),
        welcome_html(1, [payload]),
        error_html(payload),
        answer_html(refused, 1, lambda _: hostile),
    ):
        assert_harmless(page)
        assert payload in Elements(page).text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "https://["]
)
def test_only_web_addresses_become_links_to_the_original(url):
    links = [attrs["href"] for tag, attrs in Elements(article_html(replace(ARTICLE, url=url))).elements if tag == "a"]
    assert links == ["?article=2024%2Fharbour&start=0&end=0"]
    assert "https://example.org/harbour" in article_html(ARTICLE)


def test_a_place_link_survives_any_id():
    assert place_link('a/b&c="ü', 1, 2) == "?article=a%2Fb%26c%3D%22%C3%BC&amp;start=1&amp;end=2"


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


def test_an_answer_from_some_articles_only_says_which():
    restricted = replace(ANSWER, only=Filter(since="2018-10-01", outlets=("Herald", "<b>Courier</b>")))
    assert "Asked only: since 1 October 2018, Herald or <b>Courier</b>" in Elements(render(restricted)).text
    assert "Asked only" not in render(ANSWER)

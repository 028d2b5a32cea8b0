"""Conversations as files, hostile articles in them included."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from index.errors import InputError
from index.records import Article, Filter, Hit, Passage
from index.store.readers.conversations import StoredConversation, StoredTurn
from qa.kept.history import answer_to_text
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue
from ui.html.export import conversation_html, conversation_markdown, turn_markdown
from ui.page.views.history import conversations_html

HOSTILE = (
    "<script>hacked()</script> ![pixel](https://evil.example/p.png) [go](https://evil.example) <img src=x> `a` & *b*"
)
ANSWER = Answer(
    question="When?",
    standalone="When did the harbour reopen?",
    stage="done",
    outcome="answered",
    text="On Monday. Or not.",
    sentences=(
        AnswerSentence("On Monday.", 0, 10, "supported", (1, 2)),
        AnswerSentence("Or not.", 11, 18, "unsupported", ()),
    ),
    citations=(
        Citation(1, "harbour", "Harbour reopens", "The Alba Post", "2024-03-05", 0, 9, "It reopened on Monday.", "ab"),
        Citation(2, "hostile", HOSTILE, HOSTILE, "<b>", 0, 9, HOSTILE, "cd"),
    ),
    conflict=Conflict("the day", (ConflictValue("Monday", (1,)), ConflictValue("Tuesday", (2,)))),
)


def turn(answer: Answer | None, state: str = "done", error: str = "") -> StoredTurn:
    text = None if answer is None else answer_to_text(answer)
    return StoredTurn(7, 1, "When?", "2024-03-06 12:00:00", state, text, error, None)  # type: ignore[arg-type]


def article(article_id: str) -> Article:
    if article_id == "gone":
        raise InputError("There is no such article.")
    return Article(article_id, HOSTILE, HOSTILE, "2024-03-05", None, "It reopened. " * 40)


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_holds_every_sentence_quotation_headline_outlet_and_date() -> None:
    text = turn_markdown(turn(ANSWER), article)
    assert text.startswith("**When?**\n\nSearched as: When did the harbour reopen?\n\n")
    assert "On Monday. [1] [2] Or not. *(unsupported)*" in text
    assert "[1] “It reopened on Monday.” — Harbour reopens, The Alba Post, 5 March 2024" in text
    assert "The articles disagree:\n\n- Monday [1]\n\n- Tuesday [2]" in text


def test_words_with_a_quotation_mark_of_their_own_get_no_second_one_beside_it() -> None:
    spoken = replace(ANSWER.citations[0], quote='"We had four hours," said Ilse Brandt.')
    asked = turn(replace(ANSWER, citations=(spoken, *ANSWER.citations[1:])))
    assert '[1] "We had four hours," said Ilse Brandt. — Harbour reopens' in turn_markdown(asked, article)
    assert '1. "We had four hours," said Ilse Brandt.<' in unescape(conversation_html("Talk", [asked], article))


def test_what_the_program_says_in_a_file_is_in_the_language_of_the_question() -> None:
    asked = replace(turn(ANSWER), question="Wann wurde der Hafen wieder geöffnet?")
    text = turn_markdown(asked, article)
    assert "Or not. *(nicht belegt)*" in text
    assert "Harbour reopens, The Alba Post, 5. März 2024" in text
    assert "Die Artikel widersprechen sich:\n\n- Monday [1]" in text
    page = Tags(conversation_html("Talk", [asked], article)).text
    assert "(nicht belegt)" in page
    assert "5. März 2024" in page
    assert "Die Artikel widersprechen sich" in page


def test_the_lines_of_a_timeline_stay_lines_and_none_of_them_becomes_a_list_or_heading() -> None:
    told = ["5 March 2024: It closed.", "1. April: It reopened.", "- what nobody said", "==="]
    text, sentences = "", []
    for line in told:
        start = len(text) + bool(text)
        text += "\n" * bool(text) + line
        sentences.append(AnswerSentence(line, start, len(text), "supported", (1,)))
    timeline = turn(replace(ANSWER, text=text, sentences=tuple(sentences), conflict=None))
    markdown = turn_markdown(timeline, article)
    assert "\n\n5 March 2024: It closed. [1]  \n1\\. April: It reopened. [1]  \n\\- what" in markdown
    page = Tags(MarkdownIt("commonmark").render(markdown))
    assert {tag for tag, _ in page.tags} == {"p", "strong", "br"}
    assert "\n".join(f"{line} [1]" for line in told) in page.text


def test_what_no_sentence_bears_is_marked_in_either_file() -> None:
    bare = replace(ANSWER, sentences=(replace(ANSWER.sentences[0], citations=(1,)),), conflict=None)
    text = turn_markdown(turn(bare), article)
    assert "[1] “It reopened" in text
    assert "[2] See also: “" in text
    assert "See also" not in turn_markdown(turn(ANSWER), article)
    assert Tags(conversation_html("Talk", [turn(bare)], article)).text.count("See also") == 1
    assert "See also" not in Tags(conversation_html("Talk", [turn(ANSWER)], article)).text


def test_hostile_markdown_is_shown_and_neither_loads_nor_links() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(conversation_markdown(HOSTILE, [turn(ANSWER)], article))
    page = Tags(html)
    assert {tag for tag, _ in page.tags} <= {"h1", "p", "strong", "em", "ul", "li", "hr"}
    assert " ".join(page.text.split()).count(HOSTILE) == 4


def test_the_html_file_is_whole_and_hostile_text_in_it_is_text() -> None:
    page = Tags(conversation_html(HOSTILE, [turn(ANSWER)], article))
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert {name for tag, attrs in page.tags for name in attrs if name in ("src", "onerror", "onclick")} == set()
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == ["#quotation-7-1", "#quotation-7-2", "#quotation-7-1", "#quotation-7-2"]
    assert {"quotation-7-1", "quotation-7-2"} <= {attrs.get("id") for _, attrs in page.tags}
    assert any("default-src 'none'" in (attrs.get("content") or "") for tag, attrs in page.tags if tag == "meta")
    for shown in (
        "Searched as: When did the harbour reopen?",
        "(unsupported)",
        "Harbour reopens, The Alba Post",
        HOSTILE,
    ):
        assert shown in page.text
    assert re.search(r"6 March 2024, \d\d:\d\d|[57] March 2024", page.text)


def test_an_answer_that_did_not_end_says_so() -> None:
    for unfinished, sentence in [
        (turn(None, "asked"), "This answer was not finished."),
        (turn(ANSWER, "failed", "The machine is out of memory."), "The machine is out of memory."),
    ]:
        assert sentence in turn_markdown(unfinished, article)
        assert sentence in conversation_html("Talk", [unfinished], article)


def test_a_refusal_takes_its_nearest_passages_along() -> None:
    hits = tuple(
        Hit(Passage(article_id, 0, len(text), text), 0.5, 0.5, 1.0, ())
        for article_id, text in [("harbour", "It reopened. " * 40), ("gone", "Removed."), ("pier", HOSTILE)]
    )
    refused = turn(Answer("Who?", "Who?", stage="done", text="The articles do not say.", also_searched=hits))
    markdown = Tags(MarkdownIt("commonmark", {"html": True}).render(turn_markdown(refused, article)))
    page = Tags(conversation_html("Talk", [refused], article))
    assert {tag for tag, _ in markdown.tags} <= {"p", "strong", "em", "ul", "li"}
    assert not {"script", "img", "a"} & {tag for tag, _ in page.tags}
    for shown in (markdown.text, page.text):
        text = " ".join(shown.split())
        assert "The articles do not say. Nearest passages" in text
        assert "It reopened. It reopened.…”" in text, "an excerpt"
        assert f"“{HOSTILE}”" in text
        assert f"{HOSTILE}, {HOSTILE}, 5 March 2024" in text
        assert "Removed." not in text


def test_an_empty_history_says_why() -> None:
    assert "What you ask is kept here." in conversations_html([], " ")
    assert "No conversation holds these words." in conversations_html([], "pier")


def test_what_was_searched_for_is_shown_where_it_stands_in_a_conversation() -> None:
    found = StoredConversation(1, "When?", "2024-03-06 12:00:00", 2)
    turns = [turn(replace(ANSWER, text="It rained.")), turn(ANSWER)]
    html = conversations_html([found], "monday", lambda _: turns)
    assert '<p class="where" dir="auto">On <mark>Monday</mark>. Or not.</p>' in html
    assert "where" not in conversations_html([found], "", lambda _: turns)


def test_what_only_may_answer_says_so_without_a_mark_of_support() -> None:
    unsure = turn(replace(ANSWER, outcome="maybe"))
    assert "\n\nThis may answer it:\n\nOn Monday. [1] [2] Or not.\n" in turn_markdown(unsure, article)
    text = " ".join(Tags(conversation_html("Talk", [unsure], article)).text.split())
    assert "This may answer it: On Monday.12 Or not." in text
    assert "unsupported" not in text
    quoted = turn(replace(ANSWER, sentences=(replace(ANSWER.sentences[0], support="quoted"),)))
    assert "On Monday. [1] [2] *(quoted)*" in turn_markdown(quoted, article)


def test_what_a_question_was_restricted_to_goes_along() -> None:
    restricted = turn(replace(ANSWER, only=Filter(since="2024-03-01", outlets=("The Alba Post",))))
    for shown in (turn_markdown(restricted, article), Tags(conversation_html("Talk", [restricted], article)).text):
        assert "Asked only: since 1 March 2024, The Alba Post" in shown
    assert "Asked only" not in turn_markdown(turn(ANSWER), article)

"""Rendering of hostile articles and answers: nothing of them becomes markup."""

from __future__ import annotations

import re

import pytest
from rendered import Elements

from index.adding import AddResult
from index.records import Article, Hit, Passage
from qa.records import Answer, AnswerSentence, Citation, Conflict, ConflictValue
from ui.html.being_added import added_html
from ui.html.markup import error_html
from ui.html.reader import Mark, article_html
from ui.html.render import answer_html, welcome_html

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


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_hostile_article_is_shown_as_text_in_lists(payload):
    hostile = Article(payload, payload, payload, payload, payload, payload)
    passage = Passage(payload, 0, len(payload), payload)
    refused = Answer("Q?", "Q?", stage="done", text=payload, also_searched=(Hit(passage, 0.5, 0.5, 1.0, ()),))
    for page in (
        added_html([AddResult(payload, "skipped", payload)]),
        welcome_html(1, [payload]),
        error_html(payload),
        answer_html(refused, 1, lambda _: hostile),
    ):
        assert_harmless(page)
        assert payload in Elements(page).text

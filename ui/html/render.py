"""HTML of answers: pure functions from records to markup.

The markup carries the hooks of the page: ``a.citation[data-number]`` in a sentence, ``.verdict`` after it. Every link
into an article carries its place as ``data-article``, ``data-start`` and ``data-end``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import escape

from index.errors import InputError
from index.records import Article, Filter, Passage
from index.store.readers.conversations import Feedback
from qa.prompts import SUMMARISE, may_answer, tell_more
from qa.question.requests import requested
from qa.records import Answer, AnswerSentence, Citation
from ui.html.disagreement import conflict_html
from ui.html.markup import (
    article_link,
    below_headline,
    cited_html,
    count_of,
    error_html,
    page_words,
    plain_date,
    quotation_html,
    restriction_words,
    sanitised,
    searched_words,
    source_line,
    verdict_html,
)

WHILE_ADDING = "Articles were still being added when this was asked; ask again when they are all in."
"""Below what was not found, or not surely, then."""

_LONGEST_HEADING = 300
"""Characters of a question that stand above its answer; the rest is cut. Round, not fitted."""
_APART = re.compile(r" ([?!:;»])")
_LONGEST_EXCERPT = 300
"""Characters of a passage that is shown but proves nothing. Round, not fitted."""


def answer_html(
    answer: Answer,
    turn: int,
    article: Callable[[str], Article],
    *,
    error: str = "",
    note: str = "",
    feedback: Feedback | None = None,
    followups: Sequence[str] = (),
    offered: Filter | None = None,
) -> str:
    """A question and its answer, at any moment of its growth.

    ``turn`` tells the questions of a conversation apart; ``article`` finds the article of a nearest passage by its id.
    ``error`` is the sentence of what went wrong, ``note`` says why the answer ended before it was done; ``feedback`` is
    what the reader said of it, ``followups`` are questions to go on with, ``offered`` is what to restrict this one to.
    """
    busy = answer.stage != "done" and not error and not note
    question = _heading(answer.question)
    reply = _progress(answer) if busy and not answer.text else ""
    reply += _text(answer, turn)
    reply += f'<p class="stopped" role="status">{escape(note)}</p>' if note else ""
    reply += error_html(error) if error else ""
    return sanitised(
        f'<article class="turn{" busy" if busy else ""}" data-turn="{turn}" data-stage="{answer.stage}" '
        f'data-question="{escape(answer.question)}" data-more="{escape(tell_more(answer.question))}" '
        f'aria-busy="{"true" if busy else "false"}">'
        f'<h2 class="asked" dir="{_direction(question)}">{escape(question)}</h2>{_searched(answer)}'
        f"{_restricted(answer, article)}{'' if busy else _ways(answer, offered)}"
        f'<div class="reply">{reply}</div>'
        f"{conflict_html(answer, lambda numbers: _citations(numbers, answer, turn))}"
        f"{_quotations(answer, turn)}{_nearest(answer, article)}"
        f"{'' if busy else _tools(answer, feedback) + _took(answer) + _followups(followups)}</article>"
    )


def _heading(question: str) -> str:
    """A question above its answer; a mark that French sets apart by a space stays in the line of its word."""
    return _APART.sub("\u00a0\\1", _cut(question, _LONGEST_HEADING))


def _direction(question: str) -> str:
    """Of a question's heading: what a button asks for is said in the reader's language, what was typed stays."""
    return "ltr" if question == SUMMARISE else "auto"


def welcome_html(article_count: int, examples: Sequence[str]) -> str:
    """The page before the first question: how many articles can be asked, and questions to begin with."""
    if article_count == 0:
        return sanitised(
            '<section class="welcome"><h2>Ask your articles</h2>'
            "<p>Byline answers from a collection of articles and shows, for every sentence, the sentence of the "
            "article that proves it.</p>"
            "<p>The library is empty. Add articles of your own under Library, or begin with the samples.</p></section>"
        )
    items = "".join(
        f'<li><button type="button" class="example" dir="auto">{escape(example)}</button></li>' for example in examples
    )
    return sanitised(
        f'<section class="welcome"><h2>Ask {count_of(article_count, "article")}</h2>'
        "<p>Every sentence of an answer comes with the sentence of the article that proves it.</p>"
        f'<ul class="examples" aria-label="Questions to begin with">{items}</ul></section>'
    )


def kept_html(answer: Answer, number: int) -> str:
    """An answer, or a passage, as it is kept in a notebook under this number."""
    turn = -number  # so that its quotations' ids are none of the chat's
    question = f'<h2 class="asked" dir="auto">{escape(_heading(answer.question))}</h2>'
    return sanitised(
        f'<section class="finding">{question if answer.question else ""}{_text(answer, turn)}'
        f"{conflict_html(answer, lambda numbers: _citations(numbers, answer, turn))}"
        f"{_quotations(answer, turn)}</section>"
    )


def nearest(answer: Answer, article: Callable[[str], Article]) -> Iterator[tuple[Passage, Article]]:
    """The passages nearest to a refused question, each with its article; those of removed articles are left out."""
    if answer.stage != "done" or answer.answered:
        return
    for hit in answer.also_searched:
        with suppress(InputError):
            yield hit.passage, article(hit.passage.article_id)


def excerpt(text: str) -> str:
    """The beginning of a passage that is shown but proves nothing, cut to ``_LONGEST_EXCERPT`` characters."""
    return _cut(text, _LONGEST_EXCERPT)


def _searched(answer: Answer) -> str:
    """The question as it was searched, where that is not as it was asked, and a way to search for something else."""
    told, words = searched_words(answer.question, answer.standalone)
    if not told:
        return ""
    return (
        f'<p class="searched">{told}: <span class="words" dir="auto">{escape(words)}</span> '
        f'<button type="button" class="tool reword" data-words="{escape(answer.standalone)}" '
        'aria-label="Change the question as searched">Change</button></p>'
    )


def _restricted(answer: Answer, article: Callable[[str], Article]) -> str:
    if answer.only is None:
        return ""
    words = f'<span class="words filter">{escape(restriction_words(answer.only))}</span>'
    if answer.only == Filter(articles=answer.only.articles[:1]):
        with suppress(InputError):  # removed since
            title = escape(article(answer.only.articles[0]).title)
            words = f'<span class="words" dir="auto">{title}</span>'
    return f'<p class="searched">Asked only: {words}</p>'


def _ways(answer: Answer, offered: Filter | None) -> str:
    """Ways to ask the same of all articles, or of those alone whose outlet or date it names."""
    ways = []
    is_refused = answer.stage == "done" and answer.outcome == "not found"
    if answer.only is not None and (is_refused or not answer.only.articles):
        ways.append('<button type="button" class="tool everywhere">Ask all articles</button>')
    if offered is not None and offered != answer.only:
        only = {"since": offered.since or "", "until": offered.until or "", "outlets": offered.outlets}
        ways.append(
            f'<button type="button" class="tool narrow" data-only="{escape(json.dumps(only))}">'
            f"Ask only articles: {escape(restriction_words(offered))}</button>"
        )
    return f'<div class="tools ways">{"".join(ways)}</div>' if ways else ""


def _progress(answer: Answer) -> str:
    """The stage of a growing answer in words."""
    match answer.stage:
        case "waiting":
            words = f"Waiting, {answer.place} ahead of you" if answer.place else "Waiting…"
        case "searching":
            words = "Searching the articles…"
        case _:
            words = "Found, writing…" if answer.citations else "Reading…"
    return f'<p class="progress" role="status">{words}</p>'


def _text(answer: Answer, turn: int) -> str:
    """The answer's text, each sentence with its citations in it and, unless it only may answer, its verdict."""
    if not answer.text:
        return ""
    if answer.stage == "done" and answer.outcome == "not found":
        return f'<p class="answer refusal" dir="auto">{escape(answer.text)}</p>{_while_adding(answer)}'
    maybe = answer.outcome == "maybe"
    before = f'<p class="maybe">{escape(may_answer(answer.question))}</p>' if maybe else ""
    html, reached = "", 0
    for sentence in answer.sentences:
        html += escape(answer.text[reached : sentence.start]) + _sentence(sentence, answer, turn)
        html += "" if maybe else f"&nbsp;{verdict_html(sentence.support)}"
        reached = sentence.end
    after = _while_adding(answer) if maybe else ""
    return f'{before}<p class="answer" dir="auto">{html}{escape(answer.text[reached:])}</p>{after}'


def _while_adding(answer: Answer) -> str:
    """The line that another article may answer the question, where some were still being added; else empty."""
    return f'<p class="while-adding">{WHILE_ADDING}</p>' if answer.while_adding else ""


def _sentence(sentence: AnswerSentence, answer: Answer, turn: int) -> str:
    return f'<span class="sentence">{escape(sentence.text)}{_citations(sentence.citations, answer, turn)}</span>'


def _citations(numbers: Sequence[int], answer: Answer, turn: int) -> str:
    """The numbered links of a sentence or a value."""
    return "".join(
        _link(answer.citation(number), turn, "citation", str(number), f"Citation {number}: ") for number in numbers
    )


def _link(citation: Citation, turn: int, kind: str, label: str, name: str) -> str:
    """A link that opens the article at the citation; ``label`` is markup, ``name`` what a screen reader says first."""
    title = "Headline" if kind == "source" and citation.quote.strip() == citation.title.strip() else citation.title
    about = name + source_line(title, citation.outlet, plain_date(citation.published), page_words(citation.pages))
    return article_link(
        kind,
        citation.number,
        citation.article_id,
        citation.start,
        citation.end,
        citation.sha256,
        label,
        f' aria-label="{escape(about)}" aria-describedby="quotation-{turn}-{citation.number}"',
    )


def _quotations(answer: Answer, turn: int) -> str:
    """The quotations an answer rests on, each under its number and with the article it stands in; then those beside."""
    beside = answer.beside
    resting = [citation for citation in answer.citations if citation not in beside]
    html = _quotation_list(resting, turn, "Quotations")
    if beside:
        more = count_of(len(beside), "more sentence")
        html += (
            f'<details class="beside"><summary>See also: {more} of the articles</summary>'
            f"{_quotation_list(beside, turn, 'See also')}</details>"
        )
    return html


def _quotation_list(citations: Sequence[Citation], turn: int, name: str) -> str:
    items = "".join(
        quotation_html(
            citation.number,
            citation.quote,
            _link(
                citation,
                turn,
                "source",
                cited_html(citation.title, citation.outlet, citation.published, citation.quote, citation.pages),
                f"Read quotation {citation.number} in its article: ",
            ),
            id=f"quotation-{turn}-{citation.number}",
        )
        for citation in citations
    )
    return f'<ol class="quotations" aria-label="{name}">{items}</ol>' if items else ""


def _nearest(answer: Answer, article: Callable[[str], Article]) -> str:
    """Where the articles come nearest to a question they do not answer."""
    items = ""
    for number, (passage, found) in enumerate(nearest(answer, article), 1):
        pages = found.pages_of(passage.start, passage.end)
        source = cited_html(found.title, found.outlet, found.published, passage.text, pages)
        link = article_link("source nearest", number, found.id, passage.start, passage.end, found.sha256, source)
        items += quotation_html(number, excerpt(below_headline(passage.text, found.title)), link)
    if not items:
        return ""
    return f'<h3>Nearest passages</h3><ol class="quotations" aria-label="Nearest passages">{items}</ol>'


def _tools(answer: Answer, feedback: Feedback | None) -> str:
    """The buttons under an answer, such as "Helpful" and "Copy"; ``static/asking.js`` acts on them."""
    tools: list[tuple[str, str, bool | None]] = []
    if answer.stage == "done":
        if answer.outcome == "not found":
            tools.append(("anyway", "Answer anyway, marked unsupported", None))
        tools.append(("good", "Helpful", feedback is not None and feedback.good))
        tools.append(("bad", "Not helpful", feedback is not None and not feedback.good))
    if answer.text:
        tools.append(("copy", "Copy with sources", None))
    if answer.text and answer.stage == "done" and answer.outcome != "not found":
        tools.append(("keep", "Keep", None))
        if requested(answer.question) is None:
            tools.append(("more", "Tell more", None))
    tools += [("edit", "Edit question", None), ("again", "Ask again", None)]
    buttons = "".join(
        f'<button type="button" class="tool {kind}"'
        + ("" if pressed is None else f' aria-pressed="{"true" if pressed else "false"}"')
        + f">{name}</button>"
        for kind, name, pressed in tools
    )
    return f'<div class="tools">{buttons}</div>'


def _took(answer: Answer) -> str:
    """How long the answer took, and which language model wrote it."""
    first, total = answer.timings.first_token, answer.timings.total
    if answer.stage != "done" or total is None:
        return ""
    words = f"Took {total / 1000:.1f} s" + (f", the first word after {first / 1000:.1f} s" if first is not None else "")
    wrote = f'<span dir="auto"> · {escape(answer.model)}</span>' if answer.llm_calls and answer.model else ""
    return f'<p class="took">{words}{wrote}</p>'


def _followups(questions: Sequence[str]) -> str:
    if not questions:
        return ""
    items = "".join(
        f'<li><button type="button" class="example" dir="auto">{escape(question)}</button></li>'
        for question in questions
    )
    return f'<ul class="examples followups" aria-label="Questions to go on with">{items}</ul>'


def _cut(text: str, length: int) -> str:
    """The text, ended with an ellipsis where it is longer."""
    return text if len(text) <= length else text[:length].rsplit(maxsplit=1)[0] + "…"

"""HTML of who says what: the speakers of a library, one with all that is given to them, those of an article."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from index.records import Article
from qa.speakers import Saying, Speaker
from qa.timeline import Event
from ui.html.markup import article_link, clean, count_of, quotation_html, source_html

MOST = 500
"""Speakers listed; the search finds the others."""
_REPORTED = '<p class="about">in the article’s words</p>'


def voices_html(speakers: Sequence[Speaker], words: str = "") -> str:
    """The speakers whose names hold the words, each a link that ``static/speakers.js`` follows."""
    wanted = words.casefold().split()
    fitting = [speaker for speaker in speakers if all(word in speaker.name.casefold() for word in wanted)]
    if not fitting:
        sentence = "Nobody of this name speaks in the articles." if wanted else "Nobody is quoted in the articles yet."
        return clean(f'<p class="empty" role="status">{sentence}</p>')
    items = "".join(
        f'<li class="voice">{voice_link(speaker)}<span class="about">{_counts(speaker)}</span></li>'
        for speaker in fitting[:MOST]
    )
    more = len(fitting) - MOST
    rest = f'<p class="more">and {more:,} more</p>' if more > 0 else ""
    return clean(
        f'<p class="summary" role="status">{count_of(len(fitting), "speaker")}</p>'
        f'<ol class="voices" aria-label="Speakers">{items}</ol>{rest}'
    )


def voice_html(speaker: Speaker) -> str:
    """Everything that is given to one speaker, with dates and sources."""
    items = "".join(_saying(number, saying) for number, saying in enumerate(speaker.sayings, 1))
    return clean(
        f'<section class="finding"><h2 class="part" dir="auto" tabindex="-1">{escape(speaker.name)}</h2>'
        f'<p class="summary">{_counts(speaker)}</p>'
        f'<ol class="quotations" aria-label="What is said">{items}</ol></section>'
    )


def digest_html(article: Article, speakers: Sequence[Speaker], events: Sequence[Event]) -> str:
    """What stands folded up above an article's text: who says what in it, and the dates of its story."""
    return _who(article, speakers) + _when(article, events)


def voice_link(speaker: Speaker) -> str:
    """A link to all that is given to a speaker in the library."""
    address = escape(f"?speaker={quote(speaker.key)}#speakers")
    return (
        f'<a class="voice" href="{address}" data-speaker="{escape(speaker.key)}" dir="auto">{escape(speaker.name)}</a>'
    )


def _counts(speaker: Speaker) -> str:
    quoted = f"{speaker.quoted:,} in quotation marks" if speaker.quoted else "in the articles’ words"
    return f"{count_of(len(speaker.sayings), 'statement')}, {quoted}, {count_of(speaker.articles, 'article')}"


def _saying(number: int, saying: Saying) -> str:
    article = saying.article
    source = source_html(article.title, article.outlet, article.published)
    link = article_link("source", number, article.id, saying.start, saying.end, article.sha256, source)
    return quotation_html(number, saying.text, link, "" if saying.is_quoted else _REPORTED)


def _who(article: Article, speakers: Sequence[Speaker]) -> str:
    if not speakers:
        return ""
    items, number = "", 0
    for speaker in speakers:
        said = ""
        for saying in speaker.sayings:
            number += 1
            said += f"<li>{_place(article, number, saying.start, saying.end, saying.text)}</li>"
        name = voice_link(speaker) if speaker.is_named else escape(speaker.name)
        items += f'<li><h2 class="who" dir="auto">{name}</h2><ul>{said}</ul></li>'
    return _folded("speakers", f"Who says what ({len(speakers)})", f'<ul class="said">{items}</ul>')


def _when(article: Article, events: Sequence[Event]) -> str:
    items = "".join(
        f'<li><time datetime="{event.iso}">{event.words}</time>'
        f"{_place(article, number, event.sentence.start, event.sentence.end, event.sentence.text)}</li>"
        for number, event in enumerate(events, 1)
    )
    return _folded("timeline", f"Dates of the story ({len(events)})", f'<ol class="days">{items}</ol>') if items else ""


def _folded(name: str, summary: str, body: str) -> str:
    return f'<details class="digest finding" data-digest="{name}"><summary>{summary}</summary>{body}</details>'


def _place(article: Article, number: int, start: int, end: int, text: str) -> str:
    words = f'<span dir="auto">{escape(" ".join(text.split()))}</span>'
    return article_link("source stated", number, article.id, start, end, article.sha256, words)

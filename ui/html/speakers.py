"""HTML of who says what: the speakers of a library, one with all that is given to them, those of an article."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from index.records import Article
from qa.overview.timeline import Event
from qa.speakers.library import Voice
from qa.speakers.statements import Saying, Speaker
from ui.html.markup import article_link, count_of, quotation_html, sanitised, source_html

NOBODY = "Nobody is quoted in the articles yet."
NONE_KNOWN = "Nobody is found: who says what is told of English articles only."
_REPORTED = '<p class="about" dir="ltr">in the article’s words</p>'


def voices_html(voices: Sequence[Voice], words: str, most: int, read: int, articles: int, nobody: str = NOBODY) -> str:
    """The speakers whose names hold the words, each a link that ``static/speakers.js`` follows.

    At most so many; ``read`` of the ``articles`` were read for them so far. ``nobody`` says that there are none.
    """
    wanted = words.casefold().split()
    fitting = [voice for voice in voices if all(word in voice.name.casefold() for word in wanted)]
    so_far = _so_far(read, articles)
    if not fitting:
        sentence = "Nobody of this name speaks in the articles." if wanted and voices else nobody
        return sanitised(so_far or f'<p class="empty" role="status">{sentence}</p>')
    items = "".join(
        f'<li class="voice">{voice_link(voice)}<span class="about">{_counts(voice)}</span></li>'
        for voice in fitting[:most]
    )
    return sanitised(
        f'<p class="summary" role="status">{count_of(len(fitting), "speaker")}</p>{so_far}'
        f'<ol class="voices" aria-label="Speakers">{items}</ol>{_more(len(fitting) - most)}'
    )


def voice_html(voice: Voice | None, sayings: Sequence[Saying], read: int, articles: int) -> str:
    """The first statements of a speaker, with dates and sources; None: nobody of that name was found so far."""
    so_far = _so_far(read, articles)
    if voice is None:
        return sanitised(so_far)
    items = "".join(_saying(number, saying) for number, saying in enumerate(sayings, 1))
    return sanitised(
        f'<section class="finding"><h2 class="part" dir="auto" tabindex="-1">{escape(voice.name)}</h2>'
        f'<p class="summary">{_counts(voice)}</p>{so_far}'
        f'<ol class="quotations" aria-label="What is said">{items}</ol>'
        f"{_more(voice.statements - len(sayings))}</section>"
    )


def _so_far(read: int, articles: int) -> str:
    told = f"Reading the articles for their speakers: {read:,} of {articles:,}"
    return f'<p class="soft so-far" role="status">{told}</p>' if read < articles else ""


def _more(left: int) -> str:
    return '<p class="more"><button type="button" class="tool">Show more</button></p>' if left > 0 else ""


def digest_html(article: Article, speakers: Sequence[Speaker], events: Sequence[Event]) -> str:
    """What stands folded up above an article's text: who says what in it, and the dates of its story."""
    return _who(article, speakers) + _when(article, events)


def voice_link(speaker: Speaker | Voice) -> str:
    """A link to all that is given to a speaker in the library."""
    address = escape(f"?speaker={quote(speaker.key)}#speakers")
    return (
        f'<a class="voice" href="{address}" data-speaker="{escape(speaker.key)}" dir="auto">{escape(speaker.name)}</a>'
    )


def _counts(voice: Voice) -> str:
    quoted = f"{voice.quoted:,} in quotation marks" if voice.quoted else "in the articles’ words"
    return f"{count_of(voice.statements, 'statement')}, {quoted}, {count_of(voice.articles, 'article')}"


def _saying(number: int, saying: Saying) -> str:
    article = saying.article
    pages = article.pages_of(saying.start, saying.end)
    source = source_html(article.title, article.outlet, article.published, pages)
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

"""What tests of rendering share: an answer, its article, and the elements of some markup."""

from __future__ import annotations

from html.parser import HTMLParser

from index.records import Article
from qa.records import Answer, AnswerSentence, Citation
from ui.html.render import answer_html

TEXT = """Harbour reopens

The harbour of Port Alba reopened on Monday. It had been closed for 12 days.

Share this story"""
ARTICLE = Article("2024/harbour", "Harbour reopens", "The Alba Post", "2024-03-05", "https://example.org/harbour", TEXT)


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

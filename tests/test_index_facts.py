"""What an article states about itself, each fact with where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import column, docx, docx_paragraph, pdf

from index.reading.files import Source, read
from index.reading.stated import by

PAGE = """<html lang="pt-BR"><head><title>Bridge closed</title>
<meta property="og:site_name" content="Alba Post"><meta name="author" content="Ana Ruiz">
<script type="application/ld+json">
{"@type": "NewsArticle", "headline": "Bridge closed", "datePublished": "2018-10-17"}</script>
<meta property="article:modified_time" content="2018-10-18T08:00:00Z"></head>
<body><article><h1>Bridge closed</h1><p>The bridge over the Wend is closed until May, the council said.</p>
<p>Repairs cost two million crowns, of which the province pays one half.</p></article></body></html>"""
FRONT = "---\ntitle: Bridge closed\nlang: de\noutlet: Alba Post\n---\nBy Ana Ruiz | 17 October 2018\n\nIt is closed.\n"
WIRE = "Bridge closed\n\nOSTREY, Oct. 17, 2018 (Reuters) - The bridge over the Wend is closed until May.\n"
LINES = "Headline: Bridge closed\nDate: 17 October 2018\nLanguage: en\n\nThe bridge over the Wend is closed.\n"
PRINTED = pdf(
    [column(["Bridge closed"], 72, 760, 20) + column(["The bridge over the Wend is closed until May."], 72, 700)],
    {"Author": "Ana Ruiz"},
)
TYPED = docx(docx_paragraph("Bridge closed", "Title") + docx_paragraph("The bridge is closed."), author="Ana Ruiz")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "a.html",
            PAGE,
            {
                "title": ("Bridge closed", "headline"),
                "outlet": ("Alba Post", "page metadata"),
                "author": ("Ana Ruiz", "page metadata"),
                "published": ("2018-10-17", "JSON-LD"),
                "updated": ("2018-10-18", "meta tag"),
                "language": ("pt-BR", "lang attribute"),
            },
        ),
        (
            "a.md",
            FRONT,
            {
                "title": ("Bridge closed", "front matter"),
                "outlet": ("Alba Post", "front matter"),
                "author": ("Ana Ruiz", "byline"),
                "published": ("2018-10-17", "byline"),
                "language": ("de", "front matter"),
            },
        ),
        (
            "a.txt",
            WIRE,
            {
                "title": ("Bridge closed", "first line"),
                "outlet": ("Reuters", "dateline"),
                "published": ("2018-10-17", "dateline"),
            },
        ),
        (
            "a.txt",
            LINES,
            {
                "title": ("Bridge closed", "header line"),
                "published": ("2018-10-17", "header line"),
                "language": ("en", "header line"),
            },
        ),
        ("a.pdf", PRINTED, {"title": ("Bridge closed", "largest letters"), "author": ("Ana Ruiz", "PDF properties")}),
        ("a.docx", TYPED, {"title": ("Bridge closed", "heading"), "author": ("Ana Ruiz", "file properties")}),
        (
            "a.json",
            '{"headline": "Bridge closed", "body": "The bridge is closed.", "date": "2018-10-17", "lang": "en_GB"}',
            {
                "title": ("Bridge closed", "field of the record"),
                "published": ("2018-10-17", "field of the record"),
                "language": ("en-GB", "field of the record"),
            },
        ),
    ],
)
def test_each_fact_is_told_with_where_it_stands(
    tmp_path: Path, name: str, content: str | bytes, told: dict[str, tuple[str, str]]
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    article = read(Source("a", path))
    assert {fact: (getattr(article, fact), where) for fact, where in article.told_by} == told


def test_an_update_on_the_day_of_publication_is_none() -> None:
    told = by("byline", published="2018-10-17").otherwise(by("meta tag", updated="2018-10-17")).settled()
    assert (told.updated, dict(told.told_by)) == (None, {"published": "byline"})

"""Rendering of an article: its paragraphs, marks and links."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rendered import ARTICLE, FIRST, SECOND, TEXT, Elements

from qa.corrections.links import Corrected
from ui.html.corrections import corrections_html
from ui.html.markup import place_link
from ui.html.reader import Mark, article_html, paragraph_spans

# ---- the reader ----


def test_the_reader_shows_headline_outlet_date_and_paragraphs():
    page = article_html(ARTICLE)
    assert '<header dir="auto"><h1 class="headline" tabindex="-1">Harbour reopens</h1>' in page
    assert '<span class="outlet" dir="auto">The Alba Post</span>' in page
    assert '<time datetime="2024-03-05">5 March 2024</time>' in page
    assert Elements(page).text.count("Harbour reopens") == 1, "the headline is not repeated as a paragraph"
    assert page.count("<p dir=") == 2


def test_the_words_of_its_links_are_the_pages_own():
    page = article_html(ARTICLE, original="/original/harbour")
    for words in ("original page", "original file", "Summarise this article"):
        assert re.search(f'<[^>]* dir="ltr"[^>]*>{words}<', page), words


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
    assert paragraph_spans("First.\n\n\n  Second.\nThird.") == [(0, 6), (9, 18), (19, 25)]
    assert paragraph_spans("") == []


def test_the_reader_names_the_page_of_a_citation() -> None:
    paged = replace(ARTICLE, pages=(0, 20))
    assert "page 2" in article_html(paged, [Mark(1, 25, 30)], 1)
    assert "pages 1–2" in article_html(paged, [Mark(1, 15, 30)], 1)
    assert not Elements(article_html(paged)).of_class("pages")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example", "https://["]
)
def test_only_web_addresses_become_links_to_the_original(url):
    links = [attrs["href"] for tag, attrs in Elements(article_html(replace(ARTICLE, url=url))).elements if tag == "a"]
    assert links == ["?article=2024%2Fharbour&start=0&end=0"]
    assert "https://example.org/harbour" in article_html(ARTICLE)


def test_a_place_link_survives_any_id():
    assert place_link('a/b&c="ü', 1, 2) == "?article=a%2Fb%26c%3D%22%C3%BC&amp;start=1&amp;end=2"


def test_what_corrects_an_article_and_what_it_corrects_are_links_below_its_date() -> None:
    other = replace(ARTICLE, id="2024/fix", title="Corrections <14 March>", published="2024-03-14")
    page = article_html(ARTICLE, corrections=corrections_html(Corrected((replace(other, published=None),), (other,))))
    assert (
        '<p class="correction" dir="ltr">Corrected by: <a href="?article=2024%2Ffix&amp;start=0&amp;end=0" '
        'data-article="2024/fix" dir="auto" rel="noopener noreferrer">Corrections &lt;14 March&gt;</a> '
        '<span class="dot" aria-hidden="true">·</span> <time datetime="2024-03-14">14 March 2024</time></p>'
    ) in page
    assert '<p class="correction" dir="ltr">Corrects: <a ' in page
    assert corrections_html(Corrected()) == ""

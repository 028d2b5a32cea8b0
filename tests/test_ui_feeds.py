"""Feeds on the page: one is followed, its news are brought with a button, and it is followed no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Open, Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Page, expect
from sites import Page as SitePage
from sites import Site, served, web

from index.library import Library
from index.store.readers.feeds import Feed
from ui.html.markup import sanitised
from ui.page.build import running
from ui.page.shelf.feeds import feeds_html

pytest_plugins = ["browsing"]


def feed(*items: tuple[str, str]) -> SitePage:
    body = "".join(
        f"<item><title>{title}</title><link>{url}</link><description>In short.</description></item>"
        for title, url in items
    )
    return SitePage(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Alba Post</title>{body}</channel></rss>',
        headers={"Content-Type": "application/rss+xml"},
    )


def story(title: str) -> SitePage:
    return SitePage(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{title}: the council of Ostrey "
        "said that the bridge over the Wend is closed until May.</p><p>Repairs cost two million.</p></article></body>"
    )


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with served({"/one": story("Bridge closed"), "/two": story("Tram late")}) as site:
        monkeypatch.setattr("index.web.fetching.Web", web)
        site.pages["/feed"] = feed(("Bridge closed", site("/one")))
        yield site


@pytest.fixture
def page(visit: Open, tmp_path: Path) -> Iterator[Page]:
    library = Library(tmp_path / "library", WordEmbedder())
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        opened = visit(at=address).page
        opened.get_by_role("tab", name="Library", exact=True).click()
        yield opened


def follow(page: Page, url: str) -> None:
    box = page.get_by_label("Address of a feed, or of a site that has one")
    if not box.is_visible():
        page.get_by_role("button", name="Follow a feed").click()
    box.fill(url)
    page.get_by_role("button", name="Follow", exact=True).click()


@pytest.mark.browser
def test_a_feed_is_followed_and_its_news_come_with_one_button_until_it_is_dropped(page: Page, site: Site) -> None:
    news = page.get_by_role("button", name="Bring what is new in 1 feed")
    expect(news).to_be_hidden()
    follow(page, site("/feed"))
    expect(page.locator("#added .summary")).to_have_text("1 added")
    expect(page.locator("#library tbody tr")).to_have_count(1)
    expect(page.locator("#followed li")).to_contain_text(f"{site('/feed')}, 1 article")
    expect(page.get_by_label("Address of a feed, or of a site that has one")).to_have_value("")
    news.click()
    expect(page.locator("#added .summary")).to_have_text("Nothing is new.")
    site.pages["/feed"] = feed(("Tram late", site("/two")), ("Bridge closed", site("/one")))
    news.click()
    expect(page.locator("#added .summary")).to_have_text("1 added")
    expect(page.locator("#library tbody tr")).to_have_count(2)
    page.get_by_role("button", name="Stop following Alba Post").click()
    expect(page.locator("#followed li")).to_have_count(0)
    expect(news).to_be_hidden()
    expect(page.locator("#library tbody tr")).to_have_count(2)


@pytest.mark.browser
def test_what_is_no_feed_is_said_and_stays_to_be_corrected(page: Page, site: Site) -> None:
    follow(page, " ")
    expect(page.locator("#added .error")).to_have_text(
        "There is no address; give that of a feed, or of a site that has one."
    )
    follow(page, site("/one"))
    expect(page.locator("#added .error")).to_contain_text(f"{site('/one')} is no feed of articles")
    expect(page.get_by_label("Address of a feed, or of a site that has one")).to_have_value(site("/one"))


@pytest.mark.browser
def test_a_feed_that_fails_is_told_in_a_sentence_beside_what_the_others_bring(page: Page, site: Site) -> None:
    site.pages["/other"] = feed()
    follow(page, site("/feed"))
    expect(page.locator("#followed li")).to_have_count(1)
    follow(page, site("/other"))
    expect(page.locator("#followed li")).to_have_count(2)
    news = page.get_by_role("button", name="Bring what is new in 2 feeds")
    told = page.locator("#added .outcomes .reason")
    for answer, reason in (
        (SitePage("", 404), "answers 404 Not Found; check the address, or try again later."),
        (SitePage("", 500), "answers 500 Internal Server Error; try again later."),
        (story("A page"), "is no feed of articles"),
    ):
        site.pages["/feed"] = answer
        news.click()
        expect(told).to_contain_text(f"{site('/feed')} {reason}")
        expect(page.locator("#added .summary")).to_have_text("1 skipped")
        page.reload()
        expect(page.locator("#added .summary")).to_have_count(0)
    site.pages["/other"] = feed(("Tram late", site("/two")), ("Bridge closed", site("/one")))
    news.click()
    expect(page.locator("#added .summary")).to_have_text("1 skipped, 1 added, 1 unchanged")
    expect(page.locator("#library tbody tr")).to_have_count(2)


def test_a_feed_without_a_title_is_called_by_its_address_and_holds_no_markup() -> None:
    html = feeds_html([Feed("https://alba.example/feed", "", seen=("a", "b")), Feed("https://b.example/", "<b>Post")])
    assert '<span class="name" dir="auto">https://alba.example/feed</span>' in html
    assert ", 2 articles" in html
    assert "&lt;b&gt;Post" in html
    assert sanitised(html) == html
    assert feeds_html([]) == ""

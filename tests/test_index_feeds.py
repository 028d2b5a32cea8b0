"""Feeds that a library follows: what is new comes once, from its page or from the feed; the web is a server of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from email.utils import formatdate
from pathlib import Path

import pytest
from fakes import WordEmbedder
from sites import Handler, Page, Site, served, web

from index.errors import InputError
from index.library import Library
from index.web.feeds import follow, update_feeds

LONG = " ".join(f"The council met for the {number}th time and spoke of the bridge." for number in range(40))


def story(title: str) -> Page:
    return Page(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{title}: the bridge over the Wend "
        "is closed until May, the council of Ostrey said.</p><p>Repairs cost two million crowns.</p></article></body>"
    )


def rss(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Alba Post</title>{"".join(items)}</channel></rss>'


def item(url: str, title: str, text: str = "In short.", **more: str) -> str:
    rest = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<item><title>{title}</title><link>{url}</link><description>{text}</description>{rest}</item>"


def in_xml(body: str, headers: Mapping[str, str] | None = None) -> Page:
    return Page(body, headers={"Content-Type": "application/rss+xml", **(headers or {})})


@pytest.fixture
def site() -> Iterator[Site]:
    with served({"/one": story("Bridge closed"), "/two": story("Tram late")}) as served_site:
        yield served_site


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


def lines(outcomes: Iterator[object]) -> list[str]:
    return [f"{each.status} {each.id.rpartition('/')[2]}" for each in outcomes]  # type: ignore[attr-defined]


def test_a_feed_brings_its_pages_once_and_then_only_what_is_new(library: Library, site: Site) -> None:
    first = item(site("/one"), "Bridge closed", pubDate="Wed, 17 Oct 2018 08:00:00 GMT", author="Ana Ruiz")
    site.pages["/feed"] = in_xml(rss(first))
    assert lines(follow(library, site("/feed"), web())) == ["added one"]
    (article,) = library.articles()
    assert "Repairs cost two million crowns." in article.text
    assert (article.outlet, article.author, article.published) == ("Alba Post", "Ana Ruiz", "2018-10-17")
    assert dict(article.told_by)["published"] == "feed"
    assert article.url == library.origins.of(article.id) == site("/one")
    assert lines(update_feeds(library, web())) == []
    site.pages["/feed"] = in_xml(rss(item(site("/two"), "Tram late"), first))
    assert lines(update_feeds(library, web())) == ["added two"]
    assert [path for path, _ in site.asked].count("/one") == 1


def test_what_did_not_change_is_not_sent_again(library: Library, site: Site) -> None:
    page = rss(item(site("/one"), "Bridge closed"))
    day = formatdate(0, usegmt=True)

    def answer(handler: Handler) -> None:
        known = handler.headers["If-None-Match"] == '"v1"' and handler.headers["If-Modified-Since"] == day
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", '"v1"')
        handler.send_header("Last-Modified", day)
        handler.send_header("Content-Length", "0" if known else str(len(page)))
        handler.end_headers()
        handler.wfile.write(b"" if known else page.encode())

    site.pages["/feed"] = answer
    assert lines(follow(library, site("/feed"), web())) == ["added one"]
    assert lines(update_feeds(library, web())) == []
    assert site.asked[-1][1]["if-none-match"] == '"v1"'


def test_an_entry_that_is_whole_is_taken_from_the_feed_and_one_whose_page_fails_too(
    library: Library, site: Site
) -> None:
    site.pages["/feed"] = in_xml(
        rss(item(site("/whole"), "All here", LONG), item(site("/gone"), "Only a teaser", "The page is gone."))
    )
    assert lines(follow(library, site("/feed"), web())) == ["added whole", "added gone"]
    assert "/whole" not in [path for path, _ in site.asked]
    texts = {article.title: article.text for article in library.articles()}
    assert texts["Only a teaser"] == "Only a teaser\n\nThe page is gone."


def test_an_entry_that_cannot_be_read_now_is_tried_again_with_the_next_update(library: Library, site: Site) -> None:
    site.pages["/feed"] = in_xml(rss(item(site("/later"), "Later", "")), {"ETag": '"v1"'})
    (skipped,) = follow(library, site("/feed"), web())
    assert skipped.reason == f"{site('/later')} answers 404 Not Found; check the address, or try again later."
    site.pages["/later"] = story("Later")
    assert lines(update_feeds(library, web())) == ["added later"]


def test_an_entry_that_was_changed_comes_again(library: Library, site: Site) -> None:
    def atom(day: str) -> Page:
        entry = f"<id>e1</id><title>Bridge closed</title><updated>{day}</updated><link href='{site('/one')}'/>"
        return in_xml(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry>{entry}</entry></feed>')

    site.pages["/feed"] = atom("2018-10-17T08:00:00Z")
    assert lines(follow(library, site("/feed"), web())) == ["added one"]
    site.pages["/feed"] = atom("2018-10-18T08:00:00Z")
    site.pages["/one"] = story("Bridge open")
    assert lines(update_feeds(library, web())) == ["updated one"]


def test_an_entry_of_rss_whose_text_was_changed_comes_again_and_one_that_stands_twice_once(
    library: Library, site: Site
) -> None:
    entry = item(site("/whole"), "All here", LONG, guid="e1")
    site.pages["/feed"] = in_xml(
        rss(entry, item(site("/one"), "Bridge closed"), entry, item(site("/one"), "Bridge closed"))
    )
    assert lines(follow(library, site("/feed"), web())) == ["added whole", "added one"]
    assert lines(update_feeds(library, web())) == []
    site.pages["/feed"] = in_xml(
        rss(entry.replace("the 7th time", "the last time"), item(site("/one"), "Bridge closed"))
    )
    assert lines(update_feeds(library, web())) == ["updated whole"]
    assert any("met for the last time" in article.text for article in library.articles())


def test_a_link_to_no_address_is_none(library: Library, site: Site) -> None:
    site.pages["/feed"] = in_xml(rss(item("http://[::1", "All here", LONG)))
    assert lines(follow(library, site("/feed"), web())) == ["added 1"]
    site.pages["/"] = Page(
        '<html><head><link rel="alternate" type="application/rss+xml" href="http://[::1"></head></html>'
    )
    with pytest.raises(InputError, match="is no address on the web; check it"):
        list(follow(library, site("/"), web()))


def test_a_relative_date_is_no_date(library: Library, site: Site) -> None:
    site.pages["/feed"] = in_xml(rss(item(site("/whole"), "All here", LONG, pubDate="3 hours ago")))
    assert lines(follow(library, site("/feed"), web())) == ["added whole"]
    assert library.articles()[0].published is None


def test_the_feed_that_a_page_names_is_followed(library: Library, site: Site) -> None:
    site.pages["/"] = Page(
        '<html><head><link rel="alternate" type="application/rss+xml" href="feed"></head><body>News</body></html>'
    )
    site.pages["/feed"] = in_xml(rss(item(site("/one"), "Bridge closed")))
    assert lines(follow(library, site("/"), web())) == ["added one"]
    assert [feed.url for feed in library.feeds.all()] == [site("/feed")]
    with pytest.raises(InputError, match=f"^{site('/one')} is no feed of articles, or a damaged one; give the"):
        list(follow(library, site("/one"), web()))


def test_a_feed_that_fails_is_told_and_the_others_are_brought(library: Library, site: Site) -> None:
    for name, target in (("/a", "/one"), ("/b", "/two")):
        site.pages[name] = in_xml(rss())
        list(follow(library, site(name), web()))
        site.pages[name] = in_xml(rss(item(site(target), target)))
    site.pages["/a"] = Page("", 302, {"Location": "/a"})
    failed, brought = update_feeds(library, web())
    assert failed.reason == f"{site('/a')} redirects in a circle; check the address."
    assert brought.status == "added"


def test_a_feed_cannot_lead_to_machines_that_are_not_public(library: Library, site: Site) -> None:
    site.pages["/feed"] = in_xml(rss(item("http://192.168.0.1/router", "Router", "")))
    (skipped,) = follow(library, site("/feed"), web())
    assert skipped.reason == (
        "http://192.168.0.1/router leads to 192.168.0.1, which is no machine on the public web; save the page in a "
        "browser and add that file."
    )


def test_a_feed_that_is_dropped_is_followed_no_more_and_its_articles_stay(library: Library, site: Site) -> None:
    site.pages["/feed"] = in_xml(rss(item(site("/one"), "Bridge closed")))
    assert lines(follow(library, site("/feed"), web())) == ["added one"]
    with pytest.raises(InputError) as raised:
        library.feeds.remove("https://elsewhere.example/")
    assert str(raised.value) == (f"No feed at https://elsewhere.example/ is followed; those that are: {site('/feed')}")
    library.feeds.remove(site("/feed"))
    site.pages["/feed"] = in_xml(rss(item(site("/two"), "Tram late")))
    assert lines(update_feeds(library, web())) == []
    assert len(library.listings()) == 1

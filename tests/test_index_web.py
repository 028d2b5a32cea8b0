"""What is fetched from the web: only what may be, within bounds, each fault a sentence; the web is a server of ours."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from documents import column, pdf
from sites import Handler, Page, Site, served, web

from index.errors import BylineError, FailedError, InputError
from index.reading.files import Unread
from index.records import Article
from index.web.addresses import is_public, normal
from index.web.fetching import Web
from index.web.reading import id_of, read_fetched, suffix_of

STORY = """<!DOCTYPE html><html lang="en"><head><title>Bridge closed</title>
<meta property="og:site_name" content="Alba Post">
<meta property="article:published_time" content="2018-10-17T08:00:00Z"></head>
<body><nav>Home</nav><article><h1>Bridge closed</h1>
<p>The bridge over the Wend is closed until May, the council of Ostrey said on Monday.</p>
<p>Repairs cost two million crowns, of which the province pays one half.</p></article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served({"/story.html": Page(STORY)}) as served_site:
        yield served_site


def refusal(site_or_url: str, **bounds: float) -> BylineError:
    with pytest.raises(BylineError) as raised:
        web(**bounds).fetch(site_or_url)  # type: ignore[arg-type]
    return raised.value


def articles(site: Site, path: str) -> list[Article | Unread]:
    return list(read_fetched(web().fetch(site(path))))


def test_a_page_is_an_article_under_its_address(site: Site) -> None:
    (article,) = articles(site, "/story.html?utm_source=mail#top")
    assert isinstance(article, Article)
    assert article.id == f"{site.address.removeprefix('http://')}/story"
    assert (article.title, article.outlet, article.published) == ("Bridge closed", "Alba Post", "2018-10-17")
    assert article.url == site("/story.html?utm_source=mail")
    assert "Home" not in article.text
    (_, robots), (_, page) = site.asked
    assert robots["user-agent"] == page["user-agent"] == "Byline"


def test_what_comes_is_read_by_its_content_type(site: Site) -> None:
    report = pdf([column(["The council met on Monday.", "It voted for the bridge."], 72, 700)])
    site.pages["/report"] = Page(report, headers={"Content-Type": "application/pdf"})
    site.pages["/note"] = Page(
        "Zug fährt wieder.".encode("cp1252"), headers={"Content-Type": "text/plain; charset=latin1"}
    )
    site.pages["/download"] = Page(report, headers={"Content-Type": "application/octet-stream"})
    site.pages["/photo"] = Page(b"\x89PNG", headers={"Content-Type": "image/png"})
    (from_pdf,), (from_text,), (by_beginning,) = (articles(site, each) for each in ("/report", "/note", "/download"))
    assert isinstance(from_pdf, Article)
    assert from_pdf.pages == (0,)
    assert isinstance(from_text, Article)
    assert from_text.text == "Zug fährt wieder."
    assert isinstance(by_beginning, Article)
    assert by_beginning.text == from_pdf.text
    with pytest.raises(InputError) as raised:
        articles(site, "/photo")
    assert str(raised.value) == (
        f"{site('/photo')} is image/png, which Byline does not read; give the address of a page or a text."
    )


def test_a_page_that_is_packed_is_unpacked_and_one_that_is_a_bomb_is_too_large(site: Site) -> None:
    packed = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    site.pages["/packed"] = Page(gzip.compress(STORY.encode()), headers=packed)
    site.pages["/bomb"] = Page(gzip.compress(b"\0" * 30_000_000), headers=packed)
    (article,) = articles(site, "/packed")
    assert isinstance(article, Article)
    assert article.title == "Bridge closed"
    assert str(refusal(site("/bomb"))) == (
        f"{site('/bomb')} has more than 1 MB; save it, and add that file if you want it."
    )


def test_a_redirect_is_followed_and_a_circle_and_a_long_chain_are_told(site: Site) -> None:
    site.pages["/old"] = Page("", 301, {"Location": "/story.html"})
    site.pages["/a"] = Page("", 302, {"Location": "/b"})
    site.pages["/b"] = Page("", 302, {"Location": site("/a")})
    site.pages |= {f"/{n}": Page("", 302, {"Location": f"/{n + 1}"}) for n in range(20)}
    assert web().fetch(site("/old")).url == site("/story.html")
    assert str(refusal(site("/a"))) == f"{site('/a')} redirects in a circle; check the address."
    assert str(refusal(site("/0"))) == f"{site('/0')} redirects more than 10 times; check the address."


@pytest.mark.parametrize(
    ("target", "machine"),
    [
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://169.254.169.254/latest", "169.254.169.254"),
        ("http://[::1]:7860/", "::1"),
        ("http://[::ffff:192.168.1.1]/", "::ffff:192.168.1.1"),
        ("http://0.0.0.0/", "0.0.0.0"),
        ("http://127.0.0.2/", "127.0.0.2"),
    ],
)
def test_a_redirect_to_a_machine_that_is_not_public_is_refused(site: Site, target: str, machine: str) -> None:
    site.pages["/away"] = Page("", 302, {"Location": target})
    assert str(refusal(site("/away"))) == (
        f"{site('/away')} redirects to {machine}, which is no machine on the public web; save the page in a browser "
        "and add that file."
    )


def test_this_machine_is_asked_only_where_a_rule_says_so(site: Site) -> None:
    for address in (site("/"), site("/").replace("127.0.0.1", "localhost")):
        told = (
            f"^{address} leads to (127.0.0.1|::1), which is no machine on the public web; save the page in a browser "
        )
        with pytest.raises(InputError, match=told):
            Web().fetch(address)
    assert site.asked == []


def test_a_name_that_leads_here_is_refused_and_the_address_looked_at_is_the_one_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.7"], ["9.9.9.9", "10.0.0.7"]])
    look_up, connect, connected = socket.getaddrinfo, socket.create_connection, []

    def resolve(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        addresses = next(answers) if host == "news.example" else [host]
        return [found for address in addresses for found in look_up(address, port, *rest, **options)]

    def noted(to: tuple[str, int], *rest: Any, **options: Any) -> socket.socket:
        connected.append(to)
        return connect(to, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", noted)
    named = site.address.replace("127.0.0.1", "news.example")
    # The first answer lets robots.txt be asked for; a name that changes its mind afterwards is looked at again.
    assert f"{named}/story.html leads to 10.0.0.7" in str(refusal(f"{named}/story.html"))
    assert [host for host, _ in connected] == ["127.0.0.1"]
    assert f"{named}/story.html leads to 10.0.0.7" in str(refusal(f"{named}/story.html"))


def test_only_the_public_internet_is_public() -> None:
    for address in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.0.1", "100.64.0.1", "0.0.0.0", "224.0.0.1"):
        assert not is_public(ipaddress.ip_address(address)), address
    for address in ("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::", "64:ff9b::7f00:1"):
        assert not is_public(ipaddress.ip_address(address)), address
    for address in ("9.9.9.9", "2620:fe::fe", "64:ff9b::909:909"):
        assert is_public(ipaddress.ip_address(address)), address


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(b"X-%d: 1\r\n" % number)
        handler.wfile.flush()
        time.sleep(0.05)


def flood(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>rain</p>" * 10_000)


def silence(handler: Handler) -> None:
    time.sleep(5)


@pytest.mark.parametrize("never_ends", [drip, drip_head, silence])
def test_what_never_ends_is_given_up_in_time(site: Site, never_ends: object) -> None:
    site.pages["/slow"] = never_ends  # type: ignore[assignment]
    begun = time.monotonic()
    assert str(refusal(site("/slow"), seconds=0.5)) == (
        f"{site('/slow')} did not come to an end within 0.5 seconds; try again later, or save the page in a browser "
        "and add that file."
    )
    assert time.monotonic() - begun < 4


def test_what_is_too_large_is_given_up(site: Site) -> None:
    site.pages["/flood"] = flood
    assert "has more than 1 MB" in str(refusal(site("/flood")))


def test_what_a_site_asks_to_leave_alone_is_left_alone_also_behind_a_redirect(site: Site) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /private/\nAllow: /private/open\nDisallow: /*?print")
    site.pages["/private/a"] = site.pages["/private/open"] = site.pages["/a?print"] = Page(STORY)
    site.pages["/in"] = Page("", 302, {"Location": "/private/a"})
    expected = (
        f"{site('/private/a')} is not fetched, for {site('/robots.txt')} asks programs to leave it alone; save the "
        "page in a browser and add that file."
    )
    assert str(refusal(site("/private/a"))) == str(refusal(site("/in"))) == expected
    assert "is not fetched" in str(refusal(site("/a?print")))
    assert web().fetch(site("/private/open")).status == 200
    assert "/private/a" not in [path for path, _ in site.asked]


def test_a_site_that_does_not_say_what_may_be_fetched_is_left_alone(site: Site) -> None:
    site.pages["/robots.txt"] = Page("", 503)
    assert str(refusal(site("/story.html"))) == (
        f"{site('/story.html')} is not fetched, for {site('/robots.txt')}, which says what may be, answers 503; try "
        "again later."
    )


def test_what_is_not_there_and_who_does_not_answer_are_told() -> None:
    with served({}) as gone:
        assert str(refusal(gone("/story"))) == (
            f"{gone('/story')} answers 404 Not Found; check the address, or try again later."
        )
    told = refusal(gone("/story"))
    assert isinstance(told, FailedError)
    assert str(told) == (
        f"{gone('/story')} cannot be fetched (it refuses the connection); check the address, or try again later."
    )


def breaks_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<p>The bridge")
    handler.close_connection = True


def speaks_otherwise(handler: Handler) -> None:
    handler.wfile.write(b"220 mail.example\r\n")
    handler.close_connection = True


PACKED = {"Content-Type": "text/html", "Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (breaks_off, "it breaks off, or does not speak HTTP"),
        (speaks_otherwise, "it breaks off, or does not speak HTTP"),
        (Page(gzip.compress(STORY.encode())[:300], headers=PACKED), "what it sends is damaged or cut off"),
        (Page(STORY, headers=PACKED), "what it sends is damaged or cut off"),
    ],
)
def test_what_does_not_come_whole_is_told_in_words_and_no_part_of_it_is_taken(
    site: Site, page: Page, reason: str
) -> None:
    site.pages["/part"] = page
    told = f"{site('/part')} cannot be fetched ({reason}); check the address, or try again later."
    assert str(refusal(site("/part"))) == told


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://nowhere.invalid/a", "its name is not known, or this machine is offline"),
        ("https://127.0.0.1:{port}/a", "it does not speak HTTPS"),
    ],
)
def test_a_site_that_is_none_is_told_by_the_address_that_was_given(site: Site, url: str, reason: str) -> None:
    url = url.format(port=site.address.rpartition(":")[2])
    assert str(refusal(url)) == f"{url} cannot be fetched ({reason}); check the address, or try again later."


def test_a_page_that_a_script_fills_is_told_as_one(site: Site) -> None:
    site.pages["/app"] = Page("<!DOCTYPE html><html><body><div id='app'></div><script>run()</script></body></html>")
    (unread,) = articles(site, "/app")
    assert isinstance(unread, Unread)
    assert unread.reason == (
        f"{site('/app')} holds no text; if a browser shows some, save the page in a browser and add that file."
    )


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (403, {}, "403 Forbidden; save the page in a browser and add that file."),
        (429, {"Retry-After": "1200"}, "429 Too Many Requests; try again in 1,200 seconds."),
        (429, {"Retry-After": "Wed, 17 Oct 2018 08:00:00 GMT"}, "429 Too Many Requests; try again later."),
        (500, {}, "500 Internal Server Error; try again later."),
        (999, {}, "999; try again later."),
        (410, {}, "410 Gone; check the address, or try again later."),
    ],
)
def test_what_a_server_refuses_is_told_with_what_to_do(
    site: Site, status: int, headers: dict[str, str], told: str
) -> None:
    site.pages["/story.html"] = Page("", status, headers)
    assert str(refusal(site("/story.html"))) == f"{site('/story.html')} answers {told}"


def test_a_redirect_to_no_address_is_told(site: Site) -> None:
    site.pages["/away"] = Page("", 302, {"Location": "http://[::1"})
    assert str(refusal(site("/away"))) == (
        f'{site("/away")} redirects to "http://[::1", which is no address on the web; check the address.'
    )


@pytest.mark.parametrize(
    "url", ["http://", "ftp://a.example/", "http://a.example:x/", "http://[::1", "https://exa mple/"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(InputError, match="is no address on the web; check it"):
        normal(url)
    with pytest.raises(InputError, match=r"The address of a\.example holds a user name; give it without one"):
        normal("https://me:secret@a.example/")


def test_the_id_of_an_address_is_its_place_on_its_site() -> None:
    assert id_of("https://example.org/") == "example.org"
    assert id_of("https://www.example.org/news/index.html") == "example.org/news"
    assert len(id_of("https://example.org/" + "x" * 500)) == 150
    assert suffix_of(b"<?xml version='1.0'?><rss/>", "text/xml") == ".xml"

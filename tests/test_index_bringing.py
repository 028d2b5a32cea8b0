"""Pages by their address and pasted text in a library, with the facts that a person gives."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import column, pdf
from fakes import WordEmbedder
from sites import Page, Site, served, web

from index.adding import AddResult
from index.bringing import add_address, add_text
from index.errors import FailedError, InputError
from index.facts import checked_facts
from index.library import Library

STORY = (
    "<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
    "<p>The bridge over the Wend is closed until May, the council of Ostrey said.</p></article></body></html>"
)


@pytest.fixture
def site() -> Iterator[Site]:
    with served({"/story": Page(STORY), "/old": Page("", 301, {"Location": "/story"})}) as served_site:
        yield served_site


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", WordEmbedder())


def only(outcomes: Iterator[AddResult]) -> AddResult:
    (outcome,) = outcomes
    return outcome


def test_a_page_that_is_fetched_again_is_unchanged_and_keeps_what_was_said_of_it(library: Library, site: Site) -> None:
    facts = checked_facts({"outlet": "Herald", "published": "17 October 2018"})
    outcome = only(add_address(library, site("/old"), web(), facts))
    assert (outcome.status, outcome.id) == ("added", f"{site.address.removeprefix('http://')}/story")
    assert only(add_address(library, site("/story"), web())).status == "unchanged"
    site.pages["/story"] = Page(STORY.replace("until May", "until June"))
    assert only(add_address(library, site("/story"), web())).status == "updated"
    article = library.article(outcome.id)
    assert (article.outlet, article.published, article.url) == ("Herald", "2018-10-17", site("/story"))
    assert library.origins.of(outcome.id) == site("/story")


def test_a_page_is_added_under_an_id_of_ones_own(library: Library, site: Site) -> None:
    assert only(add_address(library, site("/story"), web(), article_id="bridge")).id == "bridge"


def test_what_cannot_be_fetched_is_skipped_and_nothing_is_added(library: Library, site: Site) -> None:
    outcome = only(add_address(library, site("/none"), web()))
    assert (outcome.status, outcome.id) == ("skipped", site("/none"))
    assert library.listings() == []


def test_what_is_piped_in_is_read_by_what_it_is(library: Library) -> None:
    report = pdf([column(["The council met on Monday.", "It voted for the bridge."], 72, 700)])
    assert only(add_text(library, report, article_id="report")).status == "added"
    assert library.article("report").pages == (0,)
    assert only(add_text(library, STORY.encode())).id == "pasted/bridge-closed"
    assert only(add_text(library, b"Rain", {"title": "It rained: 3 mm"})).id == "pasted/it-rained-3-mm"
    empty = only(add_text(library, b" \n"))
    assert (empty.status, empty.reason) == (
        "skipped",
        "What was given is empty: put the article's text into it, or leave it out.",
    )


def test_too_much_text_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.bringing.MOST_MEGABYTES", 1)
    with pytest.raises(InputError) as raised:
        list(add_text(library, b"x" * 1_000_001))
    assert str(raised.value) == "What was given has more than 1 MB; save it to a file, and add that."


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with served({"/story": Page(STORY)}, context) as secret, pytest.raises(FailedError) as raised:
        web().fetch(secret("/story"))
    assert "(its certificate is not valid)" in str(raised.value)
    assert str(raised.value).endswith("; check the address, or try again later.")

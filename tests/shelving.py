"""What tests of the page share: libraries in the reader's own words, and views to show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Parrot
from fakes import WordEmbedder
from page_server import free_port
from playwright.sync_api import Browser, Page

from index.library import Library
from index.reading.files import find
from ui.page.build import running


def library_of(folder: Path, texts: dict[str, str]) -> Library:
    """A library of files with these names and contents."""
    (folder / "articles").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    library = Library(folder / "library", WordEmbedder())
    assert {outcome.status for outcome in library.add(find([folder / "articles"]))} == {"added"}
    return library


def story(number: int) -> str:
    outlet = ("Alba Post", "Herald", "Wend Courier")[number % 3]
    return (
        f"---\ntitle: Tide table {number:03}\ndate: 2018-{1 + number % 12:02}-17\noutlet: {outlet}\n---\n\n"
        f"The tide stood at {number} metres on the morning of that day.\n"
    )


@pytest.fixture(scope="module")
def tides(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Library]]:
    """A page over 240 articles of three outlets."""
    library = library_of(tmp_path_factory.mktemp("tides"), {f"tide{n:03}.md": story(n) for n in range(240)})
    with running(library, Parrot(library), "127.0.0.1", free_port()) as address:  # type: ignore[arg-type]
        yield address, library


def show(page: Page, view: str) -> None:
    page.get_by_role("tab", name=view, exact=True).click()


# ---- evaluation ----


@pytest.fixture
def question_set(tmp_path: Path) -> Path:
    questions = [
        {
            "id": "pier",
            "question": "How many metres of the northern pier?",
            "answers": ["forty"],
            "articles": ["harbour"],
        },
        {"id": "keeper", "question": "Who kept the lighthouse for thirty years?", "answers": ["Nobody"]},
        {"id": "paris", "question": "Please refuse to tell of lighthouse", "kind": "unanswerable"},
        {"id": "broken"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in questions))
    return path


def choose(page: Page, question_set: Path, most: int) -> None:
    """Names a question set in the Evaluate view, and how many of its questions are to be asked."""
    show(page, "Evaluate")
    page.fill("#set-path input", str(question_set))
    page.fill("#limit input", str(most))

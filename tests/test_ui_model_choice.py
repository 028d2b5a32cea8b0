"""The choice of language model on the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fakes import Typist, library_of

from index.libraries import Libraries
from index.models.catalogue import named
from qa.assistant import Assistant
from qa.llm.suiting import Known
from ui.page.build import build
from ui.page.loading import Loading
from ui.page.models import _listing, _using
from ui.page.switch import ANSWERED_AFTER, Models, Switch

SMALL, LARGE, FAR = named("0.5b"), named("1.5b"), named("Qwen3-8B")
KNOWN = [
    Known(SMALL, is_fetched=True, enough_memory=True, first_word_s=0.5),
    Known(LARGE, is_fetched=True, enough_memory=True, first_word_s=1.5),
    Known(FAR, is_fetched=False, enough_memory=False, first_word_s=None),
    Known(named("minilm"), is_fetched=True, enough_memory=True, first_word_s=None),
]


def models(used: str = SMALL.name, is_server: bool = False) -> Models:
    return Models(lambda: KNOWN, used, is_server)


def test_each_is_listed_with_what_it_needs_and_those_on_this_machine_can_be_used() -> None:
    listed = json.loads(_listing(models())(None))
    assert [(each["name"], each["used"], each["usable"]) for each in listed] == [
        (SMALL.name, True, True),
        (LARGE.name, False, True),
        (FAR.name, False, False),
    ]
    assert listed[2]["about"] == [
        "5,028 MB on disk",
        "5.3 GB of memory",
        "Apache-2.0",
        "not fetched",
        "too large for the memory",
        "for many languages, with 8 GB of memory and a GPU or patience",
    ]


@pytest.mark.parametrize(
    ("used", "is_server", "about"),
    [
        ("mine.gguf", False, "a file of your own"),
        (
            "http://127.0.0.1:1/v1#a",
            True,
            "a server, to which every question is sent with the passages chosen for it",
        ),
    ],
)
def test_a_model_of_ones_own_stands_first(used: str, is_server: bool, about: str) -> None:
    first = json.loads(_listing(models(used, is_server))(None))[0]
    assert first == {"name": used, "about": [about], "used": True, "usable": False}


def test_the_page_goes_on_with_the_model_that_was_chosen_and_the_same_library(tmp_path: Path) -> None:
    switch = Switch(Libraries(tmp_path), tmp_path / "here", tmp_path / "here", models())
    _using(switch, models())(LARGE.name)
    switch.wait()
    assert (switch.next, switch.next_model) == (tmp_path / "here", LARGE.name)


def test_what_is_not_on_this_machine_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    switch = Switch(Libraries(tmp_path), tmp_path / "here", tmp_path / "here", models())
    monkeypatch.setattr("threading.Timer", lambda *_: pytest.fail("it must not be used"))
    _using(switch, models())(FAR.name)
    _using(switch, models())("no-such")
    assert ANSWERED_AFTER < 1
    assert switch.next_model is None


@pytest.mark.parametrize("of", [models(), None])
def test_the_list_is_on_the_page_where_there_is_a_choice(tmp_path: Path, of: Models | None) -> None:
    library = library_of(tmp_path, {"a.txt": "Rain fell\n\nRain fell on the harbour of Ostrey.\n"})
    assistant = Assistant(library, lambda: Typist(""), "typist", reads_ahead=False)
    page = build(
        library, assistant, Loading(assistant), Switch(Libraries(tmp_path), library.folder, library.folder, of)
    )
    ids = [component["props"].get("elem_id") for component in page.config["components"]]
    assert ("model" in ids) == (of is not None)
    assert "libraries" in ids
    assistant.close()

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fakes import Typist, WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.assistant import Assistant
from qa.llm.halt import Halt
from qa.prompts import SYSTEM
from qa.reader.nearness import NearnessReader
from qa.reading_ahead import Warmer, every_section

NEVER = Halt()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, date in (("old", "2018-10-17"), ("new", "2019-01-20")):
        (tmp_path / f"{name}.txt").write_text(
            f"The {name} bridge\n\n{date}\n\nThe {name} bridge over the Wend is closed.\n"
        )
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "old.txt", tmp_path / "new.txt"])))
    return library


def every(library: Library) -> list[str]:
    """All sections as the model is shown them."""
    return [section.shown() for section in every_section(library)]


def test_what_a_question_came_near_is_read_first_and_then_the_newest(library: Library) -> None:
    typist, warmer = Typist(""), Warmer(library, lambda: NearnessReader(library.embedder))
    newest, oldest = every(library)
    assert "new bridge" in newest
    warmer.read_soon([section for section in every_section(library) if "old" in section.text])
    assert warmer.step(typist, NEVER)
    assert typist.kept == {oldest}
    assert warmer.step(typist, NEVER)
    assert typist.kept == {oldest, newest}
    assert not warmer.step(typist, NEVER)


def test_what_is_being_typed_comes_first_and_what_was_broken_off_comes_again(library: Library) -> None:
    typist, warmer = Typist(""), Warmer(library, lambda: NearnessReader(library.embedder))
    newest, oldest = every_section(library)
    warmer.read_soon([newest])
    warmer.read_for_typed(newest)
    warmer.read_for_typed(oldest)  # in its place
    stop = Halt()

    def broken_off(system: str, passage: str, stop: Halt) -> bool:
        stop.set()
        return True

    keep, typist.keep = typist.keep, broken_off  # type: ignore[method-assign]
    assert warmer.step(typist, stop)
    assert typist.kept == set()
    typist.keep = keep  # type: ignore[method-assign]
    assert warmer.step(typist, NEVER)
    assert typist.kept == {oldest.shown()}


def test_where_the_store_is_full_only_what_is_expected_is_read(library: Library) -> None:
    typist, warmer = Typist(""), Warmer(library, lambda: NearnessReader(library.embedder))
    typist.has_room = False
    assert not warmer.step(typist, NEVER)
    _, oldest = every_section(library)
    warmer.read_soon([oldest])
    assert warmer.step(typist, NEVER)
    assert not warmer.step(typist, NEVER)
    assert typist.kept == {oldest.shown()}


def test_an_article_added_later_is_read_too_and_one_removed_is_passed_over(library: Library, tmp_path: Path) -> None:
    typist, warmer = Typist(""), Warmer(library, lambda: NearnessReader(library.embedder))
    while warmer.step(typist, NEVER):
        pass
    (tmp_path / "wolf.txt").write_text("A wolf\n\nA wolf was seen.\n")
    list(library.add(find([tmp_path / "wolf.txt"])))
    warmer.read_soon([section for section in every_section(library) if "old" in section.text])
    library.remove(["old"])
    typist.kept.clear()
    while warmer.step(typist, NEVER):
        pass
    assert typist.kept == set(every(library))
    assert len(typist.kept) == 2


def test_passages_are_read_ahead_while_nobody_asks_and_the_answer_says_so(library: Library) -> None:
    typist = Typist("The new bridge over the Wend is closed.")
    assistant = Assistant(library, lambda: typist, typist.name)
    assistant.warm()
    deadline = time.monotonic() + 30
    while typist.kept != set(every(library)) and time.monotonic() < deadline:
        time.sleep(0.01)
    answer = assistant.answer("Which new bridge over the Wend is closed?")
    assistant.close()
    assert answer.warm
    assert answer.tokens.fresh < answer.tokens.prompt
    assert typist.read_prompts[0].system == SYSTEM

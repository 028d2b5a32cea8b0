from __future__ import annotations

import time
from pathlib import Path

import pytest
from fakes import Stranger, Typist, WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.assistant import Assistant
from qa.evidence.finding import text_of
from qa.llm.halt import Halt
from qa.prompts import SYSTEM
from qa.reader.nearness import NearnessReader
from qa.reader.protocol import Text
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


class Remembering(NearnessReader):
    """Remembers what it was let read ahead."""

    def __init__(self, library: Library, room: bool = True) -> None:
        super().__init__(library.embedder)
        self.kept: list[Text] = []
        self.room = room

    @property
    def has_room(self) -> bool:
        return self.room

    def keep(self, text: Text) -> bool:
        is_new = text not in self.kept
        self.kept += [text] if is_new else []
        return is_new


def every(library: Library) -> list[Text]:
    """All sections as the reader reads them."""
    return [text_of(section) for section in every_section(library)]


def warmer_of(library: Library, room: bool = True) -> tuple[Warmer, Remembering]:
    reader = Remembering(library, room)
    return Warmer(library, lambda: reader), reader


def test_what_a_question_came_near_is_read_first_and_then_the_newest(library: Library) -> None:
    typist, (warmer, reader) = Typist(""), warmer_of(library)
    newest, oldest = every(library)
    assert "new bridge" in newest.headline
    warmer.read_soon([section for section in every_section(library) if "old" in section.text])
    assert warmer.step(typist, NEVER)
    assert reader.kept == [oldest]
    assert warmer.step(typist, NEVER)
    assert reader.kept == [oldest, newest]
    assert not warmer.step(typist, NEVER)


def test_what_the_model_will_be_shown_for_a_question_being_typed_comes_first(library: Library) -> None:
    warmer, reader = warmer_of(library)
    typist = Typist("")
    warmer.read_for_typed("The old bridge.")
    warmer.read_for_typed("The new bridge.")  # in its place
    assert warmer.step(typist, NEVER)
    assert (typist.kept, reader.kept) == ({"The new bridge."}, [])
    assert warmer.step(typist, NEVER)
    assert len(reader.kept) == 1


def test_a_model_that_keeps_nothing_is_let_alone(library: Library) -> None:
    warmer, reader = warmer_of(library)
    warmer.read_for_typed("The new bridge.")
    assert warmer.step(Stranger(""), NEVER)
    assert len(reader.kept) == 1


def test_where_the_store_is_full_only_what_is_expected_is_read(library: Library) -> None:
    warmer, reader = warmer_of(library, room=False)
    assert not warmer.step(Stranger(""), NEVER)
    _, oldest = every_section(library)
    warmer.read_soon([oldest])
    assert warmer.step(Stranger(""), NEVER)
    assert not warmer.step(Stranger(""), NEVER)
    assert reader.kept == [text_of(oldest)]


def test_an_article_added_later_is_read_too_and_one_removed_is_passed_over(library: Library, tmp_path: Path) -> None:
    warmer, reader = warmer_of(library)
    while warmer.step(Typist(""), NEVER):
        pass
    (tmp_path / "wolf.txt").write_text("A wolf\n\nA wolf was seen.\n")
    list(library.add(find([tmp_path / "wolf.txt"])))
    warmer.read_soon([section for section in every_section(library) if "old" in section.text])
    library.remove(["old"])
    reader.kept.clear()
    while warmer.step(Typist(""), NEVER):
        pass
    assert sorted(text.headline for text in reader.kept) == ["A wolf", "The new bridge"]


def test_while_nobody_asks_sections_are_read_and_what_a_question_being_typed_needs(library: Library) -> None:
    reader, typist = Remembering(library), Typist("The new bridge over the Wend is closed.")
    question = "What has become of the new bridge over the Wend?"
    assistant = Assistant(library, lambda: typist, typist.name, load_reader=lambda: reader)
    assistant.warm()
    assistant.prepare(question)
    deadline = time.monotonic() + 30
    while not (len(reader.kept) == 2 and typist.kept) and time.monotonic() < deadline:
        time.sleep(0.01)
    answer = assistant.answer(question)
    assistant.close()
    assert answer.warm
    assert answer.tokens.fresh < answer.tokens.prompt
    assert [prompt.system for prompt in typist.read_prompts] == [SYSTEM]

"""Another embedder for a library: its passages are made anew beside the old ones, which stay until all are done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from fakes import WordEmbedder, library_of

from index.embedding.embedder import FloatArray, SentenceTransformerEmbedder
from index.errors import FailedError, InputError
from index.library import Library
from index.reading.files import find

TEXTS = {
    "storm.txt": "Storm hits Aldmoor\n\nTwo bridges were closed. The mayor asked people to stay at home.",
    "ferry.txt": "Ferry late\n\nThe ferry to Kessby was late again. Nobody was hurt.",
}


class OtherEmbedder(WordEmbedder):
    """The same vectors the other way round."""

    def __init__(self) -> None:
        super().__init__("other")

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        return super().embed(texts)[:, ::-1]


class FailingEmbedder(OtherEmbedder):
    """Stops at the second article."""

    def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
        if any("bridges" in text for text in texts):
            raise FailedError("The light went out.")
        return super().embed(texts)


def test_after_the_switch_the_library_is_of_the_other_embedder(tmp_path: Path) -> None:
    with_words = library_of(tmp_path, TEXTS)
    (tmp_path / "same.txt").write_text(TEXTS["ferry.txt"])
    assert [outcome.status for outcome in with_words.add(find([tmp_path / "same.txt"]))] == ["duplicate"]
    before = [hit.passage for hit in with_words.search("ferry late")]
    with_words.close()
    library = Library(tmp_path / "library", OtherEmbedder())
    with pytest.raises(InputError, match="was made with embedder words"):
        library.search("ferry")
    assert library.made_with == "words"

    assert list(library.reembed()) == ["ferry", "storm"]

    assert library.made_with == "other"
    assert [hit.passage for hit in library.search("ferry late")] == before
    assert list(library.faults()) == []
    assert not (tmp_path / "library" / "reembedding").exists()
    again = Library(tmp_path / "library", OtherEmbedder())
    assert [outcome.status for outcome in again.add(find([tmp_path / name for name in (*TEXTS, "same.txt")]))] == [
        "unchanged"
    ] * 3
    with pytest.raises(InputError, match="was made with embedder other"):
        Library(tmp_path / "library", WordEmbedder()).search("ferry")


def test_what_is_interrupted_leaves_the_library_as_it_was_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for together in ("_FIRST_TOGETHER", "_TOGETHER"):
        monkeypatch.setattr(f"index.adding.{together}", 1)  # each article is embedded for itself
    library_of(tmp_path, TEXTS).close()
    failing = Library(tmp_path / "library", FailingEmbedder())
    with pytest.raises(FailedError):
        list(failing.reembed())
    failing.close()

    old = Library(tmp_path / "library", WordEmbedder())
    assert next(hit.passage.article_id for hit in old.search("bridges")) == "storm"
    old.close()
    embedded: list[str] = []

    class Watched(OtherEmbedder):
        def embed(self, texts: Sequence[str], are_questions: bool = False) -> FloatArray:
            embedded.extend(texts)
            return super().embed(texts)

    library = Library(tmp_path / "library", Watched())
    list(library.reembed())
    assert not any("ferry" in text for text in embedded), "what was done before the interruption is not done again"
    assert any("bridges" in text for text in embedded)
    assert library.made_with == "other"


def test_an_article_added_meanwhile_is_not_lost(tmp_path: Path) -> None:
    library_of(tmp_path, TEXTS).close()
    library = Library(tmp_path / "library", OtherEmbedder())
    going = library.reembed()
    next(going)
    (tmp_path / "new.txt").write_text("Owl seen\n\nAn owl was seen in Aldmoor.")
    with_words = Library(tmp_path / "library", WordEmbedder())
    assert [outcome.status for outcome in with_words.add(find([tmp_path / "new.txt"]))] == ["added"]
    with_words.close()

    list(going)

    assert next(hit.passage.article_id for hit in library.search("owl seen")) == "new"
    assert list(library.faults()) == []


def test_nothing_to_embed_loads_no_model() -> None:
    def find_model() -> Path:
        raise FailedError("The model was looked for.")

    assert SentenceTransformerEmbedder("words", find_model).embed_wholes([]) == []

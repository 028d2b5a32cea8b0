"""A Milvus server that goes away while it is used: nothing is lost, and what it lacks it is given once it is back."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fakes import NumpyVectors, WordEmbedder
from killing import BRIDGE, TRAM, WOLVES, write
from milvus_server import free_port, serving

from index.errors import EngineGoneError
from index.library import Library
from index.reading.files import find
from index.store.vectors.engines import engine_at


def first(library: Library, words: str) -> str:
    return library.search(words, 1)[0].passage.article_id


def first_once_reached(library: Library, words: str) -> str:
    """As ``first``; a connection that just failed is not tried again for some seconds."""
    until = time.monotonic() + 60
    while True:
        try:
            return first(library, words)
        except EngineGoneError:
            assert time.monotonic() < until
            time.sleep(0.5)


def test_what_is_added_while_the_server_is_gone_is_in_the_library_and_found_once_it_is_back(tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    port, data, news = free_port(), tmp_path / "milvus", tmp_path / "news"
    write(news, bridge=BRIDGE)
    with serving(port, data) as address:
        library = Library(tmp_path / "library", WordEmbedder(), engine_at(address))
        list(library.add(find([news])))
        assert first(library, "bridge crowns") == "bridge"

    write(news, tram=TRAM, wolves=WOLVES)
    told: list[str] = []
    with pytest.raises(EngineGoneError) as gone:
        told.extend(f"{each.status} {each.id}" for each in library.add(find([news])))
    assert {"unchanged bridge", "added tram", "added wolves"} == set(told)
    assert str(gone.value).startswith(f"The Milvus index at http://127.0.0.1:{port} cannot be used (")
    assert str(gone.value).endswith("); start it, or leave out --index: the library has all that it holds.")

    write(news, mill="Mill sold\n\nThe mill was sold to a baker of Ostrey.\n")
    without = Library(tmp_path / "library", WordEmbedder(), lambda *_: NumpyVectors())
    outcomes = {f"{each.status} {each.id}" for each in without.add(find([news]))}
    assert outcomes == {"unchanged bridge", "unchanged tram", "unchanged wolves", "added mill"}
    assert first(without, "mill baker") == "mill"
    without.close()

    with serving(port, data):
        assert first_once_reached(library, "tram square") == "tram"
        assert [first(library, words) for words in ("four wolves", "mill baker")] == ["wolves", "mill"]
        held = library._search._current().ids()  # type: ignore[attr-defined]
        assert held.tolist() == library._passages.indexed_ids().tolist()
        library.close()

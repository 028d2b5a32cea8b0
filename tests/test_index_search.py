"""How signals are fused into one ranking, and words are looked up."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import WordEmbedder
from killing import added, write

from index.library import Library
from index.search import WEIGHTS, fused, query_words


def test_each_signal_counts_by_its_weight_between_its_lowest_and_highest() -> None:
    words, passage, sentence = WEIGHTS
    found = fused([(0.0, 0.2, 0.5), (8.0, 0.4, 0.1), (4.0, 0.6, 0.3)])
    expected = {0: sentence * 1, 1: words * 1 + passage * 0.5, 2: words * 0.5 + passage * 1 + sentence * 0.5}
    assert dict(found) == pytest.approx(expected)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_signals_that_are_all_alike_decide_nothing() -> None:
    assert fused([(2.0, 0.5, 0.5), (2.0, 0.5, 0.5)]) == [(0, 0.0), (1, 0.0)]


def test_operators_of_the_query_language_are_words() -> None:
    assert query_words('NOT "x" OR (a) NEAR b* col:c') == ["not", "x", "or", "a", "near", "b", "col", "c"]


def test_in_a_large_library_words_that_stand_everywhere_are_not_looked_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "many", **{f"story{number}": f"Story\n\nThe bridge number {number}.\n" for number in range(30)})
    write(tmp_path / "many", ferry="Ferry\n\nThe ferry sank.\n", both="Both\n\nThe ferry lies under the bridge.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    added(library, tmp_path / "many")
    every = library._words.matching(["the", "ferry", "bridge"], 100)
    assert len(every) == 32
    monkeypatch.setattr("index.store.passages.keyword_index._MOST_LOOKED_UP", 20)
    few = library._words.matching(["the", "ferry", "bridge"], 100)
    assert [number for number, _ in few] == [number for number, _ in every][:2]
    assert len(library._words.matching(["the", "bridge"], 100)) == 31  # one word is always looked up
    assert len(library._words.matching(["nowhere", "bridge"], 100)) == 31
    monkeypatch.setattr("index.store.passages.keyword_index._MOST_SCORED", 25)
    assert len(library._words.matching(["bridge"], 100)) == 25


def test_words_that_are_not_looked_up_weigh_in_the_score_of_what_the_rarer_ones_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "many", **{f"story{number}": f"Story\n\nStory number {number}.\n" for number in range(30)})
    write(tmp_path / "many", **{f"pier{number}": f"Pier\n\nThe harbour has pier {number}.\n" for number in range(6)})
    write(tmp_path / "many", short="Ferry\n\nThe ferry sank.\n", both="Ferry\n\nThe ferry lies in the harbour.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    added(library, tmp_path / "many")
    monkeypatch.setattr("index.store.passages.keyword_index._MOST_LOOKED_UP", 5)
    found = [library._passages.texts([number])[0] for number, _ in library._words.matching(["harbour", "ferry"], 100)]
    assert [passage.article_id for passage in found] == ["both", "short"]


def test_words_that_stand_in_more_than_a_fifth_of_a_large_library_do_not_weigh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "many", **{f"story{number}": f"Story\n\nStory number {number}.\n" for number in range(30)})
    write(tmp_path / "many", ferry="Ferry\n\nThe ferry sank.\n", both="Ferry\n\nThe ferry is a long story.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    added(library, tmp_path / "many")
    monkeypatch.setattr("index.store.passages.keyword_index._MOST_LOOKED_UP", 5)
    assert library._words.matching(["story", "ferry"], 100) == library._words.matching(["ferry"], 100)


def test_a_word_is_counted_anew_after_articles_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.passages.keyword_index._MOST_LOOKED_UP", 5)
    write(tmp_path / "many", **{f"story{number}": f"Story\n\nStory number {number}.\n" for number in range(8)})
    write(tmp_path / "many", ferry="Ferry\n\nThe ferry sank.\n")
    library = Library(tmp_path / "library", WordEmbedder())
    added(library, tmp_path / "many")
    assert len(library._words.matching(["story", "ferry"], 100)) == 1
    write(tmp_path / "more", **{f"ferry{number}": f"Ferry\n\nA ferry has sailed {number}.\n" for number in range(12)})
    added(library, tmp_path / "more")
    assert len(library._words.matching(["story", "ferry"], 100)) == 8

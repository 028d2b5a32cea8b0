"""What is held in memory while a file of very many articles is added does not grow with the file."""

from __future__ import annotations

import gc
import json
import tracemalloc
import weakref
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fakes import WordEmbedder

from index.language.detection import detected, rules_for
from index.library import Library
from index.reading.bundles.fields import article_from
from index.reading.files import Source, find_all, read_each
from index.reading.format import Document
from index.records import Article
from index.text.repetition import repeated_lines


def test_known_articles_beside_a_new_one_wait_only_up_to_a_number(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", WordEmbedder())
    known = Article("known", "Mill sold", None, None, None, "Mill sold\n\nThe mill was sold to a baker.")
    new = Article("new", "Bridge closed", None, None, None, "Bridge closed\n\nThe bridge is closed until May.")
    assert [outcome.status for outcome in library.add_read([known])] == ["added"]
    taken: list[Article] = []

    def articles() -> Iterator[Article]:
        for article in (new, *[known] * 600):
            taken.append(article)
            yield article

    outcomes = library.add_read(articles())
    assert next(outcomes).status == "added"
    assert len(taken) <= 256
    assert [outcome.status for outcome in outcomes] == ["unchanged"] * 600


def test_where_the_articles_of_one_file_are_from_is_written_as_they_come(tmp_path: Path) -> None:
    records = [json.dumps({"id": f"{number}", "text": f"Number {number} won."}) for number in range(300)]
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "all.jsonl").write_text("\n".join(records))
    library = Library(tmp_path / "library", WordEmbedder())
    outcomes = library.add(find_all([tmp_path / "news"]))
    for _ in range(250):
        next(outcomes)
    assert sum(origin is not None for origin in library.origins.all().values()) >= 200


def test_articles_of_a_list_in_json_are_made_one_after_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "all.json").write_text(json.dumps([{"text": f"Number {number} won."} for number in range(300)]))
    made: list[str] = []

    def noted(
        record: Mapping[str, object], name: str, fields: Mapping[str, str], days_first: bool | None = None
    ) -> Document | None:
        made.append(name)
        return article_from(record, name, fields, days_first)

    monkeypatch.setattr("index.reading.formats.json_records.article_from", noted)
    read = read_each(Source("box", tmp_path / "all.json"))
    next(read)
    assert len(made) < 5
    assert len(list(read)) == 299


def test_a_text_is_not_kept_for_its_language() -> None:
    class Text(str):
        pass

    text = Text("Zwei Brücken wurden gesperrt, und der Sturm zog weiter. " * 40)
    kept = weakref.ref(text)
    assert (detected(text), rules_for(text).code) == ("de", "de")
    del text
    gc.collect()
    assert kept() is None


def test_lines_are_counted_in_little_more_than_their_own_room() -> None:
    pages = {f"{number}": array("q", range(20 * number, 20 * number + 20)) for number in range(5_000)}
    repeated_lines({}, str)  # what is loaded for it is not counted
    tracemalloc.start()
    assert repeated_lines(pages, str) == set()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 100_000 * 8

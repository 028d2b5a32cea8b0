"""The passages of a library with their vectors; their words go into the keyword index with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.records import Article, Filter, Passage, Sentence
from index.store.articles.articles import Articles, altered
from index.store.sqlite.connection import damaged
from index.store.sqlite.database import Database
from index.store.sqlite.filtering import PASSAGES_OF, admitting
from index.store.sqlite.seals import seal, share
from index.text.keyword_tokens import searchable

if TYPE_CHECKING:
    from index.embedding.embedder import FloatArray
    from index.store.vectors.protocol import IdArray


_IN_ARTICLES = "JOIN articles a ON a.id = p.article_id OR a.duplicate_of = p.article_id"
"""Joins each passage with the article that it stands in, and with those of the very same text."""


@dataclass(frozen=True)
class NewPassage:
    """A passage that is ready to be stored, with its sentences and their vectors.

    ``vectors`` has shape (1 + number of sentences, dimensions): the passage's own vector, then its sentences'.
    """

    passage: Passage
    sentences: tuple[Sentence, ...]
    vectors: FloatArray


class IndexedPassage(NamedTuple):
    """A row of the table of passages; the passage's text is in its article.

    It is a tuple because hundreds are made for every question.
    """

    id: int
    article_id: str
    seal: bytes
    start: int
    end: int
    spans: str
    """Start and end of each sentence, as JSON."""
    vectors: bytes
    """As in ``NewPassage``, as bytes of float16."""


class Passages:
    """The passages of one library.

    Every method that reads raises FailedError where the file is damaged or was changed by another program.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = Articles(database)

    def put(self, article: Article, passages: Sequence[NewPassage]) -> None:
        """Stores the passages of an article in place of those it had, and makes their words findable."""
        import numpy as np

        with self._database.transaction():
            digest, more = self._drop(article.id)
            for new in passages:
                indexed = (
                    new.passage.start,
                    new.passage.end,
                    json.dumps([[sentence.start, sentence.end] for sentence in new.sentences]),
                    new.vectors.astype(np.float16).tobytes(),
                )
                ((number,),) = self._database.rows(
                    """INSERT INTO passages (article_id, start, "end", sentences, vectors, seal)
                       VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
                    article.id,
                    *indexed,
                    seal(*indexed),
                )
                self._database.rows(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    number,
                    searchable(article.title, article.language),
                    searchable(new.passage.text, article.language),
                )
                digest, more = digest + share(number, seal(*indexed)), more + 1
            self._database.passages_changed(digest, more)

    def hand_over(self, article_id: str) -> None:
        """Gives an article's passages to one of its duplicates, where it has any."""
        with self._database.transaction():
            heirs = self._database.rows("SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id", article_id)
            if heirs:
                heir = heirs[0][0]
                self._database.rows("UPDATE passages SET article_id = ? WHERE article_id = ?", heir, article_id)
                self._database.rows("UPDATE articles SET duplicate_of = ? WHERE duplicate_of = ?", heir, article_id)
                self._database.rows("UPDATE articles SET duplicate_of = NULL WHERE id = ?", heir)
                self._database.passages_changed(0, 0)

    def delete(self, article_id: str) -> None:
        """Deletes the passages of an article, and their words from the keyword index."""
        with self._database.transaction():
            digest, more = self._drop(article_id)
            if more:
                self._database.passages_changed(digest, more)

    def indexed(self, ids: Sequence[int], only: Filter | None = None) -> list[IndexedPassage]:
        """The passages with these ids that exist and whose article the filter admits, in the order of the ids.

        Where it admits a duplicate and not the original, the passage is the duplicate's: their texts are the same.
        """
        condition, values = admitting(only)
        # Without a filter no article is looked at, which would read its whole text.
        admitted = "" if only is None else f"AND {condition} ORDER BY a.duplicate_of IS NULL, a.id DESC"
        rows = self._database.rows(
            f"""SELECT p.id, {"a.id" if only else "p.article_id"}, p.seal, p.start, p."end", p.sentences, p.vectors
                FROM passages p {_IN_ARTICLES if only else ""}
                WHERE p.id IN (SELECT value FROM json_each(?)) {admitted}""",
            json.dumps(sorted(ids)),  # as they lie on the disk
            *(values if only else ()),
        )
        found = {row[0]: row for row in rows}
        for row in found.values():
            if row[2] != seal(*row[3:]):
                raise altered(self._database, row[1])
        return [IndexedPassage(*found[number]) for number in ids if number in found]

    def read(self, indexed: Sequence[IndexedPassage]) -> list[tuple[Passage, tuple[Sentence, ...]]]:
        """Returns passages with their texts, and the sentences of each; called in the snapshot that found them."""
        texts = self._articles.texts(each.article_id for each in indexed)
        found = []
        for each in indexed:
            if each.article_id not in texts:
                raise damaged(self._database.path, "a passage has no article")
            text = texts[each.article_id]
            sentences = tuple(Sentence(start, end, text[start:end]) for start, end in json.loads(each.spans))
            found.append((Passage(each.article_id, each.start, each.end, text[each.start : each.end]), sentences))
        return found

    def one(self, number: int) -> Passage | None:
        """The passage with this id; None where there is none."""
        with self._database.snapshot():
            found = self.read(self.indexed([number]))
        return found[0][0] if found else None

    def texts(self, ids: Sequence[int], only: Filter | None = None) -> list[Passage]:
        """The passages with these ids and their texts, in the order of the ids; vectors are not read.

        Where the filter admits a duplicate and not the original, the passage is the duplicate's.
        """
        condition, values = admitting(only)
        with self._database.snapshot():
            rows = self._database.rows(
                f"""SELECT p.id, a.id, p.start, p."end"
                    FROM passages p {_IN_ARTICLES}
                    WHERE p.id IN (SELECT value FROM json_each(?)) AND {condition}
                    ORDER BY a.duplicate_of IS NULL, a.id DESC""",
                json.dumps(list(ids)),
                *values,
            )
            texts = self._articles.texts(row[1] for row in rows)
        if len({row[0] for row in rows}) < len(set(ids)) or any(row[1] not in texts for row in rows):
            raise damaged(self._database.path, "a passage that its keyword index has is not there")
        found = {number: Passage(key, start, end, texts[key][start:end]) for number, key, start, end in rows}
        return [found[number] for number in ids if number in found]

    def admitted(self, only: Filter) -> IdArray:
        """Ids of the passages in articles that the filter admits, rising."""
        condition, values = admitting(only)
        rows = self._database.rows(f"SELECT DISTINCT p.id {PASSAGES_OF} WHERE {condition} ORDER BY p.id", *values)
        import numpy as np

        return np.array([row[0] for row in rows], dtype=np.int64)

    def ids(self) -> list[int]:
        """Ids of all passages, in reading order, of the newest article first and of those without a date last."""
        rows = self._database.rows(
            """SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id
               ORDER BY a.published IS NULL, a.published DESC, a.id, p.start"""
        )
        return [int(row[0]) for row in rows]

    def of(self, article_id: str) -> list[Passage]:
        """The passages of an article, or of the one with the same text, in reading order."""
        rows = self._database.rows(
            f"""SELECT a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start) {PASSAGES_OF}
                WHERE a.id = ? ORDER BY p.start""",
            article_id,
        )
        return [Passage(*row) for row in rows]

    def count(self) -> int:
        """The number of passages. Raises FailedError: the settings have another number, so the file is damaged."""
        return self._database.counted("passages")

    def indexed_ids(self) -> IdArray:
        """The ids of all passages, rising."""
        import numpy as np

        # As one text: a million rows would be made one by one. Unsorted: so an index is read instead of the passages.
        ((listed,),) = self._database.rows("SELECT group_concat(id, ' ') FROM passages")
        return np.sort(np.fromstring(listed, dtype=np.int64, sep=" ")) if listed else np.empty(0, dtype=np.int64)

    def ids_after(self, number: int) -> IdArray:
        """The ids above a number, rising."""
        import numpy as np

        rows = self._database.rows("SELECT id FROM passages WHERE id > ? ORDER BY id", number)
        return np.array([row[0] for row in rows], dtype=np.int64)

    def vectors(self, ids: IdArray) -> FloatArray:
        """The passages' own vectors, shape (len(ids), dimensions); ``ids`` are sorted, and all exist."""
        import numpy as np

        rows = self._database.rows(
            """SELECT substr(vectors, 1, length(vectors) / (1 + json_array_length(sentences))) FROM passages
               WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id""",
            json.dumps(ids.tolist()),
        )
        if len(rows) < len(ids) or len({len(blob) for (blob,) in rows}) > 1:
            raise damaged(self._database.path, "a passage has no vector as long as the others'")
        joined = b"".join(blob for (blob,) in rows)
        return np.frombuffer(joined, dtype=np.float16).astype(np.float32).reshape(len(rows), -1)

    def _drop(self, article_id: str) -> tuple[int, int]:
        """Deletes the passages of an article; returns what to add to the digest and to the number of passages."""
        self._database.rows(
            "DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)", article_id
        )
        dropped = self._database.rows("DELETE FROM passages WHERE article_id = ? RETURNING id, seal", article_id)
        return -sum(share(number, sealed) for number, sealed in dropped), -len(dropped)

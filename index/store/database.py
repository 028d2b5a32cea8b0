"""What a library holds, in SQL: its settings, articles and passages, and the keyword index.

``generation`` in the settings counts changes of the passages, so that whatever a running program made of them can tell
whether it is still true; ``mark`` tells it of what was put on the disk. What is read is held against its seal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import FailedError
from index.records import Article, Filter, Listing, Passage, Sentence
from index.store.connection import Connection, damaged
from index.store.keywords import searchable, searchable_alike, stemmed
from index.store.schema import SCHEMA, bring_up_to_date, packed_lines
from index.store.seals import MODULUS, seal, share
from index.text.reprints import SHARED, sketch

if TYPE_CHECKING:
    from index.embedding import FloatArray
    from index.store.vectors import IdArray

_NEWEST_FIRST = "published IS NULL, published DESC, id"
_ARTICLE = "SELECT id, title, outlet, published, url, sha256, facts, text, seal FROM articles"


@dataclass(frozen=True)
class NewPassage:
    """A passage with what searching needs of it.

    ``vectors`` has shape (1 + number of sentences, dimensions): the passage's own vector, then its sentences'.
    """

    passage: Passage
    sentences: tuple[Sentence, ...]
    vectors: FloatArray


@dataclass(frozen=True)
class StoredPassage(NewPassage):
    """The same under the id it is stored by."""

    id: int


class Database(Connection):
    """The SQLite file of one library; safe to use from several threads and processes.

    Whatever reads raises FailedError where the file is damaged, or was changed by another program.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)
        self._spoken: tuple[int, tuple[str, ...]] = (-1, ())
        """The generation at which the articles' languages were last looked up, and those."""
        bring_up_to_date(self)

    # Settings

    def setting(self, name: str) -> str | None:
        rows = self.rows("SELECT value FROM settings WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def set(self, name: str, value: str) -> None:
        self.rows("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", name, value)

    @property
    def generation(self) -> int:
        return self._number("generation")

    @property
    def mark(self) -> str:
        """The library's random id and the digest of what is indexed: the same for the same passages and vectors."""
        return f"{self.setting('library')} {self.setting('indexed')}"

    def _number(self, name: str, base: int = 10) -> int:
        stored = self.setting(name) or "0"
        try:
            return int(stored, base)
        except ValueError as error:
            raise damaged(self.path, f"its setting {name} is {stored!a}") from error

    def _count(self, name: str, more: int) -> None:
        self.set(name, str(self._number(name) + more))

    def _changed(self, digest: int, more: int) -> None:
        """Notes a change of the passages: what it adds to their digest, and how many there are more."""
        self.set("indexed", f"{(self._number('indexed', 16) + digest) % MODULUS:032x}")
        self._count("passages", more)
        self._count("generation", 1)

    # Articles

    def articles(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        return [self._checked(*row) for row in self.rows(f"{_ARTICLE} ORDER BY {_NEWEST_FIRST}")]

    def original_ids(self) -> list[str]:
        """Ids of the articles that are no duplicates of another."""
        return [row[0] for row in self.rows("SELECT id FROM articles WHERE duplicate_of IS NULL ORDER BY id")]

    def listings(self) -> list[Listing]:
        """All articles in the same order, without their texts."""
        rows = self.rows(
            f"""SELECT seal, url, sha256, facts, id, title, outlet, published, added,
                       (SELECT count(*) FROM passages WHERE article_id = articles.id), duplicate_of
                FROM articles ORDER BY {_NEWEST_FIRST}"""
        )
        self._counted("articles")
        for sealed, url, sha256, facts, *stated in rows:
            if sealed != seal(*stated[:4], url, sha256, facts):
                raise self._foreign(stated[0])
        return [Listing(*row[4:]) for row in rows]

    def article(self, article_id: str) -> Article | None:
        rows = self.rows(f"{_ARTICLE} WHERE id = ?", article_id)
        return self._checked(*rows[0]) if rows else None

    def is_original(self, article_id: str) -> bool:
        """Whether there is such an article, and it is no duplicate of another."""
        return bool(self.rows("SELECT 1 FROM articles WHERE id = ? AND duplicate_of IS NULL", article_id))

    def has(self, article_id: str) -> bool:
        return bool(self.rows("SELECT 1 FROM articles WHERE id = ?", article_id))

    def text_hash(self, article_id: str) -> str | None:
        """The SHA-256 of the article's text as it was added."""
        rows = self.rows("SELECT sha256 FROM articles WHERE id = ?", article_id)
        return str(rows[0][0]) if rows else None

    def is_as_stored(self, article: Article) -> bool:
        """Whether the library holds this very article, whole."""
        try:
            return self.article(article.id) == article
        except FailedError:
            return False

    def put_facts(self, article: Article) -> bool:
        """Replaces the article where the library holds it, whole, under this headline, in this language and with these
        lines that repeat; whether it does."""
        with self.transaction():
            rows = self.rows("SELECT title, sha256, duplicate_of FROM articles WHERE id = ?", article.id)
            try:
                held = self.article(article.id) if rows and rows[0][:2] == (article.title, article.sha256) else None
                # Its words are kept as the stems of its language.
                is_held = held is not None and (
                    held.repeated == article.repeated and searchable_alike(held.language, article.language)
                )
            except FailedError:
                return False
            if is_held:
                self.put_article(article, rows[0][2])
            return is_held

    def original_of(self, article: Article) -> str | None:
        """Id of the indexed article with the very same text, other than this one."""
        rows = self.rows(
            "SELECT id FROM articles WHERE sha256 = ? AND id <> ? AND duplicate_of IS NULL", article.sha256, article.id
        )
        return str(rows[0][0]) if rows else None

    def put_article(self, article: Article, duplicate_of: str | None) -> None:
        """Adds the article, or replaces the one with its id."""
        stated = _stated(article)
        with self.transaction():
            self._count("articles", 0 if self.has(article.id) else 1)
            self._note_page(article.id, article)
            self.rows(
                """INSERT INTO articles
                       (id, title, outlet, published, url, sha256, facts, text, lines, duplicate_of, seal)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                   ON CONFLICT DO UPDATE SET title = excluded.title, outlet = excluded.outlet,
                       published = excluded.published, url = excluded.url, sha256 = excluded.sha256,
                       facts = excluded.facts, text = excluded.text, lines = excluded.lines,
                       duplicate_of = excluded.duplicate_of, seal = excluded.seal, added = datetime('now')""",
                *stated,
                article.text,
                packed_lines(article.text),
                duplicate_of,
                seal(*stated),
            )
            self._put_sketch(article)

    def put_repeated(self, article: Article) -> None:
        """Notes which of an article's lines repeat; nothing else of it changes."""
        stated = _stated(article)
        with self.transaction():
            self.rows("UPDATE articles SET facts = ?, seal = ? WHERE id = ?", stated[-1], seal(*stated), article.id)
            self._put_sketch(article)

    def _put_sketch(self, article: Article) -> None:
        self.rows("DELETE FROM sketches WHERE article_id = ?", article.id)
        hashes = sketch(article.text, article.repeated)
        self.rows("INSERT INTO sketches SELECT value, ? FROM json_each(?)", article.id, json.dumps(hashes))
        self.rows("UPDATE articles SET sketched = ? WHERE id = ?", len(hashes), article.id)

    def _note_page(self, article_id: str, new: Article | None) -> None:
        """Notes of which outlets the pages change, where an article comes, goes or is another than it was."""
        before = self.rows("SELECT sha256, coalesce(outlet, '') FROM articles WHERE id = ?", article_id)
        after = [(new.sha256, new.outlet or "")] if new is not None else []
        for _, outlet in set(before) ^ set(after):
            self.rows("INSERT OR REPLACE INTO unlearned VALUES (?, randomblob(8))", outlet)

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story (see index/text/reprints.py)."""
        if self.rows(
            """SELECT 1 FROM articles
               WHERE id = ? AND sketched IS NOT (SELECT count(*) FROM sketches WHERE article_id = articles.id)""",
            article_id,
        ):
            raise self._foreign(article_id)
        rows = self.rows(
            """SELECT other.article_id FROM sketches own JOIN sketches other ON other.hash = own.hash
               WHERE own.article_id = ? AND other.article_id <> own.article_id
               GROUP BY other.article_id HAVING count(*) >= min(?, (
                   SELECT count(*) FROM sketches WHERE article_id = own.article_id))""",
            article_id,
            SHARED,
        )
        return frozenset(str(row[0]) for row in rows)

    def delete_article(self, article_id: str) -> None:
        """Deletes the article, which has no passages any more."""
        with self.transaction():
            self._note_page(article_id, None)
            self.rows("DELETE FROM sketches WHERE article_id = ?", article_id)
            self._count("articles", -len(self.rows("DELETE FROM articles WHERE id = ? RETURNING id", article_id)))

    def _checked(self, *row: Any) -> Article:
        """An article from the columns of ``_ARTICLE``; its facts are JSON, so that new ones need no new column."""
        *stated, text, sealed = row
        article_id, title, outlet, published, url, stored, facts = stated
        if not isinstance(text, str) or sealed != seal(*stated):
            raise self._foreign(row[0])
        further = json.loads(facts)
        article = Article(
            article_id,
            title,
            outlet,
            published,
            url,
            text,
            further.get("author"),
            further.get("updated"),
            tuple(further.get("pages", ())),
            further.get("language"),
            tuple((name, where) for name, where in further.get("told_by", ())),
            tuple(further.get("repeated", ())),
        )
        if article.sha256 != stored:
            raise self._foreign(article.id)
        return article

    def _foreign(self, article_id: object) -> FailedError:
        return FailedError(
            f'The article "{article_id}" is not as it was added: the library at {self.path} is damaged or was changed '
            f"by another program; add the article's file again, or remove it with: byline remove {article_id}"
        )

    # Passages

    def put_passages(self, article: Article, passages: Sequence[NewPassage]) -> None:
        """Stores the passages of an article in place of those it had, and makes their words findable."""
        import numpy as np

        with self.transaction():
            digest, more = self._drop_passages(article.id)
            for new in passages:
                indexed = (
                    new.passage.start,
                    new.passage.end,
                    json.dumps([[sentence.start, sentence.end] for sentence in new.sentences]),
                    new.vectors.astype(np.float16).tobytes(),
                )
                ((number,),) = self.rows(
                    """INSERT INTO passages (article_id, start, "end", sentences, vectors, seal)
                       VALUES (?, ?, ?, ?, ?, ?) RETURNING id""",
                    article.id,
                    *indexed,
                    seal(*indexed),
                )
                self.rows(
                    "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
                    number,
                    searchable(article.title, article.language),
                    searchable(new.passage.text, article.language),
                )
                digest, more = digest + share(number, seal(*indexed)), more + 1
            self._changed(digest, more)

    def hand_over(self, article_id: str) -> None:
        """Gives an article's passages to the next article of the same text, where there is one."""
        with self.transaction():
            heirs = self.rows("SELECT id FROM articles WHERE duplicate_of = ? ORDER BY id", article_id)
            if heirs:
                heir = heirs[0][0]
                self.rows("UPDATE passages SET article_id = ? WHERE article_id = ?", heir, article_id)
                self.rows("UPDATE articles SET duplicate_of = ? WHERE duplicate_of = ?", heir, article_id)
                self.rows("UPDATE articles SET duplicate_of = NULL WHERE id = ?", heir)
                self._changed(0, 0)

    def delete_passages(self, article_id: str) -> None:
        with self.transaction():
            digest, more = self._drop_passages(article_id)
            if more:
                self._changed(digest, more)

    def _drop_passages(self, article_id: str) -> tuple[int, int]:
        """What that adds to the digest, and how many there are more; neither is above 0."""
        self.rows("DELETE FROM words WHERE rowid IN (SELECT id FROM passages WHERE article_id = ?)", article_id)
        dropped = self.rows("DELETE FROM passages WHERE article_id = ? RETURNING id, seal", article_id)
        return -sum(share(number, sealed) for number, sealed in dropped), -len(dropped)

    def without_passages(self) -> list[str]:
        """Ids of the articles that are no duplicates and have no passages, be it that they are site furniture alone."""
        rows = self.rows(
            "SELECT id FROM articles WHERE duplicate_of IS NULL AND id NOT IN (SELECT article_id FROM passages)"
        )
        return [str(row[0]) for row in rows]

    def passages(self, ids: Sequence[int], only: Filter | None = None) -> list[StoredPassage]:
        """The passages with these ids that exist and stand in an article the filter admits, in the order of the ids.

        Where it admits a duplicate and not the original, the passage is the duplicate's: their texts are the same.
        """
        import numpy as np

        condition, values = _admitting(only)
        with self.snapshot():
            rows = self.rows(
                f"""SELECT p.id, a.id, p.seal, p.start, p."end", p.sentences, p.vectors
                    FROM passages p JOIN articles a ON a.id = p.article_id OR a.duplicate_of = p.article_id
                    WHERE p.id IN (SELECT value FROM json_each(?)) AND {condition}
                    ORDER BY a.duplicate_of IS NULL, a.id DESC""",
                json.dumps(list(ids)),
                *values,
            )
            chosen = {row[0]: row for row in rows}
            texts = self._texts(row[1] for row in chosen.values())
        found = {}
        for number, article_id, sealed, *indexed in chosen.values():
            if sealed != seal(*indexed):
                raise self._foreign(article_id)
            start, end, listed, blob = indexed
            if article_id not in texts:
                raise damaged(self.path, "a passage has no article")
            text = texts[article_id]
            spans = json.loads(listed)
            found[number] = StoredPassage(
                Passage(article_id, start, end, text[start:end]),
                tuple(Sentence(s, e, text[s:e]) for s, e in spans),
                np.frombuffer(blob, dtype=np.float16).astype(np.float32).reshape(1 + len(spans), -1),
                number,
            )
        return [found[number] for number in ids if number in found]

    def texts(self, ids: Sequence[int], only: Filter | None = None) -> list[Passage]:
        """The passages with these ids, in the order of the ids, without what searching by meaning needs.

        Where the filter admits a duplicate and not the original, the passage is the duplicate's.
        """
        condition, values = _admitting(only)
        with self.snapshot():
            rows = self.rows(
                f"""SELECT p.id, a.id, p.start, p."end"
                    FROM passages p JOIN articles a ON a.id = p.article_id OR a.duplicate_of = p.article_id
                    WHERE p.id IN (SELECT value FROM json_each(?)) AND {condition}
                    ORDER BY a.duplicate_of IS NULL, a.id DESC""",
                json.dumps(list(ids)),
                *values,
            )
            texts = self._texts(row[1] for row in rows)
        if len({row[0] for row in rows}) < len(set(ids)) or any(row[1] not in texts for row in rows):
            raise damaged(self.path, "a passage that its keyword index has is not there")
        found = {number: Passage(key, start, end, texts[key][start:end]) for number, key, start, end in rows}
        return [found[number] for number in ids if number in found]

    def _texts(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The articles' texts by their ids: each is read once, however many of its passages are wanted."""
        wanted = json.dumps(sorted(set(article_ids)))
        rows = self.rows(f"{_ARTICLE} WHERE id IN (SELECT value FROM json_each(?))", wanted)
        return {row[0]: self._checked(*row).text for row in rows}

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return [row[0] for row in self.rows("SELECT DISTINCT outlet FROM articles WHERE outlet <> '' ORDER BY outlet")]

    def articles_admitted(self, only: Filter) -> int:
        """How many articles the filter admits, duplicates among them."""
        condition, values = _admitting(only)
        return int(self.rows(f"SELECT count(*) FROM articles a WHERE {condition}", *values)[0][0])

    def admitted(self, only: Filter) -> IdArray:
        """Ids of the passages in articles that the filter admits, rising."""
        condition, values = _admitting(only)
        rows = self.rows(f"SELECT DISTINCT p.id {_PASSAGES_OF} WHERE {condition} ORDER BY p.id", *values)
        import numpy as np

        return np.array([row[0] for row in rows], dtype=np.int64)

    def passage_ids(self) -> list[int]:
        """Ids of all passages, in reading order, of the newest article first and of those without a date last."""
        rows = self.rows(
            """SELECT p.id FROM passages p JOIN articles a ON a.id = p.article_id
               ORDER BY a.published IS NULL, a.published DESC, a.id, p.start"""
        )
        return [int(row[0]) for row in rows]

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article, or of the one with the same text, in reading order."""
        rows = self.rows(
            f"""SELECT a.id, p.start, p."end", substr(a.text, p.start + 1, p."end" - p.start) {_PASSAGES_OF}
                WHERE a.id = ? ORDER BY p.start""",
            article_id,
        )
        return [Passage(*row) for row in rows]

    def passage_count(self) -> int:
        """How many passages there are. Raises FailedError: there were others by the settings."""
        return self._counted("passages")

    def _counted(self, table: str) -> int:
        with self.snapshot():
            ((count,),) = self.rows(f"SELECT count(*) FROM {table}")
            noted = self._number(table)
        if count != noted:
            raise damaged(self.path, f"it had {noted:,} {table} and has {count:,}")
        return int(count)

    def indexed_ids(self) -> IdArray:
        """The ids of all passages, rising."""
        import numpy as np

        # As one text: a million rows would be made one by one.
        ((listed,),) = self.rows("SELECT group_concat(id, ' ') FROM (SELECT id FROM passages ORDER BY id)")
        return np.fromstring(listed, dtype=np.int64, sep=" ") if listed else np.empty(0, dtype=np.int64)

    def passage_vectors(self, ids: IdArray) -> FloatArray:
        """The own vectors of the passages with these ids, which rise and are all there; (len(ids), dimensions)."""
        import numpy as np

        rows = self.rows(
            """SELECT substr(vectors, 1, length(vectors) / (1 + json_array_length(sentences))) FROM passages
               WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id""",
            json.dumps(ids.tolist()),
        )
        if len(rows) < len(ids) or len({len(blob) for (blob,) in rows}) > 1:
            raise damaged(self.path, "a passage has no vector as long as the others'")
        joined = b"".join(blob for (blob,) in rows)
        return np.frombuffer(joined, dtype=np.float16).astype(np.float32).reshape(len(rows), -1)

    def matching_words(self, words: Sequence[str], limit: int, only: Filter | None = None) -> list[tuple[int, float]]:
        """Ids and BM25 scores (higher is better) of admitted passages that hold any of the words, best first."""
        query = " OR ".join(map(self._matching, self._telling(words)))
        if not query:
            return []
        condition, values = _admitting(only)
        admitted = f"AND rowid IN (SELECT p.id {_PASSAGES_OF} WHERE {condition})" if only else ""
        rows = self.rows(
            f"""SELECT number, score FROM (
                    SELECT rowid AS number, -bm25(words) AS score FROM words WHERE words MATCH ? {admitted} LIMIT ?)
                ORDER BY score DESC LIMIT ?""",
            query,
            *(values if only else ()),
            _MOST_SCORED,
            limit,
        )
        return [(int(number), float(score)) for number, score in rows]

    def _telling(self, words: Sequence[str]) -> list[str]:
        """The words by which passages are told apart: of a large library the rarest, at least one, others all."""
        if self._number("passages") <= _MOST_LOOKED_UP:
            return list(words)
        counted = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        rarest = sorted((self.rows(counted, self._matching(word), _MOST_SCORED)[0][0], word) for word in words)
        telling, passages = list[str](), 0
        for count, word in rarest:
            if passages and passages + count > _MOST_LOOKED_UP:
                break
            telling.append(word)
            passages += count
        return telling

    def holds(self, words: Sequence[str]) -> bool:
        """Whether any passage or its headline holds any of the words in any of its forms."""
        query = " OR ".join(map(self._matching, words))
        return bool(query and self.rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", query))

    def passages_with(self, word: str) -> int:
        """The number of passages whose text holds the word in any of its forms."""
        query = f"text : ({self._matching(word)})"
        return int(self.rows("SELECT count(*) FROM words WHERE words MATCH ?", query)[0][0])

    def languages(self) -> dict[str, int]:
        """The codes of the articles' languages, each with the number of its articles; the most frequent first."""
        rows = self.rows(
            """SELECT json_extract(facts, '$.language') AS code, count(*) FROM articles
               WHERE code IS NOT NULL GROUP BY code ORDER BY count(*) DESC, code"""
        )
        return {str(code): int(count) for code, count in rows}

    def spoken(self) -> tuple[str, ...]:
        """The codes of the articles' languages, the most frequent first."""
        generation = self.generation
        if self._spoken[0] != generation:
            self._spoken = (generation, tuple(self.languages()))
        return self._spoken[1]

    def _matching(self, word: str) -> str:
        """What FTS5 looks up for a word: any of its forms."""
        return " OR ".join(map(_quoted, self._forms(word)))

    def _forms(self, word: str) -> list[str]:
        """The word and what it is kept as in texts of each language of the library."""
        return list(dict.fromkeys([word, *(stemmed(word, code) for code in self.spoken())]))

    def terms(self, shortest: int, longest: int) -> list[str]:
        """The keyword index's terms of such lengths, in letters."""
        self.rows("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'words', 'row')")
        found = self.rows("SELECT term FROM temp.terms WHERE length(term) BETWEEN ? AND ?", shortest, longest)
        return [str(term) for (term,) in found]


def _stated(article: Article) -> tuple[str | None, ...]:
    """What is kept of an article beside its text, as its seal takes it; new facts need no new column."""
    facts = {
        "author": article.author,
        "updated": article.updated,
        "pages": article.pages,
        "language": article.language,
        "told_by": article.told_by,
    }
    if article.repeated:
        facts["repeated"] = article.repeated
    told = json.dumps(facts)
    return article.id, article.title, article.outlet, article.published, article.url, article.sha256, told


def embedder_of(path: Path) -> str | None:
    """The name of the embedder that the library in this file was made with; None where there is no library yet.

    Raises as opening it does.
    """
    if not os.access(path, os.F_OK):
        return None
    database = Database(path)
    try:
        return database.setting("embedder")
    finally:
        database.close()


_MOST_LOOKED_UP = 10_000
"""Passages that hold the words looked up, each counted for every word that it holds: FTS5 scores a thousand of them in
six tenths of a millisecond, and a word that stands in more tells little."""
_MOST_SCORED = 50_000
"""Passages that are scored where the rarest word stands in more than that."""


def _quoted(word: str) -> str:
    """The word as FTS5 takes it, so that nothing in it is an operator; of a script without spaces its letters, one
    after the other."""
    return '"' + searchable(word).replace('"', '""') + '"'


_PASSAGES_OF = "FROM articles a JOIN passages p ON p.article_id = coalesce(a.duplicate_of, a.id)"
"""Every article with the passages of its text, a duplicate with its original's."""


def _admitting(only: Filter | None) -> tuple[str, list[str]]:
    """A condition on ``articles a`` and its values; without a filter, the article the passages are stored under."""
    if only is None:
        return "a.duplicate_of IS NULL", []
    terms, values = ["TRUE"], []
    for term, day in (("substr(a.published, 1, 10) >= ?", only.since), ("substr(a.published, 1, 10) <= ?", only.until)):
        if day is not None:
            terms.append(term)
            values.append(day)
    for column, wanted in (("a.outlet", only.outlets), ("a.id", only.articles)):
        if wanted:
            # One value for the whole list: SQLite takes a bounded number of values.
            terms.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(wanted))
    return " AND ".join(terms), values

"""The articles in a library's database: their facts, their texts, and which print the same story."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from index.errors import FailedError
from index.records import Article, Filter, Listing
from index.store.articles.sketches import Sketches
from index.store.sqlite.database import Database
from index.store.sqlite.filtering import admitting
from index.store.sqlite.schema import packed_lines
from index.store.sqlite.seals import seal
from index.text.keyword_tokens import searchable_alike

_NEWEST_FIRST = "published IS NULL, published DESC, id"
_ARTICLE = "SELECT id, title, outlet, published, url, sha256, facts, text, seal FROM articles"


class Articles:
    """The articles of one library in its database.

    Every method that reads raises FailedError where the file is damaged or was changed by another program.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sketches = Sketches(database)
        self._spoken: tuple[int, tuple[str, ...]] = (-1, ())
        """The generation at which the articles' languages were last looked up, and those."""

    def all(self) -> list[Article]:
        """All articles, newest publication first, those without a date last."""
        return [self._checked(*row) for row in self._database.rows(f"{_ARTICLE} ORDER BY {_NEWEST_FIRST}")]

    def original_ids(self) -> list[str]:
        """Ids of the articles that are no duplicates of another."""
        return [row[0] for row in self._database.rows("SELECT id FROM articles WHERE duplicate_of IS NULL ORDER BY id")]

    def marks(self) -> dict[str, bytes]:
        """By article id, newest first, a digest that changes when the article does; duplicates are left out."""
        query = f"SELECT id, seal FROM articles WHERE duplicate_of IS NULL ORDER BY {_NEWEST_FIRST}"
        return dict(self._database.rows(query))

    def listings(self) -> list[Listing]:
        """All articles in the same order, without their texts."""
        rows = self._database.rows(
            f"""SELECT seal, url, sha256, facts, id, title, outlet, published, added,
                       (SELECT count(*) FROM passages WHERE article_id = articles.id), duplicate_of
                FROM articles ORDER BY {_NEWEST_FIRST}"""
        )
        self._database.counted("articles")
        for sealed, url, sha256, facts, *stated in rows:
            if sealed != seal(*stated[:4], url, sha256, facts):
                raise altered(self._database, stated[0])
        return [Listing(*row[4:]) for row in rows]

    def get(self, article_id: str) -> Article | None:
        """The article with this id; None where there is none."""
        rows = self._database.rows(f"{_ARTICLE} WHERE id = ?", article_id)
        return self._checked(*rows[0]) if rows else None

    def is_original(self, article_id: str) -> bool:
        """Whether there is such an article, and it is no duplicate of another."""
        return bool(self._database.rows("SELECT 1 FROM articles WHERE id = ? AND duplicate_of IS NULL", article_id))

    def has(self, article_id: str) -> bool:
        """Whether there is an article with this id, a duplicate included."""
        return bool(self._database.rows("SELECT 1 FROM articles WHERE id = ?", article_id))

    def text_hash(self, article_id: str) -> str | None:
        """The SHA-256 of the article's text as it was added."""
        rows = self._database.rows("SELECT sha256 FROM articles WHERE id = ?", article_id)
        return str(rows[0][0]) if rows else None

    def is_as_stored(self, article: Article) -> bool:
        """Whether the library holds this very article, whole."""
        try:
            return self.get(article.id) == article
        except FailedError:
            return False

    def put_facts(self, article: Article) -> bool:
        """Replaces the facts of an article that is stored with the same text, headline, language and repeated lines.

        Returns whether it did: False, with nothing changed, where no such article is stored or it is damaged.
        """
        with self._database.transaction():
            rows = self._database.rows("SELECT title, sha256, duplicate_of FROM articles WHERE id = ?", article.id)
            try:
                held = self.get(article.id) if rows and rows[0][:2] == (article.title, article.sha256) else None
                # Its words are kept as the stems of its language.
                is_held = held is not None and (
                    held.repeated == article.repeated and searchable_alike(held.language, article.language)
                )
            except FailedError:
                return False
            if is_held:
                self.put(article, rows[0][2])
            return is_held

    def original_of(self, article: Article) -> str | None:
        """Id of another indexed article with the very same text; None where there is none."""
        rows = self._database.rows(
            "SELECT id FROM articles WHERE sha256 = ? AND id <> ? AND duplicate_of IS NULL", article.sha256, article.id
        )
        return str(rows[0][0]) if rows else None

    def put(self, article: Article, duplicate_of: str | None) -> None:
        """Adds the article, or replaces the one with its id."""
        stated = _stated(article)
        with self._database.transaction():
            self._database.count("articles", 0 if self.has(article.id) else 1)
            self._note_page(article.id, article)
            self._database.rows(
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
            self._sketches.put(article)

    def put_repeated(self, article: Article) -> None:
        """Stores the article's ``repeated`` hashes; nothing else of it changes."""
        stated = _stated(article)
        with self._database.transaction():
            self._database.rows(
                "UPDATE articles SET facts = ?, seal = ? WHERE id = ?", stated[-1], seal(*stated), article.id
            )
            self._sketches.put(article)

    def delete(self, article_id: str) -> None:
        """Deletes the article; its passages must have been deleted before."""
        with self._database.transaction():
            self._note_page(article_id, None)
            self._sketches.delete(article_id)
            self._database.count(
                "articles", -len(self._database.rows("DELETE FROM articles WHERE id = ? RETURNING id", article_id))
            )

    def reprints(self, article_id: str) -> frozenset[str]:
        """Ids of the other articles that print the same story (see index/text/reprints.py)."""
        return self._sketches.reprints(article_id)

    def without_passages(self) -> list[str]:
        """Ids of the articles without passages that are no duplicates; some hold nothing but site furniture."""
        rows = self._database.rows(
            "SELECT id FROM articles WHERE duplicate_of IS NULL AND id NOT IN (SELECT article_id FROM passages)"
        )
        return [str(row[0]) for row in rows]

    def outlets(self) -> list[str]:
        """The outlets of the articles, each once."""
        return [
            row[0]
            for row in self._database.rows("SELECT DISTINCT outlet FROM articles WHERE outlet <> '' ORDER BY outlet")
        ]

    def languages(self) -> dict[str, int]:
        """The codes of the articles' languages, each with the number of its articles; the most frequent first."""
        rows = self._database.rows(
            """SELECT json_extract(facts, '$.language') AS code, count(*) FROM articles
               WHERE code IS NOT NULL GROUP BY code ORDER BY count(*) DESC, code"""
        )
        return {str(code): int(count) for code, count in rows}

    def spoken(self) -> tuple[str, ...]:
        """The codes of the articles' languages, the most frequent first."""
        generation = self._database.generation
        if self._spoken[0] != generation:
            self._spoken = (generation, tuple(self.languages()))
        return self._spoken[1]

    def admitted(self, only: Filter) -> int:
        """How many articles the filter admits, duplicates among them."""
        condition, values = admitting(only)
        return int(self._database.rows(f"SELECT count(*) FROM articles a WHERE {condition}", *values)[0][0])

    def titles(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The articles' headlines by their ids."""
        wanted = json.dumps(sorted(set(article_ids)))
        rows = self._database.rows(
            "SELECT id, title FROM articles WHERE id IN (SELECT value FROM json_each(?))", wanted
        )
        return dict(rows)

    def texts(self, article_ids: Iterable[str]) -> dict[str, str]:
        """The articles' texts by their ids: each is read once, however many of its passages are wanted."""
        wanted = json.dumps(sorted(set(article_ids)))
        rows = self._database.rows(f"{_ARTICLE} WHERE id IN (SELECT value FROM json_each(?))", wanted)
        return {row[0]: self._checked(*row).text for row in rows}

    def _note_page(self, article_id: str, new: Article | None) -> None:
        """Marks the outlets whose pages change as an article is added, deleted (``new`` is None) or replaced."""
        before = self._database.rows("SELECT sha256, coalesce(outlet, '') FROM articles WHERE id = ?", article_id)
        after = [(new.sha256, new.outlet or "")] if new is not None else []
        for _, outlet in set(before) ^ set(after):
            self._database.rows("INSERT OR REPLACE INTO unlearned VALUES (?, randomblob(8))", outlet)

    def _checked(self, *row: Any) -> Article:
        """An article from the columns of ``_ARTICLE``; its facts are JSON, so that new ones need no new column."""
        *stated, text, sealed = row
        article_id, title, outlet, published, url, stored, facts = stated
        if not isinstance(text, str) or sealed != seal(*stated):
            raise altered(self._database, row[0])
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
            raise altered(self._database, article.id)
        return article


def _stated(article: Article) -> tuple[str | None, ...]:
    """The columns of an article beside its text, as its seal takes them; new facts need no new column."""
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


def altered(database: Database, article_id: object) -> FailedError:
    """The error for an article that is not as it was added."""
    return FailedError(
        f'The article "{article_id}" is not as it was added: the library at {database.path} is damaged or was changed '
        f"by another program; add the article's file again, or remove it with: byline remove {article_id}"
    )

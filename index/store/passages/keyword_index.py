"""The keyword index of a library (FTS5, BM25): which passages hold a word in any of its forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.records import Filter
from index.store.articles.articles import Articles
from index.store.sqlite.database import Database
from index.store.sqlite.filtering import PASSAGES_OF, admitting
from index.text.keyword_tokens import searchable, with_stems

_MOST_LOOKED_UP = 4_000
"""How many passages the words looked up may hold in sum, a passage counting once for each word: FTS5 scores a thousand
in a millisecond or two. Among 1,247 passages of a development set, words of 40 passages in sum found the right passage
first for .87 of 489 questions, all words for .88."""
_MOST_SCORED = 50_000
"""The same where the rarest word alone stands in more: FTS5 goes through every passage that holds a word, so that words
of more passages are not scored. Round, not fitted."""
_MOST_OF = 5
"""Words that more than one passage in so many holds are not scored either: BM25 gives them next to nothing. Of 489
questions asked of 5,102 passages, the paragraph with the answer was among the first five for .984 without such words,
for .973 with them."""
_MOST_COUNTED = 10_000
"""Words whose numbers of passages are kept in memory. Round, not fitted."""


class KeywordIndex:
    """The words of one library's passages and headlines."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._articles = Articles(database)
        self._counts: tuple[int, dict[tuple[str, int], int]] = (-1, {})
        """The generation at which words were counted; how many passages hold a word, counted up to a number."""

    def matching(self, words: Sequence[str], limit: int, only: Filter | None = None) -> list[tuple[int, float]]:
        """Ids and BM25 scores (higher is better) of admitted passages that hold any of the words, best first."""
        telling = self._telling(words)
        if not telling:
            return []
        query = " OR ".join(map(self._query, telling))
        # The other words find no passage more, but weigh in the score of those found.
        if others := self._weighing(set(words) - set(telling)):
            query = f"({query}) OR (({query}) AND ({' OR '.join(map(self._query, others))}))"
        condition, values = admitting(only)
        admitted = f"AND rowid IN (SELECT p.id {PASSAGES_OF} WHERE {condition})" if only else ""
        rows = self._database.rows(
            f"""SELECT number, score FROM (
                    SELECT rowid AS number, -bm25(words) AS score FROM words WHERE words MATCH ? {admitted} LIMIT ?)
                ORDER BY score DESC LIMIT ?""",
            query,
            *(values if only else ()),
            _MOST_SCORED,
            limit,
        )
        return [(int(number), float(score)) for number, score in rows]

    def articles_with(
        self, phrases: Sequence[str], only: Filter, limit: int, beside: Sequence[str] = (), in_headline: bool = False
    ) -> list[str]:
        """Ids of at most ``limit`` admitted articles that hold any of the phrases in any form, earliest first.

        They are looked for in text and headline, with ``in_headline`` in headlines alone; where ``beside`` has words,
        one of those must stand in the same passage or the headline as well. Passages with the phrases are looked up
        first, so that a large library takes no longer unless the phrases are common.
        """
        query = " OR ".join(map(self._query, filter(None, phrases)))
        if not query:
            return []
        if beside:
            query = f"({query}) AND ({' OR '.join(map(self._query, beside))})"
        condition, values = admitting(only)
        rows = self._database.rows(
            f"""SELECT DISTINCT a.id FROM words CROSS JOIN passages p ON p.id = words.rowid
                    CROSS JOIN articles a ON a.id = p.article_id
                WHERE words MATCH ? AND {condition} ORDER BY a.published IS NULL, a.published, a.id LIMIT ?""",
            f"title : ({query})" if in_headline else query,
            *values,
            limit,
        )
        return [str(row[0]) for row in rows]

    def holds(self, words: Sequence[str]) -> bool:
        """Whether any passage or its headline holds any of the words in any of its forms."""
        query = " OR ".join(map(self._query, words))
        return bool(query and self._database.rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", query))

    def passages_with(self, word: str) -> int:
        """The number of passages whose text holds the word in any of its forms."""
        query = f"text : ({self._query(word)})"
        return int(self._database.rows("SELECT count(*) FROM words WHERE words MATCH ?", query)[0][0])

    def terms(self, shortest: int, longest: int) -> list[str]:
        """The index's terms (stems) that have between ``shortest`` and ``longest`` letters."""
        self._database.rows("CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab('main', 'words', 'row')")
        found = self._database.rows("SELECT term FROM temp.terms WHERE length(term) BETWEEN ? AND ?", shortest, longest)
        return [str(term) for (term,) in found]

    def _telling(self, words: Sequence[str]) -> list[str]:
        """The words to look up: in a large library only the rarest, at least one; else all."""
        if self._database.number("passages") <= _MOST_LOOKED_UP:
            return list(words)
        rarest = self._rarest_first(words, _MOST_LOOKED_UP + 1)
        if rarest and rarest[0][0] > _MOST_LOOKED_UP:
            rarest = self._rarest_first(words, _MOST_SCORED)
        telling, passages = list[str](), 0
        for count, word in rarest:
            if passages and passages + count > _MOST_LOOKED_UP:
                break
            telling.append(word)
            passages += count
        return telling

    def _weighing(self, words: Collection[str]) -> list[str]:
        """The words without those that stand in too many passages to matter in BM25."""
        most = min(_MOST_SCORED, self._database.number("passages") // _MOST_OF)
        return [word for count, word in self._rarest_first(words, most + 1) if count <= most]

    def _rarest_first(self, words: Collection[str], most: int) -> list[tuple[int, str]]:
        """The words, rarest first, each with the number of passages that hold it (counted up to ``most``)."""
        return sorted((self._count(word, most), word) for word in words)

    def _count(self, word: str, most: int) -> int:
        generation, counts = self._counts
        if generation != self._database.generation or len(counts) >= _MOST_COUNTED:
            self._counts = (self._database.generation, counts := {})
        if (word, most) not in counts:
            query = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
            counts[word, most] = int(self._database.rows(query, self._query(word), most)[0][0])
        return counts[word, most]

    def _query(self, word: str) -> str:
        """The FTS5 query for any form of a word."""
        return " OR ".join(map(_quoted, self._forms(word)))

    def _forms(self, word: str) -> list[str]:
        """The word, and its stem in each language of the library, as texts of that language are indexed."""
        return list(dict.fromkeys([word, *(with_stems(word, code) for code in self._articles.spoken())]))


def _quoted(word: str) -> str:
    """The word in quotation marks, so that FTS5 reads no operator in it; in a script without spaces, its letters."""
    return '"' + searchable(word).replace('"', '""') + '"'

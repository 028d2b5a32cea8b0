"""How long it takes to find a quotation in 100,000 passages of a full-text index of SQLite.

    python tests/bench/bench_quotes.py [PASSAGES]

The articles are made up of common and rare invented words, with the long tail of real text. Prints the median and
the longest time of exact, altered and absent quotations, and of one word, and writes them to RESULTS.md.
"""

from __future__ import annotations

import math
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Sequence

from results import printed_section

from index.records import Article, Passage
from qa.lookup.quotes import find_quote

WORDS_OF_A_PASSAGE = 100
PASSAGES_OF_AN_ARTICLE = 8


class FullText:
    """Articles in an FTS5 table with porter stemming, ranked by BM25, as a library keeps them."""

    def __init__(self, articles: Sequence[Sequence[str]]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61')")
        self._passages: list[Passage] = []
        self._texts = []
        for number, parts in enumerate(articles):
            start = 0
            for part in parts:
                self._passages.append(Passage(str(number), start, start + len(part), part))
                start += len(part) + 1
            self._texts.append("\n".join(parts))
        self._connection.executemany("INSERT INTO words VALUES (?)", ((p.text,) for p in self._passages))

    def words(self, terms: Sequence[str], limit: int) -> list[Passage]:
        query = " OR ".join(f'"{term}"' for term in terms)
        statement = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words) LIMIT ?"
        return [self._passages[row[0] - 1] for row in self._connection.execute(statement, (query, limit))]

    def rarity(self, word: str) -> float:
        (holding,) = self._connection.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (f'"{word}"',)
        ).fetchone()
        return math.log1p(len(self._passages) / (holding + 0.5))

    def article(self, article_id: str) -> Article:
        return Article(article_id, "", None, None, None, self._texts[int(article_id)])


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rng = random.Random(0)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    vocabulary = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(60_000)]
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    drawn = rng.choices(vocabulary, weights, k=count * WORDS_OF_A_PASSAGE)
    passages = [" ".join(drawn[i : i + WORDS_OF_A_PASSAGE]) for i in range(0, len(drawn), WORDS_OF_A_PASSAGE)]
    shelf = FullText([passages[i : i + PASSAGES_OF_AN_ARTICLE] for i in range(0, count, PASSAGES_OF_AN_ARTICLE)])
    asked: dict[str, list[str]] = {"exact": [], "altered": [], "absent": [], "one word": []}
    for _ in range(40):
        words = rng.choice(passages).split()
        start = rng.randrange(len(words) - 20)
        quotation = words[start : start + 20]
        asked["exact"].append(" ".join(quotation))
        asked["altered"].append(" ".join([*quotation[:9], "zzyzx", *quotation[10:]]))
        asked["absent"].append(" ".join(rng.choices(vocabulary, weights, k=20)))
        asked["one word"].append(rng.choice(vocabulary[200:]))
    with printed_section("Quotations", {"passages": f"{count:,}", "seed": 0}):
        measure(shelf, asked)


def measure(shelf: FullText, asked: dict[str, list[str]]) -> None:
    """Prints how long it takes to find the quotations of each kind, and how many are judged right."""
    print(f"Milliseconds for {len(asked['exact'])} quotations of each kind")
    for kind, quotations in asked.items():
        taken, right = [], 0
        for quotation in quotations:
            started = time.perf_counter()
            verdict = find_quote(quotation, shelf).verdict
            taken.append(1000 * (time.perf_counter() - started))
            right += verdict == ("exact" if kind == "one word" else kind)
        median, longest = statistics.median(taken), max(taken)
        print(f"  {kind:10} median {median:6.1f}, longest {longest:6.1f}, right {right} of {len(taken)}")


if __name__ == "__main__":
    main()

"""A reader without a language model: it scores sentences by how near they are to a question in words and meaning."""

from __future__ import annotations

from collections.abc import Sequence

from index.embedding.embedder import Embedder, evened
from index.language.detection import rules_for
from qa.reader.protocol import Scores, Text
from qa.text.words import content, stems

SCALE, MIDDLE = 12.0, 0.45
"""Log odds by cosine and shared words: chosen by eye so that half of the words and a cosine of .45 are even."""


_AT_ONCE = 16
"""Sentences embedded at once: so few never wait for other work on this machine."""


class NearnessReader:
    """Scores a sentence by its nearness to the question: less accurate than the trained reader, but needs no model."""

    name = "nearness"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read(self, question: str, texts: Sequence[Text]) -> list[Scores]:
        """See Reader."""
        sentences = [sentence for text in texts for sentence in text.sentences]
        asked = self._embedder.embed([question], are_questions=True)[0]
        parts = [sentences[i : i + _AT_ONCE] for i in range(0, len(sentences), _AT_ONCE)]
        name = self._embedder.name
        cosines = [cosine for part in parts for cosine in evened(self._embedder.embed(part) @ asked, name)]
        spoken = rules_for(question)
        wanted = {word.stem for word in content(question, spoken)}
        scores, reached = [], 0
        for text in texts:
            odds = []
            for sentence in text.sentences:
                shared = len(wanted & stems(sentence, spoken)) / max(len(wanted), 1)
                alike = float(cosines[reached]) * min(1.0, 2 * shared)  # a sentence without any of the words is far
                odds.append(SCALE * (0.5 * (alike + shared) - MIDDLE))
                reached += 1
            # Nearness tells no more of a section among others than of its sentences.
            scores.append(Scores(max(odds, default=-SCALE), 0.0, tuple(odds)))
        return scores

    def keep(self, text: Text) -> bool:
        """See Reader."""
        return False

    @property
    def has_room(self) -> bool:
        """See Reader."""
        return False

    def knows(self, text: Text) -> bool:
        """See Reader."""
        return False

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        """None: nearness does not tell whether a text states a claim."""
        return None

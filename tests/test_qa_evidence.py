"""Which sentences the language model is shown beside the best passage."""

from __future__ import annotations

from index.records import Hit, Passage, Sentence, SentenceHit
from qa.evidence import Nearness, best_sentence, key_sentences, select

QUESTION = "When did the ferry of Aldmoor start?"


def hit(article: str, *found: tuple[str, float]) -> Hit:
    """A hit whose sentences stand one after the other, with these cosines."""
    sentences, reached = [], 0
    for text, cosine in found:
        sentences.append(SentenceHit(Sentence(reached, reached + len(text), text), cosine))
        reached += len(text) + 1
    text = " ".join(text for text, _ in found)
    return Hit(Passage(article, 0, len(text), text), 1.0, 0.5, 1.0, tuple(sentences))


def nearness() -> Nearness:
    return Nearness(QUESTION, lambda word: 2.0 if word == "Aldmoor" else 1.0)


def test_of_equal_meaning_the_sentence_with_the_questions_words_is_nearer() -> None:
    found = hit("a", ("Boats leave at noon.", 0.6), ("The ferry of Aldmoor started in July.", 0.6))
    assert best_sentence(found, nearness()).text == "The ferry of Aldmoor started in July."


def test_rare_words_tell_more_than_common_ones() -> None:
    assert nearness().share("Aldmoor") == 0.5
    assert nearness().share("The ferry did start.") == 0.5
    assert nearness().share("Nothing of it.") == 0.0


def test_a_sentence_of_a_later_passage_must_be_nearer_to_come_first() -> None:
    first, second = "The ferry of Aldmoor starts.", "The ferry of Aldmoor started."
    hits = [hit("a", (first, 0.60)), hit("b", (second, 0.61))]
    assert [sentence.text for sentence in key_sentences(hits, nearness())] == [first, second]
    hits = [hit("a", (first, 0.60)), hit("b", (second, 0.70))]
    assert [sentence.text for sentence in key_sentences(hits, nearness())] == [second, first]


def test_evidence_is_the_best_passage_whole_and_the_key_sentences_of_others() -> None:
    hits = [
        hit("a", ("The ferry is white.", 0.5), ("It has two decks.", 0.1)),
        hit("b", ("The ferry of Aldmoor started in July.", 0.8), ("Tickets cost six crowns.", 0.2)),
        hit("c", ("Rain fell.", 0.1)),
    ]
    chosen = select(hits, key_sentences(hits, nearness()))
    assert [(item.number, [s.text for s in item.sentences]) for item in chosen] == [
        (1, ["The ferry is white.", "It has two decks."]),
        (2, ["The ferry of Aldmoor started in July."]),
    ]

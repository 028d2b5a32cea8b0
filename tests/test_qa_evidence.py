"""Which sentences the language model is shown beside the best passage."""

from __future__ import annotations

from index.records import Hit, Passage, Sentence, SentenceHit
from qa.evidence.selecting import Nearness

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


def ranked(*hits: Hit) -> list[str]:
    return [candidate.place.sentence.text for candidate in nearness().ranked(hits)]


def test_of_equal_meaning_the_sentence_with_the_questions_words_is_nearer() -> None:
    found = hit("a", ("Boats leave at noon.", 0.6), ("The ferry of Aldmoor started in July.", 0.6))
    assert ranked(found)[0] == "The ferry of Aldmoor started in July."


def test_rare_words_tell_more_than_common_ones() -> None:
    assert nearness().share("Aldmoor") == 0.5
    assert nearness().share("The ferry did start.") == 0.5
    assert nearness().share("Nothing of it.") == 0.0


def test_a_sentence_of_a_later_passage_must_be_nearer_to_come_first() -> None:
    first, second = "The ferry of Aldmoor starts.", "The ferry of Aldmoor started."
    hits = [hit("a", (first, 0.60)), hit("b", (second, 0.61))]
    assert ranked(*hits) == [first, second]
    hits = [hit("a", (first, 0.60)), hit("b", (second, 0.70))]
    assert ranked(*hits) == [second, first]


def test_what_the_sentence_before_says_helps_the_one_that_goes_on_from_it() -> None:
    first, second, third = "Rain fell over the hills.", "The old ferry of Aldmoor is white.", "It has two decks."
    alone = nearness().ranked([hit("a", (second, 0.1)), hit("b", (third, 0.4))])
    after = nearness().ranked([hit("a", (first, 0.1), (second, 0.1), (third, 0.4))])
    score = {candidate.place.sentence.text: candidate.score for candidate in alone}
    assert max(after, key=lambda candidate: candidate.score).place.sentence.text == third
    assert after[0].score > score[third] + 0.1


def test_of_two_equally_near_the_one_with_a_date_answers_when() -> None:
    undated, dated = "The ferry of Aldmoor started slowly.", "The ferry of Aldmoor started in July 1931."
    assert ranked(hit("a", (undated, 0.6), (dated, 0.6)))[0] == dated


def test_asked_what_somebody_said_words_said_come_before_a_mention() -> None:
    mention, said = "The mayor of Aldmoor, Ana Ruiz.", "“The ferry will start in May,” said Ana Ruiz."
    candidates = Nearness("What did Ana Ruiz say?", lambda word: 1.0).ranked([hit("a", (mention, 0.6), (said, 0.5))])
    assert [candidate.place.sentence.text for candidate in candidates] == [said, mention]


def test_a_sentence_that_only_says_the_question_again_answers_nothing() -> None:
    headline, sentence = "The ferry of Aldmoor", "It was launched by a queen."
    assert ranked(hit("a", (headline, 0.9), (sentence, 0.2))) == [sentence, headline]
    asked = "How did the ferry of Aldmoor start in 1931?"
    assert ranked(hit("a", (asked, 0.9), (sentence, 0.2))) == [sentence, asked]


def test_equal_sentences_of_two_articles_stay_two_places() -> None:
    twin = ("The ferry of Aldmoor started in July.", 0.8)
    first, second = nearness().ranked([hit("a", twin), hit("b", twin)])
    assert (first.place.article_id, second.place.article_id) == ("a", "b")

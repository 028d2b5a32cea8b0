"""Which sentences the language model is shown beside the best passage."""

from __future__ import annotations

from pathlib import Path

from fakes import WordEmbedder, library_of
from killing import write

from index.library import Library
from index.reading.files import find
from index.records import Hit, Passage, Sentence, SentenceHit
from qa.evidence.finding import finding, names_what_is_nowhere
from qa.evidence.selecting import Nearness
from qa.reader.nearness import NearnessReader

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


def test_equal_sentences_of_two_articles_stay_two_places() -> None:
    twin = ("The ferry of Aldmoor started in July.", 0.8)
    first, second = nearness().ranked([hit("a", twin), hit("b", twin)])
    assert (first.place.article_id, second.place.article_id) == ("a", "b")


def test_the_age_beside_the_name_asked_about_comes_first(tmp_path: Path) -> None:
    write(
        tmp_path / "news",
        cup="Ana Ruiz saves two penalties\n\nAna Ruiz is old and new keeper of Aldmoor, how good she is.\n"
        "Ruiz, 21, stopped the shots of Per Lind, 34.\n",
    )
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "news"])))
    question = "How old is Ana Ruiz?"
    hits = library.search(question, 10)
    near = Nearness(question, library.rarity)
    found = finding(question, hits, hits, near, NearnessReader(library.embedder), library)
    assert found.candidates[0].place.sentence.text == "Ruiz, 21, stopped the shots of Per Lind, 34."
    assert found.held >= 0.9
    other = "How good is Ana Ruiz?"
    found = finding(other, hits, hits, Nearness(other, library.rarity), NearnessReader(library.embedder), library)
    assert found.candidates[0].place.sentence.text != "Ruiz, 21, stopped the shots of Per Lind, 34."


def test_what_a_name_in_capitals_abbreviates_may_be_spelled_out(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"peat.txt": "Peat burns\n\nThe peat gave off 300 tonnes of carbon dioxide.\n"})
    assert not names_what_is_nowhere("How much CO2 did the peat give off?", library)
    assert not names_what_is_nowhere("What does the U.N. say about peat?", library)
    assert names_what_is_nowhere("How much did the peat of Aldmoor give off?", library)


def test_an_outlet_need_not_name_itself(tmp_path: Path) -> None:
    text = "---\ntitle: Peat burns\noutlet: Kelmark Post\n---\nThe peat burned for a week.\n"
    library = library_of(tmp_path, {"peat.md": text})
    assert not library.holds(["kelmark", "post"])
    assert not names_what_is_nowhere("According to the Kelmark Post, how long did the peat burn?", library)
    assert names_what_is_nowhere("According to the Aldmoor Times, how long did the peat burn?", library)

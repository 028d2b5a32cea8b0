"""“Who said so?” is answered with whoever the articles give the sentence to, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import library_of

from index.library import Library
from index.records import Sentence
from qa.records import Answer, AnswerSentence, Citation, Turn
from qa.speakers.who_said import attributed

ARTICLES = {
    "bridge.txt": "Bridge closed\n\nEngineer Ana Ruiz said the bridge over the Wend is closed until May. It will be "
    "painted green.\n\nThe repairs cost two million crowns.\n\n“Nobody asked us,” said Tom Okafor, a shopkeeper.\n",
    "ferry.txt": "Ferry runs\n\nThe water board said the ferry carries ninety people an hour.\n",
}
BRIDGE = "Engineer Ana Ruiz said the bridge over the Wend is closed until May."
PAINT = "It will be painted green."
COST = "The repairs cost two million crowns."
FERRY = "The water board said the ferry carries ninety people an hour."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("news"), ARTICLES)


def turn(library: Library, question: str, text: str, *quotes: tuple[str, str]) -> Turn:
    """An answer that rests on these sentences, each named with its article's id."""
    cited = []
    for number, (name, quote) in enumerate(quotes, 1):
        article = library.article(name)
        start = article.text.index(quote)
        cited.append(Citation.of(number, article, Sentence(start, start + len(quote), quote)))
    numbers = tuple(each.number for each in cited)
    sentence = AnswerSentence(text, 0, len(text), "supported", numbers)
    return Turn.of(Answer(question, question, text=text, sentences=(sentence,), citations=tuple(cited)))


def who(question: str, before: Turn, library: Library) -> Answer | None:
    return attributed(Answer(question, question), [before], library)


ENGLISH = "Until when is the bridge closed?"


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        (ENGLISH, "Who said so?"),
        (ENGLISH, "Who says that?"),
        (ENGLISH, "And who said this?"),
        (ENGLISH, "who has said it"),
        (ENGLISH, "According to whom?"),
        ("Bis wann ist die Brücke gesperrt?", "Wer sagt das?"),
        ("Bis wann ist die Brücke gesperrt?", "Und wer hat das gesagt?"),
        ("¿Hasta cuándo está cerrado el puente?", "¿Quién lo dice?"),
        ("¿Hasta cuándo está cerrado el puente?", "¿Y quién dijo eso?"),
        ("Jusqu’à quand le pont est-il fermé ?", "Qui dit cela ?"),
        ("Jusqu’à quand le pont est-il fermé ?", "Selon qui ?"),
    ],
)
def test_who_said_so_is_whoever_the_cited_sentence_is_given_to(asked: str, question: str, library: Library) -> None:
    answer = who(question, turn(library, asked, "It is closed until May.", ("bridge", BRIDGE)), library)
    assert answer is not None
    assert (answer.stage, answer.outcome, answer.text) == ("done", "answered", "Ana Ruiz.")
    assert [(c.article_id, c.quote) for c in answer.citations] == [("bridge", BRIDGE)]
    assert [(s.text, s.support, s.citations) for s in answer.sentences] == [("Ana Ruiz.", "supported", (1,))]


def test_each_speaker_is_named_with_what_they_say(library: Library) -> None:
    before = turn(library, ENGLISH, "Until May; the ferry runs.", ("ferry", FERRY), ("bridge", BRIDGE))
    answer = who("Who said so?", before, library)
    assert answer is not None
    assert answer.text == "The water board. Ana Ruiz."
    assert [(s.text, answer.text[s.start : s.end], s.citations) for s in answer.sentences] == [
        ("The water board.", "The water board.", (1,)),
        ("Ana Ruiz.", "Ana Ruiz.", (2,)),
    ]


def test_who_speaks_right_before_may_be_who_said_so(library: Library) -> None:
    answer = who("Who said so?", turn(library, ENGLISH, "It will be green.", ("bridge", PAINT)), library)
    assert answer is not None
    assert (answer.outcome, answer.text) == ("maybe", "Ana Ruiz.")


def test_where_nobody_says_it_nobody_is_named(library: Library) -> None:
    assert who("Who said so?", turn(library, ENGLISH, "Two million crowns.", ("bridge", COST)), library) is None


def test_what_is_asked_besides_is_another_question(library: Library) -> None:
    before = turn(library, ENGLISH, "It is closed until May.", ("bridge", BRIDGE))
    for question in ("Who said that nobody was asked?", "Who closed it?", "Why?", "What did Ana Ruiz say?"):
        assert who(question, before, library) is None
    assert attributed(Answer("Who said so?", "Who said so?"), [], library) is None


def test_where_it_was_not_kept_what_was_cited_it_is_found_again(library: Library) -> None:
    answer = who("Who said so?", Turn(ENGLISH, "The bridge over the Wend is closed until May."), library)
    assert answer is not None
    assert answer.text == "Ana Ruiz."
    assert who("Who said so?", Turn(ENGLISH, "Wolves were seen by shepherds near Ostrey."), library) is None


def test_what_was_cited_and_is_gone_says_nothing_of_another_text(tmp_path: Path) -> None:
    library = library_of(tmp_path, ARTICLES)
    before = turn(library, ENGLISH, "Green cranes dance.", ("bridge", BRIDGE))
    library.remove(["bridge"])
    assert who("Who said so?", before, library) is None


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who said “Nobody asked us”?", "Tom Okafor."),
        ('who said "nobody asked us"', "Tom Okafor."),
        ("Whose words are these: “Nobody asked us,”?", "Tom Okafor."),
        ("Wer sagte „Nobody asked us“?", "Tom Okafor."),
        ("¿Quién dijo «Nobody asked us»?", "Tom Okafor."),
        ("Qui a dit « Nobody asked us » ?", "Tom Okafor."),
        ("Who said “Everybody asked us”?", None),
        ("Who said “the repairs cost two million crowns”?", None),
        ("Who said “Nobody”?", None),
        ("Why did Tom Okafor say “Nobody asked us”?", None),
    ],
)
def test_who_said_what_the_question_quotes(question: str, named: str | None, library: Library) -> None:
    answer = attributed(Answer(question, question), [], library)
    assert (answer.text if answer else None) == named
    if answer:
        assert answer.outcome == "answered"
        assert "“Nobody asked us,” said Tom Okafor" in answer.citations[0].quote

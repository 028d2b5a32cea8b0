from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fakes import Typist, WordEmbedder, library_of

from index.library import Library
from index.reading.files import find
from index.records import Sentence
from qa.assistant import Assistant
from qa.citing import Citer, places
from qa.evidence.aligning import align
from qa.evidence.selecting import Candidate, Nearness, Place
from qa.llm.protocol import Piece
from qa.prompts import QUOTED
from qa.reader.protocol import Reader, Text
from qa.records import Answer, Evidence

TRAIN = (
    "Route of the train\n\n"
    "The route is named after a cargo train nicknamed ‘The Devil’. The train runs along the coast.\n"
)
TWIN = "Twin story\n\nThe pier was closed. The pier was closed. Ana Ruiz kept watch for 30 years.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "train.txt").write_text(TRAIN)
    (tmp_path / "twin.txt").write_text(TWIN)
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([tmp_path / "train.txt", tmp_path / "twin.txt"])))
    return library


def candidates(library: Library, question: str) -> list[Candidate]:
    return Nearness(question, library.rarity).ranked(library.search(question))


def evidence(library: Library, question: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(number, hit.passage, tuple(found.sentence for found in hit.sentences))
        for number, hit in enumerate(library.search(question), start=1)
    )


def citer(library: Library, question: str) -> Citer:
    return Citer(question, evidence(library, question), candidates(library, question), library)


def finish(chosen: Citer, written: str) -> Answer:
    return chosen.finished(answer(written))


def answer(text: str) -> Answer:
    return Answer("q", "q", text=text)


def test_a_citation_covers_exactly_the_quoted_words(library: Library) -> None:
    question = "What is the cargo train nicknamed?"
    finished = finish(citer(library, question), "The cargo train is nicknamed The Devil.")
    (citation,) = finished.citations
    article = library.article("train")
    assert article.text[citation.start : citation.end] == citation.quote
    assert citation.quote == "The route is named after a cargo train nicknamed ‘The Devil’."
    assert (citation.number, citation.sha256) == (1, article.sha256)
    assert finished.sentences[0].citations == (1,)


@pytest.mark.parametrize(
    ("score", "written", "support"),
    [
        (0.5, "The painter christened the robot Gunther.", "partly"),
        (0.5, "The painter christened the robot Albert.", "unsupported"),
        (-2.0, "The painter christened the robot Gunther.", "unsupported"),
    ],
)
def test_an_answer_that_takes_its_value_from_what_likely_answers_is_told_in_its_own_words(
    score: float, written: str, support: str, tmp_path: Path
) -> None:
    text = "Lines\n\nArkwright owns one, named Gunther, and lets it do football pitches, in 25 minutes.\n"
    library = library_of(tmp_path, {"lines.txt": text})
    question = "What has the painter christened the robot?"
    near = [replace(each, score=score) for each in candidates(library, question)]
    chosen = Citer(question, evidence(library, question), near, library, cast(Reader, Sure()))
    assert [each.support for each in chosen.finished(answer(written), unsupported_too=True).sentences] == [support]


@pytest.mark.parametrize(("score", "support"), [(0.5, "supported"), (-2.0, "partly")])
def test_what_only_an_unlikely_sentence_proves_is_supported_in_part(
    score: float, support: str, library: Library
) -> None:
    question = "What is the cargo train nicknamed?"
    near = [replace(each, score=score) for each in candidates(library, question)]
    chosen = Citer(question, evidence(library, question), near, library, cast(Reader, Sure()))
    assert [s.support for s in finish(chosen, "The train runs along the coast.").sentences] == [support]


class Sure:
    """A reader who holds everything for stated."""

    def stated(self, question: str, claim: str, text: Text) -> float | None:
        return 3.0


def test_a_quotation_in_the_place_of_an_answer_tells_the_kind_of_value_of_what_is_named(tmp_path: Path) -> None:
    text = (
        "The crew\n\nAna Ruiz kept watch. Nobody wants Ana Ruiz punished for it. Berta Holm, 46, was ashore. "
        "Ana Ruiz is 51 years old.\n"
    )
    library = library_of(tmp_path, {"crew.txt": text})

    def quoted(question: str, written: str = "She kept watch.") -> str:
        return citer(library, question).quoted(answer(written)).text

    assert quoted("How old is Ana Ruiz?") == QUOTED.format(quote="Ana Ruiz is 51 years old.")
    assert "Berta Holm" not in quoted("How much does Ana Ruiz earn?")
    assert "Berta Holm" in quoted("Who was not with Ana Ruiz?", "Berta Holm was ashore."), "no value is asked for"


def test_what_the_headline_names_need_not_stand_in_the_sentence_quoted(tmp_path: Path) -> None:
    text = (
        "Wind farm off Port Selby\n\nThe licence for a farm 32 kilometres off Port Selby was granted. "
        "The company will set up 24 turbines.\n"
    )
    library = library_of(tmp_path, {"farm.txt": text})
    asked = citer(library, "How many turbines will there be off Port Selby?")
    assert "24 turbines" in asked.quoted(answer("There will be 24 turbines.")).text


class DoubtsNames:
    """A reader that doubts whatever names Ana Ruiz."""

    def stated(self, question: str, claim: str, text: Text) -> float:
        return -3.0 if "Ruiz" in claim else 3.0


def test_a_sentence_that_only_repeats_the_question_is_no_answer(tmp_path: Path) -> None:
    text = "The bridge\n\nThe bridge over the river is old. It was built in 1931.\n"
    library = library_of(tmp_path, {"bridge.txt": text})
    question = "How old is the bridge over the river?"
    citer = Citer(question, evidence(library, question), candidates(library, question), library)
    told = finish(citer, "The bridge over the river is old. It was built in 1931.")
    assert [sentence.text for sentence in told.sentences] == ["It was built in 1931."]


def test_whose_claim_it_is_is_no_reason_to_doubt_it(tmp_path: Path) -> None:
    text = "The bridge\n\nMayor Ana Ruiz came on Monday. The bridge over the river is old, she said.\n"
    library = library_of(tmp_path, {"bridge.txt": text})
    question = "What is the bridge over the river like?"
    found, near = evidence(library, question), candidates(library, question)
    chosen = Citer(question, found, near, library, cast(Reader, DoubtsNames()))
    (told,) = finish(chosen, "The bridge over the river is old.").sentences
    assert (told.text, told.support) == ("The bridge over the river is old, according to Ana Ruiz.", "supported")


def test_what_the_model_writes_again_and_again_is_told_once(library: Library) -> None:
    told = "The train runs along the coast."
    assert finish(citer(library, "Where does the train run?"), f"{told} {told} {told}").text == told


def test_a_short_answer_is_proved_by_the_sentence_that_speaks_of_the_question(library: Library) -> None:
    question = "How long did Ana Ruiz keep watch?"
    found = places(evidence(library, question))
    best = align("For 30 years.", question, found)[0]
    assert found[best].sentence.text == "Ana Ruiz kept watch for 30 years."


def test_two_equal_sentences_stay_two_places(library: Library) -> None:
    every = places(evidence(library, "pier"))
    found = [place for place in every if place.sentence.text == "The pier was closed."]
    assert len(found) == 2
    assert found[0] != found[1]


def test_the_last_sentence_of_a_growing_answer_waits(library: Library) -> None:
    chosen = citer(library, "Who kept watch?")
    assert chosen.cited(answer("Ana Ruiz kept")).sentences == ()
    grown = chosen.cited(answer("Ana Ruiz kept watch for 30 years. The pier"))
    assert [sentence.text for sentence in grown.sentences] == ["Ana Ruiz kept watch for 30 years."]
    assert grown.text[grown.sentences[0].start : grown.sentences[0].end] == grown.sentences[0].text


def test_what_the_evidence_does_not_support_is_dropped_beside_what_it_does(library: Library) -> None:
    finished = finish(
        citer(library, "Who kept watch?"), "Ana Ruiz kept watch for 30 years. Brazil won the World Cup in 2014."
    )
    assert finished.text == "Ana Ruiz kept watch for 30 years."
    assert [sentence.support for sentence in finished.sentences] == ["supported"]


def test_what_nothing_supports_gives_way_to_a_quotation(library: Library) -> None:
    question = "How long did Ana Ruiz keep watch?"
    chosen, written = citer(library, question), "Ana Ruiz kept watch for 90 years."
    assert not chosen.supports(written)
    assert finish(chosen, written).text == ""
    quoted = chosen.quoted(answer(written))
    assert quoted.text == QUOTED.format(quote="Ana Ruiz kept watch for 30 years.")
    assert [(s.support, quoted.citation(s.citations[0]).quote) for s in quoted.sentences] == [
        ("quoted", "Ana Ruiz kept watch for 30 years.")
    ]


def test_two_sentences_are_quoted_in_the_order_they_are_read(library: Library) -> None:
    question, written = "What happened to the pier?", "Something happened to it."
    chosen = citer(library, question)
    quoted = chosen.quoted(answer(written))
    closed = QUOTED.format(quote="The pier was closed.")
    assert quoted.text == f"{closed} {closed}"
    starts = [quoted.citation(sentence.citations[0]).start for sentence in quoted.sentences]
    assert starts == sorted(set(starts))


def test_further_sentences_that_may_hold_the_answer_are_cited_beside_its_proof(library: Library) -> None:
    chosen, written = citer(library, "What happened to the pier?"), "The pier was closed."
    finished = chosen.beside(finish(chosen, written), chosen.proofs(written))
    (sentence,) = finished.sentences
    (proof,) = sentence.citations
    beside = [citation for citation in finished.citations if citation.number != proof]
    assert finished.citation(proof).quote == "The pier was closed."
    assert "The pier was closed." in [citation.quote for citation in beside]
    assert [citation.number for citation in finished.citations] == list(range(1, len(beside) + 2))
    assert len(finished.citations) <= 4


def test_what_only_may_answer_counts_as_supported_nowhere(library: Library) -> None:
    finished = finish(citer(library, "Who kept watch?"), "Ana Ruiz kept watch for 30 years.")
    doubtful = citer(library, "Who kept watch?").doubtful(replace(finished, outcome="answered"))
    assert (doubtful.outcome, doubtful.answered) == ("maybe", False)
    assert doubtful.text == finished.text
    assert [sentence.support for sentence in doubtful.sentences] == ["unsupported"]
    assert doubtful.citations == finished.citations


def test_nothing_written_stays_nothing(library: Library) -> None:
    finished = finish(citer(library, "Who kept watch?"), "")
    assert (finished.sentences, finished.citations) == ((), ())


def test_numbers_follow_the_order_of_use(library: Library) -> None:
    question = "Who kept watch over the cargo train?"
    evidence = [
        Evidence(number, hit.passage, tuple(found.sentence for found in hit.sentences))
        for number, hit in enumerate(library.search(question), start=1)
    ]
    finished = finish(
        Citer(question, evidence, candidates(library, question), library),
        "Ana Ruiz kept watch for 30 years. A cargo train is nicknamed The Devil. Ana Ruiz kept watch.",
    )
    assert [sentence.citations for sentence in finished.sentences] == [(1,), (2,), (1,)]
    assert [citation.number for citation in finished.citations] == [1, 2]


def test_the_evidence_found_is_cited_before_anything_is_written(library: Library) -> None:
    question = "What is the cargo train nicknamed?"
    (citation,) = citer(library, question).first()
    assert "nicknamed" in citation.quote


def test_where_words_were_copied_from_is_cited_beside_the_nearest_sentence() -> None:
    texts = [
        "In April a group of poor travellers from the coast marched to the capital for the winners of the lake.",
        'Some 1,300 people joined the so-called "March of the Lake Winners" on Monday.',
    ]
    candidates = [Place("march", Sentence(0, len(text), text)) for text in texts]
    said = "The March of the Lake Winners was a group of poor travellers from the coast."
    assert align(said, "What was it?", candidates) == [0, 1]


class Copyist(Typist):
    """Copies the lines of an article."""

    def write(self, most_tokens: int, stop: threading.Event) -> Iterator[Piece]:
        for line in self.writes.splitlines(keepends=True):
            yield Piece(line, 0.99)


def test_a_byline_that_was_copied_along_is_not_told(tmp_path: Path) -> None:
    told = "Ana Ruiz scored the only goal of the cup final on Monday evening."
    library = library_of(tmp_path, {"cup.txt": f"Cup final\n\nBy Jo Bell\nThe Evening Post\n12 March 2024\n\n{told}\n"})
    copyist = Copyist(f"The Evening Post\n12 March 2024\n{told}")
    asked = Assistant(library, lambda: copyist, copyist.name, reads_ahead=False)
    answer = asked.answer("Who scored the goal of the cup final?")
    asked.close()
    assert "".join(prompt.passage for prompt in copyist.read_prompts).count("12 March") == 1
    assert (answer.text, [sentence.support for sentence in answer.sentences]) == (told, ["supported"])


def partly_copied(chosen: Citer, *sentences: str) -> Answer:
    """The finished answer of these sentences, each of which is supported in part."""
    whole = finish(chosen, " ".join(sentences))
    return replace(whole, sentences=tuple(replace(each, support="partly") for each in whole.sentences))


ALOUD = ("The train left at noon.", "It was blue.", "The coast lay in fog.", "The train is nicknamed the Devil.")


def read_aloud(tmp_path: Path, likely: str) -> Answer:
    """What is told where the model copied the first three sentences of ALOUD, and ``likely`` alone may well answer."""
    library = library_of(tmp_path, {"train.txt": "Train\n\n" + " ".join(ALOUD) + "\n"})
    question = "What is the train nicknamed?"
    found = [
        replace(each, score=1.0 if each.place.sentence.text == likely else -3.0)
        for each in candidates(library, question)
    ]
    found.sort(key=lambda each: -each.score)
    chosen = Citer(question, evidence(library, question), found, library)
    return chosen.copies_quoted(partly_copied(chosen, *ALOUD[:3]))


def test_where_the_model_reads_aloud_what_answers_nothing_the_likeliest_sentences_are_quoted(tmp_path: Path) -> None:
    aloud = read_aloud(tmp_path, likely=ALOUD[3])
    assert aloud.sentences[0].text == QUOTED.format(quote=ALOUD[3])
    assert len(aloud.sentences) == 2
    assert {aloud.citation(1).quote, aloud.citation(2).quote} == {each.text[1:-1] for each in aloud.sentences}


def test_where_the_model_reads_aloud_a_likely_sentence_the_likeliest_of_what_it_read_are_quoted(tmp_path: Path) -> None:
    aloud = read_aloud(tmp_path, likely=ALOUD[2])
    assert QUOTED.format(quote=ALOUD[2]) in [each.text for each in aloud.sentences]
    assert {each.text[1:-1] for each in aloud.sentences} < set(ALOUD[:3])


def test_of_sentences_copied_beside_others_the_likeliest_are_quoted(tmp_path: Path) -> None:
    told = ["The train left at noon.", "It was blue.", "The coast lay in fog.", "The train is nicknamed the Devil."]
    library = library_of(tmp_path, {"train.txt": "Train\n\n" + " ".join(told) + "\n"})
    chosen = citer(library, "What is the train nicknamed?")
    own = "The Devil is the nickname of the train."
    beside = chosen.copies_quoted(partly_copied(chosen, own, *told))
    quoted = [each.text[1:-1] for each in beside.sentences if each.support == "quoted"]
    assert quoted == [told[0], told[3]]
    assert beside.sentences[0].text == own

"""Articles that give different values for what is asked, and pairs that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest
from disagreeing import library_of, values
from fakes import WordEmbedder

from index.library import Library
from index.reading.files import find
from qa.conflict.disagreement import disagreement
from qa.conflict.sides_in_answer import with_conflict
from qa.evidence.selecting import Candidate, Place
from qa.records import Answer, Citation

SAMPLES = Path(__file__).parent.parent / "ui" / "samples"
STORIES = Path(__file__).parents[2] / "shared" / "articles"

DISAGREE = {
    "how many people": (
        "How many people attended the rally in Aldmoor?",
        [
            "The rally in Aldmoor was attended by 12,000 people.",
            "About 7,000 people attended Sunday's rally in Aldmoor.",
        ],
        ["12,000", "About 7,000"],
    ),
    "in other words for people": (
        "How many people were killed in the Skerry ferry accident?",
        [
            "The ferry accident off Skerry killed 31 passengers on Monday.",
            "Skerry police said 27 people died in the ferry accident.",
        ],
        ["31", "27"],
    ),
    "without a noun": (
        "What is the death toll of the Ostrey quake?",
        ["The death toll of the Ostrey quake rose to 212.", "The death toll of the quake in Ostrey stood at 190."],
        ["212", "190"],
    ),
    "things": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses in two hours.", "Some 90 houses were destroyed by the Marrow fire."],
        ["48", "Some 90"],
    ),
    "share": (
        "What percentage of voters in Lund backed the dam?",
        ["In Lund 54 percent of voters backed the dam.", "The dam was backed by 61% of the voters in Lund."],
        ["54 percent", "61%"],
    ),
    "money": (
        "How much did the Pell bridge cost?",
        ["The Pell bridge cost 12 million euros.", "The bridge at Pell cost the Pell council 19 million euros."],
        ["12 million euros", "19 million euros"],
    ),
    "date": (
        "When was the Tarn observatory opened?",
        ["The Tarn observatory was opened in 1961.", "The observatory of Tarn was opened on 4 May 1963."],
        ["1961", "4 May 1963"],
    ),
    "age": (
        "How old is Marta Quill?",
        ["Marta Quill, 46, runs the mill.", "The miller, 51-year-old Marta Quill, spoke first."],
        ["46", "51"],
    ),
    "length": (
        "How long is the Brack tunnel?",
        ["The Brack tunnel is 9 kilometres long.", "At 7.5 miles long, the Brack tunnel is the deepest."],
        ["9 kilometres", "7.5 miles"],
    ),
}

AGREE = {
    "the same number in words": (
        "How many people attended the rally in Aldmoor?",
        ["The rally in Aldmoor was attended by 4,000 people.", "Four thousand people attended the rally in Aldmoor."],
    ),
    "a range that holds it": (
        "How many people attended the rally in Aldmoor?",
        [
            "Between 1,000 and 1,300 people attended the rally in Aldmoor.",
            "The Aldmoor rally was attended by 1,200 people.",
        ],
    ),
    "more than": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 1,140 houses.", "More than 1,000 houses were destroyed by the Marrow fire."],
    ),
    "rounded": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 4,012 houses.", "In Marrow the fire destroyed 4,000 houses."],
    ),
    "other units": (
        "How long is the Brack tunnel?",
        ["The Brack tunnel is 7.8 kilometres long.", "The Brack tunnel is 4.8 miles long."],
    ),
    "another dimension": (
        "How deep is the hole in Cooper's Row?",
        ["The hole in Cooper's Row is seven metres deep.", "The hole in Cooper's Row is nine metres across."],
    ),
    "a date given in part": (
        "When was the Tarn observatory opened?",
        ["The Tarn observatory was opened in May 1963.", "The observatory of Tarn was opened on 4 May 1963."],
    ),
    "another thing counted": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses.", "The Marrow fire destroyed 120 barns and burned 300 hectares."],
    ),
    "those on duty": (
        "How many people attended the rally in Aldmoor?",
        [
            "The rally in Aldmoor was attended by 12,000 people.",
            "The rally in Aldmoor was watched by 900 police officers.",
        ],
    ),
    "another thing that happened": (
        "How many people were killed in the Skerry ferry accident?",
        ["The ferry accident off Skerry killed 31 people.", "In the Skerry ferry accident 112 people were rescued."],
    ),
    "another event of the sort": (
        "How many people were killed in the Skerry ferry accident?",
        ["The ferry accident off Skerry killed 31 people.", "The ferry accident off Lomond killed 54 people in March."],
    ),
    "another event, where the question does not tell them apart": (
        "How many people were killed in the fire?",
        [
            "A fire in the Marrow spinning mill killed 12 people. Ada Pell of the Marrow council mourned.",
            "A fire on the Lomond pier killed 5 people. Lomond mayor Ken Ryder laid flowers.",
        ],
    ),
    "another year": (
        "How many people live in Aldmoor?",
        ["In 2001 some 41,000 people lived in Aldmoor.", "In 2021 there were 52,000 people who lived in Aldmoor."],
    ),
    "a year that was not asked for": (
        "How many wolves were counted in Ostrey in 2019?",
        [
            "In 2019 rangers counted 14 wolves in Ostrey.",
            "In 2016 rangers counted 6 wolves in Ostrey, before 2019 began.",
        ],
    ),
    "a value left behind": (
        "What percentage of voters in Lund backed the dam?",
        ["In Lund 54 percent of voters backed the dam.", "Backing for the dam among Lund voters rose from 39 percent."],
    ),
    "a value denied": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses.", "The Marrow fire destroyed not 90 houses, the mayor said."],
    ),
    "a part of it": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses.", "The Marrow fire destroyed another 3 houses overnight."],
    ),
    "different currencies": (
        "How much did the Pell bridge cost?",
        ["The Pell bridge cost 12 million euros.", "The Pell bridge cost 13 million dollars."],
    ),
    "several values asked for": (
        "How many houses and how many barns did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses.", "The Marrow fire destroyed 90 barns."],
    ),
    "another's, in a list": (
        "How many seats did the Greens win?",
        [
            "The Greens won 9 seats.",
            "The Reform League won 26 seats, the Greens 9 and the Harbour Party 4.",
        ],
    ),
    "one article with two values": (
        "How many houses did the Marrow fire destroy?",
        ["The Marrow fire destroyed 48 houses. The first Marrow fire had destroyed 20 houses."],
    ),
}


@pytest.mark.parametrize(("question", "texts", "expected"), DISAGREE.values(), ids=list(DISAGREE))
def test_different_values_of_one_thing_are_found(
    tmp_path: Path, question: str, texts: list[str], expected: list[str]
) -> None:
    found = values(library_of(tmp_path, texts), question)
    assert sorted(v.lower() for v in found) == sorted(v.lower() for v in expected)


@pytest.mark.parametrize(("question", "texts"), AGREE.values(), ids=list(AGREE))
def test_what_only_seems_to_differ_is_no_disagreement(tmp_path: Path, question: str, texts: list[str]) -> None:
    assert values(library_of(tmp_path, texts), question) == []


def test_an_update_over_time_is_shown_newest_first_and_what_is_undated_last(tmp_path: Path) -> None:
    texts = [f"The Marrow fire destroyed {count} houses." for count in (20, 48, 30)]
    library = library_of(tmp_path, texts[:2], ["3 March 2024", "5 March 2024"])
    (tmp_path / "undated.txt").write_text(f"Blaze\n\n{texts[2]}\n")
    list(library.add(find([tmp_path / "undated.txt"])))
    assert values(library, "How many houses did the Marrow fire destroy?") == ["48", "20", "30"]


def test_sources_that_agree_share_a_value_with_all_their_citations(tmp_path: Path) -> None:
    question = "How many houses did the Marrow fire destroy?"
    texts = [
        "The Marrow fire destroyed 48 houses.",
        "It was the Marrow fire that destroyed forty-eight houses.",
        "The Marrow fire destroyed 90 houses.",
    ]
    library = library_of(tmp_path, texts)
    found = disagreement(question, library.search(question, 100), library)
    first = Citation.of(1, found[0].statements[0].article, found[0].statements[0].sentence)
    answer = with_conflict(Answer(question, question, citations=(first,)), found)
    assert answer.conflict is not None
    assert answer.conflict.about == question
    assert {(v.value, v.sources, len(v.citations)) for v in answer.conflict.values} == {("48", 2, 2), ("90", 1, 1)}
    assert [c.number for c in answer.citations] == [1, 2, 3]
    assert all(library.article(c.article_id).text[c.start : c.end] == c.quote for c in answer.citations)
    for value in answer.conflict.values:
        assert all(
            value.value in answer.citation(n).quote or "forty" in answer.citation(n).quote for n in value.citations
        )


def test_reprints_of_one_story_are_one_source_and_are_counted(tmp_path: Path) -> None:
    question = "How many houses did the Marrow fire destroy?"
    story = (
        "The Marrow fire destroyed 48 houses before rain came. Farmers had watched the smoke since the early morning, "
        "and the school opened its doors to whoever had nowhere left to sleep. The mayor thanked the crews by name."
    )
    library = library_of(
        tmp_path, [story, f"From our agency\n\n{story}", story[:200], "The Marrow fire took 90 houses."]
    )
    assert values(library, question) == [], "took is not destroyed"
    other = tmp_path / "other.txt"
    other.write_text("Blaze\n\nThe Marrow fire destroyed 90 houses.\n")
    list(library.add(find([other])))
    found = disagreement(question, library.search(question, 100), library)
    answer = with_conflict(Answer(question, question), found)
    assert answer.conflict is not None
    assert {(v.value, v.sources, v.reprints) for v in answer.conflict.values} == {("48", 1, 2), ("90", 1, 0)}
    assert sorted(citation.reprints for citation in answer.citations) == [0, 2]


def test_the_samples_disagree_on_the_flood(tmp_path: Path) -> None:
    library = Library(tmp_path, WordEmbedder())
    list(library.add(find([SAMPLES])))
    found = values(library, "How many people in Harrowmere were evacuated because of the flood?")
    assert found == ["1,050", "some 900"]  # "about 1,200" left "Millside", which the question does not name
    assert values(library, "How high did the river stand at Mill Bridge?") == []


@pytest.mark.skipif(not STORIES.is_dir(), reason="the news stories are not beside this checkout")
def test_the_stories_disagree_on_the_caravan(tmp_path: Path) -> None:
    library = Library(tmp_path, WordEmbedder())
    list(library.add(find([STORIES])))
    found = values(library, "How many people are in the caravan?")
    assert sorted(found) == ["4,000", "about 1,000 to 1,300", "at least 8,000"]


def test_what_one_outlet_told_last_comes_before_what_it_told_first(tmp_path: Path) -> None:
    question = "How many seats did the Reform League win?"
    texts = ["The Reform League won 26 of the 65 seats.", "The Reform League won 24 seats, two fewer than expected."]
    folder = tmp_path / "articles"
    folder.mkdir()
    for number, text in enumerate(texts):
        head = f"---\ntitle: Count {number}\noutlet: The Gazette\ndate: 2024-05-2{number}\n---\n\n"
        (folder / f"count{number}.md").write_text(f"{head}{text}\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([folder])))
    hits = library.search(question, 100)
    read = [Candidate(Place(hit.passage.article_id, hit.sentences[0].sentence), 1.0) for hit in hits]
    found = disagreement(question, hits, library, read)
    assert [side.value for side in found] == ["24", "26"]
    answer = with_conflict(Answer(question, question, text="It won 26 seats."), found)
    assert answer.text == f"“{texts[1]}” Told before: 26 (The Gazette, 20 May 2024)."
    assert [answer.text[s.start : s.end] for s in answer.sentences] == [s.text for s in answer.sentences]
    assert [answer.citation(s.citations[0]).published for s in answer.sentences] == ["2024-05-21", "2024-05-20"]


@pytest.mark.parametrize(
    ("latest", "written", "told"),
    [
        ("The 26 given before held two by mistake.", "It won 24 seats.", "It won 24 seats. Told before: 26 "),
        ("The 26 given before held two by mistake.", "It won 26 seats.", "“The Reform League won 24 seats.” Told "),
        ("The count took a week.", "It won 24 seats.", "It won 24 seats. The articles differ: 24 "),
    ],
)
def test_what_the_latest_article_tells_of_an_earlier_figure_sets_that_aside(
    latest: str, written: str, told: str, tmp_path: Path
) -> None:
    question = "How many seats did the Reform League win?"
    folder = tmp_path / "articles"
    folder.mkdir()
    texts = {
        "The Gazette": "The Reform League won 26 seats.",
        "The Herald": f"The Reform League won 24 seats. {latest}",
    }
    for day, (outlet, text) in enumerate(texts.items(), start=20):
        head = f"---\ntitle: The count\noutlet: {outlet}\ndate: 2024-05-{day}\n---\n\n"
        (folder / f"{day}.md").write_text(f"{head}{text}\n")
    library = Library(tmp_path / "library", WordEmbedder())
    list(library.add(find([folder])))
    found = disagreement(question, library.search(question, 100), library)
    assert [side.value for side in found] == ["24", "26"]
    assert with_conflict(Answer(question, question, text=written), found).text.startswith(told)

import json
import re
from pathlib import Path
from typing import Any

import pytest

from index.reading.files import find, read
from index.records import Article
from index.text.furniture import furniture
from index.text.sentences import sentences

FOLDER = Path(__file__).parent.parent / "ui" / "samples"
ARTICLES: dict[str, Article] = {source.id: read(source) for source in find([FOLDER])}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (FOLDER / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]


def story(article: Article) -> str:
    """The text without its furniture."""
    text = article.text
    for start, end in reversed(furniture(text)):
        text = text[:start] + text[end:]
    return text


def test_there_is_a_dozen_of_samples_in_every_kind_of_file() -> None:
    assert len(ARTICLES) == 12
    assert {source.path.suffix for source in find([FOLDER])} == {".txt", ".md", ".html"}


@pytest.mark.parametrize("article", ARTICLES.values(), ids=list(ARTICLES))
def test_every_sample_states_its_headline_outlet_and_date(article: Article) -> None:
    assert article.text.startswith(article.title)
    assert article.outlet is not None
    assert re.fullmatch(r"2024-\d\d-\d\d", article.published or "")
    assert 120 <= len(story(article).split()) <= 300
    assert re.search(r"[“\"].+[”\"],? (?:said|he said|she said)|said [A-Z].+[“\"]|she said", article.text)


def test_the_page_is_cleared_of_all_but_its_story() -> None:
    page = ARTICLES["peat-bog"]
    assert page.url == "https://www.harrowmere-courier.example/science/rewetted-bog-carbon"
    kept = story(page).strip()
    assert kept.startswith("Rewetted bog stores far more carbon than expected\n\nA bog that was left")
    assert kept.endswith("three more bogs by 2030.")
    for words in ("Sport", "browser", "Photo:", "Related", "Share", "newsletter", "rights reserved"):
        assert words not in kept


def test_two_outlets_disagree_on_the_flood_and_an_update_revises_it() -> None:
    first, second, update = (ARTICLES[f"flood-{name}"] for name in ("harrowmere", "wend-valley", "update"))
    assert first.published == second.published == "2024-03-12"
    assert first.outlet != second.outlet
    assert (update.outlet, update.published) == (first.outlet, "2024-03-15")
    assert ("1,200 people" in first.text, "900" in first.text) == (True, False)
    assert ("900 people" in second.text, "1,200" in second.text) == (True, False)
    assert "1,050 people left their homes, not about 1,200" in update.text


def test_the_questions_cover_the_kinds_a_reader_asks() -> None:
    kinds = [question["kind"] for question in QUESTIONS]
    assert len(QUESTIONS) >= 15
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert {"fact", "multi", "conflict", "follow-up"} <= set(kinds)
    assert kinds.count("unanswerable") == 2
    assert [question["id"] for question in QUESTIONS if "history" in question] == [
        question["id"] for question in QUESTIONS if question["kind"] == "follow-up"
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_the_evidence_of_a_question_is_whole_sentences_that_hold_its_answer(question: dict[str, Any]) -> None:
    spans = [(span["article"], span["start"], span["end"]) for span in question.get("evidence", [])]
    if question["kind"] == "unanswerable":
        assert not spans
        assert "answers" not in question
        return
    assert list(dict.fromkeys(article for article, _, _ in spans)) == question["articles"]
    for article, start, end in spans:
        assert (start, end) in [(s.start, s.end) for s in sentences(ARTICLES[article].text)]
        assert not any(start < last and first < end for first, last in furniture(ARTICLES[article].text))
    shown = [ARTICLES[article].text[start:end] for article, start, end in spans]
    if "all_of" in question:
        assert all(any(words in text for text in shown) for words in question["all_of"])
    else:
        assert all(any(words in text for words in question["answers"]) for text in shown)

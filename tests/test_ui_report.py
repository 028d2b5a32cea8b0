"""The report of an evaluation: it needs nothing else, escapes everything, and draws what was measured."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browsing import untranslated
from playwright.sync_api import Browser, expect

from qa.evaluation.comparison import Change, Comparison, Fall
from qa.evaluation.confidence import CalibrationBin, RiskPoint
from qa.evaluation.judging import Record
from qa.evaluation.measures import Metric
from qa.evaluation.questions import Question, Span
from qa.evaluation.running import Evaluation, evaluation
from qa.records import Answer, Citation, Timings
from ui.html.charts import calibration_chart, histogram, interval_bar, kinds_chart, risk_coverage_chart
from ui.html.measures import MEASURES, label
from ui.html.report import given_answer, report_html, right_answers
from ui.html.wording import catalogues

pytest_plugins = ["browsing"]

HOSTILE = """<script>alert("x")</script><img src=https://evil.example onerror='go()'>&amp;"""


class Reader(HTMLParser):
    """Collects the text of a page, its tags and their attributes, and checks that tags close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes, self._open = "", [], [], []  # type: ignore[var-annotated]
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.text += "" if tag in ("span", "strong", "em", "mark", "bdi", "time") else " "

    def handle_data(self, data: str) -> None:
        self.text += data


def record(
    question: Question, text: str, *, answered: bool = True, quote: str = "quoted", total: float = 900
) -> Record:
    citation = Citation(1, "storm", HOSTILE, None, "2018-10-17", 10, 10 + len(quote), quote, "")
    answer = Answer(
        question.text,
        question.text,
        outcome="answered" if answered else "not found",
        text=text,
        confidence=0.8,
        citations=(citation,) if answered else (),
        timings=Timings(first_token=total / 2, total=total),
    )
    return Record(question, answer.to_json(), (Span("flood", 0, 9), Span("storm", 0, 90)))


@pytest.fixture(scope="module")
def result() -> Evaluation:
    records = [
        record(Question("q1", "How many?", answers=("12",), evidence=(Span("storm", 12, 14),)), "It was 12."),
        record(
            Question("q2", HOSTILE, answers=(HOSTILE + " yes",), articles=("storm",)), HOSTILE + " no", quote=HOSTILE
        ),
        record(Question("q3", "Who?", kind="unanswerable"), "Ada did.", total=5000),
        record(Question("q4", "When?", answers=("Monday",)), "The articles do not say.", answered=False),
    ]
    return evaluation(records, {"questions": HOSTILE, "seed": 0}, {"llm": HOSTILE})


def test_the_report_needs_no_network_and_no_other_file_and_lets_its_own_script_run_alone(result: Evaluation) -> None:
    html = report_html(result)
    page = Reader(html)
    assert not {"link", "img", "iframe", "object", "a"} & set(page.tags)
    assert page.tags.count("script") == 1
    assert not {"src", "href", "onerror", "style"} & {name for name, _ in page.attributes}
    assert not re.search(r"url\(|@import", html)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'"
    assert ("content", policy) in page.attributes


@pytest.mark.browser
@pytest.mark.parametrize("code", ["de", "es", "fr", "tr"])
def test_the_report_speaks_the_language_of_whoever_opens_it(
    result: Evaluation, browser: Browser, tmp_path: Path, code: str
) -> None:
    words = catalogues().get(code, {})
    now, before = result.records[3], record(result.records[3].question, "On Monday.")
    measure = Metric("R@1", 0.95, 0.9, 0.99, 60, "share", "higher")
    comparison = Comparison(4, lost=(Change(before, now),), won=(), falls=(Fall(measure, measure),))
    (tmp_path / "report.html").write_text(report_html(result, comparison), encoding="utf-8")
    with browser.new_context(locale=code) as context:
        page, wrong = context.new_page(), list[str]()
        page.on("console", lambda message: wrong.append(message.text))
        page.goto((tmp_path / "report.html").as_uri())
        title = words.get("Evaluation of # questions", "Evaluation of # questions").replace("#", "4")
        expect(page).to_have_title(title)
        if words:
            assert {text for text in untranslated(page, words) if HOSTILE not in text} - set(MEASURES) == set()
        else:
            expect(page.locator("body")).to_contain_text("Since the earlier evaluation")
        expect(page.locator("body")).to_contain_text(HOSTILE)
        assert wrong == []


def test_whatever_comes_from_outside_is_text(result: Evaluation) -> None:
    page = Reader(report_html(result))
    # The model and the set's name; of q2 the question, what was expected, as missing, given, quoted; two titles.
    assert page.text.count(HOSTILE) == 2 + 5 + 2


def test_every_wrong_question_is_shown_with_all_it_takes_to_see_why(result: Evaluation) -> None:
    text = " ".join(Reader(report_html(result)).text.split())
    assert "1 of 4 questions answered right" in text
    assert "3 of 4, in the order of the set." in text
    assert (
        "unanswerable · q3 Who? Expected a refusal: the articles do not hold the answer Given Ada did. "
        f"Cited [1] quoted — {HOSTILE}, 17 October 2018 "
        "Why wrong It answered, although the articles do not hold the answer."
    ) in text
    assert (
        "fact · q4 When? Expected Monday Given Refused: The articles do not say. Cited nothing "
        "Why wrong It refused, although the articles hold the answer."
    ) in text
    assert "q1" not in text


def test_a_report_without_faults_says_so(result: Evaluation) -> None:
    right = evaluation(result.records[:1], {}, {})
    assert "No question went wrong" in report_html(right)


def test_changes_since_an_earlier_evaluation_are_shown(result: Evaluation) -> None:
    now, before = result.records[3], record(result.records[3].question, "On Monday.")
    fall = Fall(
        Metric("R@1", 0.95, 0.9, 0.99, 60, "share", "higher"), Metric("R@1", 0.8, 0.7, 0.9, 60, "share", "higher")
    )
    comparison = Comparison(4, lost=(Change(before, now),), won=(), falls=(fall,))
    text = " ".join(Reader(report_html(result, comparison)).text.split())
    assert "4 questions in common: 0 newly right, 1 newly wrong." in text
    assert "Right passage found first: 80.0 % now; it was 95.0 %, 90.0 to 99.0 %." in text
    assert "Before On Monday." in text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (Question("q", "?", answers=("12", "twelve")), [("", "12 / twelve")]),
        (Question("q", "?", all_of=("4,000", "8,000")), [("all of", "4,000, 8,000")]),
        (Question("q", "?", answers=("12",), articles=("storm",)), [("", "12"), ("cited from", "storm")]),
        (Question("q", "?", evidence=(Span("storm", 0, 5),)), [("the evidence cited", "")]),
        (Question("q", "?", kind="unanswerable"), [("a refusal: the articles do not hold the answer", "")]),
    ],
)
def test_what_was_expected_is_told_in_words(question: Question, words: list[tuple[str, str]]) -> None:
    assert right_answers(question) == words


def test_a_bad_search_is_told_from_a_bad_answer() -> None:
    shows = record(Question("q", "?", evidence=(Span("storm", 12, 14),)), "")
    misses = record(Question("q", "?", evidence=(Span("storm", 100, 140),)), "")
    assert given_answer(shows) == "The passage found at rank 2 shows the answer."
    assert given_answer(misses) == "None of the 2 passages found shows the answer."


# The pictures, by the arithmetic of their scales.


def places(svg: str, tag: str, *names: str) -> list[tuple[float, ...]]:
    elements = re.findall(rf"<{tag} [^>]*>", svg)
    return [tuple(float(re.search(rf' {name}="([^"]*)"', element)[1]) for name in names) for element in elements]  # type: ignore[index]


def test_the_bars_of_a_histogram_are_as_high_as_their_counts() -> None:
    # 24 bars of 5/24 s; the floor is at 300 - 44 and 3, rounded up to 5, at 24.
    svg = histogram([100, 150, 160, 4900], "Time")
    full = 300 - 44 - 24
    assert [height for (height,) in places(svg, "rect", "height")] == pytest.approx(
        [3 / 5 * full, 1 / 5 * full], abs=0.1
    )
    assert "3 took 0.00 to 0.21 s" in svg
    assert 'aria-label="Time, 4 questions between 0.1 and 4.9 seconds"' in svg


def test_questions_are_counted_in_whole_numbers() -> None:
    assert re.findall(r'class="end"[^>]*>([^<]*)<', histogram([100], "Time"))[:-1] == ["0", "1"]


def test_a_risk_coverage_point_stands_at_its_coverage_and_risk() -> None:
    svg = risk_coverage_chart([RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.4, 1.0, 0.25)])
    wide, high = 460 - 52 - 16, 300 - 44 - 24
    assert places(svg, "circle", "cx", "cy") == [(52 + 0.5 * wide, 24 + high), (52 + wide, 24)]


def test_a_calibration_dot_grows_with_the_area_of_its_answers() -> None:
    svg = calibration_chart([CalibrationBin(0.5, 1.0, 1), CalibrationBin(1.0, 0.5, 4)])
    assert places(svg, "circle", "r") == [(3 + 9 * (1 / 4) ** 0.5,), (3 + 9,)]


def test_an_interval_is_drawn_from_its_low_to_its_high_end() -> None:
    svg = interval_bar(Metric("R@1", 0.5, 0.25, 0.75, 60, "share", "higher"))
    assert places(svg, "line", "x1", "x2")[1] == (6 + 0.25 * (180 - 12), 6 + 0.75 * (180 - 12))
    assert places(svg, "circle", "cx") == [(6 + 0.5 * (180 - 12),)]


def test_a_measure_without_value_is_left_out_of_the_kinds() -> None:
    known = Metric("accuracy", 0.5, 0.4, 0.6, 10, "share", "higher")
    unknown = Metric("citation recall", None, None, None, 0, "share", "higher")
    svg = kinds_chart({"fact": [known, unknown]})
    assert "All right" in svg
    assert "Places cited" not in svg


def test_a_measure_is_told_in_words_and_its_name_stands_in_a_tooltip(result: Evaluation) -> None:
    page = Reader(report_html(result))
    for metric in result.measurement.metrics:
        assert label(metric.name) in page.text
        assert ("title", metric.name) in page.attributes
    for jargon in ("AURC", "AUROC", "ECE", "nDCG", "R@1", "p95", "bootstrap"):
        assert jargon not in page.text


def test_what_only_may_answer_is_no_refusal_in_the_report() -> None:
    answer = record(Question("q5", "How many?", answers=("13",)), "It was 12.", answered=False)
    unsure = replace(answer, answer={**answer.answer, "outcome": "maybe"})
    text = " ".join(Reader(report_html(evaluation([unsure], {}, {}))).text.split())
    assert "Given This may answer it: It was 12." in text

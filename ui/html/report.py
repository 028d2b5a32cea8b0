"""An evaluation as one HTML file that needs nothing else: no network, no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from qa.evaluation.comparison import Comparison
from qa.evaluation.judging import Record, is_relevant
from qa.evaluation.measures import Metric
from qa.evaluation.questions import Question
from qa.evaluation.running import Evaluation
from qa.prompts import MAYBE
from ui.html.charts import calibration_chart, histogram, interval_bar, kinds_chart, risk_coverage_chart
from ui.html.files import STATIC
from ui.html.markup import count_of, plain_date
from ui.html.measures import MEASURES, label
from ui.html.wording import words_script

_PARTS = "/* ---- what an evaluation shows ---- */"
"""In the style, what precedes it is the report's frame."""

_HEADLINE = ("answer containment", "citation recall", "false answers", "false refusals", "R@1", "latency p50")

_ROLES = {
    "llm": "language model",
    "embedder": "model that finds passages",
    "reranker": "model that orders passages",
    "judge": "model that judges claims",
}
_SETTINGS = {
    "questions": "question set",
    "asked": "questions asked",
    "left out": "questions left out",
    "seed": "seed of the sample",
    "articles": "articles in the library",
    "library": "checksum of the library",
}
"""What an evaluation's settings are called where people read them."""


@dataclass(frozen=True)
class _Plot:
    title: str
    caption: str
    picture: Markup
    wide: bool = False


def report_html(result: Evaluation, comparison: Comparison | None = None) -> str:
    """The report: measures with their intervals, plots, what changed, and every question that went wrong."""
    style = Markup((STATIC / "report.css").read_text(encoding="utf-8"))
    return _rendered(
        "report.html.jinja",
        result,
        comparison,
        style=style,
        translating=lambda html: Markup(words_script(html)),
        hash_of=_hash_of,
        roles=_ROLES,
        settings=_SETTINGS,
        on_page=False,
    )


def results_html(result: Evaluation) -> str:
    """What the report shows, without its frame, for the page: each question that went wrong can be asked again."""
    return _rendered("evaluation.html.jinja", result, None, on_page=True)


def results_style() -> str:
    """The report's style for what ``results_html`` gives, wherever that stands in the page."""
    style = (STATIC / "report.css").read_text(encoding="utf-8")
    return (
        ".gradio-container.gradio-container .results { --good: var(--supported); --bad: var(--unsupported);"
        + style[style.index(_PARTS) :]
        + "}"
    )


def _hash_of(script: str) -> str:
    """The name under which a page allows an inline script and no other, as Content Security Policy writes it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _rendered(template: str, result: Evaluation, comparison: Comparison | None, **more: object) -> str:
    environment = Environment(loader=FileSystemLoader(STATIC), autoescape=True, undefined=StrictUndefined)
    return environment.get_template(template).render(
        result=result,
        comparison=comparison,
        asked=count_of(len(result.records), "question"),
        correct=f"{sum(record.correct for record in result.records):,}",
        headline=[metric for name in _HEADLINE if (metric := result.measurement.metric(name)).value is not None],
        faults=[record for record in result.records if not record.correct],
        plots=_plots(result),
        label=label,
        plain_date=plain_date,
        measures=MEASURES,
        metric_words=metric_words,
        interval=interval,
        interval_bar=interval_bar,
        right_answers=right_answers,
        given_answer=given_answer,
        may_answer=MAYBE,
        **more,
    )


def metric_words(metric: Metric) -> str:
    """The value as people read it.

    >>> metric_words(Metric("R@1", 0.9521, 0.93, 0.97, 240, "share", "higher"))
    '95.2 %'
    """
    return _amount(metric.unit, metric.value) if metric.value is not None else "–"


def interval(metric: Metric) -> str:
    """The interval as people read it, empty where there is none.

    >>> interval(Metric("R@1", 0.9521, 0.93, 0.97, 240, "share", "higher"))
    '93.0 to 97.0 %'
    """
    return "" if metric.low is None or metric.high is None else _amount(metric.unit, metric.low, metric.high)


def _amount(unit: str, *values: float) -> str:
    if unit == "share":
        return " to ".join(f"{value:.1%}".removesuffix("%") for value in values) + " %"
    if unit == "score":
        return " to ".join(f"{value:.3f}" for value in values)
    if unit == "ms" and max(values) >= 1000:
        return " to ".join(f"{value / 1000:,.1f}" for value in values) + " s"
    return " to ".join(f"{value:,.0f}" for value in values) + f" {unit}"


def right_answers(question: Question) -> list[tuple[str, str]]:
    """What would have been right: an introduction in the page's words, and the answers of the set; either may be empty.

    >>> right_answers(Question("q", "How many?", answers=("12", "twelve"), articles=("flood",)))
    [('', '12 / twelve'), ('cited from', 'flood')]
    """
    if question.must_be_refused:
        return [("a refusal: the articles do not hold the answer", "")]
    parts = [("", " / ".join(question.answers))] if question.answers else []
    parts += [("all of", ", ".join(question.all_of))] if question.all_of else []
    parts += [("cited from", ", ".join(question.articles))] if question.articles else []
    return parts or [("the evidence cited", "")]


def given_answer(record: Record) -> str:
    """Whether the search found what shows the answer, which tells a bad search from a bad answer."""
    question = record.question
    if question.must_be_refused or not (question.evidence or question.articles):
        return ""
    ranks = [rank for rank, hit in enumerate(record.hits, start=1) if is_relevant(question, hit)]
    if not ranks:
        return f"None of the {len(record.hits)} passages found shows the answer."
    return f"The passage found at rank {ranks[0]} shows the answer."


def _plots(result: Evaluation) -> list[_Plot]:
    measurement = result.measurement
    plots = [
        _Plot(
            "By kind of question",
            "Each share, and within what it would lie for 95 of 100 such sets.",
            kinds_chart(measurement.by_kind),
            wide=True,
        )
    ]
    for title, caption, times in (
        ("Time to the whole answer", "How many questions took how long.", _times(result.records, "total")),
        ("Time to the first word", "What a reader waits before reading.", _times(result.records, "first_token")),
    ):
        if times:
            plots.append(_Plot(title, caption, histogram(times, title)))
    if measurement.risk_coverage:
        caption = "Answering only the surest questions, up to this share: how many of the answers are wrong."
        plots.append(_Plot("If only the surest were answered", caption, risk_coverage_chart(measurement.risk_coverage)))
    if measurement.calibration:
        caption = "On the dashed line the confidence is true; a bigger dot stands for more answers."
        plots.append(_Plot("Is the confidence true?", caption, calibration_chart(measurement.calibration)))
    return plots


def _times(records: Sequence[Record], name: str) -> list[float]:
    times = [record.answer["timings_ms"][name] for record in records]
    return [time for time in times if time is not None]

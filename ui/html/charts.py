"""The plots of an evaluation's report as small SVG pictures; colours and fonts come from the page they stand in.

What is read of them is put together of parts with ", " between, each of which a catalogue in ``ui/words`` can say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from qa.evaluation.confidence import CalibrationBin, RiskPoint
from qa.evaluation.measures import Metric
from ui.html.markup import count_of
from ui.html.measures import label

_BARS = 24
"""Bars of a histogram. Chosen by eye."""
_MANY_POINTS = 60
"""Points of a curve above which they are drawn small. Chosen by eye."""


@dataclass(frozen=True)
class _Plane:
    """A plot's surface: turns values into places, with room for labels left and below."""

    most_x: float
    most_y: float
    width: int = 460
    height: int = 300
    left: int = 52
    right: int = 16
    top: int = 24
    bottom: int = 44

    def x(self, value: float) -> float:
        return self.left + value / self.most_x * (self.width - self.left - self.right)

    def y(self, value: float) -> float:
        return self.height - self.bottom - value / self.most_y * (self.height - self.top - self.bottom)

    def drawn(
        self, summary: str, x_name: str, y_name: str, unit: str, shapes: Sequence[Markup], counts: bool = False
    ) -> Markup:
        """The whole picture; ``unit`` is that of both axes, and the summary is read to those who cannot see it.

        With ``counts`` the upright axis has whole numbers alone.
        """
        left, right, floor = self.x(0), self.x(self.most_x), self.y(0)
        scale = []
        for tick in _ticks(self.most_y):
            if counts and not tick.is_integer():
                continue
            y = self.y(tick)
            scale.append(_tag("line", class_="grid", x1=left, x2=right, y1=y, y2=y))
            scale.append(_tag("text", _tick(tick, unit), class_="end", x=left - 8, y=y + 4))
        for tick in _ticks(self.most_x):
            scale.append(_tag("text", _tick(tick, unit), class_="middle", x=self.x(tick), y=floor + 18))
        names = [
            _tag("text", x_name, class_="end", x=right, y=self.height - 6),
            _tag("text", y_name, x=0, y=12),
            _tag("line", class_="axis", x1=left, x2=right, y1=floor, y2=floor),
        ]
        return _picture(self.width, self.height, summary, [*scale, *shapes, *names])


def histogram(milliseconds: Sequence[float], name: str) -> Markup:
    """How many questions took how long, in seconds."""
    seconds = [value / 1000 for value in milliseconds]
    most = _round_up(max(seconds))
    step = most / _BARS
    counts = [0] * _BARS
    for value in seconds:
        counts[min(int(value / step), _BARS - 1)] += 1
    plane = _Plane(most, _round_up(max(counts)))
    bars = [
        _tag(
            "rect",
            _tag("title", f"{count} took {number * step:.2f} to {(number + 1) * step:.2f} s"),
            class_="tally",
            x=plane.x(number * step) + 0.5,
            y=plane.y(count),
            width=plane.x(step) - plane.x(0) - 1,
            height=plane.y(0) - plane.y(count),
        )
        for number, count in enumerate(counts)
        if count
    ]
    summary = f"{name}, {count_of(len(seconds), 'question')} between {min(seconds):.1f} and {max(seconds):.1f} seconds"
    return plane.drawn(summary, "seconds", "questions", "", bars, counts=True)


def risk_coverage_chart(points: Sequence[RiskPoint]) -> Markup:
    """How many of the answers are wrong when only the surest are given."""
    plane = _Plane(1.0, max(_round_up(max(point.risk for point in points)), 0.1))
    places = " ".join(f"{plane.x(point.coverage):.1f},{plane.y(point.risk):.1f}" for point in points)
    radius = 3.5 if len(points) <= _MANY_POINTS else 1.5
    dots = [
        _dot(
            plane.x(point.coverage),
            plane.y(point.risk),
            radius,
            f"confidence from {point.confidence:.2f}: {point.coverage:.0%} answered, {point.risk:.1%} of them wrong",
        )
        for point in points
    ]
    last = points[-1]
    summary = f"Answering {last.coverage:.0%} of the questions, {last.risk:.1%} of the answers are wrong"
    line = _tag("polyline", class_="line", points=places)
    return plane.drawn(summary, "share of questions answered", "share of answers wrong", "%", [line, *dots])


def calibration_chart(bins: Sequence[CalibrationBin]) -> Markup:
    """A chart of the share of right answers at each confidence; points on the diagonal mean a true confidence."""
    plane = _Plane(1.0, 1.0)
    most = max(part.n for part in bins)
    ideal = _tag("line", class_="ideal", x1=plane.x(0), y1=plane.y(0), x2=plane.x(1), y2=plane.y(1))
    dots = [
        _dot(
            plane.x(part.confidence),
            plane.y(part.accuracy),
            # Areas, not radii, stand for the numbers of answers.
            3 + 9 * (part.n / most) ** 0.5,
            f"confidence {part.confidence:.0%}: {part.accuracy:.0%} of {part.n} right",
        )
        for part in bins
    ]
    summary = "Confidence: " + ", ".join(f"{part.accuracy:.0%} right at {part.confidence:.0%}" for part in bins)
    return plane.drawn(summary, "confidence", "share right", "%", [ideal, *dots])


def kinds_chart(by_kind: Mapping[str, Sequence[Metric]]) -> Markup:
    """Each measure of each kind of question, with its interval."""
    bar_start, bar_width, row, gap = 250, 270, 22, 16
    shapes: list[Markup] = []
    y = 14
    for kind, metrics in by_kind.items():
        shapes.append(_tag("text", kind, class_="kind", x=0, y=y + 4))
        y += row
        for metric in metrics:
            if metric.value is None:
                continue
            shapes.append(_tag("text", label(metric.name), class_="end", x=bar_start - 14, y=y + 4))
            shapes += _interval(metric, bar_start, y, bar_width)
            shapes.append(_tag("text", f"{metric.value:.0%} of {metric.n}", x=bar_start + bar_width + 12, y=y + 4))
            y += row
        y += gap
    return _picture(620, y - gap, "Measures by kind of question", shapes)


def interval_bar(metric: Metric) -> Markup:
    """A measure between 0 and 1 as a dot on its interval."""
    return _picture(180, 18, f"{label(metric.name)}, its range", _interval(metric, 0, 9, 180))


def _interval(metric: Metric, x: float, y: float, width: float) -> list[Markup]:
    value = metric.value or 0.0
    low, high = (metric.low, metric.high) if metric.low is not None and metric.high is not None else (value, value)
    start, span = x + 6, width - 12
    return [
        _tag("line", class_="grid", x1=start, x2=start + span, y1=y, y2=y),
        _tag("line", class_="interval", x1=start + low * span, x2=start + high * span, y1=y, y2=y),
        _dot(start + value * span, y, 5, f"{label(metric.name)}, {value:.3f} ({low:.3f} to {high:.3f})"),
    ]


def _dot(x: float, y: float, radius: float, title: str) -> Markup:
    return _tag("circle", _tag("title", title), class_="dot", cx=x, cy=y, r=radius)


def _picture(width: float, height: float, summary: str, shapes: Sequence[Markup]) -> Markup:
    return _tag("svg", Markup("").join(shapes), viewBox=f"0 0 {width} {height}", role="img", aria_label=summary)


def _tag(name: str, content: str = "", **attributes: str | float) -> Markup:
    """An SVG element; ``class_`` and ``aria_label`` stand for class and aria-label, numbers keep one decimal.

    >>> _tag("text", "a < b", class_="end", x=1.25)
    Markup('<text class="end" x="1.2">a &lt; b</text>')
    """
    pairs = Markup("").join(
        Markup(' {}="{}"').format(
            key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else f"{value:.1f}"
        )
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, pairs, content)


def _round_up(value: float) -> float:
    """The next of 1, 2, 2.5, 5 times a power of ten: a scale's end that divides well.

    >>> _round_up(7.3), _round_up(23), _round_up(0.04)
    (10.0, 25.0, 0.05)
    """
    step = 1e-6
    while True:
        for factor in (1.0, 2.0, 2.5, 5.0):
            if value <= factor * step * (1 + 1e-9):
                return round(factor * step, 6)
        step *= 10


def _ticks(most: float) -> list[float]:
    """Five or six places from 0 to the scale's end.

    >>> _ticks(2.0), _ticks(25.0)
    ([0.0, 0.5, 1.0, 1.5, 2.0], [0.0, 5.0, 10.0, 15.0, 20.0, 25.0])
    """
    parts = 4 if f"{most:e}".startswith("2.0") else 5
    return [most * number / parts for number in range(parts + 1)]


def _tick(value: float, unit: str) -> str:
    return f"{value * 100:.4g} %" if unit == "%" else f"{value:.4g}"

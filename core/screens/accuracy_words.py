"""How good forecasts were, in words and cells: one place for the measures of both kinds.

Nothing is scored here; errors are told beside the baseline, never alone.
"""

from collections.abc import Callable, Sequence
from math import isfinite

from core.charts.numbers import GAP, NARROW, count, points, ratio, relative, share
from core.forecasting.assessment import Assessment, AssessmentSource, MethodAssessment
from core.forecasting.by_lead import LeadScore
from core.forecasting.drift import DriftReport, DriftState
from core.forecasting.forecast import Scores, SeriesKind
from core.forecasting.methods import BASELINE
from core.screens.forecast_page import method_words

STATES = {
    DriftState.RETRAIN: "retrain",
    DriftState.WATCH: "retrained, watching",
    DriftState.SOUND: "holds",
    DriftState.UNKNOWN: "too early to tell",
}
"""How a series stands, as the page says it."""
MEASURES = {SeriesKind.ANSWER_RATE: "Error, points", SeriesKind.VOLUME: "Error (WAPE)"}
ALL_WELL = "Nothing is off beyond chance."
TOO_EARLY = "Too few open hours since it was stored."


def error_text(value: float | None, kind: SeriesKind) -> str:
    """Return an error in the measure of its kind.

    Examples
    --------
    >>> error_text(0.0345, SeriesKind.ANSWER_RATE), error_text(None, SeriesKind.VOLUME)
    ('3.5 points', '–')
    """
    if value is None or not isfinite(value):
        return GAP
    if kind is SeriesKind.ANSWER_RATE:
        return points(value).removeprefix("+")
    return share(value)


def bias_text(value: float | None, kind: SeriesKind) -> str:
    """Return a bias in the measure of its kind, signed."""
    return points(value) if kind is SeriesKind.ANSWER_RATE else relative(value)


def score_rows(
    assessment: Assessment,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return headings and cells of a table of measures, a column for each method."""
    kind = assessment.kind
    scored = [each.scores for each in assessment.methods]
    headings = ("Measure", *(_column(each, kind) for each in scored))
    level = f"{assessment.level * 100:g}{NARROW}%"
    lines: Sequence[tuple[str, Callable[[Scores], str]]] = (
        (MEASURES[kind], lambda each: error_text(each.error, kind)),
        ("Of the baseline's", lambda each: _of_baseline(each, assessment)),
        ("MASE", lambda each: ratio(each.mase)),
        ("Bias", lambda each: bias_text(each.bias, kind)),
        (f"{level} band held", lambda each: share(each.coverage)),
        ("Interval score", lambda each: ratio(each.interval_score)),
        ("Noise floor", lambda each: error_text(each.noise_floor, kind)),
    )
    rows = tuple((label, *(cell(each) for each in scored)) for label, cell in lines)
    return headings, tuple(row for row in rows if any(cell != GAP for cell in row[1:]))


def against_baseline(assessment: Assessment, method: str) -> str:
    """Return how a method did beside the baseline, in a clause; empty where neither tells."""
    own, baseline = assessment.of(method), assessment.of(BASELINE)
    if own is None or own.scores.error is None:
        return ""
    told = f"off by {error_text(own.scores.error, assessment.kind)}"
    if method == BASELINE or baseline is None or not baseline.scores.error:
        return told
    return f"{told}, {ratio(own.scores.error / baseline.scores.error)} of the baseline's error"


def source_words(assessment: Assessment) -> str:
    """Return what the numbers count, and that no model had seen those hours."""
    if not assessment.methods:
        return ""
    scores = assessment.methods[0].scores
    noun = "forecast" if scores.cutoffs == 1 else "forecasts"
    what = (
        f"From {count(scores.cutoffs)} stored {noun}, each on the hours that came after it was"
        f" stored: {count(scores.hours)} in all."
        if assessment.source is AssessmentSource.STORED
        else f"From {count(scores.cutoffs)} past cutoffs, {count(scores.hours)} hours; at each the"
        " method saw only what came before, and its band the errors known then."
    )
    measure = (
        "Error: mean absolute error, weighted by calls offered."
        if assessment.kind is SeriesKind.ANSWER_RATE
        else "WAPE: absolute errors over contacts that came, closed hours as 0."
    )
    return f"{what} {measure} Baseline: same hour of last week."


def lead_label(lead: LeadScore) -> str:
    """Return some lead times in words.

    Examples
    --------
    >>> lead_label(LeadScore(1, 3, None, None, None, 3))
    '1–3 h'
    >>> lead_label(LeadScore(25, 48, None, None, None, 24))
    'day 2'
    """
    length = lead.last - lead.first + 1
    if lead.first % 24 == 1 and length == 24 and lead.last > 24:
        return f"day {lead.last // 24}"
    if lead.first == 1 and lead.last == 24:
        return "day 1"
    return f"{lead.first}–{lead.last} h"


def why(report: DriftReport) -> str:
    """Return the heaviest reason of a drift report, or why there is none."""
    if report.reasons:
        return report.reasons[0]
    return TOO_EARLY if report.state is DriftState.UNKNOWN else ALL_WELL


def own_of(assessment: Assessment) -> MethodAssessment | None:
    """Return the first method that is not the baseline, or the baseline where it is alone."""
    others = (each for each in assessment.methods if each.scores.method != BASELINE)
    return next(others, next(iter(assessment.methods), None))


def _column(scores: Scores, kind: SeriesKind) -> str:
    name = method_words(kind, scores.method)
    return f"{name}, baseline" if scores.method == BASELINE else name


def _of_baseline(scores: Scores, assessment: Assessment) -> str:
    baseline = assessment.of(BASELINE)
    if baseline is None or not baseline.scores.error or scores.error is None:
        return GAP
    return ratio(scores.error / baseline.scores.error)

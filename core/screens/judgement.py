"""How good a stored forecast is, what its reader should know, and how it was made: in words.

Every number is of past cutoffs, at which the method saw only what came before; it stands beside
the seasonal-naive baseline. Nothing is scored here.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.numbers import GAP, NARROW, count, points, ratio, relative, share
from core.charts.timeline import spans_of
from core.charts.times import clock_span, day, day_time, hour_span
from core.exports.json_values import json_value
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.methods import AUTO, BASELINE
from core.screens.forecast_page import method_words

MOST_NAMED = 3
CHANCE = 3.0
"""Standard errors that coverage may lie off its claim by chance. Hours of a day resemble each
other, so that two would call many a sound band wrong."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How good a forecast's method was so far.

    Parameters
    ----------
    headings : tuple of str
        Of a table: first the measure, then a column for each method.
    rows : tuple of tuple of str
        Its cells; without any there was nothing to compare.
    against_baseline : str
        In a sentence.
    source : str
        What the numbers count.
    coverage_off : str
        The band's coverage where it is outside what chance allows; empty where it is not.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    against_baseline: str
    source: str
    coverage_off: str = ""


def judgement_of(forecast: Forecast) -> Judgement:
    """Return how good the method of a forecast was, beside the others that were tried with it."""
    scored = [each for each in forecast.scores if each.error is not None]
    names = [_column(each, forecast) for each in scored]
    if not scored:
        return Judgement(
            ("Measure",), (), "", "The history is too short to look back: there is no measure."
        )
    rate = forecast.kind is SeriesKind.ANSWER_RATE
    level = f"{forecast.level * 100:g}{NARROW}%"
    lines: Sequence[tuple[str, Callable[[Scores], str]]] = (
        ("Error, points" if rate else "Error (WAPE)", lambda each: _error(each.error, rate)),
        ("Bias, points" if rate else "Bias", lambda each: _bias(each.bias, rate)),
        (f"{level} band held", lambda each: share(each.coverage)),
    )
    rows = tuple((label, *(cell(each) for each in scored)) for label, cell in lines)
    return Judgement(
        ("Measure", *names), rows, _against(forecast), _source(scored[0], forecast), _off(forecast)
    )


def known_of(forecast: Forecast, history: pd.DataFrame, zone: ZoneInfo) -> tuple[str, ...]:
    """Return what the reader of a forecast should know, in sentences.

    Parameters
    ----------
    forecast : Forecast
        Its own warnings come first.
    history : DataFrame
        Tidy, as it is known now; names the hours that are missing.
    zone : ZoneInfo
        The centre's.
    """
    missing = history.loc[history["status"] == "missing", "ds"]
    missing = missing[missing >= pd.Timestamp(forecast.history_start)]
    spans = spans_of(missing)
    named = [f"{day(start, zone)}, {clock_span(start, end, zone)}" for start, end in spans]
    more = len(named) - MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    told = [*forecast.warnings]
    if named:
        told.append(
            f"Missing at the tenant, which is not zero: {'; '.join(named[-MOST_NAMED:])}{rest}."
        )
    if forecast.kind is SeriesKind.ANSWER_RATE:
        told.append("An hour counts in the error by the calls offered in it: few say little.")
        told.append("Closed hours are learned from the history; they have no rate.")
    else:
        told.append("Closed hours are learned from the history; no calendar is read.")
    return tuple(told)


def made_of(forecast: Forecast, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    """Return how a forecast was made: what, and its value, as texts."""
    hours = forecast.history_hours
    return (
        ("Method", method_words(forecast.kind, forecast.method)),
        ("Asked for", forecast.requested_method),
        ("Why this method", forecast.reason or "it was asked for by name"),
        ("Parameters", _pairs(forecast.parameters)),
        ("Band", forecast.band or "none"),
        (
            "Last hour seen (cutoff)",
            f"{day(forecast.cutoff, zone)}, {hour_span(forecast.cutoff, zone)}",
        ),
        (
            "Learned from",
            f"{day(forecast.history_start, zone)} on: {count(hours.get('open', 0))} open,"
            f" {count(hours.get('closed', 0))} closed, {count(hours.get('missing', 0))} missing"
            " hours",
        ),
        ("Made", day_time(forecast.made_at, zone)),
        ("Seed", GAP if forecast.seed is None else str(forecast.seed)),
        ("Versions", _pairs(forecast.versions)),
        ("Forecast", forecast.forecast_id),
    )


def model_words(forecast: Forecast) -> str:
    """Return the model of a provenance line: the method, and whether `auto` chose it."""
    name = method_words(forecast.kind, forecast.method)
    return f"{name} (auto)" if forecast.requested_method == AUTO else name


def parts_note(forecast: Forecast) -> str:
    """Return which method took the series apart, where it is not the forecast's own."""
    lender = forecast.parameters.get("components_of")
    return f"taken apart by {method_words(forecast.kind, str(lender))}" if lender else ""


def _column(scores: Scores, forecast: Forecast) -> str:
    name = method_words(forecast.kind, scores.method)
    return f"{name}, baseline" if scores.method == BASELINE else name


def _error(value: float | None, rate: bool) -> str:
    return points(value).removeprefix("+").removesuffix(" points") if rate else share(value)


def _bias(value: float | None, rate: bool) -> str:
    return points(value).removesuffix(" points") if rate else relative(value)


def _against(forecast: Forecast) -> str:
    own, baseline = forecast.scores_of(forecast.method), forecast.scores_of(BASELINE)
    if own is None or baseline is None or not own.error or not baseline.error:
        return ""
    if own.method != BASELINE:
        return f"Its error is {ratio(own.error / baseline.error)} of the baseline's."
    rivals = [each for each in forecast.scores if each.method != BASELINE and each.error]
    told = "; ".join(
        f"the error of {method_words(forecast.kind, each.method)} was"
        f" {ratio((each.error or 0.0) / baseline.error)} of it"
        for each in rivals
    )
    return f"It is the baseline itself{': ' if told else ''}{told}."


def _source(scores: Scores, forecast: Forecast) -> str:
    noun = "cutoff" if scores.cutoffs == 1 else "cutoffs"
    what = (
        "Error: mean absolute error, weighted by calls offered."
        if forecast.kind is SeriesKind.ANSWER_RATE
        else "WAPE: absolute errors over contacts that came, closed hours as 0."
    )
    return (
        f"From {count(scores.cutoffs)} past {noun}, {count(scores.hours)} hours; at each the"
        f" method saw only what came before. {what} Baseline: same hour of last week."
    )


def _off(forecast: Forecast) -> str:
    own = forecast.scores_of(forecast.method)
    if own is None or own.coverage is None or not own.hours:
        return ""
    allowed = CHANCE * sqrt(forecast.level * (1 - forecast.level) / own.hours)
    if abs(own.coverage - forecast.level) <= allowed:
        return ""
    how = "narrow" if own.coverage < forecast.level else "wide"
    return f"band too {how}: held {share(own.coverage)}, claims {share(forecast.level, 0)}"


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {value if isinstance(value, str) else json.dumps(value)}"
        for name, value in json_value(values).items()
    )

"""Why a window of a forecast is as high as it is: from the level to the forecast, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import pandas as pd

from core.charts.numbers import count, share
from core.charts.picture import Look, Picture
from core.charts.waterfall import WaterfallStep, step_text, waterfall_chart
from core.forecasting.contributions import (
    CALENDAR,
    REMAINDER,
    contributions,
    rate_contributions,
    rate_of,
    with_calendar,
)
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.methods import BASELINE
from core.history.centre import Centre
from core.screens.forecast_page import TUTORIAL, method_words
from core.screens.judgement import parts_note
from core.screens.waterfall_windows import BUSIEST, no_windows, when, windows_of

NAMES: Mapping[str, str] = {
    "trend": "level",
    "yearly": "season of the year",
    "weekly": "weekday",
    "daily": "hour of day",
    CALENDAR: "calendar",
    REMAINDER: "all else",
}
"""Components in the order of the steps, as the picture calls them."""
ARTICLED = ("season of the year", "weekday", "hour of day", "calendar")
LEAST = {SeriesKind.ANSWER_RATE: 0.0005, SeriesKind.VOLUME: 0.5}
"""A calendar or a rest that rounds to nothing is no step."""


@dataclass(frozen=True)
class Explained:
    """The hours ahead of a forecast, ready to be taken apart window by window.

    Parameters
    ----------
    forecast : Forecast
        As stored.
    centre : Centre
        Clock and calendar.
    ahead : DataFrame
        Its rows still ahead and open.
    planned : DataFrame
        The same hours as people adjusted them; the same rows where nobody did.
    windows : mapping of str to str
        What may be chosen: address to words, the busiest first.
    spans : mapping of str to (datetime, datetime)
        Start of the first hour and end of the last one of each window.
    """

    forecast: Forecast
    centre: Centre
    ahead: pd.DataFrame
    planned: pd.DataFrame
    windows: Mapping[str, str]
    spans: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """What the section shows.

    Parameters
    ----------
    title, note : str
        What stands out, and who says so.
    sentence : str
        What a step means that its name does not say; empty where all do.
    picture : Picture
        The steps.
    """

    title: str
    note: str
    sentence: str
    picture: Picture


def explained_of(
    forecast: Forecast, ahead: pd.DataFrame, planned: pd.DataFrame, centre: Centre, look: Look
) -> Explained:
    """Return the hours ahead of a forecast, with the windows that may be chosen.

    Parameters
    ----------
    forecast : Forecast
        As stored.
    ahead : DataFrame
        Its rows still ahead; closed hours are left out here.
    planned : DataFrame
        All its rows as people adjusted them.
    centre : Centre
        Clock and calendar.
    look : Look
        Zone, palette, now.
    """
    is_open = (ahead["yhat"] > 0) if forecast.kind is SeriesKind.VOLUME else ahead["yhat"].notna()
    rows = ahead[is_open].reset_index(drop=True)
    laid = planned[planned["ds"].isin(rows["ds"])].reset_index(drop=True)
    if rows.empty:
        return Explained(forecast, centre, rows, laid, no_windows(forecast.kind))
    windows, spans = windows_of(forecast.kind, rows, look)
    return Explained(forecast, centre, rows, laid, windows, spans)


def waterfall_of(explained: Explained | None, chosen: str | None, look: Look) -> Waterfall | None:
    """Return the steps of the chosen window.

    None where nothing is ahead, or the method does not take the series apart: the section of the
    components says so.
    """
    if explained is None or not explained.spans:
        return None
    span = explained.spans.get(chosen or BUSIEST, explained.spans[BUSIEST])
    kind, named = explained.forecast.kind, when(span, look)
    parts = _parts(explained, span)
    if not parts:
        return None
    steps = _steps(explained, parts, span)
    unit = _unit(kind)
    subject = "The answer rate" if unit == "share" else "The contacts"
    return Waterfall(
        _title(named, steps, kind),
        parts_note(explained.forecast),
        _sentence(explained, parts),
        waterfall_chart(steps, unit, f"{subject} of {named}", look),
    )


def _within(rows: pd.DataFrame, span: tuple[datetime, datetime]) -> pd.DataFrame:
    return rows[(rows["ds"] >= span[0]) & (rows["ds"] < span[1])]


def _parts(explained: Explained, span: tuple[datetime, datetime]) -> Mapping[str, float]:
    forecast, rows = explained.forecast, _within(explained.ahead, span)
    if forecast.kind is SeriesKind.ANSWER_RATE:
        return rate_contributions(forecast.components, rows, explained.centre)
    components = forecast.components
    # What is not open counts as nothing, whatever a method says of it.
    components = components[components["ds"].isin(rows["ds"])]
    if components.empty or "trend" not in components:
        return {}
    if forecast.method not in (BASELINE, TUTORIAL):
        components = with_calendar(components, explained.centre)
    parts = dict(contributions(components, span))
    known = sum(value for name, value in parts.items() if name in NAMES and name != REMAINDER)
    return parts | {REMAINDER: float(rows["yhat"].sum()) - known}


def _steps(
    explained: Explained, parts: Mapping[str, float], span: tuple[datetime, datetime]
) -> list[WaterfallStep]:
    kind = explained.forecast.kind
    steps = [WaterfallStep(NAMES["trend"], parts["trend"], "sum")]
    for name, words in list(NAMES.items())[1:]:
        value = parts.get(name)
        if value is None or (name in (CALENDAR, REMAINDER) and abs(value) < LEAST[kind]):
            continue
        if name == CALENDAR:
            steps.append(WaterfallStep(_calendar_words(explained, span), value, "calendar"))
        else:
            steps.append(WaterfallStep(words, value))
    own, laid = (_total(kind, _within(each, span)) for each in (explained.ahead, explained.planned))
    steps.append(WaterfallStep("forecast", own, "sum"))
    if abs(laid - own) >= LEAST[kind]:
        steps.append(WaterfallStep("adjusted by hand", laid - own, "by hand"))
        steps.append(WaterfallStep("planned with", laid, "sum"))
    return steps


def _unit(kind: SeriesKind) -> Literal["share", "count"]:
    return "share" if kind is SeriesKind.ANSWER_RATE else "count"


def _total(kind: SeriesKind, rows: pd.DataFrame) -> float:
    return rate_of(rows) if kind is SeriesKind.ANSWER_RATE else float(rows["yhat"].sum())


def _calendar_words(explained: Explained, span: tuple[datetime, datetime]) -> str:
    hours = pd.DatetimeIndex(_within(explained.ahead, span)["ds"])
    named = dict.fromkeys(name for name in explained.centre.day_names(hours) if name)
    return ", ".join(named) or NAMES[CALENDAR]


def _title(named: str, steps: list[WaterfallStep], kind: SeriesKind) -> str:
    unit, total = _unit(kind), steps[-1].value
    has = f"is at {share(total)}" if unit == "share" else f"has {count(total)} contacts"
    moves = [step for step in steps if step.kind != "sum"]
    most = max(moves, key=lambda step: abs(step.value), default=None)
    text = step_text(most, unit) if most else ""
    if most is None or text[0] not in "+−":
        return f"Why {named} {has}: it is the level"
    name = f"the {most.name}" if most.name in ARTICLED else most.name
    return f"Why {named} {has}: {name} {'adds' if text[0] == '+' else 'takes'} {text[1:]}"


def _sentence(explained: Explained, parts: Mapping[str, float]) -> str:
    kind = explained.forecast.kind
    told = []
    if kind is SeriesKind.ANSWER_RATE:
        told.append("Level and shapes are the latest that were seen.")
    if abs(parts.get(REMAINDER, 0.0)) >= LEAST[kind]:
        name = method_words(kind, explained.forecast.method)
        told.append(f"All else: what {name} adds to level and shapes.")
    return " ".join(told)

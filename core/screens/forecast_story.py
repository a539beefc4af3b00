"""What the reader of a stored forecast should know, and how it was made: in words."""

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.numbers import GAP, count
from core.charts.timeline import spans_of
from core.charts.times import clock_span, day, day_time, hour_span
from core.exports.json_values import json_value
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.noise import NOTHING_TO_WIN
from core.screens.forecast_page import method_words

MOST_NAMED = 3


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
    # The noise floor stands beside the error, with its numbers.
    told = [each for each in forecast.warnings if not each.startswith(NOTHING_TO_WIN)]
    if named:
        told.append(
            f"Missing at the tenant, which is not zero: {'; '.join(named[-MOST_NAMED:])}{rest}."
        )
    if forecast.kind is SeriesKind.ANSWER_RATE:
        told.append("An hour counts in the error by the calls offered in it: few say little.")
    told.append(_calendar(forecast))
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


def _calendar(forecast: Forecast) -> str:
    """Return which calendar a forecast went by, and what it does to closed hours."""
    used = forecast.parameters
    closed = "have no rate" if forecast.kind is SeriesKind.ANSWER_RATE else "count 0"
    if "opening_hours" not in used:
        return f"Closed hours are learned from the history; they {closed}."
    country, days = str(used.get("country") or ""), int(used.get("own_days") or 0)
    holidays = f"public holidays of {country}" if country else "no country's holidays"
    own_days = f"{count(days) if days else 'no'} {'day' if days == 1 else 'days'} of your own"
    opening = str(used["opening_hours"])
    hours = "learned from the history" if opening == "learned" else f"told ({opening})"
    return f"Calendar: {holidays}, {own_days}; opening hours {hours}. Closed hours {closed}."


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} {value if isinstance(value, str) else json.dumps(value)}"
        for name, value in json_value(values).items()
    )

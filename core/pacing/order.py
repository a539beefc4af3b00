"""What a recommendation is asked for with, and the forecast and schedule put hour by hour."""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

import pandas as pd

from core.documents import JsonObject
from core.errors import DataError, UsageError
from core.frames import CAPACITY, FORECAST_ROWS
from core.pacing.forecast_source import ForecastSource
from core.pacing.guardrails import Guardrails
from core.pacing.max_offers import MaxOffers
from core.pacing.observed import Observed
from core.pacing.timing import DialTiming
from core.pacing.wording import hour_text


class TenantFields(StrEnum):
    """Which fields of a campaign steer its pacing."""

    PLATFORM = "platform"
    """``maxCallsPerAgent`` and ``abandonRate``, the latter in per cent."""
    TUTORIAL = "tutorial"
    """``predictive.answerRate``, ``predictive.dropRate`` and ``predictive.maxAttempts``."""


@dataclass(frozen=True, slots=True)
class PacingOrder:
    """What a recommendation is asked for with.

    Parameters
    ----------
    policy : str
        One of `core.pacing.recommend.POLICIES`.
    campaign_id : str
        The campaign, or empty where only files are at hand.
    generated_at : datetime
        Aware.
    max_offers : MaxOffers
        Unit: calls an hour.
    guardrails : Guardrails
        The limits in force.
    timing : DialTiming or None
        How long calls hold agents and lines; None where nobody told.
    observed : Observed or None
        What the campaign has done so far; None where nobody knows.
    is_watched : bool
        Whether the plan is made anew after each interval; it never is where nothing is observed.
    starts_at : datetime or None
        Hours that are over by then are left out; None to take every hour of the forecast.
    zone : tzinfo
        Whose midnight divides days.
    current : JsonObject or None
        The campaign's document, for the fields that are kept; None where only files are at hand.
    fields : TenantFields
        Which fields of the campaign steer it.
    """

    policy: str
    campaign_id: str
    generated_at: datetime
    max_offers: MaxOffers
    guardrails: Guardrails = field(default_factory=Guardrails)
    timing: DialTiming | None = None
    observed: Observed | None = None
    is_watched: bool = True
    starts_at: datetime | None = None
    zone: tzinfo = UTC
    current: JsonObject | None = None
    fields: TenantFields = TenantFields.PLATFORM


@dataclass(frozen=True, slots=True)
class ForecastHour:
    """An hour of an answer-rate forecast, with the agents that the schedule has for it.

    Parameters
    ----------
    ds : datetime
        Its start, aware.
    rate, lower, upper : float or None
        The forecast and the band of the observed share; a bound is None where there is none.
    probability_upper : float or None
        Upper bound of the probability itself; None where the forecast does not tell it.
    agents : float or None
        Scheduled; None where the schedule says nothing.
    """

    ds: datetime
    rate: float
    lower: float | None
    upper: float | None
    probability_upper: float | None
    agents: float | None


def hours_with_agents(forecast: ForecastSource, capacity: pd.DataFrame) -> tuple[ForecastHour, ...]:
    """Return the hours of a forecast, sorted, with the agents of each.

    Parameters
    ----------
    forecast : ForecastSource
        Of an answer rate.
    capacity : DataFrame
        See `core.frames.CAPACITY`.

    Returns
    -------
    tuple of ForecastHour
        At least one.

    Raises
    ------
    UsageError
        If the forecast is of another kind.
    DataError
        If it has no hour, one twice, or a rate outside 0 to 1.
    FrameContractBroken
        If a frame lacks a column.
    """
    if forecast.kind != "answer-rate":
        raise UsageError(
            f"The forecast of {forecast.series_name} is of kind {forecast.kind}.",
            "Pacing is planned from a forecast of an answer rate.",
        )
    rows = FORECAST_ROWS.check(forecast.rows)
    told = CAPACITY.check(capacity)
    agents = dict(zip(_times(told), told["agents"].tolist(), strict=True))
    columns = [_numbers(rows, name) for name in NUMBERS]
    hours = [
        ForecastHour(start, rate or 0.0, lower, upper, high, agents.get(start))
        for start, rate, lower, upper, high in zip(_times(rows), *columns, strict=True)
    ]
    hours.sort(key=lambda hour: hour.ds)
    _refuse_impossible(hours, forecast.series_name)
    return tuple(hours)


NUMBERS = ("yhat", "yhat_lower", "yhat_upper", "probability_upper")


def _times(frame: pd.DataFrame) -> list[datetime]:
    return [start.to_pydatetime() for start in frame["ds"].tolist()]


def _numbers(rows: pd.DataFrame, name: str) -> list[float | None]:
    """Return a column with None for NaN; all None where the forecast has no such column."""
    if name not in rows.columns:
        return [None] * len(rows)
    return [None if math.isnan(number) else number for number in rows[name].tolist()]


def _refuse_impossible(hours: list[ForecastHour], series_name: str) -> None:
    if not hours:
        raise DataError(f"The forecast of {series_name} has no hour.", "Make a new forecast.")
    before = None
    for hour in hours:
        if not 0 <= hour.rate <= 1 or hour.ds == before:
            raise DataError(
                f"The forecast has {hour.rate:g} for {hour_text(hour.ds)}, which is not one"
                " answer rate between 0 and 1.",
                "Give a forecast of one answer rate.",
            )
        before = hour.ds

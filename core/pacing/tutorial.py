"""Policy ``tutorial``: the published tutorial's formula, exactly, and what must be said about it.

One answer rate and one drop rate for all hours of the forecast. The formula plans with rates
between 10 % and 95 %, counts an hour without a schedule as no agents, and may aim at an abandon
rate of up to 9.5 %: it is reproduced here as published. Nothing here judges it (that is for
`core.pacing.limits`) and nothing here sends anything. Where the schedule is silent on every hour
there is nothing to compute from: unknown is not zero, and no field is offered for sending.
"""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

import pandas as pd

from core.documents import ABSENT, JsonObject, value_at
from core.errors import DataError, UsageError
from core.frames import CAPACITY, FORECAST_ROWS
from core.pacing.forecast_source import ForecastSource
from core.pacing.max_offers import MaxOffers
from core.pacing.recommendation import PacingHour, PacingLimits, Recommendation
from core.pacing.wording import hour_text, share_text

POLICIES = ("tutorial",)
"""The policies that can be asked for."""

RATE_FLOOR = 0.1
RATE_CEILING = 0.95
USABLE_SHARE = 0.8
"""The part of the agents' capacity that the formula plans with."""
DROP_SHARE = 0.1
"""Abandon target over safe rate."""
ATTEMPTS_WHERE_ABSENT = 3


def safe_rates(
    predicted: "pd.Series[float]", agents: "pd.Series[float]", max_offers_per_hour: float
) -> "pd.Series[float]":
    """Return the rate that the tutorial plans with in each hour.

    Parameters
    ----------
    predicted : Series of float, shape (n_hours,)
        Forecast answer rate. Unit: share.
    agents : Series of float, shape (n_hours,)
        Agents scheduled, 0 where the schedule says nothing.
    max_offers_per_hour : float
        Unit: calls.

    Returns
    -------
    Series of float, shape (n_hours,)
        ``clip(min(predicted, agents / max_offers_per_hour * 0.8), 0.1, 0.95)``. Unit: share.

    Examples
    --------
    >>> predicted = pd.Series([0.3, 0.3, 0.05, 0.99])
    >>> safe_rates(predicted, pd.Series([900.0, 250.0, 900.0, 2000.0]), 1000.0).tolist()
    [0.3, 0.2, 0.1, 0.95]
    """
    usable = usable_rates(agents, max_offers_per_hour)
    return predicted.where(predicted <= usable, usable).clip(RATE_FLOOR, RATE_CEILING)


def usable_rates(agents: "pd.Series[float]", max_offers_per_hour: float) -> "pd.Series[float]":
    """Return the rate that the agents of each hour allow for, by the tutorial."""
    return agents / max_offers_per_hour * USABLE_SHARE


def recommend_pacing(
    forecast: ForecastSource,
    capacity: pd.DataFrame,
    *,
    policy: str,
    campaign_id: str,
    current: JsonObject | None,
    max_offers: MaxOffers,
    abandon_cap: float,
    generated_at: datetime,
) -> Recommendation:
    """Return what the policy would set on a campaign, hour by hour with what limits it.

    Parameters
    ----------
    forecast : ForecastSource
        Of an answer rate.
    capacity : DataFrame
        See `core.frames.CAPACITY`. No row at all, or none for any hour of the forecast: the
        capacity is unknown, `push` is empty and `capacity_known` is False.
    policy : str
        One of `POLICIES`.
    campaign_id : str
        The campaign, or empty where only files are at hand.
    current : JsonObject or None
        The campaign's document, for the fields that are kept; None where only files are at hand.
    max_offers : MaxOffers
        Unit: calls an hour.
    abandon_cap : float
        Highest abandon rate that a proposal may aim at, recorded and not applied. Unit: share.
    generated_at : datetime
        Aware.

    Returns
    -------
    Recommendation
        `push` holds only what the policy sets: ``predictive.answerRate``,
        ``predictive.dropRate`` and ``predictive.maxAttempts`` (the campaign's own, 3 where it
        has none).

    Raises
    ------
    UsageError
        If the policy does not exist or the forecast is of another kind.
    DataError
        If the forecast has no hour, or a rate outside 0 to 1.
    FrameContractBroken
        If a frame lacks a column.
    """
    _refuse_unknown(policy)
    hours = _with_agents(_checked_rows(forecast), capacity)
    capacity_known = bool(hours["agents"].notna().any())
    counted = hours["agents"].fillna(0.0)
    hours["usable"] = usable_rates(counted, max_offers.value)
    hours["safe"] = safe_rates(hours["yhat"], counted, max_offers.value)
    return Recommendation(
        policy=policy,
        campaign_id=campaign_id,
        generated_at=generated_at,
        limits=PacingLimits(
            max_offers.value, max_offers.origin, abandon_cap, RATE_FLOOR, RATE_CEILING
        ),
        hours=tuple(_pacing_hour(row, capacity_known) for row in hours.to_dict("records")),
        push=_push(hours["safe"], current or {}) if capacity_known else {},
        forecast_id=forecast.forecast_id,
        forecast_method=forecast.method,
        forecast_cutoff=forecast.cutoff,
        forecast_made_at=forecast.made_at,
        capacity_known=capacity_known,
        warnings=(*forecast.warnings, *_warnings(hours, capacity_known)),
    )


def _refuse_unknown(policy: str) -> None:
    if policy not in POLICIES:
        raise UsageError(
            f'There is no pacing policy "{policy}".', f"Choose one of: {', '.join(POLICIES)}."
        )


def _checked_rows(forecast: ForecastSource) -> pd.DataFrame:
    if forecast.kind != "answer-rate":
        raise UsageError(
            f"The forecast of {forecast.series_name} is of kind {forecast.kind}.",
            "Pacing is planned from a forecast of an answer rate.",
        )
    rows = FORECAST_ROWS.check(forecast.rows).sort_values("ds", ignore_index=True)
    if rows.empty:
        raise DataError(
            f"The forecast of {forecast.series_name} has no hour.", "Make a new forecast."
        )
    outside = rows[~rows["yhat"].between(0.0, 1.0) | rows["ds"].duplicated()]
    if not outside.empty:
        first = outside.iloc[0]
        raise DataError(
            f"The forecast has {first['yhat']:g} for {hour_text(first['ds'])}, which is not one"
            " answer rate between 0 and 1.",
            "Give a forecast of one answer rate.",
        )
    return rows


def _with_agents(rows: pd.DataFrame, capacity: pd.DataFrame) -> pd.DataFrame:
    by_hour = CAPACITY.check(capacity).set_index("ds")["agents"].astype("float64")
    agents = by_hour.reindex(pd.DatetimeIndex(rows["ds"]))
    return rows[["ds", "yhat", "yhat_lower", "yhat_upper"]].assign(agents=agents.to_numpy())


def _push(safe: "pd.Series[float]", current: JsonObject) -> JsonObject:
    attempts = value_at(current, "predictive.maxAttempts")
    return {
        "predictive": {
            "answerRate": round(float(safe.mean()), 4),
            "dropRate": round(float(safe.max()) * DROP_SHARE, 4),
            "maxAttempts": ATTEMPTS_WHERE_ABSENT if attempts is ABSENT else attempts,
        }
    }


def _pacing_hour(row: "dict[Hashable, Any]", capacity_known: bool) -> PacingHour:
    return PacingHour(
        ds=row["ds"].to_pydatetime(),
        agents=_or_none(row["agents"]),
        answer_rate=float(row["yhat"]),
        answer_rate_lower=_or_none(row["yhat_lower"]),
        answer_rate_upper=_or_none(row["yhat_upper"]),
        safe_rate=float(row["safe"]),
        abandon_target=round(float(row["safe"]) * DROP_SHARE, 4),
        binding_limit=_binding_limit(row["yhat"], row["usable"])
        if capacity_known
        else "capacity unknown",
    )


def _or_none(number: float) -> float | None:
    return None if pd.isna(number) else float(number)


def _binding_limit(predicted: float, usable: float) -> str:
    if min(predicted, usable) < RATE_FLOOR:
        return f"floor {share_text(RATE_FLOOR)}"
    if min(predicted, usable) > RATE_CEILING:
        return f"ceiling {share_text(RATE_CEILING)}"
    return "forecast answer rate" if predicted <= usable else "agents scheduled"


def _warnings(hours: pd.DataFrame, capacity_known: bool) -> list[str]:
    if not capacity_known:
        return [
            "Capacity is unknown, not zero: the schedule has no entry for any of the"
            f" {len(hours)} hours from {hour_text(hours['ds'].min())}. Nothing can be proposed"
            " until agents are scheduled."
        ]
    told = []
    silent = hours[hours["agents"].isna()]
    if not silent.empty:
        told.append(
            f"The schedule has no entry for {len(silent)} of {len(hours)} hours, the first"
            f" {hour_text(silent['ds'].min())}; policy tutorial counts them as no agents."
        )
    if (hours["usable"] <= RATE_FLOOR).all():
        told.append(
            f"With so few agents for so many calls every hour is at the floor of"
            f" {share_text(RATE_FLOOR)}: what is recommended does not depend on the forecast."
        )
    return told

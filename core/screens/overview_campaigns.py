"""Campaigns on the first page: today's answers, the next open hour, and where the best one lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pandas as pd

from core.charts.numbers import GAP, share, share_band
from core.charts.picture import Look
from core.charts.timeline import day_start
from core.charts.times import day as day_name
from core.charts.times import duration, hour_span
from core.forecasting.forecast import Forecast, SeriesKind
from core.screens.context import Context
from core.screens.forecast_basis import day_words, still_ahead

WEEK = timedelta(days=7)
SOON = timedelta(hours=4)
CAMPAIGN_COLUMNS = ("name", "line", "today", "hour", "expected", "age")


@dataclass(frozen=True, slots=True)
class CampaignDay:
    """A campaign's day.

    Parameters
    ----------
    campaign_id, name : str
        The campaign.
    rates : tuple of float
        Answer rates of today's hours, shares.
    rate : float or None
        Of the day so far: answered over offered. None where nothing was offered.
    forecast : Forecast or None
        Its newest.
    open_ahead : DataFrame
        Rows of the forecast that are ahead and in which calls were placed a week before.
    """

    campaign_id: str
    name: str
    rates: tuple[float, ...]
    rate: float | None
    forecast: Forecast | None
    open_ahead: pd.DataFrame


@dataclass(frozen=True, slots=True)
class BestHour:
    """The hour and the campaign with the highest answer rate ahead."""

    campaign_id: str
    name: str
    rate: str
    hour: str
    band: str


def read_campaigns(
    context: Context, names: Mapping[str, str], latest: Mapping[str, Forecast], look: Look
) -> tuple[CampaignDay, ...]:
    """Return the campaigns' day from what is stored, the best next hour first.

    Parameters
    ----------
    context : Context
        What is looked through.
    names : mapping of str to str
        Campaigns, id to name.
    latest : mapping of str to Forecast
        Campaign to its newest forecast, for those that have one.
    look : Look
        Zone, palette, now.
    """
    start = day_start(look.now, look.zone).astimezone(UTC)
    with context.unit_of_work() as work:
        records = {
            campaign: work.history.read(
                SeriesKind.ANSWER_RATE, campaign, start - WEEK, look.now
            )
            for campaign in names
        }  # fmt: skip
    days = [
        _day(context, campaign, name, records[campaign], latest.get(campaign), start, look)
        for campaign, name in names.items()
    ]
    return tuple(sorted(days, key=_next_rate, reverse=True))


def campaign_frame(days: Sequence[CampaignDay], look: Look) -> pd.DataFrame:
    """Return campaigns as a table of texts; `line` holds today's hourly rates in per cent."""
    return pd.DataFrame(
        [
            {
                "name": each.name,
                "line": [100 * rate for rate in each.rates],
                "today": share(each.rate),
                "hour": _hour(each, look),
                "expected": _expected(each),
                "age": duration(look.now - each.forecast.made_at) if each.forecast else GAP,
            }
            for each in days
        ],
        columns=list(CAMPAIGN_COLUMNS),
    )


def best_hour(days: Sequence[CampaignDay], look: Look) -> BestHour | None:
    """Return the best of the next four hours over all campaigns; later where all are closed."""
    for until in (look.now + SOON, None):
        found = [
            (each, row)
            for each in days
            for _, row in each.open_ahead.iterrows()
            if until is None or row["ds"] < pd.Timestamp(until)
        ]
        if found:
            each, row = max(found, key=lambda pair: float(pair[1]["yhat"]))
            told = share_band(row["yhat"], row["yhat_lower"], row["yhat_upper"])
            rate, _, band = told.partition(" (")
            when = f"{hour_span(row['ds'], look.zone)} {day_words(row['ds'], look)}"
            return BestHour(each.campaign_id, each.name, rate, when, band.removesuffix(")"))
    return None


def _day(
    context: Context,
    campaign: str,
    name: str,
    records: pd.DataFrame,
    forecast: Forecast | None,
    start: datetime,
    look: Look,
) -> CampaignDay:
    today = records[(records["ds"] >= start) & (records["offered"] > 0)]
    rates = (today["answered"] / today["offered"]).tolist()
    rate = float(today["answered"].sum() / today["offered"].sum()) if len(today) else None
    ahead = pd.DataFrame({"ds": [], "yhat": []})
    if forecast is not None:
        rows = still_ahead(forecast.rows, look.now)
        before = context.history.centre.days_before(pd.DatetimeIndex(rows["ds"]), 7)
        ahead = rows[before.isin(records.loc[records["offered"] > 0, "ds"])]
    return CampaignDay(campaign, name, tuple(rates), rate, forecast, ahead)


def _next_rate(day: CampaignDay) -> float:
    return float(day.open_ahead["yhat"].iloc[0]) if len(day.open_ahead) else -1.0


def _hour(day: CampaignDay, look: Look) -> str:
    """Return the next open hour, short enough for a column: 16–17 h, or Tue 09–10 h."""
    if day.open_ahead.empty:
        return GAP
    start = day.open_ahead["ds"].iloc[0]
    first, last = (span[:2] for span in hour_span(start, look.zone).split("–"))
    is_today = day_words(start, look) == "today"
    return f"{'' if is_today else day_name(start, look.zone)[:4]}{first}–{last} h"


def _expected(day: CampaignDay) -> str:
    if day.open_ahead.empty:
        return GAP
    row = day.open_ahead.iloc[0]
    return share_band(row["yhat"], row["yhat_lower"], row["yhat_upper"])

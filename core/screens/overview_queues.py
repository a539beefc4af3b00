"""Queues on the first page, the most unusual first, and their sum over the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.numbers import GAP, count, relative, share
from core.charts.picture import Look, Picture
from core.charts.times import clock_time, duration
from core.charts.volumes import volume_forecast_chart
from core.forecasting.forecast import Forecast
from core.screens.forecast_page import is_old
from core.screens.overview_day import Day, Reference

HOUR = timedelta(hours=1)
UNUSUAL = 4.0
"""Square roots of the expected contacts: an ordinary day scatters by one or two of them."""
BANDS = ("above band", "below band")
HOURS_OUTSIDE = 2
"""Of 24 queues, one is outside a band of 95 % in about every hour; two hours on end are news."""
QUEUE_COLUMNS = (
    "name", "state", "line", "contacts", "reference", "difference", "next", "band", "age",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A queue in the table.

    Parameters
    ----------
    queue_id, name : str
        For opening its page, and for speaking of it.
    state : str
        How it stands, in a word or two.
    rank : tuple of float
        The lowest comes first.
    cells : mapping
        What is shown, in `QUEUE_COLUMNS`.
    """

    queue_id: str
    name: str
    state: str
    rank: tuple[float, float]
    cells: Mapping[str, object]


def queue_rows(day_: Day, names: Mapping[str, str], now: datetime) -> tuple[QueueRow, ...]:
    """Return a row for each queue, the most unusual first."""
    came, beside = (frame.sum() for frame in day_.compared())
    rows = [
        _row(day_, queue, name, (float(came[queue]), float(beside[queue])), now)
        for queue, name in names.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


def queue_frame(rows: tuple[QueueRow, ...]) -> pd.DataFrame:
    """Return rows as a table of texts; `line` holds the hours of today."""
    return pd.DataFrame([dict(row.cells) for row in rows], columns=list(QUEUE_COLUMNS))


def headings(day_: Day, zone: ZoneInfo) -> Mapping[str, str]:
    """Return the headings of the columns that depend on the hour."""
    since = f"Since {clock_time(day_.since, zone)}" if day_.since else "So far"
    ahead = day_.next_hour
    until = clock_time(ahead + HOUR, zone)[:2] if ahead else ""
    return {
        "contacts": since,
        "reference": "Forecast" if day_.reference is Reference.FORECAST else "Last week",
        "next": f"{clock_time(ahead, zone)[:2]}–{until} h" if ahead else "Next hour",
    }


def today_title(day_: Day, zone: ZoneInfo) -> str:
    """Return how the day runs, in words."""
    came, beside = (float(frame.sum().sum()) for frame in day_.compared())
    if beside <= 0:
        return "No contact of today can be compared yet"
    change = came / beside - 1
    where = "forecast" if day_.reference is Reference.FORECAST else "the same hours last week"
    since = f" since {clock_time(day_.since, zone)}" if day_.since else ""
    if abs(change) < 0.005:
        return f"Contacts run level with {where}{since}"
    side = "above" if change > 0 else "below"
    return f"Contacts run {share(abs(change), 0)} {side} {where}{since}"


def today_picture(day_: Day, look: Look) -> Picture:
    """Draw today's contacts of all queues: what came over what was expected.

    Bands of single queues do not add up to a band of their sum, so there is none.
    """
    shown = [queue for queue in day_.actual.columns if queue not in day_.late]
    actual = _sum(day_.actual[shown])
    last_week = _sum(day_.last_week[shown]).fillna(0.0)
    expected = _sum(day_.expected[[queue for queue in shown if queue in day_.forecasts]])
    is_past = pd.Series(actual.notna().to_numpy(), index=day_.hours)
    since = pd.Timestamp(day_.since or look.now)
    expected = expected.mask(is_past & (day_.hours < since))
    busy = (actual.fillna(0) > 0) | (last_week > 0)
    view = _around(busy)
    is_closed = view & ~busy
    history = pd.DataFrame({"ds": day_.hours, "y": actual.to_numpy(), "status": "open"})
    history["status"] = history["status"].mask((is_closed & actual.notna()).to_numpy(), "closed")
    history["y"] = history["y"].mask(history["status"] == "closed")
    told = _rows(expected.mask(is_closed & expected.notna(), 0.0))
    week = _rows(last_week.where(busy))
    return volume_forecast_chart(
        history[(view & is_past).to_numpy()],
        told[view.to_numpy()].dropna(subset=["yhat"]),
        look,
        baseline=week[(view & busy).to_numpy()],
    )


def _sum(frame: pd.DataFrame) -> "pd.Series[float]":
    return frame.sum(axis=1, min_count=1)


def _rows(values: "pd.Series[float]") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "ds": values.index,
            "yhat": values.to_numpy(),
            "yhat_lower": float("nan"),
            "yhat_upper": float("nan"),
        }
    )


def _around(busy: "pd.Series[bool]") -> "pd.Series[bool]":
    """Mark the hours from one before the first busy one to one after the last."""
    if not busy.any():
        return busy | True
    wide = busy | busy.shift(1, fill_value=False) | busy.shift(-1, fill_value=False)
    places = wide.to_numpy().nonzero()[0]
    marked = pd.Series(False, index=busy.index)
    marked.iloc[places[0] : places[-1] + 1] = True
    return marked


def _row(day_: Day, queue: str, name: str, sums: tuple[float, float], now: datetime) -> QueueRow:
    forecast = day_.forecasts.get(queue)
    came, beside = sums
    scatter = (came - beside) / sqrt(max(beside, 1.0))
    state = _state(day_, queue, forecast, scatter, now)
    line = [value for value in day_.actual[queue].tolist() if value == value]
    ahead = _at(forecast, day_.next_hour)
    cells = {
        "name": name,
        "state": state,
        "line": line if sum(line) else [],
        "contacts": count(came) if line else GAP,
        "reference": count(beside) if line and beside else GAP,
        "difference": relative(came / beside - 1) if line and beside else GAP,
        "next": _next(ahead),
        "band": GAP if _is_closed(ahead) else _band(ahead),
        "age": duration(now - forecast.made_at) if forecast else GAP,
    }
    return QueueRow(queue, name, state, (_order(state), -abs(scatter)), cells)


def _state(day_: Day, queue: str, forecast: Forecast | None, scatter: float, now: datetime) -> str:
    if queue in day_.silent:
        return "no contacts"
    if queue in day_.late:
        return "not read lately" if day_.actual[queue].notna().any() else "not read yet"
    if forecast is None:
        return "no forecast"
    outside = _outside(day_, queue)
    if outside:
        return outside
    of_what = "forecast" if day_.reference is Reference.FORECAST else "last week"
    if abs(scatter) >= UNUSUAL:
        return f"{'above' if scatter > 0 else 'below'} {of_what}"
    return "forecast old" if is_old(forecast, now) else f"as {of_what}"


def _outside(day_: Day, queue: str) -> str:
    """Return how the last whole hours stand to their bands, where all are outside on one side."""
    known = day_.actual[queue].dropna().iloc[-HOURS_OUTSIDE:]
    lower, upper = (frame[queue].reindex(known.index) for frame in (day_.lower, day_.upper))
    if len(known) < HOURS_OUTSIDE or day_.reference is not Reference.FORECAST:
        return ""
    if (known > upper).all():
        return BANDS[0]
    return BANDS[1] if (known < lower).all() else ""


def _order(state: str) -> float:
    ranks = {state: 0.0 for state in BANDS}
    ranks |= {"as forecast": 3.0, "as last week": 3.0, "no contacts": 4.0}
    ranks |= {"forecast old": 2.0, "no forecast": 2.5, "not read lately": 2.0, "not read yet": 3.0}
    return ranks.get(state, 1.0)


def _at(forecast: Forecast | None, hour: datetime | None) -> "pd.Series[float] | None":
    if forecast is None or hour is None:
        return None
    found = forecast.rows[forecast.rows["ds"] == pd.Timestamp(hour)]
    return None if found.empty else found.iloc[0]


def _next(row: "pd.Series[float] | None") -> str:
    if row is None:
        return GAP
    return "closed" if _is_closed(row) else count(row["yhat"])


def _is_closed(row: "pd.Series[float] | None") -> bool:
    """Return whether a forecast holds an hour for closed: exactly 0, without any doubt."""
    return row is not None and row["yhat"] == 0 and not row["yhat_upper"] > 0


def _band(row: "pd.Series[float] | None") -> str:
    if row is None or pd.isna(row["yhat_lower"]) or pd.isna(row["yhat_upper"]):
        return GAP
    return f"{count(row['yhat_lower'])}–{count(row['yhat_upper'])}"

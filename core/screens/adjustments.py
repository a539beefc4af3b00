"""What people laid over a forecast: a list to switch, and the words of a new one.

The model's own line stays visible beside the adjusted one; who may lay one is checked again where
it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.charts.numbers import count
from core.charts.picture import Look
from core.charts.times import day_time
from core.errors import UsageError
from core.forecasting.adjustments import (
    Adjustment,
    AdjustmentAction,
    adjustments_over,
    amount_words,
)
from core.forecasting.forecast import Forecast, SeriesKind
from core.screens.context import Context, may
from core.screens.forecast_page import Wanted
from core.services.adjustments import AdjustmentWish
from core.workflow.approval import Person, Step

ACTIONS: Mapping[str, str] = {
    AdjustmentAction.PERCENT.value: "Change by per cent",
    AdjustmentAction.SET.value: "Set to",
    AdjustmentAction.MIN.value: "At least",
    AdjustmentAction.MAX.value: "At most",
}
HOURS = tuple(f"{hour:02d}:00" for hour in range(24))


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """One adjustment in the list.

    Parameters
    ----------
    adjustment_id : str
        For switching it.
    name, effect, when, who : str
        What it is, does, covers, and whose it is.
    is_on : bool
        Whether it counts.
    """

    adjustment_id: str
    name: str
    effect: str
    when: str
    who: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class AdjustmentsView:
    """What the part of a forecast page shows.

    Parameters
    ----------
    title : str
        How many there are and count.
    rows : tuple of AdjustmentRow
        In the order in which they work.
    may_adjust : bool
        Whether this person may lay, switch and remove.
    first_day, last_day : date
        The days at whose start a new one begins and ends unless somebody says otherwise.
    unit : str
        Of an amount that is not per cent.
    """

    title: str
    rows: tuple[AdjustmentRow, ...]
    may_adjust: bool
    first_day: date
    last_day: date
    unit: str


def adjustments_of(
    context: Context, forecast: Forecast, person: Person, look: Look
) -> AdjustmentsView:
    """Return what people laid over a forecast."""
    known = context.adjusting.of_series(forecast.kind, forecast.series_id)
    over = adjustments_over(forecast, known)
    today = look.now.astimezone(look.zone).date()
    return AdjustmentsView(
        _title(known, over),
        tuple(_row(each, look) for each in known),
        may(person, Step.PROPOSE),
        today + timedelta(days=1),
        today + timedelta(days=2),
        "per cent" if forecast.kind is SeriesKind.ANSWER_RATE else "contacts an hour",
    )


def wish_for(
    asked: Wanted,
    zone: ZoneInfo,
    *,
    name: str,
    action: str,
    amount: float | None,
    first: tuple[date, str],
    last: tuple[date, str],
    note: str,
) -> AdjustmentWish:
    """Return what somebody filled in as a wish.

    Parameters
    ----------
    asked : Wanted
        The series.
    zone : ZoneInfo
        The centre's.
    name, action, amount, note
        As they were filled in; per cent as per cent.
    first, last : (date, str)
        Day and hour on the centre's clock: from, and until.

    Raises
    ------
    UsageError
        If there is no amount.
    """
    if amount is None:
        raise UsageError("The adjustment has no amount.", "Say by how much.")
    chosen = AdjustmentAction(action)
    is_share = chosen is AdjustmentAction.PERCENT or asked.kind is SeriesKind.ANSWER_RATE
    return AdjustmentWish(
        asked.kind,
        asked.series_id or "",
        asked.series_name,
        name,
        chosen,
        amount / 100 if is_share else amount,
        _moment(*first, zone),
        _moment(*last, zone),
        note,
    )


def _moment(day: date, hour: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), zone)


def _title(known: tuple[Adjustment, ...], over: tuple[Adjustment, ...]) -> str:
    if not known:
        return "Nobody has adjusted this forecast"
    if not over:
        return f"{count(len(known))} adjustments, none of them counts in these hours"
    noun = "adjustment counts" if len(over) == 1 else "adjustments count"
    return f"{count(len(over))} {noun}: planning goes by the adjusted line"


def _row(adjustment: Adjustment, look: Look) -> AdjustmentRow:
    start, end = (day_time(each, look.zone) for each in (adjustment.start, adjustment.end))
    who = f"{adjustment.author}, {day_time(adjustment.changed_at, look.zone)}"
    note = f": {adjustment.note}" if adjustment.note else ""
    return AdjustmentRow(
        adjustment.adjustment_id,
        adjustment.name,
        amount_words(adjustment),
        f"{start} to {end}",
        f"{who}{note}",
        adjustment.is_on,
    )

"""Queue volume: what comes in this week, and where there is room."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pandas as pd

from core.charts.numbers import count, count_band, per_hour, share
from core.charts.picture import Look, Picture
from core.charts.times import clock_span, day, hour_span
from core.charts.volumes import volume_forecast_chart
from core.errors import DataError
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.centre import Centre
from core.pacing.recommendation import LowVolumeWindow
from core.pacing.windows import low_volume_windows
from core.screens import forecast_page as page
from core.screens.adjustments import AdjustmentsView, adjustments_of
from core.screens.context import Context, may
from core.screens.forecast_basis import Basis, basis_of, ended, still_ahead
from core.screens.forecast_page import Wanted
from core.screens.judgement import parts_note
from core.screens.names import Names
from core.screens.volume_parts import TITLES, parts_of, parts_title
from core.screens.waterfall import Explained, explained_of
from core.screens.waterfall_windows import no_windows
from core.workflow.approval import Person, Step

KIND = SeriesKind.VOLUME
SPANS: Mapping[str, str] = {"7": "7 days", "28": "28 days", "90": "90 days"}
METHODS = page.method_choices(KIND)
LEARN = page.learn_choices(KIND)
WEEKLY, NOT_WEEKLY = "weekly", "none"
SHAPES: Mapping[str, str] = {WEEKLY: "With a weekly shape", NOT_WEEKLY: "Without"}
LEAST_DAYS = 28
"""What the hours of the week are learned from, however little is shown."""
WEEK = timedelta(days=7)
TWO_WEEKS_HOURS = 14 * 24
WINDOW_COLUMNS = ("day", "window", "hours", "expected", "why")


@dataclass(frozen=True, slots=True)
class QueueVolumeView:
    """What the page shows.

    Parameters
    ----------
    basis : Basis
        Everything around the pictures.
    asks_shape : bool
        Whether the next forecast may go without a weekly shape: there is little history.
    chart_title, picture : str, Picture or None
        History, the week ahead, and where there is room.
    band_sentence : str
        What the bands have held of what they claim.
    explained : Explained or None
        The hours ahead, to be taken apart window by window.
    parts_title, parts_note : str
        What the volume is made of, and by which method.
    parts : mapping of str to Picture
        Title to picture; empty where no method takes it apart.
    windows_title : str
        How much room there is, or why there is none.
    windows : DataFrame
        Texts in `WINDOW_COLUMNS`.
    may_draft : bool
        Whether this person may go on to a campaign draft.
    adjustments : AdjustmentsView or None
        What people laid over the forecast; windows and drafts go by the adjusted line.
    """

    basis: Basis
    asks_shape: bool = False
    chart_title: str = ""
    picture: Picture | None = None
    band_sentence: str = ""
    explained: Explained | None = None
    parts_title: str = ""
    parts_note: str = ""
    parts: Mapping[str, Picture] | None = None
    windows_title: str = ""
    windows: pd.DataFrame | None = None
    may_draft: bool = False
    adjustments: AdjustmentsView | None = None

    @property
    def days_and_hours(self) -> Mapping[str, str]:
        """What may be taken apart, for choosing."""
        return self.explained.windows if self.explained else no_windows(KIND)


def wanted(
    names: Names, queue_id: str | None, method: str, shown: str, learn: str, shape: str
) -> Wanted:
    """Return what the address asks for."""
    name = names.options.get(queue_id or "", "")
    return Wanted(KIND, queue_id, name, method, int(shown), int(learn), shape != NOT_WEEKLY)


def view(
    context: Context, names: Names, asked: Wanted, person: Person, look: Look
) -> QueueVolumeView:
    """Return the page for a queue; see `core.screens.forecast_basis.basis_of`."""
    basis = basis_of(context, names, asked, person, look)
    forecast = basis.forecast
    if forecast is None:
        return QueueVolumeView(basis, asks_shape=not asked.weekly)
    history = page.known_history(context, asked, max(LEAST_DAYS, asked.shown_days))
    since = look.now - timedelta(days=asked.shown_days)
    planned = context.adjusting.over(forecast)
    windows, windows_title, threshold = _windows(context, planned, look)
    centre = _centre(context, forecast)
    parts = parts_of(forecast, basis.learned, centre, look)
    ahead = still_ahead(forecast.rows, look.now)
    return QueueVolumeView(
        basis=replace(
            basis,
            headline=_headline(forecast, history, look) + _adjusted_to(forecast, planned)
            if len(ahead)
            else ended(forecast, look),
            known=basis.known + _in_closed_hours(context, forecast, history),
        ),
        asks_shape=not asked.weekly or sum(forecast.history_hours.values()) < TWO_WEEKS_HOURS,
        chart_title=_chart_title(ahead, look),
        picture=volume_forecast_chart(
            history[history["ds"] >= since],
            forecast.rows,
            look,
            level=forecast.level,
            windows=windows,
            earlier=page.forecast_before(context, asked, since, forecast.made_at),
            adjusted=None if planned is forecast else planned.rows,
            named=centre.dates_named(since, forecast.rows["ds"].max()),
        ),
        band_sentence=basis.judgement.held if basis.judgement else "",
        explained=explained_of(forecast, ahead, planned.rows, centre, look),
        adjustments=adjustments_of(context, forecast, person, look),
        parts_title=parts_title(parts),
        parts_note=parts_note(forecast),
        parts={TITLES[name]: picture for name, picture in parts.items()},
        windows_title=windows_title,
        windows=_window_rows(windows, threshold, look),
        may_draft=bool(windows) and may(person, Step.PROPOSE),
    )


def _headline(forecast: Forecast, history: pd.DataFrame, look: Look) -> str:
    rows = forecast.rows
    total = count(rows["yhat"].sum())
    days = f"{len(rows) // 24} days" if len(rows) % 24 == 0 else f"{len(rows)} hours"
    span = f"the next {days}"
    if page.is_old(forecast, look.now):
        span = f"the {days} from {day(rows['ds'].min(), look.zone)}"
    dates = rows["ds"].dt.tz_convert(look.zone).dt.normalize()
    by_day = rows["yhat"].groupby(dates).sum()
    peak = pd.Timestamp(by_day.index[int(by_day.argmax())])
    compared = _against_last_week(rows, history)
    return (
        f"{forecast.series_name}: {total} contacts expected in {span}{compared};"
        f" most on {day(peak, look.zone)}"
    )


def _adjusted_to(forecast: Forecast, planned: Forecast) -> str:
    if planned is forecast:
        return ""
    return f"; {count(planned.rows['yhat'].sum())} as adjusted by hand"


def _against_last_week(rows: pd.DataFrame, history: pd.DataFrame) -> str:
    """Compare on the hours that have a count a week before; a closed hour counted 0."""
    counted = history["y"].mask(history["status"] == "closed", 0.0).set_axis(history["ds"])
    came = counted.reindex(pd.DatetimeIndex(rows["ds"] - WEEK)).to_numpy()
    paired = pd.DataFrame({"expected": rows["yhat"].to_numpy(), "came": came}).dropna()
    came_sum = float(paired["came"].sum())
    if len(paired) < len(rows) / 2 or came_sum <= 0:
        return ""
    change = float(paired["expected"].sum()) / came_sum - 1
    if abs(change) < 0.005:
        return ", as many as in the last 7"
    return f", {share(abs(change), 0)} {'above' if change > 0 else 'below'} the last 7"


def _chart_title(ahead: pd.DataFrame, look: Look) -> str:
    if ahead.empty:
        return "What was forecast lies in the past"
    peak = ahead.iloc[int(ahead["yhat"].argmax())]
    contacts = count_band(peak["yhat"], peak["yhat_lower"], peak["yhat_upper"])
    return (
        f"The busiest hour ahead is {day(peak['ds'], look.zone)},"
        f" {hour_span(peak['ds'], look.zone)}, with {contacts} contacts"
    )


def _windows(
    context: Context, forecast: Forecast, look: Look
) -> tuple[tuple[LowVolumeWindow, ...], str, float]:
    hours = context.drafting.callable_hours
    try:
        found = low_volume_windows(forecast.rows, now=look.now, is_callable=hours.is_callable)
    except DataError as error:
        return (), f"No low-volume window: {error.what[:1].lower()}{error.what[1:]}", 0.0
    total = per_hour(sum(window.hours for window in found.windows)).removesuffix(".0")
    noun = "window" if len(found.windows) == 1 else "windows"
    title = f"{len(found.windows)} low-volume {noun} within callable hours, {total} hours in all"
    return found.windows, title, found.threshold


def _window_rows(
    windows: tuple[LowVolumeWindow, ...], threshold: float, look: Look
) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "day": day(window.start, look.zone),
                "window": clock_span(window.start, window.end, look.zone),
                "hours": f"{window.hours:g}",
                "expected": per_hour(window.expected_contacts),
                "why": f"under {per_hour(threshold)} contacts an hour",
            }
            for window in windows
        ],
        columns=list(WINDOW_COLUMNS),
    )


def _centre(context: Context, forecast: Forecast) -> Centre:
    return context.history.centre_of(KIND, forecast.series_id)


def _in_closed_hours(
    context: Context, forecast: Forecast, history: pd.DataFrame
) -> tuple[str, ...]:
    """Tell what a method expects while the centre is closed, where it does."""
    centre = _centre(context, forecast)
    is_open = ~centre.expected_closed(history, pd.DatetimeIndex(forecast.rows["ds"]))
    at_night = float(forecast.rows["yhat"][~is_open].abs().sum())
    if at_night < 1:
        return ()
    signed = float(forecast.rows["yhat"][~is_open].sum())
    return (
        f"The method knows no closed hours: {count(signed)} of the contacts lie in hours in which"
        " the centre is expected closed.",
    )

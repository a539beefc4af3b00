"""Answer rate: how many will answer, when, and whether that can be trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from core.charts.bands import BandOf, rate_bands_of
from core.charts.decomposition import decomposition_chart
from core.charts.numbers import count, points, share, share_band
from core.charts.picture import Look, Picture
from core.charts.rates import rate_forecast_chart
from core.charts.timeline import closed_hours
from core.charts.times import clock_time, hour_span
from core.forecasting.forecast import Forecast, SeriesKind
from core.screens import forecast_page as page
from core.screens.adjustments import AdjustmentsView, adjustments_of
from core.screens.context import Context
from core.screens.forecast_basis import Basis, basis_of, day_words, ended, still_ahead
from core.screens.forecast_page import Wanted
from core.screens.judgement import parts_note
from core.screens.names import Names
from core.screens.rate_band_words import band_sentence, band_title, told_bounds
from core.screens.waterfall import Explained, explained_of
from core.screens.waterfall_windows import no_windows
from core.workflow.approval import Person

KIND = SeriesKind.ANSWER_RATE
SPANS: Mapping[str, str] = {"1": "1 day", "3": "3 days", "14": "14 days"}
METHODS = page.method_choices(KIND)
LEARN = page.learn_choices(KIND)
BANDS: Mapping[str, str] = {
    BandOf.OBSERVED.value: "Observed share",
    BandOf.PROBABILITY.value: "Probability",
}
LEAST_DAYS = 14
"""What the hours of the week are learned from, however little is shown."""


@dataclass(frozen=True, slots=True)
class AnswerRateView:
    """What the page shows.

    Parameters
    ----------
    basis : Basis
        Everything around the pictures.
    chart_title, picture : str, Picture or None
        History and the hours ahead.
    band_title, band_sentence : str
        Which band is drawn, and what it means and has held.
    explained : Explained or None
        The hours ahead, to be taken apart window by window.
    parts_title, parts_note, parts : str, str, Picture or None
        What the rate is made of.
    adjustments : AdjustmentsView or None
        What people laid over the forecast; pacing goes by the adjusted line.
    """

    basis: Basis
    chart_title: str = ""
    picture: Picture | None = None
    band_title: str = ""
    band_sentence: str = ""
    explained: Explained | None = None
    parts_title: str = ""
    parts_note: str = ""
    parts: Picture | None = None
    adjustments: AdjustmentsView | None = None

    @property
    def days_and_hours(self) -> Mapping[str, str]:
        """What may be taken apart, for choosing."""
        return self.explained.windows if self.explained else no_windows(KIND)


def wanted(names: Names, campaign_id: str | None, method: str, shown: str, learn: str) -> Wanted:
    """Return what the address asks for."""
    name = names.options.get(campaign_id or "", "")
    return Wanted(KIND, campaign_id, name, method, int(shown), int(learn))


def view(
    context: Context,
    names: Names,
    asked: Wanted,
    person: Person,
    look: Look,
    *,
    band: str = BandOf.OBSERVED.value,
) -> AnswerRateView:
    """Return the page for a campaign; see `core.screens.forecast_basis.basis_of`.

    Parameters
    ----------
    context, names, asked, person, look
        As there.
    band : str
        One of `BANDS`: whose bounds are drawn and told.
    """
    basis = basis_of(context, names, asked, person, look)
    forecast = basis.forecast
    if forecast is None:
        return AnswerRateView(basis)
    history = page.known_history(context, asked, max(LEAST_DAYS, asked.shown_days))
    centre = context.history.centre_of(KIND, forecast.series_id)
    is_open = ~centre.expected_closed(history, pd.DatetimeIndex(forecast.rows["ds"]))
    # A rate without calls means nothing: hours in which the centre is closed are left out.
    rows = forecast.rows[is_open].reset_index(drop=True)
    ahead = still_ahead(rows, look.now)
    planned = context.adjusting.over(forecast)
    planned_rows = planned.rows[is_open].reset_index(drop=True)
    drawn, _ = rate_bands_of(rows, forecast.level, BandOf(band))
    since = look.now - timedelta(days=asked.shown_days)
    parts = _parts_of(forecast, basis.learned)
    return AnswerRateView(
        basis=replace(
            basis,
            headline=_headline(forecast, told_bounds(ahead, drawn, forecast.level), look),
            known=basis.known + _left_out(len(forecast.rows) - len(rows)),
        ),
        chart_title=_chart_title(ahead, look),
        picture=rate_forecast_chart(
            history[history["ds"] >= since],
            rows,
            look,
            level=forecast.level,
            of=BandOf(band),
            earlier=page.forecast_before(context, asked, since, forecast.made_at),
            adjusted=None if planned is forecast else planned_rows,
            named=centre.dates_named(since, forecast.rows["ds"].max()),
        ),
        band_title=band_title(drawn),
        band_sentence=band_sentence(ahead, drawn, BandOf(band), basis.judgement),
        explained=explained_of(forecast, ahead, planned_rows, centre, look),
        adjustments=adjustments_of(context, forecast, person, look),
        parts_title=_parts_title(parts, look),
        parts_note=parts_note(forecast),
        parts=None
        if parts.empty
        else decomposition_chart(parts, look, closed=closed_hours(basis.learned, rows[:0])),
    )


def _headline(forecast: Forecast, ahead: pd.DataFrame, look: Look) -> str:
    if ahead.empty:
        return ended(forecast, look)
    peak = ahead.iloc[int(ahead["yhat"].argmax())]
    rate = share_band(peak["yhat"], peak["yhat_lower"], peak["yhat_upper"])
    return (
        f"{forecast.series_name}: answers peak {day_words(peak['ds'], look)},"
        f" {hour_span(peak['ds'], look.zone)}, at {rate}"
    )


def _chart_title(ahead: pd.DataFrame, look: Look) -> str:
    if ahead.empty:
        return "What was forecast lies in the past"
    low, high = (
        ahead.iloc[int(place)] for place in (ahead["yhat"].argmin(), ahead["yhat"].argmax())
    )
    hours = f"{len(ahead)} open hours ahead"
    if low["yhat"] == high["yhat"]:
        return f"{hours}: {share(high['yhat'])} throughout"
    return (
        f"{hours}: lowest {share(low['yhat'])} at {_clock(low['ds'], look)}, highest"
        f" {share(high['yhat'])} at {_clock(high['ds'], look)}"
    )


def _clock(moment: datetime, look: Look) -> str:
    return f"{clock_time(moment, look.zone)} {day_words(moment, look)}"


def _parts_of(forecast: Forecast, learned: pd.DataFrame) -> pd.DataFrame:
    """Return the components, emptied where the centre was closed: they mean nothing there."""
    parts = forecast.components
    if parts.empty:
        return parts
    closed = parts["ds"].isin(set(learned.loc[learned["status"] == "closed", "ds"]))
    names = [name for name in parts.columns if name != "ds"]
    emptied = parts.assign(**{name: parts[name].mask(closed) for name in names})
    if {"observed", "resid"} <= set(names):
        emptied["resid"] = emptied["resid"].where(emptied["observed"].notna())
    return emptied


def _parts_title(parts: pd.DataFrame, look: Look) -> str:
    if parts.empty or "seasonal" not in parts:
        return "This method does not take the rate apart"
    hours = parts["ds"].dt.tz_convert(look.zone).dt.hour
    by_hour = parts["seasonal"].groupby(hours).mean().dropna()
    trend = parts["trend"].dropna()
    if by_hour.empty or trend.empty:
        return "What it is made of"
    low, high = (int(by_hour.index[int(at)]) for at in (by_hour.argmin(), by_hour.argmax()))
    return (
        f"What it is made of: the day swings from {points(by_hour.min())} at {low:02d}:00 to"
        f" {points(by_hour.max())} at {high:02d}:00; the trend moved"
        f" {points(trend.iloc[-1] - trend.iloc[0])}"
    )


def _left_out(hours: int) -> tuple[str, ...]:
    if not hours:
        return ()
    return (
        f"The method also gives a value to {count(hours)} hours in which the centre is expected"
        " closed; they are in the JSON and not drawn.",
    )

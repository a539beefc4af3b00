"""What both forecast pages show around their pictures: trust, age, buttons, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

import pandas as pd

from core.charts.picture import Look
from core.charts.times import clock_time, day, duration, hour_span, moment_text
from core.forecasting.forecast import Forecast, SeriesKind
from core.screens import forecast_page as page
from core.screens.context import Context, may
from core.screens.forecast_page import Wanted, method_words
from core.screens.forecast_story import known_of, made_of
from core.screens.judgement import Judgement, judgement_of, model_words
from core.screens.names import Names, silence_of
from core.workflow.approval import Person, Step

UNITS: Mapping[SeriesKind, str] = MappingProxyType(
    {
        SeriesKind.ANSWER_RATE: "Answer rate = answered ÷ attempts",
        SeriesKind.VOLUME: "Contacts per hour",
    }
)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast page shows around its pictures.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    trouble : str
        That the tenant does not answer; empty where it does.
    instead : tuple of str
        Where there is nothing to draw: what is the case, and what to do.
    forecast : Forecast or None
        The stored one that is shown.
    learned : DataFrame
        The tidy history since the forecast's first hour, as it is known now.
    forecast_label : str
        What the button says that forecasts; empty where this person may not.
    needs_forecast : bool
        Whether that is the first thing to do here.
    old : str
        How old the forecast is, where it is old.
    judgement : Judgement or None
        How good it is.
    known : tuple of str
        What the reader should know.
    made : tuple of (str, str)
        How it was made.
    """

    headline: str
    provenance: str
    trouble: str = ""
    instead: tuple[str, ...] = ()
    forecast: Forecast | None = None
    learned: pd.DataFrame = field(default_factory=pd.DataFrame)
    forecast_label: str = ""
    needs_forecast: bool = False
    old: str = ""
    judgement: Judgement | None = None
    known: tuple[str, ...] = ()
    made: tuple[tuple[str, str], ...] = ()


def basis_of(context: Context, names: Names, asked: Wanted, person: Person, look: Look) -> Basis:
    """Return what a forecast page shows around its pictures; the tenant is not asked.

    Parameters
    ----------
    context : Context
        What is looked through.
    names : Names
        The series there are.
    asked : Wanted
        What the address asks for.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Basis
        With a forecast, its headline is the series' name, for the page to say more.
    """
    silence = silence_of(names, look.now, look.zone)
    trouble = f"{silence}; what is stored is shown." if silence else ""
    if asked.series_id is None:
        noun = "campaign" if asked.kind is SeriesKind.ANSWER_RATE else "queue"
        return Basis(
            f"There is no {noun} to forecast",
            moment_text(look.now, look.zone),
            trouble,
            (f"The tenant tells of no {noun}.", "Look at Connection for what it may tell."),
        )
    may_forecast = may(person, Step.PROPOSE)
    forecast = page.newest(context, asked)
    if forecast is None:
        return Basis(
            f"{asked.series_name}: no forecast by {method_words(asked.kind, asked.method)} is"
            " stored yet",
            f"{UNITS[asked.kind]} · {moment_text(look.now, look.zone)}",
            trouble,
            _instead(context, asked, may_forecast),
            forecast_label="Forecast" if may_forecast else "",
            needs_forecast=True,
        )
    learned = page.known_history(context, asked, (look.now - forecast.history_start).days + 1)
    is_old = page.is_old(forecast, look.now)
    return Basis(
        headline=asked.series_name,
        provenance=_provenance(forecast, look),
        trouble=trouble,
        forecast=forecast,
        learned=learned,
        forecast_label="Forecast again" if may_forecast else "",
        needs_forecast=is_old,
        old=f"old: made {duration(look.now - forecast.made_at)} ago" if is_old else "",
        judgement=judgement_of(forecast),
        known=known_of(forecast, learned, look.zone),
        made=made_of(forecast, look.zone),
    )


def ended(forecast: Forecast, look: Look) -> str:
    """Return the headline of a forecast that has no hour ahead any more."""
    end = forecast.rows["ds"].max() + HOUR
    return (
        f"{forecast.series_name}: the stored forecast ended {day(end, look.zone)},"
        f" {clock_time(end, look.zone)}"
    )


def still_ahead(rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Return the hours that are not over, the present one included."""
    return rows[rows["ds"] + HOUR > pd.Timestamp(now)].reset_index(drop=True)


def day_words(moment: datetime, look: Look) -> str:
    """Return a day as somebody says it: today, tomorrow, or on its name."""
    name = day(moment, look.zone)
    if name == day(look.now, look.zone):
        return "today"
    return "tomorrow" if name == day(look.now + 24 * HOUR, look.zone) else f"on {name}"


def _instead(context: Context, asked: Wanted, may_forecast: bool) -> tuple[str, str]:
    is_silent = page.known_history(context, asked, asked.learn_days).empty
    if is_silent and page.was_read(context, asked):
        noun, events = (
            ("campaign", "calls placed")
            if asked.kind is SeriesKind.ANSWER_RATE
            else ("queue", "contacts")
        )
        return (
            f"No {events} in {asked.learn_days} days.",
            f"Nothing to forecast; check the {noun} in Connection.",
        )
    if not may_forecast:
        return (
            f"{asked.series_name} has no stored forecast by this method.",
            "Somebody who may propose can make one here.",
        )
    return (
        f"{asked.series_name} has no stored forecast by this method.",
        "“Forecast” reads its history and makes one, in a few seconds.",
    )


def _provenance(forecast: Forecast, look: Look) -> str:
    is_today = day(forecast.cutoff, look.zone) == day(look.now, look.zone)
    cutoff = "" if is_today else f"{day(forecast.cutoff, look.zone)}, "
    return " · ".join(
        (
            UNITS[forecast.kind],
            moment_text(look.now, look.zone),
            f"model {model_words(forecast)}",
            f"cutoff {cutoff}{hour_span(forecast.cutoff, look.zone)}",
            f"history from {day(forecast.history_start, look.zone)}",
            f"made {duration(look.now - forecast.made_at)} ago",
        )
    )

"""Calendar: when the centre is open, and which days are unlike others."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from core.charts.picture import Look, Picture
from core.charts.times import moment_text
from core.charts.week import week_chart
from core.history.days import OwnDay
from core.history.public_holidays import public_holidays
from core.history.told import NotedDay
from core.screens.calendar_hours import Week, scope_of, week_of
from core.screens.context import Context, may
from core.screens.names import Names, silence_of
from core.services.desk import EVERYTHING
from core.workflow.approval import Person, Step
from core.workflow.jobs import Job

DAYS_AHEAD = 366
YEAR_COLUMNS = ("day", "name", "what", "source")


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What the page shows.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    trouble : str
        That the tenant does not answer; empty where it does.
    week : Week
        The hours of the week.
    week_title, week_note : str
        What its picture shows, in words.
    picture : Picture
        Seven days of 24 hours.
    year : DataFrame
        `YEAR_COLUMNS`: the days of the year ahead that are unlike others.
    year_title : str
        How many there are, and of which country.
    no_country : str
        What to do where no country's holidays are known; empty where one is.
    own : tuple of OwnDay
        The operator's days, past ones included.
    may_change : bool
        Whether this person may change days and hours.
    """

    headline: str
    provenance: str
    trouble: str
    week: Week
    week_title: str
    week_note: str
    picture: Picture
    year: pd.DataFrame
    year_title: str
    no_country: str
    own: tuple[OwnDay, ...]
    may_change: bool


def view(
    context: Context, chosen: str | None, name: str, queues: Names, person: Person, look: Look
) -> CalendarView:
    """Return the page for the centre or one of its series; the tenant is not asked.

    Parameters
    ----------
    context : Context
        What is looked through.
    chosen : str or None
        One of `core.screens.calendar_hours.scope_choices`.
    name : str
        What it is called there.
    queues : Names
        The centre's queues.
    person : Person
        Who sits here.
    look : Look
        Zone, palette, now.
    """
    week = week_of(context, scope_of(chosen), tuple(queues.options))
    noted = context.calendar.own_days()
    country = context.history.centre.told.days.country
    today = look.now.astimezone(look.zone).date()
    year = _year(noted, country, today)
    silence = silence_of(queues, look.now, look.zone)
    country_text = f"public holidays of {country}" if country else "no country's holidays"
    return CalendarView(
        headline=_headline(name, week, year),
        provenance=" · ".join(
            (f"Hours {week.source}", country_text, moment_text(look.now, look.zone))
        ),
        trouble=f"{silence}; what is stored is shown." if silence else "",
        week=week,
        week_title=f"The week: open {_shown(week)}",
        week_note=_week_note(week),
        picture=week_chart(week.used, week.in_force, look),
        year=year,
        year_title=_year_title(year, country),
        no_country=""
        if country
        else "No public holidays are known. Set DIALCAST_COUNTRY to a code such as US, DE or"
        " DE-BE, then start Dialcast again.",
        own=tuple(each.day for each in noted),
        may_change=may(person, Step.PROPOSE),
    )


def _headline(name: str, week: Week, year: pd.DataFrame) -> str:
    how = "as was told" if week.told or week.of_centre else "as learned"
    text = f"{name}: open {_shown(week)}, {how}"
    if year.empty:
        return text
    return f"{text}; next day unlike others: {year['day'].iloc[0]}, {year['name'].iloc[0]}"


def _shown(week: Week) -> str:
    return "around the clock" if week.in_force.all() else week.text.replace("-", "–")


def _week_note(week: Week) -> str:
    if not (week.told or week.of_centre):
        return "learned; correct it where it is wrong"
    if not week.differs:
        return "told, and what contacts show is the same"
    noun = "hour" if week.differs == 1 else "hours"
    return f"told; contacts show {week.differs} {noun} of the week differently"


def _year(noted: tuple[NotedDay, ...], country: str, today: date) -> pd.DataFrame:
    last = today + timedelta(days=DAYS_AHEAD)
    rows = [
        (day, 0, name, "public holiday", country)
        for day, name in public_holidays(country, today, last).items()
    ]
    for each in noted:
        own = each.day
        if today <= own.date <= last:
            part = "" if own.is_whole_day else f", {own.span.replace('-', '–')}"
            what = f"{own.kind.word}{part}"
            rows.append((own.date, own.start_minute, own.name, what, each.person))
    return pd.DataFrame(
        [
            (f"{day:%a} {day.day} {day:%b} {day.year}", name, what, source)
            for day, _, name, what, source in sorted(rows)
        ],
        columns=list(YEAR_COLUMNS),
        dtype=object,
    )


def _year_title(year: pd.DataFrame, country: str) -> str:
    if year.empty:
        return "The year ahead has no day unlike others"
    own = int((year["what"] != "public holiday").sum())
    holidays = len(year) - own
    parts = [f"{holidays} public holiday{'s' if holidays != 1 else ''} of {country}"] * bool(
        country
    )
    parts += [f"{own} day{'s' if own != 1 else ''} of your own"] * bool(own)
    return f"The year ahead: {' and '.join(parts)}"


def latest_job(context: Context) -> Job | None:
    """Return the newest job that forecast everything."""
    return context.work.latest(EVERYTHING)


def forecast_everything(context: Context, person: Person) -> Job:
    """Begin to forecast every campaign and queue, so that all go by the calendar as it is."""
    return context.desk.forecast_everything(person.name)

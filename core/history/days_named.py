"""The days of a span that are unlike others, each in a sentence: what a forecast warns of."""

from datetime import date

import pandas as pd

from core.history.days import DayCalendar, OwnDay
from core.history.public_holidays import public_holidays

MOST_NAMED = 8


def days_named(calendar: DayCalendar, clock: pd.DatetimeIndex) -> tuple[str, ...]:
    """Return a sentence for each day that is unlike others, `MOST_NAMED` at most.

    Parameters
    ----------
    calendar : DayCalendar
        Knows them.
    clock : DatetimeIndex, shape (n_hours,)
        What the centre's clock shows, without a zone.

    Examples
    --------
    >>> hours = pd.date_range("2026-12-24", periods=24, freq="h")
    >>> days_named(DayCalendar("", (OwnDay(date(2026, 12, 24), 840, 1440),)), hours)
    ('Thu 24 Dec is closed from 14:00 to 24:00.',)
    """
    if not len(clock) or not (calendar.country or calendar.own_days):
        return ()
    first, last = clock.min().date(), clock.max().date()
    own = [each for each in sorted(calendar.own_days) if first <= each.date <= last]
    sentences = [(each.date, _sentence(each)) for each in own]
    whole = {each.date for each in own if each.is_whole_day}
    for day, name in public_holidays(calendar.country, first, last).items():
        if day not in whole:
            sentences.append((day, f"{_day_text(day)} is {name}: a public holiday."))
    told = [sentence for _, sentence in sorted(sentences)]
    if len(told) > MOST_NAMED:
        more = len(told) - MOST_NAMED
        told[MOST_NAMED:] = [f"The calendar names {more} more day{'s' if more > 1 else ''}."]
    return tuple(told)


def _sentence(own: OwnDay) -> str:
    start, end = own.span.split("-")
    part = "" if own.is_whole_day else f" from {start} to {end}"
    label = f"{own.label}: " if own.label else ""
    return f"{_day_text(own.date)} is {label}{own.kind.word}{part}."


def _day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"

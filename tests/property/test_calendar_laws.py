"""Laws of the calendar: files and texts read back, and nobody closes an hour twice."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core.exports.calendar_csv import read_calendar_csv, write_calendar_csv
from core.history.centre import Centre
from core.history.days import MINUTES_PER_DAY, OWN_KINDS, DayCalendar, DayKind, OwnDay
from core.history.opening import OpeningHours
from core.history.told import Told

ZONES = ("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Apia")
START = datetime(2026, 10, 1, tzinfo=UTC)
HOURS = 60 * 24
"""With the day on which clocks go back in Europe and in America."""

labels = st.text("aZ9 ,;\"'äß–#=", max_size=12).map(lambda text: " ".join(text.split()))


@st.composite
def days(draw: st.DrawFn) -> OwnDay:
    start = draw(st.integers(0, MINUTES_PER_DAY - 1))
    return OwnDay(
        draw(st.dates(date(2026, 10, 1), date(2026, 11, 29))),
        start,
        draw(st.integers(start + 1, MINUTES_PER_DAY)),
        draw(st.sampled_from(OWN_KINDS)),
        draw(labels),
    )


calendars = st.lists(
    days(), max_size=6, unique_by=lambda day: (day.date, day.start_minute, day.end_minute)
)
weeks = st.sets(st.integers(0, 167), min_size=1).map(OpeningHours.of)


@given(calendars)
def test_a_calendar_file_reads_back_as_it_was_written(own: list[OwnDay]) -> None:
    content = write_calendar_csv(own).encode()
    assert read_calendar_csv(content, file_name="F") == tuple(sorted(own))


@given(weeks)
def test_opening_hours_read_back_as_they_were_written(opening: OpeningHours) -> None:
    assert OpeningHours.parse(opening.text) == opening


@settings(max_examples=60, deadline=None)
@given(
    own=calendars,
    opening=st.none() | weeks,
    zone=st.sampled_from(ZONES),
    level=st.floats(0.05, 40),
    seed=st.integers(0, 99),
)
def test_told_closed_hours_are_closed_in_history_and_ahead_and_told_open_hours_are_open(
    own: list[OwnDay], opening: OpeningHours | None, zone: str, level: float, seed: int
) -> None:
    centre = Centre(zone, Told(DayCalendar("", tuple(own)), opening))
    ds = pd.date_range(START, periods=HOURS, freq="h")
    counts = np.random.default_rng(seed).poisson(level, HOURS).astype(float)
    records = pd.DataFrame({"ds": ds, "y": counts})
    history = centre.volume_history(records, "Q", START + timedelta(hours=HOURS))
    kinds = centre.day_kinds(ds)
    told_closed = kinds == DayKind.CLOSED
    assert (history["status"].to_numpy()[told_closed] == "closed").all()
    assert history["y"].isna().to_numpy()[told_closed].all()
    closed = centre.expected_closed(history, ds)
    assert closed[told_closed].all()
    if opening is not None:
        assert (closed == told_closed).all()


@settings(max_examples=60, deadline=None)
@given(own=calendars, zone=st.sampled_from(ZONES))
def test_an_hour_has_a_name_exactly_where_it_is_not_ordinary(own: list[OwnDay], zone: str) -> None:
    centre = Centre(zone, Told(DayCalendar("CA", tuple(own))))
    ds = pd.date_range(START, periods=HOURS, freq="h")
    names = np.array(centre.day_names(ds), dtype=object)
    assert ((names != "") == (centre.day_kinds(ds) != DayKind.ORDINARY)).all()

"""Numbers and times as people read them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.charts import numbers, times

BERLIN = ZoneInfo("Europe/Berlin")
NARROW = "\u202f"


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf")])
@pytest.mark.parametrize(
    "formatter", [numbers.share, numbers.count, numbers.points, numbers.per_hour, numbers.ratio]
)
def test_what_is_missing_is_a_dash_and_never_zero(formatter, missing) -> None:
    assert formatter(missing) == "–"


def test_thousands_and_per_cent_stand_behind_a_space_that_does_not_break() -> None:
    assert numbers.count(1234567) == f"1{NARROW}234{NARROW}567"
    assert numbers.share(0.019) == f"1.9{NARROW}%"


def test_a_minus_is_a_true_minus_and_nothing_is_minus_zero() -> None:
    assert numbers.points(-0.0149) == "−1.5 points"
    assert numbers.count(-0.2) == "0"
    assert numbers.signed_count(-0.2) == "0"


def test_a_gain_bears_a_plus() -> None:
    assert numbers.signed_count(85) == "+85"
    assert numbers.relative(0.33) == f"+33.0{NARROW}%"


def test_a_band_without_bounds_is_the_value_alone() -> None:
    nothing = float("nan")
    assert numbers.share_band(0.4, nothing, nothing) == f"40.0{NARROW}%"
    assert numbers.count_band(96.4, 79.2, 113.0) == "96 (79–113)"


def test_a_share_to_be_approved_is_shown_as_exactly_as_it_is_sent() -> None:
    assert numbers.value_text(0.3312, "share") == f"33.12{NARROW}%"
    assert numbers.value_text(0.3314, "share") != numbers.value_text(0.3312, "share")
    assert numbers.value_text(0.03, "share") == f"3.0{NARROW}%"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "share", "–"),
        (True, "text", "yes"),
        (False, "text", "no"),
        (0, "attempts", "0"),
        (1, "attempts", "1"),
        (1200, "calls per hour", f"1{NARROW}200"),
        (2.5, "seconds", "2.5"),
        (2.4, "calls per agent", "2.40"),
        ("DRAFT", "text", "DRAFT"),
        ({"id": "org"}, "text", '{"id": "org"}'),
    ],
)
def test_a_field_is_shown_in_its_unit(value, unit, text) -> None:
    assert numbers.value_text(value, unit) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0.2, "12 s"), (38, "38 min"), (125, "2 h 05 min"), (26 * 60, "26 h"), (72 * 60, "3 days")],
)
def test_minutes_never_exceed_59(minutes, text) -> None:
    assert times.duration(timedelta(minutes=minutes)) == text


def test_a_clock_that_runs_behind_gives_no_negative_duration() -> None:
    assert times.duration(timedelta(seconds=-3)) == "0 s"


def test_the_zone_is_named_with_the_abbreviation_of_that_season() -> None:
    winter = times.moment_text(datetime(2026, 11, 25, 10, 20, tzinfo=UTC), BERLIN)
    summer = times.moment_text(datetime(2026, 6, 1, 10, 20, tzinfo=UTC), BERLIN)
    assert winter == "Wed 25 Nov 2026, 11:20 Europe/Berlin (CET)"
    assert summer.endswith("(CEST)")
    utc = times.moment_text(datetime(2026, 6, 1, 10, 20, tzinfo=UTC), ZoneInfo("UTC"))
    assert utc == "Mon 1 Jun 2026, 10:20 UTC"


def test_a_span_that_ends_at_midnight_ends_at_24_00() -> None:
    assert times.hour_span(datetime(2026, 11, 25, 22, tzinfo=UTC), BERLIN) == "23:00–24:00"
    assert times.hour_span(datetime(2026, 11, 25, 23, tzinfo=UTC), BERLIN) == "00:00–01:00"

"""When a schedule turns its campaign on and off."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.simulator.platform.recurrence import switches, windows
from core.simulator.refusals import Refusal

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)


def schedule(**recurrence: Any) -> dict[str, Any]:
    one = {
        "start": "2026-11-02T09:00:00",
        "end": "2026-11-02T12:00:00",
        "pattern": {"type": "Weekly", "interval": 1, "daysOfWeek": ["Monday", "Friday"]},
        "range": {"type": "NoEnd"},
        **recurrence,
    }
    return {"intervals": [], "timeZone": "Europe/Berlin", "recurrences": [one]}


def starts(given: dict[str, Any], until: datetime = DECEMBER) -> list[str]:
    return [f"{start:%m-%d %H}" for start, _ in windows(given, NOVEMBER, until)]


def test_a_weekly_recurrence_happens_on_its_days_at_the_local_hour():
    found = starts(schedule(), datetime(2026, 11, 14, tzinfo=UTC))

    assert found == ["11-02 08", "11-06 08", "11-09 08", "11-13 08"]


def test_every_other_week_is_counted_from_the_first_one():
    every_other = {"type": "Weekly", "interval": 2, "daysOfWeek": ["Monday"]}

    assert starts(schedule(pattern=every_other)) == ["11-02 08", "11-16 08", "11-30 08"]


def test_every_third_day_is_counted_from_the_first_one():
    third = {"type": "Daily", "interval": 3}

    assert starts(schedule(pattern=third))[:3] == ["11-02 08", "11-05 08", "11-08 08"]


@pytest.mark.parametrize(
    "limits",
    [
        {"type": "Numbered", "numberOfOccurrences": 2},
        {"type": "EndDate", "end": "2026-11-06T00:00:00"},
    ],
)
def test_a_recurrence_ends_by_number_or_by_date(limits: dict[str, Any]):
    assert starts(schedule(range=limits)) == ["11-02 08", "11-06 08"]


def test_a_day_may_be_left_out_and_another_one_put_in():
    alterations = [
        {"type": "Exclusion", "start": "2026-11-06T00:00:00", "end": "2026-11-07T00:00:00"},
        {"type": "Inclusion", "start": "2026-11-07T09:00:00", "end": "2026-11-07T10:00:00"},
    ]
    found = starts(schedule(alterations=alterations), datetime(2026, 11, 10, tzinfo=UTC))

    assert found == ["11-02 08", "11-07 08", "11-09 08"]


def test_the_local_hour_stays_when_the_clock_changes():
    daily = schedule(
        start="2026-10-24T09:00:00",
        end="2026-10-24T10:00:00",
        pattern={"type": "Daily", "interval": 1},
    )

    found = windows(daily, datetime(2026, 10, 24, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC))

    assert [start.hour for start, _ in found] == [7, 8]


def test_an_offset_is_absolute_whatever_the_zone():
    given = {
        "intervals": [{"start": "2026-11-03T09:00:00.000Z", "end": "2026-11-03T10:00:00.000Z"}],
        "timeZone": "Asia/Tokyo",
    }

    assert starts(given) == ["11-03 09"]


def test_spans_that_touch_leave_the_campaign_on():
    hours = [("09", "10"), ("10", "11")]
    given = {
        "intervals": [
            {"start": f"2026-11-03T{start}:00:00Z", "end": f"2026-11-03T{end}:00:00Z"}
            for start, end in hours
        ]
    }

    told = [(f"{at:%H}", status) for at, status in switches(given, NOVEMBER, DECEMBER)]

    assert told == [("09", "on"), ("10", "off"), ("10", "on"), ("11", "off")]


@pytest.mark.parametrize(
    "recurrence",
    [{"end": "2026-11-02T08:00:00"}, {"start": "soon"}, {"range": {"type": "EndDate"}}],
)
def test_a_recurrence_that_cannot_be_is_refused(recurrence: dict[str, Any]):
    with pytest.raises(Refusal) as refused:
        starts(schedule(**recurrence))

    assert refused.value.code == "invalid.interval.time"

"""Records to frames: as they came, or refused with their place."""

import time
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest

from core.errors import UnexpectedPayload
from core.frames import CAPACITY, RATE_RECORDS, VOLUME_RECORDS
from core.tenants.tutorial_records import (
    capacity_hours,
    rate_records,
    volume_records,
)
from core.tenants.values import interval_start

NINE = "2026-11-23T09:00:00.000Z"
TEN = "2026-11-23T10:00:00.000Z"
PLACE = "The outbound history of campaign c-1"


def rate(**values: Any) -> dict[str, Any]:
    return {"interval": NINE, "offered": 40, "answered": 10, "answerRate": 0.25} | values


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00.000Z",
        "2026-11-23T09:00:00+00:00",
        "2026-11-23T10:00:00+01:00",
        "2026-11-23T09:00:00",
        "2026-11-23T09:00:00Z/2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00.000+01:00/PT1H",
    ],
)
def test_an_interval_is_named_by_its_start_in_utc(text: str) -> None:
    assert interval_start(text) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert interval_start(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["", "soon", None, 1795424400, "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-02:00"]
)
def test_what_is_no_time_of_a_contact_centre_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match="no time"):
        interval_start(text)


def test_a_time_without_an_offset_is_utc_wherever_the_program_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert interval_start("2026-11-23T09:00:00") == datetime(2026, 11, 23, 9, tzinfo=UTC)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_records_leave_repeated_and_out_of_order_as_they_came() -> None:
    frame = rate_records([rate(interval=TEN), rate(), rate(offered=41)], PLACE)

    assert RATE_RECORDS.check(frame) is frame
    assert frame["ds"].dt.hour.tolist() == [10, 9, 9]
    assert frame["offered"].tolist() == [40.0, 40.0, 41.0]


def test_no_record_is_an_empty_frame_of_the_same_columns() -> None:
    for frame, contract in [
        (rate_records([], PLACE), RATE_RECORDS),
        (volume_records([], PLACE), VOLUME_RECORDS),
        (capacity_hours([], PLACE), CAPACITY),
    ]:
        assert frame.empty
        contract.check(frame)


def test_counts_win_over_the_rate_and_the_rate_stands_in_where_answers_are_absent() -> None:
    told = rate_records([rate(answerRate=0.9)], PLACE)
    derived = rate_records([{"interval": NINE, "offered": 30, "answerRate": 0.3333}], PLACE)

    assert told["answered"].tolist() == [10.0]
    assert derived["answered"].tolist() == [10.0]


def test_an_hour_in_which_nothing_was_offered_needs_no_rate() -> None:
    frame = rate_records([{"interval": NINE, "offered": 0, "answerRate": None}], PLACE)

    assert frame[["offered", "answered"]].to_numpy().tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"offered": 1, "answered": 1}, "interval is missing"),
        ({"interval": NINE, "answered": 1}, "offered is missing"),
        ({"interval": NINE, "offered": 3}, "answered is missing"),
        (rate(offered=-4), "offered is -4"),
        (rate(offered="40"), "offered is '40'"),
        (rate(offered=True), "offered is True"),
        (rate(offered=None), "offered is None"),
        (rate(offered=12.5), "offered is 12.5"),
        (rate(answered=41), "answered is 41, more than the 40 offered"),
        (rate(answered=-1), "answered is -1"),
        (rate(answered=None, answerRate=37.5), "answerRate is 37.5"),
        (rate(answered=None, answerRate=-0.1), "answerRate is -0.1"),
        (rate(offered=10**30), "no count"),
        (rate(interval="yesterday"), "'yesterday' is no time"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused_with_its_place(
    record: dict[str, Any], why: str
) -> None:
    with pytest.raises(UnexpectedPayload) as caught:
        rate_records([rate(interval=TEN), record], PLACE)

    assert why in str(caught.value)
    assert PLACE in str(caught.value)
    assert "record 2" in str(caught.value)


def test_a_queues_record_starts_with_either_key() -> None:
    frame = volume_records(
        [
            {"intervalFrom": NINE, "intervalTo": TEN, "contactCount": 12, "handleCount": 11},
            {"dateFrom": TEN, "contactCount": 12.0},
        ],
        "The history of queue q-1",
    )

    assert VOLUME_RECORDS.check(frame)["y"].tolist() == [12.0, 12.0]
    assert frame["ds"].dt.hour.tolist() == [9, 10]


@pytest.mark.parametrize(
    ("record", "why"),
    [
        ({"contactCount": 1}, "intervalFrom is missing"),
        ({"dateFrom": NINE}, "contactCount is missing"),
        ({"dateFrom": NINE, "contactCount": "many"}, "contactCount is 'many'"),
        ({"dateFrom": NINE, "contactCount": 0.5}, "no whole number"),
    ],
)
def test_a_queues_record_that_cannot_be_true_is_refused(record: dict[str, Any], why: str) -> None:
    with pytest.raises(UnexpectedPayload, match=why):
        volume_records([record], "The history of queue q-1")


def test_capacity_is_sorted_and_the_last_of_two_entries_for_an_hour_counts() -> None:
    frame = capacity_hours(
        [
            {"interval": TEN, "capacity": 12.5},
            {"interval": NINE, "capacity": 11},
            {"interval": NINE, "capacity": 10},
        ],
        "The schedule",
    )

    assert CAPACITY.check(frame)["agents"].tolist() == [10.0, 12.5]
    assert isinstance(frame["ds"].dtype, pd.DatetimeTZDtype)


def test_an_hour_without_a_capacity_is_unknown_and_not_zero() -> None:
    frame = capacity_hours([{"interval": NINE, "capacity": None}], "The schedule")

    assert frame.empty


def test_a_capacity_that_cannot_be_true_is_refused() -> None:
    with pytest.raises(UnexpectedPayload, match="capacity is -1"):
        capacity_hours([{"interval": NINE, "capacity": -1}], "The schedule")

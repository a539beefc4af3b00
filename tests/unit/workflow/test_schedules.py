"""Schedules of campaigns: one meaning in many spellings."""

from datetime import UTC, datetime

import pytest

from core.documents import JsonObject
from core.workflow.schedules import (
    former_payload,
    intervals_in,
    schedule_content,
    schedule_payload,
    spans_in,
)

NINE, ELEVEN = (datetime(2026, 11, 26, hour, tzinfo=UTC) for hour in (9, 11))
SENT = schedule_payload("c-1", [(NINE, ELEVEN)])


def told(start: str, end: str, **other: object) -> JsonObject:
    """Return a schedule as a tenant gives it."""
    return {"intervals": [{"start": start, "end": end}], **other}


@pytest.mark.parametrize(
    "found",
    [
        told("2026-11-26T09:00:00.000", "2026-11-26T11:00:00.000", timeZone="UTC"),
        told("2026-11-26T09:00:00Z", "2026-11-26T11:00:00+00:00"),
        told("2026-11-26T10:00:00", "2026-11-26T12:00:00", timeZone="Europe/Berlin"),
        SENT | {"timeZone": "Europe/Berlin", "recurrences": None, "version": 4},
    ],
)
def test_a_schedule_says_the_same_however_its_times_are_spelled(found: JsonObject) -> None:
    assert schedule_content(found) == schedule_content(SENT)


@pytest.mark.parametrize(
    "found",
    [
        told("2026-11-26T09:00:00", "2026-11-26T11:00:00", timeZone="Europe/Berlin"),
        SENT | {"intervals": SENT["intervals"] * 2},
        SENT | {"recurrences": [{"start": "2026-11-26T09:00:00"}]},
        {},
    ],
)
def test_another_time_another_window_or_a_recurrence_is_another_schedule(
    found: JsonObject,
) -> None:
    assert schedule_content(found) != schedule_content(SENT)


def test_the_order_of_windows_means_nothing() -> None:
    two = schedule_payload("c-1", [(ELEVEN, ELEVEN), (NINE, ELEVEN)])
    swapped = two | {"intervals": two["intervals"][::-1]}
    assert schedule_content(two) == schedule_content(swapped)


def test_a_time_that_cannot_be_read_stays_as_it_is_and_is_no_span() -> None:
    document = {"timeZone": "Mars/Olympus", "intervals": [{"start": "soon", "end": None}]}
    assert intervals_in(document) == [{"start": "soon", "end": "None"}]
    assert spans_in(intervals_in(document)) == ()


def test_a_former_schedule_goes_back_without_what_the_tenant_writes_alone() -> None:
    former = {
        "id": "s-1",
        "version": 4,
        "selfUri": "/x",
        "name": "Autumn",
        "timeZone": "Europe/Berlin",
        "intervals": [],
        "recurrences": [{"start": "2026-11-26T09:00:00"}],
        "campaign": {"id": "c-1", "name": "Old name"},
    }
    assert former_payload(former, "c-1") == {
        "name": "Autumn",
        "timeZone": "Europe/Berlin",
        "intervals": [],
        "recurrences": [{"start": "2026-11-26T09:00:00"}],
        "campaign": {"id": "c-1"},
    }

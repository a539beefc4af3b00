"""An interval, cut by a granularity."""

from itertools import pairwise

import pytest

from core.simulator.platform.buckets import cut
from core.simulator.refusals import Refusal


def lengths(interval: str, granularity: str, zone: str = "UTC") -> list[int]:
    edges = cut(interval, granularity, zone).edges
    return [right - left for left, right in pairwise(edges)]


def test_buckets_begin_with_the_interval_and_the_last_one_may_be_short():
    interval = "2026-11-23T10:30:00Z/2026-11-23T13:00:00Z"

    buckets = cut(interval, "PT1H", "UTC")

    assert lengths(interval, "PT1H") == [3600, 3600, 1800]
    assert buckets.names[0] == "2026-11-23T10:30:00.000Z/2026-11-23T11:30:00.000Z"
    assert buckets.in_quarters


def test_days_follow_the_zone_through_both_changes_of_the_clock():
    spring = "2026-03-28T00:00:00+01:00/2026-03-31T00:00:00+02:00"
    autumn = "2026-10-24T00:00:00+02:00/2026-10-27T00:00:00+01:00"

    assert [one // 3600 for one in lengths(spring, "P1D", "Europe/Berlin")] == [24, 23, 24]
    assert [one // 3600 for one in lengths(autumn, "P1D", "Europe/Berlin")] == [24, 25, 24]


def test_without_a_granularity_the_interval_is_one_bucket():
    assert lengths("2026-11-01T00:00:00Z/2026-11-03T12:00:00Z", "") == [60 * 3600]


@pytest.mark.parametrize(
    ("interval", "granularity", "zone", "field"),
    [
        ("2026-11-01T00:00:00Z", "PT1H", "UTC", "interval"),
        ("2026-11-01T00:00:00/2026-11-02T00:00:00", "PT1H", "UTC", "interval"),
        ("2026-11-02T00:00:00Z/2026-11-01T00:00:00Z", "PT1H", "UTC", "interval"),
        ("2026-11-01T00:07:00Z/2026-11-02T00:00:00Z", "PT1H", "UTC", "interval"),
        ("1970-01-01T00:00:00Z/2026-11-02T00:00:00Z", "PT15M", "UTC", "interval"),
        ("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", "PT7M", "UTC", "granularity"),
        ("2026-11-01T00:00:00Z/2026-11-02T00:00:00Z", "P1D", "Mars/Base", "timeZone"),
    ],
)
def test_an_interval_that_cannot_be_cut_is_refused(
    interval: str, granularity: str, zone: str, field: str
):
    with pytest.raises(Refusal) as refused:
        cut(interval, granularity, zone)

    assert refused.value.field == field

"""History as it goes over the wire."""

from itertools import pairwise

import pytest

from core.simulator.demand import HourOfContacts
from core.simulator.dialled import HourOfDialling
from core.simulator.queries import HistoryQuery
from core.simulator.records import (
    Page,
    disordered,
    outbound_record,
    queue_record,
    read_page,
)
from core.simulator.refusals import Refusal

HOURS = [HourOfContacts(490_000 + n, n, n) for n in range(2000)]


def query(token: str = "", digest: str = "abc") -> HistoryQuery:
    return HistoryQuery(("q",), 0, 1, ("contactCount",), 100, token, digest)


def test_a_few_records_are_repeated_and_a_few_come_late_and_none_is_lost():
    sent = [hour.hour for hour in disordered(7, "q", HOURS)]

    late = sum(after < before for before, after in pairwise(sent))
    assert set(sent) == {hour.hour for hour in HOURS}
    assert 5 < len(sent) - len(HOURS) < 80
    assert 10 < late < 200


def test_the_same_records_are_affected_each_time():
    assert disordered(7, "q", HOURS) == disordered(7, "q", HOURS)
    assert disordered(7, "q", HOURS) != disordered(7, "other", HOURS)


def test_some_records_name_their_start_differently_and_all_name_it_once():
    records = [queue_record(7, "q", hour, ["contactCount"]) for hour in HOURS]

    other = [record for record in records if "dateFrom" in record]
    assert 40 < len(other) < 200
    assert all(("dateFrom" in record) != ("intervalFrom" in record) for record in records)
    assert all(record["intervalTo"].endswith(":00:00.000Z") for record in records)


def test_a_record_has_the_metrics_that_were_asked_for_and_no_others():
    hour = HourOfDialling(
        hour=490_000,
        attempts=300,
        answered=100,
        live=70,
        abandoned=2,
        idle_rounds=300,
        line_rounds=600,
        agents=40,
        rounds=720,
    )

    assert set(outbound_record(hour, ["answered"])) == {"interval", "answered"}
    assert set(queue_record(7, "q", HOURS[5], ["handleCount"])) >= {"handleCount"}
    assert "contactCount" not in queue_record(7, "q", HOURS[5], ["handleCount"])


def test_a_page_token_leads_on_and_keeps_the_moment():
    token = Page(100, 1234.5678).token("abc")

    assert read_page(query(token), now=2000.0) == Page(100, 1234.5678)


@pytest.mark.parametrize(
    "token",
    ["%%%", "abc", Page(100, 5.0).token("other"), Page(-1, 5.0).token("abc"), "ü", "MTAwLzU="],
)
def test_a_page_token_of_another_query_is_refused(token: str):
    with pytest.raises(Refusal) as refused:
        read_page(query(token), now=2000.0)

    assert refused.value.status == 400


def test_a_page_token_cannot_look_into_the_future():
    with pytest.raises(Refusal):
        read_page(query(Page(0, 9e9).token("abc")), now=2000.0)

"""Laws of the simulator that hold whatever is asked of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.simulator.calendar import ZONE, local_day
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.dialler import CONVERSATIONS, RECORDS, ROUNDS, Fortune, Shifts, dial
from core.simulator.faults import Fault, FaultPlan
from core.simulator.ledger import _merged
from core.simulator.outbound import Outbound
from core.simulator.pacing import PacingInForce, PacingTimeline
from core.simulator.queries import HistoryQuery
from core.simulator.queues import QUEUES
from core.simulator.records import Page, disordered, read_page
from core.simulator.refusals import Refusal
from core.simulator.rosters import Rosters
from core.simulator.rulebook import check_draft, check_update
from core.simulator.world import World

HOURS = st.integers(min_value=480_000, max_value=505_000)
DAYS = st.dates(min_value=date(2024, 1, 1), max_value=date(2032, 12, 31))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["name", "type", "status", "dialingMode", "predictive", "version", "schedule", "id"]
)


@given(DAYS)
def test_local_days_follow_one_another_without_a_gap(day: date):
    today, tomorrow = local_day(day), local_day(day + timedelta(days=1))

    assert today.first_hour + len(today.clock_hours) == tomorrow.first_hour
    assert len(today.clock_hours) in (23, 24, 25)
    start = datetime.fromtimestamp(today.first_hour * 3600, ZONE)
    assert (start.date(), start.hour) == (day, 0)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(QUEUES), HOURS, st.integers(1, 60), st.integers(0, 60), st.integers(0, 99))
def test_what_is_read_in_two_parts_is_what_is_read_at_once(
    queue: Any, first: int, left: int, right: int, seed: int
):
    demand, now = World(seed=seed).demand, 1.9e9
    middle, end = first + left, first + left + right

    parts = [*demand.hours(queue, first, middle, now), *demand.hours(queue, middle, end, now)]

    assert parts == list(demand.hours(queue, first, end, now))


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(CAMPAIGNS), HOURS, st.integers(1, 40), st.integers(0, 40))
def test_a_campaigns_hours_do_not_depend_on_what_is_read_beside_them(
    campaign: Any, first: int, left: int, right: int
):
    timeline = PacingTimeline(PacingInForce(3.0, 0.03))
    middle, end = first + left, first + left + right

    def read(start: int, stop: int) -> list[Any]:
        return Outbound(7, Rosters(7)).on_record(campaign, timeline, start, stop, 1.9e9)

    assert read(first, middle) + read(middle, end) == read(first, end)


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(QUEUES), HOURS, st.lists(st.integers(0, 5 * 3600), min_size=2, max_size=6))
def test_records_only_ever_grow(queue: Any, hour: int, waits: list[int]):
    demand = World(seed=3).demand
    seen = [
        sum(one.contacts for one in demand.hours(queue, hour, hour + 1, hour * 3600.0 + wait))
        for wait in sorted(waits)
    ]

    assert seen == sorted(seen)


@settings(deadline=None, max_examples=50)
@given(
    agents=st.integers(1, 60),
    answer=st.floats(0.02, 0.9),
    live=st.floats(0.3, 1.0),
    seconds=st.floats(60, 3000),
    lines=st.floats(0, 15),
    target=st.floats(0, 1),
    seed=st.integers(0, 10_000),
)
def test_the_dialler_never_counts_more_than_there_was(
    agents: int,
    answer: float,
    live: float,
    seconds: float,
    lines: float,
    target: float,
    seed: int,
):
    every = np.ones((ROUNDS, 1))
    shifts = Shifts(
        np.array([float(agents)]), np.array([answer]), live, seconds, every * lines, every * target
    )

    drawn = np.random.default_rng(seed)
    fortune = Fortune(drawn.random((1, RECORDS)), drawn.exponential(size=(1, CONVERSATIONS)))

    out = dial(shifts, fortune)

    assert (out.abandoned >= 0).all()
    assert (out.abandoned <= out.live).all()
    assert (out.live <= out.answered).all()
    assert (out.answered <= out.attempts).all()
    assert ((out.idle >= 0) & (out.idle <= agents)).all()
    if lines <= 1:
        assert out.abandoned.sum() == 0


@given(st.lists(HOURS, unique=True, max_size=60), st.integers(0, 1000))
def test_disorder_loses_no_record_and_invents_none(hours: list[int], seed: int):
    timeline = [Hour(hour) for hour in sorted(hours)]

    assert set(disordered(seed, "q", timeline)) == set(timeline)


@given(st.integers(0, 10**6), st.floats(0, 1.9e9), st.text(alphabet="0123456789abcdef"))
def test_a_page_token_leads_to_its_page(offset: int, as_of: float, digest: str):
    token = Page(offset, as_of).token(digest)

    query = HistoryQuery(("q",), 0, 1, (), 100, token, digest)
    assert read_page(query, now=1.9e9) == Page(offset, as_of)


@given(st.text(min_size=1))
def test_a_made_up_page_token_is_refused(token: str):
    query = HistoryQuery(("q",), 0, 1, (), 100, token, "0123456789ab")
    with pytest.raises(Refusal) as refused:
        read_page(query, now=1.9e9)

    assert refused.value.status == 400


@given(st.dictionaries(FIELDS, JSON))
def test_whatever_is_sent_is_taken_or_refused_with_a_reason(body: dict[str, Any]):
    for refusal in (refusal_of(check_update, body, 3), refusal_of(check_draft, body)):
        assert refusal is None or (refusal.status in (400, 409) and refusal.field)


def refusal_of(check: Callable[..., None], *arguments: object) -> Refusal | None:
    try:
        check(*arguments)
    except Refusal as refusal:
        return refusal
    return None


@given(JSON, JSON)
def test_a_merge_patch_leaves_no_null_behind_and_is_the_same_twice(target: Any, patch: Any):
    once = _merged(target, patch)

    assert repr(_merged(once, patch)) == repr(once)


@given(
    st.sets(st.sampled_from([Fault.RATE_LIMITS, Fault.SERVER_ERRORS, Fault.BROKEN_JSON])),
    st.lists(st.sampled_from("abc"), max_size=80),
)
def test_no_operation_is_struck_twice_in_a_row(active: set[Fault], operations: list[str]):
    plan, last = FaultPlan(active), dict.fromkeys("abc", False)
    for operation in operations:
        struck = any(plan.strikes_operation(fault, operation) for fault in sorted(active))
        if not struck:
            plan.pass_on(operation)
        assert not (struck and last[operation])
        last[operation] = struck


class Hour:
    """One hour, and nothing more."""

    def __init__(self, hour: int) -> None:
        self.hour = hour


def test_some_campaign_dials_within_24_hours_of_any_moment():
    rosters = Rosters(7)
    start = datetime(2026, 11, 1, tzinfo=UTC)
    for day in range(400):
        on_shift = rosters.scheduled(CAMPAIGNS[0], (start + timedelta(days=day)).date())
        assert sum(agents > 0 for agents in on_shift) >= 10

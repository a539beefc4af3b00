"""Contacts of the queues: repeatable, of different character, growing while they are posted."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from core.simulator.calendar import holidays, hour_number, local_date, local_day
from core.simulator.demand import Demand
from core.simulator.queues import QUEUES, QueueCharacter

MONDAY_NOON = datetime(2026, 11, 23, 11, 20, tzinfo=UTC)
BY_NAME = {queue.name: queue for queue in QUEUES}


def contacts(
    queue: QueueCharacter,
    start: datetime,
    end: datetime,
    *,
    seed: int = 7,
    now: datetime | None = None,
) -> dict[int, int]:
    moment = (now or end + timedelta(days=1)).timestamp()
    hours = Demand(seed).hours(queue, hour_number(start), hour_number(end), moment)
    return {hour.hour: hour.contacts for hour in hours}


def test_there_are_24_queues_with_ids_of_their_own():
    assert len({queue.queue_id for queue in QUEUES}) == len(QUEUES) == 24


def test_the_same_seed_gives_the_same_history():
    span = (MONDAY_NOON - timedelta(days=20), MONDAY_NOON)

    assert contacts(QUEUES[0], *span) == contacts(QUEUES[0], *span)
    assert contacts(QUEUES[0], *span) != contacts(QUEUES[0], *span, seed=8)


def test_history_stays_the_same_when_the_present_moves_on():
    span = (MONDAY_NOON - timedelta(days=20), MONDAY_NOON - timedelta(days=1))

    early = contacts(QUEUES[6], *span, now=MONDAY_NOON)
    late = contacts(QUEUES[6], *span, now=MONDAY_NOON + timedelta(days=200))

    assert early == late


def test_the_training_queue_has_never_had_a_contact():
    span = (MONDAY_NOON - timedelta(days=400), MONDAY_NOON)

    assert contacts(BY_NAME["Training"], *span) == {}


def test_history_ends_with_the_hour_in_progress():
    queue = BY_NAME["Heating emergency"]

    known = contacts(queue, MONDAY_NOON, MONDAY_NOON + timedelta(days=2), now=MONDAY_NOON)

    assert list(known) == [hour_number(MONDAY_NOON)]


def test_the_hour_in_progress_and_the_two_before_grow_and_then_stand_still():
    queue = BY_NAME["Technical support"]
    hour = hour_number(MONDAY_NOON)

    grown = [
        contacts(
            queue,
            MONDAY_NOON,
            MONDAY_NOON + timedelta(hours=1),
            now=MONDAY_NOON + timedelta(minutes=m),
        )[hour]
        for m in (0, 20, 39, 100, 165, 5000)
    ]

    assert grown == sorted(grown)
    assert 0 < grown[0] < grown[2] < grown[-1]
    assert grown[-2] == grown[-1]


def test_a_closed_night_has_no_record_and_a_quiet_open_hour_has_one_of_zero():
    office = contacts(BY_NAME["English desk"], MONDAY_NOON - timedelta(days=7), MONDAY_NOON)
    clock = {datetime.fromtimestamp(hour * 3600, UTC).hour for hour in office}

    assert clock == set(range(7, 17))
    assert 0 in office.values()


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_an_emergency_line_has_23_or_25_hours_when_the_clock_changes(day: date, hours: int):
    first = local_day(day).first_hour
    counts = []
    for seed in range(10):
        known = Demand(seed).hours(BY_NAME["Water damage"], first - 5, first + 30, now=1.9e9)
        counts.append(sum(local_date(one.hour) == day for one in known))

    # A missing hour now and then is part of every history.
    assert max(counts) == hours
    assert counts.count(hours) > 5


def test_office_queues_are_closed_on_holidays_and_the_emergency_line_is_quieter():
    whitsun = datetime(2026, 5, 25, tzinfo=UTC)
    assert whitsun.date() in holidays(2026)
    span = (whitsun, whitsun + timedelta(hours=22))
    week_before = (whitsun - timedelta(days=7), whitsun - timedelta(days=7, hours=-22))

    assert contacts(BY_NAME["Billing"], *span) == {}
    emergency = BY_NAME["Heating emergency"]
    quieter = [
        sum(contacts(emergency, *span, seed=seed).values())
        < sum(contacts(emergency, *week_before, seed=seed).values())
        for seed in range(10)
    ]
    assert sum(quieter) >= 9


def test_the_partner_hotline_closes_on_fridays_at_14():
    friday = datetime(2026, 11, 20, tzinfo=UTC)

    known = contacts(BY_NAME["Partner hotline"], friday, friday + timedelta(days=1))

    assert max(known) == hour_number(friday.replace(hour=12))


def test_a_few_open_hours_are_missing():
    queue = BY_NAME["Heating emergency"]
    span = (datetime(2025, 11, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))

    known = contacts(queue, *span)

    missing = 365 * 24 - len(known)
    assert 10 < missing < 80


@pytest.mark.parametrize(
    ("name", "larger", "smaller"),
    [
        ("Smart meters", "2026-10-05", "2026-02-02"),
        ("Landline legacy", "2026-02-02", "2026-10-05"),
        ("Heating emergency", "2026-01-12", "2026-07-13"),
    ],
)
def test_trend_and_yearly_wave_show_between_weeks(name: str, larger: str, smaller: str):
    def week(text: str) -> int:
        start = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return sum(contacts(BY_NAME[name], start, start + timedelta(days=7)).values())

    assert week(larger) > 1.15 * week(smaller)


def test_one_queue_jumps_to_another_level_every_18_weeks():
    def three_weeks(year: int, month: int, day: int) -> int:
        start = datetime(year, month, day, tzinfo=UTC)
        return sum(contacts(BY_NAME["Claims South"], start, start + timedelta(weeks=3)).values())

    before, after, later = (
        three_weeks(2025, 12, 1),
        three_weeks(2026, 1, 12),
        three_weeks(2026, 2, 2),
    )

    assert before > 1.3 * after
    assert 0.85 < later / after < 1.15


def test_storm_days_stand_out():
    queue = BY_NAME["Water damage"]
    known = contacts(queue, MONDAY_NOON - timedelta(days=400), MONDAY_NOON)
    by_day: dict[date, int] = {}
    for hour, count in known.items():
        by_day[local_date(hour)] = by_day.get(local_date(hour), 0) + count

    totals = np.array(list(by_day.values()))
    assert 1 <= (totals > 2.2 * np.median(totals)).sum() <= 8


def test_last_week_foretells_this_week_about_as_well_as_in_a_contact_centre():
    errors = {}
    for name in ("Billing", "Technical support", "Appointments", "Business customers"):
        known = contacts(BY_NAME[name], datetime(2026, 8, 3, tzinfo=UTC), MONDAY_NOON)
        pairs = [(known[h], known[h - 168]) for h in known if h - 168 in known]
        errors[name] = sum(abs(a - b) for a, b in pairs) / sum(a for a, _ in pairs)

    assert all(0.12 < error < 0.35 for error in errors.values()), errors


def test_most_contacts_reach_an_agent_and_never_more_than_came():
    hours = list(
        Demand(7).hours(
            QUEUES[0], hour_number(MONDAY_NOON) - 24 * 60, hour_number(MONDAY_NOON), 1.9e9
        )
    )

    assert all(0 <= hour.handled <= hour.contacts for hour in hours)
    share = sum(hour.handled for hour in hours) / sum(hour.contacts for hour in hours)
    assert 0.85 < share < 0.98

"""Agents on shift."""

from datetime import date

from core.simulator.campaigns import CAMPAIGNS
from core.simulator.rosters import Rosters

MONDAY = date(2026, 11, 23)


def test_nobody_is_scheduled_outside_of_dialling_hours():
    scheduled = Rosters(7).scheduled(CAMPAIGNS[0], MONDAY)

    assert all(agents == 0 for agents in scheduled[:9] + scheduled[20:])
    assert all(10 <= agents <= 62 for agents in scheduled[9:20])


def test_nobody_is_scheduled_on_a_closed_day():
    assert set(Rosters(7).scheduled(CAMPAIGNS[3], date(2026, 11, 22))) == {0}


def test_fewer_are_present_than_were_scheduled():
    rosters = Rosters(7)
    scheduled, present = (
        rosters.scheduled(CAMPAIGNS[0], MONDAY),
        rosters.present(CAMPAIGNS[0], MONDAY),
    )

    assert all(there <= planned for there, planned in zip(present, scheduled, strict=True))
    assert 0.7 < sum(present) / sum(scheduled) < 0.97


def test_shifts_that_begin_at_half_past_count_half_agents():
    assert any(agents % 1 == 0.5 for agents in Rosters(7).scheduled(CAMPAIGNS[5], MONDAY))


def test_a_roster_is_the_same_every_time_it_is_looked_at():
    assert Rosters(7).present(CAMPAIGNS[1], MONDAY) == Rosters(7).present(CAMPAIGNS[1], MONDAY)

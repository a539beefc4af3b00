"""Agents ahead by hand: entered, loaded, forgotten; unknown is never zero."""

import pytest

from core.errors import ApproverNotAllowed, FileRejected, UsageError
from core.screens import capacity
from core.screens.capacity import CapacityView
from tests.support.desk import PLANNER, SKILL, VIEWER, Desk
from tests.support.platform_desk import pacing_of, platform_desk


def seen(desk: Desk, person: str = PLANNER) -> CapacityView:
    who = desk.services.people.person(person)
    page = pacing_of(desk, person)
    assert page.advice is not None
    return capacity.view(desk.services, desk.recent(), page.advice, SKILL, who, desk.look())


def test_the_table_has_an_hour_for_each_of_the_forecast() -> None:
    desk = platform_desk()
    view = seen(desk)
    assert view.table["hour"].iloc[0] == "Wed 25 Nov, 11:00–12:00"
    assert view.table["scheduled"].notna().all()
    assert view.table["by_hand"].isna().all()
    assert not view.has_entered


def test_an_hour_that_nobody_tells_is_a_gap_and_not_zero() -> None:
    desk = platform_desk()
    desk.tenant._capacity.clear()
    view = seen(desk)
    assert view.table["scheduled"].isna().all()
    page = pacing_of(desk)
    assert capacity.title_of(page.advice) == "Agents ahead: capacity unknown; enter them by hand"


def test_only_changed_hours_are_stored_and_the_rest_stays_the_tenants() -> None:
    desk = platform_desk()
    view = seen(desk)
    person = desk.services.people.person(PLANNER)
    by_hand = [None, 7.0, *[None] * (len(view.hours) - 2)]
    sentence = capacity.save(desk.services, view, by_hand, "Training", person)
    assert sentence == "Agents saved for 1 hour. The plan counts with them now."
    after = seen(desk)
    assert after.table["by_hand"].tolist()[1] == 7.0
    assert after.has_entered
    assert after.stamp != view.stamp
    assert pacing_of(desk).recommendation.hours[1].agents == 7.0


def test_an_emptied_cell_gives_the_hour_back_to_the_tenant() -> None:
    desk = platform_desk()
    person = desk.services.people.person(PLANNER)
    view = seen(desk)
    capacity.save(desk.services, view, [3.0] * len(view.hours), "Storm", person)
    again = seen(desk)
    capacity.save(desk.services, again, [None, *[3.0] * (len(view.hours) - 1)], "Better", person)
    told = seen(desk).table["by_hand"]
    assert told.isna().tolist()[:2] == [True, False]


def test_saving_what_was_not_changed_is_refused() -> None:
    desk = platform_desk()
    view = seen(desk)
    person = desk.services.people.person(PLANNER)
    with pytest.raises(UsageError, match="No hour was changed"):
        capacity.save(desk.services, view, [None] * len(view.hours), "", person)


def test_who_may_not_propose_may_not_enter_agents() -> None:
    desk = platform_desk()
    view = seen(desk, VIEWER)
    assert not view.may_edit
    viewer = desk.services.people.person(VIEWER)
    with pytest.raises(ApproverNotAllowed):
        capacity.save(desk.services, view, [3.0] * len(view.hours), "", viewer)


def test_a_file_is_taken_on_the_centres_clock() -> None:
    desk = platform_desk()
    view = seen(desk)
    person = desk.services.people.person(PLANNER)
    content = b"ds,agents\n2026-11-25T12:00,9\n"
    sentence = capacity.load(desk.services, view, content, "agents.csv", "", person)
    assert sentence == "Agents of 1 hour entered from agents.csv."
    assert pacing_of(desk).recommendation.hours[1].agents == 9.0


def test_a_wrong_file_is_refused_with_line_and_column_and_nothing_is_stored() -> None:
    desk = platform_desk()
    view = seen(desk)
    person = desk.services.people.person(PLANNER)
    content = b"ds,agents\n2026-11-25T12:00,9\n2026-11-25T13:00,many\n"
    with pytest.raises(FileRejected) as refused:
        capacity.load(desk.services, view, content, "agents.csv", "", person)
    assert "line 3" in str(refused.value)
    assert "agents" in str(refused.value)
    assert not seen(desk).has_entered


def test_forgetting_gives_all_hours_ahead_back() -> None:
    desk = platform_desk()
    person = desk.services.people.person(PLANNER)
    view = seen(desk)
    capacity.save(desk.services, view, [3.0] * len(view.hours), "Storm", person)
    sentence = capacity.forget(desk.services, seen(desk), "Over", person)
    assert sentence == f"Agents entered by hand are forgotten for {len(view.hours)} hours."
    assert not seen(desk).has_entered

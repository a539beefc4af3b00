"""Agents on the Overview: by hand where somebody said so, and plans of a day that act alone."""

from dataclasses import replace

import pandas as pd

from core.charts.picture import Look
from core.clock import FrozenClock
from core.screens.names import campaign_names
from core.screens.overview_agents import agents_today
from core.screens.overview_needs import waiting_proposals
from tests.support.desk import NOW, PLANNER, SKILL, Desk, filled_desk
from tests.support.platform_desk import day_in_force, platform_desk
from tests.unit.screens.overview_page import shown


def test_agents_by_hand_count_and_are_said_to_be_so(desk: Desk, look: Look) -> None:
    hours = pd.DataFrame(
        {"ds": pd.DatetimeIndex([NOW.replace(minute=0)]).as_unit("us"), "agents": [77.0]}
    )
    desk.services.staffing.enter(SKILL, hours, by=PLANNER)
    campaigns = campaign_names(desk.services, desk.recent()).campaigns
    words = agents_today(desk.services, desk.recent(), campaigns, look)
    assert words.title.startswith("Outbound has 77 agents now")
    assert "Winback Autumn partly by hand, Loyalty calls partly by hand" in words.note


def test_a_plan_of_the_day_in_force_needs_nobody() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    assert waiting_proposals((proposal,), desk.clock.now()).proposals == ()


def test_agents_are_summed_once_for_each_skill_and_campaigns_without_schedule_are_named() -> None:
    clock = FrozenClock(NOW)
    desk = filled_desk()
    lonely = {"id": "c-lonely", "name": "Survey", "version": 1, "status": "ON"}
    tenant = desk.tenant
    tenant._campaigns["c-lonely"] = lonely
    view = shown(replace(desk, clock=clock))
    assert view.agents is not None
    assert view.agents.table["agents"].max() < 21
    assert "2 of 3 campaigns · no schedule for Survey" in view.agents_note

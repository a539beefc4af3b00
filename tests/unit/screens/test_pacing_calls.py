"""Capacity & pacing in calls per agent: the gain within the limit, and what it is made of."""

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from core.dialler import CampaignRule, RuleAction
from core.pacing.dialling_law import occupancy
from core.pacing.stepping import CALLS_FIELD
from core.screens.pacing_effect import effect_of
from core.screens.pacing_view import PacingView
from core.services.recommend import TimingGiven
from core.units import CampaignId
from tests.support.desk import CAMPAIGNS, SKILL, VIEWER, WINBACK, Desk
from tests.support.live_tenant import day_of_hours
from tests.support.platform_desk import PLATFORM, pacing_of, platform_desk


@pytest.fixture(scope="module")
def page() -> PacingView:
    """Give the page of a calm campaign."""
    return pacing_of(platform_desk())


def test_the_headline_is_the_gain_or_the_price_within_the_limit(page: PacingView) -> None:
    made = page.recommendation
    assert made is not None
    effect = effect_of(made, 2.0)
    assert effect.gain is not None
    if effect.gain >= 1:
        assert f"brings about {effect.gain:.0f} more conversations" in page.headline
    else:
        assert "calls per agent" in page.headline
    assert "3.0\u202f%" in page.headline


def test_the_page_says_by_which_policy_and_over_what_the_limit_counts(page: PacingView) -> None:
    assert "policy compliant" in page.provenance
    assert "limit 3.0\u202f% of live answers per day" in page.provenance
    assert any(
        "Handle time 240 s: mean of the calls dialled to its queue" in each for each in page.known
    )


def test_what_is_gained_is_the_difference_of_two_settings_judged_alike(page: PacingView) -> None:
    made = page.recommendation
    assert made is not None
    same = effect_of(made, made.hours[0].calls_per_agent)
    first = same.hours[0]
    assert first.now == first.planned
    assert first.hour.expected_conversations == pytest.approx(first.planned.conversations)
    assert first.hour.expected_abandon_rate == pytest.approx(first.planned.abandon_rate)


def test_an_hour_under_way_counts_for_what_is_left_of_it(page: PacingView) -> None:
    made = page.recommendation
    assert made is not None
    first, second = effect_of(made, 2.0).hours[:2]
    timing = made.limits.timing
    assert timing is not None
    team = timing.team(first.hour.agents or 0)
    assert first.now is not None
    whole = team.conversations_per_hour * occupancy(2.0, first.hour.answer_rate, team)
    assert first.now.conversations == pytest.approx(whole * 40 / 60, rel=1e-6)
    assert second.planned.waiting_minutes < 60 * (second.hour.agents or 0)


def test_the_next_hour_and_the_whole_day_have_their_own_consequence(page: PacingView) -> None:
    assert page.offer is not None
    assert page.day is not None
    assert page.offer_title == "If approved, rest of 11:00–12:00"
    labels = [each.label for each in page.offer.effects]
    assert labels[-3:] == ["Conversations", "Agent minutes waited", "Abandon rate expected"]
    assert page.day.title.startswith("The whole day: 11:00 to Thu 26 Nov, ")
    assert page.day.offer.effects[0].value.startswith("2.00 → ")


def test_every_hour_says_what_limits_it_and_what_it_was_before(page: PacingView) -> None:
    assert page.picture is not None
    assert page.is_in_calls
    row = page.hours.iloc[1]
    assert row["now"] == "2.00"
    assert row["limit"]
    assert " → " in row["taken"]
    assert set(page.picture.table["calls"].dropna()) == {
        hour.calls_per_agent
        for hour in page.recommendation.hours
        if hour.calls_per_agent is not None
    }


def test_unknown_capacity_is_said_with_its_reason_and_never_drawn_as_zero() -> None:
    desk = platform_desk()
    desk.tenant._capacity.clear()
    page = pacing_of(desk)
    assert page.headline == "Winback Autumn: capacity is unknown, so nothing is recommended"
    assert (page.offer, page.day) == (None, None)
    assert page.picture is not None
    assert page.picture.table["agents"].isna().all()
    assert set(page.hours["agents"]) == {"–"}


def test_agents_by_hand_are_said_to_be_so_wherever_they_stand() -> None:
    desk = platform_desk()
    before = pacing_of(desk)
    ds = before.recommendation.hours[1].ds
    hours = pd.DataFrame({"ds": pd.DatetimeIndex([ds]).as_unit("us"), "agents": [7.0]})
    desk.services.staffing.enter(SKILL, hours, by="Paul Novak")
    page = pacing_of(desk)
    assert page.hours["agents"].iloc[1] == "7 by hand"
    assert "agents by hand" in page.provenance
    titles = [
        word["text"] for word in page.picture.figure.to_plotly_json()["layout"]["annotations"]
    ]
    assert "agents: hatched hours by hand, the others scheduled" in titles
    assert any("entered by hand, last by Paul Novak" in each for each in page.known)


def test_entering_agents_changes_the_plan_at_once() -> None:
    desk = platform_desk()
    recent = desk.recent()
    ds = [hour.ds for hour in pacing_of(desk, recent=recent).recommendation.hours]
    hours = pd.DataFrame({"ds": pd.DatetimeIndex(ds).as_unit("us"), "agents": 5.0})
    desk.services.staffing.enter(SKILL, hours, by="Paul Novak")
    after = pacing_of(desk, recent=recent).recommendation
    assert {hour.agents for hour in after.hours} == {5.0}


def test_a_handle_time_that_nobody_tells_is_asked_for_and_never_assumed() -> None:
    desk = platform_desk(times={})
    page = pacing_of(desk)
    assert page.headline == "Winback Autumn: how long its calls last is not known"
    assert page.asks_handle_time
    assert (page.offer, page.trouble) == (None, "")
    told = pacing_of(desk, timing=TimingGiven(300.0, None))
    assert told.offer is not None
    assert any("Handle time 300 s: as given" in each for each in told.known)


def test_a_limit_broken_today_is_what_the_headline_says() -> None:
    day = day_of_hours(datetime(2026, 11, 25, 7, tzinfo=UTC), (400, 120, 12), (500, 150, 12))
    page = pacing_of(platform_desk(day=day))
    assert page.headline.startswith(
        "Winback Autumn: 8.9\u202f% abandoned today, over the limit of 3.0\u202f%"
    )
    assert page.picture is not None
    labels = [each.label for each in page.day.offer.effects]
    assert "Abandon rate, today in all" in labels


def test_policy_tutorial_stays_and_says_what_it_would_do() -> None:
    page = pacing_of(platform_desk(), policy="tutorial")
    assert "policy tutorial would set" in page.headline
    assert page.day is None
    assert any("Policy tutorial aims at" in each for each in page.cautions)


def test_a_campaign_rule_on_the_same_field_is_a_warning() -> None:
    action = RuleAction("setCampaignMaxCallsPerAgent", (CampaignId(WINBACK),))
    rule = CampaignRule("r-1", "Slow down at noon", True, ("campaignAgents",), (action,))
    page = pacing_of(platform_desk(rules=(rule,)))
    assert any(
        "“Slow down at noon” sets maxCallsPerAgent" in check.message for check in page.checks
    )


def test_a_campaign_in_another_mode_says_so_first() -> None:
    page = pacing_of(platform_desk(campaign={**PLATFORM, "dialingMode": "preview"}))
    assert page.headline == "Winback Autumn: it dials in a mode that takes no calls per agent"
    assert not page.offer.is_open
    assert not page.day.offer.is_open


def test_what_is_set_already_is_said_to_be_recommended() -> None:
    desk = platform_desk()
    first = pacing_of(desk).recommendation.push
    desk.tenant.change_as_somebody_else(WINBACK, dict(first))
    page = pacing_of(desk)
    assert page.offer is not None
    assert "nothing to propose" in page.offer.obstacle
    assert first[CALLS_FIELD] == page.recommendation.push[CALLS_FIELD]


def test_who_may_only_look_sees_the_plan_and_no_button() -> None:
    page = pacing_of(platform_desk(), VIEWER)
    assert not page.offer.is_open
    assert not page.day.offer.is_open
    assert "You are a viewer" in page.day.offer.obstacle


def test_without_a_setting_in_force_there_is_no_gain_to_speak_of() -> None:
    campaign = {key: value for key, value in PLATFORM.items() if key != "maxCallsPerAgent"}
    page = pacing_of(platform_desk(campaign=campaign))
    assert "what is set now is not known" in page.headline
    assert set(page.hours["now"]) == {"–"}


def test_the_tutorials_tenant_keeps_the_tutorials_policy(desk: Desk) -> None:
    page = pacing_of(desk)
    assert page.recommendation.policy == "tutorial"
    assert page.day is None
    assert not page.is_in_calls
    assert replace(page, recommendation=None).is_in_calls is False
    assert CAMPAIGNS[0]["name"] in page.headline

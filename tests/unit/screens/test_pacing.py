"""Capacity & pacing says what is recommended, what limits it, and whether it may be proposed."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core.charts.picture import Look
from core.errors import TenantUnreachable
from core.exports.recommendation_json import recommendation_document
from core.screens.names import Names, campaign_names
from core.screens.pacing import view
from core.screens.pacing_view import PacingView, Wanted
from core.screens.recent import Recent
from core.workflow.approval import Person
from core.workflow.plan import CheckState, PlanKind
from core.workflow.proposal import LIFETIMES
from tests.support.desk import (
    LOYALTY,
    PLANNER,
    SUPERVISOR,
    VIEWER,
    WINBACK,
    Desk,
    empty_desk,
    filled_desk,
    settings_for,
)
from tests.support.proposals import (
    approved,
    change_at_tenant,
    proposed,
    tenant_with_agents,
    verified,
)


def shown(
    desk: Desk,
    look: Look,
    *,
    person: str = PLANNER,
    campaign: str = WINBACK,
    skill: str = "",
    recent: Recent | None = None,
    names: Names | None = None,
) -> PacingView:
    recent = recent or Recent(desk.clock)
    names = names or campaign_names(desk.services, recent)
    who = desk.services.people.person(person) if person else Person("")
    return view(desk.services, recent, names, Wanted(campaign, skill), who, look)


def test_the_headline_says_what_would_be_set_instead_of_what(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    assert page.headline == (
        "Winback Autumn: plan with 10.0\u202f% answered, not 25.0\u202f%;"
        " abandon target 1.0\u202f% of 3.0\u202f% allowed"
    )
    assert "policy tutorial" in page.provenance
    assert "cutoff Wed 25 Nov, 10:00" in page.provenance
    assert "campaign and schedule read 11:20" in page.provenance


def test_the_consequence_stands_beside_the_button(desk: Desk, look: Look) -> None:
    offer = shown(desk, look).offer
    assert offer is not None
    assert offer.is_open
    assert [each.value for each in offer.effects] == [
        "25.0\u202f% → 10.0\u202f%",
        "2.0\u202f% → 1.0\u202f%",
        "3",
    ]
    assert offer.footnote == "Nothing reaches the tenant until another person approves it."


def test_the_policy_is_honest_about_itself(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    assert any("does not depend on the forecast" in each for each in page.cautions)
    known = " ".join(page.known)
    assert "one answer rate and one abandon target for all 12 hours" in known
    assert "227 offered calls an hour stand for full use of the agents: highest" in known


def test_the_method_stands_beside_the_baseline_and_the_band_beside_its_coverage(
    desk: Desk, look: Look
) -> None:
    known = " ".join(shown(desk, look).known)
    assert "the baseline" in known
    assert "band held" in known


def test_each_hour_says_what_limits_it(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    assert len(page.hours) == 12
    assert page.hours.iloc[0].to_dict() == {
        "hour": "Wed 25 Nov, 11:00–12:00",
        "safe": "10.0\u202f%",
        "limit": "floor 10 %",
        "forecast": page.hours.iloc[0]["forecast"],
        "agents": "20",
        "abandon": "1.0\u202f%",
    }
    assert page.chart_title == "The floor of 10 % sets the safe rate in all 12 hours"


def test_unknown_capacity_is_said_in_words_and_nothing_is_recommended(look: Look) -> None:
    page = shown(filled_desk(tenant=tenant_with_agents(None)), look)
    assert page.headline == "Winback Autumn: capacity is unknown, so nothing is recommended"
    assert page.offer is None
    assert "until agents are scheduled" in page.instead
    assert set(page.hours["safe"]) == {"–"}
    assert set(page.hours["agents"]) == {"–"}
    assert page.picture is not None
    assert "safe rate" not in {entry.label for entry in page.picture.legend}


def test_a_blocked_plan_has_no_button_and_the_cap_in_the_headline(look: Look) -> None:
    page = shown(filled_desk(tenant=tenant_with_agents(400.0)), look)
    assert "above the cap of 3.0\u202f%" in page.headline
    assert page.offer is not None
    assert not page.offer.is_open
    assert "blocks" in page.offer.obstacle
    assert CheckState.BLOCK in {check.state for check in page.checks}


def test_what_is_so_already_is_not_offered(desk: Desk, look: Look) -> None:
    verified(desk)
    page = shown(desk, look)
    assert page.headline.startswith("Winback Autumn has what is recommended")
    assert page.offer is not None
    assert not page.offer.is_open
    assert "nothing to propose" in page.offer.obstacle


@pytest.mark.parametrize(("person", "word"), [(VIEWER, "You are a viewer"), ("", "Give your name")])
def test_who_may_not_propose_is_told_who_may(
    desk: Desk, look: Look, person: str, word: str
) -> None:
    offer = shown(desk, look, person=person).offer
    assert offer is not None
    assert not offer.is_open
    assert word in offer.obstacle


def test_an_open_proposal_stands_instead_of_the_button(desk: Desk, look: Look) -> None:
    waiting = proposed(desk)
    offer = shown(desk, look, person=SUPERVISOR).offer
    assert offer is not None
    assert offer.waiting is not None
    assert offer.waiting.proposal_id == waiting.proposal_id
    assert offer.waiting.sentence == f"{waiting.proposal_id} by {PLANNER} waits for a decision."
    assert shown(desk, look, campaign=LOYALTY).offer.is_open


def test_a_proposal_past_its_time_does_not_stand_in_the_way(desk: Desk, look: Look) -> None:
    approved(desk)
    desk.clock.move(LIFETIMES[PlanKind.PACING])
    later = replace(look, now=desk.clock.now())
    assert shown(desk, later).offer.waiting is None


def test_what_moved_is_read_anew_and_the_rest_is_not(desk: Desk, look: Look) -> None:
    recent = Recent(desk.clock)
    assert "not 25.0" in shown(desk, look, recent=recent).headline
    change_at_tenant(desk, 0.33)
    assert "not 25.0" in shown(desk, look, recent=recent).headline
    proposed(desk)
    assert "not 33.0" in shown(desk, look, recent=recent).headline


def test_a_tenant_that_is_down_leaves_the_stored_forecast(look: Look) -> None:
    desk = filled_desk(tenant=tenant_with_agents(30.0))
    recent = Recent(desk.clock)
    names = campaign_names(desk.services, recent)
    desk.tenant.read_campaign = _unreachable  # type: ignore[method-assign]
    page = shown(desk, look, recent=recent, names=names)
    assert page.headline == (
        "Winback Autumn: no recommendation, because the tenant could not be read"
    )
    assert page.trouble == "The tenant does not answer. Try again."
    assert page.offer is None
    assert page.picture is not None


def test_what_was_read_before_is_shown_with_its_time_and_cannot_be_proposed(look: Look) -> None:
    desk = filled_desk(tenant=tenant_with_agents(30.0))
    recent = Recent(desk.clock)
    names = campaign_names(desk.services, recent)
    before = shown(desk, look, recent=recent, names=names)
    desk.tenant.read_campaign = _unreachable  # type: ignore[method-assign]
    desk.clock.move(timedelta(minutes=2))
    page = shown(desk, look, recent=recent, names=names)
    assert page.headline == before.headline
    assert page.trouble.startswith("Showing the state of Wed 25 Nov, 11:20. The tenant does not")
    assert page.offer is None


def test_an_old_forecast_makes_a_new_one_the_thing_to_do(desk: Desk, look: Look) -> None:
    desk.clock.move(timedelta(hours=30))
    page = shown(desk, replace(look, now=desk.clock.now()))
    assert page.headline == "Winback Autumn: the forecast is too old to plan with"
    assert page.needs_forecast
    assert not page.offer.is_open


def test_without_a_forecast_there_is_the_button_that_makes_one(look: Look) -> None:
    desk = empty_desk()
    page = shown(desk, look)
    assert page.headline == "Winback Autumn has no stored forecast to plan from"
    assert page.needs_forecast
    assert page.forecast_label == "Forecast"
    assert (page.series.kind.value, page.series.series_id) == ("answer-rate", "c-winback")
    assert shown(desk, look, person=VIEWER).forecast_label == ""


def test_a_skill_that_nobody_tells_is_asked_for(look: Look) -> None:
    desk = filled_desk()
    recent = Recent(desk.clock)
    names = campaign_names(desk.services, recent)
    unknown = replace(names, campaigns=tuple(replace(c, skill_id=None) for c in names.campaigns))
    page = shown(desk, look, names=unknown)
    assert page.headline == "Winback Autumn: whose schedule serves it is not known"
    assert page.asks_skill
    typed = shown(desk, look, names=unknown, skill="s-outbound")
    assert typed.offer is not None
    assert typed.asks_skill


def test_a_skill_from_the_settings_serves(look: Look) -> None:
    desk = filled_desk(settings=settings_for(GENESYS_SKILL_ID="s-outbound"))
    names = campaign_names(desk.services, Recent(desk.clock))
    unknown = replace(names, campaigns=tuple(replace(c, skill_id=None) for c in names.campaigns))
    page = shown(desk, look, names=unknown)
    assert page.offer is not None
    assert not page.asks_skill


def test_no_campaign_at_all_is_said_calmly(desk: Desk, look: Look) -> None:
    page = shown(desk, look, names=Names({}))
    assert page.headline == "There is no campaign to pace"
    assert page.series is None
    assert page.forecast_label == ""


def test_the_download_is_the_recommendation_that_is_shown(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    assert page.recommendation is not None
    assert page.advice is not None
    document = recommendation_document(page.recommendation, page.advice.staffing)
    assert json.loads(page.as_json()) == document
    assert page.json_name == "pacing-c-winback-20261125T1020Z.json"


def _unreachable(*_: object) -> None:
    raise TenantUnreachable("The tenant does not answer.", "Try again.")

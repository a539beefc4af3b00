"""The page Capacity & pacing in calls per agent: proposing a day, what-if, agents by hand, halt."""

from datetime import UTC, datetime

import pytest

from core.screens import what_if, what_if_offer
from core.workflow.day_plan import day_of
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState
from tests.support.desk import PLANNER, SKILL, SUPERVISOR, VIEWER
from tests.support.live_tenant import day_of_hours
from tests.support.pages import as_read, buttons, open_page, title, words
from tests.support.platform_desk import (
    day_in_force,
    pacing_of,
    platform_desk,
    platform_settings,
    worker_alive,
)
from tests.support.proposals import REASON, stored


def test_everybody_reads_the_plan_and_who_may_proposes_it(anybody: str) -> None:
    app = open_page(platform_desk(), "pacing", anybody)
    assert not app.exception
    assert title(app).startswith("Winback Autumn:")
    told = words(app)
    assert "What if" in told
    assert "The whole day: 11:00 to Thu 26 Nov" in told
    expected = anybody != VIEWER
    assert ("Propose this plan" in buttons(app)) is expected
    assert ("Propose the whole day" in buttons(app)) is expected


def test_the_whole_day_is_proposed_with_leave_to_plan_anew_within_bounds() -> None:
    desk = platform_desk()
    app = open_page(desk, "pacing", PLANNER)
    app.button(key="propose-day").click().run()
    app.radio(key="day-every").set_value(15).run()
    app.number_input(key="day-lowest").set_value(1.2).run()
    app.number_input(key="day-highest").set_value(2.4).run()
    app.text_area(key="propose-day-reason").set_value(REASON).run()
    app.button(key="primary-propose-day-send").click().run()
    assert not app.exception
    assert "P-1001 waits for another person." in words(app)
    waiting = stored(desk, "P-1001")
    assert (waiting.plan.kind, waiting.state) == (PlanKind.DAY, ProposalState.SUBMITTED)
    replanning = day_of(waiting.plan.payload).replanning
    assert replanning is not None
    bounds = replanning.bounds["maxCallsPerAgent"]
    assert (replanning.every_minutes, bounds.lowest, bounds.highest) == (15, 1.2, 2.4)
    assert desk.tenant.writes == []


def test_a_moved_slider_becomes_a_proposal_with_what_was_assumed() -> None:
    desk = platform_desk()
    app = open_page(desk, "pacing", PLANNER)
    assert "Propose this what-if" not in buttons(app)
    calls = next(each for each in app.slider if each.label == "Calls per agent")
    calls.set_value(1.5).run()
    app.button(key="propose-what-if").click().run()
    app.text_area(key="propose-what-if-reason").set_value(REASON).run()
    app.button(key="primary-propose-what-if-send").click().run()
    assert not app.exception
    waiting = stored(desk, "P-1001")
    assert waiting.plan.payload["maxCallsPerAgent"] == 1.5
    assert waiting.plan.evidence[what_if_offer.EVIDENCE]["assumed"]["callsPerAgent"] == 1.5


def test_back_to_forecast_puts_the_sliders_back() -> None:
    app = open_page(platform_desk(), "pacing", PLANNER)
    before = [each.value for each in app.slider]
    app.slider[0].set_value(before[0] + 1).run()
    assert "Back to forecast" in buttons(app)
    app.button(key="what-if-back").click().run()
    assert [each.value for each in app.slider] == before
    assert "Back to forecast" not in buttons(app)


def test_another_hour_can_be_tried_and_the_address_holds_it() -> None:
    desk = platform_desk()
    hours = list(what_if.hours_to_try(pacing_of(desk), desk.look()))
    app = open_page(desk, "pacing", PLANNER, hour=hours[2])
    assert not app.exception
    assert app.selectbox(key="choice-hour").value == hours[2]
    app.slider[0].set_value(app.slider[0].value + 1).run()
    assert "Only the next hour can be proposed from here." in words(app)


def test_agents_are_entered_by_hand_and_the_plan_counts_with_them() -> None:
    desk = platform_desk()
    desk.tenant._capacity.clear()
    app = open_page(desk, "pacing", PLANNER)
    assert title(app) == "Winback Autumn: capacity is unknown, so nothing is recommended"
    reason = next(each for each in app.text_input if each.label.startswith("Reason"))
    editor = reason.key.replace("agents-reason-", "agents-")
    edited = {number: {"by_hand": 20} for number in range(12)}
    app.session_state[editor] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    app.button(key="save-agents").click().run()
    assert not app.exception
    assert "Agents saved for 12 hours." in words(app)
    assert "capacity is unknown" not in title(app)
    first = pacing_of(desk).recommendation.hours[0].ds
    with desk.services.unit_of_work() as work:
        assert work.capacity.told(SKILL, first, first.replace(hour=23))[0].agents == 20


def test_a_wrong_file_is_told_with_its_line_and_nothing_is_stored() -> None:
    desk = platform_desk()
    desk.tenant._capacity.clear()
    app = open_page(desk, "pacing", PLANNER)
    file = (b"ds,agents\n2026-11-25T12:00,many\n", "text/csv")
    app.file_uploader[0].set_value(("agents.csv", *file)).run()
    app.button(key="load-agents").click().run()
    told = " ".join(f"{each.proto.title} {as_read(each.value)}" for each in app.error)
    assert "line 2" in as_read(told)
    assert "capacity is unknown" in title(app)


def test_a_plan_of_the_day_in_force_is_told_on_every_page_and_stopped_with_one_press() -> None:
    desk = platform_desk()
    proposal = day_in_force(desk)
    for page in ("overview", "audit", "pacing"):
        app = open_page(desk, page, SUPERVISOR)
        assert not app.exception
        assert f"the plan of the day {proposal.proposal_id} is in force" in words(app)
        assert "The worker is not running" in words(app)
    app.button(key=f"day-stop-{proposal.proposal_id}").click().run()
    assert not app.exception
    assert stored(desk, proposal.proposal_id).state is ProposalState.STOPPED
    assert f"{proposal.proposal_id} is stopped" in words(app)
    assert "Propose the whole day" in buttons(app)


def test_who_may_only_look_sees_the_plan_of_the_day_and_cannot_halt_it() -> None:
    desk = platform_desk()
    day_in_force(desk)
    worker_alive(desk.services)
    app = open_page(desk, "pacing", VIEWER)
    assert "is in force" in words(app)
    assert "The worker is not running" not in words(app)
    assert not {"Pause", "Stop", "Resume"} & set(buttons(app))


def test_a_handle_time_that_nobody_tells_is_asked_for() -> None:
    desk = platform_desk(times={})
    app = open_page(desk, "pacing", PLANNER)
    assert title(app) == "Winback Autumn: how long its calls last is not known"
    app.number_input(key="field-aht").set_value(300).run()
    assert not app.exception
    assert "Propose this plan" in buttons(app)
    assert app.query_params["aht"] == "300"


def test_the_policy_is_held_by_the_address() -> None:
    app = open_page(platform_desk(), "pacing", PLANNER, policy="tutorial")
    assert "policy tutorial would set" in title(app)
    assert "What if" not in words(app)


@pytest.mark.parametrize("page", ["pacing", "answer_rate"])
def test_today_stands_on_the_page_where_the_tenant_tells_it(page: str) -> None:
    morning = datetime(2026, 11, 25, 7, tzinfo=UTC)
    app = open_page(platform_desk(day=day_of_hours(morning, (400, 120, 2))), page)
    assert not app.exception
    assert "1.7\u202f% abandoned today, room for 2 more within 3.0\u202f%" in words(app)


def test_a_team_of_less_than_one_agent_and_a_tiny_limit_break_no_slider() -> None:
    desk = platform_desk(settings=platform_settings(DIALCAST_ABANDON_CAP="0.0005"))
    for frame in desk.tenant._capacity.values():
        frame["agents"] = 0.5
    app = open_page(desk, "pacing", PLANNER)
    assert not app.exception
    assert not app.error
    assert app.slider[0].value == 0.5

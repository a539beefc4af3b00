"""The page Capacity & pacing, as each person sees it."""

import pytest

from core.workflow.proposal import ProposalState
from tests.support.desk import (
    LOYALTY,
    PLANNER,
    SUPERVISOR,
    VIEWER,
    Desk,
    empty_desk,
    filled_desk,
    settings_for,
)
from tests.support.pages import as_read, buttons, open_page, title, words
from tests.support.proposals import REASON, proposed, stored, tenant_with_agents


def test_everybody_reads_the_recommendation_and_who_may_proposes_it(
    desk: Desk, anybody: str
) -> None:
    app = open_page(desk, "pacing", anybody)
    assert not app.exception
    assert title(app).startswith("Winback Autumn: plan with 10.0\u202f% answered")
    assert ("Propose this plan" in buttons(app)) is (anybody != VIEWER)


def test_a_plan_is_proposed_with_a_reason_and_nothing_is_sent(desk: Desk) -> None:
    app = open_page(desk, "pacing", PLANNER)
    app.button(key="primary-propose").click().run()
    app.text_area(key="propose-reason").set_value(REASON).run()
    app.button(key="primary-propose-send").click().run()
    assert not app.exception
    assert "P-1001 waits for another person." in words(app)
    assert "P-1001 by Paul Novak waits for a decision." in words(app)
    assert "Propose this plan" not in buttons(app)
    waiting = stored(desk, "P-1001")
    assert (waiting.state, waiting.author, waiting.reason) == (
        ProposalState.SUBMITTED,
        PLANNER,
        REASON,
    )
    assert desk.tenant.writes == []


def test_without_a_reason_the_field_says_so_and_the_dialog_stays(desk: Desk) -> None:
    app = open_page(desk, "pacing", PLANNER)
    app.button(key="primary-propose").click().run()
    app.text_area(key="propose-reason").set_value("   ").run()
    app.button(key="primary-propose-send").click().run()
    assert "Say why, in a sentence" in words(app)
    assert app.text_area(key="propose-reason").value == "   "
    with desk.services.unit_of_work() as work:
        assert work.proposals.all() == ()


def test_keep_editing_puts_the_dialog_away(desk: Desk) -> None:
    app = open_page(desk, "pacing", PLANNER)
    app.button(key="primary-propose").click().run()
    assert "Send for review" in buttons(app)
    app.button(key="propose-keep").click().run()
    assert "Send for review" not in buttons(app)
    assert "Propose this plan" in buttons(app)


def test_who_comes_second_is_told_beside_the_button(desk: Desk) -> None:
    app = open_page(desk, "pacing", SUPERVISOR)
    app.button(key="primary-propose").click().run()
    proposed(desk)
    app.text_area(key="propose-reason").set_value(REASON).run()
    assert not app.exception
    assert "P-1001 by Paul Novak waits for a decision." in words(app)
    assert "Propose this plan" not in buttons(app)


def test_an_open_proposal_leads_to_its_review(desk: Desk) -> None:
    proposed(desk)
    app = open_page(desk, "pacing", SUPERVISOR)
    assert "Propose this plan" not in buttons(app)
    assert "Open P-1001 in Review" in [link.proto.label for link in app.get("page_link")]


def test_the_picture_and_the_table_say_the_same_hours(desk: Desk) -> None:
    app = open_page(desk, "pacing")
    (chart,) = app.get("plotly_chart")
    assert chart.proto.alt.startswith("Pacing by hour from Wed 25 Nov, 11:00")
    table = app.dataframe[0].value
    assert table["hour"].iloc[0] == "Wed 25 Nov, 11:00–12:00"
    assert len(table) == 12


def test_unknown_capacity_offers_nothing(desk: Desk) -> None:
    app = open_page(filled_desk(tenant=tenant_with_agents(None)), "pacing", SUPERVISOR)
    assert title(app) == "Winback Autumn: capacity is unknown, so nothing is recommended"
    assert "Propose this plan" not in buttons(app)


def test_a_block_stands_first_and_there_is_no_button(desk: Desk) -> None:
    app = open_page(filled_desk(tenant=tenant_with_agents(400.0)), "pacing", SUPERVISOR)
    assert "above the cap" in title(app)
    assert "This plan is blocked" in words(app)
    assert "Propose this plan" not in buttons(app)


def test_the_campaign_is_held_by_the_address(desk: Desk) -> None:
    app = open_page(desk, "pacing", campaign=LOYALTY)
    assert title(app).startswith("Loyalty calls:")


def test_a_campaign_that_does_not_exist_is_told_and_the_page_works(desk: Desk) -> None:
    app = open_page(desk, "pacing", campaign="c-none")
    assert not app.exception
    warnings = [as_read(each.value) for each in app.warning]
    assert warnings == ["There is no campaign “c-none” here. Showing Winback Autumn."]
    assert "Propose this plan" in buttons(app)


def test_an_empty_store_has_one_sentence_and_the_button_that_helps() -> None:
    app = open_page(empty_desk(), "pacing", SUPERVISOR)
    assert not app.exception
    assert title(app) == "Winback Autumn has no stored forecast to plan from"
    assert "Forecast" in buttons(app)


@pytest.mark.parametrize("page", ["pacing", "drafts", "review"])
def test_who_gave_no_name_may_look_and_not_act(page: str) -> None:
    desk = filled_desk(settings=settings_for({}))
    if page == "review":
        proposed(desk)
    app = open_page(desk, page, person="")
    assert not app.exception
    acting = {"Propose this plan", "Propose this draft", "Approve and push", "Reject", "Withdraw"}
    assert not acting & set(buttons(app))
    assert "Give your name at the top" in words(app)

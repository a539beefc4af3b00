"""The page Campaign drafts, as each person sees it."""

from core.workflow.plan import PlanKind
from tests.support.desk import BILLING, CLAIMS, PLANNER, VIEWER, WINBACK, Desk, empty_desk
from tests.support.draft_pairs import copying_desk, unscheduled
from tests.support.pages import as_read, buttons, open_page, title, words
from tests.support.proposals import REASON, drafted, stored


def test_everybody_reads_the_windows_and_who_may_proposes_the_draft(
    desk: Desk, anybody: str
) -> None:
    app = open_page(desk, "drafts", anybody)
    assert not app.exception
    assert title(app).startswith("Billing: ")
    assert "low-volume windows ahead" in title(app)
    assert ("Propose this draft" in buttons(app)) is (anybody != VIEWER)


def test_a_draft_is_proposed_under_the_name_and_cap_that_were_typed(desk: Desk) -> None:
    app = open_page(desk, "drafts", PLANNER, queue=BILLING)
    app.text_input(key="field-name").set_value("Quiet hours").run()
    app.number_input(key="field-calls").set_value(20).run()
    app.button(key="primary-propose").click().run()
    app.text_area(key="propose-reason").set_value(REASON).run()
    app.button(key="primary-propose-send").click().run()
    assert not app.exception
    assert "P-1001 waits for another person." in words(app)
    plan = stored(desk, "P-1001").plan
    assert plan.kind is PlanKind.CAMPAIGN
    assert plan.payload["name"] == "Quiet hours"
    assert plan.payload["maxCallsPerHour"] == 20
    assert desk.tenant.writes == []


def test_name_and_cap_are_held_by_the_address(desk: Desk) -> None:
    app = open_page(desk, "drafts", PLANNER, queue=CLAIMS, name="Quiet hours", calls="20")
    assert title(app).startswith("Claims North")
    assert app.text_input(key="field-name").value == "Quiet hours"
    assert app.number_input(key="field-calls").value == 20


def test_a_cap_typed_by_hand_that_cannot_be_is_told(desk: Desk) -> None:
    app = open_page(desk, "drafts", PLANNER, calls="lots")
    assert "“lots” is no number of calls an hour" in as_read(app.warning[0].value)
    assert app.number_input(key="field-calls").value == 50
    assert "Propose this draft" in buttons(app)


def test_the_payload_can_be_read_before_it_is_proposed(desk: Desk) -> None:
    app = open_page(desk, "drafts", PLANNER)
    assert '"status": "DRAFT"' in app.code[0].value


def test_an_open_draft_stands_instead_of_the_button(desk: Desk) -> None:
    drafted(desk)
    app = open_page(desk, "drafts", PLANNER)
    assert "P-1001 by Paul Novak waits for a decision." in words(app)
    assert "Propose this draft" not in buttons(app)


def test_an_empty_store_has_one_sentence_and_the_button_that_helps() -> None:
    app = open_page(empty_desk(), "drafts", PLANNER)
    assert title(app) == "Billing has no stored forecast to find windows in"
    assert "Forecast" in buttons(app)


def test_a_queue_that_does_not_exist_is_told_and_the_page_works(desk: Desk) -> None:
    app = open_page(desk, "drafts", PLANNER, queue="q-none")
    assert "There is no queue “q-none” here. Showing Billing." in as_read(app.warning[0].value)
    assert "Propose this draft" in buttons(app)


def test_a_copy_is_proposed_from_the_campaign_that_was_chosen() -> None:
    desk = copying_desk()
    app = open_page(desk, "drafts", PLANNER, queue=BILLING, name="Quiet hours")
    assert not app.exception
    assert "Choose the campaign to copy" in words(app)
    assert "Propose this draft" not in buttons(app)
    app.selectbox(key="choice-template").set_value(WINBACK).run()
    assert title(app).endswith("a copy of Winback Autumn would use it")
    assert not [each for each in app.number_input if each.key == "field-calls"]
    app.button(key="primary-propose").click().run()
    app.text_area(key="propose-reason").set_value(REASON).run()
    app.button(key="primary-propose-send").click().run()
    assert not app.exception
    plan = stored(desk, "P-1001").plan
    assert plan.payload["contactList"] == {"id": "l-1"}
    assert desk.tenant.writes == []


def test_a_draft_without_its_schedule_is_told_with_the_way_to_it() -> None:
    desk = copying_desk()
    unscheduled(desk)
    app = open_page(desk, "drafts", PLANNER, queue=BILLING)
    assert not app.exception
    assert "its schedule came to nothing (P-1002, rejected)" in as_read(app.warning[0].value)

"""The page Review, as each person sees it, through the whole life of a proposal."""

from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from core.screens.review import push_subject
from core.workflow.proposal import ProposalState
from tests.support.desk import (
    ADMIN,
    LOYALTY,
    PLANNER,
    SUPERVISOR,
    VIEWER,
    WINBACK,
    Desk,
)
from tests.support.draft_pairs import copying_desk, created, unscheduled
from tests.support.pages import as_read, buttons, open_page, title, words
from tests.support.proposals import (
    IN_STATE,
    approved,
    change_at_tenant,
    drafted,
    interrupted,
    proposed,
    stale,
    stored,
    verified,
    warned,
)


def settled(desk: Desk, app: AppTest, proposal_id: str = "P-1001") -> AppTest:
    """Wait for the background work and draw the page as it is then."""
    pause = Event()
    for _ in range(500):
        if desk.services.work.running(push_subject(proposal_id)) is None:
            return app.run()
        pause.wait(0.02)
    raise AssertionError("the work did not end")


def test_an_empty_inbox_says_so(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "review", anybody)
    assert not app.exception
    assert title(app) == "Nothing waits: nothing was proposed yet"
    assert "Proposals come from Capacity & pacing" in words(app)


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (VIEWER, set()),
        (PLANNER, {"Withdraw"}),
        (SUPERVISOR, {"Approve and push", "Approve only", "Reject"}),
        (ADMIN, {"Approve and push", "Approve only", "Reject"}),
    ],
)
def test_each_role_sees_its_own_buttons(desk: Desk, person: str, shown: set[str]) -> None:
    proposed(desk)
    app = open_page(desk, "review", person)
    assert not app.exception
    every = {"Approve and push", "Approve only", "Reject", "Withdraw", "Push now"}
    assert set(buttons(app)) & every == shown


@pytest.mark.parametrize("person", [VIEWER, SUPERVISOR])
@pytest.mark.parametrize("state", list(IN_STATE))
def test_every_state_is_drawn(desk: Desk, person: str, state: ProposalState) -> None:
    proposal = IN_STATE[state](desk)
    app = open_page(desk, "review", person, proposal=proposal.proposal_id)
    assert not app.exception
    assert not app.error
    assert "P-1001 · Winback Autumn: pacing" in words(app)


def test_approve_and_push_walks_to_verified_in_place(desk: Desk) -> None:
    proposed(desk)
    app = open_page(desk, "review", SUPERVISOR)
    app.text_input(key="reason-P-1001").set_value("agreed in the shift meeting").run()
    app.button(key="primary-approve-push").click().run()
    settled(desk, app)
    assert not app.exception
    told = words(app)
    assert "verified: the tenant has the proposed values (revision 7 → 8)" in told
    for state in ("approved", "pushing", "pushed", "verified"):
        assert f"{state}] 11:20:00" in told
    assert "Undo: propose 25.0\u202f% again" in buttons(app)
    done = stored(desk, "P-1001")
    assert done.state is ProposalState.VERIFIED
    assert done.approval.reason == "agreed in the shift meeting"
    assert desk.tenant.read_campaign(WINBACK).document["predictive"] == {
        "answerRate": 0.1,
        "dropRate": 0.01,
        "maxAttempts": 3,
    }
    assert len(desk.tenant.writes) == 1


def test_approve_only_leaves_push_now_for_later(desk: Desk) -> None:
    proposed(desk)
    app = open_page(desk, "review", SUPERVISOR)
    app.button(key="approve").click().run()
    assert "P-1001 is approved and waits to be pushed." in words(app)
    assert desk.tenant.writes == []
    later = open_page(desk, "review", ADMIN, proposal="P-1001")
    later.button(key="primary-push").click().run()
    settled(desk, later)
    assert stored(desk, "P-1001").state is ProposalState.VERIFIED


def test_rejecting_needs_a_reason_and_says_so_at_the_field(desk: Desk) -> None:
    proposed(desk)
    app = open_page(desk, "review", SUPERVISOR)
    app.button(key="reject").click().run()
    assert "Say why, in a sentence" in words(app)
    assert stored(desk, "P-1001").state is ProposalState.SUBMITTED
    app.text_input(key="reason-P-1001").set_value("not today").run()
    app.button(key="reject").click().run()
    assert "P-1001 is rejected. Nothing was sent." in words(app)
    assert "Rejected at 11:20 by Sofia Brandt." in "".join(as_read(i.value) for i in app.info)


def test_the_author_withdraws_and_does_not_decide(desk: Desk) -> None:
    proposed(desk, by=SUPERVISOR)
    app = open_page(desk, "review", SUPERVISOR)
    assert "You proposed this; another person decides." in words(app)
    app.button(key="withdraw").click().run()
    assert stored(desk, "P-1001").state is ProposalState.WITHDRAWN


def test_a_warning_is_repeated_before_the_approval(desk: Desk) -> None:
    warned(desk, "Only 5 of 12 hours are ahead.")
    app = open_page(desk, "review", SUPERVISOR)
    app.button(key="primary-approve-push").click().run()
    assert stored(desk, "P-1001").state is ProposalState.SUBMITTED
    assert words(app).count("Only 5 of 12 hours are ahead.") == 2
    app.button(key="keep-looking").click().run()
    assert "Keep looking" not in buttons(app)
    app.button(key="primary-approve-push").click().run()
    app.button(key="primary-confirm").click().run()
    settled(desk, app)
    assert stored(desk, "P-1001").state is ProposalState.VERIFIED


def test_a_press_that_comes_second_is_told_calmly(desk: Desk) -> None:
    proposed(desk)
    one = open_page(desk, "review", SUPERVISOR)
    two = open_page(desk, "review", ADMIN)
    one.button(key="primary-approve-push").click().run()
    settled(desk, one)
    two.button(key="primary-approve-push").click().run()
    assert not two.exception
    assert not two.error
    assert "verified: the tenant has the proposed values" in words(two)
    assert len(desk.tenant.writes) == 1


def test_a_change_at_the_tenant_ends_stale_with_three_ways_and_the_way_on(desk: Desk) -> None:
    approved(desk)
    change_at_tenant(desk, 0.33)
    app = open_page(desk, "review", SUPERVISOR)
    app.button(key="primary-push").click().run()
    settled(desk, app)
    warnings = "".join(as_read(each.value) for each in app.warning)
    assert "Not pushed: the campaign was changed at the tenant" in warnings
    assert "by Tomas Lund, revision 7 → 8" in warnings
    table = app.table[0].value
    assert list(table.columns) == ["Field", "Then", "Tenant now", "Proposed", "Result"]
    assert "33.0\u202f%, changed" in as_read(table["Tenant now"][0])
    assert "conflict" in table["Result"][0]
    assert "Propose again on 33.0\u202f%" in buttons(app)
    assert desk.tenant.writes == []


def test_what_went_stale_is_proposed_again_on_the_tenants_values(desk: Desk) -> None:
    stale(desk)
    app = open_page(desk, "review", PLANNER)
    app.button(key="primary-renew").click().run()
    assert "33.0\u202f% → 10.0\u202f%" in words(app)
    app.text_area(key="renew-reason").set_value("still wanted").run()
    app.button(key="primary-renew-send").click().run()
    assert not app.exception
    assert "P-1002 waits for another person." in words(app)
    assert stored(desk, "P-1002").plan.changes[0].now == 0.33


def test_undo_is_a_proposal_of_the_old_values(desk: Desk) -> None:
    verified(desk)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1001")
    app.button(key="undo").click().run()
    assert "10.0\u202f% → 25.0\u202f%" in words(app)
    app.text_area(key="undo-reason").set_value("too many complaints").run()
    app.button(key="primary-undo-send").click().run()
    assert "P-1002 waits for another person." in words(app)
    assert stored(desk, "P-1002").plan.reverses == "P-1001"
    assert len(desk.tenant.writes) == 1


def test_undo_of_what_somebody_put_back_already_has_nothing_to_send(desk: Desk) -> None:
    verified(desk)
    values = {"predictive.answerRate": 0.25, "predictive.dropRate": 0.02}
    desk.tenant.change_as_somebody_else(WINBACK, values)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1001")
    app.button(key="undo").click().run()
    assert "There is nothing to undo." in words(app)
    assert "Send for review" not in buttons(app)
    app.button(key="undo-keep").click().run()
    assert "Close" not in buttons(app)


def test_verify_settles_a_push_that_lost_its_process(desk: Desk) -> None:
    interrupted(desk)
    app = open_page(desk, "review", SUPERVISOR)
    assert "how it ended is not on record" in words(app)
    app.button(key="primary-verify").click().run()
    settled(desk, app)
    assert stored(desk, "P-1001").state is ProposalState.APPROVED
    assert "Push now" in buttons(app)
    assert desk.tenant.writes == []


def test_a_campaign_draft_is_approved_and_created_once(desk: Desk) -> None:
    waiting = drafted(desk)
    app = open_page(desk, "review", SUPERVISOR)
    assert "What is to be created" in words(app)
    app.button(key="primary-approve-push").click().run()
    settled(desk, app)
    assert "verified: the draft is at the tenant, off." in words(app)
    (created,) = desk.tenant.find_campaigns(waiting.plan.target_name)
    assert created.document["status"] == "DRAFT"
    assert len(desk.tenant.writes) == 1


def test_a_link_opens_the_list_that_its_proposal_is_in(desk: Desk) -> None:
    verified(desk)
    proposed(desk, LOYALTY)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1001")
    assert "P-1001 · Winback Autumn: pacing" in words(app)
    assert app.query_params["list"] == "decided"


def test_another_list_opens_with_its_own_first_proposal(desk: Desk) -> None:
    verified(desk)
    proposed(desk, LOYALTY)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1001")
    app.segmented_control(key="choice-list").set_value("open").run()
    assert not app.warning
    assert "P-1002 · Loyalty calls: pacing" in words(app)
    assert app.query_params["proposal"] == "P-1002"


def test_an_id_that_does_not_exist_is_told_and_the_page_works(desk: Desk) -> None:
    proposed(desk)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-9999")
    assert not app.exception
    told = as_read(app.warning[0].value)
    assert told == "There is no proposal “P-9999” here. Showing Winback Autumn P-1001."
    assert "Approve and push" in buttons(app)


def test_a_reason_is_shown_as_it_was_written(desk: Desk) -> None:
    written = "**No** <b>way</b> [x](http)"
    desk.services.review.reject(proposed(desk).proposal_id, SUPERVISOR, written)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1001")
    (banner,) = app.info
    assert written not in banner.value
    assert written in as_read(banner.value)


def test_the_schedule_of_a_draft_is_approved_pushed_and_taken_back() -> None:
    desk = copying_desk()
    created(desk)
    app = open_page(desk, "review", SUPERVISOR, proposal="P-1002")
    assert not app.exception
    assert "This arms the dialler" in words(app)
    app.button(key="primary-approve-push").click().run()
    app.button(key="primary-confirm").click().run()
    app = settled(desk, app, "P-1002")
    assert stored(desk, "P-1002").state is ProposalState.VERIFIED
    assert "Undo: propose to take the schedule back" in buttons(app)
    app.button(key="undo").click().run()
    assert not app.exception
    app.text_area(key="undo-reason").set_value("too much").run()
    app.button(key="primary-undo-send").click().run()
    assert stored(desk, "P-1003").plan.reverses == "P-1002"


def test_the_schedule_of_a_half_done_draft_is_proposed_again_from_its_page() -> None:
    desk = copying_desk()
    unscheduled(desk)
    app = open_page(desk, "review", PLANNER, proposal="P-1001")
    assert "Propose its schedule" in buttons(app)
    app.button(key="primary-schedule").click().run()
    app.text_area(key="schedule-reason").set_value("now it fits").run()
    app.button(key="primary-schedule-send").click().run()
    assert not app.exception
    assert stored(desk, "P-1003").plan.follows == "P-1001"

"""What is done to a proposal: once, whoever presses and how often, and told calmly."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest

from core.errors import ApproverNotAllowed, PlanChangedAfterApproval, UsageError
from core.screens import review_actions as actions
from core.screens.recent import Recent
from core.screens.review import push_subject
from core.screens.review_actions import Said
from core.screens.review_progress import progress
from core.screens.review_renewal import renew, renewed_plan, undo, undo_plan
from core.workflow.jobs import JobState
from core.workflow.proposal import Proposal, ProposalState
from tests.support.desk import ADMIN, LOYALTY, PLANNER, SUPERVISOR, WINBACK, Desk
from tests.support.proposals import (
    approved,
    change_at_tenant,
    drafted,
    drifted,
    interrupted,
    proposed,
    stale,
    stored,
    verified,
)

WAIT_SECONDS = 10.0


def finished(desk: Desk, proposal: Proposal):
    """Wait for the work on a proposal and return how it ended."""
    pause = Event()
    for _ in range(int(WAIT_SECONDS / 0.02)):
        now = progress(desk.services, proposal.proposal_id)
        if now.is_over:
            return now
        pause.wait(0.02)
    raise AssertionError("the work did not end")


def test_approve_and_push_brings_the_plan_to_the_tenant(desk: Desk) -> None:
    waiting = proposed(desk)
    said = actions.approve(desk.services, waiting, SUPERVISOR, "agreed", is_pushed=True)
    assert said == Said("P-1001 is approved.")
    end = finished(desk, waiting)
    assert end.state is ProposalState.VERIFIED
    assert end.sentence == "P-1001 is verified: Winback Autumn has the proposed values."
    assert end.is_good
    assert end.is_told
    assert [state.value for state, _ in end.walk] == ["approved", "pushing", "pushed", "verified"]
    assert desk.tenant.read_campaign(WINBACK).document["predictive"]["answerRate"] == 0.1


def test_approve_only_sends_nothing(desk: Desk) -> None:
    waiting = proposed(desk)
    said = actions.approve(desk.services, waiting, SUPERVISOR, "", is_pushed=False)
    assert said == Said("P-1001 is approved and waits to be pushed.")
    assert desk.services.work.latest(push_subject(waiting.proposal_id)) is None
    assert desk.tenant.writes == []


def test_two_windows_that_approve_at_once_end_in_one_write(desk: Desk) -> None:
    waiting, gate, heard = proposed(desk), Barrier(2), []

    def press(person: str) -> None:
        gate.wait(WAIT_SECONDS)
        heard.append(actions.approve(desk.services, waiting, person, "", is_pushed=True))

    threads = [Thread(target=press, args=(person,)) for person in (SUPERVISOR, ADMIN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_SECONDS)
    assert finished(desk, waiting).state is ProposalState.VERIFIED
    assert len(desk.tenant.writes) == 1
    assert sorted(said.tone for said in heard) == ["done", "warning"]
    assert any("Nothing was done twice." in said.text for said in heard)


def test_a_second_press_on_push_finds_the_first_ones_work(desk: Desk) -> None:
    ready = approved(desk)
    first = actions.push(desk.services, ready.proposal_id, SUPERVISOR)
    finished(desk, ready)
    desk.clock.move(timedelta(seconds=1))
    again = actions.push(desk.services, ready.proposal_id, ADMIN)
    end = finished(desk, ready)
    assert again.job_id != first.job_id
    assert end.is_good
    assert end.sentence == "P-1001: Sofia Brandt was first: it is verified. Nothing was done twice."
    assert len(desk.tenant.writes) == 1


def test_a_push_that_is_at_work_is_not_begun_again(desk: Desk) -> None:
    ready, gate = approved(desk), Event()
    read = desk.tenant.read_campaign
    desk.tenant.read_campaign = _behind(gate, read)  # type: ignore[method-assign]
    first = actions.push(desk.services, ready.proposal_id, SUPERVISOR)
    second = actions.push(desk.services, ready.proposal_id, ADMIN)
    assert first.job_id == second.job_id
    gate.set()
    assert finished(desk, ready).state is ProposalState.VERIFIED


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ("approve", "P-1001: Sofia Brandt approved it just before. Nothing was done twice."),
        ("reject", "P-1001: Sofia Brandt closed it just before: it is rejected."),
        ("withdraw", "P-1001: it is withdrawn. Nothing was done twice."),
    ],
)
def test_who_comes_second_is_told_what_is_true(desk: Desk, first: str, told: str) -> None:
    waiting = proposed(desk)
    if first == "approve":
        desk.services.review.approve(waiting.proposal_id, SUPERVISOR)
    elif first == "reject":
        desk.services.review.reject(waiting.proposal_id, SUPERVISOR, "no")
    else:
        desk.services.review.withdraw(waiting.proposal_id, PLANNER)
    said = actions.approve(desk.services, waiting, ADMIN, "", is_pushed=True)
    assert said.tone == "warning"
    assert said.text.startswith(told)
    assert desk.tenant.writes == []


def test_what_may_not_be_done_stays_an_error(desk: Desk) -> None:
    waiting = proposed(desk)
    with pytest.raises(ApproverNotAllowed):
        actions.approve(desk.services, waiting, PLANNER, "", is_pushed=True)
    with pytest.raises(UsageError):
        actions.reject(desk.services, waiting, SUPERVISOR, " ")


def test_another_plan_than_the_one_that_was_seen_is_not_approved(desk: Desk) -> None:
    seen = proposed(desk, LOYALTY)
    waiting = proposed(desk)
    mixed_up = _with_plan_of(waiting, seen)
    with pytest.raises(PlanChangedAfterApproval):
        actions.approve(desk.services, mixed_up, SUPERVISOR, "", is_pushed=True)


def test_rejecting_and_withdrawing_say_that_nothing_was_sent(desk: Desk) -> None:
    said = actions.reject(desk.services, proposed(desk), SUPERVISOR, "not today")
    assert said.text == "P-1001 is rejected. Nothing was sent."
    said = actions.withdraw(desk.services, proposed(desk), PLANNER, "")
    assert said.text == "P-1002 is withdrawn. Nothing was sent."


def test_a_push_that_finds_the_campaign_changed_ends_stale_and_its_page_tells_it(
    desk: Desk,
) -> None:
    ready = approved(desk)
    change_at_tenant(desk, 0.33)
    actions.push(desk.services, ready.proposal_id, SUPERVISOR)
    end = finished(desk, ready)
    assert end.state is ProposalState.STALE
    assert not end.is_good
    assert end.is_told


def test_verify_again_says_that_it_still_fits(desk: Desk) -> None:
    done = verified(desk)
    job = actions.verify(desk.services, done.proposal_id, SUPERVISOR)
    end = finished(desk, done)
    assert desk.services.work.latest(job.subject).state is JobState.DONE
    assert end.sentence == "P-1001 is verified: Winback Autumn has the proposed values."
    assert not end.is_told


def test_an_interrupted_push_is_settled_by_reading(desk: Desk) -> None:
    left = interrupted(desk)
    actions.verify(desk.services, left.proposal_id, SUPERVISOR)
    end = finished(desk, left)
    assert end.state is ProposalState.APPROVED
    assert end.sentence == (
        "P-1001: nothing was applied. It is still approved and can be pushed again."
    )
    assert desk.tenant.writes == []


def test_a_draft_that_was_created_is_told_so(desk: Desk) -> None:
    waiting = drafted(desk)
    actions.approve(desk.services, waiting, SUPERVISOR, "", is_pushed=True)
    assert finished(desk, waiting).sentence.endswith("is at the tenant as it was proposed.")


def test_while_the_push_reads_and_sends_the_progress_says_so(desk: Desk) -> None:
    ready, gate = approved(desk), Event()
    desk.tenant.replace = _behind(gate, desk.tenant.replace)  # type: ignore[method-assign]
    actions.push(desk.services, ready.proposal_id, SUPERVISOR)
    now = _until(desk, ready, "Sent at 11:20:00; waiting for the answer…")
    assert now.state is ProposalState.PUSHING
    desk.clock.move(timedelta(seconds=5))
    _until(desk, ready, "Not known yet whether it arrived; reading back…")
    gate.set()
    assert finished(desk, ready).state is ProposalState.VERIFIED


def test_undo_offers_the_old_values_under_a_new_id(desk: Desk) -> None:
    done = verified(desk)
    plan = undo_plan(desk.services, Recent(desk.clock), done).value
    assert [(change.now, change.proposed) for change in plan.changes] == [(0.1, 0.25), (0.01, 0.02)]
    said = undo(desk.services, done, PLANNER, "too many complaints")
    assert said == "P-1002 waits for another person."
    assert stored(desk, "P-1002").plan.reverses == "P-1001"


@pytest.mark.parametrize("brought", [stale, drifted])
def test_proposing_again_is_made_from_what_the_tenant_has_now(
    desk: Desk, brought: Callable[[Desk], Proposal]
) -> None:
    old, recent = brought(desk), Recent(desk.clock)
    plan = renewed_plan(desk.services, recent, old).value
    assert plan.changes[0].now == 0.33
    said = renew(desk.services, recent, old, PLANNER, "still wanted")
    assert said == "P-1002 waits for another person."
    assert stored(desk, "P-1002").plan.base.revision == plan.base.revision


def test_an_undo_that_went_stale_is_renewed_as_an_undo(desk: Desk) -> None:
    done = verified(desk)
    undo(desk.services, done, PLANNER, "too many complaints")
    desk.services.review.approve("P-1002", SUPERVISOR)
    change_at_tenant(desk, 0.33)
    actions.push(desk.services, "P-1002", SUPERVISOR)
    finished(desk, stored(desk, "P-1002"))
    old = stored(desk, "P-1002")
    assert old.state is ProposalState.STALE
    recent = Recent(desk.clock)
    assert renewed_plan(desk.services, recent, old).value.reverses == "P-1001"
    renew(desk.services, recent, old, PLANNER, "still wanted")
    assert stored(desk, "P-1003").plan.reverses == "P-1001"


def _behind(gate: Event, work: Callable[..., object]) -> Callable[..., object]:
    def wait_first(*arguments: object) -> object:
        assert gate.wait(WAIT_SECONDS)
        return work(*arguments)

    return wait_first


def _until(desk: Desk, proposal: Proposal, sentence: str):
    pause = Event()
    for _ in range(int(WAIT_SECONDS / 0.02)):
        now = progress(desk.services, proposal.proposal_id)
        if now.sentence == sentence:
            return now
        pause.wait(0.02)
    raise AssertionError(f"it never said {sentence!r}, last {now.sentence!r}")


def _with_plan_of(proposal: Proposal, other: Proposal) -> Proposal:
    return replace(proposal, plan=other.plan)

"""One proposal on Review: what it shows in each state, and what each person may do with it."""

import json
from datetime import timedelta

import pytest

from core.errors import PermissionMissing, ProposalStale, RecordNotFound, TenantUnreachable
from core.permissions import Lack, Need
from core.screens.recent import Recent
from core.screens.review import detail, later_on_same
from core.screens.review_view import Detail
from core.workflow.approval import Person
from core.workflow.lifecycle import Move
from core.workflow.plan import CheckState
from core.workflow.proposal import Proposal, ProposalState
from tests.support.desk import (
    ADMIN,
    LOYALTY,
    PLANNER,
    SUPERVISOR,
    VIEWER,
    WINBACK,
    Desk,
    filled_desk,
    settings_for,
)
from tests.support.proposals import (
    IN_STATE,
    REASON,
    approved,
    change_at_tenant,
    drafted,
    drifted,
    interrupted,
    proposed,
    rejected,
    stale,
    verified,
    warned,
)

S = ProposalState


def seen(
    desk: Desk, proposal: Proposal, person: str = SUPERVISOR, recent: Recent | None = None
) -> Detail:
    who = desk.services.people.person(person) if person else Person("")
    return detail(desk.services, recent or Recent(desk.clock), proposal.proposal_id, who)


def test_the_diff_says_now_proposed_change_and_limit(desk: Desk) -> None:
    page = seen(desk, proposed(desk))
    assert page.title == "P-1001 · Winback Autumn: pacing"
    assert page.diff_title == "What changes: 2 of 3 fields"
    rate, target, attempts = page.diff
    assert (rate.now, rate.proposed, rate.change, rate.limit) == (
        "25.0\u202f%",
        "10.0\u202f%",
        "−15.0 points",
        "10\u202f% to 95\u202f%",
    )
    assert (target.now, target.proposed, target.limit) == (
        "2.0\u202f%",
        "1.0\u202f%",
        "at most 3.0\u202f%",
    )
    assert (attempts.change, attempts.is_changed) == ("kept", False)
    assert page.now_heading == "Now"


def test_what_is_proposed_is_told_with_its_digest_and_whole_document(desk: Desk) -> None:
    waiting = proposed(desk)
    page = seen(desk, waiting)
    digest = waiting.plan.digest
    assert page.digest == f"sha256 {digest[:4]} {digest[4:8]} … {digest[-4:]}"
    document = json.loads(page.document)
    assert document["digest"] == digest
    assert document["reason"] == REASON
    assert [entry["step"] for entry in document["history"]] == ["proposal.submitted"]


def test_a_draft_shows_its_fields_and_windows(desk: Desk) -> None:
    waiting = drafted(desk)
    page = seen(desk, waiting)
    assert page.title.endswith("campaign draft")
    values = {row.label: row.proposed for row in page.diff}
    assert values["Status"] == "DRAFT"
    assert values["Organisation"] == "Made organisation"
    assert len(page.windows) == len(waiting.plan.payload["schedule"])
    assert "dials nobody until somebody starts it" in page.does[0]
    assert "room for" in page.does[1]
    assert "creates the draft once" in page.consequence


def test_the_tenant_is_compared_with_what_waits(desk: Desk) -> None:
    page = seen(desk, proposed(desk))
    assert page.checks[-1].state is CheckState.PASS
    assert page.checks[-1].message == "The tenant is unchanged since: revision 7, read 11:20."
    assert page.checks_title == f"Checks: {len(page.checks)} pass, 0 warnings, 0 blocks"


def test_a_change_at_the_tenant_warns_before_the_push_does(desk: Desk) -> None:
    waiting = proposed(desk)
    change_at_tenant(desk, 0.33)
    page = seen(desk, waiting)
    assert page.warnings[-1] == (
        "The campaign was changed at the tenant since (revision 7 → 8), read 11:20: a push will be"
        " refused as stale."
    )
    assert page.allowed.has(Move.APPROVE)


def test_a_name_that_was_taken_meanwhile_warns_too(desk: Desk) -> None:
    waiting = drafted(desk)
    assert "is free" in seen(desk, waiting).checks[-1].message
    desk.tenant.writer.create_campaign({"name": waiting.plan.target_name})
    assert "is taken" in seen(desk, waiting).warnings[-1]


def test_a_tenant_that_is_down_is_a_warning_and_no_error(desk: Desk) -> None:
    waiting = proposed(desk)
    desk.tenant.read_campaign = _unreachable  # type: ignore[method-assign]
    assert seen(desk, waiting).warnings == (
        "What the tenant has now could not be read. The tenant does not answer.",
    )


@pytest.mark.parametrize(
    ("person", "moves", "note"),
    [
        (SUPERVISOR, {Move.APPROVE, Move.REJECT, Move.WITHDRAW}, ""),
        (ADMIN, {Move.APPROVE, Move.REJECT, Move.WITHDRAW}, ""),
        (PLANNER, {Move.WITHDRAW}, "You are a planner: somebody who is a supervisor decides."),
        (VIEWER, set(), "You are a viewer: somebody who is a supervisor decides."),
        ("", set(), "Give your name at the top to act on this."),
    ],
)
def test_each_role_has_its_buttons_on_what_waits(
    desk: Desk, person: str, moves: set[Move], note: str
) -> None:
    allowed = seen(desk, proposed(desk), person).allowed
    assert set(allowed.moves) == moves
    assert allowed.note == note


def test_nobody_decides_what_they_proposed(desk: Desk) -> None:
    page = seen(desk, proposed(desk, by=SUPERVISOR), SUPERVISOR)
    assert set(page.allowed.moves) == {Move.WITHDRAW}
    assert page.allowed.note == "You proposed this; another person decides."


def test_without_four_eyes_the_author_may_decide() -> None:
    desk = filled_desk(settings=settings_for(DIALCAST_FOUR_EYES="0"))
    page = seen(desk, proposed(desk, by=SUPERVISOR), SUPERVISOR)
    assert page.allowed.has(Move.APPROVE)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (S.SUBMITTED, {"approve", "reject", "withdraw"}),
        (S.APPROVED, {"withdraw", "start_push"}),
        (S.PUSHING, {"verify"}),
        (S.VERIFIED, {"verify", "undo"}),
        (S.DRIFTED, {"verify", "undo", "renew"}),
        (S.STALE, {"renew"}),
        (S.REJECTED, set()),
        (S.WITHDRAWN, set()),
        (S.EXPIRED, set()),
    ],
)
def test_each_state_has_its_buttons_for_a_supervisor(
    desk: Desk, state: ProposalState, buttons: set[str]
) -> None:
    allowed = seen(desk, IN_STATE[state](desk)).allowed
    found = {move.value for move in allowed.moves}
    found |= {"verify"} if allowed.can_verify else set()
    found |= {"undo"} if allowed.can_undo else set()
    found |= {"renew"} if allowed.can_renew else set()
    assert found == buttons


def test_a_planner_finds_an_approved_proposal_and_no_push(desk: Desk) -> None:
    allowed = seen(desk, approved(desk), PLANNER).allowed
    assert not allowed.has(Move.START_PUSH)
    assert allowed.note == "You are a planner: somebody who is a supervisor pushes it."


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (S.APPROVED, "Approved at 11:20 by Sofia Brandt. “agreed”"),
        (S.PUSHING, "Sofia Brandt began to push this at 11:20; how it ended is not on record."),
        (
            S.VERIFIED,
            "Pushed at 11:20 by Sofia Brandt, and verified: the tenant has the proposed values"
            " (revision 7 → 8).",
        ),
        (S.DRIFTED, "The tenant differs from what was pushed."),
        (S.STALE, "Not pushed: the campaign was changed at the tenant after this was proposed."),
        (S.REJECTED, "Rejected at 11:20 by Sofia Brandt."),
        (S.WITHDRAWN, "Withdrawn at 11:20 by Paul Novak."),
        (S.EXPIRED, "Expired at 15:21, before it was pushed."),
    ],
)
def test_each_state_says_how_it_stands(desk: Desk, state: ProposalState, title: str) -> None:
    banner = seen(desk, IN_STATE[state](desk)).banner
    assert banner is not None
    assert banner.title == title


def test_what_waits_needs_no_banner(desk: Desk) -> None:
    assert seen(desk, proposed(desk)).banner is None


def test_the_banner_of_a_stale_one_says_who_when_and_which_revision(desk: Desk) -> None:
    banner = seen(desk, stale(desk)).banner
    assert banner.text.startswith(
        "Last changed there at 11:20 by Tomas Lund, revision 7 → 8. Nothing was changed by"
    )


def test_a_refusal_is_told_with_the_campaigns_name_and_not_its_id(desk: Desk) -> None:
    waiting = approved(desk)
    desk.tenant.replace = _refuse  # type: ignore[method-assign]
    with pytest.raises(PermissionMissing):
        desk.services.push.push(waiting.proposal_id, SUPERVISOR)
    page = seen(desk, waiting)
    assert page.banner.title == "Approved; the last push applied nothing."
    assert "update campaign Winback Autumn" in page.banner.text
    assert WINBACK not in page.banner.text
    assert page.allowed.has(Move.START_PUSH)


def test_a_stale_one_is_compared_three_ways(desk: Desk) -> None:
    page = seen(desk, stale(desk))
    rate = page.ways[0]
    assert (rate.then, rate.now, rate.proposed, rate.result) == (
        "25.0\u202f%",
        "33.0\u202f%",
        "10.0\u202f%",
        "conflict",
    )
    assert rate.is_changed
    assert [row.is_changed for row in page.ways] == [True, False, False]
    assert page.ways_headings[1:4] == ("Then", "Tenant now", "Proposed")
    assert page.renew_label == "Propose again on 33.0\u202f%"
    assert page.does_title == "What it would have done"


def test_fields_outside_the_plan_keep_what_the_tenant_has(desk: Desk) -> None:
    waiting = approved(desk)
    values = {"priority": 1, "predictive.answerRate": 0.33}
    desk.tenant.change_as_somebody_else(WINBACK, values)
    with pytest.raises(ProposalStale):
        desk.services.push.push(waiting.proposal_id, SUPERVISOR)
    other = seen(desk, waiting).ways[-1]
    assert (other.label, other.then, other.now, other.proposed) == (
        "priority",
        "–",
        "1",
        "not in plan",
    )
    assert other.result == "keeps the tenant's"


def test_a_drifted_one_is_compared_with_what_was_pushed(desk: Desk) -> None:
    page = seen(desk, drifted(desk))
    assert page.ways_headings[1:4] == ("Before", "Tenant now", "Pushed")
    assert [row.result for row in page.ways] == ["differs from the push", "as pushed", "as pushed"]
    assert [row.is_changed for row in page.ways] == [True, False, False]


def test_the_walk_begins_with_the_approval_and_has_a_time_for_each_state(desk: Desk) -> None:
    page = seen(desk, verified(desk))
    assert page.walk == (
        (S.APPROVED, "11:20:00"),
        (S.PUSHING, "11:20:00"),
        (S.PUSHED, "11:20:00"),
        (S.VERIFIED, "11:20:00"),
    )
    assert seen(desk, proposed(desk, LOYALTY)).walk == ()


def test_the_history_says_when_what_who_and_why(desk: Desk) -> None:
    page = seen(desk, rejected(desk))
    assert page.history == (
        ("11:20:00", f"Proposed, {PLANNER}: “{REASON}”"),
        ("11:20:00", f"Rejected, {SUPERVISOR}: “not today”"),
    )


def test_the_history_of_another_day_names_the_day(desk: Desk) -> None:
    gone = rejected(desk)
    desk.clock.move(timedelta(days=1))
    assert seen(desk, gone).history[0][0] == "Wed 25 Nov, 11:20:00"


def test_undo_names_the_old_value(desk: Desk) -> None:
    assert seen(desk, verified(desk)).undo_label == "Undo: propose 25.0\u202f% again"


def test_what_came_later_on_the_campaign_takes_the_buttons_and_gives_a_link(desk: Desk) -> None:
    done = verified(desk)
    change_at_tenant(desk, 0.33)
    newer = proposed(desk)
    page = seen(desk, done)
    assert not page.allowed.can_undo
    assert page.links[0].label == f"{newer.proposal_id} came after it on this campaign"
    assert page.links[0].selection == {"proposal": newer.proposal_id}


def test_what_came_to_nothing_does_not_count_as_later(desk: Desk) -> None:
    done = verified(desk)
    change_at_tenant(desk, 0.33)
    rejected(desk)
    assert seen(desk, done).allowed.can_undo


def test_another_campaign_does_not_count_as_later(desk: Desk) -> None:
    done = verified(desk)
    with desk.services.unit_of_work() as work:
        assert later_on_same(done, (proposed(desk, LOYALTY), *work.proposals.all())) is None


def test_a_creation_cannot_be_undone_from_here(desk: Desk) -> None:
    waiting = drafted(desk)
    desk.services.review.approve(waiting.proposal_id, SUPERVISOR)
    desk.services.push.push(waiting.proposal_id, SUPERVISOR)
    page = seen(desk, waiting)
    assert not page.allowed.can_undo
    assert page.allowed.can_verify
    assert page.banner.title.startswith("Created at 11:20 by Sofia Brandt, and verified")


def test_a_closed_one_leads_back_to_where_it_came_from(desk: Desk) -> None:
    pages = {link.page for link in seen(desk, rejected(desk)).links}
    assert pages == {"pages/pacing.py", "pages/audit.py"}


def test_who_has_no_button_is_told_why_only_where_something_waits(desk: Desk) -> None:
    assert seen(desk, rejected(desk), "").allowed.note == ""
    assert seen(desk, interrupted(desk, LOYALTY), "").allowed.note == ""


def test_a_warning_is_there_to_be_repeated(desk: Desk) -> None:
    page = seen(desk, warned(desk, "Only 5 of 12 hours are ahead."))
    assert page.warnings == ("Only 5 of 12 hours are ahead.",)
    assert page.checks_title == f"Checks: {len(page.checks) - 1} pass, 1 warning, 0 blocks"


def test_an_unknown_proposal_is_a_record_not_found(desk: Desk) -> None:
    with pytest.raises(RecordNotFound):
        detail(desk.services, Recent(desk.clock), "P-9999", Person(SUPERVISOR))


def _unreachable(*_: object) -> None:
    raise TenantUnreachable("The tenant does not answer.", "Try again.")


def _refuse(*_: object) -> None:
    raise PermissionMissing(f"The role may not update campaign {WINBACK}.", "Ask for it.")


def test_a_permission_that_is_missing_now_is_a_warning_while_it_waits(desk: Desk) -> None:
    waiting = proposed(desk)
    assert "permission" not in [check.name for check in seen(desk, waiting).checks]
    desk.tenant.lacks[Need.PACE] = Lack("outbound:campaign:edit", desk.clock.now())
    assert any(
        "for want of outbound:campaign:edit" in each for each in seen(desk, waiting).warnings
    )
    desk.tenant.lacks.clear()
    assert "permission" not in [check.name for check in seen(desk, waiting).checks]

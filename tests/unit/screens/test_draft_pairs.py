"""Drafts that are copies on the screens: the offer, the half-done pair, what may follow."""

import pytest

from core.charts.picture import Look
from core.screens import draft_templates, draft_view, drafts, review_renewal
from core.screens.inbox import DECIDED, OPEN, inbox
from core.screens.names import queue_names
from core.screens.overview_needs import needs, waiting_proposals
from core.screens.recent import Recent
from core.screens.review import detail
from core.screens.review_view import Detail
from core.workflow.lifecycle import Move
from core.workflow.pairs import half_done
from core.workflow.plan import CheckState, PlanKind
from core.workflow.proposal import ProposalState
from tests.support.desk import BILLING, PLANNER, SUPERVISOR, VIEWER, WINBACK, Desk
from tests.support.draft_pairs import copied, copying_desk, created, pushed, unscheduled
from tests.support.proposals import stored


@pytest.fixture
def desk() -> Desk:
    """Give a desk on a tenant that copies drafts."""
    return copying_desk()


def shown(desk: Desk, look: Look, template: str | None = WINBACK) -> draft_view.DraftView:
    recent = Recent(desk.clock)
    wanted = draft_view.Wanted(BILLING, "Quiet hours", template_id=template)
    names = queue_names(desk.services, recent)
    who = desk.services.people.person(PLANNER)
    return drafts.view(desk.services, recent, names, wanted, who, look)


def seen(desk: Desk, proposal_id: str, person: str = SUPERVISOR) -> Detail:
    who = desk.services.people.person(person)
    return detail(desk.services, Recent(desk.clock), proposal_id, who)


# --- Campaign drafts ------------------------------------------------------------------------


def test_without_a_template_the_windows_are_shown_and_one_is_asked_for(
    desk: Desk, look: Look
) -> None:
    page = shown(desk, look, template="")
    assert len(page.windows)
    assert (page.draft, page.offer) == (None, None)
    assert page.instead == draft_templates.UNCHOSEN
    options = draft_templates.templates(desk.services, Recent(desk.clock))
    assert next(iter(options)) == ""
    assert WINBACK in options


def test_a_copy_says_what_it_copies_and_that_its_schedule_is_a_second_step(
    desk: Desk, look: Look
) -> None:
    page = shown(desk, look)
    assert page.headline.endswith("a copy of Winback Autumn would use it")
    effects = {each.label: (each.value, each.note) for each in page.offer.effects}
    assert effects["Copied from"][0] == "Winback Autumn"
    assert "second proposal" in effects["Windows"][1]
    assert page.offer.is_open
    assert page.is_copy


def test_a_half_done_pair_is_shown_beside_the_drafts(desk: Desk, look: Look) -> None:
    assert shown(desk, look).pairs == ()
    unscheduled(desk)
    (pair,) = shown(desk, look).pairs
    assert pair.sentence.startswith("P-1001 created Quiet hours; its schedule came to nothing")


# --- Review ---------------------------------------------------------------------------------


def test_a_draft_says_that_its_windows_become_a_second_proposal(desk: Desk) -> None:
    page = seen(desk, copied(desk).proposal_id)
    assert "All else is copied from Winback Autumn." in page.does
    assert any("in a second proposal" in sentence for sentence in page.does)
    assert page.windows


def test_a_created_draft_leads_to_its_schedule_that_waits(desk: Desk) -> None:
    page = seen(desk, created(desk).proposal_id)
    assert page.banner is not None
    assert (page.banner.tone, page.banner.title) == (
        "plain",
        "The draft is created, its schedule is not written.",
    )
    assert "P-1002, submitted" in page.banner.text
    assert page.links[0].label == "Its schedule is P-1002"
    assert not page.allowed.can_schedule
    assert page.undo_label == "Undo: propose to delete the draft"


def test_the_schedule_says_that_it_arms_the_dialler_and_when(desk: Desk) -> None:
    created(desk)
    page = seen(desk, "P-1002")
    assert page.title == "P-1002 · Quiet hours: schedule"
    assert page.does[0].startswith("Arms the dialler: the tenant switches Quiet hours on and off")
    assert page.warnings[0].startswith("This arms the dialler")
    (windows,) = page.diff
    assert windows.now == "–"
    assert "Wed 25 Nov" in windows.proposed
    assert page.links[0].label == "It schedules the draft of P-1001"
    assert page.allowed.has(Move.APPROVE)
    assert page.checks[-1].state is CheckState.PASS


def test_a_rejected_schedule_can_be_proposed_again_from_its_draft(desk: Desk) -> None:
    draft = unscheduled(desk)
    page = seen(desk, draft.proposal_id)
    assert page.banner is not None
    assert page.banner.tone == "warning"
    assert page.allowed.can_schedule
    assert not seen(desk, draft.proposal_id, VIEWER).allowed.can_schedule
    plan = review_renewal.scheduling_plan(desk.services, Recent(desk.clock), draft).value
    assert plan is not None
    assert plan.kind is PlanKind.SCHEDULE
    said = review_renewal.schedule(desk.services, draft, PLANNER, "now it fits")
    assert said == "P-1003 waits for another person."
    assert not seen(desk, draft.proposal_id).allowed.can_schedule


def test_a_verified_schedule_says_what_is_in_force_and_can_be_taken_back(desk: Desk) -> None:
    created(desk)
    schedule = pushed(desk, stored(desk, "P-1002"))
    page = seen(desk, schedule.proposal_id)
    assert page.banner is not None
    assert "switches the campaign on and off by it" in page.banner.title
    assert page.undo_label == "Undo: propose to take the schedule back"
    review_renewal.undo(desk.services, schedule, PLANNER, "too much")
    undo = seen(desk, "P-1003")
    assert undo.title == "P-1003 · Quiet hours: undo of P-1002"
    assert undo.does[0].startswith("Removes the schedule of Quiet hours")


def test_the_deletion_of_a_draft_warns_and_ends_the_pair(desk: Desk) -> None:
    draft = unscheduled(desk)
    review_renewal.undo(desk.services, draft, PLANNER, "not needed")
    page = seen(desk, "P-1003")
    assert page.does[0].startswith("Deletes Quiet hours")
    assert any("cannot be brought back" in warning for warning in page.warnings)
    done = pushed(desk, stored(desk, "P-1003"))
    assert done.state is ProposalState.VERIFIED
    page = seen(desk, "P-1003")
    assert page.banner is not None
    assert page.banner.title.endswith("and verified: the campaign is gone.")
    assert not page.allowed.can_undo
    first = seen(desk, draft.proposal_id)
    assert not first.allowed.can_undo
    assert "P-1003 came after it on this campaign" in [link.label for link in first.links]


# --- lists ----------------------------------------------------------------------------------


def test_a_draft_without_a_schedule_stands_among_the_open_ones(desk: Desk) -> None:
    draft = unscheduled(desk)
    box = inbox(desk.services, desk.services.people.person(SUPERVISOR))
    assert [each.proposal_id for each in box.lists[OPEN]] == [draft.proposal_id]
    assert [each.proposal_id for each in box.lists[DECIDED]] == ["P-1002"]
    assert box.headline == "1 draft has no schedule yet"


def test_a_schedule_that_waits_says_in_the_list_that_it_arms(desk: Desk) -> None:
    created(desk)
    box = inbox(desk.services, desk.services.people.person(SUPERVISOR))
    (entry,) = box.lists[OPEN]
    assert (entry.proposal_id, entry.lines[0]) == ("P-1002", "Schedule: arms the dialler")


def test_the_overview_counts_drafts_without_a_schedule(desk: Desk) -> None:
    unscheduled(desk)
    with desk.services.unit_of_work() as work:
        known = work.proposals.all()
    waiting = waiting_proposals(known, desk.clock.now())
    number = sum(pair.needs_somebody(desk.clock.now()) for pair in half_done(known))
    assert needs(waiting, (), 0, 0, number) == ("one draft has no schedule",)

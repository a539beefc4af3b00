"""Proposals as the store keeps them: nothing is lost, and what is older can still be read."""

import json
from dataclasses import replace

from core.store.proposal_json import proposal_document, proposal_from
from core.workflow.plan import PlanKind, base_of, no_base
from tests.unit.workflow.builders import (
    NOON,
    campaign_document,
    pacing_plan,
    proposal_in,
    snapshot_of,
)


def test_the_schedule_of_a_draft_comes_back_with_its_draft_and_its_campaign() -> None:
    plan = replace(
        pacing_plan(),
        kind=PlanKind.SCHEDULE,
        base=no_base(NOON),
        follows="P-1001",
        campaign=base_of(snapshot_of(campaign_document())),
    )
    schedule = proposal_in("verified", plan, "P-1002")
    stored = json.loads(json.dumps(proposal_document(schedule)))
    assert proposal_from(stored) == schedule
    assert proposal_from(stored).plan.digest == plan.digest


def test_a_proposal_that_was_stored_before_drafts_had_schedules_is_read_as_it_was() -> None:
    proposal = proposal_in("approved")
    stored = proposal_document(proposal)
    for key in ("follows", "campaign"):
        del stored["plan"][key]
    assert proposal_from(stored) == proposal
    assert proposal.approval is not None
    assert proposal_from(stored).plan.digest == proposal.approval.digest


def test_the_campaign_of_a_schedule_is_part_of_what_is_approved() -> None:
    plan = replace(pacing_plan(), kind=PlanKind.SCHEDULE)
    campaign = base_of(snapshot_of(campaign_document()))
    other = base_of(snapshot_of(campaign_document(priority=5)))
    digests = {replace(plan, campaign=each).digest for each in (None, campaign, other)}
    assert len(digests) == 3

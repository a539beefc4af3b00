"""What a proposal is when it begins."""

from datetime import timedelta

from core.workflow.proposal import OPEN_STATES, ProposalState, draft_proposal
from tests.unit.workflow.builders import NOON, campaign_plan, pacing_plan, proposal_in


def test_a_pacing_change_lives_four_hours_and_a_campaign_draft_a_day() -> None:
    pacing = draft_proposal("P-1001", pacing_plan(), "Ana", " Why. ", NOON)
    creation = draft_proposal("P-1002", campaign_plan(), "Ana", "Why.", NOON)
    assert pacing.expires_at - pacing.created_at == timedelta(hours=4)
    assert creation.expires_at - creation.created_at == timedelta(hours=24)
    assert (pacing.state, pacing.version, pacing.reason) == (ProposalState.DRAFT, 0, "Why.")


def test_it_expires_at_its_very_moment_and_not_before() -> None:
    proposal = proposal_in("submitted")
    assert proposal.is_expired(proposal.expires_at)
    assert not proposal.is_expired(proposal.expires_at - timedelta(microseconds=1))


def test_open_is_what_somebody_still_has_to_act_on() -> None:
    assert [state.value for state in ProposalState if proposal_in(state.value).is_open] == [
        state.value for state in OPEN_STATES
    ]


def test_a_reason_keeps_every_character_but_those_that_no_store_can_hold() -> None:
    written = "  Größe 🌙 «ruhig»\x00 \udcff\n2nd line "
    proposal = draft_proposal("P-1001", pacing_plan(), "Ana", written, NOON)
    assert proposal.reason == "Größe 🌙 «ruhig» ?\n2nd line"

"""Reading the tenant for a proposal: how it stands to the plan, with patience where it is due."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.dialler import CampaignSchedule
from core.documents import JsonObject, digest
from core.errors import TenantError, TenantRecordMissing
from core.ports import CampaignReader
from core.units import CampaignId
from core.workflow.pairs import AT_THE_TENANT
from core.workflow.plan import PlanKind, Seen
from core.workflow.proposal import Conflict, Proposal, ProposalState
from core.workflow.reversal import Present, check_reversible
from core.workflow.verification import Settlement, compare, compare_creation

MOST_FAILED_READS = 3
"""Each of them has its own deadline and its own retries."""

Sleep = Callable[[float], None]
"""Waits for a number of seconds."""


class ObjectReader(CampaignReader, Protocol):
    """Reads whatever a proposal can change: campaigns, and their schedules."""

    def campaign_schedule(self, campaign_id: CampaignId) -> CampaignSchedule | None:
        """Return when a campaign is switched on and off; as `core.ports.DiallerReader`."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """What reading the tenant showed; nothing was seen where there is no such object."""

    settlement: Settlement
    seen: Seen | None

    @property
    def is_applied(self) -> bool:
        """Whether all proposed values are there."""
        return self.settlement is Settlement.APPLIED

    @property
    def facts(self) -> JsonObject:
        """What the audit keeps of it."""
        seen = self.seen
        return {
            "found": self.settlement.value,
            "foundRevision": seen.revision if seen else None,
            "foundDigest": digest(seen.document) if seen else "",
        }

    def conflict(self, at: datetime) -> Conflict:
        """Return what is kept for the three-way comparison."""
        if self.seen is None:
            return Conflict({}, None, at)
        return Conflict(self.seen.document, self.seen.revision, self.seen.read_at)


def look(reader: ObjectReader, proposal: Proposal) -> Finding:
    """Return how the tenant stands to a proposal.

    A campaign that is to be created is looked for by its name, until its id is known; one that is
    to be deleted may be gone.

    Raises
    ------
    TenantRecordMissing
        If the campaign is gone and should not be.
    TenantError
        If the tenant cannot be read.
    """
    plan = proposal.plan
    campaign_id = campaign_of(proposal)
    if campaign_id is None:
        found = reader.find_campaigns(plan.target_name)
        return Finding(compare_creation(plan, found), found[0] if found else None)
    if plan.kind in (PlanKind.SCHEDULE, PlanKind.UNSCHEDULING):
        is_unsettled = proposal.state not in AT_THE_TENANT
        campaign = reader.read_campaign(campaign_id) if plan.campaign and is_unsettled else None
        schedule = reader.campaign_schedule(campaign_id)
        return Finding(compare(plan, schedule, campaign), schedule)
    snapshot = None
    with suppress(*((TenantRecordMissing,) if plan.kind is PlanKind.DELETION else ())):
        snapshot = reader.read_campaign(campaign_id)
    was_confirmed = proposal.state is ProposalState.VERIFIED
    return Finding(compare(plan, snapshot, was_confirmed=was_confirmed), snapshot)


def campaign_of(proposal: Proposal) -> CampaignId | None:
    """Return the campaign that a proposal is on; None where it is still to be created."""
    created = proposal.push.object_id if proposal.push else ""
    return CampaignId(proposal.plan.target_id or created) or None


def read_present(reader: ObjectReader, proposal: Proposal) -> Present:
    """Return what an undo of a proposal is made against: its campaign and schedule, just read.

    Raises
    ------
    TransitionRefused
        If it is known without reading that there is no undo.
    TenantError
        If the tenant cannot be read.
    """
    check_reversible(proposal)
    campaign_id = CampaignId(campaign_of(proposal) or "")
    needs_schedule = proposal.plan.kind is not PlanKind.PACING
    return Present(
        reader.read_campaign(campaign_id),
        reader.campaign_schedule(campaign_id) if needs_schedule else None,
    )


def look_or_gone(reader: ObjectReader, proposal: Proposal) -> Finding:
    """Return how the tenant stands to a proposal; a campaign that is gone counts as changed."""
    try:
        return look(reader, proposal)
    except TenantRecordMissing:
        return Finding(Settlement.CHANGED, None)


def look_patiently(
    reader: ObjectReader,
    proposal: Proposal,
    *,
    pauses: Sequence[float],
    sleep: Sleep,
    is_decided: Callable[[Finding], bool],
) -> Finding | None:
    """Return the first finding that decides, else the last one, else None where none was had.

    Parameters
    ----------
    reader : ObjectReader
        The tenant.
    proposal : Proposal
        What it is compared with.
    pauses : sequence of float
        Between two readings. Unit: seconds.
    sleep : callable
        Waits.
    is_decided : callable
        Whether a finding needs no further reading.
    """
    failed, finding = 0, None
    for pause in (*pauses, None):
        try:
            finding = look_or_gone(reader, proposal)
        except TenantError:
            failed, finding = failed + 1, None
            if failed == MOST_FAILED_READS:
                return None
        if finding is not None and is_decided(finding):
            return finding
        if pause is not None:
            sleep(pause)
    return finding

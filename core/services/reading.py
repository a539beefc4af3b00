"""Reading the tenant for a proposal: how it stands to the plan, with patience where it is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.campaigns import CampaignSnapshot
from core.documents import JsonObject
from core.errors import TenantError, TenantRecordMissing
from core.ports import CampaignReader
from core.units import CampaignId
from core.workflow.proposal import Conflict, Proposal
from core.workflow.verification import Settlement, compare, compare_creation

MOST_FAILED_READS = 3
"""Each of them has its own deadline and its own retries."""

Sleep = Callable[[float], None]
"""Waits for a number of seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What reading the tenant showed; no snapshot where there is no such campaign."""

    settlement: Settlement
    snapshot: CampaignSnapshot | None

    @property
    def is_applied(self) -> bool:
        """Whether all proposed values are there."""
        return self.settlement is Settlement.APPLIED

    @property
    def facts(self) -> JsonObject:
        """What the audit keeps of it."""
        seen = self.snapshot
        return {
            "found": self.settlement.value,
            "foundRevision": seen.revision if seen else None,
            "foundDigest": seen.content_digest if seen else "",
        }

    def conflict(self, at: datetime) -> Conflict:
        """Return what is kept for the three-way comparison."""
        if self.snapshot is None:
            return Conflict({}, None, at)
        return Conflict(self.snapshot.document, self.snapshot.revision, self.snapshot.read_at)


def look(reader: CampaignReader, proposal: Proposal) -> Finding:
    """Return how the tenant stands to a proposal.

    A campaign that is to be created is looked for by its name, until its id is known.

    Raises
    ------
    TenantRecordMissing
        If the campaign is gone.
    TenantError
        If the tenant cannot be read.
    """
    plan = proposal.plan
    created = proposal.push.object_id if proposal.push else ""
    if plan.base is None and not created:
        found = reader.find_campaigns(plan.target_name)
        return Finding(compare_creation(plan, found), found[0] if found else None)
    snapshot = reader.read_campaign(CampaignId(plan.target_id or created))
    return Finding(compare(plan, snapshot), snapshot)


def look_or_gone(reader: CampaignReader, proposal: Proposal) -> Finding:
    """Return how the tenant stands to a proposal; a campaign that is gone counts as changed."""
    try:
        return look(reader, proposal)
    except TenantRecordMissing:
        return Finding(Settlement.CHANGED, None)


def look_patiently(
    reader: CampaignReader,
    proposal: Proposal,
    *,
    pauses: Sequence[float],
    sleep: Sleep,
    is_decided: Callable[[Finding], bool],
) -> Finding | None:
    """Return the first finding that decides, else the last one, else None where none was had.

    Parameters
    ----------
    reader : CampaignReader
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

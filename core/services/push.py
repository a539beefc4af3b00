"""Pushing approved proposals: the only place from which a tenant is changed.

One write for one approval: the intent is stored before the tenant is called, the campaign is read
again and must be as it was when the plan was made, the write goes out once, and its outcome is what
reading the tenant shows. Whoever pushes holds the proposal's push lock, which dies with its holder:
so a push left behind by a dead process is told from one that is under way, and is settled by
reading, never repeated by guess.
"""

import time
from dataclasses import dataclass, replace
from uuid import uuid4

from core.campaigns import CampaignSnapshot
from core.clock import Clock
from core.dialler import CampaignSchedule
from core.documents import JsonObject, digest
from core.errors import (
    LimitBroken,
    ProposalExpired,
    StaleRevision,
    TenantError,
    TenantRefused,
    UsageError,
)
from core.ports import CampaignWriter, UnitOfWorkFactory
from core.services.moves import (
    being_pushed,
    push_lock,
    record_expiry,
    record_move,
    record_reread,
)
from core.services.outcome import only_where_applied, stale_error, unless_ended
from core.services.reading import Finding, ObjectReader, Sleep, look
from core.services.settle import Settling
from core.units import CampaignId
from core.workflow.approval import People, Person, Step, check_allowed
from core.workflow.lifecycle import Move
from core.workflow.plan import Plan, PlanKind, Seen
from core.workflow.proposal import Proposal, ProposalState, PushRecord
from core.workflow.verification import Settlement


@dataclass(frozen=True, slots=True)
class PushProposal:
    """Brings approved proposals to the tenant.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Stamps every step.
    people : People
        Who may push.
    reader : ObjectReader
        The tenant, read only.
    writer : CampaignWriter
        The tenant's writing half.
    sleep : callable
        Waits between two readings.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    reader: ObjectReader
    writer: CampaignWriter
    sleep: Sleep = time.sleep  # noqa: TID251 - the waiting of a settlement, injected in tests

    def push(self, proposal_id: str, person: str) -> Proposal:
        """Return a proposal after its push, in the state that is true then.

        A proposal whose push was interrupted is only settled: see `Settling.settle`.

        Parameters
        ----------
        proposal_id : str
            An approved proposal.
        person : str
            Who pushes.

        Returns
        -------
        Proposal
            ``verified``; ``drifted`` where the tenant made something else of it; ``pushed`` where
            it could not be read back yet. After an interrupted push also ``approved``: nothing was
            applied, and it can be pushed again.

        Raises
        ------
        ApproverNotAllowed
            If the person may not push.
        TransitionRefused
            If it is not approved, was pushed already, or is being pushed at this moment.
        PlanChangedAfterApproval, ProposalExpired
            If the approval does not cover it, or no longer.
        ProposalStale
            If the tenant changed since the plan was made; nothing was applied.
        LimitBroken
            If a value lies outside what may be sent at all; nothing was sent.
        TenantError
            If the tenant refused, or could not be read; nothing was applied. `OutcomeUnknown`: it
            is not known yet whether the push arrived.
        """
        return self.push_as(proposal_id, self.people.person(person))

    def push_as(self, proposal_id: str, pusher: Person) -> Proposal:
        """Return a proposal after its push by a person who is known, as `push`."""
        check_allowed(pusher, Step.PUSH)
        with self.unit_of_work() as holder:
            if not holder.hold(push_lock(proposal_id)):
                raise being_pushed(self.unit_of_work, proposal_id)
            proposal = self._get(proposal_id)
            if proposal.state is ProposalState.PUSHING:
                return unless_ended(self._settling.settle(proposal, pusher.name))
            return self._push(self._start(proposal, pusher.name), pusher.name)

    @property
    def _settling(self) -> Settling:
        return Settling(self.unit_of_work, self.clock, self.reader, self.sleep)

    def _get(self, proposal_id: str) -> Proposal:
        with self.unit_of_work() as work:
            return work.proposals.get(proposal_id)

    def _start(self, proposal: Proposal, by: str) -> Proposal:
        """Store the intent; nothing has been sent."""
        earlier, base = proposal.push, proposal.plan.base
        intent = PushRecord(
            attempt=uuid4().hex,
            by=by,
            intent_at=self.clock.now(),
            revision_before=base.revision if base else None,
            object_id=proposal.plan.target_id,
            sent_before=earlier is not None
            and (earlier.sent_before or earlier.sending_at is not None),
        )
        with self.unit_of_work() as work:
            try:
                started = record_move(
                    work,
                    self.clock,
                    proposal,
                    Move.START_PUSH,
                    by,
                    push=intent,
                    facts={"attempt": intent.attempt},
                )
            except ProposalExpired:
                record_expiry(work, self.clock, proposal)
                work.commit()
                raise
            work.commit()
        return started

    def _push(self, proposal: Proposal, by: str) -> Proposal:
        """Read the campaign again; where it is as it was, send the one write."""
        try:
            finding = look(self.reader, proposal)
        except TenantError as error:
            self._settling.release(proposal, by, f"Nothing was sent. {error}")
            raise
        if finding.settlement is not Settlement.UNTOUCHED:
            return self._close_without_sending(proposal, by, finding)
        with self.unit_of_work() as work:
            proposal = record_reread(
                work,
                self.clock,
                proposal,
                by,
                "Read again before the push: as it was when it was proposed.",
                facts=finding.facts,
                push=proposal.push and replace(proposal.push, sending_at=self.clock.now()),
            )
            work.commit()
        return self._send(proposal, by, finding.seen)

    def _close_without_sending(self, proposal: Proposal, by: str, finding: Finding) -> Proposal:
        # A campaign of that name and with these fields is ours only if we once sent it.
        is_ours = proposal.plan.kind is not PlanKind.CAMPAIGN or _was_sent_before(proposal)
        if finding.is_applied and is_ours:
            message = "The tenant was as proposed already; nothing was sent."
            return self._settling.finish_and_confirm(proposal, by, finding, message)
        raise stale_error(self._settling.mark_stale(proposal, by, finding))

    def _send(self, proposal: Proposal, by: str, current: Seen | None) -> Proposal:
        try:
            after = self._write(proposal.plan, current)
        except StaleRevision:
            return self._close_refused_as_stale(proposal, by)
        except (TenantRefused, LimitBroken) as refusal:
            self._settling.release(proposal, by, f"It was refused. {refusal}")
            raise
        except TenantError:
            settled = self._settling.settle(proposal, by, lost_at=self.clock.now())
            return only_where_applied(settled)
        return self._finish(proposal, by, after)

    def _write(self, plan: Plan, current: Seen | None) -> Seen | None:
        """Send the one write of a plan, and return what it became; None where that is nothing."""
        match plan.kind, current:
            case PlanKind.PACING, CampaignSnapshot():
                return self.writer.update_campaign(current, plan.payload)
            case PlanKind.CAMPAIGN, None:
                return self.writer.create_campaign(plan.payload)
            case PlanKind.SCHEDULE, CampaignSchedule() | None:
                campaign_id = CampaignId(plan.target_id)
                return self.writer.write_schedule(campaign_id, plan.payload, current)
            case PlanKind.UNSCHEDULING, CampaignSchedule():
                self.writer.delete_schedule(current)
            case PlanKind.DELETION, CampaignSnapshot():
                self.writer.delete_campaign(current)
            case _:
                raise UsageError(f"A plan of kind {plan.kind.value} is not pushed as a whole.")
        return None

    def _finish(self, proposal: Proposal, by: str, after: Seen | None) -> Proposal:
        record, revision = proposal.push, after.revision if after else None
        campaign_id = after.campaign_id if after else proposal.plan.target_id
        ended = record and replace(
            record,
            finished_at=self.clock.now(),
            revision_after=revision,
            observed_digest=digest(after.document) if after else "",
            object_id=campaign_id,
            message="The tenant accepted it.",
        )
        facts: JsonObject = {"revisionAfter": revision, "campaignId": campaign_id}
        pushed = self._settling.store(proposal, Move.FINISH_PUSH, by, push=ended, facts=facts)
        return self._settling.read_back(pushed, by)

    def _close_refused_as_stale(self, proposal: Proposal, by: str) -> Proposal:
        """The tenant says that the campaign changed after it was read again."""
        try:
            finding = look(self.reader, proposal)
        except TenantError:
            finding = None
        if finding is not None and finding.is_applied and _was_sent_before(proposal):
            message = "An earlier attempt arrived late; reading back shows that it was applied."
            return self._settling.finish_and_confirm(proposal, by, finding, message)
        raise stale_error(self._settling.mark_stale(proposal, by, finding))


def _was_sent_before(proposal: Proposal) -> bool:
    return proposal.push is not None and proposal.push.sent_before

"""Finding out by reading what became of a push: the tenant is asked, never changed.

A push whose answer was lost, or whose process died, is settled by what the tenant has. A write
that was lost on its way may still arrive: nothing is called "not applied" before the tenant has
been read again over `LATE_ARRIVAL`. Beyond that the campaign's revision is the guard: a tenant that
keeps one refuses a write that comes later still.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.clock import Clock
from core.documents import JsonObject, digest
from core.errors import OutcomeUnknown
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.services.follow import record_follow_up
from core.services.moves import record_move, record_reread
from core.services.reading import Finding, ObjectReader, Sleep, look_patiently
from core.workflow.lifecycle import Move
from core.workflow.plan import PlanKind
from core.workflow.proposal import Conflict, Proposal, PushRecord
from core.workflow.verification import Settlement, has_former_values

PAUSES = (1.0, 2.0, 3.0, 4.0)
"""Between two readings while a lost write may still arrive. Unit: seconds."""
LATE_ARRIVAL = timedelta(seconds=sum(PAUSES))
"""How long a lost write is given to arrive."""
READ_BACK_PAUSES = (0.5, 1.0, 2.0)
"""A tenant may need a moment until it shows what it has just accepted. Unit: seconds."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles pushes by reading. Whoever calls it holds the proposal's push lock.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells how long ago something was sent.
    reader : ObjectReader
        The tenant, read only.
    sleep : callable
        Waits for a number of seconds.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    reader: ObjectReader
    sleep: Sleep

    def settle(self, proposal: Proposal, by: str, lost_at: datetime | None = None) -> Proposal:
        """Return a proposal in `pushing` after reading has shown what became of it.

        Parameters
        ----------
        proposal : Proposal
            In state `pushing`.
        by : str
            Who asked.
        lost_at : datetime, optional
            When the answer was lost; by default when the write began.

        Returns
        -------
        Proposal
            ``verified`` where all was applied; ``approved`` where nothing was; ``stale`` where
            nothing was and somebody else changed the campaign; ``push_failed`` where it can no
            longer be told.

        Raises
        ------
        OutcomeUnknown
            If the tenant cannot be read; the proposal stays as it is.
        """
        push = proposal.push
        if push is None or push.sending_at is None:
            return self.release(proposal, by, "It was interrupted before anything was sent.")
        may_still_arrive = self.clock.now() - (lost_at or push.sending_at) < LATE_ARRIVAL
        finding = look_patiently(
            self.reader,
            proposal,
            pauses=PAUSES,
            sleep=self.sleep,
            is_decided=lambda found: found.is_applied or not may_still_arrive,
        )
        if finding is None:
            self._note_unread(proposal, by, "Whether it arrived is not known yet.")
            raise OutcomeUnknown(
                f"Whether the push of {proposal.proposal_id} arrived is not known yet: the tenant"
                " cannot be read.",
                "Verify it when the tenant answers again; nothing is sent twice.",
            )
        return self._close(proposal, by, finding)

    def release(
        self, proposal: Proposal, by: str, message: str, facts: JsonObject | None = None
    ) -> Proposal:
        """Return a proposal whose push applied nothing: approved as before, stored."""
        push = self._ended(proposal, message)
        facts = {"message": message, **(facts or {})}
        return self.store(proposal, Move.RELEASE_PUSH, by, push=push, facts=facts)

    def finish_and_confirm(
        self, proposal: Proposal, by: str, finding: Finding, message: str
    ) -> Proposal:
        """Return a proposal that was found applied: pushed and verified in one transaction."""
        push = self._ended(proposal, message, finding)
        facts = {"message": message, **finding.facts}
        with self.unit_of_work() as work:
            pushed = record_move(
                work, self.clock, proposal, Move.FINISH_PUSH, by, push=push, facts=facts
            )
            verified = self._confirm(work, pushed, by, finding)
            work.commit()
        return verified

    def read_back(self, proposal: Proposal, by: str) -> Proposal:
        """Return a pushed proposal after comparing: verified, drifted, or pushed where unread."""
        finding = look_patiently(
            self.reader,
            proposal,
            pauses=READ_BACK_PAUSES,
            sleep=self.sleep,
            is_decided=lambda found: found.is_applied,
        )
        if finding is None:
            message = "Pushed, and not read back yet. Verify it when the tenant answers."
            return self._note_unread(proposal, by, message)
        return self.judge(proposal, by, finding)

    def judge(self, proposal: Proposal, by: str, finding: Finding) -> Proposal:
        """Return a pushed proposal after what was found: verified or drifted, stored."""
        if finding.is_applied:
            with self.unit_of_work() as work:
                verified = self._confirm(work, proposal, by, finding)
                work.commit()
            return verified
        conflict = finding.conflict(self.clock.now())
        return self.store(proposal, Move.REPORT_DRIFT, by, facts=finding.facts, conflict=conflict)

    def store(
        self,
        proposal: Proposal,
        name: Move,
        by: str,
        *,
        facts: JsonObject,
        push: PushRecord | None = None,
        conflict: Conflict | None = None,
    ) -> Proposal:
        """Return a proposal after a move, stored with its event in a transaction of its own."""
        with self.unit_of_work() as work:
            moved = record_move(
                work, self.clock, proposal, name, by, facts=facts, push=push, conflict=conflict
            )
            work.commit()
        return moved

    def mark_stale(self, proposal: Proposal, by: str, finding: Finding | None) -> Proposal:
        """Return a proposal that the tenant has left behind: stale, with what was found."""
        message = "Nothing was sent." if _is_unsent(proposal) else "Nothing was applied."
        return self.store(
            proposal,
            Move.MARK_STALE,
            by,
            push=self._ended(proposal, message),
            facts={"message": message, **(finding.facts if finding else {})},
            conflict=finding.conflict(self.clock.now()) if finding else None,
        )

    def _confirm(self, work: UnitOfWork, proposal: Proposal, by: str, finding: Finding) -> Proposal:
        """A draft that was found as proposed is followed by its schedule, in one transaction."""
        verified = record_move(work, self.clock, proposal, Move.CONFIRM, by, facts=finding.facts)
        record_follow_up(work, self.clock, verified, finding.seen)
        return verified

    def _close(self, proposal: Proposal, by: str, finding: Finding) -> Proposal:
        if finding.is_applied:
            message = "The answer was lost; reading back shows that it was applied."
            return self.finish_and_confirm(proposal, by, finding, message)
        if finding.settlement is Settlement.UNTOUCHED:
            message = "The answer was lost; reading back shows that nothing was applied."
            return self.release(proposal, by, message, finding.facts)
        seen, plan = finding.seen, proposal.plan
        # A campaign may have no schedule; a campaign that is not there has no values at all.
        is_readable = seen is not None or plan.kind is PlanKind.SCHEDULE
        if is_readable and has_former_values(plan, seen.document if seen else {}):
            return self.mark_stale(proposal, by, finding)
        message = (
            "The answer was lost and the campaign has been changed since: whether the push was in"
            " between cannot be told."
            if seen
            else "The answer was lost and the campaign is gone."
        )
        return self.store(
            proposal,
            Move.FAIL_PUSH,
            by,
            push=self._ended(proposal, message),
            facts={"message": message, **finding.facts},
            conflict=finding.conflict(self.clock.now()),
        )

    def _note_unread(self, proposal: Proposal, by: str, message: str) -> Proposal:
        push = replace(proposal.push, message=message) if proposal.push else None
        with self.unit_of_work() as work:
            noted = record_reread(
                work,
                self.clock,
                proposal,
                by,
                "The tenant could not be read back.",
                facts={"message": message},
                push=push,
            )
            work.commit()
        return noted

    def _ended(
        self, proposal: Proposal, message: str, finding: Finding | None = None
    ) -> PushRecord | None:
        if proposal.push is None:
            return None
        seen = finding.seen if finding else None
        ended = replace(proposal.push, finished_at=self.clock.now(), message=message)
        if seen is None:
            return ended
        return replace(
            ended,
            revision_after=seen.revision,
            observed_digest=digest(seen.document),
            object_id=seen.campaign_id,
        )


def _is_unsent(proposal: Proposal) -> bool:
    return proposal.push is None or proposal.push.sending_at is None

"""Deciding on proposals: a person says yes to exactly one plan, or no, or takes it back.

Nothing is sent anywhere: an approved proposal waits to be pushed.
"""

from dataclasses import dataclass

from core.clock import Clock
from core.documents import JsonObject
from core.errors import ConcurrentEdit, LimitBroken, PlanChangedAfterApproval, ProposalExpired
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.services.moves import record_expiry, record_move
from core.workflow.approval import (
    People,
    check_decision,
    check_withdrawal,
    is_same_person,
)
from core.workflow.lifecycle import Move
from core.workflow.moving import check_move
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.wording import APPROVED_BY_AUTHOR


@dataclass(frozen=True, slots=True)
class ReviewProposal:
    """Stores decisions.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells what has expired.
    people : People
        Who may decide.
    four_eyes : bool
        Whether nobody approves what they proposed.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    four_eyes: bool = True

    def approve(
        self, proposal_id: str, person: str, reason: str = "", digest: str | None = None
    ) -> Proposal:
        """Return a proposal with a person's approval of its plan, stored.

        Parameters
        ----------
        proposal_id : str
            The proposal.
        person : str
            Who approves.
        reason : str
            Why; may be empty.
        digest : str, optional
            Of the plan that the person saw.

        Raises
        ------
        ApproverNotAllowed
            If the person may not decide, or proposed it while four eyes are in force.
        TransitionRefused
            If it is not up for decision.
        ProposalExpired
            If it is too old; it is marked as expired.
        PlanChangedAfterApproval
            If the plan is not the one that the person saw.
        LimitBroken
            If a check of the plan blocks it.
        """
        approver = self.people.person(person)
        with self.unit_of_work() as work:
            proposal = self._in_time(work, proposal_id, Move.APPROVE)
            check_decision(proposal, approver, self.four_eyes)
            if digest is not None and digest != proposal.plan.digest:
                raise PlanChangedAfterApproval(
                    f"{proposal_id} is not the plan that was shown.", "Look at it again."
                )
            if proposal.plan.is_blocked:
                raise LimitBroken(
                    f"A check blocks {proposal_id}.", "Reject it, and propose within the limits."
                )
            facts: JsonObject = {}
            if is_same_person(approver.name, proposal.author):
                facts = {APPROVED_BY_AUTHOR: True, "fourEyes": False}
            return self._store(work, proposal, Move.APPROVE, approver.name, reason, facts)

    def reject(self, proposal_id: str, person: str, reason: str) -> Proposal:
        """Return a proposal that a person said no to, stored.

        Raises
        ------
        ApproverNotAllowed, TransitionRefused
            As `approve`.
        UsageError
            If there is no reason.
        """
        decider = self.people.person(person)
        with self.unit_of_work() as work:
            proposal = work.proposals.get(proposal_id)
            check_move(proposal, Move.REJECT, self.clock.now())
            check_decision(proposal, decider, self.four_eyes)
            return self._store(work, proposal, Move.REJECT, decider.name, reason, {})

    def withdraw(self, proposal_id: str, person: str, reason: str = "") -> Proposal:
        """Return a proposal that its author or a supervisor took back, stored.

        Raises
        ------
        ApproverNotAllowed
            If it is somebody else's and the person may not withdraw those.
        TransitionRefused
            If it is not open, or is being pushed.
        """
        who = self.people.person(person)
        with self.unit_of_work() as work:
            proposal = work.proposals.get(proposal_id)
            check_move(proposal, Move.WITHDRAW, self.clock.now())
            check_withdrawal(proposal, who)
            return self._store(work, proposal, Move.WITHDRAW, who.name, reason, {})

    def expire_old(self) -> tuple[Proposal, ...]:
        """Return the proposals that were found too old just now, stored as expired.

        None where somebody else is just changing one of them: the next call finds them again.
        """
        with self.unit_of_work() as work:
            waiting = work.proposals.all((ProposalState.SUBMITTED, ProposalState.APPROVED))
            now = self.clock.now()
            old = [proposal for proposal in waiting if proposal.is_expired(now)]
            try:
                expired = tuple(record_expiry(work, self.clock, proposal) for proposal in old)
            except ConcurrentEdit:
                return ()
            work.commit()
        return expired

    def _in_time(self, work: UnitOfWork, proposal_id: str, name: Move) -> Proposal:
        proposal = work.proposals.get(proposal_id)
        try:
            check_move(proposal, name, self.clock.now())
        except ProposalExpired:
            record_expiry(work, self.clock, proposal)
            work.commit()
            raise
        return proposal

    def _store(
        self,
        work: UnitOfWork,
        proposal: Proposal,
        name: Move,
        by: str,
        reason: str,
        facts: JsonObject,
    ) -> Proposal:
        moved = record_move(work, self.clock, proposal, name, by, reason=reason, facts=facts)
        work.commit()
        return moved

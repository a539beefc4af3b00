"""Offering a plan for review, and offering to undo what was pushed.

Nothing is sent anywhere: a proposal is stored and waits for another person.
"""

from dataclasses import dataclass, replace

from core.clock import Clock
from core.errors import LimitBroken, TransitionRefused, UsageError
from core.ports import UnitOfWork, UnitOfWorkFactory
from core.services.abandon_target import abandon_target, cap_check
from core.services.moves import record_expiry, record_move
from core.services.permission import PushPermission
from core.workflow.approval import People, Step, check_allowed, is_same_person
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.plan import CheckState, Plan, PlanKind
from core.workflow.proposal import OPEN_STATES, Proposal, ProposalState, draft_proposal
from core.workflow.reversal import Present, reversal
from core.workflow.verification import changes_nothing

ALWAYS_PERMITTED = PushPermission()


@dataclass(frozen=True, slots=True)
class SubmitProposal:
    """Stores proposals.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Tells when a proposal was made and when it expires.
    people : People
        Who may propose.
    abandon_cap : float
        Highest abandon rate that an undo may aim at, a share.
    permission : PushPermission
        Tells whether what is proposed may be pushed.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    abandon_cap: float = 0.03
    permission: PushPermission = ALWAYS_PERMITTED

    def submit(self, plan: Plan, person: str, reason: str) -> Proposal:
        """Return a new proposal, stored and up for decision.

        An older one of the same person on the same campaign is superseded.

        Parameters
        ----------
        plan : Plan
            With its checks.
        person : str
            Who proposes.
        reason : str
            Why; goes into the audit.

        Raises
        ------
        ApproverNotAllowed
            If the person may not propose.
        LimitBroken
            If a check of the plan blocks it.
        UsageError
            If there is no reason, or the plan changes nothing.
        TransitionRefused
            If somebody else's proposal on the campaign is open.
        """
        author = self.people.person(person)
        check_allowed(author, Step.PROPOSE)
        _check_plan(plan)
        plan = self.permission.checked(plan)
        with self.unit_of_work() as work:
            proposal_id = work.proposals.next_id()
            now = self.clock.now()
            draft = draft_proposal(proposal_id, plan, author.name, reason, now)
            proposal, event = move(draft, Move.SUBMIT, by=author.name, at=now, reason=draft.reason)
            self._make_room(work, proposal)
            work.proposals.add(proposal)
            work.audit.append(event)
            work.commit()
        return proposal

    def undo(self, proposal_id: str, person: str, reason: str, present: Present) -> Proposal:
        """Return a new proposal that takes back what a pushed one did.

        Parameters
        ----------
        proposal_id : str
            The proposal that was pushed.
        person, reason : str
            As `submit`.
        present : Present
            Just read, by `core.services.reading.read_present`.

        Raises
        ------
        RecordNotFound
            If there is no such proposal.
        TransitionRefused
            If it was not pushed, or cannot be taken back from here.
        UsageError
            If all is as it was before already.
        LimitBroken
            If the old abandon target is above the cap in force, or a check forbids it.
        """
        with self.unit_of_work() as work:
            undone = work.proposals.get(proposal_id)
        plan = reversal(undone, present)
        return self.submit(self._with_cap_check(plan), person, reason)

    def _with_cap_check(self, plan: Plan) -> Plan:
        target = abandon_target(plan.payload)
        if target is None or plan.kind is not PlanKind.PACING:
            return plan
        check = cap_check(target, self.abandon_cap, "The old")
        return replace(plan, checks=(*plan.checks, check))

    def _make_room(self, work: UnitOfWork, new: Proposal) -> None:
        for older in work.proposals.all(OPEN_STATES):
            if older.plan.subject != new.plan.subject:
                continue
            is_at_work = older.state is ProposalState.PUSHING
            if not is_at_work and older.is_expired(self.clock.now()):
                record_expiry(work, self.clock, older)
            elif not is_at_work and is_same_person(older.author, new.author):
                record_move(
                    work,
                    self.clock,
                    older,
                    Move.SUPERSEDE,
                    new.author,
                    facts={"supersededBy": new.proposal_id},
                )
            else:
                raise TransitionRefused(
                    f"{older.proposal_id} by {older.author} is open on {new.plan.target_name}"
                    f" ({older.state.value}).",
                    "Verify it first: its push is not settled."
                    if is_at_work
                    else "Decide or withdraw it first.",
                )


def _check_plan(plan: Plan) -> None:
    blocks = [check for check in plan.checks if check.state is CheckState.BLOCK]
    if blocks:
        names = ", ".join(check.name for check in blocks)
        raise LimitBroken(
            f"A limit forbids this plan ({names}): {' '.join(check.message for check in blocks)}",
            "Change what it is made from, then propose again.",
        )
    if changes_nothing(plan):
        raise UsageError(
            f"{plan.target_name} has the proposed values already.", "There is nothing to propose."
        )

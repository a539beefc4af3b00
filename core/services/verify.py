"""Reading back what was pushed, and telling where the tenant differs from it.

Also settles a push that was interrupted. The tenant is read and never changed.
"""

import time
from dataclasses import dataclass

from core.clock import Clock
from core.errors import TransitionRefused
from core.ports import UnitOfWorkFactory
from core.services.moves import being_pushed, push_lock, record_reread
from core.services.reading import Finding, ObjectReader, Sleep, look_or_gone
from core.services.settle import Settling
from core.workflow.approval import PROGRAM, People, Step, check_allowed
from core.workflow.pairs import AT_THE_TENANT
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.wording import NEXT_STEP


@dataclass(frozen=True, slots=True)
class VerifyProposal:
    """Compares pushed proposals with the tenant.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    clock : Clock
        Stamps what was found.
    people : People
        Who may look.
    reader : ObjectReader
        The tenant, read only.
    sleep : callable
        Waits between two readings while a push is settled.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    people: People
    reader: ObjectReader
    sleep: Sleep = time.sleep  # noqa: TID251 - the waiting of a settlement, injected in tests

    def verify(self, proposal_id: str, person: str | None = None) -> Proposal:
        """Return a proposal after comparing it with the tenant.

        Parameters
        ----------
        proposal_id : str
            A proposal that was pushed, or whose push was interrupted.
        person : str, optional
            Who asks; the program itself by default.

        Returns
        -------
        Proposal
            ``verified`` or ``drifted``; an interrupted push as `Settling.settle` leaves it.

        Raises
        ------
        RecordNotFound
            If there is no such proposal.
        TransitionRefused
            If nothing was pushed, or a push is under way.
        TenantError
            If the tenant cannot be read; the proposal stays as it is.
        """
        who = PROGRAM if person is None else self.people.person(person)
        check_allowed(who, Step.VIEW)
        with self.unit_of_work() as holder:
            if not holder.hold(push_lock(proposal_id)):
                raise being_pushed(self.unit_of_work, proposal_id)
            with self.unit_of_work() as work:
                proposal = work.proposals.get(proposal_id)
            settling = Settling(self.unit_of_work, self.clock, self.reader, self.sleep)
            if proposal.state is ProposalState.PUSHING:
                return settling.settle(proposal, who.name)
            if proposal.state not in AT_THE_TENANT:
                raise TransitionRefused(
                    f"{proposal_id} is {proposal.state.value}: nothing of it is at the tenant.",
                    NEXT_STEP[proposal.state],
                )
            finding = look_or_gone(self.reader, proposal)
            if _is_news(proposal, finding):
                return settling.judge(proposal, who.name, finding)
            return self._note(proposal, who.name, finding)

    def _note(self, proposal: Proposal, by: str, finding: Finding) -> Proposal:
        still = "still has" if finding.is_applied else "still differs from"
        with self.unit_of_work() as work:
            noted = record_reread(
                work,
                self.clock,
                proposal,
                by,
                f"Read again: the tenant {still} what was pushed.",
                facts=finding.facts,
                conflict=None if finding.is_applied else finding.conflict(self.clock.now()),
            )
            work.commit()
        return noted


def _is_news(proposal: Proposal, finding: Finding) -> bool:
    if proposal.state is ProposalState.PUSHED:
        return True
    return finding.is_applied is not (proposal.state is ProposalState.VERIFIED)

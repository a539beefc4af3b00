"""Proposals: list, show, decide, push, verify, undo.

What is allowed is decided by the services; each command prints the proposal as it is afterwards.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping

from core.bootstrap import Services
from core.cli.connection import connected
from core.cli.exit_codes import DONE, FAILED, REFUSED
from core.cli.output import note, print_document, say, table, time_text
from core.cli.proposal_text import tell_proposal
from core.errors import UsageError
from core.exports.proposal_json import proposal_document
from core.services.reading import read_present
from core.workflow.proposal import Proposal, ProposalState
from core.workflow.wording import NEXT_STEP

ENDED_BADLY = {
    ProposalState.DRIFTED: REFUSED,
    ProposalState.STALE: REFUSED,
    ProposalState.PUSH_FAILED: FAILED,
}
"""States that a push or a reading can end in without the tenant having what was proposed."""


def list_all(arguments: Namespace) -> int:
    """List proposals, newest first."""
    states = [_state(name) for name in arguments.state or ()]
    with connected(arguments) as services:
        services.review.expire_old()
        with services.unit_of_work() as work:
            proposals = work.proposals.all(states)
            entries = work.audit.entries() if arguments.as_json else ()
        zone = services.settings.time_zone
    if arguments.as_json:
        print_document({"proposals": [proposal_document(each, entries) for each in proposals]})
        return DONE
    rows = [
        (
            each.proposal_id,
            each.state.value,
            each.plan.kind.value,
            each.plan.target_name,
            each.author,
            time_text(each.created_at, zone),
            each.reason,
        )
        for each in proposals
    ]
    say(table(("id", "state", "kind", "campaign", "by", "proposed", "reason"), rows))
    return DONE


def show(arguments: Namespace) -> int:
    """Show one proposal with its diff, checks and history."""
    with connected(arguments) as services:
        services.review.expire_old()
        tell_proposal(arguments, services, _stored(services, arguments.proposal_id))
    return DONE


def approve(arguments: Namespace) -> int:
    """Approve the plan of a proposal."""
    return decide(arguments, lambda services: services.review.approve)


def reject(arguments: Namespace) -> int:
    """Say no to a proposal."""
    return decide(arguments, lambda services: services.review.reject)


def withdraw(arguments: Namespace) -> int:
    """Take a proposal back."""
    return decide(arguments, lambda services: services.review.withdraw)


def pause(arguments: Namespace) -> int:
    """Let nothing of a plan of a day be pushed until it is resumed."""
    return decide(arguments, lambda services: services.day_plans.pause)


def resume(arguments: Namespace) -> int:
    """Let the hours ahead of a paused plan of a day be pushed again."""
    return decide(arguments, lambda services: services.day_plans.resume)


def stop(arguments: Namespace) -> int:
    """End a plan of a day: nothing of it is pushed any more."""
    return decide(arguments, lambda services: services.day_plans.stop)


def decide(
    arguments: Namespace, choose: Callable[[Services], Callable[[str, str, str], Proposal]]
) -> int:
    """Do what a person says with a proposal, at once; show what it is then."""
    with connected(arguments) as services:
        act = choose(services)
        proposal = act(arguments.proposal_id, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE


def push(arguments: Namespace) -> int:
    """Push an approved proposal; done only where the tenant has it."""
    with connected(arguments) as services:
        proposal = services.push.push(arguments.proposal_id, arguments.person)
        tell_proposal(arguments, services, proposal)
    # An interrupted push that turned out to have applied nothing is settled, and not pushed.
    return _ending(proposal, {**ENDED_BADLY, ProposalState.APPROVED: FAILED})


def verify(arguments: Namespace) -> int:
    """Read the tenant back, and settle a push that was interrupted."""
    with connected(arguments) as services:
        proposal = services.verify.verify(arguments.proposal_id, arguments.person)
        tell_proposal(arguments, services, proposal)
    return _ending(proposal, ENDED_BADLY)


def undo(arguments: Namespace) -> int:
    """Propose to take back what a pushed proposal did."""
    with connected(arguments) as services:
        undone = _stored(services, arguments.proposal_id)
        present = read_present(services.tenant, undone)
        offer = services.submit.undo
        proposal = offer(undone.proposal_id, arguments.person, arguments.reason, present)
        tell_proposal(arguments, services, proposal)
    return DONE


def _stored(services: Services, proposal_id: str) -> Proposal:
    with services.unit_of_work() as work:
        return work.proposals.get(proposal_id)


def _ending(proposal: Proposal, bad: Mapping[ProposalState, int]) -> int:
    code = bad.get(proposal.state, DONE)
    if code:
        next_step = NEXT_STEP[proposal.state]
        note(f"dialcast: {proposal.proposal_id} is {proposal.state.value}. {next_step}")
    return code


def _state(name: str) -> ProposalState:
    try:
        return ProposalState(name)
    except ValueError:
        known = ", ".join(state.value for state in ProposalState)
        raise UsageError(f"There is no state {name!r}.", f"Choose one of: {known}.") from None

"""What needs somebody: proposals that wait or went wrong, forecasts that are old."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.charts.numbers import count
from core.forecasting.forecast import Forecast
from core.screens.forecast_page import is_old
from core.workflow.plan import PlanKind
from core.workflow.proposal import OPEN_STATES, Proposal, ProposalState

TROUBLED = (ProposalState.STALE, ProposalState.DRIFTED, ProposalState.PUSH_FAILED)
"""Over, but not well: they need somebody until the next proposal on the same campaign."""
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS: Mapping[ProposalState, tuple[str, str]] = {
    ProposalState.SUBMITTED: ("proposal waits for a decision", "proposals wait for a decision"),
    ProposalState.APPROVED: ("approved proposal waits for its push",
                             "approved proposals wait for their push"),
    ProposalState.PUSHING: ("push is not settled", "pushes are not settled"),
    ProposalState.STALE: ("proposal went stale", "proposals went stale"),
    ProposalState.DRIFTED: ("campaign is no longer as pushed", "campaigns are no longer as pushed"),
    ProposalState.PUSH_FAILED: ("push failed", "pushes failed"),
    ProposalState.PAUSED: ("plan of a day is paused", "plans of a day are paused"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """The proposals that need somebody.

    Parameters
    ----------
    proposals : tuple of Proposal
        Oldest first.
    """

    proposals: tuple[Proposal, ...]

    @property
    def by_state(self) -> Mapping[ProposalState, int]:
        """How many there are in each state, in the order of `_WORDS`."""
        counted = {state: 0 for state in _WORDS}
        for proposal in self.proposals:
            counted[proposal.state] += 1
        return {state: number for state, number in counted.items() if number}


def waiting_proposals(proposals: Sequence[Proposal], now: datetime) -> Waiting:
    """Return those that are open, and those that ended badly and were not followed by another.

    Parameters
    ----------
    proposals : sequence of Proposal
        All of them, newest first.
    now : datetime
        What is too old to be decided waits for nobody.
    """
    found: list[Proposal] = []
    followed: set[tuple[str, str]] = set()
    for proposal in proposals:
        target = proposal.plan.subject
        is_late = proposal.state is not ProposalState.PUSHING and proposal.is_expired(now)
        is_open = proposal.state in OPEN_STATES and not is_late
        # A plan of the day that is approved is in force: the worker carries it out by itself.
        is_in_force = (proposal.plan.kind, proposal.state) == (PlanKind.DAY, ProposalState.APPROVED)
        is_troubled = proposal.state in TROUBLED and target not in followed
        if (is_open and not is_in_force) or is_troubled:
            found.append(proposal)
        followed.add(target)
    return Waiting(tuple(reversed(found)))


def needs(
    waiting: Waiting, outside: Sequence[str], old: int, missing: int, unscheduled: int = 0
) -> tuple[str, ...]:
    """Return what needs somebody, each as half a sentence, the most pressing first.

    Parameters
    ----------
    waiting : Waiting
        The proposals.
    outside : sequence of str
        What is unusual, such as "Billing runs above its band".
    old : int
        How many forecasts are too old.
    missing : int
        How many series have none.
    unscheduled : int
        How many drafts were created and have no schedule, nor a proposal of one.
    """
    told = [_told(number, *_WORDS[state]) for state, number in waiting.by_state.items()]
    if unscheduled:
        told.append(_told(unscheduled, "draft has no schedule", "drafts have no schedule"))
    if len(outside) == 1:
        told.append(outside[0])
    elif outside:
        told.append(f"{_number(len(outside))} queues are outside their bands")
    if old:
        told.append(_told(old, "forecast is old", "forecasts are old"))
    if missing > 0:
        told.append(_told(missing, "series has no forecast", "series have no forecast"))
    return tuple(told)


def state_sentence(told: Sequence[str], otherwise: str) -> str:
    """Return the headline: how many things need somebody, and which.

    Examples
    --------
    >>> state_sentence(["one proposal went stale", "two forecasts are old"], "")
    'Two things need you: one proposal went stale, and two forecasts are old'
    >>> state_sentence([], "next, Winback answers best")
    'Nothing needs you; next, Winback answers best'
    """
    if not told:
        return f"Nothing needs you{f'; {otherwise}' if otherwise else ''}"
    things = "thing needs" if len(told) == 1 else "things need"
    *first, last = told
    listed = f"{', '.join(first)}, and {last}" if first else last
    return f"{_number(len(told)).capitalize()} {things} you: {listed}"


def fit(forecasts: Sequence[Forecast], now: datetime) -> tuple[Forecast, ...]:
    """Return the forecasts that are young enough to be used."""
    return tuple(each for each in forecasts if not is_old(each, now))


def _told(number: int, one: str, many: str) -> str:
    return f"{_number(number)} {one if number == 1 else many}"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else count(number)

"""What the worker does: read, score, forecast, settle, and push the hours of approved days.

Only `core.services.day_plans` sends anything, and only what a person approved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core.errors import DashboardError, TransitionRefused
from core.ports import UnitOfWorkFactory
from core.services.day_plans import DayPlans
from core.services.desk import EVERYTHING, READING, Desk
from core.services.drift import Retraining
from core.services.scoring import CHECKING, Scoring
from core.services.verify import VerifyProposal
from core.services.work import Report
from core.services.worker import Task
from core.workflow.proposal import ProposalState

OPEN_PUSHES = (ProposalState.PUSHING, ProposalState.PUSHED)
"""Sent, or perhaps sent, and not yet read back."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """Settles interrupted pushes by reading the tenant.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    verify : VerifyProposal
        Reads back; it cannot send.
    """

    unit_of_work: UnitOfWorkFactory
    verify: VerifyProposal

    def settle_everything(self, report: Report) -> str:
        """Settle every push that is open; return in a sentence what became of them."""
        with self.unit_of_work() as work:
            waiting = work.proposals.all(OPEN_PUSHES)
        if not waiting:
            return "No push is open."
        told = []
        for number, proposal in enumerate(waiting):
            report(number, len(waiting), proposal.proposal_id)
            try:
                settled = self.verify.verify(proposal.proposal_id)
            except TransitionRefused:
                # Somebody pushes or verifies it at this very moment.
                continue
            except DashboardError as error:
                told.append(f"{proposal.proposal_id}: {error.what}")
            else:
                told.append(f"{proposal.proposal_id} is {settled.state.value}.")
        return " ".join(told) or "Each open push is at work."


def worker_tasks(
    desk: Desk,
    scoring: Scoring,
    retraining: Retraining,
    settlement: Settlement,
    day_plans: DayPlans,
) -> tuple[Task, ...]:
    """Return the worker's tasks, in the order in which they are done where several are due."""

    def task(
        name: str, label: str, minutes: float, subject: str, action: Callable[[Report], str]
    ) -> Task:
        return Task(name, label, timedelta(minutes=minutes), subject, action)

    return (
        Task(
            "day",
            "Push the hour of each plan of a day",
            timedelta(seconds=30),
            "day:everything",
            day_plans.push_due,
            is_urgent=True,
        ),
        task(
            "settle",
            "Settle interrupted pushes",
            1,
            "settle:everything",
            settlement.settle_everything,
        ),
        task("read", "Read the newest hours", 10, READING, desk.read_everything),
        task("score", "Score every forecast", 60, CHECKING, scoring.check_everything),
        task("forecast", "Forecast what is due", 15, EVERYTHING, retraining.retrain_due),
    )

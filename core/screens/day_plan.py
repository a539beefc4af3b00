"""Plans of a day in force, as every page tells them: what was pushed, what comes, what is missing.

Halting one acts at once and needs no approval; who may is decided by the service, and asked here
only to know which buttons there are.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.charts.numbers import GAP, calls_per_agent
from core.charts.picture import Look
from core.charts.times import clock_span, clock_time, day, duration
from core.pacing.stepping import calls_in
from core.screens.context import Context
from core.screens.moments import Moment
from core.workflow.approval import Person, moves_open_to
from core.workflow.day_hour import slot_start_of
from core.workflow.day_plan import DayPlan, Slot, day_of
from core.workflow.heartbeat import Heartbeat, TaskRun
from core.workflow.lifecycle import Move
from core.workflow.plan import PlanKind
from core.workflow.proposal import Proposal, ProposalState

IN_FORCE = (ProposalState.APPROVED, ProposalState.PAUSED)
TOLD = (*IN_FORCE, ProposalState.STALE)
"""A plan that went stale acts no more, and whoever relies on it has to know until it is over."""
TASK = "day"
MISSED, DONE, NOW, AHEAD, TROUBLE = "missed", "pushed", "due now", "waits", "not applied"
HELD, BEFORE = "paused", "before the approval"


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A stretch of the day: when, what is approved for it, how it stands, and what to know."""

    when: str
    calls: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A plan of a day in force.

    Parameters
    ----------
    proposal : Proposal
        As it is stored.
    sentence : str
        How it stands.
    trouble : str
        What keeps it from going on; empty where nothing does.
    rows : tuple of SlotRow
        Stretch by stretch.
    moves : tuple of Move
        What the person who looks may do at once.
    """

    proposal: Proposal
    sentence: str
    trouble: str
    rows: tuple[SlotRow, ...]
    moves: tuple[Move, ...]


def plans_in_force(context: Context, person: Person, look: Look) -> tuple[DayView, ...]:
    """Return the plans of a day that act now, or stopped acting by themselves.

    Parameters
    ----------
    context : Context
        What is looked through; the tenant is not asked.
    person : Person
        Who looks.
    look : Look
        Zone, palette, now.
    """
    with context.unit_of_work() as work:
        days = [each for each in work.proposals.all(TOLD) if _is_told(each, look.now)]
        if not days:
            return ()
        everything = work.proposals.all()
        beat, runs = work.worker.heartbeat(), work.worker.runs()
    return tuple(
        _view(context, each, _pushes(everything, each.proposal_id), beat, runs, person, look)
        for each in days
    )


def halt(context: Context, view: DayView, name: Move, person: Person) -> str:
    """Pause, resume or stop a plan of a day, and return the sentence that says so.

    Raises
    ------
    ApproverNotAllowed, TransitionRefused
        As `core.services.day_plans.DayPlans`.
    """
    act = {
        Move.PAUSE: context.day_plans.pause,
        Move.RESUME: context.day_plans.resume,
        Move.STOP: context.day_plans.stop,
    }[name]
    moved = act(view.proposal.proposal_id, person.name)
    told = {
        Move.PAUSE: "is paused: nothing is pushed until it is resumed",
        Move.RESUME: "goes on with the next hour",
        Move.STOP: "is stopped: nothing of it is pushed any more",
    }[name]
    return f"{moved.proposal_id} {told}. The campaign keeps the value in force."


def standing_words(proposal: Proposal, look: Look) -> str:
    """Return how a plan of a day stands, in a sentence."""
    by = f"{proposal.proposal_id} by {proposal.author}"
    end = Moment(look.now, look.zone).short(day_of(proposal.plan.payload).end)
    if proposal.state is ProposalState.APPROVED:
        return f"{by} is in force until {end}."
    if proposal.state is ProposalState.PAUSED:
        return f"{by} is paused."
    return f"{by} waits for a decision."


def worker_trouble(beat: Heartbeat | None, runs: Sequence[TaskRun], now: datetime) -> str:
    """Return why the hours of plans are not pushed, in sentences; empty where they are.

    Examples
    --------
    >>> worker_trouble(None, (), datetime(2026, 11, 25, 12))
    'The worker is not running: “dialcast worker” starts it. Hours that pass are missed.'
    """
    late = "Hours that pass are missed."
    if beat is None or not beat.is_alive(now):
        seen = "" if beat is None else f" It was last seen {duration(now - beat.seen_at)} ago."
        return f"The worker is not running: “dialcast worker” starts it.{seen} {late}"
    failed = next((run for run in runs if run.name == TASK and not run.is_done), None)
    if failed is None:
        return ""
    return f"The last push could not be done: {failed.message} It is tried again. {late}"


def _is_told(proposal: Proposal, now: datetime) -> bool:
    if proposal.plan.kind is not PlanKind.DAY:
        return False
    return proposal.state in IN_FORCE or day_of(proposal.plan.payload).end > now


def _pushes(proposals: Iterable[Proposal], day_id: str) -> dict[datetime, Proposal]:
    """Return the push of each slot of a plan, the newest where there are several."""
    found: dict[datetime, Proposal] = {}
    for each in proposals:
        start = slot_start_of(each.plan, day_id)
        if start is not None:
            found.setdefault(start, each)
    return found


def _view(
    context: Context,
    proposal: Proposal,
    pushes: dict[datetime, Proposal],
    beat: Heartbeat | None,
    runs: Sequence[TaskRun],
    person: Person,
    look: Look,
) -> DayView:
    plan = day_of(proposal.plan.payload)
    rows = tuple(_row(proposal, slot, pushes.get(slot.start), look) for slot in plan.slots())
    if proposal.state is ProposalState.STALE:
        trouble = (
            "Somebody else changed what it sets, so nothing further is pushed. Look in Review,"
            " then propose again."
        )
    else:
        trouble = worker_trouble(beat, runs, look.now)
    moves: tuple[Move, ...] = ()
    if person.name:
        open_moves = moves_open_to(proposal, person, context.settings.four_eyes, look.now)
        moves = tuple(each for each in open_moves if each in (Move.PAUSE, Move.RESUME, Move.STOP))
    return DayView(proposal, _sentence(proposal, plan, rows, look), trouble, rows, moves)


def _row(proposal: Proposal, slot: Slot, push: Proposal | None, look: Look) -> SlotRow:
    now, when = look.now, clock_span(slot.start, slot.end, look.zone)
    if day(slot.start, look.zone) != day(now, look.zone):
        when = f"{day(slot.start, look.zone)}, {when}"
    calls = calls_per_agent(calls_in(slot.fields))
    if push is not None:
        state, note = _pushed(push, calls, look)
    elif proposal.approval is not None and slot.is_late(proposal.approval.at):
        state, note = BEFORE, ""
    elif slot.is_late(now):
        state, note = MISSED, "the value in force stayed"
    elif proposal.state is ProposalState.PAUSED:
        state, note = HELD, ""
    elif proposal.state is ProposalState.STALE:
        state, note = MISSED, "the plan acts no more"
    else:
        state, note = (NOW if slot.start <= now else AHEAD), ""
    return SlotRow(when, calls, state, note)


def _pushed(push: Proposal, approved: str, look: Look) -> tuple[str, str]:
    sent = calls_per_agent(calls_in(push.plan.payload))
    notes = [push.proposal_id]
    if sent not in (approved, GAP):
        notes.append(f"planned anew: {sent}")
    evidence = push.plan.evidence.get("dayPlan")
    held = evidence.get("note") if isinstance(evidence, dict) else ""
    notes += [str(held)] if held else []
    if push.state in (ProposalState.VERIFIED, ProposalState.PUSHED):
        at = push.push.finished_at if push.push else None
        notes += [f"at {clock_time(at, look.zone)}"] if at else []
        return DONE, ", ".join(notes)
    if push.state in (ProposalState.APPROVED, ProposalState.PUSHING):
        return NOW, ", ".join(notes)
    notes.append(f"{push.state.value.replace('_', ' ')}; see Review")
    return TROUBLE, ", ".join(notes)


def _sentence(proposal: Proposal, plan: DayPlan, rows: Sequence[SlotRow], look: Look) -> str:
    word = {
        ProposalState.APPROVED: "in force",
        ProposalState.PAUSED: "paused",
        ProposalState.STALE: "no longer acts",
    }[proposal.state]
    verb = "" if proposal.state is ProposalState.STALE else "is "
    numbers = Counter(row.state for row in rows)
    told = [
        f"{numbers[state]} {words}"
        for state, words in (
            (DONE, "pushed"),
            (TROUBLE, "not applied"),
            (MISSED, "missed"),
            (NOW, "due now"),
            (AHEAD, "ahead"),
            (HELD, "held back"),
            (BEFORE, BEFORE),
        )
        if numbers[state]
    ]
    stretch = (
        "quarters of an hour" if plan.replanning and plan.replanning.every_minutes < 60 else "hours"
    )
    end = Moment(look.now, look.zone).short(plan.end)
    return (
        f"{proposal.plan.target_name}: the plan of the day {proposal.proposal_id} {verb}{word},"
        f" until {end}. Of {len(rows)} {stretch}: {', '.join(told)}."
    )

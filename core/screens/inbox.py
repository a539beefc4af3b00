"""Review's inbox: what waits for whom, what went wrong, and what was decided."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.charts.times import clock_time, day, day_time, duration, moment_text
from core.errors import ConcurrentEdit
from core.screens.context import Context, may
from core.screens.inbox_words import subject_of
from core.workflow.approval import Person, Step, is_same_person
from core.workflow.pairs import half_done
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import OPEN_STATES, Proposal, ProposalState

OPEN, MINE, DECIDED = "open", "mine", "decided"
LISTS = (OPEN, MINE, DECIDED)
NEEDS_SOMEBODY = (ProposalState.STALE, ProposalState.DRIFTED, ProposalState.PUSH_FAILED)
"""Nothing moves by itself from here: somebody has to propose again, or to look."""
REMEMBERED_FOR = timedelta(hours=24)
"""How long such a one stands among the open ones."""
MOST_SHOWN = 50
"""A longer list is no inbox; the audit has all of them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal in the list.

    Parameters
    ----------
    proposal_id, target : str
        Which one, on which campaign.
    state : ProposalState
        Where it stands.
    lines : tuple of str
        What it does; who proposed it and when, and what comes next.
    """

    proposal_id: str
    target: str
    state: ProposalState
    lines: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the left of the page shows.

    Parameters
    ----------
    headline, provenance : str
        The answer, who asks, and when.
    tabs : mapping of str to str
        List to its name with how many there are.
    lists : mapping
        List to its entries, oldest last.
    known : mapping of str to Entry
        Every proposal that there is.
    """

    headline: str
    provenance: str
    tabs: Mapping[str, str]
    lists: Mapping[str, Sequence[Entry]]
    known: Mapping[str, Entry]

    def list_of(self, proposal_id: str) -> str:
        """Return the list that a proposal is found in."""
        is_open = any(each.proposal_id == proposal_id for each in self.lists[OPEN])
        return DECIDED if proposal_id in self.known and not is_open else OPEN

    def entries(self, name: str, asked: str = "") -> tuple[Entry, ...]:
        """Return a list, with the proposal that the address asks for, wherever it belongs.

        One that was decided a moment ago stays in sight that way.
        """
        listed = tuple(self.lists[name][:MOST_SHOWN])
        if asked in self.known and asked not in {each.proposal_id for each in listed}:
            return (self.known[asked], *listed)
        return listed

    def hidden(self, name: str) -> int:
        """Return how many of a list are too old to be shown."""
        return max(0, len(self.lists[name]) - MOST_SHOWN)


def inbox(context: Context, person: Person) -> Inbox:
    """Return the inbox of somebody; what is too old by now is marked as expired on the way.

    Parameters
    ----------
    context : Context
        What is looked through.
    person : Person
        Who looks.
    """
    # Where somebody else just moved one of them, the next look finds it as it is then.
    with suppress(ConcurrentEdit):
        context.review.expire_old()
    with context.unit_of_work() as work:
        proposals = work.proposals.all()
    now, zone = context.clock.now(), context.settings.time_zone
    halves = {each.draft.proposal_id for each in half_done(proposals) if each.needs_somebody(now)}
    waiting = [
        each for each in proposals if each.proposal_id in halves or is_waiting(each, proposals, now)
    ]
    lists = {
        OPEN: waiting,
        MINE: [each for each in proposals if is_same_person(each.author, person.name)],
        DECIDED: [each for each in proposals if each not in waiting],
    }
    names = {OPEN: "Open", MINE: "Mine", DECIDED: "Decided"}
    return Inbox(
        headline=_headline(lists[OPEN], lists[DECIDED], len(halves), zone),
        provenance=f"{_who(person, context.settings.four_eyes)} · {moment_text(now, zone)}",
        tabs={name: f"{names[name]} {len(lists[name])}" for name in LISTS},
        lists={name: [_entry(each, now, zone) for each in lists[name]] for name in LISTS},
        known={each.proposal_id: _entry(each, now, zone) for each in proposals},
    )


def is_waiting(proposal: Proposal, proposals: Iterable[Proposal], now: datetime) -> bool:
    """Whether something is still to happen: a decision, a push, or somebody's new proposal.

    Parameters
    ----------
    proposal : Proposal
        In any state.
    proposals : iterable of Proposal
        All of them, newest first: what was proposed since on the same campaign settles it.
    now : datetime
        Aware.
    """
    if proposal.state in OPEN_STATES:
        return True
    if proposal.state not in NEEDS_SOMEBODY or now - _moved_at(proposal) > REMEMBERED_FOR:
        return False
    newest = next((e for e in proposals if is_on_same(e.plan, proposal.plan)), proposal)
    return newest.proposal_id == proposal.proposal_id


def _entry(proposal: Proposal, now: datetime, zone: ZoneInfo) -> Entry:
    who = f"{proposal.author}, {duration(now - proposal.created_at)} ago"
    return Entry(
        proposal.proposal_id,
        proposal.plan.target_name,
        proposal.state,
        (subject_of(proposal.plan), f"{who}{_next(proposal, now, zone)}"),
    )


def _next(proposal: Proposal, now: datetime, zone: ZoneInfo) -> str:
    if proposal.state not in (ProposalState.SUBMITTED, ProposalState.APPROVED):
        return ""
    is_today = day(proposal.expires_at, zone) == day(now, zone)
    told = clock_time if is_today else day_time
    return f" · expires {told(proposal.expires_at, zone)}"


def _who(person: Person, four_eyes: bool) -> str:
    if not person.name:
        return "Give your name at the top to propose or to decide"
    role = f", {person.role}" if person.role else ""
    if not may(person, Step.DECIDE):
        return f"You are {person.name}{role} · somebody who is a supervisor decides"
    others = "what others proposed" if four_eyes else "whatever is proposed"
    return f"You are {person.name}{role} · you may approve {others}"


def _headline(
    waiting: Sequence[Proposal], decided: Sequence[Proposal], halves: int, zone: ZoneInfo
) -> str:
    states = [each.state for each in waiting]
    told = [
        f"{states.count(state)} {one if states.count(state) == 1 else many}"
        for state, one, many in _HEADLINES
        if state in states
    ]
    if halves:
        told.append(f"{halves} {'draft has' if halves == 1 else 'drafts have'} no schedule yet")
    if told:
        return "; ".join(told)
    last = max(decided, key=_moved_at, default=None)
    if last is None:
        return "Nothing waits: nothing was proposed yet"
    word, when = last.state.value.replace("_", " "), day_time(_moved_at(last), zone)
    return f"Nothing waits. Last decision: {last.proposal_id}, {word} {when}"


_HEADLINES = (
    (ProposalState.SUBMITTED, "proposal waits for a decision", "proposals wait for a decision"),
    (ProposalState.APPROVED, "is approved and not pushed yet", "are approved and not pushed yet"),
    (ProposalState.PUSHING, "is being pushed", "are being pushed"),
    (
        ProposalState.STALE,
        "went stale and must be proposed again",
        "went stale and must be proposed again",
    ),
    (
        ProposalState.DRIFTED,
        "drifted from what was pushed",
        "drifted from what was pushed",
    ),
    (
        ProposalState.PUSH_FAILED,
        "push failed: its outcome cannot be told",
        "pushes failed: their outcome cannot be told",
    ),
)


def _moved_at(proposal: Proposal) -> datetime:
    """Return when a proposal last moved, as far as it tells."""
    ends = (
        proposal.closing.at if proposal.closing else None,
        proposal.push.finished_at if proposal.push else None,
        proposal.conflict.read_at if proposal.conflict else None,
        proposal.approval.at if proposal.approval else None,
    )
    return max((each for each in ends if each is not None), default=proposal.created_at)


def is_on_same(one: Plan, other: Plan) -> bool:
    """Whether two plans act on the same of a campaign, or draft one for the same queue."""
    if one.kind is PlanKind.CAMPAIGN and other.kind is PlanKind.CAMPAIGN:
        return one.evidence.get("queueId") == other.evidence.get("queueId")
    return one.subject == other.subject


def is_undo_of(plan: Plan, proposal: Proposal) -> bool:
    """Whether a plan takes back what a proposal did."""
    return plan.reverses == proposal.proposal_id

"""What a plan does, and what was done with a proposal so far, in sentences."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.charts.numbers import count
from core.forecasting.forecast import SeriesKind
from core.screens.forecast_page import method_words
from core.screens.moments import Moment, length_words
from core.screens.review_day import does_in_a_day
from core.screens.review_kinds import words_of
from core.workflow.approval import PROGRAM
from core.workflow.audit import AuditEntry
from core.workflow.pairs import is_scheduled_apart
from core.workflow.plan import Plan, PlanKind
from core.workflow.proposal import ProposalState

DIGEST_ENDS = 4
_DOES: Mapping[PlanKind, str] = {
    PlanKind.SCHEDULE: "Arms the dialler: the tenant switches {} on and off by itself at these"
    " times, and in no others.",
    PlanKind.UNSCHEDULING: "Removes the schedule of {}: nothing switches it on or off by itself any"
    " more.",
    PlanKind.DELETION: "Deletes {}, which is off; what is deleted cannot be brought back.",
}
"""What is done to a whole object, of its campaign."""


def does_of(plan: Plan, told: Moment) -> tuple[str, ...]:
    """Return what a plan does, in sentences."""
    if plan.kind is PlanKind.CAMPAIGN:
        return (
            f"Creates {plan.target_name}, switched off: it dials nobody until somebody starts it at"
            " the tenant.",
            *_copied(plan),
            _room(plan),
            *_source(plan, told),
        )
    if plan.kind is PlanKind.DAY:
        return (*does_in_a_day(plan, told.zone), *_source(plan, told))
    if plan.kind in _DOES:
        return (_DOES[plan.kind].format(plan.target_name), *_follows(plan), *_source(plan, told))
    what = (
        f"Puts back what {plan.reverses} replaced on {plan.target_name}."
        if plan.reverses
        else f"Sets these values on {plan.target_name} for all its calls, from the push on."
    )
    return (what, "Every other field goes back to the tenant as it was read.", *_source(plan, told))


def consequence_of(plan: Plan) -> str:
    """Return what happens on a push, in a line."""
    if told := words_of(plan).consequence:
        return told
    fields = len(plan.changes)
    return (
        "Dialcast reads the campaign again, sends"
        f" {'this 1 value' if fields == 1 else f'these {fields} values'} once and reads"
        f" {'it' if fields == 1 else 'them'} back. You can undo it with a new proposal."
    )


def history_of(entries: Sequence[AuditEntry], told: Moment) -> tuple[tuple[str, str], ...]:
    """Return a line for each entry: when, and what was done by whom and why."""
    return tuple((told.exact(each.event.at), _history_line(each)) for each in entries)


def walk_of(entries: Sequence[AuditEntry], told: Moment) -> tuple[tuple[ProposalState, str], ...]:
    """Return the states since the approval, each with the time it was reached."""
    walk: list[tuple[ProposalState, str]] = []
    for entry in entries:
        reached = entry.event.facts.get("to")
        is_begun = bool(walk) or entry.event.step == "proposal.approved"
        if is_begun and reached is not None:
            walk.append((ProposalState(reached), told.exact(entry.event.at)))
    return tuple(walk)


def digest_words(digest: str) -> str:
    """Return a digest short enough to be compared by eye.

    Examples
    --------
    >>> digest_words("9f3c51e0" + "0" * 52 + "a7d2")
    'sha256 9f3c 51e0 … a7d2'
    """
    first, second = digest[:DIGEST_ENDS], digest[DIGEST_ENDS : 2 * DIGEST_ENDS]
    return f"sha256 {first} {second} … {digest[-DIGEST_ENDS:]}"


def _follows(plan: Plan) -> tuple[str, ...]:
    if plan.follows:
        return (f"It is the second half of the draft of {plan.follows}.",)
    return (f"It takes back what {plan.reverses} did.",) if plan.reverses else ()


def _copied(plan: Plan) -> tuple[str, ...]:
    template = plan.evidence.get("template")
    return (f"All else is copied from {template['name']}.",) if template else ()


def _room(plan: Plan) -> str:
    windows = plan.evidence.get("windows", ())
    seconds = sum(
        (datetime.fromisoformat(w["end"]) - datetime.fromisoformat(w["start"])).total_seconds()
        for w in windows
    )
    hours, calls = seconds / 3600, plan.payload.get("maxCallsPerHour")
    room = (
        f"{len(windows)} {'window' if len(windows) == 1 else 'windows'}, {length_words(hours)} in"
        " all"
    )
    if is_scheduled_apart(plan):
        return (
            f"{room}: they become its schedule in a second proposal, which waits for an approval of"
            " its own once the draft is there."
        )
    calls = calls or 0
    return f"{room}, at most {count(calls)} calls an hour: room for {count(hours * calls)} calls."


def _source(plan: Plan, told: Moment) -> tuple[str, ...]:
    source = plan.evidence.get("forecast")
    if not source:
        return ()
    of_volume = (PlanKind.CAMPAIGN, PlanKind.SCHEDULE)
    kind = SeriesKind.VOLUME if plan.kind in of_volume else SeriesKind.ANSWER_RATE
    made, cutoff = (datetime.fromisoformat(source[key]) for key in ("madeAt", "cutoff"))
    return (
        f"Made from the forecast of {told.short(made)} by {method_words(kind, source['method'])},"
        f" cutoff {told.short(cutoff)}.",
    )


def _history_line(entry: AuditEntry) -> str:
    event = entry.event
    what = "Proposed" if event.step == "proposal.submitted" else event.what.rstrip(".")
    by = "Dialcast" if event.person == PROGRAM.name else event.person
    reason = f": “{event.reason}”" if event.reason else ""
    return f"{what}, {by}{reason}"

"""A proposal as a person reads it, and as a document; nothing is decided here."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.bootstrap import Services
from core.charts import numbers
from core.cli.output import facts, print_document, say, table, time_text
from core.exports.proposal_json import proposal_document
from core.workflow.audit import AuditEntry
from core.workflow.plan import Check, FieldChange
from core.workflow.proposal import Proposal

WINDOWS = "windows"
"""The unit of a draft's schedule."""


def tell_proposal(arguments: Namespace, services: Services, proposal: Proposal) -> None:
    """Print a proposal with its diff, checks and history."""
    with services.unit_of_work() as work:
        entries = work.audit.entries()
    if arguments.as_json:
        print_document(proposal_document(proposal, entries))
        return
    zone = services.settings.time_zone
    say(_head(proposal, zone))
    say()
    say(_diff(proposal))
    for window in _windows(proposal, zone):
        say(f"window  {window}")
    say()
    say(_checks(services.permission.plan_of(proposal).checks))
    say()
    say(_history(proposal, entries, zone))


def _head(proposal: Proposal, zone: ZoneInfo) -> str:
    plan = proposal.plan
    target = f"{plan.target_name} ({plan.target_id})" if plan.target_id else plan.target_name
    approval, closing, push = proposal.approval, proposal.closing, proposal.push
    return facts(
        [
            ("proposal", proposal.proposal_id),
            ("state", proposal.state.value),
            ("campaign", target if plan.target_id else f"{target}, to be created"),
            ("proposed", f"{time_text(proposal.created_at, zone)} by {proposal.author}"),
            ("reason", proposal.reason),
            ("expires", time_text(proposal.expires_at, zone) if proposal.is_open else ""),
            ("undoes", plan.reverses),
            ("schedules", plan.follows),
            (
                "approved",
                f"{time_text(approval.at, zone)} by {approval.approver}" if approval else "",
            ),
            ("closed", f"{time_text(closing.at, zone)} by {closing.by}" if closing else ""),
            ("push", push.message if push else ""),
            ("created", push.object_id if push and not plan.target_id else ""),
            ("digest", plan.digest),
        ]
    )


def _diff(proposal: Proposal) -> str:
    rows = [
        (each.label, _value(each, each.now), _value(each, each.proposed), each.limit)
        for each in proposal.plan.changes
    ]
    if not any(limit for *_, limit in rows):
        return table(("field", "now", "proposed"), [row[:3] for row in rows])
    return table(("field", "now", "proposed", "limit"), rows)


def _value(change: FieldChange, value: Any) -> str:
    if change.unit == WINDOWS and isinstance(value, list):
        return f"{len(value)}, see below"
    return numbers.value_text(value, change.unit)


def _windows(proposal: Proposal, zone: ZoneInfo) -> list[str]:
    """The windows of a draft or of a schedule, on the centre's clock."""
    plan = proposal.plan
    windows = plan.evidence.get("windows") or [
        window
        for change in plan.changes
        if change.unit == WINDOWS
        for window in change.proposed or change.now or ()
        if "start" in window
    ]
    return [
        " to ".join(_moment(window[key], zone) for key in ("start", "end")) for window in windows
    ]


def _moment(text: str, zone: ZoneInfo) -> str:
    """A window's end on the centre's clock; as the tenant has it where it cannot be read."""
    try:
        return time_text(datetime.fromisoformat(text), zone)
    except ValueError:
        return text


def _checks(checks: Iterable[Check]) -> str:
    rows = [(each.name, each.state.value, each.message) for each in checks]
    return table(("check", "state", ""), rows)


def _history(proposal: Proposal, entries: tuple[AuditEntry, ...], zone: ZoneInfo) -> str:
    events = [each.event for each in entries if each.event.proposal_id == proposal.proposal_id]
    rows = [
        (time_text(event.at, zone), event.step, event.person, event.reason, event.what)
        for event in events
    ]
    return table(("time", "step", "person", "reason", "what"), rows)

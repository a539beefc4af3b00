"""The fields that a plan shows, of either dialect: the tenant's path, what it means, its unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.campaigns import with_one_pace
from core.documents import ABSENT, value_at
from core.workflow.plan import FieldChange


@dataclass(frozen=True, slots=True)
class PlanField:
    """A field that a plan shows: the tenant's path, what it means, its unit."""

    path: str
    label: str
    unit: str


CALLS_PER_AGENT = "maxCallsPerAgent"
PACING_FIELDS = (
    PlanField("predictive.answerRate", "Answer rate the dialler plans with", "share"),
    PlanField("predictive.dropRate", "Abandon rate it aims at (drop rate)", "share"),
    PlanField("predictive.maxAttempts", "Attempts per contact, at most", "attempts"),
    PlanField(CALLS_PER_AGENT, "Calls per idle agent, at most", "calls per agent"),
    PlanField("abandonRate", "Abandon rate it aims at", "percent"),
)
DRAFT_FIELDS = (
    PlanField("name", "Name", "text"),
    PlanField("status", "Status", "text"),
    PlanField("dialingMode", "Dialling mode", "text"),
    PlanField("maxCallsPerHour", "Calls, at most", "calls per hour"),
    PlanField("schedule", "Windows", "windows"),
    PlanField("callCenter.id", "Organisation", "text"),
    PlanField("description", "Description", "text"),
)
COPIED_FIELDS = (
    PlanField("name", "Name", "text"),
    PlanField("campaignStatus", "Status", "text"),
    PlanField("dialingMode", "Dialling mode", "text"),
    PlanField("contactList", "Contact list", "text"),
    PlanField("queue", "Queue that takes the calls", "text"),
    PlanField("script", "Script", "text"),
    PlanField("callerName", "Caller name", "text"),
    PlanField("callerAddress", "Caller number", "text"),
    PlanField("phoneColumns", "Phone columns", "text"),
    PlanField("callableTimeSet", "Callable times", "text"),
    PlanField("dncLists", "Do-not-call lists", "text"),
    PlanField("contactListFilters", "Contact filters", "text"),
    PlanField("ruleSets", "Rule sets", "text"),
    PlanField(CALLS_PER_AGENT, "Calls per idle agent, at most", "calls per agent"),
    PlanField("abandonRate", "Abandon rate it aims at", "percent"),
    PlanField("outboundLineCount", "Lines", "lines"),
    PlanField("priority", "Priority", "priority"),
)
"""What a person judges of a draft that is a copy; the payload has the rest too."""


def changes_of(
    fields: Sequence[PlanField],
    document: Mapping[str, Any],
    payload: Mapping[str, Any],
    limits: Mapping[str, str],
) -> tuple[FieldChange, ...]:
    """Return what a payload changes, field by field; those alone that it has.

    Parameters
    ----------
    fields : sequence of PlanField
        Which, in which order.
    document : mapping
        The object as it is now; empty where it is to be created.
    payload : mapping
        What would be sent.
    limits : mapping of str to str
        Path to the limit that applies, in words.
    """
    then, wanted = with_one_pace(document), with_one_pace(payload)
    changes = []
    for each in fields:
        now, proposed = value_at(then, each.path), value_at(wanted, each.path)
        if proposed is ABSENT:
            continue
        changes.append(
            FieldChange(
                each.path,
                each.label,
                each.unit,
                None if now is ABSENT else now,
                proposed,
                limits.get(each.path, ""),
            )
        )
    return tuple(changes)


def named(value: Any) -> Any:
    """Return a value of a campaign as a person knows it: what it refers to by name.

    Examples
    --------
    >>> named({"id": "l-1", "name": "Spring list"}), named([{"columnName": "Mobile"}])
    ('Spring list', 'Mobile')
    >>> named(3.0), named([])
    (3.0, 'none')
    """
    if isinstance(value, list):
        return ", ".join(str(named(each)) for each in value) or "none"
    if isinstance(value, Mapping):
        return next(
            (value[key] for key in ("name", "columnName", "id") if value.get(key)), str(value)
        )
    return value

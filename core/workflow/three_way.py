"""A plan's fields three ways: as they were, as they are at the tenant, and as proposed.

For whoever has to judge a tenant that changed meanwhile; whether it did is decided in
`core.workflow.verification`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.documents import ABSENT, JsonObject
from core.workflow.comparison import leaves, means_the_same, moment_in
from core.workflow.plan import Plan
from core.workflow.verification import comparable

BOOKKEEPING = frozenset({"version", "dateModified", "modifiedBy", "dateCreated", "selfUri"})
"""Fields that tell of a change and are none."""


@dataclass(frozen=True, slots=True)
class ThreeWayRow:
    """One field, three ways.

    Parameters
    ----------
    path, label : str
        The tenant's own field, dotted, and what it means.
    then, now, proposed : Any
        JSON values, or `core.documents.ABSENT`; `proposed` is ABSENT where the plan leaves the
        field alone.
    is_in_plan, is_changed : bool
        Whether the plan sets it, and whether it changed at the tenant since.
    result : str
        What proposing the same plan again would make of it, in words.
    """

    path: str
    label: str
    then: Any
    now: Any
    proposed: Any
    is_in_plan: bool
    is_changed: bool
    result: str


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed an object last and when, as far as its document tells."""

    by: str | None
    at: datetime | None


def three_way(plan: Plan, now: Mapping[str, Any]) -> tuple[ThreeWayRow, ...]:
    """Return a plan's fields as they were, as they are at the tenant, and as proposed.

    Parameters
    ----------
    plan : Plan
        With its base.
    now : mapping
        The tenant's document as it was found.

    Returns
    -------
    tuple of ThreeWayRow
        First the fields of the plan, then every other field that changed at the tenant.
        Bookkeeping such as the version is left out; `last_change` tells of it.
    """
    then = leaves(comparable(plan, plan.base.document if plan.base else {}))
    found, proposed = leaves(comparable(plan, now)), leaves(comparable(plan, plan.payload))
    labels = {change.path: change.label for change in plan.changes}
    order = [change.path for change in plan.changes if change.path in proposed]
    order += [path for path in proposed if path not in labels]
    rows = [_planned_row(path, labels.get(path, path), then, found, proposed) for path in order]
    others = sorted({*then, *found} - {*proposed})
    rows += [
        _other_row(path, then, found)
        for path in others
        if path.split(".")[0] not in BOOKKEEPING
        and not means_the_same(then.get(path, ABSENT), found.get(path, ABSENT))
    ]
    return tuple(rows)


def last_change(document: Mapping[str, Any]) -> LastChange:
    """Return who changed an object last and when, where its document tells.

    Examples
    --------
    >>> last_change({"modifiedBy": {"name": "Tomas"}, "dateModified": "2026-11-25T09:52:00Z"}).by
    'Tomas'
    """
    by = document.get("modifiedBy")
    if isinstance(by, Mapping):
        by = by.get("name") or by.get("id")
    return LastChange(
        by if isinstance(by, str) and by else None, moment_in(document.get("dateModified"))
    )


def _planned_row(
    path: str, label: str, then: JsonObject, found: JsonObject, proposed: JsonObject
) -> ThreeWayRow:
    before, now, wanted = then.get(path, ABSENT), found.get(path, ABSENT), proposed[path]
    is_changed = not means_the_same(before, now)
    if means_the_same(wanted, now):
        result = "has the proposed value"
    elif is_changed:
        result = "conflict"
    else:
        result = "would be set"
    return ThreeWayRow(path, label, before, now, wanted, True, is_changed, result)


def _other_row(path: str, then: JsonObject, found: JsonObject) -> ThreeWayRow:
    now = found.get(path, ABSENT)
    result = "not in plan, stays absent" if now is ABSENT else f"not in plan, keeps {now}"
    return ThreeWayRow(path, path, then.get(path, ABSENT), now, ABSENT, False, True, result)

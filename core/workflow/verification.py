"""Comparing a plan with what the tenant has: settled or not, and the three-way view.

Pure comparison of documents. A value counts as there when it means the same: numbers within a
millionth, moments in any spelling, objects with further keys of the tenant's own.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from core.campaigns import CampaignSnapshot
from core.documents import ABSENT, JsonObject, digest
from core.workflow.plan import Plan, PlanKind

NUMBER_TOLERANCE = 1e-6
"""Tenants round; no field that is pushed means anything beyond this."""

BOOKKEEPING = frozenset({"version", "dateModified", "modifiedBy", "dateCreated", "selfUri"})
"""Fields that tell of a change and are none."""


class Settlement(StrEnum):
    """What reading the tenant says about a plan."""

    APPLIED = "applied"
    """All proposed values are there."""
    UNTOUCHED = "untouched"
    """The object is as it was when the plan was made."""
    CHANGED = "changed"
    """It is neither: somebody or something else changed it."""


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


def compare(plan: Plan, now: CampaignSnapshot) -> Settlement:
    """Return how a campaign that was just read stands to a plan.

    Parameters
    ----------
    plan : Plan
        Of a change, or of a creation whose campaign is known by its id.
    now : CampaignSnapshot
        As it is at the tenant.
    """
    if has_proposed_values(plan, now.document):
        return Settlement.APPLIED
    base = plan.base
    if (
        base is not None
        and now.revision == base.revision
        and digest(now.document) == base.content_digest
    ):
        return Settlement.UNTOUCHED
    return Settlement.CHANGED


def compare_creation(plan: Plan, found: Sequence[CampaignSnapshot]) -> Settlement:
    """Return how the campaigns that bear a plan's name stand to it.

    Parameters
    ----------
    plan : Plan
        Of a creation.
    found : sequence of CampaignSnapshot
        Every campaign of exactly that name.
    """
    if not found:
        return Settlement.UNTOUCHED
    if len(found) == 1 and has_proposed_values(plan, found[0].document):
        return Settlement.APPLIED
    return Settlement.CHANGED


def has_proposed_values(plan: Plan, document: Mapping[str, Any]) -> bool:
    """Whether a document has every value that a plan sets."""
    return holds(plan.payload, document)


def has_former_values(plan: Plan, document: Mapping[str, Any]) -> bool:
    """Whether every field that a plan sets still has the value it had before.

    True while something else in the document changed: then the plan was not applied.
    """
    if plan.base is None:
        return False
    then, now = leaves(plan.base.document), leaves(document)
    return all(
        means_the_same(then.get(path, ABSENT), now.get(path, ABSENT))
        for path in leaves(plan.payload)
    )


def changes_nothing(plan: Plan) -> bool:
    """Whether everything that a plan would set is so already."""
    return plan.kind is PlanKind.PACING and (
        plan.base is not None and has_proposed_values(plan, plan.base.document)
    )


def holds(proposed: Any, found: Any) -> bool:
    """Whether a value that was found means at least what was proposed.

    Examples
    --------
    >>> holds({"a": {"b": 0.3}}, {"a": {"b": 0.30000001, "c": 1}, "d": 2})
    True
    >>> holds("2026-11-24T02:00:00+00:00", "2026-11-24T02:00:00.000Z")
    True
    >>> holds({"a": 1}, {"a": True})
    False
    """
    if isinstance(proposed, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and holds(value, found[key]) for key, value in proposed.items()
        )
    if isinstance(proposed, list):
        return (
            isinstance(found, list)
            and len(proposed) == len(found)
            and all(holds(one, other) for one, other in zip(proposed, found, strict=True))
        )
    return means_the_same(proposed, found)


def means_the_same(one: Any, other: Any) -> bool:
    """Whether two values mean the same: equal, or spelled differently, or rounded by the tenant.

    Examples
    --------
    >>> means_the_same(0.3, 0.30000001), means_the_same(1, True)
    (True, False)
    """
    if one is ABSENT or other is ABSENT:
        return one is other
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=NUMBER_TOLERANCE)
    if isinstance(one, str) and isinstance(other, str) and one != other:
        moments = _moment(one), _moment(other)
        return None not in moments and moments[0] == moments[1]
    return bool(one == other)


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
    then = leaves(plan.base.document if plan.base else {})
    found, proposed = leaves(now), leaves(plan.payload)
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
        by if isinstance(by, str) and by else None, _moment(document.get("dateModified"))
    )


def leaves(document: Mapping[str, Any], prefix: str = "") -> JsonObject:
    """Return every value of a document by its dotted path; lists count as one value.

    Examples
    --------
    >>> leaves({"a": {"b": 1, "c": {}}, "d": [1, 2]})
    {'a.b': 1, 'a.c': {}, 'd': [1, 2]}
    """
    found: JsonObject = {}
    for key, value in document.items():
        if isinstance(value, Mapping) and value:
            found.update(leaves(value, f"{prefix}{key}."))
        else:
            found[f"{prefix}{key}"] = value
    return found


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


def _moment(text: Any) -> datetime | None:
    """The moment that a text names, or None: a time without an offset names none."""
    if not isinstance(text, str) or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None

"""Comparing a plan with what the tenant has: applied, untouched, or changed by somebody else.

Pure comparison of what was read; `core.workflow.comparison` tells when two values mean the same.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from core.campaigns import CampaignSnapshot, with_one_pace
from core.documents import ABSENT, JsonObject, digest
from core.workflow.comparison import holds, leaves, means_the_same
from core.workflow.plan import Base, Plan, PlanKind, Seen
from core.workflow.schedules import schedule_content

STATUS = "campaignStatus"
MOVES_BY_ITSELF = frozenset({STATUS, "dateModified", "errors"})
"""What a campaign's document tells of its running: no change that a person made of it. A change
that counts also moves the revision, or another field."""
REMOVALS = (PlanKind.UNSCHEDULING, PlanKind.DELETION)
SCHEDULES = (PlanKind.SCHEDULE, PlanKind.UNSCHEDULING)


class Settlement(StrEnum):
    """What reading the tenant says about a plan."""

    APPLIED = "applied"
    """All proposed values are there; or what was to be removed is gone."""
    UNTOUCHED = "untouched"
    """The object is as it was when the plan was made."""
    CHANGED = "changed"
    """It is neither: somebody or something else changed it."""


def compare(
    plan: Plan,
    now: Seen | None,
    campaign: CampaignSnapshot | None = None,
    *,
    was_confirmed: bool = False,
) -> Settlement:
    """Return how an object that was just read stands to a plan.

    Parameters
    ----------
    plan : Plan
        Of any kind; a creation whose campaign is known by its id.
    now : CampaignSnapshot, CampaignSchedule or None
        What the plan changes, as it is at the tenant; None where it is not there.
    campaign : CampaignSnapshot, optional
        The campaign whose schedule is written, where the plan asks for it.
    was_confirmed : bool
        Whether a creation was found as proposed before: from then on its schedule, or somebody,
        may switch it on.
    """
    document = now.document if now else {}
    if plan.kind in REMOVALS:
        is_applied = now is None
    else:
        is_applied = now is not None and _has_values(plan, document, was_confirmed)
    if is_applied:
        return Settlement.APPLIED
    is_strict = plan.kind is not PlanKind.PACING
    is_as_before = plan.base is not None and _is_as_before(plan.base, now, is_strict)
    if plan.campaign is not None:
        is_as_before = is_as_before and _is_as_before(plan.campaign, campaign, is_strict=True)
    return Settlement.UNTOUCHED if is_as_before else Settlement.CHANGED


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
    return _has_values(plan, document, was_confirmed=False)


def has_former_values(plan: Plan, document: Mapping[str, Any]) -> bool:
    """Whether everything that a plan sets still is as it was before.

    True while something else in the document changed: then the plan was not applied. What was to be
    removed and has a document was not removed.
    """
    if plan.base is None:
        return False
    if plan.kind in REMOVALS:
        return bool(document)
    then, now = comparable(plan, plan.base.document), comparable(plan, document)
    if plan.kind is PlanKind.SCHEDULE:
        return digest(then) == digest(now)
    before, after = leaves(then), leaves(now)
    return all(
        means_the_same(before.get(path, ABSENT), after.get(path, ABSENT))
        for path in leaves(plan.payload)
    )


def changes_nothing(plan: Plan) -> bool:
    """Whether everything that a plan would set is so already."""
    return (
        plan.kind in (PlanKind.PACING, PlanKind.SCHEDULE)
        and plan.base is not None
        and bool(plan.base.document)
        and has_proposed_values(plan, plan.base.document)
    )


def comparable(plan: Plan, document: Mapping[str, Any]) -> JsonObject:
    """Return what of a document a plan of that kind is compared by, in one spelling."""
    return schedule_content(document) if plan.kind in SCHEDULES else with_one_pace(document)


def _has_values(plan: Plan, document: Mapping[str, Any], was_confirmed: bool) -> bool:
    wanted = comparable(plan, plan.payload)
    if plan.kind is PlanKind.CAMPAIGN and was_confirmed:
        wanted.pop(STATUS, None)
    return holds(wanted, comparable(plan, document))


def _is_as_before(base: Base, now: Seen | None, is_strict: bool) -> bool:
    if now is None:
        return not base.document
    moves = MOVES_BY_ITSELF - {STATUS} if is_strict else MOVES_BY_ITSELF
    return now.revision == base.revision and _content(now.document, moves) == _content(
        base.document, moves
    )


def _content(document: Mapping[str, Any], moves: frozenset[str]) -> str:
    return digest({key: value for key, value in document.items() if key not in moves})

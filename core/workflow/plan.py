"""A plan: the exact changes against a snapshot, and the digest by which it is approved.

A plan is made once and never edited; a changed plan is another plan with another digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.campaigns import CampaignSnapshot
from core.dialler import CampaignSchedule
from core.documents import JsonObject, digest

Seen = CampaignSnapshot | CampaignSchedule
"""An object of the tenant as it was read: the one that a plan changes."""


class PlanKind(StrEnum):
    """What a plan does to the tenant."""

    PACING = "pacing"
    """Changes fields of a campaign that exists."""
    CAMPAIGN = "campaign"
    """Creates a campaign draft, off."""
    SCHEDULE = "schedule"
    """Puts a schedule on a campaign: the tenant then switches it on and off by itself."""
    UNSCHEDULING = "unscheduling"
    """Removes the schedule of a campaign."""
    DELETION = "deletion"
    """Deletes a campaign that is off."""
    DAY = "day"
    """Changes fields of a campaign hour by hour; each hour is pushed as a change of its own."""


class CheckState(StrEnum):
    """How a check came out."""

    PASS = "pass"
    WARNING = "warning"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Check:
    """One guardrail, and how the plan stands to it, in a sentence."""

    name: str
    state: CheckState
    message: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what is now, what is proposed, which limit applies.

    Parameters
    ----------
    path : str
        The tenant's own field, dotted.
    label : str
        What it means, in the field's words.
    unit : str
        Of both values: ``share``, ``calls``, ``attempts``, ``calls per hour``, ``text`` …
    now, proposed : Any
        JSON values; `now` is None where the field is absent or the object is new.
    limit : str
        The limit that applies, in words; empty where none does.
    """

    path: str
    label: str
    unit: str
    now: Any
    proposed: Any
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """What the plan was made against.

    Parameters
    ----------
    revision : str or None
        The tenant's own version of the object, where it keeps one.
    content_digest : str
        Digest of the whole document as read.
    document : JsonObject
        The document as read; empty where there was no such object.
    read_at : datetime
        Aware.
    """

    revision: str | None
    content_digest: str
    document: JsonObject
    read_at: datetime


def base_of(seen: Seen) -> Base:
    """Return what a plan is made against, from an object just read."""
    return Base(seen.revision, digest(seen.document), seen.document, seen.read_at)


def no_base(read_at: datetime) -> Base:
    """Return what a plan is made against where the object was looked for and not there."""
    return Base(None, digest({}), {}, read_at)


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes against a snapshot.

    Parameters
    ----------
    kind : PlanKind
        What it does.
    target_id : str
        The campaign's id; empty where it is to be created.
    target_name : str
        The campaign's name.
    base : Base or None
        None where the campaign is to be created.
    changes : tuple of FieldChange
        Field by field; for a creation, each field of the payload that a person judges.
    payload : JsonObject
        What is sent: for pacing the changed fields nested as the campaign nests them, for a
        creation or a schedule the whole body, empty where something is removed.
    evidence : mapping
        Forecast, recommendation and capacity that it was made from: JSON values.
    checks : tuple of Check
        How it stood to the guardrails when it was made.
    reverses : str
        The proposal that it undoes; empty otherwise.
    follows : str
        The proposal whose draft it schedules; empty otherwise.
    campaign : Base or None
        The campaign whose schedule is written, where it has to be as it was too.
    """

    kind: PlanKind
    target_id: str
    target_name: str
    base: Base | None
    changes: tuple[FieldChange, ...]
    payload: JsonObject
    evidence: Mapping[str, Any]
    checks: tuple[Check, ...]
    reverses: str = ""
    follows: str = ""
    campaign: Base | None = None

    @property
    def digest(self) -> str:
        """The digest that an approval names: target, bases and payload, and nothing else."""
        named: JsonObject = {
            "kind": self.kind.value,
            "target": self.target_id,
            "revision": self.base.revision if self.base else None,
            "content": self.base.content_digest if self.base else None,
            "payload": self.payload,
        }
        if self.campaign is not None:
            named["campaign"] = [self.campaign.revision, self.campaign.content_digest]
        return digest(named)

    @property
    def subject(self) -> tuple[str, str]:
        """What it acts on: two plans of one subject cannot both be open.

        Whether and when a campaign runs is one subject, its pacing another.
        """
        if self.kind is PlanKind.CAMPAIGN:
            return (self.kind.value, self.target_name)
        is_on_its_running = self.kind in (PlanKind.UNSCHEDULING, PlanKind.DELETION)
        kind = PlanKind.SCHEDULE if is_on_its_running else self.kind
        return (kind.value, self.target_id)

    @property
    def is_blocked(self) -> bool:
        """Whether a guardrail forbids it."""
        return any(check.state is CheckState.BLOCK for check in self.checks)

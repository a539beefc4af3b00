"""The audit: what was done, by whom and why, chained so that a changed entry shows.

Each entry's hash covers its event, its number and the hash before it. A chain shows changed,
removed and inserted entries; entries cut off at its end show only against a hash or a number
that was noted elsewhere, such as an export. Nothing is stored here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from core.documents import JsonObject, digest

FIRST_HASH = "0" * 64
"""Stands before the first entry."""

STEPS = (
    "proposal.submitted",
    "proposal.approved",
    "proposal.rejected",
    "proposal.withdrawn",
    "proposal.expired",
    "proposal.superseded",
    "proposal.stale",
    "proposal.reread",
    "push.started",
    "push.finished",
    "push.released",
    "push.failed",
    "push.verified",
    "push.drifted",
    "day.paused",
    "day.resumed",
    "day.stopped",
    "day.finished",
    "adjustment.added",
    "adjustment.changed",
    "adjustment.removed",
    "calendar.changed",
    "opening.changed",
    "capacity.changed",
)
"""Every step that an event can name."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that was done.

    Parameters
    ----------
    at : datetime
        Aware.
    step : str
        One of `STEPS`.
    proposal_id : str
        The proposal it belongs to.
    person : str
        Who did it, or the program's name.
    object_name : str
        The campaign it is about.
    what : str
        What was done, in a sentence.
    reason : str
        The person's reason; empty where none was asked.
    facts : mapping
        JSON values: digest, revisions, fields.
    """

    at: datetime
    step: str
    proposal_id: str
    person: str
    object_name: str
    what: str
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An event in its place in the chain.

    Parameters
    ----------
    number : int
        From 1, without a gap.
    event : AuditEvent
        What was done.
    previous_hash, hash : str
        SHA-256 in hexadecimal.
    """

    number: int
    event: AuditEvent
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """What checking the chain showed.

    Parameters
    ----------
    ok : bool
        Whether every entry stands as it was written.
    length : int
        How many entries there are.
    first_broken : int or None
        The number that the first wrong entry should have.
    last_hash : str
        Of the last entry that stands; note it elsewhere to notice a cut-off end.
    """

    ok: bool
    length: int
    first_broken: int | None
    last_hash: str


def event_document(event: AuditEvent) -> JsonObject:
    """Return the JSON document of an event, the one that its hash covers.

    Examples
    --------
    >>> moment = datetime(2026, 11, 23, 10, tzinfo=UTC)
    >>> event = AuditEvent(moment, "push.started", "P-1001", "Ana", "Winback", "Push started")
    >>> event_document(event)["at"]
    '2026-11-23T10:00:00+00:00'
    """
    return {
        "at": event.at.astimezone(UTC).isoformat(),
        "step": event.step,
        "proposalId": event.proposal_id,
        "person": event.person,
        "objectName": event.object_name,
        "what": event.what,
        "reason": event.reason,
        "facts": dict(event.facts),
    }


def chain_hash(previous_hash: str, number: int, event: AuditEvent) -> str:
    """Return the hash of an entry, from the entry before it and its own content."""
    return digest({"previous": previous_hash, "number": number, "event": event_document(event)})


def chained(previous: AuditEntry | None, event: AuditEvent) -> AuditEntry:
    """Return the entry that follows another; the first one follows None.

    Examples
    --------
    >>> moment = datetime(2026, 11, 23, 10, tzinfo=UTC)
    >>> event = AuditEvent(moment, "push.started", "P-1001", "Ana", "Winback", "Push started")
    >>> first = chained(None, event)
    >>> chained(first, event).number
    2
    >>> chained(first, event).previous_hash == first.hash
    True
    """
    number = previous.number + 1 if previous else 1
    previous_hash = previous.hash if previous else FIRST_HASH
    return AuditEntry(number, event, previous_hash, chain_hash(previous_hash, number, event))


def verify_chain(entries: Iterable[AuditEntry]) -> ChainState:
    """Return whether a whole chain, oldest first, stands as it was written.

    Examples
    --------
    >>> verify_chain([])
    ChainState(ok=True, length=0, first_broken=None, last_hash='')
    """
    last_hash, length, first_broken = FIRST_HASH, 0, None
    for entry in entries:
        length += 1
        if first_broken is not None:
            continue
        fits = entry.number == length and entry.previous_hash == last_hash
        if fits and entry.hash == chain_hash(last_hash, length, entry.event):
            last_hash = entry.hash
        else:
            first_broken = length
    stands = "" if last_hash == FIRST_HASH else last_hash
    return ChainState(first_broken is None, length, first_broken, stands)

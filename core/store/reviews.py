"""Proposals and audit, on either database."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from core.errors import ConcurrentEdit, RecordNotFound
from core.store.proposal_json import proposal_document, proposal_from
from core.store.tables import audit, proposals
from core.store.transaction import Transaction
from core.workflow.audit import AuditEntry, AuditEvent, chained
from core.workflow.proposal import Proposal, ProposalState

FIRST_NUMBER = 1001


def number_in(proposal_id: str) -> int:
    """Return the number in a proposal's id, 0 where it has none.

    Examples
    --------
    >>> number_in("P-1042")
    1042
    """
    found = re.fullmatch(r"P-(\d{1,9})", proposal_id)
    return int(found[1]) if found else 0


def proposal_missing(proposal_id: str) -> RecordNotFound:
    """Return the error that says that there is no such proposal."""
    return RecordNotFound(
        f"There is no proposal {proposal_id}.", "List them with `dialcast proposals`."
    )


def proposal_edited(proposal_id: str) -> ConcurrentEdit:
    """Return the error that says that somebody else was first."""
    return ConcurrentEdit(
        f"{proposal_id} was changed by somebody else meanwhile.",
        "Look at its present state, then decide again.",
    )


class SqlProposals:
    """The proposals of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def next_id(self) -> str:
        """Return an id that no proposal has had; other writers wait from here on."""
        self._transaction.lock()
        query = select(func.max(proposals.c.number)).where(proposals.c.tenant_id == self._tenant)
        newest = self._transaction.read(query)[0][0]
        return f"P-{max(newest or 0, FIRST_NUMBER - 1) + 1}"

    def add(self, proposal: Proposal) -> None:
        """Store a new proposal; raises `ConcurrentEdit` where its id is taken."""
        row = self._row(proposal) | {
            "tenant_id": self._tenant,
            "proposal_id": proposal.proposal_id,
            "number": number_in(proposal.proposal_id),
            "created_at": proposal.created_at,
        }
        taken = f"There is a proposal {proposal.proposal_id} already."
        self._transaction.write(insert(proposals), [row], taken=taken)

    def get(self, proposal_id: str) -> Proposal:
        """Return a proposal; raises `RecordNotFound`."""
        query = select(proposals.c.document).where(
            proposals.c.tenant_id == self._tenant, proposals.c.proposal_id == proposal_id
        )
        rows = self._transaction.read(query)
        if not rows:
            raise proposal_missing(proposal_id)
        return proposal_from(json.loads(rows[0].document))

    def save(self, proposal: Proposal) -> None:
        """Store the next version of a proposal; raises `ConcurrentEdit` if another was first."""
        statement = (
            update(proposals)
            .where(
                proposals.c.tenant_id == self._tenant,
                proposals.c.proposal_id == proposal.proposal_id,
                proposals.c.version == proposal.version - 1,
            )
            .values(self._row(proposal))
        )
        if self._transaction.write(statement) == 0:
            self.get(proposal.proposal_id)
            raise proposal_edited(proposal.proposal_id)

    def all(self, states: Sequence[ProposalState] = ()) -> tuple[Proposal, ...]:
        """Return proposals, newest first; of some states only, where given."""
        query = select(proposals.c.document).where(proposals.c.tenant_id == self._tenant)
        if states:
            query = query.where(proposals.c.state.in_([state.value for state in states]))
        query = query.order_by(proposals.c.created_at.desc(), proposals.c.number.desc())
        rows = self._transaction.read(query)
        return tuple(proposal_from(json.loads(row.document)) for row in rows)

    def _row(self, proposal: Proposal) -> dict[str, Any]:
        return {
            "state": proposal.state.value,
            "version": proposal.version,
            "document": json.dumps(proposal_document(proposal), ensure_ascii=False),
        }


class SqlAuditTrail:
    """The audit of one tenant: rows are added and never changed."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def append(self, event: AuditEvent) -> AuditEntry:
        """Add an event to the chain and return it with number and hash."""
        # The last entry has to stay the last until this one is written.
        self._transaction.lock()
        query = select(audit).where(audit.c.tenant_id == self._tenant)
        last = self._transaction.read(query.order_by(audit.c.number.desc()).limit(1))
        entry = chained(_entry(last[0]) if last else None, event)
        row = {
            "tenant_id": self._tenant,
            "number": entry.number,
            "at": event.at,
            "step": event.step,
            "proposal_id": event.proposal_id or None,
            "person": event.person,
            "object_name": event.object_name,
            "what": event.what,
            "reason": event.reason,
            "facts": json.dumps(dict(event.facts), ensure_ascii=False),
            "previous_hash": entry.previous_hash,
            "hash": entry.hash,
        }
        self._transaction.write(insert(audit), [row])
        return entry

    def entries(self, since: datetime | None = None) -> tuple[AuditEntry, ...]:
        """Return entries, oldest first."""
        query = select(audit).where(audit.c.tenant_id == self._tenant)
        if since is not None:
            query = query.where(audit.c.at >= since)
        rows = self._transaction.read(query.order_by(audit.c.number))
        return tuple(_entry(row) for row in rows)


def _entry(row: Row[Any]) -> AuditEntry:
    event = AuditEvent(
        at=row.at,
        step=row.step,
        proposal_id=row.proposal_id or "",
        person=row.person,
        object_name=row.object_name,
        what=row.what,
        reason=row.reason,
        facts=json.loads(row.facts),
    )
    return AuditEntry(row.number, event, row.previous_hash, row.hash)

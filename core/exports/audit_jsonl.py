"""The audit as JSON lines: one entry a line, oldest first, checkable without this program.

``hash`` is the SHA-256 of the canonical JSON of ``{"previous", "number", "event"}``, where
``event`` is the line without ``number``, ``previousHash`` and ``hash``
(see `core.workflow.audit`).
"""

import json
from collections.abc import Iterable

from core.documents import JsonObject
from core.exports.json_values import json_value
from core.workflow.audit import AuditEntry, event_document


def entry_document(entry: AuditEntry) -> JsonObject:
    """Return the JSON document of one entry.

    Parameters
    ----------
    entry : AuditEntry
        Of any step.

    Returns
    -------
    JsonObject
        The event's keys, beside its number and both hashes.
    """
    document: JsonObject = json_value(event_document(entry.event))
    return {
        "number": entry.number,
        **document,
        "previousHash": entry.previous_hash,
        "hash": entry.hash,
    }


def audit_text(entries: Iterable[AuditEntry]) -> str:
    """Return one line of JSON for each entry, in the order given; empty where there is none."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: AuditEntry) -> str:
    # ASCII only: some readers break lines at characters that JSON leaves as they are.
    return json.dumps(entry_document(entry), allow_nan=False)

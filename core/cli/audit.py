"""The audit: read, checked and exported. Nothing here can add to it or change it."""

from argparse import Namespace
from datetime import datetime

from core.bootstrap import Services
from core.cli.connection import connected
from core.cli.exit_codes import DONE
from core.cli.output import print_document, say, table, time_text, write_file
from core.errors import StoreError
from core.exports.audit_jsonl import audit_text, entry_document
from core.workflow.audit import AuditEntry, verify_chain


def list_all(arguments: Namespace) -> int:
    """List what was done, oldest first."""
    with connected(arguments) as services:
        entries = _entries(services, arguments.since)
        zone = services.settings.time_zone
    if arguments.as_json:
        print_document({"audit": [entry_document(entry) for entry in entries]})
        return DONE
    rows = [
        (
            str(entry.number),
            time_text(entry.event.at, zone),
            entry.event.step,
            entry.event.proposal_id,
            entry.event.person,
            entry.event.reason,
            entry.event.what,
        )
        for entry in entries
    ]
    headings = ("number", "time", "step", "proposal", "person", "reason", "what")
    say(table(headings, rows, right="r"))
    return DONE


def verify(arguments: Namespace) -> int:
    """Check that every entry stands as it was written."""
    with connected(arguments) as services:
        state = verify_chain(_entries(services, None))
    if arguments.as_json:
        print_document(
            {
                "ok": state.ok,
                "length": state.length,
                "firstBroken": state.first_broken,
                "lastHash": state.last_hash,
            }
        )
    if not state.ok:
        raise StoreError(
            f"Entry {state.first_broken} of the audit is not as it was written, of"
            f" {state.length} entries.",
            "Keep the database as it is, and compare it with an export or a backup.",
        )
    if not arguments.as_json:
        say(f"All {state.length} entries stand as they were written.")
        say(f"last hash {state.last_hash or 'none'}")
    return DONE


def export(arguments: Namespace) -> int:
    """Write the audit to a file, one JSON object a line."""
    with connected(arguments) as services:
        entries = _entries(services, arguments.since)
    write_file(arguments.out, audit_text(entries))
    if arguments.as_json:
        last_hash = entries[-1].hash if entries else None
        document = {"file": str(arguments.out), "entries": len(entries), "lastHash": last_hash}
        print_document(document)
    else:
        say(f"{arguments.out}: {len(entries)} entries.")
    return DONE


def _entries(services: Services, since: datetime | None) -> tuple[AuditEntry, ...]:
    with services.unit_of_work() as work:
        return work.audit.entries(since)

"""Audit: what was done, by whom, and why; and whether the record still stands as written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.numbers import count
from core.charts.times import moment_text
from core.errors import StoreError
from core.exports.audit_jsonl import audit_text
from core.screens.context import Context
from core.workflow.audit import STEPS, AuditEntry, ChainState, verify_chain

ALL = "all"
TODAY = "1"
SPANS: Mapping[str, str] = {TODAY: "Today", "7": "7 days", ALL: "All"}
STEP_CHOICES: Mapping[str, str] = {ALL: "All steps", **{step: step for step in STEPS}}
HASH_LENGTH = 8


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is looked for.

    Parameters
    ----------
    text : str
        Part of a proposal's id, a campaign, a person, or of what was done.
    step, person : str
        One of each, or ``all``.
    span : str
        One of `SPANS`.
    """

    text: str = ""
    step: str = ALL
    person: str = ALL
    span: str = "7"


@dataclass(frozen=True, slots=True)
class AuditView:
    """What the page shows.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    rows : DataFrame
        ``when, step, proposal, who, object, what, reason, hash``, newest first.
    found : str
        How many entries fit, in words.
    trouble : str
        What to do about a broken chain; empty where it stands.
    checked : str
        What checking the chain showed, in a sentence.
    entries : tuple of AuditEntry
        Those that fit, oldest first, for the export.
    """

    headline: str
    provenance: str
    rows: pd.DataFrame
    found: str
    trouble: str
    checked: str
    entries: tuple[AuditEntry, ...]

    def as_jsonl(self) -> str:
        """Return the entries that fit as JSON lines."""
        return audit_text(self.entries)


def read_entries(context: Context) -> tuple[AuditEntry, ...]:
    """Return every entry, oldest first."""
    with context.unit_of_work() as work:
        return work.audit.entries()


def person_choices(entries: tuple[AuditEntry, ...]) -> Mapping[str, str]:
    """Return everybody who did something, for choosing."""
    people = sorted({entry.event.person for entry in entries})
    return {ALL: "Everyone", **{person: person for person in people}}


def view(context: Context, entries: tuple[AuditEntry, ...], wanted: AuditFilter) -> AuditView:
    """Return the page for what is looked for."""
    now = context.clock.now()
    zone = context.settings.time_zone
    chain = verify_chain(entries)
    since = _since(wanted.span, now, zone)
    fitting = tuple(entry for entry in entries if _fits(entry, wanted, since))
    newest_first = sorted(fitting, key=lambda entry: -entry.number)
    rows = pd.DataFrame(
        [
            {
                "when": f"{entry.event.at.astimezone(zone):%d %b %H:%M:%S}",
                "step": entry.event.step,
                "proposal": entry.event.proposal_id,
                "who": entry.event.person,
                "object": entry.event.object_name,
                "what": entry.event.what,
                "reason": entry.event.reason,
                "hash": entry.hash[:HASH_LENGTH],
            }
            for entry in newest_first
        ],
        columns=["when", "step", "proposal", "who", "object", "what", "reason", "hash"],
    )
    last = f" · last hash {chain.last_hash[:HASH_LENGTH]}" if chain.last_hash else ""
    return AuditView(
        headline=_headline(entries, chain, now),
        provenance=f"Checked {moment_text(now, zone)}{last} · append-only in the store",
        rows=rows,
        found=f"{count(len(fitting))} of {count(len(entries))} entries fit",
        trouble=_trouble(chain),
        checked=_checked(chain),
        entries=fitting,
    )


def _headline(entries: tuple[AuditEntry, ...], chain: ChainState, now: datetime) -> str:
    if not chain.ok:
        return (
            f"The audit is broken: entry {chain.first_broken} of {count(chain.length)} is not what"
            " was written"
        )
    if not entries:
        return "Nothing was proposed, decided or pushed yet"
    since = now - timedelta(days=7)
    pushes = sum(
        entry.event.step == "push.finished" and entry.event.at >= since for entry in entries
    )
    noun = "entry" if chain.length == 1 else "entries"
    times = {0: "was not changed", 1: "was changed once"}.get(pushes, f"was changed {pushes} times")
    approved = {0: "", 1: ", as approved"}.get(pushes, ", each time as approved")
    return (
        f"{count(chain.length)} {noun}, chain unbroken; the tenant {times} in the last 7 days"
        f"{approved}"
    )


def _trouble(chain: ChainState) -> str:
    if chain.ok:
        return ""
    return str(
        StoreError(
            f"Entry {chain.first_broken} does not fit the hash that the chain gives it: it, or"
            " one before it, was changed outside Dialcast.",
            "Export the audit now, keep the database file as it is, and compare both with the last"
            " export.",
        )
    )


def _checked(chain: ChainState) -> str:
    if not chain.ok:
        return f"Checked just now: broken at entry {chain.first_broken}."
    return f"Checked just now: all {count(chain.length)} entries stand as they were written."


def _since(span: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    if span == TODAY:
        return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return None if span == ALL else now - timedelta(days=int(span))


def _fits(entry: AuditEntry, wanted: AuditFilter, since: datetime | None) -> bool:
    event = entry.event
    told = " ".join(
        (event.proposal_id, event.object_name, event.person, event.what, event.reason)
    ).casefold()
    return (
        (since is None or event.at >= since)
        and wanted.step in (ALL, event.step)
        and wanted.person in (ALL, event.person)
        and wanted.text.casefold() in told
    )

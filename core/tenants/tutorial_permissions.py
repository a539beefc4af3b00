"""Which permissions are held, as far as that can be told without changing anything.

Reads are tried, on whatever there is to try them on. A write is never tried: what the token says of
itself tells about it, and what the tenant answered when one was last sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from core.campaigns import Campaign
from core.clock import Clock, hour_start
from core.errors import (
    AuthenticationFailed,
    TenantError,
)
from core.permissions import Lack, Need, Permission, PermissionSeen, PermissionState
from core.tenants import tutorial_wire as wire
from core.tenants.campaigns import campaigns_in, queues_in
from core.tenants.exchange import Exchange
from core.tenants.paging import entities
from core.tenants.retry import PROBE, Deadline
from core.tenants.trials import Trial, permission_of, seen_trial, told_by, tried
from core.tenants.wire import Call
from core.units import CampaignId, QueueId, SkillId

HELD, MISSING, UNKNOWN = PermissionState.HELD, PermissionState.MISSING, PermissionState.UNKNOWN

NOTHING_SEEN: Mapping[str, PermissionSeen] = MappingProxyType({})

READ_SCOPES = (
    wire.OUTBOUND_SCOPE,
    wire.CAMPAIGN_READ_SCOPE,
    wire.SCHEDULE_SCOPE,
    wire.REPORT_SCOPE,
)
"""What can be tried without changing anything."""
NEEDED_FOR = {
    wire.OUTBOUND_SCOPE: "reading outbound history, for answer-rate forecasts",
    wire.CAMPAIGN_READ_SCOPE: "listing and reading campaigns",
    wire.CAMPAIGN_WRITE_SCOPE: "pushing approved proposals",
    wire.SCHEDULE_SCOPE: "reading the agents' schedule, for pacing",
    wire.REPORT_SCOPE: "reading queue history, for volume forecasts",
    wire.CAMPAIGN_BOTH_SCOPE: "reading and pushing, instead of the two scopes for either",
}
SEEN_AS = {
    wire.CAMPAIGN_READ_SCOPE: wire.READS_CAMPAIGNS,
    wire.CAMPAIGN_WRITE_SCOPE: wire.WRITES_CAMPAIGNS,
    wire.CAMPAIGN_BOTH_SCOPE: wire.WRITES_CAMPAIGNS,
}
"""Under which name a call takes a scope, where another scope does as well."""
WRITING = (Need.PACE, Need.CREATE)
ASK = "Ask the tenant's administrator to add it to the OAuth client."
NEVER_TRIED = "A write is never tried, and the token does not say which scopes it has."


def permissions_from(
    granted: frozenset[str] | None,
    trials: Mapping[str, Trial],
    seen: Mapping[str, PermissionSeen] = NOTHING_SEEN,
) -> tuple[Permission, ...]:
    """Return every permission that is used, from what the token says and what was tried.

    Parameters
    ----------
    granted : frozenset of str or None
        The scopes in the token's answer; None where it has none.
    trials : mapping
        Scope to trial, for the four that reads need.
    seen : mapping
        How the tenant last answered, by the permission that a call names.

    Returns
    -------
    tuple of Permission
        One for each scope that is asked for. A scope whose work is done through another one is
        held, and its note says through which.

    Examples
    --------
    >>> trials = dict.fromkeys(wire.SCOPES, Trial(HELD))
    >>> {p.name: p.state.value for p in permissions_from(None, trials)}["outbound:campaign:write"]
    'unknown'
    """
    reading = trials[wire.CAMPAIGN_READ_SCOPE]
    judged = {scope: _read_state(scope, granted, trials[scope]) for scope in READ_SCOPES}
    judged[wire.CAMPAIGN_READ_SCOPE] = _campaign_read_state(granted, reading)
    written = seen.get(wire.WRITES_CAMPAIGNS)
    judged[wire.CAMPAIGN_WRITE_SCOPE] = _write_state(granted, written)
    judged[wire.CAMPAIGN_BOTH_SCOPE] = _both_state(granted, reading, written)
    return tuple(
        permission_of(scope, NEEDED_FOR[scope], judged[scope], seen.get(SEEN_AS.get(scope, scope)))
        for scope in wire.SCOPES
    )


def lack_of_write(
    granted: frozenset[str] | None, need: Need, seen: Callable[[str], Lack | None]
) -> Lack | None:
    """Return the scope that a need takes, where it is known to be missing.

    Parameters
    ----------
    granted : frozenset of str or None
        The scopes in the token's answer; None where it has none, or was not asked for yet.
    need : Need
        What is to be done.
    seen : callable
        Tells what the tenant refused for want of a permission.
    """
    if need not in WRITING:
        return None
    if granted is not None and not granted & {wire.CAMPAIGN_WRITE_SCOPE, wire.CAMPAIGN_BOTH_SCOPE}:
        return Lack(wire.WRITES_CAMPAIGNS)
    return seen(wire.WRITES_CAMPAIGNS)


def _read_state(scope: str, granted: frozenset[str] | None, trial: Trial) -> Trial:
    if trial.state is not UNKNOWN or granted is None:
        return trial
    if scope in granted:
        return Trial(HELD, f"The token says so. {trial.note}".strip())
    return Trial(MISSING, f"The token does not have it. {ASK}")


def _campaign_read_state(granted: frozenset[str] | None, reading: Trial) -> Trial:
    if granted is None or wire.CAMPAIGN_READ_SCOPE in granted or reading.state is MISSING:
        return _read_state(wire.CAMPAIGN_READ_SCOPE, granted, reading)
    if wire.CAMPAIGN_BOTH_SCOPE in granted:
        return Trial(HELD, f"Held through {wire.CAMPAIGN_BOTH_SCOPE}.")
    return _read_state(wire.CAMPAIGN_READ_SCOPE, granted, reading)


def _write_state(granted: frozenset[str] | None, written: PermissionSeen | None) -> Trial:
    if granted is None:
        return seen_trial(written, Trial(UNKNOWN, NEVER_TRIED), ASK)
    told = _granted_write(granted)
    is_refused = written is not None and not written.is_held
    return Trial(MISSING, ASK) if is_refused and told.state is HELD else told


def _granted_write(granted: frozenset[str]) -> Trial:
    if wire.CAMPAIGN_WRITE_SCOPE in granted:
        return Trial(HELD, "The token says so; a write is never tried.")
    if wire.CAMPAIGN_BOTH_SCOPE in granted:
        return Trial(HELD, f"Held through {wire.CAMPAIGN_BOTH_SCOPE}.")
    return Trial(MISSING, f"The token does not have it. {ASK}")


def _both_state(
    granted: frozenset[str] | None, reading: Trial, written: PermissionSeen | None
) -> Trial:
    parts = {wire.CAMPAIGN_READ_SCOPE, wire.CAMPAIGN_WRITE_SCOPE}
    if reading.state is MISSING:
        return reading
    if granted is None or (written is not None and not written.is_held):
        return seen_trial(written, Trial(UNKNOWN, NEVER_TRIED), ASK)
    if wire.CAMPAIGN_BOTH_SCOPE in granted:
        return Trial(HELD, "The token says so; a write is never tried.")
    if parts <= granted:
        return Trial(HELD, f"Held through {' and '.join(sorted(parts))}.")
    return Trial(MISSING, f"The token has neither it nor both of {', '.join(sorted(parts))}. {ASK}")


@dataclass(frozen=True, slots=True)
class ReadTrials:
    """Tries each read once, within one deadline.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    clock : Clock
        Tells which hour is over.
    campaign_id, skill_id, queue_ids
        What the settings name; the first campaign of the list serves where they name nothing.
    """

    exchange: Exchange
    clock: Clock
    campaign_id: CampaignId | None
    skill_id: SkillId | None
    queue_ids: tuple[QueueId, ...]

    def run(self) -> dict[str, Trial]:
        """Return scope to trial, for the four scopes that reads need.

        Raises
        ------
        AuthenticationFailed
            If the credentials themselves are refused: then nothing can be tried.
        """
        deadline = self.exchange.deadline()
        reading, listed = self._list(deadline)
        end = hour_start(self.clock.now())
        start = end - timedelta(hours=1)
        campaign_id = self.campaign_id or next((each.campaign_id for each in listed), None)
        skill_id = self.skill_id or next((each.skill_id for each in listed if each.skill_id), None)
        queue_id = self._queue(listed, deadline)
        return {
            wire.CAMPAIGN_READ_SCOPE: reading,
            wire.OUTBOUND_SCOPE: self._trial(
                campaign_id and wire.outbound_query(campaign_id, start, end),
                deadline,
                "No campaign to try it on; GENESYS_CAMPAIGN_ID may name one.",
            ),
            wire.SCHEDULE_SCOPE: self._trial(
                skill_id and wire.schedule_query(skill_id, start, end),
                deadline,
                "No skill to try it on; GENESYS_SKILL_ID may name one.",
            ),
            wire.REPORT_SCOPE: self._trial(
                queue_id and wire.queue_query(queue_id, start, end),
                deadline,
                "No queue to try it on; GENESYS_QUEUE_ID may name one.",
            ),
        }

    def _list(self, deadline: Deadline) -> tuple[Trial, tuple[Campaign, ...]]:
        place = "The list of campaigns"
        try:
            content = self.exchange.read(wire.campaign_list(), deadline, PROBE)
            return Trial(HELD), campaigns_in(entities(content, place), place)
        except TenantError as error:
            return told_by(error, ASK), ()

    def _queue(self, listed: Iterable[Campaign], deadline: Deadline) -> QueueId | None:
        named = [*self.queue_ids, *(each.queue_id for each in listed if each.queue_id)]
        if named:
            return named[0]
        place = "The list of queues"
        try:
            content = self.exchange.read(wire.queue_list(), deadline, PROBE)
            found = queues_in(entities(content, place), place)
        except AuthenticationFailed:
            raise
        except TenantError:
            return None
        return found[0].queue_id if found else None

    def _trial(self, call: Call | str | None, deadline: Deadline, otherwise: str) -> Trial:
        if not isinstance(call, Call):
            return Trial(UNKNOWN, otherwise)
        return tried(lambda: self.exchange.read(call, deadline, PROBE), ASK)

"""Calls that are seen through: reads that insist, writes that are sent once.

Transport, token and retries meet here, and outcomes become documents or errors. It knows no
tenant's dialect.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from core.errors import RateLimited
from core.tenants.http import Transport
from core.tenants.oauth import ClientCredentials
from core.tenants.pace import Pace
from core.tenants.refusals import (
    is_outcome_unknown,
    is_rejection,
    lost_write,
    refusal,
    rejected_write,
)
from core.tenants.retry import (
    AT_ONCE,
    USUAL,
    Deadline,
    RetryRule,
    Sleeper,
    WaitReport,
    read_trouble,
    settle,
    write_trouble,
)
from core.tenants.seen import SeenPermissions
from core.tenants.wire import Answer, Call, Outcome, Stage

OWN_LIMIT = "as many requests were sent within a minute as the tenant allows"
DEADLINE_SECONDS = 120.0
"""For one question of the product, all pages, tries and waits included."""
REACHABLE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """Sends calls to one tenant.

    Parameters
    ----------
    transport : Transport
        Sends once.
    credentials : ClientCredentials
        Knows which scopes were asked for and granted.
    sleeper : Sleeper
        Passes the waits.
    on_wait : callable
        Told before each wait.
    seen : SeenPermissions
        Takes in what the tenant allows and refuses.
    deadline_seconds : float
        For one question. Unit: seconds.
    pace : Pace, optional
        Tells when the next request may be sent; none where the tenant sets no limit.
    """

    transport: Transport
    credentials: ClientCredentials
    sleeper: Sleeper
    on_wait: WaitReport
    seen: SeenPermissions
    deadline_seconds: float = DEADLINE_SECONDS
    pace: Pace | None = None

    def deadline(self) -> Deadline:
        """Return when a question that begins now has to be over."""
        return Deadline(self.deadline_seconds, self.sleeper)

    def pause(self, seconds: float, deadline: Deadline) -> None:
        """Wait between two questions, never past the deadline."""
        self.sleeper.sleep(min(seconds, deadline.left()))

    def read(self, call: Call, deadline: Deadline, rule: RetryRule = USUAL) -> Any:
        """Return the JSON value that a read answers with.

        Parameters
        ----------
        call : Call
            Safe to repeat.
        deadline : Deadline
            Of the whole question.
        rule : RetryRule
            Tries and waits.

        Returns
        -------
        Any
            As `json.loads` gives it.

        Raises
        ------
        TenantError
            The kind that the last outcome calls for.
        """
        settled = settle(
            lambda: self._send(call, deadline),
            trouble_of=read_trouble,
            rule=rule,
            deadline=deadline,
            sleeper=self.sleeper,
            on_wait=self.on_wait,
        )
        outcome = settled.outcome
        self._note(call, outcome, is_write=False)
        if isinstance(outcome, Answer) and outcome.is_done:
            return outcome.content
        raise refusal(call, settled, self.credentials.scopes)

    def check_answers(self, call: Call) -> None:
        """Return where the tenant answers a read within seconds, in one try; raise why not."""
        # Who is told to wait has reached the tenant.
        with suppress(RateLimited):
            self.read(call, self.deadline().within(REACHABLE_SECONDS), AT_ONCE)

    def _send(self, call: Call, deadline: Deadline) -> Outcome:
        while self.pace is not None:
            seconds = self.pace.take()
            if seconds <= 0:
                break
            if seconds >= deadline.left():
                # As the tenant would have answered, had it been asked.
                return Answer(429, retry_after_seconds=seconds)
            self.on_wait(seconds, 1, 1, OWN_LIMIT)
            self.sleeper.sleep(seconds)
        return self.transport.send(call, deadline)

    def _note(self, call: Call, outcome: Outcome, *, is_write: bool) -> None:
        if not isinstance(outcome, Answer) or outcome.stage is Stage.TOKEN:
            return
        if outcome.status == 403:
            self.seen.refused(call.permission)
        elif outcome.is_done:
            self.seen.used(call.permission, is_write=is_write)

    def write(self, call: Call, sent: Mapping[str, Any], rules: str) -> Any:
        """Return the JSON value that a write answers with; it is applied at most once.

        Parameters
        ----------
        call : Call
            Repeated only after a 401 or a 429, or before it was sent at all.
        sent : mapping
            Dotted path to value, for the message of a refusal.
        rules : str
            Read-only fields and bounds in words, likewise.

        Returns
        -------
        Any
            As `json.loads` gives it.

        Raises
        ------
        OutcomeUnknown
            If it may have been applied.
        PayloadRejected
            If the tenant refuses the fields.
        TenantError
            If it was definitely not applied, for another reason.
        """
        deadline = self.deadline()
        settled = settle(
            lambda: self._send(call, deadline),
            trouble_of=write_trouble,
            rule=USUAL,
            deadline=deadline,
            sleeper=self.sleeper,
            on_wait=self.on_wait,
        )
        outcome = settled.outcome
        self._note(call, outcome, is_write=True)
        if is_outcome_unknown(outcome):
            raise lost_write(call, outcome)
        if isinstance(outcome, Answer) and outcome.is_done:
            return outcome.content
        if isinstance(outcome, Answer) and is_rejection(call, outcome):
            raise rejected_write(call, outcome, sent, rules)
        raise refusal(call, settled, self.credentials.scopes)

"""What is repeated, after how long, and under which total deadline.

Reads are repeated after a rate limit, a passing failure, a cut connection or a broken answer. A
write is repeated only where the tenant definitely did nothing: after a rate limit, or while the
token for it is being fetched. Nothing is repeated past the deadline: a wait that would not end in
time is not begun.

``stamina`` is not used here: it waits with the system's sleep and reports to hooks of the whole
process, whereas each connection here has its own sleeper (so that tests do not wait), its own
listener (so that the right person is told) and its own deadline across the pages of a call.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.documents import ABSENT
from core.tenants.wire import Lost, Outcome, Stage

WaitReport = Callable[[float, int, int, str], None]
"""Told before each wait: seconds, the attempt that follows, attempts in all, why."""


class Sleeper(Protocol):
    """Passes time, and tells how much has passed."""

    def monotonic(self) -> float:
        """Return a time that only grows. Unit: seconds."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemSleeper:
    """The machine's own time."""

    def monotonic(self) -> float:
        """Return a time that only grows. Unit: seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)  # noqa: TID251 - the one place where a transport waits


def wait_in_silence(seconds: float, attempt: int, attempts: int, why: str) -> None:
    """Report a wait to nobody."""


class Deadline:
    """When a call has to be over, all its pages, tries and waits included.

    Parameters
    ----------
    seconds : float
        From now. Unit: seconds.
    sleeper : Sleeper
        Tells the time.
    """

    def __init__(self, seconds: float, sleeper: Sleeper) -> None:
        self.seconds = seconds
        self._sleeper = sleeper
        self._end = sleeper.monotonic() + seconds

    def left(self) -> float:
        """Return what is left, at least 0. Unit: seconds."""
        return max(0.0, self._end - self._sleeper.monotonic())

    def within(self, seconds: float) -> "Deadline":
        """Return the deadline of a part: so many seconds from now, and never later than this."""
        return Deadline(min(seconds, self.left()), self._sleeper)


class Trouble(StrEnum):
    """Why a call is worth repeating."""

    RATE_LIMIT = "the tenant limits how often it may be asked"
    PASSING = "the tenant failed to answer"


@dataclass(frozen=True, slots=True)
class RetryRule:
    """How long to wait before each further try; one more try than there are waits.

    Parameters
    ----------
    rate_limit_waits, passing_waits : tuple of float
        Where the tenant does not say itself. Unit: seconds.
    """

    rate_limit_waits: tuple[float, ...]
    passing_waits: tuple[float, ...]

    def waits(self, trouble: Trouble) -> tuple[float, ...]:
        """Return the waits for one kind of trouble."""
        is_limit = trouble is Trouble.RATE_LIMIT
        return self.rate_limit_waits if is_limit else self.passing_waits


PASSING_WAITS = (0.5, 1.0, 2.0, 4.0)
USUAL = RetryRule(rate_limit_waits=(5.0,) * 11, passing_waits=PASSING_WAITS)
QUEUE_DETAILS = RetryRule(rate_limit_waits=(1.0, 2.0, 4.0), passing_waits=PASSING_WAITS)
"""At most 4 tries against a rate limit, as the tutorial has it."""
PROBE = RetryRule(rate_limit_waits=(5.0,), passing_waits=(0.5, 1.0))
AT_ONCE = RetryRule(rate_limit_waits=(), passing_waits=())
"""One try: whoever asks whether the tenant is there wants to know now."""


def read_trouble(outcome: Outcome) -> Trouble | None:
    """Return why a read is worth repeating; None where it is settled.

    Examples
    --------
    >>> from core.tenants.wire import Answer
    >>> read_trouble(Answer(503)).name, read_trouble(Answer(404)), read_trouble(Answer(200, {}))
    ('PASSING', None, None)
    """
    if isinstance(outcome, Lost):
        return Trouble.PASSING
    if outcome.status == 429:
        return Trouble.RATE_LIMIT
    is_broken = 200 <= outcome.status < 300 and not outcome.is_done
    # 501 and 505 are answers that stay the same, however often they are asked for.
    is_failure = outcome.status == 408 or outcome.status in range(500, 600)
    return (
        Trouble.PASSING if is_broken or (is_failure and outcome.status not in (501, 505)) else None
    )


def write_trouble(outcome: Outcome) -> Trouble | None:
    """Return why a write may be repeated; None where it must not, or is settled.

    Examples
    --------
    >>> from core.tenants.wire import Answer
    >>> write_trouble(Answer(503)), write_trouble(Answer(429)).name
    (None, 'RATE_LIMIT')
    """
    trouble = read_trouble(outcome)
    is_refused = trouble is Trouble.RATE_LIMIT
    return trouble if is_refused or outcome.stage is Stage.TOKEN else None


@dataclass(frozen=True, slots=True)
class Settled:
    """The last outcome of a call, and how many tries it took."""

    outcome: Outcome
    tries: int


def settle(
    send: Callable[[], Outcome],
    *,
    trouble_of: Callable[[Outcome], Trouble | None],
    rule: RetryRule,
    deadline: Deadline,
    sleeper: Sleeper,
    on_wait: WaitReport = wait_in_silence,
) -> Settled:
    """Send until the outcome is settled, the tries are used up, or the deadline is near.

    Parameters
    ----------
    send : callable
        Sends once.
    trouble_of : callable
        `read_trouble` or `write_trouble`.
    rule : RetryRule
        Tries and waits.
    deadline : Deadline
        Of the whole call.
    sleeper : Sleeper
        Passes the waits.
    on_wait : callable
        Told before each wait.

    Returns
    -------
    Settled
        The last outcome, good or bad; errors are made of it by `core.tenants.refusals`.
    """
    seen: dict[Trouble, int] = dict.fromkeys(Trouble, 0)
    tries = 0
    while True:
        if deadline.left() <= 0:
            return Settled(_too_late(deadline), tries)
        outcome = send()
        tries += 1
        trouble = trouble_of(outcome)
        if trouble is None or seen[trouble] >= len(rule.waits(trouble)):
            return Settled(outcome, tries)
        seconds = _asked_for(outcome, otherwise=rule.waits(trouble)[seen[trouble]])
        if seconds >= deadline.left():
            return Settled(outcome, tries)
        seen[trouble] += 1
        on_wait(seconds, seen[trouble] + 1, len(rule.waits(trouble)) + 1, _why(trouble, outcome))
        sleeper.sleep(seconds)


def _too_late(deadline: Deadline) -> Lost:
    why = f"no answer within the {deadline.seconds:g} s of the whole call"
    return Lost(why, Stage.TOKEN, was_sent=False)


def _asked_for(outcome: Outcome, otherwise: float) -> float:
    if isinstance(outcome, Lost) or outcome.retry_after_seconds is None:
        return otherwise
    return outcome.retry_after_seconds


def _why(trouble: Trouble, outcome: Outcome) -> str:
    if isinstance(outcome, Lost):
        return outcome.why
    if outcome.content is ABSENT and outcome.status < 300:
        return "the answer could not be read"
    return f"{trouble.value} ({outcome.status})"

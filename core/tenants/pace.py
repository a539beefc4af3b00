"""How often a tenant is asked: counted, and slowed down before the tenant has to refuse.

The tenant's own count is believed where its answers tell it. Nothing is repeated here, and nothing
is dropped: a request that would be one too many waits.
"""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from core.campaigns import RequestBudget
from core.clock import Clock
from core.tenants.retry import Sleeper

WINDOW_SECONDS = 60.0
USUAL_ALLOWANCE = 300
"""What the platform allows a client within a minute, where its answers do not tell."""
RESERVE_SHARE = 1 / 30
"""Kept free for what is sent beside: a token, a call that is signed anew after a 401."""

ALLOWED = "inin-ratelimit-allowed"
COUNT = "inin-ratelimit-count"
RESET = "inin-ratelimit-reset"


@dataclass(frozen=True, slots=True)
class Told:
    """What the last answer told of the limit.

    Parameters
    ----------
    allowed, used : int
        Within the tenant's own window. Unit: requests.
    resets_after : float
        Until that window ends, from `at`. Unit: seconds.
    at : float
        Of `Sleeper.monotonic`.
    moment : datetime
        The same on the clock, aware.
    """

    allowed: int
    used: int
    resets_after: float
    at: float
    moment: datetime


class Pace:
    """Counts requests and tells how long the next one has to wait. Threads may share it.

    Parameters
    ----------
    sleeper : Sleeper
        Tells the time that passes.
    clock : Clock
        Dates what the tenant tells.
    allowance : int
        Never more than these within a minute, whatever the tenant allows. Unit: requests.
    """

    def __init__(self, sleeper: Sleeper, clock: Clock, allowance: int = USUAL_ALLOWANCE) -> None:
        self._sleeper = sleeper
        self._clock = clock
        self._allowance = allowance
        self._sent: deque[float] = deque()
        self._total = 0
        self._told: Told | None = None
        self._lock = Lock()

    def take(self) -> float:
        """Take the right to send one request; else return how long to wait and ask again.

        Returns
        -------
        float
            0 where it may be sent now. Unit: seconds.
        """
        with self._lock:
            now = self._sleeper.monotonic()
            self._forget(now)
            seconds = self._wait(now)
            if seconds <= 0:
                self._sent.append(now)
                self._total += 1
                return 0.0
            return seconds

    def note(self, headers: Mapping[str, str]) -> None:
        """Note what an answer tells of the limit; nothing where it tells nothing."""
        numbers = [_number(headers.get(name)) for name in (ALLOWED, COUNT, RESET)]
        allowed, used, resets_after = numbers
        if allowed is None or used is None or allowed < 1:
            return
        with self._lock:
            self._told = Told(
                int(allowed),
                int(used),
                WINDOW_SECONDS if resets_after is None else resets_after,
                self._sleeper.monotonic(),
                self._clock.now(),
            )

    def budget(self) -> RequestBudget:
        """Return what was sent and what is left."""
        with self._lock:
            self._forget(self._sleeper.monotonic())
            told = self._told
            return RequestBudget(
                sent=self._total,
                in_last_minute=len(self._sent),
                ceiling=self._ceiling(),
                used=told.used if told else None,
                allowed=told.allowed if told else None,
                resets_at=told.moment + timedelta(seconds=told.resets_after) if told else None,
            )

    def _forget(self, now: float) -> None:
        while self._sent and now - self._sent[0] >= WINDOW_SECONDS:
            self._sent.popleft()

    def _wait(self, now: float) -> float:
        ceiling = self._ceiling()
        # Of a full window the request leaves first that makes room for this one.
        full = len(self._sent) >= ceiling
        seconds = self._sent[-ceiling] + WINDOW_SECONDS - now if full else 0.0
        told = self._told
        if told is not None and told.used >= _with_reserve(told.allowed):
            seconds = max(seconds, told.at + told.resets_after - now)
        return seconds

    def _ceiling(self) -> int:
        allowed = self._told.allowed if self._told else self._allowance
        return _with_reserve(min(allowed, self._allowance))


def _with_reserve(allowed: int) -> int:
    return max(1, allowed - math.ceil(allowed * RESERVE_SHARE))


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None

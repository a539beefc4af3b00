"""What the tenant told a moment ago, so that a page neither asks nor waits at every click.

Kept for seconds, for looking at: no decision rests on it, because a push reads the tenant by
itself. A tenant that is slow or down costs a page a few seconds at most and once in a while; what
was read before is shown meanwhile, with its time.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from core.clock import Clock
from core.errors import DashboardError, TenantError, TenantRefused, TenantUnreachable

FRESH_FOR = timedelta(seconds=30)
"""How long a reading is taken as it is."""
ASK_AGAIN_AFTER = timedelta(seconds=15)
"""How long a failed reading stands."""
PATIENCE_SECONDS = 3.0
"""How long a page waits for an answer that goes on being waited for."""
PART_AFTER_TROUBLE = 0.1
"""The part of that which a page waits while something else was asked in vain just now."""
MOST_KEPT = 64

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What was read, or what there was before, and why there is nothing newer.

    Parameters
    ----------
    value : any or None
        As read; None where nothing was ever read.
    read_at : datetime or None
        When; aware.
    trouble : DashboardError or None
        Why it is not of now; None where it is.
    """

    value: Value | None
    read_at: datetime | None
    trouble: DashboardError | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    reading: Reading[Any]
    stamp: Hashable
    asked_at: datetime
    defect: Exception | None = None


@dataclass(slots=True)
class Recent:
    """Keeps readings for one session.

    Parameters
    ----------
    clock : Clock
        Tells the age of a reading.
    patience_seconds : float
        How long `read` waits. Unit: seconds.
    """

    clock: Clock
    patience_seconds: float = PATIENCE_SECONDS
    _kept: dict[Hashable, _Kept] = field(default_factory=dict)
    _asking: dict[Hashable, Thread] = field(default_factory=dict)
    _trouble_at: datetime | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def read(
        self,
        key: Hashable,
        ask: Callable[[], Value],
        *,
        stamp: Hashable = None,
        patience_seconds: float | None = None,
        fresh_for: timedelta = FRESH_FOR,
    ) -> Reading[Value]:
        """Return what the tenant told of something within the last half minute, or ask now.

        Parameters
        ----------
        key : hashable
            What is asked about.
        ask : callable
            Asks; it runs in a thread of its own and may raise `DashboardError`.
        stamp : hashable
            What a reading goes with, the version of a proposal say: another stamp asks anew.
        patience_seconds : float, optional
            How long this one is waited for, where that is not as long as usual.
        fresh_for : timedelta
            How long it is taken as it is; longer for what hardly moves.

        Returns
        -------
        Reading
            With the value of before, and the trouble, where asking failed or takes long.
        """
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept.stamp == stamp and self._stands(kept, fresh_for):
                return _told(kept)
            thread = self._asking.get(key)
            if thread is None or not thread.is_alive():
                # A daemon: an answer that never comes does not keep the process from ending.
                thread = Thread(target=self._ask, args=(key, stamp, ask), daemon=True)
                self._asking[key] = thread
                thread.start()
        thread.join(self._patience(patience_seconds or self.patience_seconds))
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and not thread.is_alive():
                return _told(kept)
            self._trouble_at = self.clock.now()
        before = kept.reading if kept else Reading(None, None)
        return Reading(before.value, before.read_at, _slow())

    def _patience(self, seconds: float) -> float:
        with self._lock:
            last = self._trouble_at
        is_in_trouble = last is not None and self.clock.now() - last < ASK_AGAIN_AFTER
        return seconds * (PART_AFTER_TROUBLE if is_in_trouble else 1.0)

    def _stands(self, kept: _Kept, fresh_for: timedelta) -> bool:
        is_sound = kept.reading.trouble is None and kept.defect is None
        return self.clock.now() - kept.asked_at < (fresh_for if is_sound else ASK_AGAIN_AFTER)

    def _ask(self, key: Hashable, stamp: Hashable, ask: Callable[[], Any]) -> None:
        defect: Exception | None = None
        with self._lock:
            kept = self._kept.get(key)
        before = kept.reading if kept else Reading(None, None)
        try:
            reading: Reading[Any] = Reading(ask(), self.clock.now())
        except DashboardError as error:
            reading = Reading(before.value, before.read_at, error)
            self._note(error)
        except Exception as error:  # noqa: BLE001 - raised again where the page asked
            reading, defect = before, error
        with self._lock:
            if key not in self._kept and len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = _Kept(reading, stamp, self.clock.now(), defect)

    def _note(self, error: DashboardError) -> None:
        if isinstance(error, TenantError) and not isinstance(error, TenantRefused):
            with self._lock:
                self._trouble_at = self.clock.now()


def _told(kept: _Kept) -> Reading[Any]:
    if kept.defect is not None:
        raise kept.defect
    return kept.reading


def _slow() -> TenantUnreachable:
    return TenantUnreachable(
        "The tenant has not answered yet.",
        "It is still being waited for: look again in a moment.",
    )

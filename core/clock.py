"""Where "now" comes from: the system in production, a fixed time in tests.

Everything that depends on the present takes a `Clock`; pure functions take a time.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present, aware, in UTC."""
        return datetime.now(UTC)


@dataclass
class FrozenClock:
    """A clock that stands still until it is moved.

    Parameters
    ----------
    at : datetime
        Aware.

    Examples
    --------
    >>> clock = FrozenClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    >>> clock.move(timedelta(hours=1))
    >>> clock.now().isoformat()
    '2026-11-23T10:00:00+00:00'
    """

    at: datetime

    def now(self) -> datetime:
        """Return the time it stands at."""
        return self.at.astimezone(UTC)

    def move(self, by: timedelta) -> None:
        """Move on by a span of time."""
        self.at = self.at + by


def hour_start(moment: datetime) -> datetime:
    """Return the start of the hour that holds a moment, in UTC.

    Examples
    --------
    >>> hour_start(datetime(2026, 11, 23, 9, 59, tzinfo=UTC)).isoformat()
    '2026-11-23T09:00:00+00:00'
    """
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)

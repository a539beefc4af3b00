"""The worker as others see it: whether it lives, what it is at, and what became of its tasks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SILENT_AFTER = timedelta(seconds=90)
"""A worker that was not heard of for so long is taken for dead."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A sign of life.

    Parameters
    ----------
    worker_id : str
        Which process; another one has another.
    started_at, seen_at : datetime
        When it began, and when it was last heard of; aware.
    is_over : bool
        Whether it said that it ends.
    doing : str
        The task at hand, in words; empty while it waits.
    """

    worker_id: str
    started_at: datetime
    seen_at: datetime
    is_over: bool = False
    doing: str = ""

    def is_alive(self, now: datetime) -> bool:
        """Return whether it is at work, as far as can be told.

        Examples
        --------
        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
        >>> beat = Heartbeat("w-1", noon, noon)
        >>> beat.is_alive(noon + timedelta(seconds=20)), beat.is_alive(noon + timedelta(hours=1))
        (True, False)
        """
        return not self.is_over and now - self.seen_at < SILENT_AFTER


@dataclass(frozen=True, slots=True)
class TaskRun:
    """How a task of the worker last went.

    Parameters
    ----------
    name : str
        Which task.
    ran_at : datetime
        When it ended; aware.
    is_done : bool
        Whether it came to its end; False where it failed.
    message : str
        What it did, or why it failed, in a sentence.
    """

    name: str
    ran_at: datetime
    is_done: bool
    message: str

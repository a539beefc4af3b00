"""A job: long work that any session can see, whoever began it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """Long work.

    Parameters
    ----------
    job_id : str
        Unique.
    subject : str
        What it works on, for a person and for finding it again, e.g. ``volume:<queue id>``.
    label : str
        What it does, in words.
    owner : str
        Who began it.
    state : JobState
        Where it stands.
    done_steps, all_steps : int
        Progress.
    message : str
        The step at hand, or why it failed and what to do next.
    started_at, updated_at : datetime
        Aware.
    """

    job_id: str
    subject: str
    label: str
    owner: str
    state: JobState
    done_steps: int
    all_steps: int
    message: str
    started_at: datetime
    updated_at: datetime

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED)

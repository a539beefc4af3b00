"""Long work in the background: it shows progress, survives a reload, and never runs twice at once.

A job is a row in the store, so that any session can see it; the work itself runs on a thread of
this process, which does not hold the process up when it is told to end. A job whose process died is
told as interrupted.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock, Thread
from uuid import uuid4

from core.clock import Clock
from core.errors import DashboardError
from core.ports import UnitOfWorkFactory
from core.workflow.jobs import Job, JobState

log = logging.getLogger(__name__)

Report = Callable[[int, int, str], None]
"""Told done steps, all steps and the step at hand."""

INTERRUPTED_AFTER = timedelta(seconds=120)
"""A running job that reported nothing for so long lost its process."""


@dataclass(slots=True)
class BackgroundWork:
    """Runs each job on a thread of its own.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        Where jobs are seen.
    clock : Clock
        Stamps progress.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    _lock: Lock = field(default_factory=Lock, repr=False)
    _alive: set[str] = field(default_factory=set, repr=False)

    def begin(self, subject: str, label: str, owner: str, action: Callable[[Report], str]) -> Job:
        """Begin a job, or return the one that is at work on the same subject.

        Parameters
        ----------
        subject : str
            What it works on; one job at a time for each.
        label : str
            What it does, in words.
        owner : str
            Who began it.
        action : callable
            The work. It is given a function to report progress with, and returns the sentence
            that the job ends with.
        """
        with self._lock:
            running = self.running(subject)
            if running is not None:
                return running
            job = self._added(subject, label, owner)
            name = f"dialcast-{subject}"
            Thread(target=self._run, args=(job, action), name=name, daemon=True).start()
        return job

    def perform(
        self, subject: str, label: str, owner: str, action: Callable[[Report], str]
    ) -> Job | None:
        """Do a job here and now, and return it as it ended; see `begin`.

        None where another one is at work on the same subject: then nothing is done.
        """
        with self._lock:
            if self.running(subject) is not None:
                return None
            job = self._added(subject, label, owner)
        self._run(job, action)
        with self.unit_of_work() as work:
            return work.jobs.get(job.job_id)

    def latest(self, subject: str) -> Job | None:
        """Return the newest job on a subject; one whose process died is told as failed."""
        with self.unit_of_work() as work:
            jobs = work.jobs.recent()
        found = next((job for job in jobs if job.subject == subject), None)
        return self._told(found) if found else None

    def running(self, subject: str) -> Job | None:
        """Return the job at work on a subject, or None."""
        job = self.latest(subject)
        return job if job is not None and not job.is_over else None

    def all_running(self) -> tuple[Job, ...]:
        """Return every job at work, newest first."""
        with self.unit_of_work() as work:
            jobs = work.jobs.recent()
        return tuple(job for job in map(self._told, jobs) if not job.is_over)

    def _added(self, subject: str, label: str, owner: str) -> Job:
        now = self.clock.now()
        job = Job(uuid4().hex[:12], subject, label, owner, JobState.WAITING, 0, 0, "", now, now)
        with self.unit_of_work() as work:
            work.jobs.add(job)
            work.commit()
        return job

    def _told(self, job: Job) -> Job:
        # Work of this process may be silent for long: it waits for its turn, or for the tenant.
        is_alive = job.job_id in self._alive
        if job.is_over or is_alive or self.clock.now() - job.updated_at < INTERRUPTED_AFTER:
            return job
        return replace(
            job,
            state=JobState.FAILED,
            message="It was interrupted: the process that ran it ended. Begin it again.",
        )

    def _run(self, job: Job, action: Callable[[Report], str]) -> None:
        self._alive.add(job.job_id)
        try:
            self._work(job, action)
        finally:
            self._alive.discard(job.job_id)

    def _work(self, job: Job, action: Callable[[Report], str]) -> None:
        state = [self._save(replace(job, state=JobState.RUNNING))]

        def report(done: int, steps: int, step: str) -> None:
            state[0] = self._save(replace(state[0], done_steps=done, all_steps=steps, message=step))

        try:
            message = action(report)
        except DashboardError as error:
            self._save(replace(state[0], state=JobState.FAILED, message=str(error)))
        except Exception:
            log.exception("job %s (%s) failed", job.job_id, job.subject)
            self._save(
                replace(
                    state[0],
                    state=JobState.FAILED,
                    message=f"It failed within Dialcast; the log has it under {job.job_id}.",
                )
            )
        else:
            steps = state[0].all_steps
            done = replace(state[0], state=JobState.DONE, done_steps=steps, message=message)
            self._save(done)

    def _save(self, job: Job) -> Job:
        job = replace(job, updated_at=self.clock.now())
        with self.unit_of_work() as work:
            work.jobs.save(job)
            work.commit()
        return job

"""The worker: named tasks, each done when it is due, until it is told to stop.

It decides nothing that a person decides: it reads, scores, forecasts, settles what a push left open
by reading, and pushes the hours of plans of a day that a person approved. One worker for each store
at a time. A new task is one more `Task` in `core.services.worker_tasks`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import uuid4

from core.clock import Clock
from core.errors import DashboardError, StoreError, WorkflowError
from core.ports import UnitOfWorkFactory
from core.services.work import BackgroundWork, Report
from core.workflow.heartbeat import Heartbeat, TaskRun
from core.workflow.jobs import JobState

log = logging.getLogger(__name__)

LOCK = "worker"
BEAT_SECONDS = 15.0
LONGEST_WAIT = 5.0
"""How long it waits at most before it looks again what is due. Unit: seconds."""
RETRY_AFTER = timedelta(minutes=2)
"""A task that failed is tried again so soon, however rarely it is due."""
OWNER = "worker"

Wait = Callable[[float], bool]
"""Waits for so many seconds, and returns whether the worker was told to stop."""

Told = Callable[[TaskRun], None]
"""Told of each task that was done."""


def tell_nobody(run: TaskRun) -> None:
    """Tell nobody."""


class WorkerStopped(DashboardError):
    """The worker was told to stop while a task was at work."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something that the worker does again and again.

    Parameters
    ----------
    name : str
        What it is called in the log: ``read``.
    label : str
        What it does, in words.
    every : timedelta
        How often.
    subject : str
        As in `core.services.work.BackgroundWork.begin`: while a page is at the same work, the
        worker leaves it to it.
    action : callable
        The work; it is given a function to report progress with, and returns a sentence.
    is_urgent : bool
        Whether it has its time and waits for no other task: urgent tasks run beside the others.
    """

    name: str
    label: str
    every: timedelta
    subject: str
    action: Callable[[Report], str]
    is_urgent: bool = False


@dataclass(slots=True)
class Worker:
    """Does tasks when they are due.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store: what ran when, signs of life, and the lock that keeps others out.
    clock : Clock
        Tells what is due.
    work : BackgroundWork
        Shows each task as a job while it runs.
    tasks : tuple of Task
        In the order in which they are done where several are due.
    """

    unit_of_work: UnitOfWorkFactory
    clock: Clock
    work: BackgroundWork
    tasks: tuple[Task, ...]
    _id: str = field(default_factory=lambda: f"w-{uuid4().hex[:12]}")
    _started: datetime | None = None
    _doing: str = ""

    def run(self, wait: Wait, told: Told = tell_nobody) -> None:
        """Do what is due, again and again, until `wait` says to stop.

        Parameters
        ----------
        wait : callable
            Waits, and tells whether to stop; ``threading.Event().wait`` is one.
        told : callable
            Told of each task that was done.

        Raises
        ------
        WorkflowError
            If another worker is at work on this store.
        """
        with self._alone(), self._beating(), self._urgent_beside(wait, told):
            self._go_on(wait, told, is_urgent=False)

    def run_once(self, wait: Wait, told: Told = tell_nobody) -> tuple[TaskRun, ...]:
        """Do each task that is due once, and return how they went; see `run`."""
        with self._alone(), self._beating():
            return self._do_due(wait, told)

    def due(self, now: datetime) -> tuple[Task, ...]:
        """Return the tasks that are due at a moment."""
        with self.unit_of_work() as work:
            runs = {run.name: run for run in work.worker.runs()}
        return tuple(task for task in self.tasks if _due_at(task, runs.get(task.name), now) <= now)

    def _go_on(self, wait: Wait, told: Told, *, is_urgent: bool) -> None:
        """Do the urgent tasks, or the others, when they are due, until told to stop."""
        while not wait(0.0):
            self._do_due(wait, told, is_urgent)
            if wait(self._seconds_to_next(is_urgent)):
                return

    @contextmanager
    def _urgent_beside(self, wait: Wait, told: Told) -> Iterator[None]:
        """Do urgent tasks on a thread of their own: an hour's push waits for no forecast."""
        if not any(task.is_urgent for task in self.tasks):
            yield
            return
        over = Event()

        def wait_or_over(seconds: float) -> bool:
            return over.is_set() or wait(seconds)

        def go_on() -> None:
            try:
                self._go_on(wait_or_over, told, is_urgent=True)
            except StoreError:
                log.exception("urgent work stopped: the store does not answer")

        thread = Thread(target=go_on, name="dialcast-urgent", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _do_due(self, wait: Wait, told: Told, is_urgent: bool | None = None) -> tuple[TaskRun, ...]:
        done = []
        for task in self.due(self.clock.now()):
            if is_urgent is not None and task.is_urgent is not is_urgent:
                continue
            if wait(0.0):
                break
            run = self._do(task, wait)
            if run is not None:
                told(run)
                done.append(run)
        return tuple(done)

    def _do(self, task: Task, wait: Wait) -> TaskRun | None:
        """Do one task; None where somebody else is at the same work, or it was told to stop."""

        def action(report: Report) -> str:
            def report_unless_stopped(done: int, steps: int, step: str) -> None:
                if wait(0.0):
                    raise WorkerStopped("The worker was told to stop.", "It goes on when it runs.")
                report(done, steps, step)

            return task.action(report_unless_stopped)

        self._say(task.label)
        job = self.work.perform(task.subject, task.label, OWNER, action)
        self._say("")
        if job is None or (job.state is not JobState.DONE and wait(0.0)):
            return None
        run = TaskRun(task.name, self.clock.now(), job.state is JobState.DONE, job.message)
        with self.unit_of_work() as work:
            work.worker.note_run(run)
            work.commit()
        return run

    def _seconds_to_next(self, is_urgent: bool) -> float:
        now = self.clock.now()
        with self.unit_of_work() as work:
            runs = {run.name: run for run in work.worker.runs()}
        own = [task for task in self.tasks if task.is_urgent is is_urgent]
        moments = [_due_at(task, runs.get(task.name), now) for task in own]
        soonest = min(moments, default=now + timedelta(seconds=LONGEST_WAIT))
        return min(LONGEST_WAIT, max(1.0, (soonest - now).total_seconds()))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.unit_of_work() as holder:
            if not holder.hold(LOCK):
                raise WorkflowError(
                    "Another worker is at work on this store.",
                    "One is enough: end that one first, or leave the work to it.",
                )
            yield

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Give signs of life from a thread of its own, for a task may take long."""
        over = Event()
        self._started = self.clock.now()

        def beat_on() -> None:
            while not over.wait(BEAT_SECONDS):
                try:
                    self._beat()
                except StoreError:
                    log.exception("the worker's sign of life could not be stored")

        self._beat()
        thread = Thread(target=beat_on, name="dialcast-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self._beat(is_over=True)

    def _beat(self, *, is_over: bool = False) -> None:
        now = self.clock.now()
        beat = Heartbeat(self._id, self._started or now, now, is_over, self._doing)
        with self.unit_of_work() as work:
            work.worker.beat(beat)
            work.commit()

    def _say(self, doing: str) -> None:
        self._doing = doing
        self._beat()


def _due_at(task: Task, run: TaskRun | None, now: datetime) -> datetime:
    if run is None:
        return now
    return run.ran_at + (task.every if run.is_done else min(task.every, RETRY_AFTER))

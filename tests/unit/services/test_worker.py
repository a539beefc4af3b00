"""The worker: what is due is done, once, by one worker, until it is told to stop."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.errors import TenantUnreachable, WorkflowError
from core.ports import UnitOfWorkFactory
from core.services.work import BackgroundWork, Report
from core.services.worker import Task, Worker
from core.workflow.jobs import Job, JobState
from tests.support.desk import empty_desk

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass
class Desk:
    """A worker over tasks that note when they ran.

    Parameters
    ----------
    worker : Worker
        Of two tasks, ``often`` each ten minutes and ``seldom`` each hour.
    clock : FrozenClock
        Its clock.
    done : list of str
        The tasks that ran, in order.
    """

    worker: Worker
    clock: FrozenClock
    done: list[str] = field(default_factory=list)

    def stopping_after(self, minutes: int) -> Callable[[float], bool]:
        """Return a wait that moves the clock, and says to stop after some minutes."""
        end = self.clock.now() + timedelta(minutes=minutes)

        def wait(seconds: float) -> bool:
            self.clock.move(timedelta(seconds=seconds))
            return self.clock.now() >= end

        return wait


def never(_seconds: float) -> bool:
    """Wait no time, and go on."""
    return False


def working(store: UnitOfWorkFactory, action: Callable[[Report], str] | None = None) -> Desk:
    """Return a desk; the action stands in for the task ``often``."""
    clock = FrozenClock(NOON)
    done: list[str] = []

    def noting(name: str) -> Callable[[Report], str]:
        def note(report: Report) -> str:
            report(0, 1, name)
            done.append(name)
            return f"{name} done."

        return note

    tasks = (
        Task("often", "Often", timedelta(minutes=10), "often:all", action or noting("often")),
        Task("seldom", "Seldom", timedelta(hours=1), "seldom:all", noting("seldom")),
    )
    return Desk(Worker(store, clock, BackgroundWork(store, clock), tasks), clock, done)


def test_once_does_each_task_that_is_due_and_no_other(store: UnitOfWorkFactory) -> None:
    desk = working(store)
    assert [run.name for run in desk.worker.run_once(never)] == ["often", "seldom"]
    desk.clock.move(timedelta(minutes=9))
    assert desk.worker.run_once(never) == ()
    desk.clock.move(timedelta(minutes=1))
    assert [run.name for run in desk.worker.run_once(never)] == ["often"]
    assert desk.done == ["often", "seldom", "often"]


def test_it_goes_on_until_it_is_told_to_stop(store: UnitOfWorkFactory) -> None:
    desk = working(store)
    desk.worker.run(desk.stopping_after(minutes=25))
    assert desk.done == ["often", "seldom", "often", "often"]


def test_what_ran_is_remembered_by_the_next_worker(store: UnitOfWorkFactory) -> None:
    working(store).worker.run_once(never)
    other = working(store)
    assert other.worker.run_once(never) == ()


def test_a_failed_task_is_told_and_tried_again_soon(store: UnitOfWorkFactory) -> None:
    def fail(_report: Report) -> str:
        raise TenantUnreachable("The tenant does not answer.", "Try again.")

    desk = working(store, fail)
    often, seldom = desk.worker.run_once(never)
    assert not often.is_done
    assert often.message == "The tenant does not answer. Try again."
    assert seldom.is_done
    desk.clock.move(timedelta(minutes=2))
    assert [run.name for run in desk.worker.run_once(never)] == ["often"]


def test_a_defect_in_one_task_does_not_end_the_worker(store: UnitOfWorkFactory) -> None:
    def break_down(_report: Report) -> str:
        raise ZeroDivisionError

    desk = working(store, break_down)
    runs = desk.worker.run_once(never)
    assert [run.is_done for run in runs] == [False, True]


def test_of_two_workers_on_one_store_the_second_is_refused(store: UnitOfWorkFactory) -> None:
    second = working(store)

    def start_another(_report: Report) -> str:
        second.worker.run_once(never)
        return "Nobody objected."

    first = working(store, start_another)
    run = first.worker.run_once(never)[0]
    assert not run.is_done
    assert run.message.startswith("Another worker is at work on this store.")
    assert second.done == []
    with store() as holder:
        assert holder.hold("worker")
        with pytest.raises(WorkflowError, match="Another worker"):
            second.worker.run_once(never)


def test_it_says_that_it_lives_what_it_does_and_that_it_ended(store: UnitOfWorkFactory) -> None:
    seen = []

    def look(_report: Report) -> str:
        with store() as work:
            seen.append(work.worker.heartbeat())
        return "Looked."

    desk = working(store, look)
    desk.worker.run_once(never)
    assert seen[0] is not None
    assert seen[0].is_alive(desk.clock.now())
    assert seen[0].doing == "Often"
    with store() as work:
        last = work.worker.heartbeat()
    assert last is not None
    assert last.is_over
    assert not last.is_alive(desk.clock.now())


def test_a_task_at_work_stops_at_its_next_step_and_is_done_again(store: UnitOfWorkFactory) -> None:
    stopped: list[bool] = []
    steps: list[int] = []

    def count(report: Report) -> str:
        for step in range(5):
            report(step, 5, "counting")
            steps.append(step)
            if step == 1:
                stopped.append(True)
        return "Counted."

    desk = working(store, count)
    assert desk.worker.run_once(lambda _seconds: bool(stopped)) == ()
    assert steps == [0, 1]
    assert desk.done == []
    stopped.clear()
    assert [task.name for task in desk.worker.due(desk.clock.now())] == ["often", "seldom"]


def test_work_that_a_page_has_begun_is_left_to_it(store: UnitOfWorkFactory) -> None:
    desk = working(store)
    job = Job("j-1", "often:all", "Often", "Ana", JobState.RUNNING, 0, 1, "", NOON, NOON)
    with store() as work:
        work.jobs.add(job)
        work.commit()
    assert [run.name for run in desk.worker.run_once(never)] == ["seldom"]
    assert desk.done == ["seldom"]


def test_an_urgent_task_waits_for_no_other(store: UnitOfWorkFactory) -> None:
    clock = FrozenClock(NOON)
    pushed, stop = threading.Event(), threading.Event()

    def push(_report: Report) -> str:
        pushed.set()
        return "Pushed."

    def forecast_for_long(_report: Report) -> str:
        assert pushed.wait(20), "the urgent task waited for the slow one"
        stop.set()
        return "Forecast."

    tasks = (
        Task("forecast", "Forecast", timedelta(hours=1), "forecast:all", forecast_for_long),
        Task("day", "Push", timedelta(minutes=1), "day:all", push, is_urgent=True),
    )
    Worker(store, clock, BackgroundWork(store, clock), tasks).run(stop.wait)
    with store() as work:
        assert {run.name: run.is_done for run in work.worker.runs()} == {
            "forecast": True,
            "day": True,
        }


def test_pushing_the_hours_of_a_day_is_the_one_urgent_task() -> None:
    worker = empty_desk().services.worker
    assert [task.name for task in worker.tasks if task.is_urgent] == ["day"]

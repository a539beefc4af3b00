"""Long work: one at a time for a subject, seen from everywhere, and honest about its end."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.errors import TenantUnreachable
from core.ports import UnitOfWorkFactory
from core.services.work import INTERRUPTED_AFTER, BackgroundWork, Report
from core.workflow.jobs import Job, JobState

NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)
SUBJECT = "forecast:volume:q-1"
PATIENCE_SECONDS = 30.0


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def work(store: UnitOfWorkFactory, clock: FrozenClock) -> BackgroundWork:
    return BackgroundWork(store, clock)


class Held:
    """Work that goes as far as it is let."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.times = 0

    def __call__(self, report: Report) -> str:
        self.times += 1
        report(1, 3, "Billing")
        self.begun.set()
        assert self.may_end.wait(PATIENCE_SECONDS)
        return "Billing: forecast."


@pytest.fixture
def held() -> Iterator[Held]:
    action = Held()
    yield action
    action.may_end.set()


def settle() -> None:
    """Wait until no thread of this module's work is left."""
    for thread in threading.enumerate():
        if thread.name.startswith("dialcast-"):
            thread.join(PATIENCE_SECONDS)


def ended(work: BackgroundWork, subject: str = SUBJECT) -> Job:
    """Return a job after its thread has ended."""
    settle()
    job = work.latest(subject)
    assert job is not None
    return job


def stored(store: UnitOfWorkFactory) -> tuple[Job, ...]:
    with store() as unit:
        return unit.jobs.recent()


def of_another_process(store: UnitOfWorkFactory, state: JobState = JobState.RUNNING) -> Job:
    """Store a job as a process that is not this one left it."""
    job = Job("j-dead", SUBJECT, "Forecast Billing", "Paul", state, 2, 5, "Claims", NOW, NOW)
    with store() as unit:
        unit.jobs.add(job)
        unit.commit()
    return job


# --- beginning and ending -------------------------------------------------------------------


def test_work_ends_with_the_sentence_that_it_returns(work: BackgroundWork) -> None:
    begun = work.begin(SUBJECT, "Forecast Billing", "Paul", lambda report: "Billing: forecast.")
    job = ended(work)
    assert (job.job_id, job.state, job.message) == (
        begun.job_id,
        JobState.DONE,
        "Billing: forecast.",
    )
    assert (job.label, job.owner, job.started_at) == ("Forecast Billing", "Paul", NOW)


def test_who_begins_work_does_not_wait_for_it(work: BackgroundWork, held: Held) -> None:
    job = work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    assert job.state is JobState.WAITING
    assert not job.is_over


def test_progress_is_seen_from_another_unit_of_work(
    work: BackgroundWork, held: Held, store: UnitOfWorkFactory, clock: FrozenClock
) -> None:
    work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    assert held.begun.wait(PATIENCE_SECONDS)
    (job,) = stored(store)
    seen_elsewhere = BackgroundWork(store, clock).running(SUBJECT)
    assert (job.state, job.done_steps, job.all_steps) == (JobState.RUNNING, 1, 3)
    assert job.message == "Billing"
    assert seen_elsewhere == job
    assert BackgroundWork(store, clock).all_running() == (job,)


def test_finished_work_has_all_its_steps(work: BackgroundWork, held: Held) -> None:
    held.may_end.set()
    work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    job = ended(work)
    assert (job.done_steps, job.all_steps) == (3, 3)


def test_every_report_says_when_it_was_made(
    work: BackgroundWork, held: Held, clock: FrozenClock
) -> None:
    work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    assert held.begun.wait(PATIENCE_SECONDS)
    clock.move(timedelta(minutes=1))
    held.may_end.set()
    job = ended(work)
    assert (job.started_at, job.updated_at) == (NOW, NOW + timedelta(minutes=1))


# --- one at a time --------------------------------------------------------------------------


def test_a_second_begin_on_the_same_subject_returns_the_running_job(
    work: BackgroundWork, held: Held, store: UnitOfWorkFactory
) -> None:
    first = work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    assert held.begun.wait(PATIENCE_SECONDS)
    second = work.begin(SUBJECT, "Forecast Billing", "Sofia", held)
    assert (second.job_id, second.owner) == (first.job_id, "Paul")
    held.may_end.set()
    ended(work)
    assert held.times == len(stored(store)) == 1


def test_many_begins_at_the_same_moment_begin_it_once(
    work: BackgroundWork, held: Held, store: UnitOfWorkFactory
) -> None:
    gate = threading.Barrier(8)
    begun: list[Job] = []

    def press() -> None:
        gate.wait(PATIENCE_SECONDS)
        begun.append(work.begin(SUBJECT, "Forecast Billing", "Paul", held))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert len(begun) == 8
    assert len({job.job_id for job in begun}) == len(stored(store)) == 1


def test_different_subjects_are_worked_on_at_the_same_time(
    work: BackgroundWork, held: Held
) -> None:
    other = Held()
    work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    work.begin("forecast:volume:q-2", "Forecast Claims", "Paul", other)
    assert held.begun.wait(PATIENCE_SECONDS)
    assert other.begun.wait(PATIENCE_SECONDS)
    assert len(work.all_running()) == 2
    other.may_end.set()


def test_work_that_is_over_may_begin_again(work: BackgroundWork) -> None:
    first = work.begin(SUBJECT, "Forecast Billing", "Paul", lambda report: "One.")
    ended(work)
    second = work.begin(SUBJECT, "Forecast Billing", "Paul", lambda report: "Two.")
    ended(work)
    assert first.job_id != second.job_id
    assert work.running(SUBJECT) is None
    assert work.all_running() == ()


def test_nothing_is_known_of_a_subject_that_nobody_worked_on(work: BackgroundWork) -> None:
    assert work.latest("forecast:nothing") is None
    assert work.running("forecast:nothing") is None


# --- failing --------------------------------------------------------------------------------


def test_failed_work_says_what_happened_and_what_to_do_next(work: BackgroundWork) -> None:
    def action(report: Report) -> str:
        report(2, 6, "Claims")
        raise TenantUnreachable("The tenant could not be reached.", "Check the address.")

    work.begin(SUBJECT, "Forecast Billing", "Paul", action)
    job = ended(work)
    assert job.state is JobState.FAILED
    assert job.message == "The tenant could not be reached. Check the address."
    assert (job.done_steps, job.all_steps) == (2, 6)


def test_an_unexpected_error_is_logged_under_the_jobs_id_and_told_without_details(
    work: BackgroundWork, caplog: pytest.LogCaptureFixture
) -> None:
    def action(report: Report) -> str:
        raise KeyError("column-nobody-expects")

    begun = work.begin(SUBJECT, "Forecast Billing", "Paul", action)
    with caplog.at_level(logging.ERROR):
        job = ended(work)
    assert job.state is JobState.FAILED
    assert job.message == f"It failed within Dialcast; the log has it under {begun.job_id}."
    (record,) = caplog.records
    assert begun.job_id in record.getMessage()
    assert record.exc_info is not None
    assert "column-nobody-expects" in caplog.text


def test_an_expected_error_needs_no_traceback_in_the_log(
    work: BackgroundWork, caplog: pytest.LogCaptureFixture
) -> None:
    def action(report: Report) -> str:
        raise TenantUnreachable("No answer.", "Try again.")

    work.begin(SUBJECT, "Forecast Billing", "Paul", action)
    ended(work)
    assert caplog.records == []


# --- a process that died --------------------------------------------------------------------


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING])
def test_a_job_that_said_nothing_for_120_seconds_is_told_as_interrupted(
    work: BackgroundWork, store: UnitOfWorkFactory, clock: FrozenClock, state: JobState
) -> None:
    left = of_another_process(store, state)
    clock.move(timedelta(seconds=119))
    assert work.latest(SUBJECT) == left
    clock.move(timedelta(seconds=1))
    told = work.latest(SUBJECT)
    assert told == replace(
        left,
        state=JobState.FAILED,
        message="It was interrupted: the process that ran it ended. Begin it again.",
    )
    assert timedelta(seconds=120) == INTERRUPTED_AFTER
    assert work.running(SUBJECT) is None
    assert work.all_running() == ()


def test_interrupted_work_can_be_begun_again(
    work: BackgroundWork, store: UnitOfWorkFactory, clock: FrozenClock
) -> None:
    left = of_another_process(store)
    clock.move(INTERRUPTED_AFTER)
    again = work.begin(SUBJECT, "Forecast Billing", "Sofia", lambda report: "Done.")
    assert again.job_id != left.job_id
    assert ended(work).state is JobState.DONE


def test_work_at_another_process_is_not_begun_twice_while_it_reports(
    work: BackgroundWork, store: UnitOfWorkFactory, clock: FrozenClock, held: Held
) -> None:
    left = of_another_process(store)
    clock.move(timedelta(seconds=119))
    assert work.begin(SUBJECT, "Forecast Billing", "Sofia", held) == left
    assert held.times == 0


def test_work_that_is_alive_here_is_not_interrupted_however_long_it_is_silent(
    work: BackgroundWork, held: Held, clock: FrozenClock, store: UnitOfWorkFactory
) -> None:
    begun = work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    assert held.begun.wait(PATIENCE_SECONDS)
    clock.move(timedelta(hours=1))
    running = work.running(SUBJECT)
    assert running is not None
    assert running.job_id == begun.job_id
    assert work.begin(SUBJECT, "Forecast Billing", "Sofia", held).job_id == begun.job_id
    held.may_end.set()
    assert ended(work).state is JobState.DONE
    assert held.times == len(stored(store)) == 1


def test_a_job_that_was_done_long_ago_stays_done(work: BackgroundWork, clock: FrozenClock) -> None:
    work.begin(SUBJECT, "Forecast Billing", "Paul", lambda report: "Done.")
    ended(work)
    clock.move(timedelta(days=1))
    job = work.latest(SUBJECT)
    assert job is not None
    assert (job.state, job.message) == (JobState.DONE, "Done.")


def test_work_does_not_keep_the_process_from_ending(work: BackgroundWork, held: Held) -> None:
    work.begin(SUBJECT, "Forecast Billing", "Paul", held)
    (thread,) = [each for each in threading.enumerate() if each.name == f"dialcast-{SUBJECT}"]
    assert thread.daemon

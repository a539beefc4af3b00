"""The desk's long work: what it begins, when it is due, and what it ends with."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from core.campaigns import Queue
from core.clock import FrozenClock
from core.errors import (
    DashboardError,
    PermissionMissing,
    TenantRecordMissing,
    TenantUnreachable,
)
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.services.desk import (
    EVERYTHING,
    FITS_AT_ONCE,
    FORECAST_IS_OLD_AFTER,
    READ_AGAIN_AFTER,
    READING,
    Desk,
    subject_of,
)
from core.services.forecast import Forecasting, ForecastOrder
from core.services.history import History
from core.services.work import BackgroundWork
from core.store.memory import MemoryStore
from core.units import CampaignId, QueueId
from core.workflow.jobs import Job, JobState
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    CLAIMS,
    NOW,
    SILENT,
    FadingTenant,
    made_tenant,
)
from tests.unit.services.troubled_reader import TroubledReader

VOLUME = SeriesKind.VOLUME
ON_CLAIMS = ForecastOrder(VOLUME, CLAIMS, "Claims North", method="seasonal-naive")
ON_SILENT = ForecastOrder(VOLUME, SILENT, "Training", method="seasonal-naive")
OWNER = "Paul Novak"


class SmallDesk:
    """A desk over a store in memory and a tenant whose history may be partly unreadable."""

    def __init__(self, tenant: FadingTenant | None = None) -> None:
        self.clock = FrozenClock(NOW)
        self.store = MemoryStore()
        self.tenant = tenant or made_tenant(self.clock)
        self.reader = TroubledReader()
        self.work = BackgroundWork(self.store, self.clock)
        self.history = History(self.store, self.reader, self.clock, Centre("Europe/Berlin"))
        self.forecasting = Forecasting(self.store, self.history, self.tenant, self.clock)
        self.desk = Desk(self.work, self.forecasting, self.history, self.clock)

    def ended(self, begin: Callable[[], Job | None]) -> Job:
        """Begin a job and return it as it ended."""
        begun = begin()
        assert begun is not None
        return self.latest(begun.subject)

    def latest(self, subject: str) -> Job:
        """Return the newest job of a subject, over."""
        wait_for(self.work)
        job = self.work.latest(subject)
        assert job is not None
        return job

    def read(self) -> Job | None:
        """Begin to read what is new, where that is due."""
        return self.desk.read_what_is_new(OWNER)


def wait_for(work: BackgroundWork) -> None:
    for thread in threading.enumerate():
        if thread.name.startswith("dialcast-"):
            thread.join(60.0)
    assert work.all_running() == ()


@pytest.fixture
def small() -> SmallDesk:
    return SmallDesk()


# --- forecasts ------------------------------------------------------------------------------


def test_a_forecast_in_the_background_is_stored_and_its_job_names_series_and_method(
    small: SmallDesk,
) -> None:
    job = small.ended(lambda: small.desk.forecast(ON_CLAIMS, OWNER))
    assert (job.state, job.message) == (
        JobState.DONE,
        "Claims North: forecast by seasonal-naive.",
    )
    assert (job.label, job.owner) == ("Forecast Claims North", OWNER)
    assert (job.done_steps, job.all_steps) == (1, 1)
    with small.store() as work:
        assert work.forecasts.latest(VOLUME, CLAIMS) is not None


def test_a_series_that_cannot_be_forecast_fails_its_job_with_what_to_do_and_no_traceback(
    small: SmallDesk,
) -> None:
    job = small.ended(lambda: small.desk.forecast(ON_SILENT, OWNER))
    assert job.state is JobState.FAILED
    assert job.message.startswith(f"Queue {SILENT} has no contacts on record")
    assert job.message.endswith("Choose a longer span, or check the id.")
    assert "Traceback" not in job.message


def test_a_forecast_that_waits_for_its_turn_is_one_job_however_often_it_is_asked_for(
    small: SmallDesk,
) -> None:
    for _ in range(FITS_AT_ONCE):
        small.desk.fits.acquire()
    first = small.desk.forecast(ON_CLAIMS, OWNER)
    small.clock.move(timedelta(minutes=30))
    second = small.desk.forecast(ON_CLAIMS, "Sofia Brandt")
    small.desk.fits.release(FITS_AT_ONCE)
    assert second.job_id == first.job_id
    assert small.latest(subject_of(VOLUME, CLAIMS)).state is JobState.DONE


def test_campaign_and_queue_of_one_id_are_different_subjects() -> None:
    assert subject_of(SeriesKind.ANSWER_RATE, "x") != subject_of(VOLUME, "x")


def test_forecasting_everything_tells_how_many_were_made_and_which_were_not() -> None:
    few = FadingTenant(FrozenClock(NOW), CAMPAIGNS[:1], queues=[Queue(QueueId(SILENT), "Training")])
    small = SmallDesk(few)
    job = small.ended(lambda: small.desk.forecast_everything(OWNER))
    assert job.state is JobState.DONE
    assert job.message == ("1 of 1 forecasts made. Nothing on record, so no forecast: Training.")
    assert (job.done_steps, job.all_steps) == (2, 2)


# --- what is due ----------------------------------------------------------------------------


def test_forecasts_are_due_where_none_is_stored(small: SmallDesk) -> None:
    small.tenant.is_down = True
    job = small.desk.forecast_when_due(OWNER)
    assert job is not None
    assert job.subject == EVERYTHING
    ended = small.latest(EVERYTHING)
    assert ended.message == "The tenant could not be reached for the campaigns. Try again."


def test_forecasts_are_not_due_while_one_of_them_is_young(small: SmallDesk) -> None:
    small.forecasting.run(ON_CLAIMS)
    small.clock.move(FORECAST_IS_OLD_AFTER - timedelta(seconds=1))
    assert small.desk.forecast_when_due(OWNER) is None


def test_forecasts_are_due_when_all_of_them_are_six_hours_old(small: SmallDesk) -> None:
    small.forecasting.run(ON_CLAIMS)
    small.tenant.is_down = True
    small.clock.move(FORECAST_IS_OLD_AFTER)
    assert timedelta(hours=6) == FORECAST_IS_OLD_AFTER
    assert small.desk.forecast_when_due(OWNER) is not None
    wait_for(small.work)


# --- reading --------------------------------------------------------------------------------


def test_reading_reads_every_series_and_minds_none_without_contacts(small: SmallDesk) -> None:
    job = small.ended(small.read)
    assert (job.state, job.message) == (JobState.DONE, "5 series read.")
    assert (job.done_steps, job.all_steps) == (5, 5)
    for queue in (BILLING, CLAIMS, SILENT):
        assert small.history.read_until(VOLUME, queue) == NOW.replace(minute=0)


def test_reading_is_not_due_within_ten_minutes_of_the_last(small: SmallDesk) -> None:
    small.ended(small.read)
    small.clock.move(READ_AGAIN_AFTER - timedelta(seconds=1))
    assert small.read() is None


def test_reading_is_due_ten_minutes_after_the_last(small: SmallDesk) -> None:
    small.ended(small.read)
    small.clock.move(READ_AGAIN_AFTER)
    assert timedelta(minutes=10) == READ_AGAIN_AFTER
    assert small.read() is not None
    wait_for(small.work)


def test_reading_is_due_as_soon_as_an_hour_has_ended(small: SmallDesk) -> None:
    small.clock.at = NOW.replace(minute=58)
    small.ended(small.read)
    small.clock.at = NOW.replace(minute=59, second=59)
    before = small.read()
    small.clock.at = NOW.replace(minute=0) + timedelta(hours=1)
    after = small.read()
    wait_for(small.work)
    assert before is None
    assert after is not None


def test_a_reading_that_failed_is_not_repeated_at_every_click(small: SmallDesk) -> None:
    small.tenant.is_down = True
    assert small.ended(small.read).state is JobState.FAILED
    small.clock.move(timedelta(minutes=1))
    assert small.read() is None


def test_a_reading_at_work_is_returned_and_not_begun_again(small: SmallDesk) -> None:
    running = Job("j-1", READING, "Read", OWNER, JobState.RUNNING, 1, 5, "Billing", NOW, NOW)
    with small.store() as work:
        work.jobs.add(running)
        work.commit()
    assert small.read() == running


@pytest.mark.parametrize(
    "error",
    [
        TenantRecordMissing("The tenant has no queue q-billing.", "Check the id.", status=404),
        PermissionMissing("Reading q-billing needs a permission.", "Ask for it."),
    ],
    ids=["gone", "forbidden"],
)
def test_a_series_that_the_tenant_refuses_stops_no_other_and_is_told(
    small: SmallDesk, error: DashboardError
) -> None:
    small.reader.errors[BILLING] = error
    job = small.ended(small.read)
    assert (job.state, job.message) == (
        JobState.DONE,
        f"4 series read. Billing: {error.what}",
    )
    assert small.history.read_until(VOLUME, CLAIMS) == NOW.replace(minute=0)


def test_a_tenant_that_does_not_answer_ends_the_reading_at_once(small: SmallDesk) -> None:
    small.reader.errors[BILLING] = TenantUnreachable("No answer.", "Check the network.")
    job = small.ended(small.read)
    assert (job.state, job.message) == (JobState.FAILED, "No answer. Check the network.")
    assert small.history.read_until(VOLUME, CLAIMS) is None
    assert small.history.read_until(SeriesKind.ANSWER_RATE, CampaignId("c-winback"))

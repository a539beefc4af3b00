"""Reading history: what the tenant is asked for, what is kept, and what is told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.campaigns import Queue, RequestBudget
from core.clock import FrozenClock
from core.errors import TenantUnreachable, TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.ports import UnitOfWorkFactory
from core.services.history import DEFAULT_DAYS, LATE_HOURS, History
from core.tenants.memory import MemoryTenant
from core.units import CampaignId, QueueId

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)
OPEN_HOUR = NOW.replace(minute=0)
HOUR = timedelta(hours=1)
Span = tuple[datetime, datetime]


class LoggingTenant(MemoryTenant):
    """A tenant in memory that remembers which spans it was asked for, and can fail from one on."""

    def __init__(self, clock: FrozenClock, volumes: pd.DataFrame, rates: pd.DataFrame) -> None:
        super().__init__(
            clock,
            [{"id": "c-1", "name": "Winback", "version": 1}],
            outbound={"c-1": rates},
            queues=[Queue(QueueId("q-1"), "Billing"), Queue(QueueId("q-2"), "Training")],
            volumes={"q-1": volumes},
        )
        self.asked: list[Span] = []
        self.fails_from: int | None = None

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        self._note(start, end)
        return super().queue_records(queue_ids, start, end)

    def outbound_records(
        self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
    ) -> Mapping[CampaignId, pd.DataFrame]:
        self._note(start, end)
        return super().outbound_records(campaign_ids, start, end)

    def record(self, hour: datetime, contacts: float) -> None:
        """Give an hour of the queue another value, as a late record does."""
        volumes = self._volumes["q-1"]
        rest = volumes[volumes["ds"] != pd.Timestamp(hour)]
        late = pd.DataFrame({"ds": pd.DatetimeIndex([hour]), "y": [contacts]})
        self._volumes["q-1"] = pd.concat([rest, late], ignore_index=True)

    def _note(self, start: datetime, end: datetime) -> None:
        if self.fails_from is not None and len(self.asked) >= self.fails_from:
            raise TenantUnreachable("The tenant does not answer.", "Try again.")
        self.asked.append((start, end))


class Reading:
    """A history service over a store and a tenant that remembers what it was asked."""

    def __init__(self, store: UnitOfWorkFactory) -> None:
        hours = pd.date_range(OPEN_HOUR - timedelta(days=150), OPEN_HOUR + 20 * HOUR, freq="h")
        volumes = pd.DataFrame({"ds": hours, "y": 50.0 + hours.hour})
        rates = pd.DataFrame({"ds": hours, "offered": 100.0, "answered": 30.0})
        self.store = store
        self.clock = FrozenClock(NOW)
        self.tenant = LoggingTenant(self.clock, volumes, rates)
        self.service = History(store, self.tenant, self.clock, Centre("Europe/Berlin"))

    def refresh(self, days: int | None = None) -> pd.DataFrame:
        self.tenant.asked.clear()
        return self.service.refresh(VOLUME, "q-1", days)

    def span(self) -> Span | None:
        with self.store() as work:
            return work.history.read_span(VOLUME, "q-1")

    def kept(self, hour: datetime) -> list[float]:
        with self.store() as work:
            return work.history.read(VOLUME, "q-1", hour, hour + HOUR)["y"].tolist()


@pytest.fixture
def reading(store: UnitOfWorkFactory) -> Reading:
    return Reading(store)


# --- what the tenant is asked for -----------------------------------------------------------


@pytest.mark.parametrize(("kind", "series_id"), [(RATE, "c-1"), (VOLUME, "q-1")])
def test_a_series_that_was_never_read_is_asked_for_its_whole_span(
    reading: Reading, kind: SeriesKind, series_id: str
) -> None:
    history = reading.service.refresh(kind, series_id)
    span = timedelta(days=DEFAULT_DAYS[kind])
    assert reading.tenant.asked == [(OPEN_HOUR - span, OPEN_HOUR)]
    assert len(history) == span // HOUR
    assert set(history["unique_id"]) == {series_id}


def test_answer_rates_look_back_14_days_and_volumes_90() -> None:
    assert DEFAULT_DAYS == {RATE: 14, VOLUME: 90}


def test_later_the_tenant_is_asked_only_for_what_is_newer_and_for_the_late_hours(
    reading: Reading,
) -> None:
    reading.refresh()
    reading.clock.move(5 * HOUR)
    history = reading.refresh()
    assert reading.tenant.asked == [(OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR + 5 * HOUR)]
    assert len(history) == 90 * 24
    assert history["ds"].max() == pd.Timestamp(OPEN_HOUR + 4 * HOUR)


def test_within_the_hour_only_the_late_hours_are_read_again(reading: Reading) -> None:
    reading.refresh()
    reading.refresh()
    assert reading.tenant.asked == [(OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR)]


def test_a_longer_span_asks_only_for_the_older_part_and_the_late_hours(reading: Reading) -> None:
    reading.refresh(7)
    history = reading.refresh(30)
    assert reading.tenant.asked == [
        (OPEN_HOUR - timedelta(days=30), OPEN_HOUR - timedelta(days=7)),
        (OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR),
    ]
    assert len(history) == 30 * 24


def test_a_shorter_span_asks_for_nothing_older_and_forgets_nothing(reading: Reading) -> None:
    reading.refresh(30)
    assert len(reading.refresh(7)) == 7 * 24
    assert reading.tenant.asked == [(OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR)]
    assert len(reading.service.stored(VOLUME, "q-1", 30)) == 30 * 24


def test_after_a_gap_that_is_longer_than_the_span_all_of_it_is_read_anew(
    reading: Reading,
) -> None:
    reading.clock.at = NOW - timedelta(days=30)
    reading.refresh(7)
    reading.clock.at = NOW
    reading.refresh(7)
    start = OPEN_HOUR - timedelta(days=7)
    assert reading.tenant.asked == [(start, OPEN_HOUR)]
    assert reading.span() == (start, OPEN_HOUR)


def test_hours_between_two_readings_that_do_not_touch_are_not_told_as_missing(
    reading: Reading,
) -> None:
    reading.clock.at = NOW - timedelta(days=60)
    reading.refresh(7)
    reading.clock.at = NOW
    reading.refresh(7)
    stored = reading.service.stored(VOLUME, "q-1", 90)
    assert stored["ds"].min() == pd.Timestamp(OPEN_HOUR - timedelta(days=7))
    assert set(stored["status"]) == {"open"}
    assert len(reading.refresh(90)) == 90 * 24
    assert set(reading.refresh(90)["status"]) == {"open"}


# --- what is kept ---------------------------------------------------------------------------


def test_a_late_record_replaces_the_value_that_was_read_before(reading: Reading) -> None:
    late = OPEN_HOUR - 2 * HOUR
    before = reading.refresh()
    reading.tenant.record(late, 777.0)
    after = reading.refresh()
    assert 777.0 not in before["y"].tolist()
    assert after.loc[after["ds"] == pd.Timestamp(late), "y"].tolist() == [777.0]
    assert reading.kept(late) == [777.0]


def test_a_record_that_is_later_than_the_late_hours_is_not_seen(reading: Reading) -> None:
    reading.refresh()
    reading.tenant.record(OPEN_HOUR - (LATE_HOURS + 1) * HOUR, 777.0)
    assert 777.0 not in reading.refresh()["y"].tolist()


def test_the_open_hour_is_never_stored_and_comes_when_it_is_over(reading: Reading) -> None:
    assert reading.refresh()["ds"].max() == pd.Timestamp(OPEN_HOUR - HOUR)
    assert reading.kept(OPEN_HOUR) == []
    reading.clock.move(HOUR)
    assert reading.refresh()["ds"].max() == pd.Timestamp(OPEN_HOUR)
    assert reading.kept(OPEN_HOUR) == [60.0]


def test_the_open_hour_is_not_stored_either_where_a_tenant_gives_more_than_it_was_asked(
    reading: Reading,
) -> None:
    class Generous(LoggingTenant):
        def queue_records(
            self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
        ) -> Mapping[QueueId, pd.DataFrame]:
            return super().queue_records(queue_ids, start, end + 2 * HOUR)

    hours = pd.date_range(OPEN_HOUR - timedelta(days=3), OPEN_HOUR + HOUR, freq="h")
    volumes = pd.DataFrame({"ds": hours, "y": 5.0})
    tenant = Generous(reading.clock, volumes, volumes)
    History(reading.store, tenant, reading.clock, Centre()).refresh(VOLUME, "q-1", 3)
    assert reading.kept(OPEN_HOUR - HOUR) == [5.0]
    assert reading.kept(OPEN_HOUR) == []


def test_what_was_read_is_remembered_also_where_it_held_nothing(reading: Reading) -> None:
    with pytest.raises(TooLittleHistory):
        reading.service.refresh(VOLUME, "q-2")
    reading.tenant.asked.clear()
    with pytest.raises(TooLittleHistory):
        reading.service.refresh(VOLUME, "q-2")
    assert reading.tenant.asked == [(OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR)]
    assert reading.service.read_until(VOLUME, "q-2") == OPEN_HOUR


def test_a_part_that_was_read_is_kept_where_the_next_one_fails(reading: Reading) -> None:
    reading.refresh(7)
    reading.clock.move(HOUR)
    reading.tenant.fails_from = 1
    with pytest.raises(TenantUnreachable):
        reading.refresh(30)
    start = OPEN_HOUR + HOUR - timedelta(days=30)
    assert reading.span() == (start, OPEN_HOUR)
    reading.tenant.fails_from = None
    reading.refresh(30)
    assert reading.tenant.asked == [(OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR + HOUR)]


def test_a_reading_that_fails_at_once_is_not_remembered(reading: Reading) -> None:
    reading.tenant.fails_from = 0
    with pytest.raises(TenantUnreachable):
        reading.refresh()
    assert reading.span() is None
    assert reading.service.read_until(VOLUME, "q-1") is None


def test_each_series_has_a_history_of_its_own(reading: Reading) -> None:
    reading.refresh(7)
    reading.service.refresh(RATE, "c-1", 3)
    assert reading.service.read_until(VOLUME, "c-1") is None
    assert len(reading.service.stored(RATE, "c-1", 7)) == 3 * 24


# --- what is told ---------------------------------------------------------------------------


def test_what_is_stored_is_returned_without_asking_the_tenant(reading: Reading) -> None:
    read = reading.refresh()
    reading.tenant.asked.clear()
    pd.testing.assert_frame_equal(reading.service.stored(VOLUME, "q-1"), read)
    assert reading.tenant.asked == []


def test_stored_history_ends_with_what_was_read_and_not_with_the_present(
    reading: Reading,
) -> None:
    reading.refresh(7)
    reading.clock.move(6 * HOUR)
    stored = reading.service.stored(VOLUME, "q-1", 7)
    assert stored["ds"].max() == pd.Timestamp(OPEN_HOUR - HOUR)
    assert set(stored["status"]) == {"open"}


def test_a_series_without_records_is_named_with_the_span_and_what_to_do(
    reading: Reading,
) -> None:
    with pytest.raises(TooLittleHistory) as caught:
        reading.service.refresh(VOLUME, "q-2", 10)
    assert caught.value.what == (
        "Queue q-2 has no contacts on record in the 10 days from 2026-11-15 10:00 to"
        " 2026-11-25 10:00 UTC: nothing to forecast."
    )
    assert caught.value.next_step


def test_a_campaign_without_records_is_called_a_campaign_without_calls(reading: Reading) -> None:
    reading.tenant._outbound.clear()
    with pytest.raises(TooLittleHistory, match=r"^Campaign c-1 has no outbound calls on record"):
        reading.service.refresh(RATE, "c-1")


# --- many series ----------------------------------------------------------------------------


class ManyTenant(LoggingTenant):
    """A tenant that takes three series in one question, and counts its questions."""

    series_at_once = 3

    def __init__(self, clock: FrozenClock, volumes: pd.DataFrame) -> None:
        super().__init__(clock, volumes, volumes)
        self._queues = tuple(Queue(QueueId(f"q-{number}"), "Queue") for number in range(7))
        self._volumes = {each.queue_id: volumes for each in self._queues}
        self.named: list[tuple[str, ...]] = []

    def queue_records(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, pd.DataFrame]:
        self.named.append(tuple(queue_ids))
        return super().queue_records(queue_ids, start, end)

    def budget(self) -> RequestBudget | None:
        return RequestBudget(len(self.named), 0, 290)


@pytest.fixture
def many(store: UnitOfWorkFactory) -> tuple[History, ManyTenant]:
    clock = FrozenClock(NOW)
    hours = pd.date_range(OPEN_HOUR - timedelta(days=10), OPEN_HOUR, freq="h")
    tenant = ManyTenant(clock, pd.DataFrame({"ds": hours, "y": 5.0}))
    return History(store, tenant, clock, Centre()), tenant


SEVEN = [f"q-{number}" for number in range(7)]


def test_series_with_the_same_unread_hours_are_asked_for_together(
    many: tuple[History, ManyTenant],
) -> None:
    history, tenant = many
    refreshed = history.refresh_many(VOLUME, SEVEN, 5)
    assert tenant.named == [tuple(SEVEN[:3]), tuple(SEVEN[3:6]), ("q-6",)]
    assert (refreshed.series, refreshed.refused, refreshed.requests) == (7, {}, 3)
    assert all(len(history.stored(VOLUME, each, 5)) == 5 * 24 for each in SEVEN)


def test_a_series_that_was_read_further_back_is_asked_for_by_itself(
    many: tuple[History, ManyTenant],
) -> None:
    history, tenant = many
    history.refresh_many(VOLUME, SEVEN[:2], 5)
    tenant.named.clear()
    tenant.asked.clear()
    history.refresh_many(VOLUME, SEVEN[:3], 5)
    assert tenant.named == [("q-2",), ("q-0", "q-1")]
    assert tenant.asked[1] == (OPEN_HOUR - LATE_HOURS * HOUR, OPEN_HOUR)


def test_series_that_are_refused_together_are_told_and_the_others_are_read(
    many: tuple[History, ManyTenant],
) -> None:
    history, _ = many
    refreshed = history.refresh_many(VOLUME, [*SEVEN[:4], "q-gone"], 5)
    assert set(refreshed.refused) == {"q-3", "q-gone"}
    assert history.read_until(VOLUME, "q-0") == OPEN_HOUR
    assert history.read_until(VOLUME, "q-3") is None


def test_a_tenant_that_does_not_answer_is_no_matter_of_one_series(
    many: tuple[History, ManyTenant],
) -> None:
    history, tenant = many
    tenant.fails_from = 1
    with pytest.raises(TenantUnreachable):
        history.refresh_many(VOLUME, SEVEN, 5)
    assert history.read_until(VOLUME, "q-0") == OPEN_HOUR


def test_a_tenant_without_a_limit_has_no_cost(reading: Reading) -> None:
    assert reading.service.refresh_many(VOLUME, ["q-1"]).requests is None

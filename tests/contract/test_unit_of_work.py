"""One contract over every store: all or nothing, one writer at a time, nothing lost in between."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from core.errors import ConcurrentEdit, RecordNotFound, StoreError
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.frames import RATE_RECORDS, VOLUME_RECORDS
from core.ports import UnitOfWorkFactory
from core.workflow.audit import verify_chain
from core.workflow.jobs import Job, JobState
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.proposal import Proposal, ProposalState
from tests.contract.conftest import StoreUnderTest
from tests.unit.workflow.builders import (
    NOON,
    OF_A_DAY,
    PATHS,
    campaign_plan,
    history_of,
    proposal_in,
)

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 28, tzinfo=UTC)


def forecast(number: int = 1, **values: object) -> Forecast:
    """Return a forecast with awkward numbers, gaps and text."""
    ds = pd.date_range("2026-03-28 22:00", periods=4, freq="h", tz="UTC").as_unit("us")
    rows = pd.DataFrame(
        {
            "unique_id": ["c-1"] * 4,
            "ds": ds,
            "model": ["stl"] * 4,
            "cutoff": [ds[0] - HOUR] * 4,
            "yhat": [0.1 + 0.2, 1 / 3, 5e-324, -0.0],
            "yhat_lower": [np.nan, 0.1, np.nan, 0.0],
            "yhat_upper": [0.5, 0.6, np.nan, 1e308],
        }
    )
    rows["cutoff"] = rows["cutoff"].dt.as_unit("us")
    components = pd.DataFrame({"ds": ds, "trend": np.arange(4) / 7})
    made = Forecast(
        forecast_id=f"f-{number}",
        kind=SeriesKind.ANSWER_RATE,
        series_id="c-1",
        series_name="Rückruf Übersee – Straße",
        method="stl",
        requested_method="auto",
        reason="It was nearest over 5 past cutoffs.",
        parameters={"period": 24, "robust": True},
        level=0.95,
        band="residuals of the past",
        cutoff=START + 22 * HOUR,
        history_start=START,
        history_hours={"open": 40, "closed": 8, "missing": 0},
        made_at=NOON + number * HOUR,
        time_zone="Europe/Berlin",
        seed=20261125,
        versions={"statsmodels": "0.15.0"},
        rows=rows,
        components=components,
        scores=(Scores("stl", 0.031, 0.8, None, -0.01, 0.94, 1.2, 120, 5),),
        warnings=("Two hours are missing.",),
    )
    return replace(made, **values)  # type: ignore[arg-type]


def job(number: int = 1, minutes: int = 0) -> Job:
    """Return a job at work."""
    at = NOON + timedelta(minutes=minutes)
    return Job(
        f"j-{number}", "volume:q-1", "Forecast", "Ana", JobState.RUNNING, 1, 4, "Fit", at, at
    )


def volumes(first: datetime, values: list[float]) -> pd.DataFrame:
    """Return hourly records of a queue."""
    ds = pd.date_range(first, periods=len(values), freq="h").as_unit("us")
    return pd.DataFrame({"ds": ds, "y": np.array(values, dtype=float)})


def add_proposal(store: UnitOfWorkFactory, proposal: Proposal) -> None:
    with store() as work:
        work.proposals.add(proposal)
        work.commit()


def test_what_was_committed_is_there_and_what_was_not_is_gone(store: UnitOfWorkFactory) -> None:
    add_proposal(store, proposal_in("submitted"))
    with store() as work:
        work.proposals.add(proposal_in("submitted", proposal_id="P-1002"))
        work.jobs.add(job())
        work.history.merge(SeriesKind.VOLUME, "q-1", volumes(START, [1]))
    with store() as work:
        assert [each.proposal_id for each in work.proposals.all()] == ["P-1001"]
        assert work.jobs.recent() == ()
        assert work.history.read(SeriesKind.VOLUME, "q-1", START, START + HOUR).empty


def test_an_error_inside_the_block_undoes_all_of_it(store: UnitOfWorkFactory) -> None:
    def fail_half_way() -> None:
        with store() as work:
            work.proposals.add(proposal_in("submitted"))
            work.audit.append(history_of("submitted")[1][0])
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    with store() as work:
        assert work.proposals.all() == ()
        assert work.audit.entries() == ()


@pytest.mark.parametrize("state", PATHS)
def test_a_proposal_in_any_state_comes_back_as_it_was(store: UnitOfWorkFactory, state: str) -> None:
    other = None if state in OF_A_DAY else campaign_plan("Größe & «Ruhe» 🌙")
    for number, plan in ((1001, None), (1002, other)):
        proposal = proposal_in(state, plan, f"P-{number}")
        add_proposal(store, proposal)
        with store() as work:
            assert work.proposals.get(f"P-{number}") == proposal
            assert work.proposals.get(f"P-{number}").plan.digest == proposal.plan.digest


def test_proposals_come_newest_first_and_by_state(store: UnitOfWorkFactory) -> None:
    for number, state in enumerate(("submitted", "verified", "submitted"), start=1001):
        add_proposal(store, proposal_in(state, proposal_id=f"P-{number}"))
    with store() as work:
        everything = work.proposals.all()
        waiting = work.proposals.all((ProposalState.SUBMITTED, ProposalState.APPROVED))
    assert [each.proposal_id for each in everything] == ["P-1003", "P-1002", "P-1001"]
    assert [each.proposal_id for each in waiting] == ["P-1003", "P-1001"]


def test_ids_begin_at_p_1001_and_none_is_given_twice(store: UnitOfWorkFactory) -> None:
    with store() as work:
        assert work.proposals.next_id() == "P-1001"
    add_proposal(store, proposal_in("withdrawn", proposal_id="P-1041"))
    with store() as work:
        assert work.proposals.next_id() == "P-1042"


def test_an_id_that_is_taken_is_refused(store: UnitOfWorkFactory) -> None:
    add_proposal(store, proposal_in("submitted"))
    with pytest.raises(ConcurrentEdit, match="P-1001 already"):
        add_proposal(store, proposal_in("approved"))


def test_of_two_who_change_one_version_the_second_is_refused(store: UnitOfWorkFactory) -> None:
    submitted = proposal_in("submitted")
    add_proposal(store, submitted)
    approved, _ = move(submitted, Move.APPROVE, by="Mara", at=NOON)
    withdrawn, _ = move(submitted, Move.WITHDRAW, by="Ana", at=NOON)
    with store() as work:
        work.proposals.save(approved)
        work.commit()
    with (
        pytest.raises(ConcurrentEdit, match="P-1001 was changed by somebody else"),
        store() as work,
    ):
        work.proposals.save(withdrawn)
    with store() as work:
        assert work.proposals.get("P-1001") == approved


@pytest.mark.parametrize("name", ["proposals", "forecasts", "jobs"])
def test_what_does_not_exist_is_named(store: UnitOfWorkFactory, name: str) -> None:
    with store() as work, pytest.raises(RecordNotFound, match=r"There is no .* x-9"):
        getattr(work, name).get("x-9")


@pytest.mark.parametrize("proposal_id", ["", "P-\udcff", "P-1001\x00", "'; DROP TABLE audit; --"])
def test_an_id_that_no_proposal_can_have_is_no_crash(
    store: UnitOfWorkFactory, proposal_id: str
) -> None:
    with store() as work, pytest.raises(StoreError):
        work.proposals.get(proposal_id)


def test_saving_what_was_never_added_is_refused(store: UnitOfWorkFactory) -> None:
    with store() as work:
        with pytest.raises(RecordNotFound):
            work.proposals.save(proposal_in("approved"))
        with pytest.raises(RecordNotFound):
            work.jobs.save(job())


def test_the_audit_chains_entries_in_the_order_they_came(store: UnitOfWorkFactory) -> None:
    versions, events = history_of("drifted")
    with store() as work:
        work.proposals.add(versions[-1])
        written = [work.audit.append(event) for event in events]
        work.commit()
    with store() as work:
        read = work.audit.entries()
        since = work.audit.entries(events[3].at)
    assert list(read) == written
    assert [entry.event for entry in read] == events
    assert verify_chain(read).ok
    assert list(since) == written[3:]


def test_an_event_goes_on_the_chain_that_other_transactions_left(
    store_under_test: StoreUnderTest,
) -> None:
    versions, events = history_of("approved")
    add_proposal(store_under_test.open_again(), versions[-1])
    for event in (*events, *events):
        with store_under_test.open_again()() as work:
            work.audit.append(event)
            work.commit()
    with store_under_test.open_again()() as work:
        state = verify_chain(work.audit.entries())
    assert (state.ok, state.length) == (True, 4)


def test_the_audit_cannot_name_a_proposal_that_is_not_stored(store: UnitOfWorkFactory) -> None:
    def append_alone() -> None:
        with store() as work:
            work.audit.append(history_of("submitted")[1][0])
            work.commit()

    with pytest.raises(StoreError):
        append_alone()
    with store() as work:
        assert work.audit.entries() == ()


def test_a_forecast_comes_back_bit_for_bit(store: UnitOfWorkFactory) -> None:
    made = forecast()
    with store() as work:
        work.forecasts.add(made)
        work.commit()
    for _ in range(2):
        with store() as work:
            read = work.forecasts.get("f-1")
        assert_frame_equal(read.rows, made.rows, check_exact=True)
        assert_frame_equal(read.components, made.components, check_exact=True)
        assert np.signbit(read.rows["yhat"].iloc[3])
        assert _facts(read) == _facts(made)


def _facts(made: Forecast) -> dict[str, object]:
    return {
        name: getattr(made, name)
        for name in Forecast.__dataclass_fields__
        if name not in ("rows", "components")
    }


def test_a_forecast_without_components_comes_back_too(store: UnitOfWorkFactory) -> None:
    made = forecast(components=pd.DataFrame({"ds": forecast().components["ds"][:0]}))
    with store() as work:
        work.forecasts.add(made)
        work.commit()
    with store() as work:
        assert_frame_equal(work.forecasts.get("f-1").components, made.components)


def test_changing_a_frame_that_was_read_changes_nothing_stored(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.forecasts.add(forecast())
        work.commit()
    with store() as work:
        rows = work.forecasts.get("f-1").rows
        rows.loc[:, "yhat"] = 0.0
        assert_frame_equal(work.forecasts.get("f-1").rows, forecast().rows)


def test_the_newest_forecast_is_found_by_series_method_and_moment(
    store: UnitOfWorkFactory,
) -> None:
    with store() as work:
        for number, method in ((1, "auto"), (2, "tutorial"), (3, "auto")):
            work.forecasts.add(forecast(number, requested_method=method))
        work.forecasts.add(forecast(4, series_id="c-2"))
        work.forecasts.add(forecast(5, kind=SeriesKind.VOLUME))
        work.commit()
    rate = SeriesKind.ANSWER_RATE
    with store() as work:
        forecasts = work.forecasts
        assert _id(forecasts.latest(rate, "c-1")) == "f-3"
        assert _id(forecasts.latest(rate, "c-1", "tutorial")) == "f-2"
        assert forecasts.latest(rate, "c-1", "prophet") is None
        assert _id(forecasts.made_before(rate, "c-1", NOON + 3 * HOUR)) == "f-2"
        assert forecasts.made_before(rate, "c-1", NOON + HOUR) is None
        assert [_id(each) for each in forecasts.latest_of_all(rate)] == ["f-3", "f-4"]
        assert [_id(each) for each in forecasts.latest_of_all(SeriesKind.VOLUME)] == ["f-5"]


def test_of_two_forecasts_made_at_one_moment_the_later_stored_is_the_newest(
    store: UnitOfWorkFactory,
) -> None:
    with store() as work:
        work.forecasts.add(forecast(2, made_at=NOON))
        work.forecasts.add(forecast(1, made_at=NOON))
        work.commit()
    with store() as work:
        assert _id(work.forecasts.latest(SeriesKind.ANSWER_RATE, "c-1")) == "f-1"


def _id(found: Forecast | None) -> str:
    assert found is not None
    return found.forecast_id


def test_a_known_hour_takes_the_newer_value_and_hours_come_sorted(
    store: UnitOfWorkFactory,
) -> None:
    volume = SeriesKind.VOLUME
    with store() as work:
        work.history.merge(volume, "q-1", volumes(START + 2 * HOUR, [3, 4]))
        work.history.merge(volume, "q-1", volumes(START, [1, np.nan, 30]))
        work.history.merge(volume, "q-2", volumes(START, [9]))
        work.commit()
    with store() as work:
        read = work.history.read(volume, "q-1", START, START + 4 * HOUR)
        part = work.history.read(volume, "q-1", START + HOUR, START + 2 * HOUR)
    assert_frame_equal(read, volumes(START, [1, np.nan, 30, 4]))
    assert_frame_equal(part, volumes(START + HOUR, [np.nan]))


def test_of_an_hour_that_is_given_twice_the_last_row_counts(store: UnitOfWorkFactory) -> None:
    records = pd.concat([volumes(START, [1]), volumes(START, [2])])
    with store() as work:
        work.history.merge(SeriesKind.VOLUME, "q-1", records)
        work.commit()
    with store() as work:
        read = work.history.read(SeriesKind.VOLUME, "q-1", START, START + HOUR)
    assert_frame_equal(read, volumes(START, [2]))


def test_outbound_records_keep_both_counts(store: UnitOfWorkFactory) -> None:
    records = volumes(START, [120, 0]).rename(columns={"y": "offered"})
    records["answered"] = [37.0, 0.0]
    with store() as work:
        work.history.merge(SeriesKind.ANSWER_RATE, "c-1", records)
        work.commit()
    with store() as work:
        read = work.history.read(SeriesKind.ANSWER_RATE, "c-1", START, START + 2 * HOUR)
    assert_frame_equal(RATE_RECORDS.check(read), records)


def test_a_series_that_was_never_read_is_an_empty_frame(store: UnitOfWorkFactory) -> None:
    with store() as work:
        read = work.history.read(SeriesKind.VOLUME, "q-9", START, START + HOUR)
        assert work.history.read_span(SeriesKind.VOLUME, "q-9") is None
    assert VOLUME_RECORDS.check(read).empty


def test_spans_that_touch_grow_and_of_two_apart_the_later_is_kept(
    store: UnitOfWorkFactory,
) -> None:
    volume = SeriesKind.VOLUME
    steps = [
        ((10, 20), (10, 20)),
        ((20, 24), (10, 24)),
        ((5, 11), (5, 24)),
        ((0, 3), (5, 24)),
        ((30, 40), (30, 40)),
    ]
    for (start, end), known in steps:
        with store() as work:
            work.history.note_span(volume, "q-1", START + start * HOUR, START + end * HOUR)
            work.commit()
        with store() as work:
            assert work.history.read_span(volume, "q-1") == (
                START + known[0] * HOUR,
                START + known[1] * HOUR,
            )


def test_jobs_come_newest_first_in_their_present_state(store: UnitOfWorkFactory) -> None:
    with store() as work:
        for number in (1, 2, 3):
            work.jobs.add(job(number, minutes=number))
        work.commit()
    done = replace(job(2, 2), state=JobState.DONE, done_steps=4, updated_at=NOON + HOUR)
    with store() as work:
        work.jobs.save(done)
        work.commit()
    with store() as work:
        assert [each.job_id for each in work.jobs.recent(2)] == ["j-3", "j-2"]
        assert work.jobs.get("j-2") == done


def test_a_reader_is_not_hindered_by_a_writer_and_sees_what_is_committed(
    store_under_test: StoreUnderTest,
) -> None:
    writer, reader = store_under_test.open_again(), store_under_test.open_again()
    with writer() as writing:
        writing.jobs.add(job())
        with reader() as reading:
            assert reading.jobs.recent() == ()
            writing.commit()
            assert [each.job_id for each in reading.jobs.recent()] == ["j-1"]


def test_a_second_writer_waits_and_gives_up_with_a_next_step(
    store_under_test: StoreUnderTest,
) -> None:
    one, other = store_under_test.open_again(), store_under_test.open_again(wait_seconds=0.3)
    with one() as writing:
        writing.jobs.add(job(1))
        with pytest.raises(StoreError, match="kept busy by another") as refusal, other() as late:
            late.jobs.add(job(2))
        writing.commit()
    assert "Repeat in a moment" in refusal.value.next_step
    with other() as again:
        again.jobs.add(job(2))
        again.commit()


def test_after_the_first_write_what_is_read_stays_true(store_under_test: StoreUnderTest) -> None:
    results = in_threads(
        lambda: _take_id(store_under_test.open_again()),
        lambda: _take_id(store_under_test.open_again()),
        lambda: _take_id(store_under_test.open_again()),
    )
    assert sorted(results) == ["P-1001", "P-1002", "P-1003"]


def _take_id(store: UnitOfWorkFactory) -> str:
    with store() as work:
        proposal_id = work.proposals.next_id()
        versions, events = history_of("submitted", proposal_id=proposal_id)
        work.proposals.add(versions[-1])
        work.audit.append(replace(events[0], proposal_id=proposal_id))
        work.commit()
    return proposal_id


def in_threads(*actions: Callable[[], str]) -> list[str]:
    """Run actions at once, and return what each gave or how it failed."""
    start, results = threading.Barrier(len(actions)), [""] * len(actions)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = actions[place]()
        except StoreError as error:
            results[place] = str(error)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_events_that_are_added_at_once_all_find_their_place(
    store_under_test: StoreUnderTest,
) -> None:
    versions, events = history_of("submitted")
    add_proposal(store_under_test.open_again(), versions[-1])

    def append() -> str:
        with store_under_test.open_again()() as work:
            number = work.audit.append(events[0]).number
            work.commit()
        return str(number)

    assert sorted(in_threads(append, append, append, append)) == ["1", "2", "3", "4"]
    with store_under_test.open_again()() as work:
        assert verify_chain(work.audit.entries()).ok


def test_a_named_lock_is_had_by_one_block_at_a_time(store_under_test: StoreUnderTest) -> None:
    one, other = store_under_test.open_again(), store_under_test.open_again()
    with one() as holder:
        assert holder.hold("push P-1001")
        with other() as second:
            assert not second.hold("push P-1001")
            assert second.hold("push P-1002")
        with one() as third:
            assert not third.hold("push P-1001")
    with other() as later:
        assert later.hold("push P-1001")


def test_a_named_lock_hinders_no_transaction(store_under_test: StoreUnderTest) -> None:
    with store_under_test.open_again()() as holder:
        assert holder.hold("push P-1001")
        add_proposal(store_under_test.open_again(), proposal_in("approved"))
        assert holder.proposals.get("P-1001").state is ProposalState.APPROVED


def test_a_unit_of_work_can_go_on_after_a_commit(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.jobs.add(job(1))
        work.commit()
        work.jobs.add(job(2))
    with store() as work:
        assert [each.job_id for each in work.jobs.recent()] == ["j-1"]

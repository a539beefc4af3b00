"""One contract over every store: all or nothing, one writer at a time, nothing lost in between."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.errors import RecordNotFound, StoreError
from core.forecasting.forecast import SeriesKind
from core.ports import UnitOfWorkFactory
from core.workflow.audit import verify_chain
from core.workflow.jobs import JobState
from core.workflow.proposal import ProposalState
from tests.contract.conftest import StoreUnderTest
from tests.contract.store_records import HOUR, START, add_proposal, job, volumes
from tests.unit.workflow.builders import NOON, history_of, proposal_in


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


@pytest.mark.parametrize("name", ["proposals", "forecasts", "jobs"])
def test_what_does_not_exist_is_named(store: UnitOfWorkFactory, name: str) -> None:
    with store() as work, pytest.raises(RecordNotFound, match=r"There is no .* x-9"):
        getattr(work, name).get("x-9")


def test_saving_what_was_never_added_is_refused(store: UnitOfWorkFactory) -> None:
    with store() as work:
        with pytest.raises(RecordNotFound):
            work.proposals.save(proposal_in("approved"))
        with pytest.raises(RecordNotFound):
            work.jobs.save(job())


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

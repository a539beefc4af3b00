"""Proposals and the audit in every store: nothing is overwritten, the chain stands."""

import pytest

from core.errors import ConcurrentEdit, StoreError
from core.ports import UnitOfWorkFactory
from core.workflow.audit import verify_chain
from core.workflow.lifecycle import Move
from core.workflow.moving import move
from core.workflow.proposal import ProposalState
from tests.contract.conftest import StoreUnderTest
from tests.contract.store_records import add_proposal
from tests.unit.workflow.builders import (
    NOON,
    OF_A_DAY,
    PATHS,
    campaign_plan,
    history_of,
    proposal_in,
)


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


@pytest.mark.parametrize("proposal_id", ["", "P-\udcff", "P-1001\x00", "'; DROP TABLE audit; --"])
def test_an_id_that_no_proposal_can_have_is_no_crash(
    store: UnitOfWorkFactory, proposal_id: str
) -> None:
    with store() as work, pytest.raises(StoreError):
        work.proposals.get(proposal_id)


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

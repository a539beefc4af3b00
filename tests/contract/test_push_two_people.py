"""Two people at once: one decision, one push, one open proposal on a campaign, on every store."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from core.errors import DashboardError, StoreError, WorkflowError
from core.ports import UnitOfWorkFactory
from core.workflow.proposal import Proposal, ProposalState
from tests.contract.conftest import StoreUnderTest
from tests.unit.services.review_desk import ReviewDesk


@dataclass
class Room:
    """Several desks at one store and one tenant."""

    store: StoreUnderTest
    first: ReviewDesk

    def another(self) -> ReviewDesk:
        desk = ReviewDesk(clock=self.first.clock, store=self.store.open_again())
        desk.tenant, desk.moody = self.first.tenant, self.first.moody
        return desk


@pytest.fixture
def room(store_under_test: StoreUnderTest) -> Room:
    patient: UnitOfWorkFactory = store_under_test.open_again()
    return Room(store_under_test, ReviewDesk(store=patient))


def at_once(*actions: Callable[[], Proposal]) -> list[Proposal | DashboardError]:
    """Begin all actions at one moment, and return what each gave."""
    start = threading.Barrier(len(actions))
    results: list[Proposal | DashboardError] = [DashboardError("never ran")] * len(actions)

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = actions[place]()
        except DashboardError as error:
            results[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def done(results: list[Proposal | DashboardError]) -> list[Proposal]:
    refused = [each for each in results if isinstance(each, DashboardError)]
    assert all(isinstance(each, WorkflowError | StoreError) and each.next_step for each in refused)
    return [each for each in results if isinstance(each, Proposal)]


def test_of_many_who_press_push_at_once_one_pushes(room: Room) -> None:
    room.first.approved()
    desks = [room.another() for _ in range(4)]
    results = at_once(*(lambda desk=desk: desk.pushing.push("P-1001", "Mara") for desk in desks))
    (pushed,) = done(results)
    assert pushed.state is ProposalState.VERIFIED
    assert len(room.first.tenant.writes) == 1
    assert room.first.steps().count("push.started") == 1


def test_of_two_decisions_at_once_one_counts(room: Room) -> None:
    room.first.submitted()
    one, other = room.another(), room.another()
    results = at_once(
        lambda: one.reviewing.approve("P-1001", "Mara"),
        lambda: other.reviewing.reject("P-1001", "Jonas", "Too much."),
    )
    (decided,) = done(results)
    assert room.first.proposal() == decided
    assert len(room.first.entries()) == 2


def test_withdrawing_and_pushing_at_once_leaves_one_of_the_two(room: Room) -> None:
    room.first.approved()
    one, other = room.another(), room.another()
    results = at_once(
        lambda: one.pushing.push("P-1001", "Mara"),
        lambda: other.reviewing.withdraw("P-1001", "Ana"),
    )
    (left,) = done(results)
    assert room.first.proposal() == left
    assert len(room.first.tenant.writes) == (left.state is ProposalState.VERIFIED)
    room.first.entries()


def test_of_two_people_who_propose_at_once_one_proposal_is_open(room: Room) -> None:
    one, other = room.another(), room.another()
    plan = room.first.plan()
    results = at_once(
        lambda: one.submitting.submit(plan, "Ana", "Now."),
        lambda: other.submitting.submit(plan, "Jonas", "Now."),
    )
    assert len(done(results)) == 1
    with room.first.store() as work:
        assert len(work.proposals.all()) == 1


def test_pushing_and_verifying_at_once_writes_once_and_tells_the_truth(room: Room) -> None:
    room.first.approved()
    one, other = room.another(), room.another()
    results = at_once(
        lambda: one.pushing.push("P-1001", "Mara"), lambda: other.verifying.verify("P-1001")
    )
    assert len(room.first.tenant.writes) == isinstance(results[0], Proposal)
    if isinstance(results[0], DashboardError):
        assert one.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    assert len(room.first.tenant.writes) == 1

"""How much a tenant answers at once is kept by every store, for one tenant each."""

from core.campaigns import QuerySize
from core.ports import UnitOfWorkFactory


def test_nothing_is_known_before_anything_was_learned(store: UnitOfWorkFactory) -> None:
    with store() as work:
        assert work.query_sizes.learned() is None


def test_what_was_learned_last_is_known_from_then_on(store: UnitOfWorkFactory) -> None:
    for size in (QuerySize(168, 40_000), QuerySize(84, 2_000)):
        with store() as work:
            work.query_sizes.learn(size)
            work.commit()

    with store() as work:
        assert work.query_sizes.learned() == QuerySize(84, 2_000)


def test_what_is_not_committed_is_not_learned(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.query_sizes.learn(QuerySize(24, 10))

    with store() as work:
        assert work.query_sizes.learned() is None

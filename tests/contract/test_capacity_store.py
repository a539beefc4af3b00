"""Every store keeps the agents that people entered by hand alike."""

from datetime import UTC, datetime, timedelta

from core.ports import UnitOfWorkFactory
from core.staffing import AgentsByHand
from core.units import SkillId

NINE = datetime(2026, 11, 25, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
SALES, CLAIMS = SkillId("sales"), SkillId("claims")


def entered(ds: datetime, agents: float, person: str = "Ana Größe") -> AgentsByHand:
    return AgentsByHand(ds, agents, person, NINE - HOUR)


def test_hours_come_back_in_order_and_only_those_of_the_span(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.capacity.tell(SALES, [entered(NINE + HOUR, 7.5), entered(NINE, 0.0)])
        work.capacity.tell(CLAIMS, [entered(NINE, 99.0)])
        work.commit()
    with store() as work:
        assert work.capacity.told(SALES, NINE, NINE + 2 * HOUR) == (
            entered(NINE, 0.0),
            entered(NINE + HOUR, 7.5),
        )
        assert work.capacity.told(SALES, NINE + HOUR, NINE + HOUR) == ()


def test_an_hour_told_again_takes_the_place_of_the_former(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.capacity.tell(SALES, [entered(NINE, 5.0), entered(NINE + HOUR, 6.0)])
        work.capacity.tell(SALES, [entered(NINE, 8.0, "Tomas")])
        work.commit()
    with store() as work:
        told = work.capacity.told(SALES, NINE, NINE + 5 * HOUR)
    assert [(each.agents, each.person) for each in told] == [(8.0, "Tomas"), (6.0, "Ana Größe")]


def test_a_forgotten_hour_is_gone_and_the_others_stay(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.capacity.tell(SALES, [entered(NINE, 5.0), entered(NINE + HOUR, 6.0)])
        work.capacity.forget(SALES, [NINE, NINE + 9 * HOUR])
        work.commit()
    with store() as work:
        assert work.capacity.told(SALES, NINE, NINE + 9 * HOUR) == (entered(NINE + HOUR, 6.0),)


def test_nothing_is_kept_without_a_commit(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.capacity.tell(SALES, [entered(NINE, 5.0)])
    with store() as work:
        assert work.capacity.told(SALES, NINE, NINE + HOUR) == ()

"""The agents that people entered by hand, on either database and in memory."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from core.staffing import AgentsByHand
from core.store.memory_state import MemoryTransaction
from core.store.tables import agents_by_hand
from core.store.transaction import Transaction
from core.units import SkillId


class SqlCapacityBook:
    """What was entered for one tenant's skills and queues."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def told(self, skill_id: SkillId, start: datetime, end: datetime) -> tuple[AgentsByHand, ...]:
        """Return the hours entered in [start, end), in order."""
        query = select(agents_by_hand).where(
            agents_by_hand.c.tenant_id == self._tenant,
            agents_by_hand.c.skill_id == skill_id,
            agents_by_hand.c.ds >= start,
            agents_by_hand.c.ds < end,
        )
        rows = self._transaction.read(query.order_by(agents_by_hand.c.ds))
        return tuple(AgentsByHand(row.ds, row.agents, row.person, row.at) for row in rows)

    def tell(self, skill_id: SkillId, hours: Sequence[AgentsByHand]) -> None:
        """Store hours in place of those entered before."""
        if not hours:
            return
        self.forget(skill_id, [each.ds for each in hours])
        row = {"tenant_id": self._tenant, "skill_id": skill_id}
        self._transaction.write(
            insert(agents_by_hand),
            [
                row | {"ds": each.ds, "agents": each.agents, "person": each.person, "at": each.at}
                for each in hours
            ],
        )

    def forget(self, skill_id: SkillId, hours: Sequence[datetime]) -> None:
        """Forget hours, so that the tenant's schedule counts again; none entered is no error."""
        if hours:
            self._transaction.write(
                delete(agents_by_hand).where(
                    agents_by_hand.c.tenant_id == self._tenant,
                    agents_by_hand.c.skill_id == skill_id,
                    agents_by_hand.c.ds.in_(list(hours)),
                )
            )


class MemoryCapacityBook:
    """What was entered, in memory."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def told(self, skill_id: SkillId, start: datetime, end: datetime) -> tuple[AgentsByHand, ...]:
        """Return the hours entered in [start, end), in order."""
        entered = self._transaction.state.agents_by_hand
        return tuple(
            entered[key] for key in sorted(entered) if key[0] == skill_id and start <= key[1] < end
        )

    def tell(self, skill_id: SkillId, hours: Sequence[AgentsByHand]) -> None:
        """Store hours in place of those entered before."""
        entered = self._transaction.changing().agents_by_hand
        entered.update({(skill_id, each.ds): each for each in hours})

    def forget(self, skill_id: SkillId, hours: Sequence[datetime]) -> None:
        """Forget hours, so that the tenant's schedule counts again; none entered is no error."""
        entered = self._transaction.changing().agents_by_hand
        for ds in hours:
            entered.pop((skill_id, ds), None)

"""How much the tenant answers at once, as it was learned; on either database and in memory."""

from sqlalchemy import delete, insert, select

from core.campaigns import QuerySize
from core.store.memory_state import MemoryTransaction
from core.store.tables import query_sizes
from core.store.transaction import Transaction


class SqlQuerySizes:
    """What was learned of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def learned(self) -> QuerySize | None:
        """Return what worked last; None where nothing was learned."""
        query = select(query_sizes).where(query_sizes.c.tenant_id == self._tenant)
        rows = self._transaction.read(query)
        return QuerySize(rows[0].hours, rows[0].results) if rows else None

    def learn(self, size: QuerySize) -> None:
        """Keep what works from now on."""
        self._transaction.write(delete(query_sizes).where(query_sizes.c.tenant_id == self._tenant))
        row = {"tenant_id": self._tenant, "hours": size.hours, "results": size.results}
        self._transaction.write(insert(query_sizes), [row])


class MemoryQuerySizes:
    """What was learned, in memory."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def learned(self) -> QuerySize | None:
        """Return what worked last; None where nothing was learned."""
        return self._transaction.state.query_size

    def learn(self, size: QuerySize) -> None:
        """Keep what works from now on."""
        self._transaction.changing().query_size = size

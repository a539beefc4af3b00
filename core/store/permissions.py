"""What the tenant was seen to allow and to refuse; on either database and in memory."""

from sqlalchemy import delete, insert, select

from core.permissions import PermissionSeen
from core.store.memory_state import MemoryTransaction
from core.store.tables import permissions_seen
from core.store.transaction import Transaction


class SqlPermissionBook:
    """What was seen of one tenant."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def seen(self) -> tuple[PermissionSeen, ...]:
        """Return how the tenant last answered, by name of the permission."""
        query = (
            select(permissions_seen)
            .where(permissions_seen.c.tenant_id == self._tenant)
            .order_by(permissions_seen.c.permission)
        )
        return tuple(
            PermissionSeen(row.permission, row.is_held, row.seen_at)
            for row in self._transaction.read(query)
        )

    def note(self, seen: PermissionSeen) -> None:
        """Keep how the tenant answered in place of what was known of that permission."""
        is_same = (permissions_seen.c.tenant_id == self._tenant) & (
            permissions_seen.c.permission == seen.name
        )
        self._transaction.write(delete(permissions_seen).where(is_same))
        row = {
            "tenant_id": self._tenant,
            "permission": seen.name,
            "is_held": seen.is_held,
            "seen_at": seen.seen_at,
        }
        self._transaction.write(insert(permissions_seen), [row])


class MemoryPermissionBook:
    """What was seen, in memory."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def seen(self) -> tuple[PermissionSeen, ...]:
        """Return how the tenant last answered, by name of the permission."""
        known = self._transaction.state.permissions_seen
        return tuple(known[name] for name in sorted(known))

    def note(self, seen: PermissionSeen) -> None:
        """Keep how the tenant answered in place of what was known of that permission."""
        self._transaction.changing().permissions_seen[seen.name] = seen

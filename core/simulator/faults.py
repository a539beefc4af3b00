"""How the tenant misbehaves, on demand and by count: the same requests meet the same faults.

A fault never strikes the same operation twice in a row, so that a client that tries again gets
through. Which fault does what is drawn in `Fault`; `gate` applies them.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from core.errors import UsageError


class Fault(StrEnum):
    """The faults that can be asked for."""

    RATE_LIMITS = "rate-limits"
    """Every 5th request is answered 429; every 3rd of these without ``Retry-After``."""
    SERVER_ERRORS = "server-errors"
    """Every 7th request fails with 500 or 503."""
    EXPIRING_TOKEN = "expiring-token"
    """A token dies after 5 requests, whatever ``expires_in`` said."""
    LOST_ANSWERS = "lost-answers"
    """The 1st, 3rd, … write is applied, and the connection is cut before the answer."""
    DROPPED_WRITES = "dropped-writes"
    """The 1st, 3rd, … write is not applied: the connection is cut before."""
    SLOW = "slow"
    """Every 4th request takes 2 seconds longer."""
    BROKEN_JSON = "broken-json"
    """Every 6th answer to a read ends in the middle."""
    FORBIDDEN = "forbidden"
    """Every write is answered 403."""
    NO_PATCH = "no-patch"
    """Campaigns can only be replaced whole: changing some fields of one is answered 405."""
    NO_SCHEDULE = "no-schedule"
    """Workforce management has published no schedule."""
    SLOW_SCHEDULE = "slow-schedule"
    """Workforce management has its answers ready later, and tells nobody in the meantime."""


REQUESTS_PER_TOKEN: Final = 5
SLOW_SECONDS: Final = 2.0

_EVERY: Final = {
    Fault.RATE_LIMITS: 5,
    Fault.SERVER_ERRORS: 7,
    Fault.SLOW: 4,
    Fault.BROKEN_JSON: 6,
    Fault.LOST_ANSWERS: 2,
    Fault.DROPPED_WRITES: 2,
}
_STRIKES_FIRST: Final = (Fault.LOST_ANSWERS, Fault.DROPPED_WRITES)


def parse_faults(names: Iterable[str]) -> frozenset[Fault]:
    """Return the faults of some names.

    Parameters
    ----------
    names : iterable of str
        As on the command line; blanks around a name and empty names do not matter.

    Returns
    -------
    frozenset of Fault

    Raises
    ------
    UsageError
        If a name is not known; the known ones are told.

    Examples
    --------
    >>> sorted(parse_faults("slow, rate-limits".split(",")))
    [<Fault.RATE_LIMITS: 'rate-limits'>, <Fault.SLOW: 'slow'>]
    """
    wanted = [name.strip() for name in names if name.strip()]
    unknown = sorted(set(wanted) - {fault.value for fault in Fault})
    if unknown:
        raise UsageError(
            f"Unknown fault: {', '.join(unknown)}.",
            f"The known ones are {', '.join(fault.value for fault in Fault)}.",
        )
    return frozenset(Fault(name) for name in wanted)


class FaultPlan:
    """Which faults are on, and whose turn it is.

    Parameters
    ----------
    active : iterable of Fault
        The faults that are on.

    Examples
    --------
    >>> plan = FaultPlan([Fault.LOST_ANSWERS])
    >>> [plan.strikes(Fault.LOST_ANSWERS) for write in range(4)]
    [True, False, True, False]
    """

    def __init__(self, active: Iterable[Fault] = ()) -> None:
        self.switch(active)

    def switch(self, active: Iterable[Fault]) -> None:
        """Turn these faults on and all others off; counting begins anew."""
        self.active = frozenset(active)
        self._turns: Counter[Fault] = Counter()
        self._strikes: Counter[Fault] = Counter()
        self._spared: set[str] = set()

    def is_on(self, fault: Fault) -> bool:
        """Tell whether a fault is on."""
        return fault in self.active

    def strikes(self, fault: Fault) -> bool:
        """Count one occasion for a fault, and tell whether it strikes now."""
        if fault not in self.active:
            return False
        turn = self._turns[fault]
        self._turns[fault] += 1
        rest = 0 if fault in _STRIKES_FIRST else _EVERY[fault] - 1
        return turn % _EVERY[fault] == rest

    def strikes_operation(self, fault: Fault, operation: str) -> bool:
        """Tell whether a fault strikes an operation now; never twice in a row.

        Parameters
        ----------
        fault : Fault
            The fault.
        operation : str
            Method and path.

        Returns
        -------
        bool
            After a strike the operation passes once, whatever else is on.
        """
        is_struck = self.strikes(fault)
        if is_struck and operation not in self._spared:
            self._spared.add(operation)
            self._strikes[fault] += 1
            return True
        return False

    def pass_on(self, operation: str) -> None:
        """Note that an operation was let through: the next one may be struck again."""
        self._spared.discard(operation)

    def strikes_so_far(self, fault: Fault) -> int:
        """Return how often a fault has struck an operation since it was turned on."""
        return self._strikes[fault]

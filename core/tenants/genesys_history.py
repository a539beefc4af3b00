"""Long questions to the platform's analytics, cut to what it answers.

How much one question may ask for is not written anywhere. So a question begins large, is halved
when the platform says that it is too large, and the size that worked is used from then on.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from core.campaigns import QuerySize
from core.errors import TenantRefused
from core.tenants.exchange import Exchange
from core.tenants.genesys_analytics_wire import AggregateQuestion, aggregates_query
from core.tenants.genesys_records import Buckets

HOUR = timedelta(hours=1)
DAY_HOURS = 24
SAYS_TOO_LARGE = re.compile(
    r"large|long|many|exceed|max|limit|span|range|interval|result|size|duration|period|bucket|days",
    re.IGNORECASE,
)
SAYS_RESULTS = re.compile(r"result|bucket|rows|predicate|many", re.IGNORECASE)
TOO_LARGE_STATUS = (400, 413)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question: some campaigns or queues, over some hours."""

    ids: tuple[str, ...]
    start: datetime
    end: datetime

    @property
    def hours(self) -> int:
        """Its span, begun hours counted whole. Unit: hours."""
        return max(1, -((self.start - self.end) // HOUR))

    def cut(self, size: QuerySize) -> tuple["Piece", ...]:
        """Return it in parts that are nearer to a size; itself where it fits.

        Examples
        --------
        >>> start = datetime(2026, 11, 1)
        >>> whole = Piece(("a", "b", "c"), start, start + timedelta(days=62))
        >>> [each.hours for each in whole.cut(QuerySize())]
        [744, 744]
        >>> [each.ids for each in Piece(("a", "b", "c"), start, start + HOUR).cut(QuerySize(1, 2))]
        [('a', 'b'), ('c',)]
        """
        if self.hours > size.hours:
            middle = self.start + size.hours * HOUR
            return replace(self, end=middle), replace(self, start=middle)
        most = max(1, size.results // self.hours)
        if len(self.ids) <= most:
            return (self,)
        parts = -(-len(self.ids) // most)
        each = -(-len(self.ids) // parts)
        cuts = range(0, len(self.ids), each)
        return tuple(replace(self, ids=self.ids[first : first + each]) for first in cuts)


def smaller(size: QuerySize, refused: Piece, told: str) -> QuerySize | None:
    """Return the size to go on with after a refusal; None where nothing smaller can be asked.

    A shorter span has fewer results too, so the span is halved unless the platform speaks of
    results.

    Examples
    --------
    >>> start = datetime(2026, 11, 1)
    >>> month = Piece(("a", "b"), start, start + timedelta(days=30))
    >>> smaller(QuerySize(), month, "the interval is too long")
    QuerySize(hours=360, results=40000)
    >>> smaller(QuerySize(), month, "too many results")
    QuerySize(hours=744, results=720)
    >>> smaller(QuerySize(), Piece(("a",), start, start + HOUR), "too large") is None
    True
    """
    can_narrow, can_shorten = len(refused.ids) > 1, refused.hours > DAY_HOURS
    if can_narrow and (SAYS_RESULTS.search(told) or not can_shorten):
        return replace(size, results=len(refused.ids) * refused.hours // 2)
    if can_shorten:
        return replace(size, hours=max(DAY_HOURS, refused.hours // 2))
    return None


class SizedQueries:
    """Asks for the buckets of many campaigns or queues, in as few questions as it can.

    Parameters
    ----------
    exchange : Exchange
        Sends.
    size : QuerySize
        To begin with: what worked before.
    remember : callable
        Given each size that is learned.
    """

    def __init__(
        self,
        exchange: Exchange,
        size: QuerySize,
        remember: Callable[[QuerySize], None],
    ) -> None:
        self._exchange = exchange
        self._remember = remember
        self._size = size
        self._lock = Lock()

    @property
    def size(self) -> QuerySize:
        """The size in use."""
        return self._size

    def ask(
        self,
        question: AggregateQuestion,
        ids: Sequence[str],
        start: datetime,
        end: datetime,
        place: str,
    ) -> Buckets:
        """Return the buckets in [start, end).

        Raises
        ------
        UnexpectedPayload
            If an answer cannot be read; names the place.
        TenantError
            If the platform refuses even a small question.
        """
        buckets = Buckets(question.dimension, ids, place)
        left = [Piece(tuple(dict.fromkeys(ids)), start, end)] if ids and start < end else []
        while left:
            piece, *others = left.pop().cut(self._size)
            left.extend(reversed(others))
            if piece.cut(self._size) != (piece,):
                left.append(piece)
                continue
            call = aggregates_query(question, piece.ids, piece.start, piece.end)
            try:
                buckets.add(self._exchange.read(call, self._exchange.deadline()))
            except TenantRefused as refused:
                self._learn(refused, piece)
                left.append(piece)
        return buckets

    def _learn(self, refused: TenantRefused, piece: Piece) -> None:
        """Go on with a smaller size, or raise the refusal where it is about something else."""
        is_size = refused.status in TOO_LARGE_STATUS and SAYS_TOO_LARGE.search(refused.told)
        size = smaller(self._size, piece, refused.told) if is_size else None
        if size is None:
            raise refused
        with self._lock:
            self._size = size
        self._remember(size)

"""What the tenant was seen to allow and to refuse, kept beyond the process.

A 403 of any call says that a permission is missing, a call that is done says that it is held. Only
what changes is given on to be kept; several processes may keep what they see in one place.
"""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from core.clock import Clock
from core.permissions import Lack, PermissionSeen

Recall = Callable[[], Sequence[PermissionSeen]]
"""Tells what was kept so far, by whichever process."""
Remember = Callable[[PermissionSeen], None]
"""Keeps what was seen in place of what was known of that permission."""


def recall_nothing() -> Sequence[PermissionSeen]:
    """Return nothing: what is seen counts for this process only."""
    return ()


def keep_nothing(seen: PermissionSeen) -> None:
    """Keep what was seen for this process only."""


class SeenPermissions:
    """Knows how the tenant last answered what takes a permission.

    Parameters
    ----------
    clock : Clock
        Tells when something was seen.
    recall, remember : callable
        Where it is kept; by default nowhere.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from core.clock import FrozenClock
    >>> seen = SeenPermissions(FrozenClock(datetime(2026, 11, 23, 12, tzinfo=UTC)))
    >>> seen.refused("outbound:campaign:edit")
    >>> seen.lack("outbound:campaign:edit").since.isoformat()
    '2026-11-23T12:00:00+00:00'
    >>> seen.used("outbound:campaign:edit", is_write=True)
    >>> seen.lack("outbound:campaign:edit") is None
    True
    """

    def __init__(
        self, clock: Clock, recall: Recall = recall_nothing, remember: Remember = keep_nothing
    ) -> None:
        self._clock = clock
        self._recall = recall
        self._remember = remember
        # The last answer of each kind that this process had itself, whatever others had.
        self._own: dict[str, PermissionSeen] = {}
        self._lock = Lock()

    def refused(self, name: str) -> None:
        """Note that the tenant refused something for want of a permission."""
        self._note(name, is_held=False)
        self._settle(name)

    def used(self, name: str, *, is_write: bool) -> None:
        """Note that the tenant did something that takes a permission.

        Reads are done by the thousand and can be tried: one is kept only where it clears a refusal.
        """
        former = self._note(name, is_held=True)
        if is_write or (former is not None and not former.is_held):
            self._settle(name)

    def known(self) -> Mapping[str, PermissionSeen]:
        """Return how the tenant last answered, by permission, as any process saw it."""
        kept = {each.name: each for each in self._recall()}
        with self._lock:
            own = dict(self._own)
        for name, seen in own.items():
            former = kept.get(name)
            if former is None or (former.is_held != seen.is_held and former.seen_at < seen.seen_at):
                kept[name] = seen
                if former is not None or not seen.is_held:
                    self._remember(seen)
        return kept

    def lack(self, name: str) -> Lack | None:
        """Return that a permission is missing and since when; None where that is not known."""
        seen = self.known().get(name)
        return Lack(name, seen.seen_at) if seen is not None and not seen.is_held else None

    def _note(self, name: str, *, is_held: bool) -> PermissionSeen | None:
        """Take an answer in; return the one before it."""
        with self._lock:
            former = self._own.get(name)
            self._own[name] = PermissionSeen(name, is_held, self._clock.now())
        return former

    def _settle(self, name: str) -> None:
        """Keep what was just seen where it is news."""
        with self._lock:
            seen = self._own[name]
        kept = next((each for each in self._recall() if each.name == name), None)
        if kept is None or kept.is_held != seen.is_held:
            self._remember(seen)

"""What the tenant was seen to allow and to refuse: kept where it changes, the newest counts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from core.clock import FrozenClock
from core.permissions import Lack, PermissionSeen
from core.tenants.seen import SeenPermissions

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
EDIT, RULES = "outbound:campaign:edit", "outbound:campaignRule:view"


class Book:
    """Where several processes keep what they saw; it counts what is written."""

    def __init__(self) -> None:
        self.kept: dict[str, PermissionSeen] = {}
        self.written: list[PermissionSeen] = []
        self.is_busy = False

    def recall(self) -> Sequence[PermissionSeen]:
        return tuple(self.kept.values())

    def remember(self, seen: PermissionSeen) -> None:
        if not self.is_busy:
            self.kept[seen.name] = seen
            self.written.append(seen)

    def process(self, clock: FrozenClock) -> SeenPermissions:
        return SeenPermissions(clock, self.recall, self.remember)


def test_a_refusal_is_kept_once_with_the_time_it_was_first_met() -> None:
    book, clock = Book(), FrozenClock(NOON)
    seen = book.process(clock)
    for _ in range(3):
        seen.refused(EDIT)
        clock.move(HOUR)
    assert book.written == [PermissionSeen(EDIT, False, NOON)]
    assert seen.lack(EDIT) == Lack(EDIT, NOON)


def test_a_write_that_is_done_clears_a_refusal_and_is_kept_once() -> None:
    book, clock = Book(), FrozenClock(NOON)
    seen = book.process(clock)
    seen.refused(EDIT)
    for _ in range(2):
        clock.move(HOUR)
        seen.used(EDIT, is_write=True)
    assert book.written[1:] == [PermissionSeen(EDIT, True, NOON + HOUR)]
    assert seen.lack(EDIT) is None


def test_a_read_that_is_done_is_not_worth_keeping() -> None:
    book = Book()
    seen = book.process(FrozenClock(NOON))
    seen.used(RULES, is_write=False)
    assert seen.lack(RULES) is None
    assert book.written == []


def test_a_read_that_is_done_clears_a_refusal() -> None:
    book, clock = Book(), FrozenClock(NOON)
    seen = book.process(clock)
    seen.refused(RULES)
    clock.move(HOUR)
    seen.used(RULES, is_write=False)
    assert book.kept[RULES].is_held


def test_what_one_process_met_another_one_knows() -> None:
    book, clock = Book(), FrozenClock(NOON)
    book.process(clock).refused(EDIT)
    assert book.process(clock).lack(EDIT) == Lack(EDIT, NOON)


def test_a_process_that_reads_without_trouble_clears_what_another_one_met() -> None:
    book, clock = Book(), FrozenClock(NOON)
    one, other = book.process(clock), book.process(clock)
    one.refused(RULES)
    clock.move(HOUR)
    other.used(RULES, is_write=False)
    assert other.lack(RULES) is None
    assert one.lack(RULES) is None


def test_a_refusal_after_another_process_was_served_counts_again() -> None:
    book, clock = Book(), FrozenClock(NOON)
    one, other = book.process(clock), book.process(clock)
    one.refused(EDIT)
    clock.move(HOUR)
    other.used(EDIT, is_write=True)
    clock.move(HOUR)
    one.refused(EDIT)
    assert other.lack(EDIT) == Lack(EDIT, NOON + 2 * HOUR)


def test_what_could_not_be_kept_counts_all_the_same_and_is_kept_later() -> None:
    book, clock = Book(), FrozenClock(NOON)
    seen = book.process(clock)
    book.is_busy = True
    seen.refused(EDIT)
    book.is_busy = False
    assert seen.lack(EDIT) == Lack(EDIT, NOON)
    assert book.written == [PermissionSeen(EDIT, False, NOON)]

"""What people said of days and opening hours, on either database and in memory."""

from datetime import date
from typing import Any

from sqlalchemy import Row, delete, insert, select

from core.errors import ConcurrentEdit
from core.history.days import DayKind, OwnDay
from core.history.opening import OpeningHours
from core.history.told import NotedDay, NotedOpening, Scope
from core.store.memory_state import DayPart, MemoryTransaction
from core.store.tables import opening_hours, own_days
from core.store.transaction import Transaction


class SqlCalendarBook:
    """What was said of one tenant's days and hours."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._tenant = transaction.tenant_id

    def own_days(self) -> tuple[NotedDay, ...]:
        """Return the operator's own days, the earliest first."""
        query = select(own_days).where(own_days.c.tenant_id == self._tenant)
        rows = self._transaction.read(
            query.order_by(own_days.c.day, own_days.c.start_minute, own_days.c.end_minute)
        )
        return tuple(_noted_day(row) for row in rows)

    def remove_day(self, day: OwnDay) -> None:
        """Forget a day; raises `ConcurrentEdit` where it is not there as given."""
        values = _day_values(day)
        is_same = [own_days.c[name] == value for name, value in values.items()]
        statement = delete(own_days).where(own_days.c.tenant_id == self._tenant, *is_same)
        if self._transaction.write(statement) == 0:
            raise day_gone(day)

    def add_day(self, noted: NotedDay) -> None:
        """Store a day; raises `ConcurrentEdit` where that part of the day is taken."""
        row = {"tenant_id": self._tenant, "person": noted.person, "at": noted.at}
        self._transaction.write(
            insert(own_days), [row | _day_values(noted.day)], taken=day_taken(noted.day)
        )

    def opening_hours(self) -> tuple[NotedOpening, ...]:
        """Return the opening hours told, those of the whole centre first."""
        query = select(opening_hours).where(opening_hours.c.tenant_id == self._tenant)
        return tuple(sorted(map(_noted_opening, self._transaction.read(query)), key=_place))

    def tell_opening(self, noted: NotedOpening) -> None:
        """Store opening hours in place of those told before."""
        self.forget_opening(noted.scope)
        opening = noted.opening
        row = {
            "tenant_id": self._tenant,
            "kind": noted.scope.kind,
            "series_id": noted.scope.series_id,
            "hours": "".join("1" if is_open else "0" for is_open in opening.is_open),
            "since": opening.since.isoformat() if opening.since else "",
            "person": noted.person,
            "at": noted.at,
        }
        self._transaction.write(insert(opening_hours), [row])

    def forget_opening(self, scope: Scope) -> None:
        """Forget what was told, so that hours are learned again; none told is no error."""
        self._transaction.write(
            delete(opening_hours).where(
                opening_hours.c.tenant_id == self._tenant,
                opening_hours.c.kind == scope.kind,
                opening_hours.c.series_id == scope.series_id,
            )
        )


class MemoryCalendarBook:
    """What was said of days and hours, in memory."""

    def __init__(self, transaction: MemoryTransaction) -> None:
        self._transaction = transaction

    def own_days(self) -> tuple[NotedDay, ...]:
        """Return the operator's own days, the earliest first."""
        known = self._transaction.state.own_days
        return tuple(known[part] for part in sorted(known))

    def remove_day(self, day: OwnDay) -> None:
        """Forget a day; raises `ConcurrentEdit` where it is not there as given."""
        known = self._transaction.changing().own_days
        noted = known.get(_part(day))
        if noted is None or noted.day != day:
            raise day_gone(day)
        del known[_part(day)]

    def add_day(self, noted: NotedDay) -> None:
        """Store a day; raises `ConcurrentEdit` where that part of the day is taken."""
        known = self._transaction.changing().own_days
        if _part(noted.day) in known:
            raise ConcurrentEdit(day_taken(noted.day), "Read it again, then repeat.")
        known[_part(noted.day)] = noted

    def opening_hours(self) -> tuple[NotedOpening, ...]:
        """Return the opening hours told, those of the whole centre first."""
        return tuple(sorted(self._transaction.state.opening.values(), key=_place))

    def tell_opening(self, noted: NotedOpening) -> None:
        """Store opening hours in place of those told before."""
        self._transaction.changing().opening[noted.scope] = noted

    def forget_opening(self, scope: Scope) -> None:
        """Forget what was told, so that hours are learned again; none told is no error."""
        self._transaction.changing().opening.pop(scope, None)


def day_gone(day: OwnDay) -> ConcurrentEdit:
    """Return the error that says that a day was changed or removed meanwhile."""
    return ConcurrentEdit(
        f"{day.date.isoformat()} {day.span} was changed by somebody else meanwhile.",
        "Read the calendar again, then repeat.",
    )


def day_taken(day: OwnDay) -> str:
    """Return the sentence that says that a part of a day is there already."""
    return f"{day.date.isoformat()} {day.span} is in the calendar already."


def _day_values(day: OwnDay) -> dict[str, Any]:
    return {
        "day": day.date.isoformat(),
        "start_minute": day.start_minute,
        "end_minute": day.end_minute,
        "kind": day.kind.word,
        "label": day.label,
    }


def _noted_day(row: Row[Any]) -> NotedDay:
    day = OwnDay(
        date.fromisoformat(row.day),
        row.start_minute,
        row.end_minute,
        DayKind[row.kind.upper()],
        row.label,
    )
    return NotedDay(day, row.person, row.at)


def _noted_opening(row: Row[Any]) -> NotedOpening:
    hours = [hour for hour, mark in enumerate(row.hours) if mark == "1"]
    since = date.fromisoformat(row.since) if row.since else None
    opening = OpeningHours.of(hours, since)
    return NotedOpening(Scope(row.kind, row.series_id), opening, row.person, row.at)


def _part(day: OwnDay) -> DayPart:
    return day.date, day.start_minute, day.end_minute


def _place(noted: NotedOpening) -> Scope:
    return noted.scope

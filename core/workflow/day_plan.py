"""A plan of a day: what a campaign's fields shall be hour by hour, approved once.

Its payload holds every hour's fields and, where the approver may allow planning anew, the bounds
within which that is allowed. So the digest that an approval names covers hours and bounds alike.
Each hour is pushed as a change of its own that names the plan of the day; nothing outside the
approved hours or bounds is ever pushed, and nothing late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from core.documents import JsonObject
from core.errors import DataError, UsageError

HOUR = timedelta(hours=1)
LATE_AFTER = timedelta(minutes=15)
"""An hour whose push has not begun by then keeps the value in force: nothing is pushed late."""
EVERY_MINUTES = (15, 60)
"""How often a day may be planned anew."""


@dataclass(frozen=True, slots=True)
class DayHour:
    """An hour of the day: its start (aware), and the tenant's fields for it."""

    ds: datetime
    fields: JsonObject


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest value that a field may be given."""

    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Replanning:
    """Leave to plan the rest of the day anew.

    Parameters
    ----------
    every_minutes : int
        15 or 60.
    bounds : mapping of str to Bounds
        By the tenant's field; a field without bounds keeps to its approved value.
    """

    every_minutes: int
    bounds: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The hours of a day, in order, and the leave to plan anew, where there is one."""

    hours: tuple[DayHour, ...]
    replanning: Replanning | None = None

    @property
    def end(self) -> datetime:
        """When the last hour is over."""
        return self.hours[-1].ds + HOUR

    def slot_at(self, moment: datetime) -> "Slot | None":
        """Return the slot that a moment lies in; None where the plan has no hour there."""
        return next((slot for slot in self.slots() if slot.start <= moment < slot.end), None)

    def slots(self) -> "tuple[Slot, ...]":
        """Return every slot of the day: hours, or quarters where it is planned anew so often."""
        minutes = self.replanning.every_minutes if self.replanning else 60
        step = timedelta(minutes=minutes)
        return tuple(
            Slot(hour.ds + number * step, hour.ds + (number + 1) * step, hour.fields)
            for hour in self.hours
            for number in range(60 // minutes)
        )


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the day with one set of fields: at most one push.

    Parameters
    ----------
    start, end : datetime
        Aware.
    fields : JsonObject
        The approved values.
    """

    start: datetime
    end: datetime
    fields: JsonObject

    def is_late(self, moment: datetime) -> bool:
        """Whether it is too late to begin its push."""
        return moment >= min(self.start + LATE_AFTER, self.end)


def day_payload(day: DayPlan) -> JsonObject:
    """Return what an approval of a day covers.

    Examples
    --------
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> day = DayPlan((DayHour(nine, {"maxCallsPerAgent": 2.4}),))
    >>> day_payload(day)["hours"]
    [{'ds': '2026-11-23T09:00:00+00:00', 'fields': {'maxCallsPerAgent': 2.4}}]
    >>> day_of(day_payload(day)) == day
    True
    """
    again = day.replanning
    return {
        "hours": [
            {"ds": hour.ds.astimezone(UTC).isoformat(), "fields": hour.fields} for hour in day.hours
        ],
        "replanning": again
        and {
            "everyMinutes": again.every_minutes,
            "bounds": {
                path: {"lowest": each.lowest, "highest": each.highest}
                for path, each in again.bounds.items()
            },
        },
    }


def day_of(payload: JsonObject) -> DayPlan:
    """Return the plan of a day that a payload holds; raises `DataError` where it holds none."""
    again = payload.get("replanning")
    try:
        day = DayPlan(
            tuple(
                DayHour(datetime.fromisoformat(each["ds"]), dict(each["fields"]))
                for each in payload["hours"]
            ),
            again
            and Replanning(
                int(again["everyMinutes"]),
                {
                    path: Bounds(float(each["lowest"]), float(each["highest"]))
                    for path, each in again["bounds"].items()
                },
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise DataError("A plan of a day cannot be read from the store.") from error
    check_day(day)
    return day


def check_day(day: DayPlan) -> None:
    """Raise `UsageError` where a day has no hour, hours out of order, or bounds that are none."""
    if not day.hours:
        raise UsageError("The plan of the day has no hour.", "Plan at least one hour ahead.")
    starts = [hour.ds for hour in day.hours]
    if any(later < earlier + HOUR for earlier, later in pairwise(starts)):
        raise UsageError("The hours of the day are not in order.", "Give each hour once.")
    again = day.replanning
    if again is None:
        return
    if again.every_minutes not in EVERY_MINUTES:
        raise UsageError(
            f"A day cannot be planned anew every {again.every_minutes} minutes.",
            "Choose 15 or 60 minutes.",
        )
    for path, bounds in again.bounds.items():
        if bounds.lowest > bounds.highest:
            raise UsageError(
                f"The bounds of {path} are the wrong way round:"
                f" {bounds.lowest:g} to {bounds.highest:g}.",
                "Give the lowest value first.",
            )


def within_leave(
    day: DayPlan, slot: Slot, wanted: JsonObject
) -> tuple[JsonObject, tuple[str, ...]]:
    """Return what may be pushed for a slot, and the fields in which that is not what was wanted.

    Parameters
    ----------
    day : DayPlan
        With its bounds.
    slot : Slot
        With its approved values.
    wanted : JsonObject
        What planning anew would set, by top-level field.

    Examples
    --------
    >>> nine = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> again = Replanning(60, {"maxCallsPerAgent": Bounds(1.0, 3.0)})
    >>> hour = DayHour(nine, {"maxCallsPerAgent": 2.4, "abandonRate": 3.0})
    >>> day = DayPlan((hour,), again)
    >>> within_leave(day, day.slots()[0], {"maxCallsPerAgent": 3.4, "abandonRate": 2.0})
    ({'maxCallsPerAgent': 3.0, 'abandonRate': 3.0}, ('maxCallsPerAgent', 'abandonRate'))
    """
    bounds = day.replanning.bounds if day.replanning else {}
    allowed: JsonObject = {}
    for path, approved in slot.fields.items():
        value = wanted.get(path, approved)
        if path not in bounds or not isinstance(value, int | float):
            allowed[path] = approved
        else:
            allowed[path] = min(max(value, bounds[path].lowest), bounds[path].highest)
    return allowed, tuple(path for path, value in wanted.items() if allowed.get(path) != value)


def change_path(ds: datetime, path: str) -> str:
    """Return the path under which a day's diff lists a field of an hour."""
    return f"{ds.astimezone(UTC).isoformat()}/{path}"

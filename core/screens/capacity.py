"""Agents ahead, to be corrected by hand: hours as a table to edit, or a file.

An hour that somebody enters stands in place of the tenant's until it is forgotten. An empty cell
is unknown and never zero. The service checks roles and numbers again and writes the audit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from core.charts.picture import Look
from core.charts.times import day, hour_span
from core.errors import UsageError
from core.exports.history_csv import read_capacity_csv
from core.frames import CAPACITY
from core.screens.context import Context, may
from core.screens.recent import Reading, Recent
from core.services.recommend import PacingAdvice
from core.staffing import Capacity, CapacityOrigin
from core.units import SkillId
from core.workflow.approval import Person, Step

HOUR = timedelta(hours=1)
TITLES: Mapping[CapacityOrigin, str] = {
    CapacityOrigin.SCHEDULE: "Agents ahead: as the tenant schedules them",
    CapacityOrigin.ON_QUEUE_NOW: "Agents ahead: those on the queue now stand in for a schedule",
    CapacityOrigin.BY_HAND: "Agents ahead: partly by hand",
    CapacityOrigin.UNKNOWN: "Agents ahead: capacity unknown; enter them by hand",
}


@dataclass(frozen=True, slots=True)
class CapacityView:
    """The agents of the hours ahead.

    Parameters
    ----------
    skill : str
        Whose agents they are.
    hours : tuple of datetime
        Start of each hour, aware.
    table : DataFrame
        `hour` (text), `scheduled` by the tenant and `by_hand`, a row for each hour; NaN where
        nobody tells. Unit: agents.
    trouble : str
        Why the tenant's schedule is not shown; empty where it is.
    notes : tuple of str
        What is to be known of the agents.
    may_edit : bool
        Whether whoever looks may enter agents.
    """

    skill: str
    hours: tuple[datetime, ...]
    table: pd.DataFrame
    trouble: str
    notes: tuple[str, ...]
    may_edit: bool

    @property
    def stamp(self) -> str:
        """Another one as soon as something was entered or forgotten."""
        told = self.table["by_hand"].tolist()
        return f"{self.skill}|{self.hours[0].isoformat()}|{told}"

    @property
    def has_entered(self) -> bool:
        """Whether any hour ahead was entered by hand."""
        return bool(self.table["by_hand"].notna().any())


def title_of(advice: PacingAdvice) -> str:
    """Return how the agents ahead are known."""
    return TITLES[advice.staffing.origin]


def view(
    context: Context,
    recent: Recent,
    advice: PacingAdvice,
    skill: str,
    person: Person,
    look: Look,
) -> CapacityView:
    """Return the agents of the hours of a recommendation.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    advice : PacingAdvice
        Tells the hours.
    skill : str
        Whose agents they are.
    person : Person
        Who looks.
    look : Look
        Zone, palette, now.
    """
    hours = tuple(hour.ds for hour in advice.recommendation.hours)
    first, end = hours[0], hours[-1] + HOUR
    reading: Reading[Capacity] = recent.read(
        ("schedule", skill, first),
        lambda: context.tenant.agents_scheduled(SkillId(skill), first, end),
    )
    scheduled = {} if reading.value is None else _by_hour(reading.value)
    entered = {each.ds: each.agents for each in context.staffing.entered(skill, first, end)}
    gap = float("nan")
    table = pd.DataFrame(
        {
            "hour": [f"{day(ds, look.zone)}, {hour_span(ds, look.zone)}" for ds in hours],
            "scheduled": [scheduled.get(ds, gap) for ds in hours],
            "by_hand": [entered.get(ds, gap) for ds in hours],
        }
    ).astype({"scheduled": "float64", "by_hand": "float64"})
    return CapacityView(
        skill,
        hours,
        table,
        str(reading.trouble) if reading.trouble else "",
        advice.staffing.notes,
        may(person, Step.PROPOSE),
    )


def save(
    context: Context,
    seen: CapacityView,
    by_hand: Sequence[float | None],
    reason: str,
    person: Person,
) -> str:
    """Store what was changed in the table, and return the sentence that says so.

    Parameters
    ----------
    context : Context
        What is acted through.
    seen : CapacityView
        As the person saw it.
    by_hand : sequence of float or None
        The edited column, hour by hour; None or NaN gives the hour back to the tenant.
    reason : str
        Why; goes into the audit.
    person : Person
        Who.

    Raises
    ------
    ApproverNotAllowed
        If the person's role does not allow it.
    UsageError
        If nothing was changed, or a number is one that no team has.
    """
    before = [None if pd.isna(each) else each for each in seen.table["by_hand"].tolist()]
    after = [None if each is None or pd.isna(each) else float(each) for each in by_hand]
    changed = [
        (ds, new) for ds, old, new in zip(seen.hours, before, after, strict=True) if old != new
    ]
    if not changed:
        raise UsageError("No hour was changed.", "Enter agents in the column By hand, then save.")
    told = [(ds, new) for ds, new in changed if new is not None]
    if told:
        context.staffing.enter(seen.skill, _frame(told), by=person.name, reason=reason)
    for ds, new in changed:
        if new is None:
            context.staffing.forget(seen.skill, ds, ds + HOUR, by=person.name, reason=reason)
    return f"Agents saved for {_hours(len(changed))}. The plan counts with them now."


def load(
    context: Context, seen: CapacityView, content: bytes, name: str, reason: str, person: Person
) -> str:
    """Store the agents of a file, and return the sentence that says so.

    Raises
    ------
    FileRejected
        With line and column, where anything in the file is wrong; nothing is stored then.
    ApproverNotAllowed, UsageError
        As `save`.
    """
    zone = context.settings.time_zone
    hours = read_capacity_csv(content, file_name=name, time_zone=zone)
    number = context.staffing.enter(seen.skill, hours, by=person.name, reason=reason)
    return f"Agents of {_hours(number)} entered from {name}."


def forget(context: Context, seen: CapacityView, reason: str, person: Person) -> str:
    """Give the hours ahead back to the tenant, and return the sentence that says so."""
    number = context.staffing.forget(
        seen.skill, seen.hours[0], seen.hours[-1] + HOUR, by=person.name, reason=reason
    )
    return f"Agents entered by hand are forgotten for {_hours(number)}."


def _by_hour(capacity: Capacity) -> dict[datetime, float]:
    told = capacity.frame
    starts = [each.to_pydatetime() for each in told["ds"].tolist()]
    return dict(zip(starts, told["agents"].tolist(), strict=True))


def _frame(told: Sequence[tuple[datetime, float]]) -> pd.DataFrame:
    starts, agents = zip(*told, strict=True)
    ds = pd.DatetimeIndex(list(starts)).tz_convert("UTC").as_unit("us")
    return CAPACITY.check(pd.DataFrame({"ds": ds, "agents": list(agents)}))


def _hours(number: int) -> str:
    return "1 hour" if number == 1 else f"{number} hours"

"""The week of a centre or of a series: when contacts came, what was learned, what holds.

What holds is told first, and learned where nobody told it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.charts.times import day
from core.clock import hour_start
from core.errors import SettingsError, UsageError
from core.forecasting.forecast import SeriesKind
from core.history.calendar import HOURS_PER_WEEK
from core.history.centre import Centre
from core.history.habits import mean_by
from core.history.opening import OpeningHours, opening_text
from core.history.told import WHOLE_CENTRE, NotedOpening, Scope
from core.screens.context import Context
from core.screens.names import Names
from core.workflow.approval import Person

LEARN_DAYS = 90
MOST_QUEUES = 50
"""The hours of a whole centre are learned from so many queues at most: a page may not take long."""
CENTRE = "centre"
_NOUNS = {SeriesKind.VOLUME: "Queue", SeriesKind.ANSWER_RATE: "Campaign"}


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of a week, and why they are so.

    Parameters
    ----------
    used : array, shape (168,)
        In what share of the weeks an hour had a contact; NaN where no week is known.
    learned, in_force : array of bool, shape (168,)
        Whether the hour is open: as contacts show, and as forecasts take it.
    told : NotedOpening or None
        What was told of this very scope.
    of_centre : bool
        Whether what holds was told of the whole centre instead.
    source : str
        Where it comes from, in words.
    """

    used: npt.NDArray[np.float64]
    learned: npt.NDArray[np.bool_]
    in_force: npt.NDArray[np.bool_]
    told: NotedOpening | None
    of_centre: bool
    source: str

    @property
    def text(self) -> str:
        """The hours in force, as they are written."""
        return opening_text(self.in_force)

    @property
    def differs(self) -> int:
        """In how many hours of the week what was told is not what is learned."""
        return int((self.learned != self.in_force).sum())


def scope_choices(queues: Names, campaigns: Names) -> Mapping[str, str]:
    """Return what hours can be told of, for choosing: the centre, its queues, its campaigns."""
    choices = {CENTRE: "The whole centre"}
    for kind, names in ((SeriesKind.VOLUME, queues), (SeriesKind.ANSWER_RATE, campaigns)):
        choices |= {
            f"{kind.value}:{series_id}": f"{_NOUNS[kind]} {name}"
            for series_id, name in names.options.items()
        }
    return choices


def scope_of(choice: str | None) -> Scope:
    """Return what a choice stands for.

    Examples
    --------
    >>> scope_of("volume:q-1"), scope_of("centre").is_whole_centre
    (Scope(kind='volume', series_id='q-1'), True)
    """
    kind, colon, series_id = (choice or CENTRE).partition(":")
    return Scope(kind, series_id) if colon else WHOLE_CENTRE


def week_of(context: Context, scope: Scope, queue_ids: Sequence[str]) -> Week:
    """Return the week of a series, or of the centre as its queues show it.

    Parameters
    ----------
    context : Context
        What is looked through; the tenant is not asked.
    scope : Scope
        The series, or the whole centre.
    queue_ids : sequence of str
        The centre's queues.
    """
    told = {noted.scope: noted for noted in context.calendar.opening_hours()}
    holds = told.get(scope) or told.get(WHOLE_CENTRE)
    centre = _untold(context, scope)
    history = _history(context, scope, queue_ids, centre)
    learned = centre.learned_opening(history)
    used = np.full(HOURS_PER_WEEK, np.nan)
    if not history.empty:
        week = centre.hour_of_week(pd.DatetimeIndex(history["ds"]))
        seen = np.bincount(week, minlength=HOURS_PER_WEEK) > 0
        shares = mean_by(week, _contacts(history) > 0, HOURS_PER_WEEK)
        used = np.where(seen, shares, np.nan)
    return Week(
        used=used,
        learned=learned,
        in_force=holds.opening.is_open if holds else learned,
        told=told.get(scope),
        of_centre=holds is not None and holds.scope != scope,
        source=_source(context, holds, history, len(queue_ids) if not scope.series_id else 0),
    )


def use_hours(
    context: Context,
    scope: Scope,
    name: str,
    text: str,
    since: date | None,
    reason: str,
    person: Person,
) -> str:
    """Tell opening hours as they were typed, and return the sentence on it.

    Raises
    ------
    UsageError
        If the text cannot be read.
    ApproverNotAllowed
        If the person's role does not allow it.
    """
    try:
        opening = OpeningHours.parse(text, since)
    except SettingsError as error:
        raise UsageError(error.what, error.next_step) from None
    context.calendar.tell_opening(scope, name, opening, by=person.name, reason=reason)
    start = f" from {since.isoformat()} on" if since else ""
    return f"{name}: open {opening.text}{start}. Forecasts made from now on go by it."


def learn_again(context: Context, scope: Scope, name: str, reason: str, person: Person) -> str:
    """Let the hours be learned again, and return the sentence on it."""
    context.calendar.tell_opening(scope, name, None, by=person.name, reason=reason)
    return f"{name}: opening hours are learned from history again."


def _untold(context: Context, scope: Scope) -> Centre:
    """Return the centre without the hours told, so that what contacts show stands beside them."""
    kind = SeriesKind(scope.kind) if scope.series_id else SeriesKind.VOLUME
    centre = context.calendar.centre_of(kind, scope.series_id)
    return replace(centre, told=replace(centre.told, opening=None))


def _history(
    context: Context, scope: Scope, queue_ids: Sequence[str], centre: Centre
) -> pd.DataFrame:
    until = hour_start(context.clock.now())
    start = until - timedelta(days=LEARN_DAYS)
    kind = SeriesKind(scope.kind) if scope.series_id else SeriesKind.VOLUME
    series_ids = (scope.series_id,) if scope.series_id else queue_ids[:MOST_QUEUES]
    with context.unit_of_work() as work:
        read = [work.history.read(kind, series_id, start, until) for series_id in series_ids]
    records = pd.concat(read) if read else pd.DataFrame()
    if records.empty:
        return pd.DataFrame()
    summed = records.groupby("ds").sum().reset_index()
    ends = (summed["ds"].iloc[-1] + pd.Timedelta(hours=1)).to_pydatetime()
    tidy = centre.rate_history if kind is SeriesKind.ANSWER_RATE else centre.volume_history
    return tidy(summed, scope.series_id or CENTRE, ends)


def _contacts(history: pd.DataFrame) -> npt.NDArray[np.float64]:
    name = "offered" if "offered" in history.columns else "y"
    contacts: npt.NDArray[np.float64] = history[name].fillna(0.0).to_numpy(dtype="float64")
    return contacts


def _source(
    context: Context, holds: NotedOpening | None, history: pd.DataFrame, queues: int
) -> str:
    if holds is not None:
        of = " of the whole centre" if holds.scope.is_whole_centre else ""
        when = day(holds.at, context.settings.time_zone)
        since = f", from {holds.opening.since.isoformat()} on" if holds.opening.since else ""
        return f"told{of} by {holds.person} on {when}{since}"
    if history.empty:
        return "nothing is read yet, so every hour counts as open"
    days = max(1, round(len(history) / 24))
    of = ""
    if queues > 1:
        of = f" of {min(queues, MOST_QUEUES)} queues"
        of += f" out of {queues}" if queues > MOST_QUEUES else ""
    return f"learned from {days} days{of}"

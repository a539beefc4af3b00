"""What the pages of a forecast share: selection, stored forecast, its age, its file, its job.

Only what is stored is looked at; a page never makes a forecast by being looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

import pandas as pd

from core.errors import DataError
from core.exports.forecast_json import forecast_document
from core.exports.json_values import json_text
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.methods import AUTO, method_names
from core.frames import FORECAST_ROWS, RATE_HISTORY, VOLUME_HISTORY
from core.screens.context import Context
from core.services.desk import EVERYTHING, subject_of
from core.services.forecast import ForecastOrder
from core.workflow.approval import Person
from core.workflow.jobs import Job, JobState

FIT_FOR = timedelta(hours=6)
"""A forecast older than this is old: the next hours deserve a newer one."""
LEARN_DAYS: Mapping[SeriesKind, tuple[int, ...]] = MappingProxyType(
    {SeriesKind.ANSWER_RATE: (14, 28, 56, 91), SeriesKind.VOLUME: (28, 90, 182, 365)}
)
"""Spans of history that a forecast may be made from; `DEFAULT_DAYS` has the usual one."""
TUTORIAL = "tutorial"
_MODELS = {SeriesKind.ANSWER_RATE: "tutorial (STL)", SeriesKind.VOLUME: "tutorial (Prophet)"}
WEEKLY, NOT_WEEKLY = "weekly", "without"
MOST_EARLIER = 21


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for.

    Parameters
    ----------
    kind : SeriesKind
        Answer rate or volume.
    series_id : str or None
        Campaign or queue; None where there is none to choose.
    series_name : str
        Its name.
    method : str
        As it is asked for, ``auto`` included.
    shown_days : int
        How much history is to be seen.
    learn_days : int
        How much history the next forecast is made from.
    weekly : bool
        Whether the next forecast has a weekly shape, where the method can do without.
    """

    kind: SeriesKind
    series_id: str | None
    series_name: str
    method: str = AUTO
    shown_days: int = 7
    learn_days: int = 14
    weekly: bool = True


def method_words(kind: SeriesKind, name: str) -> str:
    """Return a method's name with what is behind it.

    Examples
    --------
    >>> method_words(SeriesKind.VOLUME, "tutorial"), method_words(SeriesKind.VOLUME, "profile")
    ('tutorial (Prophet)', 'profile')
    """
    return _MODELS[kind] if name == TUTORIAL else name


def method_choices(kind: SeriesKind) -> Mapping[str, str]:
    """Return the methods that can be asked for, for choosing."""
    return {name: f"Method: {method_words(kind, name)}" for name in method_names(kind)}


def learn_choices(kind: SeriesKind) -> Mapping[str, str]:
    """Return the spans of history to learn from, for choosing."""
    return {str(days): f"Learns from {days} days" for days in LEARN_DAYS[kind]}


def newest(context: Context, wanted: Wanted) -> Forecast | None:
    """Return the newest stored forecast by the wanted method, or None."""
    if wanted.series_id is None:
        return None
    with context.unit_of_work() as work:
        return work.forecasts.latest(wanted.kind, wanted.series_id, wanted.method)


def is_old(forecast: Forecast, now: datetime) -> bool:
    """Return whether a forecast is too old to be relied on for the next hours."""
    return now - forecast.made_at >= FIT_FOR


def known_history(context: Context, wanted: Wanted, days: int) -> pd.DataFrame:
    """Return the tidy history that was read so far, of some days; without a row where none was."""
    contract = RATE_HISTORY if wanted.kind is SeriesKind.ANSWER_RATE else VOLUME_HISTORY
    if wanted.series_id is None:
        return contract.empty()
    try:
        return context.history.stored(wanted.kind, wanted.series_id, days)
    except DataError:
        return contract.empty()


def was_read(context: Context, wanted: Wanted) -> bool:
    """Return whether the tenant was ever asked for this series."""
    series_id = wanted.series_id
    return bool(series_id and context.history.read_until(wanted.kind, series_id))


def forecast_before(
    context: Context, wanted: Wanted, since: datetime, until: datetime
) -> pd.DataFrame:
    """Return what was forecast of past hours before they came, about a horizon ahead.

    Parameters
    ----------
    context : Context
        What is looked through.
    wanted : Wanted
        The series.
    since, until : datetime
        The hours in [since, until).

    Returns
    -------
    DataFrame
        `core.frames.FORECAST_ROWS`: each hour by a forecast that was stored a day before the one
        that follows it, and by the newest earlier one where none is so old. Without a row where
        nothing was stored before.
    """
    if wanted.series_id is None:
        return FORECAST_ROWS.empty()
    found: list[pd.DataFrame] = []
    with context.unit_of_work() as work:
        moment = until - timedelta(days=1)
        before = work.forecasts.made_before(wanted.kind, wanted.series_id, moment)
        if before is None:
            moment = until - timedelta(hours=1)
            before = work.forecasts.made_before(wanted.kind, wanted.series_id, moment)
        while before is not None and len(found) < MOST_EARLIER:
            found.append(before.rows)
            if before.rows["ds"].min() <= pd.Timestamp(since):
                break
            moment = before.made_at - timedelta(days=1)
            before = work.forecasts.made_before(wanted.kind, wanted.series_id, moment)
    if not found:
        return FORECAST_ROWS.empty()
    rows = pd.concat(found).drop_duplicates("ds").sort_values("ds")
    is_past = (rows["ds"] >= since) & (rows["ds"] < until)
    return rows[is_past].reset_index(drop=True)


def latest_job(context: Context, wanted: Wanted) -> Job | None:
    """Return the job that forecasts the series, or all of them; the newest one where none runs.

    A failure that a later forecast has overtaken is told no more; ids are told as names.
    """
    if wanted.series_id is None:
        return None
    job = context.work.latest(subject_of(wanted.kind, wanted.series_id))
    if job is None or job.is_over:
        job = context.work.running(EVERYTHING) or job
    if job is None or job.state is not JobState.FAILED:
        return job
    with context.unit_of_work() as work:
        made = work.forecasts.latest(wanted.kind, wanted.series_id)
    if made is not None and made.made_at >= job.started_at:
        return None
    message = job.message.replace(wanted.series_id, wanted.series_name)
    return replace(job, message=message)


def begin(context: Context, wanted: Wanted, person: Person) -> Job | None:
    """Begin to forecast the series as wanted."""
    if wanted.series_id is None:
        return None
    order = ForecastOrder(
        wanted.kind,
        wanted.series_id,
        wanted.series_name,
        method=wanted.method,
        days=wanted.learn_days,
        weekly=wanted.weekly,
    )
    return context.desk.forecast(order, person.name)


def document_text(context: Context, forecast: Forecast) -> str:
    """Return a stored forecast as the JSON document that the command line writes."""
    laid = context.adjusting.of_series(forecast.kind, forecast.series_id)
    return json_text(forecast_document(forecast, adjustments=laid))


def file_name(forecast: Forecast) -> str:
    """Return the name of a forecast's file.

    It has series, method and the time it was made, so that two downloads do not become one.
    """
    letters = "".join(letter if letter.isalnum() else "-" for letter in forecast.series_name)
    name = "-".join(part for part in letters.lower().split("-") if part)
    return f"{forecast.kind.value}-{name}-{forecast.method}-{forecast.made_at:%Y%m%dT%H%M}Z.json"

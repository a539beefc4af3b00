"""Accuracy: how good the forecasts have been, and which of them need somebody.

Shows what was scored and stored; scoring is work in the background, never the page's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from core.charts.numbers import GAP, count, share
from core.charts.picture import Look
from core.charts.times import duration, moment_text
from core.clock import hour_start
from core.forecasting.assessment import AssessmentSource
from core.forecasting.drift import DriftReport, DriftState
from core.forecasting.drift_triggers import ERROR_FACTOR, Trigger
from core.forecasting.forecast import SeriesKind
from core.screens.accuracy_words import STATES, bias_text, error_text, why
from core.screens.context import Context, may
from core.screens.forecast_page import Wanted
from core.screens.names import Names, campaign_names, queue_names, silence_of
from core.screens.recent import Recent
from core.screens.worker_words import worker_words
from core.services.drift import RETRAINING
from core.services.scoring import CHECKING
from core.workflow.approval import PROGRAM, Person, Step
from core.workflow.jobs import Job, JobState

KINDS: Mapping[str, str] = {
    SeriesKind.VOLUME.value: "Queue volume",
    SeriesKind.ANSWER_RATE.value: "Answer rate",
}
SOURCES: Mapping[str, str] = {
    AssessmentSource.STORED.value: "Stored forecasts",
    AssessmentSource.BACKTEST.value: "Looking back",
}
PARAMS: Mapping[SeriesKind, str] = {
    SeriesKind.VOLUME: "queue",
    SeriesKind.ANSWER_RATE: "campaign",
}
"""The address's parameter that chooses a series, the same as on its own page."""
ROW_COLUMNS = ("name", "state", "error", "usual", "bias", "coverage", "hours", "why")
RANKS = (DriftState.RETRAIN, DriftState.WATCH, DriftState.SOUND, DriftState.UNKNOWN)
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class AccuracyView:
    """What the page shows of all series of a kind.

    Parameters
    ----------
    headline, provenance : str
        The answer, and where it comes from.
    trouble : str
        That the tenant does not answer; empty where it does.
    instead : tuple of str
        Where there is no series: what is the case, and what to do.
    rows_title : str
        What the table shows.
    rows : DataFrame
        Texts in `ROW_COLUMNS`, those that need somebody first.
    series_ids : tuple of str
        What each row is of.
    to_retrain : tuple of DriftReport
        What the button retrains.
    retrain_label, retrain_note : str
        The button, empty where there is nothing to retrain or this person may not; and why.
    worker : str
        Whether the worker is at work.
    """

    headline: str
    provenance: str
    trouble: str = ""
    instead: tuple[str, ...] = ()
    rows_title: str = ""
    rows: pd.DataFrame | None = None
    series_ids: tuple[str, ...] = ()
    to_retrain: tuple[DriftReport, ...] = ()
    retrain_label: str = ""
    retrain_note: str = ""
    worker: str = ""


def kind_of(value: str | None) -> SeriesKind:
    """Return the kind that the address names."""
    return SeriesKind(value or SeriesKind.VOLUME.value)


def source_of(value: str | None) -> AssessmentSource:
    """Return the source that the address names."""
    return AssessmentSource(value or AssessmentSource.STORED.value)


def series_wanted(kind: SeriesKind, series_id: str | None, name: str) -> Wanted:
    """Return the series that the address chooses."""
    return Wanted(kind, series_id, name)


def report_of(context: Context, series: Wanted) -> DriftReport | None:
    """Return the newest drift report of a series, or None."""
    with context.unit_of_work() as work:
        reports = work.assessments.drift(series.kind)
    return next((each for each in reports if each.series_id == series.series_id), None)


def failed_jobs(context: Context) -> tuple[Job, ...]:
    """Return the work of this page that failed and was not begun again since."""
    jobs = (context.work.latest(subject) for subject in (CHECKING, RETRAINING))
    return tuple(job for job in jobs if job is not None and job.state is JobState.FAILED)


def series_names(context: Context, recent: Recent, kind: SeriesKind) -> Names:
    """Return the campaigns or the queues to choose from."""
    read = campaign_names if kind is SeriesKind.ANSWER_RATE else queue_names
    return read(context, recent)


def reports_of(context: Context, names: Names, kind: SeriesKind) -> tuple[DriftReport, ...]:
    """Return the newest drift reports of the series there are, the most in need first."""
    with context.unit_of_work() as work:
        reports = [each for each in work.assessments.drift(kind) if each.series_id in names.options]
    return tuple(sorted(reports, key=lambda each: (RANKS.index(each.state), -(each.error or 0.0))))


def view(
    context: Context, names: Names, kind: SeriesKind, person: Person, look: Look
) -> AccuracyView:
    """Return the page for all series of a kind; the tenant is not asked."""
    reports = reports_of(context, names, kind)
    trouble = silence_of(names, look.now, look.zone)
    worker = worker_words(context, look.now)
    provenance = _provenance(kind, reports, look)
    if not names.options:
        noun = "campaign" if kind is SeriesKind.ANSWER_RATE else "queue"
        return AccuracyView(
            f"No {noun} is known",
            provenance,
            f"{trouble}." if trouble else "",
            (f"The tenant tells of no {noun}.", "Look at Connection for what it may tell."),
            worker=worker,
        )
    in_force = {each.forecast_id for each in context.retraining.drifting()}
    to_retrain = tuple(each for each in reports if each.forecast_id in in_force)
    rows, ids = _rows(names, reports, kind)
    return AccuracyView(
        headline=_headline(reports, to_retrain, kind),
        provenance=provenance,
        trouble=f"{trouble}; what was scored before is shown." if trouble else "",
        rows_title=_rows_title(reports, to_retrain, len(ids)),
        rows=rows,
        series_ids=ids,
        to_retrain=to_retrain,
        retrain_label=_retrain_label(to_retrain) if may(person, Step.PROPOSE) else "",
        retrain_note=_retrain_note(to_retrain),
        worker=worker,
    )


def begin_due_scoring(context: Context) -> None:
    """Begin to score what came since, where an hour has ended and nobody has scored it yet."""
    latest = context.work.latest(CHECKING)
    now = context.clock.now()
    if latest is not None and (
        not latest.is_over or hour_start(latest.started_at) == hour_start(now)
    ):
        return
    with context.unit_of_work() as work:
        has_any = any(work.forecasts.newest_ids(kind) for kind in SeriesKind)
    if has_any:
        context.scoring.begin_check(PROGRAM.name)


def latest_scoring(context: Context) -> Job | None:
    """Return the job that scores every forecast, or the newest one."""
    return context.work.latest(CHECKING)


def latest_retraining(context: Context) -> Job | None:
    """Return the job that retrains, or the newest one."""
    return context.work.latest(RETRAINING)


def retraining_told(context: Context) -> str:
    """Return what the last retraining came to, for a while after it ended."""
    job = context.work.latest(RETRAINING)
    if job is None or job.state is not JobState.DONE:
        return ""
    ago = context.clock.now() - job.updated_at
    return f"{job.message} {duration(ago)} ago." if ago.total_seconds() < 3600 else ""


def _headline(
    reports: tuple[DriftReport, ...], to_retrain: tuple[DriftReport, ...], kind: SeriesKind
) -> str:
    what = "answer-rate" if kind is SeriesKind.ANSWER_RATE else "volume"
    if to_retrain:
        named = ", ".join(each.series_name for each in to_retrain[:MOST_NAMED])
        if len(reports) == 1:
            return f"The {what} forecast of {named} needs retraining"
        more = len(to_retrain) - MOST_NAMED
        verb = "needs" if len(to_retrain) == 1 else "need"
        rest = f" and {count(more)} more" if more > 0 else ""
        return (
            f"{count(len(to_retrain))} of {count(len(reports))} {what} forecasts {verb}"
            f" retraining: {named}{rest}"
        )
    told = [each for each in reports if each.state in (DriftState.SOUND, DriftState.WATCH)]
    if told:
        holding = sum(each.state is DriftState.SOUND for each in told)
        if holding < len(told):
            return f"{count(holding)} of {count(len(told))} {what} forecasts hold, the rest is new"
        if len(told) == 1:
            return f"The {what} forecast of {told[0].series_name} holds what its backtest promised"
        return f"All {count(len(told))} {what} forecasts hold what their backtests promised"
    if reports:
        return f"Too few hours have come since the {what} forecasts were stored to tell"
    return f"No {what} forecast has been scored yet"


def _provenance(kind: SeriesKind, reports: tuple[DriftReport, ...], look: Look) -> str:
    measure = (
        "Error in points, weighted by calls offered"
        if kind is SeriesKind.ANSWER_RATE
        else "Error as WAPE"
    )
    scored = (
        f"scored {duration(look.now - max(each.checked_at for each in reports))} ago"
        if reports
        else "not scored yet"
    )
    parts = (measure, moment_text(look.now, look.zone), scored, "out of sample, baseline beside")
    return " · ".join(parts)


def _rows(
    names: Names, reports: tuple[DriftReport, ...], kind: SeriesKind
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    scored = {each.series_id for each in reports}
    others = [series_id for series_id in names.options if series_id not in scored]
    rows = [_cells(each, names.options[each.series_id], kind) for each in reports]
    rows += [
        dict.fromkeys(ROW_COLUMNS, GAP)
        | {"name": names.options[each], "state": "not scored", "why": "No forecast scored yet."}
        for each in others
    ]
    ids = (*(each.series_id for each in reports), *others)
    return pd.DataFrame(rows, columns=list(ROW_COLUMNS)), ids


def _cells(report: DriftReport, name: str, kind: SeriesKind) -> dict[str, str]:
    found = {each.trigger: each for each in report.findings}
    error, bias = found.get(Trigger.WAPE), found.get(Trigger.BIAS)
    coverage = found.get(Trigger.COVERAGE)
    usual = error.limit / ERROR_FACTOR if error is not None and error.limit else None
    return {
        "name": name,
        "state": STATES[report.state],
        "error": error_text(report.error, kind),
        "usual": error_text(usual, kind),
        "bias": bias_text(bias.measured if bias else None, kind),
        "coverage": share(coverage.measured if coverage else None),
        "hours": count(report.hours),
        "why": why(report),
    }


def _rows_title(
    reports: tuple[DriftReport, ...], to_retrain: tuple[DriftReport, ...], series: int
) -> str:
    hold = sum(each.state is DriftState.SOUND for each in reports)
    told = f"{count(hold)} of {count(series)} hold"
    return f"{told}, {count(len(to_retrain))} to retrain" if to_retrain else told


def _retrain_label(to_retrain: tuple[DriftReport, ...]) -> str:
    if not to_retrain:
        return ""
    if len(to_retrain) == 1:
        return f"Retrain {to_retrain[0].series_name}"
    return f"Retrain the {count(len(to_retrain))} that need it"


def _retrain_note(to_retrain: tuple[DriftReport, ...]) -> str:
    if not to_retrain:
        return "No forecast needs retraining."
    return "Forecasts anew in the background; the old forecasts stay and can be compared."

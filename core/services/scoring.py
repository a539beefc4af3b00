"""Scoring forecasts: the stored ones as their hours come, and any method by looking back.

Results are stored, so that a page shows them without computing. The tenant is asked for nothing
here; what was read of the past is what counts.
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from core.clock import Clock
from core.errors import DataError, RecordNotFound, StoreError, TooLittleHistory
from core.forecasting.assessment import (
    Assessment,
    AssessmentSource,
    assess_stored,
    assessment_of,
    on_shared_hours,
)
from core.forecasting.backtest import LEAST_HOURS, past_cutoffs
from core.forecasting.drift import WINDOW, DriftReport, drift_of
from core.forecasting.forecast import SeriesKind
from core.forecasting.methods import BASELINE
from core.forecasting.past_forecasts import Past, past_forecasts
from core.forecasting.request import DEFAULT_HORIZON
from core.ports import UnitOfWorkFactory
from core.services.history import DEFAULT_DAYS, History
from core.services.work import BackgroundWork, Report
from core.workflow.jobs import Job

log = logging.getLogger(__name__)

CHECKING = "scores:everything"
LONGEST_IN_FORCE = timedelta(days=8)
"""A forecast made so long before the window may still be in force within it."""


def backtest_subject(kind: SeriesKind, series_id: str) -> str:
    """Return the subject of the job that looks back on a series."""
    return f"backtest:{kind.value}:{series_id}"


@dataclass(frozen=True, slots=True)
class BacktestOrder:
    """What to look back on.

    Parameters
    ----------
    kind : SeriesKind
        Answer rate or volume.
    series_id, series_name : str
        Campaign or queue.
    methods : tuple of str
        Names, ``auto`` among them; the baseline comes by itself.
    days : int or None
        Span of history. Unit: days; None for the kind's default.
    cutoffs : int or None
        How many; None for the kind's default.
    level : float
        The band's claim, a share.
    """

    kind: SeriesKind
    series_id: str
    series_name: str
    methods: tuple[str, ...]
    days: int | None = None
    cutoffs: int | None = None
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Scoring:
    """Scores forecasts of one tenant and stores the results.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    history : History
        Tells what came.
    clock : Clock
        Tells when it was scored.
    work : BackgroundWork
        Runs what takes long.
    fits : context manager
        Entered for each method: a semaphore that other work shares.
    """

    unit_of_work: UnitOfWorkFactory
    history: History
    clock: Clock
    work: BackgroundWork
    fits: AbstractContextManager[object]

    def check(self, kind: SeriesKind, series_id: str) -> DriftReport:
        """Score the stored forecasts of a series on what came since, and store what was found.

        Returns
        -------
        DriftReport
            Whether they drift; the scores are among the store's assessments.

        Raises
        ------
        RecordNotFound
            If no forecast of the series is stored; says how to make one.
        TooLittleHistory
            If nothing of the series was read.
        """
        now = self.clock.now()
        with self.unit_of_work() as work:
            newest = work.forecasts.latest(kind, series_id)
            made = work.forecasts.made_since(kind, series_id, now - WINDOW[kind] - LONGEST_IN_FORCE)
        if newest is None:
            raise RecordNotFound(
                f"There is no stored {kind.value} forecast of {series_id}.",
                "Make one first: `dialcast forecast`, or the button Forecast on its page.",
            )
        alike = [each for each in made if each.requested_method == newest.requested_method]
        history = self.history.stored(kind, series_id)
        centre = self.history.centre_of(kind, series_id)
        report = drift_of(alike or [newest], history, centre, now)
        assessment = assess_stored(alike or [newest], history, centre, now)
        with self.unit_of_work() as work:
            work.assessments.save_drift(report)
            work.assessments.save(assessment)
            work.commit()
        return report

    def check_everything(self, report: Report) -> str:
        """Check every series that has a stored forecast; return in a sentence what was found."""
        with self.unit_of_work() as work:
            stored = [each for kind in SeriesKind for each in work.forecasts.latest_of_all(kind)]
        drifting: list[str] = []
        refused: list[str] = []
        for number, forecast in enumerate(stored):
            report(number, len(stored), forecast.series_name)
            try:
                with self.fits:
                    found = self.check(forecast.kind, forecast.series_id)
            except StoreError:
                raise
            except DataError as error:
                refused.append(f"{forecast.series_name}: {error.what}")
            else:
                drifting += [forecast.series_name] if found.needs_retraining else []
        told = f"{len(stored) - len(refused)} of {len(stored)} series checked"
        off = f"; to retrain: {', '.join(drifting)}." if drifting else "; none is to be retrained."
        return " ".join((told + off, *refused))

    def begin_check(self, owner: str) -> Job:
        """Begin to check every series."""
        return self.work.begin(CHECKING, "Score every forecast", owner, self.check_everything)

    def backtest(self, order: BacktestOrder, report: Report) -> Assessment:
        """Look back on a series by some methods, the baseline beside them, and store the result.

        Raises
        ------
        TooLittleHistory
            If the history is too short to look back, or nothing of the series was read.
        """
        history = self.history.stored(order.kind, order.series_id, order.days)
        horizon = DEFAULT_HORIZON[order.kind]
        cutoffs = past_cutoffs(history, order.kind, horizon, order.cutoffs)
        if not cutoffs:
            raise too_short_to_look_back(order.series_name, order.kind, len(history), horizon)
        centre = self.history.centre_of(order.kind, order.series_id)
        past = Past(history, centre, cutoffs)
        names = tuple(dict.fromkeys((*order.methods, BASELINE)))
        frames: dict[str, pd.DataFrame] = {}
        for number, name in enumerate(names):
            report(number, len(names), f"Looking back by {name}")
            with self.fits:
                (frames[name],) = past_forecasts(
                    [past], name, kind=order.kind, horizon=horizon, level=order.level
                )
        assessment = assessment_of(
            order.series_name,
            _shared({name: frame for name, frame in frames.items() if len(frame)}),
            history,
            centre,
            source=AssessmentSource.BACKTEST,
            kind=order.kind,
            made_at=self.clock.now(),
            level=order.level,
            horizon=horizon,
            refused=tuple(
                f"{name} refused at each of {len(cutoffs)} past cutoffs."
                for name, frame in frames.items()
                if frame.empty
            ),
        )
        with self.unit_of_work() as work:
            work.assessments.save(assessment)
            work.commit()
        return assessment

    def begin_backtest(self, order: BacktestOrder, owner: str) -> Job:
        """Begin to look back on a series."""

        def action(report: Report) -> str:
            found = self.backtest(order, report)
            cutoffs = found.methods[0].scores.cutoffs if found.methods else 0
            return f"{order.series_name}: looked back from {cutoffs} past cutoffs."

        subject = backtest_subject(order.kind, order.series_id)
        return self.work.begin(subject, f"Backtest {order.series_name}", owner, action)


def too_short_to_look_back(
    series_name: str, kind: SeriesKind, hours: int, horizon: int
) -> TooLittleHistory:
    """Return the error that says how much history looking back needs."""
    need = LEAST_HOURS[kind] + horizon
    return TooLittleHistory(
        f"{series_name} has {hours} hours of history, and to look back needs {need}.",
        "Give a longer history or a shorter horizon.",
        have_hours=hours,
        need_hours=need,
    )


def days_of(kind: SeriesKind, learned_days: float) -> int:
    """Return the span that a forecast is made from again: as it was, or the kind's default.

    Examples
    --------
    >>> days_of(SeriesKind.VOLUME, 60.2), days_of(SeriesKind.VOLUME, 182.0)
    (90, 182)
    """
    return max(DEFAULT_DAYS[kind], round(learned_days))


def _shared(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    names: Sequence[str] = tuple(frames)
    return dict(zip(names, on_shared_hours(list(frames.values())), strict=True)) if names else {}

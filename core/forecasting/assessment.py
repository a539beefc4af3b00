"""How good forecasts of a series were: each method's scores, by lead time and hour of the week.

Two sources, never mixed: forecasts that were stored before their hours came, and a rolling-origin
backtest. The seasonal-naive baseline stands beside either, on the same hours. Nothing is fitted
or stored here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from core.forecasting.backtest import backtest
from core.forecasting.bands import judged_by_others
from core.forecasting.by_lead import LeadScore, by_hour_of_week, by_lead_time, lead_hours
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.forecasting.forecaster import LocalTime
from core.forecasting.methods import BASELINE
from core.forecasting.scores import naive_error, score
from core.forecasting.seasonal_naive import SeasonalNaive
from core.forecasting.series import HOUR, outcomes, to_last_record

APART = timedelta(hours=20)
"""A forecast a day is enough to tell how good they are, however often they are made."""
BOUNDS = ("yhat", "yhat_lower", "yhat_upper")


class AssessmentSource(StrEnum):
    """Where the forecasts that were scored come from."""

    STORED = "stored"
    """Stored before their hours came."""
    BACKTEST = "backtest"
    """Made now, at past cutoffs, from what was known then."""


@dataclass(frozen=True, slots=True)
class MethodAssessment:
    """How good one method was.

    Parameters
    ----------
    scores : Scores
        Over all hours compared.
    by_lead : tuple of LeadScore
        By lead time.
    by_hour : tuple of float or None
        Error by hour of the centre's week, 168 of them.
    """

    scores: Scores
    by_lead: tuple[LeadScore, ...]
    by_hour: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How good forecasts of a series were.

    Parameters
    ----------
    source : AssessmentSource
        Stored forecasts or a backtest.
    kind : SeriesKind
        What is forecast.
    series_id, series_name : str
        Campaign or queue.
    made_at : datetime
        When it was scored; aware.
    level : float
        What the bands claimed to cover, a share.
    horizon : int
        How far ahead. Unit: hours.
    since, until : datetime or None
        The first hour compared, and the end of the last; None where there was none.
    methods : tuple of MethodAssessment
        On the same hours; the baseline among them.
    refused : tuple of str
        Why a method that was asked for is not among them, in sentences.
    """

    source: AssessmentSource
    kind: SeriesKind
    series_id: str
    series_name: str
    made_at: datetime
    level: float
    horizon: int
    since: datetime | None
    until: datetime | None
    methods: tuple[MethodAssessment, ...]
    refused: tuple[str, ...] = ()

    def of(self, method: str) -> MethodAssessment | None:
        """Return a method's assessment, or None where it was not compared."""
        return next((each for each in self.methods if each.scores.method == method), None)


def compared_with(forecast: Forecast, history: pd.DataFrame) -> pd.DataFrame:
    """Return a stored forecast beside what came of the hours that were ahead when it was made.

    Parameters
    ----------
    forecast : Forecast
        As stored.
    history : DataFrame
        The tidy history of its series, as it is now.

    Returns
    -------
    DataFrame
        The columns of `core.forecasting.backtest.backtest`, a row for each hour that came, up to
        the last one with a record.
    """
    ahead = forecast.rows.loc[forecast.rows["ds"] >= pd.Timestamp(forecast.made_at).floor("h")]
    past = history.loc[history["ds"] <= pd.Timestamp(forecast.cutoff)]
    # Beyond the last record a feed that fell silent looks like a centre that closed.
    came = outcomes(to_last_record(history), forecast.kind)
    rows = ahead[["ds", *BOUNDS]].merge(came, on="ds")
    return rows.assign(
        cutoff=pd.Timestamp(forecast.cutoff),
        closed=(rows["yhat"] == 0) & ~(rows["yhat_upper"] > 0),
        scale=naive_error(past, forecast.kind),
    )


def on_shared_hours(frames: Sequence[pd.DataFrame]) -> tuple[pd.DataFrame, ...]:
    """Return comparisons cut to the cutoffs and hours that all of them have.

    Examples
    --------
    >>> one = pd.DataFrame({"cutoff": [0, 0], "ds": [1, 2], "yhat": [5, 6]})
    >>> [len(each) for each in on_shared_hours([one, one.iloc[1:]])]
    [1, 1]
    """
    shared = frames[0][["cutoff", "ds"]]
    for frame in frames[1:]:
        shared = shared.merge(frame[["cutoff", "ds"]], on=["cutoff", "ds"])
    return tuple(frame.merge(shared, on=["cutoff", "ds"]) for frame in frames)


def assess_stored(
    forecasts: Sequence[Forecast], history: pd.DataFrame, centre: LocalTime, now: datetime
) -> Assessment:
    """Return how good the stored forecasts of a series were, the baseline beside them.

    Only forecasts that were asked for as the newest one was, and claim the same level, are scored;
    of those made within `APART` of each other the first one.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Of one series; at least one.
    history : DataFrame
        Its tidy history, as it is now.
    centre : LocalTime
        The centre's clock.
    now : datetime
        Aware.
    """
    newest = max(forecasts, key=lambda each: each.made_at)
    compared = [compared_with(each, history) for each in _a_day_apart(forecasts, newest)]
    told = [frame for frame in compared if len(frame)]
    frames: tuple[pd.DataFrame, ...] = ()
    horizon = 0
    if told:
        own = pd.concat(told, ignore_index=True)
        horizon = int(max(lead_hours(own)))
        frames = on_shared_hours([own, _baseline_at(own, history, centre, newest, horizon)])
    names = (newest.requested_method, BASELINE)
    wanted = names[:1] if newest.requested_method == BASELINE else names
    return assessment_of(
        newest.series_name,
        dict(zip(wanted, frames, strict=False)),
        history,
        centre,
        source=AssessmentSource.STORED,
        kind=newest.kind,
        made_at=now,
        level=newest.level,
        horizon=horizon,
    )


def assessment_of(
    series_name: str,
    compared: Mapping[str, pd.DataFrame],
    history: pd.DataFrame,
    centre: LocalTime,
    *,
    source: AssessmentSource,
    kind: SeriesKind,
    made_at: datetime,
    level: float,
    horizon: int,
    refused: tuple[str, ...] = (),
) -> Assessment:
    """Return the assessment of methods that were compared on the same hours.

    Parameters
    ----------
    series_name : str
        Campaign or queue.
    compared : mapping of str to DataFrame
        Method to its comparison, on shared hours.
    history : DataFrame
        Tells the series.
    centre : LocalTime
        The centre's clock.
    source, kind, made_at, level, horizon, refused
        As `Assessment` has them.
    """
    told = {name: frame for name, frame in compared.items() if len(frame)}
    hours = next(iter(told.values()))["ds"] if told else None
    return Assessment(
        source=source,
        kind=kind,
        series_id=str(history["unique_id"].iloc[0]),
        series_name=series_name,
        made_at=made_at,
        level=level,
        horizon=horizon,
        since=hours.min().to_pydatetime() if hours is not None else None,
        until=(hours.max() + HOUR).to_pydatetime() if hours is not None else None,
        methods=tuple(
            MethodAssessment(
                score(name, frame, kind, level),
                by_lead_time(frame, kind, level, horizon),
                by_hour_of_week(frame, kind, centre),
            )
            for name, frame in told.items()
        ),
        refused=refused,
    )


def _a_day_apart(forecasts: Sequence[Forecast], newest: Forecast) -> list[Forecast]:
    alike = [
        each
        for each in forecasts
        if each.requested_method == newest.requested_method and each.level == newest.level
    ]
    kept: list[Forecast] = []
    for each in sorted(alike, key=lambda each: each.made_at):
        if not kept or each.made_at - kept[-1].made_at >= APART:
            kept.append(each)
    return kept


def _baseline_at(
    own: pd.DataFrame, history: pd.DataFrame, centre: LocalTime, newest: Forecast, horizon: int
) -> pd.DataFrame:
    cutoffs = [cutoff.to_pydatetime() for cutoff in sorted(own["cutoff"].unique())]
    compared = backtest(
        history,
        SeasonalNaive(newest.kind, centre),
        centre,
        horizon=horizon,
        cutoffs=cutoffs,
        level=newest.level,
    )
    return judged_by_others(compared, newest.kind, newest.level)

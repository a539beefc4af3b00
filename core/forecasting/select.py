"""Which method to trust: each tried at the same past cutoffs, compared on the same hours.

`auto` takes the method with the lowest error, but leaves a method in force only for one that is
clearly and steadily better, so that it does not change from day to day by chance. The baseline in
force is left as soon as a model is clearly better. With nothing to compare it takes the baseline:
it needs no proof. The reason is told in a sentence, always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.forecasting.backtest import backtest, past_cutoffs
from core.forecasting.bands import ErrorBand, band_from_errors, judged_by_others
from core.forecasting.forecast import Scores, SeriesKind
from core.forecasting.forecaster import Forecaster, LocalTime
from core.forecasting.methods import BASELINE
from core.forecasting.rate_bands import RateBand
from core.forecasting.scores import score

MARGIN = 0.05
"""A method in force is left for one whose error is lower by more than this share."""
STEADY = 3.0
"""And by more than so many standard errors of the difference, from one past cutoff to the next. A
week of past days is few: measured, the baseline that had copied a good week by chance was taken
for a model and erred 1.6 times as much the day after, or more. With this rule it was not."""
MOST_CUTOFFS = {SeriesKind.VOLUME: 3}
"""Volume methods that are tried one by one take long; the fast ones are tried as a panel."""


@dataclass(frozen=True)
class Trial:
    """A method, tried at past cutoffs.

    Parameters
    ----------
    forecaster : Forecaster
        The method.
    compared : DataFrame
        See `core.forecasting.backtest.backtest`. Where the method has no band of its own, the
        bounds are those that its errors at the other cutoffs give.
    error_band : ErrorBand
        The band that its errors at all cutoffs give.
    scores : Scores
        On the hours that all methods of the comparison have.
    """

    forecaster: Forecaster
    compared: pd.DataFrame
    error_band: ErrorBand | RateBand
    scores: Scores


def try_out(
    history: pd.DataFrame,
    forecasters: Iterable[Forecaster],
    centre: LocalTime,
    *,
    horizon: int,
    level: float,
    seed: int,
) -> tuple[Trial, ...]:
    """Return each method's trial, compared on the hours that all of them have.

    Parameters
    ----------
    history : DataFrame
        A tidy history with ``recorded``.
    forecasters : iterable of Forecaster
        The methods, for the same kind of series.
    centre : LocalTime
        The centre's clock.
    horizon : int
        How far to look ahead. Unit: hours.
    level : float
        What bands shall cover, a share.
    seed : int
        Of the methods' randomness.
    """
    trials = []
    for forecaster in forecasters:
        kind = forecaster.kind
        compared = backtest(
            history,
            forecaster,
            centre,
            horizon=horizon,
            cutoffs=past_cutoffs(history, kind, horizon, MOST_CUTOFFS.get(kind)),
            level=level,
            seed=seed,
        )
        band = band_from_errors(compared, kind)
        if compared["yhat_lower"].isna().all():
            compared = judged_by_others(compared, kind, level)
        trials.append(Trial(forecaster, compared, band, score("", compared, kind, level)))
    shared = _shared_hours([trial.compared for trial in trials])
    return tuple(_scored(trial, shared, level) for trial in trials)


def ranked(trials: Sequence[Trial], in_force: str = BASELINE) -> tuple[Trial, ...]:
    """Return trials, the one to trust first.

    Parameters
    ----------
    trials : sequence of Trial
        Of one series.
    in_force : str
        The method that comes first unless another's error is lower by more than `MARGIN` and, if
        it is no baseline, `STEADY`; the rest by error, the baseline before its equals. Without any
        past error the baseline comes first, and the models in the order given.
    """

    def place(trial: Trial) -> tuple[bool, float, bool]:
        error = trial.scores.error
        is_baseline = trial.forecaster.name == BASELINE
        if error is None:
            return (True, 0.0, not is_baseline)
        return (False, error, not is_baseline)

    by_error = sorted(trials, key=place)
    kept = next((each for each in by_error if each.forecaster.name == in_force), None)
    if kept is None or kept.scores.error is None:
        return tuple(by_error)
    first = by_error[0] if _is_better(by_error[0], kept) else kept
    return (first, *(each for each in by_error if each is not first))


def is_kept(error: float | None, best: float | None) -> bool:
    """Return whether a method in force keeps its place beside the best one.

    Examples
    --------
    >>> is_kept(0.40, 0.39), is_kept(0.40, 0.37), is_kept(None, None)
    (True, False, False)
    """
    return error is not None and best is not None and best >= (1.0 - MARGIN) * error


def _is_better(rival: Trial, kept: Trial) -> bool:
    if rival.scores.error is None or is_kept(kept.scores.error, rival.scores.error):
        return False
    if kept.forecaster.name == BASELINE:
        return True
    gain = (_missed(kept) - _missed(rival)).dropna().to_numpy()
    return len(gain) > 1 and bool(gain.sum() > STEADY * gain.std(ddof=1) * np.sqrt(len(gain)))


def _missed(trial: Trial) -> "pd.Series[float]":
    """What a method was off by in all, by past cutoff."""
    compared = trial.compared
    off = (compared["yhat"] - compared["actual"]).abs() * compared["weight"]
    return off.groupby(compared["cutoff"]).sum()


def reason_for(chosen: Trial, others: Sequence[Trial]) -> str:
    """Return why `auto` took a method, in a sentence."""
    name, kind = chosen.forecaster.name, chosen.forecaster.kind
    if chosen.scores.error is None:
        return f"auto chose {name}: there is no past error to compare methods by."
    known = [trial for trial in others if trial.scores.error is not None]
    rivals = " and ".join(f"{trial.scores.error:.3f} of {trial.forecaster.name}" for trial in known)
    against = f" against {rivals}" if rivals else ""
    lower = [trial for trial in known if (trial.scores.error or 0.0) < chosen.scores.error]
    stays = f" Nothing is steadily {MARGIN * 100:g} % better, so the method stays." if lower else ""
    return (
        f"auto {'kept' if lower else 'chose'} {name}: error {chosen.scores.error:.3f}{against}"
        f" over {_span(chosen, kind)}.{stays}"
    )


def _span(trial: Trial, kind: SeriesKind) -> str:
    unit = "day" if kind is SeriesKind.ANSWER_RATE else "week"
    count = trial.scores.cutoffs
    return f"{count} past {unit}{'' if count == 1 else 's'}"


def _shared_hours(frames: Sequence[pd.DataFrame]) -> pd.DataFrame | None:
    shared: pd.DataFrame | None = None
    for frame in frames:
        if frame.empty:
            continue
        keys = frame[["cutoff", "ds"]]
        shared = keys if shared is None else shared.merge(keys, on=["cutoff", "ds"])
    return shared


def _scored(trial: Trial, shared: pd.DataFrame | None, level: float) -> Trial:
    compared = trial.compared
    if shared is not None and not compared.empty:
        compared = compared.merge(shared, on=["cutoff", "ds"])
    forecaster = trial.forecaster
    return replace(trial, scores=score(forecaster.name, compared, forecaster.kind, level))

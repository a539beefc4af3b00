"""Volumes of many series in one pass: methods tried, one chosen for each series, its band made.

`auto` chooses by the error at past cutoffs, among the fast methods and their average. A method in
force is left only for one that is clearly better, so that it does not change from day to day by
chance. Nothing is stored here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from core.forecasting.bands import ErrorBand, error_band
from core.forecasting.forecast import Scores, SeriesKind
from core.forecasting.panel import Panel
from core.forecasting.rolled import Rolled
from core.forecasting.scores import LAG_HOURS, Compared, scored
from core.forecasting.select import MARGIN, is_kept
from core.forecasting.volume_bands import volume_bounds
from core.forecasting.volume_methods import BASELINE

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """Which method, and by what errors.

    Parameters
    ----------
    method : str
        The chosen one.
    in_force : str
        The one that had to be beaten; empty where there was nothing to compare.
    errors : mapping of str to float
        WAPE at past cutoffs by method; NaN where nothing came.
    """

    method: str
    in_force: str
    errors: Mapping[str, float]


def choose(errors: Mapping[str, float], in_force: str) -> Choice:
    """Return the method to take.

    Parameters
    ----------
    errors : mapping of str to float
        Past errors by method; NaN where nothing could be compared.
    in_force : str
        The method that keeps its place unless another is better by
        `core.forecasting.select.MARGIN`.

    Examples
    --------
    >>> choose({"average": 0.40, "profile": 0.39, "seasonal-naive": 0.5}, "average").method
    'average'
    >>> choose({"average": 0.40, "profile": 0.37, "seasonal-naive": 0.5}, "average").method
    'profile'
    >>> choose({"average": float("nan"), "seasonal-naive": float("nan")}, "average").method
    'seasonal-naive'
    """
    known = {name: error for name, error in errors.items() if np.isfinite(error)}
    if not known:
        return Choice(BASELINE, "", errors)
    best = min(known, key=lambda name: known[name])
    if not is_kept(known.get(in_force), known[best]):
        return Choice(best, in_force, errors)
    return Choice(in_force, in_force, errors)


@dataclass(frozen=True)
class PastVolumes:
    """Past forecasts of a panel, ready to be scored series by series.

    Parameters
    ----------
    panel : Panel
        The series.
    rolled : Rolled
        Their past forecasts.
    """

    panel: Panel
    rolled: Rolled

    def errors(self, row: int) -> Mapping[str, float]:
        """Return the WAPE of each method for one series."""
        return {name: float(error[row]) for name, error in self._errors.items()}

    def band(self, name: str, row: int, without: int | None = None) -> ErrorBand:
        """Return the band that a method's past errors give, but for those at one cutoff."""
        used = self._usable[row].copy()
        if without is not None:
            used[without] = False
        return error_band(
            self.rolled.forecasts[name][row][used],
            self.rolled.came[row][used],
            self._lead[used],
            SeriesKind.VOLUME,
            int(used.any(axis=1).sum()),
        )

    def scores(self, name: str, row: int, level: float, *, banded: bool) -> Scores:
        """Return the scores of a method for one series.

        Parameters
        ----------
        name : str
            The method.
        row : int
            Which series.
        level : float
            What its band shall cover, a share.
        banded : bool
            Whether each cutoff is also judged by the band that the others' errors give.
        """
        compared = self.rolled.compared[row]
        yhat, shut = self.rolled.forecasts[name][row], self.rolled.shut[row]
        lower, upper = np.full(yhat.shape, np.nan), np.full(yhat.shape, np.nan)
        cutoffs = np.flatnonzero(compared.any(axis=1))
        for cutoff in cutoffs if banded else ():
            band = self.band(name, row, without=int(cutoff))
            lower[cutoff], upper[cutoff] = volume_bounds(
                band, yhat[cutoff], shut[cutoff], self.rolled.factors[row, cutoff], level
            )
        beside = Compared(
            yhat=yhat[compared],
            yhat_lower=lower[compared],
            yhat_upper=upper[compared],
            actual=self.rolled.came[row][compared],
            weight=np.ones(int(compared.sum())),
            scale=np.broadcast_to(self._scales[row][:, None], yhat.shape)[compared],
            closed=shut[compared],
            cutoffs=len(cutoffs),
        )
        return scored(name, beside, SeriesKind.VOLUME, level)

    @cached_property
    def _errors(self) -> Mapping[str, Floats]:
        return {name: self.rolled.error(name) for name in self.rolled.forecasts}

    @cached_property
    def _usable(self) -> Flags:
        """Hours that lend an error: compared, ordinary, and not expected closed."""
        return self.rolled.compared & ~self.rolled.shut & np.isnan(self.rolled.factors)

    @cached_property
    def _lead(self) -> Floats:
        _, cutoffs, hours = self.rolled.came.shape
        return np.tile(np.arange(1.0, hours + 1), (cutoffs, 1))

    @cached_property
    def _scales(self) -> Floats:
        """Mean error of last week's value before each cutoff, shape (n_series, n_cutoffs)."""
        known = self.panel.with_closed
        change = np.abs(known[:, LAG_HOURS:] - known[:, :-LAG_HOURS])
        counted = np.cumsum(~np.isnan(change), axis=1)
        summed = np.cumsum(np.nan_to_num(change), axis=1)
        last = self.panel.hours - np.array(self.rolled.back, dtype=np.int64) - LAG_HOURS - 1
        place = np.maximum(last, 0)
        enough = (last >= 0) & (counted[:, place] > 0) if change.shape[1] else None
        if enough is None:
            return np.full(self.rolled.valid.shape, np.nan)
        mean = summed[:, place] / np.maximum(counted[:, place], 1)
        scales: Floats = np.where(enough, mean, np.nan)
        return scales


def volume_reason(choice: Choice, scores: Scores | None) -> str:
    """Return why `auto` took a method, in sentences."""
    name, errors = choice.method, choice.errors
    if scores is None or scores.error is None:
        return f"auto chose {name}: there is no past error to compare methods by."
    rivals = sorted((error, each) for each, error in errors.items() if each != name)
    named = [each for each in rivals if each[1] in (BASELINE, choice.in_force)]
    named = sorted({*rivals[:1], *named})
    against = ", ".join(f"{error:.3f} of {each}" for error, each in named)
    count = scores.cutoffs
    over = f"{count} past forecast{'' if count == 1 else 's'}"
    verb = "kept" if name == choice.in_force else "chose"
    text = f"auto {verb} {name}: error {errors[name]:.3f} against {against}, over {over}."
    if rivals and rivals[0][0] < errors[name]:
        text += f" Nothing is {MARGIN * 100:g} % better, so the method stays."
    return text


def rank_of(names: Sequence[str], choice: Choice) -> tuple[str, ...]:
    """Return methods in the order in which scores are kept: chosen, baseline, then by error."""
    first = dict.fromkeys((choice.method, BASELINE))
    rest = sorted(
        (name for name in names if name not in first),
        key=lambda name: (np.nan_to_num(choice.errors[name], nan=np.inf), name),
    )
    return (*(name for name in first if name in names), *rest)

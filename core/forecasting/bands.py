"""Bands from a method's own past errors, for any level, for methods that have none of their own.

Split-conformal: an error at a past cutoff is divided by what is usual for an hour as busy and as
far ahead, and the bounds are those quantiles of such errors, below and above, that the level asks
for. So busy hours get wider bands than quiet ones, and far hours wider ones than near. Hours
expected closed are exactly 0 and lend no error. The band never leaves 0..1 for a rate, nor goes
below 0 contacts, and a higher level never has a narrower band.

Whether it covers is measured out of sample: each past cutoff is judged by the others' errors.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import BAND_LEVELS, SeriesKind, bound_names
from core.forecasting.series import HOUR

LEAST_ERRORS = 20
"""With fewer past errors there is no band."""
MOST_BINS, BIN_ERRORS = 6, 25
"""Errors are told apart by how busy the hour was forecast, in bins of at least so many."""
LEAD_EDGES = (6, 24, 72)
"""Hours ahead after which errors are told apart."""
UNSEEN = 0.25
"""By how much a band from a single past cutoff is too narrow, and one from several by its part: the
time to come may be unlike each of them. Measured on queues not looked at before: without this, 95 %
bands from 2, 4 and 8 cutoffs held 91.2, 93.5 and 94.5 % of the open hours; with it 93.5, 94.5 and
95.1 %."""
SMALLEST = 0.05
"""Of the mean error: no hour is taken for surer than that."""

Floats = npt.NDArray[np.float64]
Steps = tuple[float, ...]
ALIKE: tuple[Steps, Steps] = ((0.0,), (1.0,))
"""Busyness and size where all hours err alike."""


@dataclass(frozen=True, slots=True)
class ErrorBand:
    """What a method's errors were like, and so the band around any forecast of it.

    Parameters
    ----------
    kind : SeriesKind
        What is forecast.
    busyness, size : tuple of float
        Forecasts, rising, and the mean error of hours as busy; the same for all hours of a rate.
    lead_size : tuple of float
        How large errors are in each span of `LEAD_EDGES`, relative to the mean.
    errors : array
        Errors over what is usual for the hour, rising; empty where there were too few.
    cutoffs : int
        From how many past forecasts.
    """

    kind: SeriesKind
    busyness: Steps
    size: Steps
    lead_size: Steps
    errors: Floats
    cutoffs: int

    @property
    def is_there(self) -> bool:
        """Whether there were errors enough."""
        return len(self.errors) > 0

    def words(self, level: float) -> str:
        """Return how the band of a level is made; empty where there is none."""
        if not self.is_there:
            return ""
        count = len(self.errors)
        source = f"{count} errors of {self.cutoffs} past forecast{'' if self.cutoffs == 1 else 's'}"
        if _rank(count, level) > count:
            return f"the largest of {source}, too few to tell {level * 100:g} %"
        return f"{level * 100:g} % of {source}"

    def bounds(
        self, yhat: Floats, lead: Floats, closed: npt.NDArray[np.bool_], level: float
    ) -> tuple[Floats, Floats]:
        """Return the lower and the upper bound of forecasts; NaN where there is no band.

        Parameters
        ----------
        yhat : array, shape (n_hours,)
            Forecasts.
        lead : array, shape (n_hours,)
            How far ahead each is. Unit: hours.
        closed : array of bool, shape (n_hours,)
            Where the centre is expected closed: there the bounds are the forecast itself.
        level : float
            What the band shall cover, a share.
        """
        if not self.is_there:
            return np.full(len(yhat), np.nan), np.full(len(yhat), np.nan)
        count = len(self.errors)
        rank = min(_rank(count, level), count)
        below, above = min(self.errors[count - rank], 0.0), max(self.errors[rank - 1], 0.0)
        wider = 1.0 + UNSEEN / max(self.cutoffs, 1)
        reach = np.where(closed, 0.0, wider * self._usual(yhat) * self._of_lead(lead))
        highest = 1.0 if self.kind is SeriesKind.ANSWER_RATE else np.inf
        return (
            np.clip(yhat + below * reach, 0.0, highest),
            np.clip(yhat + above * reach, 0.0, highest),
        )

    def around(self, rows: pd.DataFrame, cutoff: pd.Timestamp, level: float) -> pd.DataFrame:
        """Return forecast rows with their bounds, at a level and at each of `BAND_LEVELS`.

        Parameters
        ----------
        rows : DataFrame
            ``ds``, ``yhat`` and ``closed``.
        cutoff : Timestamp
            The last hour that the forecast has seen.
        level : float
            What ``yhat_lower`` and ``yhat_upper`` shall cover, a share.
        """
        yhat = rows["yhat"].to_numpy(dtype="float64")
        lead = _leads(rows["ds"], cutoff)
        closed = rows["closed"].to_numpy(dtype=bool)
        wanted = [(level, ("yhat_lower", "yhat_upper"))]
        if self.is_there:
            wanted += [(each, bound_names(each)) for each in BAND_LEVELS]
        columns: dict[str, Floats] = {}
        for each, (lower, upper) in wanted:
            columns[lower], columns[upper] = self.bounds(yhat, lead, closed, each)
        return rows.assign(**columns)

    def _usual(self, yhat: Floats) -> Floats:
        return usual_error(yhat, self.busyness, self.size)

    def _of_lead(self, lead: Floats) -> Floats:
        return np.asarray(self.lead_size)[np.searchsorted(LEAD_EDGES, lead)]


def error_band(
    yhat: Floats, actual: Floats, lead: Floats, kind: SeriesKind, cutoffs: int
) -> ErrorBand:
    """Return the band that some past errors give.

    Parameters
    ----------
    yhat, actual : array, shape (n_errors,)
        What was forecast for hours that were not expected closed, and what came.
    lead : array, shape (n_errors,)
        How far ahead each was. Unit: hours.
    kind : SeriesKind
        What was forecast.
    cutoffs : int
        From how many past forecasts.

    References
    ----------
    Lei, G'Sell, Rinaldo, Tibshirani, Wasserman (2018), Distribution-free predictive inference for
    regression, sections 2.2 and 5.2 (locally weighted).

    Examples
    --------
    >>> came = np.linspace(0.2, 0.4, 99)
    >>> band = error_band(np.full(99, 0.3), came, np.ones(99), SeriesKind.ANSWER_RATE, 1)
    >>> lower, upper = band.bounds(np.array([0.3]), np.ones(1), np.array([False]), 0.95)
    >>> lower.round(3).tolist(), upper.round(3).tolist(), band.words(0.95)
    ([0.178], [0.422], '95 % of 99 errors of 1 past forecast')
    """
    if len(yhat) < LEAST_ERRORS:
        return ErrorBand(kind, *ALIKE, (1.0,) * (len(LEAD_EDGES) + 1), np.empty(0), cutoffs)
    errors = actual - yhat
    is_rate = kind is SeriesKind.ANSWER_RATE
    busyness, size = ALIKE if is_rate else _sizes(yhat, np.abs(errors))
    relative = errors / usual_error(yhat, busyness, size)
    group = np.searchsorted(LEAD_EDGES, lead)
    lead_size = _lead_sizes(np.abs(relative), group)
    ordered = np.sort(relative / np.asarray(lead_size)[group])
    return ErrorBand(kind, busyness, size, lead_size, ordered, cutoffs)


def usual_error(yhat: Floats, busyness: Steps, size: Steps) -> Floats:
    """Return the usual error of forecasts as busy; beyond what was seen it grows as chance does."""
    if len(busyness) == 1:
        return np.full(len(yhat), size[0])
    usual = np.interp(yhat, busyness, size)
    last = max(busyness[-1], 1.0)
    grown: Floats = usual * np.sqrt(np.maximum(yhat, last) / last)
    return grown


def band_from_errors(compared: pd.DataFrame, kind: SeriesKind) -> ErrorBand:
    """Return the band that a method's past errors give.

    Parameters
    ----------
    compared : DataFrame
        As `core.forecasting.backtest.backtest` returns it.
    kind : SeriesKind
        What was forecast.
    """
    counted = compared.loc[~compared["closed"].astype(bool)]
    return error_band(
        counted["yhat"].to_numpy(dtype="float64"),
        counted["actual"].to_numpy(dtype="float64"),
        _leads(counted["ds"], counted["cutoff"]) if len(counted) else np.empty(0),
        kind,
        int(counted["cutoff"].nunique()),
    )


def judged_by_others(compared: pd.DataFrame, kind: SeriesKind, level: float) -> pd.DataFrame:
    """Return past forecasts with the bands that the errors at the other cutoffs give.

    With a single cutoff there are no others, and no band.
    """
    if compared.empty:
        return compared
    judged = [
        band_from_errors(compared.loc[compared["cutoff"] != own["cutoff"].iloc[0]], kind).around(
            own, own["cutoff"].iloc[0], level
        )
        for _, own in compared.groupby("cutoff", sort=False)
    ]
    return pd.concat(judged, ignore_index=True)


def _leads(
    ds: "pd.Series[pd.Timestamp]", cutoff: "pd.Series[pd.Timestamp] | pd.Timestamp"
) -> Floats:
    return np.asarray((ds - cutoff) / HOUR, dtype="float64")


def _rank(count: int, level: float) -> int:
    # One more than there are: the hour to come is one of the lot. Half of the misses fall on
    # either side.
    return ceil((count + 1) * (1.0 + level) / 2.0)


def _sizes(yhat: Floats, miss: Floats) -> tuple[Steps, Steps]:
    """Mean error by how busy the hour was forecast; busier hours never err less."""
    order = np.argsort(yhat, kind="stable")
    bins = max(1, min(MOST_BINS, len(yhat) // BIN_ERRORS))
    parts = np.array_split(order, bins)
    busyness = np.array([yhat[part].mean() for part in parts])
    size = np.maximum.accumulate(np.array([miss[part].mean() for part in parts]))
    least = max(SMALLEST * float(miss.mean()), 1e-9)
    return tuple(busyness.tolist()), tuple(np.maximum(size, least).tolist())


def _lead_sizes(relative: Floats, group: npt.NDArray[np.intp]) -> Steps:
    """Mean relative error by lead time; farther hours never err less."""
    overall = float(relative.mean())
    count = np.bincount(group, minlength=len(LEAD_EDGES) + 1)
    summed = np.bincount(group, relative, minlength=len(LEAD_EDGES) + 1)
    if overall <= 0:
        return (1.0,) * len(count)
    told = np.where(count >= BIN_ERRORS, summed / np.maximum(count, 1) / overall, 0.0)
    rising = np.maximum.accumulate(told)
    first = rising[rising > 0][0] if (rising > 0).any() else 1.0
    return tuple(np.where(rising > 0, rising, first).tolist())

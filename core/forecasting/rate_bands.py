"""Two bands of an answer rate: of the hour's probability, and of the share that will be observed.

The probability of an hour is not known to the last point; past forecast errors tell how far off it
is (the dispersion). The share observed in an hour scatters further, for calls are few: of 5 calls
only 0, 20, … 100 % can be answered. The first is a beta distribution around the forecast, the
second a beta-binomial one for the usual number of calls of the hour. Both are widened together
until the bands of past forecasts covered what they claim.

Nothing here knows how a forecast was made. A band never leaves 0 to 1, always holds its forecast,
and a higher level never has a narrower one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import BAND_LEVELS, bound_names
from core.forecasting.rate_calls import UsualCalls
from core.forecasting.rate_distribution import MOST_CALLS, distributions
from core.forecasting.rate_profile import dispersion_of

CALLS = "calls"
"""The column of forecast rows that holds an hour's usual number of calls."""
PROBABILITY = ("probability_lower", "probability_upper")
"""The columns that hold the band of the probability."""
LEAST_ERRORS = 20
UNKNOWN_DISPERSION = 0.08
"""What is assumed where there are fewer past errors than that: more than campaigns usually show."""
WIDEST = 0.9995
RARER = 0.5
"""How much rarer misses are to be than they seem from a single past day. Measured on lines and
campaigns that were not looked at before: without it, 95 % bands held 92 to 97 % of the hours, with
it 93 to 98 %; 50 % bands 52 to 67 %, 80 % bands 83 to 93 %. Few calls allow few shares, so a band
of some holds more than it claims."""
TIE = 1e-9

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RateBand:
    """How sure a method's forecasts of a campaign are.

    Parameters
    ----------
    dispersion : float
        How far probabilities lie from their forecast: 0 is exact, 1 is all or none.
    centrality : array, shape (n_errors,)
        The level of the narrowest band that would have held each past outcome, rising; empty
        where there were too few.
    cutoffs : int
        From how many past forecasts.
    usual : UsualCalls
        How many calls an hour usually has.
    """

    dispersion: float
    centrality: Floats
    cutoffs: int
    usual: UsualCalls

    @classmethod
    def assumed(cls, usual: UsualCalls) -> Self:
        """Return the band of a method of which too few errors are known."""
        return cls(UNKNOWN_DISPERSION, np.empty(0), 0, usual)

    @property
    def is_there(self) -> bool:
        """Whether there is a band: always, but see `words`."""
        return True

    def words(self, level: float) -> str:
        """Return how the band of a level is made."""
        of_what = f"{level * 100:g} % of the observed share of an hour with its usual calls"
        if not len(self.centrality):
            return f"{of_what}: beta-binomial, dispersion assumed for want of past errors"
        many = "" if self.cutoffs == 1 else "s"
        return (
            f"{of_what}: beta-binomial, widened to cover {len(self.centrality)} hours of "
            f"{self.cutoffs} past forecast{many}"
        )

    def bounds(self, yhat: Floats, calls: Floats, level: float) -> tuple[Floats, Floats]:
        """Return the lower and the upper bound of the share observed in some calls.

        Parameters
        ----------
        yhat : array, shape (n_hours,)
            Forecast shares.
        calls : array, shape (n_hours,)
            How many calls are offered; with `MOST_CALLS`, the band is that of the probability.
        level : float
            What the band shall cover, a share.

        Examples
        --------
        >>> from core.history.centre import Centre
        >>> band = RateBand(0.05, np.empty(0), 0, UsualCalls(np.ones(168), Centre()))
        >>> lower, upper = band.bounds(np.array([0.5, 0.5]), np.array([4.0, 400.0]), 0.8)
        >>> lower.round(2).tolist(), upper.round(2).tolist()
        ([0.25, 0.35], [0.75, 0.65])
        """
        misses = (1.0 - self._widened(level)) / 2.0
        lower, upper = np.empty(len(yhat)), np.empty(len(yhat))
        for rows, below, count in distributions(yhat, calls, self.dispersion):
            # A share that is exactly as rare as may be missed is still inside, on either side.
            lower[rows] = (below < misses - TIE).sum(axis=1) / count
            upper[rows] = (below < 1.0 - misses + TIE).sum(axis=1) / count
        return np.minimum(lower, yhat), np.maximum(upper, yhat)

    def around(self, rows: pd.DataFrame, cutoff: pd.Timestamp, level: float) -> pd.DataFrame:  # noqa: ARG002
        """Return forecast rows with both bands, and the observed share's at `BAND_LEVELS` too.

        Parameters
        ----------
        rows : DataFrame
            ``ds`` and ``yhat``.
        cutoff : Timestamp
            The last hour that the forecast has seen. Rates a day ahead are as sure as in an hour.
        level : float
            What ``yhat_lower`` and ``yhat_upper`` shall cover, and the `PROBABILITY` columns too.

        Returns
        -------
        DataFrame
            With the usual number of calls of each hour in `CALLS`.
        """
        yhat = rows["yhat"].to_numpy(dtype="float64")
        calls = self.usual.of(pd.DatetimeIndex(rows["ds"]))
        columns: dict[str, Floats] = {CALLS: calls}
        wanted = {("yhat_lower", "yhat_upper"): level}
        wanted |= {bound_names(each): each for each in BAND_LEVELS}
        for (lower, upper), each in wanted.items():
            columns[lower], columns[upper] = self.bounds(yhat, calls, each)
        columns |= self._probability(yhat, level)
        return rows.assign(**columns)

    def _probability(self, yhat: Floats, level: float) -> Mapping[str, Floats]:
        bounds = self.bounds(yhat, np.full(len(yhat), float(MOST_CALLS)), level)
        return dict(zip(PROBABILITY, bounds, strict=True))

    def _widened(self, level: float) -> float:
        """What level the distribution must be asked for so that past outcomes were covered."""
        count = len(self.centrality)
        if not count:
            return level
        # The hours of a day err together, so a few days have not seen their share of bad ones: the
        # rarer the outcome, the less of it they have seen.
        missed = (1.0 - level) ** (1.0 + RARER / self.cutoffs)
        # One more than there are: the hour to come is one of the lot.
        rank = min(ceil((count + 1) * (1.0 - missed)), count)
        return float(min(max(self.centrality[rank - 1], 0.01), WIDEST))


@dataclass(frozen=True)
class PastRates:
    """A method's past forecasts of open hours beside what came, as arrays of one length.

    Parameters
    ----------
    yhat, actual : array
        Forecast and observed shares.
    offered : array
        Calls that were offered, at least 1.
    calls : array
        Their usual number, as it was known at the cutoff.
    cutoff : array of int
        Which of the past forecasts.
    """

    yhat: Floats
    actual: Floats
    offered: Floats
    calls: Floats
    cutoff: npt.NDArray[np.int64]

    @property
    def cutoffs(self) -> int:
        """How many past forecasts there are."""
        return len(np.unique(self.cutoff))

    def where(self, wanted: npt.NDArray[np.bool_]) -> Self:
        """Return some of them."""
        return type(self)(
            self.yhat[wanted],
            self.actual[wanted],
            self.offered[wanted],
            self.calls[wanted],
            self.cutoff[wanted],
        )


def rate_band(past: PastRates, usual: UsualCalls) -> RateBand:
    """Return the band that a method's past errors give.

    Outcomes are judged as shares of the usual number of calls, so the band is widened for that the
    number of calls varies, too.

    Parameters
    ----------
    past : PastRates
        Of one campaign.
    usual : UsualCalls
        As it is known now.

    References
    ----------
    Lei, G'Sell, Rinaldo, Tibshirani, Wasserman (2018), Distribution-free predictive inference for
    regression, section 2.2. Chernozhukov, Wüthrich, Zhu (2021), Distributional conformal
    prediction, PNAS 118(48).

    Examples
    --------
    >>> from core.history.centre import Centre
    >>> rng, fifty = np.random.default_rng(1), np.full(400, 50.0)
    >>> came = rng.binomial(50, rng.beta(12, 28, 400)) / 50
    >>> past = PastRates(np.full(400, 0.3), came, fifty, fifty, np.arange(400) // 40)
    >>> band = rate_band(past, UsualCalls(np.full(168, 50.0), Centre()))
    >>> round(band.dispersion, 3), band.cutoffs
    (0.025, 10)
    """
    if len(past.yhat) < LEAST_ERRORS:
        return RateBand.assumed(usual)
    dispersion = dispersion_of(past.actual, past.yhat, past.offered)
    centrality = np.empty(len(past.yhat))
    for rows, below, count in distributions(past.yhat, past.calls, dispersion):
        answered = past.actual[rows] * count
        at_most = np.floor(answered + 1e-9).astype(np.int64)
        fewer = np.ceil(answered - 1e-9).astype(np.int64) - 1
        each = np.arange(len(rows))
        up_to = below[each, at_most]
        from_it = 1.0 - np.where(fewer >= 0, below[each, np.maximum(fewer, 0)], 0.0)
        centrality[rows] = np.clip(1.0 - 2.0 * np.minimum(up_to, from_it), 0.0, 1.0)
    return RateBand(dispersion, np.sort(centrality), past.cutoffs, usual)

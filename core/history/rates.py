"""Counts to rates. Rates are derived last and never averaged: counts are summed, then divided."""

from typing import Any

import pandas as pd

from core.errors import FrameContractBroken


def answer_rate(answered: "pd.Series[Any]", offered: "pd.Series[Any]") -> "pd.Series[float]":
    """Return the share of attempts that were answered.

    Parameters
    ----------
    answered : Series, shape (n_intervals,)
        Calls answered by a person or a machine. Unit: calls.
    offered : Series, shape (n_intervals,)
        Calls placed. Unit: calls. At least `answered` in every interval.

    Returns
    -------
    Series of float, shape (n_intervals,)
        Unit: share, 0 to 1. Missing where nothing was attempted, or where a count is missing.

    Raises
    ------
    FrameContractBroken
        If an interval has more answers than attempts.

    Examples
    --------
    >>> answer_rate(pd.Series([3, 0]), pd.Series([12, 0])).tolist()
    [0.25, nan]
    """
    excess = answered > offered
    if excess.any():
        first = int(excess.to_numpy().argmax())
        raise FrameContractBroken(
            f"{answered.iloc[first]:g} calls were answered of {offered.iloc[first]:g} attempts in "
            f"interval {first + 1}.",
            "Correct the source: no interval can have more answers than attempts.",
        )
    attempts = offered.astype("float64")
    return answered.astype("float64") / attempts.where(attempts > 0)

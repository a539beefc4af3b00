"""Counts to rates."""

import pandas as pd
import pytest

from core.errors import FrameContractBroken
from core.history.rates import answer_rate


def test_a_rate_without_attempts_is_missing_and_not_zero() -> None:
    rates = answer_rate(pd.Series([0, 0, 3]), pd.Series([0, 12, 12]))
    assert rates.isna().tolist() == [True, False, False]
    assert rates.tolist()[1:] == [0.0, 0.25]


def test_more_answers_than_attempts_are_refused() -> None:
    with pytest.raises(FrameContractBroken, match="5 calls were answered of 4 attempts"):
        answer_rate(pd.Series([1, 5]), pd.Series([4, 4]))


def test_a_missing_count_gives_a_missing_rate() -> None:
    rates = answer_rate(pd.Series([None, 1.0]), pd.Series([4.0, None]))
    assert rates.isna().all()

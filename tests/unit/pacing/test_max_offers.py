import numpy as np
import pandas as pd
import pytest

from core.errors import FrameContractBroken, UsageError
from core.frames import RATE_RECORDS
from core.pacing.max_offers import MaxOffers, max_offers_from_history


def history(offered: list[float]) -> pd.DataFrame:
    hours = pd.date_range("2026-11-20T09:00Z", periods=len(offered), freq="h", unit="us")
    return pd.DataFrame({"ds": hours, "offered": offered, "answered": 0.0})


def test_the_busiest_hour_of_the_history_stands_for_full_use() -> None:
    max_offers = max_offers_from_history(history([80, np.nan, 640, 200]))
    assert max_offers.value == 640.0
    assert "2026-11-20 11:00 UTC" in max_offers.origin
    assert "from 2026-11-20 09:00 UTC to 2026-11-20 13:00 UTC" in max_offers.origin


def test_order_and_index_of_the_history_do_not_matter() -> None:
    shuffled = pd.concat([history([80, 640]), history([1])]).iloc[::-1]
    assert max_offers_from_history(shuffled).value == 640.0


@pytest.mark.parametrize(
    "nothing", [None, RATE_RECORDS.empty(), history([0.0, 0.0]), history([np.nan])]
)
def test_without_an_offered_call_the_fallback_says_its_name(nothing: pd.DataFrame | None) -> None:
    assert max_offers_from_history(nothing) == MaxOffers(
        1000.0, "named fallback: no offered history"
    )


def test_a_history_without_the_column_is_refused() -> None:
    with pytest.raises(FrameContractBroken, match="offered"):
        max_offers_from_history(history([1.0]).drop(columns="offered"))


@pytest.mark.parametrize("value", [0.0, -5.0, float("nan")])
def test_it_is_always_above_zero(value: float) -> None:
    with pytest.raises(UsageError, match="above 0"):
        MaxOffers(value, "as given")

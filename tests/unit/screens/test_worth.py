"""What a forecast is worth: its error beside the baseline's, its band beside its coverage."""

from dataclasses import replace

import pytest

from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.screens.worth import worth_of
from tests.support.desk import CLAIMS, WINBACK, Desk


@pytest.fixture
def rate(desk: Desk) -> Forecast:
    forecast = desk.services.recommending.stored_forecast(SeriesKind.ANSWER_RATE, WINBACK)
    own = Scores("tutorial", 0.021, 0.8, None, 0.0, 0.94, None, 312, 13)
    baseline = Scores("seasonal-naive", 0.031, 1.0, None, 0.0, 0.95, None, 312, 13)
    return replace(forecast, method="tutorial", level=0.95, scores=(own, baseline))


def test_a_model_stands_beside_the_baseline(rate: Forecast) -> None:
    assert worth_of(rate) == (
        "Forecast by tutorial (STL): off by 2.1 points on average, the baseline by 3.1 points;"
        " its 95\u202f% band held 94.0\u202f% of 312 past hours."
    )


def test_the_baseline_says_that_it_is_one(rate: Forecast) -> None:
    assert "it is the baseline itself" in worth_of(replace(rate, method="seasonal-naive"))


def test_a_history_too_short_to_look_back_is_said(rate: Forecast) -> None:
    assert worth_of(replace(rate, scores=())).endswith("so its error is not known.")


def test_a_method_without_a_band_claims_none(rate: Forecast) -> None:
    bare = replace(rate.scores[0], coverage=None)
    assert "band" not in worth_of(replace(rate, scores=(bare, rate.scores[1])))


def test_volumes_are_off_by_a_part_of_the_contacts(desk: Desk) -> None:
    forecast = desk.services.recommending.stored_forecast(SeriesKind.VOLUME, CLAIMS)
    assert "of the contacts on average" in worth_of(forecast)

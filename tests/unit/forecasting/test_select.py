"""Which method to trust."""

import numpy as np
import pandas as pd
import pytest

from core.forecasting.bands import error_band
from core.forecasting.forecast import Scores, SeriesKind
from core.forecasting.methods import forecaster_for
from core.forecasting.select import Trial, ranked, reason_for, try_out
from core.history.centre import Centre
from tests.unit.forecasting.made_series import rate_history, rate_records

RATE = SeriesKind.ANSWER_RATE


def _trial(
    name: str, error: float | None, cutoffs: int = 3, daily: tuple[float, ...] | None = None
) -> Trial:
    """A trial whose error was the same at each past cutoff, or as given day by day."""
    off = daily or (error or 0.0,) * cutoffs
    compared = pd.DataFrame({"cutoff": range(len(off)), "yhat": off, "actual": 0.0, "weight": 1.0})
    scores = Scores(name, error, None, None, None, None, None, 10, cutoffs)
    forecaster = forecaster_for(RATE, name, Centre())
    none = np.empty(0)
    return Trial(forecaster, compared, error_band(none, none, none, RATE, 0), scores)


@pytest.mark.parametrize(
    ("model", "baseline", "first"),
    [
        (0.1, 0.2, "tutorial"),
        (0.2, 0.1, "seasonal-naive"),
        (0.1, 0.1, "seasonal-naive"),
        (None, None, "seasonal-naive"),
        (0.1, None, "tutorial"),
        (None, 0.1, "seasonal-naive"),
    ],
)
def test_a_model_is_taken_only_if_it_beat_the_baseline(
    model: float | None, baseline: float | None, first: str
) -> None:
    trials = [_trial("tutorial", model), _trial("seasonal-naive", baseline)]
    assert ranked(trials)[0].forecaster.name == first


@pytest.mark.parametrize(
    ("in_force", "rival", "first"),
    [(0.200, 0.195, "tutorial"), (0.200, 0.189, "seasonal-naive"), (None, 0.2, "seasonal-naive")],
)
def test_a_method_in_force_is_left_only_for_one_that_is_clearly_better(
    in_force: float | None, rival: float, first: str
) -> None:
    trials = [_trial("tutorial", in_force), _trial("seasonal-naive", rival)]
    assert ranked(trials, "tutorial")[0].forecaster.name == first


def test_a_method_in_force_is_not_left_for_one_that_was_better_on_a_single_day() -> None:
    kept = _trial("tutorial", 0.2, daily=(0.2, 0.2, 0.2))
    lucky = _trial("seasonal-naive", 0.15, daily=(0.05, 0.2, 0.2))
    steady = _trial("seasonal-naive", 0.15, daily=(0.14, 0.15, 0.16))
    assert ranked([kept, lucky], "tutorial")[0] is kept
    assert ranked([kept, steady], "tutorial")[0] is steady


def test_one_past_day_is_too_few_to_leave_a_model() -> None:
    kept, rival = _trial("tutorial", 0.2, cutoffs=1), _trial("stl", 0.1, cutoffs=1)
    assert ranked([kept, rival], "tutorial")[0] is kept


def test_the_baseline_in_force_is_left_for_a_model_that_is_better_though_not_steadily() -> None:
    kept = _trial("seasonal-naive", 0.2, daily=(0.2, 0.2, 0.2))
    model = _trial("tutorial", 0.15, daily=(0.05, 0.2, 0.2))
    assert ranked([kept, model], "seasonal-naive")[0] is model


def test_the_reason_tells_that_a_method_stays_though_another_had_the_lower_error() -> None:
    chosen, other = _trial("tutorial", 0.200), _trial("seasonal-naive", 0.195)
    assert reason_for(chosen, [other]) == (
        "auto kept tutorial: error 0.200 against 0.195 of seasonal-naive over 3 past days."
        " Nothing is steadily 5 % better, so the method stays."
    )


def test_the_reason_names_both_errors_and_how_far_back_they_go() -> None:
    chosen, other = _trial("seasonal-naive", 0.1621), _trial("tutorial", 0.4009)
    assert reason_for(chosen, [other]) == (
        "auto chose seasonal-naive: error 0.162 against 0.401 of tutorial over 3 past days."
    )


def test_with_nothing_to_compare_the_reason_says_so() -> None:
    chosen = _trial("seasonal-naive", None, cutoffs=0)
    assert reason_for(chosen, [_trial("tutorial", None)]) == (
        "auto chose seasonal-naive: there is no past error to compare methods by."
    )


def test_methods_are_compared_on_the_hours_that_all_of_them_have() -> None:
    # The tutorial forecasts the night too; the baseline knows it closed. One stray call at night
    # must not count against one of them alone.
    records = rate_records(14)
    stray = pd.DataFrame({"ds": [pd.Timestamp("2026-08-15T03:00Z")], "offered": 1, "answered": 1})
    history = rate_history(pd.concat([records, stray], ignore_index=True))
    forecasters = [forecaster_for(RATE, name, Centre()) for name in ("tutorial", "seasonal-naive")]
    tutorial, naive = try_out(history, forecasters, Centre(), horizon=24, level=0.95, seed=0)
    assert len(tutorial.compared) == len(naive.compared) + 1
    assert tutorial.scores.hours == naive.scores.hours == len(naive.compared)


def test_a_method_without_a_band_is_judged_by_bands_from_its_other_errors() -> None:
    history = rate_history(rate_records(21))
    forecasters = [forecaster_for(RATE, "seasonal-naive", Centre())]
    (trial,) = try_out(history, forecasters, Centre(), horizon=24, level=0.9, seed=0)
    assert trial.compared["yhat_lower"].notna().all()
    assert trial.scores.coverage == pytest.approx(0.9, abs=0.08)
    assert trial.error_band.words(0.9) == "90 % of 84 errors of 7 past forecasts"

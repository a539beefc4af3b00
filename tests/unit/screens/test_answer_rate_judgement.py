"""The page Answer rate: how good its forecast is, and how it was made."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from core.forecasting.forecast import Scores
from core.frames import RATE_RECORDS
from tests.support.desk import NOW, WINBACK, Desk
from tests.unit.screens.answer_rate_page import KIND, made_by_stl, shown, stored_again


def test_error_bias_and_coverage_stand_beside_the_baseline(desk: Desk) -> None:
    made_by_stl(desk)
    judgement = shown(desk, method="tutorial").basis.judgement
    assert judgement is not None
    own, baseline = desk.newest(KIND, WINBACK).scores
    assert judgement.headings == ("Measure", "tutorial (STL)", "seasonal-naive, baseline")
    assert judgement.rows[0] == (
        "Error, points", f"{own.error * 100:.1f}", f"{baseline.error * 100:.1f}"
    )  # fmt: skip
    assert judgement.rows[2][0] == "95\u202f% band held"
    assert judgement.against_baseline == (
        f"Its error is {own.error / baseline.error:.2f} of the baseline's."
    )
    assert judgement.source.startswith("From 7 past cutoffs, ")


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        (0.93, ""),
        (0.60, "band too narrow: held 60.0\u202f%, claims 95\u202f%"),
        (1.0, "band too wide: held 100.0\u202f%, claims 95\u202f%"),
    ],
)
def test_coverage_outside_chance_is_told_with_its_number(
    desk: Desk, coverage: float, told: str
) -> None:
    method = desk.newest(KIND, WINBACK).method
    scores = Scores(method, 0.04, None, None, 0.0, coverage, None, 400, 7)
    stored = replace(
        desk.newest(KIND, WINBACK),
        forecast_id="F-scored",
        made_at=NOW + timedelta(seconds=1),
        scores=(scores,),
    )
    desk.store(stored)
    judgement = shown(desk).basis.judgement
    assert judgement is not None
    assert judgement.coverage_off == told


def test_missing_hours_are_named_and_not_called_zero(desk: Desk) -> None:
    hour = datetime.fromisoformat("2026-11-23T10:00+00:00")
    lost = pd.DataFrame(
        {"ds": pd.to_datetime([hour]).as_unit("us"), "offered": [np.nan], "answered": [np.nan]}
    )
    with desk.services.unit_of_work() as work:
        work.history.merge(KIND, WINBACK, RATE_RECORDS.check(lost))
        work.commit()
    known = shown(desk).basis.known
    assert "Missing at the tenant, which is not zero: Mon 23 Nov, 11:00–12:00." in known


def test_how_it_was_made_names_method_reason_cutoff_versions_and_seed(desk: Desk) -> None:
    made = dict(shown(desk).basis.made)
    stored = desk.newest(KIND, WINBACK)
    assert made["Method"] == stored.method
    assert made["Why this method"] == stored.reason
    assert stored.reason.startswith("auto ")
    assert made["Last hour seen (cutoff)"] == "Wed 25 Nov, 10:00–11:00"
    assert "pandas " in made["Versions"]
    assert made["Seed"] == "–"


def test_an_error_near_the_noise_floor_says_that_nothing_can_be_won(desk: Desk) -> None:
    own = replace(desk.newest(KIND, WINBACK).scores[0], error=0.031, noise_floor=0.03)
    stored_again(desk, scores=(own,), warnings=("Nothing can be won here: so it is.", "Else."))
    basis = shown(desk).basis
    assert basis.judgement is not None
    assert basis.judgement.floor == (
        "Error 3.1 points, noise floor 3.0 points: nothing can be won here."
    )
    assert ("Noise floor", "3.0") in basis.judgement.rows
    assert basis.known[0] == "Else."


def test_an_error_far_above_the_noise_floor_says_what_chance_leaves(desk: Desk) -> None:
    own = replace(desk.newest(KIND, WINBACK).scores[0], error=0.05, noise_floor=0.03)
    stored_again(desk, scores=(own,))
    judgement = shown(desk).basis.judgement
    assert judgement is not None
    assert judgement.floor.endswith(
        "noise floor 3.0 points, which chance alone leaves to any forecast."
    )


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ({}, "Closed hours are learned from the history; they have no rate."),
        (
            {"country": "DE", "own_days": 1, "opening_hours": "learned"},
            "Calendar: public holidays of DE, 1 day of your own; opening hours learned from the"
            " history. Closed hours have no rate.",
        ),
        (
            {"country": "", "own_days": 0, "opening_hours": "Mo-Fr 08:00-18:00"},
            "Calendar: no country's holidays, no days of your own; opening hours told (Mo-Fr"
            " 08:00-18:00). Closed hours have no rate.",
        ),
    ],
)
def test_the_calendar_that_a_forecast_went_by_is_told(
    desk: Desk, used: Mapping[str, object], told: str
) -> None:
    stored_again(desk, parameters=used)
    assert told in shown(desk).basis.known

"""Which pacing was in force when."""

import numpy as np
import pytest

from core.simulator.campaigns import CAMPAIGNS
from core.simulator.documents import document_of
from core.simulator.pacing import PacingInForce, PacingTimeline, pacing_of


def test_a_predictive_dialler_calls_as_often_as_it_takes_for_one_assumed_answer():
    document = {"status": "ON", "dialingMode": "PREDICTIVE", "predictive": {"answerRate": 0.25}}

    assert pacing_of(document).most_lines == 4.0


@pytest.mark.parametrize("mode", ["PROGRESSIVE", "PREVIEW"])
def test_other_modes_call_one_to_one(mode: str):
    document = {"status": "ON", "dialingMode": mode, "predictive": {"answerRate": 0.25}}

    assert pacing_of(document).most_lines == 1.0


@pytest.mark.parametrize("status", ["OFF", "DRAFT", None])
def test_what_is_not_on_does_not_dial(status: str | None):
    assert pacing_of({"status": status, "dialingMode": "PREDICTIVE"}).most_lines == 0.0


def test_an_answer_rate_near_zero_stops_at_the_platforms_ceiling():
    document = {"status": "ON", "dialingMode": "PREDICTIVE", "predictive": {"answerRate": 0}}

    assert pacing_of(document).most_lines == 15.0


def test_the_campaigns_begin_with_a_pacing_that_no_tutorial_would_recommend():
    for campaign in CAMPAIGNS:
        predictive = document_of(campaign)["predictive"]
        assert predictive["answerRate"] > 0.25
        assert predictive["dropRate"] not in (0.01, 0.0)


def test_the_timeline_tells_what_holds_at_each_time():
    timeline = PacingTimeline(PacingInForce(2.0, 0.03))
    timeline.change(100.0, PacingInForce(4.0, 0.01))
    timeline.change(200.0, PacingInForce(1.0, 0.02))

    lines, drops = timeline.at(np.array([[0.0, 99.9], [100.0, 250.0]]))

    assert lines.tolist() == [[2.0, 2.0], [4.0, 1.0]]
    assert drops.tolist() == [[0.03, 0.03], [0.01, 0.02]]

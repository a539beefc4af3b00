"""Accuracy: which forecasts need somebody, and how good each was."""

from datetime import timedelta

import pytest

from core.forecasting.forecast import SeriesKind
from core.services.scoring import BacktestOrder
from tests.support.desk import BILLING, PLANNER, SUPERVISOR, VIEWER, WINBACK, Desk
from tests.support.drifting import drifting_desk
from tests.support.pages import buttons, open_page, title, words


@pytest.fixture
def drifting() -> Desk:
    """Give a desk whose Billing forecast is days old and far off since a shift of level."""
    return drifting_desk()


def test_the_headline_names_what_needs_retraining(drifting: Desk, anybody: str) -> None:
    app = open_page(drifting, "accuracy", anybody)
    assert not app.exception
    assert title(app) == "The volume forecast of Billing needs retraining"
    assert "Worker: not running" in words(app)


def test_findings_are_plain_sentences(drifting: Desk) -> None:
    told = words(open_page(drifting, "accuracy", queue=BILLING))
    assert "contacts run" in told
    assert "above the forecast; before," in told
    assert "in the backtest" in told


def test_a_viewer_can_look_but_not_retrain(drifting: Desk) -> None:
    app = open_page(drifting, "accuracy", VIEWER)
    assert not any("Retrain" in label for label in buttons(app))


def test_one_button_retrains_and_the_old_forecast_stays_beside_the_new(drifting: Desk) -> None:
    before = drifting.newest(SeriesKind.VOLUME, BILLING)
    app = open_page(drifting, "accuracy", SUPERVISOR, queue=BILLING)
    app.button(key="primary-retrain").click().run()
    drifting.settle()
    app.run()
    assert not app.exception
    after = drifting.newest(SeriesKind.VOLUME, BILLING)
    assert after.forecast_id != before.forecast_id
    assert "New and former forecast: the new one by" in words(app)
    assert "off by" in next(each.value for each in app.header if "New and former" in each.value)
    assert not any(button.key == "primary-retrain" for button in app.button)


def test_looking_back_shows_the_method_beside_the_baseline(desk: Desk) -> None:
    order = BacktestOrder(SeriesKind.ANSWER_RATE, WINBACK, "Winback Autumn", ("auto",), cutoffs=2)
    desk.services.scoring.backtest(order, lambda *progress: None)
    app = open_page(
        desk, "accuracy", PLANNER, kind="answer-rate", campaign=WINBACK, source="backtest"
    )
    assert not app.exception
    told = words(app)
    assert "of the baseline's error" in told
    assert "at each the method saw only what came before" in told
    assert len(app.get("plotly_chart")) >= 2


def test_a_desk_without_a_score_says_what_to_do(desk: Desk) -> None:
    app = open_page(desk, "accuracy", source="backtest")
    assert not app.exception
    assert "Nobody has looked back on this series yet." in words(app)


def test_a_selection_in_the_address_is_what_is_shown(drifting: Desk) -> None:
    drifting.clock.move(timedelta(seconds=1))
    app = open_page(drifting, "accuracy", kind="answer-rate", campaign="c-loyalty")
    assert app.selectbox(key="choice-campaign").value == "c-loyalty"
    assert "answer-rate" in title(app)

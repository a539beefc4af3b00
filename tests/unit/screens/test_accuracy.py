"""Accuracy: what needs somebody first, in words, and nothing in-sample."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.charts.numbers import GAP
from core.forecasting.assessment import AssessmentSource
from core.forecasting.drift import DriftState
from core.forecasting.forecast import SeriesKind
from core.screens import accuracy, accuracy_series
from core.screens.accuracy import AccuracyView
from core.screens.forecast_page import Wanted
from core.screens.worker_words import worker_words
from core.services.scoring import CHECKING, BacktestOrder
from core.workflow.approval import Person
from core.workflow.heartbeat import Heartbeat, TaskRun
from tests.support.desk import BILLING, NOW, WINBACK, Desk, filled_desk
from tests.support.drifting import drifting_desk
from tests.unit.screens.people import PLANNER, VIEWER

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE


@pytest.fixture
def drifting() -> Desk:
    """Give a desk whose Billing forecast is days old and far off since a shift of level."""
    return drifting_desk()


def shown(desk: Desk, kind: SeriesKind = VOLUME, person: Person = PLANNER) -> AccuracyView:
    names = accuracy.series_names(desk.services, desk.recent(), kind)
    return accuracy.view(desk.services, names, kind, person, desk.look())


def test_what_drifts_is_named_in_the_headline_and_on_the_button(drifting: Desk) -> None:
    view = shown(drifting)
    assert view.headline == "The volume forecast of Billing needs retraining"
    assert view.retrain_label == "Retrain Billing"
    assert [each.series_id for each in view.to_retrain] == [BILLING]
    assert "out of sample, baseline beside" in view.provenance
    assert view.rows is not None
    assert view.rows["state"].tolist() == ["retrain"]
    assert view.rows["why"].iloc[0].startswith("Since ")


def test_who_may_not_propose_has_no_button(drifting: Desk) -> None:
    assert shown(drifting, person=VIEWER).retrain_label == ""


def test_of_several_the_first_two_are_named(drifting: Desk) -> None:
    (report,) = shown(drifting).to_retrain
    made = drifting.newest(VOLUME, BILLING)
    names = accuracy.series_names(drifting.services, drifting.recent(), VOLUME)
    options = {f"q-{number}": f"Queue {number}" for number in range(4)}
    for number, series_id in enumerate(options):
        drifting.store(replace(made, forecast_id=f"F-{number}", series_id=series_id))
        with drifting.services.unit_of_work() as work:
            work.assessments.save_drift(
                replace(
                    report,
                    series_id=series_id,
                    series_name=options[series_id],
                    forecast_id=f"F-{number}",
                    error=0.5 - number / 10,
                )
            )
            work.commit()
    view = accuracy.view(
        drifting.services, replace(names, options=options), VOLUME, PLANNER, drifting.look()
    )
    assert view.headline == ("4 of 4 volume forecasts need retraining: Queue 0, Queue 1 and 2 more")
    assert view.retrain_label == "Retrain the 4 that need it"


def test_a_series_that_was_never_scored_is_in_the_table_with_gaps() -> None:
    view = shown(filled_desk())
    assert view.headline == "No volume forecast has been scored yet"
    assert view.rows is not None
    assert set(view.rows["error"]) == {GAP}
    assert "not scored yet" in view.provenance


def test_forecasts_that_hold_are_said_to_hold(drifting: Desk) -> None:
    with drifting.services.unit_of_work() as work:
        (report,) = work.assessments.drift(VOLUME)
        work.assessments.save_drift(replace(report, state=DriftState.SOUND))
        work.commit()
    view = shown(drifting)
    assert view.headline == "The volume forecast of Billing holds what its backtest promised"
    assert view.retrain_label == ""


def test_scoring_is_begun_once_an_hour_and_not_by_every_look(drifting: Desk) -> None:
    services = drifting.services
    accuracy.begin_due_scoring(services)
    drifting.settle()
    first = services.work.latest(CHECKING)
    accuracy.begin_due_scoring(services)
    assert services.work.latest(CHECKING) == first
    drifting.clock.move(timedelta(hours=1))
    accuracy.begin_due_scoring(services)
    drifting.settle()
    assert services.work.latest(CHECKING) != first


def test_a_series_shows_its_measures_beside_the_baseline() -> None:
    desk = filled_desk()
    order = BacktestOrder(RATE, WINBACK, "Winback Autumn", ("auto",), cutoffs=3)
    desk.services.scoring.backtest(order, lambda *progress: None)
    series = Wanted(RATE, WINBACK, "Winback Autumn")
    detail = accuracy_series.view(
        desk.services, series, AssessmentSource.BACKTEST, None, PLANNER, desk.look()
    )
    assert detail.headings == ("Measure", "auto", "seasonal-naive, baseline")
    assert {row[0] for row in detail.rows} >= {
        "Error, points",
        "MASE",
        "Bias",
        "95\u202f% band held",
        "Interval score",
    }
    assert detail.title.startswith("Winback Autumn: off by ")
    assert "of the baseline's error" in detail.title
    assert detail.lead is not None
    assert [entry.label for entry in detail.lead.legend] == ["auto", "baseline"]
    assert detail.week is not None
    assert "past cutoffs" in detail.source


def test_without_a_score_the_next_step_is_said(drifting: Desk) -> None:
    series = Wanted(VOLUME, BILLING, "Billing")
    detail = accuracy_series.view(
        drifting.services, series, AssessmentSource.BACKTEST, None, VIEWER, drifting.look()
    )
    assert detail.instead[0] == "Nobody has looked back on this series yet."
    assert not detail.may_look_back


def test_the_former_forecast_is_shown_under_the_new_one() -> None:
    desk = filled_desk()
    series = Wanted(RATE, WINBACK, "Winback Autumn")
    detail = accuracy_series.view(
        desk.services, series, AssessmentSource.STORED, None, PLANNER, desk.look()
    )
    assert detail.former is not None
    assert "forecast made before" in [entry.label for entry in detail.former.legend]
    assert detail.former_title.startswith("New and former forecast: the new one by ")
    assert "no hour has come since; the former by" in detail.former_title
    assert ", 24 h 00 min old" in detail.former_title or ", 24 h old" in detail.former_title


def test_the_worker_is_told_by_its_last_sign_of_life(drifting: Desk) -> None:
    services = drifting.services
    assert worker_words(services, NOW).startswith("Worker: not running; ")
    seen = NOW - timedelta(seconds=20)
    with services.unit_of_work() as work:
        work.worker.beat(Heartbeat("w-1", seen, seen, doing="Read the newest hours"))
        work.worker.note_run(TaskRun("score", seen, False, "The tenant does not answer."))
        work.commit()
    assert worker_words(services, NOW) == (
        "Worker: last seen 20 s ago, at work: Read the newest hours. Failed last time: score."
    )
    later = NOW + timedelta(hours=2)
    assert worker_words(services, later).endswith("Last seen 2 h 00 min ago.")

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.forecasting.forecast import SeriesKind
from core.screens import forecast_page, queue_volume
from core.screens.names import queue_names
from core.screens.queue_volume import QueueVolumeView
from core.services.forecast import ForecastOrder
from core.workflow.approval import Person
from tests.support.desk import (
    BILLING,
    CLAIMS,
    NOW,
    SILENT,
    Desk,
    empty_desk,
    filled_desk,
    settings_for,
)
from tests.unit.screens.people import PLANNER, VIEWER

KIND = SeriesKind.VOLUME


def wanted(desk: Desk, queue: str = BILLING, **changes: str) -> forecast_page.Wanted:
    asked: Mapping[str, str] = {
        "method": "auto", "shown": "7", "learn": "90", "shape": "weekly", **changes
    }  # fmt: skip
    names = queue_names(desk.services, desk.recent())
    return queue_volume.wanted(names, queue, *asked.values())


def shown(
    desk: Desk, queue: str = BILLING, person: Person = PLANNER, **changes: str
) -> QueueVolumeView:
    names = queue_names(desk.services, desk.recent())
    asked = wanted(desk, queue, **changes)
    return queue_volume.view(desk.services, names, asked, person, desk.look())


# --- the answer -----------------------------------------------------------------------------


def test_the_headline_is_the_total_of_the_week_beside_the_week_before(desk: Desk) -> None:
    stored = desk.newest(KIND, BILLING)
    last_week = desk.services.history.stored(KIND, BILLING)
    came = last_week.set_index("ds")["y"].reindex(stored.rows["ds"] - timedelta(days=7)).fillna(0.0)
    rows = stored.rows.assign(yhat=came.to_numpy() * 1.5)
    desk.store(replace(stored, forecast_id="F-more", made_at=NOW + timedelta(seconds=1), rows=rows))
    headline = shown(desk).basis.headline
    total = f"{rows['yhat'].sum():,.0f}".replace(",", "\u202f")
    assert headline == (
        f"Billing: {total} contacts expected in the next 7 days, 50\u202f% above the last 7;"
        " most on Mon 30 Nov"
    )


def test_the_same_week_again_is_told_as_many_as_in_the_last() -> None:
    desk = empty_desk()
    order = ForecastOrder(KIND, BILLING, "Billing", method="seasonal-naive")
    desk.services.forecasting.run(order)
    headline = shown(desk, method="seasonal-naive").basis.headline
    assert ", as many as in the last 7;" in headline


def test_an_old_forecast_says_from_which_day_its_week_counts(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=30))
    assert " in the 7 days from Wed 25 Nov" in shown(desk).basis.headline


def test_the_busiest_hour_ahead_has_its_band(desk: Desk) -> None:
    rows = desk.newest(KIND, BILLING).rows
    peak = rows.loc[rows["yhat"].idxmax()]
    hour = peak["ds"].tz_convert("Europe/Berlin")
    assert shown(desk).chart_title == (
        f"The busiest hour ahead is Mon 30 Nov, {hour:%H:00}–{hour.hour + 1:02d}:00, with"
        f" {peak['yhat']:.0f}"
        f" ({peak['yhat_lower']:.0f}–{peak['yhat_upper']:.0f}) contacts"
    )


def test_the_picture_shows_a_week_on_both_sides_of_now_and_the_windows(desk: Desk) -> None:
    picture = shown(desk).picture
    assert picture is not None
    table = picture.table
    assert table["ds"].min() == pd.Timestamp("2026-11-18T11:00Z")
    assert table["ds"].max() == pd.Timestamp("2026-12-02T09:00Z")
    assert "low-volume window" in [entry.label for entry in picture.legend]


def test_a_day_of_25_hours_in_view_is_marked() -> None:
    at = datetime(2026, 10, 28, 10, 20, tzinfo=UTC)
    desk = empty_desk(at=at)
    order = ForecastOrder(KIND, BILLING, "Billing", method="seasonal-naive")
    desk.services.forecasting.run(order)
    view = shown(desk, method="seasonal-naive")
    assert view.picture is not None
    words = [each.text for each in view.picture.figure.layout.annotations]
    assert "25 h day" in words


def test_the_bands_lie_over_one_another_and_say_what_they_held_in_open_hours(desk: Desk) -> None:
    view = shown(desk)
    assert view.picture is not None
    own = desk.newest(KIND, BILLING).scores[0]
    assert "50, 80 and 95\u202f% bands" in [entry.label for entry in view.picture.legend]
    assert own.coverage is not None
    assert own.coverage_open is not None
    assert view.band_sentence == (
        f"The 95\u202f% band held {own.coverage * 100:.1f}\u202f% of 1\u202f344 past hours, and"
        f" {own.coverage_open * 100:.1f}\u202f% of the open ones."
    )


# --- how good it is -------------------------------------------------------------------------


def test_coverage_of_open_hours_and_the_noise_floor_stand_beside_the_error(desk: Desk) -> None:
    judgement = shown(desk).basis.judgement
    assert judgement is not None
    assert judgement.headings == ("Measure", "average", "seasonal-naive, baseline")
    measures = [row[0] for row in judgement.rows]
    assert measures[2:] == ["95\u202f% band held", "… in open hours", "Noise floor"]
    assert judgement.floor.startswith("Error ")


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (0.95, ""),
        (0.80, "band too narrow: held 80.0\u202f% of open hours, claims 95\u202f%"),
    ],
)
def test_a_band_is_judged_by_open_hours_for_closed_ones_are_always_held(
    desk: Desk, held: float, told: str
) -> None:
    stored = desk.newest(KIND, BILLING)
    own = replace(stored.scores[0], coverage=0.98, coverage_open=held)
    later = NOW + timedelta(seconds=1)
    desk.store(replace(stored, forecast_id="F-held", made_at=later, scores=(own,)))
    judgement = shown(desk).basis.judgement
    assert judgement is not None
    assert judgement.coverage_off == told


def test_the_baseline_has_its_best_rival_beside_it(desk: Desk) -> None:
    stored = desk.newest(KIND, BILLING)
    later = NOW + timedelta(seconds=1)
    desk.store(replace(stored, forecast_id="F-b", made_at=later, method="seasonal-naive"))
    judgement = shown(desk).basis.judgement
    best = min(stored.scores, key=lambda each: each.error or 1.0)
    assert judgement is not None
    assert judgement.headings == ("Measure", "seasonal-naive, baseline", best.method)


# --- where there is room --------------------------------------------------------------------


def test_windows_lie_ahead_within_callable_hours_and_say_why_they_are_low(desk: Desk) -> None:
    view = shown(desk)
    assert view.windows is not None
    assert view.windows_title.startswith(f"{len(view.windows)} low-volume windows within callable")
    assert set(view.windows["day"].str[:3]) <= {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
    assert view.windows["why"].str.match(r"under \d+\.\d contacts an hour").all()
    assert (view.windows["window"] >= "08:00").all()


def test_without_a_callable_hour_the_page_says_why_there_is_no_window() -> None:
    desk = filled_desk(settings=settings_for(DIALCAST_CALLABLE_HOURS="Su 08:00-10:00"))
    view = shown(desk)
    assert view.windows_title == (
        "No low-volume window: no hour of the forecast is ahead, callable and open."
    )
    assert view.windows is not None
    assert len(view.windows) == 0
    assert not view.may_draft


def test_only_who_may_propose_goes_on_to_a_draft(desk: Desk) -> None:
    assert shown(desk, person=PLANNER).may_draft
    assert not shown(desk, person=VIEWER).may_draft


# --- what it is made of ---------------------------------------------------------------------


def test_the_components_are_trend_weekday_and_hour_of_open_hours_only(desk: Desk) -> None:
    view = shown(desk)
    assert view.parts is not None
    assert list(view.parts) == list(queue_volume.TITLES.values())
    hours = view.parts["Hour of day, against the trend"].table["hour"].tolist()
    assert hours == [f"{hour:02d}:00" for hour in range(8, 20)]
    assert view.parts_note.startswith("taken apart by ")
    assert view.parts_title.startswith("What it is made of: Mondays +")


def test_a_method_without_components_says_so(desk: Desk) -> None:
    stored = desk.newest(KIND, CLAIMS)
    bare = stored.components[:0][["ds"]]
    later = NOW + timedelta(seconds=1)
    desk.store(replace(stored, forecast_id="F-bare", made_at=later, components=bare))
    view = shown(desk, CLAIMS, method="seasonal-naive")
    assert view.parts == {}
    assert view.parts_title == "This method does not take the volume apart"
    assert view.parts_note == "prophet does"


# --- little or no history -------------------------------------------------------------------


def test_a_queue_without_contacts_has_nothing_to_forecast(desk: Desk) -> None:
    assert shown(desk, SILENT).basis.instead == (
        "No contacts in 90 days.",
        "Nothing to forecast; check the queue in Connection.",
    )


def test_a_queue_that_was_never_read_is_not_called_silent() -> None:
    assert shown(empty_desk()).basis.instead[0] == "Billing has no stored forecast by this method."


def test_less_than_two_weeks_are_told_and_the_model_without_a_weekly_shape_is_offered() -> None:
    desk = empty_desk()
    records = desk.tenant._volumes[BILLING]
    recent = records["ds"] > pd.Timestamp(NOW) - pd.Timedelta(days=9)
    desk.tenant._volumes[BILLING] = records[recent]
    asked = wanted(desk, method="tutorial", shape=queue_volume.NOT_WEEKLY)
    forecast_page.begin(desk.services, replace(asked, weekly=True), PLANNER)
    desk.settle()
    with_shape = shown(desk, method="tutorial")
    forecast_page.begin(desk.services, asked, PLANNER)
    desk.settle()
    made = desk.newest(KIND, BILLING)
    assert with_shape.asks_shape
    assert any("fewer than two full weeks" in sentence for sentence in with_shape.basis.known)
    assert made.parameters["weekly_seasonality"] is False
    assert "weekly" not in made.components
    assert not shown(filled_desk()).asks_shape


def test_what_a_method_expects_while_the_centre_is_closed_is_told(desk: Desk) -> None:
    stored = desk.newest(KIND, BILLING)
    night = stored.rows["ds"] == pd.Timestamp("2026-11-26T02:00Z")
    rows = stored.rows.assign(yhat=stored.rows["yhat"].mask(night, 40.0))
    desk.store(replace(stored, forecast_id="F-n", made_at=NOW + timedelta(seconds=1), rows=rows))
    assert shown(desk).basis.known[-1].startswith("The method knows no closed hours: 40 of the")
    assert not any("knows no closed hours" in each for each in shown(desk, CLAIMS).basis.known)

"""The page Answer rate: its headline, its picture, and what becomes of a stored forecast."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd

from core.exports.forecast_json import forecasts_document
from core.exports.json_values import json_text
from core.frames import RATE_RECORDS
from core.screens import forecast_page
from core.workflow.approval import Person
from tests.support.desk import (
    NOW,
    WINBACK,
    Desk,
    empty_desk,
    filled_desk,
    made_tenant,
    settings_for,
)
from tests.unit.screens.answer_rate_page import KIND, made_by_stl, shown, stored_again, wanted
from tests.unit.screens.people import PLANNER, VIEWER

# --- the answer -----------------------------------------------------------------------------


def test_the_headline_is_the_peak_hour_with_its_band(desk: Desk) -> None:
    rows = desk.newest(KIND, WINBACK).rows
    peak = rows.loc[rows["yhat"].idxmax()]
    assert peak["ds"] == pd.Timestamp("2026-11-25T18:00Z")
    assert shown(desk).basis.headline == (
        "Winback Autumn: answers peak today, 19:00–20:00, at"
        f" {peak['yhat'] * 100:.1f}\u202f% ({peak['yhat_lower'] * 100:.1f}–"
        f"{peak['yhat_upper'] * 100:.1f})"
    )


def test_the_provenance_names_unit_moment_model_cutoff_and_history(desk: Desk) -> None:
    assert shown(desk).basis.provenance == (
        "Answer rate = answered ÷ attempts · Wed 25 Nov 2026, 11:20 Europe/Berlin (CET) · model"
        " average (auto) · cutoff 10:00–11:00 · history from Wed 11 Nov · made 0 s ago"
    )


def test_a_peak_in_hours_in_which_the_centre_is_closed_is_no_answer(desk: Desk) -> None:
    made_by_stl(desk)
    stored = desk.newest(KIND, WINBACK)
    night = pd.Timestamp("2026-11-26T02:00Z")
    yhat = stored.rows["yhat"].where(stored.rows["ds"] != night, 0.99)
    desk.store(
        replace(
            stored,
            forecast_id="F-night",
            made_at=NOW + timedelta(seconds=1),
            rows=stored.rows.assign(yhat=yhat),
        )
    )
    view = shown(desk, method="tutorial")
    assert "03:00" not in view.basis.headline
    assert view.picture is not None
    assert night not in set(
        view.picture.table["ds"].dropna()[view.picture.table["forecast"].notna()]
    )
    assert view.basis.known[-1].startswith("The method also gives a value to 12 hours in which")


def test_a_forecast_without_an_hour_ahead_says_when_it_ended(desk: Desk) -> None:
    desk.clock.move(timedelta(days=2))
    view = shown(desk)
    assert view.basis.headline == "Winback Autumn: the stored forecast ended Thu 26 Nov, 11:00"
    assert view.chart_title == "What was forecast lies in the past"


def test_the_earlier_forecast_lies_under_the_actuals_where_one_is_stored(desk: Desk) -> None:
    asked = wanted(desk)
    made_at = desk.newest(KIND, WINBACK).made_at
    rows = forecast_page.forecast_before(desk.services, asked, NOW - timedelta(days=3), made_at)
    legend = [entry.label for entry in shown(desk).picture.legend]  # type: ignore[union-attr]
    assert rows["ds"].min() == pd.Timestamp("2026-11-24T10:00Z")
    assert rows["ds"].max() < pd.Timestamp(made_at)
    assert "forecast made before" in legend


def test_a_longer_span_shows_more_of_the_history(desk: Desk) -> None:
    def first_day(span: str) -> datetime:
        picture = shown(desk, shown=span).picture
        assert picture is not None
        return picture.table["ds"].min()

    assert first_day("1") > first_day("3") > first_day("14")


def test_the_bands_of_the_observed_share_are_drawn_with_the_calls_they_are_meant_for(
    desk: Desk,
) -> None:
    view = shown(desk)
    assert view.picture is not None
    own = desk.newest(KIND, WINBACK).scores[0]
    assert view.band_title == "50, 80 and 95\u202f% bands of the observed share"
    assert view.band_sentence == (
        "These bands are meant to hold the share answered of an hour's usual 178 calls. The"
        f" 95\u202f% band held {own.coverage * 100:.1f}\u202f% of {own.hours} past hours."  # type: ignore[operator]
    )
    assert {"lower_50", "upper_95", "probability_lower"} <= set(view.picture.table.columns)


def test_the_band_of_the_probability_is_narrower_and_the_headline_tells_it(desk: Desk) -> None:
    rows = desk.newest(KIND, WINBACK).rows
    peak = rows.loc[rows["yhat"].idxmax()]
    view = shown(desk, band="probability")
    assert view.band_title == "95\u202f% band of the probability"
    assert "the chance that one call is answered" in view.band_sentence
    assert view.basis.headline.endswith(
        f"({peak['probability_lower'] * 100:.1f}–{peak['probability_upper'] * 100:.1f})"
    )


def test_a_forecast_without_a_band_of_the_probability_says_so_and_shows_what_it_has(
    desk: Desk,
) -> None:
    rows = desk.newest(KIND, WINBACK).rows
    kept = [name for name in rows.columns if not name.startswith(("prob", "lower_", "upper_"))]
    stored_again(desk, rows=rows[kept])
    view = shown(desk, band="probability")
    assert view.band_title == "95\u202f% band of the observed share"
    assert view.band_sentence.startswith("This forecast was stored without a band of the prob")


def test_special_days_are_named_over_the_picture() -> None:
    desk = filled_desk(settings=settings_for(DIALCAST_COUNTRY="US"))
    picture = shown(desk).picture
    assert picture is not None
    assert "Thanksgiving Day" in [each.text for each in picture.figure.layout.annotations]


# --- what it is made of ---------------------------------------------------------------------


def test_the_components_are_lent_by_the_method_that_has_some_and_empty_at_night(
    desk: Desk,
) -> None:
    view = shown(desk)
    assert view.parts is not None
    night = view.parts.table["ds"] == pd.Timestamp("2026-11-20T02:00Z")
    assert view.parts_note == "taken apart by stl"
    assert view.parts_title.startswith("What it is made of: the day swings from −")
    assert list(view.parts.table.columns) == ["ds", "observed", "trend", "seasonal", "resid"]
    assert view.parts.table.loc[night, ["trend", "seasonal", "resid"]].isna().all(axis=None)


# --- the stored forecast --------------------------------------------------------------------


def test_the_download_is_the_document_that_the_command_line_writes(desk: Desk) -> None:
    stored = desk.newest(KIND, WINBACK)
    forecast = shown(desk).basis.forecast
    assert forecast is not None
    text = forecast_page.document_text(desk.services, forecast)
    assert text == json_text(forecasts_document((stored,)))
    assert json.loads(text)["forecastId"] == stored.forecast_id
    assert forecast_page.file_name(forecast) == (
        f"answer-rate-winback-autumn-{stored.method}-20261125T1020Z.json"
    )


def test_a_forecast_is_old_from_six_hours_on_and_to_forecast_again_comes_first(
    desk: Desk,
) -> None:
    desk.clock.move(timedelta(hours=5, minutes=59))
    young = shown(desk).basis
    desk.clock.move(timedelta(minutes=1))
    old = shown(desk).basis
    assert (young.old, young.needs_forecast) == ("", False)
    assert (old.old, old.needs_forecast) == ("old: made 6 h 00 min ago", True)


def test_a_method_without_a_stored_forecast_gets_a_sentence_and_the_button(desk: Desk) -> None:
    basis = shown(desk, method="tutorial").basis
    assert basis.headline == "Winback Autumn: no forecast by tutorial (STL) is stored yet"
    assert basis.forecast_label == "Forecast"
    assert basis.needs_forecast


def test_who_may_not_propose_and_who_gave_no_name_may_only_look(desk: Desk) -> None:
    assert shown(desk, person=PLANNER).basis.forecast_label == "Forecast again"
    assert shown(desk, person=VIEWER).basis.forecast_label == ""
    assert shown(desk, person=Person("")).basis.forecast_label == ""


def test_a_campaign_that_placed_no_calls_has_nothing_to_forecast() -> None:
    desk = empty_desk()
    desk.tenant._outbound[WINBACK] = RATE_RECORDS.empty()
    forecast_page.begin(desk.services, wanted(desk), PLANNER)
    desk.settle()
    assert shown(desk).basis.instead == (
        "No calls placed in 14 days.",
        "Nothing to forecast; check the campaign in Connection.",
    )


def test_a_refusal_names_the_campaign_and_not_its_id() -> None:
    desk = empty_desk()
    records = desk.tenant._outbound[WINBACK]
    recent = records["ds"] > pd.Timestamp(NOW) - pd.Timedelta(hours=30)
    desk.tenant._outbound[WINBACK] = records[recent]
    asked = wanted(desk)
    forecast_page.begin(desk.services, asked, PLANNER)
    desk.settle()
    job = forecast_page.latest_job(desk.services, asked)
    assert job is not None
    assert job.message.startswith("Winback Autumn cannot be forecast: insufficient historical data")
    assert WINBACK not in job.message
    assert "longer span" in job.message


def test_a_longer_span_to_learn_from_reaches_the_forecast(desk: Desk) -> None:
    forecast_page.begin(desk.services, wanted(desk, learn="28"), PLANNER)
    desk.settle()
    assert desk.newest(KIND, WINBACK).history_start < NOW - timedelta(days=27)


def test_a_failure_is_told_until_a_forecast_was_made_after_it(desk: Desk) -> None:
    asked = wanted(desk, method="tutorial")
    records = desk.tenant._outbound.pop(WINBACK)
    with desk.services.unit_of_work() as work:
        work.history.note_span(KIND, WINBACK, NOW + timedelta(days=1), NOW + timedelta(days=2))
        work.commit()
    desk.clock.move(timedelta(days=40))
    forecast_page.begin(desk.services, asked, PLANNER)
    desk.settle()
    failed = forecast_page.latest_job(desk.services, asked)
    desk.tenant._outbound[WINBACK] = records
    later = replace(desk.newest(KIND, WINBACK), forecast_id="F-later", made_at=desk.clock.now())
    desk.store(later)
    assert failed is not None
    assert failed.state == "failed"
    assert forecast_page.latest_job(desk.services, asked) is None


def test_while_the_tenant_is_silent_the_stored_forecast_is_shown_with_a_word(desk: Desk) -> None:
    desk.tenant.is_down = True
    view = shown(desk)
    assert view.basis.trouble == "The tenant does not answer; what is stored is shown."
    assert view.picture is not None


def test_without_any_campaign_the_page_says_so() -> None:
    desk = empty_desk()
    desk.tenant._campaigns.clear()
    assert shown(desk, campaign=None).basis.headline == "There is no campaign to forecast"  # type: ignore[arg-type]


def test_made_tenants_are_alike() -> None:
    one, other = (made_tenant(empty_desk().clock) for _ in range(2))
    assert one._outbound[WINBACK].equals(other._outbound[WINBACK])

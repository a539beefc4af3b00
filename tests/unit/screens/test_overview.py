"""The page Overview: what needs somebody, its tiles, and a tenant that is silent or late."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.forecasting.forecast import Scores, SeriesKind
from core.screens import overview, overview_work
from core.screens.overview_needs import needs, waiting_proposals
from core.services.desk import EVERYTHING, READING
from core.workflow.proposal import ProposalState
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    CLAIMS,
    LOYALTY,
    NOW,
    WINBACK,
    Desk,
    FadingTenant,
    empty_desk,
    filled_desk,
    made_tenant,
    settings_for,
)
from tests.unit.screens.overview_page import proposal_in, shown
from tests.unit.screens.people import PLANNER, VIEWER

# --- nothing stored -------------------------------------------------------------------------


def test_an_empty_store_is_told_in_a_sentence_with_the_one_button_that_helps() -> None:
    view = shown(empty_desk())
    assert view.headline == "Nothing is forecast yet"
    assert view.is_empty
    assert view.forecast_label == "Forecast everything"
    assert "5 campaigns and queues" in view.instead[1]


def test_who_may_not_propose_is_told_who_can_make_the_first_forecasts() -> None:
    view = shown(empty_desk(), VIEWER)
    assert view.forecast_label == ""
    assert view.instead[1] == "Somebody who may propose can make the first ones here."


def test_in_the_demo_the_first_forecasts_begin_by_themselves_and_only_once() -> None:
    clock = FrozenClock(NOW)
    desk = empty_desk(settings=settings_for({}, is_demo=True), tenant=FadingTenant(clock, []),
                      clock=clock)  # fmt: skip
    there = overview_work.listed(desk.services, desk.recent())
    overview_work.begin_due_work(desk.services, there)
    first = desk.services.work.latest(EVERYTHING)
    desk.settle()
    overview_work.begin_due_work(desk.services, there)
    second = desk.services.work.latest(EVERYTHING)
    assert first is not None
    assert second is not None
    assert second.job_id == first.job_id
    assert first.owner == "dialcast"


def test_on_a_tenant_of_somebody_nothing_is_forecast_unasked() -> None:
    desk = empty_desk()
    overview_work.begin_due_work(desk.services, overview_work.listed(desk.services, desk.recent()))
    assert desk.services.work.latest(EVERYTHING) is None


def test_new_hours_are_read_in_the_background_once_they_are_due(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=1))
    there = overview_work.listed(desk.services, desk.recent())
    overview_work.begin_due_work(desk.services, there)
    desk.settle()
    first = desk.services.work.latest(READING)
    desk.clock.move(timedelta(minutes=5))
    overview_work.begin_due_work(desk.services, there)
    assert first is not None
    assert first.message == "5 series read."
    assert desk.services.work.latest(READING) == first
    until = desk.services.history.read_until(SeriesKind.VOLUME, BILLING)
    assert until == datetime(2026, 11, 25, 11, tzinfo=UTC)


# --- what needs somebody ---------------------------------------------------------------------


def test_when_all_is_well_the_headline_says_so_and_what_comes_next(desk: Desk) -> None:
    view = shown(desk)
    assert view.headline.startswith("Nothing needs you; next, Winback Autumn answers best, ")
    assert view.headline.endswith(" at 15:00–16:00 today")
    assert view.needs == ""


def test_open_proposals_are_counted_by_state_with_the_age_of_the_oldest(desk: Desk) -> None:
    desk.store(
        proposals=[
            proposal_in("submitted", NOW - timedelta(minutes=125), 1001, "c-1"),
            proposal_in("approved", NOW - timedelta(minutes=60), 1002, "c-2"),
            proposal_in("submitted", NOW - timedelta(minutes=30), 1003, "c-3"),
            proposal_in("verified", NOW - timedelta(minutes=90), 1004, "c-4"),
        ]
    )
    view = shown(desk)
    tile = view.tiles[0]
    assert tile.value == "3, oldest 2 h 05 min"
    assert dict(tile.states) == {ProposalState.SUBMITTED: 2, ProposalState.APPROVED: 1}
    assert tile.page == "pages/review.py"
    assert tile.selection == {"proposal": "P-1001"}
    assert view.headline == (
        "Two things need you: two proposals wait for a decision, and one approved proposal waits"
        " for its push"
    )


def test_a_proposal_past_its_time_waits_for_nobody() -> None:
    late = proposal_in("submitted", NOW - timedelta(hours=5))
    assert waiting_proposals([late], NOW).proposals == ()


@pytest.mark.parametrize("state", ["stale", "drifted", "push_failed"])
def test_what_ended_badly_needs_somebody_until_the_next_proposal_on_the_campaign(
    state: str,
) -> None:
    bad = proposal_in(state, NOW - timedelta(days=2), 1001)
    other = proposal_in("verified", NOW - timedelta(days=1), 1002, "c-2")
    following = proposal_in("verified", NOW - timedelta(hours=1), 1003)
    assert waiting_proposals([other, bad], NOW).proposals == (bad,)
    assert waiting_proposals([following, other, bad], NOW).proposals == ()


def test_needs_are_told_in_words_the_most_pressing_first() -> None:
    waiting = waiting_proposals([proposal_in("stale", NOW)], NOW)
    assert needs(waiting, ["Billing runs above its band"], 12, 1) == (
        "one proposal went stale",
        "Billing runs above its band",
        "12 forecasts are old",
        "one series has no forecast",
    )


def test_old_forecasts_need_somebody_and_the_oldest_is_linked(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=6))
    view = shown(desk)
    tile = view.tiles[1]
    assert "four forecasts are old" in f"{view.headline} {view.needs}"
    assert tile.value == "0 of 4"
    assert tile.link.startswith("Show the oldest, ")
    assert tile.page in ("pages/answer_rate.py", "pages/queue_volume.py")
    assert view.forecast_label == "Forecast everything"
    assert shown(desk, VIEWER).forecast_label == ""


# --- the tiles -------------------------------------------------------------------------------


def test_coverage_is_weighted_by_hours_and_the_error_is_the_median_over_series(desk: Desk) -> None:
    def scored(series_id: str, kind: SeriesKind, error: float, coverage: float, hours: int):
        scores = (
            Scores("tutorial", error, None, None, 0.0, coverage, None, hours, 7),
            Scores("seasonal-naive", 0.2, None, None, 0.0, 0.5, None, hours, 7),
        )
        return replace(
            desk.newest(kind, series_id),
            forecast_id=f"scored-{series_id}",
            method="tutorial",
            scores=scores,
            made_at=NOW,
        )

    desk.store(
        scored(WINBACK, SeriesKind.ANSWER_RATE, 0.1, 0.9, 300),
        scored(LOYALTY, SeriesKind.ANSWER_RATE, 0.16, 1.0, 100),
        scored(BILLING, SeriesKind.VOLUME, 0.18, 0.95, 200),
        scored(CLAIMS, SeriesKind.VOLUME, 0.6, 0.95, 200),
    )
    tile = shown(desk).tiles[1]
    assert tile.value == "4 of 4"
    assert tile.note == "93.8\u202f% inside the 95\u202f% band · error 0.85 of baseline"


def test_the_next_best_hour_names_campaign_hour_and_band_and_leads_to_its_pacing(
    desk: Desk,
) -> None:
    tile = shown(desk).tiles[3]
    rows = desk.newest(SeriesKind.ANSWER_RATE, WINBACK).rows
    best = rows[rows["ds"] == pd.Timestamp("2026-11-25T14:00Z")].iloc[0]
    assert tile.label == "Next: answers are highest for Winback Autumn"
    assert tile.value == f"{best['yhat'] * 100:.1f}\u202f%"
    band = f"{best['yhat_lower'] * 100:.1f}–{best['yhat_upper'] * 100:.1f}\u202f%"
    assert tile.note == f"15:00–16:00 today, band {band}"
    assert (tile.page, tile.selection) == ("pages/pacing.py", {"campaign": WINBACK})


# --- a tenant that does not answer, data that is late ----------------------------------------


def test_a_tenant_that_is_down_is_told_first_and_the_stored_state_is_shown(desk: Desk) -> None:
    recent = desk.recent()
    overview_work.listed(desk.services, recent)
    desk.clock.move(timedelta(minutes=2))
    desk.tenant.is_down = True
    there = overview_work.listed(desk.services, recent)
    view = overview.view(desk.services, recent, there, PLANNER, desk.look())
    assert view.headline == (
        "The tenant has not answered since 11:20; showing the stored state of 11:00"
    )
    assert view.needs.startswith("Nothing needs you; next, ")
    assert view.queues is not None
    assert "Billing" in set(view.queues["name"])
    assert view.agents_title == "Agents scheduled: unknown"


def test_nothing_is_offered_that_a_silent_tenant_cannot_give(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=7))
    desk.tenant.is_down = True
    assert shown(desk).forecast_label == ""


def test_forecasts_that_could_not_be_made_are_told_until_some_were(desk: Desk) -> None:
    desk.tenant.is_down = True
    desk.clock.move(timedelta(minutes=1))
    overview_work.forecast_everything(desk.services, PLANNER)
    desk.settle()
    there = overview_work.listed(desk.services, desk.recent())
    failed = overview_work.failed_job(desk.services, there)
    later = replace(there.forecasts[0], made_at=desk.clock.now() + timedelta(minutes=1))
    assert failed is not None
    assert "could not be reached" in failed.message
    since = replace(there, forecasts=(later,))
    assert overview_work.failed_job(desk.services, since) is None


def test_late_data_is_told_first_with_its_time(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=2))
    assert shown(desk).headline == ("Data is complete only to 11:00; figures are of that time")


def test_a_campaign_that_never_placed_a_call_needs_no_forecast() -> None:
    fresh = {**CAMPAIGNS[0], "id": "c-new", "name": "Not dialled yet"}
    desk = filled_desk(tenant=made_tenant(FrozenClock(NOW), (*CAMPAIGNS, fresh)))
    assert "one series has no forecast" in shown(desk).headline
    with desk.services.unit_of_work() as work:
        work.history.note_span(SeriesKind.ANSWER_RATE, "c-new", NOW - timedelta(days=14), NOW)
        work.commit()
    assert "forecast" not in shown(desk).headline

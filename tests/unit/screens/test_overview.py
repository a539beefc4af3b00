from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.history.days import OwnDay
from core.screens import overview, overview_work
from core.screens.overview_day import Reference, read_day
from core.screens.overview_needs import needs, waiting_proposals
from core.screens.overview_view import OverviewView
from core.services.desk import EVERYTHING, READING
from core.workflow.approval import Person, Role
from core.workflow.proposal import Proposal, ProposalState
from tests.support.desk import (
    BERLIN,
    BILLING,
    CLAIMS,
    LOYALTY,
    NOW,
    SILENT,
    SUPERVISOR,
    WINBACK,
    Desk,
    FadingTenant,
    empty_desk,
    filled_desk,
    settings_for,
)
from tests.unit.workflow.builders import campaign_document, history_of, pacing_plan

PLANNER = Person("Paul Novak", Role.PLANNER)
VIEWER = Person("Vera Lind", Role.VIEWER)


def shown(desk: Desk, person: Person = PLANNER) -> OverviewView:
    recent = desk.recent()
    return overview.view(
        desk.services, recent, overview_work.listed(desk.services, recent), person, desk.look()
    )


def earlier(forecast: Forecast, hours: int, factor: float = 1.0) -> Forecast:
    """Return a forecast as it would have been made some hours before, of the same hours on."""
    rows = forecast.rows.assign(
        ds=forecast.rows["ds"] - pd.Timedelta(hours=hours),
        **{name: forecast.rows[name] * factor for name in ("yhat", "yhat_lower", "yhat_upper")},
    )
    return replace(
        forecast,
        forecast_id=f"{forecast.forecast_id}-{hours}",
        made_at=forecast.made_at - timedelta(hours=hours),
        cutoff=forecast.cutoff - timedelta(hours=hours),
        rows=rows,
    )


def proposal_in(state: str, at: datetime, number: int = 1001, campaign: str = "c-1") -> Proposal:
    plan = pacing_plan(document=campaign_document(id=campaign))
    versions, _ = history_of(state, plan, f"P-{number}", at)
    return versions[-1]


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


# --- today -----------------------------------------------------------------------------------


def test_without_a_forecast_of_before_today_is_compared_with_last_week(desk: Desk) -> None:
    view = shown(desk)
    records = desk.tenant.queue_records
    day_start = datetime(2026, 11, 24, 23, tzinfo=UTC)
    until = datetime(2026, 11, 25, 10, tzinfo=UTC)
    week = timedelta(days=7)
    came = sum(read["y"].sum() for read in records((BILLING, CLAIMS), day_start, until).values())
    before = sum(
        read["y"].sum()
        for read in records((BILLING, CLAIMS), day_start - week, until - week).values()
    )
    tile = view.tiles[2]
    assert tile.label == "Contacts today to 11:00, all queues"
    assert tile.value == f"{came:.0f}"
    assert tile.note.startswith(
        f"+{(came / before - 1) * 100:.1f}\u202f% on the {before:.0f} in the"
    )
    assert view.queue_headings is not None
    assert view.queue_headings["reference"] == "Last week"


def test_today_is_compared_with_the_newest_forecast_that_had_not_seen_the_hour(desk: Desk) -> None:
    billing = desk.newest(SeriesKind.VOLUME, BILLING)
    desk.store(earlier(billing, 24, factor=2.0))
    day = read_day(
        desk.services,
        [BILLING],
        {BILLING: billing},
        desk.clock.now(),
        BERLIN,
    )
    came, beside = day.compared()
    nine = pd.Timestamp("2026-11-25T08:00Z")
    expected = billing.rows.set_index("ds")["yhat"][nine + pd.Timedelta(days=1)] * 2.0
    assert day.reference is Reference.FORECAST
    assert beside.loc[nine, BILLING] == expected
    assert came.loc[nine, BILLING] == 35.0
    assert day.expected.loc[pd.Timestamp("2026-11-25T10:00Z"), BILLING] == billing.rows["yhat"][0]


def test_a_queue_above_its_band_comes_first_and_needs_somebody(desk: Desk) -> None:
    for queue in (BILLING, CLAIMS):
        factor = 0.2 if queue == BILLING else 1.0
        desk.store(earlier(desk.newest(SeriesKind.VOLUME, queue), 168, factor))
    view = shown(desk)
    assert view.queues is not None
    assert view.queues.loc[0, ["name", "state"]].tolist() == ["Billing", "above band"]
    assert view.headline == "One thing needs you: Billing runs above its band"
    assert view.tiles[2].selection == {"queue": BILLING}


def test_one_hour_outside_its_band_is_not_yet_a_need(desk: Desk) -> None:
    for queue in (BILLING, CLAIMS):
        forecast = earlier(desk.newest(SeriesKind.VOLUME, queue), 168)
        nine = forecast.rows["ds"] == pd.Timestamp("2026-11-25T09:00Z")
        rows = forecast.rows.assign(yhat_upper=forecast.rows["yhat_upper"].mask(nine, 1.0))
        desk.store(replace(forecast, rows=rows))
    view = shown(desk)
    assert view.queues is not None
    assert "above band" not in set(view.queues["state"])
    assert view.headline.startswith("Nothing needs you")


def test_a_queue_whose_records_of_today_are_lost_is_not_called_unusual(desk: Desk) -> None:
    hours = pd.date_range("2026-11-24T23:00Z", periods=11, freq="h", unit="us")
    with desk.services.unit_of_work() as work:
        lost = pd.DataFrame({"ds": hours, "y": float("nan")})
        busy = pd.DataFrame({"ds": hours - pd.Timedelta(days=7), "y": 50.0})
        work.history.merge(SeriesKind.VOLUME, BILLING, pd.concat([lost, busy]))
        work.commit()
    for queue in (BILLING, CLAIMS):
        desk.store(earlier(desk.newest(SeriesKind.VOLUME, queue), 168))
    view = shown(desk)
    assert view.queues is not None
    billing = view.queues.set_index("name").loc["Billing"]
    assert billing["state"] not in ("above band", "below band")


def test_a_forecast_of_one_past_hour_does_not_yet_stand_for_the_day(desk: Desk) -> None:
    for queue in (BILLING, CLAIMS):
        desk.store(earlier(desk.newest(SeriesKind.VOLUME, queue), 1))
    headings = shown(desk).queue_headings
    assert headings is not None
    assert headings["reference"] == "Last week"


def test_a_queue_without_contacts_is_told_so_comes_last_and_is_not_missing_a_forecast(
    desk: Desk,
) -> None:
    view = shown(desk)
    assert view.queues is not None
    assert view.queues["state"].tolist()[-1] == "no contacts"
    assert view.queue_ids[-1] == SILENT
    assert view.tiles[1].value == "4 of 4"


def test_an_hour_without_a_record_is_zero_where_few_come_and_lost_where_many_do() -> None:
    desk = filled_desk()
    hour = datetime(2026, 11, 25, 8, tzinfo=UTC)
    last_week = hour - timedelta(days=7)
    with desk.services.unit_of_work() as work:
        for queue, usual in ((BILLING, 60.0), (CLAIMS, 2.0)):
            records = pd.DataFrame(
                {"ds": pd.to_datetime([hour, last_week]).as_unit("us"), "y": [float("nan"), usual]}
            )
            work.history.merge(SeriesKind.VOLUME, queue, records)
        work.commit()
    day = read_day(desk.services, [BILLING, CLAIMS], {}, desk.clock.now(), BERLIN)
    assert pd.isna(day.actual.loc[pd.Timestamp(hour), BILLING])
    assert day.actual.loc[pd.Timestamp(hour), CLAIMS] == 0.0


def test_a_queue_that_is_closed_in_the_next_hour_is_called_closed_and_not_zero(
    desk: Desk,
) -> None:
    stored = desk.newest(SeriesKind.VOLUME, CLAIMS)
    noon = stored.rows["ds"] == pd.Timestamp("2026-11-25T11:00Z")
    closed = {
        name: stored.rows[name].mask(noon, 0.0) for name in ("yhat", "yhat_lower", "yhat_upper")
    }
    later = stored.made_at + timedelta(seconds=1)
    desk.store(replace(stored, forecast_id="F-c", made_at=later, rows=stored.rows.assign(**closed)))
    view = shown(desk)
    assert view.queues is not None
    rows = view.queues.set_index("name")
    assert rows.loc["Claims North", ["next", "band"]].tolist() == ["closed", "–"]
    assert rows.loc["Billing", "next"].isdigit()


def test_the_next_hour_is_none_that_somebody_told_closed(desk: Desk) -> None:
    queues = [BILLING, CLAIMS]
    now = desk.clock.now()
    desk.services.calendar.change_days(
        (), (OwnDay(now.astimezone(BERLIN).date(), label="Strike"),), by=SUPERVISOR
    )
    day = read_day(desk.services, queues, {}, now, BERLIN)
    assert day.next_hour is not None
    assert day.next_hour.astimezone(BERLIN).date() == now.astimezone(BERLIN).date() + timedelta(1)


def test_the_day_of_a_clock_change_has_25_hours(desk: Desk) -> None:
    autumn = datetime(2026, 10, 25, 12, tzinfo=UTC)
    day = read_day(desk.services, [BILLING], {}, autumn, BERLIN)
    assert len(day.hours) == 25
    assert day.hours[0] == pd.Timestamp("2026-10-24T22:00Z")


def test_campaigns_show_today_and_the_next_open_hour_the_best_first(desk: Desk) -> None:
    view = shown(desk)
    assert view.campaigns is not None
    assert view.campaigns["name"].tolist() == ["Winback Autumn", "Loyalty calls"]
    assert view.campaign_ids == (WINBACK, LOYALTY)
    assert view.campaigns["hour"].tolist() == ["11–12 h", "11–12 h"]
    assert len(view.campaigns["line"][0]) == 3


def test_agents_are_summed_once_for_each_skill_and_campaigns_without_schedule_are_named() -> None:
    clock = FrozenClock(NOW)
    desk = filled_desk()
    lonely = {"id": "c-lonely", "name": "Survey", "version": 1, "status": "ON"}
    tenant = desk.tenant
    tenant._campaigns["c-lonely"] = lonely
    view = shown(replace(desk, clock=clock))
    assert view.agents is not None
    assert view.agents.table["agents"].max() < 21
    assert "2 of 3 campaigns · no schedule for Survey" in view.agents_note


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

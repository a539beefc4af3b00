"""The page Overview: today beside what was forecast or came a week ago, hour by hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd

from core.forecasting.forecast import SeriesKind
from core.history.days import OwnDay
from core.screens.overview_day import Reference, read_day
from tests.support.desk import (
    BERLIN,
    BILLING,
    CLAIMS,
    LOYALTY,
    SILENT,
    SUPERVISOR,
    WINBACK,
    Desk,
    filled_desk,
)
from tests.unit.screens.overview_page import earlier, shown


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

"""Why a window is as high as it is: windows to choose, steps that add up, names of days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from core.forecasting.adjustments import AdjustmentAction
from core.forecasting.forecast import SeriesKind
from core.history.centre import Centre
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.told import Told
from core.screens import answer_rate, queue_volume
from core.screens.names import campaign_names, queue_names
from core.screens.waterfall import Explained, Waterfall, explained_of, waterfall_of
from core.screens.waterfall_windows import BUSIEST
from core.services.adjustments import AdjustmentWish
from core.workflow.approval import Person, Role
from tests.support.desk import BILLING, NOW, PLANNER, WINBACK, Desk

PAUL = Person(PLANNER, Role.PLANNER)
FRIDAY = "2026-11-27"


def of_queue(desk: Desk) -> Explained:
    names = queue_names(desk.services, desk.recent())
    asked = queue_volume.wanted(names, BILLING, "auto", "7", "90", "weekly")
    explained = queue_volume.view(desk.services, names, asked, PAUL, desk.look()).explained
    assert explained is not None
    return explained


def of_campaign(desk: Desk) -> Explained:
    names = campaign_names(desk.services, desk.recent())
    asked = answer_rate.wanted(names, WINBACK, "auto", "3", "14")
    explained = answer_rate.view(desk.services, names, asked, PAUL, desk.look()).explained
    assert explained is not None
    return explained


def shown(desk: Desk, explained: Explained, window: str = BUSIEST) -> Waterfall:
    waterfall = waterfall_of(explained, window, desk.look())
    assert waterfall is not None
    return waterfall


def steps(waterfall: Waterfall) -> dict[str, float]:
    table = waterfall.picture.table
    return dict(zip(table["part"], table["value"], strict=True))


def adding_up(told: dict[str, float]) -> float:
    return sum(value for name, value in told.items() if name != "forecast")


# --- windows --------------------------------------------------------------------------------


def test_a_queue_opens_with_its_busiest_day_and_offers_every_day_and_open_hour(
    desk: Desk,
) -> None:
    windows = of_queue(desk).windows
    assert windows[BUSIEST] == "Busiest day ahead: Mon 30 Nov"
    assert windows[FRIDAY] == "Fri 27 Nov, all its hours ahead (08:00–20:00)"
    assert windows["2026-11-27T09Z"] == "Fri 27 Nov, 10:00–11:00"
    assert "2026-11-29" not in windows
    assert "2026-11-27T02Z" not in windows


def test_a_campaign_opens_with_its_peak_hour(desk: Desk) -> None:
    assert of_campaign(desk).windows[BUSIEST] == "Peak hour ahead: Wed 25 Nov, 19:00–20:00"


def test_hours_that_are_over_are_not_offered(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=26))
    windows = of_queue(desk).windows
    assert "2026-11-25" not in windows
    assert windows["2026-11-26"].endswith("(13:00–20:00)")


def test_a_forecast_that_lies_in_the_past_has_nothing_to_take_apart(desk: Desk) -> None:
    desk.clock.move(timedelta(days=9))
    explained = of_queue(desk)
    assert list(explained.windows) == [BUSIEST]
    assert waterfall_of(explained, BUSIEST, desk.look()) is None


# --- steps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("window", [BUSIEST, FRIDAY, "2026-11-27T09Z"])
def test_the_steps_of_a_queue_lead_from_the_level_to_what_is_forecast(
    desk: Desk, window: str
) -> None:
    explained = of_queue(desk)
    told = steps(shown(desk, explained, window))
    begin, end = explained.spans[window]
    rows = explained.forecast.rows
    inside = rows[(rows["ds"] >= begin) & (rows["ds"] < end)]
    assert list(told)[:3] == ["level", "weekday", "hour of day"]
    assert told["forecast"] == pytest.approx(inside["yhat"].sum())
    # What rounds to nothing is no step.
    assert adding_up(told) == pytest.approx(told["forecast"], abs=0.5)


def test_the_steps_of_a_campaign_lead_from_the_latest_level_to_the_rate(desk: Desk) -> None:
    explained = of_campaign(desk)
    waterfall = shown(desk, explained)
    told = steps(waterfall)
    assert told["level"] == explained.forecast.components["trend"].iloc[-1]
    assert told["forecast"] == explained.forecast.rows["yhat"].max()
    assert adding_up(told) == pytest.approx(told["forecast"], abs=0.001)
    assert waterfall.note == "taken apart by stl"
    assert waterfall.title.startswith("Why Wed 25 Nov, 19:00–20:00 is at ")
    assert waterfall.title.endswith(f"the hour of day adds {told['hour of day'] * 100:.1f} points")


def test_the_title_says_what_moves_a_day_most(desk: Desk) -> None:
    explained = of_queue(desk)
    told = steps(shown(desk, explained))
    assert shown(desk, explained).title == (
        f"Why Mon 30 Nov has {told['forecast']:.0f} contacts: the weekday adds"
        f" {told['weekday']:.0f}"
    )


def test_what_a_person_laid_over_the_forecast_is_a_step_of_its_own(desk: Desk) -> None:
    start = datetime(2026, 11, 27, tzinfo=UTC)
    wish = AdjustmentWish(
        *(SeriesKind.VOLUME, BILLING, "Billing", "Sale", AdjustmentAction.PERCENT, 0.3),
        *(start, start + timedelta(days=1), ""),
    )
    desk.services.adjusting.add(wish, by=PLANNER)
    told = steps(shown(desk, of_queue(desk), FRIDAY))
    assert told["adjusted by hand"] == pytest.approx(0.3 * told["forecast"])
    assert told["planned with"] == pytest.approx(1.3 * told["forecast"])
    assert "planned with" not in steps(shown(desk, of_queue(desk), "2026-11-26"))


def test_a_day_unlike_others_is_a_step_by_its_name(desk: Desk) -> None:
    stored = desk.newest(SeriesKind.VOLUME, BILLING)
    is_fair = stored.rows["ds"].dt.date == date(2026, 11, 27)
    rows = stored.rows.assign(yhat=stored.rows["yhat"].where(~is_fair, stored.rows["yhat"] * 2))
    parts = stored.components.merge(rows[["ds", "yhat"]], on="ds", how="left")
    known = parts[["trend", "weekly", "daily"]].sum(axis=1)
    parts["remainder"] = (parts["yhat"] - known).fillna(parts["remainder"])
    made = replace(stored, rows=rows, components=parts.drop(columns="yhat"))
    fair = OwnDay(date(2026, 11, 27), kind=DayKind.SPECIAL, label="Autumn fair")
    centre = Centre("Europe/Berlin", Told(DayCalendar(own_days=(fair,))))
    explained = explained_of(made, rows[rows["ds"] > pd.Timestamp(NOW)], rows, centre, desk.look())
    told = steps(shown(desk, explained, FRIDAY))
    assert told["Autumn fair"] == pytest.approx(told["forecast"] / 2, rel=0.05)
    assert "Autumn fair" not in steps(shown(desk, explained, "2026-11-26"))


def test_a_method_without_components_has_no_steps(desk: Desk) -> None:
    explained = of_queue(desk)
    bare = replace(explained.forecast, components=explained.forecast.components[:0][["ds"]])
    assert waterfall_of(replace(explained, forecast=bare), BUSIEST, desk.look()) is None

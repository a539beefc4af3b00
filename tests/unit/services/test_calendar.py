"""Keeping the calendar: who may, what the audit says, and that forecasts go by it."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.errors import ApproverNotAllowed, ConcurrentEdit
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.centre import Centre
from core.history.days import DayCalendar, DayKind, OwnDay
from core.history.opening import OpeningHours
from core.history.told import WHOLE_CENTRE, Scope, Told
from core.ports import UnitOfWorkFactory
from core.services.calendar import KeepCalendar
from core.services.forecast import Forecasting, ForecastOrder
from core.services.history import History
from core.workflow.approval import People
from core.workflow.audit import STEPS, AuditEvent, verify_chain
from tests.support.desk import BERLIN, BILLING, NOW, PLANNER, ROLES, VIEWER, WINBACK, made_tenant

VOLUME, RATE = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE
EVE = OwnDay(date(2026, 12, 24), 14 * 60, label="Christmas Eve")
STOCK = OwnDay(date(2026, 11, 27), label="Stocktaking")
"""The second day ahead of `NOW`, a Friday."""
OFFICE = OpeningHours.parse("Mo-Fr 10:00-16:00")


class Keeping:
    """A calendar and what forecasts by it, over a made tenant."""

    def __init__(self, store: UnitOfWorkFactory, country: str = "") -> None:
        self.store = store
        clock = FrozenClock(NOW)
        centre = Centre(BERLIN.key, Told(DayCalendar(country)))
        self.calendar = KeepCalendar(store, clock, People(ROLES), centre)
        tenant = made_tenant(clock)
        self.history = History(store, tenant, clock, centre)
        self.forecasting = Forecasting(store, self.history, tenant, clock)

    def forecast(self, kind: SeriesKind = VOLUME, series_id: str = BILLING) -> Forecast:
        return self.forecasting.run(ForecastOrder(kind, series_id, series_id, "seasonal-naive"))

    def events(self) -> list[AuditEvent]:
        with self.store() as work:
            entries = work.audit.entries()
        assert verify_chain(entries).ok
        return [entry.event for entry in entries]


@pytest.fixture
def keeping(store: UnitOfWorkFactory) -> Keeping:
    return Keeping(store)


def by_day(forecast: Forecast) -> "pd.Series[float]":
    local = forecast.rows["ds"].dt.tz_convert(BERLIN.key)
    return forecast.rows["yhat"].groupby(local.dt.strftime("%Y-%m-%d")).sum()


# --- own days -------------------------------------------------------------------------------


def test_a_change_of_days_is_stored_with_who_and_audited_in_one_go(keeping: Keeping) -> None:
    changed = keeping.calendar.change_days((), (EVE, STOCK), by=PLANNER, reason="as every year")
    assert changed == 2
    noted = keeping.calendar.own_days()
    assert [each.day for each in noted] == [STOCK, EVE]
    assert {(each.person, each.at) for each in noted} == {(PLANNER, NOW)}
    (event,) = keeping.events()
    assert (event.step, event.person, event.reason) == (
        "calendar.changed",
        PLANNER,
        "as every year",
    )
    assert event.step in STEPS
    assert event.facts["added"][1] == {
        "date": "2026-12-24",
        "part": "14:00-24:00",
        "kind": "closed",
        "label": "Christmas Eve",
    }


def test_saving_what_is_there_changes_and_audits_nothing(keeping: Keeping) -> None:
    assert keeping.calendar.change_days((EVE,), (EVE,), by=PLANNER) == 0
    assert keeping.events() == []


def test_who_may_not_propose_may_not_change_days_or_hours(keeping: Keeping) -> None:
    with pytest.raises(ApproverNotAllowed, match="may not propose"):
        keeping.calendar.change_days((), (EVE,), by=VIEWER)
    with pytest.raises(ApproverNotAllowed, match="may not propose"):
        keeping.calendar.tell_opening(WHOLE_CENTRE, "", OFFICE, by=VIEWER)
    assert keeping.calendar.own_days() == ()
    assert keeping.events() == []


def test_two_people_who_change_different_days_both_keep_theirs(keeping: Keeping) -> None:
    keeping.calendar.change_days((), (EVE,), by=PLANNER)
    # Both were shown EVE alone.
    keeping.calendar.change_days((EVE,), (EVE, STOCK), by=PLANNER)
    longer = replace(EVE, label="Eve")
    keeping.calendar.change_days((EVE,), (longer,), by=PLANNER)
    assert [each.day for each in keeping.calendar.own_days()] == [STOCK, longer]


def test_two_people_who_change_the_same_day_are_told_and_nothing_is_half_done(
    keeping: Keeping,
) -> None:
    keeping.calendar.change_days((), (EVE,), by=PLANNER)
    keeping.calendar.change_days((EVE,), (replace(EVE, label="Eve"),), by=PLANNER)
    other = replace(EVE, kind=DayKind.SPECIAL)
    with pytest.raises(ConcurrentEdit, match="changed by somebody else"):
        keeping.calendar.change_days((EVE,), (other, STOCK), by=PLANNER)
    assert [each.day.label for each in keeping.calendar.own_days()] == ["Eve"]
    assert len(keeping.events()) == 2


# --- opening hours --------------------------------------------------------------------------


def test_hours_of_a_series_win_over_those_of_the_whole_centre(keeping: Keeping) -> None:
    of_billing = OpeningHours.parse("Mo-Su 00:00-24:00")
    keeping.calendar.tell_opening(WHOLE_CENTRE, "", OFFICE, by=PLANNER)
    scope = Scope(VOLUME.value, BILLING)
    keeping.calendar.tell_opening(scope, "Billing", of_billing, by=PLANNER)
    assert keeping.history.centre_of(VOLUME, BILLING).told.opening == of_billing
    assert keeping.history.centre_of(RATE, BILLING).told.opening == OFFICE
    keeping.calendar.tell_opening(scope, "Billing", None, by=PLANNER)
    assert keeping.history.centre_of(VOLUME, BILLING).told.opening == OFFICE
    events = keeping.events()
    assert [event.object_name for event in events] == ["the whole centre", "Billing", "Billing"]
    assert events[2].what == "Opening hours are learned from history again."
    assert events[2].facts["before"] == "Mo-Su 00:00-24:00"


def test_hours_told_twice_alike_are_audited_once(keeping: Keeping) -> None:
    for _ in range(2):
        keeping.calendar.tell_opening(WHOLE_CENTRE, "", OFFICE, by=PLANNER)
    assert len(keeping.events()) == 1


# --- what forecasts make of it --------------------------------------------------------------


def test_a_forecast_made_after_a_change_goes_by_it_and_the_one_before_stays(
    keeping: Keeping,
) -> None:
    before = keeping.forecast()
    keeping.calendar.change_days((), (STOCK,), by=PLANNER)
    after = keeping.forecast()
    assert by_day(before)["2026-11-27"] > 0
    assert by_day(after)["2026-11-27"] == 0
    assert by_day(after)["2026-11-26"] == by_day(before)["2026-11-26"]
    assert (before.parameters["own_days"], after.parameters["own_days"]) == (0, 1)
    assert "Fri 27 Nov is Stocktaking: closed." in after.warnings


def test_closed_hours_have_no_answer_rate_at_all(keeping: Keeping) -> None:
    tomorrow = OwnDay(date(2026, 11, 26))
    keeping.calendar.change_days((), (tomorrow,), by=PLANNER)
    hours = keeping.forecast(RATE, WINBACK).rows["ds"].dt.tz_convert(BERLIN.key)
    assert set(hours.dt.strftime("%Y-%m-%d")) == {"2026-11-25"}


def test_a_forecast_keeps_to_the_hours_told(keeping: Keeping) -> None:
    keeping.calendar.tell_opening(WHOLE_CENTRE, "", OFFICE, by=PLANNER)
    made = keeping.forecast()
    local = made.rows["ds"].dt.tz_convert(BERLIN.key)
    told_open = (local.dt.hour >= 10) & (local.dt.hour < 16) & (local.dt.day_of_week < 5)
    assert (made.rows.loc[~told_open, "yhat"] == 0).all()
    assert (made.rows.loc[told_open, "yhat"] > 0).all()
    assert made.parameters["opening_hours"] == "Mo-Fr 10:00-16:00"


def test_a_forecast_records_the_country_and_names_its_holidays(store: UnitOfWorkFactory) -> None:
    keeping = Keeping(store, "US")
    made = keeping.forecast()
    assert made.parameters["country"] == "US"
    assert "Thu 26 Nov is Thanksgiving Day: a public holiday." in made.warnings


def test_days_given_for_once_stand_in_for_those_stored(keeping: Keeping) -> None:
    keeping.calendar.change_days((), (STOCK,), by=PLANNER)
    given = OwnDay(STOCK.date + timedelta(days=3), label="Given")
    centre = Centre(BERLIN.key, Told(DayCalendar("", (given,))))
    once = replace(keeping.history, centre=centre)
    assert once.centre_of(VOLUME, BILLING).told.days.own_days == (given,)

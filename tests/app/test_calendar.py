import re
from datetime import date

import pytest

from core.forecasting.forecast import SeriesKind
from core.history.days import OwnDay
from core.history.opening import OpeningHours
from core.history.told import WHOLE_CENTRE, Scope
from tests.support.desk import BILLING, PLANNER, SUPERVISOR, VIEWER, Desk, filled_desk, settings_for
from tests.support.pages import buttons, open_page, title, words

EVE = OwnDay(date(2026, 12, 24), 14 * 60, label="Christmas Eve")
OF_BILLING = f"volume:{BILLING}"


def test_the_week_is_learned_until_somebody_tells_it(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "calendar", anybody, scope=OF_BILLING)
    assert not app.exception
    assert title(app).startswith("Queue Billing: open Mo")
    assert title(app).endswith("as learned")
    assert "learned from 90 days" in words(app)


def test_hours_that_are_corrected_hold_and_say_whose_they_are(desk: Desk) -> None:
    app = open_page(desk, "calendar", PLANNER, scope=OF_BILLING)
    app.text_input[0].set_value("Mo-Fr 09:00-17:00")
    _reason(app, "New contract")
    _press(app, "Use these hours")
    assert not app.exception
    assert title(app) == "Queue Billing: open Mo–Fr 09:00–17:00, as was told"
    assert f"told by {PLANNER}" in words(app)
    assert "Forecasts made from now on go by it." in words(app)
    (noted,) = desk.services.calendar.opening_hours()
    assert noted.scope == Scope("volume", BILLING)
    with desk.services.unit_of_work() as work:
        assert work.audit.entries()[-1].event.reason == "New contract"
    _press(app, "Learn from history again")
    assert title(app).endswith("as learned")
    assert desk.services.calendar.opening_hours() == ()


def test_hours_told_closed_in_which_contacts_come_are_counted(desk: Desk) -> None:
    app = open_page(desk, "calendar", PLANNER, scope=OF_BILLING)
    learned = app.text_input[0].value
    assert learned.startswith("Mo")
    app.text_input[0].set_value("Mo 10:00-11:00")
    _press(app, "Use these hours")
    told = re.search(r"contacts show (\d+) hours of the week differently", words(app))
    assert told
    assert int(told[1]) == len(OpeningHours.parse(learned).open_hours) - 1


def test_hours_that_cannot_be_read_are_told_and_change_nothing(desk: Desk) -> None:
    app = open_page(desk, "calendar", PLANNER)
    app.text_input[0].set_value("weekdays nine to five")
    _press(app, "Use these hours")
    assert "cannot be read" in words(app) or "cannot be read" in _titles(app)
    assert desk.services.calendar.opening_hours() == ()


def test_hours_of_the_whole_centre_hold_for_a_queue_without_its_own(desk: Desk) -> None:
    app = open_page(desk, "calendar", PLANNER)
    app.text_input[0].set_value("Mo-Sa 08:00-20:00")
    _press(app, "Use these hours")
    assert desk.services.calendar.opening_hours()[0].scope == WHOLE_CENTRE
    of_queue = open_page(desk, "calendar", VIEWER, scope=OF_BILLING)
    assert "open Mo–Sa 08:00–20:00, as was told" in title(of_queue)
    assert "told of the whole centre" in words(of_queue)


def test_the_year_ahead_names_holidays_and_days_of_ones_own() -> None:
    desk = filled_desk(settings=settings_for(DIALCAST_COUNTRY="DE-BE"))
    desk.services.calendar.change_days((), (EVE,), by=PLANNER)
    app = open_page(desk, "calendar", VIEWER)
    year = app.dataframe[-1].value
    assert year["name"].tolist()[:2] == ["Christmas Eve", "Christmas Day"]
    assert year["what"].tolist()[0] == "closed, 14:00–24:00"
    assert "Women's Day" in year["name"].tolist()
    assert "next day unlike others: Thu 24 Dec 2026, Christmas Eve" in title(app)


def test_without_a_country_the_page_says_how_to_set_one(desk: Desk) -> None:
    assert "Set DIALCAST_COUNTRY" in words(open_page(desk, "calendar", VIEWER))


def test_who_may_not_propose_sees_the_calendar_and_cannot_change_it(desk: Desk) -> None:
    app = open_page(desk, "calendar", VIEWER)
    assert not {"Use these hours", "Save these days"} & set(buttons(app))
    assert "Somebody who may propose can correct them." in words(app)


def test_days_of_a_file_are_added_to_those_that_are_there(desk: Desk) -> None:
    desk.services.calendar.change_days((), (EVE,), by=PLANNER)
    app = open_page(desk, "calendar", SUPERVISOR)
    content = b"date,kind,label\n2026-12-31,reduced,New Year's Eve\n"
    app.file_uploader[0].set_value(("days.csv", content, "text/csv")).run()
    _press(app, "Add the days of this file")
    assert not app.exception
    days = [noted.day.label for noted in desk.services.calendar.own_days()]
    assert days == ["Christmas Eve", "New Year's Eve"]


def test_a_wrong_file_is_refused_with_its_place_and_nothing_is_added(desk: Desk) -> None:
    app = open_page(desk, "calendar", SUPERVISOR)
    content = b"date,kind,label\n31.12.2026,reduced,New Year's Eve\n"
    app.file_uploader[0].set_value(("days.csv", content, "text/csv")).run()
    _press(app, "Add the days of this file")
    assert "days.csv, line 2, column date" in _titles(app)
    assert desk.services.calendar.own_days() == ()


def test_everything_can_be_forecast_anew_from_here(desk: Desk) -> None:
    before = desk.newest(SeriesKind.VOLUME, BILLING)
    desk.services.calendar.change_days((), (OwnDay(date(2026, 11, 27)),), by=PLANNER)
    _press(open_page(desk, "calendar", PLANNER), "Forecast everything anew")
    desk.settle()
    after = desk.newest(SeriesKind.VOLUME, BILLING)
    assert after.forecast_id != before.forecast_id
    assert after.parameters["own_days"] == 1


@pytest.mark.parametrize("scope", ["volume:nowhere", "nonsense"])
def test_an_unknown_scope_in_the_address_opens_the_whole_centre(desk: Desk, scope: str) -> None:
    app = open_page(desk, "calendar", VIEWER, scope=scope)
    assert not app.exception
    assert title(app).startswith("The whole centre: open")


def _press(app, label: str) -> None:  # type: ignore[no-untyped-def]
    next(each for each in app.button if each.label == label).click().run()


def _reason(app, text: str) -> None:  # type: ignore[no-untyped-def]
    next(each for each in app.text_input if each.label.startswith("Reason")).set_value(text)


def _titles(app) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(str(each.proto) for each in app.error)

"""Campaign drafts says where there is room, and what would be created."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from core.charts.picture import Look
from core.errors import TenantUnreachable
from core.screens.draft_view import DraftView, Wanted
from core.screens.drafts import view
from core.screens.names import Names, queue_names
from core.screens.recent import Recent
from core.workflow.approval import Person
from tests.support.desk import BERLIN, BILLING, CLAIMS, PLANNER, VIEWER, Desk, empty_desk
from tests.support.proposals import drafted

DEFAULT_NAME = "Forecast-Driven Wrap-Up Campaign"


def shown(
    desk: Desk,
    look: Look,
    *,
    queue: str = BILLING,
    name: str = "",
    calls: str = "",
    person: str = PLANNER,
    recent: Recent | None = None,
) -> DraftView:
    recent = recent or Recent(desk.clock)
    names = queue_names(desk.services, recent)
    who = desk.services.people.person(person)
    return view(desk.services, recent, names, Wanted(queue, name, calls), who, look)


def test_the_headline_says_how_much_room_there_is(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    windows = page.draft.windows
    hours = sum(int((each.end - each.start).total_seconds()) for each in windows) // 3600
    assert hours > len(windows) > 1
    assert page.headline == (
        f"Billing: {len(windows)} low-volume windows ahead, {hours} hours in all;"
        f" room for up to {50 * hours} calls"
    )
    assert page.chart_title.startswith(f"{hours} hours with under {page.draft.threshold:.1f} ")


def test_each_window_is_a_row_in_the_centres_time(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    first, row = page.draft.windows[0], page.windows.iloc[0]
    assert len(page.windows) == len(page.draft.windows)
    assert row["day"] == "Wed 25 Nov"
    assert row["window"].startswith(f"{first.start.astimezone(BERLIN):%H:%M}–")
    assert row["threshold"] == f"under {page.draft.threshold:.1f}"


def test_the_payload_is_the_very_text_that_would_be_sent(desk: Desk, look: Look) -> None:
    page = shown(desk, look)
    payload = json.loads(page.payload)
    assert payload == page.offer.plan.payload
    assert payload["status"] == "DRAFT"
    assert len(payload["schedule"]) == len(page.windows)


def test_name_and_cap_are_what_the_address_says(desk: Desk, look: Look) -> None:
    page = shown(desk, look, name="Quiet hours", calls="20")
    assert page.draft.name == "Quiet hours"
    assert page.draft.payload["maxCallsPerHour"] == 20
    hours = sum(each.hours for each in page.draft.windows)
    assert f"up to {20 * hours:.0f} calls" in page.headline


@pytest.mark.parametrize("calls", ["0", "-5", "many", "10001", "5.5", "²"])
def test_a_cap_that_cannot_be_is_told_and_the_default_holds(
    desk: Desk, look: Look, calls: str
) -> None:
    page = shown(desk, look, calls=calls)
    assert f"“{calls}” is no number of calls an hour" in page.complaint
    assert page.draft.payload["maxCallsPerHour"] == 50


def test_a_name_that_the_tenant_has_is_not_offered(desk: Desk, look: Look) -> None:
    page = shown(desk, look, name="Winback Autumn")
    assert not page.offer.is_open
    assert page.offer.obstacle == "The tenant has a campaign of this name: choose another."


def test_an_open_draft_for_the_queue_stands_instead_of_the_button(desk: Desk, look: Look) -> None:
    waiting = drafted(desk)
    page = shown(desk, look)
    assert page.offer.waiting.proposal_id == waiting.proposal_id
    assert page.draft.name == DEFAULT_NAME


def test_another_queue_does_not_take_the_name_that_is_promised(desk: Desk, look: Look) -> None:
    drafted(desk, BILLING)
    page = shown(desk, look, queue=CLAIMS)
    assert page.draft.name == f"{DEFAULT_NAME}, Claims North"
    assert page.offer.is_open


def test_a_viewer_may_look_and_not_propose(desk: Desk, look: Look) -> None:
    offer = shown(desk, look, person=VIEWER).offer
    assert not offer.is_open
    assert "viewer" in offer.obstacle


def test_a_tenant_that_is_down_leaves_the_windows(desk: Desk, look: Look) -> None:
    recent = Recent(desk.clock)
    queue_names(desk.services, recent)
    desk.tenant.find_campaigns = _unreachable  # type: ignore[method-assign]
    page = shown(desk, look, recent=recent)
    assert "low-volume windows ahead" in page.headline
    assert "room for" not in page.headline
    assert page.trouble == "The tenant does not answer. Try again."
    assert page.picture is not None
    assert page.draft is None
    assert page.offer is None


def test_a_forecast_without_a_window_ahead_asks_for_a_new_one(desk: Desk, look: Look) -> None:
    desk.clock.move(timedelta(days=8))
    page = shown(desk, replace(look, now=desk.clock.now()))
    assert page.headline.startswith("Billing: no hour of the forecast is ahead")
    assert page.needs_forecast
    assert page.picture is None


def test_without_a_forecast_there_is_the_button_that_makes_one(look: Look) -> None:
    desk = empty_desk()
    page = shown(desk, look)
    assert page.headline == "Billing has no stored forecast to find windows in"
    assert page.needs_forecast
    assert (page.series.kind.value, page.series.series_id) == ("volume", "q-billing")
    assert shown(desk, look, person=VIEWER).forecast_label == ""


def test_no_queue_at_all_is_said_calmly(desk: Desk, look: Look) -> None:
    page = view(desk.services, Recent(desk.clock), Names({}), Wanted(None), Person(PLANNER), look)
    assert page.headline == "There is no queue to draft a campaign for"


def _unreachable(*_: object) -> None:
    raise TenantUnreachable("The tenant does not answer.", "Try again.")

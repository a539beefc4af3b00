"""What there is to choose from, also while the tenant does not answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.campaigns import Campaign, Queue
from core.clock import FrozenClock
from core.errors import AuthenticationFailed, TenantError, TenantUnreachable, UnexpectedPayload
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import make_forecast
from core.services.directory import ASK_AGAIN_AFTER, FRESH_FOR, Directory
from core.store.memory import MemoryStore
from core.units import CampaignId, QueueId
from tests.support.desk import BILLING, CAMPAIGNS, CLAIMS, NOW, QUEUES, WINBACK, FadingTenant
from tests.unit.forecasting.made_series import (
    rate_history,
    rate_records,
    request,
    volume_history,
    volume_records,
)


class CountingTenant(FadingTenant):
    """A tenant in memory that counts the questions and can fail in a given way."""

    asked = 0
    error: TenantError | None = None

    def _answer(self, what: str) -> None:
        self.asked += 1
        if self.error is not None:
            raise self.error
        super()._answer(what)


class Choice:
    """A directory over a tenant and a store in memory."""

    def __init__(self) -> None:
        self.clock = FrozenClock(NOW)
        self.tenant = CountingTenant(self.clock, CAMPAIGNS, queues=QUEUES)
        self.store = MemoryStore()
        self.directory = self.restarted()

    def restarted(self) -> Directory:
        """Return a directory as a new process has it."""
        return Directory(self.tenant, self.store, self.clock)

    def keep(self, *forecasts: Forecast) -> None:
        """Store forecasts."""
        with self.store() as work:
            for forecast in forecasts:
                work.forecasts.add(forecast)
            work.commit()


@pytest.fixture
def choice() -> Choice:
    return Choice()


@pytest.fixture(scope="module")
def forecasts() -> tuple[Forecast, Forecast]:
    """Make a forecast of a queue and one of a campaign."""
    of_queue = make_forecast(
        request(
            SeriesKind.VOLUME, volume_history(volume_records(28)), method="seasonal-naive",
            forecast_id="F-queue", series_id=BILLING, series_name="Billing",
        )
    )  # fmt: skip
    of_campaign = make_forecast(
        request(
            SeriesKind.ANSWER_RATE, rate_history(rate_records(14)), method="seasonal-naive",
            forecast_id="F-campaign", series_id=WINBACK, series_name="Winback Autumn",
        )
    )  # fmt: skip
    return of_queue, of_campaign


def test_campaigns_and_queues_come_as_the_tenant_lists_them(choice: Choice) -> None:
    campaigns, queues = choice.directory.campaigns(), choice.directory.queues()
    assert [each.name for each in campaigns.items] == ["Winback Autumn", "Loyalty calls"]
    assert queues.items == QUEUES
    assert (campaigns.read_at, campaigns.trouble) == (NOW, "")
    assert (queues.read_at, queues.trouble) == (NOW, "")


def test_a_list_is_kept_for_60_seconds_and_then_read_anew(choice: Choice) -> None:
    first = choice.directory.queues()
    choice.clock.move(timedelta(seconds=59))
    assert choice.directory.queues() is first
    assert choice.tenant.asked == 1
    choice.clock.move(timedelta(seconds=1))
    assert choice.directory.queues().read_at == NOW + timedelta(seconds=60)
    assert choice.tenant.asked == 2
    assert timedelta(seconds=60) == FRESH_FOR


def test_campaigns_and_queues_are_kept_apart(choice: Choice) -> None:
    choice.directory.queues()
    assert all(isinstance(each, Campaign) for each in choice.directory.campaigns().items)
    assert all(isinstance(each, Queue) for each in choice.directory.queues().items)
    assert choice.tenant.asked == 2


def test_a_campaign_that_is_new_at_the_tenant_is_seen_after_a_minute(choice: Choice) -> None:
    choice.directory.campaigns()
    choice.tenant.writer.create_campaign({"name": "Brand new", "status": "DRAFT"})
    choice.clock.move(FRESH_FOR)
    names = [each.name for each in choice.directory.campaigns().items]
    assert "Brand new" in names


def test_while_the_tenant_is_down_the_last_list_is_shown_with_its_time_and_the_trouble(
    choice: Choice,
) -> None:
    read = choice.directory.queues()
    choice.tenant.is_down = True
    choice.clock.move(timedelta(hours=2))
    shown = choice.directory.queues()
    assert shown.items == read.items
    assert shown.read_at == NOW
    assert shown.trouble == "The tenant could not be reached for the queues. Try again."


def test_a_list_of_less_than_a_minute_is_shown_without_noticing_that_the_tenant_went_down(
    choice: Choice,
) -> None:
    choice.directory.queues()
    choice.tenant.is_down = True
    assert choice.directory.queues().trouble == ""


def test_a_failed_reading_stands_a_quarter_of_a_minute_so_that_nobody_waits_in_vain_twice(
    choice: Choice,
) -> None:
    choice.directory.queues()
    choice.tenant.is_down = True
    choice.clock.move(FRESH_FOR)
    told = choice.directory.queues()
    asked = choice.tenant.asked
    choice.clock.move(ASK_AGAIN_AFTER / 2)
    assert choice.directory.queues() == told
    assert choice.tenant.asked == asked
    choice.clock.move(ASK_AGAIN_AFTER / 2)
    choice.directory.queues()
    assert choice.tenant.asked == asked + 1


def test_a_tenant_that_is_back_is_read_as_soon_as_it_is_asked_again(choice: Choice) -> None:
    choice.directory.queues()
    choice.tenant.is_down = True
    choice.clock.move(FRESH_FOR)
    choice.directory.queues()
    choice.tenant.is_down = False
    choice.clock.move(ASK_AGAIN_AFTER)
    again = choice.directory.queues()
    assert (again.read_at, again.trouble) == (NOW + FRESH_FOR + ASK_AGAIN_AFTER, "")


def test_after_a_restart_the_stored_forecasts_tell_what_there_is(
    choice: Choice, forecasts: tuple[Forecast, Forecast]
) -> None:
    of_queue, of_campaign = forecasts
    older = replace(
        of_queue, forecast_id="F-old", made_at=NOW - timedelta(days=9), series_name="Old"
    )
    other = replace(of_queue, forecast_id="F-claims", series_id=CLAIMS, series_name="Claims North")
    choice.keep(older, of_queue, other, of_campaign)
    choice.tenant.is_down = True
    directory = choice.restarted()
    queues, campaigns = directory.queues(), directory.campaigns()
    assert queues.items == (
        Queue(QueueId(BILLING), "Billing"),
        Queue(QueueId(CLAIMS), "Claims North"),
    )
    assert campaigns.items == (Campaign(CampaignId(WINBACK), "Winback Autumn"),)
    assert queues.read_at is None
    assert queues.trouble.startswith("The tenant could not be reached")


def test_what_stored_forecasts_told_is_not_taken_for_a_reading(
    choice: Choice, forecasts: tuple[Forecast, Forecast]
) -> None:
    choice.keep(*forecasts)
    choice.tenant.is_down = True
    choice.directory.queues()
    choice.tenant.is_down = False
    choice.clock.move(ASK_AGAIN_AFTER)
    assert choice.directory.queues().items == QUEUES


@pytest.mark.parametrize(
    "error",
    [
        TenantUnreachable("No answer.", "Check the network."),
        AuthenticationFailed("The tenant refuses the credentials.", "Check them.", status=401),
        UnexpectedPayload("The list of queues cannot be read.", "Ask the administrator."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_trouble_of_the_tenant_is_raised(choice: Choice, error: TenantError) -> None:
    choice.tenant.error = error
    for listing in (choice.directory.queues(), choice.directory.campaigns()):
        assert (listing.items, listing.read_at, listing.trouble) == ((), None, str(error))

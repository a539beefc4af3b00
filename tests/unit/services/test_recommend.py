"""Advice: from the newest stored forecast and the schedule; asking stores and sends nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import pytest

from core.dialler import TimeTaken
from core.documents import value_at
from core.errors import RecordNotFound, TenantUnreachable, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.order import TenantFields
from core.pacing.recommend import check_policy
from core.pacing.timing import DialTiming
from core.services.recommend import Recommending, TimingGiven
from core.setting_source import PacingPolicySettings
from core.units import CampaignId, QueueId
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    NOW,
    SKILL,
    WINBACK,
    FadingTenant,
)
from tests.unit.services.advising import Advising, forecast_of

RATE, VOLUME = SeriesKind.ANSWER_RATE, SeriesKind.VOLUME


@pytest.fixture(scope="module")
def made() -> Mapping[SeriesKind, Forecast]:
    return {
        RATE: forecast_of(RATE, WINBACK, "Winback Autumn"),
        VOLUME: forecast_of(VOLUME, BILLING, "Billing"),
    }


@pytest.fixture
def advising(made: Mapping[SeriesKind, Forecast]) -> Advising:
    return Advising(made[RATE], made[VOLUME])


# --- pacing ---------------------------------------------------------------------------------


def test_advice_is_made_from_the_newest_stored_forecast(
    advising: Advising, made: Mapping[SeriesKind, Forecast]
) -> None:
    rows = made[RATE].rows.assign(yhat=0.12, yhat_lower=0.1, yhat_upper=0.2)
    later = NOW + timedelta(minutes=1)
    advising.keep(replace(made[RATE], forecast_id="F-newer", made_at=later, rows=rows))
    advice = advising.service.pacing(WINBACK, SKILL)
    assert advice.forecast.forecast_id == advice.recommendation.forecast_id == "F-newer"
    assert {hour.answer_rate for hour in advice.recommendation.hours} == {0.12}


def test_advice_carries_the_campaign_as_it_is_now(advising: Advising) -> None:
    advising.tenant.change_as_somebody_else(WINBACK, {"predictive.maxAttempts": 9})
    advice = advising.service.pacing(WINBACK, SKILL)
    assert advice.snapshot.document["predictive"]["maxAttempts"] == 9
    assert advice.snapshot.revision == "8"
    assert value_at(advice.recommendation.push, "predictive.maxAttempts") == 9


def test_advice_covers_the_hours_of_its_forecast_with_the_agents_scheduled(
    advising: Advising,
) -> None:
    advice = advising.service.pacing(WINBACK, SKILL)
    hours = advice.recommendation.hours
    assert [hour.ds for hour in hours] == advice.forecast.rows["ds"].tolist()
    assert {hour.agents for hour in hours} == {20.0}
    assert advice.staffing.frame["ds"].max() == advice.forecast.rows["ds"].max()


def test_the_limits_in_force_say_where_they_come_from(advising: Advising) -> None:
    named = advising.service.pacing(WINBACK, SKILL).recommendation.limits
    read = advising.history.refresh(RATE, WINBACK)
    limits = advising.service.pacing(WINBACK, SKILL).recommendation.limits
    assert (named.max_offers_per_hour, named.max_offers_origin) == (
        1000.0,
        "named fallback: no offered history",
    )
    assert limits.max_offers_per_hour == read["offered"].max()
    assert limits.max_offers_origin.startswith("highest offered calls in an hour, seen ")
    assert limits.abandon_cap == 0.03


def test_advice_with_an_unknown_capacity_offers_nothing_to_send(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    advice = Advising(made[RATE], agents=None).service.pacing(WINBACK, SKILL)
    assert not advice.recommendation.capacity_known
    assert advice.recommendation.push == {}


def test_asking_for_advice_stores_and_changes_nothing(advising: Advising) -> None:
    before = advising.tenant.read_campaign(CAMPAIGNS[0]["id"])
    advising.service.pacing(WINBACK, SKILL)
    advising.drafting.draft(BILLING)
    with advising.store() as work:
        assert work.proposals.all() == ()
        assert work.audit.entries() == ()
    assert advising.tenant.read_campaign(CAMPAIGNS[0]["id"]).document == before.document
    assert advising.tenant.writes == []


def test_without_a_stored_forecast_the_next_step_is_told() -> None:
    with pytest.raises(RecordNotFound) as caught:
        Advising().service.pacing(WINBACK, SKILL)
    assert caught.value.what == f"There is no stored answer-rate forecast of {WINBACK}."
    assert "`dialcast forecast`" in caught.value.next_step
    with pytest.raises(RecordNotFound, match=f"no stored volume forecast of {BILLING}"):
        Advising().drafting.draft(BILLING)


def test_a_forecast_of_contacts_is_no_forecast_of_an_answer_rate(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    of_contacts = replace(made[VOLUME], series_id=WINBACK)
    with pytest.raises(RecordNotFound):
        Advising(of_contacts).service.pacing(WINBACK, SKILL)


def test_an_unknown_policy_is_refused_with_the_known_ones_before_anything_is_read(
    advising: Advising,
) -> None:
    advising.tenant.is_down = True
    with pytest.raises(UsageError, match=r'no pacing policy "bold".*tutorial'):
        advising.service.pacing(WINBACK, SKILL, "bold")
    check_policy("tutorial")


def test_a_schedule_that_cannot_be_read_is_the_tenants_trouble(advising: Advising) -> None:
    advising.tenant.is_down = True
    with pytest.raises(TenantUnreachable, match="the schedule"):
        advising.service.pacing(WINBACK, SKILL)


class TellingTenant(FadingTenant):
    """A tenant that tells how long contacts take and what a campaign has done today."""

    def handle_times(
        self, queue_ids: Sequence[QueueId], start: datetime, end: datetime
    ) -> Mapping[QueueId, TimeTaken]:
        return {queue_id: TimeTaken(20, 4200.0) for queue_id in queue_ids}

    def campaign_day(
        self, campaign_id: CampaignId, start: datetime, end: datetime
    ) -> pd.DataFrame | None:
        self.asked_since = start
        hours = pd.date_range(NOW - timedelta(hours=3), periods=3, freq="h", unit="us").floor("h")
        # The last hour answered one call more than it placed: it had been placed before.
        return pd.DataFrame(
            {"ds": hours, "attempts": [900, 900, 4], "live": [300, 300, 5], "abandoned": [2, 3, 0]}
        ).astype({"attempts": "float64", "live": "float64", "abandoned": "float64"})


def on_the_platform(advising: Advising, regime: str = "custom") -> Recommending:
    limits = PacingPolicySettings(regime=regime)
    return replace(advising.service, limits=limits, fields=TenantFields.PLATFORM)


def test_on_the_platform_calls_per_agent_are_planned_with_the_measured_handle_time(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    telling = Advising(made[RATE], kind=TellingTenant)
    advice = on_the_platform(telling).pacing(WINBACK, SKILL).recommendation
    assert advice.policy == "compliant"
    assert advice.push["maxCallsPerAgent"] >= 1
    assert advice.limits.timing is not None
    assert advice.limits.timing.handle_seconds == 210.0
    assert "last 14 days" in advice.limits.timing.handle_origin
    assert advice.so_far is not None
    assert (advice.so_far.day.live, advice.so_far.day.abandoned) == (605.0, 5.0)


def test_what_has_happened_is_read_over_the_window_of_the_regime(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    telling = Advising(made[RATE], kind=TellingTenant)
    on_the_platform(telling, "us-ftc").pacing(WINBACK, SKILL)
    assert telling.tenant.asked_since == NOW - timedelta(days=30)


def test_a_handle_time_that_no_tenant_tells_is_asked_for(advising: Advising) -> None:
    with pytest.raises(UsageError, match="--aht"):
        on_the_platform(advising).pacing(WINBACK, SKILL)


@pytest.mark.parametrize(
    ("measured", "is_used"),
    [(18.0, True), (3.0, True), (0.2, False), (240.0, False), (None, False)],
)
def test_a_measured_time_on_the_line_is_used_where_ringing_can_take_so_long(
    measured: float | None, is_used: bool, made: Mapping[SeriesKind, Forecast]
) -> None:
    class Measuring(TellingTenant):
        def line_times(
            self, campaign_ids: Sequence[CampaignId], start: datetime, end: datetime
        ) -> Mapping[CampaignId, TimeTaken]:
            told = TimeTaken(100, 100 * measured) if measured else TimeTaken(0, 0.0)
            return dict.fromkeys(campaign_ids, told)

    service = on_the_platform(Advising(made[RATE], kind=Measuring))
    timing = service.pacing(WINBACK, SKILL).recommendation.limits.timing
    assert timing is not None
    assert timing.is_assumed is not is_used
    assert (timing.line_seconds == measured) is is_used


def test_a_handle_time_that_somebody_tells_goes_before_the_measured_one(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    service = on_the_platform(Advising(made[RATE], kind=TellingTenant))
    given = service.pacing(WINBACK, SKILL, timing=TimingGiven(180.0, 22.0)).recommendation
    assert given.limits.timing == DialTiming(180.0, "as given", 22.0, "as given")

"""Advice: from the newest stored forecast and the schedule; asking stores and sends nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.campaigns import Organisation
from core.documents import value_at
from core.errors import RecordNotFound, SettingsError, TenantUnreachable, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.draft import DEFAULT_DRAFT_NAME
from core.services.recommend import check_policy
from tests.support.desk import (
    BERLIN,
    BILLING,
    CAMPAIGNS,
    NOW,
    SKILL,
    WINBACK,
    FadingTenant,
)
from tests.unit.services.advising import Advising, forecast_of

RATE, VOLUME = SeriesKind.ANSWER_RATE, SeriesKind.VOLUME


class AnonymousTenant(FadingTenant):
    """A tenant in memory that has no way to tell who it is."""

    def organisation(self) -> Organisation:
        return Organisation(None, None, "memory:")


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
    assert advice.capacity["ds"].max() == advice.forecast.rows["ds"].max()


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
    advising.service.draft(BILLING)
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
        Advising().service.draft(BILLING)


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
    with pytest.raises(UsageError, match=r"no policy 'bold' .* Choose one of: tutorial"):
        advising.service.pacing(WINBACK, SKILL, "bold")
    check_policy("tutorial")


def test_a_schedule_that_cannot_be_read_is_the_tenants_trouble(advising: Advising) -> None:
    advising.tenant.is_down = True
    with pytest.raises(TenantUnreachable, match="the schedule"):
        advising.service.pacing(WINBACK, SKILL)


# --- drafts ---------------------------------------------------------------------------------


def test_a_draft_has_the_windows_of_the_forecast_within_callable_hours(
    advising: Advising,
) -> None:
    draft = advising.service.draft(BILLING, max_calls_per_hour=30)
    assert draft.windows
    for window in draft.windows:
        assert window.start > NOW
        assert 8 <= window.start.astimezone(BERLIN).hour < 20
    assert draft.payload["maxCallsPerHour"] == 30
    assert draft.forecast_id == f"F-{BILLING}"


def test_a_draft_has_the_tutorials_name_where_it_is_free(advising: Advising) -> None:
    assert advising.service.draft(BILLING).name == DEFAULT_DRAFT_NAME
    assert advising.service.draft(BILLING).payload["name"] == DEFAULT_DRAFT_NAME


def test_a_name_that_was_given_is_kept(advising: Advising) -> None:
    assert advising.service.draft(BILLING, name="Evening calls").name == "Evening calls"


def test_a_draft_has_a_name_of_its_own_where_the_tenant_has_one_of_that_name(
    advising: Advising,
) -> None:
    names = []
    for _ in range(5):
        draft = advising.service.draft(BILLING)
        names.append(draft.name)
        advising.create(draft.name)
    assert names == [
        DEFAULT_DRAFT_NAME,
        f"{DEFAULT_DRAFT_NAME}, Billing, 2026-11-25 11h",
        f"{DEFAULT_DRAFT_NAME}, Billing, 2026-11-25 11h (2)",
        f"{DEFAULT_DRAFT_NAME}, Billing, 2026-11-25 11h (3)",
        f"{DEFAULT_DRAFT_NAME}, Billing, 2026-11-25 11h (4)",
    ]


def test_a_draft_names_the_organisation_of_the_settings(advising: Advising) -> None:
    payload = advising.service.draft(BILLING).payload
    assert value_at(payload, "callCenter.id") == "Made organisation"


def test_without_one_in_the_settings_a_draft_names_the_tenants_own_organisation(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    payload = Advising(made[VOLUME], organisation=None).service.draft(BILLING).payload
    assert value_at(payload, "callCenter.id") == "memory"


def test_where_neither_tells_the_organisation_the_setting_is_named(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    advising = Advising(made[VOLUME], organisation=None, kind=AnonymousTenant)
    with pytest.raises(SettingsError, match="Not set: GENESYS_ENVIRONMENT") as caught:
        advising.service.draft(BILLING)
    assert caught.value.next_step


def test_the_name_of_a_draft_tells_the_hour_on_the_centres_clock(
    advising: Advising,
) -> None:
    advising.create(DEFAULT_DRAFT_NAME)
    advising.clock.at = datetime(2026, 11, 25, 23, 30, tzinfo=NOW.tzinfo)
    assert advising.service.draft(BILLING).name.endswith("2026-11-26 00h")

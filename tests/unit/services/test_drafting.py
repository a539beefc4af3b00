"""Drafts: windows of a stored forecast, and the campaign that would use them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from core.campaigns import Organisation
from core.clock import FrozenClock
from core.dialler import CallableTimes, CallableWindow
from core.documents import value_at
from core.errors import SettingsError, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.draft import DEFAULT_DRAFT_NAME
from core.pacing.recommendation import CampaignDraft
from core.permissions import Lack, Need
from core.services.drafting import Drafting
from core.services.plan import plan_campaign
from core.workflow.pairs import is_scheduled_apart
from core.workflow.plan import CheckState, Plan
from tests.support.desk import BERLIN, BILLING, NOW, FadingTenant
from tests.support.platform_tenant import PlatformTenant, platform_document
from tests.unit.services.advising import Advising, forecast_of

VOLUME = SeriesKind.VOLUME
TEMPLATE = "c-1"


class AnonymousTenant(FadingTenant):
    """A tenant in memory that has no way to tell who it is."""

    def organisation(self) -> Organisation:
        return Organisation(None, None, "memory:")


@pytest.fixture(scope="module")
def made() -> Mapping[SeriesKind, Forecast]:
    return {VOLUME: forecast_of(VOLUME, BILLING, "Billing")}


@pytest.fixture
def advising(made: Mapping[SeriesKind, Forecast]) -> Advising:
    return Advising(made[VOLUME])


def test_a_draft_has_the_windows_of_the_forecast_within_callable_hours(
    advising: Advising,
) -> None:
    draft = advising.drafting.draft(BILLING, max_calls_per_hour=30)
    assert draft.windows
    for window in draft.windows:
        assert window.start > NOW
        assert 8 <= window.start.astimezone(BERLIN).hour < 20
    assert draft.payload["maxCallsPerHour"] == 30
    assert draft.forecast_id == f"F-{BILLING}"


def test_a_draft_has_the_tutorials_name_where_it_is_free(advising: Advising) -> None:
    assert advising.drafting.draft(BILLING).name == DEFAULT_DRAFT_NAME
    assert advising.drafting.draft(BILLING).payload["name"] == DEFAULT_DRAFT_NAME


def test_a_name_that_was_given_is_kept(advising: Advising) -> None:
    assert advising.drafting.draft(BILLING, name="Evening calls").name == "Evening calls"


def test_a_draft_has_a_name_of_its_own_where_the_tenant_has_one_of_that_name(
    advising: Advising,
) -> None:
    names = []
    for _ in range(5):
        draft = advising.drafting.draft(BILLING)
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
    payload = advising.drafting.draft(BILLING).payload
    assert value_at(payload, "callCenter.id") == "Made organisation"


def test_without_one_in_the_settings_a_draft_names_the_tenants_own_organisation(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    payload = Advising(made[VOLUME], organisation=None).drafting.draft(BILLING).payload
    assert value_at(payload, "callCenter.id") == "memory"


def test_where_neither_tells_the_organisation_the_setting_is_named(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    advising = Advising(made[VOLUME], organisation=None, kind=AnonymousTenant)
    with pytest.raises(SettingsError, match="Not set: GENESYS_ENVIRONMENT") as caught:
        advising.drafting.draft(BILLING)
    assert caught.value.next_step


def test_the_name_of_a_draft_tells_the_hour_on_the_centres_clock(
    advising: Advising,
) -> None:
    advising.create(DEFAULT_DRAFT_NAME)
    advising.clock.at = datetime(2026, 11, 25, 23, 30, tzinfo=NOW.tzinfo)
    assert advising.drafting.draft(BILLING).name.endswith("2026-11-26 00h")


# --- drafts that are copies -----------------------------------------------------------------


def copying(advising: Advising, **values: object) -> Drafting:
    """Return the drafting on a tenant of the platform that has one campaign to copy."""
    tenant = PlatformTenant(FrozenClock(NOW), [platform_document(**values)])
    return replace(advising.drafting, tenant=tenant)


def copy_of(advising: Advising, **values: object) -> CampaignDraft:
    return copying(advising, **values).draft(BILLING, template_id=TEMPLATE)


def planned(draft: CampaignDraft, cap: float = 0.03) -> Plan:
    return plan_campaign(draft, NOW, cap)


def test_a_copy_has_what_the_template_has_and_is_off(advising: Advising) -> None:
    document = platform_document(maxCallsPerAgentDecimal=2.35, alwaysRunning=False)
    payload = copy_of(advising, maxCallsPerAgentDecimal=2.35, alwaysRunning=False).payload
    assert payload["campaignStatus"] == "off"
    assert payload["name"] == DEFAULT_DRAFT_NAME
    for field in ("contactList", "queue", "script", "site", "callableTimeSet"):
        assert payload[field] == {"id": document[field]["id"]}
    for field in ("phoneColumns", "contactSorts", "callerAddress", "x-own", "alwaysRunning"):
        assert payload[field] == document[field]
    assert payload["dncLists"] == [{"id": "d-1"}]
    assert payload["maxCallsPerAgent"] == 2.35
    assert not {"id", "version", "dateModified", "selfUri", "errors", "schedule"} & set(payload)


def test_a_copy_needs_a_template_and_says_how_to_name_one(advising: Advising) -> None:
    with pytest.raises(UsageError, match="--template CAMPAIGN"):
        copying(advising).draft(BILLING)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"contactList": None}, "no contactList"),
        ({"phoneColumns": []}, "no phoneColumns"),
        ({"site": None, "script": None}, "no script, no site"),
        ({"abandonRate": None}, "no abandonRate"),
        ({"dialingMode": "agentless"}, "no outboundLineCount"),
    ],
)
def test_a_template_that_lacks_what_is_required_is_refused_by_the_fields_name(
    advising: Advising, values: dict[str, object], named: str
) -> None:
    with pytest.raises(UsageError, match=named):
        copy_of(advising, **values)


def test_edges_stand_for_a_site(advising: Advising) -> None:
    assert copy_of(advising, site=None, edgeGroup={"id": "e-1"}).payload["edgeGroup"]


def test_a_name_longer_than_the_platform_takes_is_refused(advising: Advising) -> None:
    with pytest.raises(UsageError, match="1 to 64 characters"):
        copying(advising).draft(BILLING, name="x" * 65, template_id=TEMPLATE)


def test_the_windows_of_a_copy_lie_in_the_callable_times_of_its_template(
    advising: Advising,
) -> None:
    drafting = copying(advising)
    assert isinstance(drafting.tenant, PlatformTenant)
    slots = [CallableWindow("Europe/Berlin", day, "16:00:00", "20:00:00") for day in range(1, 7)]
    drafting.tenant.times = CallableTimes("Consumers", tuple(slots))
    hours = {
        window.start.astimezone(BERLIN).hour
        for window in drafting.draft(BILLING, template_id=TEMPLATE).windows
    }
    assert hours
    assert min(hours) >= 16
    assert "“Consumers”" in drafting.callable(drafting.tenant.read_campaign("c-1")).told


def test_without_callable_times_the_setting_decides(advising: Advising) -> None:
    own = advising.drafting.draft(BILLING).windows
    assert copy_of(advising).windows == own


def test_the_plan_of_a_copy_names_what_it_refers_to_and_leaves_its_windows_to_a_second_plan(
    advising: Advising,
) -> None:
    plan = planned(copy_of(advising, maxCallsPerAgentDecimal=2.35))
    shown = {change.path: change.proposed for change in plan.changes}
    assert shown["contactList"] == "Winback list"
    assert shown["phoneColumns"] == "Mobile"
    assert shown["maxCallsPerAgent"] == 2.35
    assert "schedule" not in shown
    assert is_scheduled_apart(plan)
    assert plan.evidence["template"]["id"] == TEMPLATE


def test_a_copy_whose_template_aims_above_the_cap_is_blocked(advising: Advising) -> None:
    states = {check.name: check.state for check in planned(copy_of(advising, abandonRate=5)).checks}
    assert states["abandon target"] is CheckState.BLOCK
    assert not planned(copy_of(advising)).is_blocked


def test_a_template_that_serves_another_queue_is_a_warning(advising: Advising) -> None:
    draft = copy_of(advising, queue={"id": "q-else", "name": "Elsewhere"})
    warning = next(check for check in planned(draft).checks if check.name == "queue")
    assert warning.state is CheckState.WARNING
    assert "Elsewhere" in warning.message
    assert "queue" not in [check.name for check in planned(copy_of(advising)).checks]


def test_callable_times_that_may_not_be_read_are_a_warning_and_the_setting_decides(
    advising: Advising,
) -> None:
    drafting = copying(advising)
    assert isinstance(drafting.tenant, PlatformTenant)
    drafting.tenant.lacks[Need.CALLABLE_TIMES] = Lack("outbound:callableTimeSet:view", NOW)
    draft = drafting.draft(BILLING, template_id=TEMPLATE)
    assert draft.windows == advising.drafting.draft(BILLING).windows
    warning = next(check for check in planned(draft).checks if check.name == "callable times")
    assert warning.state is CheckState.WARNING
    assert "may not be read: outbound:callableTimeSet:view is missing" in warning.message
    told = drafting.callable(drafting.tenant.read_campaign("c-1")).told
    assert told.startswith("the callable hours of the setting")
    assert "outbound:callableTimeSet:view is missing" in told


def test_a_template_that_names_no_callable_times_lacks_nothing(advising: Advising) -> None:
    drafting = copying(advising, callableTimeSet=None)
    assert isinstance(drafting.tenant, PlatformTenant)
    drafting.tenant.lacks[Need.CALLABLE_TIMES] = Lack("outbound:callableTimeSet:view", NOW)
    assert drafting.draft(BILLING, template_id=TEMPLATE).times_lack is None

"""A change of pacing in the platform's fields: planned, checked, pushed, read back and undone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.clock import FrozenClock
from core.dialler import CampaignRule, OutboundSettings, RuleAction
from core.errors import LimitBroken, ProposalStale
from core.forecasting.forecast import SeriesKind
from core.pacing.order import TenantFields
from core.services.plan import plan_pacing
from core.services.plan_fields import PACING_FIELDS, changes_of
from core.services.reading import read_present
from core.services.recommend import PacingAdvice, TimingGiven
from core.units import CampaignId
from core.workflow.plan import CheckState, Plan, PlanKind, base_of
from core.workflow.proposal import ProposalState
from tests.support.desk import NOW, SKILL, WINBACK
from tests.support.platform_tenant import PlatformTenant, platform_document
from tests.unit.services.advising import Advising, forecast_of
from tests.unit.services.draft_desk import DraftDesk

PUSH = {"maxCallsPerAgent": 2.35, "abandonRate": 3.0}


def change(desk: DraftDesk, payload: Mapping[str, Any] = PUSH) -> Plan:
    """Return a plan that sets fields of the platform on the campaign as it is now."""
    current = desk.tenant.read_campaign(CampaignId("c-1"))
    return Plan(
        kind=PlanKind.PACING,
        target_id="c-1",
        target_name=current.name,
        base=base_of(current),
        changes=changes_of(PACING_FIELDS, current.document, payload, {}),
        payload=dict(payload),
        evidence={},
        checks=(),
    )


def pushed(desk: DraftDesk) -> None:
    desk.approved(change(desk))
    desk.pushing.push("P-1001", "Mara")


def test_calls_per_agent_reach_the_tenant_which_tells_them_in_two_fields() -> None:
    desk = DraftDesk()
    pushed(desk)
    assert desk.proposal().state is ProposalState.VERIFIED
    document = desk.tenant.read_campaign(CampaignId("c-1")).document
    assert (document["maxCallsPerAgent"], document["maxCallsPerAgentDecimal"]) == (3, 2.35)
    assert desk.tenant.writes == [PUSH]


@pytest.mark.parametrize(
    ("told", "is_there"),
    [
        ({"maxCallsPerAgent": 2.35, "maxCallsPerAgentDecimal": None}, True),
        ({"maxCallsPerAgent": 2, "maxCallsPerAgentDecimal": 2.35}, True),
        ({"maxCallsPerAgent": 2, "maxCallsPerAgentDecimal": None}, False),
        ({"maxCallsPerAgent": 2.35, "maxCallsPerAgentDecimal": 2.5}, False),
    ],
)
def test_either_spelling_of_the_pace_counts_as_there_and_no_other_value_does(
    told: dict[str, Any], is_there: bool
) -> None:
    desk = DraftDesk()
    pushed(desk)
    desk.tenant.change_as_somebody_else("c-1", told)
    state = ProposalState.VERIFIED if is_there else ProposalState.DRIFTED
    assert desk.verifying.verify("P-1001").state is state


def test_a_campaign_that_is_switched_by_itself_is_neither_stale_nor_drifted() -> None:
    desk = DraftDesk()
    desk.approved(change(desk))
    desk.platform.status_moves_by_itself("c-1", "off")
    assert desk.pushing.push("P-1001", "Mara").state is ProposalState.VERIFIED
    desk.platform.status_moves_by_itself("c-1", "on")
    assert desk.verifying.verify("P-1001").state is ProposalState.VERIFIED


@pytest.mark.parametrize("values", [{"priority": 5}, {"contactSorts": []}], ids=str)
def test_a_campaign_that_somebody_changed_is_stale(values: dict[str, Any]) -> None:
    desk = DraftDesk()
    desk.approved(change(desk))
    desk.tenant.change_as_somebody_else("c-1", values)
    with pytest.raises(ProposalStale):
        desk.pushing.push("P-1001", "Mara")


def test_an_undo_puts_the_exact_pace_back() -> None:
    desk = DraftDesk()
    desk.tenant.change_as_somebody_else("c-1", {"maxCallsPerAgentDecimal": 1.85})
    pushed(desk)
    undo = desk.undone("P-1001")
    assert undo.plan.payload == {"maxCallsPerAgent": 1.85, "abandonRate": 2.5}
    assert [(each.unit, each.now, each.proposed) for each in undo.plan.changes] == [
        ("calls per agent", 2.35, 1.85),
        ("percent", 3.0, 2.5),
    ]


def test_an_undo_to_an_abandon_rate_above_the_cap_is_refused() -> None:
    desk = DraftDesk()
    desk.tenant.change_as_somebody_else("c-1", {"abandonRate": 5.0})
    pushed(desk)
    present = read_present(desk.moody, desk.proposal())
    with pytest.raises(LimitBroken, match="abandon target"):
        desk.submitting.undo("P-1001", "Ana", "Back.", present)


# --- checks ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def advice() -> PacingAdvice:
    """Give a recommendation on the platform."""
    forecast = forecast_of(SeriesKind.ANSWER_RATE, WINBACK, "Winback Autumn")
    advising = Advising(forecast)
    document = platform_document(id=WINBACK, maxCallsPerAgentDecimal=4.0)
    tenant = PlatformTenant(FrozenClock(NOW), [document])
    tenant._capacity = advising.tenant._capacity
    service = replace(advising.service, tenant=tenant, fields=TenantFields.PLATFORM)
    return service.pacing(WINBACK, SKILL, timing=TimingGiven(240.0, 23.0))


def checks(advice: PacingAdvice, **changed: Any) -> dict[str, tuple[CheckState, str]]:
    plan = plan_pacing(replace(advice, **changed), FrozenClock(NOW + timedelta(minutes=1)))
    return {check.name: (check.state, check.message) for check in plan.checks}


def test_a_plan_shows_the_platforms_fields_in_their_units(advice: PacingAdvice) -> None:
    plan = plan_pacing(advice, FrozenClock(NOW))
    assert [(each.path, each.unit, each.now) for each in plan.changes] == [
        ("maxCallsPerAgent", "calls per agent", 4.0),
        ("abandonRate", "percent", 2.5),
    ]
    assert plan.payload == advice.recommendation.push


def test_a_rule_in_force_that_sets_the_same_field_is_a_warning(advice: PacingAdvice) -> None:
    action = RuleAction("setCampaignAbandonRate", (CampaignId(WINBACK),))
    rule = CampaignRule("r-1", "Evening", True, ("timeOfDay",), (action,))
    state, message = checks(advice, rules=(rule,))["campaign rules"]
    assert state is CheckState.WARNING
    assert message.startswith("The campaign rule “Evening” sets abandonRate by itself")
    assert "timeOfDay" in message
    asleep = replace(rule, is_enabled=False)
    assert checks(advice, rules=(asleep,))["campaign rules"][0] is CheckState.PASS


def test_what_is_above_the_organisations_ceiling_is_blocked(advice: PacingAdvice) -> None:
    low = OutboundSettings("ALL_CALLS", 15.0, 1.0, None, None)
    recommendation = replace(advice.recommendation, push=PUSH)
    state, message = checks(advice, settings=low, recommendation=recommendation)["ceiling"]
    assert state is CheckState.BLOCK
    assert "2.35 calls per agent are above the organisation's ceiling of 1.00" in message


def test_what_the_abandon_rate_is_counted_over_is_told_and_converted(
    advice: PacingAdvice,
) -> None:
    rate = next(h.answer_rate for h in advice.recommendation.hours if h.calls_per_agent)
    over_all = OutboundSettings("ALL_CALLS", 15.0, None, None, None)
    recommendation = replace(advice.recommendation, push={**PUSH, "abandonRate": 0.6})
    told = checks(advice, settings=over_all, recommendation=recommendation)["denominator"]
    assert told[0] is CheckState.PASS
    assert f"{0.6 / rate:.1f}" in told[1]
    assert checks(advice, settings=None)["denominator"][0] is CheckState.WARNING


@pytest.mark.parametrize(
    ("mode", "state"), [("power", CheckState.PASS), ("preview", CheckState.BLOCK)]
)
def test_only_modes_that_take_calls_per_agent_are_paced(
    advice: PacingAdvice, mode: str, state: CheckState
) -> None:
    document = advice.snapshot.document | {"dialingMode": mode}
    snapshot = replace(advice.snapshot, document=document)
    assert checks(advice, snapshot=snapshot)["dialling mode"][0] is state

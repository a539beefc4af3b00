"""Plans: what is shown is what would be sent, with every guardrail in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import FrozenClock
from core.documents import digest, value_at, with_values
from core.forecasting.forecast import Forecast, SeriesKind
from core.services.plan import plan_campaign, plan_pacing
from core.services.recommend import PacingAdvice
from core.workflow.comparison import leaves
from core.workflow.plan import CheckState, Plan, PlanKind, base_of
from tests.support.desk import BILLING, NOW, SKILL, WINBACK
from tests.unit.services.advising import Advising, forecast_of

RATE, VOLUME = SeriesKind.ANSWER_RATE, SeriesKind.VOLUME


@pytest.fixture(scope="module")
def made() -> Mapping[SeriesKind, Forecast]:
    return {
        RATE: forecast_of(RATE, WINBACK, "Winback Autumn"),
        VOLUME: forecast_of(VOLUME, BILLING, "Billing"),
    }


def advised(
    made: Mapping[SeriesKind, Forecast], agents: float | None = 20.0, rate: float | None = None
) -> PacingAdvice:
    forecast = made[RATE]
    if rate is not None:
        forecast = replace(forecast, rows=forecast.rows.assign(yhat=rate))
    return Advising(forecast, agents=agents).service.pacing(WINBACK, SKILL)


def checks_of(plan: Plan) -> dict[str, CheckState]:
    return {check.name: check.state for check in plan.checks}


# --- what is sent ---------------------------------------------------------------------------


def test_what_a_plan_sends_is_what_was_recommended(made: Mapping[SeriesKind, Forecast]) -> None:
    advice = advised(made)
    plan = plan_pacing(advice, FrozenClock(NOW))
    assert plan.kind is PlanKind.PACING
    assert plan.payload == advice.recommendation.push
    assert (plan.target_id, plan.target_name) == (WINBACK, "Winback Autumn")


def test_the_changes_of_a_plan_are_the_fields_that_are_sent_no_more_and_no_fewer(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = plan_pacing(advised(made), FrozenClock(NOW))
    assert [change.path for change in plan.changes] == list(leaves(plan.payload))
    assert with_values({}, {each.path: each.proposed for each in plan.changes}) == plan.payload


def test_a_change_shows_what_the_campaign_has_now_and_in_which_unit(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = plan_pacing(advised(made), FrozenClock(NOW))
    now = {change.path: (change.now, change.unit) for change in plan.changes}
    assert now == {
        "predictive.answerRate": (0.25, "share"),
        "predictive.dropRate": (0.02, "share"),
        "predictive.maxAttempts": (3, "attempts"),
    }


def test_a_field_that_the_campaign_does_not_have_yet_is_shown_as_none(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    advising = Advising(made[RATE])
    without = {"predictive": {}}
    advising.tenant.change_as_somebody_else(WINBACK, without)
    plan = plan_pacing(advising.service.pacing(WINBACK, SKILL), advising.clock)
    assert {change.now for change in plan.changes} == {None}


def test_limits_are_told_in_words_beside_the_field_that_they_bind(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = plan_pacing(advised(made), FrozenClock(NOW))
    limits = {change.path: change.limit.replace("\u202f", " ") for change in plan.changes}
    assert limits == {
        "predictive.answerRate": "10 % to 95 %",
        "predictive.dropRate": "at most 3.0 %",
        "predictive.maxAttempts": "",
    }


def test_a_plan_stands_on_the_campaign_as_it_was_read(made: Mapping[SeriesKind, Forecast]) -> None:
    advice = advised(made)
    base = plan_pacing(advice, FrozenClock(NOW)).base
    assert base is not None
    assert base == base_of(advice.snapshot)
    assert base.revision == "7"
    assert base.document == advice.snapshot.document
    assert base.content_digest == digest(advice.snapshot.document)
    assert base.read_at == NOW


def test_a_plan_carries_forecast_and_recommendation_as_its_evidence(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    evidence = plan_pacing(advised(made), FrozenClock(NOW)).evidence
    assert value_at(evidence, "forecast.forecastId") == made[RATE].forecast_id
    assert value_at(evidence, "forecast.method") == "seasonal-naive"
    assert value_at(evidence, "forecast.cutoff") == made[RATE].cutoff.isoformat()
    assert len(value_at(evidence, "recommendation.hours")) == len(made[RATE].rows)
    assert value_at(evidence, "recommendation.policy") == "tutorial"


# --- guardrails -----------------------------------------------------------------------------


def test_a_sound_plan_is_not_blocked_and_every_guardrail_says_how_it_came_out(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = plan_pacing(advised(made), FrozenClock(NOW))
    assert not plan.is_blocked
    assert list(checks_of(plan)) == [
        "capacity",
        "abandon target",
        "rates",
        "forecast age",
        "forecast hours",
        "freeze",
        "change",
    ]
    assert set(checks_of(plan).values()) == {CheckState.PASS}
    assert all(check.message.endswith(".") for check in plan.checks)


def test_a_plan_without_known_capacity_is_blocked_and_sends_nothing(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = plan_pacing(advised(made, agents=None), FrozenClock(NOW))
    assert plan.is_blocked
    assert checks_of(plan)["capacity"] is CheckState.BLOCK
    assert "unknown, not zero" in plan.checks[0].message
    assert plan.payload == {}
    assert plan.changes == ()


@pytest.mark.parametrize(
    ("rate", "state"),
    [(0.26, CheckState.PASS), (0.28, CheckState.WARNING), (0.35, CheckState.BLOCK)],
)
def test_an_abandon_target_near_the_cap_warns_and_above_it_blocks(
    made: Mapping[SeriesKind, Forecast], rate: float, state: CheckState
) -> None:
    plan = plan_pacing(advised(made, agents=2000.0, rate=rate), FrozenClock(NOW))
    assert value_at(plan.payload, "predictive.dropRate") == round(rate * 0.1, 4)
    assert checks_of(plan)["abandon target"] is state
    assert plan.is_blocked is (state is CheckState.BLOCK)


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(hours=6), CheckState.PASS),
        (timedelta(hours=6, seconds=1), CheckState.WARNING),
        (timedelta(hours=24, seconds=1), CheckState.BLOCK),
    ],
)
def test_an_old_forecast_warns_and_a_forecast_of_yesterday_blocks(
    made: Mapping[SeriesKind, Forecast], age: timedelta, state: CheckState
) -> None:
    plan = plan_pacing(advised(made), FrozenClock(NOW + age))
    assert checks_of(plan)["forecast age"] is state


# --- campaign drafts ------------------------------------------------------------------------


def drafted(made: Mapping[SeriesKind, Forecast], later: timedelta = timedelta(0)) -> Plan:
    draft = Advising(made[VOLUME]).drafting.draft(BILLING)
    return plan_campaign(draft, NOW + later, 0.03)


def test_a_draft_is_planned_whole_against_nothing(made: Mapping[SeriesKind, Forecast]) -> None:
    draft = Advising(made[VOLUME]).drafting.draft(BILLING)
    plan = plan_campaign(draft, NOW, 0.03)
    assert plan.kind is PlanKind.CAMPAIGN
    assert plan.base is None
    assert plan.target_id == ""
    assert plan.target_name == draft.name
    assert plan.payload == draft.payload
    assert {change.now for change in plan.changes} == {None}


def test_every_field_of_a_draft_is_shown_with_what_would_be_sent(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    plan = drafted(made)
    shown = {change.path: change.proposed for change in plan.changes}
    assert all(value_at(plan.payload, path) == proposed for path, proposed in shown.items())
    assert set(plan.payload) - {path.split(".")[0] for path in shown} <= {"type"}


def test_the_evidence_of_a_draft_is_its_windows_and_the_threshold(
    made: Mapping[SeriesKind, Forecast],
) -> None:
    draft = Advising(made[VOLUME]).drafting.draft(BILLING)
    evidence = plan_campaign(draft, NOW, 0.03).evidence
    assert evidence["queueId"] == BILLING
    assert evidence["threshold"] == draft.threshold
    assert [window["start"] for window in evidence["windows"]] == [
        window.start.isoformat() for window in draft.windows
    ]
    assert value_at(evidence, "forecast.forecastId") == made[VOLUME].forecast_id


def test_a_draft_whose_windows_have_begun_is_blocked(made: Mapping[SeriesKind, Forecast]) -> None:
    assert not drafted(made).is_blocked
    late = drafted(made, later=timedelta(days=6))
    assert checks_of(late)["windows ahead"] is CheckState.BLOCK
    assert late.is_blocked

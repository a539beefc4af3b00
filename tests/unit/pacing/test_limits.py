"""Each guardrail at its border."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.pacing.limits import LimitFinding, LimitState, campaign_findings, pacing_findings
from core.pacing.recommendation import (
    CampaignDraft,
    LowVolumeWindow,
    PacingHour,
    PacingLimits,
    Recommendation,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hour(ds: datetime, agents: float | None = 200.0) -> PacingHour:
    return PacingHour(ds, agents, 0.3, None, None, 0.16, 0.016, "agents scheduled")


def recommendation(
    drop_rate: Any = 0.016, answer_rate: Any = 0.16, **changes: Any
) -> Recommendation:
    made = Recommendation(
        policy="tutorial",
        campaign_id="C1",
        generated_at=NOON,
        limits=PacingLimits(1000.0, "as given", 0.03, 0.1, 0.95),
        hours=tuple(hour(NOON + k * HOUR) for k in range(24)),
        push={"predictive": {"answerRate": answer_rate, "dropRate": drop_rate, "maxAttempts": 3}},
        forecast_id="F-1",
        forecast_method="stl",
        forecast_cutoff=NOON - HOUR,
        forecast_made_at=NOON,
        capacity_known=True,
    )
    return replace(made, **changes)


def finding(findings: tuple[LimitFinding, ...], name: str) -> LimitFinding:
    return next(each for each in findings if each.name == name)


def test_every_guardrail_is_told_even_where_all_hold() -> None:
    findings = pacing_findings(recommendation(), NOON, {})
    assert [each.name for each in findings] == [
        "capacity",
        "abandon target",
        "rates",
        "forecast age",
        "forecast hours",
        "freeze",
        "change",
    ]
    assert {each.state for each in findings} == {LimitState.PASS}


@pytest.mark.parametrize(
    ("drop_rate", "state"),
    [
        (0.027, LimitState.PASS),
        (0.0271, LimitState.NEAR),
        (0.03, LimitState.NEAR),
        (0.0301, LimitState.BROKEN),
        (0.095, LimitState.BROKEN),
    ],
)
def test_the_abandon_target_keeps_to_the_cap(drop_rate: float, state: LimitState) -> None:
    findings = pacing_findings(recommendation(drop_rate), NOON)
    assert finding(findings, "abandon target").state is state
    assert "cap of 3 %" in finding(findings, "abandon target").message


@pytest.mark.parametrize("rate", [-0.01, 1.01, float("nan"), float("inf"), None, "0.3", True])
def test_a_rate_outside_0_to_1_never_passes(rate: Any) -> None:
    findings = pacing_findings(recommendation(answer_rate=rate), NOON, {})
    assert finding(findings, "rates").state is LimitState.BROKEN
    assert "answerRate" in finding(findings, "rates").message


@pytest.mark.parametrize("rate", [0, 1, 0.0, 1.0])
def test_the_ends_of_0_to_1_are_rates(rate: float) -> None:
    findings = pacing_findings(recommendation(answer_rate=rate), NOON)
    assert finding(findings, "rates").state is LimitState.PASS


def test_a_drop_rate_that_is_no_share_breaks_both_guardrails() -> None:
    findings = pacing_findings(recommendation(drop_rate=1.5), NOON)
    assert finding(findings, "abandon target").state is LimitState.BROKEN
    assert finding(findings, "rates").state is LimitState.BROKEN


def test_unknown_capacity_forbids_the_proposal_and_nothing_else_is_judged() -> None:
    unknown = recommendation(capacity_known=False, push={})
    findings = pacing_findings(unknown, NOON, {"predictive": {"answerRate": 0.2}})
    assert finding(findings, "capacity").state is LimitState.BROKEN
    assert "unknown, not zero" in finding(findings, "capacity").message
    assert {each.name for each in findings}.isdisjoint({"abandon target", "rates"})
    assert finding(findings, "change").message.startswith("Nothing is recommended")


def test_a_schedule_with_holes_is_for_the_reviewer_to_see() -> None:
    hours = (hour(NOON), hour(NOON + HOUR, None))
    capacity = finding(pacing_findings(recommendation(hours=hours), NOON), "capacity")
    assert capacity.state is LimitState.NEAR
    assert "1 of 2 hours" in capacity.message


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(hours=6), LimitState.PASS),
        (timedelta(hours=6, minutes=1), LimitState.NEAR),
        (timedelta(hours=24), LimitState.NEAR),
        (timedelta(hours=24, minutes=1), LimitState.BROKEN),
    ],
)
def test_a_forecast_ages(age: timedelta, state: LimitState) -> None:
    made = recommendation(forecast_made_at=NOON - age)
    assert finding(pacing_findings(made, NOON), "forecast age").state is state


def test_the_age_counts_from_when_the_forecast_was_made_not_from_its_last_hour() -> None:
    after_the_weekend = recommendation(forecast_cutoff=NOON - timedelta(days=3))
    assert finding(pacing_findings(after_the_weekend, NOON), "forecast age").state == "pass"


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (NOON - 5 * HOUR, LimitState.PASS),
        (NOON + 12 * HOUR, LimitState.PASS),
        (NOON + 13 * HOUR, LimitState.NEAR),
        (NOON + 24 * HOUR - timedelta(minutes=1), LimitState.NEAR),
        (NOON + 24 * HOUR, LimitState.BROKEN),
    ],
)
def test_hours_that_are_past_cannot_be_paced(now: datetime, state: LimitState) -> None:
    assert finding(pacing_findings(recommendation(), now), "forecast hours").state is state


@pytest.mark.parametrize(
    ("current", "told"),
    [
        ({"predictive": {"answerRate": 0.25}}, "25 % → 16 %, −9 points"),
        ({"predictive": {"answerRate": 0.1}}, "10 % → 16 %, +6 points"),
        ({"predictive": {"answerRate": 0.16}}, "no change to speak of"),
        ({}, "has no answer rate now; 16 %"),
    ],
)
def test_the_size_of_the_change_is_told_and_never_breaks(
    current: dict[str, Any], told: str
) -> None:
    change = finding(pacing_findings(recommendation(), NOON, current), "change")
    assert told in change.message
    assert change.state is LimitState.PASS


def draft(start: datetime) -> CampaignDraft:
    return CampaignDraft(
        queue_id="Q1",
        name="Wrap-up",
        threshold=12.0,
        windows=(LowVolumeWindow(start, start + HOUR, 3.0),),
        payload={},
        forecast_id="F-1",
        forecast_method="seasonal-naive",
        forecast_cutoff=NOON - HOUR,
        forecast_made_at=NOON - HOUR,
    )


def test_a_draft_whose_window_has_begun_is_forbidden() -> None:
    ahead, begun = campaign_findings(draft(NOON), NOON), campaign_findings(draft(NOON - HOUR), NOON)
    assert finding(ahead, "windows ahead").state is LimitState.PASS
    assert finding(begun, "windows ahead").state is LimitState.BROKEN


def test_a_draft_ages_with_its_forecast() -> None:
    findings = campaign_findings(draft(NOON + 50 * HOUR), NOON + 30 * HOUR)
    assert finding(findings, "forecast age").state is LimitState.BROKEN

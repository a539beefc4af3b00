"""How calls per agent and an abandon rate in per cent stand to the guardrails in force."""

from core.documents import JsonObject
from core.pacing.fields import ABANDON_FIELD, LEAST_PERCENT
from core.pacing.finding import LimitFinding, LimitState
from core.pacing.recommendation import PacingHour, Recommendation
from core.pacing.stepping import CALLS_FIELD, calls_in
from core.pacing.wording import share_text

NEAR_PART_OF_LIMIT = 0.9
"""From this part of the limit on, what is expected counts as near it."""
ROUNDING = 0.005
"""Both fields are set with two decimals."""


def calls_findings(recommendation: Recommendation) -> tuple[LimitFinding, ...]:
    """Return how the platform's fields stand to each guardrail.

    Parameters
    ----------
    recommendation : Recommendation
        With ``maxCallsPerAgent`` and ``abandonRate`` in its `push`.

    Returns
    -------
    tuple of LimitFinding
        ``abandon target``, ``expected abandonment`` where it is known, ``calls per agent``, and
        ``allowance`` where the day so far is known.
    """
    return (
        _abandon_target(recommendation),
        *_expected(recommendation),
        _ceiling(recommendation),
        *_allowance(recommendation),
    )


def freeze_finding(recommendation: Recommendation) -> LimitFinding:
    """Return whether pacing may be changed at all."""
    if recommendation.limits.guardrails.is_frozen:
        return LimitFinding(
            "freeze",
            LimitState.BROKEN,
            "Pacing is frozen: nothing may be proposed until DIALCAST_PACING_FREEZE is lifted.",
        )
    return LimitFinding("freeze", LimitState.PASS, "Pacing is not frozen.")


def _abandon_target(recommendation: Recommendation) -> LimitFinding:
    percent = float(recommendation.push[ABANDON_FIELD])
    limits = recommendation.limits
    first = first_dialled(recommendation)
    cap, told = limits.abandon_cap, ""
    if limits.guardrails.counts_all_calls and first is not None:
        cap *= first.answer_rate
        told = f" over all calls, which is {share_text(limits.abandon_cap)} of live answers"
    target = share_text(percent / 100)
    if percent > max(100 * cap, LEAST_PERCENT) + ROUNDING:
        return LimitFinding(
            "abandon target",
            LimitState.BROKEN,
            f"The abandon target {target} is above the limit of {share_text(cap)}{told}.",
        )
    return LimitFinding(
        "abandon target",
        LimitState.PASS,
        f"The abandon target {target} is within the limit of {share_text(cap)}{told}.",
    )


def _expected(recommendation: Recommendation) -> tuple[LimitFinding, ...]:
    first = first_dialled(recommendation)
    if first is None or first.expected_abandon_rate is None:
        return ()
    expected, limit = first.expected_abandon_rate, recommendation.limits.abandon_cap
    told = f"{share_text(expected)} of live answers are expected to be abandoned at first"
    if expected > limit:
        state = LimitState.NEAR
        words = f", above the limit of {share_text(limit)}: paid out of what the day has saved"
    elif expected > limit * NEAR_PART_OF_LIMIT:
        state, words = LimitState.NEAR, f", close to the limit of {share_text(limit)}"
    else:
        state, words = LimitState.PASS, f", within the limit of {share_text(limit)}"
    return (LimitFinding("expected abandonment", state, f"{told}{words}."),)


def _ceiling(recommendation: Recommendation) -> LimitFinding:
    calls = float(recommendation.push[CALLS_FIELD])
    ceiling = recommendation.limits.guardrails.calls_ceiling
    is_within = 1 <= calls <= ceiling
    return LimitFinding(
        "calls per agent",
        LimitState.PASS if is_within else LimitState.BROKEN,
        f"{calls:.2f} calls per agent are {'within' if is_within else 'outside'} 1 to {ceiling:g}.",
    )


def _allowance(recommendation: Recommendation) -> tuple[LimitFinding, ...]:
    so_far = recommendation.so_far
    if so_far is None or so_far.until is None or so_far.day.rate is None:
        return ()
    day, window = so_far.day, so_far.window
    told = f"{day.abandoned:g} of {day.live:g} live answers were abandoned today"
    if day.left < 0:
        state, words = LimitState.NEAR, "over the limit already; it can only be made good"
    elif window.left < 0:
        state, words = LimitState.NEAR, "within the limit, which is broken over its window"
    else:
        state, words = LimitState.PASS, f"{day.left:.0f} more are allowed"
    return (LimitFinding("allowance", state, f"{told}; {words}."),)


def calls_change(recommendation: Recommendation, current: JsonObject) -> LimitFinding:
    """Return how large the change of calls per agent is."""
    proposed, now = float(recommendation.push[CALLS_FIELD]), calls_in(current)
    largest = recommendation.limits.guardrails.largest_step
    if now is None:
        message = f"The campaign has no calls per agent now; {proposed:.2f} are recommended."
        return LimitFinding("change", LimitState.PASS, message)
    told = f"Calls per agent {now:.2f} → {proposed:.2f}"
    if proposed > max(now, 1.0) * (1 + largest) + ROUNDING:
        return LimitFinding(
            "change",
            LimitState.BROKEN,
            f"{told}: more than the largest step of {share_text(largest)} at once.",
        )
    return LimitFinding("change", LimitState.PASS, f"{told}.")


def first_dialled(recommendation: Recommendation) -> PacingHour | None:
    """Return the first hour in which somebody dials, whose setting is sent."""
    hours = recommendation.hours
    return next((hour for hour in hours if hour.calls_per_agent is not None), None)

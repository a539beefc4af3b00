"""How a recommendation or a draft stands to the guardrails in force.

Each guardrail gives one finding, whether it holds or not, so that a reviewer sees what was looked
at. Nothing is changed to fit a limit: what breaks one is shown and stays unsent.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from core.documents import JsonObject, value_at
from core.pacing.calls_limits import calls_change, calls_findings, freeze_finding
from core.pacing.finding import LimitFinding as LimitFinding
from core.pacing.finding import LimitState as LimitState
from core.pacing.recommendation import CampaignDraft, Recommendation
from core.pacing.stepping import CALLS_FIELD
from core.pacing.wording import share_text, span_text

NEAR_PART_OF_CAP = 0.9
"""From this part of the abandon cap on, a target counts as near it."""
OLD_AFTER = timedelta(hours=6)
TOO_OLD_AFTER = timedelta(hours=24)
HOUR = timedelta(hours=1)


def pacing_findings(
    recommendation: Recommendation, now: datetime, current: JsonObject | None = None
) -> tuple[LimitFinding, ...]:
    """Return how a recommendation stands to each guardrail.

    Parameters
    ----------
    recommendation : Recommendation
        With the limits in force in it.
    now : datetime
        Aware.
    current : JsonObject, optional
        The campaign's document as it is now, to tell the size of the change.

    Returns
    -------
    tuple of LimitFinding
        ``capacity``; what is said of the fields that would be sent, for the tutorial's
        ``abandon target`` and ``rates``, for the platform's those of `calls_findings`;
        ``forecast age``, ``forecast hours`` and ``freeze``; and ``change``, left out where
        `current` is not given.
    """
    return (
        _capacity(recommendation),
        *_sent_findings(recommendation),
        _forecast_age(recommendation.forecast_made_at, now),
        _forecast_hours(recommendation, now),
        freeze_finding(recommendation),
        *(() if current is None else (_change(recommendation, current),)),
    )


def _sent_findings(recommendation: Recommendation) -> tuple[LimitFinding, ...]:
    if CALLS_FIELD in recommendation.push:
        return calls_findings(recommendation)
    if recommendation.push:
        return (_abandon_target(recommendation), _rates(recommendation))
    if not recommendation.capacity_known:
        return ()
    nothing = "There is nothing to send: nobody dials, or the tenant has no such field."
    return (LimitFinding("fields", LimitState.BROKEN, nothing),)


def campaign_findings(draft: CampaignDraft, now: datetime) -> tuple[LimitFinding, ...]:
    """Return how a campaign draft stands to each guardrail.

    Parameters
    ----------
    draft : CampaignDraft
        With its windows.
    now : datetime
        Aware.

    Returns
    -------
    tuple of LimitFinding
        ``windows ahead`` and ``forecast age``.
    """
    return (_windows_ahead(draft, now), _forecast_age(draft.forecast_made_at, now))


def _capacity(recommendation: Recommendation) -> LimitFinding:
    hours = recommendation.hours
    silent = sum(hour.agents is None for hour in hours)
    if not recommendation.capacity_known:
        return LimitFinding(
            "capacity",
            LimitState.BROKEN,
            "Capacity is unknown, not zero: the schedule has no entry for these hours. Have the"
            " agents scheduled, then recommend again.",
        )
    if silent:
        return LimitFinding(
            "capacity",
            LimitState.NEAR,
            f"The schedule has no entry for {silent} of {len(hours)} hours.",
        )
    return LimitFinding(
        "capacity", LimitState.PASS, f"Agents are scheduled for all {len(hours)} hours."
    )


def _abandon_target(recommendation: Recommendation) -> LimitFinding:
    target = value_at(recommendation.push, "predictive.dropRate")
    cap = recommendation.limits.abandon_cap
    if not _is_share(target):
        state, words = LimitState.BROKEN, "is no share between 0 and 1"
    elif target > cap:
        state, words = LimitState.BROKEN, f"is above the cap of {share_text(cap)}"
    elif target > cap * NEAR_PART_OF_CAP:
        state, words = LimitState.NEAR, f"is close to the cap of {share_text(cap)}"
    else:
        state, words = LimitState.PASS, f"is within the cap of {share_text(cap)}"
    return LimitFinding("abandon target", state, f"The abandon target {_told(target)} {words}.")


def _rates(recommendation: Recommendation) -> LimitFinding:
    rates = {
        name: value_at(recommendation.push, f"predictive.{name}")
        for name in ("answerRate", "dropRate")
    }
    outside = [f"{name} {_told(rate)}" for name, rate in rates.items() if not _is_share(rate)]
    if outside:
        return LimitFinding(
            "rates", LimitState.BROKEN, f"Not between 0 and 1: {', '.join(outside)}."
        )
    return LimitFinding("rates", LimitState.PASS, "Every rate lies between 0 and 1.")


def _is_share(rate: Any) -> bool:
    return (
        isinstance(rate, int | float)
        and not isinstance(rate, bool)
        and math.isfinite(rate)
        and 0 <= rate <= 1
    )


def _told(rate: Any) -> str:
    return share_text(rate) if _is_share(rate) else repr(rate)


def _forecast_age(made_at: datetime, now: datetime) -> LimitFinding:
    age = now - made_at
    told = f"The forecast was made {span_text(age)} ago"
    if age > TOO_OLD_AFTER:
        return LimitFinding(
            "forecast age", LimitState.BROKEN, f"{told}, over 24 h. Make a new forecast."
        )
    if age > OLD_AFTER:
        return LimitFinding(
            "forecast age", LimitState.NEAR, f"{told}, over 6 h; a new one may differ."
        )
    return LimitFinding("forecast age", LimitState.PASS, f"{told}.")


def _forecast_hours(recommendation: Recommendation, now: datetime) -> LimitFinding:
    ahead = [hour.ds for hour in recommendation.hours if hour.ds + HOUR > now]
    everything = len(recommendation.hours)
    if not ahead:
        return LimitFinding(
            "forecast hours",
            LimitState.BROKEN,
            f"All {everything} hours of the forecast are past. Make a new forecast.",
        )
    if 2 * len(ahead) < everything:
        return LimitFinding(
            "forecast hours",
            LimitState.NEAR,
            f"Only {len(ahead)} of {everything} hours of the forecast are still ahead.",
        )
    return LimitFinding(
        "forecast hours",
        LimitState.PASS,
        f"{len(ahead)} of {everything} hours of the forecast are ahead; the first"
        f" {_beginning(min(ahead), now)}.",
    )


def _beginning(start: datetime, now: datetime) -> str:
    """Return when something begins, by no clock: a plan is read in another zone than it is kept."""
    return "has begun" if start <= now else f"begins in {span_text(start - now)}"


def _change(recommendation: Recommendation, current: JsonObject) -> LimitFinding:
    if CALLS_FIELD in recommendation.push:
        return calls_change(recommendation, current)
    path = "predictive.answerRate"
    now_set, proposed = value_at(current, path), value_at(recommendation.push, path)
    if not _is_share(proposed):
        message = "Nothing is recommended, so nothing would change."
    elif not _is_share(now_set):
        message = f"The campaign has no answer rate now; {share_text(proposed)} is recommended."
    else:
        points = round((proposed - now_set) * 100, 1)
        sign = "−" if points < 0 else "+"
        size = f"{sign}{abs(points):g} points" if points else "no change to speak of"
        message = f"Answer rate {share_text(now_set)} → {share_text(proposed)}, {size}."
    return LimitFinding("change", LimitState.PASS, message)


def _windows_ahead(draft: CampaignDraft, now: datetime) -> LimitFinding:
    begun = [window for window in draft.windows if window.start < now]
    if begun:
        return LimitFinding(
            "windows ahead",
            LimitState.BROKEN,
            f"{len(begun)} of {len(draft.windows)} windows begin in the past, the first"
            f" {span_text(now - begun[0].start)} ago. Draft the campaign again.",
        )
    return LimitFinding(
        "windows ahead",
        LimitState.PASS,
        f"All {len(draft.windows)} windows are ahead; the first"
        f" {_beginning(draft.windows[0].start, now)}.",
    )

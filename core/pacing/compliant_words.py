"""What has to be said about a plan of policy ``compliant``, in sentences."""

from collections.abc import Sequence
from datetime import tzinfo

from core.pacing.answer_band import ERROR_WHERE_ABSENT
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommendation import PacingHour, SoFar
from core.pacing.regime import NO_LEGAL_ADVICE, Certainty
from core.pacing.wording import hour_text, share_text, span_text

NOTABLE_FACTOR = 0.05


def plan_warnings(
    hours: Sequence[PacingHour], order: PacingOrder, so_far: SoFar | None
) -> list[str]:
    """Return what the reader of a plan should know, the weightiest first.

    Parameters
    ----------
    hours : sequence of PacingHour
        As planned.
    order : PacingOrder
        What the plan was asked for with.
    so_far : SoFar or None
        What had happened.
    """
    return [
        *_capacity(hours, order.zone),
        *_fields(order),
        *_timing(order),
        *_band(hours),
        *_seen(order, so_far),
        *_regime(order),
    ]


def _capacity(hours: Sequence[PacingHour], zone: tzinfo) -> list[str]:
    silent = [hour for hour in hours if hour.agents is None]
    if len(silent) == len(hours):
        return [
            "Capacity is unknown, not zero: the schedule has no entry for any of the"
            f" {len(hours)} hours from {hour_text(hours[0].ds, zone)}. Nothing can be proposed"
            " until agents are scheduled."
        ]
    if silent:
        return [
            f"The schedule has no entry for {len(silent)} of {len(hours)} hours, the first"
            f" {hour_text(silent[0].ds, zone)}: nothing is planned for them."
        ]
    if not any(hour.agents for hour in hours):
        return ["No agents are scheduled in any hour, so nobody dials."]
    return []


def _fields(order: PacingOrder) -> list[str]:
    if order.fields is TenantFields.PLATFORM:
        return []
    return [
        "This tenant has no field for calls per agent, so nothing can be sent; policy tutorial"
        " sets the fields that it has."
    ]


def _timing(order: PacingOrder) -> list[str]:
    if order.timing is None or not order.timing.is_assumed:
        return []
    return [
        f"Nobody told how long an attempt holds a line: {order.timing.line_seconds:g} s is assumed,"
        " which is on the cautious side. Measure it and give --line-seconds."
    ]


def _band(hours: Sequence[PacingHour]) -> list[str]:
    if all(
        hour.answer_rate_lower is not None or hour.answer_rate_upper is not None for hour in hours
    ):
        return []
    return [
        "Hours of this forecast have no band: an error of"
        f" {share_text(ERROR_WHERE_ABSENT)} is assumed for them."
    ]


def _seen(order: PacingOrder, so_far: SoFar | None) -> list[str]:
    if so_far is None:
        return []
    told = []
    if order.is_watched:
        told.append(
            "The next interval is planned on the word that the plan is made anew every"
            f" {span_text(so_far.interval)}; the hours after it hold without that."
        )
    lessons = so_far.lessons
    if abs(lessons.rate_factor - 1) >= NOTABLE_FACTOR:
        more = "more" if lessons.rate_factor > 1 else "fewer"
        told.append(
            f"People answer {more} calls than forecast today: the rest of the day is planned at"
            f" {share_text(lessons.rate_factor)} of the forecast."
        )
    if so_far.day.left < 0:
        told.append(
            f"Today's limit is broken already: {so_far.day.abandoned:g} of {so_far.day.live:g}"
            " live answers were abandoned. One call for each idle agent until that is made good."
        )
    elif so_far.window.left < 0:
        told.append("The window's limit is broken already, so the day has less to use.")
    return told


def _regime(order: PacingOrder) -> list[str]:
    regime = order.guardrails.regime
    if regime.certainty is Certainty.OWN:
        return []
    caveat = f" {regime.caveat}" if regime.caveat else ""
    return [
        f"Limit by {regime.title} ({regime.source}; {regime.certainty}).{caveat} {NO_LEGAL_ADVICE}"
    ]

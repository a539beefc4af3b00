"""A recommendation in words and columns, for the terminal."""

from typing import Any
from zoneinfo import ZoneInfo

from core.charts import numbers
from core.cli.output import GAP, facts, say, table, time_text
from core.pacing.recommendation import PacingHour, Recommendation, SoFar
from core.pacing.timing import DialTiming
from core.staffing import Capacity

PUSH_UNITS = {"answerRate": "share", "dropRate": "share"}
RATE_COLUMNS = ("hour", "agents", "answer rate", "plans with", "aims to abandon", "held by")
PACED_COLUMNS = (
    "hour",
    "agents",
    "answer rate",
    "calls per agent",
    "aims to abandon",
    "expects",
    "occupancy",
    "conversations",
    "held by",
)


def print_recommendation(
    recommendation: Recommendation, zone: ZoneInfo, staffing: Capacity | None = None
) -> None:
    """Print what is recommended, how the agents are known, and each hour with what holds it."""
    limits = recommendation.limits
    say(
        facts(
            [
                ("campaign", recommendation.campaign_id),
                ("policy", recommendation.policy),
                (
                    "forecast",
                    f"{recommendation.forecast_method}, ends with the hour"
                    f" {time_text(recommendation.forecast_cutoff, zone)}",
                ),
                (
                    "most calls an hour",
                    f"{numbers.count(limits.max_offers_per_hour)}, {limits.max_offers_origin}",
                ),
                (
                    "abandon limit",
                    f"{numbers.share(limits.abandon_cap)}, {limits.guardrails.limit_origin}",
                ),
                *_timing_facts(limits.timing),
                *staffing_facts(staffing),
                *_so_far_facts(recommendation.so_far, zone),
                *(
                    (f"would send {name}", numbers.value_text(value, PUSH_UNITS.get(name, "text")))
                    for name, value in _sent(recommendation)
                ),
            ]
        )
    )
    say()
    is_paced = any(hour.calls_per_agent is not None for hour in recommendation.hours)
    columns = PACED_COLUMNS if is_paced else RATE_COLUMNS
    rows = [
        tuple(_cells(hour, recommendation.capacity_known, zone)[name] for name in columns)
        for hour in recommendation.hours
    ]
    say(table(columns, rows, right="l" + "r" * (len(columns) - 2) + "l"))


def _sent(recommendation: Recommendation) -> list[tuple[str, Any]]:
    """Return the fields that would be sent, those of a nested object without its name."""
    return [
        field
        for name, value in recommendation.push.items()
        for field in (value.items() if isinstance(value, dict) else [(name, value)])
    ]


def _timing_facts(timing: DialTiming | None) -> list[tuple[str, str]]:
    if timing is None:
        return []
    return [
        ("handle time", f"{timing.handle_seconds:.4g} s, {timing.handle_origin}"),
        ("time on a line", f"{timing.line_seconds:.3g} s, {timing.line_origin}"),
    ]


def staffing_facts(staffing: Capacity | None) -> list[tuple[str, str]]:
    """Return how the agents are known, and what has to be known of that.

    Examples
    --------
    >>> from core.staffing import unknown
    >>> staffing_facts(unknown("No licence."))
    [('capacity', 'agents unknown'), ('', 'No licence.')]
    """
    if staffing is None:
        return []
    return [("capacity", staffing.origin.words), *(("", note) for note in staffing.notes)]


def _so_far_facts(so_far: SoFar | None, zone: ZoneInfo) -> list[tuple[str, str]]:
    if so_far is None or so_far.until is None or not so_far.has_begun:
        return []
    day = so_far.day
    return [
        (
            f"today until {time_text(so_far.until, zone)}",
            f"{numbers.count(day.abandoned)} of {numbers.count(day.live)} live answers abandoned"
            f" ({numbers.share(day.rate)}); {numbers.count(max(0.0, day.left))} more are allowed",
        )
    ]


def _cells(hour: PacingHour, capacity_known: bool, zone: ZoneInfo) -> dict[str, str]:
    rate, low, high = hour.answer_rate, hour.answer_rate_lower, hour.answer_rate_upper
    calls = hour.calls_per_agent
    return {
        "hour": time_text(hour.ds, zone),
        "agents": numbers.count(hour.agents),
        "answer rate": numbers.share_band(rate, low, high),
        "plans with": numbers.share(hour.safe_rate) if capacity_known else GAP,
        "calls per agent": GAP if calls is None else f"{calls:.2f}",
        "aims to abandon": numbers.share(hour.abandon_target) if capacity_known else GAP,
        "expects": numbers.share(hour.expected_abandon_rate),
        "occupancy": numbers.share(hour.expected_occupancy),
        "conversations": numbers.count(hour.expected_conversations),
        "held by": hour.binding_limit,
    }

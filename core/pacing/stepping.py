"""The guardrails on steps: ceiling, largest rise, and live answers behind a rise.

A choice within the abandonment limit comes in; what is set comes out, never higher, rounded down to
the two decimals that a tenant takes, with the limit that bound it in words.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.campaigns import with_one_pace
from core.documents import JsonObject, value_at
from core.pacing.day_control import Choice
from core.pacing.dialling_law import LEAST_CALLS
from core.pacing.order import PacingOrder
from core.pacing.recommendation import SoFar
from core.pacing.wording import share_text

CALLS_FIELD = "maxCallsPerAgent"


@dataclass(frozen=True, slots=True)
class Bound:
    """Calls per agent as they would be set, and what bound them; None where nobody dials."""

    calls: float | None
    reason: str


def bounded(
    choices: Sequence[Choice | None], order: PacingOrder, so_far: SoFar | None
) -> tuple[Bound, ...]:
    """Return what would be set in each hour.

    Parameters
    ----------
    choices : sequence of Choice or None
        By hour; None where nobody dials, or it is not known who does.
    order : PacingOrder
        With the guardrails, and the campaign as it is now.
    so_far : SoFar or None
        What had happened.

    Returns
    -------
    tuple of Bound
        As many as there are choices.
    """
    guardrails = order.guardrails
    before = calls_now(order)
    held = None
    is_new_day = so_far is not None and not so_far.has_begun
    if so_far is not None and not is_new_day and so_far.day.live < guardrails.least_live_answers:
        held = before
    bounds = []
    for choice in choices:
        if choice is None:
            bounds.append(Bound(None, ""))
            continue
        options = [(choice.calls, _reason(choice, guardrails.limit))]
        options.append((guardrails.calls_ceiling, f"ceiling {guardrails.calls_ceiling:g}"))
        if before is not None:
            rise = max(before, LEAST_CALLS) * (1 + guardrails.largest_step)
            options.append((rise, f"largest step {share_text(guardrails.largest_step)}"))
        if held is not None:
            few = f"fewer than {guardrails.least_live_answers:g} live answers seen"
            options.append((max(held, LEAST_CALLS), few))
            held = None
        calls, reason = min(options, key=lambda option: option[0])
        before = rounded_down(calls)
        bounds.append(Bound(before, reason))
    return tuple(bounds)


def calls_now(order: PacingOrder) -> float | None:
    """Return the calls per agent that were set last, as observed or as the campaign has them."""
    observed = order.observed.last_calls if order.observed else None
    if observed is not None:
        return observed
    return calls_in(order.current or {})


def calls_in(document: JsonObject) -> float | None:
    """Return the calls per agent that a campaign's document has; None where it has none.

    Examples
    --------
    >>> calls_in({"maxCallsPerAgent": 3, "maxCallsPerAgentDecimal": 2.35}), calls_in({})
    (2.35, None)
    """
    told: Any = value_at(with_one_pace(document), CALLS_FIELD)
    if isinstance(told, bool) or not isinstance(told, int | float) or told <= 0:
        return None
    return float(told)


def rounded_down(calls: float) -> float:
    """Return calls per agent with two decimals, never more than given, at least 1.

    Examples
    --------
    >>> rounded_down(2.349), rounded_down(1.99), rounded_down(0.5)
    (2.34, 1.99, 1.0)
    """
    return max(LEAST_CALLS, math.floor(calls * 100 + 1e-6) / 100)


def _reason(choice: Choice, limit: float) -> str:
    if choice.calls > LEAST_CALLS:
        return f"abandonment limit {share_text(limit)}"
    if choice.target <= 0:
        return "allowance spent"
    return "one call for each idle agent"

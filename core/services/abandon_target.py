"""The abandon rate that a plan aims at, in whichever fields its tenant has."""

from collections.abc import Mapping
from typing import Any

from core.charts.numbers import share
from core.documents import value_at
from core.workflow.plan import Check, CheckState

SHARE_PATH, PERCENT_PATH = "predictive.dropRate", "abandonRate"
"""The field of the tutorials, a share; and the platform's, in percent."""


def abandon_target(fields: Mapping[str, Any]) -> float | None:
    """Return the abandon rate that some fields of a campaign aim at, a share; None where none.

    Examples
    --------
    >>> abandon_target({"maxCallsPerAgent": 2.35, "abandonRate": 3.0})
    0.03
    >>> abandon_target({"predictive": {"dropRate": 0.02}}), abandon_target({"priority": 1})
    (0.02, None)
    """
    for path, part in ((SHARE_PATH, 1), (PERCENT_PATH, 100)):
        value = value_at(fields, path)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value) / part
    return None


def cap_check(target: float, cap: float, whose: str) -> Check:
    """Return how an abandon target stands to the cap in force.

    Parameters
    ----------
    target, cap : float
        Shares.
    whose : str
        Whose target it is: "The old", "The template's".
    """
    is_over = target > cap
    return Check(
        "abandon target",
        CheckState.BLOCK if is_over else CheckState.PASS,
        f"{whose} abandon target of {share(target)} is {'above' if is_over else 'within'} the cap"
        f" of {share(cap)}.",
    )

"""The limits that a plan keeps to: a regime's, the operator's own, and those on steps.

Values only. How a recommendation stands to them is told by `core.pacing.limits`; how a plan keeps
to them by `core.pacing.compliant`.
"""

from dataclasses import dataclass

from core.errors import UsageError
from core.pacing.regime import REGIMES, Regime

HIGHEST_CEILING = 15.0
"""The platform allows no more calls per agent."""


@dataclass(frozen=True, slots=True)
class Guardrails:
    """The limits in force for pacing.

    Parameters
    ----------
    abandon_cap : float
        The operator's own limit. Unit: share.
    regime : Regime
        The regulator's; the tighter of the two holds.
    calls_ceiling : float
        Highest calls per agent, from 1 to `HIGHEST_CEILING`.
    largest_step : float
        By which part calls per agent may rise from one setting to the next; falling is free.
    least_live_answers : float
        With fewer live answers seen, nothing rises above what is set now. Unit: calls.
    is_frozen : bool
        Whether pacing may not be changed at all for now.
    false_positive_share : float
        Live answers that the detector takes for machines, over those it does not.
    counts_all_calls : bool or None
        Whether the tenant's own abandon rate is counted over all calls instead of live answers;
        None where it does not tell.

    Raises
    ------
    UsageError
        If one of them is out of its range.

    Examples
    --------
    >>> Guardrails(0.05, REGIMES["us-ftc"]).limit
    0.03
    """

    abandon_cap: float = 0.03
    regime: Regime = REGIMES["custom"]
    calls_ceiling: float = HIGHEST_CEILING
    largest_step: float = 0.3
    least_live_answers: float = 50.0
    is_frozen: bool = False
    false_positive_share: float = 0.0
    counts_all_calls: bool | None = None

    def __post_init__(self) -> None:
        sound = (
            0 < self.abandon_cap <= 1
            and 1 <= self.calls_ceiling <= HIGHEST_CEILING
            and self.largest_step > 0
            and self.least_live_answers >= 0
            and 0 <= self.false_positive_share < 1
        )
        if not sound:
            raise UsageError(
                f"The limits of pacing cannot be: {self}.",
                "Give shares between 0 and 1, 1 to 15 calls per agent and a step above 0.",
            )

    @property
    def limit(self) -> float:
        """Highest rate of abandoned over live answers that may be aimed at, a share."""
        return min(self.abandon_cap, self.regime.limit_for(self.false_positive_share))

    @property
    def limit_origin(self) -> str:
        """Whose limit it is, in words."""
        if self.limit == self.abandon_cap:
            return "the operator's own cap"
        return f"{self.regime.title}, over a window of {self.regime.window}"


def guardrails_named(regime: str, **limits: float | bool | None) -> Guardrails:
    """Return guardrails under a regime given by its name; raise `UsageError` for another name."""
    if regime not in REGIMES:
        raise UsageError(f'There is no regime "{regime}".', f"Choose one of: {', '.join(REGIMES)}.")
    return Guardrails(regime=REGIMES[regime], **limits)  # type: ignore[arg-type]

"""How long calls hold agents and lines, and where that is known from."""

from dataclasses import dataclass

from core.errors import UsageError
from core.pacing.dialling_law import Team

CAUTIOUS_LINE_SECONDS = 20.0
"""Mean time that an attempt holds a line where nobody measured it: answered ones about 15 s,
unanswered ones up to 28 s. A plan barely depends on it; it is named wherever it is used."""
CAUTIOUS_LINE_ORIGIN = "assumed, not measured: give --line-seconds"


@dataclass(frozen=True, slots=True)
class DialTiming:
    """How long calls hold agents and lines.

    Parameters
    ----------
    handle_seconds : float
        Mean handle time: talk, hold and after-call work.
    handle_origin : str
        Where it is known from.
    line_seconds : float
        Mean time that an attempt holds a line, answered or not.
    line_origin : str
        Where it is known from.

    Raises
    ------
    UsageError
        If one of them is not above 0.
    """

    handle_seconds: float
    handle_origin: str
    line_seconds: float = CAUTIOUS_LINE_SECONDS
    line_origin: str = CAUTIOUS_LINE_ORIGIN

    def __post_init__(self) -> None:
        if not 0 < self.handle_seconds < float("inf") or not 0 < self.line_seconds < 600:
            raise UsageError(
                f"A handle time of {self.handle_seconds:g} s with {self.line_seconds:g} s on a"
                " line cannot be.",
                "Give seconds above 0.",
            )

    @property
    def is_assumed(self) -> bool:
        """Whether the line time was not measured."""
        return self.line_origin == CAUTIOUS_LINE_ORIGIN

    def team(self, agents: float) -> Team:
        """Return a team of so many agents."""
        return Team(agents, self.line_seconds, self.handle_seconds)

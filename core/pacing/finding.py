"""What a guardrail came to: a name, a state and a sentence."""

from dataclasses import dataclass
from enum import StrEnum


class LimitState(StrEnum):
    """How a guardrail came out."""

    PASS = "pass"
    NEAR = "near"
    """Allowed, and the reviewer should look."""
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class LimitFinding:
    """One guardrail, and how things stand to it, in a sentence."""

    name: str
    state: LimitState
    message: str

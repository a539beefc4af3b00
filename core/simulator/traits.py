"""What can be chosen about a tenant, beside its seed: size, rights, limits."""

from dataclasses import dataclass
from typing import Final

from core.simulator.tokens import PLATFORM_TOKEN_SECONDS

USUAL_QUEUES: Final = 24


@dataclass(frozen=True)
class Traits:
    """One tenant's size, and what its client may do.

    Parameters
    ----------
    queues : int
        Queues with contacts from outside.
    without : tuple of str
        Permissions that the client lacks.
    has_workforce : bool
        Whether the organisation has a licence for workforce management.
    requests_a_minute : int
        More of them, by one token, are answered 429.
    most_results : int
        Most intervals, over all groups, of one answer of the analytics.
    most_days : int
        Longest interval of a question that is cut into hours or less.
    token_seconds : int
        Life of a token.
    denominator : str
        What the organisation's compliance abandon rate is a share of: ``ALL_CALLS`` or
        ``CALLS_THAT_REACHED_QUEUE``.
    """

    queues: int = USUAL_QUEUES
    without: tuple[str, ...] = ()
    has_workforce: bool = True
    requests_a_minute: int = 300
    most_results: int = 100_000
    most_days: int = 31
    token_seconds: int = PLATFORM_TOKEN_SECONDS
    denominator: str = "CALLS_THAT_REACHED_QUEUE"

"""What reading many series came to, and what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import DashboardError


def tell_nobody(answered: int, questions: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What reading many series came to.

    Parameters
    ----------
    series : int
        How many were to be read.
    refused : mapping
        Series to why the tenant would not tell of it; what was stored of it before stays in use.
    requests : int or None
        What it cost; None where the tenant sets no limit. Unit: requests.
    """

    series: int
    refused: Mapping[str, DashboardError] = field(default_factory=dict)
    requests: int | None = None

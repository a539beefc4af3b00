"""Who the tenant is, and ids that stay the same whatever the seed.

Names are made into ids here and nowhere else, so that an address that was sent to a colleague
opens the same campaign after a restart with another seed.
"""

from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5

ORGANISATION_ID: Final = "lindgren"
ORGANISATION_NAME: Final = "Lindgren Home Services"
DEFAULT_CLIENT_ID: Final = "demo-client"
DEFAULT_CLIENT_SECRET: Final = "demo-secret"
"""Known to everybody: it opens a server on loopback only."""
SOMEBODY_ELSE: Final = "Tomas Lund"
"""The colleague who changes campaigns behind the dashboard's back."""

_NAMESPACE: Final = UUID("6f0c0a52-7d0a-5c3e-9d53-1e3a6e5b8f41")


@lru_cache(maxsize=8192)
def stable_id(kind: str, name: str) -> str:
    """Return the id of something the tenant has had from the start.

    Parameters
    ----------
    kind : str
        ``campaign``, ``queue``, ``skill`` and so on.
    name : str
        As people call it.

    Returns
    -------
    str
        A UUID, the same in every process and for every seed.

    Examples
    --------
    >>> stable_id("queue", "Billing") == stable_id("queue", "Billing")
    True
    >>> stable_id("queue", "Billing") == stable_id("skill", "Billing")
    False
    """
    return str(uuid5(_NAMESPACE, f"{ORGANISATION_ID}/{kind}/{name}"))

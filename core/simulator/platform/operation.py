"""What is known of one operation, and the parameters that many of them share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from core.simulator.platform.kinds import FLAG, TEXT, Each, Kind, Number, Text

PAGE: Final[dict[str, Kind]] = {
    "pageSize": Number(1, 100, whole=True),
    "pageNumber": Number(1, whole=True),
}
IDS_PARAMETER: Final = Each(TEXT)
LISTED: Final[dict[str, Kind]] = {
    **PAGE,
    "allowEmptyResult": FLAG,
    "filterType": Text(
        (
            "Equals",
            "RegEx",
            "Contains",
            "Prefix",
            "LessThan",
            "LessThanEqualTo",
            "GreaterThan",
            "GreaterThanEqualTo",
            "BeginsWith",
            "EndsWith",
        )
    ),
    "name": TEXT,
    "sortBy": TEXT,
    "sortOrder": Text(("ascending", "descending")),
}


@dataclass(frozen=True)
class Operation:
    """One operation.

    Parameters
    ----------
    name : str
        As the platform's libraries call it.
    method, path : str
        How it is asked for.
    permissions : tuple of str
        Any one of them serves; empty: none is needed.
    body : Kind or None
        What it takes.
    parameters : mapping
        What its query string may have.
    required : tuple of str
        The parameters that it must have.
    changes : bool
        Whether something at the tenant is different afterwards.
    """

    name: str
    method: str
    path: str
    permissions: tuple[str, ...] = ()
    body: Kind | None = None
    parameters: Mapping[str, Kind] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    changes: bool = False

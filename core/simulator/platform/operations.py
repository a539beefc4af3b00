"""Every operation that the tenant offers: path, permission, parameters, body.

The project's own description, written from what is published. Requests are checked against it
and permissions are withheld by it; names are those of the platform's own libraries.
"""

import re
from collections.abc import Iterable
from typing import Final

from core.errors import UsageError
from core.simulator.platform.bodies import AGGREGATES, OBSERVATION
from core.simulator.platform.kinds import FLAG, TEXT, Number, Text
from core.simulator.platform.operation import IDS_PARAMETER, PAGE, Operation
from core.simulator.platform.operations_outbound import OUTBOUND
from core.simulator.platform.operations_workforce import WORKFORCE

_QUEUES: Final = "/api/v2/routing/queues"

_TENANT: Final = (
    Operation("get_organizations_me", "GET", "/api/v2/organizations/me"),
    Operation("get_tokens_me", "GET", "/api/v2/tokens/me", parameters={"preserveIdleTTL": FLAG}),
    Operation(
        "get_users_me",
        "GET",
        "/api/v2/users/me",
        parameters={
            "expand": IDS_PARAMETER,
            "integrationPresenceSource": TEXT,
            "userCustomAttributeSchemaIds": IDS_PARAMETER,
        },
    ),
)
_ANALYTICS: Final = (
    Operation(
        "post_analytics_conversations_aggregates_query",
        "POST",
        "/api/v2/analytics/conversations/aggregates/query",
        ("analytics:conversationAggregate:view",),
        AGGREGATES,
    ),
    Operation(
        "post_analytics_queues_observations_query",
        "POST",
        "/api/v2/analytics/queues/observations/query",
        ("analytics:queueObservation:view",),
        OBSERVATION,
    ),
)
_ROUTING: Final = (
    Operation(
        "get_routing_queues",
        "GET",
        _QUEUES,
        ("routing:queue:view",),
        parameters={
            **PAGE,
            "sortOrder": Text(("asc", "desc", "ascending", "descending")),
            "name": TEXT,
            "id": IDS_PARAMETER,
            "divisionId": IDS_PARAMETER,
            "peerId": IDS_PARAMETER,
            "cannedResponseLibraryId": TEXT,
            "hasPeer": FLAG,
            "expand": IDS_PARAMETER,
        },
    ),
    Operation(
        "get_routing_queues_divisionviews",
        "GET",
        f"{_QUEUES}/divisionviews",
        ("routing:queue:search",),
        parameters={
            "pageSize": Number(1, 100, whole=True),
            "pageNumber": Number(1, 5, whole=True),
            "sortBy": Text(("name", "id", "divisionId")),
            "sortOrder": Text(("asc", "desc", "score")),
            "name": TEXT,
            "id": IDS_PARAMETER,
            "divisionId": IDS_PARAMETER,
        },
    ),
    Operation(
        "get_routing_queue",
        "GET",
        f"{_QUEUES}/{{queueId}}",
        ("routing:queue:view",),
        parameters={"expand": IDS_PARAMETER},
    ),
    Operation(
        "get_routing_queue_members",
        "GET",
        f"{_QUEUES}/{{queueId}}/members",
        (
            "routing:queue:view",
            "routing:queue:edit",
            "routing:queue:readonly",
            "routing:queueMember:manage",
        ),
        parameters={
            **PAGE,
            "sortOrder": TEXT,
            "expand": IDS_PARAMETER,
            "name": TEXT,
            "profileSkills": IDS_PARAMETER,
            "skills": IDS_PARAMETER,
            "languages": IDS_PARAMETER,
            "routingStatus": IDS_PARAMETER,
            "presence": IDS_PARAMETER,
            "memberBy": Text(("user", "group")),
            "joined": FLAG,
        },
    ),
)

OPERATIONS: Final = (*_TENANT, *_ANALYTICS, *_ROUTING, *OUTBOUND, *WORKFORCE)
"""All of them; of two paths that fit a request, the one that stands first serves it."""

PERMISSIONS: Final = tuple(
    sorted({permission for operation in OPERATIONS for permission in operation.permissions})
)
"""Every permission that there is to hold or to lack."""


def find_operation(method: str, path: str) -> Operation | None:
    """Return the operation of a request; None where there is none.

    Examples
    --------
    >>> find_operation("GET", "/api/v2/outbound/campaigns/c1/stats").name
    'get_outbound_campaign_stats'
    """
    return next(
        (one for one in OPERATIONS if one.method == method and _PATTERNS[one.name].fullmatch(path)),
        None,
    )


def known_permissions(names: Iterable[str]) -> tuple[str, ...]:
    """Return permissions by their names.

    Raises
    ------
    UsageError
        If a name is not among those that some operation needs; the known ones are told.

    Examples
    --------
    >>> known_permissions(["wfm:intraday:view"])
    ('wfm:intraday:view',)
    """
    wanted = tuple(names)
    unknown = sorted(set(wanted) - set(PERMISSIONS))
    if unknown:
        raise UsageError(
            f"Unknown permission: {', '.join(unknown)}.",
            f"The known ones are {', '.join(PERMISSIONS)}.",
        )
    return wanted


def is_known_path(path: str) -> bool:
    """Tell whether some operation has a path."""
    return any(pattern.fullmatch(path) for pattern in _PATTERNS.values())


_PATTERNS: Final = {
    operation.name: re.compile(re.sub(r"\{\w+\}", "[^/]+", operation.path))
    for operation in OPERATIONS
}

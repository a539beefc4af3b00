"""What tests of the tutorials' dialect ask the simulator with."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from tests.contract.simulated import CAMPAIGN, NOW, QUEUE

T1_SCOPES = (
    "analytics:outbound:read outbound:campaign:read outbound:campaign:write "
    "schedule:agent:forecast:read"
)
T2_SCOPES = "analytics:report:read outbound:campaign:readwrite"
OUTBOUND = "/api/v2/analytics/outbound/summary/query"
QUEUE_DETAILS = "/api/v2/analytics/queues/details/query"
SCHEDULE = "/api/v2/schedule/agents/forecast"
Client = Callable[..., httpx.Client]


def token(client: httpx.Client, **fields: str) -> dict[str, Any]:
    form = {
        "grant_type": "client_credentials",
        "client_id": "demo-client",
        "client_secret": "demo-secret",
        **fields,
    }
    answer: dict[str, Any] = client.post("/oauth/token", data=form).json()
    return answer


def span(days: int) -> dict[str, str]:
    return {"dateFrom": (NOW - timedelta(days=days)).isoformat(), "dateTo": NOW.isoformat()}


def outbound_body(days: int = 14, campaign: str = CAMPAIGN) -> dict[str, Any]:
    return {
        **span(days),
        "interval": "PT1H",
        "groupings": ["interval"],
        "metrics": ["offered", "answered", "answerRate"],
        "filter": {"type": "equals", "path": "campaign.id", "value": campaign},
    }


def queue_body(days: int = 90, queue: str = QUEUE, size: int = 2000) -> dict[str, Any]:
    return {
        **span(days),
        "interval": "PT1H",
        "metrics": ["contactCount", "handleCount"],
        "groupBy": ["queueId"],
        "queryType": "interval",
        "pageSize": size,
        "filters": {"queueId": {"values": [queue]}},
    }


def draft_body(**changes: object) -> dict[str, Any]:
    window = {
        "startDateTime": "2026-11-24T05:00:00+00:00",
        "endDateTime": "2026-11-24T08:00:00+00:00",
        "repeat": "NONE",
    }
    return {
        "name": "Forecast-Driven Wrap-Up Campaign",
        "description": "Low volume; threshold: 12.3",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [window],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": "lindgren"},
        **changes,
    }


def sendable(document: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in document.items() if k not in ("id", "selfUri", "routing")}

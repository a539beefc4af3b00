"""What tests of the platform's dialect ask the simulator with."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from core.simulator.campaigns import CAMPAIGNS
from core.simulator.queues import QUEUES
from core.simulator.server import RunningSimulator

NOW = datetime(2026, 11, 23, 14, 35, tzinfo=UTC)
THIS_HOUR = NOW.replace(minute=0)
CAMPAIGN, QUEUE = CAMPAIGNS[0].campaign_id, QUEUES[0].queue_id
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"
ONE = f"{CAMPAIGNS_PATH}/{CAMPAIGN}"
SCHEDULES = "/api/v2/outbound/schedules/campaigns"
AGGREGATES = "/api/v2/analytics/conversations/aggregates/query"
WFM = "/api/v2/workforcemanagement"


def sign_in(client: httpx.Client) -> dict[str, Any]:
    """Get a token as the platform's clients do, and use it from now on."""
    answer: dict[str, Any] = client.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=("demo-client", "demo-secret"),
    ).json()
    client.headers["Authorization"] = f"Bearer {answer['access_token']}"
    return answer


@contextmanager
def client_of(tenant: RunningSimulator) -> Iterator[httpx.Client]:
    """Give a client that speaks the platform's dialect and is signed in."""
    with httpx.Client(base_url=tenant.url) as client:
        sign_in(client)
        yield client


def question(
    ids: Iterable[str],
    *metrics: str,
    by: str = "queueId",
    days: float = 7,
    until: datetime = THIS_HOUR,
    **more: object,
) -> dict[str, Any]:
    """Return a question about history, for one or many ids."""
    predicates = [
        {"type": "dimension", "dimension": by, "operator": "matches", "value": one} for one in ids
    ]
    return {
        "interval": f"{(until - timedelta(days=days)).isoformat()}/{until.isoformat()}",
        "granularity": "PT1H",
        "groupBy": [by],
        "filter": {"type": "or", "predicates": predicates},
        "metrics": list(metrics),
        **more,
    }


def told(answer: dict[str, Any], metric: str, key: str = "count") -> dict[str, list[float]]:
    """Return one metric of an answer, by the first dimension of its groups."""
    return {
        next(iter(result["group"].values())): [
            one["stats"][key]
            for bucket in result["data"]
            for one in bucket["metrics"]
            if one["metric"] == metric
        ]
        for result in answer.get("results", [])
    }

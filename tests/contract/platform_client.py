"""What tests of the platform's dialect ask the simulator with."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx

from core.simulator.centre import stable_id
from core.simulator.platform.first_documents import COMPLETED
from core.simulator.server import RunningSimulator
from tests.contract.simulated import CAMPAIGN, CAMPAIGNS_PATH, NOW

THIS_HOUR = NOW.replace(minute=0)
TEMPLATE = f"{CAMPAIGNS_PATH}/{stable_id('campaign', COMPLETED)}"
SCHEDULES = "/api/v2/outbound/schedules/campaigns"
SCHEDULE = f"{SCHEDULES}/{CAMPAIGN}"
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


def code(answer: httpx.Response) -> tuple[int, str]:
    """Return the status of a refusal and the platform's word for it."""
    return answer.status_code, answer.json()["code"]


def window(first: timedelta, last: timedelta) -> dict[str, Any]:
    """Return a schedule of one interval, told by its distance from now."""
    interval = {
        "start": f"{NOW + first:%Y-%m-%dT%H:%M:%SZ}",
        "end": f"{NOW + last:%Y-%m-%dT%H:%M:%SZ}",
    }
    return {"campaign": {"id": CAMPAIGN}, "intervals": [interval], "timeZone": "UTC"}

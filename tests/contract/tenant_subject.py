"""A tenant under test in either dialect, and what a colleague and an onlooker can do with it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pandas as pd

from core.clock import FrozenClock
from core.documents import JsonObject
from core.ports import CampaignWriter, Tenant
from core.tenants.genesys import connect_genesys
from core.tenants.genesys_permissions import OPERATIONS
from core.tenants.tutorial import connect_tutorial
from core.tenants.tutorial_reader import TutorialReader
from core.tenants.tutorial_writer import TutorialWriter
from core.units import CampaignId, QueueId, SkillId
from tests.contract.dialects import PLATFORM, TUTORIAL, Dialect
from tests.support.platform_contract import check_request

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = NOW.replace(minute=0)
SPAN = (HOUR - timedelta(days=14), HOUR)
AHEAD = (HOUR, HOUR + timedelta(hours=24))
Span = tuple[datetime, datetime]
WRITTEN_BY_THE_TENANT = ("version", "dateModified", "modifiedBy")


@dataclass
class Subject:
    """A tenant under test, and what a colleague and an onlooker can do with it."""

    reader: Tenant
    writer: CampaignWriter
    change_as_somebody_else: Callable[[str, JsonObject], None]
    count_writes: Callable[[], int]
    dialect: Dialect = TUTORIAL

    @property
    def campaign_id(self) -> CampaignId:
        return self.reader.campaigns()[0].campaign_id

    @property
    def skill_id(self) -> SkillId:
        skill_id = self.reader.campaigns()[0].skill_id
        assert skill_id is not None
        return skill_id

    def rates(self, campaign_id: CampaignId, span: Span) -> pd.DataFrame:
        return self.reader.outbound_records([campaign_id], *span)[campaign_id]

    def volumes(self, queue_id: QueueId, span: Span) -> pd.DataFrame:
        return self.reader.queue_records([queue_id], *span)[queue_id]

    def agents(self, skill_id: SkillId, span: Span) -> pd.DataFrame:
        return self.reader.agents_scheduled(skill_id, *span).frame

    def draft(self, name: str) -> JsonObject:
        document = self.reader.read_campaign(self.campaign_id).document
        return self.dialect.draft(name, document)


def connect(url: str) -> tuple[TutorialReader, TutorialWriter]:
    return connect_tutorial(url, url, "demo-client", "demo-secret", FrozenClock(NOW))


def on_the_platform(url: str) -> Iterator[Subject]:
    """Give a tenant in the platform's dialect; every request is held against the contract."""
    clock = FrozenClock(NOW)
    reader, writer = connect_genesys(url, url, "demo-client", "demo-secret", clock)

    def change(campaign_id: str, patch: JsonObject) -> None:
        answer = httpx.post(f"{url}/simulator/platform/campaigns/{campaign_id}", json=patch)
        assert answer.status_code == 200

    def requests() -> list[JsonObject]:
        return httpx.get(f"{url}/simulator/requests").json()["requests"]

    def count_writes() -> int:
        return sum(is_write(each) and each["status"] < 300 for each in requests())

    subject = Subject(reader, writer, change, count_writes, PLATFORM)
    change(subject.campaign_id, {"x-lindgren-budget": {"owner": "retention"}})
    yield subject
    for each in requests():
        hold_against_the_contract(url, each)
    reader.close()


def hold_against_the_contract(url: str, asked: JsonObject) -> None:
    """Fail where a request that reached an operation breaks the platform's contract."""
    if asked["status"] == 404:
        return
    line = f"{asked['method']} {asked['path']}"
    assert any(re.fullmatch(each, line) for each in LISTED), f"{line} is not listed"
    body = json.loads(asked["body"]) if asked["body"] else None
    if isinstance(body, dict):
        body.pop("x-lindgren-budget", None)
    sent = f"{url}{asked['path']}" + (f"?{asked['query']}" if asked["query"] else "")
    check_request(httpx.Request(asked["method"], sent, content=body and json.dumps(body)))


LISTED = [
    re.sub(r"\{\w+\}", "[^/]+", operation)
    for operations in OPERATIONS.values()
    for operation in operations
]
"""Every operation that the product says it uses, as patterns."""


def is_write(request: JsonObject) -> bool:
    """Whether a request would change something."""
    created = request["method"] == "POST" and request["path"] == "/api/v2/outbound/campaigns"
    return created or request["method"] in ("PUT", "PATCH", "DELETE")


def over_http(url: str, reader: Tenant, writer: CampaignWriter) -> Subject:
    def change(campaign_id: str, patch: JsonObject) -> None:
        answer = httpx.post(f"{url}/simulator/campaigns/{campaign_id}", json=patch)
        assert answer.status_code == 200

    return Subject(
        reader, writer, change, lambda: int(httpx.get(f"{url}/simulator/writes").json()["total"])
    )


def without_the_tenants_own(document: JsonObject) -> JsonObject:
    return {key: value for key, value in document.items() if key not in WRITTEN_BY_THE_TENANT}

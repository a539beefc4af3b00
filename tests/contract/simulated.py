"""The moment, the campaign and the queue that both dialects are asked about."""

from datetime import UTC, datetime

from core.simulator.campaigns import CAMPAIGNS
from core.simulator.queues import QUEUES

NOW = datetime(2026, 11, 23, 14, 35, tzinfo=UTC)
CAMPAIGN, QUEUE = CAMPAIGNS[0].campaign_id, QUEUES[0].queue_id
CAMPAIGNS_PATH = "/api/v2/outbound/campaigns"
ONE = f"{CAMPAIGNS_PATH}/{CAMPAIGN}"

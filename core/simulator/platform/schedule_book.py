"""The schedules of campaigns, and the clock that obeys them.

Writing a schedule arms the dialler: when its time comes the campaign goes on, and a time that is
already running turns it on at once.
"""

import copy
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import uuid4

from core.clock import Clock
from core.documents import JsonObject
from core.simulator.centre import stable_id
from core.simulator.documents import timestamp
from core.simulator.ledger import Ledger, Write
from core.simulator.platform.campaign_book import CampaignBook
from core.simulator.platform.campaign_writes import check_version
from core.simulator.platform.first_documents import COMPLETED
from core.simulator.platform.recurrence import switches, windows
from core.simulator.refusals import Refusal, bad_request, not_found

SCHEDULES_PATH: Final = "/api/v2/outbound/schedules/campaigns"
_SCHEDULER: Final = "schedule"
_HORIZON: Final = timedelta(days=400)


class ScheduleBook:
    """The schedules of one world's campaigns.

    Parameters
    ----------
    campaigns : CampaignBook
        What they turn on and off.
    ledger : Ledger
        Where writes are noted.
    clock : Clock
        The present.
    """

    def __init__(self, campaigns: CampaignBook, ledger: Ledger, clock: Clock) -> None:
        self._campaigns = campaigns
        self._ledger = ledger
        self._clock = clock
        self._obeyed = clock.now()
        over = _last_spring()
        self._schedules: dict[str, JsonObject] = {over["campaign"]["id"]: over}

    def all(self) -> list[JsonObject]:
        """Return every schedule."""
        return copy.deepcopy(list(self._schedules.values()))

    def read(self, campaign_id: str) -> JsonObject:
        """Return a campaign's schedule; 404 where there is no campaign, or none for it."""
        self._campaigns.read(campaign_id)
        if campaign_id not in self._schedules:
            raise not_found("schedule", campaign_id)
        return copy.deepcopy(self._schedules[campaign_id])

    def find(self, campaign_id: str) -> JsonObject | None:
        """Return a campaign's schedule, or None."""
        return copy.deepcopy(self._schedules.get(campaign_id))

    def put(self, campaign_id: str, body: JsonObject, by: str) -> JsonObject:
        """Create or replace a campaign's schedule, and return it.

        Parameters
        ----------
        campaign_id : str
            Which campaign.
        body : JsonObject
            The schedule, its fields of the right kinds.
        by : str
            Who did it.

        Raises
        ------
        Refusal
            400, 404 or 409; nothing changed then.
        """
        campaign = self._campaigns.read(campaign_id)
        now = self._clock.now()
        if body["campaign"].get("id") != campaign_id:
            raise bad_request(
                "campaign.id is not the one in the path.", field="campaign", code="invalid.update"
            )
        running = [span for span in windows(body, now, now + _HORIZON) if span[0] <= now < span[1]]
        current = self._schedules.get(campaign_id)
        if current is not None:
            check_version(body, current["version"])
        stored = {
            **{key: value for key, value in body.items() if value is not None},
            "id": current["id"] if current else str(uuid4()),
            "version": current["version"] + 1 if current else 1,
            "timeZone": body.get("timeZone") or "UTC",
            "campaign": {"id": campaign_id, "name": campaign["name"]},
            "dateCreated": current["dateCreated"] if current else timestamp(now),
            "dateModified": timestamp(now),
            "selfUri": f"{SCHEDULES_PATH}/{campaign_id}",
        }
        self._schedules[campaign_id] = stored
        self._ledger.note(Write(now, "PUT", campaign_id, stored["version"], copy.deepcopy(body)))
        if running:
            self._campaigns.turn(campaign_id, "on", by)
        return copy.deepcopy(stored)

    def delete(self, campaign_id: str) -> None:
        """Remove a campaign's schedule: the campaign stays as it is."""
        schedule = self.read(campaign_id)
        self._ledger.note(Write(self._clock.now(), "DELETE", campaign_id, schedule["version"], {}))
        del self._schedules[campaign_id]

    def forget(self, campaign_id: str) -> None:
        """Remove what belonged to a campaign that is no more."""
        self._schedules.pop(campaign_id, None)

    def obey(self) -> None:
        """Turn campaigns on and off whose time has come since the last look."""
        now = self._clock.now()
        if now <= self._obeyed:
            return
        due = [
            (at, campaign_id, status)
            for campaign_id, schedule in self._schedules.items()
            for at, status in switches(schedule, self._obeyed, now)
        ]
        for at, campaign_id, status in sorted(due, key=lambda switch: switch[0]):
            # A campaign that cannot be turned on from where it is stays there.
            with suppress(Refusal):
                self._campaigns.turn(campaign_id, status, _SCHEDULER, at)
        self._obeyed = now
        self._campaigns.settle()


def _last_spring() -> JsonObject:
    """Return a schedule that is over: it is still there, and does nothing any more."""
    campaign_id = stable_id("campaign", COMPLETED)
    return {
        "id": stable_id("schedule", COMPLETED),
        "version": 2,
        "dateCreated": "2026-03-02T09:40:00.000Z",
        "dateModified": "2026-03-02T09:52:00.000Z",
        "timeZone": "Europe/Berlin",
        "intervals": [{"start": "2026-03-09T09:00:00.000", "end": "2026-03-09T17:00:00.000"}],
        "recurrences": [
            {
                "id": stable_id("recurrence", COMPLETED),
                "start": "2026-03-10T09:00:00",
                "end": "2026-03-10T17:00:00",
                "timeZone": "Europe/Berlin",
                "pattern": {"type": "Weekly", "interval": 1, "daysOfWeek": ["Tuesday", "Thursday"]},
                "range": {"type": "EndDate", "end": "2026-05-29T00:00:00"},
                "alterations": [
                    {
                        "type": "Exclusion",
                        "start": "2026-04-02T00:00:00",
                        "end": "2026-04-07T00:00:00",
                    }
                ],
            }
        ],
        "campaign": {"id": campaign_id, "name": COMPLETED},
        "selfUri": f"{SCHEDULES_PATH}/{campaign_id}",
    }

"""Campaigns as they are now, in the platform's dialect, and their twins in the tutorials'.

Both views move one dialler: a pacing that is written here is in force there, and the other way
round. A campaign that was created through one dialect is known in that one only. All of it lives
in memory.
"""

import copy
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from core.clock import Clock
from core.documents import JsonObject
from core.simulator.campaigns import CampaignCharacter
from core.simulator.centre import SOMEBODY_ELSE
from core.simulator.documents import CAMPAIGNS_PATH, timestamp
from core.simulator.ledger import Ledger, Write
from core.simulator.pacing import PacingTimeline
from core.simulator.platform import campaign_writes
from core.simulator.platform.changes import Change, changes_between
from core.simulator.platform.diallers import SILENT, character_of, pacing_in_force
from core.simulator.platform.first_documents import campaign_documents
from core.simulator.platform.twins import pace_fields, paced, seen_from_platform, twin_patch
from core.simulator.refusals import bad_request, not_found

STOPPING_SECONDS: Final = 60
"""A campaign that is turned off still hands its last calls over."""

_GIVEN: Final = ("id", "dateCreated", "dateModified", "selfUri", "errors")


class CampaignBook:
    """The campaigns of one world.

    Parameters
    ----------
    ledger : Ledger
        Where their twins are.
    clock : Clock
        When a write happens.

    Examples
    --------
    >>> from core.clock import SystemClock
    >>> book = CampaignBook(Ledger(SystemClock()), SystemClock())
    >>> len(book.all())
    7
    """

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self._documents = {document["id"]: document for document in campaign_documents()}
        twins = {twin["id"]: twin for twin in ledger.named()}
        self._seen = {
            key: (twin["version"], seen_from_platform(twin)) for key, twin in twins.items()
        }
        self._known_ids = campaign_writes.references_in(self._documents.values())
        self._timelines = {
            key: PacingTimeline(SILENT) for key in self._documents if key not in twins
        }
        self._off_at: dict[str, datetime] = {}
        self.changes: dict[str, list[Change]] = {key: [] for key in self._documents}

    def all(self) -> list[JsonObject]:
        """Return every campaign, in the order of their making."""
        return [self.read(campaign_id) for campaign_id in tuple(self._documents)]

    def read(self, campaign_id: str) -> JsonObject:
        """Return a copy of one campaign; 404 where there is none."""
        return copy.deepcopy(self._document(campaign_id))

    def character(self, campaign_id: str) -> CampaignCharacter | None:
        """Return who dials for a campaign; None where nobody does."""
        document = self._documents.get(campaign_id)
        return character_of(document) if document else None

    def timeline(self, campaign_id: str) -> PacingTimeline:
        """Return the pacing of a campaign through time."""
        own = self._timelines.get(campaign_id)
        return own or self._ledger.timeline(campaign_id)

    def replace(self, campaign_id: str, body: JsonObject, by: str) -> None:
        """Replace a campaign by what a client sent: a field that is not sent is gone."""
        current = self._document(campaign_id)
        campaign_writes.check_update(body, current, self._other_names(campaign_id), self._known_ids)
        status = body.get("campaignStatus") or current["campaignStatus"]
        given: JsonObject = {key: current[key] for key in _GIVEN if key in current}
        changed: JsonObject = {**paced(_without_nothing(body), current), **given}
        changed["campaignStatus"] = current["campaignStatus"]
        self._store(campaign_id, changed, by, self._clock.now(), ("PUT", body))
        self._turn(campaign_id, status, by, self._clock.now())

    def patch(self, campaign_id: str, body: JsonObject, by: str) -> None:
        """Change some of the five fields that may be changed alone."""
        current = self._document(campaign_id)
        campaign_writes.check_pace(body)
        campaign_writes.check_references(body, self._known_ids)
        sent = _without_nothing(body)
        pace = sent.pop("maxCallsPerAgent", None)
        changed = {**current, **sent}
        if pace is not None:
            changed.update(pace_fields(pace))
        self._store(campaign_id, changed, by, self._clock.now(), ("PATCH", body))

    def create(self, body: JsonObject, by: str) -> JsonObject:
        """Create a campaign, which has to be off, and return it."""
        campaign_writes.check_draft(body, self._other_names(""), self._known_ids)
        campaign_id = str(uuid4())
        now = self._clock.now()
        document = {
            "priority": 5,
            "noAnswerTimeout": 30,
            **paced(_without_nothing(body), {}),
            "id": campaign_id,
            "campaignStatus": "off",
            "version": 0,
            "dateCreated": timestamp(now),
            "selfUri": f"{CAMPAIGNS_PATH}/{campaign_id}",
        }
        self.changes[campaign_id] = []
        self._documents[campaign_id] = document
        self._store(campaign_id, document, by, now, ("POST", body))
        return self.read(campaign_id)

    def delete(self, campaign_id: str) -> JsonObject:
        """Remove a campaign that is off, and return what it was."""
        document = self._document(campaign_id)
        if document["campaignStatus"] in ("on", "stopping"):
            raise bad_request(
                "The campaign is not off.", field="campaignStatus", code="campaign.in.use"
            )
        self._ledger.note(Write(self._clock.now(), "DELETE", campaign_id, document["version"], {}))
        del self._documents[campaign_id]
        self._seen.pop(campaign_id, None)
        return document

    def turn(self, campaign_id: str, status: str, by: str, at: datetime | None = None) -> None:
        """Turn a campaign on or off; one that is already so stays as it is.

        Parameters
        ----------
        campaign_id : str
            Which campaign.
        status : str
            ``on`` or ``off``.
        by : str
            Who did it.
        at : datetime, optional
            When it came into force; by default now.
        """
        current = self._document(campaign_id)["campaignStatus"]
        is_off = current not in ("on", "stopping")
        if status == "off" and is_off:
            return
        campaign_writes.check_status(status, current)
        self._turn(campaign_id, status, by, at or self._clock.now())

    def settle(self) -> None:
        """Turn off what has been stopping for long enough."""
        due = [key for key, at in self._off_at.items() if at <= self._clock.now()]
        for campaign_id in due:
            at = self._off_at.pop(campaign_id)
            if campaign_id in self._documents:
                changed = {**self._document(campaign_id), "campaignStatus": "off"}
                self._store(campaign_id, changed, SOMEBODY_ELSE, at)

    def change_as_somebody_else(self, campaign_id: str, patch: JsonObject) -> JsonObject:
        """Set fields as a colleague would, or a newer release of the platform."""
        changed = {**self._document(campaign_id), **patch}
        if "maxCallsPerAgent" in patch:
            changed.update(pace_fields(patch["maxCallsPerAgent"]))
        self._store(campaign_id, _without_nothing(changed), SOMEBODY_ELSE, self._clock.now())
        return self.read(campaign_id)

    def _turn(self, campaign_id: str, status: str, by: str, at: datetime) -> None:
        current = self._documents[campaign_id]["campaignStatus"]
        if status == current or (status == "off" and current == "stopping"):
            return
        if status == "off":
            status = "stopping"
            self._off_at[campaign_id] = at + timedelta(seconds=STOPPING_SECONDS)
        else:
            self._off_at.pop(campaign_id, None)
        changed = {**self._documents[campaign_id], "campaignStatus": status}
        self._store(campaign_id, changed, by, at)

    def _document(self, campaign_id: str) -> JsonObject:
        if campaign_id not in self._documents:
            raise not_found("campaign", campaign_id)
        self._look_at_twin(campaign_id)
        return self._documents[campaign_id]

    def _look_at_twin(self, campaign_id: str) -> None:
        """Take over what was changed through the tutorials' dialect since the last look."""
        if campaign_id not in self._seen:
            return
        version, before = self._seen[campaign_id]
        twin = self._ledger.read(campaign_id)
        if twin["version"] == version:
            return
        now = seen_from_platform(twin)
        document = self._documents[campaign_id]
        moved = {key: now[key] for key in now if now[key] != before[key]}
        if "maxCallsPerAgentDecimal" in moved:
            moved.update(pace_fields(moved["maxCallsPerAgentDecimal"]))
        document.update(moved, dateModified=twin["dateModified"])
        document["version"] += twin["version"] - version
        self._seen[campaign_id] = (twin["version"], now)

    def _other_names(self, campaign_id: str) -> set[str]:
        return {
            document["name"].lower()
            for key, document in self._documents.items()
            if key != campaign_id
        }

    def _store(
        self,
        campaign_id: str,
        document: JsonObject,
        by: str,
        at: datetime,
        write: tuple[str, JsonObject] | None = None,
    ) -> None:
        current = self._documents[campaign_id]
        stored = copy.deepcopy(document)
        stored.update(version=current["version"] + 1, dateModified=timestamp(at))
        self._documents[campaign_id] = stored
        self.changes[campaign_id] += changes_between(current, stored, at)
        if campaign_id in self._seen:
            version = self._ledger.follow(campaign_id, twin_patch(stored), by, at)
            seen = seen_from_platform(self._ledger.read(campaign_id))
            self._seen[campaign_id] = (version, seen)
        else:
            timeline = self._timelines.setdefault(campaign_id, PacingTimeline(SILENT))
            timeline.change(at.timestamp(), pacing_in_force(stored))
        if write is not None:
            method, body = write
            self._ledger.note(
                Write(at, method, campaign_id, stored["version"], copy.deepcopy(body))
            )


def _without_nothing(body: JsonObject) -> JsonObject:
    return {key: value for key, value in body.items() if value is not None}

"""Campaigns as they are now, and the writes that made them so.

All of it lives in memory: a restart forgets every draft and every change of pacing, and the
campaigns are again as `documents` has them. What a write changes about dialling holds from the
moment of the write; hours before it stay as they were.
"""

import copy
from collections import Counter, deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from core.clock import Clock
from core.documents import JsonObject
from core.simulator.campaigns import CAMPAIGNS
from core.simulator.centre import SOMEBODY_ELSE
from core.simulator.documents import CAMPAIGNS_PATH, document_of, timestamp
from core.simulator.pacing import PacingTimeline, pacing_of
from core.simulator.refusals import Refusal, not_found
from core.simulator.rulebook import READ_ONLY, check_draft, check_update

_WRITES_REMEMBERED: Final = 1000


@dataclass(frozen=True)
class Write:
    """A write that a client made and the tenant applied.

    Parameters
    ----------
    at : datetime
        When.
    method : str
        ``PUT``, ``POST``, ``PATCH`` or ``DELETE``.
    campaign_id : str
        Which campaign.
    version : int
        The version that came of it.
    body : JsonObject
        What the client sent, whole.
    """

    at: datetime
    method: str
    campaign_id: str
    version: int
    body: JsonObject


class Ledger:
    """The campaigns of one world.

    Parameters
    ----------
    clock : Clock
        When a write happens.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._documents = {campaign.campaign_id: document_of(campaign) for campaign in CAMPAIGNS}
        self._timelines = {
            campaign_id: PacingTimeline(pacing_of(document))
            for campaign_id, document in self._documents.items()
        }
        self.writes: deque[Write] = deque(maxlen=_WRITES_REMEMBERED)
        self.write_counts: Counter[str] = Counter()

    def named(self, name: str | None = None) -> list[JsonObject]:
        """Return all campaigns, or those of exactly one name, in the order of their making."""
        return [
            copy.deepcopy(document)
            for document in self._documents.values()
            if name is None or document["name"] == name
        ]

    def read(self, campaign_id: str) -> JsonObject:
        """Return a copy of one campaign's document; 404 where there is none."""
        return copy.deepcopy(self._document(campaign_id))

    def timeline(self, campaign_id: str) -> PacingTimeline:
        """Return the pacing of a campaign through time."""
        return self._timelines[campaign_id]

    def replace(self, campaign_id: str, body: JsonObject, by: str) -> JsonObject:
        """Replace a campaign by what a client sent, and return what it became.

        Parameters
        ----------
        campaign_id : str
            Which campaign.
        body : JsonObject
            The whole document without its read-only fields. A field that is not sent is gone.
        by : str
            Who did it.

        Returns
        -------
        JsonObject
            With the next version.

        Raises
        ------
        Refusal
            404, or as `check_update` has it; nothing changed then.
        """
        current = self._document(campaign_id)
        check_update(body, current["version"])
        self._refuse_taken_name(body["name"], but_of=campaign_id)
        kept = {key: current[key] for key in (*READ_ONLY, "dateCreated", "createdBy")}
        return self._store(campaign_id, {**body, **kept}, by, "PUT", body)

    def create(self, body: JsonObject, by: str) -> JsonObject:
        """Create a draft and return it.

        Parameters
        ----------
        body : JsonObject
            As the tutorials send it.
        by : str
            Who did it.

        Returns
        -------
        JsonObject
            With id, version 1 and its author.

        Raises
        ------
        Refusal
            As `check_draft` has it; 409 where the name is taken.
        """
        check_draft(body)
        self._refuse_taken_name(body["name"])
        campaign_id = str(uuid4())
        given = {
            "id": campaign_id,
            "version": 0,
            "dateCreated": timestamp(self._clock.now()),
            "createdBy": by,
            "routing": {"strategy": "LONGEST_IDLE", "overflow": None, "weights": []},
            "selfUri": f"{CAMPAIGNS_PATH}/{campaign_id}",
        }
        return self._store(campaign_id, {**body, **given}, by, "POST", body)

    def change_as_somebody_else(self, campaign_id: str, patch: JsonObject) -> JsonObject:
        """Change a campaign as a colleague would in the tenant's own screens.

        Parameters
        ----------
        campaign_id : str
            Which campaign.
        patch : JsonObject
            A merge patch (RFC 7386). Read-only fields in it are ignored.

        Returns
        -------
        JsonObject
            With the next version. It does not count as a client's write.

        Raises
        ------
        Refusal
            404, or 400 where the result would not be a campaign.
        """
        current = self._document(campaign_id)
        changes = {key: value for key, value in patch.items() if key not in READ_ONLY}
        changed = _merged(current, {**changes, "version": current["version"]})
        sendable = {key: value for key, value in changed.items() if key not in READ_ONLY}
        check_update(sendable, current["version"])
        return self._store(campaign_id, changed, SOMEBODY_ELSE)

    def follow(self, campaign_id: str, patch: JsonObject, by: str, at: datetime) -> int:
        """Change a campaign as its twin in the platform's dialect was changed.

        Parameters
        ----------
        campaign_id : str
            Which campaign.
        patch : JsonObject
            A merge patch.
        by : str
            Who did it.
        at : datetime
            When it came into force.

        Returns
        -------
        int
            The version that came of it. It does not count as a client's write here.
        """
        changed = _merged(self._document(campaign_id), patch)
        return int(self._store(campaign_id, changed, by, at=at)["version"])

    def note(self, write: Write) -> None:
        """Keep a write that a client made, whatever the dialect."""
        self.write_counts[write.campaign_id] += 1
        self.writes.append(write)

    def _document(self, campaign_id: str) -> JsonObject:
        try:
            return self._documents[campaign_id]
        except KeyError:
            raise not_found("campaign", campaign_id) from None

    def _refuse_taken_name(self, name: str, but_of: str = "") -> None:
        for campaign_id, document in self._documents.items():
            if document["name"] == name and campaign_id != but_of:
                raise Refusal(
                    409,
                    "duplicate.name",
                    f"The name {name!r} is taken by the campaign {campaign_id}.",
                    field="name",
                )

    def _store(
        self,
        campaign_id: str,
        document: JsonObject,
        by: str,
        method: str = "",
        body: JsonObject | None = None,
        at: datetime | None = None,
    ) -> JsonObject:
        now = at or self._clock.now()
        current = self._documents.get(campaign_id, document)
        stored = copy.deepcopy(document)
        stored.update(version=current["version"] + 1, dateModified=timestamp(now), modifiedBy=by)
        self._documents[campaign_id] = stored
        pacing = pacing_of(stored)
        timeline = self._timelines.setdefault(campaign_id, PacingTimeline(pacing))
        timeline.change(now.timestamp(), pacing)
        if body is not None:
            self.note(Write(now, method, campaign_id, stored["version"], copy.deepcopy(body)))
        return copy.deepcopy(stored)


def _merged(target: Any, patch: Any) -> Any:
    """Return a document after a merge patch, as RFC 7386 has it."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merged(merged.get(key), value)
    return merged

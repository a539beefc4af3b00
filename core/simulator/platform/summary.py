"""When a campaign was on, and what was changed about it: the record of its configuration.

Only what happened since the simulator started is on record; before that a campaign was as it
started.
"""

from datetime import UTC, datetime
from typing import Final

from core.documents import JsonObject
from core.simulator.documents import timestamp
from core.simulator.platform.asked import Answer, Asked, Handler
from core.simulator.platform.changes import Change
from core.simulator.refusals import bad_request


def campaign_summary(asked: Asked) -> Answer:
    """Answer with a campaign's states and changes in a span of time."""
    campaign = asked.world.book.read(asked.path["campaignId"])
    start, end = (_moment(asked, key) for key in ("start", "end"))
    if start >= end:
        raise bad_request("end must be after start.", field="end", code="invalid.date")
    until = min(end, asked.world.clock.now())
    changes = [
        one for one in asked.world.book.changes.get(campaign["id"], []) if start <= one.at < end
    ]
    return {
        "campaignId": campaign["id"],
        "dateStart": timestamp(start),
        "dateEnd": timestamp(end),
        "campaignStates": _states(campaign, changes, start, until),
        "campaignInfo": [],
        "campaignHealthStates": [],
        "configChanges": [
            {
                "date": timestamp(one.at),
                "field": one.field,
                "value": one.value,
                "action": "Update",
            }
            for one in changes
        ],
    }


def _states(
    campaign: JsonObject, changes: list[Change], start: datetime, until: datetime
) -> list[JsonObject]:
    turns = [one for one in changes if one.field == "campaignStatus"]
    edges = [start, *(one.at for one in turns), max(until, start)]
    # Before its first turn it was what it was not turned to.
    first = campaign["campaignStatus"]
    if turns:
        first = "off" if turns[0].value == "on" else "on"
    states = [first, *(one.value for one in turns)]
    return [
        {
            "state": state,
            "dateStart": timestamp(left),
            "dateEnd": timestamp(right),
            "dialingMode": campaign["dialingMode"],
        }
        for state, left, right in zip(states, edges, edges[1:], strict=False)
        if left < right
    ]


def _moment(asked: Asked, key: str) -> datetime:
    try:
        moment = datetime.fromisoformat(asked.query[key].replace(" ", "+"))
    except ValueError:
        raise bad_request(f"{key} must be a time.", field=key, code="invalid.date") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


HANDLERS: Final[dict[str, Handler]] = {
    "get_outbound_diagnostics_campaign_summary": campaign_summary,
}

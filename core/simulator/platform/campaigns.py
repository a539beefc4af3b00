"""The operations on campaigns: list, read, change, create, turn, schedule; and what they obey."""

from typing import Final

from core.documents import JsonObject
from core.simulator.faults import Fault
from core.simulator.platform.asked import Answer, Asked, Handler, listed, page_of
from core.simulator.platform.first_documents import RULES, SETTINGS, TIME_SETS
from core.simulator.refusals import Refusal

_REFERENCE_PARAMETERS: Final = {
    "contactListId": "contactList",
    "distributionQueueId": "queue",
    "edgeGroupId": "edgeGroup",
    "callAnalysisResponseSetId": "callAnalysisResponseSet",
}


def list_campaigns(asked: Asked) -> Answer:
    """Answer with a page of campaigns, whole."""
    found = listed(asked, asked.world.book.all())
    for parameter, field in _REFERENCE_PARAMETERS.items():
        if parameter in asked.query:
            wanted = asked.query[parameter]
            found = [one for one in found if one.get(field, {}).get("id") == wanted]
    if "dncListIds" in asked.query:
        wanted = asked.query["dncListIds"].split(",")
        found = [
            one for one in found if any(ref["id"] in wanted for ref in one.get("dncLists", []))
        ]
    return page_of(asked, found)


def read_campaign(asked: Asked) -> Answer:
    """Answer with one campaign."""
    return asked.world.book.read(asked.path["campaignId"])


def create_campaign(asked: Asked) -> Answer:
    """Create a campaign, off."""
    return asked.world.book.create(asked.body, asked.by)


def replace_campaign(asked: Asked) -> Answer:
    """Replace a campaign, and answer with what it became."""
    campaign_id = asked.path["campaignId"]
    asked.world.book.replace(campaign_id, asked.body, asked.by)
    return asked.world.book.read(campaign_id)


def patch_campaign(asked: Asked) -> Answer:
    """Change a campaign's pacing."""
    if asked.world.faults.is_on(Fault.NO_PATCH):
        raise Refusal(405, "method.not.allowed", "Campaigns are replaced whole.")
    asked.world.book.patch(asked.path["campaignId"], asked.body, asked.by)
    return None


def delete_campaign(asked: Asked) -> Answer:
    """Remove a campaign, and its schedule with it."""
    document = asked.world.book.delete(asked.path["campaignId"])
    asked.world.schedules.forget(asked.path["campaignId"])
    return document


def start_campaign(asked: Asked) -> Answer:
    """Turn a campaign on."""
    asked.world.book.turn(asked.path["campaignId"], "on", asked.by)
    return None


def stop_campaign(asked: Asked) -> Answer:
    """Turn a campaign off; it is stopping for a while."""
    asked.world.book.turn(asked.path["campaignId"], "off", asked.by)
    return None


def list_schedules(asked: Asked) -> Answer:
    """Answer with every schedule, without pages."""
    return asked.world.schedules.all()


def read_schedule(asked: Asked) -> Answer:
    """Answer with a campaign's schedule."""
    return asked.world.schedules.read(asked.path["campaignId"])


def write_schedule(asked: Asked) -> Answer:
    """Create or replace a campaign's schedule: it arms the dialler."""
    return asked.world.schedules.put(asked.path["campaignId"], asked.body, asked.by)


def delete_schedule(asked: Asked) -> Answer:
    """Remove a campaign's schedule."""
    asked.world.schedules.delete(asked.path["campaignId"])
    return None


def read_settings(asked: Asked) -> Answer:
    """Answer with the settings of the organisation."""
    return {**SETTINGS, "complianceAbandonRateDenominator": asked.world.traits.denominator}


def list_time_sets(asked: Asked) -> Answer:
    """Answer with a page of callable time sets."""
    return page_of(asked, listed(asked, list(TIME_SETS)))


def read_time_set(asked: Asked) -> Answer:
    """Answer with one callable time set."""
    return _one_of(TIME_SETS, asked.path["callableTimeSetId"])


def list_rules(asked: Asked) -> Answer:
    """Answer with a page of campaign rules."""
    return page_of(asked, listed(asked, list(RULES)))


def read_rule(asked: Asked) -> Answer:
    """Answer with one campaign rule."""
    return _one_of(RULES, asked.path["campaignRuleId"])


def _one_of(documents: tuple[JsonObject, ...], wanted: str) -> JsonObject:
    for document in documents:
        if document["id"] == wanted:
            return document
    raise Refusal(404, "not.found", f"There is nothing with the id {wanted}.")


HANDLERS: Final[dict[str, Handler]] = {
    "get_outbound_campaigns": list_campaigns,
    "post_outbound_campaigns": create_campaign,
    "get_outbound_campaign": read_campaign,
    "put_outbound_campaign": replace_campaign,
    "patch_outbound_campaign": patch_campaign,
    "delete_outbound_campaign": delete_campaign,
    "post_outbound_campaign_start": start_campaign,
    "post_outbound_campaign_stop": stop_campaign,
    "get_outbound_schedules_campaigns": list_schedules,
    "get_outbound_schedules_campaign": read_schedule,
    "put_outbound_schedules_campaign": write_schedule,
    "delete_outbound_schedules_campaign": delete_schedule,
    "get_outbound_settings": read_settings,
    "get_outbound_callabletimesets": list_time_sets,
    "get_outbound_callabletimeset": read_time_set,
    "get_outbound_campaignrules": list_rules,
    "get_outbound_campaignrule": read_rule,
}

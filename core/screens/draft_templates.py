"""The campaigns that a draft may copy, where a tenant's drafts are copies."""

from collections.abc import Mapping

from core.screens.context import Context
from core.screens.names import campaign_names
from core.screens.recent import Recent

UNCHOSEN = "Choose the campaign to copy: the draft takes its list, script and caller from there."


def templates(context: Context, recent: Recent) -> Mapping[str, str]:
    """Return the campaigns that a draft may copy, id to name; none where drafts are no copies.

    A campaign that is complete dials no more and is as good to copy as any.
    """
    if not context.drafting.needs_template:
        return {}
    reading = recent.read("campaigns", context.directory.campaigns)
    listed = reading.value.items if reading.value else campaign_names(context, recent).campaigns
    names = {str(each.campaign_id): each.name for each in listed}
    return {"": "Choose the campaign to copy", **names}

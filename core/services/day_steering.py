"""What a plan of a day is held against before each hour, and how the rest is planned anew."""

from dataclasses import dataclass

from core.campaigns import CampaignSnapshot
from core.charts.numbers import calls_per_agent, share
from core.documents import JsonObject, value_at
from core.pacing.fields import ABANDON_FIELD
from core.pacing.recommend import COMPLIANT
from core.pacing.stepping import CALLS_FIELD
from core.services.recommend import Recommending
from core.workflow.day_plan import Slot
from core.workflow.proposal import Proposal

PERCENT_TOLERANCE = 0.005
"""The platform keeps two decimals of a per cent."""


@dataclass(frozen=True, slots=True)
class DaySteering:
    """Judges and renews the hours of a plan of a day.

    Parameters
    ----------
    recommending : Recommending
        Limits in force, and recommendations from what came so far.
    """

    recommending: Recommending

    def forbids(self, current: CampaignSnapshot, fields: JsonObject) -> str:
        """Return why a limit in force forbids fields on a campaign; empty where none does.

        The limits may have been tightened since the day was approved.
        """
        limits = self.recommending.guardrails(self.recommending.tenant.outbound_settings())
        if limits.is_frozen:
            return "Pacing is frozen: nothing is pushed until DIALCAST_PACING_FREEZE is lifted."
        calls, percent = fields.get(CALLS_FIELD), fields.get(ABANDON_FIELD)
        if isinstance(calls, int | float) and calls > limits.calls_ceiling:
            return (
                f"{calls_per_agent(calls)} calls per agent are above the ceiling in force,"
                f" {calls_per_agent(limits.calls_ceiling)}."
            )
        highest = limits.limit * 100 + PERCENT_TOLERANCE
        if isinstance(percent, int | float) and percent > highest:
            return (
                f"An abandon target of {share(percent / 100)} is above the limit in force,"
                f" {share(limits.limit)}."
            )
        mode = current.document.get("dialingMode")
        if isinstance(mode, str) and mode.lower() not in ("power", "predictive"):
            return f"The campaign dials in mode {mode}, which takes no calls per agent."
        return ""

    def plan_anew(self, proposal: Proposal, slot: Slot) -> JsonObject | None:  # noqa: ARG002
        """Return what the present forecast and the day so far would set; None where nothing.

        The slot is the one at hand: a recommendation begins with the present.
        """
        campaign_id = proposal.plan.target_id
        document = proposal.plan.base.document if proposal.plan.base else {}
        queue_id = value_at(document, "queue.id")
        if not isinstance(queue_id, str):
            return None
        advice = self.recommending.pacing(campaign_id, queue_id, COMPLIANT, is_watched=True)
        return advice.recommendation.push or None

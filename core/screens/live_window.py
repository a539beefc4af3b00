"""What the limit counts over while a campaign runs, and who set its pace last.

A limit's window may be longer than a day. The days before today are read once an hour; where the
tenant does not tell them, today alone is counted, and said to be.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from core.charts.numbers import calls_per_agent
from core.charts.picture import Look
from core.dialler import CampaignRule, rules_writing
from core.pacing.allowance import Allowance
from core.pacing.guardrails import Guardrails
from core.pacing.regime import Window
from core.pacing.seen_day import window_start
from core.pacing.stepping import CALLS_FIELD, calls_in
from core.permissions import Need
from core.screens.context import Context
from core.screens.recent import Reading, Recent
from core.services.live import CampaignToday
from core.units import CampaignId
from core.workflow.plan import PlanKind
from core.workflow.proposal import Proposal, ProposalState

BEFORE_TODAY = timedelta(hours=1)
"""How long what came before today is taken as it is."""
SAME = 0.005
SPANS = {
    Window.DAY: "today",
    Window.THIRTY_DAYS: "in 30 days",
    Window.MONTH: "this month",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What a limit counts.

    Parameters
    ----------
    allowance : Allowance
        Over the window.
    span : str
        Which window, for the end of a sentence.
    note : str
        What is missing of it; empty where nothing is.
    """

    allowance: Allowance
    span: str
    note: str = ""


def counted_over(
    context: Context, recent: Recent, today: CampaignToday, limits: Guardrails, look: Look
) -> Counted | None:
    """Return the allowance of the limit's window; None where the tenant tells no abandoned calls.

    Parameters
    ----------
    context : Context
        What is looked through.
    recent : Recent
        Keeps what the tenant told a moment ago.
    today : CampaignToday
        As just read.
    limits : Guardrails
        In force.
    look : Look
        Tells the zone.
    """
    if today.live_answers is None or today.abandoned is None:
        return None
    own = Allowance(limits.limit, today.live_answers, today.abandoned)
    window = limits.regime.window
    if window is Window.DAY:
        return Counted(own, SPANS[Window.DAY])
    start = window_start(window, today.read_at, today.since, look.zone)
    if start >= today.since:
        return Counted(own, SPANS[window])
    before = _before_today(context, recent, today, start)
    if before is None:
        note = f" · the limit counts per {window.value}; the days before are not told"
        return Counted(own, SPANS[Window.DAY], note)
    live, lost = float(before["live"].sum()), float(before["abandoned"].sum())
    return Counted(Allowance(limits.limit, own.live + live, own.abandoned + lost), SPANS[window])


def last_change(context: Context, recent: Recent, today: CampaignToday) -> str:
    """Return that the pace is not the one pushed last, and what may have set it; empty otherwise.

    Whether a rule did it, or a person, is told by the tenant's own audit alone.
    """
    pushed = _last_push(context, today.campaign_id)
    wanted = calls_in(pushed.plan.payload) if pushed else None
    now = today.calls_per_agent_set
    if pushed is None or wanted is None or now is None or abs(wanted - now) < SAME:
        return ""
    campaign = CampaignId(today.campaign_id)
    reading: Reading[tuple[CampaignRule, ...]] = recent.read(
        ("rules", campaign), lambda: context.tenant.campaign_rules(campaign)
    )
    rules = rules_writing(reading.value or (), campaign, (CALLS_FIELD,))
    named = " or ".join(f"the campaign rule “{rule.name}”" for rule in rules)
    who = f"{named}, or somebody else," if rules else "somebody else"
    if not rules and (lack := context.tenant.lacking(Need.RULES)):
        who = f"a campaign rule (rules {lack.words}) or somebody else"
    return f"{pushed.proposal_id} set {calls_per_agent(wanted)}: {who} changed it since"


def _before_today(
    context: Context, recent: Recent, today: CampaignToday, start: datetime
) -> pd.DataFrame | None:
    campaign = CampaignId(today.campaign_id)
    reading: Reading[pd.DataFrame | None] = recent.read(
        ("window", campaign, today.since),
        lambda: context.tenant.campaign_day(campaign, start, today.since),
        fresh_for=BEFORE_TODAY,
    )
    told = reading.value
    # Without a row nobody knows whether nothing was dialled or nothing was told.
    return None if told is None or told.empty else told


def _last_push(context: Context, campaign_id: str) -> Proposal | None:
    with context.unit_of_work() as work:
        pushed = work.proposals.all((ProposalState.VERIFIED, ProposalState.DRIFTED))
    own = (
        each
        for each in pushed
        if each.plan.kind is PlanKind.PACING and each.plan.target_id == campaign_id
    )
    return max(
        (each for each in own if each.push and each.push.finished_at),
        key=lambda each: (each.push.finished_at if each.push else None) or each.created_at,
        default=None,
    )

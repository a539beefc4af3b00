"""Store a proposal: a pacing change, or a campaign draft. Nothing is sent to the tenant."""

from argparse import Namespace

from core.cli.connection import CAMPAIGN, QUEUE, SKILL, connected
from core.cli.exit_codes import DONE
from core.cli.output import note
from core.cli.proposal_text import tell_proposal
from core.cli.tenant_pacing import advise, ensure_forecast
from core.forecasting.forecast import SeriesKind
from core.services.plan import plan_campaign, plan_pacing


def pacing(arguments: Namespace) -> int:
    """Propose the pacing that the policy recommends for a campaign."""
    with connected(arguments, CAMPAIGN, SKILL) as services:
        services.people.person(arguments.person)
        advice = advise(services, arguments)
        for warning in advice.recommendation.warnings:
            note(warning)
        plan = plan_pacing(advice, services.clock)
        proposal = services.submit.submit(plan, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE


def campaign(arguments: Namespace) -> int:
    """Propose a campaign draft for the low-volume windows of a queue."""
    with connected(arguments, QUEUE) as services:
        services.people.person(arguments.person)
        queue_id = QUEUE.of(arguments, services.settings)
        ensure_forecast(services, SeriesKind.VOLUME, queue_id)
        draft = services.recommending.draft(queue_id, name=arguments.name)
        forecast = services.recommending.stored_forecast(SeriesKind.VOLUME, queue_id)
        for warning in dict.fromkeys((*forecast.warnings, *draft.warnings)):
            note(warning)
        plan = plan_campaign(draft, forecast, services.clock.now())
        proposal = services.submit.submit(plan, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE

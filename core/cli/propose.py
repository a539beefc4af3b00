"""Store a proposal: a pacing change, or a campaign draft. Nothing is sent to the tenant."""

from argparse import Namespace

from core.bootstrap import Services
from core.cli.connection import CAMPAIGN, QUEUE, SKILL, connected
from core.cli.exit_codes import DONE
from core.cli.output import note
from core.cli.proposal_text import tell_proposal
from core.cli.tenant_pacing import advise, ensure_forecast
from core.errors import UsageError
from core.forecasting.forecast import SeriesKind
from core.services.day_planning import plan_day, usual_bounds
from core.services.plan import plan_campaign, plan_pacing
from core.services.recommend import PacingAdvice
from core.services.scheduling import plan_schedule
from core.workflow.day_plan import Replanning
from core.workflow.plan import Plan


def pacing(arguments: Namespace) -> int:
    """Propose the pacing that the policy recommends for a campaign."""
    if arguments.replan_every and not arguments.is_day:
        raise UsageError("--replan-every goes with --day.", "Give both, or neither.")
    with connected(arguments, CAMPAIGN, SKILL) as services:
        services.people.person(arguments.person)
        advice = advise(services, arguments)
        for warning in (*advice.recommendation.warnings, *advice.staffing.notes):
            note(warning)
        plan = _plan(services, arguments, advice)
        proposal = services.submit.submit(plan, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE


def _plan(services: Services, arguments: Namespace, advice: PacingAdvice) -> Plan:
    if not arguments.is_day:
        return plan_pacing(advice, services.clock)
    again = None
    if arguments.replan_every:
        again = Replanning(arguments.replan_every, usual_bounds(advice, services.clock))
    return plan_day(advice, services.clock, services.settings.time_zone, again)


def campaign(arguments: Namespace) -> int:
    """Propose a campaign draft for the low-volume windows of a queue."""
    with connected(arguments, QUEUE) as services:
        services.people.person(arguments.person)
        queue_id = QUEUE.of(arguments, services.settings)
        ensure_forecast(services, SeriesKind.VOLUME, queue_id)
        draft = services.drafting.draft(
            queue_id, name=arguments.name, template_id=arguments.template
        )
        for warning in draft.warnings:
            note(warning)
        plan = plan_campaign(draft, services.clock.now(), services.settings.abandon_cap)
        proposal = services.submit.submit(plan, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE


def schedule(arguments: Namespace) -> int:
    """Propose the schedule of a draft that was created without one."""
    with connected(arguments) as services:
        services.people.person(arguments.person)
        plan = plan_schedule(
            services.unit_of_work, services.tenant, services.clock, arguments.proposal
        )
        proposal = services.submit.submit(plan, arguments.person, arguments.reason)
        tell_proposal(arguments, services, proposal)
    return DONE

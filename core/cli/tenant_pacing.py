"""Pacing and drafts from the tenant: on a forecast that has seen the last full hour."""

from argparse import Namespace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.bootstrap import Services
from core.cli.connection import CAMPAIGN, SKILL, connected
from core.cli.output import note
from core.cli.tenant_forecast import names_of
from core.clock import hour_start
from core.errors import SettingsError
from core.forecasting.forecast import SeriesKind
from core.pacing.recommend import check_policy
from core.services.forecast import ForecastOrder
from core.services.recommend import PacingAdvice, TimingGiven


def recommend_from_tenant(arguments: Namespace) -> tuple[PacingAdvice, ZoneInfo]:
    """Return the advice on a campaign, and the zone of the centre's clock."""
    with connected(arguments, CAMPAIGN, SKILL) as services:
        return advise(services, arguments), services.settings.time_zone


def advise(services: Services, arguments: Namespace) -> PacingAdvice:
    """Return the recommendation for a campaign with what it was made from."""
    if arguments.policy is not None:
        check_policy(arguments.policy)
    campaign_id = CAMPAIGN.of(arguments, services.settings)
    ensure_forecast(services, SeriesKind.ANSWER_RATE, campaign_id)
    skill_id = skill_of(services, arguments, campaign_id)
    timing = TimingGiven(arguments.aht, arguments.line_seconds)
    return services.recommending.pacing(campaign_id, skill_id, arguments.policy, timing=timing)


def skill_of(services: Services, arguments: Namespace, campaign_id: str) -> str:
    """Return whose schedule serves a campaign: as chosen, else as its campaign tells.

    Raises
    ------
    SettingsError
        If neither tells it.
    """
    chosen = arguments.skill or services.settings.skill_id
    if chosen:
        return str(chosen)
    listed = services.directory.campaigns().items
    campaign = next((each for each in listed if each.campaign_id == campaign_id), None)
    told = campaign and (campaign.skill_id or campaign.queue_id)
    if not told:
        raise SettingsError(
            f"Whose schedule serves campaign {campaign_id} is not known.",
            f"Give {SKILL.option}, or set {SKILL.variable}.",
        )
    return str(told)


def ensure_forecast(services: Services, kind: SeriesKind, series_id: str) -> None:
    """Make a forecast of a series where none that is stored has seen the last full hour."""
    with services.unit_of_work() as work:
        newest = work.forecasts.latest(kind, series_id)
    last_full_hour = hour_start(services.clock.now()) - timedelta(hours=1)
    if newest is not None and newest.cutoff >= last_full_hour:
        return
    note(f"forecasting {series_id}")
    name = names_of(services, kind).get(series_id, series_id)
    services.forecasting.run(ForecastOrder(kind, series_id, name))

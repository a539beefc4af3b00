"""Pacing and drafts from the tenant: on a forecast that has seen the last full hour."""

from argparse import Namespace
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.bootstrap import Services
from core.cli.connection import CAMPAIGN, SKILL, connected
from core.cli.output import note
from core.cli.tenant_forecast import names_of
from core.clock import hour_start
from core.forecasting.forecast import SeriesKind
from core.pacing.recommendation import Recommendation
from core.services.forecast import ForecastOrder
from core.services.recommend import PacingAdvice, check_policy


def recommend_from_tenant(arguments: Namespace) -> tuple[Recommendation, ZoneInfo]:
    """Return the recommendation for a campaign, and the zone of the centre's clock."""
    with connected(arguments, CAMPAIGN, SKILL) as services:
        return advise(services, arguments).recommendation, services.settings.time_zone


def advise(services: Services, arguments: Namespace) -> PacingAdvice:
    """Return the recommendation for a campaign with what it was made from."""
    check_policy(arguments.policy)
    campaign_id = CAMPAIGN.of(arguments, services.settings)
    ensure_forecast(services, SeriesKind.ANSWER_RATE, campaign_id)
    skill_id = SKILL.of(arguments, services.settings)
    return services.recommending.pacing(campaign_id, skill_id, arguments.policy)


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

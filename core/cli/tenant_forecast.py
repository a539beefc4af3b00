"""Forecasts of a tenant's series; each is stored, so that pages show the same one."""

from argparse import Namespace
from collections.abc import Mapping
from functools import partial
from zoneinfo import ZoneInfo

from core.bootstrap import Services
from core.cli.connection import CAMPAIGN, QUEUE, connected
from core.cli.series import Harvest, attempt, harvest
from core.errors import AuthenticationFailed, TenantRefused, UsageError
from core.forecasting.adjustments import Adjustment
from core.forecasting.forecast import Forecast, SeriesKind
from core.services.forecast import ForecastOrder

Laid = Mapping[str, tuple[Adjustment, ...]]
"""A forecast's id to what people laid over its series."""


def forecast_tenant(
    arguments: Namespace, kind: SeriesKind
) -> tuple[Harvest[Forecast], ZoneInfo, Laid]:
    """Return a stored forecast of each series that is chosen, and what its document tells beside.

    That is the zone of the centre's clock, and what people laid over each forecast.

    Raises
    ------
    SettingsError
        If nothing is chosen, by option or setting.
    TenantError
        If the tenant does not answer or does not know us.
    """
    is_rate = kind is SeriesKind.ANSWER_RATE
    given = is_rate or arguments.queues or arguments.every_queue
    choices = [CAMPAIGN] if is_rate else [] if given else [QUEUE]
    with connected(arguments, *choices) as services:
        orders = [
            ForecastOrder(
                kind,
                series_id,
                name,
                method=arguments.method,
                days=arguments.days,
                horizon=arguments.horizon,
                level=arguments.level,
                weekly=getattr(arguments, "weekly", True),
                daily=getattr(arguments, "daily", True),
            )
            for series_id, name in _chosen_series(services, arguments, kind).items()
        ]
        run = services.forecasting.run_on_stored
        ids = [each.series_id for each in orders]
        unread = services.history.refresh_many(kind, ids, arguments.days).refused
        outcomes = (
            unread[each.series_id] if each.series_id in unread else attempt(partial(run, each))
            for each in orders
        )
        harvested = harvest(ids, outcomes)
        laid = {
            made.forecast_id: services.adjusting.of_series(kind, made.series_id)
            for made in harvested.made
        }
        return harvested, services.settings.time_zone, laid


def _chosen_series(services: Services, arguments: Namespace, kind: SeriesKind) -> dict[str, str]:
    if kind is SeriesKind.VOLUME and arguments.every_queue:
        every = {str(each.queue_id): each.name for each in services.tenant.queues()}
        if not every:
            raise UsageError("The tenant tells of no queue.", "Name one with --queue.")
        return every
    if kind is SeriesKind.ANSWER_RATE:
        series_ids = [CAMPAIGN.of(arguments, services.settings)]
    else:
        series_ids = arguments.queues or [QUEUE.of(arguments, services.settings)]
    names = names_of(services, kind)
    return {series_id: names.get(series_id, series_id) for series_id in series_ids}


def names_of(services: Services, kind: SeriesKind) -> dict[str, str]:
    """Return ids and names of the tenant's series; empty where it does not list them."""
    try:
        if kind is SeriesKind.ANSWER_RATE:
            return {each.campaign_id: each.name for each in services.tenant.campaigns()}
        return {each.queue_id: each.name for each in services.tenant.queues()}
    except AuthenticationFailed:
        raise
    except TenantRefused:
        return {}

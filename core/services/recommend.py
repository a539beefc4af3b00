"""Advice from stored forecasts and the schedule; nothing is stored or sent by asking for it."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, count

import pandas as pd

from core.campaigns import CampaignSnapshot
from core.clock import Clock, hour_start
from core.errors import DataError, RecordNotFound, SettingsError, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.calendar import CallableHours, zone_named
from core.pacing.draft import DEFAULT_DRAFT_NAME, draft_campaign
from core.pacing.max_offers import MaxOffers, max_offers_from_history
from core.pacing.recommendation import CampaignDraft, Recommendation
from core.pacing.tutorial import POLICIES, recommend_pacing
from core.pacing.windows import low_volume_windows
from core.ports import Tenant, UnitOfWorkFactory
from core.services.history import History
from core.units import CampaignId, SkillId


@dataclass(frozen=True, slots=True)
class PacingAdvice:
    """A recommendation with what it was made from."""

    recommendation: Recommendation
    forecast: Forecast
    capacity: pd.DataFrame
    snapshot: CampaignSnapshot


@dataclass(frozen=True, slots=True)
class Recommending:
    """Makes recommendations and campaign drafts.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store, for forecasts.
    tenant : Tenant
        Read only: schedule and campaign.
    history : History
        Tells the offered calls that stand for full use of the agents.
    clock : Clock
        Tells which hours are ahead.
    abandon_cap : float
        Highest abandon rate that a proposal may aim at, a share.
    callable_hours : CallableHours
        When contacts may be called.
    organisation : str or None
        Named in a campaign draft; None to ask the tenant.
    """

    unit_of_work: UnitOfWorkFactory
    tenant: Tenant
    history: History
    clock: Clock
    abandon_cap: float
    callable_hours: CallableHours
    organisation: str | None

    def pacing(self, campaign_id: str, skill_id: str, policy: str = "tutorial") -> PacingAdvice:
        """Return the recommendation for a campaign, from its newest stored forecast.

        Raises
        ------
        RecordNotFound
            If no forecast of the campaign is stored; says how to make one.
        UsageError
            If there is no such policy.
        TenantError
            If schedule or campaign cannot be read.
        """
        check_policy(policy)
        forecast = self.stored_forecast(SeriesKind.ANSWER_RATE, campaign_id)
        snapshot = self.tenant.read_campaign(CampaignId(campaign_id))
        first = forecast.rows["ds"].min().to_pydatetime()
        last = forecast.rows["ds"].max().to_pydatetime()
        capacity = self.tenant.agents_scheduled(SkillId(skill_id), first, last + timedelta(hours=1))
        recommendation = recommend_pacing(
            forecast,
            capacity,
            policy=policy,
            campaign_id=campaign_id,
            current=snapshot.document,
            max_offers=self._max_offers(campaign_id),
            abandon_cap=self.abandon_cap,
            generated_at=self.clock.now(),
        )
        return PacingAdvice(recommendation, forecast, capacity, snapshot)

    def draft(
        self, queue_id: str, *, name: str | None = None, max_calls_per_hour: int = 50
    ) -> CampaignDraft:
        """Return a campaign draft for the low-volume windows of a queue.

        Raises
        ------
        RecordNotFound
            If no forecast of the queue is stored; says how to make one.
        DataError
            If no window is left in it.
        SettingsError
            If neither settings nor tenant tell the organisation.
        """
        forecast = self.stored_forecast(SeriesKind.VOLUME, queue_id)
        windows, threshold = low_volume_windows(
            forecast.rows, now=self.clock.now(), is_callable=self.callable_hours.is_callable
        )
        return draft_campaign(
            forecast,
            windows,
            queue_id=queue_id,
            organisation=self._organisation(),
            name=name or self._free_name(forecast),
            max_calls_per_hour=max_calls_per_hour,
            threshold=threshold,
        )

    def stored_forecast(self, kind: SeriesKind, series_id: str) -> Forecast:
        """Return the newest stored forecast of a series; `RecordNotFound` where there is none."""
        with self.unit_of_work() as work:
            forecast = work.forecasts.latest(kind, series_id)
        if forecast is None:
            raise RecordNotFound(
                f"There is no stored {kind.value} forecast of {series_id}.",
                "Make one first: `dialcast forecast`, or the button Forecast on its page.",
            )
        return forecast

    def _max_offers(self, campaign_id: str) -> MaxOffers:
        try:
            history = self.history.stored(SeriesKind.ANSWER_RATE, campaign_id)
        except DataError:
            history = None
        return max_offers_from_history(history)

    def _organisation(self) -> str:
        organisation = self.organisation or self.tenant.organisation().organisation_id
        if not organisation:
            raise SettingsError(
                "Not set: GENESYS_ENVIRONMENT, the organisation that a campaign draft names.",
                "Set it to the organisation's name in the tenant.",
            )
        return organisation

    def _free_name(self, forecast: Forecast) -> str:
        """The tutorial's name, made unique where the tenant has a campaign of that name."""
        if not self.tenant.find_campaigns(DEFAULT_DRAFT_NAME):
            return DEFAULT_DRAFT_NAME
        day = hour_start(self.clock.now()).astimezone(zone_named(self.history.centre.time_zone))
        name = f"{DEFAULT_DRAFT_NAME}, {forecast.series_name}, {day:%Y-%m-%d %H}h"
        numbered = chain([name], (f"{name} ({number})" for number in count(2)))
        return next(free for free in numbered if not self.tenant.find_campaigns(free))


def check_policy(policy: str) -> None:
    """Raise `UsageError` where there is no such policy."""
    if policy not in POLICIES:
        raise UsageError(
            f"There is no policy {policy!r} in this release.",
            f"Choose one of: {', '.join(POLICIES)}.",
        )

"""Advice from stored forecasts and the schedule; nothing is stored or sent by asking for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.campaigns import CampaignSnapshot
from core.clock import Clock, hour_start
from core.dialler import CampaignRule, OutboundSettings
from core.documents import value_at
from core.errors import DataError, RecordNotFound
from core.forecasting.adjustments import adjusted_forecast
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.calendar import zone_named
from core.pacing.guardrails import HIGHEST_CEILING, Guardrails, guardrails_named
from core.pacing.max_offers import MaxOffers, max_offers_from_history
from core.pacing.observed import OBSERVED, Observed, observed_in
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import check_policy, recommend_pacing, usual_policy
from core.pacing.recommendation import Recommendation
from core.pacing.regime import REGIMES
from core.pacing.seen_day import midnight_of, window_start
from core.pacing.timing import CAUTIOUS_LINE_ORIGIN, CAUTIOUS_LINE_SECONDS, DialTiming
from core.permissions import Lack, Need
from core.ports import Tenant, UnitOfWorkFactory
from core.services.history import History
from core.services.permission import lacks_of
from core.setting_source import PacingPolicySettings
from core.staffing import Capacity, with_hours_by_hand
from core.units import CampaignId, QueueId, SkillId


@dataclass(frozen=True, slots=True)
class PacingAdvice:
    """A recommendation with what it was made from, and what else bounds or steers the campaign.

    `lacks` tells what of it is not known because it may not be read.
    """

    recommendation: Recommendation
    forecast: Forecast
    staffing: Capacity
    snapshot: CampaignSnapshot
    order: PacingOrder
    rules: tuple[CampaignRule, ...] = ()
    settings: OutboundSettings | None = None
    lacks: Mapping[Need, Lack] = field(default_factory=dict)


HANDLE_TIME_SPAN = timedelta(days=14)
SHORTEST_RINGING, LONGEST_RINGING = 3.0, 60.0
"""Between these an attempt holds a line, answered or not. Unit: seconds."""


@dataclass(frozen=True, slots=True)
class TimingGiven:
    """Handle and line time as somebody told them; None where nobody did. Unit: seconds."""

    handle_seconds: float | None = None
    line_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Recommending:
    """Makes recommendations.

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
    limits : PacingPolicySettings
        The other limits of pacing.
    fields : TenantFields
        Which fields of a campaign steer its pacing.
    """

    unit_of_work: UnitOfWorkFactory
    tenant: Tenant
    history: History
    clock: Clock
    abandon_cap: float
    limits: PacingPolicySettings = field(default_factory=PacingPolicySettings)
    fields: TenantFields = TenantFields.TUTORIAL

    def pacing(
        self,
        campaign_id: str,
        skill_id: str,
        policy: str | None = None,
        *,
        timing: TimingGiven | None = None,
        is_watched: bool = False,
    ) -> PacingAdvice:
        """Return the recommendation for a campaign, from its newest stored forecast.

        Parameters
        ----------
        campaign_id, skill_id : str
            Which campaign, and whose schedule serves it.
        policy : str, optional
            By default the one that suits the tenant's fields.
        timing : TimingGiven, optional
            Handle and line time as somebody told them; else they are measured where the tenant
            tells.
        is_watched : bool
            Whether the plan is made anew after each interval.

        Raises
        ------
        RecordNotFound
            If no forecast of the campaign is stored; says how to make one.
        UsageError
            If there is no such policy, or it plans with a handle time that nobody tells.
        TenantError
            If schedule or campaign cannot be read.
        """
        policy = policy or usual_policy(self.fields)
        check_policy(policy)
        forecast = self.stored_forecast(SeriesKind.ANSWER_RATE, campaign_id)
        snapshot = self.tenant.read_campaign(CampaignId(campaign_id))
        first = forecast.rows["ds"].min().to_pydatetime()
        last = forecast.rows["ds"].max().to_pydatetime()
        staffing = self._staffing(SkillId(skill_id), first, last + timedelta(hours=1))
        settings = self.tenant.outbound_settings()
        now = self.clock.now()
        order = PacingOrder(
            policy=policy,
            campaign_id=campaign_id,
            generated_at=now,
            max_offers=self._max_offers(campaign_id),
            guardrails=self.guardrails(settings),
            timing=self._timing(snapshot, timing or TimingGiven()),
            observed=self._observed(campaign_id, now),
            is_watched=is_watched,
            starts_at=now,
            zone=zone_named(self.history.centre.time_zone),
            current=snapshot.document,
            fields=self.fields,
        )
        rules = self.tenant.campaign_rules(CampaignId(campaign_id))
        told = {Need.RULES: rules, Need.SETTINGS: settings, Need.DAY: order.observed}
        return PacingAdvice(
            recommend_pacing(forecast, staffing.frame, order),
            forecast,
            staffing,
            snapshot,
            order,
            rules,
            settings,
            lacks_of(self.tenant, told),
        )

    def _staffing(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents ahead; what people entered by hand stands in the schedule's place."""
        with self.unit_of_work() as work:
            told = work.capacity.told(skill_id, start, end)
        return with_hours_by_hand(self.tenant.agents_scheduled(skill_id, start, end), told)

    def guardrails(self, settings: OutboundSettings | None) -> Guardrails:
        """Return the limits in force: the operator's, the regime's and the organisation's."""
        told = (settings.calls_per_agent_ceiling, settings.calls_per_agent) if settings else ()
        ceilings = [HIGHEST_CEILING, self.limits.calls_ceiling, *(each for each in told if each)]
        return guardrails_named(
            self.limits.regime,
            abandon_cap=self.abandon_cap,
            calls_ceiling=max(1.0, min(ceilings)),
            largest_step=self.limits.largest_step,
            least_live_answers=self.limits.least_live_answers,
            is_frozen=self.limits.is_frozen,
            false_positive_share=self.limits.false_positive_share,
            counts_all_calls=settings.counts_all_calls if settings else None,
        )

    def _timing(self, snapshot: CampaignSnapshot, given: TimingGiven) -> DialTiming | None:
        """Return how long calls hold agents and lines: as given, else as the tenant measured it."""
        handle, origin = given.handle_seconds, "as given"
        queue_id = value_at(snapshot.document, "queue.id")
        if handle is None and isinstance(queue_id, str):
            end = hour_start(self.clock.now())
            start = end - HANDLE_TIME_SPAN
            taken = self.tenant.handle_times([QueueId(queue_id)], start, end).get(QueueId(queue_id))
            handle = taken.mean_seconds if taken else None
            origin = (
                f"mean of the calls dialled to its queue in the last {HANDLE_TIME_SPAN.days} days"
            )
        if handle is None:
            return None
        if given.line_seconds is not None:
            return DialTiming(handle, origin, given.line_seconds, "as given")
        return DialTiming(handle, origin, *self._line_seconds(snapshot.campaign_id))

    def _line_seconds(self, campaign_id: CampaignId) -> tuple[float, str]:
        """Return how long an attempt holds a line, and how that is known."""
        end = hour_start(self.clock.now())
        start = end - HANDLE_TIME_SPAN
        taken = self.tenant.line_times([campaign_id], start, end).get(campaign_id)
        seconds = taken.mean_seconds if taken else None
        # What exactly the tenant measures is not written anywhere: a time that no ringing takes
        # is something else.
        if seconds is None or not SHORTEST_RINGING <= seconds <= LONGEST_RINGING:
            return CAUTIOUS_LINE_SECONDS, CAUTIOUS_LINE_ORIGIN
        return seconds, f"mean of the campaign's attempts in the last {HANDLE_TIME_SPAN.days} days"

    def _observed(self, campaign_id: str, now: datetime) -> Observed | None:
        zone = zone_named(self.history.centre.time_zone)
        midnight = midnight_of(now, zone)
        since = window_start(REGIMES[self.limits.regime].window, now, midnight, zone)
        hours = self.tenant.campaign_day(CampaignId(campaign_id), since, now)
        if hours is None:
            return None
        # A call placed before the hour and answered after it counts in two hours.
        live = hours["live"].clip(lower=hours["abandoned"])
        attempts = hours["attempts"].clip(lower=live)
        known = hours.assign(live=live, attempts=attempts, callsPerAgent=float("nan"))
        return observed_in(known[list(OBSERVED.columns)], until=now)

    def stored_forecast(self, kind: SeriesKind, series_id: str) -> Forecast:
        """Return the newest stored forecast of a series, with what people laid over it.

        Planning uses the adjusted line, and the forecast's warnings say so; the stored forecast
        stays as the model made it. `RecordNotFound` where there is none.
        """
        with self.unit_of_work() as work:
            forecast = work.forecasts.latest(kind, series_id)
            adjustments = work.adjustments.of_series(kind, series_id)
        if forecast is None:
            raise RecordNotFound(
                f"There is no stored {kind.value} forecast of {series_id}.",
                "Make one first: `dialcast forecast`, or the button Forecast on its page.",
            )
        return adjusted_forecast(forecast, adjustments)

    def _max_offers(self, campaign_id: str) -> MaxOffers:
        try:
            history = self.history.stored(SeriesKind.ANSWER_RATE, campaign_id)
        except DataError:
            history = None
        return max_offers_from_history(history)

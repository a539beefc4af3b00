"""Campaign drafts for the low-volume windows of a queue; nothing is stored or sent by asking."""

from dataclasses import dataclass, replace
from itertools import chain, count

from core.campaigns import CampaignSnapshot
from core.clock import Clock, hour_start
from core.documents import ABSENT, value_at
from core.errors import SettingsError, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.calendar import CallableHours, zone_named
from core.pacing.draft import DEFAULT_CALLS_PER_HOUR, DEFAULT_DRAFT_NAME, draft_campaign
from core.pacing.platform_draft import LONGEST_NAME, draft_from_template
from core.pacing.recommendation import CampaignDraft
from core.pacing.windows import LowVolume, low_volume_windows
from core.permissions import Lack, Need
from core.ports import Tenant
from core.services.callable_times import Callable
from core.services.recommend import Recommending
from core.units import CampaignId


@dataclass(frozen=True, slots=True)
class Drafting:
    """Makes campaign drafts.

    Parameters
    ----------
    recommending : Recommending
        Has the stored forecasts.
    tenant : Tenant
        Read only: the template, its callable times, names that are taken.
    clock : Clock
        Tells which hours are ahead.
    time_zone : str
        Of the centre, for names.
    callable_hours : CallableHours
        When contacts may be called, where no template tells.
    organisation : str or None
        Named in a draft without a template; None to ask the tenant.
    """

    recommending: Recommending
    tenant: Tenant
    clock: Clock
    time_zone: str
    callable_hours: CallableHours
    organisation: str | None

    @property
    def needs_template(self) -> bool:
        """Whether this tenant's drafts are copies of a campaign that exists."""
        return self.tenant.copies_drafts

    def draft(
        self,
        queue_id: str,
        *,
        name: str | None = None,
        max_calls_per_hour: int = DEFAULT_CALLS_PER_HOUR,
        template_id: str | None = None,
    ) -> CampaignDraft:
        """Return a campaign draft for the low-volume windows of a queue.

        Parameters
        ----------
        queue_id : str
            The queue.
        name : str, optional
            Of the campaign; a free one by default.
        max_calls_per_hour : int
            Where the tenant has such a cap. Unit: calls an hour.
        template_id : str, optional
            The campaign to copy, where drafts are copies.

        Raises
        ------
        RecordNotFound
            If no forecast of the queue is stored; says how to make one.
        DataError
            If no window is left in it.
        UsageError
            If a template is needed and none is named, or it cannot be copied.
        SettingsError
            If neither settings nor tenant tell the organisation that a draft names.
        TenantError
            If the tenant cannot be read.
        """
        template = self._template(template_id)
        forecast = self.recommending.stored_forecast(SeriesKind.VOLUME, queue_id)
        windows, threshold = self.windows(forecast, self.callable(template))
        free = name or self._free_name(forecast)
        if template is not None:
            copied = draft_from_template(
                forecast, windows, template, queue_id=queue_id, threshold=threshold, name=free
            )
            return replace(copied, times_lack=self._times_lack(template))
        return draft_campaign(
            forecast,
            windows,
            queue_id=queue_id,
            organisation=self._organisation(),
            name=free,
            max_calls_per_hour=max_calls_per_hour,
            threshold=threshold,
        )

    def windows(self, forecast: Forecast, callable_time: Callable) -> LowVolume:
        """Return the low-volume windows of a forecast within callable time."""
        return low_volume_windows(
            forecast.rows, now=self.clock.now(), is_callable=callable_time.is_callable
        )

    def callable(self, template: CampaignSnapshot | None = None) -> Callable:
        """Return when contacts may be called: by the template's own times, else by the setting."""
        times = self.tenant.callable_times(template) if template else None
        if times:
            return Callable.of_times(times)
        hours = Callable.of_hours(self.callable_hours)
        lack = self._times_lack(template) if template else None
        if lack is None:
            return hours
        told = f"the callable hours of the setting, for those of the template {lack.words}"
        return replace(hours, told=told)

    def _times_lack(self, template: CampaignSnapshot) -> Lack | None:
        """Return what is missing to read the times that a campaign names; None where none are."""
        names_times = value_at(template.document, "callableTimeSet.id") not in (None, ABSENT)
        return self.tenant.lacking(Need.CALLABLE_TIMES) if names_times else None

    def _template(self, template_id: str | None) -> CampaignSnapshot | None:
        if not self.needs_template:
            return None
        if not template_id:
            raise UsageError(
                "A draft on this tenant is a copy of a campaign, and none is named.",
                "Choose a template; on the command line: --template CAMPAIGN.",
            )
        return self.tenant.read_campaign(CampaignId(template_id))

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
        day = f"{hour_start(self.clock.now()).astimezone(zone_named(self.time_zone)):%Y-%m-%d %H}h"
        longest = LONGEST_NAME - len(DEFAULT_DRAFT_NAME) - len(day) - len(", , ") - len(" (99)")
        name = f"{DEFAULT_DRAFT_NAME}, {forecast.series_name[:longest].strip()}, {day}"
        numbered = chain([name], (f"{name} ({number})" for number in count(2)))
        return next(free for free in numbered if not self.tenant.find_campaigns(free))

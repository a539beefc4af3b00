"""Campaigns and queues to choose from, without waiting long for a tenant that does not answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.campaigns import Campaign, Queue
from core.charts.times import clock_time, day, day_time
from core.forecasting.forecast import SeriesKind
from core.screens.context import Context
from core.screens.recent import Reading, Recent
from core.services.directory import Listing


@dataclass(frozen=True, slots=True)
class Names:
    """What there is, and whether the tenant told it just now.

    Parameters
    ----------
    options : mapping of str to str
        Id to name, in the tenant's order.
    campaigns : tuple of Campaign
        Where campaigns were asked for, drafts left out: they dial nobody yet.
    is_stale : bool
        Whether the tenant did not answer this time.
    answered_at : datetime or None
        When it last did; None where that is not known.
    """

    options: Mapping[str, str]
    campaigns: tuple[Campaign, ...] = ()
    is_stale: bool = False
    answered_at: datetime | None = None


def campaign_names(context: Context, recent: Recent) -> Names:
    """Return the campaigns of the tenant, or those with a stored forecast while it is down."""
    reading = recent.read("campaigns", context.directory.campaigns)
    if reading.value is None:
        return _from_store(context, SeriesKind.ANSWER_RATE)
    dialling = tuple(each for each in reading.value.items if each.is_at_work)
    options = {str(each.campaign_id): each.name for each in dialling}
    return Names(options, dialling, *_standing(reading))


def queue_names(context: Context, recent: Recent) -> Names:
    """Return the queues of the tenant, or those with a stored forecast while it is down.

    Queues into which nobody ever called, such as those that diallers fill, come last.
    """
    reading = recent.read("queues", context.directory.queues)
    if reading.value is None:
        return _from_store(context, SeriesKind.VOLUME)
    with context.unit_of_work() as work:
        quiet = work.history.without_records(SeriesKind.VOLUME)
    told = sorted(reading.value.items, key=lambda each: each.queue_id in quiet)
    options = {str(each.queue_id): each.name for each in told}
    return Names(options, (), *_standing(reading))


def stored_queues(context: Context) -> Names:
    """Return the queues with a stored forecast, for when the tenant is known not to answer."""
    return _from_store(context, SeriesKind.VOLUME)


def silence_of(names: Names, now: datetime, zone: ZoneInfo) -> str:
    """Return how long the tenant has not answered, as half a sentence; empty where it does.

    Examples
    --------
    >>> from datetime import UTC
    >>> eleven = datetime(2026, 11, 25, 10, 2, tzinfo=UTC)
    >>> silence_of(Names({}, (), True, eleven), eleven, ZoneInfo("Europe/Berlin"))
    'The tenant has not answered since 11:02'
    """
    if not names.is_stale:
        return ""
    if names.answered_at is None:
        return "The tenant does not answer"
    is_today = day(names.answered_at, zone) == day(now, zone)
    told = clock_time if is_today else day_time
    return f"The tenant has not answered since {told(names.answered_at, zone)}"


def _standing(
    reading: Reading[Listing[Campaign]] | Reading[Listing[Queue]],
) -> tuple[bool, datetime | None]:
    listing = reading.value
    is_stale = reading.trouble is not None or listing is None or bool(listing.trouble)
    return is_stale, listing.read_at if listing else None


def _from_store(context: Context, kind: SeriesKind) -> Names:
    with context.unit_of_work() as work:
        forecasts = work.forecasts.latest_of_all(kind)
    return Names({each.series_id: each.series_name for each in forecasts}, (), is_stale=True)

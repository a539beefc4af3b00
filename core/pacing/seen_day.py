"""What was seen of a day, put beside what its forecast and its schedule had told of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from statistics import median

from core.clock import hour_start
from core.errors import DataError
from core.pacing.answer_band import answer_band
from core.pacing.day_control import usual_conversations
from core.pacing.dialling_law import Team
from core.pacing.lessons import Lessons, SeenInterval, lessons_of
from core.pacing.observed import HOUR, Observed
from core.pacing.order import ForecastHour, PacingOrder
from core.pacing.recommendation import SoFar
from core.pacing.regime import Window
from core.pacing.timing import DialTiming
from core.pacing.wording import hour_text


def present_of(order: PacingOrder) -> datetime | None:
    """Return when the plan begins: where the observed intervals end, else as it was asked for."""
    seen_until = order.observed.end if order.observed else None
    return seen_until or order.starts_at


def what_was_seen(hours: Sequence[ForecastHour], level: float, order: PacingOrder) -> SoFar | None:
    """Return what had happened on the day of the first hour ahead.

    Parameters
    ----------
    hours : sequence of ForecastHour
        Sorted, those that are over among them.
    level : float
        Of the forecast's band, a share.
    order : PacingOrder
        With the observed intervals and the timing.

    Returns
    -------
    SoFar or None
        None where no intervals were given: then nobody watches the day.

    Raises
    ------
    DataError
        If no hour of the forecast is ahead.
    """
    observed, timing, begins = order.observed, order.timing, present_of(order)
    first = next((hour.ds for hour in hours if begins is None or hour.ds + HOUR > begins), None)
    if first is None:
        raise DataError(
            f"Every hour of the forecast is over by {hour_text(begins) if begins else 'now'}.",
            "Make a new forecast.",
        )
    if observed is None or timing is None:
        return None
    midnight = midnight_of(first, order.zone)
    limit = order.guardrails.limit
    since = window_start(order.guardrails.regime.window, begins or first, midnight, order.zone)
    return SoFar(
        until=begins,
        interval=observed.length,
        day=observed.allowance(limit, midnight),
        window=observed.allowance(limit, since),
        lessons=_lessons(hours, level, observed, midnight, timing),
        has_begun=begins is None or begins >= midnight,
    )


def _lessons(
    hours: Sequence[ForecastHour],
    level: float,
    observed: Observed,
    midnight: datetime,
    timing: DialTiming,
) -> Lessons:
    next_midnight = midnight + timedelta(days=1)
    expected: dict[datetime, tuple[float, Team | None]] = {}
    errors = []
    for hour in hours:
        if not midnight <= hour.ds < next_midnight:
            continue
        team = timing.team(hour.agents) if hour.agents else None
        expected[hour.ds] = (hour.rate, team)
        if team is not None:
            errors.append(answer_band(hour, level, usual_conversations(team)).error)
    seen = []
    for each in observed.since(midnight):
        told = expected.get(hour_start(each.ds))
        if told is not None:
            seen.append(
                SeenInterval(told[0], each.attempts, each.live, each.abandoned, each.calls, told[1])
            )
    return lessons_of(seen, median(errors) if errors else 0.0, len(seen) * (observed.length / HOUR))


def midnight_of(moment: datetime, zone: tzinfo) -> datetime:
    """Return the midnight before a moment, by a zone's clock."""
    return moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def window_start(window: Window, present: datetime, midnight: datetime, zone: tzinfo) -> datetime:
    """Return since when a limit counts.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> window_start(Window.MONTH, noon, midnight_of(noon, UTC), UTC).isoformat()
    '2026-11-01T00:00:00+00:00'
    """
    if window is Window.DAY:
        return midnight
    if window is Window.MONTH:
        return midnight_of(present, zone).replace(day=1)
    # When a period of 30 days began is not known; the last 30 days are what can be kept to.
    return present - timedelta(days=30)

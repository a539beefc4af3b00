"""When something was or will be, and how long it is, as a page says it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.charts.numbers import count
from core.charts.times import clock_time, day, day_time, duration


@dataclass(frozen=True, slots=True)
class Moment:
    """Tells moments: those of today by the clock alone.

    Parameters
    ----------
    now : datetime
        Aware.
    zone : ZoneInfo
        The centre's.
    """

    now: datetime
    zone: ZoneInfo

    def at(self, moment: datetime) -> str:
        """Return "at 11:20", or with the day where it was another."""
        return f"{'at' if self._is_today(moment) else 'on'} {self.short(moment)}"

    def short(self, moment: datetime) -> str:
        """Return "11:20", or with the day where it was another."""
        tell = clock_time if self._is_today(moment) else day_time
        return tell(moment, self.zone)

    def exact(self, moment: datetime) -> str:
        """Return the time to the second, with the day where it was another."""
        seconds = f"{moment.astimezone(self.zone):%H:%M:%S}"
        return seconds if self._is_today(moment) else f"{day(moment, self.zone)}, {seconds}"

    def _is_today(self, moment: datetime) -> bool:
        return day(moment, self.zone) == day(self.now, self.zone)


def length_words(hours: float) -> str:
    """Return a length of time that is mostly whole hours.

    Examples
    --------
    >>> length_words(18.0), length_words(1), length_words(1.5)
    ('18 hours', '1 hour', '1 h 30 min')
    """
    if not float(hours).is_integer():
        return duration(timedelta(hours=hours))
    return "1 hour" if hours == 1 else f"{count(hours)} hours"

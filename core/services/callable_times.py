"""When contacts may be called: by the hours of the setting, or by a campaign's own times."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from core.dialler import CallableTimes
from core.history.calendar import DAY_NAMES, MINUTES_PER_DAY, CallableHours, zone_named


@dataclass(frozen=True, slots=True)
class Callable:
    """Callable time, of one clock or of several.

    Parameters
    ----------
    clocks : tuple of CallableHours
        Of each zone that contacts live in; an hour is callable where it is on every clock, so that
        a window has room for every contact.
    told : str
        Whose hours these are, for whoever reads the windows; empty for those of the setting.
    """

    clocks: tuple[CallableHours, ...]
    told: str = ""

    @classmethod
    def of_hours(cls, hours: CallableHours) -> Self:
        """Return callable time by the hours of the setting."""
        return cls((hours,))

    @classmethod
    def of_times(cls, times: CallableTimes) -> Self:
        """Return callable time by a set of callable times of the tenant.

        Raises
        ------
        SettingsError
            If it names a time zone that there is not.

        Examples
        --------
        >>> from datetime import UTC
        >>> from core.dialler import CallableWindow
        >>> monday = CallableWindow("Europe/Berlin", 1, "08:00:00", "20:00:00")
        >>> both = Callable.of_times(CallableTimes("Consumers", (monday,)))
        >>> [both.is_callable(datetime(2026, 11, 23, hour, tzinfo=UTC)) for hour in (6, 7)]
        [False, True]
        """
        by_zone: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for window in times.windows:
            if 1 <= window.day <= len(DAY_NAMES):
                by_zone[window.time_zone].append(
                    (window.day - 1, _minute(window.opens), _minute(window.closes, is_end=True))
                )
        clocks = tuple(
            CallableHours(tuple(sorted(windows)), zone_named(zone).key)
            for zone, windows in by_zone.items()
        )
        return cls(clocks, f"the callable times “{times.name}” of the template")

    def is_callable(self, start: datetime) -> bool:
        """Return whether the whole hour from an instant on lies in callable time."""
        return bool(self.clocks) and all(clock.is_callable(start) for clock in self.clocks)


def _minute(text: str, *, is_end: bool = False) -> int:
    """The minute of the day that a clock time names; an end at midnight is the day's last."""
    hours, minutes, seconds = (*(int(part) for part in text.split(":")), 0, 0)[:3]
    minute = hours * 60 + minutes + (1 if is_end and seconds else 0)
    return MINUTES_PER_DAY if is_end and minute == 0 else minute

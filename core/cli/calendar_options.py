"""The centre as the options of a command describe it: clock, holidays, own days."""

from argparse import Namespace
from zoneinfo import ZoneInfo

from core.cli.files import read_file
from core.exports.calendar_csv import read_calendar_csv
from core.history.centre import Centre
from core.history.days import DayCalendar, OwnDay
from core.history.told import Told

UTC_ZONE = ZoneInfo("UTC")


def centre_of_files(arguments: Namespace) -> Centre:
    """Return the centre that a history file is from; no setting has a say in it.

    Raises
    ------
    FileRejected
        If the file that ``--calendar`` names is refused.
    UsageError
        If there is no such file.
    """
    zone = arguments.time_zone or UTC_ZONE
    days = DayCalendar(arguments.country or "", own_days_given(arguments))
    return Centre(zone.key, Told(days))


def own_days_given(arguments: Namespace) -> tuple[OwnDay, ...]:
    """Return the days of the file that ``--calendar`` names; none where it is not given.

    Raises
    ------
    FileRejected
        If the file is refused.
    UsageError
        If there is no such file.
    """
    name = getattr(arguments, "calendar_file", None)
    return read_calendar_csv(read_file(name), file_name=name) if name else ()

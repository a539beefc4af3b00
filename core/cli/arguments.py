"""What a value on the command line has to look like, and the sentence where it does not.

Everything here runs before a command does anything, so that a refused value leaves nothing
behind. Nothing is read but the existence of a file's folder.
"""

from argparse import ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import SettingsError
from core.history.public_holidays import checked_country

MOST_HOURS = 8784
"""A leap year of hours: the longest horizon."""
MOST_DAYS = 3660
MOST_QUEUES = 2000


def level(text: str) -> float:
    """Return a band's claim as a share, from per cent.

    Examples
    --------
    >>> level("95")
    0.95
    >>> level("0.95")
    Traceback (most recent call last):
        ...
    argparse.ArgumentTypeError: '0.95' is not a level; give per cent from 50 to 99, such as 95
    """
    percent = _number(text)
    if percent is None or not 50 <= percent <= 99:
        raise ArgumentTypeError(f"{text!r} is not a level; give per cent from 50 to 99, such as 95")
    return round(percent / 100, 6)


def abandon_share(text: str) -> float:
    """Return an abandon rate as a share.

    Examples
    --------
    >>> abandon_share("0.03")
    0.03
    """
    value = _number(text)
    if value is None or not 0 < value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a share; give one such as 0.03 for 3 per cent")
    return value


def seconds(text: str) -> float:
    """Return a number of seconds above 0."""
    value = _number(text)
    if value is None or not 0 < value < float("inf"):
        raise ArgumentTypeError(f"{text!r} is not a number of seconds above 0")
    return value


def hours(text: str) -> int:
    """Return a number of hours, 1 to `MOST_HOURS`.

    Examples
    --------
    >>> hours("168")
    168
    """
    return _whole(text, "hours", 1, MOST_HOURS)


def days(text: str) -> int:
    """Return a number of days, 1 to `MOST_DAYS`."""
    return _whole(text, "days", 1, MOST_DAYS)


def cutoffs(text: str) -> int:
    """Return a number of past cutoffs, 1 to 1000."""
    return _whole(text, "cutoffs", 1, 1000)


def port(text: str) -> int:
    """Return a port to serve at; 0 asks the machine for a free one."""
    return _whole(text, "a port", 0, 65535)


def seed(text: str) -> int:
    """Return a seed."""
    return _whole(text, "a seed", 0, 2**32 - 1)


def queue_count(text: str) -> int:
    """Return how many queues a local tenant has, 1 to `MOST_QUEUES`."""
    return _whole(text, "a number of queues", 1, MOST_QUEUES)


def time_zone(text: str) -> ZoneInfo:
    """Return a time zone by its name.

    Examples
    --------
    >>> time_zone("Europe/Berlin").key
    'Europe/Berlin'
    """
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentTypeError(
            f"{text!r} is not a time zone; give a name such as Europe/Berlin or UTC"
        ) from None


def country(text: str) -> str:
    """Return the code of a country, or of a part of one, whose public holidays are known.

    Examples
    --------
    >>> country("de-be")
    'DE-BE'
    """
    try:
        code = checked_country(text)
    except SettingsError as error:
        raise ArgumentTypeError(str(error)) from None
    if not code:
        raise ArgumentTypeError("it is empty; give a code such as US, DE or DE-BE")
    return code


def moment(text: str) -> datetime:
    """Return an aware time; one without an offset is UTC.

    Examples
    --------
    >>> moment("2026-11-23T10:00+01:00").isoformat(), moment("2026-11-23").isoformat()
    ('2026-11-23T09:00:00+00:00', '2026-11-23T00:00:00+00:00')
    """
    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ArgumentTypeError(
            f"{text!r} is not a time; give ISO 8601 such as 2026-11-23T09:00+01:00"
        ) from None


def names(text: str) -> tuple[str, ...]:
    """Return names separated by commas.

    Examples
    --------
    >>> names("rate_limit, slow")
    ('rate_limit', 'slow')
    """
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def some_text(text: str) -> str:
    """Return a text that says something."""
    if not text.strip():
        raise ArgumentTypeError("it is empty")
    return text.strip()


def csv_out(text: str) -> Path:
    """Return where a table goes."""
    return _out(text, (".csv",))


def json_out(text: str) -> Path:
    """Return where a document goes."""
    return _out(text, (".json",))


def jsonl_out(text: str) -> Path:
    """Return where a document a line goes."""
    return _out(text, (".jsonl",))


def csv_or_json_out(text: str) -> Path:
    """Return where a forecast goes; the ending decides on the format."""
    return _out(text, (".csv", ".json"))


def _out(text: str, endings: tuple[str, ...]) -> Path:
    path = Path(text)
    if path.suffix.lower() not in endings:
        raise ArgumentTypeError(f"{text!r} has to end in {' or '.join(endings)}")
    if not path.parent.is_dir():
        raise ArgumentTypeError(f"there is no folder {str(path.parent)!r}; make it first")
    if path.is_dir():
        raise ArgumentTypeError(f"{text!r} is a folder")
    return path


def _whole(text: str, what: str, lowest: int, highest: int) -> int:
    try:
        value = int(text)
    except ValueError:
        value = lowest - 1
    if not lowest <= value <= highest:
        raise ArgumentTypeError(
            f"{text!r} is not {what}; give a whole number from {lowest} to {highest}"
        )
    return value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None

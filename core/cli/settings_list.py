"""Every setting with its value in force; secrets are masked where they are read.

It works where nothing else does: what is missing or wrong is told after the list.
"""

from argparse import Namespace

from core.cli.exit_codes import DONE
from core.cli.output import print_document, say, table
from core.errors import SettingsError
from core.history.public_holidays import checked_country
from core.settings import list_settings, read_settings


def settings(arguments: Namespace) -> int:
    """List every setting; raise what is missing or wrong only after that."""
    lines = list_settings()
    if arguments.as_json:
        keys = ("name", "value", "origin", "meaning")
        print_document({"settings": [{key: getattr(line, key) for key in keys} for line in lines]})
    else:
        rows = [(line.name, line.value, line.origin, line.meaning) for line in lines]
        say(table(("setting", "value", "from", "meaning"), rows))
    _check_country(read_settings().country)
    return DONE


def _check_country(country: str) -> None:
    # The settings know no country: whether there is such a one is told by its holidays.
    try:
        checked_country(country)
    except SettingsError as error:
        raise SettingsError(f"DIALCAST_COUNTRY: {error.what}", error.next_step) from None

"""Settings and services for one command, with what its options change for this once.

Nothing is asked of the tenant by connecting; the first call does that.
"""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from core.bootstrap import Services, connect
from core.cli.calendar_options import own_days_given
from core.cli.output import note
from core.errors import SettingsError
from core.settings import Settings, read_setting, read_settings


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that an option chooses, and a setting where no option is given.

    Parameters
    ----------
    dest, option : str
        The option as it is parsed and as it is written.
    variable, setting : str
        The setting as it is set and as `Settings` has it.
    """

    dest: str
    option: str
    variable: str
    setting: str

    def of(self, arguments: Namespace, settings: Settings) -> str:
        """Return the id in force."""
        return str(getattr(arguments, self.dest, None) or getattr(settings, self.setting))


CAMPAIGN = Choice("campaign", "--campaign", "GENESYS_CAMPAIGN_ID", "campaign_id")
SKILL = Choice("skill", "--skill", "GENESYS_SKILL_ID", "skill_id")
QUEUE = Choice("queue", "--queue", "GENESYS_QUEUE_ID", "queue_id")


@contextmanager
def connected(arguments: Namespace, *choices: Choice) -> Iterator[Services]:
    """Give a command its services, and close them after it.

    Parameters
    ----------
    arguments : Namespace
        As parsed; ``time_zone``, ``country`` and ``abandon_cap`` stand in for the settings where
        given, and the days of ``calendar_file`` for those stored.
    *choices : Choice
        What has to be chosen, by option or setting.

    Raises
    ------
    SettingsError
        If a setting or a choice is missing or wrong; all are named at once.
    FileRejected
        If the calendar file is refused.
    StoreError
        If the store cannot be opened.
    """
    settings = _settings(arguments, choices)
    services = connect(settings, own_days=own_days_given(arguments), on_wait=tell_wait)
    try:
        yield services
    finally:
        services.close()


def tell_wait(seconds: float, attempt: int, attempts: int, why: str) -> None:
    """Tell on standard error that a read waits for the tenant."""
    note(f"waiting {seconds:.3g} s, attempt {attempt} of {attempts} ({why})")


def _campaigns_tell_their_queue() -> bool:
    """Whether a skill may be left out: on the platform a campaign's queue serves it."""
    return read_setting("DIALCAST_TENANT", "simulator").strip().lower() != "tutorial"


def _settings(arguments: Namespace, choices: tuple[Choice, ...]) -> Settings:
    given = vars(arguments)
    open_choices = [choice for choice in choices if not given.get(choice.dest)]
    if _campaigns_tell_their_queue():
        open_choices = [choice for choice in open_choices if choice is not SKILL]
    try:
        settings = read_settings(needed=[choice.variable for choice in open_choices])
    except SettingsError as error:
        options = [each.option for each in open_choices if each.variable in error.what]
        hint = f" Or give {' and '.join(options)}." if options else ""
        raise SettingsError(error.what, error.next_step + hint) from None
    return replace(
        settings,
        time_zone=given.get("time_zone") or settings.time_zone,
        country=given.get("country") or settings.country,
        abandon_cap=given.get("abandon_cap") or settings.abandon_cap,
    )

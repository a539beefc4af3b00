"""Options that several commands share, and how a command is declared.

Nothing is parsed or run here.
"""

from argparse import SUPPRESS, ArgumentParser, _SubParsersAction
from collections.abc import Sequence
from typing import Any

from core.cli import arguments as take

Commands = _SubParsersAction
"""What `ArgumentParser.add_subparsers` returns; argparse has no public name for it."""


def add_everywhere(parser: ArgumentParser) -> None:
    """Add what every command takes."""
    parser.add_argument(
        "--json",
        dest="as_json",
        action="store_true",
        default=SUPPRESS,
        help="print one JSON document on standard output and nothing else there",
    )
    parser.add_argument(
        "-v",
        "--verbose",
        dest="verbosity",
        action="count",
        default=SUPPRESS,
        help="say more on standard error; twice for everything",
    )


def command(
    commands: "Commands[ArgumentParser]", name: str, target: str, says: str, more: str = ""
) -> ArgumentParser:
    """Declare a command: its name, where its function is (``module:function``), what it says."""
    parser = commands.add_parser(
        name,
        help=says,
        description=f"{says[0].upper()}{says[1:]}.{more and ' ' + more}",
        allow_abbrev=False,
    )
    add_everywhere(parser)
    if target:
        parser.set_defaults(target=f"core.cli.{target}")
    return parser


def group(commands: "Commands[ArgumentParser]", name: str, says: str) -> Any:
    """Declare a command that only has commands of its own."""
    parser = command(commands, name, "", says)
    return parser.add_subparsers(metavar="WHAT", title="what", required=True)


def add_campaign(parser: ArgumentParser) -> None:
    """Add the choice of a campaign."""
    parser.add_argument(
        "--campaign", metavar="ID", type=take.some_text, help="else GENESYS_CAMPAIGN_ID"
    )


def add_skill(parser: ArgumentParser) -> None:
    """Add the choice of a skill."""
    parser.add_argument("--skill", metavar="ID", type=take.some_text, help="else GENESYS_SKILL_ID")


def add_queues(parser: ArgumentParser, *, every: bool = False) -> None:
    """Add the choice of one or many queues, and of all where that is offered."""
    parser.add_argument(
        "--queue",
        dest="queues",
        nargs="+",
        action="extend",
        metavar="ID",
        type=take.some_text,
        help="one or many; else GENESYS_QUEUE_ID",
    )
    if every:
        parser.add_argument(
            "--all", dest="every_queue", action="store_true", help="every queue of the tenant"
        )


def add_history_file(parser: ArgumentParser, *, required: bool = False) -> None:
    """Add a history file."""
    parser.add_argument(
        "--history",
        dest="history_file",
        metavar="F.csv",
        required=required,
        help="any number of series in one file",
    )


def add_horizon(parser: ArgumentParser, default: int) -> None:
    """Add how far to look ahead."""
    parser.add_argument(
        "--horizon", type=take.hours, default=default, help=f"hours ahead; default {default}"
    )


def add_time_zone(parser: ArgumentParser) -> None:
    """Add the zone of the centre's clock."""
    parser.add_argument(
        "--timezone",
        dest="time_zone",
        type=take.time_zone,
        metavar="ZONE",
        help="zone whose clock the centre lives by; for files UTC unless given",
    )


def add_calendar(parser: ArgumentParser) -> None:
    """Add what is known of days: a country's holidays, and the operator's own days."""
    parser.add_argument(
        "--country",
        type=take.country,
        metavar="CODE",
        help="whose public holidays count, such as US, DE or DE-BE; else DIALCAST_COUNTRY, for"
        " files none",
    )
    parser.add_argument(
        "--calendar",
        dest="calendar_file",
        metavar="F.csv",
        help="own days: date, kind (closed, reduced, special), label, and start, end for a part",
    )


def add_policy(parser: ArgumentParser) -> None:
    """Add the choice of a policy, and the times that one of them plans with."""
    parser.add_argument(
        "--policy",
        metavar="NAME",
        help="compliant or tutorial; default compliant, tutorial on a tenant that speaks its API",
    )
    parser.add_argument(
        "--aht",
        type=take.seconds,
        metavar="SECONDS",
        help="handle time: talk, hold and after-call work; measured where the tenant tells",
    )
    parser.add_argument(
        "--line-seconds",
        type=take.seconds,
        metavar="S",
        help="mean time that an attempt holds a line; if absent it is assumed, and said",
    )


def add_person(parser: ArgumentParser, *, required: bool = True) -> None:
    """Add who does it."""
    parser.add_argument(
        "--as",
        dest="person",
        metavar="NAME",
        type=take.some_text,
        required=required,
        help="who you are; checked against the roles in force",
    )


def add_reason(parser: ArgumentParser, *, required: bool) -> None:
    """Add why it is done."""
    parser.add_argument(
        "--reason",
        metavar="TEXT",
        type=take.some_text if required else str,
        default="",
        required=required,
        help="why; goes into the audit",
    )


def add_since(parser: ArgumentParser, default: Sequence[str] | str | None = SUPPRESS) -> None:
    """Add the beginning of a span of time."""
    parser.add_argument(
        "--since",
        type=take.moment,
        default=default,
        metavar="T",
        help="ISO 8601; without an offset it is UTC",
    )

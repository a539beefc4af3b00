"""The parser of the whole command line; it parses and runs nothing.

Help and a mistyped option answer at once: nothing is imported that only a command needs.
"""

from argparse import Action, ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from core.cli.commands import declare_commands
from core.cli.options import add_everywhere

EXIT_CODES = """\
exit codes:
  0  done
  1  refused by a rule; the reason on standard error
  2  wrong usage or settings
  3  the tenant or the data failed; what to do next on standard error
"""


def build_parser() -> ArgumentParser:
    """Return the parser of the whole command line.

    Returns
    -------
    ArgumentParser
        What it parses has ``target``, the place of the command's function as ``module:function``,
        and ``as_json`` and ``verbosity``, wherever they stood.

    Examples
    --------
    >>> build_parser().parse_args(["campaigns", "--json"]).target
    'core.cli.listing:campaigns'
    """
    parser = ArgumentParser(
        "dialcast",
        description="Outbound dialling by forecast: forecast, recommend, propose, approve, push.",
        epilog=EXIT_CODES + "\n`dialcast COMMAND --help` explains each command.",
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(as_json=False, verbosity=0)
    parser.add_argument("--version", action=_ShowVersion, help="show the version and exit")
    add_everywhere(parser)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", required=True)
    declare_commands(commands)
    return parser


class _ShowVersion(Action):
    """Looks the version up only where it is asked for, because that takes its time."""

    def __init__(self, **declared: Any) -> None:
        super().__init__(nargs=0, **declared)

    def __call__(self, parser: ArgumentParser, *_: Any, **__: Any) -> None:
        from importlib.metadata import version

        parser.exit(message=f"dialcast {version('dialcast')}\n")

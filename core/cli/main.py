"""The command line's way in and out: parse, run one command, tell what failed and how to go on.

A failure is one or two sentences on standard error and an exit code; the traceback of a fault of
our own is shown with ``-v`` only.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper

from core.cli.exit_codes import FAILED, INTERRUPTED, PIPE_CLOSED, REFUSED, WRONG_USAGE
from core.cli.output import note
from core.cli.parser import build_parser
from core.errors import DashboardError, RecordNotFound, SettingsError, UsageError, WorkflowError

LOG_FORMAT = "%(levelname)s %(name)s: %(message)s"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        Without the program's name; the process's own by default.

    Returns
    -------
    int
        The exit code: see `core.cli.parser.EXIT_CODES`; 130 after Ctrl-C.
    """
    _speak_utf8()
    arguments = build_parser().parse_args(argv)
    _log_to_stderr(arguments.verbosity)
    try:
        code = _function(arguments.target)(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return PIPE_CLOSED
    except DashboardError as error:
        note(f"dialcast: {error}")
        return exit_code(error)
    except Exception as error:
        # The last place that can tell what broke.
        note(
            f"dialcast: it failed within Dialcast ({type(error).__name__});"
            " run it again with -v to see where."
        )
        logging.getLogger(__name__).info("the command failed", exc_info=error)
        return FAILED
    return code


def exit_code(error: DashboardError) -> int:
    """Return the exit code that stands for a failure.

    Examples
    --------
    >>> exit_code(WorkflowError("It is stale.")), exit_code(RecordNotFound("No P-9."))
    (1, 2)
    """
    if isinstance(error, WorkflowError):
        return REFUSED
    if isinstance(error, SettingsError | UsageError | RecordNotFound):
        return WRONG_USAGE
    return FAILED


def _function(target: str) -> Callable[..., int]:
    module, _, name = target.partition(":")
    function: Callable[..., int] = getattr(import_module(module), name)
    return function


def _speak_utf8() -> None:
    """Names of campaigns come from all over the world; no locale may stop them."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _log_to_stderr(verbosity: int) -> None:
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbosity, 2)]
    logging.basicConfig(level=level, stream=sys.stderr, format=LOG_FORMAT, force=True)

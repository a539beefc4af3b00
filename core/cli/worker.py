"""The worker as a command: tasks as they are due, until Ctrl-C or a signal to terminate.

A task at work is left at its next step; what was done until then stays.
"""

import os
import signal
from argparse import Namespace
from threading import Event
from types import FrameType

from core.cli.connection import connected
from core.cli.exit_codes import DONE, FAILED
from core.cli.output import note, print_document, say
from core.documents import JsonObject
from core.workflow.heartbeat import TaskRun

NICENESS = 10
"""How far the worker stands back; forecasts and scores are in no hurry."""


def worker(arguments: Namespace) -> int:
    """Do what is due until stopped, or with ``--once`` what is due now."""
    stop = Event()

    def stop_soon(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    _give_way()
    with connected(arguments) as services:
        before = {each: signal.signal(each, stop_soon) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            if arguments.is_once:
                return _tell(services.worker.run_once(stop.wait, _note), arguments)
            names = ", ".join(task.name for task in services.worker.tasks)
            note(f"The worker is at work: {names}. Ctrl-C ends it.")
            services.worker.run(stop.wait, _note)
            note("The worker has ended.")
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
    return DONE


def _give_way() -> None:
    """Let pages on the same machine go first, where the system has priorities."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def _note(run: TaskRun) -> None:
    note(f"{run.ran_at:%H:%M:%S} UTC {run.name}: {'' if run.is_done else 'failed: '}{run.message}")


def _tell(runs: tuple[TaskRun, ...], arguments: Namespace) -> int:
    if arguments.as_json:
        print_document({"tasks": [_document(run) for run in runs]})
    elif not runs:
        say("No task is due.")
    return DONE if all(run.is_done for run in runs) else FAILED


def _document(run: TaskRun) -> JsonObject:
    return {
        "name": run.name,
        "ranAt": run.ran_at.isoformat(),
        "done": run.is_done,
        "message": run.message,
    }

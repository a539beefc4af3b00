"""Forecasts of the series in a history file: the file decides, and neither clock nor tenant.

The history of each series ends with its own last row. Nothing is stored.
"""

import os
import signal
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children
from typing import Any
from uuid import uuid4

import pandas as pd

from core.cli.calendar_options import centre_of_files
from core.cli.files import read_file
from core.cli.series import Harvest, harvest
from core.clock import SystemClock
from core.exports.history_csv import read_rate_csv, read_volume_csv
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import forecast_all
from core.forecasting.request import ForecastRequest
from core.history.calendar import zone_named
from core.history.centre import Centre

MANY_SERIES = 4
"""From so many series on, the start of further processes is worth its time."""


def forecast_file(arguments: Namespace, kind: SeriesKind) -> Harvest[Forecast]:
    """Return a forecast of each series in the file that ``--history`` names.

    Raises
    ------
    FileRejected
        If the file is refused; then nothing of it is forecast.
    UsageError
        If there is no such file or method.
    """
    centre = centre_of_files(arguments)
    made_at = SystemClock().now()
    requests = [
        ForecastRequest(
            forecast_id=f"F-{uuid4().hex[:12]}",
            kind=kind,
            series_id=series_id,
            series_name=series_id,
            history=history,
            centre=centre,
            made_at=made_at,
            horizon=arguments.horizon,
            method=arguments.method,
            level=arguments.level,
            weekly=getattr(arguments, "weekly", True),
            daily=getattr(arguments, "daily", True),
        )
        for series_id, history in read_history(arguments.history_file, kind, centre).items()
    ]
    with _processes(len(requests)) as mapper:
        outcomes = forecast_all(requests, mapper)
        return harvest([each.series_id for each in requests], outcomes)


def read_history(name: str, kind: SeriesKind, centre: Centre) -> dict[str, pd.DataFrame]:
    """Return the tidy history of each series in a file, up to its own last row."""
    is_rate = kind is SeriesKind.ANSWER_RATE
    read = read_rate_csv if is_rate else read_volume_csv
    tidy = centre.rate_history if is_rate else centre.volume_history
    zone = zone_named(centre.time_zone)
    return {
        series_id: tidy(
            records,
            series_id,
            until=(records["ds"].max() + pd.Timedelta(hours=1)).to_pydatetime(),
        )
        for series_id, records in read(read_file(name), file_name=name, time_zone=zone).items()
    }


@contextmanager
def _processes(count: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a map that works in this process, or for many series in several."""
    workers = min(os.cpu_count() or 1, count)
    if count < MANY_SERIES or workers < 2:
        yield map
        return
    with ProcessPoolExecutor(workers, initializer=_leave_ctrl_c_to_the_parent) as pool:
        try:
            yield partial(_mapped, pool)
        except BaseException:
            # Without its processes the pool gives up at once. Cancelling its work as well, which
            # its own `map` does, would make it wait for ever.
            for process in active_children():
                process.terminate()
            raise


def _mapped(
    pool: ProcessPoolExecutor, function: Callable[[Any], Any], items: Iterable[Any]
) -> Iterable[Any]:
    futures = [pool.submit(function, item) for item in items]
    return (future.result() for future in futures)


def _leave_ctrl_c_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

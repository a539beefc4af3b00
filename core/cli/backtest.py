"""What methods were worth on past cutoffs of the series in a file, the baseline always among them.

One row for each series, method and cutoff; nothing is stored. Each forecast is made whole at its
cutoff, `auto` choosing anew and the band coming from the errors known then.
"""

from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts import numbers
from core.cli.calendar_options import UTC_ZONE, centre_of_files
from core.cli.exit_codes import DONE
from core.cli.file_forecast import read_history
from core.cli.output import note, print_document, say, table, time_text, write_file
from core.cli.series import Harvest, attempt, harvest
from core.documents import JsonObject
from core.exports.csv_text import csv_text
from core.exports.json_values import json_value
from core.forecasting.backtest import past_cutoffs
from core.forecasting.forecast import SeriesKind
from core.forecasting.methods import AUTO, BASELINE, method_names, unknown_method
from core.forecasting.past_forecasts import Past, past_forecasts
from core.forecasting.scores import score
from core.history.centre import Centre
from core.services.scoring import too_short_to_look_back

COLUMNS = (
    "unique_id",
    "method",
    "cutoff",
    "wape",
    "mase",
    "mape",
    "bias",
    "coverage",
    "interval_score",
    "fit_seconds",
)


def answer_rate(arguments: Namespace) -> int:
    """Score answer-rate methods."""
    return _backtest(arguments, SeriesKind.ANSWER_RATE)


def volume(arguments: Namespace) -> int:
    """Score volume methods."""
    return _backtest(arguments, SeriesKind.VOLUME)


def _backtest(arguments: Namespace, kind: SeriesKind) -> int:
    names = tuple(dict.fromkeys((*(arguments.method or (AUTO,)), BASELINE)))
    for name in names:
        if name not in method_names(kind):
            raise unknown_method(kind, name)
    zone = arguments.time_zone or UTC_ZONE
    centre = centre_of_files(arguments)
    histories = read_history(arguments.history_file, kind, centre)
    find_past = partial(_past, arguments, kind, centre)
    found = harvest(list(histories), [attempt(partial(find_past, h)) for h in histories.values()])
    found.require_some()
    rows = pd.concat(
        [_score_method(arguments, kind, name, found.made) for name in names], ignore_index=True
    )
    order = {series_id: place for place, series_id in enumerate(histories)}
    rows = rows.sort_values(
        "unique_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )[list(COLUMNS)]
    if arguments.out:
        write_file(arguments.out, csv_text(rows))
    if arguments.as_json:
        print_document(_document(rows, found))
    elif arguments.out:
        say(f"{arguments.out}: {len(rows)} rows of {len(found.made)} series.")
    else:
        say(_table(rows, zone))
    return DONE


def _past(arguments: Namespace, kind: SeriesKind, centre: Centre, history: pd.DataFrame) -> Past:
    """Return a series with the cutoffs to look back from."""
    cutoffs = past_cutoffs(history, kind, arguments.horizon, arguments.cutoffs)
    if cutoffs:
        return Past(history, centre, cutoffs)
    name = str(history["unique_id"].iloc[0])
    raise too_short_to_look_back(name, kind, len(history), arguments.horizon)


def _score_method(
    arguments: Namespace, kind: SeriesKind, method: str, pasts: Sequence[Past]
) -> pd.DataFrame:
    """Return a row for each series and cutoff at which a method does not refuse."""
    note(f"looking back by {method}")
    frames = past_forecasts(
        pasts, method, kind=kind, horizon=arguments.horizon, level=arguments.level
    )
    rows = [
        {
            "unique_id": str(past.history["unique_id"].iloc[0]),
            "method": method,
            "cutoff": cutoff,
            "fit_seconds": window["fit_seconds"].iloc[0],
            **_measures(window, method, kind, arguments.level),
        }
        for past, frame in zip(pasts, frames, strict=True)
        for cutoff, window in frame.groupby("cutoff")
    ]
    for past, frame in zip(pasts, frames, strict=True):
        if frame.empty:
            note(f"{method} refused {past.history['unique_id'].iloc[0]} at each past cutoff")
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _measures(window: pd.DataFrame, method: str, kind: SeriesKind, level: float) -> dict[str, Any]:
    scores = score(method, window, kind, level)
    return {
        "wape": _wape(window),
        "mase": scores.mase,
        "mape": scores.mape,
        "bias": scores.bias,
        "coverage": scores.coverage,
        "interval_score": scores.interval_score,
    }


def _wape(window: pd.DataFrame) -> float | None:
    """Sum of absolute errors over sum of actuals, in calls also where the series is a rate."""
    deviation = (window["yhat"] - window["actual"]).abs()
    size = float((window["weight"] * window["actual"]).sum())
    return float((window["weight"] * deviation).sum()) / size if size > 0 else None


def _document(rows: pd.DataFrame, harvested: Harvest[Past]) -> JsonObject:
    return {
        "backtest": [json_value(row) for row in rows.to_dict("records")],
        "refused": harvested.refusals(),
    }


def _table(rows: pd.DataFrame, zone: ZoneInfo) -> str:
    headings = ("series", "method", "cutoff", "WAPE", "MASE", "bias", "coverage", "seconds")
    shown = [
        (
            str(row["unique_id"]),
            str(row["method"]),
            time_text(row["cutoff"], zone),
            numbers.share(row["wape"]),
            numbers.ratio(row["mase"]),
            numbers.share(row["bias"]),
            numbers.share(row["coverage"]),
            numbers.ratio(row["fit_seconds"]),
        )
        for row in rows.to_dict("records")
    ]
    return table(headings, shown, right="lllrrrrr")

"""What methods were worth on past cutoffs of the series in a file, the baseline always among them.

One row for each series, method and cutoff; nothing is stored.
"""

from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts import numbers
from core.cli.exit_codes import DONE
from core.cli.file_forecast import UTC_ZONE, read_history
from core.cli.output import print_document, say, table, time_text, write_file
from core.cli.series import Harvest, attempt, harvest
from core.documents import JsonObject
from core.errors import TooLittleHistory
from core.exports.csv_text import csv_text
from core.exports.json_values import json_value
from core.forecasting.backtest import LEAST_HOURS, backtest, past_cutoffs
from core.forecasting.bands import judged_by_others
from core.forecasting.forecast import SeriesKind
from core.forecasting.forecaster import Forecaster
from core.forecasting.methods import AUTO, BASELINE, MODELS, forecaster_for
from core.forecasting.scores import score
from core.history.centre import Centre

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
    zone = arguments.time_zone or UTC_ZONE
    centre = Centre(zone.key)
    wanted = [name for name in arguments.method or (AUTO,) if name != AUTO]
    names = dict.fromkeys((*(wanted or MODELS[kind]), BASELINE))
    forecasters = [forecaster_for(kind, name, centre) for name in names]
    histories = read_history(arguments.history_file, kind, zone)
    score_series = partial(_score_series, arguments, forecasters, centre)
    outcomes = (attempt(partial(score_series, history)) for history in histories.values())
    harvested = harvest(list(histories), outcomes)
    harvested.require_some()
    rows = pd.concat(harvested.made, ignore_index=True)[list(COLUMNS)]
    if arguments.out:
        write_file(arguments.out, csv_text(rows))
    if arguments.as_json:
        print_document(_document(rows, harvested))
    elif arguments.out:
        say(f"{arguments.out}: {len(rows)} rows of {len(harvested.made)} series.")
    else:
        say(_table(rows, zone))
    return DONE


def _score_series(
    arguments: Namespace,
    forecasters: Sequence[Forecaster],
    centre: Centre,
    history: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row for each method and cutoff of a series."""
    kind, horizon = forecasters[0].kind, arguments.horizon
    cutoffs = past_cutoffs(history, kind, horizon, arguments.cutoffs)
    if not cutoffs:
        need = LEAST_HOURS[kind] + horizon
        raise TooLittleHistory(
            f"{history['unique_id'].iloc[0]} has {len(history)} hours of history, and to look back"
            f" needs {need}.",
            "Give a longer history or a shorter --horizon.",
            have_hours=len(history),
            need_hours=need,
        )
    score_method = partial(_score_method, arguments, centre, history, cutoffs)
    return pd.concat([score_method(each) for each in forecasters], ignore_index=True)


def _score_method(
    arguments: Namespace,
    centre: Centre,
    history: pd.DataFrame,
    cutoffs: Sequence[datetime],
    forecaster: Forecaster,
) -> pd.DataFrame:
    windows: list[pd.DataFrame] = []
    for cutoff in cutoffs:
        began = perf_counter()
        window = backtest(
            history,
            forecaster,
            centre,
            horizon=arguments.horizon,
            cutoffs=[cutoff],
            level=arguments.level,
        )
        windows.append(window.assign(fit_seconds=perf_counter() - began))
    kept = [window for window in windows if not window.empty]
    if not kept:
        return pd.DataFrame(columns=list(COLUMNS))
    compared = pd.concat(kept, ignore_index=True)
    if compared["yhat_lower"].isna().all():
        # The method has no band of its own: it is given one as a forecast would be.
        compared = judged_by_others(compared, forecaster.kind, arguments.level)
    return pd.DataFrame(
        {
            "unique_id": str(history["unique_id"].iloc[0]),
            "method": forecaster.name,
            "cutoff": cutoff,
            "fit_seconds": window["fit_seconds"].iloc[0],
            **_measures(window, forecaster, arguments.level),
        }
        for cutoff, window in compared.groupby("cutoff")
    )


def _measures(window: pd.DataFrame, forecaster: Forecaster, level: float) -> dict[str, Any]:
    scores = score(forecaster.name, window, forecaster.kind, level)
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


def _document(rows: pd.DataFrame, harvested: Harvest[pd.DataFrame]) -> JsonObject:
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

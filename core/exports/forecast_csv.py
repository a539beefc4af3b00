"""Forecast rows of any number of series as a CSV file, written and read."""

from collections.abc import Sequence
from datetime import tzinfo

import pandas as pd

from core.errors import FileRejected
from core.exports.csv_table import CsvTable, Offence, read_table
from core.exports.csv_text import csv_text
from core.exports.csv_values import hours_of, numbers_of, texts_of
from core.forecasting.forecast import Forecast
from core.frames import FORECAST_ROWS

COLUMNS = ["unique_id", "ds", "model", "cutoff", "yhat", "yhat_lower", "yhat_upper"]


def write_forecast_csv(forecasts: Sequence[Forecast]) -> str:
    """Return the text of a forecast file.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Any number of series.

    Returns
    -------
    str
        Every hour of every forecast. A bound that the method does not give is empty.
    """
    parts = [FORECAST_ROWS.check(forecast.rows)[COLUMNS] for forecast in forecasts]
    return csv_text(pd.concat(parts) if parts else FORECAST_ROWS.empty())


def read_forecast_csv(
    content: bytes, *, file_name: str, time_zone: tzinfo | None = None
) -> pd.DataFrame:
    """Return the rows of a forecast file.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip, in UTF-8.
    file_name : str
        For messages.
    time_zone : tzinfo, optional
        Whose wall clock a time without an offset shows; UTC by default.

    Returns
    -------
    DataFrame
        `core.frames.FORECAST_ROWS`, in the order of the file.

    Raises
    ------
    FileRejected
        If the file lacks a column or a row, or has a value that is no time or number, one hour
        of a model twice, or a band upside down.
    """
    table = read_table(content, file_name, COLUMNS)
    series, offences = texts_of(table, "unique_id")
    model, model_offences = texts_of(table, "model")
    rows = pd.DataFrame({"unique_id": series, "model": model})
    kinds = rows["unique_id"] + "\n" + rows["model"]
    rows["ds"], hour_offences = hours_of(table, "ds", time_zone, kinds.to_numpy(dtype=object))
    rows["cutoff"], cutoff_offences = hours_of(table, "cutoff", time_zone, None)
    rows["yhat"], yhat_offences = numbers_of(table, "yhat")
    for bound in ("yhat_lower", "yhat_upper"):
        rows[bound], bound_offences = numbers_of(table, bound, may_be_empty=True)
        offences += bound_offences
    table.refuse_first(
        [
            *offences,
            *model_offences,
            *hour_offences,
            *cutoff_offences,
            *yhat_offences,
            *_row_offences(rows),
        ]
    )
    if not table.rows:
        raise _no_row(table)
    return FORECAST_ROWS.check(rows[COLUMNS].astype({"unique_id": "str", "model": "str"}))


def _row_offences(rows: pd.DataFrame) -> list[Offence]:
    is_again = rows.duplicated(["unique_id", "ds", "model"]) & rows["ds"].notna()
    is_crossed = rows["yhat_lower"] > rows["yhat_upper"]
    found = []
    for is_wrong, column, reason in (
        (is_again, "ds", "this hour of this model is there before"),
        (is_crossed, "yhat_lower", "above yhat_upper"),
    ):
        if is_wrong.any():
            found.append(Offence(int(is_wrong.to_numpy().argmax()), column, reason))
    return found


def _no_row(table: CsvTable) -> FileRejected:
    return FileRejected(f"{table.file_name} has a header and no row.", "Forecast again.")

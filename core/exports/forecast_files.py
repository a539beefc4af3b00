"""Forecast files read back: our documents, documents with the tutorial's keys alone, and CSV.

Where people adjusted a forecast, the adjusted line is read, as planning goes by it, and a warning
says so. What a file does not tell is left open (an empty text, no scores) and never invented; where
a fact is needed, the reading that promises least is taken and said in the forecast's warnings.
Nothing here opens a file.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

import pandas as pd

from core.errors import FileRejected
from core.exports.adjustment_reading import planned_interval, with_adjustments
from core.exports.csv_table import decoded
from core.exports.document_reading import DocumentReader
from core.exports.forecast_csv import read_forecast_csv
from core.exports.forecast_json import RATE_KEYS, SCORE_KEYS, SERIES_KEYS
from core.exports.json_values import SCHEMA_VERSION
from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.frames import FORECAST_ROWS

HOUR = timedelta(hours=1)
FROM_FILE = "file"
"""The method's name where the file does not tell it."""
LEVEL_WHERE_ABSENT = 0.95


def read_forecasts(
    content: bytes,
    *,
    file_name: str,
    kind: SeriesKind,
    time_zone: tzinfo | None = None,
) -> tuple[Forecast, ...]:
    """Return the forecasts of a file, JSON or CSV.

    Parameters
    ----------
    content : bytes
        The file, plain or gzip, in UTF-8.
    file_name : str
        For messages.
    kind : SeriesKind
        What is needed; taken for granted where the file does not tell.
    time_zone : tzinfo, optional
        Whose wall clock a time without an offset shows; UTC by default.

    Returns
    -------
    tuple of Forecast
        In the order of the file; without components, which no file carries.

    Raises
    ------
    FileRejected
        If a key, column or row is missing, a value is of the wrong kind, or the file holds
        forecasts of another kind.
    """
    text = decoded(content, file_name)
    if text.lstrip()[0] not in "{[":
        rows = read_forecast_csv(content, file_name=file_name, time_zone=time_zone)
        groups = rows.groupby(["unique_id", "model"], sort=False)
        return tuple(_from_rows(group, kind) for _, group in groups)
    documents = _documents(text, file_name, time_zone)
    return tuple(_from_document(document, kind) for document in documents)


def _documents(text: str, file_name: str, time_zone: tzinfo | None) -> list[DocumentReader]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FileRejected(
            f"{file_name}, line {line}: this is no JSON ({getattr(error, 'msg', error)}).",
            "Export the forecast again.",
        ) from error
    whole = DocumentReader(content, file_name, time_zone)
    if isinstance(content, Mapping) and "forecasts" in content:
        return whole.parts("forecasts")
    return [whole]


def _from_document(document: DocumentReader, kind: SeriesKind) -> Forecast:
    if document.number("schemaVersion", SCHEMA_VERSION) > SCHEMA_VERSION:
        raise document.refusal("schemaVersion", "written by a newer version of this program")
    told = document.text("kind", kind.value)
    if told != kind.value:
        raise document.refusal("kind", f'"{told}", and a forecast of kind "{kind}" is needed')
    series_id = document.text(SERIES_KEYS[kind], "")
    level = document.number("confidenceLevel")
    if not 0 < level < 1:
        raise document.refusal("confidenceLevel", f"{level:g} is not between 0 and 1")
    made_at = document.time("generatedAt")
    method = document.text("method", document.text("model", FROM_FILE))
    intervals = _interval_rows(document, kind)
    first = intervals["ds"].min().to_pydatetime()
    cutoff = document.time("cutoff", first - HOUR)
    history = document.part("history")
    rows = intervals.assign(
        unique_id=series_id, model=document.text("model", method), cutoff=pd.Timestamp(cutoff)
    )
    forecast = Forecast(
        forecast_id=document.text("forecastId", ""),
        kind=kind,
        series_id=series_id,
        series_name=document.text("seriesName", series_id),
        method=method,
        requested_method=document.text("requestedMethod", method),
        reason=document.text("reason", ""),
        parameters=document.mapping("parameters"),
        level=level,
        band=document.text("band", ""),
        cutoff=cutoff,
        history_start=history.time("start", cutoff),
        history_hours=history.mapping("hours"),
        made_at=made_at,
        time_zone=document.text("timeZone", "UTC"),
        seed=document.whole_number("seed"),
        versions=document.mapping("versions"),
        rows=FORECAST_ROWS.check(_typed(rows)),
        components=_no_components(),
        scores=tuple(_scores(part) for part in document.parts("scores")),
        warnings=document.texts("warnings"),
    )
    return with_adjustments(forecast, document)


def _interval_rows(document: DocumentReader, kind: SeriesKind) -> pd.DataFrame:
    intervals = document.parts("intervals")
    if not intervals:
        raise document.refusal("intervals", "missing or without an hour")
    rows = []
    seen: set[datetime] = set()
    for interval in map(planned_interval, intervals):
        start = interval.hour("ds")
        if start in seen:
            raise interval.refusal("ds", f"the hour {start.isoformat()} is there before")
        seen.add(start)
        middle = interval.number("yhat")
        if kind is SeriesKind.ANSWER_RATE and not 0 <= middle <= 1:
            raise interval.refusal("yhat", f"{middle:g} is no share between 0 and 1")
        lower, upper = (interval.number_or_none(name) for name in ("yhat_lower", "yhat_upper"))
        beside = {name: interval.number_or_none(key) for name, key in RATE_KEYS.items()}
        rows.append(
            {"ds": start, "yhat": middle, "yhat_lower": lower, "yhat_upper": upper} | beside
        )
    frame = pd.DataFrame(rows)
    told = frame[list(RATE_KEYS)].notna().any()
    return frame.drop(columns=told.index[~told])


def _scores(document: DocumentReader) -> Scores:
    told: dict[str, Any] = {
        name: document.number_or_none(key) for name, key in SCORE_KEYS.items() if name != "method"
    }
    counts = {name: int(told[name] or 0) for name in ("hours", "cutoffs")}
    return Scores(**{**told, **counts, "method": document.text("method")})


def _from_rows(rows: pd.DataFrame, kind: SeriesKind) -> Forecast:
    first = rows.iloc[0]
    cutoff = rows["cutoff"].max().to_pydatetime()
    series_id, method = str(first["unique_id"]), str(first["model"])
    return Forecast(
        forecast_id="",
        kind=kind,
        series_id=series_id,
        series_name=series_id,
        method=method,
        requested_method=method,
        reason="",
        parameters={},
        level=LEVEL_WHERE_ABSENT,
        band="",
        cutoff=cutoff,
        history_start=cutoff,
        history_hours={},
        made_at=cutoff + HOUR,
        time_zone="UTC",
        seed=None,
        versions={},
        rows=rows.reset_index(drop=True),
        components=_no_components(),
        warnings=(
            "The file does not tell when the forecast was made: the hour after its cutoff is"
            " taken.",
            f"The file does not tell the level of the band: {LEVEL_WHERE_ABSENT:.0%} is taken.",
        ),
    )


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = {"yhat": "float64", "yhat_lower": "float64", "yhat_upper": "float64"}
    times = {"ds": "datetime64[us, UTC]", "cutoff": "datetime64[us, UTC]"}
    texts = {"unique_id": "str", "model": "str"}
    beside = {name: "float64" for name in RATE_KEYS if name in rows.columns}
    columns = [*FORECAST_ROWS.columns, *beside]
    typed = rows[columns].astype({**numbers, **times, **texts, **beside})
    return typed.sort_values("ds", ignore_index=True)


def _no_components() -> pd.DataFrame:
    return pd.DataFrame({"ds": pd.DatetimeIndex([], dtype="datetime64[us, UTC]")})

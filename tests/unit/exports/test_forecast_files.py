"""Forecast files read back."""

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from core.errors import FileRejected
from core.exports.forecast_csv import write_forecast_csv
from core.exports.forecast_files import read_forecasts
from core.exports.forecast_json import forecast_document, forecasts_document
from core.exports.json_values import json_text
from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import FORECAST_ROWS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Builder = Callable[..., Forecast]


def read(
    document: Any, kind: SeriesKind = SeriesKind.ANSWER_RATE, zone: ZoneInfo | None = None
) -> tuple[Forecast, ...]:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_forecasts(content, file_name="F.json", kind=kind, time_zone=zone)


def minimal(**changes: Any) -> dict[str, Any]:
    """A document with the tutorial's keys and no other."""
    return {
        "generatedAt": "2026-11-23T12:00:00+00:00",
        "confidenceLevel": 0.95,
        "intervals": [
            {"ds": "2026-11-23T14:00:00+00:00", "yhat": 0.3, "yhat_lower": 0.2, "yhat_upper": 0.4},
            {"ds": "2026-11-23T13:00:00+00:00", "yhat": 0.2, "yhat_lower": 0.1, "yhat_upper": 0.3},
        ],
    } | changes


@pytest.mark.parametrize("kind", list(SeriesKind))
def test_our_own_document_comes_back_with_every_fact(
    kind: SeriesKind, forecast_of: Builder
) -> None:
    forecast = forecast_of(kind)
    (back,) = read(json_text(forecast_document(forecast)).encode(), kind)
    assert forecast_document(back) == forecast_document(forecast)
    pd.testing.assert_frame_equal(back.rows, forecast.rows)
    for fact in ("forecast_id", "cutoff", "made_at", "seed", "history_start", "warnings", "level"):
        assert getattr(back, fact) == getattr(forecast, fact)


def test_several_forecasts_come_back_in_their_order(forecast_of: Builder) -> None:
    document = forecasts_document([forecast_of(), forecast_of(series_id="care")])
    back = read(gzip.compress(json.dumps(document).encode()), SeriesKind.VOLUME)
    assert [each.series_id for each in back] == ["sales", "care"]


def test_the_tutorials_keys_alone_are_enough() -> None:
    (forecast,) = read(minimal())
    assert forecast.kind is SeriesKind.ANSWER_RATE
    assert forecast.made_at == NOON
    assert forecast.level == 0.95
    assert forecast.rows["yhat"].tolist() == [0.2, 0.3]
    assert forecast.cutoff == NOON
    assert (forecast.method, forecast.scores, forecast.series_id) == ("file", (), "")
    FORECAST_ROWS.check(forecast.rows)


def test_a_time_without_an_offset_is_utc_or_of_the_zone_given() -> None:
    interval = {"ds": "2026-11-23T14:00:00", "yhat": 0.3, "yhat_lower": None, "yhat_upper": None}
    document = minimal(intervals=[interval])
    (in_utc,), (local,) = read(document), read(document, zone=ZoneInfo("Europe/Berlin"))
    assert in_utc.rows["ds"].iloc[0] == pd.Timestamp("2026-11-23T14:00Z")
    assert local.rows["ds"].iloc[0] == pd.Timestamp("2026-11-23T13:00Z")


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"forecasts": [minimal(), {}]}, "forecasts[1].confidenceLevel: missing"),
        ({"forecasts": {}}, "forecasts: not a list"),
        ({"forecasts": [1]}, "at forecasts[0] no JSON object"),
        ([minimal()], "has no JSON object"),
        (b'{"generatedAt": \n oops}', "line 2: this is no JSON"),
        (b'{"a":' * 100_000, "this is no JSON"),
        ({"generatedAt": "2026-11-23T12:00Z", "confidenceLevel": 0.9}, "intervals: missing"),
        (minimal(intervals=[]), "intervals: missing or without an hour"),
        (minimal(confidenceLevel=95), "confidenceLevel: 95 is not between 0 and 1"),
        (minimal(confidenceLevel="95 %"), 'confidenceLevel: "95 %" is not a number'),
        (minimal(confidenceLevel=True), 'confidenceLevel: "True" is not a number'),
        (minimal(generatedAt="today"), 'generatedAt: "today" is not a time'),
        (minimal(generatedAt=7), 'generatedAt: "7" is not a text'),
        (minimal(schemaVersion=2), "schemaVersion: written by a newer version"),
        (minimal(kind="volume"), 'kind: "volume", and a forecast of kind "answer-rate" is needed'),
        (minimal(seed=1.5), "seed: 1.5 is not a whole number"),
    ],
)
def test_a_wrong_document_is_refused_with_file_and_place(document: Any, told: str) -> None:
    with pytest.raises(FileRejected) as refused:
        read(document)
    assert told in refused.value.what
    assert refused.value.what.startswith("F.json")
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ds": "2026-11-23T13:30:00+00:00"}, "ds: .* is not the start of an hour"),
        ({"ds": "2026-11-23T14:00:00+00:00"}, "ds: the hour .* is there before"),
        ({"yhat": None}, "yhat: null where a number belongs"),
        ({"yhat": "0.3"}, 'yhat: "0.3" is not a number'),
        ({"yhat": float("nan")}, "yhat: .* is not a finite number"),
        ({"yhat": 10**400}, "yhat: .* is not a finite number"),
        ({"yhat": 31.0}, "yhat: 31 is no share between 0 and 1"),
        ({"yhat_lower": "low"}, 'yhat_lower: "low" is not a number'),
    ],
)
def test_a_wrong_hour_is_refused_with_its_place(changes: dict[str, Any], told: str) -> None:
    document = minimal()
    document["intervals"][1] |= changes
    with pytest.raises(FileRejected, match=rf"F\.json, intervals\[1\]\.{told}"):
        read(document)


def test_a_csv_of_several_series_comes_back_one_forecast_each(forecast_of: Builder) -> None:
    care = forecast_of().rows.assign(unique_id="care")
    text = write_forecast_csv([forecast_of(), forecast_of(rows=care)])
    back = read(text.encode(), SeriesKind.VOLUME)
    assert [each.series_id for each in back] == ["sales", "care"]
    pd.testing.assert_frame_equal(back[0].rows, forecast_of().rows)
    assert back[0].method == "seasonal-naive"
    assert back[0].cutoff == NOON - timedelta(hours=1)
    assert back[0].made_at == NOON
    assert "does not tell when" in back[0].warnings[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("s,2026-11-23T09:00Z,m,2026-11-23T08:00Z,1,2,1.5", "column yhat_lower: above yhat_upper"),
        ("s,2026-11-23T09:00Z,m,2026-11-23T08:00Z,,,", "column yhat: empty where a number"),
        ("s,2026-11-23T09:00Z,m,now,1,,", 'column cutoff: "now" is not a time'),
        ("s,2026-11-23T09:00Z,,2026-11-23T08:00Z,1,,", "column model: empty"),
    ],
)
def test_a_wrong_csv_is_refused_with_line_and_column(line: str, told: str) -> None:
    header = "unique_id,ds,model,cutoff,yhat,yhat_lower,yhat_upper"
    with pytest.raises(FileRejected) as refused:
        read(f"{header}\n{line}\n".encode())
    assert f"line 2, {told}" in refused.value.what


def test_an_hour_of_a_model_is_in_a_csv_once() -> None:
    header = "unique_id,ds,model,cutoff,yhat,yhat_lower,yhat_upper"
    line = "s,2026-11-23T09:00Z,{},2026-11-23T08:00Z,1,,"
    both = "\n".join([header, line.format("stl"), line.format("naive")]).encode()
    assert len(read(both)) == 2
    twice = "\n".join([header, line.format("stl"), line.format("stl")]).encode()
    with pytest.raises(FileRejected, match="line 3, column ds"):
        read(twice)
    with pytest.raises(FileRejected, match="no row"):
        read(header.encode())

"""Laws of files: what was written is what is read; a wrong file is refused and never crashes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import FileRejected
from core.exports.forecast_csv import read_forecast_csv, write_forecast_csv
from core.exports.forecast_files import read_forecasts
from core.exports.forecast_json import forecast_document
from core.exports.history_csv import (
    read_capacity_csv,
    read_rate_csv,
    read_volume_csv,
    write_capacity_csv,
    write_rate_csv,
    write_volume_csv,
)
from core.exports.json_values import json_text, json_value
from core.forecasting.forecast import Forecast, Scores, SeriesKind

START = datetime(2026, 3, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")

names = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n\r\t",;'), min_size=1
    )
    .map(str.strip)
    .filter(bool)
)
counts = st.one_of(
    st.integers(0, 10**6).map(float), st.floats(0, 1e300, allow_nan=False, allow_infinity=False)
)
hours = st.lists(st.integers(0, 10_000), unique=True, min_size=1, max_size=30)


def moments(offsets: list[int]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([START + timedelta(hours=offset) for offset in offsets]).as_unit("us")


def sorted_and_named(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.assign(unique_id=name).astype({"unique_id": "str"})
    columns = ["unique_id", *frame.columns]
    return named[columns].sort_values("ds", ignore_index=True)


@st.composite
def volumes(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    records = {}
    for name in draw(st.lists(names, unique=True, min_size=1, max_size=4)):
        ds = moments(draw(hours))
        y = draw(st.lists(counts, min_size=len(ds), max_size=len(ds)))
        records[name] = pd.DataFrame({"ds": ds, "y": y})
    return records


@settings(deadline=None)
@given(records=volumes())
@example({"a\rb": pd.DataFrame({"ds": moments([0]), "y": [1.0]})})
def test_a_volume_file_reads_back_as_it_was_written(records: dict[str, pd.DataFrame]) -> None:
    back = read_volume_csv(write_volume_csv(records).encode(), file_name="F")
    assert list(back) == list(records)
    for name, frame in records.items():
        pd.testing.assert_frame_equal(back[name], sorted_and_named(name, frame), check_exact=True)


@settings(deadline=None)
@given(data=st.data(), offsets=hours)
def test_an_answer_rate_file_reads_back_as_it_was_written(
    data: st.DataObject, offsets: list[int]
) -> None:
    offered = data.draw(st.lists(counts, min_size=len(offsets), max_size=len(offsets)))
    part = data.draw(st.floats(0, 1))
    frame = pd.DataFrame(
        {
            "ds": moments(offsets),
            "offered": offered,
            "answered": np.minimum(np.array(offered) * part, offered),
        }
    )
    back = read_rate_csv(write_rate_csv({"c1": frame}).encode(), file_name="F")
    pd.testing.assert_frame_equal(back["c1"], sorted_and_named("c1", frame), check_exact=True)


@settings(deadline=None)
@given(data=st.data(), offsets=hours)
def test_a_capacity_file_reads_back_as_it_was_written(
    data: st.DataObject, offsets: list[int]
) -> None:
    agents = data.draw(st.lists(counts, min_size=len(offsets), max_size=len(offsets)))
    frame = pd.DataFrame({"ds": moments(offsets), "agents": agents})
    back = read_capacity_csv(write_capacity_csv(frame).encode(), file_name="F")
    pd.testing.assert_frame_equal(
        back, frame.sort_values("ds", ignore_index=True), check_exact=True
    )


@settings(deadline=None)
@given(first=st.integers(0, 9000), length=st.integers(1, 200))
def test_a_run_of_wall_clock_hours_reads_back_as_the_hours_they_were(
    first: int, length: int
) -> None:
    ds = moments(list(range(first, first + length)))
    walls = ds.tz_convert(BERLIN).tz_localize(None)
    lines = [f"s,{wall.isoformat()},1" for wall in walls]
    content = "\n".join(["unique_id,ds,y", *lines]).encode()
    back = read_volume_csv(content, file_name="F", time_zone=BERLIN)["s"]
    # A run that begins with the second of two equal hours cannot be told from the first.
    begins_repeated = len(ds) and walls[0].replace(fold=0).tz_localize(
        BERLIN, ambiguous=True
    ) != ds[0].tz_convert(BERLIN)
    if not begins_repeated:
        assert back["ds"].tolist() == ds.tolist()


def refusal_of(read: Callable[[], object]) -> str:
    """What is said where reading is refused; empty where it is not. Anything else fails."""
    try:
        read()
    except FileRejected as refused:
        return str(refused)
    return ""


@settings(deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for read in (read_volume_csv, read_rate_csv, read_capacity_csv, read_forecast_csv):
        told = refusal_of(partial(read, content, file_name="F.csv"))
        assert told == "" or told.startswith("F.csv")


cells = st.sampled_from(
    ["", "s", "2026-03-01T09:00", "2026-03-29T02:00", "1", "-1", "x", "1e999", '"', "\x00", "٣"]
)


@settings(deadline=None)
@given(rows=st.lists(st.lists(cells, min_size=2, max_size=4), max_size=5))
def test_any_rows_are_read_whole_or_refused_with_a_line(rows: list[list[str]]) -> None:
    lines = ["unique_id,ds,y", *(",".join(row) for row in rows)]
    read = partial(read_volume_csv, "\n".join(lines).encode(), file_name="F.csv", time_zone=BERLIN)
    told = refusal_of(read)
    if told:
        assert "F.csv, line" in told or "no row" in told
    else:
        assert sum(len(frame) for frame in read().values()) == len(rows)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(
    ["generatedAt", "confidenceLevel", "intervals", "kind", "seed", "cutoff", "history", "scores"]
)


@settings(deadline=None)
@given(document=st.dictionaries(keys, json_values))
def test_any_document_is_read_or_refused(document: dict[str, Any]) -> None:
    for whole in (document, {"forecasts": [document]}):
        content = json.dumps(whole).encode()
        read = partial(read_forecasts, content, file_name="F.json", kind=SeriesKind.ANSWER_RATE)
        told = refusal_of(read)
        assert told == "" or told.startswith("F.json")


@settings(deadline=None)
@given(value=json_values)
def test_every_value_becomes_json_and_stays_what_it_was(value: Any) -> None:
    once = json_value(value)
    assert json.loads(json.dumps(once, allow_nan=False)) == once
    assert json_value(once) == once


shares = st.floats(0, 1)


@st.composite
def forecasts(draw: st.DrawFn) -> Forecast:
    ds = moments(sorted(draw(hours)))
    middle = np.array(draw(st.lists(shares, min_size=len(ds), max_size=len(ds))))
    has_band = np.array(draw(st.lists(st.booleans(), min_size=len(ds), max_size=len(ds))))
    cutoff = ds[0].to_pydatetime() - timedelta(hours=1)
    name, method = draw(names), draw(names)
    rows = pd.DataFrame(
        {
            "unique_id": name,
            "ds": ds,
            "model": method,
            "cutoff": pd.Timestamp(cutoff).as_unit("us"),
            "yhat": middle,
            "yhat_lower": np.where(has_band, middle * 0.5, np.nan),
            "yhat_upper": np.where(has_band, middle, np.nan),
        }
    ).astype({"unique_id": "str", "model": "str"})
    maybe = st.none() | st.floats(-1e6, 1e6)
    score = st.builds(
        Scores,
        *[names, *[maybe] * 6],
        hours=st.integers(0, 1000),
        cutoffs=st.integers(0, 10),
    )
    return Forecast(
        forecast_id=draw(st.text(max_size=5)),
        kind=SeriesKind.ANSWER_RATE,
        series_id=name,
        series_name=draw(st.text(max_size=5)),
        method=method,
        requested_method=draw(names),
        reason=draw(st.text(max_size=5)),
        parameters=draw(st.dictionaries(st.text(), json_values.map(json_value), max_size=2)),
        level=draw(st.floats(0.5, 0.99)),
        band=draw(st.text(max_size=5)),
        cutoff=cutoff,
        history_start=cutoff - timedelta(days=draw(st.integers(0, 30))),
        history_hours=draw(st.dictionaries(names, st.integers(0, 100), max_size=3)),
        made_at=START + draw(st.timedeltas(timedelta(days=-900), timedelta(days=900))),
        time_zone="Europe/Berlin",
        seed=draw(st.none() | st.integers(0, 2**63)),
        versions=draw(st.dictionaries(names, names, max_size=2)),
        rows=rows,
        components=pd.DataFrame(),
        scores=tuple(draw(st.lists(score, max_size=2))),
        warnings=tuple(draw(st.lists(st.text(max_size=5), max_size=2))),
    )


@settings(deadline=None)
@given(forecast=forecasts())
def test_a_forecast_document_reads_back_as_it_was_written(forecast: Forecast) -> None:
    document = forecast_document(forecast)
    (back,) = read_forecasts(
        json_text(document).encode(), file_name="F", kind=SeriesKind.ANSWER_RATE
    )
    assert forecast_document(back) == document
    pd.testing.assert_frame_equal(back.rows, forecast.rows, check_exact=True)
    assert (back.scores, back.made_at, back.seed) == (
        forecast.scores,
        forecast.made_at,
        forecast.seed,
    )


@settings(deadline=None)
@given(forecast=forecasts())
def test_a_forecast_csv_reads_back_as_it_was_written(forecast: Forecast) -> None:
    back = read_forecast_csv(write_forecast_csv([forecast]).encode(), file_name="F")
    pd.testing.assert_frame_equal(back, forecast.rows, check_exact=True)

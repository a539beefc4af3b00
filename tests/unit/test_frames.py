"""Frame contracts: what is let in, and which column is named where it is not."""

import numpy as np
import pandas as pd
import pytest

from core import frames
from core.errors import FrameContractBroken
from core.frames import CAPACITY, FORECAST_ROWS, RATE_RECORDS, VOLUME_RECORDS, FrameContract

EVERY = [value for value in vars(frames).values() if isinstance(value, FrameContract)]
HOURS = pd.date_range("2026-11-23T09:00Z", periods=3, freq="h")


def capacity() -> pd.DataFrame:
    return pd.DataFrame({"ds": HOURS, "agents": [3.0, 0.0, 5.0]})


def forecast_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unique_id": "C1",
            "ds": HOURS,
            "model": "tutorial",
            "cutoff": HOURS[0] - pd.Timedelta(hours=1),
            "yhat": [0.2, 0.3, 0.4],
            "yhat_lower": np.nan,
            "yhat_upper": np.nan,
        }
    )


@pytest.mark.parametrize("contract", EVERY, ids=lambda each: each.name)
def test_every_contract_accepts_its_own_empty_frame(contract: FrameContract) -> None:
    empty = contract.empty()
    assert contract.check(empty) is empty
    assert list(empty.columns) == list(contract.columns)
    assert len(empty) == 0


@pytest.mark.parametrize("contract", EVERY, ids=lambda each: each.name)
def test_every_contract_names_each_column_that_is_absent(contract: FrameContract) -> None:
    for column in contract.columns:
        with pytest.raises(FrameContractBroken, match=f"{contract.name} lacks the column {column}"):
            contract.check(contract.empty().drop(columns=column))


@pytest.mark.parametrize("contract", EVERY, ids=lambda each: each.name)
def test_every_key_and_whole_column_is_among_the_columns(contract: FrameContract) -> None:
    assert {*contract.key, *contract.whole} <= set(contract.columns)


def test_all_absent_columns_are_named_at_once() -> None:
    with pytest.raises(FrameContractBroken, match="ds, offered, answered"):
        RATE_RECORDS.check(pd.DataFrame({"y": [1.0]}))


def test_a_sound_frame_is_returned_as_it_is() -> None:
    for contract, frame in ((CAPACITY, capacity()), (FORECAST_ROWS, forecast_rows())):
        before = frame.copy()
        assert contract.check(frame) is frame
        pd.testing.assert_frame_equal(frame, before)


def test_columns_beyond_the_contract_are_welcome() -> None:
    assert "skill" in CAPACITY.check(capacity().assign(skill="s-1")).columns


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_may_have_any_resolution(unit: str) -> None:
    CAPACITY.check(capacity().assign(ds=HOURS.as_unit(unit)))


@pytest.mark.parametrize(
    "ds",
    [
        HOURS.tz_localize(None),
        HOURS.tz_convert("Europe/Berlin"),
        HOURS.tz_convert("Etc/GMT"),
        HOURS.strftime("%Y-%m-%dT%H:%M:%SZ"),
    ],
    ids=["naive", "Berlin", "another name of UTC", "text"],
)
def test_times_that_are_not_in_utc_are_refused(ds: pd.Index) -> None:
    with pytest.raises(FrameContractBroken, match=r"has ds as .*, not as times in UTC"):
        CAPACITY.check(capacity().assign(ds=ds))


@pytest.mark.parametrize("agents", [["3", "0", "5"], [None, "many", 5]])
def test_a_text_where_a_number_belongs_is_refused(agents: list[object]) -> None:
    with pytest.raises(FrameContractBroken, match="agents that is not a number"):
        CAPACITY.check(capacity().assign(agents=pd.Series(agents, dtype=object)))


def test_counts_may_be_whole_numbers() -> None:
    VOLUME_RECORDS.check(pd.DataFrame({"ds": HOURS, "y": [1, 0, 2]}))


def test_a_gap_is_refused_only_where_the_contract_forbids_it() -> None:
    gap = [1.0, np.nan, 2.0]
    VOLUME_RECORDS.check(pd.DataFrame({"ds": HOURS, "y": gap}))
    with pytest.raises(FrameContractBroken, match="capacity has a gap in agents"):
        CAPACITY.check(capacity().assign(agents=gap))
    with pytest.raises(FrameContractBroken, match="forecast has a gap in yhat"):
        FORECAST_ROWS.check(forecast_rows().assign(yhat=gap))


def test_an_hour_may_come_twice_in_records_and_only_once_in_a_schedule() -> None:
    twice = [HOURS[0], HOURS[0], HOURS[2]]
    VOLUME_RECORDS.check(pd.DataFrame({"ds": twice, "y": [1.0, 2.0, 3.0]}))
    with pytest.raises(FrameContractBroken, match="two rows for one ds"):
        CAPACITY.check(capacity().assign(ds=twice))


def test_a_forecast_has_one_row_for_each_series_hour_and_model() -> None:
    both = pd.concat([forecast_rows(), forecast_rows().assign(model="auto")])
    FORECAST_ROWS.check(both)
    with pytest.raises(FrameContractBroken, match="two rows for one unique_id and ds and model"):
        FORECAST_ROWS.check(pd.concat([forecast_rows(), forecast_rows()]))

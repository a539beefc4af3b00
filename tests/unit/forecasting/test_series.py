"""A history read as a series."""

import numpy as np
import pandas as pd
import pytest

from core.errors import DataError, FrameContractBroken
from core.forecasting.forecast import SeriesKind
from core.forecasting.series import hours_ahead, observed, outcomes, to_last_record, usable
from core.frames import VOLUME_HISTORY
from tests.unit.forecasting.made_series import (
    end_of,
    rate_history,
    rate_records,
    volume_history,
    volume_records,
)


def test_a_closed_hour_is_compared_as_zero_contacts_and_a_missing_one_not_at_all() -> None:
    records = volume_records(28)
    lost = pd.Timestamp("2026-08-12T10:00Z")
    history = volume_history(records.loc[records["ds"] != lost])
    compared = outcomes(history, SeriesKind.VOLUME).set_index("ds")
    assert compared.loc[pd.Timestamp("2026-08-12T03:00Z"), "actual"] == 0.0
    assert lost not in compared.index
    assert len(compared) == len(history) - 1


def test_a_rate_is_compared_only_where_calls_were_offered_and_weighs_as_many() -> None:
    records = rate_records(7)
    records.loc[3, ["offered", "answered"]] = 0
    compared = outcomes(rate_history(records), SeriesKind.ANSWER_RATE)
    assert len(compared) == len(records) - 1
    assert compared["weight"].tolist() == records["offered"].drop(index=3).tolist()


def test_the_hours_ahead_begin_right_after_the_history() -> None:
    history = volume_history(volume_records(5))
    ahead = hours_ahead(history, 3)
    assert [hour.hour for hour in ahead] == [18, 19, 20]


def test_the_history_to_the_last_record_ends_there() -> None:
    records = volume_records(5)
    history = volume_history(records, end_of(records) + pd.Timedelta(hours=9))
    assert to_last_record(history)["ds"].iloc[-1] == records["ds"].max()


def test_a_history_without_rows_is_refused() -> None:
    history = VOLUME_HISTORY.empty().assign(recorded=pd.Series([], dtype=bool))
    with pytest.raises(DataError, match=r"no contacts on record\. Nothing to forecast"):
        usable(history, SeriesKind.VOLUME, 48)


def test_a_history_that_does_not_say_what_was_recorded_is_refused() -> None:
    history = volume_history(volume_records(5)).drop(columns="recorded")
    with pytest.raises(FrameContractBroken, match="lacks the column recorded"):
        usable(history, SeriesKind.VOLUME, 48)


def test_reading_a_history_leaves_it_as_it_was() -> None:
    history = volume_history(volume_records(7))
    before = history.copy(deep=True)
    outcomes(history, SeriesKind.VOLUME)
    assert np.isnan(observed(history, SeriesKind.VOLUME)["2026-08-04T03:00Z"])
    pd.testing.assert_frame_equal(history, before)

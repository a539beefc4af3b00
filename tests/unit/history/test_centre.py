"""A centre's clock as one value."""

import pickle
from datetime import UTC, datetime

import pandas as pd
import pytest

from core.errors import SettingsError
from core.history.centre import Centre
from core.history.tidy import tidy_volumes


def test_a_centre_in_an_unknown_zone_cannot_be_made() -> None:
    with pytest.raises(SettingsError, match="Mars/Olympus"):
        Centre("Mars/Olympus")


def test_a_centre_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Centre("Europe/Berlin"))) == Centre("Europe/Berlin")


def test_a_centre_answers_for_its_own_clock() -> None:
    ds = pd.DatetimeIndex(["2026-11-23T00:00Z"])
    assert Centre("Asia/Tokyo").hour_of_week(ds).tolist() == [9]
    assert Centre("Asia/Tokyo").days_before(ds, 1)[0].isoformat() == "2026-11-22T00:00:00+00:00"


def test_what_was_known_at_an_hour_ends_before_it() -> None:
    ds = pd.date_range("2026-11-23T00:00Z", periods=5, freq="h")
    records = pd.DataFrame({"ds": ds, "y": [5.0, 6.0, 7.0, 8.0, 9.0]})
    until = datetime(2026, 11, 23, 5, tzinfo=UTC)
    history = tidy_volumes(records, "Q1", until=until, time_zone="UTC")
    known = Centre().as_known_at(history, datetime(2026, 11, 23, 3, tzinfo=UTC))
    assert known["y"].tolist() == [5.0, 6.0, 7.0]

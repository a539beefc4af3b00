"""Forecasts and the history in every store: bit for bit, the newest found, spans that grow."""

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from core.forecasting.forecast import Forecast, SeriesKind
from core.frames import RATE_RECORDS, VOLUME_RECORDS
from core.ports import UnitOfWorkFactory
from tests.contract.store_records import HOUR, START, forecast, volumes
from tests.unit.workflow.builders import NOON


def test_a_forecast_comes_back_bit_for_bit(store: UnitOfWorkFactory) -> None:
    made = forecast()
    with store() as work:
        work.forecasts.add(made)
        work.commit()
    for _ in range(2):
        with store() as work:
            read = work.forecasts.get("f-1")
        assert_frame_equal(read.rows, made.rows, check_exact=True)
        assert_frame_equal(read.components, made.components, check_exact=True)
        assert np.signbit(read.rows["yhat"].iloc[3])
        assert _facts(read) == _facts(made)


def _facts(made: Forecast) -> dict[str, object]:
    return {
        name: getattr(made, name)
        for name in Forecast.__dataclass_fields__
        if name not in ("rows", "components")
    }


def test_a_forecast_without_components_comes_back_too(store: UnitOfWorkFactory) -> None:
    made = forecast(components=pd.DataFrame({"ds": forecast().components["ds"][:0]}))
    with store() as work:
        work.forecasts.add(made)
        work.commit()
    with store() as work:
        assert_frame_equal(work.forecasts.get("f-1").components, made.components)


def test_changing_a_frame_that_was_read_changes_nothing_stored(store: UnitOfWorkFactory) -> None:
    with store() as work:
        work.forecasts.add(forecast())
        work.commit()
    with store() as work:
        rows = work.forecasts.get("f-1").rows
        rows.loc[:, "yhat"] = 0.0
        assert_frame_equal(work.forecasts.get("f-1").rows, forecast().rows)


def test_the_newest_forecast_is_found_by_series_method_and_moment(
    store: UnitOfWorkFactory,
) -> None:
    with store() as work:
        for number, method in ((1, "auto"), (2, "tutorial"), (3, "auto")):
            work.forecasts.add(forecast(number, requested_method=method))
        work.forecasts.add(forecast(4, series_id="c-2"))
        work.forecasts.add(forecast(5, kind=SeriesKind.VOLUME))
        work.commit()
    rate = SeriesKind.ANSWER_RATE
    with store() as work:
        forecasts = work.forecasts
        assert _id(forecasts.latest(rate, "c-1")) == "f-3"
        assert _id(forecasts.latest(rate, "c-1", "tutorial")) == "f-2"
        assert forecasts.latest(rate, "c-1", "prophet") is None
        assert _id(forecasts.made_before(rate, "c-1", NOON + 3 * HOUR)) == "f-2"
        assert forecasts.made_before(rate, "c-1", NOON + HOUR) is None
        assert [_id(each) for each in forecasts.latest_of_all(rate)] == ["f-3", "f-4"]
        assert [_id(each) for each in forecasts.latest_of_all(SeriesKind.VOLUME)] == ["f-5"]


def test_of_two_forecasts_made_at_one_moment_the_later_stored_is_the_newest(
    store: UnitOfWorkFactory,
) -> None:
    with store() as work:
        work.forecasts.add(forecast(2, made_at=NOON))
        work.forecasts.add(forecast(1, made_at=NOON))
        work.commit()
    with store() as work:
        assert _id(work.forecasts.latest(SeriesKind.ANSWER_RATE, "c-1")) == "f-1"


def _id(found: Forecast | None) -> str:
    assert found is not None
    return found.forecast_id


def test_a_known_hour_takes_the_newer_value_and_hours_come_sorted(
    store: UnitOfWorkFactory,
) -> None:
    volume = SeriesKind.VOLUME
    with store() as work:
        work.history.merge(volume, "q-1", volumes(START + 2 * HOUR, [3, 4]))
        work.history.merge(volume, "q-1", volumes(START, [1, np.nan, 30]))
        work.history.merge(volume, "q-2", volumes(START, [9]))
        work.commit()
    with store() as work:
        read = work.history.read(volume, "q-1", START, START + 4 * HOUR)
        part = work.history.read(volume, "q-1", START + HOUR, START + 2 * HOUR)
    assert_frame_equal(read, volumes(START, [1, np.nan, 30, 4]))
    assert_frame_equal(part, volumes(START + HOUR, [np.nan]))


def test_of_an_hour_that_is_given_twice_the_last_row_counts(store: UnitOfWorkFactory) -> None:
    records = pd.concat([volumes(START, [1]), volumes(START, [2])])
    with store() as work:
        work.history.merge(SeriesKind.VOLUME, "q-1", records)
        work.commit()
    with store() as work:
        read = work.history.read(SeriesKind.VOLUME, "q-1", START, START + HOUR)
    assert_frame_equal(read, volumes(START, [2]))


def test_outbound_records_keep_both_counts(store: UnitOfWorkFactory) -> None:
    records = volumes(START, [120, 0]).rename(columns={"y": "offered"})
    records["answered"] = [37.0, 0.0]
    with store() as work:
        work.history.merge(SeriesKind.ANSWER_RATE, "c-1", records)
        work.commit()
    with store() as work:
        read = work.history.read(SeriesKind.ANSWER_RATE, "c-1", START, START + 2 * HOUR)
    assert_frame_equal(RATE_RECORDS.check(read), records)


def test_a_series_that_was_never_read_is_an_empty_frame(store: UnitOfWorkFactory) -> None:
    with store() as work:
        read = work.history.read(SeriesKind.VOLUME, "q-9", START, START + HOUR)
        assert work.history.read_span(SeriesKind.VOLUME, "q-9") is None
    assert VOLUME_RECORDS.check(read).empty


def test_spans_that_touch_grow_and_of_two_apart_the_later_is_kept(
    store: UnitOfWorkFactory,
) -> None:
    volume = SeriesKind.VOLUME
    steps = [
        ((10, 20), (10, 20)),
        ((20, 24), (10, 24)),
        ((5, 11), (5, 24)),
        ((0, 3), (5, 24)),
        ((30, 40), (30, 40)),
    ]
    for (start, end), known in steps:
        with store() as work:
            work.history.note_span(volume, "q-1", START + start * HOUR, START + end * HOUR)
            work.commit()
        with store() as work:
            assert work.history.read_span(volume, "q-1") == (
                START + known[0] * HOUR,
                START + known[1] * HOUR,
            )


def test_a_series_that_was_read_and_never_had_a_record_is_told_apart(
    store: UnitOfWorkFactory,
) -> None:
    volume, rate = SeriesKind.VOLUME, SeriesKind.ANSWER_RATE
    with store() as work:
        for kind, series_id in ((volume, "q-busy"), (volume, "q-silent"), (rate, "c-silent")):
            work.history.note_span(kind, series_id, START, START + 24 * HOUR)
        work.history.merge(volume, "q-busy", volumes(START, [3.0]))
        work.history.merge(volume, "q-unread", volumes(START, [3.0]))
        work.commit()
    with store() as work:
        assert work.history.without_records(volume) == {"q-silent"}
        assert work.history.without_records(rate) == {"c-silent"}

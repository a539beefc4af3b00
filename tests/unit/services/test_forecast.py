"""Making forecasts: stored whole, and one series that cannot be forecast stops no other."""

import contextlib
import logging
from dataclasses import fields, replace

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.errors import TenantUnreachable, TooLittleHistory, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.centre import Centre
from core.ports import HistoryReader, UnitOfWorkFactory
from core.services.forecast import Forecasting, ForecastOrder
from core.services.history import History
from core.store.memory import MemoryStore
from tests.support.desk import (
    BILLING,
    CAMPAIGNS,
    CLAIMS,
    LOYALTY,
    NOW,
    SILENT,
    WINBACK,
    FadingTenant,
    made_tenant,
)
from tests.unit.services.troubled_reader import TroubledReader

RATE, VOLUME = SeriesKind.ANSWER_RATE, SeriesKind.VOLUME
PLAIN = "seasonal-naive"
ON_CLAIMS = ForecastOrder(VOLUME, CLAIMS, "Claims North", method=PLAIN)
ON_SILENT = ForecastOrder(VOLUME, SILENT, "Training", method=PLAIN)
ON_WINBACK = ForecastOrder(RATE, WINBACK, "Winback Autumn", method=PLAIN)


def forecasting_on(
    store: UnitOfWorkFactory,
    tenant: FadingTenant | None = None,
    reader: HistoryReader | None = None,
) -> Forecasting:
    clock = FrozenClock(NOW)
    tenant = tenant or made_tenant(clock)
    history = History(store, reader or tenant, clock, Centre("Europe/Berlin"))
    return Forecasting(store, history, tenant, clock)


@pytest.fixture
def forecasting() -> Forecasting:
    return forecasting_on(MemoryStore())


def newest(store: UnitOfWorkFactory, kind: SeriesKind, series_id: str) -> Forecast | None:
    with store() as work:
        return work.forecasts.latest(kind, series_id)


def assert_equal(one: Forecast, other: Forecast) -> None:
    for each in fields(Forecast):
        mine, others = getattr(one, each.name), getattr(other, each.name)
        if isinstance(mine, pd.DataFrame):
            pd.testing.assert_frame_equal(mine, others)
        else:
            assert mine == others, each.name


class Steps:
    """Remembers what was reported."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, str]] = []

    def __call__(self, done: int, steps: int, step: str) -> None:
        self.told.append((done, steps, step))


# --- one series -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "order", [ON_CLAIMS, ForecastOrder(RATE, WINBACK, "Winback Autumn")], ids=["volume", "rate"]
)
def test_a_forecast_is_stored_whole_and_comes_back_equal(
    store: UnitOfWorkFactory, order: ForecastOrder
) -> None:
    made = forecasting_on(store).run(order)
    kept = newest(store, order.kind, order.series_id)
    assert kept is not None
    assert_equal(kept, made)
    with store() as work:
        assert_equal(work.forecasts.get(made.forecast_id), made)


def test_a_forecast_carries_what_was_ordered(forecasting: Forecasting) -> None:
    order = ForecastOrder(VOLUME, CLAIMS, "Claims North", PLAIN, days=35, horizon=48, level=0.8)
    made = forecasting.run(order)
    assert (made.kind, made.series_id, made.series_name) == (VOLUME, CLAIMS, "Claims North")
    assert (made.method, made.requested_method, made.level) == (PLAIN, PLAIN, 0.8)
    assert (len(made.rows), made.made_at, made.time_zone) == (48, NOW, "Europe/Berlin")
    assert 34 * 24 < sum(made.history_hours.values()) <= 35 * 24


@pytest.mark.parametrize(("order", "hours"), [(ON_CLAIMS, 168), (ON_WINBACK, 24)])
def test_a_week_of_contacts_and_a_day_of_answer_rates_are_forecast_where_nothing_is_said(
    forecasting: Forecasting, order: ForecastOrder, hours: int
) -> None:
    made = forecasting.run(order)
    first = made.cutoff + pd.Timedelta(hours=1)
    assert made.rows["ds"].min() >= first
    assert made.rows["ds"].max() < first + pd.Timedelta(hours=hours)
    assert made.rows["ds"].max() >= first + pd.Timedelta(hours=hours - 14)


def test_auto_starts_from_what_it_chose_last_and_not_from_what_was_asked_for_by_name(
    store: UnitOfWorkFactory,
) -> None:
    forecasting = forecasting_on(store)
    first = forecasting.run(ForecastOrder(VOLUME, CLAIMS, "Claims North"))
    with store() as work:
        # As if another method had been in force: close to the best one, it stays.
        made_so = replace(first, forecast_id="F-before", method="profile", made_at=NOW)
        work.forecasts.add(made_so)
        work.commit()
    forecasting.run(ON_CLAIMS)
    again = forecasting.run(ForecastOrder(VOLUME, CLAIMS, "Claims North"))
    assert first.method == "average"
    assert again.method == "profile"


def test_every_forecast_has_an_id_of_its_own_and_the_newest_is_shown(
    store: UnitOfWorkFactory,
) -> None:
    forecasting = forecasting_on(store)
    first = forecasting.run(ON_CLAIMS)
    second = forecasting.run(ON_CLAIMS)
    kept = newest(store, VOLUME, CLAIMS)
    assert first.forecast_id != second.forecast_id
    assert kept is not None
    assert kept.forecast_id == second.forecast_id


def test_a_series_without_history_is_told_and_nothing_is_stored(store: UnitOfWorkFactory) -> None:
    with pytest.raises(TooLittleHistory, match=SILENT):
        forecasting_on(store).run(ON_SILENT)
    assert newest(store, VOLUME, SILENT) is None


def test_an_order_that_no_method_can_do_is_refused(forecasting: Forecasting) -> None:
    with pytest.raises(UsageError):
        forecasting.run(ForecastOrder(VOLUME, CLAIMS, "Claims North", method="crystal-ball"))


# --- everything -----------------------------------------------------------------------------


def test_everything_is_each_campaign_that_dials_and_each_queue() -> None:
    draft = {**CAMPAIGNS[0], "id": "c-draft", "name": "Draft", "status": "draft"}
    tenant = made_tenant(FrozenClock(NOW), [*CAMPAIGNS, draft])
    orders = forecasting_on(MemoryStore(), tenant).everything()
    assert [(order.kind, order.series_id) for order in orders] == [
        (RATE, WINBACK),
        (RATE, LOYALTY),
        (VOLUME, BILLING),
        (VOLUME, CLAIMS),
        (VOLUME, SILENT),
    ]
    assert [order.series_name for order in orders][:2] == ["Winback Autumn", "Loyalty calls"]
    assert {order.method for order in orders} == {"auto"}


def test_a_series_that_cannot_be_forecast_does_not_stop_the_others_and_is_told(
    store: UnitOfWorkFactory,
) -> None:
    steps = Steps()
    gone = ForecastOrder(VOLUME, "q-gone", "Gone", method=PLAIN)
    outcome = forecasting_on(store).run_all(
        (gone, ON_CLAIMS, ON_WINBACK), steps, contextlib.nullcontext()
    )
    (sentence,) = outcome.refused
    assert sentence.startswith("Gone: ")
    assert "q-gone" in sentence
    assert outcome.made == 2
    assert newest(store, VOLUME, CLAIMS) is not None
    assert newest(store, RATE, WINBACK) is not None
    assert steps.told[0] == (0, 3, "Reading what is new")
    assert steps.told[1] == (0, 3, "Reading what is new, 0 of 2 questions answered")
    assert steps.told[-2:] == [(0, 3, "Gone"), (2, 3, "Winback Autumn")]


def test_a_queue_into_which_nobody_ever_called_is_told_in_one_sentence_and_is_no_failure(
    store: UnitOfWorkFactory,
) -> None:
    outcome = forecasting_on(store).run_all(
        (ON_SILENT, ON_CLAIMS), Steps(), contextlib.nullcontext()
    )
    assert outcome.refused == ()
    assert outcome.silent == (ON_SILENT,)
    assert outcome.words == ("1 of 1 forecasts made. Nothing on record, so no forecast: Training.")


def test_an_unexpected_error_in_one_series_stops_no_other_and_is_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = TroubledReader({BILLING: ZeroDivisionError("nobody expects this")})
    forecasting = forecasting_on(MemoryStore(), reader=reader)
    strange = ForecastOrder(VOLUME, BILLING, "Billing", method=PLAIN)
    with caplog.at_level(logging.ERROR):
        outcome = forecasting.run_all((strange, ON_CLAIMS), Steps(), contextlib.nullcontext())
    assert outcome.refused == ("Billing: it failed within Dialcast; the log has it.",)
    assert "nobody expects this" in caplog.text
    assert newest(forecasting.unit_of_work, VOLUME, CLAIMS) is not None


def test_a_tenant_that_is_down_is_told_for_each_series_with_what_to_do() -> None:
    silence = TenantUnreachable("No answer.", "Check the network.")
    reader = TroubledReader({CLAIMS: silence, SILENT: silence})
    outcome = forecasting_on(MemoryStore(), reader=reader).run_all(
        (ON_CLAIMS, ON_SILENT), Steps(), contextlib.nullcontext()
    )
    assert outcome.refused == (
        "Claims North: No answer. Check the network.",
        "Training: No answer. Check the network.",
    )


def test_volumes_take_their_turn_as_panels_and_answer_rates_one_by_one(
    forecasting: Forecasting,
) -> None:
    entered: list[str] = []

    class Turn(contextlib.AbstractContextManager[None]):
        def __enter__(self) -> None:
            entered.append("in")

        def __exit__(self, *_: object) -> None:
            entered.append("out")

    forecasting.run_all((ON_WINBACK, ON_SILENT, ON_CLAIMS), Steps(), Turn())
    assert entered == ["in", "out", "in", "out"]

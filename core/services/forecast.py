"""Making forecasts: history in, a stored forecast out.

A page never makes one in its own run; it asks `core.services.work` to, and shows what is stored.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import uuid4

import pandas as pd

from core.clock import Clock
from core.errors import DashboardError, DataError, TenantError
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import forecast_all, make_forecast
from core.forecasting.methods import AUTO
from core.forecasting.request import DEFAULT_HORIZON, ForecastRequest
from core.ports import CampaignReader, UnitOfWorkFactory
from core.services.history import History

log = logging.getLogger(__name__)

READING = "Reading what is new"
PANEL_SERIES = 25
"""How many volumes are forecast together: quick as a panel, and progress still shows."""
Unread = Mapping[tuple[SeriesKind, str], DashboardError | None]
"""Series that were not read together with the others, and why; None where it is not known."""


@dataclass(frozen=True, slots=True)
class ForecastOrder:
    """What to forecast.

    Parameters
    ----------
    kind : SeriesKind
        Answer rate or volume.
    series_id, series_name : str
        Campaign or queue.
    method : str
        A method's name, or ``auto``.
    days : int or None
        Span of history. Unit: days; None for the kind's default.
    horizon : int or None
        Unit: hours; None for the kind's default.
    level : float
        The band's claim, a share.
    weekly, daily : bool
        Seasonal terms of the tutorials' Prophet.
    """

    kind: SeriesKind
    series_id: str
    series_name: str
    method: str = "auto"
    days: int | None = None
    horizon: int | None = None
    level: float = 0.95
    weekly: bool = True
    daily: bool = True


@dataclass(frozen=True, slots=True)
class ForecastsMade:
    """What making many forecasts came to.

    Parameters
    ----------
    made : int
        How many there are.
    silent : tuple of ForecastOrder
        Of series that have nothing on record: there is nothing to forecast.
    refused : tuple of str
        A sentence for each other series that has no forecast, and why.
    """

    made: int
    silent: tuple[ForecastOrder, ...]
    refused: tuple[str, ...]

    @property
    def words(self) -> str:
        """What became of the orders, in sentences.

        Examples
        --------
        >>> print(ForecastsMade(2, (ForecastOrder(SeriesKind.VOLUME, "q", "Training"),), ()).words)
        2 of 2 forecasts made. Nothing on record, so no forecast: Training.
        """
        told = [f"{self.made} of {self.made + len(self.refused)} forecasts made.", *self.refused]
        if self.silent:
            names = ", ".join(order.series_name for order in self.silent)
            told.append(f"Nothing on record, so no forecast: {names}.")
        return " ".join(told)


@dataclass(frozen=True, slots=True)
class Forecasting:
    """Makes forecasts of one tenant's series and stores them.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    history : History
        Reads what happened.
    campaigns : CampaignReader
        Lists what there is to forecast.
    clock : Clock
        Tells when a forecast was made.
    """

    unit_of_work: UnitOfWorkFactory
    history: History
    campaigns: CampaignReader
    clock: Clock

    def run(self, order: ForecastOrder) -> Forecast:
        """Read what is new, forecast, store the forecast and return it.

        Raises
        ------
        DataError
            If the history cannot carry the method: too short, no contacts at all.
        TenantError
            If the tenant cannot be read.
        """
        return self._run(order, self.history.refresh(order.kind, order.series_id, order.days))

    def run_on_stored(self, order: ForecastOrder) -> Forecast:
        """Forecast from what was read so far, store the forecast and return it.

        Raises
        ------
        DataError
            As `run` does.
        """
        return self._run(order, self.history.stored(order.kind, order.series_id, order.days))

    def _run(self, order: ForecastOrder, history: pd.DataFrame) -> Forecast:
        return self._stored(make_forecast(self._request(order, history)))

    def _request(self, order: ForecastOrder, history: pd.DataFrame) -> ForecastRequest:
        return ForecastRequest(
            forecast_id=f"F-{uuid4().hex[:12]}",
            kind=order.kind,
            series_id=order.series_id,
            series_name=order.series_name,
            history=history,
            centre=self.history.centre_of(order.kind, order.series_id),
            made_at=self.clock.now(),
            horizon=order.horizon or DEFAULT_HORIZON[order.kind],
            method=order.method,
            level=order.level,
            weekly=order.weekly,
            daily=order.daily,
            method_in_force=self._in_force(order),
        )

    def _stored(self, *forecasts: Forecast) -> Forecast:
        """Store forecasts in one transaction; return the last."""
        with self.unit_of_work() as work:
            for forecast in forecasts:
                work.forecasts.add(forecast)
            work.commit()
        return forecasts[-1]

    def _in_force(self, order: ForecastOrder) -> str:
        """Return the method that `auto` chose last; what was asked for by name is no choice."""
        if order.method != AUTO:
            return ""
        with self.unit_of_work() as work:
            last = work.forecasts.latest(order.kind, order.series_id, AUTO)
        return last.method if last is not None else ""

    def everything(self) -> tuple[ForecastOrder, ...]:
        """Return an order for each campaign and each queue of the tenant."""
        return tuple(
            ForecastOrder(SeriesKind.ANSWER_RATE, campaign.campaign_id, campaign.name)
            for campaign in self.campaigns.campaigns()
            if campaign.is_at_work
        ) + tuple(
            ForecastOrder(SeriesKind.VOLUME, queue.queue_id, queue.name)
            for queue in self.campaigns.queues()
        )

    def _read_all(
        self, orders: Sequence[ForecastOrder], report: Callable[[int, int], None]
    ) -> Unread:
        """Read what is new of many series together; return which could not be read, and why."""
        spans: dict[tuple[SeriesKind, int | None], list[str]] = {}
        for order in orders:
            spans.setdefault((order.kind, order.days), []).append(order.series_id)
        unread: dict[tuple[SeriesKind, str], DashboardError | None] = {}
        for (kind, days), series_ids in spans.items():
            try:
                refused = self.history.refresh_many(kind, series_ids, days, report).refused
                unread.update({(kind, series_id): why for series_id, why in refused.items()})
            except TenantError as error:
                unread.update({(kind, series_id): error for series_id in series_ids})
            except Exception:
                # Each is read by itself then, so that only the one at fault has no forecast.
                log.exception("reading %s %s together failed", len(series_ids), kind.value)
                unread.update({(kind, series_id): None for series_id in series_ids})
        return unread

    def _history_as_read(self, order: ForecastOrder, unread: Unread) -> pd.DataFrame:
        series = (order.kind, order.series_id)
        if series not in unread:
            return self.history.stored(*series, order.days)
        error = unread[series]
        if error is not None:
            raise error
        return self.history.refresh(*series, order.days)

    def _take_turn(self, turn: Sequence[ForecastOrder], unread: Unread) -> list[str]:
        """Forecast some series together; return a sentence for each that has no forecast."""
        refused: list[str] = []
        asked: list[tuple[ForecastOrder, ForecastRequest]] = []
        for order in turn:
            try:
                asked.append((order, self._request(order, self._history_as_read(order, unread))))
            except DashboardError as error:
                refused.append(f"{order.series_name}: {_why(error)}")
            except Exception:
                log.exception("forecast of %s %s failed", order.kind.value, order.series_id)
                refused.append(_defect(order))
        made: list[Forecast] = []
        try:
            outcomes = list(forecast_all([request for _, request in asked]))
        except Exception:
            log.exception("forecasting %s together failed", [each.series_id for each in turn])
            if len(turn) == 1:
                return [*refused, *(_defect(order) for order, _ in asked)]
            # Each by itself then, so that only the one at fault has no forecast.
            return [told for order in turn for told in self._take_turn([order], unread)]
        for (order, _), outcome in zip(asked, outcomes, strict=True):
            if isinstance(outcome, Forecast):
                made.append(outcome)
            else:
                refused.append(f"{order.series_name}: {outcome.what}")
        if made:
            self._stored(*made)
        return refused

    def run_all(
        self,
        orders: tuple[ForecastOrder, ...],
        report: Callable[[int, int, str], None],
        fits: AbstractContextManager[object],
    ) -> "ForecastsMade":
        """Make many forecasts; one that cannot be made does not stop the others.

        Parameters
        ----------
        orders : tuple of ForecastOrder
            What to forecast.
        report : callable
            Told done steps, all steps and the step at hand.
        fits : context manager
            Entered for each turn, a panel of volumes or one answer rate: a semaphore that other
            work shares.

        Returns
        -------
        ForecastsMade
            How many, and why the others are not.
        """
        refused: list[str] = []
        report(0, len(orders), READING)
        unread = self._read_all(
            orders,
            lambda answered, questions: report(
                0, len(orders), f"{READING}, {answered} of {questions} questions answered"
            ),
        )
        silent = self._silent(orders)
        asked = [order for order in orders if order not in silent]
        done = len(silent)
        for turn in _turns(asked):
            report(done, len(orders), turn[0].series_name)
            with fits:
                refused += self._take_turn(turn, unread)
            done += len(turn)
        return ForecastsMade(len(asked) - len(refused), silent, tuple(refused))

    def _silent(self, orders: Sequence[ForecastOrder]) -> tuple[ForecastOrder, ...]:
        """Return the orders on series that never had a record.

        A queue that diallers fill is such, and a campaign that was never switched on.
        """
        silent = self.history.without_records()
        return tuple(order for order in orders if (order.kind, order.series_id) in silent)


def _turns(orders: Sequence[ForecastOrder]) -> Iterator[list[ForecastOrder]]:
    """Give the series that are forecast together: volumes in panels, answer rates one by one."""
    turn: list[ForecastOrder] = []
    for order in orders:
        is_alone = order.kind is not SeriesKind.VOLUME
        if turn and (is_alone or len(turn) == PANEL_SERIES):
            yield turn
            turn = []
        turn.append(order)
        if is_alone:
            yield turn
            turn = []
    if turn:
        yield turn


def _why(error: DashboardError) -> str:
    return error.what if isinstance(error, DataError) else str(error)


def _defect(order: ForecastOrder) -> str:
    return f"{order.series_name}: it failed within Dialcast; the log has it."

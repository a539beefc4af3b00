"""Making forecasts: history in, a stored forecast out.

A page never makes one in its own run; it asks `core.services.work` to, and shows what is stored.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import uuid4

from core.clock import Clock
from core.errors import DashboardError, DataError
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.request import DEFAULT_HORIZON, ForecastRequest
from core.ports import CampaignReader, UnitOfWorkFactory
from core.services.history import History

log = logging.getLogger(__name__)


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
        history = self.history.refresh(order.kind, order.series_id, order.days)
        forecast = make_forecast(
            ForecastRequest(
                forecast_id=f"F-{uuid4().hex[:12]}",
                kind=order.kind,
                series_id=order.series_id,
                series_name=order.series_name,
                history=history,
                centre=self.history.centre,
                made_at=self.clock.now(),
                horizon=order.horizon or DEFAULT_HORIZON[order.kind],
                method=order.method,
                level=order.level,
                weekly=order.weekly,
                daily=order.daily,
            )
        )
        with self.unit_of_work() as work:
            work.forecasts.add(forecast)
            work.commit()
        return forecast

    def everything(self) -> tuple[ForecastOrder, ...]:
        """Return an order for each campaign and each queue of the tenant."""
        return tuple(
            ForecastOrder(SeriesKind.ANSWER_RATE, campaign.campaign_id, campaign.name)
            for campaign in self.campaigns.campaigns()
            if campaign.status.upper() != "DRAFT"
        ) + tuple(
            ForecastOrder(SeriesKind.VOLUME, queue.queue_id, queue.name)
            for queue in self.campaigns.queues()
        )

    def run_all(
        self,
        orders: tuple[ForecastOrder, ...],
        report: Callable[[int, int, str], None],
        fits: AbstractContextManager[object],
    ) -> tuple[str, ...]:
        """Make many forecasts; one that cannot be made does not stop the others.

        Parameters
        ----------
        orders : tuple of ForecastOrder
            What to forecast.
        report : callable
            Told done steps, all steps and the step at hand.
        fits : context manager
            Entered for each series: a semaphore that other work shares.

        Returns
        -------
        tuple of str
            A sentence for each series that has no forecast, and why.
        """
        refused: list[str] = []
        for number, order in enumerate(orders):
            report(number, len(orders), order.series_name)
            try:
                with fits:
                    self.run(order)
            except DataError as error:
                refused.append(f"{order.series_name}: {error.what}")
            except DashboardError as error:
                refused.append(f"{order.series_name}: {error}")
            except Exception:
                log.exception("forecast of %s %s failed", order.kind.value, order.series_id)
                refused.append(f"{order.series_name}: it failed within Dialcast; the log has it.")
        return tuple(refused)

"""Retraining: which forecasts are to be made anew, why, and making them in the background.

A forecast is never overwritten: the old one stays in the store and can be compared.
"""

from dataclasses import dataclass
from datetime import datetime

from core.clock import Clock
from core.errors import UsageError
from core.forecasting.drift import DriftReport
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.request import DEFAULT_HORIZON
from core.ports import UnitOfWorkFactory
from core.services.desk import FORECAST_IS_OLD_AFTER, Desk
from core.services.forecast import ForecastOrder
from core.services.scoring import Scoring, days_of
from core.services.work import Report
from core.workflow.jobs import Job

RETRAINING = "forecast:retraining"


@dataclass(frozen=True, slots=True)
class Retraining:
    """Makes forecasts anew where they are old or drift.

    Parameters
    ----------
    unit_of_work : UnitOfWorkFactory
        The store.
    desk : Desk
        Makes forecasts.
    scoring : Scoring
        Tells afterwards how they hold.
    clock : Clock
        Tells which are old.
    """

    unit_of_work: UnitOfWorkFactory
    desk: Desk
    scoring: Scoring
    clock: Clock

    def drifting(self) -> tuple[DriftReport, ...]:
        """Return the reports that ask for retraining and that no newer forecast has answered."""
        with self.unit_of_work() as work:
            reports = [each for kind in SeriesKind for each in work.assessments.drift(kind)]
            newest = {
                forecast_id
                for kind in SeriesKind
                for forecast_id in work.forecasts.newest_ids(kind).values()
            }
        return tuple(
            each for each in reports if each.needs_retraining and each.forecast_id in newest
        )

    def due(self) -> tuple[ForecastOrder, ...]:
        """Return an order for each series whose forecast drifts, is old, or is missing."""
        now = self.clock.now()
        drifting = {(each.kind, each.series_id) for each in self.drifting()}
        with self.unit_of_work() as work:
            newest = {
                (made.kind, made.series_id): made
                for kind in SeriesKind
                for made in work.forecasts.latest_of_all(kind)
            }
        silent = self.desk.history.without_records()
        orders = []
        for order in self.desk.forecasting.everything():
            made = newest.get((order.kind, order.series_id))
            if made is None:
                # Of what never had a record there is nothing to forecast, however often one tries.
                if (order.kind, order.series_id) not in silent:
                    orders.append(order)
            elif (order.kind, order.series_id) in drifting or _is_old(made, now):
                orders.append(again(made, order.series_name))
        return tuple(orders)

    def retrain_due(self, report: Report) -> str:
        """Forecast anew what is due, here and now; return what was done, in a sentence."""
        report(0, 0, "Looking for forecasts that are old or drift")
        orders = self.due()
        return self.desk.make_forecasts(orders, report) if orders else "No forecast is due."

    def begin(self, reports: tuple[DriftReport, ...], owner: str) -> Job:
        """Begin to forecast anew the series of some reports, and to score them again.

        Raises
        ------
        UsageError
            If there is none.
        """
        if not reports:
            raise UsageError("No forecast is to be retrained.", "Score the forecasts again first.")
        with self.unit_of_work() as work:
            stored = [work.forecasts.latest(each.kind, each.series_id) for each in reports]
        orders = tuple(again(made, made.series_name) for made in stored if made is not None)

        def action(report: Report) -> str:
            told = self.desk.make_forecasts(orders, report)
            for order in orders:
                report(len(orders), len(orders), f"Scoring {order.series_name}")
                self.scoring.check(order.kind, order.series_id)
            return told

        one = f"Retrain {orders[0].series_name}" if len(orders) == 1 else "Retrain forecasts"
        return self.desk.work.begin(RETRAINING, one, owner, action)


def again(made: Forecast, series_name: str) -> ForecastOrder:
    """Return the order that makes a forecast as a stored one was made."""
    learned = (made.cutoff - made.history_start).total_seconds() / 86400
    ahead = (made.rows["ds"].max() - made.cutoff).total_seconds() / 3600
    return ForecastOrder(
        made.kind,
        made.series_id,
        series_name,
        method=made.requested_method,
        days=days_of(made.kind, learned),
        # A rate's last hours may be closed and have no row.
        horizon=max(DEFAULT_HORIZON[made.kind], round(ahead)),
        level=made.level,
    )


def _is_old(made: Forecast, now: datetime) -> bool:
    return now - made.made_at >= FORECAST_IS_OLD_AFTER

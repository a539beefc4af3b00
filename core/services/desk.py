"""The desk's long work: forecast one series or all of them, and read what is new.

Each is a job in the background, one at a time for a subject, whoever begins it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Semaphore

from core.clock import Clock, hour_start
from core.errors import DataError, PermissionMissing, TenantRecordMissing, TooLittleHistory
from core.forecasting.forecast import SeriesKind
from core.services.forecast import Forecasting, ForecastOrder
from core.services.history import History
from core.services.work import BackgroundWork, Report
from core.workflow.jobs import Job

EVERYTHING = "forecast:everything"
READING = "history:everything"
FORECAST_IS_OLD_AFTER = timedelta(hours=6)
FITS_AT_ONCE = 2
READ_AGAIN_AFTER = timedelta(minutes=10)


def subject_of(kind: SeriesKind, series_id: str) -> str:
    """Return the subject of the job that forecasts a series."""
    return f"forecast:{kind.value}:{series_id}"


@dataclass(frozen=True, slots=True)
class Desk:
    """Begins the desk's long work.

    Parameters
    ----------
    work : BackgroundWork
        Runs it.
    forecasting : Forecasting
        Makes forecasts.
    history : History
        Reads what happened.
    clock : Clock
        Tells what is due.
    fits : Semaphore
        How many series are forecast at once, whoever asked.
    """

    work: BackgroundWork
    forecasting: Forecasting
    history: History
    clock: Clock
    fits: Semaphore = field(default_factory=lambda: Semaphore(FITS_AT_ONCE), repr=False)

    def forecast(self, order: ForecastOrder, owner: str) -> Job:
        """Begin to forecast one series."""

        def action(report: Report) -> str:
            report(0, 1, f"Reading and forecasting {order.series_name}")
            with self.fits:
                made = self.forecasting.run(order)
            report(1, 1, order.series_name)
            return f"{order.series_name}: forecast by {made.method}."

        label = f"Forecast {order.series_name}"
        subject = subject_of(order.kind, order.series_id)
        return self.work.begin(subject, label, owner, action)

    def forecast_everything(self, owner: str) -> Job:
        """Begin to forecast every campaign and queue."""

        def action(report: Report) -> str:
            report(0, 0, "Listing campaigns and queues")
            orders = self.forecasting.everything()
            refused = self.forecasting.run_all(orders, report, self.fits)
            made = len(orders) - len(refused)
            return " ".join((f"{made} of {len(orders)} forecasts made.", *refused))

        return self.work.begin(EVERYTHING, "Forecast everything", owner, action)

    def forecast_when_due(self, owner: str) -> Job | None:
        """Begin to forecast everything where nothing is stored, or all of it is old."""
        with self.forecasting.unit_of_work() as work:
            stored = [made for kind in SeriesKind for made in work.forecasts.latest_of_all(kind)]
        now = self.clock.now()
        if any(now - made.made_at < FORECAST_IS_OLD_AFTER for made in stored):
            return None
        return self.forecast_everything(owner)

    def read_what_is_new(self, owner: str) -> Job | None:
        """Begin to read the newest hours of every series; None where that was done just now.

        It is due ten minutes after the last reading, and as soon as an hour has ended since.
        """
        latest = self.work.latest(READING)
        now = self.clock.now()
        if latest is not None and latest.is_over:
            is_recent = now - latest.updated_at < READ_AGAIN_AFTER
            if is_recent and hour_start(latest.started_at) == hour_start(now):
                return None

        def action(report: Report) -> str:
            orders = self.forecasting.everything()
            refused: list[str] = []
            for number, order in enumerate(orders):
                report(number, len(orders), order.series_name)
                refused += self._read(order)
            return " ".join((f"{len(orders) - len(refused)} series read.", *refused))

        return self.work.begin(READING, "Read the newest hours", owner, action)

    def _read(self, order: ForecastOrder) -> list[str]:
        """Return why a series cannot be read, where that is about this series alone."""
        try:
            self.history.refresh(order.kind, order.series_id)
        except TooLittleHistory:
            # A queue without any contact has nothing to read; its page says so.
            return []
        except (DataError, PermissionMissing, TenantRecordMissing) as error:
            return [f"{order.series_name}: {error.what}"]
        return []

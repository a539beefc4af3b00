"""The desk's long work: forecast one series or all of them, and read what is new.

Each is a job in the background, one at a time for a subject, whoever begins it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from threading import Semaphore

from core.clock import Clock, hour_start
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
            return self.make_forecasts(self.forecasting.everything(), report)

        return self.work.begin(EVERYTHING, "Forecast everything", owner, action)

    def make_forecasts(self, orders: tuple[ForecastOrder, ...], report: Report) -> str:
        """Make forecasts here and now, and return how many there are, and which are not."""
        return self.forecasting.run_all(orders, report, self.fits).words

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

        return self.work.begin(READING, "Read the newest hours", owner, self.read_everything)

    def read_everything(self, report: Report) -> str:
        """Read the newest hours of every series here and now, and return how many were read."""
        orders = self.forecasting.everything()
        refused: list[str] = []
        requests = done = 0
        for kind in SeriesKind:
            names = {each.series_id: each.series_name for each in orders if each.kind is kind}
            label = f"Reading {len(names)} series together"
            read = self.history.refresh_many(
                kind, list(names), report=partial(_tell, report, done, len(orders), label)
            )
            done += len(names)
            requests += read.requests or 0
            refused += [f"{names[each]}: {why.what}" for each, why in read.refused.items()]
        cost = f" Requests used: {requests}." if requests else ""
        return " ".join((f"{len(orders) - len(refused)} series read.{cost}", *refused))


def _tell(
    report: Report, done: int, series: int, label: str, answered: int, questions: int
) -> None:
    report(done, series, f"{label}, {answered} of {questions} questions answered")

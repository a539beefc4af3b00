"""A desk in memory: a made tenant, a filled store, a clock that stands still.

Everything but the tenant and the store's place is real: `core.bootstrap.wire` wires the services,
and the forecasts in the store were made by them.
"""

import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from core.bootstrap import Services, wire
from core.campaigns import Campaign, Queue
from core.charts.picture import Look
from core.charts.theme import LIGHT
from core.clock import FrozenClock
from core.documents import JsonObject
from core.errors import TenantUnreachable, TooLittleHistory
from core.forecasting.forecast import Forecast, SeriesKind
from core.screens.recent import Recent
from core.services.forecast import ForecastOrder
from core.settings import Settings, read_settings
from core.staffing import Capacity
from core.store.memory import MemoryStore
from core.tenants.memory import MemoryTenant
from core.units import QueueId, SkillId
from core.workflow.proposal import Proposal

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)
"""Wednesday, 11:20 in the centre."""
DAYS = 100
"""How far the tenant's history goes back."""

VIEWER, PLANNER, SUPERVISOR, ADMIN = "Vera Lind", "Paul Novak", "Sofia Brandt", "Adam Weiss"
ROLES: Mapping[str, str] = {
    VIEWER: "viewer",
    PLANNER: "planner",
    SUPERVISOR: "supervisor",
    ADMIN: "admin",
}

WINBACK, LOYALTY = "c-winback", "c-loyalty"
BILLING, CLAIMS, SILENT = "q-billing", "q-claims", "q-silent"
SKILL = "s-outbound"
CAMPAIGNS: Sequence[JsonObject] = (
    {
        "id": WINBACK,
        "name": "Winback Autumn",
        "version": 7,
        "status": "ON",
        "dialingMode": "PREDICTIVE",
        "skillId": SKILL,
        "queue": {"id": BILLING},
        "predictive": {"answerRate": 0.25, "dropRate": 0.02, "maxAttempts": 3},
    },
    {
        "id": LOYALTY,
        "name": "Loyalty calls",
        "version": 2,
        "status": "ON",
        "dialingMode": "PREDICTIVE",
        "skillId": SKILL,
        "queue": {"id": CLAIMS},
        "predictive": {"answerRate": 0.3, "dropRate": 0.01, "maxAttempts": 2},
    },
)
QUEUES = (
    Queue(QueueId(BILLING), "Billing"),
    Queue(QueueId(CLAIMS), "Claims North"),
    Queue(QueueId(SILENT), "Training"),
)
FORECAST_ORDERS = (
    ForecastOrder(SeriesKind.ANSWER_RATE, WINBACK, "Winback Autumn"),
    ForecastOrder(SeriesKind.ANSWER_RATE, LOYALTY, "Loyalty calls"),
    ForecastOrder(SeriesKind.VOLUME, BILLING, "Billing"),
    ForecastOrder(SeriesKind.VOLUME, CLAIMS, "Claims North", method="seasonal-naive"),
)


class FadingTenant(MemoryTenant):
    """A tenant in memory that can stop answering."""

    is_down = False

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return all campaigns, or nothing while it is down."""
        self._answer("the campaigns")
        return super().campaigns()

    def queues(self) -> tuple[Queue, ...]:
        """Return all queues, or nothing while it is down."""
        self._answer("the queues")
        return super().queues()

    def agents_scheduled(self, skill_id: SkillId, start: datetime, end: datetime) -> Capacity:
        """Return the agents scheduled, or nothing while it is down."""
        self._answer("the schedule")
        return super().agents_scheduled(skill_id, start, end)

    def _answer(self, what: str) -> None:
        if self.is_down:
            raise TenantUnreachable(f"The tenant could not be reached for {what}.", "Try again.")


@dataclass(frozen=True, slots=True)
class Desk:
    """Services over a tenant and a store in memory.

    Parameters
    ----------
    services : Services
        As a page gets them.
    tenant : FadingTenant
        Behind them; it can be changed as somebody else would, and stop answering.
    clock : FrozenClock
        Their clock.
    """

    services: Services
    tenant: FadingTenant
    clock: FrozenClock

    def store(self, *forecasts: Forecast, proposals: Sequence[Proposal] = ()) -> None:
        """Store forecasts and proposals."""
        with self.services.unit_of_work() as work:
            for forecast in forecasts:
                work.forecasts.add(forecast)
            for proposal in proposals:
                work.proposals.add(proposal)
            work.commit()

    def newest(self, kind: SeriesKind, series_id: str) -> Forecast:
        """Return the newest stored forecast of a series."""
        return self.services.recommending.stored_forecast(kind, series_id)

    def look(self) -> Look:
        """Return how a reader with the light theme sees pictures now."""
        return Look(BERLIN, LIGHT, self.clock.now())

    def recent(self) -> Recent:
        """Return the readings of a session that begins."""
        return Recent(self.clock)

    def settle(self, seconds: float = 60.0) -> None:
        """Wait until the work in the background is over."""
        until = time.monotonic() + seconds
        while self.services.work.all_running():
            assert time.monotonic() < until, "the work in the background does not end"
            time.sleep(0.02)


def settings_for(
    roles: Mapping[str, str] = ROLES, *, is_demo: bool = False, **environment: str
) -> Settings:
    """Return the settings of a desk; the environment of this process is not read."""
    return read_settings(
        {
            "DIALCAST_TENANT": "simulator" if is_demo else "tutorial",
            "GENESYS_CLIENT_ID": "client",
            "GENESYS_CLIENT_SECRET": "secret",
            "GENESYS_API_URL": "http://127.0.0.1:9",
            "GENESYS_ENVIRONMENT": "Made organisation",
            "DIALCAST_TIMEZONE": BERLIN.key,
            "DIALCAST_ROLES": ",".join(f"{name}={role}" for name, role in roles.items()),
            **environment,
        },
        Path("no-secrets.toml"),
    )


def empty_desk(
    *,
    at: datetime = NOW,
    settings: Settings | None = None,
    tenant: FadingTenant | None = None,
    clock: FrozenClock | None = None,
) -> Desk:
    """Return a desk whose store holds nothing yet."""
    clock = clock or FrozenClock(at)
    tenant = tenant or made_tenant(clock)
    services = wire(settings or settings_for(), clock, tenant, tenant.writer, MemoryStore())
    return Desk(services, tenant, clock)


def filled_desk(
    *,
    at: datetime = NOW,
    settings: Settings | None = None,
    tenant: FadingTenant | None = None,
) -> Desk:
    """Return a desk with history read and forecasts made, as they stood at `NOW`."""
    desk = empty_desk(at=at, settings=settings, tenant=tenant)
    filling = _filling()
    with desk.services.unit_of_work() as work:
        for (kind, series_id), records in filling.records.items():
            work.history.merge(kind, series_id, records)
            work.history.note_span(kind, series_id, *filling.spans[kind, series_id])
        for forecast in filling.forecasts:
            work.forecasts.add(forecast)
        work.commit()
    return desk


def made_tenant(clock: FrozenClock, campaigns: Sequence[JsonObject] = CAMPAIGNS) -> FadingTenant:
    """Return a tenant with two campaigns, two busy queues, a silent one, and a schedule."""
    hours = open_hours(NOW - timedelta(days=DAYS), NOW + timedelta(days=14))
    past = hours[hours < pd.Timestamp(NOW).floor("h") + pd.Timedelta(hours=1)]
    return FadingTenant(
        clock,
        campaigns,
        outbound={WINBACK: rate_records(past, 0.34, 1), LOYALTY: rate_records(past, 0.22, 2)},
        queues=QUEUES,
        volumes={BILLING: volume_records(past, 60.0, 3), CLAIMS: volume_records(past, 9.0, 4)},
        capacity={SKILL: pd.DataFrame({"ds": hours, "agents": 12.0 + 8.0 * _bell(hours)})},
    )


def open_hours(start: datetime, end: datetime) -> pd.DatetimeIndex:
    """Return the hours in which the centre is open: Monday to Saturday, 8 to 20, Berlin."""
    every = pd.date_range(
        pd.Timestamp(start).floor("h"), pd.Timestamp(end).floor("h"), freq="h", unit="us"
    )
    clock = every.tz_convert(BERLIN)
    return every[(clock.day_of_week < 6) & (clock.hour >= 8) & (clock.hour < 20)]


def volume_records(hours: pd.DatetimeIndex, mean: float, seed: int) -> pd.DataFrame:
    """Return `VOLUME_RECORDS` with two peaks a day, Mondays busy, from a seed."""
    random = np.random.default_rng(seed)
    clock = hours.tz_convert(BERLIN)
    weekday = np.array([1.3, 1.05, 1.0, 0.95, 0.9, 0.6, 0.0])[clock.day_of_week]
    shape = 0.5 + _bell(hours) + 0.3 * np.cos((clock.hour.to_numpy() - 16) / 2)
    expected = mean * weekday * np.clip(shape, 0.1, None)
    return pd.DataFrame({"ds": hours, "y": random.poisson(expected).astype("float64")})


def rate_records(hours: pd.DatetimeIndex, rate: float, seed: int) -> pd.DataFrame:
    """Return `RATE_RECORDS` with answers rising towards the evening, from a seed."""
    random = np.random.default_rng(seed)
    clock = hours.tz_convert(BERLIN)
    offered = random.poisson(180.0, len(hours))
    answered = random.binomial(offered, rate + 0.007 * (clock.hour.to_numpy() - 14))
    return pd.DataFrame(
        {
            "ds": hours,
            "offered": offered.astype("float64"),
            "answered": answered.astype("float64"),
        }
    )


def _bell(hours: pd.DatetimeIndex) -> "np.ndarray":
    clock = hours.tz_convert(BERLIN).hour.to_numpy()
    return np.exp(-(((clock - 11.5) / 3.0) ** 2))


@dataclass(frozen=True, slots=True)
class _Filling:
    forecasts: tuple[Forecast, ...]
    records: Mapping[tuple[SeriesKind, str], pd.DataFrame]
    spans: Mapping[tuple[SeriesKind, str], tuple[datetime, datetime]]


@cache
def _filling() -> _Filling:
    """Make what fills a store, once for a run of tests: yesterday's forecasts and today's."""
    clock = FrozenClock(NOW - timedelta(days=1))
    desk = empty_desk(clock=clock)
    make = desk.services.forecasting.run
    forecasts = [make(FORECAST_ORDERS[0]), make(FORECAST_ORDERS[3])]
    clock.move(timedelta(days=1))
    forecasts += [make(order) for order in FORECAST_ORDERS]
    with contextlib.suppress(TooLittleHistory):
        desk.services.history.refresh(SeriesKind.VOLUME, SILENT)
    series = [
        *((order.kind, order.series_id) for order in FORECAST_ORDERS),
        (SeriesKind.VOLUME, SILENT),
    ]
    with desk.services.unit_of_work() as work:
        spans = {each: work.history.read_span(*each) or (NOW, NOW) for each in series}
        records = {each: work.history.read(*each, *span) for each, span in spans.items()}
    return _Filling(tuple(forecasts), records, spans)

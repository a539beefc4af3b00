"""Recommending and drafting over a tenant and a store in memory, with forecasts made for it."""

from datetime import timedelta

import pandas as pd

from core.clock import FrozenClock
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.make import make_forecast
from core.history.calendar import CallableHours
from core.history.centre import Centre
from core.services.drafting import Drafting
from core.services.history import History
from core.services.recommend import Recommending
from core.store.memory import MemoryStore
from tests.support.desk import (
    BERLIN,
    CAMPAIGNS,
    NOW,
    QUEUES,
    SKILL,
    WINBACK,
    FadingTenant,
    open_hours,
    rate_records,
    volume_records,
)
from tests.unit.forecasting.made_series import rate_history, request, volume_history

PAST = open_hours(NOW - timedelta(days=35), NOW - timedelta(hours=1))
AHEAD = open_hours(NOW, NOW + timedelta(days=9))


def forecast_of(kind: SeriesKind, series_id: str, name: str) -> Forecast:
    """Return a plain forecast of the made tenant's series, as of now."""
    is_rate = kind is SeriesKind.ANSWER_RATE
    until = NOW.replace(minute=0)
    history = (
        rate_history(rate_records(PAST, 0.34, 1), until, BERLIN.key)
        if is_rate
        else volume_history(volume_records(PAST, 60.0, 3), until, BERLIN.key)
    )
    asked = request(
        kind, history, method="seasonal-naive", forecast_id=f"F-{series_id}", series_id=series_id,
        series_name=name, centre=Centre(BERLIN.key), made_at=NOW,
    )  # fmt: skip
    return make_forecast(asked)


class Advising:
    """Recommending and drafting over a tenant and a store in memory."""

    def __init__(
        self,
        *forecasts: Forecast,
        organisation: str | None = "Made organisation",
        kind: type[FadingTenant] = FadingTenant,
        agents: float | None = 20.0,
    ) -> None:
        self.clock = FrozenClock(NOW)
        self.store = MemoryStore()
        capacity = {} if agents is None else {SKILL: pd.DataFrame({"ds": AHEAD, "agents": agents})}
        self.tenant = kind(
            self.clock,
            CAMPAIGNS,
            outbound={WINBACK: rate_records(PAST, 0.34, 1)},
            queues=QUEUES,
            capacity=capacity,
        )
        self.history = History(self.store, self.tenant, self.clock, Centre(BERLIN.key))
        self.service = Recommending(
            self.store,
            self.tenant,
            self.history,
            self.clock,
            0.03,
        )
        self.drafting = Drafting(
            self.service,
            self.tenant,
            self.clock,
            BERLIN.key,
            CallableHours.parse("Mo-Sa 08:00-20:00", BERLIN.key),
            organisation,
        )
        self.keep(*forecasts)

    def keep(self, *forecasts: Forecast) -> None:
        """Store forecasts."""
        with self.store() as work:
            for forecast in forecasts:
                work.forecasts.add(forecast)
            work.commit()

    def create(self, name: str) -> None:
        """Create a campaign at the tenant as somebody else would."""
        self.tenant.writer.create_campaign({"name": name, "status": "DRAFT"})

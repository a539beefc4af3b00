"""What is kept of a tenant and its series, as protocols; reviews and work stand in `core.ports`.

A store never changes what it is given, and what it returns is the reader's own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

import pandas as pd

from core.campaigns import QuerySize
from core.forecasting.adjustments import Adjustment
from core.forecasting.assessment import Assessment, AssessmentSource
from core.forecasting.drift import DriftReport
from core.forecasting.forecast import Forecast, SeriesKind
from core.history.days import OwnDay
from core.history.told import NotedDay, NotedOpening, Scope
from core.permissions import PermissionSeen
from core.staffing import AgentsByHand
from core.units import SkillId


class Forecasts(Protocol):
    """Stored forecasts of one tenant. A forecast is never changed."""

    def add(self, forecast: Forecast) -> None:
        """Store a forecast."""
        ...

    def get(self, forecast_id: str) -> Forecast:
        """Return a forecast; raises `RecordNotFound`."""
        ...

    def latest(
        self, kind: SeriesKind, series_id: str, requested_method: str | None = None
    ) -> Forecast | None:
        """Return the newest forecast of a series, of one requested method where given."""
        ...

    def latest_of_all(self, kind: SeriesKind) -> tuple[Forecast, ...]:
        """Return the newest forecast of each series."""
        ...

    def made_before(self, kind: SeriesKind, series_id: str, moment: datetime) -> Forecast | None:
        """Return the newest forecast of a series made before a moment."""
        ...

    def newest_ids(self, kind: SeriesKind) -> Mapping[str, str]:
        """Return the id of the newest forecast of each series, by series; none is loaded."""
        ...

    def made_since(
        self, kind: SeriesKind, series_id: str, moment: datetime
    ) -> tuple[Forecast, ...]:
        """Return the forecasts of a series made at a moment or after it, newest first."""
        ...


class Adjustments(Protocol):
    """What people laid over the forecasts of one tenant."""

    def add(self, adjustment: Adjustment) -> None:
        """Store a new adjustment; raises `ConcurrentEdit` where its id is taken."""
        ...

    def get(self, adjustment_id: str) -> Adjustment:
        """Return an adjustment; raises `RecordNotFound`."""
        ...

    def save(self, adjustment: Adjustment) -> None:
        """Store the next version; raises `ConcurrentEdit` if another was first."""
        ...

    def remove(self, adjustment_id: str) -> None:
        """Forget an adjustment; raises `RecordNotFound`."""
        ...

    def of_series(self, kind: SeriesKind, series_id: str) -> tuple[Adjustment, ...]:
        """Return the adjustments of a series, in the order in which they were laid."""
        ...


class Assessments(Protocol):
    """How good forecasts of one tenant were, as last found out."""

    def save(self, assessment: Assessment) -> None:
        """Store an assessment in place of the former one of its series and source."""
        ...

    def latest(
        self, kind: SeriesKind, series_id: str, source: AssessmentSource
    ) -> Assessment | None:
        """Return the newest assessment of a series, or None."""
        ...

    def save_drift(self, report: DriftReport) -> None:
        """Store a drift report in place of the former one of its series."""
        ...

    def drift(self, kind: SeriesKind) -> tuple[DriftReport, ...]:
        """Return the newest drift report of each series."""
        ...


class HistoryCache(Protocol):
    """Records read so far, by series: the tenant is asked only for what is newer."""

    def merge(self, kind: SeriesKind, series_id: str, records: pd.DataFrame) -> None:
        """Add records (RATE_RECORDS or VOLUME_RECORDS); a known hour takes the newer value."""
        ...

    def read(
        self, kind: SeriesKind, series_id: str, start: datetime, end: datetime
    ) -> pd.DataFrame:
        """Return the records of the hours in [start, end), one row an hour, sorted."""
        ...

    def read_span(self, kind: SeriesKind, series_id: str) -> tuple[datetime, datetime] | None:
        """Return from when to when the series was read; None where never."""
        ...

    def note_span(self, kind: SeriesKind, series_id: str, start: datetime, end: datetime) -> None:
        """Remember that the hours in [start, end) were read, whether or not any had a record."""
        ...

    def without_records(self, kind: SeriesKind) -> frozenset[str]:
        """Return the series that were read and have no record in any hour."""
        ...


class CalendarBook(Protocol):
    """What people said of the centre's days and hours."""

    def own_days(self) -> tuple[NotedDay, ...]:
        """Return the operator's own days, the earliest first."""
        ...

    def remove_day(self, day: OwnDay) -> None:
        """Forget a day; raises `ConcurrentEdit` where it is not there as given."""
        ...

    def add_day(self, noted: NotedDay) -> None:
        """Store a day; raises `ConcurrentEdit` where that part of the day is taken."""
        ...

    def opening_hours(self) -> tuple[NotedOpening, ...]:
        """Return the opening hours told, those of the whole centre first."""
        ...

    def tell_opening(self, noted: NotedOpening) -> None:
        """Store opening hours in place of those told before."""
        ...

    def forget_opening(self, scope: Scope) -> None:
        """Forget what was told, so that hours are learned again; none told is no error."""
        ...


class CapacityBook(Protocol):
    """The agents that people entered by hand, by skill or queue."""

    def told(self, skill_id: SkillId, start: datetime, end: datetime) -> tuple[AgentsByHand, ...]:
        """Return the hours entered in [start, end), in order."""
        ...

    def tell(self, skill_id: SkillId, hours: Sequence[AgentsByHand]) -> None:
        """Store hours in place of those entered before."""
        ...

    def forget(self, skill_id: SkillId, hours: Sequence[datetime]) -> None:
        """Forget hours, so that the tenant's schedule counts again; none entered is no error."""
        ...


class QuerySizes(Protocol):
    """How much the tenant was found to answer at once."""

    def learned(self) -> QuerySize | None:
        """Return what worked last; None where nothing was learned."""
        ...

    def learn(self, size: QuerySize) -> None:
        """Keep what works from now on."""
        ...


class PermissionBook(Protocol):
    """What the tenant was seen to allow and to refuse."""

    def seen(self) -> tuple[PermissionSeen, ...]:
        """Return how the tenant last answered, by name of the permission."""
        ...

    def note(self, seen: PermissionSeen) -> None:
        """Keep how the tenant answered in place of what was known of that permission."""
        ...

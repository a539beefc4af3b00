"""Records that tests of the stores put there: forecasts, jobs, hours, proposals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from core.forecasting.forecast import Forecast, Scores, SeriesKind
from core.ports import UnitOfWorkFactory
from core.workflow.jobs import Job, JobState
from core.workflow.proposal import Proposal
from tests.unit.workflow.builders import NOON

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 28, tzinfo=UTC)


def forecast(number: int = 1, **values: object) -> Forecast:
    """Return a forecast with awkward numbers, gaps and text."""
    ds = pd.date_range("2026-03-28 22:00", periods=4, freq="h", tz="UTC").as_unit("us")
    rows = pd.DataFrame(
        {
            "unique_id": ["c-1"] * 4,
            "ds": ds,
            "model": ["stl"] * 4,
            "cutoff": [ds[0] - HOUR] * 4,
            "yhat": [0.1 + 0.2, 1 / 3, 5e-324, -0.0],
            "yhat_lower": [np.nan, 0.1, np.nan, 0.0],
            "yhat_upper": [0.5, 0.6, np.nan, 1e308],
        }
    )
    rows["cutoff"] = rows["cutoff"].dt.as_unit("us")
    components = pd.DataFrame({"ds": ds, "trend": np.arange(4) / 7})
    made = Forecast(
        forecast_id=f"f-{number}",
        kind=SeriesKind.ANSWER_RATE,
        series_id="c-1",
        series_name="Rückruf Übersee – Straße",
        method="stl",
        requested_method="auto",
        reason="It was nearest over 5 past cutoffs.",
        parameters={"period": 24, "robust": True},
        level=0.95,
        band="residuals of the past",
        cutoff=START + 22 * HOUR,
        history_start=START,
        history_hours={"open": 40, "closed": 8, "missing": 0},
        made_at=NOON + number * HOUR,
        time_zone="Europe/Berlin",
        seed=20261125,
        versions={"statsmodels": "0.15.0"},
        rows=rows,
        components=components,
        scores=(Scores("stl", 0.031, 0.8, None, -0.01, 0.94, 1.2, 120, 5),),
        warnings=("Two hours are missing.",),
    )
    return replace(made, **values)  # type: ignore[arg-type]


def job(number: int = 1, minutes: int = 0) -> Job:
    """Return a job at work."""
    at = NOON + timedelta(minutes=minutes)
    return Job(
        f"j-{number}", "volume:q-1", "Forecast", "Ana", JobState.RUNNING, 1, 4, "Fit", at, at
    )


def volumes(first: datetime, values: list[float]) -> pd.DataFrame:
    """Return hourly records of a queue."""
    ds = pd.date_range(first, periods=len(values), freq="h").as_unit("us")
    return pd.DataFrame({"ds": ds, "y": np.array(values, dtype=float)})


def add_proposal(store: UnitOfWorkFactory, proposal: Proposal) -> None:
    with store() as work:
        work.proposals.add(proposal)
        work.commit()

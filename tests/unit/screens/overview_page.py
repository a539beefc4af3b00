"""What tests of the page Overview ask its screen with."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd

from core.forecasting.forecast import Forecast
from core.screens import overview, overview_work
from core.screens.overview_view import OverviewView
from core.workflow.approval import Person
from core.workflow.proposal import Proposal
from tests.support.desk import Desk
from tests.unit.screens.people import PLANNER
from tests.unit.workflow.builders import campaign_document, history_of, pacing_plan


def shown(desk: Desk, person: Person = PLANNER) -> OverviewView:
    recent = desk.recent()
    return overview.view(
        desk.services, recent, overview_work.listed(desk.services, recent), person, desk.look()
    )


def earlier(forecast: Forecast, hours: int, factor: float = 1.0) -> Forecast:
    """Return a forecast as it would have been made some hours before, of the same hours on."""
    rows = forecast.rows.assign(
        ds=forecast.rows["ds"] - pd.Timedelta(hours=hours),
        **{name: forecast.rows[name] * factor for name in ("yhat", "yhat_lower", "yhat_upper")},
    )
    return replace(
        forecast,
        forecast_id=f"{forecast.forecast_id}-{hours}",
        made_at=forecast.made_at - timedelta(hours=hours),
        cutoff=forecast.cutoff - timedelta(hours=hours),
        rows=rows,
    )


def proposal_in(state: str, at: datetime, number: int = 1001, campaign: str = "c-1") -> Proposal:
    plan = pacing_plan(document=campaign_document(id=campaign))
    versions, _ = history_of(state, plan, f"P-{number}", at)
    return versions[-1]

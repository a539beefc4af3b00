"""What tests of the page Answer rate ask its screen with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.forecasting.forecast import SeriesKind
from core.screens import answer_rate, forecast_page
from core.screens.answer_rate import AnswerRateView
from core.screens.names import campaign_names
from core.services.forecast import ForecastOrder
from core.workflow.approval import Person
from tests.support.desk import NOW, WINBACK, Desk
from tests.unit.screens.people import PLANNER

KIND = SeriesKind.ANSWER_RATE


def wanted(desk: Desk, campaign: str = WINBACK, **changes: str) -> forecast_page.Wanted:
    asked: Mapping[str, str] = {"method": "auto", "shown": "3", "learn": "14"} | changes
    names = campaign_names(desk.services, desk.recent())
    return answer_rate.wanted(names, campaign, asked["method"], asked["shown"], asked["learn"])


def shown(
    desk: Desk,
    campaign: str = WINBACK,
    person: Person = PLANNER,
    band: str = "observed",
    **changes: str,
) -> AnswerRateView:
    names = campaign_names(desk.services, desk.recent())
    asked = wanted(desk, campaign, **changes)
    return answer_rate.view(desk.services, names, asked, person, desk.look(), band=band)


def stored_again(desk: Desk, **changes: Any) -> None:
    later = NOW + timedelta(seconds=1)
    stored = desk.newest(KIND, WINBACK)
    desk.store(replace(stored, forecast_id="F-again", made_at=later, **changes))


def made_by_stl(desk: Desk) -> None:
    order = ForecastOrder(KIND, WINBACK, "Winback Autumn", method="tutorial")
    desk.services.forecasting.run(order)

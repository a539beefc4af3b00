"""Drawing a page from what is stored: view model and figures, without the browser.

The stored results are read of the store at each drawing, as a page does. The plain procedure is the
tutorial's, whose page fetches, fits and forecasts before it draws; it draws nothing here.
"""

from collections.abc import Callable, Iterator

from core.charts.picture import Picture
from core.screens import answer_rate, overview, overview_work, pacing, queue_volume
from core.screens.names import campaign_names, queue_names
from core.workflow.approval import Person, Role
from tests.bench.measure import Ratio, compare
from tests.bench.tutorials import (
    answer_rate_procedure,
    volume_model,
    volume_prediction,
    volume_preparation,
)
from tests.support.desk import BILLING, WINBACK, Desk, filled_desk
from tests.unit.forecasting.made_series import rate_records, volume_records

PERSON = Person("Paul Novak", Role.PLANNER)
NOTE = "from stored forecasts; plain is the tutorial's procedure, undrawn"


def ratios() -> Iterator[Ratio]:
    """Measure each page that shows a forecast beside the procedure that it spares its reader."""
    desk = filled_desk()
    volumes, rates = volume_records(90), rate_records(14)

    def volume_plain() -> object:
        return volume_prediction(volume_model(volume_preparation(volumes)))

    def rate_plain() -> object:
        return answer_rate_procedure(rates)

    def both_plain() -> object:
        return volume_plain(), rate_plain()

    for name, draw, plain in (
        ("overview", _overview, both_plain),
        ("queue volume", _queue_volume, volume_plain),
        ("answer rate", _answer_rate, rate_plain),
        ("pacing", _pacing, rate_plain),
    ):
        yield compare(f"page, {name}", _drawn(draw, desk), plain, note=NOTE)


def _drawn(draw: Callable[[Desk], Picture | None], desk: Desk) -> Callable[[], object]:
    def drawn() -> object:
        picture = draw(desk)
        assert picture is not None, "the page has nothing to show, so nothing would be measured"
        return picture

    return drawn


def _overview(desk: Desk) -> Picture | None:
    recent = desk.recent()
    there = overview_work.listed(desk.services, recent)
    return overview.view(desk.services, recent, there, PERSON, desk.look()).today


def _queue_volume(desk: Desk) -> Picture | None:
    names = queue_names(desk.services, desk.recent())
    asked = queue_volume.wanted(names, BILLING, "auto", "7", "90", "weekly")
    return queue_volume.view(desk.services, names, asked, PERSON, desk.look()).picture


def _answer_rate(desk: Desk) -> Picture | None:
    names = campaign_names(desk.services, desk.recent())
    asked = answer_rate.wanted(names, WINBACK, "auto", "7", "14")
    return answer_rate.view(desk.services, names, asked, PERSON, desk.look()).picture


def _pacing(desk: Desk) -> Picture | None:
    recent = desk.recent()
    names = campaign_names(desk.services, recent)
    asked = pacing.Wanted(WINBACK)
    return pacing.view(desk.services, recent, names, asked, PERSON, desk.look()).picture

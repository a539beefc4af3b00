"""Adjusting a forecast by hand, on the pages that show it."""

from datetime import date, timedelta

import pytest

from core.forecasting.adjustments import AdjustmentAction
from core.forecasting.forecast import SeriesKind
from core.services.adjustments import AdjustmentWish
from tests.support.desk import BILLING, NOW, PLANNER, VIEWER, WINBACK, Desk
from tests.support.pages import buttons, open_page, title, words


def lay(desk: Desk, kind: SeriesKind, series_id: str, amount: float = 0.5) -> None:
    """Lay an adjustment over the next day."""
    wish = AdjustmentWish(
        kind,
        series_id,
        "Billing",
        "Mailing",
        AdjustmentAction.PERCENT,
        amount,
        NOW,
        NOW + timedelta(days=1),
        "Letters go out",
    )
    desk.services.adjusting.add(wish, PLANNER)


@pytest.mark.parametrize(
    ("page", "kind", "series_id"),
    [
        ("queue_volume", SeriesKind.VOLUME, BILLING),
        ("answer_rate", SeriesKind.ANSWER_RATE, WINBACK),
    ],
)
def test_the_adjusted_line_stands_beside_the_models_own(
    desk: Desk, page: str, kind: SeriesKind, series_id: str
) -> None:
    before = len(open_page(desk, page, PLANNER).get("plotly_chart"))
    lay(desk, kind, series_id, 0.2)
    app = open_page(desk, page, PLANNER)
    assert not app.exception
    assert len(app.get("plotly_chart")) == before
    assert "1 adjustment counts: planning goes by the adjusted line" in words(app)
    assert "Mailing" in words(app)
    assert "Letters go out" in words(app)


def test_the_headline_says_both_totals(desk: Desk) -> None:
    lay(desk, SeriesKind.VOLUME, BILLING)
    assert title(open_page(desk, "queue_volume")).endswith(" as adjusted by hand")


def test_a_planner_lays_one_by_the_dialog(desk: Desk) -> None:
    app = open_page(desk, "queue_volume", PLANNER)
    app.button(key="adjust").click().run()
    app.text_input(key="adjust-name").input("Fair in town")
    app.number_input(key="adjust-amount").set_value(25)
    app.text_area(key="adjust-note").input("Last year it was as many")
    app.button(key="primary-adjust-add").click().run()
    assert not app.exception
    (laid,) = desk.services.adjusting.of_series(SeriesKind.VOLUME, BILLING)
    assert (laid.name, laid.amount, laid.author) == ("Fair in town", 0.25, PLANNER)
    assert laid.start.astimezone(desk.look().zone).date() == date(2026, 11, 26)
    assert laid.end - laid.start == timedelta(days=1)
    assert "Fair in town lies over the forecast now." in words(app)


def test_what_cannot_be_meant_is_told_in_the_dialog(desk: Desk) -> None:
    app = open_page(desk, "queue_volume", PLANNER)
    app.button(key="adjust").click().run()
    app.text_input(key="adjust-name").input("Fair")
    app.button(key="primary-adjust-add").click().run()
    assert not app.exception
    assert "Say by how much." in " ".join(each.value for each in app.error)
    assert desk.services.adjusting.of_series(SeriesKind.VOLUME, BILLING) == ()


def test_it_is_switched_off_and_removed_with_a_press(desk: Desk) -> None:
    lay(desk, SeriesKind.VOLUME, BILLING)
    app = open_page(desk, "queue_volume", PLANNER)
    (laid,) = desk.services.adjusting.of_series(SeriesKind.VOLUME, BILLING)
    app.button(key=f"switch-{laid.adjustment_id}").click().run()
    assert "none of them counts in these hours" in words(app)
    assert not title(app).endswith(" as adjusted by hand")
    app.button(key=f"remove-{laid.adjustment_id}").click().run()
    assert desk.services.adjusting.of_series(SeriesKind.VOLUME, BILLING) == ()


def test_a_viewer_sees_them_and_cannot_touch_them(desk: Desk) -> None:
    lay(desk, SeriesKind.VOLUME, BILLING)
    app = open_page(desk, "queue_volume", VIEWER)
    assert "Mailing" in words(app)
    assert not {"Adjust by hand", "Switch off", "Remove"} & set(buttons(app))

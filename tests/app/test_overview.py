from datetime import timedelta

from tests.support.desk import ADMIN, BILLING, CLAIMS, PLANNER, VIEWER, Desk, empty_desk
from tests.support.pages import buttons, open_page, title, words


def test_everybody_sees_the_state_of_the_desk(desk: Desk, anybody: str) -> None:
    app = open_page(desk, person=anybody)
    assert not app.exception
    assert title(app).startswith("Nothing needs you; next, Winback Autumn answers best, ")
    assert [metric.label.replace("\\", "") for metric in app.metric] == [
        "Open proposals",
        "Forecasts fit to use (under 6 h old)",
        "Contacts today to 11:00, all queues",
        "Next: answers are highest for Winback Autumn",
    ]
    assert len(app.get("plotly_chart")) == 2
    assert app.selectbox(key="choice-person").value == anybody


def test_the_tables_hold_every_queue_and_campaign(desk: Desk) -> None:
    queues, campaigns = (table.value for table in open_page(desk).dataframe)
    assert set(queues["name"]) == {"Billing", "Claims North", "Training"}
    assert campaigns["name"].tolist() == ["Winback Autumn", "Loyalty calls"]


def test_every_picture_is_told_in_words(desk: Desk) -> None:
    for chart in open_page(desk).get("plotly_chart"):
        assert len(chart.proto.alt) > 40


def test_a_row_that_was_chosen_opens_its_queue(desk: Desk) -> None:
    app = open_page(desk)
    # What the click of a row leaves behind; AppTest cannot click into a table.
    app.session_state["opening"] = ("pages/queue_volume.py", {"queue": CLAIMS})
    app.run()
    assert app.query_params["queue"] == CLAIMS
    assert title(app).startswith("Claims North: ")


def test_forecast_everything_is_offered_to_planners_once_something_is_old(desk: Desk) -> None:
    young = open_page(desk, person=PLANNER)
    desk.clock.move(timedelta(hours=7))
    assert "Forecast everything" not in buttons(young)
    assert "Forecast everything" in buttons(open_page(desk, person=PLANNER))
    assert "Forecast everything" not in buttons(open_page(desk, person=VIEWER))
    desk.settle()


def test_from_an_empty_store_one_press_fills_the_page() -> None:
    desk = empty_desk()
    desk.tenant._volumes.pop(BILLING)
    app = open_page(desk, person=ADMIN)
    assert title(app) == "Nothing is forecast yet"
    app.button(key="primary-everything").click().run()
    assert any(each.label.startswith("Forecasting…") for each in app.button)
    desk.settle()
    app.run()
    assert not app.exception
    assert len(app.metric) == 4


def test_a_tenant_that_is_down_leaves_the_stored_page_standing(desk: Desk) -> None:
    desk.tenant.is_down = True
    app = open_page(desk)
    assert not app.exception
    assert title(app) == "The tenant does not answer; showing the stored state of 11:00"
    assert len(app.metric) == 4
    assert "Agents scheduled: unknown" in words(app)

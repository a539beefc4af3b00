from datetime import timedelta

from core.forecasting.forecast import SeriesKind
from tests.support.desk import BILLING, CLAIMS, PLANNER, SILENT, VIEWER, Desk
from tests.support.pages import as_read, buttons, open_page, title, words


def test_everybody_sees_the_week_its_windows_and_its_worth(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "queue_volume", anybody)
    assert not app.exception
    assert title(app).startswith("Billing: ")
    assert " contacts expected in the next 7 days" in title(app)
    assert len(app.get("plotly_chart")) == 5
    assert any("low-volume windows within callable hours" in each.value for each in app.header)
    assert [button.label for button in app.get("download_button")] == ["Download JSON"]


def test_the_one_primary_button_leads_to_a_draft_for_the_same_queue(desk: Desk) -> None:
    app = open_page(desk, "queue_volume", PLANNER, queue=BILLING)
    assert "Nothing is sent." in words(app)
    app.button(key="primary-draft").click().run()
    assert not app.exception
    assert app.query_params["queue"] == BILLING
    assert app.selectbox(key="choice-queue").value == BILLING
    assert title(app).startswith("Billing: ")


def test_who_may_not_propose_is_not_led_to_a_draft(desk: Desk) -> None:
    assert buttons(open_page(desk, "queue_volume", VIEWER)) == []


def test_an_old_forecast_makes_forecast_again_the_primary_button(desk: Desk) -> None:
    desk.clock.move(timedelta(hours=7))
    app = open_page(desk, "queue_volume", PLANNER)
    keys = [button.key for button in app.button]
    assert "primary-forecast" in keys
    assert "draft" in keys
    assert "primary-draft" not in keys


def test_a_silent_queue_says_so_and_where_to_look(desk: Desk) -> None:
    app = open_page(desk, "queue_volume", queue=SILENT)
    assert not app.exception
    assert "No contacts in 90 days." in words(app)
    assert "check the queue in Connection" in words(app)
    assert len(app.get("plotly_chart")) == 0


def test_a_queue_that_does_not_exist_is_named_and_the_rest_of_the_page_stands(desk: Desk) -> None:
    app = open_page(desk, "queue_volume", queue="q-nowhere")
    assert as_read(app.warning[0].value) == ("There is no queue “q-nowhere” here. Showing Billing.")
    assert len(app.get("plotly_chart")) == 5


def test_forecast_again_stores_a_new_forecast_by_the_method_that_is_shown(desk: Desk) -> None:
    before = desk.newest(SeriesKind.VOLUME, CLAIMS)
    app = open_page(
        desk, "queue_volume", PLANNER, queue=CLAIMS, **{"volume-method": "seasonal-naive"}
    )
    desk.clock.move(timedelta(minutes=5))
    app.button(key="forecast").click().run()
    desk.settle()
    app.run()
    after = desk.newest(SeriesKind.VOLUME, CLAIMS)
    assert after.forecast_id != before.forecast_id
    assert after.requested_method == "seasonal-naive"
    assert "made 0 s ago" in words(app)


def test_the_choices_of_one_page_do_not_become_those_of_another(desk: Desk) -> None:
    app = open_page(desk, "answer_rate", days="1", method="seasonal-naive")
    app.switch_page("pages/queue_volume.py").run()
    assert app.get_by_key("choice-volume-days").value == "7"
    assert app.selectbox(key="choice-volume-method").value == "auto"


def test_a_day_that_is_chosen_is_taken_apart_step_by_step(desk: Desk) -> None:
    app = open_page(desk, "queue_volume")
    assert "Why Mon 30 Nov has " in words(app)
    app.selectbox(key="choice-volume-window").select("2026-11-27T09Z").run()
    assert not app.exception
    assert app.query_params["volume-window"] == "2026-11-27T09Z"
    assert "Why Fri 27 Nov, 10:00–11:00 has " in words(app)

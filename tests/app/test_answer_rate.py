import json

from core.forecasting.forecast import SeriesKind
from tests.support.desk import (
    LOYALTY,
    PLANNER,
    VIEWER,
    WINBACK,
    Desk,
    empty_desk,
    filled_desk,
    settings_for,
)
from tests.support.pages import as_read, buttons, open_page, title, words

KIND = SeriesKind.ANSWER_RATE


def test_everybody_sees_the_forecast_and_whether_to_trust_it(desk: Desk, anybody: str) -> None:
    app = open_page(desk, "answer_rate", anybody)
    assert not app.exception
    assert title(app).startswith("Winback Autumn: answers peak ")
    assert {"How good it is", "What you should know"} <= {each.value for each in app.header}
    assert len(app.get("plotly_chart")) == 3
    assert [button.label for button in app.get("download_button")] == ["Download JSON"]


def test_a_sent_link_shows_the_same_campaign_span_and_method(desk: Desk) -> None:
    app = open_page(desk, "answer_rate", campaign=LOYALTY, days="14", method="auto", learn="28")
    assert title(app).startswith("Loyalty calls: ")
    assert app.selectbox(key="choice-campaign").value == LOYALTY
    assert app.get_by_key("choice-days").value == "14"
    assert app.selectbox(key="choice-learn").value == "28"


def test_a_campaign_that_does_not_exist_is_named_and_the_rest_of_the_page_stands(
    desk: Desk,
) -> None:
    app = open_page(desk, "answer_rate", campaign="nope<b>", days="99")
    told = as_read(app.warning[0].value)
    assert "There is no campaign “nope<b>” here. Showing Winback Autumn." in told
    assert "There is no span “99” here. Showing 3 days." in told
    assert len(app.get("plotly_chart")) == 3


def test_another_method_is_shown_once_it_was_forecast(desk: Desk) -> None:
    app = open_page(desk, "answer_rate", PLANNER)
    app.selectbox(key="choice-method").select("tutorial").run()
    assert title(app) == "Winback Autumn: no forecast by tutorial (STL) is stored yet"
    app.button(key="primary-forecast").click().run()
    desk.settle()
    app.run()
    assert not app.exception
    assert title(app).startswith("Winback Autumn: answers peak ")
    assert "model tutorial (STL)" in words(app)
    assert desk.newest(KIND, WINBACK).method == "tutorial"


def test_who_may_not_propose_cannot_forecast_again(desk: Desk) -> None:
    told = buttons(open_page(desk, "answer_rate", PLANNER))
    assert told == ["Forecast again", "Adjust by hand"]
    assert buttons(open_page(desk, "answer_rate", VIEWER)) == []


def test_who_gave_no_name_sees_everything_and_changes_nothing() -> None:
    desk = filled_desk(settings=settings_for({}))
    app = open_page(desk, "answer_rate", person="")
    assert not app.exception
    assert buttons(app) == []
    app.text_input(key="typed-person").input("Ana").run()
    assert buttons(app) == ["Forecast again", "Adjust by hand"]


def test_a_refusal_is_told_in_words_and_says_how_to_widen_the_span() -> None:
    desk = empty_desk()
    records = desk.tenant._outbound[WINBACK]
    desk.tenant._outbound[WINBACK] = records.tail(10)
    app = open_page(desk, "answer_rate", PLANNER)
    app.button(key="primary-forecast").click().run()
    desk.settle()
    app.run()
    assert not app.exception
    error = as_read(app.error[0].value)
    assert "Winback Autumn cannot be forecast: insufficient historical data, minimum 48" in error
    assert "longer span" in error
    assert app.selectbox(key="choice-learn").value == "14"


def test_the_components_stand_on_one_time_axis(desk: Desk) -> None:
    chart = open_page(desk, "answer_rate").get("plotly_chart")[1]
    figure = json.loads(chart.proto.spec)
    assert len(figure["data"]) == 4
    assert {trace.get("xaxis", "x") for trace in figure["data"]} == {"x"}


def test_a_sent_link_shows_the_same_band_and_the_same_hour_taken_apart(desk: Desk) -> None:
    app = open_page(desk, "answer_rate", band="probability", window="2026-11-26T08Z")
    assert not app.exception
    assert app.get_by_key("choice-band").value == "probability"
    assert "95\u202f% band of the probability" in words(app)
    assert app.selectbox(key="choice-window").value == "2026-11-26T08Z"
    assert "Why Thu 26 Nov, 09:00–10:00 is at " in words(app)


def test_a_choice_of_band_and_window_goes_into_the_address(desk: Desk) -> None:
    app = open_page(desk, "answer_rate")
    assert "band" not in app.query_params
    app.get_by_key("choice-band").set_value("probability").run()
    app.selectbox(key="choice-window").select("2026-11-26").run()
    assert app.query_params["band"] == "probability"
    assert app.query_params["window"] == "2026-11-26"
    assert "Why Thu 26 Nov is at " in words(app)


def test_an_hour_that_is_no_longer_ahead_is_replaced_by_the_peak(desk: Desk) -> None:
    app = open_page(desk, "answer_rate", window="2020-01-01")
    assert "There is no hour or day “2020-01-01” here. Showing Peak hour ahead" in words(app)

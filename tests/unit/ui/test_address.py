"""Selections are held by the address."""

import pytest
from streamlit.testing.v1 import AppTest


def picking() -> None:
    import streamlit as st

    from core.ui import address, notices

    queue = address.choice("queue", {"q1": "Billing", "q2": "Claims *North*"}, what="queue")
    days = address.choice("days", {"7": "7 days", "28": "28 days"}, what="span", default="7")
    st.text(f"{queue.value} {days.value} {queue.label}")
    address.write_address()
    notices.show_notices()
    queue.select("Queue")
    days.segments("Span")
    address.search_field("find", "Find")
    st.text(f"find={address.typed('find')}")


def arriving() -> None:
    import streamlit as st

    from core.ui import address

    address.arrive(st.session_state["page"])
    queue = address.choice("queue", {"q1": "Billing", "q2": "Claims"}, what="queue")
    address.write_address()
    st.text(queue.value)


def nothing_to_pick() -> None:
    import streamlit as st

    from core.ui import address, notices

    queue = address.choice("queue", {}, what="queue")
    st.text(str(queue.value))
    notices.show_notices()
    queue.select("Queue")


def shown(app: AppTest) -> str:
    return app.text[0].value


def held(app: AppTest, param: str) -> str:
    value = app.query_params[param]
    return value if isinstance(value, str) else value[-1]


def test_what_the_address_names_is_chosen(run_page) -> None:
    app = run_page(picking, queue="q2", days="28")
    assert shown(app) == "q2 28 Claims *North*"
    assert app.selectbox[0].value == "q2"


def test_a_widget_writes_its_choice_into_the_address(run_page) -> None:
    app = run_page(picking, queue="q1")
    app.selectbox[0].select("q2").run()
    assert held(app, "queue") == "q2"
    app.segmented_control[0].set_value("28").run()
    assert held(app, "days") == "28"
    assert shown(app).startswith("q2 28")


def test_the_first_of_a_list_is_written_and_a_stated_default_is_not(run_page) -> None:
    app = run_page(picking)
    assert shown(app).startswith("q1 7")
    assert held(app, "queue") == "q1"
    assert "days" not in app.query_params


def test_going_back_to_the_default_takes_it_out_of_the_address(run_page) -> None:
    app = run_page(picking, days="28")
    app.segmented_control[0].set_value("7").run()
    assert "days" not in app.query_params


@pytest.mark.parametrize("typed", ["nowhere", "<b>x</b>", "' OR 1=1", "x" * 3000, "[a](b)"])
def test_what_does_not_exist_is_told_and_replaced(run_page, typed: str) -> None:
    app = run_page(picking, queue=typed)
    assert not app.exception
    assert shown(app).startswith("q1")
    told = app.warning[0].value
    assert told.startswith("There is no queue “")
    assert told.endswith("Showing Billing.")
    assert len(told) < 200
    assert held(app, "queue") == "q1"


def test_a_sentence_about_the_address_is_shown_once(run_page) -> None:
    app = run_page(picking, queue="nowhere")
    assert len(app.warning) == 1
    assert len(app.run().warning) == 0


def test_an_address_that_changes_by_itself_moves_the_widget(run_page) -> None:
    app = run_page(picking, queue="q1")
    app.query_params["queue"] = "q2"
    app.run()
    assert app.selectbox[0].value == "q2"


def test_a_search_is_held_by_the_address_and_cut_to_a_sane_length(run_page) -> None:
    app = run_page(picking, find="  P-1042   approved ")
    assert app.text[1].value == "find=P-1042 approved"
    app.text_input[0].set_value("Mara").run()
    assert held(app, "find") == "Mara"
    app.text_input[0].set_value("").run()
    assert "find" not in app.query_params
    assert len(run_page(picking, find="x" * 9000).text[1].value) < 250


def test_without_options_nothing_is_chosen_and_nothing_can_be(run_page) -> None:
    app = run_page(nothing_to_pick, queue="q1")
    assert shown(app) == "None"
    assert app.selectbox[0].disabled
    assert "q1" in app.warning[0].value


def test_the_last_choice_counts_on_arrival_and_then_only_the_address_does() -> None:
    app = AppTest.from_function(arriving)
    app.session_state["page"] = "one"
    app.query_params["queue"] = "q2"
    app.run()
    del app.query_params["queue"]
    app.session_state["page"] = "two"
    assert shown(app.run()) == "q2"
    assert held(app, "queue") == "q2"
    del app.query_params["queue"]
    assert shown(app.run()) == "q1"

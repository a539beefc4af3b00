"""The frame of a page: headline, person, errors in words."""

import logging

import pytest

from core.errors import DashboardError


def calm() -> None:
    from core.ui import shell

    with shell.page() as visit:
        visit.headline("Billing: *all* is well", "Contacts per hour · cutoff [11:00]")
        shell.section("What it is made of", "points")
        shell.empty_state("Nothing waits.", "Last decision: P-1036.")


def refused_at_once() -> None:
    from core.errors import TenantUnreachable
    from core.ui import shell

    with shell.page():
        raise TenantUnreachable("The tenant has not answered since 11:02.", "Check the network.")


def refused_later() -> None:
    import streamlit as st

    from core.errors import TooLittleHistory
    from core.ui import shell

    with shell.page() as visit:
        visit.headline("Billing", "now")
        st.text("before")
        raise TooLittleHistory("31 open hours, 48 needed.", "Wait until Thu 09:00.")


def broken() -> None:
    from core.ui import shell

    with shell.page() as visit:
        visit.headline("Billing", "now")
        raise ZeroDivisionError("secret-of-the-house")


def stopping() -> None:
    import streamlit as st

    from core.ui import shell

    with shell.page() as visit:
        visit.headline("Billing", "now")
        st.stop()


def who_am_i() -> None:
    import streamlit as st

    from core.ui import shell

    with shell.page() as visit:
        visit.headline("Billing", "now")
        st.text(f"{visit.person.name}/{visit.person.role}")


def test_headline_and_sections_are_read_as_they_are_written(run_page) -> None:
    app = run_page(calm)
    assert app.title[0].value == "Billing\\: \\*all\\* is well"
    assert "cutoff \\[11\\:00\\]" in app.markdown[0].value
    assert app.header[0].value == "What it is made of :gray[· points]"


def test_an_error_before_the_headline_is_the_headline(run_page) -> None:
    app = run_page(refused_at_once)
    assert not app.exception
    assert "has not answered since 11\\:02" in app.title[0].value
    assert "Check the network." in app.markdown[0].value
    assert [button.label for button in app.button] == ["Try again"]


def test_an_error_further_down_leaves_what_stands_above_it(run_page) -> None:
    app = run_page(refused_later)
    assert not app.exception
    assert app.title[0].value == "Billing"
    assert app.text[0].value == "before"
    assert "Wait until Thu" in app.error[0].value


def test_an_error_of_ours_is_told_by_an_id_and_its_details_go_to_the_log(
    run_page, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="core.ui.faults"):
        app = run_page(broken)
    log_id = app.error[0].value.rpartition(" ")[2].rstrip(".")
    assert not app.exception
    assert "secret-of-the-house" not in app.error[0].value
    assert log_id in caplog.text
    assert "secret-of-the-house" in caplog.text


def test_a_page_may_stop_itself(run_page) -> None:
    app = run_page(stopping)
    assert not app.exception
    assert len(app.error) == 0


def test_in_the_demo_one_of_two_people_sits_here_and_the_address_says_who(run_page) -> None:
    assert run_page(who_am_i).text[0].value == "Jonas Reiter/None"
    app = run_page(who_am_i, person="Mara Oduya")
    assert app.text[0].value == "Mara Oduya/None"
    assert app.selectbox[0].options == ["Jonas Reiter", "Mara Oduya"]
    app.selectbox[0].select("Jonas Reiter").run()
    assert app.text[0].value == "Jonas Reiter/None"


def test_where_roles_are_set_up_it_is_one_of_those_who_have_one(run_page) -> None:
    app = run_page(who_am_i, roles={"Ana Pires": "planner"}, person="Jonas Reiter")
    assert app.text[0].value == "Ana Pires/planner"
    assert "There is no person “Jonas Reiter” here" in app.warning[0].value


def test_an_error_without_a_next_step_is_told_too(run_page) -> None:
    def told() -> None:
        from core.errors import DashboardError
        from core.ui.faults import show_error

        show_error(DashboardError("It is so."))

    app = run_page(told)
    assert app.error[0].proto.title == "It is so."
    assert str(DashboardError("It is so.")) == "It is so."

"""Buttons that do something, dialogs that ask before, long work."""

from datetime import UTC, datetime, timedelta

import pytest

from core.workflow.jobs import Job, JobState


def deciding() -> None:
    import streamlit as st

    from core.errors import LimitBroken
    from core.ui import actions, notices

    def approve() -> str:
        if st.session_state.get("blocked"):
            raise LimitBroken("The plan is blocked.", "Propose it again.")
        st.session_state["done"] = True
        return "P-7 is approved."

    notices.show_notices()
    if actions.primary_button("Approve", key="approve"):
        actions.act(approve)
    st.text("the rest of the page")


def asking() -> None:
    import streamlit as st

    from core.errors import UsageError
    from core.ui import actions, notices

    def body() -> None:
        reason = st.text_input("Reason", key="reason")
        if actions.primary_button("Send", key="send"):
            actions.act(lambda: send(reason))

    def send(reason: str) -> str:
        if not reason:
            raise UsageError("A reason is needed.", "Say why.")
        actions.close_dialog("propose")
        return f"Sent: {reason}"

    notices.show_notices()
    if actions.plain_button("Propose", key="propose"):
        actions.open_dialog("propose")
    actions.dialog("propose", "Propose this plan", body)


def working() -> None:
    import streamlit as st

    from core.ui import jobs

    def begin() -> None:
        st.session_state["job"] = st.session_state["next"]

    jobs.job_button(
        "Forecast again",
        "Forecasting…",
        key="forecast",
        latest=lambda: st.session_state.get("job"),
        begin=begin,
        now=lambda: st.session_state["now"],
    )
    jobs.show_job_failure(st.session_state.get("job"))


NOW = datetime(2026, 11, 25, 10, 20, tzinfo=UTC)


def job(state: JobState, message: str = "") -> Job:
    started = NOW - timedelta(seconds=8)
    return Job("j-1", "s", "Forecast Billing", "Ana", state, 2, 5, message, started, NOW)


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def test_what_was_done_is_said_after_the_page_is_drawn_anew_and_only_once(run_page) -> None:
    app = run_page(deciding)
    app.button[0].click().run()
    assert app.session_state["done"]
    assert (
        app.success[0].value == "P\\-7 is approved." or "P-7 is approved." in app.success[0].value
    )
    assert len(app.run().success) == 0


def test_a_refusal_is_told_beside_the_button_and_the_rest_of_the_page_stays(run_page) -> None:
    app = run_page(deciding)
    app.session_state["blocked"] = True
    app.button[0].click().run()
    assert not app.exception
    assert "Propose it again." in app.error[0].value
    assert app.text[0].value == "the rest of the page"
    assert len(app.success) == 0


def test_a_dialog_stays_open_until_its_work_is_done(run_page) -> None:
    app = run_page(asking)
    assert labels(app) == ["Propose"]
    app.button[0].click().run()
    assert labels(app) == ["Propose", "Send"]
    app.button[1].click().run()
    assert "Say why." in app.error[0].value
    assert "Send" in labels(app)
    app.text_input[0].set_value("lunch").run()
    app.button[1].click().run()
    assert "Sent" in app.success[0].value
    assert labels(app) == ["Propose"]


def test_a_job_that_is_begun_is_shown_at_once_and_cannot_be_begun_twice(run_page) -> None:
    app = run_page(working)
    app.session_state["now"] = NOW
    app.session_state["next"] = job(JobState.RUNNING)
    app.button[0].click().run()
    assert labels(app) == ["Forecasting…, 2 of 5, 8 s"]
    assert app.button[0].disabled


def test_a_job_that_runs_already_is_shown_to_whoever_comes_later(run_page) -> None:
    app = run_page(working)
    app.session_state["now"] = NOW
    app.session_state["job"] = job(JobState.WAITING)
    assert labels(app.run())[0].startswith("Forecasting…")


@pytest.mark.parametrize("state", [JobState.DONE, JobState.FAILED])
def test_a_job_that_is_over_gives_the_button_back(run_page, state: JobState) -> None:
    app = run_page(working)
    app.session_state["job"] = job(state, "The tenant is down. Try again.")
    app.run()
    assert labels(app) == ["Forecast again"]
    assert [error.value for error in app.error] == (
        ["The tenant is down. Try again."] if state is JobState.FAILED else []
    )

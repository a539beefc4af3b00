"""Long work on a page: a button that begins it, and the same button while it runs.

The job itself is in the store, so a reload, or another person, sees it run. The page is drawn
anew once, when it is over.
"""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.charts.times import duration
from core.ui.faults import guarded
from core.ui.style import PRIMARY_PREFIX
from core.ui.words import plain
from core.workflow.jobs import Job, JobState

Latest = Callable[[], Job | None]
LOOK_SECONDS = 1.0


def job_button(
    label: str,
    busy: str,
    *,
    key: str,
    latest: Latest,
    begin: Callable[[], object],
    now: Callable[[], datetime],
    is_primary: bool = False,
    icon: str = "refresh",
) -> None:
    """Draw a button that begins a job and shows it while it runs.

    Parameters
    ----------
    label : str
        What it begins: "Forecast again".
    busy : str
        What it says meanwhile, before the time: "Forecasting…".
    key : str
        Unique on the page.
    latest : callable
        Returns the newest job on the subject, or None; asked each second while it runs.
    begin : callable
        Begins the job; it returns at once.
    now : callable
        Tells the present.
    is_primary : bool
        Whether it is the page's primary button.
    icon : str
        Name of a Material icon.
    """
    job = latest()
    is_running = job is not None and not job.is_over

    @st.fragment(run_every=LOOK_SECONDS if is_running else None)
    def draw() -> None:
        place = st.empty()
        with guarded():
            current = latest()
            if current is not None and not current.is_over:
                _draw_running(place, current, busy, key, now())
            elif is_running:
                # Over since the page was drawn: draw it anew, with what the job brought.
                st.rerun()
            elif _is_pressed(place, label, key, icon, is_primary):
                begin()
                begun = latest()
                if begun is not None and not begun.is_over:
                    # Said at once: drawing the whole page anew takes longer.
                    _draw_running(place, begun, busy, key, now())
                st.rerun()

    # A fragment is as wide as its place; in a toolbar it shall be as wide as its button.
    with st.container(width="content"):
        draw()


def _is_pressed(place: DeltaGenerator, label: str, key: str, icon: str, is_primary: bool) -> bool:
    return place.button(
        label,
        key=f"{PRIMARY_PREFIX}{key}" if is_primary else key,
        type="primary" if is_primary else "secondary",
        icon=f":material/{icon}:",
    )


def _draw_running(place: DeltaGenerator, job: Job, busy: str, key: str, now: datetime) -> None:
    steps = f", {job.done_steps} of {job.all_steps}" if job.all_steps > 1 else ""
    place.button(
        f"{busy}{steps}, {duration(now - job.started_at)}",
        key=f"{key}-running",
        icon="spinner",
        disabled=True,
        help=plain(job.message) or None,
    )


def show_job_failure(job: Job | None) -> None:
    """Draw why the newest job failed, where it did."""
    if job is not None and job.state is JobState.FAILED:
        st.error(plain(job.message), title=plain(f"{job.label}: it failed"))


def refreshed(body: Callable[[], None], seconds: float = 60) -> None:
    """Draw a part of a page and draw it anew by itself, without a jump of the rest.

    Parameters
    ----------
    body : callable
        Draws the part; it reads the present itself.
    seconds : float
        How often.
    """

    @st.fragment(run_every=seconds)
    def draw() -> None:
        with guarded():
            body()

    draw()

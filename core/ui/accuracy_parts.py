"""What the page Accuracy draws: its table, its buttons, measures and findings of a series."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.bootstrap import Services
from core.forecasting.forecast import SeriesKind
from core.screens import accuracy, accuracy_series
from core.screens.accuracy import AccuracyView
from core.screens.accuracy_series import SeriesAccuracy
from core.screens.forecast_page import Wanted
from core.ui.address import choose
from core.ui.jobs import job_button
from core.ui.shell import grey, section
from core.ui.tables import Cell, Field, words_table
from core.ui.words import plain
from core.workflow.approval import Person


def row_fields(kind: SeriesKind) -> Mapping[str, Field]:
    """Return the columns of the table of series."""
    what = "Campaign" if kind is SeriesKind.ANSWER_RATE else "Queue"
    return {
        "name": Field(what, width=150),
        "state": Field("State", width=130),
        "error": Field("Error", "number", width=90, help="Of hours that came since, open ones"),
        "usual": Field("In its backtest", "number", width=110),
        "bias": Field("Bias", "number", width=90),
        "coverage": Field("Band held", "number", width=90),
        "hours": Field("Hours", "number", width=70),
        "why": Field("Why", width=420),
    }


def row_chooser(param: str, ids: Sequence[str]) -> Callable[[int], None]:
    """Return what the table does with a chosen row: select its series on this page."""

    def chosen(row: int) -> None:
        if row < len(ids):
            choose(param, ids[row])

    return chosen


def retrain_button(services: Services, view: AccuracyView, person: Person) -> None:
    """Draw the page's primary button, and what it does."""
    if view.retrain_label:
        job_button(
            view.retrain_label,
            "Retraining…",
            key="retrain",
            latest=lambda: accuracy.latest_retraining(services),
            begin=lambda: services.retraining.begin(view.to_retrain, person.name),
            now=services.clock.now,
            is_primary=True,
            icon="model_training",
        )
    grey(view.retrain_note)
    told = accuracy.retraining_told(services)
    if told:
        grey(told)


def look_back_button(services: Services, asked: Wanted, rival: str, person: Person) -> None:
    """Draw the button that looks back on a series."""
    job_button(
        "Look back",
        "Looking back…",
        key="look-back",
        latest=lambda: accuracy_series.latest_backtest(services, asked),
        begin=lambda: accuracy_series.begin_backtest(services, asked, rival, person),
        now=services.clock.now,
        icon="history",
    )


def draw_measures(detail: SeriesAccuracy) -> None:
    """Draw the measures of each method, and what they count."""
    if not detail.rows:
        return
    with st.container(gap="xsmall"):
        section("How good it was")
        words_table(
            detail.headings,
            [[label, Cell(own, is_bold=True), *rest] for label, own, *rest in detail.rows],
            "Error, bias, coverage and interval score, beside the baseline's",
        )
        for sentence in (detail.source, *detail.refused):
            grey(sentence)


def draw_findings(services: Services, detail: SeriesAccuracy, person: Person) -> None:
    """Draw what each trigger found, and the button that retrains this one series."""
    if not detail.findings:
        return
    with st.container(gap="xsmall"):
        section("What is off")
        for finding in detail.findings:
            if finding.is_raised:
                st.markdown(f":orange[:material/warning: **{plain(finding.sentence)}**]")
            else:
                grey(finding.sentence)
        report = detail.retrain
        if report is not None:
            job_button(
                "Retrain this one",
                "Retraining…",
                key="retrain-one",
                latest=lambda: accuracy.latest_retraining(services),
                begin=lambda: services.retraining.begin((report,), person.name),
                now=services.clock.now,
                icon="model_training",
            )

"""One proposal on the page: how it stands, what changes, its checks, its history."""

import streamlit as st

from core.screens.review import REVIEW_PAGE
from core.screens.review_day import DayHours
from core.screens.review_rows import windows_words
from core.screens.review_view import Detail, Link
from core.screens.review_words import Banner
from core.ui.address import choose, forget
from core.ui.marks import checks_list, state_badge, state_markdown
from core.ui.shell import grey, section
from core.ui.tables import Cell, words_table
from core.ui.words import plain, prose
from core.workflow.plan import PlanKind
from core.workflow.proposal import ProposalState

_BANNERS = {
    "good": (st.success, ":material/verified:"),
    "plain": (st.info, ":material/info:"),
    "warning": (st.warning, ":material/warning:"),
    "bad": (st.error, ":material/error:"),
}

JOINED = "\u2060"
_WAYS = "Three ways: before, at the tenant now, from Dialcast"


def draw_title(detail: Detail) -> None:
    """Draw which proposal it is, how it stands, and who proposed it why."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.header(plain(detail.title), anchor=False, width="content")
        if not detail.is_busy:
            state_badge(detail.proposal.state)
    st.markdown(
        prose(
            "**{author}** proposed this {at}: “{reason}”",
            author=detail.proposal.author,
            at=detail.said_at,
            reason=detail.proposal.reason,
        )
    )


def draw_banner(banner: Banner | None) -> None:
    """Draw how it stands, where its badge does not say enough."""
    if banner is None:
        return
    draw, icon = _BANNERS[banner.tone]
    draw(f"**{plain(banner.title)}** {plain(banner.text)}", icon=icon)


def draw_walk(walk: tuple[tuple[ProposalState, str], ...]) -> None:
    """Draw the states since the approval, each with its time."""
    if walk:
        st.markdown(" → ".join(f"{state_markdown(state)} {plain(at)}" for state, at in walk))


def draw_changes(detail: Detail) -> None:
    """Draw the fields: three ways where the tenant changed, else now and proposed."""
    if detail.ways:
        section(_WAYS)
        _draw_ways(detail)
        return
    if detail.day_hours is not None:
        _draw_day(detail.day_hours, detail.now_heading)
        return
    section(detail.diff_title)
    if detail.proposal.plan.kind is PlanKind.CAMPAIGN:
        windows = windows_words(detail.windows)
        words_table(
            ["Field", "Value"],
            [
                [row.label, windows if row.path == "schedule" and windows else row.proposed]
                for row in detail.diff
            ],
            "What is to be created",
        )
    else:
        words_table(
            ["Field", detail.now_heading, "Proposed", "Change", "Limit"],
            [
                [row.label, row.now, Cell(row.proposed, row.is_changed), row.change, row.limit]
                for row in detail.diff
            ],
            "What changes, field by field",
        )
        fields = ", ".join(f"`{row.path}`" for row in detail.diff)
        is_of_fields = detail.proposal.plan.kind is PlanKind.PACING
        rest = " · every other field goes back as it was read" if is_of_fields else ""
        st.markdown(f":small[:gray[Fields] {fields}:gray[{rest}]]")


def _draw_day(hours: DayHours, now_heading: str) -> None:
    """Draw a plan of a day: an hour a row, and what may be set without a new approval."""
    section(hours.title)
    for sentence in hours.leave:
        st.markdown(plain(sentence))
    rows: list[list[str | Cell]] = [[now_heading, *hours.now]]
    for name, values in hours.rows:
        # An hour is read as one: it does not break at its dash.
        rows.append(
            [
                name.replace("–", f"{JOINED}–{JOINED}"),
                *(Cell(each.text, each.is_changed) for each in values),
            ]
        )
    words_table(hours.headings, rows, "What is set, hour by hour")
    if hours.limits:
        grey(hours.limits)
    fields = ", ".join(f"`{path}`" for path in hours.fields)
    st.markdown(
        f":small[:gray[Fields] {fields}:gray[ · every other field goes back as it was read]]"
    )


def draw_documents(detail: Detail) -> None:
    """Draw windows and whole document, closed until they are wanted."""
    if detail.windows:
        windows = st.expander("The windows as a table", key="windows", on_change="rerun")
        if windows.open:
            with windows:
                words_table(
                    ["Day", "Window", "Expected contacts an hour"],
                    [[row.day, row.window, row.expected] for row in detail.windows],
                    "Low-volume windows",
                )
    document = st.expander("Full document as JSON", key="document", on_change="rerun")
    if document.open:
        document.code(detail.document, language=None, wrap_lines=True)


def draw_history(detail: Detail) -> None:
    """Draw what was done so far, and what exactly is approved."""
    section("History")
    st.markdown("  \n".join(f"{plain(at)} {plain(what)}" for at, what in detail.history))
    st.markdown(
        f":small[:gray[Digest] `{detail.digest}`:gray[: this and nothing else is approved]]",
        help=f"`{detail.proposal.plan.digest}`",
    )


def draw_judgement(detail: Detail) -> None:
    """Draw what it does and how it stands to the checks."""
    section(detail.does_title)
    for sentence in detail.does:
        st.markdown(plain(sentence))
    section(detail.checks_title)
    checks_list(detail.checks)


def draw_links(links: tuple[Link, ...]) -> None:
    """Draw the ways on; one that stays on this page is a button: a link would look chosen."""
    with st.container(gap="xsmall"):
        for number, link in enumerate(links):
            if link.page == REVIEW_PAGE:
                st.button(
                    plain(link.label),
                    key=f"link-{number}",
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    on_click=_open,
                    args=(link.selection["proposal"],),
                )
                continue
            st.page_link(
                link.page,
                label=plain(link.label),
                icon=":material/arrow_forward:",
                query_params=dict(link.selection),
            )


def _open(proposal_id: str) -> None:
    forget("list")
    choose("proposal", proposal_id)


def _draw_ways(detail: Detail) -> None:
    def cell(text: str, is_changed: bool) -> str | Cell:
        return Cell(f"{text}, changed", is_bold=True, colour="orange") if is_changed else text

    words_table(
        detail.ways_headings,
        [
            [
                row.label,
                row.then,
                cell(row.now, row.is_changed),
                row.proposed,
                Cell(row.result, colour="orange") if row.is_conflict else row.result,
            ]
            for row in detail.ways
        ],
        _WAYS,
    )
    conflicts = sum(row.is_conflict for row in detail.ways)
    grey(
        f"{conflicts} of {len(detail.ways)} fields in conflict · fields that are not in the plan"
        " keep the tenant's value"
    )

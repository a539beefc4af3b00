"""Tables, tiles and marks: text as it is, numbers to the right, gaps as dashes."""

import pytest

from core.ui.marks import STATE_MARKS, state_markdown, state_word
from core.workflow.proposal import ProposalState


def tables() -> None:
    from zoneinfo import ZoneInfo

    import pandas as pd
    import plotly.graph_objects as go

    from core.charts.picture import Column, LegendEntry, Picture
    from core.ui import tables
    from core.ui.drawing import draw_picture

    tables.words_table(
        ["Field", "Now"],
        [["Name", tables.Cell("*new*", is_bold=True, colour="orange")], ["Gap", ""]],
        "Field by field",
    )
    table = pd.DataFrame(
        {"ds": pd.to_datetime(["2026-11-25T10:00Z", "2026-11-25T11:00Z"]), "rate": [0.333, None]}
    )
    columns = (Column("ds", "Hour", "time"), Column("rate", "Rate", "share"))
    legend = (LegendEntry("<actual>", "line", "#11161A"),)
    picture = Picture(go.Figure(), "A rate by hour.", legend, table, columns)
    draw_picture(picture, "rate", ZoneInfo("Europe/Berlin"))


def checks() -> None:
    from core.ui.marks import checks_list
    from core.workflow.plan import Check, CheckState

    checks_list(
        [
            Check("age", CheckState.PASS, "Forecast is *fresh*."),
            Check("cap", CheckState.WARNING, "Close to the limit."),
            Check("rev", CheckState.BLOCK, "The tenant changed."),
        ]
    )


def tiles() -> None:
    from core.ui.tiles import Tile, draw_tiles

    draw_tiles([Tile("Open *proposals*", "3, oldest 2 h 05 min", note="**1** stale")])


def test_cells_are_shown_literally_with_the_emphasis_asked_for(run_page) -> None:
    frame = run_page(tables).table[0].value
    assert frame.iloc[0].tolist() == ["Name", ":orange[**\\*new\\***]"]
    assert frame.iloc[1, 1] == "–"


def test_a_picture_has_a_name_for_those_who_do_not_see_it_and_a_legend_in_words(run_page) -> None:
    app = run_page(tables)
    assert [chart.proto.alt for chart in app.get("plotly_chart")] == ["A rate by hour."]
    assert "<span>&lt;actual&gt;</span>" in app.get("html")[0].proto.body


def test_the_table_of_a_picture_is_sent_only_when_it_is_opened(run_page) -> None:
    app = run_page(tables)
    assert len(app.dataframe) == 0
    app.session_state["table-rate"] = True
    app.run()
    assert app.dataframe[0].value.to_numpy().tolist() == [
        ["Wed 25 Nov, 11:00", "33.3\u202f%"],
        ["Wed 25 Nov, 12:00", "–"],
    ]


def test_checks_begin_with_what_blocks_and_say_so_in_words(run_page) -> None:
    lines = run_page(checks).markdown[0].value.split("  \n")
    assert "**Blocked:** The tenant changed." in lines[0]
    assert "**Warning:** Close to the limit." in lines[1]
    assert lines[2].endswith("Forecast is \\*fresh\\*.")


@pytest.mark.parametrize("state", ProposalState)
def test_every_state_has_an_icon_a_colour_and_its_word(state: ProposalState) -> None:
    colour, icon = STATE_MARKS[state]
    assert state_markdown(state) == f":{colour}-badge[:material/{icon}: {state_word(state)}]"


def test_no_two_states_look_alike() -> None:
    assert len({icon for _, icon in STATE_MARKS.values()}) == len(ProposalState)


def test_streamlit_has_every_icon_that_is_named() -> None:
    from streamlit.material_icon_names import ALL_MATERIAL_ICONS

    named = {icon for _, icon in STATE_MARKS.values()} | {"block", "warning", "check_circle"}
    assert named <= set(ALL_MATERIAL_ICONS)


def test_a_tile_says_what_its_number_is(run_page) -> None:
    metric = run_page(tiles).metric[0]
    assert metric.value == "3, oldest 2 h 05 min"
    assert metric.label == "Open \\*proposals\\*"

"""Pictures on a page: legend, chart, and the same as a table and CSV."""

from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from core.charts.picture import LegendEntry, Picture
from core.charts.theme import see_through
from core.ui.style import CHART_PREFIX
from core.ui.tables import picture_table

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def draw_chart(picture: Picture, key: str) -> None:
    """Draw a picture with its legend and without any tool: its span is a widget's business.

    Parameters
    ----------
    picture : Picture
        From `core.charts`.
    key : str
        Unique on the page.
    """
    with st.container(gap=None, key=f"{CHART_PREFIX}{key}"):
        if picture.legend:
            st.html(_legend_line(picture.legend))
        st.plotly_chart(picture.figure, theme=None, key=key, config=dict(CONFIG), alt=picture.alt)


def draw_picture(picture: Picture, key: str, zone: ZoneInfo) -> None:
    """Draw a picture, and under it the same numbers as a table to open and to take away.

    Parameters
    ----------
    picture : Picture
        From `core.charts`.
    key : str
        Unique on the page; also the name of the CSV file.
    zone : ZoneInfo
        The centre's zone, for the table's clock.
    """
    draw_chart(picture, key)
    picture_table(picture, key, zone)


def _legend_line(entries: tuple[LegendEntry, ...]) -> str:
    items = "".join(
        f'<span class="legend-entry">{_swatch(entry)}<span>{escape(entry.label)}</span></span>'
        for entry in entries
    )
    return f'<div class="legend">{items}</div>'


def _swatch(entry: LegendEntry) -> str:
    # Plain boxes: what `st.html` lets through has no drawings in it.
    colour, faint = entry.colour, see_through(entry.colour, 0.25)
    line = f"width:26px;height:0;border-top:2.5px {{}} {colour}"
    forms = {
        "line": line.format("solid"),
        "dotted": line.format("dotted"),
        "dashed": line.format("dashed"),
        "dashdot": (
            f"width:26px;height:2px;background:linear-gradient(90deg,{colour} 0 12px,"
            f"transparent 12px 16px,{colour} 16px 19px,transparent 19px 23px,{colour} 23px 26px)"
        ),
        "band": f"width:26px;height:9px;background:{faint}",
        "bands": f"width:26px;height:13px;background:{_nested(entry.colour)}",
        "bar": f"width:11px;height:11px;background:{colour}",
        "outline": f"width:11px;height:11px;background:{faint};border:1.5px solid {colour}",
        "tick": f"width:3px;height:13px;background:{colour}",
    }
    return f'<span aria-hidden="true" style="display:inline-block;{forms[entry.form]}"></span>'


def _nested(colour: str) -> str:
    """Return a ground that darkens from its edges to its middle, as bands within bands do."""
    wide, middle, narrow = (see_through(colour, opacity) for opacity in (0.13, 0.27, 0.43))
    stops = f"{wide} 0 2px,{middle} 2px 5px,{narrow} 5px 8px,{middle} 8px 11px,{wide} 11px 13px"
    return f"linear-gradient(180deg,{stops})"

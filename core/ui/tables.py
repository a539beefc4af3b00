"""Tables: hours as they are, facts in words, rows to choose from.

Numbers arrive as text already formatted, or as a picture's numbers with their unit; nothing is
computed here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from core.charts.numbers import GAP, NARROW, count, share
from core.charts.picture import Column, Picture
from core.charts.times import day_time
from core.ui.palette import palette
from core.ui.words import plain

ROW_HEIGHT = 30
SHORT = 14
TALLEST = 420
Colour = Literal["red", "orange", "green", "blue", "gray", "violet"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with emphasis.

    Parameters
    ----------
    text : str
        Shown literally.
    is_bold : bool
        What the eye should go to.
    colour : str or None
        One of the theme's text colours; the word itself must carry the meaning too.
    icon : str
        Name of a Material icon, or empty.
    """

    text: str
    is_bold: bool = False
    colour: Colour | None = None
    icon: str = ""


def words_table(headings: Sequence[str], rows: Sequence[Sequence[str | Cell]], alt: str) -> None:
    """Draw a small table of texts with thin lines between the rows: diffs, scores, settings.

    Parameters
    ----------
    headings : sequence of str
        One for each column, each different.
    rows : sequence of sequences
        Texts, or cells with emphasis.
    alt : str
        What the table tells.
    """
    frame = pd.DataFrame(
        [[_markdown(cell) for cell in row] for row in rows], columns=list(headings), dtype="str"
    )
    st.table(frame, border="horizontal", hide_index=True, alt=alt)


def _markdown(cell: str | Cell) -> str:
    if isinstance(cell, str):
        return plain(cell) or GAP
    text = plain(cell.text) or GAP
    if cell.is_bold:
        text = f"**{text}**"
    if cell.icon:
        text = f":material/{cell.icon}: {text}"
    return f":{cell.colour}[{text}]" if cell.colour else text


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table of rows.

    Parameters
    ----------
    label : str
        Its heading.
    kind : {"text", "number", "line", "bar"}
        ``number`` is text set to the right; ``line`` a list of numbers drawn as a small line;
        ``bar`` a share, drawn as a bar up to `most` with its value beside it.
    width : int or None
        Pixels.
    help : str
        A word on what it is.
    most : float
        The share at which a bar is full.
    """

    label: str
    kind: Literal["text", "number", "line", "bar"] = "text"
    width: int | None = None
    help: str = ""
    most: float = 1.0


def rows_table(
    frame: pd.DataFrame,
    fields: Mapping[str, Field],
    *,
    key: str,
    alt: str,
    on_choose: Callable[[int], None] | None = None,
    lazy: bool = False,
) -> None:
    """Draw a table of many rows, sortable, a row of which may be chosen.

    Parameters
    ----------
    frame : DataFrame
        A column for each field, texts and lists of numbers; an empty cell is an en dash.
    fields : mapping of str to Field
        Column to how it is drawn, in order. The first two or three are all that a phone shows.
    key : str
        Unique on the page.
    alt : str
        What the table tells.
    on_choose : callable, optional
        Given the number of the row that was clicked.
    lazy : bool
        Whether rows are sent as they are scrolled to.
    """
    shown = frame[list(fields)].reset_index(drop=True)
    bars = [name for name, field in fields.items() if field.kind == "bar"]
    shown = shown.assign(**{name: shown[name] * 100 for name in bars})

    draw = partial(
        st.dataframe,
        shown,
        hide_index=True,
        column_config={name: _column_config(field) for name, field in fields.items()},
        row_height=ROW_HEIGHT,
        height="content" if len(shown) <= SHORT else TALLEST,
        key=key,
        alt=alt,
        placeholder=GAP,
        lazy=lazy or None,
    )
    if on_choose is None:
        draw()
        return

    def chosen() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells:
            on_choose(int(cells[0][0]))

    draw(on_select=chosen, selection_mode="single-cell")


def _column_config(field: Field) -> ColumnConfig:
    note = field.help or None
    if field.kind == "line":
        ink = palette().actual
        return st.column_config.LineChartColumn(
            field.label, width=field.width, help=note, color=ink
        )
    if field.kind == "bar":
        return st.column_config.ProgressColumn(
            field.label,
            width=field.width,
            help=note,
            min_value=0.0,
            max_value=field.most * 100,
            format=f"%.1f{NARROW}%%",
        )
    side: Literal["right", "left"] = "right" if field.kind == "number" else "left"
    return st.column_config.TextColumn(field.label, width=field.width, help=note, alignment=side)


@st.fragment
def picture_table(
    picture: Picture, key: str, zone: ZoneInfo, label: str = "The same as a table, and CSV"
) -> None:
    """Draw the numbers of a picture as a table and CSV, closed until they are wanted.

    Parameters
    ----------
    picture : Picture
        Its table and columns.
    key : str
        Unique on the page; also the name of the CSV file.
    zone : ZoneInfo
        The centre's, for the table's clock.
    label : str
        What is said where it is closed; it names the picture where that stands elsewhere.
    """
    opened = st.expander(label, key=f"table-{key}", on_change="rerun")
    # A closed table is not sent: on a page with four pictures that halves what goes out.
    if not opened.open:
        return
    with opened:
        shown = pd.DataFrame(
            {c.name: [_text(value, c, zone) for value in picture.table[c.name]]
             for c in picture.columns}
        )  # fmt: skip
        fields = {
            c.name: Field(c.label, "text" if c.unit in ("time", "text") else "number")
            for c in picture.columns
        }
        rows_table(shown, fields, key=f"rows-{key}", alt=picture.alt)
        table = picture.table
        st.download_button(
            "Download CSV",
            data=lambda: csv_of(table),
            file_name=f"{key}.csv",
            mime="text/csv",
            key=f"csv-{key}",
            on_click="ignore",
            icon=":material/download:",
        )


def _text(value: object, column: Column, zone: ZoneInfo) -> str:
    if column.unit == "time" and isinstance(value, pd.Timestamp):
        return day_time(value, zone)
    if column.unit == "share" and isinstance(value, float):
        return share(value)
    if column.unit == "count" and isinstance(value, int | float):
        return count(value)
    return str(value)


def csv_of(table: pd.DataFrame) -> bytes:
    r"""Return a table as CSV: times in ISO 8601 with their offset, shares 0 to 1, gaps empty.

    Examples
    --------
    >>> csv_of(pd.DataFrame({"ds": pd.to_datetime(["2026-11-25T10:00Z"]), "y": [0.5]}))
    b'ds,y\n2026-11-25T10:00:00+00:00,0.5\n'
    """
    times = table.select_dtypes(["datetimetz"]).columns
    told = table.assign(**{name: [t.isoformat() for t in table[name]] for name in times})
    return told.to_csv(index=False, lineterminator="\n").encode()

"""What a drawing function takes and returns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import plotly.graph_objects as go

from core.charts.theme import Palette

Form = Literal["line", "dotted", "dashed", "dashdot", "band", "bands", "bar", "outline", "tick"]
"""How a legend entry is drawn: the shape says as much as the colour."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader sees it.

    Parameters
    ----------
    zone : ZoneInfo
        The centre's zone: all times are drawn on its clock.
    palette : Palette
        Light or dark.
    now : datetime
        Aware; drawn as a line where it lies in view.
    """

    zone: ZoneInfo
    palette: Palette
    now: datetime


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of a legend; drawn beside the figure, where it can wrap on a phone."""

    label: str
    form: Form
    colour: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a picture's table.

    Parameters
    ----------
    name : str
        Its name in the frame and in the CSV.
    label : str
        Its heading on the page.
    unit : {"time", "share", "count", "text"}
        What it holds.
    """

    name: str
    label: str
    unit: Literal["time", "share", "count", "text"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its words and its numbers.

    Parameters
    ----------
    figure : Figure
        Styled, without a legend of its own.
    alt : str
        What it shows, for those who do not see it.
    legend : tuple of LegendEntry
        In reading order; empty where titles name everything.
    table : DataFrame
        The same numbers: aware UTC times, shares 0 to 1.
    columns : tuple of Column
        How `table` is to be read.
    """

    figure: go.Figure
    alt: str
    legend: tuple[LegendEntry, ...] = ()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    columns: tuple[Column, ...] = ()

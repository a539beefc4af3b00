"""Colours, fonts and the house style of every figure.

This module is the one owner of colour. It knows nothing of Streamlit: whoever draws a figure says
which palette it wants, light or dark. A colour never carries a meaning alone; dash, marker,
position or word carries it too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from core.charts.numbers import NARROW

FONT_FAMILY = '"Source Sans", "Source Sans Pro", sans-serif'
"""What Streamlit ships, so that no font is fetched from elsewhere."""
FONT_SIZE = 12
MARGIN_LEFT = 48
MARGIN_RIGHT = 12
MARGIN_TOP = 8
MARGIN_BOTTOM = 38


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, by what they mean.

    Parameters
    ----------
    name : {"light", "dark"}
        Which theme.
    page, raised, line : str
        Ground, ground of what is raised above it, thin lines.
    text, muted : str
        Text, and text that stands back.
    actual : str
        What happened.
    forecast : str
        What is expected or recommended; also the primary button.
    in_force : str
        The value that the tenant has now.
    agents : str
        Agents scheduled.
    limit : str
        A limit, a shortfall, a block.
    baseline : str
        The seasonal-naive forecast; a warning.
    window : str
        A low-volume window.
    bands : tuple of float
        Opacity of the fills of bands: up to 50 %, up to 80 %, and wider ones. Each lies on the
        wider ones, so that the ground darkens inwards; lines on it must still be seen.
    agents_fill : float
        Opacity of the bars of `agents`.
    """

    name: Literal["light", "dark"]
    page: str
    raised: str
    line: str
    text: str
    muted: str
    actual: str
    forecast: str
    in_force: str
    agents: str
    limit: str
    baseline: str
    window: str
    bands: tuple[float, float, float]
    agents_fill: float

    @property
    def closed(self) -> str:
        """The grey ground of closed hours."""
        return see_through(self.actual, 0.055)

    def band_fill(self, level: float) -> str:
        """Return the fill of a band of this level (a share, 0 to 1)."""
        narrow, middle, wide = self.bands
        opacity = wide if level > 0.8 else middle if level > 0.5 else narrow
        return see_through(self.forecast, opacity)


LIGHT = Palette(
    name="light",
    page="#FFFFFF",
    raised="#F4F5F6",
    line="#D9DDE1",
    text="#11161A",
    muted="#4A535B",
    actual="#11161A",
    forecast="#005A8E",
    in_force="#5B656E",
    agents="#00795A",
    limit="#B33F00",
    baseline="#B06F00",
    window="#A9588B",
    bands=(0.22, 0.16, 0.13),
    agents_fill=0.13,
)
DARK = Palette(
    name="dark",
    page="#14181B",
    raised="#1D2327",
    line="#343C42",
    text="#E8EAEC",
    muted="#B9C1C8",
    actual="#E8EAEC",
    forecast="#56B4E9",
    in_force="#B9C1C8",
    agents="#2FBF94",
    limit="#F08A55",
    baseline="#E6A735",
    window="#D99ABF",
    bands=(0.14, 0.18, 0.18),
    agents_fill=0.16,
)
PALETTES: Mapping[str, Palette] = MappingProxyType({"light": LIGHT, "dark": DARK})


def palette_for(base: str | None) -> Palette:
    """Return the palette of a theme's base; light where the base is unknown.

    Examples
    --------
    >>> palette_for("dark").name, palette_for(None).name
    ('dark', 'light')
    """
    return PALETTES.get(base or "light", LIGHT)


def see_through(colour: str, opacity: float) -> str:
    """Return a colour at an opacity, as CSS.

    Examples
    --------
    >>> see_through("#005A8E", 0.13)
    'rgba(0,90,142,0.13)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def house_layout(palette: Palette, height: int) -> dict[str, Any]:
    """Return the layout that every figure begins with.

    Transparent paper, one hover box, no template, no legend of Plotly's own (it covers the plot
    on a phone), and no dragging: the span in view is chosen by a widget, so that the address can
    hold it, and a finger on a phone scrolls the page and not the chart. The plot has the page's
    colour, because Plotly outlines the hover line with it.
    """
    return {
        "template": {},
        "height": height,
        "margin": {"l": MARGIN_LEFT, "r": MARGIN_RIGHT, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": palette.page,
        "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": palette.text},
        "hovermode": "x unified",
        "hoverlabel": {
            "bgcolor": palette.raised,
            "bordercolor": palette.line,
            "font": {"family": FONT_FAMILY, "color": palette.text},
        },
        "showlegend": False,
        # The decimal point, and the narrow space between thousands that all texts have.
        "separators": f".{NARROW}",
        "dragmode": False,
        # A number that does not fit into its bar is left to the table; phones are narrow.
        "uniformtext": {"mode": "hide", "minsize": 10},
    }


def time_line(palette: Palette) -> dict[str, Any]:
    """Return the style of a horizontal axis: a line with ticks, no grid."""
    return _axis(palette) | {
        "showgrid": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
        "tickangle": 0,
        "spikecolor": palette.muted,
        "spikethickness": 1,
        "spikedash": "solid",
        "spikemode": "across",
    }


def value_line(palette: Palette) -> dict[str, Any]:
    """Return the style of a vertical axis: a grid, no line."""
    return _axis(palette) | {"showgrid": True, "gridcolor": palette.line, "gridwidth": 1}


def _axis(palette: Palette) -> dict[str, Any]:
    return {
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": palette.muted, "size": FONT_SIZE},
        "linecolor": palette.line,
        "tickcolor": palette.line,
    }

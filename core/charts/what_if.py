"""An hour over calls per agent: occupancy and abandonment, with the settings to compare."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from core.charts.canvas import Canvas, Panel, axis_name, stacked_canvas
from core.charts.ground import LEVEL_GUTTER, Level, add_levels
from core.charts.numbers import calls_per_agent, share
from core.charts.picture import Column, Form, LegendEntry, Look, Picture
from core.charts.series import SHARE
from core.charts.timeline import plain_values
from core.pacing.what_if import Setting, WhatIf

OCCUPANCY_ROW, ABANDON_ROW = 118, 132
OCCUPANCY, ABANDON = (axis_name(row) for row in range(2))
HEAD_ROOM = 2.2
"""The abandon axis ends at so many times the limit: beyond it nothing is to be chosen."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A setting in the picture: its name, how it is drawn, and where."""

    name: str
    form: Form
    colour: str
    symbol: str
    setting: Setting


def what_if_chart(hour: WhatIf, chosen: Setting, look: Look) -> Picture:
    """Draw occupancy and abandon rate over calls per agent.

    Parameters
    ----------
    hour : WhatIf
        The curves, with what is set, recommended and allowed.
    chosen : Setting
        What whoever looks has chosen.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent.
    """
    panels = [
        Panel("occupancy", OCCUPANCY_ROW, {**SHARE.axis, "nticks": 5}),
        Panel(
            "abandon rate, over calls per idle agent",
            ABANDON_ROW,
            {**SHARE.axis, "nticks": 5, "range": [0, _highest(hour, chosen)]},
        ),
    ]
    canvas = stacked_canvas(panels, look)
    canvas.layout["margin"] |= {"r": LEVEL_GUTTER, "b": 26}
    canvas.layout["xaxis"] |= {
        "type": "linear",
        "range": [float(hour.calls[0]), float(hour.calls[-1])],
        "tickformat": ".2~f",
        "nticks": 9,
        "hoverformat": ".2f",
    }
    marks = _marks(hour, chosen, look)
    for axis, values, name in (
        (OCCUPANCY, hour.occupancies, "occupied"),
        (ABANDON, hour.abandon_rates, "abandoned"),
    ):
        canvas.traces.append(
            {
                "type": "scatter",
                "x": plain_values(hour.calls, 3),
                "y": plain_values(values * 100, 3),
                "yaxis": axis,
                "mode": "lines",
                "line": {"color": look.palette.muted, "width": 2},
                "hovertemplate": f"{SHARE.hover} {name}<extra></extra>",
            }
        )
    _draw_marks(canvas, marks)
    add_levels(canvas, [Level(hour.limit * 100, share(hour.limit), look.palette.limit)], ABANDON)
    table = pd.DataFrame(
        {"calls": hour.calls, "occupancy": hour.occupancies, "abandon": hour.abandon_rates}
    )
    legend = tuple(LegendEntry(mark.name, mark.form, mark.colour) for mark in marks)
    return Picture(canvas.figure(), _words(hour, marks), legend, table, _COLUMNS)


def _marks(hour: WhatIf, chosen: Setting, look: Look) -> tuple[_Mark, ...]:
    palette = look.palette
    told: Sequence[tuple[str, Form, str, str, Setting | None]] = (
        ("now", "dashed", palette.in_force, "circle-open", hour.today),
        ("recommended", "line", palette.forecast, "circle", hour.recommended),
        ("chosen", "dotted", palette.actual, "diamond", chosen),
        ("at the limit", "dashdot", palette.limit, "line-ns", hour.at_limit),
    )
    return tuple(
        _Mark(f"{name} {calls_per_agent(setting.calls)}", form, colour, symbol, setting)
        for name, form, colour, symbol, setting in told
        if setting is not None
    )


def _draw_marks(canvas: Canvas, marks: Sequence[_Mark]) -> None:
    """Draw each setting as a line through both panels and a point on each curve."""
    dashes = {"dashed": "dash", "line": "solid", "dotted": "dot", "dashdot": "dashdot"}
    settings = [mark.setting for mark in marks]
    for axis, values in (
        (OCCUPANCY, [each.occupancy for each in settings]),
        (ABANDON, [each.abandon_rate for each in settings]),
    ):
        canvas.shapes += [
            {
                "type": "line",
                "xref": "x",
                "yref": f"{axis} domain",
                "x0": mark.setting.calls,
                "x1": mark.setting.calls,
                "y0": 0,
                "y1": 1,
                "line": {"color": mark.colour, "width": 1.6, "dash": dashes[mark.form]},
            }
            for mark in marks
        ]
        colours = [mark.colour for mark in marks]
        canvas.traces.append(
            {
                "type": "scatter",
                "x": [round(each.calls, 3) for each in settings],
                "y": [round(value * 100, 3) for value in values],
                "yaxis": axis,
                "mode": "markers",
                "marker": {
                    "symbol": [mark.symbol for mark in marks],
                    "size": 9,
                    "color": colours,
                    "line": {"width": 2, "color": colours},
                },
                "text": [mark.name for mark in marks],
                "hovertemplate": f"{SHARE.hover} %{{text}}<extra></extra>",
            }
        )


def _highest(hour: WhatIf, chosen: Setting) -> float:
    told = [chosen, *(each for each in (hour.today, hour.recommended) if each is not None)]
    most = max(each.abandon_rate for each in told)
    return round(max(HEAD_ROOM * hour.limit, 1.1 * most) * 100, 2)


def _words(hour: WhatIf, marks: Sequence[_Mark]) -> str:
    told = "; ".join(
        f"{mark.name}: {share(mark.setting.occupancy)} occupied,"
        f" {share(mark.setting.abandon_rate)} abandoned"
        for mark in marks
    )
    return f"An hour over calls per agent, limit {share(hour.limit)}. {told}."


_COLUMNS = (
    Column("calls", "Calls per agent", "text"),
    Column("occupancy", "Occupancy", "share"),
    Column("abandon", "Abandon rate", "share"),
)

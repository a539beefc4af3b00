"""Forecast, agents and recommendation on one hour axis, with what limits them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.charts.agents import agents_axis, draw_agents
from core.charts.canvas import Canvas, Panel, axis_name, stacked_canvas
from core.charts.ground import (
    LEVEL_GUTTER,
    Level,
    add_closed,
    add_levels,
    add_now,
)
from core.charts.numbers import count, share
from core.charts.picture import Column, LegendEntry, Look, Picture
from core.charts.series import SHARE
from core.charts.theme import Palette
from core.charts.time_axis import folds_of, set_folded_axis
from core.charts.timeline import HOUR, spans_of, view_of
from core.charts.times import day_time
from core.charts.traces import band_trace, line_trace, step_trace
from core.pacing.recommendation import Recommendation

RATE_ROW, AGENTS_ROW, ABANDON_ROW = 210, 92, 118
RATE, AGENTS, ABANDON = (axis_name(row) for row in range(3))


@dataclass(frozen=True, slots=True)
class InForce:
    """What the tenant has now, and what would replace it; None where it has no such value.

    Parameters
    ----------
    answer_rate, abandon_rate : float or None
        The campaign's values now, shares.
    proposed_answer_rate, proposed_abandon_rate : float or None
        The values that a proposal would send, shares: one for all hours.
    """

    answer_rate: float | None = None
    abandon_rate: float | None = None
    proposed_answer_rate: float | None = None
    proposed_abandon_rate: float | None = None


def pacing_chart(recommendation: Recommendation, in_force: InForce, look: Look) -> Picture:
    """Draw a recommendation hour by hour over its forecast, agents and abandon limit.

    Parameters
    ----------
    recommendation : Recommendation
        Hours without a known schedule are marked so; they are never drawn as no agents.
    in_force : InForce
        The campaign's values now, dashed, and the proposed ones.
    look : Look
        Zone, palette, now.

    Returns
    -------
    Picture
        Its table holds shares; its figure per cent.
    """
    hours = _hours(recommendation)
    panels = [
        Panel("answer rate: forecast, and the safe rate to plan with", RATE_ROW, SHARE.axis),
        Panel("agents scheduled", AGENTS_ROW, agents_axis(hours["agents"], 4)),
        Panel(
            f"abandon rate aimed at, limit {share(recommendation.limits.abandon_cap)}",
            ABANDON_ROW,
            {**SHARE.axis, "rangemode": "tozero", "nticks": 5},
        ),
    ]
    canvas = stacked_canvas(panels, look)
    canvas.layout["margin"] |= {"r": LEVEL_GUTTER}
    view = view_of(hours)
    if view is not None:
        absent = set(pd.date_range(view[0], view[1] - HOUR, freq="h")) - set(hours["ds"])
        closed = spans_of(absent)
        add_closed(canvas, closed, view)
        set_folded_axis(canvas, view, closed)
        add_now(canvas, view, folds_of(closed))
    legend = _draw_rates(canvas, hours, in_force)
    unknown = hours["agents"].isna()
    draw_agents(canvas, hours[~unknown], hours.loc[unknown, "ds"], axis=AGENTS)
    _draw_abandon(canvas, hours, recommendation.limits.abandon_cap, in_force)
    return Picture(
        canvas.figure(), _words(recommendation, hours, look), tuple(legend), _table(hours), _COLUMNS
    )


def _hours(recommendation: Recommendation) -> pd.DataFrame:
    hours = recommendation.hours
    return pd.DataFrame(
        {
            "ds": pd.to_datetime([hour.ds for hour in hours], utc=True),
            "agents": np.array([hour.agents for hour in hours], dtype="float64"),
            "forecast": _percent([hour.answer_rate for hour in hours]),
            "lower": _percent([hour.answer_rate_lower for hour in hours]),
            "upper": _percent([hour.answer_rate_upper for hour in hours]),
            "safe": _percent([hour.safe_rate for hour in hours]),
            "abandon": _percent([hour.abandon_target for hour in hours]),
            "limit": pd.Series([hour.binding_limit for hour in hours], dtype="str"),
        }
    )


def _percent(values: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array(values, dtype="float64") * 100


def _draw_rates(canvas: Canvas, hours: pd.DataFrame, in_force: InForce) -> list[LegendEntry]:
    look, palette = canvas.look, canvas.look.palette
    legend = [
        LegendEntry("safe rate", "line", palette.forecast),
        LegendEntry("forecast", "dotted", palette.forecast),
    ]
    band = band_trace(hours, "lower", "upper", look, fill=palette.band_fill(0.95))
    if band is not None:
        canvas.traces.append(band)
        legend.append(LegendEntry("its band", "band", palette.forecast))
    colour, hover = palette.forecast, f"{SHARE.hover} forecast<extra></extra>"
    canvas.traces.append(
        line_trace(hours, "forecast", look, colour=colour, dash="dot", width=1.6, hover=hover)
    )
    hover = f"{SHARE.hover} safe rate<extra></extra>"
    canvas.traces.append(step_trace(hours, "safe", look, colour=colour, hover=hover))
    levels = _levels(in_force.answer_rate, in_force.proposed_answer_rate, palette)
    add_levels(canvas, levels, RATE)
    if in_force.proposed_answer_rate is not None:
        legend.append(LegendEntry("proposed for all hours", "dashdot", palette.forecast))
    if in_force.answer_rate is not None:
        legend.append(LegendEntry("in force now", "dashed", palette.in_force))
    return legend


def _draw_abandon(canvas: Canvas, hours: pd.DataFrame, cap: float, in_force: InForce) -> None:
    palette = canvas.look.palette
    hover = f"{SHARE.hover} aimed at<extra></extra>"
    canvas.traces.append(
        step_trace(
            hours, "abandon", canvas.look, colour=palette.forecast, hover=hover, axis=ABANDON
        )
    )
    levels = _levels(in_force.abandon_rate, in_force.proposed_abandon_rate, palette)
    add_levels(canvas, [*levels, Level(cap * 100, share(cap), palette.limit)], ABANDON)


def _levels(now: float | None, proposed: float | None, palette: Palette) -> list[Level]:
    levels = []
    if now is not None:
        levels.append(Level(now * 100, share(now), palette.in_force))
    if proposed is not None:
        levels.append(Level(proposed * 100, share(proposed), palette.forecast, "dashdot"))
    return levels


def _table(hours: pd.DataFrame) -> pd.DataFrame:
    shares = {name: hours[name] / 100 for name in ("forecast", "lower", "upper", "safe", "abandon")}
    return hours.assign(**shares)


def _words(recommendation: Recommendation, hours: pd.DataFrame, look: Look) -> str:
    if hours.empty:
        return "Pacing by hour: nothing to show."
    safe, abandon = hours["safe"] / 100, hours["abandon"] / 100
    unknown = int(hours["agents"].isna().sum())
    agents = (
        f"agents {count(hours['agents'].min())} to {count(hours['agents'].max())}"
        if unknown < len(hours)
        else "agents unknown"
    )
    partly = f", unknown in {unknown} of {len(hours)} hours" if 0 < unknown < len(hours) else ""
    return (
        f"Pacing by hour from {day_time(hours['ds'].iloc[0], look.zone)}:"
        f" safe rate {share(safe.min())} to {share(safe.max())}; {agents}{partly};"
        f" abandon rate aimed at {share(abandon.min())} to {share(abandon.max())},"
        f" limit {share(recommendation.limits.abandon_cap)}."
    )


_COLUMNS = (
    Column("ds", "Hour", "time"),
    Column("safe", "Safe rate", "share"),
    Column("limit", "What limits it", "text"),
    Column("forecast", "Forecast", "share"),
    Column("lower", "Band from", "share"),
    Column("upper", "Band to", "share"),
    Column("agents", "Agents", "count"),
    Column("abandon", "Abandon rate aimed at", "share"),
)

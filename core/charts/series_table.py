"""The table of a series: hour by hour what its picture shows, and every band that is known."""

import pandas as pd

from core.charts.bands import Band
from core.charts.picture import Column
from core.charts.series import Story, Unit


def story_columns(unit: Unit, story: Story) -> tuple[Column, ...]:
    """Return how the table of a series is read."""
    adjusted = (Column("adjusted", "Adjusted", unit.name),) if story.adjusted is not None else ()
    return (
        Column("ds", "Hour", "time"),
        Column("actual", "Actual", unit.name),
        Column("forecast", "Forecast", unit.name),
        *(column for band in _tabled(story) for column in band.columns(unit.name)),
        *adjusted,
        Column("note", "Why empty", "text"),
    )


def story_table(story: Story) -> pd.DataFrame:
    """Return a series hour by hour: actual, forecast, all bands, and why an actual is absent."""
    past = story.actual.rename(columns={"value": "actual"})
    past = past.assign(note=past["status"].where(past["status"] != "open", ""))
    names = {"yhat": "forecast"}
    for band in _tabled(story):
        names |= dict(zip((band.lower, band.upper), band.table_names, strict=True))
    ahead = story.forecast[["ds", *names]].rename(columns=names)
    table = past[["ds", "actual", "note"]].merge(ahead, on="ds", how="outer").sort_values("ds")
    table["note"] = table["note"].fillna("").astype("str")
    columns = ["ds", "actual", *names.values(), "note"]
    if story.adjusted is not None:
        beside = story.adjusted[["ds", "yhat"]].rename(columns={"yhat": "adjusted"})
        table = table.merge(beside, on="ds", how="left")
        columns.insert(-1, "adjusted")
    return table[columns].reset_index(drop=True)


def _tabled(story: Story) -> tuple[Band, ...]:
    return (*story.bands, *story.tabled)

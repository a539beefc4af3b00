"""The picture of a week: one row for each day, open hours outlined, the same as a table."""

import numpy as np
import pytest

from core.charts.picture import Look
from core.charts.theme import DARK, LIGHT, Palette
from core.charts.week import week_chart
from tests.support.desk import BERLIN, NOW

OFFICE = np.array([hour % 24 in range(8, 18) and hour // 24 < 5 for hour in range(168)])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_open_stretch_of_a_day_is_outlined(palette: Palette) -> None:
    picture = week_chart(OFFICE.astype(float), OFFICE, Look(BERLIN, palette, NOW))
    assert len(picture.figure.layout.shapes) == 5
    assert {round(shape.x0) for shape in picture.figure.layout.shapes} == {8}
    assert {round(shape.x1) for shape in picture.figure.layout.shapes} == {18}


def test_monday_is_the_upmost_row_and_its_first_hour_the_first_cell() -> None:
    used = np.zeros(168)
    used[0] = 1.0
    picture = week_chart(used, OFFICE, Look(BERLIN, LIGHT, NOW))
    (shares,) = picture.figure.data
    assert shares.z[0][0] == 1.0
    assert picture.figure.layout.yaxis.range == (6.5, -0.5)
    assert shares.text[0][0] == (
        "Mon 00:00–01:00: contacts in 100.0\u202f% of the weeks, counts as closed"
    )


def test_hours_that_were_never_read_have_a_gap_and_no_zero() -> None:
    picture = week_chart(np.full(168, np.nan), OFFICE, Look(BERLIN, LIGHT, NOW))
    assert set(picture.table["used"]) == {"–"}
    assert "not read" in picture.figure.data[0].text[0][0]


def test_the_table_tells_every_hour_of_the_week() -> None:
    table = week_chart(OFFICE.astype(float), OFFICE, Look(BERLIN, LIGHT, NOW)).table
    assert len(table) == 168
    assert (table["counts_as"] == "open").sum() == 50

"""Rows as a person edits them: what counts as a day, and which row is refused."""

from datetime import date

import pytest

from core.errors import UsageError
from core.history.days import DayKind, OwnDay
from core.screens.calendar_days import days_in, editable

EVE = OwnDay(date(2026, 12, 24), 14 * 60, label="Christmas Eve")
ROW = {"date": "2026-12-24", "kind": "closed", "label": "Eve", "start": None, "end": None}


def test_rows_that_nobody_changed_are_the_days_they_were() -> None:
    days = (EVE, OwnDay(date(2026, 12, 31), kind=DayKind.REDUCED))
    assert days_in(editable(days).to_dict("records")) == days  # type: ignore[arg-type]


def test_a_row_that_was_only_begun_is_no_day() -> None:
    empty = dict.fromkeys(ROW)
    assert days_in([empty, {**empty, "kind": "closed"}, {**empty, "label": "  "}]) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"date": "24.12."}, "Row 2 of the days, column date"),
        ({"date": None}, "Row 2 of the days, column date"),
        ({"kind": None}, "Row 2 of the days, column kind"),
        ({"start": "early"}, "Row 2 of the days, column start"),
        ({"start": "15:00", "end": "14:00"}, "Row 2 of the days, column end"),
        ({"date": "2026-12-20"}, "Row 2 of the days: 2026-12-20 00:00-24:00 is there already"),
    ],
)
def test_a_row_that_cannot_stand_is_named(change: dict[str, str | None], said: str) -> None:
    with pytest.raises(UsageError) as refusal:
        days_in([{**ROW, "date": "2026-12-20"}, {**ROW, **change}])
    assert said in refusal.value.what

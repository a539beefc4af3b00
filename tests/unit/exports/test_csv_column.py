"""Columns of plain files, and which files are none."""

import pytest

from core.exports.csv_column import plain_columns


@pytest.mark.parametrize(
    "text",
    ["ds,y\n09:00,4\n10:00,5\n", "ds,y\r\n09:00,4\r\n10:00,5", "ds,y\n09:00,4\n\n\n10:00,5\n\n"],
    ids=["plain", "Windows", "blank lines"],
)
def test_a_plain_file_is_taken_apart_row_by_row(text: str) -> None:
    plain = plain_columns(text, ["y", "ds"])
    assert plain is not None
    assert plain["ds"].texts.tolist() == ["09:00", "10:00"]
    assert plain["y"].texts.tolist() == ["4", "5"]


def test_values_keep_what_they_are_written_with_and_may_be_empty() -> None:
    plain = plain_columns("name,y\n Zürich ,\nKöln,007\n", ["name", "y"])
    assert plain is not None
    assert plain["name"].texts.tolist() == [" Zürich ", "Köln"]
    assert plain["y"].texts.tolist() == ["", "007"]


@pytest.mark.parametrize(
    "text",
    [
        'ds,y\n"09:00",4\n',
        "ds,y\n09:00,4,5\n",
        "ds,y\n09:00\n",
        "ds,y\n09:00,4\r10:00,5\n",
        "ds,y\n",
        "ds\n09:00\n",
        "ds,z\n09:00,4\n",
        "ds,y,y\n09:00,4,5\n",
        "\nds,y\n09:00,4\n",
        f"ds,y\n09:00,{'4' * 65}\n",
    ],
    ids=[
        "quotes", "too many", "too few", "a lone carriage return", "no row", "one column",
        "no such column", "a column twice", "a blank header", "a long value",
    ],
)  # fmt: skip
def test_any_other_file_is_left_to_the_reader_that_tells_what_is_wrong(text: str) -> None:
    assert plain_columns(text, ["y"]) is None

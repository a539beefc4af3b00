"""What a value on the command line has to look like."""

from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from core.cli import arguments as take


@pytest.mark.parametrize(("text", "share"), [("50", 0.5), ("95", 0.95), ("97.5", 0.975)])
def test_a_level_is_given_in_per_cent(text: str, share: float) -> None:
    assert take.level(text) == share


@pytest.mark.parametrize("text", ["0.95", "49", "100", "99.5", "high", "nan", ""])
def test_a_level_outside_50_to_99_per_cent_is_refused(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="per cent from 50 to 99"):
        take.level(text)


@pytest.mark.parametrize("text", ["3", "0", "-0.1", "nan", "3%"])
def test_an_abandon_cap_is_a_share(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"such as 0\.03"):
        take.abandon_share(text)


@pytest.mark.parametrize("text", ["0", "-1", "8785", "1.5", "many"])
def test_a_horizon_is_1_to_8784_whole_hours(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="from 1 to 8784"):
        take.hours(text)


@pytest.mark.parametrize("text", ["Mars/Phobos", "../../etc/passwd", "", "CET+1"])
def test_an_unknown_time_zone_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="Europe/Berlin"):
        take.time_zone(text)


def test_a_time_without_an_offset_is_utc() -> None:
    assert take.moment("2026-11-23T09:00").isoformat() == "2026-11-23T09:00:00+00:00"


@pytest.mark.parametrize("text", ["yesterday", "23.11.2026", "0001-01-01T00:00+10:00"])
def test_a_time_that_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="ISO 8601"):
        take.moment(text)


def test_an_output_file_has_a_known_ending_and_its_folder_exists(tmp_path: Path) -> None:
    assert take.csv_or_json_out(str(tmp_path / "F.JSON")) == tmp_path / "F.JSON"
    with pytest.raises(ArgumentTypeError, match=r"end in \.csv or \.json"):
        take.csv_or_json_out(str(tmp_path / "F.xlsx"))
    with pytest.raises(ArgumentTypeError, match="make it first"):
        take.csv_out(str(tmp_path / "absent" / "F.csv"))


def test_a_folder_is_no_output_file(tmp_path: Path) -> None:
    folder = tmp_path / "F.csv"
    folder.mkdir()
    with pytest.raises(ArgumentTypeError, match="is a folder"):
        take.csv_out(str(folder))


def test_a_name_of_blanks_is_no_name() -> None:
    with pytest.raises(ArgumentTypeError, match="empty"):
        take.some_text("   ")

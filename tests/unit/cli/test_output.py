"""Tables, documents and files."""

from pathlib import Path

import pytest

from core.cli.output import facts, print_document, table, write_file
from core.errors import UsageError


def test_ids_are_printed_whole_and_numbers_stand_to_the_right() -> None:
    long_id = "0ec61ff6-64f9-52d5-a8c8-517b3ca01f01"
    lines = table(("id", "hours"), [(long_id, "7"), ("C", "168")], right="lr").splitlines()
    assert lines[1] == f"{long_id}      7"
    assert lines[2].endswith("  168")


def test_a_table_without_rows_still_names_its_columns() -> None:
    assert table(("id", "name"), []) == "id  name"


@pytest.mark.parametrize("name", ["Winback\nAutumn", "Winback\x1b[31mAutumn", "Winback\rAutumn"])
def test_a_name_from_the_tenant_can_neither_break_a_table_nor_steer_the_terminal(name: str) -> None:
    shown = table(("name", "id"), [(name, "C")])
    assert len(shown.splitlines()) == 2
    assert "\x1b" not in shown
    assert "\x1b" not in facts([("name", name)])


def test_a_document_is_utf_8_and_has_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    print_document({"name": "Zürich"})
    assert "Zürich" in capsys.readouterr().out
    with pytest.raises(ValueError, match="JSON compliant"):
        print_document({"yhat": float("nan")})


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "F.csv"
    place.write_text("old")
    write_file(place, "new\n")
    assert place.read_bytes() == b"new\n"
    assert [path.name for path in tmp_path.iterdir()] == ["F.csv"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "gone" / "F.csv"
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(place, "new")

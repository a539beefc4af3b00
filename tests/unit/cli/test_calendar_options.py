"""The calendar on the command line: closed days are 0, and a wrong calendar costs nothing."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.cli.main import main
from core.settings import MEANINGS, read_settings

START = datetime(2026, 11, 2, tzinfo=UTC)
"""A Monday; the history's seven weeks end on Sunday, 20 December."""
WEEKS = 7
DAYS = "date,kind,label,start,end\n2026-12-22,closed,Stocktaking,,\n2026-12-24,closed,Eve,14:00,\n"


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in MEANINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIALCAST_TENANT", "tutorial")
    hours = [START + timedelta(hours=hour) for hour in range(WEEKS * 168)]
    is_open = {hour: hour.weekday() < 5 and 7 <= hour.hour < 17 for hour in hours}
    volumes = [f"q,{hour.isoformat()},{20 + hour.hour}" for hour in hours if is_open[hour]]
    rates = [f"c,{hour.isoformat()},100,30" for hour in hours if is_open[hour]]
    Path("V.csv").write_text("\n".join(["unique_id,ds,y", *volumes]) + "\n")
    Path("R.csv").write_text("\n".join(["unique_id,ds,offered,answered", *rates]) + "\n")
    Path("days.csv").write_text(DAYS)
    return tmp_path


FORECAST = "forecast volume --history V.csv --method seasonal-naive --timezone Europe/Berlin"


def rows(name: str) -> dict[str, float]:
    with Path(name).open() as file:
        return {row["ds"][:16]: float(row["yhat"]) for row in csv.DictReader(file)}


def test_own_days_are_closed_on_the_centres_clock_and_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(f"{FORECAST} --calendar days.csv --out F.csv".split()) == 0
    shown = capsys.readouterr()
    assert "Tue 22 Dec is Stocktaking: closed." in shown.err
    found = rows("F.csv")
    assert sum(y for ds, y in found.items() if ds.startswith("2026-12-22")) == 0
    # 14:00 in Berlin is 13:00 UTC.
    assert found["2026-12-24T12:00"] > 0
    assert found["2026-12-24T13:00"] == 0


def test_the_forecast_says_which_calendar_it_used(capsys: pytest.CaptureFixture[str]) -> None:
    line = f"{FORECAST} --calendar days.csv --country de-by --json"
    assert main(line.split()) == 0
    shown = capsys.readouterr()
    document = json.loads(shown.out)
    assert document["parameters"]["country"] == "DE-BY"
    assert document["parameters"]["own_days"] == 2
    assert "Fri 25 Dec is Christmas Day: a public holiday." in document["warnings"]


def test_a_closed_day_has_no_answer_rate(capsys: pytest.CaptureFixture[str]) -> None:
    line = "forecast answer-rate --history R.csv --method seasonal-naive --horizon 120"
    assert main([*line.split(), "--calendar", "days.csv", "--out", "F.csv"]) == 0
    capsys.readouterr()
    assert {ds[:10] for ds in rows("F.csv")} == {"2026-12-21", "2026-12-23"}


def test_a_backtest_takes_the_same_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Path("V.csv").read_text().splitlines()
    Path("V.csv").write_text("\n".join(line for line in lines if "2026-12-15" not in line) + "\n")
    Path("past.csv").write_text("date,kind,label\n2026-12-15,closed,Strike\n")
    line = "backtest volume --history V.csv --method seasonal-naive --cutoffs 1 --out B.csv"

    def error(*more: str) -> float:
        assert main([*line.split(), *more]) == 0
        capsys.readouterr()
        with Path("B.csv").open() as file:
            return float(next(csv.DictReader(file))["wape"])

    assert error("--country", "DE") > 0.2
    assert error("--country", "DE", "--calendar", "past.csv") == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--country Atlantis", "no public holidays known for country 'Atlantis'"),
        ("--country DE-XX", "no part 'XX' of country DE"),
        ("--calendar none.csv", "none.csv cannot be read"),
    ],
)
def test_a_calendar_that_is_not_there_is_wrong_usage_and_leaves_no_file(
    option: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = f"{FORECAST} {option} --out F.csv"
    try:
        code = main(line.split())
    except SystemExit as end:
        code = int(str(end.code))
    assert code == 2
    assert said in capsys.readouterr().err
    assert not Path("F.csv").exists()


@pytest.mark.parametrize("command", [FORECAST, "backtest volume --history V.csv"])
def test_a_wrong_calendar_file_is_refused_with_its_place(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("days.csv").write_text(DAYS + "2026-12-22,special,Again,,\n")
    assert main([*command.split(), "--calendar", "days.csv", "--out", "F.csv"]) == 3
    told = capsys.readouterr().err
    assert "days.csv, line 4, column date: 2026-12-22 is there on line 2 too" in told
    assert not Path("F.csv").exists()


def test_the_setting_is_listed_with_its_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALCAST_TENANT", "simulator")
    monkeypatch.setenv("DIALCAST_COUNTRY", "DE-BE")
    assert main(["settings"]) == 0
    assert "DIALCAST_COUNTRY" in capsys.readouterr().out
    assert read_settings().country == "DE-BE"


@pytest.mark.parametrize("command", ["queues", "settings"])
def test_a_wrong_setting_is_named_where_it_is_used_and_where_it_is_listed(
    command: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("DIALCAST_TENANT", "simulator")
    monkeypatch.setenv("DIALCAST_COUNTRY", "Atlantis")
    monkeypatch.setenv("DIALCAST_DATABASE_URL", f"sqlite:///{tmp_path / 'd.sqlite'}")
    assert main([command]) == 2
    assert "DIALCAST_COUNTRY: There are no public holidays known" in capsys.readouterr().err

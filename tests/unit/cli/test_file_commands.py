"""Commands on files: no tenant, no store, no setting; the file decides and not the clock."""

import csv
import json
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from core.cli.main import main
from core.settings import MEANINGS

START = datetime(2024, 3, 4, tzinfo=UTC)
OPEN_HOURS = range(8, 18)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in MEANINGS:
        monkeypatch.delenv(name, raising=False)
    # A tenant that would fail to connect: nothing here may try.
    monkeypatch.setenv("DIALCAST_TENANT", "tutorial")


def volume_rows(series_id: str, days: int, seed: int = 1) -> list[str]:
    draw = np.random.default_rng(seed)
    hours = (START + timedelta(hours=number) for number in range(24 * days - 6))
    return [
        f"{series_id},{hour.isoformat()},{draw.poisson(20 + 3 * hour.weekday())}"
        for hour in hours
        if hour.hour in OPEN_HOURS
    ]


def rate_rows(series_id: str, days: int) -> list[str]:
    draw = np.random.default_rng(2)
    hours = (START + timedelta(hours=number) for number in range(24 * days))
    return [
        f"{series_id},{hour.isoformat()},400,{draw.binomial(400, 0.25 + hour.hour / 100)}"
        for hour in hours
    ]


def write_volumes(*series: list[str], name: str = "F.csv") -> str:
    Path(name).write_text("\n".join(["unique_id,ds,y", *chain(*series)]) + "\n")
    return name


def write_rates(*series: list[str], name: str = "R.csv") -> str:
    Path(name).write_text("\n".join(["unique_id,ds,offered,answered", *chain(*series)]) + "\n")
    return name


def printed(capsys: pytest.CaptureFixture[str], line: str, code: int = 0) -> dict:  # type: ignore[type-arg]
    assert main([*line.split(), "--json"]) == code
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def failed(capsys: pytest.CaptureFixture[str], line: str, code: int) -> str:
    assert main([*line.split(), "--json"]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


NAIVE = "forecast volume --method seasonal-naive --history"


def test_each_series_is_forecast_from_the_hour_after_its_own_last_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_volumes(volume_rows("sales", 21), volume_rows("billing", 28))
    document = printed(capsys, f"{NAIVE} {history} --horizon 5")
    first = {each["queueId"]: each["intervals"][0]["ds"] for each in document["forecasts"]}
    assert first == {
        "sales": "2024-03-24T18:00:00+00:00",
        "billing": "2024-03-31T18:00:00+00:00",
    }
    assert {len(each["intervals"]) for each in document["forecasts"]} == {5}


def test_one_series_gives_the_tutorials_document_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    document = printed(capsys, f"{NAIVE} {write_volumes(volume_rows('sales', 28))} --level 80")
    assert document["confidenceLevel"] == 0.8
    assert len(document["intervals"]) == 168
    assert set(document["intervals"][0]) == {"ds", "yhat", "yhat_lower", "yhat_upper"}
    assert {"generatedAt", "model", "cutoff", "unit", "timeZone"} <= set(document)


def test_the_ending_of_the_output_file_decides_on_its_format(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_volumes(volume_rows("sales", 28))
    assert main([*f"{NAIVE} {history} --out F.json".split()]) == 0
    assert main([*f"{NAIVE} {history} --out out.CSV".split()]) == 0
    rows = list(csv.DictReader(Path("out.CSV").read_text().splitlines()))
    assert list(rows[0]) == [
        *("unique_id", "ds", "model", "cutoff", "yhat", "yhat_lower", "yhat_upper")
    ]
    intervals = json.loads(Path("F.json").read_text())["intervals"]
    assert [float(row["yhat"]) for row in rows] == [each["yhat"] for each in intervals]


def test_a_wider_level_gives_a_wider_band(capsys: pytest.CaptureFixture[str]) -> None:
    history = write_volumes(volume_rows("sales", 42))
    narrow, wide = (
        printed(capsys, f"{NAIVE} {history} --level {level}")["intervals"] for level in (50, 99)
    )
    assert sum(each["yhat_upper"] - each["yhat_lower"] for each in narrow) < sum(
        each["yhat_upper"] - each["yhat_lower"] for each in wide
    )


def test_counts_may_be_decimals(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{row}.5" for row in volume_rows("sales", 21)]
    document = printed(capsys, f"{NAIVE} {write_volumes(rows)}")
    assert any(each["yhat"] % 1 == 0.5 for each in document["intervals"])


def test_a_series_with_too_little_history_does_not_cost_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_volumes(volume_rows("sales", 21), volume_rows("young", 1))
    document = printed(capsys, f"{NAIVE} {history} --out F.json")
    assert [each["queueId"] for each in document["forecasts"]] == ["sales"]
    assert [each["seriesId"] for each in document["refused"]] == ["young"]
    assert "48 hours" in document["refused"][0]["reason"]
    assert json.loads(Path("F.json").read_text()) == document


def test_where_no_series_can_be_forecast_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_volumes(volume_rows("young", 1), volume_rows("younger", 1))
    said = failed(capsys, f"{NAIVE} {history} --out F.json", 3)
    assert "young" in said
    assert "younger" in said
    assert not Path("F.json").exists()


def test_many_series_in_several_processes_give_what_one_process_gives(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = {name: volume_rows(name, 21, seed) for seed, name in enumerate("ABCDE")}
    together = printed(capsys, f"{NAIVE} {write_volumes(*rows.values())}")["forecasts"]
    for each in together:
        alone = printed(capsys, f"{NAIVE} {write_volumes(rows[each['queueId']], name='A.csv')}")
        assert alone["intervals"] == each["intervals"]


def test_a_time_without_an_offset_is_read_on_the_clock_that_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [row.replace("+00:00", "") for row in volume_rows("sales", 21)]
    document = printed(capsys, f"{NAIVE} {write_volumes(rows)} --timezone America/New_York")
    assert document["cutoff"] == "2024-03-24T21:00:00+00:00"
    assert document["timeZone"] == "America/New_York"


def test_the_tutorials_answer_rate_forecast_works_on_a_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_rates(rate_rows("C1", 14))
    document = printed(capsys, f"forecast answer-rate --method tutorial --history {history}")
    assert document["campaignId"] == "C1"
    assert len(document["intervals"]) == 24
    assert all(0 <= each["yhat"] <= 1 for each in document["intervals"])


def test_a_person_reads_a_table_with_per_cent_and_offsets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_rates(rate_rows("C1", 14))
    line = f"forecast answer-rate --method tutorial --history {history} --timezone Asia/Kolkata"
    assert main(line.split()) == 0
    shown = capsys.readouterr().out
    assert "2024-03-18 05:30+05:30" in shown
    assert "%" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("unique_id,ds\nsales,2024-03-04T09:00Z\n", "line 1"),
        ("unique_id,ds,y\nsales,2024-03-04T09:00Z,many\n", "line 2, column y"),
        ("unique_id,ds,y\nsales,2024-03-04T09:00Z,-1\n", "line 2, column y"),
        ("unique_id,ds,y\nsales,noon,1\n", "line 2, column ds"),
        (
            "unique_id,ds,y\nsales,2024-03-04T09:00Z,1\nsales,2024-03-04T10:00+01:00,1\n",
            "line 3, column ds",
        ),
        ("", "is empty"),
    ],
)
def test_a_file_with_a_fault_is_refused_with_its_place_and_nothing_is_written(
    content: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("F.csv").write_text(content)
    said = failed(capsys, f"{NAIVE} F.csv --out out.csv", 3)
    assert "F.csv" in said
    assert told in said
    assert not Path("out.csv").exists()


def test_more_answers_than_offers_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    history = write_rates(["C1,2024-03-04T09:00Z,10,11"])
    said = failed(capsys, f"forecast answer-rate --history {history}", 3)
    assert "line 2, column answered" in said


def test_a_file_that_is_not_there_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert "gone.csv cannot be read" in failed(capsys, f"{NAIVE} gone.csv", 2)


def test_an_unknown_method_is_told_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_volumes(volume_rows("sales", 21))
    said = failed(capsys, f"forecast volume --history {history} --method magic", 2)
    assert "seasonal-naive" in said
    assert "tutorial" in said


@pytest.mark.parametrize("more", ["--queue Q", "--all", "--days 7"])
def test_a_file_and_a_tenant_cannot_both_be_asked(
    more: str, capsys: pytest.CaptureFixture[str]
) -> None:
    history = write_volumes(volume_rows("sales", 21))
    assert "--history" in failed(capsys, f"{NAIVE} {history} {more}", 2)


def test_a_backtest_has_a_row_for_each_method_and_cutoff_and_the_baseline_among_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_rates(rate_rows("C1", 10), rate_rows("C2", 10))
    line = f"backtest answer-rate --history {history} --method tutorial --cutoffs 2 --out B.csv"
    assert main(line.split()) == 0
    rows = list(csv.DictReader(Path("B.csv").read_text().splitlines()))
    assert ",".join(rows[0]) == (
        "unique_id,method,cutoff,wape,mase,mape,bias,coverage,interval_score,fit_seconds"
    )
    assert {(row["unique_id"], row["method"]) for row in rows} == {
        (series, method) for series in ("C1", "C2") for method in ("tutorial", "seasonal-naive")
    }
    assert len(rows) == 8
    assert {row["cutoff"] for row in rows} == {
        "2024-03-11T23:00:00+00:00",
        "2024-03-12T23:00:00+00:00",
    }


def test_a_backtest_of_a_rate_weighs_its_errors_in_calls(
    capsys: pytest.CaptureFixture[str],
) -> None:
    days = [f"C1,{START + timedelta(hours=hour):%Y-%m-%dT%H:%MZ},100,50" for hour in range(96)]
    last_day = [
        f"C1,{START + timedelta(hours=96 + hour):%Y-%m-%dT%H:%MZ},{offered},{answered}"
        for hour, (offered, answered) in enumerate([(900, 900)] + [(100, 50)] * 23)
    ]
    history = write_rates(days + last_day)
    line = f"backtest answer-rate --history {history} --cutoffs 1 --method seasonal-naive"
    (row,) = printed(capsys, line)["backtest"]
    # 450 calls off in the first hour, of 900 + 23 * 50 that were answered.
    assert row["wape"] == pytest.approx(450 / 2050)


def test_a_backtest_refuses_a_history_that_is_too_short(
    capsys: pytest.CaptureFixture[str],
) -> None:
    history = write_rates(rate_rows("C1", 2))
    assert "needs 72" in failed(capsys, f"backtest answer-rate --history {history}", 3)


def forecast_and_capacity(capsys: pytest.CaptureFixture[str], agents: int = 300) -> str:
    history = write_rates(rate_rows("C1", 14))
    line = f"forecast answer-rate --method tutorial --history {history} --out F.json"
    assert main(line.split()) == 0
    capsys.readouterr()
    hours = [each["ds"] for each in json.loads(Path("F.json").read_text())["intervals"]]
    rows = [f"{hour},{agents}" for hour in hours]
    Path("capacity.csv").write_text("\n".join(["ds,agents", *rows]) + "\n")
    return "pacing recommend --forecast F.json --capacity capacity.csv --policy tutorial"


def test_a_recommendation_from_files_covers_the_hours_of_the_forecast(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = forecast_and_capacity(capsys)
    document = printed(capsys, f"{line} --out P.json --abandon-cap 0.02")
    assert json.loads(Path("P.json").read_text()) == document
    assert document["campaignId"] == "C1"
    assert document["limits"]["abandonCap"] == 0.02
    assert document["limits"]["maxOffersPerHour"] == 1000
    assert "fallback" in document["limits"]["maxOffersOrigin"]
    # 300 agents / 1000 calls * 0.8 holds every hour whose forecast is above it.
    assert {each["safeRate"] for each in document["hours"] if each["answerRate"] > 0.24} == {0.24}
    assert document["push"]["predictive"]["maxAttempts"] == 3


def test_a_schedule_that_says_nothing_is_unknown_and_never_zero(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = forecast_and_capacity(capsys)
    Path("capacity.csv").write_text("ds,agents\n")
    assert main([*line.split(), "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["push"] == {}
    assert "unknown, not zero" in shown.err


@pytest.mark.parametrize(
    ("more", "told"),
    [("--campaign C1", "Leave one of the pairs out"), ("--policy brave", "tutorial")],
)
def test_a_recommendation_that_cannot_be_asked_for_is_wrong_usage(
    more: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in failed(capsys, f"{forecast_and_capacity(capsys)} {more}", 2)


def test_a_forecast_file_without_its_capacity_is_wrong_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    forecast_and_capacity(capsys)
    said = failed(capsys, "pacing recommend --forecast F.json", 2)
    assert "--capacity is missing" in said


def test_the_usual_policy_asks_for_a_handle_time(capsys: pytest.CaptureFixture[str]) -> None:
    line = forecast_and_capacity(capsys).replace(" --policy tutorial", "")
    assert "--aht" in failed(capsys, line, 2)


def test_the_usual_policy_plans_calls_per_agent_and_names_what_it_assumed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = forecast_and_capacity(capsys, agents=30).replace(" --policy tutorial", "")
    assert main([*line.split(), "--aht", "210", "--json"]) == 0
    shown = capsys.readouterr()
    document = json.loads(shown.out)
    assert document["policy"] == "compliant"
    first = next(hour for hour in document["hours"] if hour["callsPerAgent"] is not None)
    assert document["push"] == {
        "maxCallsPerAgent": first["callsPerAgent"],
        "abandonRate": 3.0,
    }
    assert document["limits"]["lineSecondsOrigin"].startswith("assumed")
    assert "20 s is assumed" in shown.err


def test_a_recommendation_goes_by_the_adjusted_line_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = forecast_and_capacity(capsys)
    document = json.loads(Path("F.json").read_text())
    for interval in document["intervals"]:
        interval["adjusted"] = 0.11
    Path("F.json").write_text(json.dumps(document))
    assert main([*line.split(), "--json"]) == 0
    shown = capsys.readouterr()
    assert {each["answerRate"] for each in json.loads(shown.out)["hours"]} == {0.11}
    assert "Adjusted by hand" in shown.err


def test_what_the_day_has_done_moves_the_plan_to_what_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = forecast_and_capacity(capsys, agents=30).replace(" --policy tutorial", " --aht 210")
    first = json.loads(Path("F.json").read_text())["intervals"][0]["ds"]
    header = "ds,attempts,live,abandoned,callsPerAgent"
    Path("observed.csv").write_text(f"{header}\n{first},2000,500,60,3.0\n")
    document = printed(capsys, f"{line} --observed observed.csv")
    assert first not in [hour["ds"] for hour in document["hours"]]
    assert document["soFar"]["day"]["allowanceLeft"] == -45.0
    assert document["hours"][0]["abandonTarget"] < 0.03

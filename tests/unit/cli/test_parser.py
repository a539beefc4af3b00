"""The command line as it is declared."""

import subprocess
import sys
from importlib import import_module

import pytest

from core.cli.parser import build_parser

EVERY_COMMAND = [
    "run --port 8502 --no-browser",
    "simulator --port 0 --seed 3 --faults slow,rate-limits",
    "simulator --queues 1000 --without outbound:campaign:edit --no-wfm",
    "check",
    "settings",
    "campaigns",
    "queues",
    "history answer-rate --campaign C --days 14 --out F.csv",
    "history volume --queue Q R --days 90 --out F.csv",
    "forecast answer-rate --campaign C --horizon 24 --method tutorial --level 95 --out F.json",
    "forecast answer-rate --history F.csv --timezone Europe/Berlin",
    "forecast volume --queue Q R --out F.csv --no-weekly --no-daily",
    "forecast volume --all",
    "forecast volume --history F.csv",
    "backtest answer-rate --history F.csv --horizon 24 --cutoffs 3 --method tutorial",
    "backtest volume --history F.csv --method tutorial seasonal-naive --out F.csv",
    "pacing recommend --campaign C --skill S --policy tutorial --out F.json",
    "pacing recommend --forecast F.json --capacity F.csv --aht 180 --abandon-cap 0.02",
    "pacing recommend --forecast F.json --capacity F.csv --observed F.csv --line-seconds 22",
    "propose pacing --campaign C --skill S --policy tutorial --as Ana --reason why",
    "propose pacing --campaign C --day --replan-every 15 --as Ana --reason why",
    "propose campaign --queue Q --template C --as Ana --reason why",
    "propose schedule --proposal P-1001 --as Ana --reason why",
    "proposals",
    "proposals --state approved",
    "proposals list --state approved",
    "proposals show P-1001",
    "proposals approve P-1001 --as Bo",
    "proposals reject P-1001 --as Bo --reason why",
    "proposals withdraw P-1001 --as Ana --reason why",
    "proposals push P-1001 --as Bo",
    "proposals verify P-1001",
    "proposals undo P-1001 --as Ana --reason why",
    "proposals pause P-1001 --as Ana --reason why",
    "proposals resume P-1001 --as Bo",
    "proposals stop P-1001 --as Ana",
    "drift",
    "drift --queue Q R",
    "worker",
    "worker --once",
    "audit",
    "audit --since 2026-11-23T09:00Z",
    "audit list --since 2026-11-23",
    "audit verify",
    "audit export --out F.jsonl",
]


@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_each_command_leads_to_a_function_that_exists(line: str) -> None:
    target = build_parser().parse_args(line.split()).target
    module, _, name = target.partition(":")
    assert callable(getattr(import_module(module), name))


@pytest.mark.parametrize("line", EVERY_COMMAND)
def test_json_may_stand_before_a_command_and_after_its_arguments(line: str) -> None:
    assert build_parser().parse_args([*line.split(), "--json"]).as_json
    assert build_parser().parse_args(["--json", *line.split()]).as_json
    assert not build_parser().parse_args(line.split()).as_json


def test_verbosity_counts_wherever_it_stands() -> None:
    assert build_parser().parse_args(["campaigns", "-vv"]).verbosity == 2
    assert build_parser().parse_args(["-v", "campaigns"]).verbosity == 1


@pytest.mark.parametrize(
    "line",
    [
        "",
        "fly",
        "forecast",
        "forecast volume --level 0.95",
        "forecast volume --horizon 0",
        "history volume --queue Q",
        "backtest volume",
        "propose pacing --campaign C --skill S --as Ana",
        "propose pacing --campaign C --skill S --reason why",
        "proposals approve P-1001",
        "proposals undo P-1001 --as Ana",
        "proposals approve --as Ana",
        "audit export --out F.csv",
        "drift --campaign C",
    ],
)
def test_wrong_usage_ends_with_2_and_says_why_on_standard_error(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(line.split())
    shown = capsys.readouterr()
    assert ended.value.code == 2
    assert shown.out == ""
    assert "error:" in shown.err


def test_help_says_what_the_exit_codes_mean(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["--help"])
    assert ended.value.code == 0
    assert "1  refused by a rule" in capsys.readouterr().out


def test_parsing_needs_neither_pandas_nor_a_tenant() -> None:
    code = (
        "import sys; from core.cli.parser import build_parser;"
        " build_parser().parse_args(['campaigns']);"
        " print([name for name in ('pandas', 'numpy', 'httpx', 'sqlalchemy', 'uvicorn')"
        " if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

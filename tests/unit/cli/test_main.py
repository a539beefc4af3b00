"""What a command's failure says, and the exit code it ends with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import errors
from core.cli import settings_list
from core.cli.main import exit_code, main

CODES = {
    errors.SettingsError: 2,
    errors.UsageError: 2,
    errors.RecordNotFound: 2,
    errors.TransitionRefused: 1,
    errors.ApproverNotAllowed: 1,
    errors.PlanChangedAfterApproval: 1,
    errors.ProposalStale: 1,
    errors.ProposalExpired: 1,
    errors.LimitBroken: 1,
    errors.TenantUnreachable: 3,
    errors.AuthenticationFailed: 3,
    errors.PermissionMissing: 3,
    errors.OutcomeUnknown: 3,
    errors.FileRejected: 3,
    errors.TooLittleHistory: 3,
    errors.CapacityUnknown: 3,
    errors.ConcurrentEdit: 3,
    errors.StoreError: 3,
    errors.DashboardError: 3,
}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> "type[Broken]":
    """A command that fails as a test wants it to."""

    def fail(_arguments: object) -> int:
        raise Broken.by

    monkeypatch.setattr(settings_list, "settings", fail)
    return Broken


class Broken:
    by: BaseException


@pytest.mark.parametrize(("kind", "code"), CODES.items(), ids=lambda item: str(item))
def test_each_kind_of_failure_has_its_exit_code(
    kind: type[errors.DashboardError],
    code: int,
    broken: type[Broken],
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken.by = kind("The cat sleeps on it.", "Wake the cat.")
    assert main(["settings", "--json"]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "dialcast: The cat sleeps on it. Wake the cat.\n"


def test_no_kind_of_failure_is_without_an_exit_code() -> None:
    kinds = [errors.DashboardError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert {exit_code(kind("It failed.")) for kind in kinds} == {1, 2, 3}


def test_a_fault_of_our_own_is_one_sentence_and_3(
    broken: type[Broken], capsys: pytest.CaptureFixture[str]
) -> None:
    broken.by = ZeroDivisionError("division by zero")
    assert main(["settings"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "ZeroDivisionError" in shown.err
    assert "-v" in shown.err
    assert "Traceback" not in shown.err


def test_a_fault_of_our_own_shows_where_it_was_with_v(
    broken: type[Broken], capsys: pytest.CaptureFixture[str]
) -> None:
    broken.by = ZeroDivisionError("division by zero")
    assert main(["settings", "-v"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_ends_quietly_with_130(
    broken: type[Broken], capsys: pytest.CaptureFixture[str]
) -> None:
    broken.by = KeyboardInterrupt()
    assert main(["settings"]) == 130
    assert capsys.readouterr().err == ""


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [str(Path(sys.executable).with_name("dialcast")), "settings"]
    read_end, write_end = os.pipe()
    os.close(read_end)
    run = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert run.returncode == 141
    assert run.stderr == b""


def test_no_locale_stops_a_name(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("dialcast")), "settings"]
    environment = {"GENESYS_ENVIRONMENT": "Zürich → 東京", "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert run.returncode == 0
    assert "Zürich → 東京" in run.stdout.decode()

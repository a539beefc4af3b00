"""Work on many series, of which some refuse."""

import pytest

from core.cli.series import attempt, harvest
from core.errors import (
    AuthenticationFailed,
    DashboardError,
    DataError,
    TenantRecordMissing,
    TenantUnreachable,
    TooLittleHistory,
    UsageError,
)


def test_a_refused_series_does_not_cost_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    harvested = harvest(["A", "B", "C"], [1, TooLittleHistory("B is short."), 3])
    harvested.require_some()
    assert harvested.made == (1, 3)
    assert harvested.refusals() == [{"seriesId": "B", "reason": "B is short."}]
    assert "refused: B: B is short." in capsys.readouterr().err


def test_a_single_refusal_is_told_as_itself() -> None:
    with pytest.raises(TooLittleHistory, match="A is short"):
        harvest(["A"], [TooLittleHistory("A is short.")]).require_some()


def test_where_all_are_refused_each_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataError, match="None of the 2 series"):
        harvest(["A", "B"], [DataError("A is empty."), DataError("B is empty.")]).require_some()
    assert "A is empty." in capsys.readouterr().err


def test_progress_is_told_in_few_lines_however_many_series_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    harvest([str(number) for number in range(1000)], list(range(1000)))
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 20
    assert lines[-1] == "1000 of 1000 series"


@pytest.mark.parametrize("error", [DataError("empty"), TenantRecordMissing("gone", status=404)])
def test_what_is_wrong_with_one_series_is_kept(error: DashboardError) -> None:
    assert attempt(_raising(error)) is error


@pytest.mark.parametrize(
    "error",
    [
        TenantUnreachable("no answer"),
        AuthenticationFailed("unknown client", status=401),
        UsageError("no such method"),
    ],
)
def test_what_is_wrong_with_all_series_is_raised(error: DashboardError) -> None:
    with pytest.raises(type(error)):
        attempt(_raising(error))


def _raising(error: DashboardError):  # type: ignore[no-untyped-def]
    def action() -> None:
        raise error

    return action

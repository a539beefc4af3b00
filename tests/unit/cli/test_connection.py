"""What a command is connected with: options, settings, and what is missing of them."""

from argparse import Namespace
from pathlib import Path

import pytest

from core.cli.connection import CAMPAIGN, SKILL, connected, tell_wait
from core.errors import SettingsError
from core.settings import MEANINGS


@pytest.fixture(autouse=True)
def a_tutorial_tenant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in MEANINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIALCAST_TENANT", "tutorial")
    monkeypatch.setenv("DIALCAST_DATABASE_URL", f"sqlite:///{tmp_path / 'dialcast.db'}")


def test_credentials_and_choices_that_are_missing_are_named_together() -> None:
    with pytest.raises(SettingsError) as refused, connected(Namespace(), CAMPAIGN, SKILL):
        pass
    for name in (
        "GENESYS_CLIENT_ID",
        "GENESYS_CLIENT_SECRET",
        "GENESYS_CAMPAIGN_ID",
        "GENESYS_SKILL_ID",
    ):
        assert name in refused.value.what
    assert "Or give --campaign and --skill." in refused.value.next_step


def test_an_option_stands_in_for_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENESYS_CLIENT_ID", "id")
    monkeypatch.setenv("GENESYS_CLIENT_SECRET", "secret")
    monkeypatch.setenv("GENESYS_SKILL_ID", "S-set")
    arguments = Namespace(campaign="C-given", skill=None, abandon_cap=0.01)
    with connected(arguments, CAMPAIGN, SKILL) as services:
        assert CAMPAIGN.of(arguments, services.settings) == "C-given"
        assert SKILL.of(arguments, services.settings) == "S-set"
        assert services.recommending.abandon_cap == 0.01


def test_a_wait_is_told_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell_wait(5.0, 1, 4, "rate limit")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "waiting 5 s, attempt 1 of 4 (rate limit)\n"

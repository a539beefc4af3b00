"""The list of settings, also where some are missing."""

import json
from pathlib import Path

import pytest

from core.cli.main import main


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from core.settings import MEANINGS

    monkeypatch.chdir(tmp_path)
    for name in MEANINGS:
        monkeypatch.delenv(name, raising=False)


def test_every_setting_is_listed_with_value_origin_and_meaning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GENESYS_REGION", "mypurecloud.de")
    assert main(["settings", "--json"]) == 0
    listed = {line["name"]: line for line in json.loads(capsys.readouterr().out)["settings"]}
    assert listed["DIALCAST_TENANT"]["value"] == "simulator"
    assert listed["DIALCAST_TENANT"]["origin"] == "default"
    assert listed["DIALCAST_FOUR_EYES"]["meaning"] == "1: nobody approves what they proposed"


def test_no_secret_is_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GENESYS_CLIENT_SECRET", "hush-hush")
    monkeypatch.setenv("DIALCAST_DATABASE_URL", "postgresql://dial:hush-hush@db/dialcast")
    assert main(["settings"]) == 0
    shown = capsys.readouterr()
    assert "hush" not in shown.out + shown.err
    assert "postgresql://dial:" in shown.out


def test_what_is_missing_is_told_after_the_list_and_all_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIALCAST_TENANT", "tutorial")
    monkeypatch.setenv("DIALCAST_ABANDON_CAP", "3")
    assert main(["settings", "--json"]) == 2
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)["settings"]) > 10
    assert "GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET" in shown.err
    assert "DIALCAST_ABANDON_CAP" in shown.err


def test_a_secrets_file_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / ".streamlit" / "secrets.toml"
    place.parent.mkdir()
    place.write_text("[dialcast]\nGENESYS_CLIENT_SECRET = hush-hush")
    assert main(["settings"]) == 2
    shown = capsys.readouterr()
    assert "secrets.toml" in shown.err
    assert "hush" not in shown.err

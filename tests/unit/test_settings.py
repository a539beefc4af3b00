"""Where settings come from, what is refused, and that no secret is ever shown."""

import json
import pickle
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from core.errors import SettingsError
from core.regions import DOMAINS
from core.setting_tenant import SecretStr, TenantDialect
from core.settings import MEANINGS, SECRETS_FILE, Settings, list_settings, read_settings

NO_FILE = Path("no-secrets.toml")
CONNECTED = {
    "DIALCAST_TENANT": "tutorial",
    "GENESYS_CLIENT_ID": "client-7",
    "GENESYS_CLIENT_SECRET": "s3cr3t-w0rd",
}
INTERFACES = Path(__file__).parents[3] / "shared" / "interfaces.md"


def read(**environment: str) -> Settings:
    return read_settings(environment, NO_FILE)


def refusal(**environment: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read(**environment)
    return caught.value


def secrets_file(folder: Path, *lines: str, table: str = "dialcast") -> Path:
    path = folder / "secrets.toml"
    path.write_text("\n".join([f"[{table}]", *lines, ""]), encoding="utf-8")
    return path


# --- defaults -------------------------------------------------------------------------------


def test_without_any_setting_the_demo_on_the_local_tenant_is_in_force() -> None:
    settings = read()
    assert settings.tenant is TenantDialect.SIMULATOR
    assert settings.is_demo
    assert settings.api_url == settings.login_url == "http://127.0.0.1:8765"
    assert (settings.client_id, settings.client_secret.reveal()) == ("demo-client", "demo-secret")
    assert settings.four_eyes
    assert settings.abandon_cap == 0.03
    assert settings.time_zone.key == "Europe/Berlin"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("dialcast.db")
    assert settings.roles == {}


def test_what_nobody_set_is_none() -> None:
    settings = read()
    assert settings.environment is None
    assert settings.scheduler is None
    assert (settings.campaign_id, settings.skill_id, settings.queue_id) == (None, None, None)


def test_a_tenant_elsewhere_is_in_the_first_region_and_lives_by_utc() -> None:
    settings = read(**CONNECTED)
    assert settings.api_url == settings.login_url == "https://api.mypurecloud.com"
    assert settings.time_zone.key == "UTC"
    assert not settings.is_demo


def test_the_platform_hands_out_tokens_at_the_login_host_of_its_region() -> None:
    settings = read(**CONNECTED | {"DIALCAST_TENANT": "genesys"}, GENESYS_REGION="eu-central-1")
    assert settings.api_url == "https://api.mypurecloud.de"
    assert settings.login_url == "https://login.mypurecloud.de"


@pytest.mark.parametrize(
    ("api", "login"),
    [
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("https://api.usw2.pure.cloud", "https://login.usw2.pure.cloud"),
        ("https://proxy.example/genesys", "https://proxy.example/genesys"),
    ],
)
def test_a_whole_address_of_the_platform_tells_where_tokens_are(api: str, login: str) -> None:
    settings = read(**CONNECTED | {"DIALCAST_TENANT": "genesys"}, GENESYS_API_URL=api)
    assert (settings.api_url, settings.login_url) == (api, login)


def test_every_region_of_the_platform_can_be_named() -> None:
    assert len(DOMAINS) == 18
    for region, domain in DOMAINS.items():
        settings = read(**CONNECTED | {"DIALCAST_TENANT": "genesys"}, GENESYS_REGION=region)
        assert settings.api_url == f"https://api.{domain}"


def test_an_unknown_region_of_the_platform_is_refused_with_the_known_ones() -> None:
    told = refusal(**CONNECTED | {"DIALCAST_TENANT": "genesys"}, GENESYS_REGION="mypurecloud.fr")
    assert "GENESYS_REGION is 'mypurecloud.fr'" in told.what
    assert "mypurecloud.de" in told.what


@pytest.mark.skipif(not INTERFACES.is_file(), reason="the shared texts are not beside the project")
def test_every_setting_of_the_outer_face_is_listed_by_its_name() -> None:
    section = INTERFACES.read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    promised = set(re.findall(r"`((?:DIALCAST|GENESYS)_[A-Z_]+)`", section))
    assert len(promised) >= 14
    assert promised <= {line.name for line in read().lines}


def test_every_setting_is_listed_once_with_a_meaning() -> None:
    lines = read().lines
    assert [line.name for line in lines] == list(MEANINGS)
    assert all(line.meaning and line.value for line in lines)


# --- where a value comes from ---------------------------------------------------------------


def test_the_environment_wins_over_the_secrets_file(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, 'GENESYS_QUEUE_ID = "from-file"', 'GENESYS_SKILL_ID = "file"')
    settings = read_settings({"GENESYS_QUEUE_ID": "from-environment"}, path)
    origins = {line.name: line.origin for line in settings.lines}
    assert (settings.queue_id, settings.skill_id) == ("from-environment", "file")
    assert origins["GENESYS_QUEUE_ID"] == "environment"
    assert origins["GENESYS_SKILL_ID"] == "secrets file"
    assert origins["GENESYS_CAMPAIGN_ID"] == "default"


def test_a_blank_in_the_environment_is_no_value(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, 'GENESYS_QUEUE_ID = "from-file"')
    assert read_settings({"GENESYS_QUEUE_ID": "  "}, path).queue_id == "from-file"


def test_blanks_around_a_value_do_not_count() -> None:
    assert read(GENESYS_QUEUE_ID=" q-1 \n").queue_id == "q-1"


def test_the_file_may_hold_numbers_and_switches_as_toml_has_them(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, "DIALCAST_FOUR_EYES = false", "DIALCAST_ABANDON_CAP = 0.02")
    settings = read_settings({}, path)
    assert not settings.four_eyes
    assert settings.abandon_cap == 0.02


def test_only_the_table_dialcast_is_read(tmp_path: Path) -> None:
    path = secrets_file(tmp_path, 'GENESYS_QUEUE_ID = "somebody-elses"', table="other")
    assert read_settings({}, path).queue_id is None


def test_the_secrets_file_is_looked_for_where_streamlit_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / SECRETS_FILE).parent.mkdir()
    secrets_file((tmp_path / SECRETS_FILE).parent, 'GENESYS_QUEUE_ID = "here"')
    monkeypatch.chdir(tmp_path)
    assert str(SECRETS_FILE) == ".streamlit/secrets.toml"
    assert read_settings({}).queue_id == "here"


def test_settings_are_frozen_after_reading() -> None:
    with pytest.raises(FrozenInstanceError):
        read().four_eyes = False  # type: ignore[misc]


# --- what is refused ------------------------------------------------------------------------


def test_everything_wrong_and_missing_is_named_at_once_by_its_variable() -> None:
    told = refusal(
        DIALCAST_TENANT="tutorial",
        GENESYS_API_URL="ftp://somewhere",
        GENESYS_LOGIN_URL="login",
        DIALCAST_FOUR_EYES="perhaps",
        DIALCAST_ABANDON_CAP="3",
        DIALCAST_TIMEZONE="Europe/Berlinn",
        DIALCAST_ROLES="anna=queen",
    )
    assert set(re.findall(r"(?:DIALCAST|GENESYS)_[A-Z_]+", told.what)) == {
        "GENESYS_API_URL",
        "GENESYS_LOGIN_URL",
        "DIALCAST_FOUR_EYES",
        "DIALCAST_ABANDON_CAP",
        "DIALCAST_TIMEZONE",
        "DIALCAST_ROLES",
        "GENESYS_CLIENT_ID",
        "GENESYS_CLIENT_SECRET",
    }
    assert "Not set: GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET." in told.what
    assert "`dialcast settings`" in told.next_step


@pytest.mark.parametrize("tenant", ["tutorial", "genesys"])
def test_a_tenant_elsewhere_needs_credentials(tenant: str) -> None:
    assert refusal(DIALCAST_TENANT=tenant).what == (
        "Not set: GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET."
    )


def test_an_unknown_tenant_is_told_with_the_known_ones() -> None:
    assert "has to be one of simulator, tutorial, genesys" in refusal(DIALCAST_TENANT="sap").what


def test_what_a_command_needs_is_missing_too() -> None:
    with pytest.raises(SettingsError, match=r"Not set: GENESYS_CAMPAIGN_ID, GENESYS_SKILL_ID\."):
        read_settings({}, NO_FILE, needed=["GENESYS_CAMPAIGN_ID", "GENESYS_SKILL_ID"])
    given = {"GENESYS_CAMPAIGN_ID": "c-1"}
    assert read_settings(given, NO_FILE, needed=["GENESYS_CAMPAIGN_ID"]).campaign_id == "c-1"


@pytest.mark.parametrize("cap", ["0", "-0.01", "1.01", "3", "nan", "inf", "three", "3%"])
def test_an_abandon_cap_that_is_no_share_is_refused(cap: str) -> None:
    assert "has to be a share such as 0.03" in refusal(DIALCAST_ABANDON_CAP=cap).what


@pytest.mark.parametrize(("cap", "share"), [("0.0001", 0.0001), ("0.05", 0.05), ("1", 1.0)])
def test_an_abandon_cap_is_a_share_above_0_up_to_1(cap: str, share: float) -> None:
    assert read(DIALCAST_ABANDON_CAP=cap).abandon_cap == share


@pytest.mark.parametrize(
    ("text", "is_on"), [("1", True), ("0", False), ("ON", True), ("no", False), ("False", False)]
)
def test_four_eyes_is_a_switch(text: str, is_on: bool) -> None:
    assert read(DIALCAST_FOUR_EYES=text).four_eyes is is_on


@pytest.mark.parametrize(
    "address",
    ["api.example.com", "ftp://api.example.com", "http://", "https://a:b@host", "http://h:99999"],
)
def test_an_address_that_cannot_be_called_is_refused(address: str) -> None:
    assert "GENESYS_API_URL is not an address" in refusal(GENESYS_API_URL=address).what


@pytest.mark.parametrize("zone", ["Europe", "../etc/passwd", "Mars/Olympus", "/etc/localtime"])
def test_a_zone_that_there_is_not_is_refused(zone: str) -> None:
    assert "DIALCAST_TIMEZONE" in refusal(DIALCAST_TIMEZONE=zone).what


@pytest.mark.parametrize("roles", ["anna", "anna=", "=admin", "anna=Boss", "anna=viewer;ben=admin"])
def test_roles_that_cannot_be_read_are_refused_with_the_known_ones(roles: str) -> None:
    assert "viewer, planner, supervisor, admin" in refusal(DIALCAST_ROLES=roles).what


# --- addresses and roles --------------------------------------------------------------------


def test_the_region_names_the_address_and_whole_addresses_win_over_it() -> None:
    by_region = read(**CONNECTED, GENESYS_REGION="mypurecloud.de")
    by_address = read(
        **CONNECTED,
        GENESYS_REGION="mypurecloud.de",
        GENESYS_API_URL="http://127.0.0.1:9/api/",
        GENESYS_LOGIN_URL="https://login.example.com/",
    )
    assert by_region.api_url == by_region.login_url == "https://api.mypurecloud.de"
    assert by_address.api_url == "http://127.0.0.1:9/api"
    assert by_address.login_url == "https://login.example.com"


def test_each_tenant_has_its_own_place_in_the_store_and_the_demo_keeps_one() -> None:
    there = read(**CONNECTED, GENESYS_API_URL="http://127.0.0.1:9")
    elsewhere = read(**CONNECTED, GENESYS_API_URL="http://127.0.0.1:10")
    demo = {read(GENESYS_API_URL=f"http://127.0.0.1:{port}").tenant_id for port in (9, 10)}
    assert there.tenant_id != elsewhere.tenant_id
    assert demo == {"simulator"}


def test_people_have_the_roles_that_are_named() -> None:
    roles = read(DIALCAST_ROLES="Anna Roth = planner, ben=admin,").roles
    assert roles == {"Anna Roth": "planner", "ben": "admin"}


# --- secrets --------------------------------------------------------------------------------


def every_text_of(settings: Settings) -> str:
    lines = [f"{line!r} {line.value}" for line in settings.lines]
    return "\n".join([repr(settings), str(settings), f"{settings}", *lines])


def test_the_client_secret_is_shown_nowhere() -> None:
    settings = read(**CONNECTED)
    assert settings.client_secret.reveal() == "s3cr3t-w0rd"
    assert "s3cr3t-w0rd" not in every_text_of(settings)
    told = {line.name: line.value for line in settings.lines}
    assert told["GENESYS_CLIENT_SECRET"] == "••••••••"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:hush-hush@db.example.com/dialcast",
        "postgresql://desk:h@hush-hush@db.example.com/dialcast",
        "postgresql+psycopg://desk:a:hush-hush@db.example.com:5432/dialcast?sslmode=require",
        "postgresql://db.example.com/dialcast?user=desk&password=hush-hush",
        "postgresql://desk@db.example.com/dialcast?PASSWORD=hush-hush&sslmode=require",
    ],
)
def test_the_password_of_the_database_is_shown_nowhere(url: str) -> None:
    settings = read(DIALCAST_DATABASE_URL=url)
    assert settings.database_url == url
    assert "hush-hush" not in every_text_of(settings)
    told = {line.name: line.value for line in settings.lines}
    assert "db.example.com" in told["DIALCAST_DATABASE_URL"]


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    wrong = {"GENESYS_API_URL": "https://anna:hush-hush@api.example.com"}
    assert "hush-hush" not in str(refusal(**wrong))
    assert "hush-hush" not in repr(list_settings(wrong, NO_FILE))


def test_no_refusal_repeats_the_secret_beside_it() -> None:
    told = refusal(GENESYS_CLIENT_SECRET="s3cr3t-w0rd", DIALCAST_ABANDON_CAP="much")
    assert "s3cr3t-w0rd" not in f"{told} {told!r}"


def test_a_secret_does_not_show_itself_in_any_way_of_printing() -> None:
    secret = SecretStr("s3cr3t-w0rd")
    shown = f"{secret} {secret!r} {secret!s} {[secret]}"
    assert "s3cr3t" not in shown
    with pytest.raises(TypeError):
        json.dumps(secret)
    assert bool(secret)
    assert not SecretStr("")
    assert repr(SecretStr("")) == "SecretStr('')"


def test_settings_travel_to_another_process_with_their_secret() -> None:
    assert pickle.loads(pickle.dumps(SecretStr("s3cr3t-w0rd"))).reveal() == "s3cr3t-w0rd"


@pytest.mark.parametrize(
    "content",
    [
        b'[dialcast]\nGENESYS_CLIENT_SECRET = "s3cr3t-w0rd\n',
        b"s3cr3t-w0rd",
        b"[s3cr3t-w0rd]\n[s3cr3t-w0rd]\n",
        b"GENESYS_CLIENT_SECRET = s3cr3t-w0rd\n",
        b'[dialcast]\nGENESYS_CLIENT_SECRET = "s3cr3t-w0rd\xff"\n',
    ],
)
def test_a_secrets_file_that_cannot_be_read_is_named_and_not_quoted(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "secrets.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_settings({}, path)
    assert str(path) in caught.value.what
    assert "s3cr3t" not in f"{caught.value} {caught.value!r}"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    assert caught.value.next_step


def test_a_folder_in_place_of_the_secrets_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings({}, tmp_path)


# --- the list -------------------------------------------------------------------------------


def test_settings_are_listed_also_where_some_are_missing_or_wrong() -> None:
    listed = list_settings({"DIALCAST_TENANT": "tutorial", "DIALCAST_ABANDON_CAP": "x"}, NO_FILE)
    told = {line.name: line.value for line in listed}
    assert told["GENESYS_CLIENT_ID"] == "not set"
    assert told["DIALCAST_ABANDON_CAP"] == "x"

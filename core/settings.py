"""The only reader of the environment and of the secrets file; frozen after reading.

The environment wins over ``.streamlit/secrets.toml``, table ``[dialcast]``. Secrets are kept in
`SecretStr` and are never shown. Everything that is wrong or missing is named at once.
"""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_dir

from core.errors import SettingsError

SIMULATOR_PORT = 8765
SIMULATOR_CLIENT_ID = "demo-client"
SIMULATOR_CLIENT_SECRET = "demo-secret"
SECRETS_FILE = Path(".streamlit") / "secrets.toml"


class TenantDialect(StrEnum):
    """What kind of tenant the settings name."""

    SIMULATOR = "simulator"
    TUTORIAL = "tutorial"
    GENESYS = "genesys"


class SecretStr:
    """A text that never shows itself.

    Examples
    --------
    >>> SecretStr("hush")
    SecretStr('••••••••')
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "SecretStr('••••••••')" if self._text else "SecretStr('')"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it is listed: name, value in force (secrets masked), origin, meaning."""

    name: str
    value: str
    origin: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force.

    Parameters
    ----------
    tenant : TenantDialect
        ``DIALCAST_TENANT``.
    client_id, client_secret : str, SecretStr
        ``GENESYS_CLIENT_ID``, ``GENESYS_CLIENT_SECRET``.
    api_url, login_url : str
        Whole addresses without a closing slash, from ``GENESYS_API_URL`` and
        ``GENESYS_LOGIN_URL``, else from the region.
    environment : str or None
        ``GENESYS_ENVIRONMENT``: the organisation named in a campaign draft.
    campaign_id, skill_id, queue_id : str or None
        What opens when nothing is chosen.
    database_url : str
        The store.
    scheduler : str or None
        Address of a Dask scheduler.
    four_eyes : bool
        Whether nobody approves what they proposed.
    abandon_cap : float
        Highest abandon rate that any proposal may aim at, a share.
    time_zone : ZoneInfo
        The zone whose clock the centre lives by.
    callable_hours : str
        When contacts may be called, in `time_zone`.
    roles : mapping
        Person to role; empty where none are set up.
    lines : tuple of SettingLine
        Every setting as it is listed.
    """

    tenant: TenantDialect
    client_id: str
    client_secret: SecretStr
    api_url: str
    login_url: str
    environment: str | None
    campaign_id: str | None
    skill_id: str | None
    queue_id: str | None
    database_url: str = field(repr=False)
    scheduler: str | None
    four_eyes: bool
    abandon_cap: float
    time_zone: ZoneInfo
    callable_hours: str
    roles: Mapping[str, str]
    lines: tuple[SettingLine, ...] = field(default=(), compare=False)

    @property
    def is_demo(self) -> bool:
        """Whether the tenant is the local one, where one person may try both sides."""
        return self.tenant is TenantDialect.SIMULATOR

    @property
    def tenant_id(self) -> str:
        """What the store files this tenant's records under."""
        return "simulator" if self.is_demo else f"{self.tenant.value}:{self.api_url}"


MEANINGS: Mapping[str, str] = {
    "DIALCAST_TENANT": "simulator, tutorial or genesys",
    "GENESYS_CLIENT_ID": "client credentials: the id",
    "GENESYS_CLIENT_SECRET": "client credentials: the secret",
    "GENESYS_REGION": "region domain of the organisation",
    "GENESYS_API_URL": "whole address of the API, instead of the region's",
    "GENESYS_LOGIN_URL": "whole address of the login host, instead of the region's",
    "GENESYS_ENVIRONMENT": "organisation named in a campaign draft",
    "GENESYS_CAMPAIGN_ID": "campaign that opens when none is chosen",
    "GENESYS_SKILL_ID": "skill whose schedule is read when none is chosen",
    "GENESYS_QUEUE_ID": "queue that opens when none is chosen",
    "DIALCAST_DATABASE_URL": "store: SQLite file or PostgreSQL",
    "DIALCAST_SCHEDULER": "address of a Dask scheduler for many-queue work",
    "DIALCAST_FOUR_EYES": "1: nobody approves what they proposed",
    "DIALCAST_ABANDON_CAP": "highest abandon rate that any proposal may aim at, share",
    "DIALCAST_TIMEZONE": "zone whose clock the centre lives by",
    "DIALCAST_CALLABLE_HOURS": "when contacts may be called, in that zone",
    "DIALCAST_ROLES": "person=role, separated by commas: viewer, planner, supervisor, admin",
}
SECRET_NAMES = frozenset({"GENESYS_CLIENT_SECRET"})


@dataclass(slots=True)
class _Source:
    """Looks settings up by name, and remembers where each was found and what was wrong."""

    environment: Mapping[str, str]
    file: Mapping[str, Any]
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    lines: dict[str, SettingLine] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        origin, value = "default", default
        if self.environment.get(name, "").strip():
            origin, value = "environment", self.environment[name].strip()
        elif str(self.file.get(name, "")).strip():
            origin, value = "secrets file", str(self.file[name]).strip()
        self.note(name, value, origin)
        return value

    def note(self, name: str, value: str, origin: str) -> None:
        shown = "••••••••" if name in SECRET_NAMES and value else _without_password(value)
        self.lines[name] = SettingLine(name, shown or "not set", origin, MEANINGS[name])

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            self.missing.append(name)
        return value


def read_settings(
    environment: Mapping[str, str] | None = None,
    secrets_file: Path | None = None,
    needed: Sequence[str] = (),
) -> Settings:
    """Return the settings in force.

    Parameters
    ----------
    environment : mapping, optional
        Defaults to the process's own.
    secrets_file : Path, optional
        Defaults to ``.streamlit/secrets.toml`` in the working folder.
    needed : sequence of str
        Names that may not be missing this time, beside those that never may.

    Returns
    -------
    Settings
        Frozen.

    Raises
    ------
    SettingsError
        All missing settings are named at once, each by its variable; so are all wrong ones.

    Examples
    --------
    >>> read_settings({}, Path("none.toml")).tenant.value
    'simulator'
    """
    source = _opened(environment, secrets_file)
    settings = _assembled(source)
    source.missing.extend(name for name in needed if not source.text(name))
    _refuse_if_wrong(source)
    return settings


def list_settings(
    environment: Mapping[str, str] | None = None, secrets_file: Path | None = None
) -> tuple[SettingLine, ...]:
    """Return every setting as it is listed, also where some are missing or wrong."""
    return _assembled(_opened(environment, secrets_file)).lines


def read_setting(name: str, default: str = "") -> str:
    """Return the text of one setting, for work that needs none of the others."""
    return _opened(None, None).text(name, default)


def environment_with(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that this one starts."""
    return {**os.environ, **changes}  # noqa: TID251 - the one reader


def _opened(environment: Mapping[str, str] | None, secrets_file: Path | None) -> _Source:
    return _Source(
        os.environ if environment is None else environment,  # noqa: TID251 - the one reader
        _read_file(SECRETS_FILE if secrets_file is None else secrets_file),
    )


def _assembled(source: _Source) -> Settings:
    tenant = _tenant(source)
    client_id, client_secret, api_url, login_url = _connection(source, tenant)
    return Settings(
        tenant=tenant,
        client_id=client_id,
        client_secret=SecretStr(client_secret),
        api_url=api_url,
        login_url=login_url,
        environment=source.text("GENESYS_ENVIRONMENT") or None,
        campaign_id=source.text("GENESYS_CAMPAIGN_ID") or None,
        skill_id=source.text("GENESYS_SKILL_ID") or None,
        queue_id=source.text("GENESYS_QUEUE_ID") or None,
        database_url=source.text("DIALCAST_DATABASE_URL", _default_database()),
        scheduler=source.text("DIALCAST_SCHEDULER") or None,
        four_eyes=_switch(source, "DIALCAST_FOUR_EYES", default="1"),
        abandon_cap=_share(source, "DIALCAST_ABANDON_CAP", default="0.03"),
        time_zone=_zone(source, "Europe/Berlin" if tenant is TenantDialect.SIMULATOR else "UTC"),
        callable_hours=source.text("DIALCAST_CALLABLE_HOURS", "Mo-Sa 08:00-20:00"),
        roles=_roles(source),
        lines=tuple(source.lines[name] for name in MEANINGS),
    )


def _refuse_if_wrong(source: _Source) -> None:
    if not source.missing and not source.wrong:
        return
    parts = list(source.wrong)
    if source.missing:
        parts.append(f"Not set: {', '.join(source.missing)}.")
    raise SettingsError(
        " ".join(parts),
        "Set it in the environment or in .streamlit/secrets.toml under [dialcast];"
        " `dialcast settings` lists what is in force.",
    )


def _read_file(path: Path) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        # The text of a TOML error may quote the line, and the line may hold a secret.
        raise SettingsError(
            f"The secrets file {path} cannot be read ({type(error).__name__}).",
            "Mend it, or remove it and set the environment instead.",
        ) from None
    table = document.get("dialcast", {})
    return table if isinstance(table, dict) else {}


def _tenant(source: _Source) -> TenantDialect:
    text = source.text("DIALCAST_TENANT", "simulator")
    try:
        return TenantDialect(text.lower())
    except ValueError:
        names = ", ".join(dialect.value for dialect in TenantDialect)
        source.wrong.append(f"DIALCAST_TENANT is {text!r}, and has to be one of {names}.")
        return TenantDialect.SIMULATOR


def _connection(source: _Source, tenant: TenantDialect) -> tuple[str, str, str, str]:
    if tenant is TenantDialect.SIMULATOR:
        client_id = source.text("GENESYS_CLIENT_ID", SIMULATOR_CLIENT_ID)
        secret = source.text("GENESYS_CLIENT_SECRET", SIMULATOR_CLIENT_SECRET)
        default_api = f"http://127.0.0.1:{SIMULATOR_PORT}"
        source.text("GENESYS_REGION", "")
    else:
        client_id = source.needed("GENESYS_CLIENT_ID")
        secret = source.needed("GENESYS_CLIENT_SECRET")
        default_api = f"https://api.{source.text('GENESYS_REGION', 'mypurecloud.com')}"
    api_url = _address(source, "GENESYS_API_URL", default_api)
    return client_id, secret, api_url, _address(source, "GENESYS_LOGIN_URL", api_url)


def _address(source: _Source, name: str, default: str) -> str:
    text = source.text(name, default).rstrip("/")
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
        sound = sound and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        source.wrong.append(f"{name} is not an address that begins with http:// or https://.")
    return text


def _switch(source: _Source, name: str, default: str) -> bool:
    text = source.text(name, default).lower()
    if text not in ("0", "1", "true", "false", "yes", "no", "on", "off"):
        source.wrong.append(f"{name} is {text!r}, and has to be 1 or 0.")
    return text in ("1", "true", "yes", "on")


def _share(source: _Source, name: str, default: str) -> float:
    text = source.text(name, default)
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        source.wrong.append(f"{name} is {text!r}, and has to be a share such as 0.03.")
        return 0.03
    return value


def _zone(source: _Source, default: str) -> ZoneInfo:
    text = source.text("DIALCAST_TIMEZONE", default)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        source.wrong.append(
            f"DIALCAST_TIMEZONE is {text!r}, which is no zone such as Europe/Berlin."
        )
        return ZoneInfo("UTC")


def _roles(source: _Source) -> Mapping[str, str]:
    text = source.text("DIALCAST_ROLES")
    roles: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        person, equals, role = part.partition("=")
        if not equals or not person.strip() or role.strip() not in ROLE_NAMES:
            source.wrong.append(
                f"DIALCAST_ROLES holds {part!r}; it has to be person=role, the role one of"
                f" {', '.join(ROLE_NAMES)}."
            )
        roles[person.strip()] = role.strip()
    return roles


ROLE_NAMES = ("viewer", "planner", "supervisor", "admin")


def _default_database() -> str:
    return f"sqlite:///{Path(user_data_dir('dialcast')) / 'dialcast.db'}"


def _without_password(value: str) -> str:
    value = re.sub(r"(?i)(password=)[^&\s]*", r"\1••••••••", value)
    if "://" not in value or "@" not in value:
        return value
    scheme, _, rest = value.partition("://")
    credentials, _, place = rest.rpartition("@")
    return f"{scheme}://{credentials.split(':')[0]}:••••••••@{place}"

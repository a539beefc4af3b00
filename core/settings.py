"""The only reader of the environment and of the secrets file; frozen after reading.

The environment wins over ``.streamlit/secrets.toml``, table ``[dialcast]``. Secrets are kept in
`SecretStr` and are never shown. Everything that is wrong or missing is named at once.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from platformdirs import user_data_dir

from core.errors import SettingsError
from core.setting_source import (
    PacingPolicySettings,
    SettingLine,
    SettingSource,
    pacing_policy_in,
    read_secrets_file,
    roles_in,
    share_in,
    switch_in,
    zone_in,
)
from core.setting_tenant import SecretStr, TenantDialect, connection_in, tenant_in

SECRETS_FILE = Path(".streamlit") / "secrets.toml"


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
    country : str
        Code of the country, or a part of it, whose public holidays count; empty for none.
    callable_hours : str
        When contacts may be called, in `time_zone`.
    roles : mapping
        Person to role; empty where none are set up.
    lines : tuple of SettingLine
        Every setting as it is listed.
    pacing : PacingPolicySettings
        The limits of pacing beside `abandon_cap`.
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
    country: str
    callable_hours: str
    roles: Mapping[str, str]
    lines: tuple[SettingLine, ...] = field(default=(), compare=False)
    pacing: PacingPolicySettings = field(default_factory=PacingPolicySettings)

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
    "DIALCAST_REGIME": "regulator's limit on abandonment; custom: the operator's cap alone",
    "DIALCAST_MAX_CALLS_PER_AGENT": "highest calls per idle agent that may be set, 1 to 15",
    "DIALCAST_MAX_STEP": "largest rise of calls per agent at once, as a part of it",
    "DIALCAST_LEAST_LIVE_ANSWERS": "live answers that must have been seen before a rise",
    "DIALCAST_PACING_FREEZE": "1: no pacing may be proposed",
    "DIALCAST_FALSE_POSITIVES": "live answers that machine detection hangs up on, share",
    "DIALCAST_TIMEZONE": "zone whose clock the centre lives by",
    "DIALCAST_COUNTRY": "public holidays: a country or a part of it, such as US, DE or DE-BE",
    "DIALCAST_CALLABLE_HOURS": "when contacts may be called, in that zone",
    "DIALCAST_ROLES": "person=role, separated by commas: viewer, planner, supervisor, admin",
}
SECRET_NAMES = frozenset({"GENESYS_CLIENT_SECRET"})


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


def read_pacing_policy() -> tuple[float, PacingPolicySettings]:
    """Return abandon cap and limits of pacing, for work that needs no other setting.

    Raises
    ------
    SettingsError
        If one of them is wrong; all that are wrong are named.
    """
    source = _opened(None, None)
    cap = share_in(source, "DIALCAST_ABANDON_CAP", default="0.03")
    limits = pacing_policy_in(source)
    _refuse_if_wrong(source)
    return cap, limits


def environment_with(changes: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a process that this one starts."""
    return {**os.environ, **changes}  # noqa: TID251 - the one reader


def _opened(environment: Mapping[str, str] | None, secrets_file: Path | None) -> SettingSource:
    return SettingSource(
        os.environ if environment is None else environment,  # noqa: TID251 - the one reader
        read_secrets_file(SECRETS_FILE if secrets_file is None else secrets_file),
        MEANINGS,
        SECRET_NAMES,
    )


def _assembled(source: SettingSource) -> Settings:
    tenant = tenant_in(source)
    connection = connection_in(source, tenant)
    return Settings(
        tenant=tenant,
        client_id=connection.client_id,
        client_secret=connection.client_secret,
        api_url=connection.api_url,
        login_url=connection.login_url,
        environment=source.text("GENESYS_ENVIRONMENT") or None,
        campaign_id=source.text("GENESYS_CAMPAIGN_ID") or None,
        skill_id=source.text("GENESYS_SKILL_ID") or None,
        queue_id=source.text("GENESYS_QUEUE_ID") or None,
        database_url=source.text("DIALCAST_DATABASE_URL", _default_database()),
        scheduler=source.text("DIALCAST_SCHEDULER") or None,
        four_eyes=switch_in(source, "DIALCAST_FOUR_EYES", default="1"),
        abandon_cap=share_in(source, "DIALCAST_ABANDON_CAP", default="0.03"),
        time_zone=zone_in(source, "Europe/Berlin" if tenant is TenantDialect.SIMULATOR else "UTC"),
        country=source.text("DIALCAST_COUNTRY"),
        callable_hours=source.text("DIALCAST_CALLABLE_HOURS", "Mo-Sa 08:00-20:00"),
        roles=roles_in(source),
        pacing=pacing_policy_in(source),
        lines=tuple(source.lines[name] for name in MEANINGS),
    )


def _refuse_if_wrong(source: SettingSource) -> None:
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


def _default_database() -> str:
    return f"sqlite:///{Path(user_data_dir('dialcast')) / 'dialcast.db'}"

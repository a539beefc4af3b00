"""Which tenant the settings name, and how it is reached; `core.settings` reads all the rest.

Nothing is connected here, and a secret never shows itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.regions import DOMAINS, domain_of, login_address
from core.setting_source import SettingSource, address_in

SIMULATOR_PORT = 8765
SIMULATOR_CLIENT_ID = "demo-client"
SIMULATOR_CLIENT_SECRET = "demo-secret"


class TenantDialect(StrEnum):
    """What kind of tenant the settings name."""

    SIMULATOR = "simulator"
    TUTORIAL = "tutorial"
    GENESYS = "genesys"

    @property
    def speaks_platform(self) -> bool:
        """Whether it is spoken to in the published platform API, not as the tutorials do."""
        return self is not TenantDialect.TUTORIAL


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
class Connection:
    """Where the tenant is, and who asks it.

    Parameters
    ----------
    client_id, client_secret : str, SecretStr
        Of the client credentials grant.
    api_url, login_url : str
        Whole addresses without a closing slash.
    """

    client_id: str
    client_secret: SecretStr
    api_url: str
    login_url: str


def tenant_in(source: SettingSource) -> TenantDialect:
    """Return what kind of tenant is named; the local one where the text names none."""
    text = source.text("DIALCAST_TENANT", "simulator")
    try:
        return TenantDialect(text.lower())
    except ValueError:
        names = ", ".join(dialect.value for dialect in TenantDialect)
        source.wrong.append(f"DIALCAST_TENANT is {text!r}, and has to be one of {names}.")
        return TenantDialect.SIMULATOR


def connection_in(source: SettingSource, tenant: TenantDialect) -> Connection:
    """Return credentials and addresses; the local tenant has some of its own.

    Parameters
    ----------
    source : SettingSource
        Notes what is missing or wrong.
    tenant : TenantDialect
        Decides what may be left out.
    """
    if tenant is TenantDialect.SIMULATOR:
        client_id = source.text("GENESYS_CLIENT_ID", SIMULATOR_CLIENT_ID)
        secret = source.text("GENESYS_CLIENT_SECRET", SIMULATOR_CLIENT_SECRET)
        default_api = f"http://127.0.0.1:{SIMULATOR_PORT}"
        source.text("GENESYS_REGION", "")
    else:
        client_id = source.needed("GENESYS_CLIENT_ID")
        secret = source.needed("GENESYS_CLIENT_SECRET")
        default_api = f"https://api.{_domain(source, tenant)}"
    api_url = address_in(source, "GENESYS_API_URL", default_api)
    # The tutorials ask for their token at the API itself.
    is_platform = tenant is TenantDialect.GENESYS
    default_login = login_address(api_url) if is_platform else api_url
    login_url = address_in(source, "GENESYS_LOGIN_URL", default_login)
    return Connection(client_id, SecretStr(secret), api_url, login_url)


def _domain(source: SettingSource, tenant: TenantDialect) -> str:
    region = source.text("GENESYS_REGION", DOMAINS["us-east-1"])
    domain = domain_of(region)
    is_needed = tenant is TenantDialect.GENESYS and not source.text("GENESYS_API_URL")
    if domain is None and is_needed:
        source.wrong.append(
            f"GENESYS_REGION is {region!r}, and has to be one of {', '.join(DOMAINS.values())};"
            " another region is named by GENESYS_API_URL and GENESYS_LOGIN_URL."
        )
    return domain or region

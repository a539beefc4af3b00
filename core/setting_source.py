"""Where settings are looked up and how their texts are read; `core.settings` says which there are.

What is wrong or missing is noted, not raised, so that all of it can be told at once. A secret is
masked before it is noted.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import SettingsError

REGIME_NAMES = ("custom", "us-ftc", "us-fcc", "uk-ofcom", "canada-crtc", "us-california")
"""The limits by regulator that can be chosen; a test holds them to `core.pacing.regime`."""
ROLE_NAMES = ("viewer", "planner", "supervisor", "admin")


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it is listed: name, value in force (secrets masked), origin, meaning."""

    name: str
    value: str
    origin: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PacingPolicySettings:
    """The limits of pacing beside the abandon cap; `core.pacing.guardrails` says what they mean.

    Parameters
    ----------
    regime : str
        ``DIALCAST_REGIME``: a name of `core.pacing.regime.REGIMES`.
    calls_ceiling : float
        ``DIALCAST_MAX_CALLS_PER_AGENT``, 1 to 15.
    largest_step : float
        ``DIALCAST_MAX_STEP``, a part.
    least_live_answers : float
        ``DIALCAST_LEAST_LIVE_ANSWERS``. Unit: calls.
    is_frozen : bool
        ``DIALCAST_PACING_FREEZE``.
    false_positive_share : float
        ``DIALCAST_FALSE_POSITIVES``: live answers that a machine detector hangs up on, over those
        that it passes on. Unit: share.
    """

    regime: str = "custom"
    calls_ceiling: float = 15.0
    largest_step: float = 0.3
    least_live_answers: float = 50.0
    is_frozen: bool = False
    false_positive_share: float = 0.0


@dataclass(slots=True)
class SettingSource:
    """Looks settings up by name, and remembers where each was found and what was wrong.

    Parameters
    ----------
    environment, file : mapping
        The environment wins.
    meanings : mapping
        Name of every setting to what it means.
    secret_names : frozenset of str
        Never listed.
    """

    environment: Mapping[str, str]
    file: Mapping[str, Any]
    meanings: Mapping[str, str]
    secret_names: frozenset[str]
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    lines: dict[str, SettingLine] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a setting's text, and note it for the list."""
        origin, value = "default", default
        if self.environment.get(name, "").strip():
            origin, value = "environment", self.environment[name].strip()
        elif str(self.file.get(name, "")).strip():
            origin, value = "secrets file", str(self.file[name]).strip()
        self.note(name, value, origin)
        return value

    def note(self, name: str, value: str, origin: str) -> None:
        """Note what is in force, as it may be shown."""
        shown = "••••••••" if name in self.secret_names and value else _without_password(value)
        self.lines[name] = SettingLine(name, shown or "not set", origin, self.meanings[name])

    def needed(self, name: str) -> str:
        """Return a setting's text, and note where it is missing."""
        value = self.text(name)
        if not value:
            self.missing.append(name)
        return value


def read_secrets_file(path: Path) -> Mapping[str, Any]:
    """Return the table ``[dialcast]`` of a secrets file; empty where there is no file.

    Raises
    ------
    SettingsError
        If there is one that cannot be read.
    """
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


def address_in(source: SettingSource, name: str, default: str) -> str:
    """Return a whole address without a closing slash."""
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


def switch_in(source: SettingSource, name: str, default: str) -> bool:
    """Return whether a setting is on."""
    text = source.text(name, default).lower()
    if text not in ("0", "1", "true", "false", "yes", "no", "on", "off"):
        source.wrong.append(f"{name} is {text!r}, and has to be 1 or 0.")
    return text in ("1", "true", "yes", "on")


def share_in(source: SettingSource, name: str, default: str) -> float:
    """Return a share above 0 and up to 1."""
    text = source.text(name, default)
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 1:
        source.wrong.append(f"{name} is {text!r}, and has to be a share such as 0.03.")
        return 0.03
    return value


def number_in(
    source: SettingSource, name: str, default: float, lowest: float, highest: float
) -> float:
    """Return a number within its bounds, both allowed."""
    text = source.text(name, f"{default:g}")
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not lowest <= value <= highest:
        source.wrong.append(
            f"{name} is {text!r}, and has to be a number from {lowest:g} to {highest:g}."
        )
        return default
    return value


def pacing_policy_in(source: SettingSource) -> PacingPolicySettings:
    """Return the limits of pacing beside the abandon cap."""
    usual = PacingPolicySettings()
    regime = source.text("DIALCAST_REGIME", usual.regime).lower()
    if regime not in REGIME_NAMES:
        source.wrong.append(
            f"DIALCAST_REGIME is {regime!r}, and has to be one of {', '.join(REGIME_NAMES)}."
        )
        regime = usual.regime
    return PacingPolicySettings(
        regime,
        number_in(source, "DIALCAST_MAX_CALLS_PER_AGENT", usual.calls_ceiling, 1, 15),
        number_in(source, "DIALCAST_MAX_STEP", usual.largest_step, 0.01, 14),
        number_in(source, "DIALCAST_LEAST_LIVE_ANSWERS", usual.least_live_answers, 0, 1e6),
        switch_in(source, "DIALCAST_PACING_FREEZE", default="0"),
        number_in(source, "DIALCAST_FALSE_POSITIVES", usual.false_positive_share, 0, 0.5),
    )


def zone_in(source: SettingSource, default: str) -> ZoneInfo:
    """Return the zone whose clock the centre lives by."""
    text = source.text("DIALCAST_TIMEZONE", default)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        source.wrong.append(
            f"DIALCAST_TIMEZONE is {text!r}, which is no zone such as Europe/Berlin."
        )
        return ZoneInfo("UTC")


def roles_in(source: SettingSource) -> Mapping[str, str]:
    """Return person to role."""
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


def _without_password(value: str) -> str:
    value = re.sub(r"(?i)(password=)[^&\s]*", r"\1••••••••", value)
    if "://" not in value or "@" not in value:
        return value
    scheme, _, rest = value.partition("://")
    credentials, _, place = rest.rpartition("@")
    return f"{scheme}://{credentials.split(':')[0]}:••••••••@{place}"

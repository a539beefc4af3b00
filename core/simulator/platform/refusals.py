"""How the platform says no: the codes that its clients read."""

from collections.abc import Sequence
from typing import Final

from core.simulator.refusals import Refusal, bad_request

OUTDATED: Final = "outdated_sdk_version"
"""What an official client writes in place of an enumeration's word that it does not know."""


def invalid_value(field: str, expected: str) -> Refusal:
    """Return a refusal for a value that is of the right kind and not among those allowed.

    Examples
    --------
    >>> invalid_value("priority", "a number from 1 to 5").code
    'invalid.value'
    """
    return bad_request(f"{field} must be {expected}.", field=field, code="invalid.value")


def conflict(code: str, message: str, field: str = "") -> Refusal:
    """Return a refusal for a change that comes too late or at the wrong time.

    Examples
    --------
    >>> conflict("invalid.update.wrong.version", "Read it again.").status
    409
    """
    return Refusal(409, code, message, field=field)


def missing_permissions(permissions: Sequence[str]) -> Refusal:
    """Return a refusal for want of a permission.

    Examples
    --------
    >>> missing_permissions(["outbound:campaign:edit"]).message
    'You are missing the following permission(s): outbound:campaign:edit'
    """
    code = "missing.permissions" if len(permissions) == 1 else "missing.any.permissions"
    names = ", ".join(permissions)
    return Refusal(
        403,
        code,
        f"You are missing the following permission(s): {names}",
        parameters={"permissions": names},
    )

"""Numbers as people read them, on every page and picture alike; times are in `times`.

Shares run 0 to 1 inside and become per cent here. Nothing is computed. A gap is an en dash, never
0 and never ``nan``.
"""

import json
from math import isclose, isfinite
from typing import Any

GAP = "–"
"""What stands where there is no value."""
NARROW = "\u202f"
"""The narrow no-break space: before per cent, and between thousands."""
MINUS = "−"
ARROW = "→"

Number = float | int | None


def _missing(value: Number) -> bool:
    return value is None or not isfinite(value)


def _fixed(value: float, decimals: int, signed: bool) -> str:
    text = f"{abs(value):,.{decimals}f}".replace(",", NARROW)
    is_zero = not any(digit in "123456789" for digit in text)
    if value < 0 and not is_zero:
        return MINUS + text
    return "+" + text if signed and not is_zero else text


def _text(value: Number, decimals: int, unit: str = "", *, signed: bool = False) -> str:
    if value is None or _missing(value):
        return GAP
    return _fixed(float(value), decimals, signed) + unit


def share(value: Number, decimals: int = 1) -> str:
    r"""Return a share as per cent, with one decimal unless asked otherwise.

    Examples
    --------
    >>> share(0.019), share(None)
    ('1.9\u202f%', '–')
    """
    return _text(None if value is None else value * 100, decimals, f"{NARROW}%")


def points(value: Number) -> str:
    """Return a difference of two shares in points, signed.

    Examples
    --------
    >>> points(-0.0062)
    '−0.6 points'
    """
    return _text(None if value is None else value * 100, 1, " points", signed=True)


def relative(value: Number) -> str:
    r"""Return a relative difference as signed per cent: 0.151 is fifteen per cent above.

    Examples
    --------
    >>> relative(0.151)
    '+15.1\u202f%'
    """
    return _text(None if value is None else value * 100, 1, f"{NARROW}%", signed=True)


def count(value: Number) -> str:
    r"""Return contacts, calls or agents: whole, thousands apart.

    Examples
    --------
    >>> count(3823.4)
    '3\u202f823'
    """
    return _text(value, 0)


def signed_count(value: Number) -> str:
    """Return a change of contacts, calls or agents: whole, with its sign.

    Examples
    --------
    >>> signed_count(-4), signed_count(85), signed_count(0)
    ('−4', '+85', '0')
    """
    return _text(value, 0, signed=True)


def per_hour(value: Number) -> str:
    """Return an hourly mean with one decimal, for thresholds and small volumes.

    Examples
    --------
    >>> per_hour(12.34)
    '12.3'
    """
    return _text(value, 1)


def calls_per_agent(value: Number) -> str:
    """Return calls per agent, with two decimals.

    Examples
    --------
    >>> calls_per_agent(2.4)
    '2.40'
    """
    return _text(value, 2)


def signed_calls_per_agent(value: Number) -> str:
    """Return a change of calls per agent, with its sign.

    Examples
    --------
    >>> signed_calls_per_agent(-0.35)
    '−0.35'
    """
    return _text(value, 2, signed=True)


def ratio(value: Number) -> str:
    """Return one number over another, with two decimals, as in "0.67 of baseline".

    Examples
    --------
    >>> ratio(0.666)
    '0.67'
    """
    return _text(value, 2)


def change(now: str, proposed: str) -> str:
    """Return "now → proposed", from texts already formatted.

    Examples
    --------
    >>> change(calls_per_agent(2), calls_per_agent(2.4))
    '2.00 → 2.40'
    """
    return f"{now} {ARROW} {proposed}"


def share_band(value: Number, lower: Number, upper: Number) -> str:
    r"""Return a share with its band, or the share alone where there is no band.

    Examples
    --------
    >>> share_band(0.334, 0.304, 0.364)
    '33.4\u202f% (30.4–36.4)'
    >>> share_band(0.334, None, None)
    '33.4\u202f%'
    """
    return share(value) + _bounds(lower, upper, factor=100, decimals=1)


def count_band(value: Number, lower: Number, upper: Number) -> str:
    """Return a count with its band, or the count alone where there is no band.

    Examples
    --------
    >>> count_band(96.2, 79.4, 113)
    '96 (79–113)'
    """
    return count(value) + _bounds(lower, upper, factor=1, decimals=0)


def _bounds(lower: Number, upper: Number, factor: int, decimals: int) -> str:
    if lower is None or upper is None or _missing(lower) or _missing(upper):
        return ""
    return f" ({_text(lower * factor, decimals)}–{_text(upper * factor, decimals)})"


def value_text(value: Any, unit: str) -> str:
    r"""Return a field's value in its unit, as a plan names it.

    Shares are exact to the four decimals that tenants take, because it is this text that a person
    approves: one decimal of a per cent where that says it all, two where it does not.

    Parameters
    ----------
    value : Any
        A JSON value; None is a gap.
    unit : str
        ``share``, ``percent`` (a share as some tenants write it), ``calls per agent``, or a unit
        of whole numbers; a text is shown as it is.

    Examples
    --------
    >>> value_text(0.3312, "share"), value_text(0.03, "share"), value_text(50, "calls per hour")
    ('33.12\u202f%', '3.0\u202f%', '50')
    >>> value_text(2.5, "percent"), value_text(2.35, "calls per agent")
    ('2.5\u202f%', '2.35')
    >>> value_text("DRAFT", "text"), value_text(None, "share"), value_text(True, "text")
    ('DRAFT', '–', 'yes')
    """
    if value is None:
        return GAP
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if not isinstance(value, int | float):
        return str(value)
    if unit == "percent":
        return value_text(value / 100, "share")
    if unit == "share":
        return share(value, 1 if isclose(value * 1000, round(value * 1000), abs_tol=1e-6) else 2)
    if unit == "calls per agent":
        return calls_per_agent(value)
    return count(value) if float(value).is_integer() else f"{value:g}".replace("-", MINUS)

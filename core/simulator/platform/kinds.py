"""Kinds of JSON values, and how a value is checked against one.

Small on purpose: what the platform's requests need and no more. A kind says what a value may be;
what it means is decided elsewhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from core.simulator.platform.refusals import invalid_value
from core.simulator.refusals import bad_request


@dataclass(frozen=True)
class Text:
    """A text.

    Parameters
    ----------
    words : tuple of str
        The only ones allowed; empty: any.
    longest : int
        Most characters; 0: no limit.
    form : str
        ``moment`` (ISO 8601 with a time), ``date`` (``yyyy-MM-dd``) or empty.
    """

    words: tuple[str, ...] = ()
    longest: int = 0
    form: str = ""


@dataclass(frozen=True)
class Number:
    """A number.

    Parameters
    ----------
    least, most : float or None
        Bounds, both allowed.
    whole : bool
        Without decimals.
    """

    least: float | None = None
    most: float | None = None
    whole: bool = False


@dataclass(frozen=True)
class Flag:
    """True or false."""


@dataclass(frozen=True)
class Anything:
    """Whatever JSON there is: read by the platform's own screens only."""


@dataclass(frozen=True)
class Each:
    """A list.

    Parameters
    ----------
    item : Kind
        What it holds.
    most : int
        Most items; 0: no limit.
    """

    item: "Kind"
    most: int = 0


@dataclass(frozen=True)
class Shape:
    """An object.

    Parameters
    ----------
    fields : mapping
        The keys it may have.
    required : tuple of str
        Those it must have.
    """

    fields: Mapping[str, "Kind"]
    required: tuple[str, ...] = ()


Kind: TypeAlias = Text | Number | Flag | Anything | Each | Shape

TEXT: Final = Text()
MOMENT: Final = Text(form="moment")
DATE: Final = Text(form="date")
WHOLE: Final = Number(whole=True)
NUMBER: Final = Number()
FLAG: Final = Flag()
ANYTHING: Final = Anything()


def check(kind: Kind, value: Any, field: str = "", known: Any = None) -> None:
    """Check a value against its kind.

    Parameters
    ----------
    kind : Kind
        What it has to be.
    value : Any
        As JSON gives it; ``None`` is taken for a field that was not sent.
    field : str
        Its path, for the refusal.
    known : Any
        What the tenant has in its place: what it has, it may have again, known word or not.

    Raises
    ------
    Refusal
        400 with the field at fault.

    Examples
    --------
    >>> check(Shape({"pace": Number(1, 15)}, ("pace",)), {"pace": 2.5})
    >>> check(Text(("on", "off")), "dormant", "campaignStatus", known="dormant")
    """
    if value is None or (known is not None and value == known):
        return
    _CHECKS[type(kind)](kind, value, field, known)


def _check_shape(kind: Shape, value: Any, field: str, known: Any) -> None:
    if not isinstance(value, dict):
        raise _wrong(field, "an object")
    had = known if isinstance(known, dict) else {}
    for name in value:
        if name not in kind.fields and name not in had:
            raise bad_request(f"Unrecognized field: {_path(field, name)}", field=_path(field, name))
    for name in kind.required:
        if value.get(name) is None:
            raise bad_request(f"{_path(field, name)} is required.", field=_path(field, name))
    for name, inner in kind.fields.items():
        check(inner, value.get(name), _path(field, name), had.get(name))


def _check_each(kind: Each, value: Any, field: str, known: Any) -> None:
    if not isinstance(value, list):
        raise _wrong(field, "a list")
    if kind.most and len(value) > kind.most:
        raise invalid_value(field or "The list", f"a list of at most {kind.most}")
    had = known if isinstance(known, list) else []
    for index, item in enumerate(value):
        if item is None:
            raise _wrong(f"{field}[{index}]", "a value")
        check(kind.item, item, f"{field}[{index}]", had[index] if index < len(had) else None)


def _check_text(kind: Text, value: Any, field: str, _known: Any) -> None:
    if not isinstance(value, str):
        raise _wrong(field, "a text")
    if kind.words and value not in kind.words:
        raise invalid_value(field, "one of " + ", ".join(kind.words[:12]))
    if kind.longest and len(value) > kind.longest:
        raise invalid_value(field, f"a text of at most {kind.longest} characters")
    if kind.form:
        read: Callable[[str], object] = (
            date.fromisoformat if kind.form == "date" else datetime.fromisoformat
        )
        try:
            read(value)
        except ValueError:
            raise bad_request(
                f"{field} must be a {kind.form} in ISO 8601.", field=field, code="invalid.date"
            ) from None


def _check_number(kind: Number, value: Any, field: str, _known: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(field, "a number")
    if kind.whole and value != int(value):
        raise _wrong(field, "a whole number")
    is_low = kind.least is not None and value < kind.least
    is_high = kind.most is not None and value > kind.most
    if is_low or is_high:
        bounds = [f"at least {kind.least:g}"] if kind.least is not None else []
        bounds += [f"at most {kind.most:g}"] if kind.most is not None else []
        raise invalid_value(field, " and ".join(bounds))


def _check_flag(_kind: Flag, value: Any, field: str, _known: Any) -> None:
    if not isinstance(value, bool):
        raise _wrong(field, "true or false")


def _accept(_kind: Anything, _value: Any, _field: str, _known: Any) -> None:
    pass


def _wrong(field: str, expected: str) -> Exception:
    return bad_request(f"{field or 'The body'} must be {expected}.", field=field)


def _path(field: str, name: str) -> str:
    return f"{field}.{name}" if field else name


_CHECKS: Final[dict[type, Callable[[Any, Any, str, Any], None]]] = {
    Shape: _check_shape,
    Each: _check_each,
    Text: _check_text,
    Number: _check_number,
    Flag: _check_flag,
    Anything: _accept,
}

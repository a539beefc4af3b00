"""The public holidays of a country or a part of it, by date.

Observed days are included. The dates are those of the `holidays` package, which is imported where
it is asked: it takes a while, and most runs know no country.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from core.errors import SettingsError


def public_holidays(country: str, first: date, last: date) -> Mapping[date, str]:
    """Return the public holidays from one date to another, both included, in order.

    Parameters
    ----------
    country : str
        As `checked_country` returns it; empty for none.
    first, last : date
        On the centre's clock.

    Examples
    --------
    >>> public_holidays("DE-BE", date(2026, 3, 1), date(2026, 4, 3))
    {datetime.date(2026, 3, 8): "Women's Day", datetime.date(2026, 4, 3): 'Good Friday'}
    """
    if not country:
        return {}
    years = range(first.year, last.year + 1)
    return {
        day: name
        for year in years
        for day, name in _holidays_of_year(country, year)
        if first <= day <= last
    }


def checked_country(code: str) -> str:
    """Return a country's code as it is listed, whatever its case.

    Parameters
    ----------
    code : str
        A country such as ``DE``, or with a part of it ``DE-BE``; empty for none.

    Raises
    ------
    SettingsError
        If holidays of it are not known; codes that are known are hinted at.

    Examples
    --------
    >>> checked_country("de-be"), checked_country("")
    ('DE-BE', '')
    """
    country, dash, part = code.strip().partition("-")
    if not code.strip():
        return ""
    known = _known_countries()
    country = country.strip().upper()
    if country not in known:
        alike = [each for each in known if each[:1] == country[:1] and len(each) == 2]
        raise SettingsError(
            f"There are no public holidays known for country {code.strip()!r}.",
            "Give a code such as US, DE or DE-BE"
            + (f"; with {country[:1]} there are {', '.join(alike)}." if alike else "."),
        )
    if not dash:
        return country
    parts = {each.casefold(): each for each in known[country]}
    try:
        return f"{country}-{parts[part.strip().casefold()]}"
    except KeyError:
        hint = f"give one of {', '.join(known[country])}" if parts else "none of it is known"
        raise SettingsError(
            f"There is no part {part.strip()!r} of country {country}.",
            f"Give {country} alone, or {hint}." if parts else f"Give {country} alone: {hint}.",
        ) from None


@lru_cache(maxsize=1)
def _known_countries() -> Mapping[str, tuple[str, ...]]:
    import holidays

    listed = holidays.list_supported_countries()
    return {country: tuple(parts) for country, parts in sorted(listed.items())}


@lru_cache(maxsize=256)
def _holidays_of_year(country: str, year: int) -> tuple[tuple[date, str], ...]:
    import holidays

    code, _, part = country.partition("-")
    # In one language, so that a stored name does not depend on who asked first.
    found = holidays.country_holidays(code, subdiv=part or None, years=year, language="en_US")
    return tuple(sorted((day, name) for day, name in found.items() if day.year == year))

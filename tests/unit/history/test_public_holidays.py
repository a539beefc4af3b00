"""Whose holidays are known, and which dates they fall on."""

from datetime import date

import pytest

from core.errors import SettingsError
from core.history.public_holidays import checked_country, public_holidays


@pytest.mark.parametrize(
    ("given", "known"), [("us", "US"), (" DE-be ", "DE-BE"), ("", ""), ("GB-sct", "GB-SCT")]
)
def test_a_code_is_known_whatever_its_case(given: str, known: str) -> None:
    assert checked_country(given) == known


def test_an_unknown_country_is_refused_and_those_like_it_are_hinted_at() -> None:
    with pytest.raises(SettingsError, match=r"country 'DX'.*DE, DJ, DK"):
        checked_country("DX")


def test_an_unknown_part_is_refused_and_the_known_ones_are_listed() -> None:
    with pytest.raises(SettingsError, match=r"no part 'XX' of country DE.*BB, BE, BW"):
        checked_country("DE-XX")


def test_a_country_without_known_parts_says_so() -> None:
    with pytest.raises(SettingsError, match=r"Give JP alone: none of it is known"):
        checked_country("JP-13")


def test_several_years_are_covered_where_the_hours_span_them() -> None:
    found = public_holidays("DE", date(2025, 12, 25), date(2027, 1, 1))
    assert [day for day in found if (day.month, day.day) == (1, 1)] == [
        date(2026, 1, 1),
        date(2027, 1, 1),
    ]


def test_the_day_on_which_a_holiday_is_observed_counts_too() -> None:
    # 4 July 2021 was a Sunday; New Year 2022 a Saturday, observed in the year before.
    independence = public_holidays("US", date(2021, 7, 1), date(2021, 7, 31))
    assert list(independence) == [date(2021, 7, 4), date(2021, 7, 5)]
    assert list(public_holidays("US", date(2021, 12, 31), date(2022, 1, 1))) == [
        date(2021, 12, 31),
        date(2022, 1, 1),
    ]


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    womens_day = date(2026, 3, 8)
    assert womens_day in public_holidays("DE-BE", womens_day, womens_day)
    assert womens_day not in public_holidays("DE", womens_day, womens_day)

"""Names for bare values convert and check nothing."""

import pytest

from core import units


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TenantId", "simulator"),
        ("CampaignId", "c-1"),
        ("QueueId", "q-1"),
        ("SkillId", "s-1"),
        ("Revision", "7"),
        ("Share", 1.5),
        ("Seconds", -3.0),
    ],
)
def test_a_name_for_a_value_gives_the_value_back_as_it_is(name: str, value: object) -> None:
    assert getattr(units, name)(value) is value

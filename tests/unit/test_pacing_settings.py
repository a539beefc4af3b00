"""The limits of pacing as they are set in the environment."""

from pathlib import Path

import pytest

from core.errors import SettingsError
from core.settings import Settings, read_settings
from tests.support.desk import empty_desk

NO_FILE = Path("no-secrets.toml")


def settings_with(**environment: str) -> Settings:
    return read_settings({"DIALCAST_TENANT": "simulator", **environment}, NO_FILE)


def test_every_limit_of_pacing_can_be_set() -> None:
    limits = settings_with(
        DIALCAST_REGIME="UK-Ofcom",
        DIALCAST_MAX_CALLS_PER_AGENT="4",
        DIALCAST_MAX_STEP="0.2",
        DIALCAST_LEAST_LIVE_ANSWERS="80",
        DIALCAST_PACING_FREEZE="1",
        DIALCAST_FALSE_POSITIVES="0.01",
    ).pacing
    assert (limits.regime, limits.calls_ceiling, limits.largest_step) == ("uk-ofcom", 4.0, 0.2)
    assert (limits.least_live_answers, limits.is_frozen) == (80.0, True)
    assert limits.false_positive_share == 0.01


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DIALCAST_REGIME", "mars"),
        ("DIALCAST_MAX_CALLS_PER_AGENT", "16"),
        ("DIALCAST_FALSE_POSITIVES", "0.9"),
        ("DIALCAST_MAX_STEP", "much"),
    ],
)
def test_a_limit_that_is_none_is_refused_by_its_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        settings_with(**{name: text})


def test_what_a_detector_hangs_up_on_tightens_the_limit_where_the_regime_counts_it() -> None:
    limits = settings_with(DIALCAST_REGIME="uk-ofcom", DIALCAST_FALSE_POSITIVES="0.01")
    recommending = empty_desk(settings=limits).services.recommending
    assert recommending.guardrails(None).limit == pytest.approx(0.0203)
    elsewhere = settings_with(DIALCAST_REGIME="us-ftc", DIALCAST_FALSE_POSITIVES="0.01")
    assert empty_desk(settings=elsewhere).services.recommending.guardrails(None).limit == 0.03

"""Regimes and guardrails, fields, and what-if."""

from time import perf_counter

import numpy as np
import pytest

from core.errors import UsageError
from core.pacing.dialling_law import Team
from core.pacing.fields import tenant_percent, tutorial_as_platform_fields
from core.pacing.guardrails import Guardrails, guardrails_named
from core.pacing.regime import REGIMES, Certainty
from core.pacing.stepping import calls_in
from core.pacing.timing import DialTiming
from core.pacing.what_if import setting_at, what_if
from core.setting_source import REGIME_NAMES

TEAM = Team(25.0, 20.0, 210.0)


def test_the_settings_name_exactly_the_regimes_there_are() -> None:
    assert set(REGIME_NAMES) == set(REGIMES)


@pytest.mark.parametrize("regime", REGIMES.values(), ids=list(REGIMES))
def test_every_regime_cites_its_source_and_says_how_well_it_is_known(regime) -> None:  # type: ignore[no-untyped-def]
    assert regime.source
    assert regime.certainty in Certainty
    assert 0 < regime.limit <= 1


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("us-ftc", "16 CFR 310.4(b)(1)(iv) and (b)(4)(i)"),
        ("us-fcc", "47 CFR 64.1200(a)(7)"),
        ("uk-ofcom", "annexes 2 and 3"),
        ("canada-crtc", "part III"),
        ("us-california", "Code 2875.5"),
    ],
)
def test_a_regime_is_cited_down_to_the_place_in_its_text(name: str, place: str) -> None:
    assert place in REGIMES[name].source


def test_what_a_detector_hides_counts_where_the_regime_says_so() -> None:
    ofcom = Guardrails(0.03, REGIMES["uk-ofcom"], false_positive_share=0.01)
    ftc = Guardrails(0.03, REGIMES["us-ftc"], false_positive_share=0.01)
    assert ofcom.limit == pytest.approx(0.0203)
    assert ftc.limit == 0.03


def test_a_detector_that_hides_too_much_leaves_nothing() -> None:
    assert Guardrails(0.03, REGIMES["uk-ofcom"], false_positive_share=0.2).limit == 0.0


def test_the_caveat_of_2017_is_told() -> None:
    assert "1 March 2017" in REGIMES["uk-ofcom"].caveat


def test_an_unknown_regime_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="us-ftc"):
        guardrails_named("mars")


@pytest.mark.parametrize(
    "wrong", [{"calls_ceiling": 0.5}, {"calls_ceiling": 20.0}, {"abandon_cap": 0.0}]
)
def test_limits_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        guardrails_named("custom", **wrong)


def test_seconds_that_cannot_be_are_refused() -> None:
    with pytest.raises(UsageError, match="above 0"):
        DialTiming(0.0, "given")


def test_all_calls_are_the_larger_denominator() -> None:
    assert tenant_percent(0.03, 0.1, Guardrails(counts_all_calls=True)) == 0.3
    assert tenant_percent(0.0, 0.1, Guardrails()) == 0.1


def test_a_literal_tutorial_never_passes_the_ceiling() -> None:
    fields = tutorial_as_platform_fields(0.1, 0.01, Guardrails(calls_ceiling=6.0))
    assert fields["maxCallsPerAgent"] == 6.0


@pytest.mark.parametrize("told", [True, "3", 0, -1, None])
def test_a_pace_that_is_none_is_not_known(told: object) -> None:
    assert calls_in({"maxCallsPerAgent": told}) is None


@pytest.mark.parametrize("agents", [4.0, 25.0, 120.0])
def test_the_curves_of_a_what_if_rise(agents: float) -> None:
    hour = what_if(Team(agents, 20.0, 210.0), 0.2, 0.03)
    assert (np.diff(hour.calls) > 0).all()
    assert (np.diff(hour.occupancies) >= -1e-12).all()
    assert (np.diff(hour.abandon_rates) >= -1e-12).all()
    assert hour.at_limit.abandon_rate <= 0.03


def test_a_what_if_tells_conversations_won_and_waiting_saved() -> None:
    hour = what_if(TEAM, 0.2, 0.03, today=1.0, recommended=3.0)
    assert hour.recommended is not None
    gain = hour.gain(hour.recommended)
    assert gain is not None
    conversations, minutes = gain
    assert conversations > 50
    # Every minute that nobody waits is a minute of handling.
    assert minutes == pytest.approx(conversations * 210 / 60)


def test_a_what_if_without_todays_setting_compares_nothing() -> None:
    hour = what_if(TEAM, 0.2, 0.03)
    assert hour.today is None
    assert hour.gain(setting_at(2.0, 0.2, TEAM)) is None


def test_a_what_if_takes_under_a_tenth_of_a_second() -> None:
    start = perf_counter()
    what_if(TEAM, 0.2, 0.03, today=2.0, recommended=3.0)
    assert perf_counter() - start < 0.1

"""How often the platform is asked: never more than it allows, whatever comes."""

from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FrozenClock
from core.tenants.pace import Pace

from .conftest import ManualSleeper

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def pace(sleeper: ManualSleeper) -> Pace:
    return Pace(sleeper, FrozenClock(NOON))


def told(used: int, allowed: int = 300, reset: int = 20) -> dict[str, str]:
    return {
        "inin-ratelimit-allowed": str(allowed),
        "inin-ratelimit-count": str(used),
        "inin-ratelimit-reset": str(reset),
    }


def send(pace: Pace, sleeper: ManualSleeper, requests: int) -> list[float]:
    """Send as a gateway does, and return when each request went out."""
    times = []
    for _ in range(requests):
        while (seconds := pace.take()) > 0:
            sleeper.sleep(seconds)
        times.append(sleeper.at)
        sleeper.at += 0.01
    return times


def test_within_any_minute_no_more_than_300_requests_are_sent(pace, sleeper) -> None:
    times = send(pace, sleeper, 1000)

    most = max(sum(start <= each < start + 60 for each in times) for start in times)
    assert 280 <= most < 300
    assert times[-1] < 60 * 1000 / 280


def test_a_tenant_that_allows_less_is_asked_less(pace, sleeper) -> None:
    pace.note(told(used=0, allowed=60))
    times = send(pace, sleeper, 200)

    assert max(sum(start <= each < start + 60 for each in times) for start in times) <= 60


def test_a_tenant_that_allows_more_is_not_asked_more(pace, sleeper) -> None:
    pace.note(told(used=0, allowed=9000))

    assert pace.budget().ceiling < 300


def test_what_others_used_up_is_waited_for_until_the_tenant_counts_anew(pace, sleeper) -> None:
    pace.note(told(used=299, reset=20))

    assert pace.take() == pytest.approx(20.0)
    sleeper.at += 20.0
    assert pace.take() == 0.0


def test_the_budget_tells_what_was_sent_and_what_the_tenant_counts(pace, sleeper) -> None:
    send(pace, sleeper, 3)
    pace.note(told(used=17, reset=30))
    sleeper.at += 61

    budget = pace.budget()

    assert (budget.sent, budget.in_last_minute) == (3, 0)
    assert (budget.used, budget.allowed) == (17, 300)
    assert budget.resets_at == NOON + timedelta(seconds=30)


@pytest.mark.parametrize(
    "headers",
    [{}, {"inin-ratelimit-allowed": "many"}, told(used=1, allowed=0), told(used=-1)],
)
def test_an_answer_that_tells_no_limit_changes_nothing(pace, sleeper, headers) -> None:
    pace.note(headers)

    assert pace.budget().allowed is None
    assert pace.take() == 0.0

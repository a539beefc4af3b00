"""What is repeated, after how long, and under which deadline."""

import pytest

from core.tenants.retry import (
    QUEUE_DETAILS,
    USUAL,
    Deadline,
    RetryRule,
    SystemSleeper,
    read_trouble,
    settle,
    write_trouble,
)
from core.tenants.wire import Answer, Lost, Outcome, Stage

FINE = Answer(200, {})
LIMITED = Answer(429, {})
CUT = Lost("cut", Stage.CALL, was_sent=True)
REFUSED_CONNECTION = Lost("refused", Stage.CALL, was_sent=False)
NO_TOKEN_YET = Lost("cut", Stage.TOKEN, was_sent=False)


class Line:
    """Outcomes one after another; the last is repeated."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = outcomes
        self.sent = 0

    def send(self) -> Outcome:
        self.sent += 1
        return self.outcomes[min(self.sent, len(self.outcomes)) - 1]


def run(line, sleeper, *, trouble_of=read_trouble, rule=USUAL, seconds=120.0, waits=None):
    return settle(
        line.send,
        trouble_of=trouble_of,
        rule=rule,
        deadline=Deadline(seconds, sleeper),
        sleeper=sleeper,
        on_wait=lambda *wait: waits.append(wait) if waits is not None else None,
    )


@pytest.mark.parametrize(
    "trouble", [CUT, REFUSED_CONNECTION, NO_TOKEN_YET, LIMITED, Answer(503), Answer(200)]
)
def test_a_read_is_repeated_after_whatever_may_pass(trouble, sleeper) -> None:
    line = Line(trouble, FINE)

    assert run(line, sleeper).outcome == FINE
    assert line.sent == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 501, 302])
def test_a_read_is_not_repeated_after_an_answer_that_stays_the_same(status, sleeper) -> None:
    line = Line(Answer(status, {}), FINE)

    assert run(line, sleeper).outcome == Answer(status, {})
    assert line.sent == 1


@pytest.mark.parametrize(
    "outcome",
    [CUT, REFUSED_CONNECTION, Answer(500), Answer(503, {}), Answer(200), Answer(408), Answer(409)],
)
def test_a_write_is_never_repeated_once_it_may_have_been_sent(outcome, sleeper) -> None:
    line = Line(outcome, FINE)

    run(line, sleeper, trouble_of=write_trouble)

    assert line.sent == 1


@pytest.mark.parametrize(
    "outcome",
    [LIMITED, NO_TOKEN_YET, Answer(503, stage=Stage.TOKEN), Answer(200, stage=Stage.TOKEN)],
)
def test_a_write_is_repeated_where_the_tenant_definitely_did_nothing(outcome, sleeper) -> None:
    line = Line(outcome, FINE)

    assert run(line, sleeper, trouble_of=write_trouble).outcome == FINE


def test_the_tenants_own_wait_is_kept_and_five_seconds_stand_in_for_it(sleeper) -> None:
    line = Line(Answer(429, {}, retry_after_seconds=7.0), LIMITED, FINE)

    run(line, sleeper)

    assert sleeper.naps == [7.0, 5.0]


def test_queue_details_wait_one_two_and_four_seconds_and_are_asked_for_four_times(sleeper) -> None:
    line = Line(LIMITED)

    settled = run(line, sleeper, rule=QUEUE_DETAILS)

    assert sleeper.naps == [1.0, 2.0, 4.0]
    assert (settled.outcome, settled.tries, line.sent) == (LIMITED, 4, 4)


def test_a_retry_after_of_zero_is_not_taken_for_none(sleeper) -> None:
    run(Line(Answer(429, {}, retry_after_seconds=0.0), FINE), sleeper)

    assert sleeper.naps == [0.0]


def test_whoever_waits_is_told_how_long_for_which_attempt_of_how_many_and_why(sleeper) -> None:
    waits: list[tuple[float, int, int, str]] = []

    run(Line(LIMITED, LIMITED, FINE), sleeper, rule=QUEUE_DETAILS, waits=waits)

    why = "the tenant limits how often it may be asked (429)"
    assert waits == [(1.0, 2, 4, why), (2.0, 3, 4, why)]


def test_a_wait_that_would_not_end_before_the_deadline_is_not_begun(sleeper) -> None:
    line = Line(Answer(429, {}, retry_after_seconds=3600.0), FINE)

    settled = run(line, sleeper, seconds=120.0)

    assert settled.outcome == Answer(429, {}, retry_after_seconds=3600.0)
    assert sleeper.naps == []


def test_nothing_is_sent_once_the_deadline_is_past(sleeper) -> None:
    line = Line(FINE)
    deadline = Deadline(10.0, sleeper)
    sleeper.sleep(11.0)

    settled = settle(
        line.send, trouble_of=read_trouble, rule=USUAL, deadline=deadline, sleeper=sleeper
    )

    assert line.sent == 0
    assert isinstance(settled.outcome, Lost)
    assert not settled.outcome.was_sent


def test_rate_limits_and_failures_are_counted_apart(sleeper) -> None:
    rule = RetryRule(rate_limit_waits=(5.0,), passing_waits=(1.0,))
    line = Line(LIMITED, Answer(500), FINE)

    assert run(line, sleeper, rule=rule).outcome == FINE
    assert sleeper.naps == [5.0, 1.0]


def test_a_part_of_a_call_ends_with_the_whole_at_the_latest(sleeper) -> None:
    whole = Deadline(10.0, sleeper)
    sleeper.sleep(8.0)

    assert whole.within(30.0).left() == pytest.approx(2.0)
    assert whole.within(1.0).left() == pytest.approx(1.0)


def test_the_machines_own_time_passes() -> None:
    clock = SystemSleeper()
    before = clock.monotonic()

    clock.sleep(0.002)

    assert clock.monotonic() - before >= 0.002

"""What if: assumptions move the picture and the consequence, and never a limit."""

from dataclasses import replace

import pytest

from core.screens import what_if, what_if_offer
from core.screens.pacing_view import PacingView
from core.screens.what_if import Bench
from core.workflow.approval import Person
from core.workflow.plan import CheckState
from tests.support.desk import PLANNER, VIEWER, Desk
from tests.support.platform_desk import day_in_force, pacing_of, platform_desk


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Give a desk that is only looked at."""
    return platform_desk()


@pytest.fixture(scope="module")
def page(desk: Desk) -> PacingView:
    """Give the page on it."""
    return pacing_of(desk)


@pytest.fixture
def bench(desk: Desk, page: PacingView) -> Bench:
    """Give the next hour."""
    assert page.advice is not None
    return what_if.bench_of(page.advice, next(iter(what_if.hours_to_try(page, desk.look()))))


def test_every_dialled_hour_can_be_tried(desk: Desk, page: PacingView) -> None:
    hours = what_if.hours_to_try(page, desk.look())
    assert next(iter(hours.values())) == "Wed 25 Nov, 11:00–12:00"
    assert len(hours) == len([h for h in page.recommendation.hours if h.calls_per_agent])


def test_the_sliders_span_the_band_and_never_reach_above_the_limit(bench: Bench) -> None:
    hour = bench.hour
    assert bench.lowest.answer_rate == hour.answer_rate_lower
    assert bench.highest.answer_rate == hour.answer_rate_upper
    assert bench.highest.limit == 0.03
    assert bench.highest.calls <= 10.0
    assert bench.is_next


def test_while_nothing_is_moved_the_recommendation_is_the_pages_own(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    assert what_if.recommended_under(page.advice, bench, bench.forecast) == pytest.approx(
        bench.hour.calls_per_agent
    )
    shown = what_if.what_if_view(page.advice, bench, bench.forecast, desk.look())
    names = [entry.label for entry in shown.picture.legend]
    assert [name.rpartition(" ")[0] for name in names] == [
        "now", "recommended", "chosen", "at the limit",
    ]  # fmt: skip


def test_more_calls_gain_conversations_and_cost_abandons(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    few = replace(bench.forecast, calls=2.0)
    many = replace(bench.forecast, calls=4.0)
    effects = {
        name: {each.label: each for each in view.effects}
        for name, view in (
            ("few", what_if.what_if_view(page.advice, bench, few, desk.look())),
            ("many", what_if.what_if_view(page.advice, bench, many, desk.look())),
        )
    }
    assert effects["few"]["Conversations an hour"].note == "(0)"
    assert effects["many"]["Conversations an hour"].note.startswith("(+")
    assert effects["many"]["Agent minutes waited"].note.startswith("(−")
    assert effects["many"]["Abandon rate"].note == "of 3.0\u202f% allowed"


def test_a_tighter_limit_never_raises_what_is_recommended(page: PacingView, bench: Bench) -> None:
    tight = what_if.recommended_under(page.advice, bench, replace(bench.forecast, limit=0.005))
    usual = what_if.recommended_under(page.advice, bench, bench.forecast)
    assert tight is not None
    assert usual is not None
    assert tight <= usual


def test_a_slider_that_only_rounds_the_forecast_has_not_moved(bench: Bench) -> None:
    shown = replace(
        bench.forecast,
        answer_rate=round(bench.forecast.answer_rate, 3),
        calls=round(bench.forecast.calls, 2),
    )
    assert what_if.unmoved(bench, shown) == bench.forecast
    moved = replace(shown, calls=shown.calls + 0.2)
    assert what_if.unmoved(bench, moved) != bench.forecast


def test_what_is_proposed_keeps_what_was_assumed(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    assumed = replace(bench.forecast, calls=1.5, agents=bench.forecast.agents - 2)
    plan = what_if_offer.what_if_plan(desk.services, page.advice, bench, assumed)
    assert plan.payload["maxCallsPerAgent"] == 1.5
    kept = plan.evidence["whatIf"]
    assert kept["assumed"]["agents"] == assumed.agents
    assert kept["forecast"]["agents"] == bench.forecast.agents
    assert not plan.is_blocked


def test_an_assumption_cannot_talk_the_limit_away(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    hopeful = replace(bench.forecast, calls=6.0, answer_rate=0.02)
    plan = what_if_offer.what_if_plan(desk.services, page.advice, bench, hopeful)
    block = next(check for check in plan.checks if check.name == "what-if")
    assert block.state is CheckState.BLOCK
    assert "above the limit of 3.0\u202f%" in block.message


def test_a_lower_limit_to_aim_at_is_what_is_sent(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    assumed = replace(bench.forecast, calls=1.5, limit=0.015)
    plan = what_if_offer.what_if_plan(desk.services, page.advice, bench, assumed)
    assert plan.payload["abandonRate"] == 1.5


def test_only_the_next_hour_can_be_proposed(desk: Desk, page: PacingView) -> None:
    later = what_if.bench_of(page.advice, list(what_if.hours_to_try(page, desk.look()))[2])
    person = desk.services.people.person(PLANNER)
    assert what_if_offer.what_if_offer(desk.services, page, later, later.forecast, person) is None


def test_who_may_not_propose_cannot_propose_a_what_if(
    desk: Desk, page: PacingView, bench: Bench
) -> None:
    assumed = replace(bench.forecast, calls=1.5)
    viewer = desk.services.people.person(VIEWER)
    offer = what_if_offer.what_if_offer(desk.services, page, bench, assumed, viewer)
    assert offer is not None
    assert not offer.is_open


def test_a_plan_of_the_day_in_force_stands_in_the_way() -> None:
    desk = platform_desk()
    day_in_force(desk)
    page = pacing_of(desk)
    bench = what_if.bench_of(page.advice, next(iter(what_if.hours_to_try(page, desk.look()))))
    offer = what_if_offer.what_if_offer(
        desk.services, page, bench, replace(bench.forecast, calls=1.5), Person(PLANNER)
    )
    assert offer is not None
    assert "Stop it to propose a single change" in offer.obstacle


def test_a_tutorial_recommendation_has_nothing_to_try(desk: Desk) -> None:
    tutorial = pacing_of(desk, policy="tutorial")
    assert what_if.hours_to_try(tutorial, desk.look()) == {}

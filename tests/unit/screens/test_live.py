"""A campaign as it runs today: its numbers beside the forecast, and what is left of the limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from core.clock import FrozenClock
from core.dialler import CampaignLive, CampaignRule, OutboundSettings, RuleAction
from core.forecasting.forecast import SeriesKind
from core.permissions import Lack, Need
from core.screens import live
from core.screens.live import LiveView
from core.services.live import Live
from core.units import CampaignId
from tests.support.desk import BERLIN, CAMPAIGNS, NOW, WINBACK, Desk, filled_desk, settings_for
from tests.support.live_tenant import LiveTenant, day_of_hours, live_tenant
from tests.support.proposals import verified

MORNING = datetime(2026, 11, 25, 7, tzinfo=UTC)
YESTERDAY = datetime(2026, 11, 24, 7, tzinfo=UTC)
RUNNING = CampaignLive(
    CampaignId(WINBACK), NOW, 900, 270, idle_agents=4, calls_per_agent=2.1, outstanding_calls=11
)
DAY = day_of_hours(MORNING, (400, 120, 2), (500, 150, 5), (100, 30, 1))
SET = [{**CAMPAIGNS[0], "maxCallsPerAgent": 2.4}, CAMPAIGNS[1]]

SLOW_DOWN = CampaignRule(
    "r-1",
    "Slow down",
    True,
    ("campaignAgents",),
    (RuleAction("setCampaignMaxCallsPerAgent", (CampaignId(WINBACK),)),),
)


def desk_of(**told: object) -> Desk:
    clock = FrozenClock(NOW)
    return filled_desk(tenant=live_tenant(clock, SET, **told))


def shown(desk: Desk) -> LiveView | None:
    return live.view(desk.services, desk.recent(), WINBACK, desk.look())


def facts_of(view: LiveView | None) -> dict[str, tuple[str, str]]:
    assert view is not None
    return {fact.label: (fact.value, fact.note) for fact in view.facts}


def test_the_answer_rate_stands_beside_what_was_forecast_for_the_same_hours() -> None:
    value, note = facts_of(shown(desk_of(live=RUNNING, day=DAY)))["Answer rate today"]
    assert value == "30.0\u202f%"
    assert note.startswith("300 of 1\u202f000 calls; ")
    assert "points against the forecast of" in note


def test_the_forecast_of_an_hour_is_the_one_made_before_it_came() -> None:
    desk = desk_of(live=RUNNING, day=DAY)
    today = Live(desk.tenant, desk.clock, BERLIN).today(WINBACK)
    with desk.services.unit_of_work() as work:
        newest = work.forecasts.latest(SeriesKind.ANSWER_RATE, WINBACK)
        before = work.forecasts.made_before(SeriesKind.ANSWER_RATE, WINBACK, today.since)
    assert newest is not None
    assert before is not None
    assert newest.rows["ds"].min() > DAY["ds"].iloc[1]
    rates = before.rows.set_index("ds")["yhat"]
    weighted = sum(
        rates[ds] * calls
        for ds, calls in zip(DAY["ds"], DAY["attempts"], strict=True)
        if ds in rates
    )
    known = sum(calls for ds, calls in zip(DAY["ds"], DAY["attempts"], strict=True) if ds in rates)
    expected = live.expected_rate(today, (before, newest))
    assert expected == pytest.approx(weighted / known)


def test_only_hours_since_midnight_of_the_centre_count() -> None:
    desk = desk_of(live=RUNNING, day=day_of_hours(YESTERDAY, (900, 900, 900)))
    today = Live(desk.tenant, desk.clock, BERLIN).today(WINBACK)
    assert (today.attempts, today.abandoned, today.answer_rate) == (0, 0, None)
    assert today.since == datetime(2026, 11, 24, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("abandoned", "title"),
    [
        (8, "2.7\u202f% abandoned today, room for 1 more within 3.0\u202f%"),
        (12, "4.0\u202f% abandoned today: over the limit of 3.0\u202f%"),
    ],
)
def test_the_title_tells_what_is_left_of_the_limit(abandoned: int, title: str) -> None:
    view = shown(desk_of(day=day_of_hours(MORNING, (1000, 300, abandoned))))
    assert view is not None
    assert view.title == title


@pytest.mark.parametrize(
    ("in_force", "note"),
    [
        (2.1, "2.40 is set: the platform's own control holds it lower"),
        (2.4, "2.40 is set: our setting is what holds it"),
    ],
)
def test_the_pace_in_force_says_which_side_holds_it(in_force: float, note: str) -> None:
    running = CampaignLive(CampaignId(WINBACK), NOW, calls_per_agent=in_force)
    value, told = facts_of(shown(desk_of(live=running, day=DAY)))["Calls per idle agent now"]
    assert (value, told) == (f"{in_force:.2f}", note)


def test_a_tenant_that_counts_over_all_calls_is_said_to() -> None:
    settings = OutboundSettings("ALL_CALLS", 15.0, None, 2.0, None)
    view = shown(desk_of(live=RUNNING, day=DAY, settings=settings))
    assert view is not None
    assert "over all calls" in view.note


def test_what_the_tenant_does_not_tell_is_a_gap_and_never_zero() -> None:
    facts = facts_of(shown(desk_of(live=RUNNING)))
    assert facts["Abandoned today"] == ("–", "not told by the tenant")
    assert facts["Answer rate today"][0] == "–"
    assert facts["Agents idle now"][0] == "4"


def test_a_tenant_that_tells_nothing_of_its_dialler_has_no_strip() -> None:
    assert shown(desk_of()) is None


def test_a_tenant_that_is_down_is_told_and_the_last_numbers_stay() -> None:
    desk = desk_of(live=RUNNING, day=DAY)
    recent = desk.recent()
    before = live.view(desk.services, recent, WINBACK, desk.look())
    assert isinstance(desk.tenant, LiveTenant)
    desk.tenant.is_down = True
    desk.clock.move(timedelta(minutes=2))
    after = live.view(desk.services, recent, WINBACK, desk.look())
    assert before is not None
    assert after is not None
    assert after.facts == before.facts
    assert after.trouble.startswith("Showing the state of")


def test_without_any_reading_the_trouble_is_told() -> None:
    desk = desk_of(live=RUNNING, day=DAY)
    assert isinstance(desk.tenant, LiveTenant)
    desk.tenant.is_down = True
    view = shown(desk)
    assert view is not None
    assert (view.facts, "could not be reached" in view.trouble) == ((), True)


def by_regime(name: str, **told: object) -> Desk:
    """Return a desk under a regulator's limit."""
    clock = FrozenClock(NOW)
    settings = settings_for(DIALCAST_REGIME=name)
    return filled_desk(tenant=live_tenant(clock, SET, **told), settings=settings)


def test_a_window_longer_than_a_day_counts_the_days_before() -> None:
    weeks_ago = datetime(2026, 11, 10, 9, tzinfo=UTC)
    hours = pd.concat(
        [day_of_hours(weeks_ago, (2000, 600, 6)), day_of_hours(MORNING, (400, 120, 9))]
    )
    view = shown(by_regime("us-ftc", day=hours.reset_index(drop=True)))
    assert view is not None
    assert view.title == "2.1\u202f% abandoned in 30 days, room for 7 more within 3.0\u202f%"
    assert facts_of(view)["Abandoned in 30 days"][1].startswith("15 of 720 live answers")


def test_without_the_days_before_today_alone_is_counted_and_said_so() -> None:
    view = shown(by_regime("us-ftc", day=day_of_hours(MORNING, (400, 120, 9))))
    assert view is not None
    assert view.title == "7.5\u202f% abandoned today: over the limit of 3.0\u202f%"
    assert "the limit counts per 30 days; the days before are not told" in view.note


def test_the_days_before_are_asked_for_once_an_hour() -> None:
    desk = by_regime("us-ftc", day=day_of_hours(datetime(2026, 11, 10, 9, tzinfo=UTC), (9, 9, 9)))
    asked: list[datetime] = []
    tenant = desk.tenant
    assert isinstance(tenant, LiveTenant)
    read = tenant.campaign_day

    def counting(campaign_id: CampaignId, start: datetime, end: datetime) -> pd.DataFrame | None:
        asked.append(start)
        return read(campaign_id, start, end)

    tenant.campaign_day = counting  # type: ignore[method-assign]
    recent = desk.recent()
    for _ in range(3):
        live.view(desk.services, recent, WINBACK, desk.look())
        desk.clock.move(timedelta(minutes=1))
    assert len([start for start in asked if start < datetime(2026, 11, 1, tzinfo=UTC)]) == 1


def test_a_regime_with_a_tighter_limit_is_the_one_that_counts() -> None:
    view = shown(by_regime("us-california", day=day_of_hours(MORNING, (400, 120, 2))))
    assert view is not None
    assert "within 1.0\u202f%" in view.title or "limit of 1.0\u202f%" in view.title


def test_a_pace_that_somebody_changed_after_the_push_is_told_with_the_rule_that_may_have() -> None:
    desk = desk_of(live=RUNNING, day=DAY, rules=(SLOW_DOWN,))
    pushed = verified(desk)
    plan = replace(pushed.plan, payload={"maxCallsPerAgent": 3.1})
    assert pushed.push is not None
    changed = replace(pushed, plan=plan, version=pushed.version + 1)
    with desk.services.unit_of_work() as work:
        work.proposals.save(changed)
        work.commit()
    _, note = facts_of(shown(desk))["Calls per idle agent now"]
    assert note.endswith(
        "P-1001 set 3.10: the campaign rule “Slow down”, or somebody else, changed it since"
    )


def test_a_campaign_that_does_not_dial_now_is_not_said_to_be_held_by_anybody() -> None:
    running = replace(RUNNING, calls_per_agent=0.0)
    _, note = facts_of(shown(desk_of(live=running, day=DAY)))["Calls per idle agent now"]
    assert note == "2.40 is set; nothing is dialled at the moment"


# --- what may not be read -------------------------------------------------------------------


HIDDEN = Lack("outbound:campaign:view", NOW)


def lacking(needs: tuple[Need, ...], **told: object) -> Desk:
    desk = desk_of(**told)
    desk.tenant.lacks = dict.fromkeys(needs, HIDDEN)
    return desk


def test_numbers_that_may_not_be_read_say_which_permission_is_missing() -> None:
    view = shown(lacking((Need.DAY, Need.RUNNING)))
    told = facts_of(view)
    assert set(told.values()) == {("–", "may not be read: outbound:campaign:view is missing")}
    assert view is not None
    assert view.title == "Today, as far as it may be read"


def test_what_may_be_read_is_shown_beside_what_may_not() -> None:
    told = facts_of(shown(lacking((Need.RUNNING,), day=DAY)))
    assert told["Answer rate today"][0] == "30.0\u202f%"
    assert told["Agents idle now"][1].startswith("may not be read")
    told = facts_of(shown(lacking((Need.DAY,), live=RUNNING)))
    assert told["Agents idle now"][0] == "4"
    assert told["Abandoned today"] == ("–", HIDDEN.words)


def test_settings_that_may_not_be_read_leave_the_tenants_own_denominator_open() -> None:
    view = shown(lacking((Need.SETTINGS,), live=RUNNING, day=DAY))
    assert view is not None
    assert "counts its own rate over may not be read: outbound:campaign:view" in view.note


def test_rules_that_may_not_be_read_may_have_changed_the_pace() -> None:
    desk = lacking((Need.RULES,), live=RUNNING, day=DAY)
    pushed = verified(desk)
    plan = replace(pushed.plan, payload={"maxCallsPerAgent": 3.1})
    with desk.services.unit_of_work() as work:
        work.proposals.save(replace(pushed, plan=plan, version=pushed.version + 1))
        work.commit()
    _, note = facts_of(shown(desk))["Calls per idle agent now"]
    assert note.endswith(
        "a campaign rule (rules may not be read: outbound:campaign:view is missing) or somebody"
        " else changed it since"
    )

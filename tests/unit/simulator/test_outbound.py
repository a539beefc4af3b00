"""Calls of the campaigns: repeatable, plausible, and obedient to pacing from its change on."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from core.simulator.calendar import hour_number
from core.simulator.campaigns import CAMPAIGNS, CampaignCharacter
from core.simulator.dialled import HourOfDialling
from core.simulator.dialler import ROUND_SECONDS
from core.simulator.documents import document_of
from core.simulator.outbound import Outbound
from core.simulator.pacing import PacingInForce, PacingTimeline, pacing_of
from core.simulator.rosters import Rosters

NOW = datetime(2026, 11, 23, 14, 35, tzinfo=UTC)
HOUR = hour_number(NOW)
TIMID = PacingInForce(1.0, 0.03)
EAGER = PacingInForce(8.0, 0.03)


def dialled(
    campaign: CampaignCharacter,
    timeline: PacingTimeline,
    *,
    days: int = 14,
    seed: int = 7,
    now: datetime = NOW,
) -> list[HourOfDialling]:
    outbound = Outbound(seed, Rosters(seed))
    return outbound.on_record(campaign, timeline, HOUR - 24 * days, HOUR + 1, now.timestamp())


def paced(campaign: CampaignCharacter) -> PacingTimeline:
    return PacingTimeline(pacing_of(document_of(campaign)))


def test_there_are_6_campaigns_two_of_which_dial_on_sundays():
    sunday = NOW.date() - timedelta(days=1)

    assert len(CAMPAIGNS) == 6
    assert sum(bool(campaign.opening.span(sunday)) for campaign in CAMPAIGNS) == 2


def test_the_same_seed_gives_the_same_calls():
    first = dialled(CAMPAIGNS[0], paced(CAMPAIGNS[0]))

    assert first == dialled(CAMPAIGNS[0], paced(CAMPAIGNS[0]))
    assert first != dialled(CAMPAIGNS[0], paced(CAMPAIGNS[0]), seed=8)


def test_an_hour_comes_out_the_same_whichever_hours_are_asked_for_beside_it():
    outbound = Outbound(7, Rosters(7))
    timeline = paced(CAMPAIGNS[5])
    alone = {}
    for start in range(HOUR - 72, HOUR - 24):
        fresh = Outbound(7, Rosters(7))
        for hour in fresh.on_record(CAMPAIGNS[5], timeline, start, start + 1, NOW.timestamp()):
            alone[hour.hour] = hour

    together = outbound.on_record(
        CAMPAIGNS[5], timeline, HOUR - 24 * 60, HOUR - 24, NOW.timestamp()
    )

    assert alone
    assert {hour.hour: hour for hour in together if hour.hour >= HOUR - 72} == alone


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.name)
def test_answer_rates_are_those_of_its_character_and_best_in_the_evening(
    campaign: CampaignCharacter,
):
    hours = dialled(campaign, paced(campaign), days=120)
    answered = sum(hour.answered for hour in hours)
    attempts = sum(hour.attempts for hour in hours)

    def rate_at(utc_hours: tuple[int, ...]) -> float:
        chosen = [h for h in hours if h.hour % 24 in utc_hours]
        return sum(h.answered for h in chosen) / sum(h.attempts for h in chosen)

    assert 0.15 < answered / attempts < 0.55
    assert rate_at((16, 17)) > rate_at((9, 11))
    assert all(hour.abandoned <= hour.live <= hour.answered <= hour.attempts for hour in hours)


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.name)
def test_a_team_talks_as_long_as_its_conversations_take_and_waits_for_the_rest(
    campaign: CampaignCharacter,
):
    hours = dialled(campaign, paced(campaign), days=14)
    talking = sum(h.live - h.abandoned for h in hours) * campaign.handle_seconds
    staffed = sum(h.agents * h.rounds for h in hours) * ROUND_SECONDS
    waiting = sum(h.idle_rounds for h in hours) * ROUND_SECONDS

    assert 120 <= campaign.handle_seconds <= 420
    assert 0.12 < sum(h.live for h in hours) / sum(h.attempts for h in hours) < 0.4
    assert 0.45 < talking / staffed < 0.95
    assert abs(talking + waiting - staffed) < 0.02 * staffed


@pytest.mark.parametrize("campaign", CAMPAIGNS, ids=lambda campaign: campaign.name)
def test_an_attempt_holds_its_line_for_20_to_25_seconds(campaign: CampaignCharacter):
    hours = dialled(campaign, paced(campaign), days=14)

    seconds = sum(h.line_rounds for h in hours) * ROUND_SECONDS / sum(h.attempts for h in hours)

    assert 20 <= seconds <= 25


def test_teams_are_of_different_size_and_one_is_small():
    rosters = Rosters(7)
    most = sorted(
        max(max(rosters.scheduled(c, NOW.date() + timedelta(days=n))) for n in range(-7, 7))
        for c in CAMPAIGNS
    )

    assert 6 <= most[0] <= 9
    assert sum(20 <= agents <= 62 for agents in most) >= 4


def test_most_campaigns_begin_too_timid_and_one_loses_more_than_it_may():
    lost = {}
    for campaign in CAMPAIGNS:
        hours = dialled(campaign, paced(campaign), days=14)
        lost[campaign.name] = sum(h.abandoned for h in hours) / sum(h.live for h in hours)

    assert lost.pop("Service reminders") > 0.035
    assert max(lost.values()) < 0.015


def test_what_is_lost_grows_with_the_third_to_the_sixth_power_of_the_pace():
    lost = []
    for pace in (2.9, 4.1):
        hours = dialled(CAMPAIGNS[0], PacingTimeline(PacingInForce(pace, 1.0)), days=60)
        lost.append(sum(h.abandoned for h in hours) / sum(h.live for h in hours))

    assert 0.003 < lost[0] < 0.03
    assert 3 < math.log(lost[1] / lost[0]) / math.log(4.1 / 2.9) < 6


@pytest.mark.parametrize("target", [0.005, 0.05])
def test_the_dialler_allows_itself_no_more_than_was_set_and_less_where_it_loses_too_many(
    target: float,
):
    timeline = PacingTimeline(PacingInForce(6.0, target))
    outbound = Outbound(7, Rosters(7))

    paces = [
        outbound.at(CAMPAIGNS[0], timeline, HOUR * 3600 + second).pace
        for second in range(600, 3600, 300)
    ]

    assert max(paces) <= 6.0
    assert (max(paces) < 3.5) == (target == 0.005)


def test_one_line_for_each_idle_agent_loses_nobody():
    hours = dialled(CAMPAIGNS[3], PacingTimeline(TIMID), days=60)

    assert sum(hour.live for hour in hours) > 1000
    assert sum(hour.abandoned for hour in hours) == 0


def test_quarters_add_up_to_their_hours():
    timeline, outbound = paced(CAMPAIGNS[0]), Outbound(7, Rosters(7))
    span = (HOUR - 30, HOUR + 1, NOW.timestamp())

    hours = outbound.on_record(CAMPAIGNS[0], timeline, *span)
    quarters = outbound.quarters(CAMPAIGNS[0], timeline, *span)

    assert len(quarters) > 3 * len(hours)
    for hour in hours:
        parts = [part for _, part in quarters if part.hour == hour.hour]
        assert sum(part.attempts for part in parts) == hour.attempts
        assert sum(part.abandoned for part in parts) == hour.abandoned


def test_nothing_is_attempted_outside_of_shifts_and_on_holidays():
    hours = dialled(CAMPAIGNS[3], paced(CAMPAIGNS[3]), days=60)
    local = [datetime.fromtimestamp(hour.hour * 3600, UTC) for hour in hours]

    assert {moment.weekday() for moment in local} == {0, 1, 2, 3, 4}
    assert {moment.hour for moment in local} <= set(range(7, 18))


def test_a_few_hours_of_shifts_are_missing():
    timeline = paced(CAMPAIGNS[0])
    outbound = Outbound(7, Rosters(7))
    span = (HOUR - 24 * 300, HOUR - 24, NOW.timestamp())

    happened = outbound.so_far(CAMPAIGNS[0], timeline, *span)
    on_record = outbound.on_record(CAMPAIGNS[0], timeline, *span)

    assert 3 <= len(happened) - len(on_record) <= 50


def test_the_day_of_the_wrong_caller_id_stands_out():
    rates = {}
    for hour in dialled(CAMPAIGNS[1], paced(CAMPAIGNS[1]), days=400):
        answered, attempts = rates.get(hour.hour // 24, (0, 0))
        rates[hour.hour // 24] = (answered + hour.answered, attempts + hour.attempts)
    daily = sorted(answered / attempts for answered, attempts in rates.values())

    assert daily[0] < 0.55 * daily[len(daily) // 2]
    assert daily[5] > 0.6 * daily[len(daily) // 2]


def test_the_hour_in_progress_grows_and_settles_two_hours_after_its_end():
    campaign, timeline = CAMPAIGNS[0], paced(CAMPAIGNS[0])
    seen = [
        dialled(campaign, timeline, now=NOW + timedelta(minutes=minutes))[-1].attempts
        for minutes in (0, 24, 60, 145, 9000)
    ]

    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[1] < seen[-1]
    assert seen[-2] == seen[-1]


def test_a_change_of_pacing_changes_what_follows_and_nothing_before():
    campaign = CAMPAIGNS[0]
    changed_at = NOW - timedelta(days=3, minutes=10)
    before, after = PacingTimeline(TIMID), PacingTimeline(TIMID)
    after.change(changed_at.timestamp(), EAGER)

    old = {hour.hour: hour for hour in dialled(campaign, before)}
    new = {hour.hour: hour for hour in dialled(campaign, after)}

    boundary = hour_number(changed_at)
    assert [new[h] for h in new if h < boundary] == [old[h] for h in old if h < boundary]
    later = [h for h in new if h > boundary]
    assert sum(new[h].attempts for h in later) > sum(old[h].attempts for h in later)
    assert sum(new[h].abandoned for h in later) > sum(old[h].abandoned for h in later) == 0
    assert sum(new[h].idle_rounds for h in later) < sum(old[h].idle_rounds for h in later)


def test_the_hour_of_the_change_is_split_where_it_happened():
    hour = HOUR - 24
    half_past, whole = hour * 3600 + 1800.0, hour * 3600 + 3600.0
    changed, unchanged = PacingTimeline(TIMID), PacingTimeline(TIMID)
    changed.change(half_past, EAGER)

    def up_to(timeline: PacingTimeline, now: float) -> HourOfDialling:
        return Outbound(7, Rosters(7)).so_far(CAMPAIGNS[5], timeline, hour, hour + 1, now)[0]

    assert up_to(changed, half_past) == up_to(unchanged, half_past)
    assert up_to(unchanged, whole).abandoned == 0 < up_to(changed, whole).abandoned
    assert up_to(changed, whole).idle_rounds < up_to(unchanged, whole).idle_rounds


def test_a_dialler_that_assumes_more_answers_abandons_less_and_leaves_agents_idle():
    outcomes = []
    for assumed in (0.3, 0.6, 0.95):
        document = {
            "status": "ON",
            "dialingMode": "PREDICTIVE",
            "predictive": {"answerRate": assumed, "dropRate": 0.1},
        }
        hours = dialled(CAMPAIGNS[4], PacingTimeline(pacing_of(document)), days=60)
        live = sum(hour.live for hour in hours)
        outcomes.append(
            (
                sum(hour.abandoned for hour in hours) / live,
                sum(hour.idle_rounds for hour in hours) / sum(hour.rounds for hour in hours),
                live,
            )
        )

    abandon_rates, idle, live_answers = zip(*outcomes, strict=True)
    assert abandon_rates[0] > abandon_rates[1] > abandon_rates[2]
    assert idle[0] < idle[1] < idle[2]
    assert live_answers[0] > live_answers[2]


def test_a_lower_drop_target_means_fewer_dropped_calls():
    rates = []
    for target in (0.01, 0.03, 0.08):
        hours = dialled(CAMPAIGNS[2], PacingTimeline(PacingInForce(8.0, target)), days=60)
        rates.append(sum(h.abandoned for h in hours) / sum(h.live for h in hours))

    assert rates[0] < rates[1] < rates[2]
    assert rates[1] < 0.04


def test_a_campaign_that_is_off_attempts_nothing():
    assert dialled(CAMPAIGNS[0], PacingTimeline(PacingInForce(0.0, 0.03))) == []

"""Calls per agent for the rest of a day within its allowance: the next interval, and what follows.

Two situations, two rules. Hours that nobody will plan anew are planned for an answer rate near the
upper edge of its band, since what they abandon cannot be taken back. The next interval of a day
that is watched is planned for the likely answer rate and uses up what the day has saved, less a
reserve for the last interval, after which there is no correcting. Nothing here knows a tenant.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.pacing.allowance import Allowance, safe_count
from core.pacing.dialling_law import Team, abandon_rate, calls_for, occupancy
from core.pacing.lessons import Lessons, own_error
from core.pacing.small_teams import LAST_WHOLE_STEP, calls_steps

REFERENCE_RATE = 0.2
USUAL_LIMIT = 0.03
BUNCHING = 4.0
"""Variance over mean of abandoned calls: they come in bunches. Measured: 2 to 4."""
AIM = 0.97
"""Part of the limit that a watched day aims at, so that the last calls do not tip it over."""
WATCHED_CAUTION = 2.0
"""Standard deviations of the last interval's abandoned calls that are kept in reserve."""
UNWATCHED_CAUTION = 0.7
"""The same for a day planned once, beside the margin in the answer rate."""
WIDEST_SPREAD = 1.0
"""Of the abandon rate that an answer rate leads to, in logarithms. Were it wider, a worse answer
rate could leave fewer calls per agent, for its relative error grows."""
MOST_TIMES = 2.5
"""No interval aims at more than so many times the limit, whatever was saved."""
RESERVE_HOURS = 0.5
"""What a correction takes to show, on top of an interval."""


@dataclass(frozen=True, slots=True)
class HourAhead:
    """An hour, or what is left of it, in which somebody dials.

    Parameters
    ----------
    part : float
        How much of the hour is ahead, above 0 and up to 1.
    rate : float
        Likely chance of a live answer. Unit: share.
    high_rate : float
        Chance that holds on 19 of 20 such days. Unit: share, at least `rate`.
    error : float
        Of `rate`. Unit: standard deviation of the logarithm.
    team : Team
        Who dials.
    """

    part: float
    rate: float
    high_rate: float
    error: float
    team: Team

    @property
    def live_answers(self) -> float:
        """Live answers that a well-paced team takes, whatever the answer rate. Unit: calls."""
        return self.part * usual_conversations(self.team)


@dataclass(frozen=True, slots=True)
class Choice:
    """Calls per agent before any guardrail but the limit, and the abandon rate they aim at."""

    calls: float
    target: float


@lru_cache(maxsize=512)
def usual_conversations(team: Team) -> float:
    """Return the live answers that a team takes in an hour at the usual limit.

    The answer rate is left out on purpose: a worse one must not change what a limit allows.
    """
    calls = calls_for(USUAL_LIMIT, REFERENCE_RATE, team)
    return team.conversations_per_hour * occupancy(calls, REFERENCE_RATE, team)


def unwatched_choices(
    hours: Sequence[HourAhead], allowance: Allowance, abandon_factor: float = 1.0
) -> tuple[Choice, ...]:
    """Return a choice for each hour of a day that will not be planned anew.

    Parameters
    ----------
    hours : sequence of HourAhead
        Of one day.
    allowance : Allowance
        Of that day, so far.
    abandon_factor : float
        By which more was abandoned so far than the dialling law tells; below 1 it is not trusted.

    Returns
    -------
    tuple of Choice
        One target for all hours, at most the limit.

    Examples
    --------
    >>> team = Team(25, 20.0, 210.0)
    >>> sure, unsure = (
    ...     unwatched_choices([HourAhead(1.0, 0.2, high, 0.1, team)] * 12, Allowance(0.03))[0]
    ...     for high in (0.2, 0.24)
    ... )
    >>> sure.calls > unsure.calls
    True
    """
    ahead = sum(hour.live_answers for hour in hours)
    if not ahead:
        return tuple(Choice(1.0, 0.0) for _ in hours)
    allowed = allowance.limit * ahead + allowance.left
    target = min(safe_count(allowed, UNWATCHED_CAUTION, BUNCHING) / ahead, allowance.limit)
    told = target / max(1.0, abandon_factor)
    return tuple(Choice(calls_for(told, hour.high_rate, hour.team), target) for hour in hours)


def watched_choice(
    hours: Sequence[HourAhead], allowance: Allowance, lessons: Lessons, interval_hours: float
) -> Choice:
    """Return the choice for the next interval of a day that is planned anew after each.

    Parameters
    ----------
    hours : sequence of HourAhead
        Of one day, the first one with the interval in question; at least one.
    allowance : Allowance
        Of that day, so far.
    lessons : Lessons
        What the day so far teaches; its factor is in the hours' rates already.
    interval_hours : float
        Until it is planned anew. Unit: hours.

    Returns
    -------
    Choice
        Its target is at most the limit. A small team may take the next whole line beyond it, but
        only out of what the day has saved.
    """
    first, ahead = hours[0], sum(hour.live_answers for hour in hours)
    aimed = Allowance(allowance.limit * AIM, allowance.live, allowance.abandoned)
    allowed = aimed.limit * ahead + aimed.left
    if allowed <= 0:
        return Choice(1.0, 0.0)
    error = math.hypot(lessons.common_error, own_error(first.error))
    spread = min(first.team.sensitivity * error, WIDEST_SPREAD)
    per_hour = usual_conversations(first.team)
    last = min(ahead, per_hour * (interval_hours + RESERVE_HOURS)) / ahead
    reserve = allowed * last - safe_count(allowed * last, WATCHED_CAUTION, BUNCHING, spread)
    target = min((allowed - reserve) / ahead, aimed.limit)
    # The abandon rate is convex in the answer rate: an uncertain one abandons more on average.
    weight = lessons.abandon_factor * math.exp(spread**2 / 2)
    calls = calls_for(target / weight, first.rate, first.team)
    live = per_hour * min(interval_hours, first.part)
    if first.team.is_small:
        calls = _with_whole_line(calls, target, weight, first, aimed, live, ahead)
    return Choice(calls, target)


def _with_whole_line(
    calls: float,
    target: float,
    weight: float,
    hour: HourAhead,
    aimed: Allowance,
    live: float,
    ahead: float,
) -> float:
    """Return the next steps where what the day has saved pays for what they abandon too much."""
    for step in calls_steps():
        if step <= calls or step > LAST_WHOLE_STEP:
            continue
        told = weight * abandon_rate(float(step), hour.rate, hour.team)
        excess = (told - target) * live
        can_still_be_saved = aimed.limit * (ahead - live)
        chance = WATCHED_CAUTION * math.sqrt(BUNCHING * told * live)
        if told > MOST_TIMES * aimed.limit:
            break
        if aimed.left < excess or aimed.left + can_still_be_saved < excess + chance:
            break
        calls = float(step)
    return calls

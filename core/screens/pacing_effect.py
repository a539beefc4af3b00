"""What a recommendation changes against the setting in force: hour by hour, and in all.

Both settings are judged alike, at the likely answer rate as the day so far corrects it. Hours in
which nobody dials, or of whose agents nothing is known, count on neither side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.pacing.answer_band import HIGHEST_RATE, LEAST_RATE
from core.pacing.dialling_law import abandon_rate, occupancy
from core.pacing.recommendation import PacingHour, Recommendation
from core.pacing.timing import DialTiming


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an hour, or what is left of it, comes to at one setting.

    Parameters
    ----------
    calls : float
        Lines in flight per idle agent.
    conversations : float
        Calls that agents handle. Unit: calls.
    waiting_minutes : float
        What agents wait for their next call, all together. Unit: minutes.
    abandoned : float
        Live answers that found no agent in time. Unit: calls.
    """

    calls: float
    conversations: float
    waiting_minutes: float
    abandoned: float

    @property
    def abandon_rate(self) -> float:
        """Abandoned over live answers, a share."""
        live = self.conversations + self.abandoned
        return self.abandoned / live if live else 0.0


@dataclass(frozen=True, slots=True)
class HourEffect:
    """An hour in which somebody dials.

    Parameters
    ----------
    hour : PacingHour
        As recommended.
    planned : Outcome
        At the recommended calls per agent.
    now : Outcome or None
        At those in force; None where they are not known.
    low, high : float
        Abandon rate as recommended at the bounds of the answer rate's band, shares.
    """

    hour: PacingHour
    planned: Outcome
    now: Outcome | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """The hours in which somebody dials; see `HourEffect`."""

    hours: tuple[HourEffect, ...]

    @property
    def planned(self) -> Outcome | None:
        """All hours as recommended; `calls` is the first hour's. None without any hour."""
        return _sum(each.planned for each in self.hours)

    @property
    def now(self) -> Outcome | None:
        """All hours at the setting in force; None where it is not known."""
        return _sum(each.now for each in self.hours)

    @property
    def gain(self) -> float | None:
        """Conversations more than at the setting in force; None where it is not known."""
        planned, now = self.planned, self.now
        return planned.conversations - now.conversations if planned and now else None

    def first(self, number: int = 1) -> "PlanEffect":
        """Return the effect of the first hours alone."""
        return PlanEffect(self.hours[:number])

    def of_day(self, until: datetime) -> "PlanEffect":
        """Return the effect of the hours that begin before a moment."""
        return PlanEffect(tuple(each for each in self.hours if each.hour.ds < until))


def effect_of(
    made: Recommendation, calls_now: float | None, day_end: datetime | None = None
) -> PlanEffect:
    """Return what a recommendation changes.

    Parameters
    ----------
    made : Recommendation
        In calls per agent; one of another policy has no hour here.
    calls_now : float or None
        Calls per agent in force; None where the campaign tells none.
    day_end : datetime, optional
        Until when the day so far corrects the answer rates.
    """
    timing = made.limits.timing
    if timing is None:
        return PlanEffect(())
    return PlanEffect(
        tuple(
            _hour_effect(hour, timing, calls_now, *_corrections(made, hour, day_end))
            for hour in made.hours
            if hour.calls_per_agent is not None and hour.agents
        )
    )


def outcome_at(
    calls: float, rate: float, hour: PacingHour, timing: DialTiming, abandon_factor: float = 1.0
) -> Outcome:
    """Return what an hour of a recommendation comes to at other calls per agent.

    Parameters
    ----------
    calls, rate : float
        Calls per idle agent, and the chance of a live answer.
    hour : PacingHour
        Tells the agents, and how much of the hour is left.
    timing : DialTiming
        How long calls hold agents and lines.
    abandon_factor : float
        By which the day abandons more or less than the law says.
    """
    team = timing.team(hour.agents or 0.0)
    busy = occupancy(calls, rate, team)
    part = _part(hour, timing)
    lost = min(abandon_factor * abandon_rate(calls, rate, team), 1.0 - 1e-9)
    handled = part * team.conversations_per_hour * busy
    waiting = part * (1 - busy) * team.agents * 60
    return Outcome(calls, handled, waiting, handled * lost / (1 - lost))


def _part(hour: PacingHour, timing: DialTiming) -> float:
    """Return how much of an hour is ahead, from what is expected of it."""
    if not hour.expected_occupancy or hour.expected_conversations is None or not hour.agents:
        return 1.0
    whole = timing.team(hour.agents).conversations_per_hour * hour.expected_occupancy
    return min(1.0, hour.expected_conversations / whole)


def _corrections(
    made: Recommendation, hour: PacingHour, day_end: datetime | None
) -> tuple[float, float]:
    """Return by which answer rate and abandon rate of an hour are multiplied."""
    if made.so_far is None:
        return 1.0, 1.0
    lessons = made.so_far.lessons
    is_today = day_end is None or hour.ds < day_end
    return (lessons.rate_factor if is_today else 1.0), lessons.abandon_factor


def _hour_effect(
    hour: PacingHour,
    timing: DialTiming,
    calls_now: float | None,
    rate_factor: float,
    abandon_factor: float,
) -> HourEffect:
    calls = hour.calls_per_agent or 1.0

    def at(setting: float, rate: float | None) -> Outcome:
        told = hour.answer_rate if rate is None else rate
        likely = min(max(told, LEAST_RATE) * rate_factor, HIGHEST_RATE)
        return outcome_at(setting, likely, hour, timing, abandon_factor)

    return HourEffect(
        hour,
        at(calls, None),
        None if calls_now is None else at(calls_now, None),
        at(calls, hour.answer_rate_lower).abandon_rate,
        at(calls, hour.answer_rate_upper).abandon_rate,
    )


def _sum(outcomes: Iterable[Outcome | None]) -> Outcome | None:
    known: Sequence[Outcome | None] = tuple(outcomes)
    told = [each for each in known if each is not None]
    if not told or len(told) < len(known):
        return None
    return Outcome(
        told[0].calls,
        sum(each.conversations for each in told),
        sum(each.waiting_minutes for each in told),
        sum(each.abandoned for each in told),
    )

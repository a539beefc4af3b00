"""Days of dialling for tests: agents and true answer rates by hour, and a forecast that is wrong.

A planner sees what the command line would see, and nothing else: a forecast with an honest band, a
schedule, and what the day has done so far.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from core.forecasting.forecast import Forecast
from core.pacing.guardrails import Guardrails
from core.pacing.max_offers import MaxOffers
from core.pacing.observed import Observed, ObservedInterval
from core.pacing.order import PacingOrder
from core.pacing.recommend import recommend_pacing
from core.pacing.timing import DialTiming
from tests.dialler.dialler import CallTimes, Came, Dialler, Numbers
from tests.support.hourly_forecast import hourly_forecast

EIGHT = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
USUAL_STAFF = (0.7, 0.9, 1.0, 1.0, 1.0, 0.9, 0.85, 1.0, 1.0, 0.95, 0.8, 0.6)
RISING = tuple(np.linspace(0.75, 1.35, 12))


@dataclass(frozen=True)
class Scenario:
    """A team's days.

    Parameters
    ----------
    agents : int
        When everybody is there.
    answer_rate : float
        On average. Unit: share.
    common_error, own_error : float
        Of the forecast, common to a day and each hour's own. Unit: standard deviation of the
        logarithm.
    staff, shape : sequence of float
        By hour: part of the agents, and of the answer rate.
    times : CallTimes
        How long calls take.
    """

    agents: int
    answer_rate: float = 0.2
    common_error: float = 0.1
    own_error: float = 0.05
    staff: Sequence[float] = USUAL_STAFF
    shape: Sequence[float] = RISING
    times: CallTimes = field(default_factory=CallTimes)

    @property
    def agents_by_hour(self) -> "np.typing.NDArray[np.int64]":
        return np.maximum(np.round(np.array(self.staff) * self.agents), 1).astype(np.int64)

    @property
    def forecast_rates(self) -> Numbers:
        return self.answer_rate * np.array(self.shape)

    def true_rates(self, days: int, seed: int) -> Numbers:
        """Return the rates that come, by day and hour."""
        random = np.random.default_rng(seed)
        common = random.normal(0, self.common_error, (days, 1))
        own = random.normal(0, self.own_error, (days, len(self.shape)))
        return np.minimum(self.forecast_rates * np.exp(common + own), 0.9)

    @property
    def timing(self) -> DialTiming:
        """As somebody measured it on an ordinary day."""
        line = self.times.line_seconds(self.answer_rate)
        return DialTiming(self.times.handle_seconds, "measured", line, "measured")

    def forecast(self) -> Forecast:
        """Return the forecast, with the band of the probability that its errors deserve."""
        rates = self.forecast_rates
        width = np.exp(1.96 * np.hypot(self.common_error, self.own_error))
        upper = np.minimum(rates * width, 0.99)
        return hourly_forecast(
            EIGHT, rates, rates / width, upper, beside={"probability_upper": upper}
        )

    def capacity(self) -> pd.DataFrame:
        agents = self.agents_by_hour.astype(float)
        hours = pd.date_range(EIGHT, periods=len(agents), freq="h", unit="us")
        return pd.DataFrame({"ds": hours, "agents": agents})


@dataclass
class SoFar:
    """What a planner may look at: one day until now."""

    scenario: Scenario
    forecast: Forecast
    capacity: pd.DataFrame
    true_rates: Numbers
    intervals: list[ObservedInterval] = field(default_factory=list)
    plan: tuple[float, ...] = ()


Planner = Callable[[SoFar, int, float], float]
"""Returns calls per agent for an hour (its number) from a part of it on."""


def planned_once(so_far: SoFar, hour: int, part: float) -> float:
    """Follow the plan that was made before the day began."""
    if not so_far.plan:
        so_far.plan = _plan(so_far, None)
    return so_far.plan[hour]


def planned_every(minutes: int) -> Planner:
    """Plan anew after each interval, from what was observed."""

    def planner(so_far: SoFar, hour: int, part: float) -> float:
        if round(part * 60) % minutes == 0:
            seen = _joined(so_far.intervals, minutes // 15)
            so_far.plan = _plan(so_far, Observed(seen, timedelta(minutes=minutes)))
        return so_far.plan[0]

    return planner


def constant(calls: float) -> Planner:
    """Keep to one number all day."""
    return lambda so_far, hour, part: calls


def _joined(intervals: list[ObservedInterval], many: int) -> tuple[ObservedInterval, ...]:
    groups = [intervals[at : at + many] for at in range(0, len(intervals), many)]
    return tuple(
        ObservedInterval(
            group[0].ds,
            sum(each.attempts for each in group),
            sum(each.live for each in group),
            sum(each.abandoned for each in group),
            group[0].calls,
        )
        for group in groups
    )


def _plan(so_far: SoFar, observed: Observed | None) -> tuple[float, ...]:
    order = PacingOrder(
        policy="compliant",
        campaign_id="team",
        generated_at=EIGHT,
        max_offers=MaxOffers(1000.0, "not used"),
        guardrails=Guardrails(),
        timing=so_far.scenario.timing,
        observed=observed,
    )
    made = recommend_pacing(so_far.forecast, so_far.capacity, order)
    return tuple(hour.calls_per_agent or 1.0 for hour in made.hours)


@dataclass(frozen=True)
class Outcome:
    """What days came to: shares, by day."""

    abandon_rates: Numbers
    occupancies: Numbers

    @property
    def occupancy(self) -> float:
        return float(self.occupancies.mean())

    @property
    def abandon_rate(self) -> float:
        return float(self.abandon_rates.mean())

    def days_over(self, limit: float = 0.03) -> float:
        return float((self.abandon_rates > limit).mean())


def run_days(
    scenario: Scenario, planners: Sequence[Planner], days: int, seed: int
) -> list[Outcome]:
    """Run the same days under each planner, all at once, in quarters of an hour."""
    lanes = days * len(planners)
    rates = np.tile(scenario.true_rates(days, seed), (len(planners), 1))
    forecast, capacity = scenario.forecast(), scenario.capacity()
    looks = [SoFar(scenario, forecast, capacity, rates[lane]) for lane in range(lanes)]
    dialler = Dialler(lanes, scenario.times, seed + 1)
    agents = scenario.agents_by_hour
    total = np.zeros((4, lanes))
    for hour in range(len(agents)):
        for quarter in range(4):
            calls = np.array(
                [planners[lane // days](look, hour, quarter / 4) for lane, look in enumerate(looks)]
            )
            team = np.full(lanes, agents[hour])
            came = dialler.run(900, calls, team, rates[:, hour])
            total += np.array([came.live, came.abandoned, came.handling, came.staffed])
            _note(looks, came, calls, EIGHT + hour * HOUR + quarter * timedelta(minutes=15))
    abandon_rates, occupancies = total[1] / np.maximum(total[0], 1), total[2] / total[3]
    return [
        Outcome(abandon_rates[at : at + days], occupancies[at : at + days])
        for at in range(0, lanes, days)
    ]


def _note(looks: list[SoFar], came: Came, calls: Numbers, start: datetime) -> None:
    for lane, look in enumerate(looks):
        live = float(came.live[lane])
        look.intervals.append(
            ObservedInterval(
                start,
                max(float(came.attempts[lane]), live),
                live,
                min(float(came.abandoned[lane]), live),
                float(calls[lane]),
            )
        )

"""What would happen at other calls per agent: two curves, and what moves between two settings.

Arithmetic on an hour in the long run, quick enough to follow a slider. Nothing here chooses: a
what-if becomes a proposal only as somebody's own values.
"""

from dataclasses import dataclass

import numpy as np

from core.pacing.dialling_law import LEAST_CALLS, Team, abandon_rate, calls_for, occupancy
from core.pacing.small_teams import Numbers, calls_steps
from core.pacing.stepping import rounded_down

POINTS = 120
"""Of a curve, beside the steps of small teams."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an hour comes to at a number of calls per agent.

    Parameters
    ----------
    calls : float
        Lines in flight per idle agent.
    occupancy, abandon_rate : float
        Unit: share.
    conversations : float
        Calls that agents handle. Unit: calls an hour.
    waiting_minutes : float
        What agents wait for their next call, all together. Unit: minutes an hour.
    """

    calls: float
    occupancy: float
    abandon_rate: float
    conversations: float
    waiting_minutes: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """An hour over calls per agent.

    Parameters
    ----------
    calls, occupancies, abandon_rates : array of float, shape (n_points,)
        The curves. Unit: calls per agent, and shares.
    limit : float
        Highest abandon rate, a share.
    at_limit : Setting
        The most calls per agent that keep it.
    today : Setting or None
        As the campaign is set; None where it is not known.
    recommended : Setting or None
        As recommended; None where nothing is.
    """

    calls: Numbers
    occupancies: Numbers
    abandon_rates: Numbers
    limit: float
    at_limit: Setting
    today: Setting | None
    recommended: Setting | None

    def gain(self, setting: Setting) -> tuple[float, float] | None:
        """Return conversations an hour, and minutes waited less, against today's setting."""
        if self.today is None:
            return None
        return (
            setting.conversations - self.today.conversations,
            self.today.waiting_minutes - setting.waiting_minutes,
        )


def what_if(
    team: Team,
    answer_rate: float,
    limit: float,
    *,
    today: float | None = None,
    recommended: float | None = None,
    highest: float = 15.0,
) -> WhatIf:
    """Return an hour over calls per agent, with what is set, recommended and allowed marked.

    Parameters
    ----------
    team : Team
        Who dials.
    answer_rate : float
        Chance that a call is answered by a person; a quantile of its forecast, say. Unit: share.
    limit : float
        Highest abandon rate. Unit: share.
    today, recommended : float, optional
        Calls per agent as set and as recommended.
    highest : float
        Where the curves end. Unit: calls per agent.

    Returns
    -------
    WhatIf
        Its curves rise with calls per agent.

    Examples
    --------
    >>> hour = what_if(Team(25, 20.0, 210.0), 0.2, 0.03, today=2.0)
    >>> round(hour.at_limit.calls, 2), round(hour.gain(hour.at_limit)[0])
    (3.67, 34)
    """
    allowed = rounded_down(min(calls_for(limit, answer_rate, team), highest))
    marks = [calls for calls in (today, recommended) if calls is not None]
    end = min(highest, max(2 * allowed, LEAST_CALLS + 1, *(1.2 * mark for mark in marks)))
    calls = np.linspace(LEAST_CALLS, end, POINTS)
    if team.is_small:
        steps = calls_steps()
        steps = steps[steps <= end]
        # A step is drawn upright: its value, and the last one before it.
        calls = np.unique(np.concatenate([calls, steps, steps[1:] - 0.001]))
    return WhatIf(
        calls=calls,
        occupancies=np.array([occupancy(each, answer_rate, team) for each in calls.tolist()]),
        abandon_rates=np.array([abandon_rate(each, answer_rate, team) for each in calls.tolist()]),
        limit=limit,
        at_limit=setting_at(allowed, answer_rate, team),
        today=None if today is None else setting_at(today, answer_rate, team),
        recommended=None if recommended is None else setting_at(recommended, answer_rate, team),
    )


def setting_at(calls: float, answer_rate: float, team: Team) -> Setting:
    """Return what an hour comes to at a number of calls per agent."""
    busy = occupancy(calls, answer_rate, team)
    return Setting(
        calls,
        busy,
        abandon_rate(calls, answer_rate, team),
        team.conversations_per_hour * busy,
        (1 - busy) * team.agents * 60,
    )

"""Answer rates by logistic regression: the shape of the day and week, and the drift of the days.

The log odds are an overall level, Fourier terms of the hour of the day, a shift of each weekday,
the weekday's own shape of the day, and an effect of each single day: part of it lasts and fades (a
list that tires, a number that is blocked), part is that day's alone. How much each part may move is
learned from the series (empirical Bayes by EM), starting from and held near what campaigns usually
show, so a fortnight is shrunk hard. Hours weigh by their calls, and by less than their calls where
the calls of one hour are alike. Tomorrow inherits what lasts of the latest days.

References
----------
Breslow, Clayton (1993), Approximate inference in generalized linear mixed models, JASA 88(421).
Dempster, Laird, Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from core.forecasting.rate_hours import RateHours, log_odds, share_of

NAME = "regression"
DAILY_ORDER, WEEKDAY_ORDER = 6, 4
LASTING = 0.93
"""What is left of a lasting day effect a day later."""
ROUNDS = 4
PRIOR_COUNT = 4.0
"""What the usual variances count for, in effects seen."""
FARTHEST = 6.0
"""Log odds beyond which nothing more can be told apart."""
FLATTEST = 0.003
LEVEL_HALF_LIFE_DAYS = 28.0
LEVEL_ROUNDS = 6
MOST_LEVEL = 1.0

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Variances:
    """How much each part of the log odds moves; what campaigns usually show until learned.

    Parameters
    ----------
    daily, weekday, shape : float
        Of the Fourier terms of the day, the weekday shifts, the weekdays' own shapes.
    lasting, single : float
        Of the day effects that fade and of those that end with the day.
    hour : float
        Of what calls of one hour share beyond all that.
    """

    daily: float = 0.1
    weekday: float = 0.02
    shape: float = 0.02
    lasting: float = 0.02
    single: float = 0.02
    hour: float = 0.05


USUAL = Variances()
PARTS = {
    "daily": slice(1, 1 + 2 * DAILY_ORDER),
    "weekday": slice(1 + 2 * DAILY_ORDER, 8 + 2 * DAILY_ORDER),
    "shape": slice(8 + 2 * DAILY_ORDER, 8 + 2 * DAILY_ORDER + 14 * WEEKDAY_ORDER),
}
"""Columns of the terms of the week; the first is the overall level, the day effects follow."""
TERMS = PARTS["shape"].stop


@dataclass(frozen=True)
class Fit:
    """Effects on the log odds, with what is not sure about them.

    Parameters
    ----------
    days : array of int, shape (n_days,)
        The days on which calls were offered.
    effects : array, shape (n_terms + n_days,)
        Terms of the week, then the effect of each of the days.
    covariance : array, shape (n_terms + n_days, n_terms + n_days)
        Of the effects.
    variances : Variances
        As learned.
    """

    days: Numbers
    effects: Floats
    covariance: Floats
    variances: Variances

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What it was made with; effects are standard deviations of log odds."""
        return {
            "daily_order": DAILY_ORDER,
            "weekday_order": WEEKDAY_ORDER,
            "lasting_a_day_later": LASTING,
            "lasting_day_effect": round(self.variances.lasting**0.5, 4),
            "single_day_effect": round(self.variances.single**0.5, 4),
            "hour_effect": round(self.variances.hour**0.5, 4),
        }


def fitted(hours: RateHours) -> Fit:
    """Return the effects that a campaign's counted hours show.

    Parameters
    ----------
    hours : RateHours
        Of one campaign.
    """
    terms = _terms(hours.week)
    days, place = np.unique(hours.day, return_inverse=True)
    design = np.hstack([terms, np.eye(len(days))[place]])
    odds = np.full(len(design), log_odds(np.array([hours.overall]))[0])
    found = Fit(days, np.zeros(0), np.zeros((0, 0)), USUAL)
    for _ in range(ROUNDS):
        share = np.clip(share_of(odds), FLATTEST, 1.0 - FLATTEST)
        slope = share * (1.0 - share)
        seen = odds + (hours.rate - share) / slope
        chance = 1.0 / (hours.offered * slope)
        found = _solved(design, seen, chance, found)
        odds = np.clip(design @ found.effects, -FARTHEST, FARTHEST)
        found = replace(found, variances=_learned(design, seen, chance, found))
    return found


def regressed(hours: RateHours, found: Fit) -> Floats:
    """Return the expected share of each hour ahead, shape (n_ahead,).

    Tomorrow inherits what lasts of the latest days. The level is set so that forecasts made alike
    would have had the answers of the latest weeks right in sum: effects that nobody foresees do not
    cancel out in a share as they do in its log odds.
    """
    days, variances = found.days, found.variances
    effects, day_effects = found.effects[:TERMS], found.effects[TERMS:]
    pull = np.linalg.solve(_day_covariance(days, days, variances), day_effects)
    inherited = _day_covariance(hours.ahead_day, days, variances) @ pull
    lasting = _day_covariance(days, days, replace(variances, single=0.0)) @ pull
    lately = lasting[np.searchsorted(days, hours.day)]
    level = _level(hours, _terms(hours.week) @ effects + lately)
    return share_of(_terms(hours.ahead_week) @ effects + inherited + level)


def _level(hours: RateHours, odds: Floats) -> float:
    """What to add to log odds so that they give as many answers as came, lately above all."""
    weight = hours.offered * 0.5 ** ((hours.days - 1 - hours.day) / LEVEL_HALF_LIFE_DAYS)
    level = 0.0
    for _ in range(LEVEL_ROUNDS):
        share = np.clip(share_of(odds + level), FLATTEST, 1.0 - FLATTEST)
        slope = float((weight * share * (1.0 - share)).sum())
        level += float((weight * (hours.rate - share)).sum()) / slope
        level = min(max(level, -MOST_LEVEL), MOST_LEVEL)
    return level


def _terms(week: Numbers) -> Floats:
    hour, weekday = week % 24, week // 24
    order = np.arange(1, DAILY_ORDER + 1)
    angle = 2.0 * np.pi * np.outer(np.arange(24), order) / 24.0
    # Dividing by the order makes sharp shapes cost more than smooth ones.
    waves = np.stack([np.sin(angle), np.cos(angle)], axis=2) / order[:, None]
    slow = waves[:, :WEEKDAY_ORDER].reshape(24, -1)
    is_weekday = np.eye(7)[weekday]
    shapes = (is_weekday[:, :, None] * slow[hour][:, None, :]).reshape(len(week), -1)
    level = np.ones((len(week), 1))
    return np.hstack([level, waves.reshape(24, -1)[hour], is_weekday, shapes])


def _day_covariance(days: Numbers, others: Numbers, variances: Variances) -> Floats:
    gap = np.abs(np.subtract.outer(days, others))
    covariance: Floats = variances.lasting * LASTING**gap + variances.single * (gap == 0)
    return covariance


def _solved(design: Floats, seen: Floats, chance: Floats, before: Fit) -> Fit:
    days, variances = before.days, before.variances
    weighted = design / (chance + variances.hour)[:, None]
    precision = design.T @ weighted
    diagonal = np.full(TERMS, 1e-4)
    for part, columns in PARTS.items():
        diagonal[columns] = 1.0 / getattr(variances, part)
    precision[np.arange(TERMS), np.arange(TERMS)] += diagonal
    precision[TERMS:, TERMS:] += np.linalg.inv(_day_covariance(days, days, variances))
    covariance: Floats = np.linalg.inv(precision).astype("float64")
    effects: Floats = covariance @ (weighted.T @ seen)
    return Fit(days, effects, covariance, variances)


def _learned(design: Floats, seen: Floats, chance: Floats, found: Fit) -> Variances:
    """One EM step: the variances that the effects suggest, held near the usual ones."""
    moments = np.outer(found.effects, found.effects) + found.covariance
    learned = {
        part: _held(
            np.diag(moments)[columns].sum(), getattr(USUAL, part), moments[columns].shape[0]
        )
        for part, columns in PARTS.items()
    }
    now, days, of_days = found.variances, found.days, moments[TERMS:, TERMS:]
    inverse = np.linalg.inv(_day_covariance(days, days, now))
    fading = _day_covariance(days, days, replace(now, single=0.0)) / now.lasting
    for part, base in (("lasting", fading), ("single", np.eye(len(days)))):
        own = getattr(now, part) * base
        towards = own @ inverse
        part_moments = towards @ of_days @ towards.T + own - towards @ own
        size = np.trace(
            np.linalg.solve(fading, part_moments) if part == "lasting" else part_moments
        )
        learned[part] = _held(size, getattr(USUAL, part), len(days))
    unsure = ((design @ found.covariance) * design).sum(axis=1)
    squared = (seen - design @ found.effects) ** 2 + unsure
    shrink = now.hour / (now.hour + chance)
    hour = shrink * chance + shrink**2 * squared
    return Variances(**learned, hour=_held(hour.sum(), USUAL.hour, len(seen)))


def _held(total: float, usual: float, count: int) -> float:
    return max(float((total + PRIOR_COUNT * usual) / (count + PRIOR_COUNT)), 1e-5)

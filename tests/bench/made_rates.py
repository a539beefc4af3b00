"""Lines and campaigns made to measure answer-rate forecasts by, hour by hour.

The generators share nothing with the product. Each series is `MADE_DAYS` long and has its own
opening hours, size, shape of the day, and ways in which days and hours go wrong. Hours without an
offer have no row.
"""

import numpy as np
import pandas as pd

MADE_DAYS = 130
START = pd.Timestamp("2026-03-02T00:00Z")


def inbound(seed: int) -> pd.DataFrame:
    """A line in business hours, whose answer rate dips when load outgrows the agents."""
    rng, ds, day, weekday, hour = _clock(seed)
    opens, closes = int(rng.integers(7, 10)), int(rng.integers(17, 21))
    saturday = (weekday == 5) & (hour < 13) & (rng.random() < 0.4)
    is_open = (hour >= opens) & (hour < closes) & ((weekday < 5) | saturday)
    shape = np.exp(-(((hour - 10.5) / 2.2) ** 2)) + 0.8 * np.exp(-(((hour - 15) / 2.3) ** 2)) + 0.25
    of_day = np.array([1.3, 1.05, 1.0, 0.95, 0.9, 0.5, 0.1])[weekday]
    load = rng.choice([12.0, 40.0, 120.0]) * shape * of_day
    load = load * np.exp(rng.normal(0, 0.15, MADE_DAYS)[day] + rng.normal(0, 0.15, len(ds)))
    agents = load[is_open].mean() * rng.uniform(1.0, 1.5) * rng.uniform(0.9, 1.1, 168)
    odds = rng.uniform(1.2, 3.2) - 1.8 * np.log(load / agents[weekday * 24 + hour])
    odds = odds + _fading(rng, 0.5, rng.uniform(0.2, 0.6))[day]
    odds = odds + rng.normal(0, rng.uniform(0.3, 0.9), len(ds))
    return _drawn(rng, ds, load * is_open, odds)


def collapsing(seed: int) -> pd.DataFrame:
    """A line with calls after hours that nobody answers, and days on which all breaks down."""
    rng, ds, day, weekday, hour = _clock(seed + 500)
    is_open = (hour >= 8) & (hour < int(rng.integers(17, 21))) & (weekday < 5)
    scale = rng.choice([8.0, 30.0, 90.0])
    shape = np.exp(-(((hour - 10.5) / 2.2) ** 2)) + 0.8 * np.exp(-(((hour - 15) / 2.3) ** 2)) + 0.25
    after = ~is_open & (hour >= 6) & (hour < 22) & (rng.random() < 0.5)
    load = np.where(is_open, scale * shape, np.where(after, 0.04 * scale, 0.0))
    odds = rng.uniform(0.8, 2.5) - 0.9 * np.log(shape) + rng.normal(0, 0.6, MADE_DAYS)[day]
    odds = odds + rng.normal(0, 0.6, len(ds)) - 2.0 * (rng.random(MADE_DAYS) < 0.12)[day]
    return _drawn(rng, ds, load, np.where(is_open, odds, -3.5))


def outbound(seed: int) -> pd.DataFrame:
    """A campaign whose list tires from day to day and is refilled now and then."""
    rng, ds, day, weekday, hour = _clock(seed + 1000)
    is_open = (hour >= 8) & (hour < int(rng.choice([18, 20, 21]))) & (weekday < rng.choice([5, 6]))
    load = rng.choice([8.0, 25.0, 80.0, 300.0]) * rng.uniform(0.7, 1.3, 24)[hour]
    tired, fresh_every, drop = np.zeros(MADE_DAYS), rng.integers(6, 20), rng.uniform(0.01, 0.04)
    for today in range(1, MADE_DAYS):
        tired[today] = 0.0 if rng.random() < 1 / fresh_every else tired[today - 1] - drop
    share = rng.uniform(0.12, 0.5)
    odds = np.log(share / (1 - share)) + tired[day] + rng.normal(0, 0.08, 7)[weekday]
    odds = odds + rng.uniform(0.1, 0.4) * np.cos((hour - 18) / 12 * np.pi)
    odds = odds + rng.normal(0, 0.06, 168)[weekday * 24 + hour]
    odds = odds + rng.normal(0, rng.uniform(0.05, 0.2), MADE_DAYS)[day]
    odds = odds + rng.normal(0, rng.uniform(0.05, 0.2), len(ds))
    return _drawn(rng, ds, load * is_open, odds)


def understaffed(seed: int) -> pd.DataFrame:
    """A line with few agents and few calls at its edges; days collapse, some are nearly empty."""
    rng, ds, day, weekday, hour = _clock(seed + 7000)
    opens, closes = int(rng.integers(6, 10)), int(rng.integers(17, 22))
    saturday = (weekday == 5) & (hour < 14) & (rng.random() < 0.5)
    is_open = (hour >= opens) & (hour < closes) & ((weekday < 5) | saturday)
    part = (hour - opens) / (closes - opens)
    shape = (
        np.exp(-(((part - 0.25) / 0.18) ** 2)) + 0.8 * np.exp(-(((part - 0.7) / 0.2) ** 2)) + 0.1
    )
    load = rng.choice([6.0, 20.0, 60.0, 200.0]) * shape
    agents = load.mean() / shape.mean() * rng.uniform(0.7, 1.2) * np.clip(shape, 0.4, 0.9)
    agents = agents * np.exp(rng.normal(0, rng.uniform(0.1, 0.35), MADE_DAYS))[day]
    load = load * np.array([1.3, 1.05, 1.0, 0.95, 0.9, 0.5, 0.1])[weekday]
    load = load * np.exp(rng.normal(0, 0.2, MADE_DAYS)[day] + rng.normal(0, 0.2, len(ds)))
    load = load * np.where(np.isin(day, rng.integers(0, MADE_DAYS, 4)), 0.15, 1.0)
    odds = rng.uniform(1.5, 3.5) - rng.uniform(1, 3) * np.log(np.maximum(load / agents, 0.3))
    odds = odds + _fading(rng, 0.6, rng.uniform(0.2, 0.6))[day]
    odds = odds + rng.normal(0, rng.uniform(0.3, 0.9), len(ds))
    return _drawn(rng, ds, load * is_open, odds - 3.0 * (rng.random(MADE_DAYS) < 0.05)[day])


def _clock(seed: int) -> "tuple[np.random.Generator, pd.DatetimeIndex, *tuple[np.ndarray, ...]]":
    ds = pd.date_range(START, periods=MADE_DAYS * 24, freq="h")
    day = np.arange(len(ds)) // 24
    return np.random.default_rng(seed), ds, day, ds.day_of_week.to_numpy(), ds.hour.to_numpy()


def _fading(rng: np.random.Generator, kept: float, spread: float) -> np.ndarray:
    values = np.zeros(MADE_DAYS)
    for today in range(1, MADE_DAYS):
        values[today] = kept * values[today - 1] + rng.normal(0, spread)
    return values


def _drawn(
    rng: np.random.Generator, ds: pd.DatetimeIndex, load: np.ndarray, odds: np.ndarray
) -> pd.DataFrame:
    offered = rng.poisson(load)
    answered = rng.binomial(offered, 1 / (1 + np.exp(-odds)))
    frame = pd.DataFrame({"ds": ds, "offered": offered, "answered": answered})
    return frame.loc[offered > 0].reset_index(drop=True)

"""How far answer-rate forecasts are from what came: ``python -m tests.bench.accuracy_rates``.

Rolling origin, 24 hours ahead from midnight, 14 and 60 days of training, on the series of the data
folder (its place may be given) and on campaigns and lines made here with a random generator that
shares nothing with the product. Printed for each group and method: the error weighted by offered
calls, averaged over series; its ratio to the tutorial's; the bias; and of `auto`, how much of the
observed share its 95 % band covered.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import SeriesKind
from core.forecasting.make import make_forecast
from core.forecasting.methods import forecaster_for
from core.forecasting.series import outcomes
from core.history.centre import Centre
from tests.unit.forecasting.made_series import request

KIND = SeriesKind.ANSWER_RATE
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = {
    "simulated outbound": ("SIMULATED_outbound_answer_rate.csv.gz", range(62, 180, 9)),
    "proxy share": ("bike_registered_share_hourly.csv.gz", range(65, 720, 29)),
}
METHODS = ("tutorial", "seasonal-naive", "profile", "stl", "regression", "average")
TRAINING_DAYS = (14, 60)
MADE_SERIES, MADE_DAYS = 8, 130
CUTOFF_DAYS = range(61, 128, 6)
START = pd.Timestamp("2026-03-02T00:00Z")
LEVEL = 0.95


@dataclass
class Tally:
    """Sums of one method over one series."""

    missed: float = 0.0
    bias: float = 0.0
    offered: float = 0.0
    inside: list[bool] = field(default_factory=list)

    def add(self, beside: pd.DataFrame) -> None:
        """Count forecasts beside what came."""
        off = beside["yhat"] - beside["actual"]
        self.missed += float((off.abs() * beside["weight"]).sum())
        self.bias += float((off * beside["weight"]).sum())
        self.offered += float(beside["weight"].sum())
        if beside["yhat_lower"].notna().all():
            inside = beside["actual"].between(
                beside["yhat_lower"] - 1e-9, beside["yhat_upper"] + 1e-9
            )
            self.inside += inside.tolist()


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


def groups(data: Path) -> Iterator[tuple[str, str, pd.DataFrame, range]]:
    """Yield group, series, records and the days after which to forecast."""
    for group, (name, days) in FILES.items():
        if not (data / name).exists():
            sys.stdout.write(f"{group}: {data / name} is absent, left out\n")
            continue
        frame = pd.read_csv(data / name)
        frame["ds"] = pd.to_datetime(frame["ds"], utc=True)
        for series, records in frame.groupby("unique_id"):
            yield group, str(series), records[["ds", "offered", "answered"]], days
    for group, make in (("inbound", inbound), ("collapsing", collapsing), ("outbound", outbound)):
        for seed in range(MADE_SERIES):
            yield f"made {group}", str(seed), make(seed), CUTOFF_DAYS


def tallies(records: pd.DataFrame, days: range, training_days: int) -> Mapping[str, Tally]:
    """Return how each method did on one series."""
    centre, first = Centre(), records["ds"].min().normalize()
    found = {name: Tally() for name in (*METHODS, "auto")}
    for day in days:
        until = first + timedelta(days=day)
        past = records[
            (records["ds"] < until) & (records["ds"] >= until - timedelta(training_days))
        ]
        came = records[(records["ds"] >= until) & (records["ds"] < until + timedelta(days=1))]
        history = centre.rate_history(past, "S", until.to_pydatetime())
        beside = outcomes(came.assign(status="open"), KIND)
        try:
            asked = request(KIND, history, horizon=24, level=LEVEL, centre=centre)
            rows = {"auto": make_forecast(asked).rows}
        except DataError:
            continue
        for name in METHODS:
            rows[name] = forecaster_for(KIND, name, centre).forecast(history, 24, LEVEL, 0).rows
        beside = beside[beside["ds"].isin(rows["auto"]["ds"])]
        for name, each in rows.items():
            found[name].add(each.merge(beside, on="ds"))
    return found


def main() -> None:
    """Print the table, a line as soon as its group is done."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    for training_days in TRAINING_DAYS:
        by_group: dict[str, list[Mapping[str, Tally]]] = {}
        for group, _, records, days in groups(data):
            by_group.setdefault(group, []).append(tallies(records, days, training_days))
        for group, found in by_group.items():
            _print(f"{group}, {training_days} days", found)


def _print(title: str, found: list[Mapping[str, Tally]]) -> None:
    sys.stdout.write(f"{title}\n{'':<18}{'wMAE':>8}{'ratio':>8}{'bias':>8}{'coverage':>10}\n")
    measure = np.mean([each["tutorial"].missed / each["tutorial"].offered for each in found])
    for name in found[0]:
        error = np.mean([each[name].missed / each[name].offered for each in found])
        bias = np.mean([each[name].bias / each[name].offered for each in found])
        inside = [hour for each in found for hour in each[name].inside]
        covered = f"{np.mean(inside):10.3f}" if inside else ""
        sys.stdout.write(f"  {name:<16}{error:8.4f}{error / measure:8.3f}{bias:+8.4f}{covered}\n")
    sys.stdout.flush()


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


if __name__ == "__main__":
    main()

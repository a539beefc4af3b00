"""How far volume forecasts are from what came: ``python -m tests.bench.accuracy_volume [DATA]``.

Rolling origin, 90 days of training, a week ahead, on the volume series of the data folder and on
queues made here by a generator that shares nothing with the product's. Beside the product's default
stand the tutorial's Prophet, as written and with gaps as zeros, and statsforecast's MSTL with
AutoETS where that package is installed. Printed for each kind of queue and for all with opening
hours: WAPE and its ratios; coverage of the 95 % band over all hours and over those forecast open,
and there of the 50 and 80 % bands too; which share of the hours is open; the band's width beside
the tutorial's; and in how many windows the product was better. Closed hours are certain: a queue
that is open in a third of its hours, 94 % of them covered, has 98 % of all hours covered.
"""

import logging
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.forecasting.forecast import SeriesKind, bound_names
from core.forecasting.make import make_forecast
from core.history.centre import Centre
from tests.bench.tutorials import volume_model, volume_preparation
from tests.unit.forecasting.made_series import request

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
TRAINING, HORIZON = pd.Timedelta(days=90), 168
WEEK = pd.Timedelta(hours=HORIZON)
WINDOWS = 6
"""For each series, spread over its life."""
START = pd.Timestamp("2025-01-06T00:00Z")
WEEKS = 26
LEVELS = {
    "office": 80.0,
    "half Fridays": 45.0,
    "retail": 60.0,
    "24x7": 40.0,
    "small": 2.5,
    "large": 600.0,
}
ALWAYS_OPEN = ("24x7", "bike")
LOWER_LEVELS = (0.5, 0.8)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Series:
    """Contacts of a queue; hours without any have no row."""

    group: str
    zone: str
    records: pd.DataFrame


def real_series(folder: Path) -> Iterator[Series]:
    """Return the volume series of the data folder, where it is there."""
    if (folder / "bank_calls_hourly.csv").exists():
        calls, zone = pd.read_csv(folder / "bank_calls_hourly.csv"), "America/New_York"
        ds = pd.to_datetime(calls["ds"]).dt.tz_localize(zone).dt.tz_convert("UTC")
        yield Series("bank", zone, pd.DataFrame({"ds": ds, "y": calls["y"]}))
    if (folder / "bike_registered_share_hourly.csv.gz").exists():
        rides = pd.read_csv(folder / "bike_registered_share_hourly.csv.gz")
        ds = pd.to_datetime(rides["ds"]).dt.tz_localize("UTC")
        yield Series("bike", "UTC", pd.DataFrame({"ds": ds, "y": rides["offered"]}))


def made_series(group: str, seed: int) -> Series:
    """Return a queue with days that hang together, a slow trend, odd days and a level shift."""
    rng, zone = np.random.default_rng(seed), "Europe/Berlin"
    ds = pd.date_range(START, periods=WEEKS * 168, freq="h")
    clock = ds.tz_convert(zone)
    hour, weekday = clock.hour.to_numpy(), clock.day_of_week.to_numpy()
    day = pd.factorize(clock.normalize())[0]
    days = int(day[-1]) + 1
    morning, afternoon = 10 + rng.normal(0, 0.4), 15 + rng.normal(0, 0.5)
    shape = 0.15 + np.exp(-0.5 * ((hour - morning) / 1.8) ** 2)
    shape = shape + 0.8 * np.exp(-0.5 * ((hour - afternoon) / 2.2) ** 2)
    of_weekday = np.exp(rng.normal(0, 0.08, 7)) * np.array([1.2, 1, 1, 1, 1, 0.7, 0.7])
    drift = np.zeros(days)
    for number in range(1, days):
        drift[number] = 0.6 * drift[number - 1] + rng.normal(0, 0.08)
    level = np.exp(drift + np.arange(days) / days * rng.normal(0, 0.25))
    if rng.random() < 0.5:
        level[int(days * rng.uniform(0.3, 0.9)) :] *= rng.choice([0.78, 1.28])
    for odd in rng.integers(days, size=2):
        level[odd] *= rng.choice([0.1, 2.0])
    mean = LEVELS[group] * shape * of_weekday[weekday] * level[day]
    mean = mean * _opening(group, weekday, hour) * rng.gamma(60, 1 / 60, len(ds))
    counts = rng.poisson(mean).astype(float)
    return Series(group, zone, pd.DataFrame({"ds": ds, "y": counts}).loc[counts > 0])


def _opening(
    group: str, weekday: npt.NDArray[np.integer], hour: npt.NDArray[np.integer]
) -> npt.NDArray[np.bool_]:
    if group == "24x7":
        return np.ones(len(hour), dtype=bool)
    if group == "retail":
        saturday = (weekday == 5) & (hour >= 10) & (hour < 16)
        return (weekday < 5) & (hour >= 9) & (hour < 20) | saturday
    closes = np.where((weekday == 4) & (group == "half Fridays"), 13, 18)
    return (weekday < 5) & (hour >= 8) & (hour < closes)


def windows(series: Series) -> Iterator[dict[str, float | str]]:
    """Return a row of measures for each past cutoff of a series."""
    ds = series.records["ds"]
    cutoffs = pd.date_range(ds.min() + TRAINING, ds.max() - WEEK, freq="7D")
    chosen = np.unique(np.linspace(0, len(cutoffs) - 1, WINDOWS).astype(int))
    for cutoff in cutoffs[chosen]:
        known = series.records.loc[(ds > cutoff - TRAINING) & (ds <= cutoff)]
        ahead = pd.date_range(cutoff + pd.Timedelta(hours=1), periods=HORIZON, freq="h")
        came = series.records.set_index("ds")["y"].reindex(ahead).fillna(0.0).to_numpy()
        if came.sum() > 0:
            yield {"group": series.group, **_measures(series, known, ahead, came)}


def _measures(
    series: Series, known: pd.DataFrame, ahead: pd.DatetimeIndex, came: Floats
) -> dict[str, float]:
    centre = Centre(series.zone)
    history = centre.volume_history(known, series.group, ahead[0].to_pydatetime())
    rows = make_forecast(request(SeriesKind.VOLUME, history, centre=centre)).rows
    yhat, lower, upper = (rows[name].to_numpy() for name in ("yhat", "yhat_lower", "yhat_upper"))
    inside = (came >= lower) & (came <= upper)
    zeros = known.set_index("ds")["y"].reindex(pd.DatetimeIndex(history["ds"])).fillna(0.0)
    as_written = _prophet(volume_preparation(known), ahead)
    filled = pd.DataFrame({"ds": zeros.index.tz_localize(None), "y": zeros.to_numpy()})
    return {
        "wape": _wape(yhat, came),
        "tutorial": _wape(as_written[:, 0], came),
        "zero-filled": _wape(_prophet(filled, ahead)[:, 0], came),
        "mstl": _wape(_mstl(zeros.to_numpy()), came),
        "covered": float(inside.mean()),
        "covered open": float(inside[upper > 0].mean()),
        **{f"open, {level:.0%}": _covered(rows, came, level, upper > 0) for level in LOWER_LEVELS},
        "open hours": float((upper > 0).mean()),
        "width": float((upper - lower).mean()),
        "tutorial width": float((as_written[:, 2] - as_written[:, 1]).mean()),
    }


def _covered(
    rows: pd.DataFrame, came: Floats, level: float, wanted: npt.NDArray[np.bool_]
) -> float:
    lower, upper = (rows[name].to_numpy() for name in bound_names(level))
    return float(((came >= lower) & (came <= upper))[wanted].mean())


def _prophet(prepared: pd.DataFrame, ahead: pd.DatetimeIndex) -> Floats:
    predicted = volume_model(prepared).predict(pd.DataFrame({"ds": ahead.tz_localize(None)}))
    return predicted[["yhat", "yhat_lower", "yhat_upper"]].to_numpy()


def _mstl(counts: Floats) -> Floats:
    try:
        from statsforecast.models import MSTL, AutoETS
    except ImportError:
        return np.full(HORIZON, np.nan)
    model = MSTL([24, 168], trend_forecaster=AutoETS(model="ZZN")).fit(counts)
    return np.asarray(model.predict(HORIZON)["mean"], dtype="float64")


def _wape(yhat: Floats, came: Floats) -> float:
    return float(np.abs(yhat - came).sum() / came.sum())


def table(measured: pd.DataFrame) -> pd.DataFrame:
    """Return means by group, and the ratios that matter."""
    opening = measured.loc[~measured["group"].isin(ALWAYS_OPEN)].assign(group="opening hours")
    everything = pd.concat([measured, opening, measured.assign(group="all")])
    everything["better"] = everything["wape"] < everything[["tutorial", "zero-filled"]].min(axis=1)
    means = everything.groupby("group", sort=False).mean()
    for rival in ("tutorial", "zero-filled", "mstl"):
        means[f"of {rival}"] = means["wape"] / means[rival]
    means["width of tutorial"] = means["width"] / means["tutorial width"]
    kept = ["wape", "of tutorial", "of zero-filled", "of mstl", "better"]
    covered = ["covered", "covered open", *(f"open, {level:.0%}" for level in LOWER_LEVELS)]
    return means[[*kept, *covered, "open hours", "width of tutorial"]]


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    made = [made_series(group, seed) for group in LEVELS for seed in (11, 12)]
    every = [*real_series(folder), *made]
    measured = pd.DataFrame([row for series in every for row in windows(series)])
    sys.stdout.write(table(measured).round(3).to_string() + "\n")


if __name__ == "__main__":
    main()

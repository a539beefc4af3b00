"""How far answer-rate forecasts are from what came: ``python -m tests.bench.accuracy_rates``.

Rolling origin, 24 hours ahead from midnight, 14 and 60 days of training, on the series of the data
folder and on lines and campaigns made here. Or on files of one's own: name CSV files with
``unique_id``, ``ds``, ``offered`` and ``answered``, or another data folder, as arguments.

The tutorial stands in it twice, for what it gives depends on where its hourly grid ends: with the
last record, or at the cutoff, the evening filled with the last rate. Printed for each group and
method: the error weighted by offered calls, averaged over series; its ratio to either; the bias;
and of `auto`, how much of the observed share its bands of 50, 80 and 95 % covered.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from core.errors import DataError
from core.forecasting.forecast import BAND_LEVELS, SeriesKind, bound_names
from core.forecasting.make import make_forecast
from core.forecasting.methods import forecaster_for
from core.forecasting.series import outcomes
from core.history.centre import Centre
from tests.bench import made_rates
from tests.bench.tutorials import answer_rate_procedure
from tests.unit.forecasting.made_series import request

KIND = SeriesKind.ANSWER_RATE
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FILES = {
    "simulated outbound": ("SIMULATED_outbound_answer_rate.csv.gz", range(60, 181, 6)),
    "proxy share": ("bike_registered_share_hourly.csv.gz", range(65, 720, 15)),
}
MADE = {
    "inbound": made_rates.inbound,
    "collapsing": made_rates.collapsing,
    "understaffed": made_rates.understaffed,
    "outbound": made_rates.outbound,
}
METHODS = ("tutorial", "seasonal-naive", "profile", "stl", "regression", "average")
TO_CUTOFF, MEAN = "tutorial, cutoff", "weighted mean"
TRAINING_DAYS = (14, 60)
MADE_SERIES = 8
CUTOFF_DAYS = range(61, 128, 6)
FIRST_DAY, WINDOWS = 60, 40
"""Of a file of one's own: the first cutoff, and about how many for each series."""
HOUR, LEVEL = timedelta(hours=1), 0.95


@dataclass
class Tally:
    """Sums of one method over one series."""

    missed: float = 0.0
    bias: float = 0.0
    offered: float = 0.0
    inside: dict[float, list[bool]] = field(default_factory=lambda: {x: [] for x in BAND_LEVELS})

    def add(self, beside: pd.DataFrame) -> None:
        """Count forecasts beside what came."""
        off = beside["yhat"] - beside["actual"]
        self.missed += float((off.abs() * beside["weight"]).sum())
        self.bias += float((off * beside["weight"]).sum())
        self.offered += float(beside["weight"].sum())
        for level in BAND_LEVELS:
            lower, upper = bound_names(level)
            if lower in beside:
                inside = beside["actual"].between(beside[lower] - 1e-9, beside[upper] + 1e-9)
                self.inside[level] += inside.tolist()


def groups(given: list[Path]) -> Iterator[tuple[str, str, pd.DataFrame, range]]:
    """Yield group, series, records and the days after which to forecast."""
    own = [path for path in given if path.is_file()]
    for path in own:
        for series, records in _series_of(path):
            days = (records["ds"].max() - records["ds"].min().normalize()).days
            yield path.name, series, records, range(FIRST_DAY, days, max(1, days // WINDOWS))
    if own:
        return
    folder = given[0] if given else DATA
    for group, (name, days) in FILES.items():
        if not (folder / name).exists():
            sys.stdout.write(f"{group}: {folder / name} is absent, left out\n")
            continue
        for series, records in _series_of(folder / name):
            yield group, series, records, days
    for group, make in MADE.items():
        for seed in range(MADE_SERIES):
            yield f"made {group}", str(seed), make(seed), CUTOFF_DAYS


def _series_of(path: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    frame = pd.read_csv(path)
    frame["ds"] = pd.to_datetime(frame["ds"], utc=True)
    for series, records in frame.loc[frame["offered"] > 0].groupby("unique_id"):
        yield str(series), records[["ds", "offered", "answered"]].sort_values("ds")


def tallies(records: pd.DataFrame, days: range, training_days: int) -> Mapping[str, Tally]:
    """Return how each method did on one series."""
    first = records["ds"].min().normalize()
    found = {name: Tally() for name in (TO_CUTOFF, *METHODS, MEAN, "auto")}
    for day in days:
        until = first + timedelta(days=day)
        is_past = (records["ds"] < until) & (records["ds"] >= until - timedelta(training_days))
        came = records[(records["ds"] >= until) & (records["ds"] < until + timedelta(days=1))]
        beside = outcomes(came.assign(status="open"), KIND)
        try:
            rows = forecasts(records[is_past], until)
        except DataError:
            continue
        beside = beside[beside["ds"].isin(rows["auto"]["ds"])]
        for name, each in rows.items():
            found[name].add(each.merge(beside, on="ds"))
    return found


def forecasts(past: pd.DataFrame, until: pd.Timestamp) -> Mapping[str, pd.DataFrame]:
    """Return the day after some records by every method, rows with ``ds`` and ``yhat``."""
    centre = Centre()
    history = centre.rate_history(past, "S", until.to_pydatetime())
    asked = request(KIND, history, horizon=24, level=LEVEL, centre=centre)
    rows = {"auto": make_forecast(asked).rows}
    for name in METHODS:
        rows[name] = forecaster_for(KIND, name, centre).forecast(history, 24, LEVEL, 0).rows
    to_cutoff = answer_rate_procedure(past, until - HOUR)
    mean = past["answered"].sum() / past["offered"].sum()
    rows[TO_CUTOFF] = pd.DataFrame({"ds": to_cutoff.index, "yhat": to_cutoff.to_numpy()})
    rows[MEAN] = pd.DataFrame({"ds": to_cutoff.index, "yhat": mean})
    return rows


def main() -> None:
    """Print a table for each group."""
    given = [Path(argument) for argument in sys.argv[1:]]
    for training_days in TRAINING_DAYS:
        by_group: dict[str, list[Mapping[str, Tally]]] = {}
        for group, _, records, days in groups(given):
            found = tallies(records, days, training_days)
            if found["auto"].offered:
                by_group.setdefault(group, []).append(found)
        for group, each in by_group.items():
            _print(f"{group}, {training_days} days", each)


def _print(title: str, found: list[Mapping[str, Tally]]) -> None:
    levels = "".join(f"{f'{level:.0%} band':>10}" for level in BAND_LEVELS)
    sys.stdout.write(
        f"{title}\n{'':<18}{'wMAE':>8}{'of last':>9}{'of cutoff':>10}{'bias':>9}{levels}\n"
    )
    to_last, to_cutoff = _error(found, "tutorial"), _error(found, TO_CUTOFF)
    for name in found[0]:
        error = _error(found, name)
        bias = np.mean([each[name].bias / each[name].offered for each in found])
        covered = ""
        for level in BAND_LEVELS:
            inside = [hour for each in found for hour in each[name].inside[level]]
            covered += f"{np.mean(inside):10.3f}" if inside else ""
        sys.stdout.write(
            f"  {name:<16}{error:8.4f}{error / to_last:9.3f}{error / to_cutoff:10.3f}"
            f"{bias:+9.4f}{covered}\n"
        )
    worst = max(_error([each], "auto") / _error([each], MEAN) for each in found)
    sys.stdout.write(f"  auto of the weighted mean: at worst {worst:.3f}, of {len(found)} series\n")
    sys.stdout.flush()


def _error(found: list[Mapping[str, Tally]], name: str) -> float:
    return float(np.mean([each[name].missed / each[name].offered for each in found]))


if __name__ == "__main__":
    main()

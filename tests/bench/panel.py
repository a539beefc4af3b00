"""100 queues of 90 days to a week ahead, bands included: whole processes from start to end.

The plain procedure is the tutorial's in one process, series after series. It is timed over the
first queues and taken as often as there are queues; its start is counted once.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import pandas as pd

from core.exports.history_csv import write_volume_csv
from tests.bench.measure import Ratio

QUEUES, DAYS = 100, 90
PLAIN_QUEUES = 10
PLAIN = """
import sys
from time import perf_counter
import pandas as pd
from tests.bench.tutorials import volume_model, volume_prediction, volume_preparation
records = pd.read_csv(sys.argv[1], parse_dates=["ds"])
began = perf_counter()
for number in range(int(sys.argv[2])):
    own = records.loc[records["unique_id"] == f"Q{number}", ["ds", "y"]]
    volume_prediction(volume_model(volume_preparation(own)))
print(perf_counter() - began)
"""


def ratios() -> Iterator[Ratio]:
    """Measure the command beside the tutorial's procedure, in turns."""
    with TemporaryDirectory() as place:
        history, out = Path(place) / "history.csv", Path(place) / "forecast.csv"
        history.write_text(write_volume_csv(_queues()), encoding="utf-8")
        command = ["forecast", "volume", "--history", str(history), "--out", str(out)]
        dialcast = str(Path(sys.executable).with_name("dialcast"))
        began = perf_counter()
        subprocess.run([dialcast, *command], check=True, capture_output=True)
        ours = perf_counter() - began
        began = perf_counter()
        run = [sys.executable, "-c", PLAIN, str(history), str(PLAIN_QUEUES)]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
        whole = perf_counter() - began
        fitting = float(done.stdout.split()[-1])
        plain = whole + fitting / PLAIN_QUEUES * (QUEUES - PLAIN_QUEUES)
        yield Ratio(
            "panel, 100 queues, whole process", ours, plain, "default method, bands included"
        )


def _queues() -> dict[str, pd.DataFrame]:
    """Queues of several kinds; hours without a contact have no row, as a tenant returns them."""
    rng = np.random.default_rng(5)
    ds = pd.date_range("2026-08-03T00:00Z", periods=DAYS * 24, freq="h")
    day, hour = ds.day_of_week.to_numpy(), ds.hour.to_numpy()
    queues = {}
    for number in range(QUEUES):
        opens, closes = int(rng.integers(6, 10)), int(rng.integers(16, 22))
        is_open = (hour >= opens) & (hour < closes) & (day < 5 + (number % 3 == 0))
        if number % 10 == 0:
            is_open = np.ones(len(ds), dtype=bool)
        shape = 1.2 + np.sin((hour - 6) / 12 * np.pi) * 0.8
        mean = np.exp(rng.normal(3.0, 1.0)) * shape * rng.gamma(20, 1 / 20, DAYS)[_day_number(ds)]
        counts = rng.poisson(mean * is_open).astype(float)
        queues[f"Q{number}"] = pd.DataFrame({"ds": ds, "y": counts}).loc[counts > 0]
    return queues


def _day_number(ds: pd.DatetimeIndex) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.arange(len(ds)) // 24


if __name__ == "__main__":
    for ratio in ratios():
        sys.stdout.write(f"{ratio}\n")

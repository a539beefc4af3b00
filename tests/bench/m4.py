"""The hourly series of the M4 competition, forecast by the command.

``python -m tests.bench.m4 DIR``. A public set that nothing was fitted to: 414 series, 48 hours
ahead, the command's default method. DIR holds ``Hourly-train.csv`` and ``Hourly-test.csv`` of
github.com/Mcompetitions/M4-methods, there in Dataset/Train and Dataset/Test. Printed: sMAPE, MASE
and OWA as the competition defines them.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import numpy.typing as npt
import pandas as pd

HORIZON, PERIOD = 48, 24
NAIVE2_SMAPE, NAIVE2_MASE = 18.383, 2.395
"""Of the competition's benchmark on these series, as published with its results."""
START = pd.Timestamp("2020-01-06T00:00Z")

Floats = npt.NDArray[np.float64]


def history_csv(train: Floats) -> str:
    """Return the training parts as a volume file, one series after the other."""
    parts = []
    for number, series in enumerate(train):
        known = series[~np.isnan(series)]
        hours = pd.date_range(START, periods=len(known), freq="h").strftime("%Y-%m-%dT%H:%MZ")
        parts.append(pd.DataFrame({"unique_id": f"H{number + 1}", "ds": hours, "y": known}))
    return pd.concat(parts).to_csv(index=False)


def owa(forecast: Floats, came: Floats, train: Floats) -> tuple[float, float, float]:
    """Return sMAPE in per cent, MASE, and the overall weighted average of both."""
    off = np.abs(forecast - came)
    smape = float(np.mean(200.0 * off / (np.abs(forecast) + np.abs(came))))
    scale = np.nanmean(np.abs(train[:, PERIOD:] - train[:, :-PERIOD]), axis=1)
    mase = float(np.mean(off.mean(axis=1) / scale))
    return smape, mase, (smape / NAIVE2_SMAPE + mase / NAIVE2_MASE) / 2.0


def main() -> None:
    """Forecast all series with one command and print how good it was."""
    if len(sys.argv) != 2 or not (folder := Path(sys.argv[1])).is_dir():
        sys.exit(f"Give the folder with the files of the competition.\n\n{__doc__}")
    train, came = (
        pd.read_csv(folder / f"Hourly-{part}.csv", index_col=0).to_numpy(dtype="float64")
        for part in ("train", "test")
    )
    with TemporaryDirectory() as place:
        history, out = Path(place) / "history.csv", Path(place) / "forecast.csv"
        history.write_text(history_csv(train), encoding="utf-8")
        began = perf_counter()
        command = ["forecast", "volume", "--history", history, "--horizon", HORIZON, "--out", out]
        run = [str(Path(sys.executable).with_name("dialcast")), *map(str, command)]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds = perf_counter() - began
        rows = pd.read_csv(out)
    names = [f"H{number + 1}" for number in range(len(train))]
    forecast = rows.pivot_table(index="unique_id", columns="ds", values="yhat", sort=False)
    values = np.array([forecast.loc[name].dropna().to_numpy() for name in names])
    smape, mase, weighted = owa(values, came[:, :HORIZON], train)
    sys.stdout.write(
        f"M4 hourly, {len(train)} series: sMAPE {smape:.2f}, MASE {mase:.3f}, OWA {weighted:.3f}"
        f" in {seconds:.1f} s\n"
    )


if __name__ == "__main__":
    main()

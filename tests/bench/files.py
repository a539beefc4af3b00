"""A file of 414 series with 1000 hours each: read with every line checked, and written."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pandas as pd

from core.exports.history_csv import read_volume_csv, write_volume_csv
from tests.bench.measure import Ratio, compare

SERIES, HOURS = 414, 1000


def ratios() -> Iterator[Ratio]:
    """Measure reading and writing beside what pandas does with the same bytes."""
    hours = pd.date_range("2026-01-01T00:00Z", periods=HOURS, freq="h")
    random = np.random.default_rng(4)
    history = {
        f"H{number}": pd.DataFrame({"ds": hours, "y": random.gamma(2, 50, HOURS)})
        for number in range(SERIES)
    }
    content = write_volume_csv(history).encode()
    size = f"{SERIES} series of {HOURS} hours"
    yield compare(
        "file, read and check",
        lambda: read_volume_csv(content, file_name="F.csv"),
        lambda: pd.read_csv(BytesIO(content)),
        repeats=3,
        note=f"{size}; plain is pandas.read_csv, which leaves times as texts",
    )
    yield compare(
        "file, read and check, beside parsed times",
        lambda: read_volume_csv(content, file_name="F.csv"),
        lambda: pd.read_csv(BytesIO(content), parse_dates=["ds"]),
        repeats=3,
        note="plain is pandas.read_csv with the times parsed and nothing checked",
    )
    whole = pd.concat(history).rename_axis(["unique_id", None]).reset_index(level=0)
    yield compare(
        "file, write",
        lambda: write_volume_csv(history),
        lambda: whole.to_csv(index=False),
        repeats=3,
        note=size,
    )

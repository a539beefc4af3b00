"""Timing one thing against another in the same run, so that the machine's mood cancels out."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Ratio:
    """How long the product takes beside a plain procedure.

    Parameters
    ----------
    what : str
        What was measured.
    ours, plain : float
        Medians. Unit: seconds.
    note : str
        What the reader should know.
    """

    what: str
    ours: float
    plain: float
    note: str = ""

    def __str__(self) -> str:
        ratio = self.ours / self.plain
        times = f"{self.ours * 1e3:9.1f} ms {self.plain * 1e3:9.1f} ms {ratio:7.2f}"
        return f"{self.what:<44} {times}  {self.note}".rstrip()


HEADING = f"{'':<44} {'ours':>12} {'plain':>12} {'ratio':>7}"


def compare(
    what: str,
    ours: Callable[[], object],
    plain: Callable[[], object],
    repeats: int = 5,
    note: str = "",
) -> Ratio:
    """Return medians of both, taken in turns after one run of each that does not count."""
    ours()
    plain()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for work, taken in zip((ours, plain), times, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    return Ratio(what, median(times[0]), median(times[1]), note)

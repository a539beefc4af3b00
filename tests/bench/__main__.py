"""Benchmarks, as ratios against the tutorials' procedure: ``python -m tests.bench``.

Each module of this folder measures one thing and yields its ratios; a new one is a line in
`BENCHMARKS`.
"""

import sys

from tests.bench import answer_rate, files, pacing, pages, panel, requests_used, volume
from tests.bench.measure import HEADING

BENCHMARKS = (
    answer_rate,
    volume,
    panel,
    pages,
    files,
    pacing,
    requests_used,
)


def main() -> None:
    """Print every ratio as soon as it is known."""
    sys.stdout.write(HEADING + "\n")
    for benchmark in BENCHMARKS:
        for ratio in benchmark.ratios():
            sys.stdout.write(f"{ratio}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

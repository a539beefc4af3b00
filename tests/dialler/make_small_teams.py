"""Make the table of small teams anew: ``python -m tests.dialler.make_small_teams``, half an hour.

Values are the long run of `core.pacing.small_team_chain`, made to rise with calls per agent and
with the answer rate. Beyond a quarter abandoned nobody looks, so that nothing is solved there.
"""

from pathlib import Path

import numpy as np

from core.pacing import small_teams
from core.pacing.small_team_chain import long_run

AGENTS = (*range(1, 13), 14, 16, 18, 20, 24, 28, 32)
CALLS = (
    *(1, 1.25, 1.34, 1.5, 1.67, 1.75, 1.99, 2, 2.25, 2.34, 2.5, 2.67, 2.75, 2.99),
    *(3, 3.25, 3.34, 3.5, 3.67, 3.99, 4, 4.34, 4.5, 4.67, 5, 5.5, 6, 6.5, 7, 8),
    *(9, 10, 11, 12, 13.5, 15),
)
RATES = np.geomspace(0.02, 0.8, 13)
RATIOS = np.geomspace(0.02, 0.4, 6)
LINE_SECONDS = 21.0
TOO_MANY = 0.25


def main() -> None:
    """Write the table beside the module that reads it."""
    shape = (len(AGENTS), len(CALLS), len(RATES), len(RATIOS))
    abandoned, busy = np.zeros(shape), np.zeros(shape)
    for team, agents in enumerate(AGENTS):
        for rate, ratio in np.ndindex(len(RATES), len(RATIOS)):
            for step, calls in enumerate(CALLS):
                place, before = (team, step, rate, ratio), (team, step - 1, rate, ratio)
                if step and abandoned[before] > TOO_MANY:
                    abandoned[place], busy[place] = max(0.5, abandoned[before]), busy[before]
                    continue
                handle = LINE_SECONDS / RATIOS[ratio]
                told = long_run(agents, RATES[rate], LINE_SECONDS, handle, calls)
                abandoned[place], busy[place] = told.abandon_rate, told.occupancy
    abandoned = np.clip(abandoned, 1e-6, 0.9)
    for axis in (1, 2):
        abandoned = np.maximum.accumulate(abandoned, axis=axis)
        busy = np.maximum.accumulate(busy, axis=axis)
    np.savez_compressed(
        Path(small_teams.__file__).with_name(small_teams.TABLE),
        agents=np.array(AGENTS, dtype="int16"),
        calls=np.array(CALLS),
        rate=RATES,
        ratio=RATIOS,
        log_abandon=np.round(np.log(abandoned) * 1000).astype("int16"),
        occupancy=np.round(busy * 10000).astype("int16"),
    )


if __name__ == "__main__":
    main()

"""Work on many series, of which some may refuse: the others are done all the same.

A refusal is named with its series and never passed over; nothing is decided here about what is
worth a refusal.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.cli.output import note
from core.errors import DashboardError, DataError, TenantRefused

Made = TypeVar("Made")
MOST_PROGRESS_LINES = 20
UNAUTHORISED = 401


@dataclass(frozen=True, slots=True)
class Refused:
    """A series without a result.

    Parameters
    ----------
    series_id : str
        Campaign or queue.
    error : DashboardError
        Why.
    """

    series_id: str
    error: DashboardError


@dataclass(frozen=True, slots=True)
class Harvest(Generic[Made]):
    """What became of many series, in their order."""

    made: tuple[Made, ...]
    refused: tuple[Refused, ...]

    def require_some(self) -> None:
        """Name every refusal on standard error, and raise where there is nothing else.

        Raises
        ------
        DashboardError
            The refusal of a single series itself; else how many there are.
        """
        if not self.made and len(self.refused) == 1:
            raise self.refused[0].error
        for each in self.refused:
            note(f"refused: {each.series_id}: {each.error}")
        if not self.made:
            raise DataError(f"None of the {len(self.refused)} series could be used.")

    def refusals(self) -> list[dict[str, str]]:
        """Return the refusals as a document names them."""
        return [{"seriesId": each.series_id, "reason": str(each.error)} for each in self.refused]


def harvest(
    series_ids: Sequence[str], outcomes: Iterable["Made | DashboardError"]
) -> Harvest[Made]:
    """Collect what became of some series, and tell how far it is.

    Parameters
    ----------
    series_ids : sequence of str
        In the order of `outcomes`.
    outcomes : iterable
        A result or the reason why there is none; taken one by one, as they come.
    """
    made: list[Made] = []
    refused: list[Refused] = []
    count = len(series_ids)
    for number, (series_id, outcome) in enumerate(zip(series_ids, outcomes, strict=True), start=1):
        if isinstance(outcome, DashboardError):
            refused.append(Refused(series_id, outcome))
        else:
            made.append(outcome)
        told = number * MOST_PROGRESS_LINES // count > (number - 1) * MOST_PROGRESS_LINES // count
        if count > 1 and told:
            note(f"{number} of {count} series")
    return Harvest(tuple(made), tuple(refused))


def attempt(action: Callable[[], Made]) -> "Made | DashboardError":
    """Return what an action makes, or why this series has nothing.

    A tenant that refuses one series may have the others; one that does not answer, or does not
    know us, is no matter of one series and is raised.
    """
    try:
        return action()
    except (DataError, TenantRefused) as error:
        if getattr(error, "status", None) == UNAUTHORISED:
            raise
        return error

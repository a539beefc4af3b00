"""The four numbers of the first page, each with where it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import median

from core.charts.numbers import GAP, NARROW, count, ratio, relative, share
from core.charts.picture import Look
from core.charts.times import clock_time, duration
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.methods import BASELINE
from core.screens.overview_campaigns import BestHour
from core.screens.overview_day import Day, Reference
from core.screens.overview_needs import Waiting, fit
from core.workflow.proposal import ProposalState

PAGES: Mapping[SeriesKind, tuple[str, str]] = {
    SeriesKind.ANSWER_RATE: ("pages/answer_rate.py", "campaign"),
    SeriesKind.VOLUME: ("pages/queue_volume.py", "queue"),
}
"""Where a series is shown, and the parameter that selects it."""


@dataclass(frozen=True, slots=True)
class TileWords:
    """A number, what it means, and where it leads.

    Parameters
    ----------
    label, value, note : str
        What it is, the number with its unit, and a line under it.
    states : mapping of ProposalState to int
        Drawn as badges.
    link, page : str
        What the link says and the page that it opens; empty for none.
    selection : mapping of str to str
        What is selected there.
    help : str
        What the number counts.
    """

    label: str
    value: str
    note: str = ""
    states: Mapping[ProposalState, int] = field(default_factory=dict)
    link: str = ""
    page: str = ""
    selection: Mapping[str, str] = field(default_factory=dict)
    help: str = ""


def proposals_tile(waiting: Waiting, now: datetime) -> TileWords:
    """Return the proposals that need somebody, by state, and how old the oldest is."""
    if not waiting.proposals:
        return TileWords("Open proposals", "None", "Nothing waits for a decision or a push.")
    oldest = waiting.proposals[0]
    age = duration(now - oldest.created_at)
    return TileWords(
        "Open proposals",
        f"{len(waiting.proposals)}, oldest {age}",
        states=waiting.by_state,
        link="Review the oldest",
        page="pages/review.py",
        selection={"proposal": oldest.proposal_id},
        help="Waiting for a decision or a push, or ended badly and not followed by another.",
    )


def forecasts_tile(forecasts: Sequence[Forecast], series: int, now: datetime) -> TileWords:
    """Return how many series have a forecast fit to use, and what these were worth.

    Parameters
    ----------
    forecasts : sequence of Forecast
        The newest of each series.
    series : int
        How many series there are that have anything to forecast.
    now : datetime
        Aware.
    """
    usable = fit(forecasts, now)
    oldest = min(forecasts, key=lambda each: each.made_at, default=None)
    tile = TileWords(
        "Forecasts fit to use (under 6 h old)",
        f"{len(usable)} of {series}",
        _worth(usable),
        help="Coverage is weighted by hours; the error is the median over series of the method's"
        " error over the baseline's. Both are of past cutoffs.",
    )
    if oldest is None or oldest in usable:
        return tile
    page, param = PAGES[oldest.kind]
    return replace(
        tile,
        link=f"Show the oldest, {oldest.series_name}",
        page=page,
        selection={param: oldest.series_id},
    )


def contacts_tile(day: Day, most_unusual: tuple[str, str] | None, look: Look) -> TileWords:
    """Return how many contacts came today, beside what was expected of the same hours."""
    if day.complete_to is None:
        return TileWords("Contacts today so far", GAP, "No history was read yet.")
    label = f"Contacts today to {clock_time(day.complete_to, look.zone)}, all queues"
    came = float(day.actual.sum().sum())
    both, beside = (float(frame.sum().sum()) for frame in day.compared())
    is_forecast = day.reference is Reference.FORECAST
    of_what = "forecast" if is_forecast else "in the same hours last week"
    since = f" since {clock_time(day.since, look.zone)}" if day.since else ""
    note = "nothing to compare with yet"
    if beside:
        note = f"{relative(both / beside - 1)} on the {count(beside)} {of_what}{since}"
    link = f"Show {most_unusual[1]}" if most_unusual else ""
    return TileWords(
        label,
        count(came),
        note,
        link=link,
        page="pages/queue_volume.py" if most_unusual else "",
        selection={"queue": most_unusual[0]} if most_unusual else {},
    )


def next_tile(best: BestHour | None) -> TileWords:
    """Return the campaign with the highest answer rate in the coming hours."""
    if best is None:
        return TileWords("Next: highest answer rate", GAP, "No campaign has a forecast ahead.")
    return TileWords(
        f"Next: answers are highest for {best.name}",
        best.rate,
        f"{best.hour}, {f'band {best.band}{NARROW}%' if best.band else 'without a band'}",
        link=f"Plan {best.name}",
        page="pages/pacing.py",
        selection={"campaign": best.campaign_id},
        help="Over all campaigns, within the next four hours in which they call.",
    )


def _worth(usable: Sequence[Forecast]) -> str:
    scored = [(each, each.scores_of(each.method)) for each in usable]
    held = [
        (own.coverage * own.hours, own.hours)
        for _, own in scored
        if own is not None and own.coverage is not None
    ]
    relative_errors = [
        own.error / baseline.error
        for each, own in scored
        if own is not None
        and own.error is not None
        and (baseline := each.scores_of(BASELINE)) is not None
        and baseline.error
    ]
    hours = sum(number for _, number in held)
    levels = {each.level for each in usable}
    parts = []
    if hours and len(levels) == 1:
        inside = share(sum(inside for inside, _ in held) / hours)
        parts.append(f"{inside} inside the {share(levels.pop(), 0)} band")
    if relative_errors:
        parts.append(f"error {ratio(median(relative_errors))} of baseline")
    return " · ".join(parts) or "their worth is not measured yet"

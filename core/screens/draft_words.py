"""The sentences and rows of Campaign drafts, each built from what a draft holds."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pandas as pd

from core.charts.numbers import count, per_hour
from core.charts.picture import Look
from core.charts.times import clock_span, day, day_time, moment_text
from core.forecasting.forecast import Forecast
from core.pacing.recommendation import CampaignDraft, LowVolumeWindow
from core.pacing.windows import LowVolume
from core.screens.forecast_page import method_words
from core.screens.moments import length_words
from core.screens.proposing import Effect
from core.screens.worth import worth_of
from core.workflow.plan import Plan, PlanKind

WINDOW_COLUMNS = ("day", "window", "hours", "expected", "threshold")


def headline_of(forecast: Forecast, draft: CampaignDraft) -> str:
    """Return how much room there is, in one sentence."""
    room = f"{forecast.series_name}: {room_of(draft.windows)}"
    if draft.template is not None:
        return f"{room}; a copy of {draft.template.name} would use it"
    return f"{room}; room for up to {count(calls_of(draft))} calls"


def room_of(windows: Sequence[LowVolumeWindow]) -> str:
    """Return how many windows are ahead, and how long they are in all."""
    number = len(windows)
    told = "1 low-volume window" if number == 1 else f"{count(number)} low-volume windows"
    return f"{told} ahead, {_length(windows)} in all"


def provenance_of(forecast: Forecast, look: Look) -> str:
    """Return where the page's numbers come from, in one line."""
    model = method_words(forecast.kind, forecast.method)
    return " · ".join(
        (
            "Contacts per hour",
            moment_text(look.now, look.zone),
            f"model {model}, cutoff {day_time(forecast.cutoff, look.zone)}",
            f"forecast made {day_time(forecast.made_at, look.zone)}",
        )
    )


def chart_title_of(low: LowVolume) -> str:
    """Return what the picture shows."""
    return f"{_length(low.windows)} with under {per_hour(low.threshold)} contacts expected each"


def windows_of(low: LowVolume, zone: ZoneInfo) -> pd.DataFrame:
    """Return a row of texts for each window; columns of `WINDOW_COLUMNS`."""
    return pd.DataFrame(
        [
            {
                "day": day(window.start, zone),
                "window": clock_span(window.start, window.end, zone),
                "hours": f"{window.hours:g}",
                "expected": per_hour(window.expected_contacts),
                "threshold": f"under {per_hour(low.threshold)}",
            }
            for window in low.windows
        ],
        columns=list(WINDOW_COLUMNS),
    )


def effects_of(draft: CampaignDraft) -> tuple[Effect, ...]:
    """Return what creating the draft does, line by line."""
    if draft.template is not None:
        return (
            Effect("Creates the campaign", draft.name),
            Effect("Copied from", draft.template.name, "list, script, caller, phone columns"),
            Effect("Status", "off", "it dials nobody until its schedule is approved and pushed"),
            Effect(
                "Windows",
                f"{len(draft.windows)}",
                f"{_length(draft.windows)} in all, as a second proposal",
            ),
        )
    return (
        Effect("Creates the campaign", draft.name),
        Effect("Status", str(draft.payload["status"]), "it dials nobody until somebody starts it"),
        Effect("Windows", f"{len(draft.windows)}", f"{_length(draft.windows)} in all"),
        Effect(
            "Calls, at most",
            f"{count(draft.payload['maxCallsPerHour'])} an hour",
            f"{count(calls_of(draft))} over all windows",
        ),
    )


def known_of(forecast: Forecast, callable_time: str) -> tuple[str, ...]:
    """Return what whoever proposes should know."""
    within = f"; windows stay within {callable_time}" if callable_time else ""
    return (
        "Low is what lies under the quarter of the open, callable hours with the fewest contacts"
        f" expected{within}.",
        worth_of(forecast),
        *forecast.warnings,
    )


def calls_of(draft: CampaignDraft) -> float:
    """Return how many calls all windows have room for. Unit: calls."""
    hours = sum(window.hours for window in draft.windows)
    return hours * float(draft.payload["maxCallsPerHour"])


def is_on_queue(plan: Plan, queue_id: str) -> bool:
    """Whether a plan creates a campaign for a queue."""
    return plan.kind is PlanKind.CAMPAIGN and plan.evidence.get("queueId") == queue_id


def lowered(sentence: str) -> str:
    """Return a sentence for the end of another.

    Examples
    --------
    >>> lowered("The forecast has no low-volume hour.")
    'the forecast has no low-volume hour'
    """
    return f"{sentence[:1].lower()}{sentence[1:]}".rstrip(".")


def _length(windows: Sequence[LowVolumeWindow]) -> str:
    return length_words(sum(window.hours for window in windows))

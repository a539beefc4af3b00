"""A campaign draft for low-volume windows, with the payload exactly as the tutorial has it.

A draft is off: it is created with status DRAFT and dials nobody. Nothing is sent from here, and
whether the name is taken already is not known here.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.documents import JsonObject
from core.errors import DataError, SettingsError, UsageError
from core.pacing.forecast_source import ForecastSource
from core.pacing.recommendation import CampaignDraft, LowVolumeWindow

DEFAULT_DRAFT_NAME = "Forecast-Driven Wrap-Up Campaign"
"""The tutorial's name for the campaign."""
DEFAULT_CALLS_PER_HOUR = 50
"""The tutorial's pace of the campaign. Unit: calls an hour."""


def draft_campaign(
    forecast: ForecastSource,
    windows: Sequence[LowVolumeWindow],
    *,
    queue_id: str,
    organisation: str | None,
    threshold: float,
    name: str = DEFAULT_DRAFT_NAME,
    max_calls_per_hour: int = DEFAULT_CALLS_PER_HOUR,
) -> CampaignDraft:
    """Return a campaign draft with one schedule entry for each window.

    Parameters
    ----------
    forecast : ForecastSource
        The forecast that the windows were found in.
    windows : sequence of LowVolumeWindow
        At least one.
    queue_id : str
        The queue whose low hours they are.
    organisation : str or None
        The call centre that the draft names, from the setting ``GENESYS_ENVIRONMENT``.
    threshold : float
        Under which the windows' hours lie. Unit: contacts an hour.
    name : str
        The campaign's name.
    max_calls_per_hour : int
        Unit: calls an hour.

    Returns
    -------
    CampaignDraft
        Times in the payload are in UTC and say so (``+00:00``).

    Raises
    ------
    SettingsError
        If the organisation is not set.
    DataError
        If there is no window.
    UsageError
        If the name is blank, or fewer than one call an hour is asked for.
    """
    _refuse_impossible(windows, organisation, name, max_calls_per_hour)
    payload: JsonObject = {
        "name": name,
        "description": _description(forecast, len(windows), threshold),
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": max_calls_per_hour,
        "schedule": [_schedule_entry(window) for window in windows],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": organisation},
    }
    return CampaignDraft(
        queue_id=queue_id,
        name=name,
        threshold=threshold,
        windows=tuple(windows),
        payload=payload,
        forecast_id=forecast.forecast_id,
        forecast_method=forecast.method,
        forecast_cutoff=forecast.cutoff,
        forecast_made_at=forecast.made_at,
        warnings=forecast.warnings,
    )


def _refuse_impossible(
    windows: Sequence[LowVolumeWindow],
    organisation: str | None,
    name: str,
    max_calls_per_hour: int,
) -> None:
    if not (organisation or "").strip():
        raise SettingsError(
            "A campaign draft names its organisation, and GENESYS_ENVIRONMENT is not set.",
            "Set GENESYS_ENVIRONMENT to the organisation's name.",
        )
    if not windows:
        raise DataError(
            "There is no low-volume window to draft a campaign for.", "Forecast further ahead."
        )
    if not name.strip() or max_calls_per_hour < 1:
        raise UsageError(
            f'A campaign "{name}" with {max_calls_per_hour} calls an hour cannot be drafted.',
            "Give it a name and at least 1 call an hour.",
        )


def _description(forecast: ForecastSource, windows: int, threshold: float) -> str:
    return (
        f"{windows} low-volume {'window' if windows == 1 else 'windows'} of"
        f" {forecast.series_name}, forecast by {forecast.method} from history up to"
        f" {_offset_time(forecast.cutoff)}; threshold: {threshold:.1f}"
    )


def _schedule_entry(window: LowVolumeWindow) -> JsonObject:
    return {
        "startDateTime": _offset_time(window.start),
        "endDateTime": _offset_time(window.end),
        "repeat": "NONE",
    }


def _offset_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")

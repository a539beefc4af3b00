"""The draft's payload, exactly as the tutorial has it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.errors import DataError, SettingsError, UsageError
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.draft import DEFAULT_DRAFT_NAME, draft_campaign
from core.pacing.recommendation import CampaignDraft, LowVolumeWindow

EVENING = datetime(2026, 11, 23, 19, tzinfo=ZoneInfo("Europe/Berlin"))
WINDOWS = (
    LowVolumeWindow(EVENING, EVENING + timedelta(hours=2), 4.5),
    LowVolumeWindow(EVENING + timedelta(days=1), EVENING + timedelta(days=1, hours=1), 5.0),
)


@pytest.fixture
def forecast(forecast_of: Callable[..., Forecast]) -> Forecast:
    return forecast_of([4.0, 5.0], kind=SeriesKind.VOLUME, warnings=("Short history.",))


def draft(forecast: Forecast, **changes: Any) -> CampaignDraft:
    asked = {"queue_id": "Q1", "organisation": "acme", "threshold": 12.345, **changes}
    return draft_campaign(forecast, asked.pop("windows", WINDOWS), **asked)


def test_the_payload_is_the_tutorials_with_one_schedule_entry_a_window(forecast: Forecast) -> None:
    payload = draft(forecast).payload
    description = payload.pop("description")
    assert payload == {
        "name": "Forecast-Driven Wrap-Up Campaign",
        "type": "OUTBOUND",
        "status": "DRAFT",
        "maxCallsPerHour": 50,
        "schedule": [
            {
                "startDateTime": "2026-11-23T18:00:00+00:00",
                "endDateTime": "2026-11-23T20:00:00+00:00",
                "repeat": "NONE",
            },
            {
                "startDateTime": "2026-11-24T18:00:00+00:00",
                "endDateTime": "2026-11-24T19:00:00+00:00",
                "repeat": "NONE",
            },
        ],
        "dialingMode": "PREDICTIVE",
        "callCenter": {"id": "acme"},
    }
    assert description.endswith("threshold: 12.3")


def test_the_draft_says_what_it_was_made_from(forecast: Forecast) -> None:
    made = draft(forecast, name="Evening", max_calls_per_hour=20)
    assert (made.name, made.payload["name"]) == ("Evening", "Evening")
    assert made.payload["maxCallsPerHour"] == 20
    assert (made.queue_id, made.forecast_id, made.forecast_method) == ("Q1", "F-1", "stl")
    assert made.forecast_made_at == datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert made.windows == WINDOWS
    assert made.warnings == ("Short history.",)


@pytest.mark.parametrize("organisation", [None, "", "  "])
def test_without_an_organisation_the_setting_is_named(
    organisation: str | None, forecast: Forecast
) -> None:
    with pytest.raises(SettingsError, match="GENESYS_ENVIRONMENT"):
        draft(forecast, organisation=organisation)


def test_without_a_window_there_is_no_draft(forecast: Forecast) -> None:
    with pytest.raises(DataError, match="no low-volume window"):
        draft(forecast, windows=())


@pytest.mark.parametrize("changes", [{"name": " "}, {"max_calls_per_hour": 0}])
def test_a_nameless_or_silent_campaign_is_refused(
    changes: dict[str, Any], forecast: Forecast
) -> None:
    with pytest.raises(UsageError):
        draft(forecast, **changes)


def test_the_name_by_default_is_the_tutorials() -> None:
    assert DEFAULT_DRAFT_NAME == "Forecast-Driven Wrap-Up Campaign"

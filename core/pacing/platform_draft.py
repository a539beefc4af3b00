"""A campaign draft as a copy of a campaign that exists, for the platform's dialect.

Whom it calls, what agents see, who the caller is: all of that is copied from the template and
nothing is invented. The copy is off and has no schedule; nothing is sent from here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from core.campaigns import WHOLE_PACE, CampaignSnapshot, with_one_pace
from core.documents import JsonObject
from core.errors import DataError, UsageError
from core.pacing.forecast_source import ForecastSource
from core.pacing.recommendation import CampaignDraft, LowVolumeWindow

LONGEST_NAME = 64
"""What the platform takes. Unit: characters."""
NOT_COPIED = frozenset(
    {
        "id",
        "name",
        "version",
        "campaignStatus",
        "dateCreated",
        "dateModified",
        "createdBy",
        "modifiedBy",
        "errors",
        "selfUri",
    }
)
"""Written by the tenant alone, or the draft's own."""
OFF = "off"

_REFERENCE = frozenset({"id", "name", "selfUri"})
_ALWAYS = ("contactList", "dialingMode", "phoneColumns", "callerName", "callerAddress")
_PACED = ("power", "predictive")


def draft_from_template(
    forecast: ForecastSource,
    windows: Sequence[LowVolumeWindow],
    template: CampaignSnapshot,
    *,
    queue_id: str,
    threshold: float,
    name: str,
) -> CampaignDraft:
    """Return a campaign draft that is a copy of a template, off and without a schedule.

    Parameters
    ----------
    forecast : ForecastSource
        The forecast that the windows were found in.
    windows : sequence of LowVolumeWindow
        At least one; they become a schedule of their own once the draft is there.
    template : CampaignSnapshot
        What is copied, just read.
    queue_id : str
        The queue whose low hours they are; the calls go to the template's queue.
    threshold : float
        Under which the windows' hours lie. Unit: contacts an hour.
    name : str
        The campaign's name.

    Raises
    ------
    DataError
        If there is no window.
    UsageError
        If the name cannot be, or the template lacks what the platform requires.
    """
    if not windows:
        raise DataError(
            "There is no low-volume window to draft a campaign for.", "Forecast further ahead."
        )
    if not name.strip() or len(name) > LONGEST_NAME:
        raise UsageError(
            f'A campaign cannot be named "{name}".', f"Give it 1 to {LONGEST_NAME} characters."
        )
    missing = missing_fields(template.document)
    if missing:
        raise UsageError(
            f"{template.name} cannot be copied: it has no {', no '.join(missing)}.",
            "Choose another template, or complete this one in Genesys Cloud.",
        )
    return CampaignDraft(
        queue_id=queue_id,
        name=name,
        threshold=threshold,
        windows=tuple(windows),
        payload={"name": name, **copied_fields(template.document), "campaignStatus": OFF},
        forecast_id=forecast.forecast_id,
        forecast_method=forecast.method,
        forecast_cutoff=forecast.cutoff,
        forecast_made_at=forecast.made_at,
        warnings=forecast.warnings,
        template=template,
    )


def copied_fields(document: Mapping[str, Any]) -> JsonObject:
    """Return the fields of a campaign that a copy has too, references by their id alone.

    Examples
    --------
    >>> copied_fields({"id": "c-1", "priority": 2, "queue": {"id": "q-1", "name": "Billing"}})
    {'priority': 2, 'queue': {'id': 'q-1'}}
    >>> copied_fields({"maxCallsPerAgent": 2, "maxCallsPerAgentDecimal": 2.35})
    {'maxCallsPerAgent': 2.35}
    """
    copied = {
        key: _copied(value)
        for key, value in document.items()
        if key not in NOT_COPIED and value is not None
    }
    one = with_one_pace(copied)
    pace = one.get(WHOLE_PACE)
    if isinstance(pace, float) and pace.is_integer():
        one[WHOLE_PACE] = int(pace)
    return one


def missing_fields(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that the platform requires of a campaign and that a template lacks.

    Examples
    --------
    >>> missing_fields({"dialingMode": "agentless", "contactList": {"id": "l-1"}})
    ('phoneColumns', 'callerName', 'callerAddress', 'site', 'callAnalysisResponseSet',
    'outboundLineCount')
    """
    mode = str(document.get("dialingMode", "")).lower()
    needed = list(_ALWAYS)
    if mode != "agentless":
        needed += ["queue", "script"]
    if mode != "preview":
        needed += ["site", "callAnalysisResponseSet"]
    if mode in _PACED:
        needed.append("abandonRate")
    if mode == "agentless":
        needed.append("outboundLineCount")
    has_edges = bool(document.get("edgeGroup"))
    return tuple(
        field
        for field in needed
        if document.get(field) in (None, "", [], {}) and not (field == "site" and has_edges)
    )


def _copied(value: Any) -> Any:
    if isinstance(value, list):
        return [_copied(each) for each in value]
    if isinstance(value, Mapping):
        if "id" in value and _REFERENCE.issuperset(value):
            return {"id": value["id"]}
        return {key: _copied(inner) for key, inner in value.items()}
    return value

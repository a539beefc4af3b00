"""Assessments and drift reports as JSON text of the store, and back."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.forecasting.assessment import Assessment, AssessmentSource, MethodAssessment
from core.forecasting.by_lead import LeadScore
from core.forecasting.drift import DriftReport, DriftState
from core.forecasting.drift_triggers import DriftFinding, Trigger
from core.forecasting.forecast import Scores, SeriesKind


def assessment_text(assessment: Assessment) -> str:
    """Return an assessment as JSON; `assessment_from` is its inverse."""
    return _text(asdict(assessment))


def assessment_from(text: str) -> Assessment:
    """Return the assessment of a JSON text."""
    document = json.loads(text)
    methods = tuple(
        MethodAssessment(
            Scores(**each["scores"]),
            tuple(LeadScore(**lead) for lead in each["by_lead"]),
            tuple(each["by_hour"]),
        )
        for each in document["methods"]
    )
    return Assessment(
        **document
        | {
            "source": AssessmentSource(document["source"]),
            "kind": SeriesKind(document["kind"]),
            "made_at": _moment(document["made_at"]),
            "since": _moment(document["since"]),
            "until": _moment(document["until"]),
            "methods": methods,
            "refused": tuple(document["refused"]),
        }
    )


def drift_text(report: DriftReport) -> str:
    """Return a drift report as JSON; `drift_from` is its inverse."""
    return _text(asdict(report))


def drift_from(text: str) -> DriftReport:
    """Return the drift report of a JSON text."""
    document = json.loads(text)
    findings = tuple(
        DriftFinding(
            **each | {"trigger": Trigger(each["trigger"]), "since": _moment(each["since"])}
        )
        for each in document["findings"]
    )
    return DriftReport(
        **document
        | {
            "kind": SeriesKind(document["kind"]),
            "checked_at": _moment(document["checked_at"]),
            "state": DriftState(document["state"]),
            "findings": findings,
        }
    )


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the store")


def _moment(text: str | None) -> Any:
    return datetime.fromisoformat(text) if text else None

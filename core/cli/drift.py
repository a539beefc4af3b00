"""Which stored forecasts to retrain, and why: scored on what came since.

What is new is read first; nothing is forecast here. What was found is stored, so that the pages
show the same.
"""

from argparse import Namespace
from functools import partial

from core.bootstrap import Services
from core.charts import numbers
from core.cli.connection import connected
from core.cli.exit_codes import DONE
from core.cli.output import note, print_document, say, table
from core.cli.series import attempt, harvest
from core.documents import JsonObject
from core.errors import DataError, RecordNotFound
from core.exports.json_values import json_value
from core.forecasting.drift import DriftReport, DriftState
from core.forecasting.forecast import Forecast, SeriesKind

ORDER = (DriftState.RETRAIN, DriftState.WATCH, DriftState.SOUND, DriftState.UNKNOWN)
CALM = {
    DriftState.SOUND: "nothing is off beyond chance",
    DriftState.UNKNOWN: "too few hours have come since it was stored",
}


def drift(arguments: Namespace) -> int:
    """Score stored forecasts and say which to retrain."""
    with connected(arguments) as services:
        series = _series(services, arguments.queues or ())
        for kind in SeriesKind:
            ids = [series_id for each, series_id in series if each is kind]
            if ids:
                refused = services.history.refresh_many(kind, ids).refused
                for series_id, error in refused.items():
                    note(f"not read anew: {series_id}: {error}")
        checks = [attempt(partial(services.scoring.check, *each)) for each in series]
        found = harvest([series_id for _, series_id in series], checks)
    found.require_some()
    reports = sorted(found.made, key=lambda each: ORDER.index(each.state))
    if arguments.as_json:
        print_document(
            {"drift": [_document(each) for each in reports], "refused": found.refusals()}
        )
    else:
        _tell(reports)
    return DONE


def _series(services: Services, queues: tuple[str, ...]) -> list[tuple[SeriesKind, str]]:
    """Return the queues that are named, or everything that has a stored forecast."""
    with services.unit_of_work() as work:
        stored: list[Forecast] = [
            made for kind in SeriesKind for made in work.forecasts.latest_of_all(kind)
        ]
    known = [(made.kind, made.series_id) for made in stored]
    if not queues:
        if not known:
            raise DataError(
                "No forecast is stored, so there is none to score.",
                "Make one first with `dialcast forecast`.",
            )
        return known
    missing = [each for each in queues if (SeriesKind.VOLUME, each) not in known]
    if missing:
        raise RecordNotFound(
            f"There is no stored volume forecast of {', '.join(missing)}.",
            "Make one first: `dialcast forecast volume --queue ID`.",
        )
    return [(SeriesKind.VOLUME, each) for each in dict.fromkeys(queues)]


def _document(report: DriftReport) -> JsonObject:
    return {
        "kind": report.kind.value,
        "seriesId": report.series_id,
        "seriesName": report.series_name,
        "state": report.state.value,
        "retrain": report.needs_retraining,
        "reasons": list(report.reasons),
        "checkedAt": report.checked_at.isoformat(),
        "forecastId": report.forecast_id,
        "method": report.method,
        "requestedMethod": report.requested_method,
        "hours": report.hours,
        "error": report.error,
        "findings": [
            {
                "trigger": each.trigger.value,
                "raised": each.is_raised,
                "sentence": each.sentence,
                "measured": json_value(each.measured),
                "limit": json_value(each.limit),
                "since": each.since.isoformat() if each.since else None,
            }
            for each in report.findings
        ],
    }


def _tell(reports: list[DriftReport]) -> None:
    rows = [
        (
            each.series_name,
            each.kind.value,
            each.state.value,
            str(each.hours),
            numbers.share(each.error),
            (each.reasons or (CALM.get(each.state, ""),))[0],
        )
        for each in reports
    ]
    say(table(("series", "kind", "state", "hours", "error", "why"), rows, right="lllrr"))
    retrain = [each.series_name for each in reports if each.needs_retraining]
    say()
    if retrain:
        say(f"To retrain: {', '.join(retrain)}. `dialcast forecast` makes a new one.")
    else:
        say("None is to be retrained.")

"""Forecasts of answer rates and volumes, from a tenant or from a file.

A forecast of a tenant's series is stored, one from a file is not. A series that cannot be
forecast is named and does not stop the others.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from core.charts import numbers
from core.cli.exit_codes import DONE
from core.cli.output import facts, note, print_document, say, table, time_text, write_file
from core.cli.series import Harvest
from core.documents import JsonObject
from core.errors import UsageError
from core.exports.forecast_csv import write_forecast_csv
from core.exports.forecast_json import BASELINE, forecast_document, forecasts_document
from core.exports.json_values import json_text
from core.forecasting.adjustments import Adjustment
from core.forecasting.forecast import Forecast, SeriesKind


def answer_rate(arguments: Namespace) -> int:
    """Forecast the answer rate of a campaign, or of each series in a file."""
    return _forecast(arguments, SeriesKind.ANSWER_RATE, bool(arguments.campaign))


def volume(arguments: Namespace) -> int:
    """Forecast the volume of queues, or of each series in a file."""
    if arguments.queues and arguments.every_queue:
        raise UsageError("Both --queue and --all are given.", "Leave one of them out.")
    from_tenant = bool(arguments.queues) or arguments.every_queue
    return _forecast(arguments, SeriesKind.VOLUME, from_tenant)


def _forecast(arguments: Namespace, kind: SeriesKind, from_tenant: bool) -> int:
    laid: Mapping[str, Sequence[Adjustment]] = {}
    # Each brings packages that the other does without: a tenant and a store, or processes.
    if not arguments.history_file:
        from core.cli.tenant_forecast import forecast_tenant

        harvested, zone, laid = forecast_tenant(arguments, kind)
    elif from_tenant or arguments.days:
        raise UsageError(
            "--history stands for all that is forecast, and the whole file is used.",
            "Leave --campaign, --queue, --all and --days out, or --history.",
        )
    else:
        from core.cli.calendar_options import UTC_ZONE
        from core.cli.file_forecast import forecast_file

        harvested = forecast_file(arguments, kind)
        zone = arguments.time_zone or UTC_ZONE
    harvested.require_some()
    _tell(arguments, harvested, zone, laid)
    return DONE


def _tell(
    arguments: Namespace,
    harvested: Harvest[Forecast],
    zone: ZoneInfo,
    laid: Mapping[str, Sequence[Adjustment]],
) -> None:
    forecasts = harvested.made
    for forecast in forecasts:
        for warning in forecast.warnings:
            note(f"{forecast.series_name}: {warning}")
    # A document of many series takes long, and a CSV file has no need of it.
    document = partial(_document, harvested, laid)
    if arguments.out:
        write_file(arguments.out, _file_text(arguments.out, forecasts, document))
    if arguments.as_json:
        print_document(document())
    elif arguments.out:
        hours = sum(len(forecast.rows) for forecast in forecasts)
        say(f"{arguments.out}: {len(forecasts)} series, {hours} hours.")
    elif len(forecasts) == 1:
        _print_one(forecasts[0], zone)
    else:
        _print_many(forecasts, zone)


def _document(harvested: Harvest[Forecast], laid: Mapping[str, Sequence[Adjustment]]) -> JsonObject:
    if not harvested.refused:
        return forecasts_document(harvested.made, adjustments=laid)
    return {
        "forecasts": [
            forecast_document(each, adjustments=laid.get(each.forecast_id, ()))
            for each in harvested.made
        ],
        "refused": harvested.refusals(),
    }


def _file_text(
    path: Path, forecasts: tuple[Forecast, ...], document: Callable[[], JsonObject]
) -> str:
    if path.suffix.lower() == ".csv":
        return write_forecast_csv(forecasts)
    return json_text(document())


def _print_one(forecast: Forecast, zone: ZoneInfo) -> None:
    shown = numbers.share if forecast.kind is SeriesKind.ANSWER_RATE else numbers.per_hour
    say(
        facts(
            [
                ("series", _full_name(forecast)),
                ("method", forecast.method),
                ("why", forecast.reason),
                ("history", f"ends with the hour {time_text(forecast.cutoff, zone)}"),
                ("band", forecast.band and f"{forecast.level * 100:g} %: {forecast.band}"),
                ("error", _error_text(forecast)),
                ("unit", "answered of offered" if shown is numbers.share else forecast.unit),
            ]
        )
    )
    say()
    rows = [
        (time_text(start, zone), shown(middle), shown(lower), shown(upper))
        for start, middle, lower, upper in forecast.rows[
            ["ds", "yhat", "yhat_lower", "yhat_upper"]
        ].itertuples(index=False)
    ]
    say(table(("hour", "forecast", "from", "to"), rows, right="lrrr"))


def _print_many(forecasts: tuple[Forecast, ...], zone: ZoneInfo) -> None:
    rows = [
        (
            _full_name(forecast),
            forecast.method,
            time_text(forecast.cutoff, zone),
            str(len(forecast.rows)),
            _error_text(forecast) or "not measured",
        )
        for forecast in forecasts
    ]
    say(table(("series", "method", "last hour seen", "hours", "error"), rows, right="lllrl"))
    say()
    say("The hours themselves: --out F.csv, --out F.json or --json.")


def _full_name(forecast: Forecast) -> str:
    if forecast.series_name == forecast.series_id:
        return forecast.series_id
    return f"{forecast.series_name} ({forecast.series_id})"


def _error_text(forecast: Forecast) -> str:
    """What the method was worth on past cutoffs, and the baseline beside it."""
    own, baseline = forecast.scores_of(forecast.method), forecast.scores_of(BASELINE)
    if own is None or own.error is None:
        return ""
    text = numbers.share(own.error)
    if baseline is None or baseline is own or baseline.error is None:
        return text
    return f"{text}, {BASELINE} {numbers.share(baseline.error)}"

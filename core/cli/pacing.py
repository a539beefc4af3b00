"""Pacing recommendations, from the tenant or from files alone. Nothing is proposed or sent."""

from argparse import ArgumentTypeError, Namespace
from zoneinfo import ZoneInfo

from core.charts import numbers
from core.cli import arguments as take
from core.cli.exit_codes import DONE
from core.cli.files import read_file
from core.cli.output import GAP, facts, note, print_document, say, table, time_text, write_file
from core.clock import SystemClock
from core.errors import SettingsError, UsageError
from core.exports.forecast_files import read_forecasts
from core.exports.history_csv import read_capacity_csv
from core.exports.json_values import json_text
from core.exports.recommendation_json import recommendation_document
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.max_offers import FALLBACK_CALLS, MaxOffers
from core.pacing.recommendation import PacingHour, Recommendation
from core.pacing.tutorial import recommend_pacing
from core.settings import read_setting

UTC_ZONE = ZoneInfo("UTC")


def recommend(arguments: Namespace) -> int:
    """Recommend pacing for a campaign, or for a forecast and a schedule in files."""
    has_files = arguments.forecast_file or arguments.capacity_file
    if not has_files:
        # Brings a tenant and a store, which files do without.
        from core.cli.tenant_pacing import recommend_from_tenant

        recommendation, zone = recommend_from_tenant(arguments)
    elif arguments.campaign or arguments.skill:
        raise UsageError(
            "--campaign and --skill ask the tenant, --forecast and --capacity ask files.",
            "Leave one of the pairs out.",
        )
    else:
        recommendation = _recommend_from_files(arguments)
        zone = arguments.time_zone or UTC_ZONE
    if arguments.aht is not None:
        note(f"Policy {arguments.policy} plans without a handle time: --aht changes nothing.")
    _tell(arguments, recommendation, zone)
    return DONE


def _recommend_from_files(arguments: Namespace) -> Recommendation:
    absent = [
        option
        for option, name in (
            ("--forecast", arguments.forecast_file),
            ("--capacity", arguments.capacity_file),
        )
        if not name
    ]
    if absent:
        raise UsageError(
            f"{absent[0]} is missing.", "From files, both --forecast and --capacity are needed."
        )
    capacity = read_capacity_csv(
        read_file(arguments.capacity_file),
        file_name=arguments.capacity_file,
        time_zone=arguments.time_zone,
    )
    forecast = _only_forecast(arguments)
    return recommend_pacing(
        forecast,
        capacity,
        policy=arguments.policy,
        campaign_id=forecast.series_id,
        current=None,
        max_offers=MaxOffers(FALLBACK_CALLS, "named fallback: no offered history"),
        abandon_cap=_abandon_cap(arguments),
        generated_at=SystemClock().now(),
    )


def _only_forecast(arguments: Namespace) -> Forecast:
    forecasts = read_forecasts(
        read_file(arguments.forecast_file),
        file_name=arguments.forecast_file,
        kind=SeriesKind.ANSWER_RATE,
        time_zone=arguments.time_zone,
    )
    if len(forecasts) != 1:
        raise UsageError(
            f"{arguments.forecast_file} holds {len(forecasts)} forecasts.",
            "Give a file with the forecast of one campaign.",
        )
    return forecasts[0]


def _abandon_cap(arguments: Namespace) -> float:
    if arguments.abandon_cap is not None:
        return float(arguments.abandon_cap)
    try:
        return take.abandon_share(read_setting("DIALCAST_ABANDON_CAP", "0.03"))
    except ArgumentTypeError as error:
        raise SettingsError(f"DIALCAST_ABANDON_CAP: {error}.") from None


def _tell(arguments: Namespace, recommendation: Recommendation, zone: ZoneInfo) -> None:
    for warning in recommendation.warnings:
        note(warning)
    document = recommendation_document(recommendation)
    if arguments.out:
        write_file(arguments.out, json_text(document))
    if arguments.as_json:
        print_document(document)
    elif arguments.out:
        say(f"{arguments.out}: {len(recommendation.hours)} hours.")
    else:
        _print(recommendation, zone)


def _print(recommendation: Recommendation, zone: ZoneInfo) -> None:
    limits = recommendation.limits
    pushed = recommendation.push.get("predictive", {})
    say(
        facts(
            [
                ("campaign", recommendation.campaign_id),
                ("policy", recommendation.policy),
                (
                    "forecast",
                    f"{recommendation.forecast_method}, ends with the hour"
                    f" {time_text(recommendation.forecast_cutoff, zone)}",
                ),
                (
                    "most calls an hour",
                    f"{numbers.count(limits.max_offers_per_hour)}, {limits.max_offers_origin}",
                ),
                ("abandon cap", numbers.share(limits.abandon_cap)),
                *(
                    (f"would send {name}", numbers.value_text(value, PUSH_UNITS.get(name, "text")))
                    for name, value in pushed.items()
                ),
            ]
        )
    )
    say()
    headings = ("hour", "agents", "answer rate", "plans with", "aims to abandon", "held by")
    rows = [_hour_cells(hour, recommendation.capacity_known, zone) for hour in recommendation.hours]
    say(table(headings, rows, right="lrrrrl"))


PUSH_UNITS = {"answerRate": "share", "dropRate": "share"}


def _hour_cells(hour: PacingHour, capacity_known: bool, zone: ZoneInfo) -> tuple[str, ...]:
    return (
        time_text(hour.ds, zone),
        numbers.count(hour.agents),
        numbers.share_band(hour.answer_rate, hour.answer_rate_lower, hour.answer_rate_upper),
        numbers.share(hour.safe_rate) if capacity_known else GAP,
        numbers.share(hour.abandon_target) if capacity_known else GAP,
        hour.binding_limit,
    )

"""Pacing recommendations, from the tenant or from files alone. Nothing is proposed or sent."""

from argparse import Namespace
from zoneinfo import ZoneInfo

from core.cli.exit_codes import DONE
from core.cli.files import read_file
from core.cli.output import note, print_document, say, write_file
from core.cli.pacing_text import print_recommendation
from core.clock import SystemClock
from core.errors import UsageError
from core.exports.forecast_files import read_forecasts
from core.exports.history_csv import read_capacity_csv
from core.exports.json_values import json_text
from core.exports.observed_csv import read_observed_csv
from core.exports.recommendation_json import recommendation_document
from core.forecasting.forecast import Forecast, SeriesKind
from core.pacing.guardrails import Guardrails, guardrails_named
from core.pacing.max_offers import FALLBACK_CALLS, MaxOffers
from core.pacing.observed import Observed
from core.pacing.order import PacingOrder, TenantFields
from core.pacing.recommend import COMPLIANT, TUTORIAL, check_policy, recommend_pacing
from core.pacing.recommendation import Recommendation
from core.pacing.timing import DialTiming
from core.settings import read_pacing_policy
from core.staffing import Capacity

UTC_ZONE = ZoneInfo("UTC")


def recommend(arguments: Namespace) -> int:
    """Recommend pacing for a campaign, or for a forecast and a schedule in files."""
    has_files = arguments.forecast_file or arguments.capacity_file
    if not has_files:
        if arguments.observed_file:
            raise UsageError(
                "--observed goes with --forecast and --capacity.",
                "Leave it out: what a tenant's campaign has done so far is read from the tenant.",
            )
        # Brings a tenant and a store, which files do without.
        from core.cli.tenant_pacing import recommend_from_tenant

        advice, zone = recommend_from_tenant(arguments)
        _tell(arguments, advice.recommendation, zone, advice.staffing)
    elif arguments.campaign or arguments.skill:
        raise UsageError(
            "--campaign and --skill ask the tenant, --forecast and --capacity ask files.",
            "Leave one of the pairs out.",
        )
    else:
        recommendation = _recommend_from_files(arguments)
        _tell(arguments, recommendation, arguments.time_zone or UTC_ZONE, None)
    return DONE


def _recommend_from_files(arguments: Namespace) -> Recommendation:
    policy = arguments.policy or COMPLIANT
    check_policy(policy)
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
    if policy == COMPLIANT and arguments.aht is None:
        raise UsageError(
            "Policy compliant plans with the handle time, and --aht is missing.",
            "Give --aht SECONDS: mean talk, hold and after-call work. Or choose --policy tutorial.",
        )
    capacity = read_capacity_csv(
        read_file(arguments.capacity_file),
        file_name=arguments.capacity_file,
        time_zone=arguments.time_zone,
    )
    forecast = _only_forecast(arguments)
    order = PacingOrder(
        policy=policy,
        campaign_id=forecast.series_id,
        generated_at=SystemClock().now(),
        max_offers=MaxOffers(FALLBACK_CALLS, "named fallback: no offered history"),
        guardrails=_guardrails(arguments),
        timing=_timing(arguments),
        observed=_observed(arguments),
        zone=arguments.time_zone or UTC_ZONE,
        fields=TenantFields.TUTORIAL if policy == TUTORIAL else TenantFields.PLATFORM,
    )
    return recommend_pacing(forecast, capacity, order)


def _timing(arguments: Namespace) -> DialTiming | None:
    if arguments.aht is None:
        return None
    if arguments.line_seconds is None:
        return DialTiming(arguments.aht, "as given")
    return DialTiming(arguments.aht, "as given", arguments.line_seconds, "as given")


def _observed(arguments: Namespace) -> Observed | None:
    if not arguments.observed_file:
        return None
    return read_observed_csv(
        read_file(arguments.observed_file),
        file_name=arguments.observed_file,
        time_zone=arguments.time_zone,
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


def _guardrails(arguments: Namespace) -> Guardrails:
    """Return the limits in force; the tenant's own settings are of no concern to files."""
    cap, limits = read_pacing_policy()
    return guardrails_named(
        limits.regime,
        abandon_cap=cap if arguments.abandon_cap is None else arguments.abandon_cap,
        calls_ceiling=limits.calls_ceiling,
        largest_step=limits.largest_step,
        least_live_answers=limits.least_live_answers,
        is_frozen=limits.is_frozen,
        false_positive_share=limits.false_positive_share,
    )


def _tell(
    arguments: Namespace,
    recommendation: Recommendation,
    zone: ZoneInfo,
    staffing: Capacity | None,
) -> None:
    for warning in recommendation.warnings:
        note(warning)
    document = recommendation_document(recommendation, staffing)
    if arguments.out:
        write_file(arguments.out, json_text(document))
    if arguments.as_json:
        print_document(document)
    elif arguments.out:
        say(f"{arguments.out}: {len(recommendation.hours)} hours.")
    else:
        print_recommendation(recommendation, zone, staffing)

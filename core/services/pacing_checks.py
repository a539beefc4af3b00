"""What else bounds or steers a campaign on the platform: checks beside those of the policy.

A campaign rule of the tenant's own, the organisation's ceiling, what its abandon rate is counted
over, and whether the dialling mode takes calls per agent at all.
"""

from core.charts.numbers import calls_per_agent, share
from core.dialler import rules_writing
from core.permissions import Need
from core.services.abandon_target import abandon_target
from core.services.plan_fields import CALLS_PER_AGENT
from core.services.recommend import PacingAdvice
from core.workflow.plan import Check, CheckState

PACED_MODES = ("power", "predictive")
"""The dialling modes that take calls per agent."""


def platform_checks(advice: PacingAdvice) -> tuple[Check, ...]:
    """Return how a recommendation stands to what the platform itself sets and does.

    Parameters
    ----------
    advice : PacingAdvice
        With the rules and the settings of the tenant.

    Returns
    -------
    tuple of Check
        ``dialling mode``, ``ceiling``, ``denominator`` and ``campaign rules``, and ``so far`` where
        that may not be read; none where the recommendation has none of the platform's fields.
    """
    push = advice.recommendation.push
    if CALLS_PER_AGENT not in push:
        return ()
    return (
        _mode(advice),
        _ceiling(advice),
        _denominator(advice),
        *_rules(advice),
        *_so_far(advice),
    )


def _why_untold(advice: PacingAdvice, need: Need) -> str:
    lack = advice.lacks.get(need)
    return lack.words if lack else "cannot be read"


def _mode(advice: PacingAdvice) -> Check:
    mode, name = str(advice.snapshot.document.get("dialingMode", "")), advice.snapshot.name
    if mode.lower() in PACED_MODES:
        return Check("dialling mode", CheckState.PASS, f"{name} dials in {mode} mode.")
    return Check(
        "dialling mode",
        CheckState.BLOCK,
        f"Calls per agent act in power and predictive mode alone, and {name} dials in"
        f" {mode or 'an unknown'} mode. Change its mode in Genesys Cloud first.",
    )


def _ceiling(advice: PacingAdvice) -> Check:
    settings = advice.settings
    told = (settings.calls_per_agent_ceiling, settings.calls_per_agent) if settings else ()
    ceilings = [each for each in told if each is not None]
    if not ceilings:
        return Check(
            "ceiling",
            CheckState.WARNING,
            f"The organisation's ceiling of calls per agent {_why_untold(advice, Need.SETTINGS)};"
            " the tenant may lower what is proposed.",
        )
    proposed, ceiling = float(advice.recommendation.push[CALLS_PER_AGENT]), min(ceilings)
    is_over = proposed > ceiling
    return Check(
        "ceiling",
        CheckState.BLOCK if is_over else CheckState.PASS,
        f"{calls_per_agent(proposed)} calls per agent are {'above' if is_over else 'within'} the"
        f" organisation's ceiling of {calls_per_agent(ceiling)}.",
    )


def _denominator(advice: PacingAdvice) -> Check:
    target = abandon_target(advice.recommendation.push)
    counts_all = advice.settings.counts_all_calls if advice.settings else None
    if target is None:
        return Check("denominator", CheckState.PASS, "No abandon rate is proposed.")
    if counts_all is None:
        return Check(
            "denominator",
            CheckState.WARNING,
            f"What the tenant counts its abandon rate over {_why_untold(advice, Need.SETTINGS)};"
            f" over all calls, {share(target)} would be a much higher rate of live answers.",
        )
    if not counts_all:
        return Check(
            "denominator",
            CheckState.PASS,
            f"The tenant counts its abandon rate over calls that reached the queue: {share(target)}"
            " of live answers.",
        )
    return Check("denominator", CheckState.PASS, _converted(advice, target))


def _converted(advice: PacingAdvice, target: float) -> str:
    hours = advice.recommendation.hours
    dialled = next((hour for hour in hours if hour.calls_per_agent is not None), None)
    told = f"The tenant counts its abandon rate over all calls: {share(target, 2)} there"
    if dialled is None or not dialled.answer_rate:
        return f"{told} is more of live answers."
    live = target / dialled.answer_rate
    return (
        f"{told} is {share(live)} of live answers, at an answer rate of"
        f" {share(dialled.answer_rate)}."
    )


def _rules(advice: PacingAdvice) -> tuple[Check, ...]:
    push, campaign_id = advice.recommendation.push, advice.snapshot.campaign_id
    found = rules_writing(advice.rules, campaign_id, tuple(push))
    lack = advice.lacks.get(Need.RULES)
    if lack is not None:
        message = f"Campaign rules {lack.words}. One of them may replace what is proposed."
        return (Check("campaign rules", CheckState.WARNING, message),)
    if not found:
        message = "No campaign rule that can be read sets these fields."
        return (Check("campaign rules", CheckState.PASS, message),)
    return tuple(
        Check(
            "campaign rules",
            CheckState.WARNING,
            f"The campaign rule “{rule.name}” sets"
            f" {' and '.join(path for path in rule.paths_written(campaign_id) if path in push)}"
            " by itself and may replace what is proposed"
            f"{f' (on {told})' if (told := ', '.join(rule.conditions)) else ''}.",
        )
        for rule in found
    )


def _so_far(advice: PacingAdvice) -> tuple[Check, ...]:
    lack = advice.lacks.get(Need.DAY)
    if lack is None:
        return ()
    message = f"What was abandoned so far {lack.words}; the plan counts none of it."
    return (Check("so far", CheckState.WARNING, message),)

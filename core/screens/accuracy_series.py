"""How good the forecasts of one series were: measures, pictures, findings, old beside new."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.charts.accuracy import hour_words, lead_chart, week_chart
from core.charts.picture import Look, Picture
from core.charts.rates import rate_forecast_chart
from core.charts.times import duration
from core.charts.volumes import volume_forecast_chart
from core.forecasting.assessment import Assessment, AssessmentSource, MethodAssessment
from core.forecasting.drift import DriftReport, in_force
from core.forecasting.forecast import Forecast, SeriesKind
from core.forecasting.methods import AUTO, BASELINE, method_names
from core.forecasting.scores import score
from core.screens import forecast_page as page
from core.screens.accuracy_words import (
    MEASURES,
    STATES,
    against_baseline,
    error_text,
    lead_label,
    own_of,
    score_rows,
    source_words,
)
from core.screens.context import Context, may
from core.screens.forecast_page import Wanted, method_words
from core.services.scoring import BacktestOrder, backtest_subject
from core.workflow.approval import Person, Step
from core.workflow.jobs import Job

SHOWN_DAYS = {SeriesKind.ANSWER_RATE: 3, SeriesKind.VOLUME: 7}
LEARN_DAYS = {SeriesKind.ANSWER_RATE: 28, SeriesKind.VOLUME: 90}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a trigger found, for a list.

    Parameters
    ----------
    sentence : str
        What is the case.
    is_raised : bool
        Whether it asks for retraining.
    """

    sentence: str
    is_raised: bool


@dataclass(frozen=True, slots=True)
class SeriesAccuracy:
    """What the page shows of one series.

    Parameters
    ----------
    title : str
        How good, in words.
    instead : tuple of str
        Where there is nothing to show: what is the case, and what to do.
    headings, rows : tuple
        The table of measures.
    source : str
        What the numbers count.
    refused : tuple of str
        Methods that are not among them, and why.
    lead_title, lead, week_title, week
        The two pictures of errors, None where nothing was compared.
    state : str
        How the series stands.
    findings : tuple of Finding
        What each trigger found, those that ask for retraining first.
    former_title, former
        The forecast in force beside the one before it; None where there is one only.
    retrain : DriftReport or None
        What the series' own button retrains; None where this person may not.
    may_look_back : bool
        Whether this person may begin a backtest.
    """

    title: str
    instead: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    refused: tuple[str, ...] = ()
    lead_title: str = ""
    lead: Picture | None = None
    week_title: str = ""
    week: Picture | None = None
    state: str = ""
    findings: tuple[Finding, ...] = ()
    former_title: str = ""
    former: Picture | None = None
    retrain: DriftReport | None = None
    may_look_back: bool = False


def rival_choices(kind: SeriesKind) -> Mapping[str, str]:
    """Return the methods to look back by, for choosing; the baseline comes by itself."""
    return {
        name: f"Look back by {method_words(kind, name)}"
        for name in method_names(kind)
        if name != BASELINE
    }


def view(
    context: Context,
    series: Wanted,
    source: AssessmentSource,
    report: DriftReport | None,
    person: Person,
    look: Look,
) -> SeriesAccuracy:
    """Return what the page shows of one series; nothing is scored by looking."""
    series_id = series.series_id or ""
    with context.unit_of_work() as work:
        assessment = work.assessments.latest(series.kind, series_id, source)
    own = own_of(assessment) if assessment is not None else None
    is_allowed = may(person, Step.PROPOSE)
    former_title, former = _former(context, series, look)
    base = SeriesAccuracy(
        title=_title(series.series_name, assessment, own),
        state=STATES[report.state] if report else "",
        findings=tuple(Finding(each.sentence, each.is_raised) for each in report.findings)
        if report
        else (),
        former_title=former_title,
        former=former,
        retrain=report if is_allowed else None,
        may_look_back=is_allowed,
    )
    if assessment is None or own is None:
        return _without_scores(base, source)
    return _with_scores(base, assessment, own, look)


def order_for(series: Wanted, rival: str) -> BacktestOrder:
    """Return what the button looks back on."""
    methods = tuple(dict.fromkeys((AUTO, rival)))
    return BacktestOrder(
        series.kind,
        series.series_id or "",
        series.series_name,
        methods,
        days=LEARN_DAYS[series.kind],
    )


def latest_backtest(context: Context, series: Wanted) -> Job | None:
    """Return the job that looks back on a series, or the newest one."""
    return context.work.latest(backtest_subject(series.kind, series.series_id or ""))


def begin_backtest(context: Context, series: Wanted, rival: str, person: Person) -> Job:
    """Begin to look back on a series."""
    return context.scoring.begin_backtest(order_for(series, rival), person.name)


def _title(name: str, assessment: Assessment | None, own: MethodAssessment | None) -> str:
    if assessment is None or own is None:
        return f"{name}: nothing to score yet"
    told = against_baseline(assessment, own.scores.method)
    return f"{name}: {told}" if told else f"{name}: nothing to score yet"


def _without_scores(base: SeriesAccuracy, source: AssessmentSource) -> SeriesAccuracy:
    if source is AssessmentSource.STORED:
        what = "No hour has come since a forecast of this series was stored."
        then = "Hours are scored as they come. “Looking back” tells what methods are worth now."
    else:
        what = "Nobody has looked back on this series yet."
        then = "“Look back” makes forecasts at past cutoffs and scores them, in the background."
    return replace(base, instead=(what, then))


def _with_scores(
    base: SeriesAccuracy, assessment: Assessment, own: MethodAssessment, look: Look
) -> SeriesAccuracy:
    headings, rows = score_rows(assessment)
    measure = MEASURES[assessment.kind]
    name = method_words(assessment.kind, own.scores.method)
    by_lead = {(lead.first, lead.last): lead.error for lead in own.by_lead}
    baseline = assessment.of(BASELINE)
    beside = {(lead.first, lead.last): lead.error for lead in baseline.by_lead} if baseline else {}
    lead = lead_chart(
        [lead_label(each) for each in own.by_lead],
        list(by_lead.values()),
        [beside.get(key) for key in by_lead] if own is not baseline else [],
        look,
        method=name,
        measure=measure,
    )
    return replace(
        base,
        headings=headings,
        rows=rows,
        source=source_words(assessment),
        refused=assessment.refused,
        lead_title=_lead_title(own, assessment.kind),
        lead=lead,
        week_title=_week_title(own, assessment.kind),
        week=week_chart(own.by_hour, look, measure=measure),
    )


def _lead_title(own: MethodAssessment, kind: SeriesKind) -> str:
    told = [lead for lead in own.by_lead if lead.error is not None]
    if not told:
        return "Error by lead time"
    first, last = told[0], told[-1]
    if first is last:
        return f"Error {error_text(first.error, kind)} at {lead_label(first)} ahead"
    return (
        f"Error by lead time: {error_text(first.error, kind)} at {lead_label(first)},"
        f" {error_text(last.error, kind)} at {lead_label(last)}"
    )


def _week_title(own: MethodAssessment, kind: SeriesKind) -> str:
    told = [(error, place) for place, error in enumerate(own.by_hour) if error is not None]
    if not told:
        return "Error by hour of the week"
    error, place = max(told)
    return f"Largest error: {hour_words(place)}, {error_text(error, kind)}; darker is larger"


def _former(context: Context, series: Wanted, look: Look) -> tuple[str, Picture | None]:
    """Return the forecast in force beside the one before it, over what came."""
    if series.series_id is None:
        return "", None
    with context.unit_of_work() as work:
        newest = work.forecasts.latest(series.kind, series.series_id)
        former = (
            work.forecasts.made_before(series.kind, series.series_id, newest.made_at)
            if newest
            else None
        )
    if newest is None or former is None:
        return "", None
    history = page.known_history(context, series, SHOWN_DAYS[series.kind])
    chart = volume_forecast_chart if series.kind is SeriesKind.VOLUME else rate_forecast_chart
    picture = chart(history, newest.rows, look, level=newest.level, earlier=former.rows)
    told = [_so_far("the new one", newest, context, series, look)]
    told.append(_so_far("the former", former, context, series, look))
    return f"New and former forecast: {'; '.join(told)}", picture


def _so_far(name: str, forecast: Forecast, context: Context, series: Wanted, look: Look) -> str:
    method = method_words(forecast.kind, forecast.method)
    made = f"{name} by {method}, {duration(look.now - forecast.made_at)} old"
    history = page.known_history(context, series, LEARN_DAYS[series.kind])
    if history.empty:
        return made
    came = in_force([forecast], history)
    scores = score(forecast.method, came, forecast.kind, forecast.level)
    if scores.error is None:
        return f"{made}, no hour has come since"
    return f"{made}, off by {error_text(scores.error, forecast.kind)} over {scores.hours} hours"

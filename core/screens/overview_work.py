"""What the first page is of, and the work that it begins in the background."""

from dataclasses import dataclass

from core.forecasting.forecast import Forecast, SeriesKind
from core.screens.context import Context
from core.screens.names import Names, campaign_names, queue_names, stored_queues
from core.screens.recent import Recent
from core.services.desk import EVERYTHING
from core.workflow.approval import PROGRAM, Person
from core.workflow.jobs import Job, JobState


@dataclass(frozen=True, slots=True)
class Listed:
    """What there is.

    Parameters
    ----------
    campaigns, queues : Names
        As the tenant told them.
    forecasts : tuple of Forecast
        The newest of each.
    undialled : frozenset of str
        Campaigns that never placed a call: there is nothing to forecast of them.
    """

    campaigns: Names
    queues: Names
    forecasts: tuple[Forecast, ...]
    undialled: frozenset[str] = frozenset()


def listed(context: Context, recent: Recent) -> Listed:
    """Return what there is, and what is forecast of it."""
    campaigns = campaign_names(context, recent)
    # A tenant that did not tell its campaigns is not waited for a second time.
    queues = stored_queues(context) if campaigns.is_stale else queue_names(context, recent)
    known = {*campaigns.options, *queues.options}
    with context.unit_of_work() as work:
        forecasts = (
            *work.forecasts.latest_of_all(SeriesKind.ANSWER_RATE),
            *work.forecasts.latest_of_all(SeriesKind.VOLUME),
        )
        undialled = work.history.without_records(SeriesKind.ANSWER_RATE)
    forecasts = tuple(each for each in forecasts if each.series_id in known)
    return Listed(campaigns, queues, forecasts, undialled)


def begin_due_work(context: Context, there: Listed) -> None:
    """Begin what nobody has to ask for: reading new hours, and the demo's first forecasts."""
    if there.forecasts:
        if context.work.running(EVERYTHING) is None:
            context.desk.read_what_is_new(PROGRAM.name)
    elif context.settings.is_demo and context.work.latest(EVERYTHING) is None:
        context.desk.forecast_everything(PROGRAM.name)


def latest_job(context: Context) -> Job | None:
    """Return the newest job that forecasts everything."""
    return context.work.latest(EVERYTHING)


def failed_job(context: Context, there: Listed) -> Job | None:
    """Return the job that forecasts everything where it failed and no forecast was made since."""
    job = latest_job(context)
    if job is None or job.state is not JobState.FAILED:
        return None
    return job if all(each.made_at < job.started_at for each in there.forecasts) else None


def forecast_everything(context: Context, person: Person) -> Job:
    """Begin to forecast everything."""
    return context.desk.forecast_everything(person.name)

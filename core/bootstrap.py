"""Settings to services: the one place where choices are wired.

Nothing here talks to a tenant; the first call does.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.clock import Clock, SystemClock
from core.errors import DashboardError, SettingsError
from core.history.calendar import CallableHours
from core.history.centre import Centre
from core.ports import CampaignWriter, Tenant, UnitOfWorkFactory
from core.services.desk import Desk
from core.services.directory import Directory
from core.services.forecast import Forecasting
from core.services.history import History
from core.services.push import PushProposal
from core.services.recommend import Recommending
from core.services.review import ReviewProposal
from core.services.submit import SubmitProposal
from core.services.verify import VerifyProposal
from core.services.work import BackgroundWork
from core.settings import Settings, TenantDialect
from core.store.open import open_store
from core.tenants.retry import WaitReport, wait_in_silence
from core.tenants.tutorial import connect_tutorial
from core.units import CampaignId, QueueId, SkillId
from core.workflow.approval import PROGRAM, People


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that pages and commands act through.

    Only `push` can change a tenant.
    """

    settings: Settings
    clock: Clock
    unit_of_work: UnitOfWorkFactory
    tenant: Tenant
    people: People
    directory: Directory
    history: History
    forecasting: Forecasting
    recommending: Recommending
    submit: SubmitProposal
    review: ReviewProposal
    push: PushProposal
    verify: VerifyProposal
    work: BackgroundWork
    desk: Desk

    def close(self) -> None:
        """Give the connections to the tenant back."""
        self.tenant.close()

    def prepare(self) -> None:
        """Begin what a demo shows: nobody should look at an empty desk first."""
        if self.settings.is_demo:
            self.desk.forecast_when_due(PROGRAM.name)

    def readiness(self) -> Mapping[str, object]:
        """Return whether store and tenant answer, as ``/readyz`` tells it."""
        store = _state_of(self._ask_store)
        tenant = _state_of(self.tenant.check_reachable)
        return {"ready": store == tenant == "ok", "store": store, "tenant": tenant}

    def _ask_store(self) -> object:
        with self.unit_of_work() as work:
            return work.jobs.recent(1)


def connect(
    settings: Settings, *, clock: Clock | None = None, on_wait: WaitReport = wait_in_silence
) -> Services:
    """Return the services on the tenant and the store that the settings name.

    Parameters
    ----------
    settings : Settings
        In force.
    clock : Clock, optional
        The machine's by default.
    on_wait : callable
        Told when a read waits for the tenant.

    Raises
    ------
    SettingsError
        If the settings name a tenant or a store that this release cannot use.
    StoreError
        If the store cannot be opened.
    """
    clock = clock or SystemClock()
    reader, writer = _tenant(settings, clock, on_wait)
    unit_of_work = open_store(settings.database_url, settings.tenant_id)
    return wire(settings, clock, reader, writer, unit_of_work)


def wire(
    settings: Settings,
    clock: Clock,
    reader: Tenant,
    writer: CampaignWriter,
    unit_of_work: UnitOfWorkFactory,
) -> Services:
    """Return the services over a given tenant and store."""
    people = People(settings.roles)
    centre = Centre(settings.time_zone.key)
    history = History(unit_of_work, reader, clock, centre)
    hours = _callable_hours(settings, centre)
    forecasting = Forecasting(unit_of_work, history, reader, clock)
    work = BackgroundWork(unit_of_work, clock)
    return Services(
        settings=settings,
        clock=clock,
        unit_of_work=unit_of_work,
        tenant=reader,
        people=people,
        directory=Directory(reader, unit_of_work, clock),
        history=history,
        forecasting=forecasting,
        recommending=Recommending(
            unit_of_work,
            reader,
            history,
            clock,
            settings.abandon_cap,
            hours,
            settings.environment,
        ),
        submit=SubmitProposal(unit_of_work, clock, people, settings.abandon_cap),
        review=ReviewProposal(unit_of_work, clock, people, settings.four_eyes),
        push=PushProposal(unit_of_work, clock, people, reader, writer),
        verify=VerifyProposal(unit_of_work, clock, people, reader),
        work=work,
        desk=Desk(work, forecasting, history, clock),
    )


def _callable_hours(settings: Settings, centre: Centre) -> CallableHours:
    try:
        return CallableHours.parse(settings.callable_hours, centre.time_zone)
    except SettingsError as error:
        raise SettingsError(f"DIALCAST_CALLABLE_HOURS: {error.what}", error.next_step) from None


def _tenant(settings: Settings, clock: Clock, on_wait: WaitReport) -> tuple[Tenant, CampaignWriter]:
    if settings.tenant is TenantDialect.GENESYS:
        raise SettingsError(
            "DIALCAST_TENANT=genesys is not part of this release.",
            "Set DIALCAST_TENANT to simulator or tutorial.",
        )
    return connect_tutorial(
        settings.api_url,
        settings.login_url,
        settings.client_id,
        settings.client_secret.reveal(),
        clock,
        known_queues=(QueueId(settings.queue_id),) if settings.queue_id else (),
        known_skill=SkillId(settings.skill_id) if settings.skill_id else None,
        known_campaign=CampaignId(settings.campaign_id) if settings.campaign_id else None,
        on_wait=on_wait,
    )


def _state_of(ask: Callable[[], object]) -> str:
    try:
        ask()
    except DashboardError as error:
        return error.what
    return "ok"

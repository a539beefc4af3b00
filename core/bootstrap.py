"""Settings to services: the one place where choices are wired.

Nothing here talks to a tenant; the first call does.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from core.campaigns import QuerySize
from core.clock import Clock, SystemClock
from core.errors import DashboardError, SettingsError, StoreError
from core.history.calendar import CallableHours
from core.history.centre import Centre
from core.history.days import DayCalendar, OwnDay
from core.history.told import Told
from core.pacing.order import TenantFields
from core.permissions import PermissionSeen
from core.ports import CampaignWriter, Tenant, UnitOfWorkFactory
from core.services.adjustments import Adjusting
from core.services.calendar import KeepCalendar
from core.services.day_plans import DayPlans
from core.services.day_steering import DaySteering
from core.services.desk import Desk
from core.services.directory import Directory
from core.services.drafting import Drafting
from core.services.drift import Retraining
from core.services.forecast import Forecasting
from core.services.history import History
from core.services.live import Live
from core.services.permission import PushPermission
from core.services.push import PushProposal
from core.services.recommend import Recommending
from core.services.review import ReviewProposal
from core.services.scoring import Scoring
from core.services.staffing import Staffing
from core.services.submit import SubmitProposal
from core.services.verify import VerifyProposal
from core.services.work import BackgroundWork
from core.services.worker import Worker
from core.services.worker_tasks import Settlement, worker_tasks
from core.settings import Settings
from core.store.open import open_store
from core.tenants.genesys import connect_genesys
from core.tenants.retry import WaitReport, wait_in_silence
from core.tenants.seen import SeenPermissions
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
    calendar: KeepCalendar
    forecasting: Forecasting
    recommending: Recommending
    drafting: Drafting
    staffing: Staffing
    live: Live
    day_plans: DayPlans
    permission: PushPermission
    submit: SubmitProposal
    review: ReviewProposal
    push: PushProposal
    verify: VerifyProposal
    work: BackgroundWork
    desk: Desk
    adjusting: Adjusting
    scoring: Scoring
    retraining: Retraining
    worker: Worker

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
    settings: Settings,
    *,
    clock: Clock | None = None,
    own_days: tuple[OwnDay, ...] = (),
    on_wait: WaitReport = wait_in_silence,
) -> Services:
    """Return the services on the tenant and the store that the settings name.

    Parameters
    ----------
    settings : Settings
        In force.
    clock : Clock, optional
        The machine's by default.
    own_days : tuple of OwnDay
        The operator's own days, in place of those stored.
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
    unit_of_work = open_store(settings.database_url, settings.tenant_id)
    reader, writer = _tenant(settings, clock, unit_of_work, on_wait)
    return wire(settings, clock, reader, writer, unit_of_work, own_days)


def wire(
    settings: Settings,
    clock: Clock,
    reader: Tenant,
    writer: CampaignWriter,
    unit_of_work: UnitOfWorkFactory,
    own_days: tuple[OwnDay, ...] = (),
) -> Services:
    """Return the services over a given tenant and store."""
    people = People(settings.roles)
    centre = Centre(settings.time_zone.key, Told(_calendar(settings, own_days)))
    history = History(unit_of_work, reader, clock, centre)
    hours = _callable_hours(settings, centre)
    forecasting = Forecasting(unit_of_work, history, reader, clock)
    work = BackgroundWork(unit_of_work, clock)
    desk = Desk(work, forecasting, history, clock)
    scoring = Scoring(unit_of_work, history, clock, work, desk.fits)
    retraining = Retraining(unit_of_work, desk, scoring, clock)
    permission = PushPermission(reader.lacking, settings.time_zone)
    verify = VerifyProposal(unit_of_work, clock, people, reader)
    push = PushProposal(unit_of_work, clock, people, reader, writer)
    staffing = Staffing(unit_of_work, reader, clock, people)
    recommending = Recommending(
        unit_of_work,
        reader,
        history,
        clock,
        settings.abandon_cap,
        settings.pacing,
        TenantFields.PLATFORM if settings.tenant.speaks_platform else TenantFields.TUTORIAL,
    )
    steering = DaySteering(recommending)
    day_plans = DayPlans(
        unit_of_work, clock, people, reader, push, steering.forbids, steering.plan_anew
    )
    tasks = worker_tasks(desk, scoring, retraining, Settlement(unit_of_work, verify), day_plans)
    return Services(
        settings=settings,
        clock=clock,
        unit_of_work=unit_of_work,
        tenant=reader,
        people=people,
        directory=Directory(reader, unit_of_work, clock),
        history=history,
        calendar=KeepCalendar(unit_of_work, clock, people, centre),
        forecasting=forecasting,
        recommending=recommending,
        drafting=Drafting(
            recommending, reader, clock, centre.time_zone, hours, settings.environment
        ),
        staffing=staffing,
        live=Live(reader, clock, settings.time_zone),
        day_plans=day_plans,
        permission=permission,
        submit=SubmitProposal(unit_of_work, clock, people, settings.abandon_cap, permission),
        review=ReviewProposal(unit_of_work, clock, people, settings.four_eyes),
        push=push,
        verify=verify,
        work=work,
        desk=desk,
        adjusting=Adjusting(unit_of_work, clock, people),
        scoring=scoring,
        retraining=retraining,
        worker=Worker(unit_of_work, clock, work, tasks),
    )


def _calendar(settings: Settings, own_days: tuple[OwnDay, ...]) -> DayCalendar:
    try:
        return DayCalendar(settings.country, own_days)
    except SettingsError as error:
        raise SettingsError(f"DIALCAST_COUNTRY: {error.what}", error.next_step) from None


def _callable_hours(settings: Settings, centre: Centre) -> CallableHours:
    try:
        return CallableHours.parse(settings.callable_hours, centre.time_zone)
    except SettingsError as error:
        raise SettingsError(f"DIALCAST_CALLABLE_HOURS: {error.what}", error.next_step) from None


def _tenant(
    settings: Settings, clock: Clock, unit_of_work: UnitOfWorkFactory, on_wait: WaitReport
) -> tuple[Tenant, CampaignWriter]:
    seen = SeenPermissions(
        clock, partial(_permissions_seen, unit_of_work), partial(_remember_permission, unit_of_work)
    )
    if settings.tenant.speaks_platform:
        return connect_genesys(
            settings.api_url,
            settings.login_url,
            settings.client_id,
            settings.client_secret.reveal(),
            clock,
            zone=settings.time_zone,
            query_size=_query_size(unit_of_work),
            remember=partial(_remember_size, unit_of_work),
            seen=seen,
            on_wait=on_wait,
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
        seen=seen,
        on_wait=on_wait,
    )


def _query_size(unit_of_work: UnitOfWorkFactory) -> QuerySize | None:
    with unit_of_work() as work:
        return work.query_sizes.learned()


def _remember_size(unit_of_work: UnitOfWorkFactory, size: QuerySize) -> None:
    # Another process may be writing: the size is learned again then, and history is read on.
    with suppress(StoreError), unit_of_work() as work:
        work.query_sizes.learn(size)
        work.commit()


def _permissions_seen(unit_of_work: UnitOfWorkFactory) -> tuple[PermissionSeen, ...]:
    # A store that cannot be read just after a write must not make that write look failed.
    with suppress(StoreError), unit_of_work() as work:
        return work.permissions.seen()
    return ()


def _remember_permission(unit_of_work: UnitOfWorkFactory, seen: PermissionSeen) -> None:
    # As a size: what the tenant answered counts, whether or not it could be kept.
    with suppress(StoreError), unit_of_work() as work:
        work.permissions.note(seen)
        work.commit()


def _state_of(ask: Callable[[], object]) -> str:
    try:
        ask()
    except DashboardError as error:
        return error.what
    return "ok"

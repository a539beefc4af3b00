"""Wiring: which tenant and which store the settings mean, and how both are doing."""

import errno
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.bootstrap import Services, connect, wire
from core.clock import FrozenClock
from core.errors import SettingsError, StoreError, TenantUnreachable
from core.forecasting.forecast import SeriesKind
from core.services.desk import EVERYTHING
from core.settings import Settings, read_settings
from core.simulator.server import RunningSimulator, running_simulator
from core.store.memory import MemoryStore
from core.store.open import open_store
from core.tenants import exchange
from core.tenants.genesys_reader import GenesysReader
from core.tenants.genesys_writer import GenesysWriter
from core.tenants.tutorial_writer import TutorialWriter
from core.workflow.approval import PROGRAM
from tests.support.desk import CAMPAIGNS, NOW, FadingTenant, empty_desk, settings_for

NO_FILE = Path("no-secrets.toml")


@pytest.fixture(scope="module")
def simulator() -> Iterator[RunningSimulator]:
    with running_simulator(seed=7, clock=FrozenClock(NOW)) as running:
        yield running


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'dialcast.sqlite'}"


@pytest.fixture
def nobody_listens() -> Iterator[str]:
    """Give an address at which a connection is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def settings_on(url: str, store_url: str, **environment: str) -> Settings:
    return read_settings(
        {"GENESYS_API_URL": url, "DIALCAST_DATABASE_URL": store_url, **environment}, NO_FILE
    )


@pytest.fixture
def services(simulator: RunningSimulator, store_url: str) -> Iterator[Services]:
    connected = connect(settings_on(simulator.url, store_url), clock=FrozenClock(NOW))
    yield connected
    connected.close()


# --- what is connected ----------------------------------------------------------------------


def test_the_services_talk_to_the_tenant_and_the_store_that_the_settings_name(
    services: Services, store_url: str
) -> None:
    assert services.tenant.campaigns()
    with services.unit_of_work() as work:
        work.history.note_span(SeriesKind.VOLUME, "q-1", NOW, NOW)
        work.commit()
    with open_store(store_url, "simulator")() as work:
        assert work.history.read_span(SeriesKind.VOLUME, "q-1") == (NOW, NOW)


def test_a_tenant_elsewhere_has_its_own_records_in_the_same_store(
    simulator: RunningSimulator, services: Services, store_url: str
) -> None:
    with services.unit_of_work() as work:
        work.history.note_span(SeriesKind.VOLUME, "q-1", NOW, NOW)
        work.commit()
    credentials = {"GENESYS_CLIENT_ID": "demo-client", "GENESYS_CLIENT_SECRET": "demo-secret"}
    settings = settings_on(simulator.url, store_url, DIALCAST_TENANT="tutorial", **credentials)
    other = connect(settings, clock=FrozenClock(NOW))
    with other.unit_of_work() as work:
        assert work.history.read_span(SeriesKind.VOLUME, "q-1") is None
    assert other.tenant.campaigns()
    other.close()


def test_nothing_is_sent_while_the_services_are_wired(store_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.setblocking(False)
        services = connect(settings_on(f"http://127.0.0.1:{door.getsockname()[1]}", store_url))
        with pytest.raises(BlockingIOError) as nobody_called:
            door.accept()
        services.close()
    assert nobody_called.value.errno == errno.EAGAIN


def test_genesys_means_the_published_platform_in_the_region(store_url: str) -> None:
    settings = settings_for(
        DIALCAST_TENANT="genesys",
        GENESYS_CLIENT_ID="client-7",
        GENESYS_CLIENT_SECRET="s3cr3t-w0rd",
        GENESYS_REGION="mypurecloud.de",
        DIALCAST_DATABASE_URL=store_url,
    )
    services = connect(settings)
    assert isinstance(services.tenant, GenesysReader)
    services.close()


def test_a_store_that_cannot_be_used_is_told_by_its_setting(simulator: RunningSimulator) -> None:
    with pytest.raises(SettingsError, match="DIALCAST_DATABASE_URL"):
        connect(settings_on(simulator.url, "mysql://desk:hush@db/dialcast"))


def test_callable_hours_that_cannot_be_read_are_told_by_their_setting(
    simulator: RunningSimulator, store_url: str
) -> None:
    with pytest.raises(SettingsError, match="DIALCAST_CALLABLE_HOURS"):
        connect(settings_on(simulator.url, store_url, DIALCAST_CALLABLE_HOURS="always"))


def test_the_settings_reach_the_services_that_need_them() -> None:
    settings = settings_for(DIALCAST_FOUR_EYES="0", DIALCAST_ABANDON_CAP="0.02")
    services = empty_desk(settings=settings).services
    assert services.recommending.abandon_cap == services.submit.abandon_cap == 0.02
    assert services.drafting.organisation == "Made organisation"
    assert services.history.centre.time_zone == "Europe/Berlin"
    assert not services.review.four_eyes


def test_only_the_pushing_service_holds_what_can_change_a_tenant(services: Services) -> None:
    holders = [
        name
        for name in Services.__dataclass_fields__
        for value in [getattr(services, name)]
        if any(
            isinstance(getattr(value, field, None), GenesysWriter | TutorialWriter)
            for field in getattr(type(value), "__dataclass_fields__", {})
        )
    ]
    assert holders == ["push"]
    assert not hasattr(services.tenant, "update_campaign")
    assert not hasattr(services.tenant, "create_campaign")


# --- readiness ------------------------------------------------------------------------------


def test_services_are_ready_where_store_and_tenant_answer(services: Services) -> None:
    assert services.readiness() == {"ready": True, "store": "ok", "tenant": "ok"}


def test_a_tenant_that_cannot_be_reached_is_told_apart_from_the_store(
    nobody_listens: str, store_url: str
) -> None:
    services = connect(settings_on(nobody_listens, store_url))
    told = services.readiness()
    services.close()
    assert (told["ready"], told["store"]) == (False, "ok")
    assert "no connection" in str(told["tenant"])


def test_a_tenant_that_never_answers_is_given_up_within_seconds(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exchange.REACHABLE_SECONDS <= 5
    monkeypatch.setattr(exchange, "REACHABLE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        services = connect(settings_on(url, store_url))
        told = services.readiness()
        services.close()
    assert (told["ready"], told["store"]) == (False, "ok")
    assert "within the 0.2 s" in str(told["tenant"])


def test_a_store_that_does_not_answer_is_told_apart_from_the_tenant(
    simulator: RunningSimulator, services: Services
) -> None:
    def broken() -> object:
        raise StoreError("The store cannot be read.", "Look at its disk.")

    told = replace(services, unit_of_work=broken).readiness()
    assert told == {"ready": False, "store": "The store cannot be read.", "tenant": "ok"}


def test_wrong_credentials_are_not_ready_and_no_secret_is_told(
    simulator: RunningSimulator, store_url: str
) -> None:
    settings = settings_on(simulator.url, store_url, GENESYS_CLIENT_SECRET="wr0ng-s3cret")
    services = connect(settings, clock=FrozenClock(NOW))
    told = services.readiness()
    services.close()
    assert (told["ready"], told["store"]) == (False, "ok")
    assert "wr0ng-s3cret" not in str(told)


# --- beginning and ending -------------------------------------------------------------------


class ForgetfulTenant(FadingTenant):
    """A tenant in memory that is down, and remembers that it was closed."""

    is_down = True
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


def services_of(is_demo: bool) -> tuple[Services, ForgetfulTenant]:
    clock = FrozenClock(NOW)
    tenant = ForgetfulTenant(clock, CAMPAIGNS)
    settings = settings_for(is_demo=is_demo)
    return wire(settings, clock, tenant, tenant.writer, MemoryStore()), tenant


def test_only_the_demo_begins_to_forecast_by_itself() -> None:
    demo, _ = services_of(is_demo=True)
    real, _ = services_of(is_demo=False)
    demo.prepare()
    real.prepare()
    begun = demo.work.latest(EVERYTHING)
    assert begun is not None
    assert begun.owner == PROGRAM.name
    assert real.work.latest(EVERYTHING) is None


def test_closing_gives_the_connections_of_the_tenant_back(
    simulator: RunningSimulator, store_url: str
) -> None:
    services, tenant = services_of(is_demo=False)
    services.close()
    assert tenant.is_closed
    connected = connect(settings_on(simulator.url, store_url), clock=FrozenClock(NOW))
    assert connected.tenant.campaigns()
    connected.close()
    with pytest.raises((TenantUnreachable, RuntimeError)):
        connected.tenant.campaigns()

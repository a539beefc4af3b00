"""Permissions that are missing, over HTTP: what was refused is remembered by every process.

The services are those of `core.bootstrap.connect`, on a simulated platform and a store in a file; a
second set of them stands for another process.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from core.bootstrap import Services, connect
from core.charts.picture import Look
from core.charts.theme import LIGHT
from core.cli.main import main
from core.clock import FrozenClock
from core.errors import PermissionMissing
from core.forecasting.forecast import SeriesKind
from core.permissions import Need, Permission, PermissionState
from core.screens import live
from core.screens.recent import Recent
from core.screens.review import detail
from core.services.plan import plan_pacing
from core.services.plan_fields import PACING_FIELDS, changes_of
from core.services.reading import read_present
from core.services.recommend import PacingAdvice, TimingGiven
from core.settings import MEANINGS
from core.simulator.faults import Fault
from core.simulator.platform.operations import PERMISSIONS
from core.simulator.server import RunningSimulator, running_simulator
from core.tenants.genesys_analytics_wire import AGGREGATES_VIEW
from core.tenants.genesys_wire import CAMPAIGN_EDIT, CAMPAIGN_VIEW, RULE_VIEW, SETTINGS_VIEW
from core.tenants.tutorial_reader import TutorialReader
from core.units import CampaignId
from core.workflow.plan import Check, CheckState, Plan, PlanKind, base_of
from core.workflow.proposal import Proposal, ProposalState
from tests.contract.http_desk import HttpDesk
from tests.support.desk import BERLIN, NOW, PLANNER, SUPERVISOR, settings_for
from tests.unit.services.advising import AHEAD, forecast_of

Process = Callable[[], Services]
PACE = {"maxCallsPerAgent": 2.35, "abandonRate": 2.1}
TIMING = TimingGiven(240.0, 23.0)
WORKFORCE = tuple(each for each in PERMISSIONS if each.startswith("wfm:"))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def tenant(clock: FrozenClock) -> Iterator[RunningSimulator]:
    with running_simulator(seed=7, clock=clock) as running:
        yield running


@pytest.fixture
def store_url(fresh_sqlite_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(fresh_sqlite_file, tmp_path / 'dialcast.sqlite')}"


@pytest.fixture
def process(tenant: RunningSimulator, clock: FrozenClock, store_url: str) -> Iterator[Process]:
    """Start another process at the same tenant and the same store."""
    settings = settings_for(
        DIALCAST_TENANT="genesys",
        GENESYS_REGION="mypurecloud.de",
        GENESYS_API_URL=tenant.url,
        GENESYS_LOGIN_URL=tenant.url,
        GENESYS_CLIENT_ID="demo-client",
        GENESYS_CLIENT_SECRET="demo-secret",
        DIALCAST_DATABASE_URL=store_url,
    )
    with ExitStack() as begun:

        def begin() -> Services:
            services = connect(settings, clock=clock)
            begun.callback(services.close)
            return services

        yield begin


def without(tenant: RunningSimulator, *permissions: str) -> None:
    """Take these permissions from the client, and give it all others."""
    tenant.world.traits = replace(tenant.world.traits, without=permissions)


def first_campaign(services: Services) -> CampaignId:
    return services.tenant.campaigns()[0].campaign_id


def proposed(services: Services) -> Proposal:
    current = services.tenant.read_campaign(first_campaign(services))
    plan = Plan(
        kind=PlanKind.PACING,
        target_id=current.campaign_id,
        target_name=current.name,
        base=base_of(current),
        changes=changes_of(PACING_FIELDS, current.document, PACE, {}),
        payload=dict(PACE),
        evidence={},
        checks=(),
    )
    return services.submit.submit(plan, PLANNER, "Answers well.")


def refused_push(services: Services) -> Proposal:
    waiting = proposed(services)
    services.review.approve(waiting.proposal_id, SUPERVISOR, "agreed")
    with pytest.raises(PermissionMissing):
        services.push.push(waiting.proposal_id, SUPERVISOR)
    with services.unit_of_work() as work:
        return work.proposals.get(waiting.proposal_id)


def listed(services: Services, name: str) -> Permission:
    return next(each for each in services.tenant.permissions() if each.name == name)


def permission_check(checks: tuple[Check, ...]) -> Check | None:
    return next((each for each in checks if each.name == "permission"), None)


def shown(services: Services, proposal: Proposal) -> tuple[Check, ...]:
    who = services.people.person(SUPERVISOR)
    return detail(services, Recent(services.clock), proposal.proposal_id, who).checks


def advice_on(services: Services) -> PacingAdvice:
    campaign_id = first_campaign(services)
    with services.unit_of_work() as work:
        work.forecasts.add(forecast_of(SeriesKind.ANSWER_RATE, campaign_id, "First"))
        work.commit()
    agents = pd.DataFrame({"ds": AHEAD, "agents": 20.0})
    queue_id = services.tenant.queues()[0].queue_id
    services.staffing.enter(queue_id, agents, by=PLANNER)
    return services.recommending.pacing(campaign_id, queue_id, timing=TIMING)


def test_a_permission_to_write_is_unknown_until_it_is_used(process: Process) -> None:
    services = process()
    edit = listed(services, CAMPAIGN_EDIT)
    assert (edit.state, edit.seen_at) == (PermissionState.UNKNOWN, None)
    assert "never tried" in edit.note
    assert permission_check(proposed(services).plan.checks) is None


def test_a_refused_push_leaves_the_approval_and_the_permission_stands_as_missing(
    process: Process, tenant: RunningSimulator
) -> None:
    services = process()
    without(tenant, CAMPAIGN_EDIT)
    approved = refused_push(services)
    assert approved.state is ProposalState.APPROVED
    edit = listed(services, CAMPAIGN_EDIT)
    assert (edit.state, edit.seen_at) == (PermissionState.MISSING, NOW)
    assert edit.note.startswith("Ask the administrator")


def test_review_warns_of_what_was_refused_since_it_was_proposed(
    process: Process, tenant: RunningSimulator
) -> None:
    services = process()
    without(tenant, CAMPAIGN_EDIT)
    approved = refused_push(services)
    assert permission_check(approved.plan.checks) is None
    told = permission_check(shown(services, approved))
    assert told is not None
    assert told.state is CheckState.WARNING
    assert told.message == (
        "Pushing this was refused on Wed 25 Nov, 11:20 for want of outbound:campaign:edit; it can"
        " be approved, and pushed once the administrator has added it."
    )


def test_another_process_warns_as_well_in_what_is_proposed_there(
    process: Process, tenant: RunningSimulator
) -> None:
    one, other = process(), process()
    without(tenant, CAMPAIGN_EDIT)
    one.review.withdraw(refused_push(one).proposal_id, PLANNER, "Later.")
    assert listed(other, CAMPAIGN_EDIT).state is PermissionState.MISSING
    told = permission_check(proposed(other).plan.checks)
    assert told is not None
    assert told.state is CheckState.WARNING
    assert not proposed(other).plan.is_blocked


def test_a_push_after_the_permission_was_added_clears_it_everywhere(
    process: Process, tenant: RunningSimulator, clock: FrozenClock
) -> None:
    one, other = process(), process()
    without(tenant, CAMPAIGN_EDIT)
    approved = refused_push(one)
    without(tenant)
    clock.move(timedelta(hours=1))
    pushed = other.push.push(approved.proposal_id, SUPERVISOR)
    assert pushed.state is ProposalState.VERIFIED
    for services in (one, other):
        edit = listed(services, CAMPAIGN_EDIT)
        assert (edit.state, edit.seen_at) == (PermissionState.HELD, NOW + timedelta(hours=1))
    present = read_present(one.tenant, pushed)
    again = one.submit.undo(pushed.proposal_id, PLANNER, "Back.", present)
    assert permission_check(again.plan.checks) is None


@pytest.mark.parametrize(
    ("missing", "check", "told"),
    [
        (RULE_VIEW, "campaign rules", "Campaign rules may not be read: outbound:campaignRule:view"),
        (SETTINGS_VIEW, "ceiling", "may not be read: outbound:settings:view is missing"),
        (SETTINGS_VIEW, "denominator", "may not be read: outbound:settings:view is missing"),
        (AGGREGATES_VIEW, "so far", "What was abandoned so far may not be read"),
    ],
)
def test_what_may_not_be_read_is_a_warning_and_never_looks_like_nothing(
    process: Process, tenant: RunningSimulator, missing: str, check: str, told: str
) -> None:
    services = process()
    without(tenant, missing)
    plan = plan_pacing(advice_on(services), services.clock)
    found = next(each for each in plan.checks if each.name == check)
    assert found.state is CheckState.WARNING
    assert told in found.message


def test_rules_that_can_be_read_again_are_read_and_nothing_is_said(
    process: Process, tenant: RunningSimulator
) -> None:
    services = process()
    campaign_id = first_campaign(services)
    without(tenant, RULE_VIEW)
    assert services.tenant.campaign_rules(campaign_id) == ()
    assert services.tenant.lacking(Need.RULES) is not None
    without(tenant)
    services.tenant.campaign_rules(campaign_id)
    assert services.tenant.lacking(Need.RULES) is None


@pytest.mark.parametrize(
    ("missing", "labels"),
    [
        (AGGREGATES_VIEW, {"Answer rate today", "Abandoned today"}),
        (CAMPAIGN_VIEW, {"Calls per idle agent now", "Agents idle now"}),
    ],
)
def test_today_says_which_number_may_not_be_read_and_shows_the_rest(
    process: Process, tenant: RunningSimulator, missing: str, labels: set[str]
) -> None:
    services = process()
    campaign_id = first_campaign(services)
    without(tenant, missing)
    look = Look(BERLIN, LIGHT, NOW)
    strip = live.view(services, Recent(services.clock), campaign_id, look)
    assert strip is not None
    assert strip.trouble == ""
    hidden = {each.label for each in strip.facts if each.note.startswith("may not be read")}
    assert hidden == labels
    assert all(missing in each.note for each in strip.facts if each.label in hidden)
    assert len(strip.facts) == 4


def test_the_tutorials_scope_to_write_is_missing_after_a_refusal_and_held_after_a_push(
    tenant: RunningSimulator, store_url: str
) -> None:
    desk = HttpDesk(store_url, tenant.url)
    approved = desk.approved()
    assert tutorial(desk).lacking(Need.PACE) is None
    desk.misbehave(Fault.FORBIDDEN)
    with pytest.raises(PermissionMissing):
        desk.push(approved.proposal_id)
    lack = tutorial(desk).lacking(Need.PACE)
    assert lack is not None
    assert lack.permission == "outbound:campaign:write or outbound:campaign:readwrite"
    assert tutorial(desk).lacking(Need.CREATE) == lack
    assert states_of(tutorial(desk))["outbound:campaign:write"] is PermissionState.MISSING
    desk.misbehave()
    assert desk.push(approved.proposal_id).state is ProposalState.VERIFIED
    assert tutorial(desk).lacking(Need.PACE) is None
    assert states_of(tutorial(desk))["outbound:campaign:write"] is PermissionState.HELD


def tutorial(desk: HttpDesk) -> TutorialReader:
    assert isinstance(desk.reader, TutorialReader)
    return desk.reader


def states_of(tenant: TutorialReader) -> dict[str, PermissionState]:
    return {each.name: each.state for each in tenant.permissions()}


# --- on the command line --------------------------------------------------------------------


@pytest.fixture
def at_the_terminal(
    tenant: RunningSimulator, store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Set what the commands read, on a tenant whose schedules may not be read."""
    monkeypatch.chdir(tmp_path)
    for name in MEANINGS:
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "DIALCAST_TENANT": "genesys",
        "GENESYS_REGION": "mypurecloud.de",
        "GENESYS_API_URL": tenant.url,
        "GENESYS_LOGIN_URL": tenant.url,
        "GENESYS_CLIENT_ID": "demo-client",
        "GENESYS_CLIENT_SECRET": "demo-secret",
        "DIALCAST_DATABASE_URL": store_url,
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("at_the_terminal")
def test_the_terminal_says_why_capacity_is_not_what_a_schedule_tells(
    process: Process, tenant: RunningSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    services = process()
    campaign = services.tenant.campaigns()[0]
    asked = ["pacing", "recommend", "--campaign", campaign.campaign_id, "--aht", "240"]
    without(tenant, *WORKFORCE, "analytics:queueObservation:view")
    assert main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["capacity"]["origin"] == "unknown"
    (why, *_) = document["capacity"]["notes"]
    assert "wfm" in why
    assert main(asked) == 0
    shown = capsys.readouterr().out
    assert "agents unknown" in shown
    assert why in shown


@pytest.mark.usefixtures("at_the_terminal")
def test_check_tells_when_a_write_was_refused(
    process: Process, tenant: RunningSimulator, capsys: pytest.CaptureFixture[str]
) -> None:
    without(tenant, CAMPAIGN_EDIT)
    approved = refused_push(process())
    assert main(["proposals", "show", approved.proposal_id]) == 0
    assert "for want of outbound:campaign:edit" in capsys.readouterr().out
    assert main(["check"]) == 1
    row = next(
        line for line in capsys.readouterr().out.splitlines() if line.startswith(CAMPAIGN_EDIT)
    )
    assert "missing" in row
    assert "Refused on Wed 25 Nov, 10:20. Ask the administrator" in row

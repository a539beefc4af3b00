"""Whatever the tenant does: the same proposal, approved and pushed, is written exactly once."""

from collections.abc import Iterator

import pytest

from core.simulator.faults import Fault
from tests.contract.command_line import Tenant, Terminal, running_tenant

HARMLESS = [
    Fault.RATE_LIMITS,
    Fault.SERVER_ERRORS,
    Fault.EXPIRING_TOKEN,
    Fault.SLOW,
    Fault.BROKEN_JSON,
    Fault.LOST_ANSWERS,
]
"""A push gets through all of these by itself."""
VALUES = {"predictive": {"answerRate": 0.61, "dropRate": 0.029}}


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    with running_tenant(tmp_path_factory.mktemp("tenant")) as running:
        yield running


@pytest.fixture(scope="module")
def desk(tenant: Tenant, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """A machine that opens with one campaign, whose forecast is stored already."""
    home = tmp_path_factory.mktemp("desk")
    listed = Terminal(home, tenant.settings()).document("campaigns")["campaigns"][0]
    chosen = {"GENESYS_CAMPAIGN_ID": listed["id"], "GENESYS_SKILL_ID": listed["skillId"]}
    terminal = Terminal(home, {**tenant.settings(), **chosen})
    assert terminal.run("forecast", "answer-rate", "--method", "seasonal-naive").returncode == 0
    return terminal


@pytest.fixture(autouse=True)
def a_campaign_with_other_values(tenant: Tenant, desk: Terminal) -> Iterator[None]:
    tenant.change(desk.environment["GENESYS_CAMPAIGN_ID"], VALUES)
    yield
    tenant.misbehave()


def approved_proposal(desk: Terminal) -> str:
    proposal = desk.document("propose", "pacing", "--as", "Ana", "--reason", "idle agents")
    desk.document("proposals", "approve", proposal["id"], "--as", "Bo")
    return str(proposal["id"])


@pytest.mark.parametrize("fault", HARMLESS, ids=lambda fault: fault.value)
def test_a_proposal_is_written_once_and_verified(
    fault: Fault, desk: Terminal, tenant: Tenant
) -> None:
    before = tenant.writes()
    tenant.misbehave(fault.value)
    proposal = approved_proposal(desk)
    pushed = desk.run("proposals", "push", proposal, "--as", "Bo", "--json")
    assert pushed.returncode == 0, pushed.stderr
    assert '"state": "verified"' in pushed.stdout
    assert tenant.writes() == before + 1

    again = desk.run("proposals", "push", proposal, "--as", "Bo")
    assert again.returncode == 1
    assert tenant.writes() == before + 1


def test_a_write_that_never_arrived_leaves_the_proposal_to_be_pushed_again(
    desk: Terminal, tenant: Tenant
) -> None:
    before = tenant.writes()
    proposal = approved_proposal(desk)
    tenant.misbehave(Fault.DROPPED_WRITES.value)
    lost = desk.run("proposals", "push", proposal, "--as", "Bo", "--json")
    assert lost.returncode == 3
    assert lost.stdout == ""
    assert "push it again" in lost.stderr
    assert tenant.writes() == before

    assert desk.document("proposals", "push", proposal, "--as", "Bo")["state"] == "verified"
    assert tenant.writes() == before + 1


def test_a_tenant_that_forbids_the_write_leaves_the_proposal_approved(
    desk: Terminal, tenant: Tenant
) -> None:
    before = tenant.writes()
    proposal = approved_proposal(desk)
    tenant.misbehave(Fault.FORBIDDEN.value)
    refused = desk.run("proposals", "push", proposal, "--as", "Bo")
    assert refused.returncode == 3
    assert "outbound:campaign:write" in refused.stderr
    assert desk.document("proposals", "show", proposal)["state"] == "approved"
    assert tenant.writes() == before
    tenant.misbehave()
    assert desk.run("check").returncode == 1

    assert desk.document("proposals", "push", proposal, "--as", "Bo")["state"] == "verified"
    assert tenant.writes() == before + 1
    assert desk.run("check").returncode == 0


def test_waiting_for_a_rate_limit_is_told_and_leaves_the_document_alone(
    desk: Terminal, tenant: Tenant
) -> None:
    tenant.misbehave(Fault.RATE_LIMITS.value)
    runs = [desk.run("check", "--json") for _ in range(2)]
    assert [run.returncode for run in runs] == [0, 0]
    assert any("waiting" in run.stderr and "attempt 2 of" in run.stderr for run in runs)
    assert all(run.stdout.startswith("{") and run.stdout.endswith("}\n") for run in runs)


def test_a_push_that_is_killed_while_it_waits_is_settled_and_never_repeated(
    desk: Terminal, tenant: Tenant
) -> None:
    before = tenant.writes()
    proposal = approved_proposal(desk)
    tenant.misbehave(Fault.LOST_ANSWERS.value)
    process = desk.begin("proposals", "push", proposal, "--as", "Bo")
    while tenant.writes() == before and process.poll() is None:
        pass
    process.kill()
    process.communicate(timeout=60)
    tenant.misbehave()

    settled = desk.document("proposals", "verify", proposal)
    assert settled["state"] == "verified"
    assert tenant.writes() == before + 1

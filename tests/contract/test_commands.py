"""Commands against a running tenant, with the GENESYS_ variables and nothing else."""

import csv
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.command_line import Tenant, Terminal, running_tenant


@pytest.fixture(scope="module")
def tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    with running_tenant(tmp_path_factory.mktemp("tenant")) as running:
        yield running


@pytest.fixture(scope="module")
def desk(tenant: Tenant, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """One machine for the commands that change nothing."""
    return Terminal(tmp_path_factory.mktemp("desk"), tenant.settings())


@pytest.fixture
def fresh_desk(tenant: Tenant, tmp_path: Path) -> Terminal:
    """A machine with a store of its own."""
    return Terminal(tmp_path, tenant.settings())


@pytest.fixture(scope="module")
def campaigns(desk: Terminal) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = desk.document("campaigns")["campaigns"]
    return [each for each in listed if each["dialingMode"] == "PREDICTIVE"]


def test_the_simulators_address_is_its_first_line(tenant: Tenant) -> None:
    assert tenant.url.startswith("http://127.0.0.1:")


def test_check_names_organisation_and_each_permission(desk: Terminal) -> None:
    document = desk.document("check")
    assert document["organisation"]["id"] == "lindgren"
    states = {each["name"]: each["state"] for each in document["permissions"]}
    assert states["outbound:campaign:read"] == "held"
    assert set(states.values()) <= {"held", "missing", "unknown"}


def test_check_of_wrong_credentials_fails_with_what_to_do(desk: Terminal) -> None:
    run = desk.run("check", "--json", GENESYS_CLIENT_SECRET="wrong")
    assert run.returncode == 3
    assert run.stdout == ""
    assert "GENESYS_CLIENT_SECRET" in run.stderr
    assert "wrong" not in run.stderr.replace("is wrong", "")


def test_check_of_a_tenant_that_is_not_there_tells_each_wait(desk: Terminal) -> None:
    run = desk.run("check", GENESYS_API_URL="http://127.0.0.1:9")
    assert run.returncode == 3
    assert "waiting 0.5 s, attempt 2 of 5" in run.stderr
    assert "GENESYS_API_URL" in run.stderr


def test_people_get_ids_whole(desk: Terminal, campaigns: list[dict[str, str]]) -> None:
    shown = desk.run("campaigns").stdout
    assert all(each["id"] in shown and each["name"] in shown for each in campaigns)


def test_history_in_a_file_can_be_forecast_without_a_tenant(desk: Terminal, tmp_path: Path) -> None:
    queues = [each["id"] for each in desk.document("queues")["queues"]]
    document = desk.document("history", "volume", "--queue", *queues[:2], "--out", "H.csv")
    assert [each["seriesId"] for each in document["series"]] == queues[:2]

    content = (desk.home / "H.csv").read_text()
    (tmp_path / "H.csv").write_text(content)
    alone = Terminal(tmp_path)
    method = ("--method", "seasonal-naive")
    alone.run("forecast", "volume", "--history", "H.csv", *method, "--out", "F.csv")
    rows = list(csv.DictReader((tmp_path / "F.csv").read_text().splitlines()))
    assert {row["unique_id"] for row in rows} == set(queues[:2])
    assert len(rows) == 2 * 168


def test_files_need_no_environment_at_all(tmp_path: Path) -> None:
    alone = Terminal(tmp_path)
    run = alone.run("forecast", "volume", "--history", "F.csv", "--json", PATH="")
    assert run.returncode == 2
    assert "F.csv cannot be read" in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_a_long_forecast_at_once_and_leaves_no_file(tmp_path: Path) -> None:
    hours = [
        f"2024-{3 + day // 28:02}-{1 + day % 28:02}T{hour:02}:00"
        for day in range(56)
        for hour in range(24)
    ]
    rows = [
        f"q{n},{ds},{20 + 7 * n + place % 24}" for n in range(12) for place, ds in enumerate(hours)
    ]
    (tmp_path / "H.csv").write_text("\n".join(["unique_id,ds,y", *rows]))
    command = ("forecast", "volume", "--method", "tutorial", "--history", "H.csv")
    process = Terminal(tmp_path).begin(*command, "--out", "F.csv", HOME=os.environ["HOME"])
    assert process.stderr is not None
    assert process.stderr.readline() == "1 of 12 series\n"
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert [path.name for path in tmp_path.iterdir()] == ["H.csv"]


def test_a_queue_without_contacts_does_not_cost_the_others(desk: Terminal) -> None:
    run = desk.run(
        "forecast", "volume", "--all", "--method", "seasonal-naive", "--days", "30", "--json"
    )
    assert run.returncode == 0, run.stderr
    document = json.loads(run.stdout)
    assert len(document["forecasts"]) == 23
    assert len(document["refused"]) == 1
    assert "no contacts" in document["refused"][0]["reason"]
    assert f"refused: {document['refused'][0]['seriesId']}" in run.stderr


def test_a_recommendation_from_the_tenant_stores_no_proposal(
    desk: Terminal, campaigns: list[dict[str, str]]
) -> None:
    one = campaigns[0]
    chosen = ("--campaign", one["id"], "--skill", one["skillId"])
    document = desk.document("pacing", "recommend", *chosen, "--abandon-cap", "0.02")
    assert document["campaignId"] == one["id"]
    assert document["limits"]["abandonCap"] == 0.02
    assert "history" in document["limits"]["maxOffersOrigin"]
    assert set(document["push"]["predictive"]) == {"answerRate", "dropRate", "maxAttempts"}
    assert desk.document("proposals") == {"proposals": []}


def test_everything_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    run = Terminal(tmp_path, {"DIALCAST_TENANT": "tutorial"}).run(
        "propose", "pacing", "--as", "Ana", "--reason", "why"
    )
    assert run.returncode == 2
    for name in ("CLIENT_ID", "CLIENT_SECRET", "CAMPAIGN_ID", "SKILL_ID"):
        assert f"GENESYS_{name}" in run.stderr
    assert "--campaign" in run.stderr


@pytest.mark.parametrize(
    "line",
    [
        "proposals show P-9999",
        "proposals approve P-9999 --as Bo",
        "proposals push P-9999 --as Bo",
        "proposals verify P-9999",
        "proposals --state nowhere",
    ],
)
def test_an_id_or_a_state_that_does_not_exist_is_wrong_usage(desk: Terminal, line: str) -> None:
    run = desk.run(*line.split(), "--json")
    assert run.returncode == 2
    assert run.stdout == ""
    assert "dialcast: There is no" in run.stderr


def propose(desk: Terminal, campaign: dict[str, str]) -> str:
    """Propose as Ana; return the proposal's id."""
    document = desk.document(
        *("propose", "pacing", "--campaign", campaign["id"], "--skill", campaign["skillId"]),
        *("--as", "Ana", "--reason", "fewer idle agents"),
    )
    assert document["state"] == "submitted"
    assert document["reason"] == "fewer idle agents"
    return str(document["id"])


def test_two_people_at_two_terminals_bring_a_change_to_the_tenant_and_back(
    fresh_desk: Terminal, tenant: Tenant, campaigns: list[dict[str, str]]
) -> None:
    before = tenant.writes()
    proposal = propose(fresh_desk, campaigns[1])

    own = fresh_desk.run("proposals", "approve", proposal, "--as", "ana")
    assert own.returncode == 1
    assert "may not decide it too" in own.stderr

    early = fresh_desk.run("proposals", "push", proposal, "--as", "Bo")
    assert early.returncode == 1
    assert "submitted" in early.stderr

    decide = ("proposals", "approve", proposal, "--as", "Bo", "--reason", "agreed")
    assert fresh_desk.document(*decide)["state"] == "approved"
    pushed = fresh_desk.document("proposals", "push", proposal, "--as", "Bo")
    assert pushed["state"] == "verified"
    assert tenant.writes() == before + 1

    again = fresh_desk.run("proposals", "push", proposal, "--as", "Bo")
    assert again.returncode == 1
    assert "pushed already" in again.stderr
    assert fresh_desk.document("proposals", "verify", proposal)["state"] == "verified"
    assert tenant.writes() == before + 1

    undo = fresh_desk.document("proposals", "undo", proposal, "--as", "Bo", "--reason", "back")
    assert undo["reverses"] == proposal
    assert {each["path"]: each["proposed"] for each in undo["diff"]} == {
        each["path"]: each["now"] for each in pushed["diff"] if each["now"] != each["proposed"]
    }

    events = fresh_desk.document("audit")["audit"]
    steps = [(each["step"], each["person"]) for each in events if each["proposalId"] == proposal]
    assert steps[:3] == [
        ("proposal.submitted", "Ana"),
        ("proposal.approved", "Bo"),
        ("push.started", "Bo"),
    ]
    assert ("push.verified", "Bo") in steps
    assert fresh_desk.document("audit", "verify")["ok"]
    assert fresh_desk.run("audit", "export", "--out", "A.jsonl").returncode == 0
    lines = (fresh_desk.home / "A.jsonl").read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, len(events) + 1))


def test_a_campaign_that_somebody_else_changed_makes_a_proposal_stale(
    fresh_desk: Terminal, tenant: Tenant, campaigns: list[dict[str, str]]
) -> None:
    proposal = propose(fresh_desk, campaigns[2])
    fresh_desk.document("proposals", "approve", proposal, "--as", "Bo")
    tenant.change(campaigns[2]["id"], {"predictive": {"dropRate": 0.017}})
    before = tenant.writes()

    run = fresh_desk.run("proposals", "push", proposal, "--as", "Bo", "--json")
    assert run.returncode == 1
    assert run.stdout == ""
    assert "stale" in run.stderr
    assert "Tomas Lund" in run.stderr
    assert tenant.writes() == before
    assert fresh_desk.document("proposals", "show", proposal)["state"] == "stale"


def test_a_proposal_can_be_read_and_a_no_says_who_and_why(
    fresh_desk: Terminal, campaigns: list[dict[str, str]]
) -> None:
    proposal = propose(fresh_desk, campaigns[3])
    shown = fresh_desk.run("proposals", "show", proposal).stdout
    for expected in (proposal, campaigns[3]["id"], "limit", "abandon target", "+00:00"):
        assert expected in shown

    silent = fresh_desk.run("proposals", "reject", proposal, "--as", "Bo")
    assert silent.returncode == 2
    assert "needs a reason" in silent.stderr
    rejected = fresh_desk.document("proposals", "reject", proposal, "--as", "Bo", "--reason", "no")
    assert rejected["state"] == "rejected"
    assert rejected["closing"]["reason"] == "no"
    assert fresh_desk.document("proposals", "--state", "submitted") == {"proposals": []}


def test_roles_bind_the_command_line_as_soon_as_there_are_some(
    fresh_desk: Terminal, campaigns: list[dict[str, str]]
) -> None:
    roles = "Ana=planner,Bo=supervisor"
    chosen = ("--campaign", campaigns[0]["id"], "--skill", campaigns[0]["skillId"])
    asked = ("propose", "pacing", *chosen, "--reason", "why", "--as")
    nobody = fresh_desk.run(*asked, "Cleo", DIALCAST_ROLES=roles)
    assert nobody.returncode == 1
    assert "Cleo has no role here" in nobody.stderr


def test_a_campaign_draft_is_proposed_approved_and_created_once(
    fresh_desk: Terminal, tenant: Tenant
) -> None:
    queue = fresh_desk.document("queues")["queues"][1]["id"]
    before = tenant.writes()
    draft = fresh_desk.document(
        *("propose", "campaign", "--queue", queue, "--as", "Ana", "--reason", "quiet hours"),
        *("--name", "Quiet hours"),
    )
    assert draft["kind"] == "campaign"
    fresh_desk.document("proposals", "approve", draft["id"], "--as", "Bo")
    pushed = fresh_desk.document("proposals", "push", draft["id"], "--as", "Bo")
    assert pushed["state"] == "verified"
    assert tenant.writes() == before + 1
    created = fresh_desk.document("campaigns")["campaigns"]
    assert [each["status"] for each in created if each["name"] == "Quiet hours"] == ["DRAFT"]
